//! The JSON Schema of a scenario file, from the same types that read it: for editors, and for the check of a file's
//! shape.

use std::sync::OnceLock;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

#[cfg(not(target_arch = "wasm32"))]
use super::file::ScenarioFile;
#[cfg(not(target_arch = "wasm32"))]
use super::file::extension::Extension;
use super::file::rate::{BirthRate, EventRate, LeavingRate, Occasions, SwitchRate};
#[cfg(target_arch = "wasm32")]
use super::published;

/// The schema of scenario files, draft 7: of whole scenarios, and of files that extend one.
pub fn schema() -> Value {
    let mut schema = of_scenarios().clone();
    let extension = of_extensions();
    // Either all that a scenario needs, or what a file that extends one may have and no more.
    let whole = json!({ "required": schema["required"].take(), "not": { "required": ["extends"] } });
    let words: Vec<&String> =
        extension["properties"].as_object().into_iter().flat_map(|words| words.keys()).collect();
    let extends = json!({ "required": ["extends"], "propertyNames": { "enum": words } });
    if let Some(object) = schema.as_object_mut() {
        object.remove("required");
        object.insert("oneOf".into(), json!([whole, extends]));
    }
    schema["properties"]["extends"] = extension["properties"]["extends"].clone();
    schema
}

/// The schema of whole scenarios.
pub(super) fn of_scenarios() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    #[cfg(not(target_arch = "wasm32"))]
    let of_scenarios = generate::<ScenarioFile>;
    #[cfg(target_arch = "wasm32")]
    let of_scenarios = published::of_scenarios;
    SCHEMA.get_or_init(of_scenarios)
}

/// The schema of files that extend a scenario.
pub(super) fn of_extensions() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    #[cfg(not(target_arch = "wasm32"))]
    let of_extensions = generate::<Extension>;
    #[cfg(target_arch = "wasm32")]
    let of_extensions = published::of_extensions;
    SCHEMA.get_or_init(of_extensions)
}

/// The schema of a file of type `T`: without null, which TOML has not, and with one unit for every rate.
pub fn generate<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft07().for_deserialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
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
