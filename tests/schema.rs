//! The JSON Schemas that editors use, of scenarios and of studies, are those of this version.
//!
//! `REPATRIA_BLESS=1 cargo test --test schema` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/scenario.schema.json");
const STUDY_PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/study.schema.json");

fn schema() -> Value {
    repatria::internals::scenario::schema::schema()
}

fn study_schema() -> Value {
    repatria::internals::study::schema().clone()
}

#[test]
fn the_schemas_are_not_stale() {
    for (path, schema) in [(PATH, schema()), (STUDY_PATH, study_schema())] {
        let now = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("REPATRIA_BLESS").is_some() {
            fs_err::write(path, &now).unwrap();
        }
        let checked_in = fs_err::read_to_string(path).unwrap_or_default();
        assert!(checked_in == now, "{path} is stale: run `REPATRIA_BLESS=1 cargo test --test schema`");
    }
}

#[test]
fn editors_learn_the_words_of_studies() {
    let schema = study_schema();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    assert_eq!(schema["required"], serde_json::json!(["title", "scenario", "design"]));
    let text = schema.to_string();
    for word in ["latin_hypercube", "uncertainty", "trajectories", "lognormal", "own"] {
        assert!(text.contains(word), "{word}");
    }
    assert!(!text.contains("null"), "TOML has no null");
}

/// Calls `look` with every part of the schema that is a table of keys, and where it is.
fn tables(schema: &Value, at: &str, look: &mut dyn FnMut(&str, &Value)) {
    match schema {
        Value::Object(object) => {
            if object.get("type").is_some_and(|word| word == "object") {
                look(at, schema);
            }
            for (key, value) in object {
                tables(value, &format!("{at}/{key}"), look);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| tables(item, &format!("{at}/{i}"), look))
        }
        _ => {}
    }
}

#[test]
fn every_table_refuses_unknown_keys_and_every_key_is_described() {
    let mut look = |at: &str, table: &Value| {
        assert_eq!(table["additionalProperties"], false, "{at} allows anything");
        let properties = table.get("properties").and_then(Value::as_object);
        for (key, property) in
            properties.into_iter().flatten().filter(|_| !at.contains("Season") && !at.contains("Becomes"))
        {
            assert!(property.get("description").is_some(), "{at}/{key} is not described");
            // Draft 7 ignores what stands beside a reference.
            assert!(property.get("$ref").is_none(), "{at}/{key} has words beside a reference");
        }
    };
    tables(&schema(), "", &mut look);
    tables(&study_schema(), "", &mut look);
}

#[test]
fn editors_learn_words_patterns_and_what_is_required() {
    let schema = schema();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    let needed = serde_json::json!(["title", "start", "horizon", "step", "places"]);
    assert_eq!(schema["oneOf"][0]["required"], needed);
    assert_eq!(schema["oneOf"][1]["required"], serde_json::json!(["extends"]));
    let text = schema.to_string();
    for word in ["at_large", "[A-Za-z0-9_-]{1,60}", "totals", "quarter", "\"per_week\"", "\"maxItems\":12"] {
        assert!(text.contains(word), "{word}");
    }
    assert!(!text.contains("null"), "TOML has no null");
    assert_eq!(schema["definitions"]["EventRate"]["oneOf"].as_array().unwrap().len(), 5);
}
