//! Columns: what a table says about each of its values.

/// What the values of a [`Column`] are, in every row that has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Calendar dates, written as in ISO 8601: `2025-01-31`.
    Date,
    /// Whole numbers from 0.
    Integer,
    /// Numbers, of which none is infinite.
    Number,
    /// Words.
    Text,
}

/// A column of a table: its name, and what it promises of its values. A format writes the promises beside the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name in the header.
    pub name: String,
    /// What its values are.
    pub kind: ColumnKind,
    /// What they count or measure: `"people"`; `None` of words, dates and what has no unit.
    pub unit: Option<&'static str>,
    /// What they mean, for people.
    pub description: String,
    /// Whether every row has a value.
    pub required: bool,
    /// Whether no value is below 0.
    pub not_negative: bool,
    /// The only words there are, where they are known.
    pub words: Option<Vec<String>>,
    /// Whether the column is one of those that together tell rows apart.
    pub key: bool,
}

impl Column {
    /// A column that promises nothing but its kind; whole numbers are never negative.
    pub fn new(name: impl Into<String>, kind: ColumnKind, description: impl Into<String>) -> Column {
        Column {
            name: name.into(),
            kind,
            unit: None,
            description: description.into(),
            required: false,
            not_negative: kind == ColumnKind::Integer,
            words: None,
            key: false,
        }
    }

    /// With a unit.
    pub fn unit(self, unit: &'static str) -> Column {
        Column { unit: Some(unit), ..self }
    }

    /// With a value in every row.
    pub fn required(self) -> Column {
        Column { required: true, ..self }
    }

    /// With no value below 0.
    pub fn not_negative(self) -> Column {
        Column { not_negative: true, ..self }
    }

    /// With these words only.
    pub fn words(self, words: impl IntoIterator<Item = impl Into<String>>) -> Column {
        Column { words: Some(words.into_iter().map(Into::into).collect()), ..self }
    }

    /// The same column where another variant has these words too.
    pub fn also(&mut self, other: Column) {
        if let (Some(words), Some(more)) = (&mut self.words, other.words) {
            words.extend(more.into_iter().filter(|word| !words.contains(word)).collect::<Vec<_>>());
        }
    }

    /// With a value in every row, and one of those that together tell rows apart.
    pub fn key(self) -> Column {
        Column { key: true, required: true, ..self }
    }
}
