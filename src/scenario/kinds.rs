//! What a value is and what a piece of the schema wants, in words.

use serde_json::Value;
use toml::de::DeValue;

use super::file::date::{DATE_PATTERN, HORIZON_PATTERN};

/// Whether a value has the type of a schema that has no alternatives.
pub(super) fn fits(value: &DeValue, shape: &Value) -> bool {
    if choices(shape).is_some() {
        return matches!(value, DeValue::String(_));
    }
    let word = shape.get("type").and_then(Value::as_str).unwrap_or("object");
    match value {
        DeValue::String(_) => word == "string",
        DeValue::Integer(_) => word == "integer" || word == "number",
        DeValue::Float(_) => word == "number",
        DeValue::Boolean(_) => word == "boolean",
        DeValue::Datetime(_) => {
            shape.get("pattern").is_some_and(|pattern| pattern == DATE_PATTERN || pattern == HORIZON_PATTERN)
        }
        DeValue::Array(_) => word == "array",
        DeValue::Table(_) => word == "object",
    }
}

/// Follows a reference to its definition in `root`.
pub(super) fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").or_else(|| schema.pointer("/allOf/0/$ref")).and_then(Value::as_str);
    reference.and_then(|reference| root.pointer(reference.trim_start_matches('#'))).unwrap_or(schema)
}

/// The shapes that a value may have: the alternatives of `anyOf`, or the schema itself.
pub(super) fn shapes<'a>(root: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    match schema.get("anyOf").and_then(Value::as_array) {
        Some(alternatives) => alternatives
            .iter()
            .map(|shape| resolve(root, shape))
            .flat_map(|shape| if shape.get("anyOf").is_some() { shapes(root, shape) } else { vec![shape] })
            .collect(),
        None => vec![schema],
    }
}

/// The words of an enumeration.
pub(super) fn choices(shape: &Value) -> Option<Vec<&str>> {
    if let Some(words) = shape.get("enum").and_then(Value::as_array) {
        return Some(words.iter().filter_map(Value::as_str).collect());
    }
    if shape.get("properties").is_some() {
        return None;
    }
    let shapes = shape.get("oneOf").and_then(Value::as_array)?;
    shapes.iter().map(|shape| shape.get("const").and_then(Value::as_str)).collect()
}

/// What a schema without alternatives wants, in words.
pub(super) fn wanted(shape: &Value) -> &'static str {
    if choices(shape).is_some() {
        return "a word";
    }
    match shape.get("type").and_then(Value::as_str).unwrap_or("object") {
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        _ => "a table",
    }
}

/// A key that a table has at least, or may have.
pub(super) fn first_key(table: &Value) -> &str {
    let required = table.pointer("/required/0").or_else(|| table.pointer("/oneOf/0/required/0"));
    let any = || table.get("properties")?.as_object()?.keys().next().map(String::as_str);
    required.and_then(Value::as_str).or_else(any).unwrap_or("name")
}

/// What a value is, in words.
pub(super) fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
