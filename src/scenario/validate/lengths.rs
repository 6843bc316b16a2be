//! Lengths of stay: the distributions and what they may be.

use super::draft::Draft;
use crate::model::{AtStart, Durations, Length, LengthSpread, NumberId, NumberKind, Span};
use crate::scenario::address::Meaning;
use crate::scenario::code::Code;
use crate::scenario::file::length::{
    ByShape, DurationKey, DurationTable, Portion, StayLength, WrittenDurations,
};
use crate::scenario::file::number::WrittenNumber;
use crate::scenario::located::Located;
use crate::scenario::words::shortened;
use crate::survival::LengthFamily;
use crate::survival::fit::{SHAPES, SPREADS};
use crate::units::TimeUnit;

impl Draft<'_> {
    /// Reads a length of stay; `address` is its own, `stay` that of the stay, which changes name.
    pub(super) fn stay_length(
        &mut self,
        address: &str,
        stay: &str,
        written: &Located<StayLength>,
    ) -> Option<Length> {
        let StayLength { fixed, exponential, table, .. } = written.get();
        let families = written.families();
        let found = [fixed.is_some(), exponential.is_some(), table.is_some()];
        let found = found.into_iter().filter(|there| *there).count() + families.len();
        if found != 1 {
            self.one_length(written.span(), found);
            return None;
        }
        self.addresses.insert(address, Meaning::ReadOnce(Some(stay.into())));
        let duration = NumberKind::Duration;
        if let Some(fixed) = fixed {
            return self.time(format!("{address}.fixed"), Some(stay), duration, fixed).map(Length::Fixed);
        }
        if let Some(by) = exponential {
            let address = format!("{address}.exponential.mean");
            return self.time(address, Some(stay), duration, &by.mean).map(Length::Exponential);
        }
        if let Some(table) = table {
            return self.duration_table(&format!("{address}.table"), stay, table).map(Length::Table);
        }
        let (family, by) = families.first()?;
        self.length_family(&format!("{address}.{}", family.name()), stay, *family, by)
    }

    fn length_family(
        &mut self,
        address: &str,
        stay: &str,
        family: LengthFamily,
        written: &Located<ByShape>,
    ) -> Option<Length> {
        let duration = NumberKind::Duration;
        let spread = match written.get() {
            ByShape { mean: Some(mean), shape: Some(shape), cv: None, quantiles: None }
                if family.has_shape() =>
            {
                let mean = self.time(format!("{address}.mean"), Some(stay), duration, mean);
                let shape = self.between(format!("{address}.shape"), stay, shape, SHAPES);
                LengthSpread::Shape(mean?, shape)
            }
            ByShape { mean: Some(mean), shape: None, cv: Some(cv), quantiles: None } => {
                let mean = self.time(format!("{address}.mean"), Some(stay), duration, mean);
                let cv = self.between(format!("{address}.cv"), stay, cv, SPREADS);
                LengthSpread::Cv(mean?, cv)
            }
            ByShape { mean: None, shape: None, cv: None, quantiles: Some(quantiles) } => {
                LengthSpread::Quantiles(self.quantiles(
                    &format!("{address}.quantiles"),
                    stay,
                    family,
                    quantiles,
                )?)
            }
            _ => {
                let (expected, example) = if family.has_shape() {
                    ("expected `mean` with `shape` or `cv`, or `quantiles`", "shape = 3")
                } else {
                    ("expected `mean` with `cv`, or `quantiles`", "cv = 1.5")
                };
                self.error(
                    Code::BadDistribution,
                    written.span(),
                    format!("this {} distribution is not one", family.name()),
                    expected,
                    format!(
                        "write {{ mean = \"12 months\", {example} }} or {{ quantiles = {{ \"0.5\" = \"8 months\", \"0.9\" = \"30 months\" }} }}"
                    ),
                );
                return None;
            }
        };
        Some(Length::Spread(family, spread))
    }

    /// A number of a stay that lies within bounds.
    fn between(
        &mut self,
        address: String,
        stay: &str,
        written: &Located<WrittenNumber>,
        bounds: (f64, f64),
    ) -> NumberId {
        let id = self.unnamed(address.clone(), NumberKind::Amount, written);
        self.addresses.insert(address, Meaning::ReadOnce(Some(stay.into())));
        self.within(id, bounds, "write a number within, or another distribution");
        id
    }

    /// The portion that has left by a time; `None` where it is none, which is then said.
    fn portion(&mut self, key: &Located<Portion>) -> Option<f64> {
        let portion: Option<f64> = key.get().0.parse().ok();
        let portion = portion.filter(|portion| *portion >= 1e-6 && *portion <= 1.0 - 1e-6);
        if portion.is_none() {
            self.error(
                Code::OutOfRange.of(&key.get().0),
                key.span(),
                format!("`{}` is not a portion", shortened(&key.get().0)),
                "expected a number between 0 and 1",
                "write \"0.5\" for the time by which half have left".into(),
            );
        }
        portion
    }

    fn quantiles(
        &mut self,
        address: &str,
        stay: &str,
        family: LengthFamily,
        written: &Located<indexmap::IndexMap<Located<Portion>, Located<WrittenNumber>>>,
    ) -> Option<[(f64, Span); 2]> {
        let mut read = Vec::new();
        for (key, time) in written.get() {
            let portion = self.portion(key)?;
            let address = format!("{address}.{}", key.get().0);
            read.push((portion, self.time(address, Some(stay), NumberKind::Duration, time)?));
        }
        read.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let &[low, high] = read.as_slice() else {
            self.error(
                Code::Incomplete,
                written.span(),
                format!("a length of stay is found by two quantiles, not {}", read.len()),
                "expected two",
                "write { \"0.5\" = \"8 months\", \"0.9\" = \"30 months\" }".into(),
            );
            return None;
        };
        if self.numbers.is_broken(low.1.number) || self.numbers.is_broken(high.1.number) {
            return None;
        }
        let now = |draft: &Self, span: Span| draft.now(span.number) * span.unit.years();
        let [early, late] = [now(self, low.1), now(self, high.1)];
        if late <= early || low.0 == high.0 {
            self.error(
                Code::DateOrder,
                written.span(),
                format!("a portion of {} has left no later than one of {}", high.0, low.0),
                "the times do not increase",
                "write a later time for the larger portion".into(),
            );
            return None;
        }
        let law = Length::Spread(family, LengthSpread::Quantiles([low, high]))
            .law(&|id| self.now(id), self.calendar.step_years());
        if !law.is_offered() {
            self.error(
                Code::BadDistribution,
                written.span(),
                "no distribution that can be used has these quantiles".into(),
                "too near each other, or too far apart",
                "write times that differ by less, or a `fixed` length where they hardly differ".into(),
            );
        }
        Some([low, high])
    }

    /// Reads portions by durations in whole steps, here or in a file.
    fn duration_table(
        &mut self,
        address: &str,
        stay: &str,
        written: &Located<DurationTable>,
    ) -> Option<Durations> {
        let durations = match written.get() {
            DurationTable::File(name) => return self.durations_of_file(address, &written.with(name.clone())),
            DurationTable::Here(durations) => durations,
        };
        let mut table = Durations { portions: Vec::new(), never: None };
        let mut all = Vec::new();
        for (key, portion) in durations {
            let address = format!("{address}.{}", key.get().0);
            let id = self.unnamed(address.clone(), NumberKind::Share, portion);
            self.addresses.insert(address, Meaning::ReadOnce(Some(stay.into())));
            all.push(id);
            if key.get().0 == "never" {
                table.never = Some(id);
            } else if let Some(steps) = self.whole_steps(key) {
                table.portions.push((steps, id));
            }
        }
        self.add_up(&all, written.span());
        Some(table)
    }

    /// Reads the portions of the time that has passed at the start.
    pub(super) fn elapsed(&mut self, address: &str, written: &Located<WrittenDurations>) -> AtStart {
        let mut table = Vec::new();
        let mut all = Vec::new();
        for (key, portion) in written.get() {
            all.push(self.at_start(format!("{address}.{}", key.get().0), NumberKind::Share, portion));
            if let (Some(steps), Some(id)) = (self.whole_steps(key), all.last()) {
                table.push((steps, *id));
            }
        }
        self.add_up(&all, written.span());
        AtStart::Elapsed(table)
    }

    /// A key of a table in steps; `None` where it is not whole, which is then said.
    fn whole_steps(&mut self, key: &Located<DurationKey>) -> Option<u32> {
        match self.steps_of_duration(&key.get().0) {
            Ok(steps) => Some(steps),
            Err(help) => {
                let unit = self.calendar.unit().name();
                self.error(
                    Code::BadLength.of(&key.get().0),
                    key.span(),
                    format!("`{}` is not a whole number of steps", shortened(&key.get().0)),
                    &format!("a step is a {unit}"),
                    help,
                );
                None
            }
        }
    }

    /// A duration in whole steps.
    ///
    /// # Errors
    /// With what to write instead.
    pub(super) fn steps_of_duration(&self, text: &str) -> Result<u32, String> {
        let unit = self.calendar.unit();
        let example = format!("write \"0 {0}s\", \"1 {0}\", \"2 {0}s\" and so on", unit.name());
        let parts = text.trim().rsplit_once(char::is_whitespace);
        let years = parts.and_then(|(amount, unit)| {
            Some(amount.trim().parse::<f64>().ok()? * TimeUnit::from_name(unit)?.years())
        });
        let Some(years) = years.filter(|years| years.is_finite() && *years >= 0.0) else {
            return Err(example);
        };
        let steps = years / unit.years();
        if (steps - steps.round()).abs() > 1e-6 * (1.0 + steps) {
            return Err(example);
        }
        if steps > f64::from(LONGEST_DURATION) {
            return Err(format!("write at most {LONGEST_DURATION} steps, or `never`"));
        }
        Ok(steps.round() as u32)
    }
}

/// Longer durations than this, in steps, are refused.
const LONGEST_DURATION: u32 = 50_000;
