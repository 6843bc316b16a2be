//! Where `repatria run` writes, and where it does not.

use std::time::{Duration, Instant};

use crate::house::{CAMP, House, TABLES};

/// So many replicates that whoever simulates before refusing is found out.
const ENDLESS: &str = "--replicates 100000000 --charts none";

#[test]
fn another_scenarios_results_are_safe() {
    let house = House::new();
    house.write("other.toml", &CAMP.replace("A camp", "Another camp"));
    house.good("run camp.toml --charts none --out results");
    let before = house.tables("results");
    let said = ["results holds the results of another scenario, \"A camp\" (camp)", "--force", "--out"];
    house.bad(&format!("run other.toml --out results {ENDLESS}"), 2, &said);
    assert_eq!(house.tables("results"), before);
    house.good("run other.toml --out results --charts none --force");
    assert!(house.read("results/datapackage.json").contains("Another camp"));
}

#[test]
fn the_same_scenario_may_run_again() {
    let house = House::new();
    house.good("run camp.toml --charts none");
    let before = house.tables("output/camp");
    let same = house.good("run camp.toml --charts none");
    assert!(same.err.contains("The same results were there, made on 20"), "{}", same.err);
    assert_eq!(house.tables("output/camp"), before);
    assert_eq!(house.files("output/camp"), TABLES);
}

#[test]
fn other_peoples_files_are_safe() {
    let house = House::new();
    house.write("desk/thesis.txt", "years of work");
    house.bad(&format!("run camp.toml --out desk {ENDLESS}"), 2, &["thesis.txt", "--out", "--force"]);
    house.good("run camp.toml --charts none --out desk --force");
    assert_eq!(house.read("desk/thesis.txt"), "years of work");
}

#[test]
fn a_bad_scenario_leaves_no_folder() {
    let house = House::empty();
    house.write("bad.toml", &CAMP.replace("to = \"home\"", "to = \"hme\""));
    house.bad("run bad.toml", 2, &["bad.toml:21:6", "no place is called `hme`", "home"]);
    house.bad("run none.toml", 2, &["there is no file `none.toml`"]);
    house.bad("run .", 2, &["is a directory"]);
    assert_eq!(house.files("."), ["bad.toml"]);
}

#[test]
fn a_bad_folder_fails_before_the_work() {
    let house = House::new();
    house.write("file", "");
    let started = Instant::now();
    house.bad(&format!("run camp.toml --out file {ENDLESS}"), 2, &["file is a file", "--out"]);
    house.bad(&format!("run camp.toml --out file/in {ENDLESS}"), 1, &["cannot write to file/in", "because:"]);
    // Nobody can make a folder there, not even root.
    #[cfg(target_os = "linux")]
    house.bad(&format!("run camp.toml --out /proc/results {ENDLESS}"), 1, &["/proc/results", "because:"]);
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(house.files("."), ["camp.toml", "file"]);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_fails_before_the_work() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new();
    house.write("locked/.keep", "");
    let set = |mode| {
        fs_err::set_permissions(house.path("locked"), PermissionsExt::from_mode(mode)).unwrap();
    };
    set(0o555);
    // Root may write everywhere: then there is nothing to see.
    if fs_err::write(house.path("locked/probe"), "").is_err() {
        house.bad(
            &format!("run camp.toml --out locked {ENDLESS}"),
            1,
            &["cannot write to locked", "because:"],
        );
    }
    set(0o755);
}

#[cfg(target_os = "linux")]
#[test]
fn paths_need_not_be_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let house = House::empty();
    let name = OsStr::from_bytes(b"camp\xff.toml");
    fs_err::write(house.path(".").join(name), CAMP).unwrap();
    house.program().arg("run").arg(name).args(["--charts", "none", "--out", "results"]).assert().success();
    house.program().arg("check").arg(name).assert().success();
    assert_eq!(house.files("results"), TABLES);
}
