//! Addresses: the file's own words joined by dots, and the numbers that each names.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::diagnostic::Diagnostic;
use super::words::{list, nearest, shortened};
use crate::model::{Effect, NumberId};
use crate::scenario::code::Code;

/// What an address names.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// Numbers as they are written: one, or those of a table. A change acts on each.
    Numbers(Vec<NumberId>),
    /// Something that several numbers make up, such as a rate.
    Whole {
        /// What `times` acts on.
        factor: NumberId,
        /// What `set` acts on; empty: it cannot be set.
        written: Vec<NumberId>,
    },
    /// A parameter, by its name.
    Parameter(String),
    /// A number that matters at the start only.
    AtStart,
    /// A number that belongs to a change.
    OfChange,
    /// A number that is read once in a replicate; where policies can change what it belongs to, the address of that.
    ReadOnce(Option<String>),
    /// A number that is drawn: what to name instead.
    Drawn(String),
}

/// What a change acts on.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Acts {
    /// On numbers.
    On(Vec<NumberId>),
    /// On a parameter, by its name.
    OnParameter(String),
}

/// Why no change acts on something that has an address.
struct Unchangeable {
    /// What it is, behind its address.
    why: &'static str,
    label: &'static str,
    help: String,
}

impl Meaning {
    /// Whether a change can act on it so.
    pub(super) fn allows(&self, effect: Effect) -> bool {
        self.acts(effect).is_ok()
    }

    /// What a change of it acts on.
    fn acts(&self, effect: Effect) -> Result<Acts, Unchangeable> {
        let no = |why, label, help: &str| Err(Unchangeable { why, label, help: help.into() });
        match self {
            Meaning::Numbers(numbers) => Ok(Acts::On(numbers.clone())),
            Meaning::Whole { factor, .. } if effect == Effect::Times => Ok(Acts::On(vec![*factor])),
            Meaning::Whole { written, .. } if written.is_empty() => no(
                "cannot be set: it is regular",
                "there is no number here to set",
                "write `times` instead of `set` (2: twice as often), or change `every`",
            ),
            Meaning::Whole { written, .. } => Ok(Acts::On(written.clone())),
            Meaning::Parameter(name) => Ok(Acts::OnParameter(name.clone())),
            Meaning::AtStart => no(
                "only counts at the start",
                "a change of it would do nothing",
                "write the number there as you want it, or over a parameter, which a variant can change",
            ),
            Meaning::OfChange => no(
                "belongs to a change",
                "a change cannot change another change",
                "use a parameter in that change, and change the parameter",
            ),
            Meaning::ReadOnce(Some(stay)) => no(
                "is read once in a replicate",
                "only policies and variants change a stay, as a whole",
                &format!(
                    "write a change with the field `{stay}` (`set` or `times`) or `{stay}.minimum` (`set`)"
                ),
            ),
            Meaning::ReadOnce(None) => no(
                "is read once in a replicate",
                "nothing changes it",
                "write the time there as you want it, or a `rate`, which changes can name",
            ),
            Meaning::Drawn(instead) => {
                no("is drawn each time", "not one number", &format!("name `{instead}`"))
            }
        }
    }
}

/// Every address of a scenario.
#[derive(Clone, Debug, Default)]
pub(super) struct AddressBook {
    meanings: BTreeMap<String, Meaning>,
    /// How many unknown addresses there have been: looking for what was meant takes time.
    unknown: Cell<usize>,
}

/// For more unknown addresses than this nobody looks for what was meant.
const MOST_LOOKED_FOR: usize = 20;

impl AddressBook {
    /// Adds an address.
    pub(super) fn insert(&mut self, address: impl Into<String>, meaning: Meaning) {
        self.meanings.insert(address.into(), meaning);
    }

