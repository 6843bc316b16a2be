//! What the script asks, and what it is answered.

use proptest::prelude::*;
use repatria::internals::page::messages::request;
use repatria::internals::page::setting::NumberSetting;
use repatria::internals::page::words::Words;
use serde_json::{Value, json};

use super::{numbers, scenario};

fn asked(message: &Value) -> Value {
    serde_json::from_str(&request(&message.to_string())).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// Opens the scenario of the README as its page does; with its text.
fn opened() -> (Value, String) {
    let source = scenario("two_prisons_and_a_camp", 100);
    let words = Words::default();
    let message = json!({ "do": "open", "name": "two_prisons_and_a_camp", "text": source, "lesson": true, "words": words.all() });
    let opened = asked(&message);
    assert_eq!(opened["ok"], true, "{opened}");
    (opened, source)
}

/// What these keys of an object say.
fn says<const N: usize>(of: &Value, keys: [&str; N]) -> [Value; N] {
    keys.map(|key| of[key].clone())
}

/// A part of the page.
fn part(of: &Value, id: &str) -> String {
    let part = of["parts"].as_array().unwrap().iter().find(|part| part["id"] == id);
    text(&part.unwrap_or_else(|| panic!("no {id}"))["html"]).to_string()
}

#[test]
fn what_can_be_set_has_names_ranges_and_what_the_scenario_says() {
    let (opened, _) = opened();
    assert_eq!(says(&opened, ["replicates", "seed", "guard"]), [json!(100), json!(7), Value::Null]);
    assert_eq!(
        says(&opened["levers"][0], ["field", "kind", "unit", "min", "max", "value", "drawn"]),
        [
            json!("parameters.political_will"),
            json!("set"),
            json!("times today's"),
            json!(0.0),
            json!(4.0),
            json!(1.0),
            json!(true)
        ]
    );
    assert_eq!(
        says(&opened["policies"][0], ["name", "label", "from", "until", "input", "earliest", "latest"]),
        [
            json!("court"),
            json!("A court sits"),
            json!("2027-01"),
            Value::Null,
            json!("month"),
            json!("2025-01"),
            json!("2031-01")
        ]
    );
    let number = |field: &str| {
        let found = opened["addresses"].as_array().unwrap().iter().find(|it| it["field"] == field);
        says(found.unwrap_or_else(|| panic!("no {field}")), ["label", "kind", "value", "says"])
    };
    let release = [json!("Release after review: rate"), json!("set"), json!(0.08), json!(0.08)];
    assert_eq!(number("moves.review_release.rate"), release);
    // Computed from a parameter, which goes on where it is multiplied.
    let occasions = [json!("Flights home: occasions"), json!("times"), json!(1.0), json!(6.0)];
    assert_eq!(number("programmes.flights.occasions"), occasions);
    assert!(part(&opened, "part-levers").contains("parameters.political_will"));
    assert!(part(&opened, "part-text").contains("[programmes.flights]"));
}

#[test]
fn a_scenario_is_opened_set_simulated_shown_and_taken_away() {
    let before = asked(&json!({ "do": "add", "replicates": 1 }));
    assert_eq!(before["error"], "No scenario is open.");
    let (_, source) = opened();
    assert!(text(&asked(&json!({ "do": "show" }))["error"]).contains("Nothing was simulated"));
    let setting = numbers(&[("parameters.political_will", NumberSetting::Set(2.0))]);
    let set = asked(&json!({ "do": "set", "setting": setting, "kept": [] }));
    assert_eq!(says(&set, ["ok", "planned", "guard"]), [json!(true), json!(100), Value::Null], "{set}");
    assert!(text(&set["toml"]).starts_with("[variants.your_setting]\n"));
    assert_eq!(asked(&json!({ "do": "add", "replicates": 64 }))["replicates"], 64);
    assert_eq!(asked(&json!({ "do": "add", "replicates": 64 }))["replicates"], 100);
    let shown = asked(&json!({ "do": "show", "open": ["population_by_place"] }));
    assert_eq!(says(&shown, ["ok", "replicates"]), [json!(true), json!(100)]);
    assert!(part(&shown, "part-answer").contains("Your setting"));
    assert!(part(&shown, "part-headline").contains("<svg"));

    let table = asked(&json!({ "do": "csv", "table": "outcomes" }));
    assert_eq!(table["name"], "outcomes.csv");
    assert!(text(&table["text"]).contains("your_setting"));
    let all = asked(&json!({ "do": "tables" }));
    assert_eq!(all["tables"]["outcomes"], table["text"]);
    for chart in all["charts"].as_object().unwrap().keys() {
        let numbers = asked(&json!({ "do": "csv", "chart": chart }));
        let numbers = text(&numbers["text"]);
        assert!(numbers.starts_with("panel,what,name,at,value,lower,upper\n"), "{chart}");
        assert!(numbers.lines().count() > 2, "{chart}");
    }
    let exported = asked(&json!({ "do": "scenario" }));
    assert_eq!(
        says(&exported, ["name", "files"]),
        [json!("two_prisons_and_a_camp_with_settings.toml"), json!([])]
    );
    assert!(text(&exported["text"]).starts_with(&source));
    assert_eq!(asked(&json!({ "do": "version" }))["version"], env!("CARGO_PKG_VERSION"));
    assert!(asked(&json!({ "do": "csv", "chart": "nothing" }))["error"].is_string());
    assert!(asked(&json!({ "do": "csv" }))["error"].is_string());
}

#[test]
fn mistakes_have_their_places_and_leave_what_is_open() {
    let good = scenario("pandemic_pause", 64);
    assert_eq!(asked(&json!({ "do": "open", "name": "x.toml", "text": good }))["ok"], true);
    let hostile = "title = \"<img src=x onerror=alert(1)> 𝄞\"\nstart = <b>\n";
    let refused = asked(&json!({ "do": "open", "name": "<i>.toml", "text": hostile }));
    assert_eq!(refused["ok"], false);
    let problem =
        refused["problems"].as_array().unwrap().iter().find(|problem| problem["code"] == "syntax").unwrap();
    assert_eq!((&problem["line"], &problem["severity"]), (&json!(2), &json!("error")), "{refused}");
    let marked: Vec<u16> = hostile.encode_utf16().collect();
    let (start, end) =
        (problem["start"].as_u64().unwrap() as usize, problem["end"].as_u64().unwrap() as usize);
    assert!(String::from_utf16(&marked[start..end]).unwrap().starts_with('<'), "{problem}");
    let html = text(&refused["problems_html"]);
    assert!(!html.contains("<i>") && !html.contains("<b>") && html.contains("&lt;"), "{html}");

    let wrong = json!({ "numbers": { "programmes.busses.seats": { "set": 2 } } });
    let wrong = asked(&json!({ "do": "set", "setting": wrong }));
    assert!(
        text(&wrong["problems"][0]["help"]).contains("did you mean `programmes.buses.seats`?"),
        "{wrong}"
    );
    assert_eq!(asked(&json!({ "do": "add", "replicates": 2 }))["replicates"], 2, "what was open is open");
}

#[test]
fn what_is_no_request_is_refused_in_a_sentence() {
    for wrong in [
        "",
        "{",
        "null",
        "[]",
        "{}",
        r#"{"do":"fly"}"#,
        r#"{"do":"add"}"#,
        r#"{"do":"add","replicates":-1}"#,
        r#"{"do":"add","replicates":1,"more":2}"#,
        r#"{"do":"set","setting":{"numbers":{"a":{"set":"x"}}}}"#,
        r#"{"do":"set","setting":{"numbers":{"a":{"set":1e999}}}}"#,
        r#"{"do":"set","setting":{"nombres":{}}}"#,
        r#"{"do":"open","name":"x","text":"","words":3}"#,
        r#"{"do":"open","name":"x","text":"","words":"tlh"}"#,
        r#"{"do":"open","name":"x","text":"","words":{"answer.heading":"Antwort"}}"#,
    ] {
        let response: Value = serde_json::from_str(&request(wrong)).unwrap();
        assert!(response["error"].is_string() && response["ok"] != true, "{wrong}: {response}");
    }
    let large = " ".repeat(5 << 20);
    assert!(
        text(&asked(&json!({ "do": "open", "name": "x", "text": large }))["error"]).contains("too large")
    );
}

/// JSON of any shape, with the words of requests in it.
fn anything() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "do",
        "open",
        "set",
        "add",
        "show",
        "csv",
        "scenario",
        "tables",
        "setting",
        "kept",
        "numbers",
        "policies",
        "variants",
        "name",
        "text",
        "label",
        "replicates",
        "gate",
        "moves.leave.rate",
        "off",
        "from",
        "2025-06",
    ]);
    let word = || prop_oneof![words.clone().prop_map(String::from), any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0u64..40).prop_map(Value::from),
        word().prop_map(Value::from),
    ];
    let name = word();
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

