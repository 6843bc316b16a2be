//! A file where a folder is expected, a study where a scenario is, a scenario where a study is: what to type is said.

use crate::desk::{desk, plan};

#[test]
fn what_to_type_is_said() {
    let house = desk(4, 5);
    for command in ["run", "status", "merge", "script --engine slurm"] {
        let (verb, options) = command.split_once(' ').unwrap_or((command, ""));
        let said = [
            "study.toml is a study",
            "\n  repatria study plan study.toml --out study\n",
            &format!("\n  repatria study {command} study\n"),
        ];
        house.bad(&format!("study {verb} study.toml {options}"), 2, &said);
        house.bad(
            &format!("study {verb} camp.toml {options}"),
            2,
            &["camp.toml is a scenario", "repatria run camp.toml"],
        );
    }
    house.write("notes.txt", "x");
    house.bad("study run notes.txt", 2, &["notes.txt is a file", "study plan"]);
    plan(&house, "study", 2);
    let ended = house.bad("study run study.toml", 2, &["\n  repatria study run study\n"]);
    assert!(!ended.err.contains("study plan"), "{}", ended.err);
    for command in ["check", "run"] {
        let said = ["study.toml is a study", "repatria study plan study.toml", "repatria study run study\n"];
        let ended = house.bad(&format!("{command} study.toml"), 2, &said);
        assert!(ended.err.lines().count() < 8, "{}", ended.err);
    }
    let said = ["this is a scenario, not a study", "repatria check camp.toml", "scenario = \"camp.toml\""];
    house.bad("study plan camp.toml", 2, &said);
    house.write("more.toml", "extends = \"camp.toml\"\n[variants.x]\nchanges = []\n");
    house.bad("study plan more.toml", 2, &["this is a scenario, not a study"]);
}

#[test]
fn a_study_is_listed_as_one() {
    let house = desk(4, 5);
    let listed = house.good("list .").out;
    assert!(listed.contains("camp.toml\n    A camp\n"), "{listed}");
    assert!(
        listed.contains("study.toml\n    a study of a scenario: `repatria study plan ./study.toml`"),
        "{listed}"
    );
}

/// A broken study is still one.
#[test]
fn a_broken_study_is_told_from_a_scenario() {
    let house = desk(4, 5);
    let text = house.read("study.toml");
    house.write("study.toml", &text.replace("range", "rang"));
    house.bad("check study.toml", 2, &["study.toml is a study"]);
    house.bad("study plan study.toml", 2, &["unknown key `rang`"]);
    house.write("study.toml", &format!("{text}x = ["));
    house.bad("check study.toml", 2, &["study.toml is a study"]);
}

/// One rule for all files that another file names.
#[test]
fn files_are_named_by_one_rule() {
    let house = desk(4, 5);
    let text = house.read("study.toml");
    let naming = |name: &str| house.write("sub/study.toml", &text.replace("camp.toml", name));
    let full = house.path("camp.toml").to_str().unwrap().to_string();
    for good in ["../camp.toml", "./../camp.toml", "..//camp.toml", &full] {
        naming(good);
        house.good("study plan sub/study.toml --unit-points 2 --quiet");
    }
    for (bad, said) in [
        (r"..\\camp.toml", "write / between folders, on Windows too: \"../camp.toml\""),
        ("../Camp.toml", "there is no `Camp.toml`, but `camp.toml`"),
        ("camp.toml", "there is no file `sub/camp.toml`"),
        ("..", "is a directory"),
        ("", "names no file"),
        ("/dev/zero", "not a regular file"),
    ] {
        naming(bad);
        house.bad("study plan sub/study.toml --unit-points 2 --quiet", 2, &[said, "sub/study.toml:3:12"]);
    }
    for (bad, said) in [
        (r"sub\\camp.toml", "write / between folders"),
        ("Camp.toml", "there is no `Camp.toml`, but `camp.toml`"),
        ("../camp.toml", "is not a file in the scenario's folder"),
        (full.as_str(), "is not a file in the scenario's folder"),
    ] {
        house.write("more.toml", &format!("extends = \"{bad}\"\n"));
        house.bad("check more.toml", 2, &[said, "more.toml:1:11"]);
        house.write("rates.toml", &format!("{}\n[arrivals.new]\nto = \"camp\"\nwho = {{ age = \"adults\" }}\nrate = {{ per_month = {{ series = \"{bad}\" }} }}\n", house.read("camp.toml")));
        house.bad("check rates.toml", 2, &[said, "rates.toml:"]);
    }
    house.write(
        "more.toml",
        "extends = \"./camp.toml\"\n[variants.x]\nchanges = [{ field = \"moves.leave.rate\", times = 2 }]\n",
    );
    house.good("check more.toml");
}

/// Of a file that is none of ours no line is shown.
#[test]
fn files_of_others_are_not_shown() {
    let house = desk(4, 5);
    let text = house.read("study.toml");
    let secret = "hunter2";
    for foreign in [
        format!("root:x:0:0:{secret}:/root:/bin/bash\ndaemon:x:1:1:{secret}\n"),
        format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{secret}\n"),
        secret.to_string(),
        format!("password {secret}\nuser {secret}\n"),
        format!("{{ \"title\": \"{secret}\" }}\n"),
    ] {
        house.write("foreign.toml", &foreign);
        house.write("named.toml", &text.replace("camp.toml", "foreign.toml"));
        house.write("more.toml", "extends = \"foreign.toml\"\n");
        house.write(
            "table.toml",
            &text.replace(
                "kind = \"latin_hypercube\"\npoints = 4",
                "kind = \"file\"\nfile = \"foreign.toml\"",
            ),
        );
        for line in ["study plan named.toml", "check more.toml", "run more.toml", "study plan table.toml"] {
            let ended = house.bad(line, 2, &["foreign.toml"]);
            assert!(!ended.err.contains(secret) && !ended.err.contains("BEGIN"), "{line}\n{}", ended.err);
        }
    }
}
