//! Problems of the usual kinds, each said in one way wherever it comes up: a name that nothing has, a thing that is there twice.

use std::ops::Range;

use super::draft::Draft;
use crate::scenario::code::{Code, Coded};
use crate::scenario::words::shortened;

/// What to do about a thing that is there twice.
const TAKE_OUT: &str = "take one of them out";

impl Draft<'_> {
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
}
