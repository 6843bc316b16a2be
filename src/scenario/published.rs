//! The schemas of scenarios as they are written down, for a program that only reads them: an engine in a page has no room for what makes
//! them.

use serde_json::{Value, json};

/// What editors are given: of whole scenarios and of files that extend one.
const BOTH: &str = include_str!("../../schemas/scenario.schema.json");

/// The schema of files that extend a scenario, but for the definitions, which those of scenarios have too.
const EXTENSION: &str = include_str!("extension.schema.json");

/// The schema of whole scenarios, as it is before [`schema`](super::schema::schema) adds extensions.
pub fn of_scenarios() -> Value {
    let mut schema = read(BOTH);
    let required = schema["oneOf"][0]["required"].take();
    if let Some(object) = schema.as_object_mut() {
        object.remove("oneOf");
        object.insert("required".into(), required);
    }
    if let Some(fields) = schema["properties"].as_object_mut() {
        fields.remove("extends");
    }
    schema
}

/// The schema of files that extend a scenario; it defines more than it uses.
pub fn of_extensions() -> Value {
    let mut schema = read(EXTENSION);
    schema["definitions"] = read(BOTH)["definitions"].take();
    schema
}

/// Our own files, which a test reads: nothing of them is missing.
fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::file::ScenarioFile;
    use crate::scenario::file::extension::Extension;
    use crate::scenario::schema::generate;

    /// `REPATRIA_BLESS=1 cargo test --lib published` writes the schema of extensions anew (then it is compiled in the next time), and
    /// `just schema` that of scenarios.
    #[test]
    fn they_are_those_of_this_version() {
        assert!(
            of_scenarios() == generate::<ScenarioFile>(),
            "scenario.schema.json is stale: run `just schema`"
        );
        let mut extension = generate::<Extension>();
        let definitions = extension.as_object_mut().unwrap().remove("definitions").unwrap();
        if std::env::var_os("REPATRIA_BLESS").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/scenario/extension.schema.json");
            fs_err::write(path, serde_json::to_string_pretty(&extension).unwrap() + "\n").unwrap();
        }
        let mut read = of_extensions();
        let all = read.as_object_mut().unwrap().remove("definitions").unwrap();
        assert!(read == extension, "extension.schema.json is stale");
        for (name, definition) in definitions.as_object().unwrap() {
            assert_eq!(all[name], *definition, "{name}");
        }
    }
}
