//! Running again: what differs is kept, what is the same is replaced, and each result can be run again from itself.

use crate::house::{CAMP, House, TABLES};

/// The one result that is kept.
fn the_kept(house: &House, folder: &str) -> String {
    let kept = house.kept(folder);
    assert_eq!(kept.len(), 1, "{kept:?}");
    kept[0].clone()
}

#[test]
fn a_different_result_is_kept_and_said() {
    let slower = CAMP.replace("0.3 }", "0.2 }");
    for (text, asked, differs, name) in [
        (CAMP, "--seed 9", "seed 1, now 9", "Z-40-replicates-seed-1"),
        (CAMP, "--replicates 50", "40 replicates, now 50 replicates", "Z-40-replicates-seed-1"),
        (CAMP, "--expected", "40 replicates, now expected values", "Z-40-replicates-seed-1"),
        (&slower, "", "the scenario's text", "Z-40-replicates-seed-1"),
        (&CAMP.replace("A camp", "The camp"), "", "which was \"A camp\"", "Z-40-replicates-seed-1"),
    ] {
        let house = House::new();
        house.good("run camp.toml --charts svg");
        let (files, tables) = (house.files("output/camp"), house.tables("output/camp"));
        house.write("camp.toml", text);
        let ended = house.good(&format!("run camp.toml --charts none {asked}"));
        let kept = the_kept(&house, "output/camp");
        assert!(kept.ends_with(name), "{kept}");
        assert_eq!((house.files(&kept), house.tables(&kept)), (files, tables), "{asked}");
        let said = ended.err.replace('\n', " ");
        assert!(said.contains(differs) && said.contains(&format!("is kept in   {kept}")), "{}", ended.err);
        let mut now = TABLES.to_vec();
        now.insert(1, "earlier");
        assert_eq!(house.files("output/camp"), now);
    }
}

#[test]
fn options_and_versions_make_another_result() {
    let house = House::new();
    let variants = "[variants.both]\nchanges = [\n{ field = \"moves.leave.rate\", times = 2 },\n\
                    { field = \"moves.leave.rate\", times = 0.9, from = \"2026-01\" }]\n";
    house.write("camp.toml", &format!("{CAMP}{variants}"));
    house.good("run camp.toml --charts none --expected --attribution");
    let ended = house.good("run camp.toml --charts none --expected");
    assert!(ended.err.contains("What was there differs (the options) and is kept in"), "{}", ended.err);
    assert!(house.files(&the_kept(&house, "output/camp")).contains(&"attribution.csv".into()));
    let ended = house.good("run camp.toml --charts none --expected --variants none");
    assert!(ended.err.contains("What was there differs (the variants) and is kept in"), "{}", ended.err);
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let package = house.read("output/camp/datapackage.json");
    house.write("output/camp/datapackage.json", &package.replace(&version, "\"version\": \"0.0.9\""));
    let ended = house.good("run camp.toml --charts none --expected --variants none");
    let said = format!("(version 0.0.9, now {})", env!("CARGO_PKG_VERSION"));
    assert!(ended.err.contains(&said), "{}", ended.err);
    assert_eq!(house.kept("output/camp").len(), 3);
}

#[test]
fn names_of_kept_results_sort_and_are_names_everywhere() {
    let house = House::new();
    for seed in 1..=4 {
        house.good(&format!("run camp.toml --charts none --replicates 3 --seed {seed}"));
    }
    let kept = house.kept("output/camp");
    assert_eq!(kept.len(), 3, "{kept:?}");
    for (path, seed) in kept.iter().zip(1..) {
        let name = path.rsplit('/').next().unwrap();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{name}");
        // Several in a second sort by their seeds.
        assert!(name.starts_with("20") && name.ends_with(&format!("Z-3-replicates-seed-{seed}")), "{name}");
    }
}

#[test]
fn going_back_and_forth_keeps_each_once() {
    let house = House::new();
    for _ in 0..3 {
        house.good("run camp.toml --charts none");
        house.good("run camp.toml --charts none --expected");
    }
    assert_eq!(house.kept("output/camp").len(), 2);
}

#[test]
fn charts_of_the_same_run_are_not_dropped() {
    let house = House::new();
    house.good("run camp.toml --charts svg");
    let (files, tables) = (house.files("output/camp"), house.tables("output/camp"));
    let ended = house.good("run camp.toml --charts none");
    assert!(ended.err.contains("stay, as they are of the same run"), "{}", ended.err);
    assert!(ended.err.contains("population_by_place.svg"), "{}", ended.err);
    assert_eq!((house.files("output/camp"), house.tables("output/camp")), (files, tables));
    assert!(house.read("output/camp/datapackage.json").contains("\"population_by_place.svg\""));
    // They are of the result, and go with it.
    house.good("run camp.toml --charts none --seed 4");
    assert!(house.files(&the_kept(&house, "output/camp")).contains(&"population_by_place.svg".into()));
    assert!(!house.files("output/camp").contains(&"population_by_place.svg".into()));
}