    /// Every address, with what it names.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &Meaning)> {
        self.meanings.iter().map(|(address, meaning)| (address.as_str(), meaning))
    }

    /// What the change of `address`, which stands at `span`, acts on. `is` says what the file has at an address, in
    /// words, if it has something there.
    ///
    /// # Errors
    /// When the address names nothing, or nothing that such a change can act on.
    pub(super) fn resolve(
        &self,
        address: &str,
        effect: Effect,
        span: Range<usize>,
        is: &dyn Fn(&str) -> Option<&'static str>,
    ) -> Result<Acts, Diagnostic> {
        let wrong = match self.meanings.get(address).map(|meaning| meaning.acts(effect)) {
            Some(Ok(acts)) => return Ok(acts),
            Some(Err(Unchangeable { why, label, help })) => {
                Diagnostic::error(Code::NotChangeable.of(address), format!("`{}` {why}", shortened(address)))
                    .label(label)
                    .help(help)
            }
            None => self.unknown_address(address, is),
        };
        Err(wrong.at(span))
    }

    /// The message for an address that names nothing.
    fn unknown_address(&self, address: &str, is: &dyn Fn(&str) -> Option<&'static str>) -> Diagnostic {
        self.unknown.set(self.unknown.get() + 1);
        if self.unknown.get() <= MOST_LOOKED_FOR {
            return self.unknown(address, is(address));
        }
        Diagnostic::error(
            Code::UnknownAddress.of(address),
            format!("no field is called `{}`", shortened(address)),
        )
        .label("unknown address")
        .help("fix those before it first")
    }

    /// The message for an address that names no number.
    fn unknown(&self, address: &str, is: Option<&'static str>) -> Diagnostic {
        let shown = shortened(address);
        let within: Vec<&str> = self.below(address).collect();
        if !within.is_empty() {
            return Diagnostic::error(Code::NotChangeable.of(address), format!("`{shown}` is not a number"))
                .label("names several things")
                .help(format!("name one of {}", list(within, 8)));
        }
        let what = is.filter(|kind| *kind != "a table" && *kind != "a list");
        let near = if address.len() <= 300 {
            nearest(address, self.meanings.keys().map(String::as_str))
        } else {
            None
        };
        match (what, near) {
            (Some("a number"), _) => {
                Diagnostic::error(Code::NotChangeable.of(address), format!("`{shown}` cannot be changed"))
                    .label("fixed for the whole run")
                    .help("write the number there as you want it".to_string())
            }
            (Some(kind), _) => Diagnostic::error(
                Code::NotChangeable.of(address),
                format!("`{shown}` is {kind}, not a number"),
            )
            .label("only numbers can be changed")
            .help(self.siblings(address)),
            (None, Some(near)) => {
                Diagnostic::error(Code::UnknownAddress.of(address), format!("no field is called `{shown}`"))
                    .label("unknown address")
                    .help(format!("did you mean `{near}`?"))
            }
            (None, None) => {
                Diagnostic::error(Code::UnknownAddress.of(address), format!("no field is called `{shown}`"))
                    .label("unknown address")
                    .help(self.siblings(address))
            }
        }
    }

    /// The addresses that go on where `address` stops.
    fn below<'a>(&'a self, address: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let start = format!("{address}.");
        self.meanings
            .range(start.clone()..)
            .map(|(known, _)| known.as_str())
            .take_while(move |known| known.starts_with(&start))
    }

    /// Addresses near one that is none: those of the longest part of it that goes on.
    fn siblings(&self, address: &str) -> String {
        let mut part = address;
        while let Some((shorter, _)) = part.rsplit_once('.') {
            part = shorter;
            let near: Vec<&str> = self.below(part).collect();
            if !near.is_empty() {
                return format!("what can be changed there: {}", list(near, 8));
            }
        }
        "an address is the file's own words joined by dots, such as `moves.some_name.rate`".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wholes_and_leaves() {
        let mut book = AddressBook::default();
        book.insert("moves.a.rate", Meaning::Whole { factor: 7, written: vec![3] });
        book.insert("moves.a.rate.per_year", Meaning::Numbers(vec![3]));
        let resolve = |address: &str, effect| book.resolve(address, effect, 0..1, &|_| None);
        assert_eq!(resolve("moves.a.rate", Effect::Times), Ok(Acts::On(vec![7])));
        assert_eq!(resolve("moves.a.rate", Effect::Set), Ok(Acts::On(vec![3])));
        assert_eq!(resolve("moves.a.rate.per_year", Effect::Times), Ok(Acts::On(vec![3])));
        assert!(resolve("moves.a", Effect::Set).unwrap_err().help.contains("moves.a.rate"));
        assert!(resolve("moves.b.rate", Effect::Set).unwrap_err().help.contains("did you mean"));
        assert!(resolve("x", Effect::Set).is_err());
    }
}
