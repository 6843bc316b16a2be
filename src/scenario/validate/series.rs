//! Dated series: each number holds from its date until the next.

use indexmap::IndexMap;

use super::draft::Draft;
use crate::model::NumberId;
use crate::scenario::file::date::DateText;
use crate::scenario::file::number::Written;
use crate::scenario::file::rate::DateKey;
use crate::scenario::located::Located;

impl Draft<'_> {
    /// The steps from which the numbers of a series hold; the first holds from the start. `read` reads a number.
    pub(super) fn series(
        &mut self,
        address: &str,
        written: &IndexMap<Located<DateKey>, Located<Written>>,
        mut read: impl FnMut(&mut Self, String, &Located<Written>) -> NumberId,
    ) -> Vec<(u32, NumberId)> {
        let mut points: Vec<(u32, NumberId)> = Vec::new();
        let mut before = None;
        for (key, number) in written {
            let id = read(self, format!("{address}.{}", key.0), number);
            let date = key.with(DateText(key.0.clone()));
            let Some(step) = self.step_from(&date, false) else { continue };
            let at = crate::calendar::parse_date(&key.0);
            if before.is_some() && at <= before {
                self.error(
                    key.span(),
                    format!("{} does not come after the date before it", key.0),
                    "out of order",
                    "write the dates in their order, each once".into(),
                );
            }
            before = at;
            // The first also holds before its date; of two in one step the later one holds.
            let step = if points.is_empty() { 0 } else { step };
            match points.last_mut() {
                Some(last) if last.0 == step && step > 0 => last.1 = id,
                _ => points.push((step, id)),
            }
        }
        points
    }
}
