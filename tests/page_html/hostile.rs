//! Texts of a scenario that try to be more than texts.

use repatria::Source;

use crate::markup::{Checked, Element};
use crate::pages::{Told, escaped};

const TEXT: &str = r#"
title = "</title></script><script>alert(1)</script>"
question = "\"'><img src=x onerror=alert(2)> & more?"
lesson = "</details><b onclick=alert(3)>"
start = "2025-01"
horizon = "1 year"
step = "month"
replicates = 10
places.camp = { kind = "camp", label = "<svg/onload=alert(4)>", people = "data/people.csv" }
places.home = { kind = "community", label = "a\" onfocus=\"alert(5)" }
moves.leave = { label = "]]>--><!--", from = "camp", to = "home", rate = { per_year = "0.1 * will" } }
parameters.will = { value = 1, range = [0, 2], label = "</label><script>alert(6)", unit = "{label} & {value}", source = "<https://example.org/'\">" }
policies.court = { label = "<iframe src=javascript:alert(7)>", from = "2025-03", changes = [{ field = "moves.leave.rate", times = 2 }] }
outcomes.held = { label = "</td><td onmouseover=alert(8)>", people = { at = "camp" } }
variants.open = { label = "\u202eevil\u2066<script>", question = "<!--", changes = [{ field = "moves.leave.rate", times = 3 }] }
exercises.one = { question = "<script>alert(9)</script>", answer = "</script><script>alert(10)" }
"#;

const FILE: &str = "date,value,</pre><script>alert(11)</script>\n2025-01,0.1,\n";

fn told() -> Told {
    let text = TEXT.replace("people = \"data/people.csv\"", "people = [{ count = 800 }]");
    Told::of("hostile", Source::new("</script>.toml", text))
}

#[test]
fn what_comes_from_a_scenario_is_never_markup() {
    let told = told();
    for lesson in [true, false] {
        let page = told.page(lesson, None);
        let checked = Checked::of(&page).unwrap();
        assert_eq!(checked.problems(), Vec::<String>::new());
        let is_script = |element: &&Element| element.name == "script" && element.get("type").is_none();
        assert_eq!(checked.elements.iter().filter(is_script).count(), 1, "ours alone");
        for name in ["iframe", "img", "b"] {
            let found = checked.elements.iter().filter(|element| element.name == name);
            let from_outside = found.filter(|element| !element.text.contains("evil")).count();
            assert_eq!(from_outside, 0, "<{name}>");
        }
        assert!(!page.contains("<script>alert"), "a script of the scenario");
        assert!(page.contains(&escaped("</title></script><script>alert(1)</script>")), "the title is a text");
    }
}

#[test]
fn nothing_turns_the_letters_of_the_page() {
    let page = told().page(true, None);
    let (before, data) = page.split_once("id=\"page-data\"").unwrap();
    // Drawings isolate such texts themselves.
    let plain: String = before.split("</svg>").filter_map(|piece| piece.split("<svg").next()).collect();
    assert!(!plain.contains('\u{202e}') && plain.contains("evil"), "an override of direction");
    assert!(data.contains("evil"), "the scenario's text is as it was");
}

#[test]
fn files_that_a_scenario_names_are_texts_too() {
    let text = TEXT.replace("people = \"data/people.csv\"", "people = [{ count = 800 }]");
    let text = text.replace("per_year = \"0.1 * will\"", "per_year = { series = \"data/rates.csv\" }");
    let source = Source::new("hostile.toml", text).with_file("data/rates.csv", FILE);
    // With the lesson and without it: only scenarios have one.
    for lesson in [true, false] {
        let page = Told::of("hostile", source.clone()).page(lesson, None);
        Checked::of(&page).unwrap();
        assert!(page.contains(&escaped("</pre><script>alert(11)")));
    }
}
