//! What `repatria study merge` writes over: the same rules as those of a run.

use crate::house::{CAMP, House};

fn planned(points: u64) -> House {
    let house = House::new();
    house.write(
        "camp.toml",
        &format!("{CAMP}\n[outcomes.left]\npeople = {{ at = \"camp\" }}\ntake = \"end\"\n"),
    );
    plan(&house, points);
    house
}

fn plan(house: &House, points: u64) {
    house.write(
        "study.toml",
        &format!(
            "title = \"How fast?\"\nscenario = \"camp.toml\"\nreplicates = 2\n\
             [design]\nkind = \"latin_hypercube\"\npoints = {points}\n\
             [factors.rate]\nfield = \"moves.leave.rate\"\nrange = [0.1, 0.5]\n"
        ),
    );
    house.good("study plan study.toml --out study --unit-points 1 --quiet --replan");
}

#[test]
fn merging_again_keeps_what_differs_and_the_charts_of_what_is_the_same() {
    let house = planned(3);
    house.good("study run study --quiet --shard 1/3");
    house.good("study merge study --partial --charts svg");
    house.good("study run study --quiet");
    let whole = house.good("study merge study --charts svg");
    assert!(
        whole.err.contains("A smaller part of the same study was there and was replaced."),
        "{}",
        whole.err
    );
    let (files, tables) = (house.files("study/merged"), house.tables("study/merged"));
    assert!(files.iter().all(|name| !name.starts_with("partial_")) && house.kept("study/merged").is_empty());
    let again = house.good("study merge study --charts none");
    assert!(again.err.contains("The same results were there, made on 20"), "{}", again.err);
    assert_eq!((house.files("study/merged"), house.tables("study/merged")), (files, tables.clone()));
    plan(&house, 4);
    house.good("study run study --quiet");
    let other = house.good("study merge study --charts none");
    let kept = house.kept("study/merged");
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert!(kept[0].ends_with("Z-3-points-2-replicates-seed-1"), "{kept:?}");
    assert!(
        other.err.contains("(the study; 3 points of 2 replicates, now 4 points of 2 replicates) and is"),
        "{}",
        other.err
    );
    assert_eq!(house.tables(&kept[0]), tables);
}

/// Units that were lost since make less of the study: what was merged of more of it is kept.
#[test]
fn less_of_a_study_does_not_replace_more_of_it() {
    let house = planned(3);
    house.good("study run study --quiet --shard 1/3");
    let first = house.files("study/units").remove(0);
    house.good("study run study --quiet --shard 2/3");
    house.good("study merge study --partial --charts none");
    let again = house.good("study merge study --partial --charts none");
    assert!(again.err.contains("The same results were there, made on 20"), "{}", again.err);
    let tables = house.tables("study/merged");
    fs_err::remove_file(house.path("study/units").join(first)).unwrap();
    let less = house.good("study merge study --partial --charts none");
    let kept = house.kept("study/merged");
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(house.tables(&kept[0]), tables);
    let said = "(2 of 3 points of 2 replicates, now 1 of 3 points of 2 replicates) and is";
    assert!(less.err.contains(said) && !less.err.contains("smaller part"), "{}", less.err);
}

#[test]
fn a_merge_tells_not_where_on_the_machine_it_was_made() {
    let house = planned(2);
    house.good("study run study --quiet");
    let (study, out) = (house.path("study").display().to_string(), house.path("found").display().to_string());
    let ended = house.words(&["study", "merge", &study, "--charts", "svg", "--out", &out]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let here = house.path("").display().to_string();
    for name in house.files("found").into_iter().filter(|name| !name.ends_with(".gz")) {
        assert!(!house.read(&format!("found/{name}")).contains(here.trim_end_matches('/')), "{name}");
    }
    let package: serde_json::Value = serde_json::from_str(&house.read("found/datapackage.json")).unwrap();
    assert_eq!(package["repatria"]["command"], "repatria study merge study --charts svg --out found");
}
