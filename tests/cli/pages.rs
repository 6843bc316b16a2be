//! `repatria page` and `repatria gallery`, and the page of a run.

use crate::house::{CAMP, House};

#[test]
fn a_page_is_one_file_beside_nothing() {
    let house = House::new();
    let ended = house.good("page camp.toml");
    assert_eq!(ended.out, "");
    assert!(
        ended.err.contains("Written to camp.html (") && ended.err.contains("Without an engine"),
        "{}",
        ended.err
    );
    assert_eq!(house.files("."), ["camp.html", "camp.toml"]);
    let page = house.read("camp.html");
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<h1>A camp</h1>"));
    house.good("page camp.toml --quiet");
    assert_eq!(house.read("camp.html"), page, "the same scenario and seed: the same bytes");
}

#[test]
fn a_page_takes_the_place_of_pages_only() {
    let house = House::new();
    house.write("camp.html", "<p>Mine</p>");
    house.bad("page camp.toml", 2, &["camp.html is there and is no page of repatria", "--force"]);
    assert_eq!(house.read("camp.html"), "<p>Mine</p>");
    house.good("page camp.toml --force --quiet");
    house.good("page camp.toml --seed 5 --replicates 5 --variants none --quiet");
    assert!(house.read("camp.html").contains("From 5 replicates"));
    house.bad("page camp.toml --out nowhere/camp.html", 1, &["nowhere"]);
}

#[test]
fn what_is_no_engine_and_what_are_no_words_is_said() {
    let house = House::new();
    house.write("engine.gz", "hello");
    house.bad("page camp.toml --engine engine.gz", 2, &["engine.gz is no engine of repatria", "just engine"]);
    house.bad("page camp.toml --engine none.gz", 2, &["none.gz"]);
    house.bad("page camp.toml --language xx", 2, &["there are no words for `xx`: there are en"]);
    house.write("xx.toml", "[answer]\nheading = \"Antwort\"\nhedaing = \"\"\n");
    let said = ["`answer.all` is missing", "no page has `answer.hedaing`"];
    house.bad("page camp.toml --language xx.toml", 2, &said);
    assert_eq!(house.files("."), ["camp.toml", "engine.gz", "xx.toml"]);
}

#[test]
fn another_language_is_one_file() {
    let house = House::new();
    let english = fs_err::read_to_string(crate::house::ours("src/page/words/en.toml")).unwrap();
    let german = english
        .replace("code = \"en\"", "code = \"de\"")
        .replace("heading = \"The answer\"", "heading = \"Die Antwort\"")
        .replace("decimal = \".\"", "decimal = \",\"")
        .replace("thousands = \",\"", "thousands = \".\"");
    house.write("de.toml", &german);
    house.good("page camp.toml --language de.toml --replicates 1500 --quiet");
    let page = house.read("camp.html");
    assert!(page.contains("lang=\"de\"") && page.contains("<h2>Die Antwort</h2>"));
    assert!(page.contains("From 1.500 replicates"), "numbers of the page's own follow the language");
}

#[test]
fn a_run_has_its_page_unless_it_is_left_out() {
    let house = House::new();
    let ended = house.good("run camp.toml --charts svg");
    assert!(ended.err.contains("  page    index.html\n"), "{}", ended.err);
    let package: serde_json::Value =
        serde_json::from_str(&house.read("output/camp/datapackage.json")).unwrap();
    let listed =
        package["resources"].as_array().unwrap().iter().find(|it| it["path"] == "index.html").unwrap();
    assert_eq!((&listed["mediatype"], &listed["format"]), (&"text/html".into(), &"html".into()));
    house.good("page camp.toml --quiet");
    assert_eq!(house.read("camp.html"), house.read("output/camp/index.html"));
    house.good("run camp.toml --no-page --out without");
    assert!(!house.files("without").contains(&"index.html".to_string()));
}

#[test]
fn a_gallery_has_every_scenario_and_an_index() {
    let house = House::empty();
    house.bad("gallery", 1, &["scenarios"]);
    house.write("mine/camp.toml", CAMP);
    house.write("mine/other.toml", &CAMP.replace("\"A camp\"", "\"<b>Another</b>\""));
    house.good("gallery mine --replicates 5 --quiet");
    assert_eq!(house.files("output/gallery"), ["camp.html", "index.html", "other.html"]);
    let index = house.read("output/gallery/index.html");
    assert!(
        index.contains("<a href=\"./camp.html\">A camp</a>") && index.contains("&lt;b&gt;Another&lt;/b&gt;")
    );
    house.write("output/gallery/camp.html", "mine");
    house.bad("gallery mine", 2, &["camp.html is there and is no page"]);
    house.write("mine/index.toml", CAMP);
    house.bad("gallery mine", 2, &["the name of the gallery's own index"]);
}
