//! How much memory the process may have: what the machine has, a container or cluster allows, and `ulimit` leaves.

/// Where nothing can be found out.
#[cfg(not(target_os = "linux"))]
const UNKNOWN: u64 = 8_000_000_000;

/// In bytes.
#[cfg(target_os = "linux")]
pub fn allowed() -> u64 {
    let read = |path: &str| fs_err::read_to_string(path).unwrap_or_default();
    let total = total(&read("/proc/meminfo"));
    let limits = [address_space(&read("/proc/self/limits")), group(&read("/proc/self/cgroup"), &read)];
    limits.into_iter().flatten().chain(total).min().unwrap_or(8_000_000_000)
}

/// In bytes.
#[cfg(target_os = "macos")]
pub fn allowed() -> u64 {
    let asked = std::process::Command::new("/usr/sbin/sysctl").args(["-n", "hw.memsize"]).output();
    let reported =
        asked.ok().and_then(|reported| String::from_utf8_lossy(&reported.stdout).trim().parse().ok());
    reported.unwrap_or(UNKNOWN)
}

/// In bytes: to ask Windows takes code that may break memory, so a usual laptop is assumed.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub fn allowed() -> u64 {
    UNKNOWN
}

/// The memory of the machine, of `/proc/meminfo`.
#[cfg(target_os = "linux")]
fn total(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}

/// What `ulimit -v` leaves, of `/proc/self/limits`.
#[cfg(target_os = "linux")]
fn address_space(limits: &str) -> Option<u64> {
    limits
        .lines()
        .find_map(|line| line.strip_prefix("Max address space"))?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}

/// The smallest limit of the control groups that the process is in, of either version.
#[cfg(target_os = "linux")]
fn group(groups: &str, read: &impl Fn(&str) -> String) -> Option<u64> {
    let mut least: Option<u64> = None;
    for line in groups.lines() {
        let mut parts = line.splitn(3, ':').skip(1);
        let (Some(controllers), Some(path)) = (parts.next(), parts.next()) else { continue };
        let (root, file) = match controllers {
            "" => ("/sys/fs/cgroup", "memory.max"),
            some if some.split(',').any(|it| it == "memory") => {
                ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
            }
            _ => continue,
        };
        // Of the group and all that it is in; in a container the path may be that outside.
        let mut path = path.trim_end_matches('/');
        loop {
            if let Ok(bytes) = read(&format!("{root}{path}/{file}")).trim().parse::<u64>() {
                least = Some(least.map_or(bytes, |least| least.min(bytes)));
            }
            let Some(end) = path.rfind('/') else { break };
            path = &path[..end];
        }
    }
    least
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_of_all_limits_is_found() {
        assert_eq!(total("MemTotal:       24683788 kB\nMemFree: 1 kB\n"), Some(24_683_788 * 1024));
        let limits = "Limit  Soft Limit  Hard Limit  Units\nMax address space         4294967296           unlimited            bytes\n";
        assert_eq!(address_space(limits), Some(1 << 32));
        assert_eq!(address_space("Max address space         unlimited  unlimited  bytes\n"), None);
        let files = |path: &str| {
            match path {
                "/sys/fs/cgroup/job/step/memory.max" => "max\n",
                "/sys/fs/cgroup/job/memory.max" => "3000000000\n",
                "/sys/fs/cgroup/memory/old/memory.limit_in_bytes" => "2000000000\n",
                _ => "",
            }
            .to_string()
        };
        assert_eq!(group("0::/job/step\n", &files), Some(3_000_000_000));
        assert_eq!(group("5:cpu:/\n4:memory,hugetlb:/old\n0::/job/step\n", &files), Some(2_000_000_000));
        assert_eq!(group("0::/\n", &files), None);
    }

    #[test]
    fn there_is_some() {
        assert!(allowed() > 1 << 20);
    }
}
