//! `repatria run` of a scenario with variants: which are simulated, what they are compared with, how precise.

use crate::house::{CAMP, House, TABLES};

/// What-ifs of the camp: one change, two changes on top, nothing at all.
const VARIANTS: &str = r#"
[outcomes.children]
label = "Children in the camp"
people = { at = "camp", who = { age = "children" } }

[variants.faster]
label = "Faster"
changes = [{ field = "moves.leave.rate", times = 2, from = "2026-01" }]
[variants.and_later_slower]
label = "Later slower"
based_on = "faster"
changes = [{ field = "moves.leave.rate", times = 0.5, from = "2026-07" }]
[variants.as_it_is]
label = "As it is"
changes = [{ field = "moves.leave.rate", times = 1 }]
"#;

fn house() -> House {
    let house = House::empty();
    house.write("camp.toml", &format!("{CAMP}{VARIANTS}"));
    house
}

/// The variants of a table, in order, each once.
fn variants(house: &House, table: &str) -> Vec<String> {
    let mut variants: Vec<String> =
        house.read(table).lines().skip(1).map(|line| line.split(',').next().unwrap().into()).collect();
    let mut seen = std::collections::BTreeSet::new();
    variants.retain(|variant| seen.insert(variant.clone()));
    variants
}

#[test]
fn all_variants_run_unless_told_otherwise() {
    let house = house();
    let run = |asked: &str| {
        house.good(&format!("run camp.toml --replicates 30 --charts none --force --out out {asked}"))
    };
    let all = run("");
    assert!(all.err.contains("A camp and 3 variants: 30 replicates each of 24 months\n"), "{}", all.err);
    assert_eq!(variants(&house, "out/people.csv"), ["baseline", "faster", "and_later_slower", "as_it_is"]);
    assert_eq!(variants(&house, "out/differences.csv"), ["faster", "and_later_slower", "as_it_is"]);
    for said in [
        "Faster against the baseline: Children in the camp: ",
        " people fewer on average (",
        "For Children in the camp, paired replicates needed 1/",
        "As it is against the baseline: Children in the camp: the same in every replicate.",
        "Later slower has 2 parts: --attribution tells",
    ] {
        assert!(all.err.replace('\n', " ").contains(said), "no `{said}` in\n{}", all.err);
    }
    let package = house.read("out/datapackage.json");
    assert!(package.contains("\"against\": \"baseline\"") && package.contains("\"label\": \"Later slower\""));
    assert!(package.contains("neither the spread of two independent replicates nor a forecast"));
    run("--variants as_it_is,faster");
    assert_eq!(variants(&house, "out/people.csv"), ["baseline", "faster", "as_it_is"]);
    let none = run("--variants none");
    assert!(none.err.contains("A camp: 30 replicates of 24 months\n"), "{}", none.err);
    let mut files: Vec<&str> = TABLES.to_vec();
    files.extend(["earlier", "outcomes.csv"]);
    files.sort_unstable();
    assert_eq!(house.files("out"), files);
}

#[test]
fn the_baseline_is_the_same_with_and_without_variants() {
    let house = house();
    house.good("run camp.toml --charts none --out with");
    house.good("run camp.toml --charts none --out without --variants none");
    let with = house.read("with/people.csv");
    assert!(with.starts_with(&house.read("without/people.csv")));
}

#[test]
fn a_variant_can_be_what_the_others_are_compared_with() {
    let house = house();
    let ended = house.good("run camp.toml --charts none --out out --variants as_it_is --against faster");
    assert_eq!(variants(&house, "out/people.csv"), ["baseline", "faster", "as_it_is"]);
    assert_eq!(variants(&house, "out/differences.csv"), ["baseline", "as_it_is"]);
    let differences = house.read("out/differences.csv");
    assert!(differences.lines().skip(1).all(|line| line.split(',').nth(1) == Some("faster")));
    assert!(ended.err.contains("As it is against Faster"), "{}", ended.err);
}

