//! Folders that belong to something else, and plans that do not fit.

use crate::desk::{desk, merged, plan, study};

#[test]
fn another_plans_folder_is_safe() {
    let house = desk(4, 10);
    plan(&house, "study", 2);
    house.good("study run study --quiet");
    let before = merged(&house, "study");
    house.write("study.toml", &study(5, 10));
    let said = ["study belongs to another plan, of \"How fast do they leave?\"", "--out", "--replan"];
    house.bad("study plan study.toml --out study --unit-points 2 --quiet", 2, &said);
    assert!(merged(&house, "study") == before);
    house.good("study plan study.toml --out study --unit-points 2 --quiet --replan");
    house.good("study run study --quiet");
    assert!(merged(&house, "study") != before);
}

#[test]
fn a_plan_made_twice_stays() {
    let house = desk(4, 10);
    plan(&house, "study", 2);
    let plan_before = house.read("study/plan.json");
    house.good("study run study --quiet");
    let ended = house.good("study plan study.toml --out study --unit-points 4");
    assert!(ended.err.contains("It was planned already, and stays so."), "{}", ended.err);
    assert_eq!(house.read("study/plan.json"), plan_before);
    assert_eq!(house.good("study status study --missing-shards 8").out, "\n");
}

#[test]
fn other_files_are_safe() {
    let house = desk(4, 10);
    house.write("desk/thesis.txt", "years of work");
    let said = ["desk is not empty and holds no plan of a study", "--out"];
    house.bad("study plan study.toml --out desk --unit-points 2 --quiet", 2, &said);
    house.bad("study plan study.toml --out desk --unit-points 2 --quiet --replan", 2, &said);
    assert_eq!(house.files("desk"), ["thesis.txt"]);
    for command in ["run", "status", "merge", "script --engine slurm"] {
        let (verb, options) = command.split_once(' ').unwrap_or((command, ""));
        house.bad(
            &format!("study {verb} desk {options}"),
            2,
            &["desk holds no plan of a study", "study plan"],
        );
        house.bad(&format!("study {verb} nowhere {options}"), 2, &["nowhere holds no plan of a study"]);
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let house = desk(4, 10);
    house.write("file", "");
    house.bad(
        "study plan study.toml --out file --unit-points 2 --quiet",
        1,
        &["file/units", "Not a directory"],
    );
    // Nobody can make a folder there, not even root.
    #[cfg(target_os = "linux")]
    house.bad(
        "study plan study.toml --out /proc/study --unit-points 2 --quiet",
        1,
        &["/proc/study", "No such file"],
    );
}

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let house = desk(4, 10);
    plan(&house, "study", 2);
    let set = |mode| {
        fs_err::set_permissions(house.path("study/units"), PermissionsExt::from_mode(mode)).unwrap();
    };
    set(0o555);
    // Root may write everywhere: then there is nothing to see.
    if fs_err::write(house.path("study/units/probe"), "").is_err() {
        house.bad("study run study --quiet", 1, &["study/units/", "ermission denied"]);
    }
    set(0o755);
}

#[test]
fn a_plan_of_another_version_is_refused() {
    let house = desk(4, 10);
    plan(&house, "study", 2);
    let plan = house.read("study/plan.json");
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(plan.contains(&version), "{plan}");
    house.write("study/plan.json", &plan.replacen(&version, "\"version\": \"0.0.1\"", 1));
    let said = ["study was planned by version 0.0.1", "numbers of two versions do not mix", "plan anew"];
    for line in ["study run study", "study status study", "study merge study"] {
        house.bad(line, 2, &said);
    }
    house.write("study/plan.json", &plan.replacen("units 2", "units 1", 1));
    house.bad("study run study", 2, &["was planned by version", "units 1"]);
    for broken in ["", "{}", "[1]", &plan[..plan.len() / 2], "\u{1}"] {
        house.write("study/plan.json", broken);
        house.bad("study run study", 2, &["study/plan.json is no plan of this program", "study plan"]);
    }
}

#[test]
fn numbers_of_a_plan_that_were_edited_are_refused() {
    let house = desk(4, 10);
    plan(&house, "study", 2);
    let plan = house.read("study/plan.json");
    for (from, to) in [
        ("\"points\": 4", "\"points\": 400000000000"),
        ("\"points_a_unit\": 2", "\"points_a_unit\": 0"),
        ("\"points_a_unit\": 2", "\"points_a_unit\": 18446744073709551615"),
        ("\"points_a_unit\": 2", "\"points_a_unit\": -1"),
        ("\"replicates\": 10", "\"replicates\": 11"),
        ("\"study\": \"study\"", "\"study\": \"other\""),
    ] {
        assert!(plan.contains(from), "{plan}");
        house.write("study/plan.json", &plan.replacen(from, to, 1));
        let ended = house.repatria("study status study");
        assert!([0, 2].contains(&ended.code), "{from} to {to}: {}", ended.err);
        assert!(!ended.err.contains("panicked"), "{from} to {to}: {}", ended.err);
    }
}

#[test]
fn texts_that_were_changed_are_refused() {
    let house = desk(4, 10);
    for file in ["study.toml", "scenario/scenario.of.study.toml"] {
        plan(&house, "study", 2);
        let name = format!("study/inputs/{file}");
        let text = house.read(&name);
        house.write(&name, &format!("{text}\n# a note\n"));
        house.bad(
            "study run study",
            2,
            &["study/inputs was changed after the plan was made", "plan it anew"],
        );
        house.write(&name, "title = 3");
        house.bad("study run study", 2, &["study/inputs"]);
        fs_err::remove_file(house.path(&name)).unwrap();
        house.bad("study run study", 2, &["study/inputs"]);
        fs_err::remove_dir_all(house.path("study")).unwrap();
    }
}
