//! A value and where it was written.

use std::borrow::{Borrow, Cow};
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};

/// A value with the bytes of the file that it was read from.
///
/// Two are equal when their values are, wherever they stand.
#[derive(Clone, Debug)]
pub struct Located<T>(toml::Spanned<T>);

impl<T: std::fmt::Display> std::fmt::Display for Located<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        self.get().fmt(f)
    }
}

impl<T> Located<T> {
    /// The bytes of the file, from and until.
    pub fn span(&self) -> Range<usize> {
        self.0.span()
    }

    /// Another value at the same place.
    pub fn with<U>(&self, value: U) -> Located<U> {
        Located(toml::Spanned::new(self.span(), value))
    }

    /// A value that stands in no file.
    pub(super) fn nowhere(value: T) -> Located<T> {
        Located(toml::Spanned::new(0..0, value))
    }

    /// The value alone.
    pub fn get(&self) -> &T {
        self.0.get_ref()
    }
}

impl<T> Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.get()
    }
}

impl<T: PartialEq> PartialEq for Located<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Eq> Eq for Located<T> {}

impl<T: Hash> Hash for Located<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.get().hash(state);
    }
}

impl<T: Borrow<str>> Borrow<str> for Located<T> {
    fn borrow(&self) -> &str {
        self.get().borrow()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        toml::Spanned::deserialize(deserializer).map(Located)
    }
}

/// The schema does not say where things stand: it is that of the value.
impl<T: JsonSchema> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
