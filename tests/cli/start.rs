//! `repatria new` and `list`: how a newcomer starts.

use crate::house::{CAMP, House};

const TEMPLATES: [&str; 5] =
    ["start", "two_prisons_and_a_camp", "countries_come_back", "prison_break", "births_against_seats"];

#[test]
fn every_template_is_accepted_and_runs() {
    let house = House::empty();
    let ended = house.good("new mine");
    assert!(ended.err.contains("Wrote mine.toml. Next: repatria check mine.toml"), "{}", ended.err);
    house.good("check mine.toml");
    for template in TEMPLATES {
        house.good(&format!("new my_{template}.toml --from {template}"));
        house.good(&format!("check my_{template}.toml"));
        house.good(&format!("run my_{template}.toml --replicates 2 --charts none --quiet"));
        assert!(!house.read(&format!("my_{template}.toml")).contains("#:schema"), "{template}");
    }
}

#[test]
fn new_writes_over_nothing_and_only_here() {
    let house = House::new();
    house.bad("new camp", 2, &["camp.toml is already there", "another name"]);
    assert_eq!(house.read("camp.toml"), CAMP);
    for name in ["../up", "a/b", ".hidden", ".toml", "a:b", "größe"] {
        house.bad(&format!("new {name}"), 2, &[name, "letters, digits"]);
    }
    assert_eq!(house.words(&["new", "two words"]).code, 2);
    assert_eq!(house.words(&["new", ""]).code, 2);
    house.bad("new mine --from flight_home", 2, &["no template `flight_home`"]);
    let all = house.bad("new mine --from nothing", 2, &TEMPLATES);
    assert!(all.err.lines().count() < 5, "{}", all.err);
    assert_eq!(house.files("."), ["camp.toml"]);
}

#[test]
fn list_shows_questions_and_survives_broken_files() {
    let house = House::empty();
    house.write("scenarios/a.toml", &CAMP.replace("start =", "question = \"How many?\"\nstart ="));
    house.write("scenarios/b broken.toml", "title = ");
    house.write("scenarios/c.txt", "no scenario");
    let listed = house.good("list");
    assert_eq!(
        listed.out,
        "scenarios/a.toml\n    A camp\n    How many?\n\n'scenarios/b broken.toml'\n    cannot be read: \
         `repatria check 'scenarios/b broken.toml'` says why\n\n"
    );
    assert_eq!(house.good("list scenarios").out, listed.out);
    house.write("empty/readme.txt", "");
    let empty = house.good("list empty");
    assert!(empty.err.contains("No scenarios in empty") && empty.out.is_empty(), "{}", empty.err);
    house.bad("list nowhere", 2, &["nowhere is no folder"]);
}

#[test]
fn list_without_scenarios_says_how_to_start() {
    let house = House::empty();
    let ended = house.good("list");
    for template in TEMPLATES {
        assert!(ended.out.contains(&format!("repatria new NAME --from {template}\n")), "{}", ended.out);
    }
}
