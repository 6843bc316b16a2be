//! Files of a study, which many processes write at once: each is written beside under a name of its own, reaches the disk, and is
//! renamed. What a process left that was killed is told by its lock, which the system has released.

use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use fs_err as fs;

use crate::disk;

const TEMPORARY: &str = "tmp";

/// So often a file is written again that another process took for one of a dead process.
const TRIES: u32 = 5;
/// So many names that others have are passed over.
const MOST_TAKEN: u32 = 100_000;

/// Counts the files that this process writes.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// Writes a file beside, in `folder`, brings it to the disk, and renames it.
pub fn write(
    folder: &Path,
    path: &Path,
    fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let stem = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (mut taken, mut lost) = (0, 0);
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let beside = folder.join(format!(".{stem}.{}.{count}.{TEMPORARY}", std::process::id()));
        let file = match disk::create(&beside) {
            // Not ours: of another machine that sees the folder, or of a process that had this one's number.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && taken < MOST_TAKEN => {
                taken += 1;
                continue;
            }
            file => file?,
        };
        // Some network file systems know no locks: there a dead process's file stays until the folder is removed.
        let _ = file.file().try_lock();
        match disk::put(file, &beside, path, fill) {
            Ok(()) => return Ok(()),
            // Between its making and its locking another process can take a file for a dead one's.
            Err(error) if error.kind() == io::ErrorKind::NotFound && lost < TRIES => lost += 1,
            Err(error) => {
                let _ = fs::remove_file(&beside);
                return Err(error);
            }
        }
    }
}

/// Removes a file that a process left which was killed while it wrote: one that nobody holds. Those of living processes are
/// locked.
pub fn remove_if_left(path: &Path) {
    // Held until it is gone.
    let held = fs::File::open(path).ok().filter(|file| file.file().try_lock().is_ok());
    if held.is_some() {
        let _ = fs::remove_file(path);
    }
}

/// Whether a name is one of [`write`]'s: `.STEM.PROCESS.COUNT.tmp`.
pub fn is_temporary(name: &str) -> bool {
    let parts: Vec<&str> = name.split('.').collect();
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts.as_slice(), ["", stem @ .., process, count, TEMPORARY]
        if !stem.is_empty() && number(process) && number(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_name_that_another_has_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let units = folder.path().join("units");
        fs::create_dir(&units).unwrap();
        let next = COUNT.load(Ordering::Relaxed);
        let theirs = |count| units.join(format!(".file.{}.{count}.{TEMPORARY}", std::process::id()));
        // Other tests may count meanwhile.
        for count in next..next + 50 {
            fs::write(theirs(count), "theirs").unwrap();
        }
        let path = folder.path().join("file");
        write(&units, &path, &mut |out| out.write_all(b"ours")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "ours");
        // One that fails removes nothing but its own.
        write(&units, &path, &mut |_| Err(io::ErrorKind::StorageFull.into())).unwrap_err();
        for count in next..next + 50 {
            assert_eq!(fs::read_to_string(theirs(count)).unwrap(), "theirs");
        }
        assert_eq!(fs::read_dir(&units).unwrap().count(), 50);
        assert_eq!(fs::read_to_string(&path).unwrap(), "ours");
    }
}
