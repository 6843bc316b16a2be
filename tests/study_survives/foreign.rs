//! Files of others in the folders that studies are planned into: they stay as they are, links are not followed, and what is no file
//! of a study is refused before it is read.

use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::desk::{desk, done, everything, merged, plan, study, undisturbed};
use crate::house::House;

const PLAN: &str = "study plan study.toml --unit-points 2 --quiet --out";

/// Asserts that a study is not planned into a folder, with `--replan` or without, and that all in it stays.
fn is_refused(house: &House, folder: &str, said: &[&str]) {
    let before = everything(house, folder);
    for options in ["", " --replan"] {
        house.bad(&format!("{PLAN} {folder}{options}"), 2, said);
        assert!(everything(house, folder) == before, "{folder} is not as it was");
    }
}

#[test]
fn folders_of_others_are_refused() {
    let house = desk(4, 10);
    for (folder, file) in [
        ("inputs_alone", "inputs/thesis.txt"),
        ("our_names", "inputs/study.toml"),
        ("scenario", "inputs/scenario/scenario.of.study.toml"),
        ("units_alone", "units/measured.jsonl"),
        ("empty_inputs", "inputs/a/b/c.txt"),
        ("plan_of_a_trip", "plan.json"),
        ("claimed", "repatria-study.txt"),
    ] {
        house.write(&format!("{folder}/{file}"), "{\"years\": \"of work\"}");
        is_refused(&house, folder, &[]);
    }
    // Both, and nothing besides.
    house.write("both/inputs/a.txt", "a");
    house.write("both/units/b.txt", "b");
    is_refused(&house, "both", &["both is not empty and holds no plan of a study", "--out"]);
    fs_err::create_dir_all(house.path("hollow/inputs")).unwrap();
    is_refused(&house, "hollow", &["hollow is not empty and holds no plan of a study"]);
}

#[test]
fn what_others_put_into_a_studys_folder_stays() {
    let house = desk(4, 10);
    let expected = undisturbed(&house, 2);
    plan(&house, "study", 2);
    let theirs = [
        "thesis.txt",
        "inputs/notes.txt",
        "inputs/scenario/table.csv",
        "units/draft.tmp",
        "units/.hidden.tmp",
        "units/reading.part",
        "units/other.jsonl",
        "merged/conclusions.txt",
    ];
    for name in theirs {
        house.write(&format!("study/{name}"), name);
    }
    let all_there = || {
        for name in theirs {
            assert_eq!(house.read(&format!("study/{name}")), name);
        }
    };
    house.good("study run study --quiet");
    all_there();
    assert!(merged(&house, "study") == expected);
    all_there();
    house.write("study.toml", &study(5, 10));
    house.good(&format!("{PLAN} study --replan"));
    house.good("study run study --quiet");
    merged(&house, "study");
    all_there();
}

/// A copy that somebody has changed is theirs now.
#[test]
fn a_copy_that_was_edited_is_not_overwritten() {
    let house = desk(4, 10);
    plan(&house, "study", 2);
    let edited = "# what I found out\n".to_string() + &house.read("study/inputs/study.toml");
    house.write("study/inputs/study.toml", &edited);
    house.write("study.toml", &study(5, 10));
    house.bad(
        &format!("{PLAN} study --replan"),
        2,
        &["study/inputs/study.toml is no copy that a plan made here", "move it elsewhere"],
    );
    assert_eq!(house.read("study/inputs/study.toml"), edited);
    fs_err::remove_file(house.path("study/inputs/study.toml")).unwrap();
    house.good(&format!("{PLAN} study --replan"));
    house.good("study run study --quiet");
}

