//! Arrivals: people from outside.

use super::{Entry, Rate};

/// People arrive at a rate and spread over cells by shares.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Where they appear.
    pub into: Vec<Entry>,
    /// How many per time, over all entries together; a table by a dimension gives each entry its own value's rate
    /// instead, shared among the entries of that value.
    pub rate: Rate,
}