#[test]
fn unknown_names_are_answered_with_what_there_is() {
    let house = house();
    house.bad("run camp.toml --variants fster", 2, &["no variant `fster`", "did you mean `faster`?"]);
    let said = ["no variant `winter`", "the variants are `faster`, `and_later_slower` and `as_it_is`"];
    house.bad("run camp.toml --against winter", 2, &said);
    house.bad("run camp.toml --precision winter:children=5", 2, &said);
    house.bad(
        "run camp.toml --precision childen=5",
        2,
        &["no outcome `childen`", "did you mean `children`?"],
    );
    let said = ["`faster` is not simulated", "--variants"];
    house.bad("run camp.toml --variants none --precision faster:children=5", 2, &said);
    let said = ["`baseline` is what the others are compared with"];
    house.bad("run camp.toml --precision baseline:children=5", 2, &said);
    house.write("plain.toml", CAMP);
    house.bad("run plain.toml --variants faster", 2, &["no variant `faster`: the scenario has no variants"]);
    assert_eq!(house.files("."), ["camp.toml", "plain.toml"], "nothing was begun");
}

#[test]
fn differences_add_up_in_expected_mode() {
    let house = house();
    let ended = house.good("run camp.toml --charts none --out out --expected --attribution");
    assert!(ended.err.contains("Faster against the baseline: Children in the camp: "), "{}", ended.err);
    let last = |variant: &str| -> f64 {
        let table = house.read("out/people.csv");
        let wanted = format!("{variant},2027-01-01,24,all_held,all,");
        let line = table.lines().find(|line| line.starts_with(&wanted)).unwrap().to_string();
        line.split(',').nth(5).unwrap().parse().unwrap()
    };
    let table = house.read("out/differences.csv");
    let line =
        table.lines().find(|line| line.starts_with("faster,baseline,2027-01-01,24,people,all_held,,,,all,"));
    let difference: f64 = line.unwrap().split(',').nth(11).unwrap().parse().unwrap();
    assert!((difference - (last("faster") - last("baseline"))).abs() < 1e-9, "{line:?}");
    // 100 % of the part that is left of a change of a change.
    let attribution = house.read("out/attribution.csv");
    let parts: Vec<f64> = (attribution.lines().filter(|line| line.starts_with("and_later_slower,all_held,")))
        .map(|line| line.split(',').rev().nth(4).unwrap().parse().unwrap())
        .collect();
    assert_eq!(parts.len(), 3, "{attribution}");
    assert!((parts[0] - parts[1] - parts[2]).abs() < 1e-6 && parts[1] < parts[0], "{parts:?}");
}

#[test]
fn words_for_all_and_none_stand_alone() {
    let house = house();
    for (names, said) in [
        ("all,faster", "`all` stands alone"),
        ("faster,none", "`none` stands alone"),
        (",", "write all, none, or the names of variants"),
    ] {
        house.bad(&format!("run camp.toml --variants {names}"), 2, &[said]);
    }
}

#[test]
fn a_missing_base_is_looked_for_beside_the_file_that_names_it() {
    let house = house();
    house.write("what_ifs/court.toml", "extends = \"cmap.toml\"\n");
    let said = ["there is no file `what_ifs/cmap.toml`", "read from the folder of the file that names it"];
    house.bad("check what_ifs/court.toml", 2, &said);
    house.write("what_ifs/court.toml", "extends = \"..\"\n");
    house.bad("check what_ifs/court.toml", 2, &["name a file beside the scenario or below: \"base.toml\""]);
}

#[test]
fn one_replicate_has_no_standard_error() {
    let house = house();
    let ended = house.good("run camp.toml --replicates 1 --variants faster --charts none --out out");
    assert!(!ended.err.contains("paired replicates") && !ended.err.contains("one pair"), "{}", ended.err);
    assert!(ended.err.contains(" in the one replicate that tells"), "{}", ended.err);
    let table = house.read("out/outcomes.csv");
    let column =
        |name: &str| table.lines().next().unwrap().split(',').position(|column| column == name).unwrap();
    let row: Vec<&str> = table.lines().nth(1).unwrap().split(',').collect();
    assert_eq!([row[column("sd")], row[column("mc_se")]], ["", ""], "{table}");
    assert_ne!(row[column("mean")], "");
}

