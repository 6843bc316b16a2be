//! Small pieces that every section uses: names, lists of one, numbers and dates as they are written.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, Range};

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::scenario::located::Located;

/// What a name is made of.
pub const NAME_PATTERN: &str = "^[A-Za-z0-9_-]{1,60}$";

/// How a date is written.
pub const DATE_PATTERN: &str = "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$";

/// How a horizon is written: a date, or whole units of time.
pub const HORIZON_PATTERN: &str =
    "^([0-9]{4}-[0-9]{2}(-[0-9]{2})?|[1-9][0-9]* (day|week|month|quarter|year)s?)$";

/// A name that the file gives to something: the key of a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(transparent)]
pub struct Name(String);

/// A name and where it stands.
pub type Key = Located<Name>;

/// Named things in the order of the file.
pub type Named<T> = IndexMap<Key, T>;

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl JsonSchema for Name {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Name".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": NAME_PATTERN })
    }
}

/// A number as it is written: given, or an expression over parameters, perhaps with a unit of time.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// `0.09`
    Constant(f64),
    /// `"6 * political_will"`
    Text(String),
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WrittenVisitor)
    }
}

struct WrittenVisitor;

impl Visitor<'_> for WrittenVisitor {
    type Value = Written;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a number or an expression")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Written, E> {
        Ok(Written::Constant(value as f64))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Written, E> {
        Ok(Written::Constant(value as f64))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Written, E> {
        Ok(Written::Constant(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Written, E> {
        Ok(Written::Text(value.to_string()))
    }
}

impl JsonSchema for Written {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "a number or an expression",
            "description": "A number, or an expression over parameters: \"6 * political_will\". A length of time is written with its unit: \"13 years\".",
            "anyOf": [{ "type": "number" }, { "type": "string", "minLength": 1 }]
        })
    }
}

/// A date as it is written: `"2025-01"`, `"2025-01-15"` or a bare `2025-01-15`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateText(pub String);

impl<'de> Deserialize<'de> for DateText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;
        impl<'de> Visitor<'de> for DateVisitor {
            type Value = DateText;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a date")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<DateText, E> {
                Ok(DateText(value.to_string()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DateText, A::Error> {
                let date = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
                Ok(DateText(date.to_string()))
            }
        }
        deserializer.deserialize_any(DateVisitor)
    }
}

impl JsonSchema for DateText {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "a date",
            "description": "A month (\"2025-01\": its first day) or a day (\"2025-01-15\").",
            "type": "string",
            "pattern": DATE_PATTERN
        })
    }
}

/// A horizon as it is written: `"6 years"`, or the date at which it ends.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct HorizonText(pub DateText);

impl JsonSchema for HorizonText {
    fn schema_name() -> Cow<'static, str> {
        "Horizon".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "a length of time or a date",
            "type": "string",
            "pattern": HORIZON_PATTERN
        })
    }
}

/// A length of time as it is written: `"6 months"`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct LengthText(pub String);

impl JsonSchema for LengthText {
    fn schema_name() -> Cow<'static, str> {
        "Length".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "a length of time",
            "description": "A number and a unit of time: \"6 months\".",
            "type": "string",
            "pattern": "^[0-9]+([.][0-9]+)? (day|week|month|quarter|year)s?$"
        })
    }
}

/// One thing, or a list of such things.
#[derive(Clone, Debug, PartialEq)]
pub enum OneOrMany<T> {
    /// Written without a list.
    One(T),
    /// Written as a list.
    Many(Vec<Located<T>>),
}

impl<T> Located<OneOrMany<T>> {
    /// The things and where each stands, one or as many as the list has.
    pub fn items(&self) -> Vec<(Range<usize>, &T)> {
        match self.get() {
            OneOrMany::One(item) => vec![(self.span(), item)],
            OneOrMany::Many(items) => items.iter().map(|item| (item.span(), item.get())).collect(),
        }
    }

    /// Whether a list was written: then its things have numbers in addresses.
    pub fn is_list(&self) -> bool {
        matches!(self.get(), OneOrMany::Many(_))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrManyVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrManyVisitor<T> {
            type Value = OneOrMany<T>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("one value or a list")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
                T::deserialize(StrDeserializer::new(value)).map(OneOrMany::One)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(OneOrMany::One)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(OneOrMany::Many(items))
            }
        }
        deserializer.deserialize_any(OneOrManyVisitor(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one.clone(), { "type": "array", "items": one, "minItems": 1 }] })
    }
}

/// A table that replaces a plain number, or the plain number.
#[derive(Clone, Debug, PartialEq)]
pub enum NumberOr<T> {
    /// One number.
    Number(Written),
    /// A table.
    Table(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for NumberOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberOrVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for NumberOrVisitor<T> {
            type Value = NumberOr<T>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a number, an expression or a table")
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
                WrittenVisitor.visit_i64(value).map(NumberOr::Number)
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
                WrittenVisitor.visit_f64(value).map(NumberOr::Number)
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
                WrittenVisitor.visit_str(value).map(NumberOr::Number)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(NumberOr::Table)
            }
        }
        deserializer.deserialize_any(NumberOrVisitor(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for NumberOr<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("NumberOr_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<T>();
        json_schema!({
            "title": "a number, an expression or a table",
            "anyOf": [{ "type": "number" }, { "type": "string", "minLength": 1 }, table]
        })
    }
}
