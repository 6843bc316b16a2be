//! Programmes.

use super::draft::Draft;
use crate::calendar::add;
use crate::model::{Occasions, Programme, Who};
use crate::scenario::expression::whole_length;
use crate::scenario::file::date::LengthText;
use crate::scenario::file::programme::Pause;
use crate::scenario::file::rate::Occasions as WrittenOccasions;
use crate::scenario::located::Located;
use crate::scenario::words::shortened;

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
