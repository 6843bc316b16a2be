//! Problems of the usual kinds, each found and said in one way wherever it comes up. A message is made of data: whose it is, which keys,
//! which bounds.
//!
//! | kind | who says it |
//! |---|---|
//! | exactly one of several keys | [`not_one`](Draft::not_one) |
//! | at most one of two keys | [`not_both`](Draft::not_both) |
//! | a name that nothing has | [`known`](Draft::known), [`unknown`](Draft::unknown) |
//! | a thing that is there twice | [`again`](Draft::again), [`counted_twice`](Draft::counted_twice) |
//! | a number out of bounds | [`within`](Draft::within), [`out_of_range`](Draft::out_of_range) |
//! | more of something than can be simulated | [`few_enough`](Draft::few_enough) |
//! | an end before the beginning | [`ends_later`](Draft::ends_later) |
//!
//! What a user could not know otherwise is said where it is found.

use std::ops::Range;

use super::draft::Draft;
use crate::model::NumberId;
use crate::scenario::code::{Code, Coded};
use crate::scenario::words::{number, shortened, thousands};

/// What to do about a thing that is there twice.
const TAKE_OUT: &str = "take one of them out";

/// A key, and where it stands if it is written.
pub(super) type MaybeKey<'a> = (&'a str, Option<Range<usize>>);

