//! Programmes.

use std::ops::Range;

use super::draft::Draft;
use super::rates::{WrittenTable, numbers_of};
use crate::calendar::add;
use crate::model::{NumberKind, Occasions, Programme, Seats, Varying, Who};
use crate::scenario::address::Meaning;
use crate::scenario::expression::whole_length;
use crate::scenario::file::programme::{Pause, Seats as WrittenSeats, SeatsTable};
use crate::scenario::file::rate::{ByDimension, Occasions as WrittenOccasions};
use crate::scenario::file::words::{LengthText, NumberOr};
use crate::scenario::located::Located;
use crate::scenario::words::{number, shortened};

impl Draft<'_> {
    pub(super) fn programmes(&mut self) -> Vec<Programme> {
        let file = self.file;
        let mut programmes = Vec::new();
        for (key, written) in &file.programmes {
            let (name, label) = self.named(key, written.label.as_ref());
            let address = format!("programmes.{name}");
            let from = self.places_of(&written.from);
            let who = self.who(written.who.as_ref());
            let becomes = written.becomes.as_ref().map(|becomes| ("becomes", becomes));
            let targets = self.targets(&address, (&from, &who), Some(&written.to), becomes);
            self.goes_somewhere(&from, &who, &targets, written.to.span());
            let occasions = self.occasions(&format!("{address}.occasions"), &written.occasions, &who);
            let seats = self.seats(&format!("{address}.seats"), &written.seats, &who);
            self.lines_agree(&occasions, &seats, written.seats.span());
            let classes = written.priority.as_ref().map(|classes| classes.items()).unwrap_or_default();
            let priority = classes.into_iter().map(|(_, who)| self.selected(who)).collect();
            let pauses = written.pauses.iter().filter_map(|pause| self.pause(pause)).collect();
            let counts_as = written.counts_as.as_ref().map(|word| self.counts_as(word));
            programmes.push(Programme {
                name,
                label,
                from,
                who,
                targets,
                occasions,
                seats,
                priority,
                pauses,
                counts_as,
            });
        }
        programmes
    }

    fn occasions(&mut self, address: &str, written: &Located<WrittenOccasions>, who: &Who) -> Occasions {
        let parts = written.parts();
        let (Some(every), rate) = (&written.every, parts.amounts.first()) else {
            if let Some(first) = &written.first {
                self.error(
                    first.span(),
                    "`first` belongs to occasions that are regular".into(),
                    "these come at random moments",
                    "take it out, or write `every` instead of a rate".into(),
                );
            }
            return Occasions::Random(self.rate(address, parts, written.span(), Some(who)));
        };
        if let Some((key, _, at)) = rate {
            self.error(
                at.span(),
                format!("`{address}` is regular and random at once: `every` and `{key}`"),
                "a rate, beside `every`",
                "write one of them".into(),
            );
        }
        if let Some(season) = parts.season {
            self.error(
                season.span(),
                "regular occasions have no season".into(),
                "beside `every`",
                "take it out, or write a rate instead of `every`".into(),
            );
        }
        let factor = self.implied(address.to_string(), 1.0);
        self.whole(address, factor, Vec::new());
        let per_step = self.regular(every, written);
        Occasions::Regular { per_step, factor, words: format!("every {}", every.0.trim()) }
    }

    /// How many regular occasions fall into each step.
    fn regular(&mut self, every: &Located<LengthText>, written: &WrittenOccasions) -> Vec<u32> {
        let mut per_step = vec![0u32; self.calendar.steps() as usize];
        let first = match &written.first {
            Some(first) => self.date_within(first, false),
            None => Some(self.calendar.start()),
        };
        let Some((length, unit)) = whole_length(&every.0) else {
            self.error(
                every.span(),
                format!("`{}` is not a whole number of units of time", shortened(&every.0)),
                "expected whole units, above 0",
                "write \"10 days\", \"2 months\" or \"1 quarter\"".into(),
            );
            return per_step;
        };
        let Some(first) = first.filter(|_| self.dated) else { return per_step };
        // The n-th date is counted from the first, so that ends of months do not drift.
        for n in 0.. {
            let step =
                add(first, unit, n * i64::from(length)).and_then(|date| self.calendar.step_containing(date));
            let Some(step) = step else { break };
            per_step[step as usize] += 1;
        }
        per_step
    }

    fn seats(&mut self, address: &str, written: &Located<WrittenSeats>, who: &Who) -> Seats {
        let factor = self.implied(address.to_string(), 1.0);
        let nothing = Varying::Same(factor);
        let (mean, sd) = match written.get() {
            NumberOr::Number(one) => {
                let id = self.number(address.into(), NumberKind::Amount, &written.with(one.clone()));
                (Varying::Same(id), None)
            }
            NumberOr::Table(SeatsTable {
                mean: Some(mean),
                sd: Some(sd),
                by: None,
                values: None,
                otherwise: None,
            }) => {
                let mean_read = self.by_dimension(&format!("{address}.mean"), mean, who).unwrap_or(nothing);
                let sd_read = self.by_dimension(&format!("{address}.sd"), sd, who);
                if let (Varying::By(a), Some(Varying::By(b))) = (&mean_read, &sd_read)
                    && a.dimension != b.dimension
                {
                    self.other_dimension(sd.span(), b.dimension, a.dimension);
                }
                self.warn_of_spread(&mean_read, sd_read.as_ref(), sd.span());
                (mean_read, sd_read)
            }
            NumberOr::Table(SeatsTable {
                mean: None,
                sd: None,
                by: Some(by),
                values: Some(values),
                otherwise,
            }) => {
                let table = WrittenTable { by, values, otherwise: otherwise.as_ref() };
                (
                    self.table(address, &table, NumberKind::Amount, Some(who)).map_or(nothing, Varying::By),
                    None,
                )
            }
            NumberOr::Table(_) => {
                self.error(
                    written.span(),
                    format!("`{address}` is not complete"),
                    "expected `mean` with `sd`, or `by` with `values`",
                    "write 60, { mean = 60, sd = 20 } or { by = \"dimension\", values = { ... } }".into(),
                );
                (nothing, None)
            }
        };
        self.whole(address, factor, numbers_of(&mean));
        Seats { mean, sd, factor }
    }

    fn by_dimension(&mut self, address: &str, written: &Located<ByDimension>, who: &Who) -> Option<Varying> {
        match written.get() {
            NumberOr::Number(one) => {
                let id = self.number(address.into(), NumberKind::Amount, &written.with(one.clone()));
                Some(Varying::Same(id))
            }
            NumberOr::Table(table) => {
                let varying =
                    self.table(address, &table.into(), NumberKind::Amount, Some(who)).map(Varying::By)?;
                self.addresses.insert(address, Meaning::Numbers(numbers_of(&varying)));
                Some(varying)
            }
        }
    }

    /// Drawn seats that often fall below none are cut there, which raises their mean.
    fn warn_of_spread(&mut self, mean: &Varying, sd: Option<&Varying>, span: Range<usize>) {
        let largest = |draft: &Self, varying: &Varying| {
            numbers_of(varying).into_iter().map(|id| draft.now(id)).fold(0.0, f64::max)
        };
        let smallest = numbers_of(mean).into_iter().map(|id| self.now(id)).fold(f64::INFINITY, f64::min);
        let Some(sd) = sd.map(|sd| largest(self, sd)) else { return };
        if smallest.is_finite() && smallest > 0.0 && sd > smallest / 2.0 {
            self.warning(
                span,
                format!(
                    "seats with mean {} and standard deviation {} are often cut at 0",
                    number(smallest),
                    number(sd)
                ),
                "more than half the mean",
                "the true mean is then above what is written: use a smaller `sd`".into(),
            );
        }
    }

    /// Where seats and occasions are both tables, each value of the dimension is one line.
    fn lines_agree(&mut self, occasions: &Occasions, seats: &Seats, span: Range<usize>) {
        let by = |varying: &Varying| match varying {
            Varying::By(table) => Some(table.dimension),
            _ => None,
        };
        let Occasions::Random(rate) = occasions else { return };
        let seats = by(&seats.mean).or_else(|| seats.sd.as_ref().and_then(by));
        if let (Some(seats), Some(occasions)) = (seats, by(&rate.amount))
            && seats != occasions
        {
            self.other_dimension(span, seats, occasions);
        }
    }

    fn other_dimension(&mut self, span: Range<usize>, this: usize, that: usize) {
        let [this, that] = [this, that].map(|dimension| self.groups.dimensions[dimension].name.clone());
        self.error(
            span,
            format!("this table is by `{this}`, the other one by `{that}`"),
            "each value of one dimension is one line",
            "write both by the same dimension".into(),
        );
    }

    fn pause(&mut self, written: &Located<Pause>) -> Option<(u32, u32)> {
        let from = self.step_from(&written.from, false);
        let until = self.step_from(&written.until, true);
        let (from, until) = (from?, until?);
        if until <= from {
            self.error(
                written.until.span(),
                "the pause ends before it has begun".into(),
                if until == from { "shorter than a step" } else { "before `from`" },
                format!("write a date after {}", self.calendar.date(from)),
            );
            return None;
        }
        Some((from, until))
    }
}
