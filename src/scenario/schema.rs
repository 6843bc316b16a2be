//! The JSON Schema of a scenario file, from the same types that read it: for editors, and for the check of a file's
//! shape.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::file::ScenarioFile;
use super::file::rate::{BirthRate, EventRate, LeavingRate, Occasions, SwitchRate};

/// The schema, draft 7.
pub fn schema() -> Value {
    let generator = SchemaSettings::draft07().for_deserialize().into_generator();
    let mut schema = generator.into_root_schema_for::<ScenarioFile>().to_value();
    without_null(&mut schema);
    for (rate, units) in [
        ("LeavingRate", LeavingRate::UNITS),
        ("BirthRate", BirthRate::UNITS),
        ("EventRate", EventRate::UNITS),
        ("SwitchRate", SwitchRate::UNITS),
        ("Occasions", Occasions::UNITS),
    ] {
        // Exactly one unit; a programme may be regular instead.
        let regular = (rate == "Occasions").then_some(&"every");
        let one_of: Vec<Value> =
            units.iter().chain(regular).map(|unit| json!({ "required": [unit] })).collect();
        if let Some(definition) = schema.pointer_mut(&format!("/definitions/{rate}")) {
            definition["oneOf"] = one_of.into();
        }
    }
    schema
}

/// A TOML file has no null: a field that may be left out is not one that may be null.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.remove("default");
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|word| word != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    object.insert("type".into(), only);
                }
            }
            if let Some(Value::Array(words)) = object.get_mut("enum") {
                words.retain(|word| !word.is_null());
            }
            for key in ["anyOf", "oneOf"] {
                if let Some(Value::Array(shapes)) = object.get_mut(key) {
                    let before = shapes.len();
                    shapes.retain(|shape| shape.get("type").is_none_or(|word| word != "null"));
                    if let (true, [Value::Object(only)]) = (shapes.len() < before, shapes.as_slice()) {
                        let only = only.clone();
                        object.remove(key);
                        for (key, value) in only {
                            // Draft 7 reads nothing beside a reference.
                            if key == "$ref" {
                                object.insert("allOf".into(), json!([{ "$ref": value }]));
                            } else {
                                object.entry(key).or_insert(value);
                            }
                        }
                    }
                }
            }
            object.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}
