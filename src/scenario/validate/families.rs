//! Families that take seats of a programme together.

use std::ops::Range;

use super::draft::Draft;
use super::programmes::overlap;
use crate::model::{Family, Who};
use crate::scenario::code::Code;
use crate::scenario::file::programme::WrittenFamily as Written;
use crate::scenario::located::Located;
use crate::scenario::words::number;

impl Draft<'_> {
    /// Reads the families among the people of `who`; `by` is the dimension whose values have lines.
    pub(super) fn family(
        &mut self,
        address: &str,
        written: &Located<Written>,
        who: &Who,
        by: Option<usize>,
    ) -> Option<Family> {
        let before = self.errors;
        let head = self.selected(&written.head);
        let with = self.selected(&written.with);
        let mean_size = self.amount(address, "family.mean_size", &written.mean_size);
        if let Some(size) = self.sure(mean_size).filter(|size| *size < 1.0) {
            self.error(
                Code::OutOfRange,
                written.mean_size.span(),
                format!("a family of {} has no room for its head", number(size)),
                "must be 1 or more",
                "write how many people a family has, the head among them".into(),
            );
        }
        if self.errors > before {
            return None;
        }
        for (members, span, word) in
            [(&head, written.head.span(), "head"), (&with, written.with.span(), "with")]
        {
            self.members_of_families(members, span, word, who, by);
        }
        let several = |allowed: &Option<Vec<usize>>| allowed.as_ref().is_some_and(|some| some.len() > 1);
        if let Some(dimension) = head.allowed.iter().position(several) {
            let name = self.groups.dimensions[dimension].name.clone();
            self.error(
                Code::BadFamily.of(&name),
                written.head.span(),
                format!("heads of families have several values of `{name}`"),
                "whose children are whose?",
                "write one value, and a programme for each kind of head".into(),
            );
        }
        if self.errors == before && overlap(&head, &with) {
            self.error(
                Code::BadFamily,
                written.with.span(),
                "the same people are `head` and `with`".into(),
                "named by both",
                "let `head` and `with` differ on a dimension".into(),
            );
        }
        (self.errors == before).then_some(Family { head, with, mean_size })
    }

    /// Says so where no `members` of a family are among the eligible, or where they are told apart by what has lines.
    fn members_of_families(
        &mut self,
        members: &Who,
        span: Range<usize>,
        word: &str,
        who: &Who,
        by: Option<usize>,
    ) {
        if !overlap(members, who) {
            self.error(
                Code::Nobody.of(&word),
                span,
                format!("nobody who is eligible can be `{word}` of a family"),
                "nobody of these is in `who`",
                "name people whom `who` names too".into(),
            );
        } else if let Some(dimension) = by.filter(|by| members.allowed[*by].is_some()) {
            let name = self.groups.dimensions[dimension].name.clone();
            self.error(
                Code::BadFamily.of(&name),
                span,
                format!("families cannot be told apart by `{name}`: its values are lines"),
                "a family takes seats of one line",
                format!("take `{name}` out here: people of one family have the same"),
            );
        }
    }
}
