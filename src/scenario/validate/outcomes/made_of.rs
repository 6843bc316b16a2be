//! Outcomes that are made of others: sums and shares.

use super::super::draft::Draft;
use super::is_date;
use crate::model::{LevelTake, Outcome, OutcomeId, OutcomeOf};
use crate::scenario::code::Code;
use crate::scenario::file::outcome::WrittenOutcome as Written;
use crate::scenario::located::Located;
use crate::scenario::words::{shortened, suggest};

impl Draft<'_> {
    /// A sum or a share of outcomes that are written before; where one of those is `broken` nothing is said of it.
    pub(super) fn made_of(
        &mut self,
        written: &Written,
        earlier: &[Outcome],
        broken: &[&str],
    ) -> Option<OutcomeOf> {
        if let Some(take) = &written.take {
            self.error(
                Code::MisplacedKey,
                take.span(),
                "a sum or a share of outcomes is not taken over time".into(),
                "what it is made of is taken already",
                "write `take` in the outcomes that it is made of".into(),
            );
        }
        if let Some(sum) = &written.sum {
            let parts: Vec<OutcomeId> =
                sum.iter().filter_map(|name| self.earlier(name, earlier, broken)).collect();
            if parts.len() == sum.len() {
                self.one_unit_of(sum, &parts, earlier);
            }
            return Some(OutcomeOf::Sum(parts));
        }
        let share = written.share.as_ref()?;
        let of = self.earlier(&share.of, earlier, broken)?;
        let over = self.earlier(&share.over, earlier, broken)?;
        Some(OutcomeOf::Share { of, over })
    }

    /// An outcome that is written before the one at hand, and is no date.
    fn earlier(&mut self, name: &Located<String>, earlier: &[Outcome], broken: &[&str]) -> Option<OutcomeId> {
        let found = earlier.iter().position(|outcome| outcome.name == **name);
        if found.is_none() && !broken.contains(&name.as_str()) {
            let exists = self.file.outcomes.keys().any(|key| &***key == name.as_str());
            let help = if exists {
                format!("write `outcomes.{}` above this one", shortened(name))
            } else {
                suggest(name, earlier.iter().map(|outcome| outcome.name.as_str()), "outcomes before this one")
            };
            let message = format!("no outcome before this one is called `{}`", shortened(name));
            self.error(Code::UnknownName.of(&name), name.span(), message, "unknown here", help);
        }
        let found = found?;
        if is_date(&earlier[found]) {
            self.error(
                Code::WrongKind.of(&name),
                name.span(),
                format!("`{}` is a date", shortened(name)),
                "dates are not added or divided",
                "name an outcome that is a number".into(),
            );
        }
        Some(found)
    }

    /// Says so where a sum adds what has plainly different units; those of measures are not known here.
    fn one_unit_of(&mut self, sum: &[Located<String>], parts: &[OutcomeId], earlier: &[Outcome]) {
        let family = |id: &OutcomeId| kind_of(&earlier[*id], earlier);
        let Some(first) = parts.first().map(family) else { return };
        for (name, part) in sum.iter().zip(parts).skip(1) {
            let other = family(part);
            if other != first {
                self.error(
                    Code::MixedUnits.of(&name),
                    name.span(),
                    format!("`{}` counts {other}, the first one {first}", shortened(name)),
                    "another unit",
                    "add up what has one unit, or write a `share` of the two".into(),
                );
                return;
            }
        }
    }
}

/// What an outcome counts, in words, as far as it can be told without the engine.
fn kind_of(outcome: &Outcome, earlier: &[Outcome]) -> String {
    if outcome.is.is_some() {
        return "yes or no".into();
    }
    match &outcome.of {
        OutcomeOf::People { take: LevelTake::PersonTime { unit: 1.0 }, .. } => "person-years".into(),
        OutcomeOf::People { take: LevelTake::PersonTime { .. }, .. } => "person-months".into(),
        OutcomeOf::People { take: LevelTake::ShareOfTime(_), .. } => "shares of time".into(),
        OutcomeOf::People { .. } | OutcomeOf::Flow { .. } => "people".into(),
        OutcomeOf::Measure { measure, .. } if measure.ends_with("cost") => "money".into(),
        OutcomeOf::Measure { measure, .. } => format!("`{measure}`"),
        OutcomeOf::Events { .. } => "events".into(),
        OutcomeOf::Sum(parts) => {
            parts.first().map_or_else(String::new, |part| kind_of(&earlier[*part], earlier))
        }
        OutcomeOf::Share { .. } => "shares".into(),
    }
}