#[test]
fn another_scenarios_results_are_kept_by_force() {
    let house = House::new();
    house.write("other.toml", &CAMP.replace("A camp", "Another camp"));
    house.good("run camp.toml --charts none --out results");
    let before = house.tables("results");
    let ended = house.good("run other.toml --charts none --out results --force");
    assert!(ended.err.contains("the scenario, which was \"A camp\""), "{}", ended.err);
    assert_eq!(house.tables(&the_kept(&house, "results")), before);
}

#[test]
fn somebodys_file_that_force_replaces_is_kept() {
    let house = House::new();
    house.write("desk/people.csv", "names of mine");
    let said = ["people.csv", "--out", "--force"];
    house.bad("run camp.toml --charts none --out desk", 2, &said);
    let ended = house.good("run camp.toml --charts none --out desk --force");
    assert!(ended.err.contains("Files that were in the way are kept in"), "{}", ended.err);
    assert_eq!(house.read("desk/earlier/undated-other-files/people.csv"), "names of mine");
}

#[test]
fn each_result_is_runnable_from_itself() {
    let house = House::empty();
    let observed = "[observed]\nfile = \"data/held.csv\"\n";
    house.write("work/base.toml", &format!("{CAMP}\n{observed}"));
    house.write("work/data/held.csv", "date,place,value\n2025-07,camp,700\n");
    house.write(
        "work/later.toml",
        "extends = \"base.toml\"\n[variants.faster]\nlabel = \"Faster\"\n\
         changes = [{ field = \"moves.leave.rate\", times = 2 }]\n",
    );
    let ended = house.repatria("run work/later.toml --charts svg --out first");
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(house.files("first/scenario"), ["base.toml", "data", "later.toml"]);
    // What it was made from may change or go.
    for name in ["later.toml", "base.toml", "data/held.csv"] {
        assert_eq!(house.read(&format!("first/scenario/{name}")), house.read(&format!("work/{name}")));
    }
    fs_err::remove_dir_all(house.path("work")).unwrap();
    house.good("run first/scenario/later.toml --charts svg --out second");
    assert_eq!(house.files("first"), house.files("second"));
    for name in house.files("first") {
        if !["datapackage.json", "scenario"].contains(&name.as_str()) {
            assert_eq!(house.read(&format!("first/{name}")), house.read(&format!("second/{name}")), "{name}");
        }
    }
    // And it is the same run.
    let ended = house.good("run first/scenario/later.toml --charts svg --out first");
    assert!(ended.err.contains("The same results were there"), "{}", ended.err);
    let package: serde_json::Value = serde_json::from_str(&house.read("first/datapackage.json")).unwrap();
    assert_eq!(package["repatria"]["scenario"]["extends"]["path"], "scenario/base.toml");
    let listed = |path: &str| package["resources"].as_array().unwrap().iter().any(|it| it["path"] == path);
    assert!(listed("scenario/data/held.csv") && listed("scenario/later.toml") && listed("summary.txt"));
}

#[test]
fn the_summary_is_what_the_terminal_says() {
    let house = House::new();
    let ended = house.good("run camp.toml --charts none");
    let summary = house.read("output/camp/summary.txt");
    assert!(summary.starts_with("A camp\n40 replicates of 24 months, seed 1.\n\n"), "{summary}");
    let said = ended.err.replace('\n', " ");
    for sentence in summary.lines().skip(3) {
        assert!(said.contains(sentence), "no `{sentence}` in\n{said}");
    }
    assert!(summary.ends_with("this is no forecast.\n"), "{summary}");
    let (_, last) = said.split_once("datapackage.json").unwrap();
    let sentences: Vec<&str> = summary.lines().skip(3).collect();
    assert_eq!(last.trim(), sentences.join(" "));
}

#[test]
fn no_file_tells_where_on_the_machine_it_was_made() {
    let house = House::new();
    house.write("base.toml", CAMP);
    house.write(
        "camp.toml",
        "extends = \"base.toml\"\n[variants.faster]\nlabel = \"Faster\"\n\
         changes = [{ field = \"moves.leave.rate\", times = 2 }]\n",
    );
    let scenario = house.path("camp.toml").display().to_string();
    let out = house.path("results").display().to_string();
    let ended = house.words(&["run", &scenario, "--charts", "svg", "--out", &out]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let here = house.path("").display().to_string();
    let here = here.trim_end_matches(['/', '\\']);
    for name in house.files("results").into_iter().filter(|name| name != "scenario") {
        assert!(!house.read(&format!("results/{name}")).contains(here), "{name}");
    }
    let package: serde_json::Value = serde_json::from_str(&house.read("results/datapackage.json")).unwrap();
    assert_eq!(package["repatria"]["command"], "repatria run camp.toml --charts svg --out results");
    assert_eq!(package["repatria"]["scenario"]["path"], "scenario/camp.toml");
}