#[test]
fn attribution_is_reported_and_written() {
    let house = house();
    let ended = house.good("run camp.toml --charts none --out out --attribution");
    assert!(ended.err.contains("Later slower changes Children in the camp by -"), "{}", ended.err);
    assert!(!ended.err.contains("people against the baseline:"), "{}", ended.err);
    let other = house.good("run camp.toml --charts none --out out --attribution --against faster");
    assert!(other.err.contains("The baseline against Faster: "), "{}", other.err);
    // What parts contribute leads from the baseline, and says so beside comparisons with another variant.
    assert!(
        other.err.replace('\n', " ").contains(" people against the baseline: Families leave: "),
        "{}",
        other.err
    );
    assert!(!ended.err.contains("--attribution tells"), "{}", ended.err);
    let table = house.read("out/attribution.csv");
    assert_eq!(
        table.lines().next().unwrap(),
        "variant,outcome,label,part,part_label,unit,mean,mc_se,share,orders,replicates_with_value"
    );
    assert_eq!(table.lines().count(), 1 + 2 * 3, "{table}");
    house.good("run camp.toml --charts none --out again --attribution --threads 1");
    assert_eq!(table, house.read("again/attribution.csv"));
    house.bad("run camp.toml --variants faster --attribution", 2, &["no variant of this run has several"]);
}

#[test]
fn replicates_are_added_until_they_are_precise() {
    let house = house();
    let ended =
        house.good("run camp.toml --charts none --out out --precision children=0.2%,faster:all_held=0.5");
    for said in [
        "A camp and 3 variants: 40 replicates each of 24 months, and more until",
        "Precision of Children in the camp in every variant: a standard error of 0.",
        "Precision of people held in the end by which Faster differs: a standard error of 0.",
    ] {
        assert!(ended.err.replace('\n', " ").contains(said), "no `{said}` in\n{}", ended.err);
    }
    let package = house.read("out/datapackage.json");
    assert!(package.contains("\"verdict\": \"met\"") && package.contains("\"relative\": 0.002"), "{package}");
    assert!(!package.contains("not met"), "{package}");
    house.good(
        "run camp.toml --charts none --out one --threads 1 --precision children=0.2% --precision faster:all_held=0.5",
    );
    assert_eq!(house.tables("out"), house.tables("one"));
    // A precision of a part is asked for and told in the same unit.
    let early = house.good("run camp.toml --charts none --out one --precision children=2 --at-most 30");
    assert!(early.err.contains("A camp and 3 variants: 30 replicates each"), "{}", early.err);
    assert!(early.err.replace('\n', " ").contains("(asked for: 2 people)"), "{}", early.err);
    let few = house.good("run camp.toml --charts none --out out --precision children=0.001% --at-most 300");
    assert!(few.err.contains("only a standard error of"), "{}", few.err);
    assert!(house.read("out/datapackage.json").contains("\"replicates\": 300"));
    house.bad("run camp.toml --precision children", 2, &["is no precision: write OUTCOME=0.5%"]);
    house.bad("run camp.toml --precision children=0", 2, &["can be small, but not 0 or less"]);
    house.bad("run camp.toml --at-most 300", 2, &["--precision"]);
    house.bad("run camp.toml --expected --precision children=5", 2, &["--expected"]);
}

#[test]
fn a_file_that_extends_another_says_which() {
    let house = house();
    house.write(
        "slower.toml",
        "extends = \"camp.toml\"\n[variants.slower]\nlabel = \"Slower\"\nchanges = [{ field = \"moves.leave.rate\", times = 0.5 }]\n",
    );
    house.good("run slower.toml --variants slower --replicates 20 --charts none --out out");
    let package: serde_json::Value = serde_json::from_str(&house.read("out/datapackage.json")).unwrap();
    let scenario = &package["repatria"]["scenario"];
    assert_eq!(scenario["path"], "scenario/slower.toml");
    assert!(scenario["extends"]["path"].as_str().unwrap().ends_with("camp.toml"), "{scenario}");
    assert_ne!(scenario["extends"]["sha256"], scenario["sha256"]);
    // Every level of instructions that a machine may lack is named, and none is guessed.
    let said = ["`sse9` is no set of instructions: write plain, avx2 or avx512"];
    house.bad("run slower.toml --instructions sse9 --charts none --out out", 2, &said);
}