/// A plan that is none is somebody's own file, in a folder with our claim as well.
#[test]
fn a_foreign_plan_is_not_replaced() {
    let house = desk(4, 10);
    plan(&house, "study", 2);
    let ours = house.read("study/plan.json");
    for text in ["{\"years\": \"of work\"}", "", &ours[..ours.len() / 2], "text", "[1]"] {
        house.write("study/plan.json", text);
        house.bad(&format!("{PLAN} study"), 2, &["study/plan.json is no plan of this program"]);
        let before = everything(&house, "study");
        house.bad(
            &format!("{PLAN} study --replan"),
            2,
            &["study/plan.json is no file that a plan made here", "move it elsewhere"],
        );
        assert!(everything(&house, "study") == before, "{text}");
    }
    // One that another version made is noted in the claim.
    let other = ours.replacen("\"version\"", "\"program\"", 1);
    house.write("study/plan.json", &other);
    let hash: String = Sha256::digest(other.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let claim = house.read("study/repatria-study.txt");
    assert!(claim.lines().any(|line| line.ends_with("  ../plan.json")), "{claim}");
    house.write("study/repatria-study.txt", &format!("{claim}{hash}  ../plan.json\n"));
    house.good(&format!("{PLAN} study --replan"));
    assert!(house.read("study/plan.json").contains("\"version\""));
}

/// Copies that were lost are made again, and those of an earlier plan go.
#[test]
fn copies_are_those_of_the_plan() {
    let house = desk(4, 10);
    house.write("rates.csv", "date,value\n2025-01-01,10\n");
    let arrivals = "\n[arrivals.new]\nto = \"camp\"\nrate = { per_month = { series = \"rates.csv\" } }\nwho = { age = \"adults\" }\n";
    let without = house.read("camp.toml");
    house.write("camp.toml", &(without.clone() + arrivals));
    plan(&house, "study", 2);
    assert!(house.path("study/inputs/scenario/rates.csv").exists());
    fs_err::remove_dir_all(house.path("study/inputs")).unwrap();
    plan(&house, "study", 2);
    house.good("study run study --quiet");
    house.write("camp.toml", &without);
    house.good(&format!("{PLAN} study --replan"));
    assert_eq!(house.files("study/inputs/scenario"), ["scenario.of.study.toml"]);
}

/// A folder that was planned by an earlier version has no claim; its plan says that it is ours.
#[test]
fn a_folder_without_a_claim_and_with_a_plan_is_ours() {
    let house = desk(4, 10);
    plan(&house, "study", 2);
    fs_err::remove_file(house.path("study/repatria-study.txt")).unwrap();
    house.good("study run study --quiet");
    house.good(&format!("{PLAN} study"));
    house.good("study run study --quiet");
    let old = || fs_err::remove_file(house.path("study/repatria-study.txt")).unwrap();
    old();
    house.write("study.toml", &study(5, 10));
    house.bad(&format!("{PLAN} study"), 2, &["belongs to another plan"]);
    house.good(&format!("{PLAN} study --replan"));
    house.good("study run study --quiet");
    // A copy that somebody has changed is theirs here, too.
    old();
    let edited = "# what I found out\n".to_string() + &house.read("study/inputs/study.toml");
    house.write("study/inputs/study.toml", &edited);
    let said = ["study/inputs/study.toml is no copy that a plan made here"];
    for points in [5, 6] {
        house.write("study.toml", &study(points, 10));
        house.bad(&format!("{PLAN} study --replan"), 2, &said);
        assert_eq!(house.read("study/inputs/study.toml"), edited);
    }
}

#[test]
fn links_are_not_followed() {
    let house = desk(4, 10);
    let expected = undisturbed(&house, 2);
    for name in ["plan.json", "inputs", "units", "inputs/study.toml", "inputs/scenario"] {
        plan(&house, "study", 2);
        house.good("study run study --quiet");
        let path = house.path("study").join(name);
        let elsewhere = house.path("elsewhere");
        fs_err::rename(&path, &elsewhere).unwrap();
        symlink(&elsewhere, &path).unwrap();
        let before = everything(&house, "elsewhere");
        house.write("study.toml", &study(5, 10));
        for line in ["study run study", "study merge study --charts none", &format!("{PLAN} study --replan")]
        {
            house.bad(line, 2, &[&format!("study/{name} is a symbolic link")]);
        }
        assert!(everything(&house, "elsewhere") == before, "{name} was followed");
        house.write("study.toml", &study(4, 10));
        fs_err::remove_file(&path).unwrap();
        fs_err::rename(&elsewhere, &path).unwrap();
        house.good("study run study --quiet");
        assert!(merged(&house, "study") == expected);
        fs_err::remove_dir_all(house.path("study")).unwrap();
    }
    // Links in the place of a unit, of a part, of what a dead process left, and of the claim.
    plan(&house, "study", 2);
    house.good("study run study --quiet");
    let unit = house.files("study/units").remove(0);
    house.write("precious.txt", "years of work");
    let link = |name: &str| {
        let path = house.path("study").join(name);
        let _ = fs_err::remove_file(&path);
        symlink(house.path("precious.txt"), path).unwrap();
    };
    link(&format!("units/{unit}"));
    link("units/.plan.json.1.0.tmp");
    house.good("study run study --quiet");
    house.bad("study merge study --charts none", 1, &[&unit, "it is a symbolic link", "remove it"]);
    fs_err::remove_file(house.path("study/units").join(&unit)).unwrap();
    link(&format!("units/{}", unit.replace(".jsonl", ".part")));
    house.bad("study run study --quiet", 1, &[".part is a symbolic link"]);
    link("repatria-study.txt");
    fs_err::remove_file(house.path("study/plan.json")).unwrap();
    house.bad(&format!("{PLAN} study"), 2, &["holds no plan of a study"]);
    assert_eq!(house.read("precious.txt"), "years of work");
}

/// A folder may be reached by a link that its user made: what is in it is not.
#[test]
fn the_folder_itself_may_be_named_by_a_link() {
    let house = desk(4, 10);
    fs_err::create_dir(house.path("scratch")).unwrap();
    symlink(house.path("scratch"), house.path("study")).unwrap();
    let expected = undisturbed(&house, 2);
    plan(&house, "study", 2);
    house.good("study run study --quiet");
    assert!(merged(&house, "study") == expected);
}

/// Named pipes never end, and files of holes have no end.
#[test]
fn special_files_are_refused_by_kind_and_size() {
    let house = desk(4, 10);
    let pipe = |name: &str| {
        let path = house.path("study").join(name);
        let _ = fs_err::remove_file(&path);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    };
    let holes = |name: &str| {
        let path = house.path("study").join(name);
        let _ = fs_err::remove_file(&path);
        fs_err::File::create(&path).unwrap().set_len(1 << 40).unwrap();
    };
    let started = Instant::now();
    plan(&house, "study", 2);
    house.good("study run study --quiet");
    let unit = format!("units/{}", house.files("study/units").remove(0));
    pipe(&unit);
    house.bad("study merge study --charts none", 1, &[&unit, "it is a named pipe"]);
    holes(&unit);
    house.bad("study merge study --charts none", 1, &[&unit, "it is larger than it can be"]);
    fs_err::File::create(house.path("study").join(&unit)).unwrap().set_len(1 << 20).unwrap();
    house.bad("study merge study --charts none", 1, &[&unit, "it does not begin as this unit does"]);
    fs_err::remove_file(house.path("study").join(&unit)).unwrap();
    holes(&unit.replace(".jsonl", ".part"));
    holes("units/.plan.json.1.0.tmp");
    pipe("units/.plan.json.1.1.tmp");
    house.good("study run study --quiet");
    assert_eq!(done(&house, "study").len(), 2);
    for copy in ["inputs/study.toml", "inputs/scenario/scenario.of.study.toml"] {
        let text = house.read(&format!("study/{copy}"));
        pipe(copy);
        house.bad("study run study", 2, &[copy, "is a named pipe"]);
        holes(copy);
        house.bad("study run study", 2, &[copy, "MiB"]);
        house.bad(&format!("{PLAN} study --replan"), 2, &[copy, "is no copy that a plan made here"]);
        fs_err::remove_file(house.path("study").join(copy)).unwrap();
        house.write(&format!("study/{copy}"), &text);
    }
    pipe("plan.json");
    for line in ["study status study", &format!("{PLAN} study"), &format!("{PLAN} study --replan")] {
        house.bad(line, 2, &["study/plan.json is a named pipe"]);
    }
    holes("plan.json");
    house.bad("study status study", 2, &["study/plan.json is no plan of this program", "bytes"]);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

/// Of what is no plan of ours nothing is repeated.
#[test]
fn a_foreign_plan_is_not_repeated() {
    let house = desk(4, 10);
    plan(&house, "study", 2);
    for text in ["{\"password\": \"hunter2\"}", "\"hunter2\"", "hunter2", "[\"hunter2\"]"] {
        house.write("study/plan.json", text);
        let ended = house.bad("study status study", 2, &["study/plan.json is no plan of this program"]);
        assert!(!ended.err.contains("hunter2") && !ended.err.contains("password"), "{}", ended.err);
    }
}
