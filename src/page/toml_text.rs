//! Values as TOML on one line each, so that they read back the same.

use std::fmt::Write;

use toml::{Table, Value};

/// A text in quotation marks.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for sign in text.chars() {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            sign if sign.is_control() => {
                // Writing to a text cannot fail.
                let _ = write!(out, "\\u{:04X}", u32::from(sign));
            }
            sign => out.push(sign),
        }
    }
    out.push('"');
    out
}

/// A key: bare where it may be.
pub fn key(name: &str) -> String {
    let bare = |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || sign == '-';
    if !name.is_empty() && name.chars().all(bare) { name.into() } else { quoted(name) }
}

/// A number, as people write it where that reads back the same.
pub fn number(value: f64) -> Value {
    // Whole numbers up to here are exact.
    let whole = value.fract() == 0.0 && value.abs() < 1e15 && (value != 0.0 || value.is_sign_positive());
    if whole { Value::Integer(value as i64) } else { Value::Float(value) }
}

/// A value on one line.
pub fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Float(number) if number.is_nan() => "nan".into(),
        Value::Float(number) if number.is_infinite() => if *number > 0.0 { "inf" } else { "-inf" }.into(),
        Value::Float(number) => format!("{number:?}"),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(is) => is.to_string(),
        Value::Datetime(date) => date.to_string(),
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Table(table) if table.is_empty() => "{}".into(),
        Value::Table(table) => format!("{{ {} }}", pairs(table).join(", ")),
    }
}

/// The pairs of a table, each on one line.
fn pairs(table: &Table) -> Vec<String> {
    table.iter().map(|(name, value)| format!("{} = {}", key(name), inline(value))).collect()
}

/// A table under the header `path`, a line for each pair and for each entry of a list of tables.
pub fn section(path: &str, table: &Table, newline: &str) -> String {
    let mut out = format!("[{path}]{newline}");
    for (name, value) in table {
        let items = match value {
            Value::Array(items) if items.len() > 1 && items.iter().all(Value::is_table) => items,
            _ => {
                out.push_str(&format!("{} = {}{newline}", key(name), inline(value)));
                continue;
            }
        };
        out.push_str(&format!("{} = [{newline}", key(name)));
        for item in items {
            out.push_str(&format!("  {},{newline}", inline(item)));
        }
        out.push_str(&format!("]{newline}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_and_keys_read_back_the_same(text in any::<String>(), name in any::<String>()) {
            let written = format!("{} = {}", key(&name), quoted(&text));
            let table: Table = written.parse().unwrap();
            prop_assert_eq!(table.get(&name).and_then(Value::as_str), Some(text.as_str()));
        }

        #[test]
        fn numbers_read_back_the_same(value in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO) {
            let table: Table = format!("it = {}", inline(&number(value))).parse().unwrap();
            let back = match table["it"] {
                Value::Integer(whole) => whole as f64,
                Value::Float(fraction) => fraction,
                _ => f64::NAN,
            };
            prop_assert_eq!(back.to_bits(), value.to_bits());
        }
    }
}
