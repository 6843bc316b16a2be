//! What stands in for a value that cannot be used, so that the rest of a file can be checked: of the right shape, and otherwise
//! such that whatever is said of it is said of the place of the mistake, which is known already.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::kinds::{choices, resolve, shapes, wanted};

/// A name, an expression, a date that none is.
const NOTHING: &str = "?";

/// Of the shape that a schema of `root` wants; the pieces of a table stand at `span`.
pub(super) fn stand_in(root: &Value, schema: &Value, span: &Range<usize>) -> DeValue<'static> {
    let shapes = shapes(root, resolve(root, schema));
    // Words first: checks give up at one that means nothing, and say so in one place.
    let words = shapes.iter().find(|shape| wanted(shape) == "text" && choices(shape).is_none());
    let Some(shape) = words.or(shapes.first()) else { return DeValue::Boolean(false) };
    if let Some(first) = choices(shape).and_then(|words| words.first().map(|word| word.to_string())) {
        return DeValue::String(Cow::Owned(first));
    }
    match wanted(shape) {
        "text" => DeValue::String(Cow::Borrowed(NOTHING)),
        "a whole number" => parsed("1"),
        // Hardly one that stands beside it.
        "a number" => parsed("0.618033988749895"),
        "true or false" => DeValue::Boolean(false),
        "a list" => {
            let least = shape.get("minItems").and_then(Value::as_u64).unwrap_or(0);
            let item = |items| Spanned::new(span.clone(), stand_in(root, items, span));
            let items = shape.get("items").map(item);
            DeValue::Array(items.iter().cycle().take(least.max(1) as usize).cloned().collect())
        }
        _ => {
            let mut table = DeTable::new();
            let required = shape.get("required").and_then(Value::as_array).into_iter().flatten();
            for word in required.filter_map(Value::as_str) {
                if let Some(schema) = shape.get("properties").and_then(|properties| properties.get(word)) {
                    let key = Spanned::new(span.clone(), Cow::Owned(word.to_string()));
                    table.insert(key, Spanned::new(span.clone(), stand_in(root, schema, span)));
                }
            }
            // Of named things there is one, whose name is none.
            let named = shape.get("patternProperties").and_then(Value::as_object);
            if let Some(schema) = named.and_then(|patterns| patterns.values().next()) {
                let key = Spanned::new(span.clone(), Cow::Borrowed(NOTHING));
                table.insert(key, Spanned::new(span.clone(), stand_in(root, schema, span)));
            }
            DeValue::Table(table)
        }
    }
}

fn parsed(text: &'static str) -> DeValue<'static> {
    DeValue::parse(text).map_or(DeValue::Boolean(false), Spanned::into_inner)
}
