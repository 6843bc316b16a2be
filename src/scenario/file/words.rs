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
const NAME_PATTERN: &str = "^[A-Za-z0-9_-]{1,60}$";

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

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
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

    /// The things with their addresses, `address` being that of all of them, and where each stands.
    pub fn addressed(&self, address: &str) -> Vec<(String, Range<usize>, &T)> {
        let of = |i: usize| if self.is_list() { format!("{address}.{i}") } else { address.to_string() };
        self.items().into_iter().enumerate().map(|(i, (span, item))| (of(i), span, item)).collect()
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
