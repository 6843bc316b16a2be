//! What names people of one clock: the step in which they are due, and where it matters since when, and what concerns them.

use crate::model::stay::InForce;
use crate::survival::EntryTime;

/// People who are alike to a clock. Ordered by the step in which they are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DueRow(u64);

/// Since when people are there, and which changes of the length of stay concern them. Kept as long as changes are to come
/// that concern people who are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The step of entry, before the first step where it is below 0.
    pub entry: i64,
    /// When in it.
    pub when: EntryTime,
    /// The changes that concern them.
    pub concerned: InForce,
}

/// What is added to a step of entry so that it is not below 0.
const EARLIEST: i64 = 1 << 22;

/// The due step of those who are due later than is told apart.
const FAR: u64 = u32::MAX as u64 - 1;

/// The due step of those who are not told apart by it until their length changes.
const UNDATED: u64 = FAR - 1;

/// The bits of changes.
const CHANGES: u64 = 0xFF;

impl DueRow {
    /// Those who entered in this step.
    pub const NEW: DueRow = DueRow(u64::MAX);
    /// Those who came from outside in this step, of any age.
    pub const ANY: DueRow = DueRow(u64::MAX - 1);
    /// Those whose stay is completed and who found no room where they were to go: they try again in every step.
    pub const OVERDUE: DueRow = DueRow(0);

    /// Those who are due in a step; `None`: later than is told apart.
    pub fn due(step: Option<i64>) -> DueRow {
        let due = step.map_or(FAR, |step| (step.max(0) as u64 + 1).min(FAR));
        DueRow(due << 32)
    }

    /// Those whose date is worked out when their length changes next, and who are not due before. Their origin has all the changes
    /// that have ever concerned them.
    pub fn undated(origin: Origin) -> DueRow {
        DueRow(UNDATED << 32).from(origin)
    }

    /// The step in which they are due; `None`: later than is told apart.
    pub fn step(self) -> Option<i64> {
        let due = self.0 >> 32;
        (due < UNDATED).then_some(due as i64 - 1)
    }

    /// Whether their stay is completed by the end of a step.
    pub fn is_over(self, step: u32) -> bool {
        self.0 >> 32 <= u64::from(step) + 1
    }

    /// The same people, with their origin.
    #[must_use]
    pub fn from(self, origin: Origin) -> DueRow {
        let entry = (origin.entry + EARLIEST).max(0) as u64 + 1;
        let within = u64::from(origin.when == EntryTime::Within);
        DueRow(
            self.without_origin().0 | (entry << 9) | (within << 8) | (u64::from(origin.concerned) & CHANGES),
        )
    }

    /// Their origin, if it is kept.
    pub fn origin(self) -> Option<Origin> {
        let origin = self.0 & u64::from(u32::MAX);
        (origin != 0 && self < DueRow::ANY).then(|| Origin {
            entry: (origin >> 9) as i64 - 1 - EARLIEST,
            when: if origin >> 8 & 1 == 1 { EntryTime::Within } else { EntryTime::AtStart },
            concerned: (origin & CHANGES) as InForce,
        })
    }

    /// The same people, where their origin no longer matters.
    #[must_use]
    pub fn without_origin(self) -> DueRow {
        if self >= DueRow::ANY { self } else { DueRow(self.0 & !u64::from(u32::MAX)) }
    }

    /// The same people. Who brings no time along is new.
    #[must_use]
    pub fn or_new(self) -> DueRow {
        if self >= DueRow::ANY { DueRow::NEW } else { self }
    }

    /// What tells them from others.
    pub fn bits(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_what_they_name_and_their_order() {
        let origin = Origin { entry: -300, when: EntryTime::Within, concerned: 0b1000_0001 };
        let row = DueRow::due(Some(7)).from(origin);
        assert_eq!((row.step(), row.origin()), (Some(7), Some(origin)));
        assert_eq!(row.without_origin(), DueRow::due(Some(7)));
        assert_eq!(DueRow::due(None).from(origin).step(), None);
        let undated = DueRow::undated(origin);
        assert_eq!((undated.step(), undated.origin()), (None, Some(origin)));
        assert!(
            row.is_over(7)
                && !row.is_over(6)
                && DueRow::OVERDUE.is_over(0)
                && !DueRow::due(None).is_over(40_000)
        );
        let later = [
            DueRow::OVERDUE,
            DueRow::due(Some(0)),
            row,
            DueRow::due(Some(8)),
            DueRow::due(None),
            DueRow::ANY,
            DueRow::NEW,
        ];
        assert!(later.is_sorted() && DueRow::NEW.origin().is_none() && DueRow::OVERDUE.origin().is_none());
    }
}