const SMALL: &str = r#"
title = "A camp"
start = "2025-01"
horizon = "3 months"
step = "month"
replicates = 20
places.camp = { kind = "camp", people = [{ count = 1000 }] }
places.home = { kind = "community" }
moves.leave = { from = "camp", to = "home", rate = { per_year = 0.1 } }
policies.gate = { from = "2025-02", changes = [{ field = "moves.leave.rate", times = 2 }] }
"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_is_answered(action in prop::sample::select(vec!["open", "set", "add", "show", "csv", "scenario", "tables", "version", "x"]), first in anything(), second in anything(), text in any::<String>()) {
        asked(&json!({ "do": "open", "name": "x", "text": SMALL }));
        for message in [
            json!({ "do": action, "setting": first, "kept": second }),
            json!({ "do": action, "setting": first }),
            json!({ "do": action, "replicates": first }),
            json!({ "do": action, "open": [text] }),
            json!({ "do": action, "name": text, "text": second }),
            json!({ "do": "open", "name": text, "text": text, "files": { text.clone(): text } }),
            json!({ "do": "add", "replicates": 3 }),
            json!({ "do": action }),
            first.clone(),
        ] {
            let response = asked(&message);
            prop_assert!(response["ok"] == true || response["error"].is_string(), "{message}: {response}");
        }
        let _: Value = serde_json::from_str(&request(&text)).unwrap();
    }
}