/// What is said of keys of which there must be exactly one.
pub(super) struct OneOf<'a> {
    /// Whose keys they are: a name or an address; empty where the place says it.
    pub(super) about: &'a str,
    /// Where none is written: what is wrong, and what to do.
    pub(super) none: [&'a str; 2],
    /// Where several are: what is wrong, and what to do.
    pub(super) several: [&'a str; 2],
}

impl Draft<'_> {
    /// Says that none of `keys` is written, for which `whole` is marked, or that several are; of the latter the second is marked.
    pub(super) fn not_one<T>(&mut self, whole: Range<usize>, keys: &[MaybeKey], say: &OneOf) -> Option<T> {
        let mut there = keys.iter().filter_map(|(key, span)| Some((*key, span.clone()?)));
        match (there.next(), there.next()) {
            (None, _) => {
                let [message, help] = say.none;
                self.error(
                    about(Code::Incomplete, say.about),
                    whole,
                    message.into(),
                    &neither(keys),
                    help.into(),
                );
            }
            (Some((first, _)), Some(second)) => self.not_both(say.about, first, second, say.several),
            (Some(_), None) => {}
        }
        None
    }

    /// Whether exactly one of `keys` is written; says so where none or several are, as [`not_one`](Draft::not_one).
    pub(super) fn one_of(&mut self, whole: Range<usize>, keys: &[MaybeKey], say: &OneOf) -> bool {
        let before = self.errors;
        self.not_one::<()>(whole, keys, say);
        self.errors == before
    }

    /// Says that two keys are written that exclude each other, at the second one.
    pub(super) fn not_both(
        &mut self,
        of: &str,
        first: &str,
        (second, at): (&str, Range<usize>),
        [message, help]: [&str; 2],
    ) {
        let label = format!("`{second}`, beside `{first}`");
        self.error(about(Code::ExclusiveKeys, of), at, message.into(), &label, help.into());
    }

    /// The position of a name among those of its kind, such as a state among states; `None` where there is none, which is then said.
    pub(super) fn known(
        &mut self,
        (what, plural): (&str, &str),
        name: &str,
        span: Range<usize>,
        known: &[&str],
    ) -> Option<usize> {
        let found = known.iter().position(|known| *known == name);
        if found.is_none() {
            let help = self.suggest(name, known.iter().copied(), plural);
            self.unknown(what, name, span, help);
        }
        found
    }

    /// No `what`, such as a place, has this name.
    pub(super) fn unknown(&mut self, what: &str, name: &str, span: Range<usize>, help: String) {
        let message = format!("no {what} is called `{}`", shortened(name));
        self.error(Code::UnknownName.of(name), span, message, &format!("unknown {what}"), help);
    }

    /// Something is named that was named before; `message` says what and where.
    pub(super) fn again(&mut self, kind: Coded, span: Range<usize>, message: String) {
        self.error(kind, span, message, "here again", TAKE_OUT.into());
    }

    /// Something would be counted twice.
    pub(super) fn counted_twice(&mut self, name: &str, span: Range<usize>) {
        let message = format!("`{}` is counted twice", shortened(name));
        self.error(Code::Duplicate.of(name), span, message, "named before", TAKE_OUT.into());
    }

    /// The value of a number that could be read.
    pub(super) fn sure(&self, id: NumberId) -> Option<f64> {
        (!self.numbers.is_broken(id)).then(|| self.now(id))
    }

    /// Checks that a number, if it could be read, lies within bounds.
    pub(super) fn within(&mut self, id: NumberId, bounds: (f64, f64), help: &str) {
        let Some(now) = self.sure(id).filter(|now| !(bounds.0..=bounds.1).contains(now)) else { return };
        let address = self.numbers[id].address.clone();
        let span = self.numbers.span(id);
        self.out_of_range(
            &address,
            span,
            format!("`{}` is {}", shortened(&address), number(now)),
            bounds,
            help,
        );
    }

    /// Something is too small or too large; `message` says what it is.
    pub(super) fn out_of_range(
        &mut self,
        of: &str,
        span: Range<usize>,
        message: String,
        (low, high): (f64, f64),
        help: &str,
    ) {
        let label = format!("must be from {} to {}", bound(low), bound(high));
        self.error(about(Code::OutOfRange, of), span, message, &label, help.into());
    }

    /// Whether there are at most so many of something; says so where there are more.
    pub(super) fn few_enough(
        &mut self,
        (n, what): (usize, &str),
        most: usize,
        one_more: Option<Range<usize>>,
        help: &str,
    ) -> bool {
        if n <= most {
            return true;
        }
        let message = format!("{} {what} are more than {}", thousands(n as u64), thousands(most as u64));
        let label = if one_more.is_some() { "one too many" } else { "" };
        self.error(Code::TooMany, one_more.unwrap_or(0..0), message, label, help.into());
        false
    }

    /// Whether what begins with one step ends with a later one; says so at its end, `span`, where it does not.
    pub(super) fn ends_later(&mut self, from: u32, until: u32, span: Range<usize>) -> bool {
        if until > from {
            return true;
        }
        let label = if until == from { "shorter than a step" } else { "before its beginning" };
        let help = format!("it begins on {}: write a later date for its end", self.calendar.date(from));
        self.error(Code::DateOrder, span, "this ends before it has begun".into(), label, help);
        false
    }
}

/// The code of a problem of something, which may have no name.
fn about(code: Code, of: &str) -> Coded {
    if of.is_empty() { code.into() } else { code.of(of) }
}

/// "neither `people`, `occupancy` nor `flow`".
fn neither(keys: &[MaybeKey]) -> String {
    let words: Vec<String> = keys.iter().map(|(key, _)| format!("`{key}`")).collect();
    match words.as_slice() {
        [before @ .., last] => format!("neither {} nor {last}", before.join(", ")),
        [] => String::new(),
    }
}

/// A bound as people write it: 1,000,000 or 0.05.
fn bound(value: f64) -> String {
    let whole = value >= 0.0 && value.fract() == 0.0 && value < 1e15;
    if whole { thousands(value as u64) } else { number(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_are_not_there_are_listed() {
        assert_eq!(neither(&[("rate", None), ("on", None)]), "neither `rate` nor `on`");
        assert_eq!(neither(&[("a", None), ("b", None), ("c", None)]), "neither `a`, `b` nor `c`");
    }

    #[test]
    fn bounds_are_written_as_people_write_numbers() {
        assert_eq!([bound(0.0), bound(1e6), bound(0.05)], ["0", "1,000,000", "0.05"]);
    }
}
