//! When programmes take place: occasions, dates, pauses.

use jiff::civil::Date;

use super::draft::Draft;
use super::tables::Concerns;
use crate::calendar::{add, parse_date_or_year};
use crate::model::{Occasions, PauseLaw, RandomPauses};
use crate::scenario::address::Meaning;
use crate::scenario::code::Code;
use crate::scenario::expression::whole_length;
use crate::scenario::file::date::{DateText, LengthText};
use crate::scenario::file::number::NumberOr;
use crate::scenario::file::rate::Occasions as WrittenOccasions;
use crate::scenario::file::seats::{Pause, WrittenRandomPauses as WrittenRandom};
use crate::scenario::located::Located;
use crate::scenario::words::shortened;
use crate::units::TimeUnit;

impl Draft<'_> {
    /// Reads occasions; `starts` is from when regular ones are counted where they do not say it.
    pub(super) fn occasions(
        &mut self,
        address: &str,
        written: &Located<WrittenOccasions>,
        concerns: Concerns,
        starts: Option<&Located<DateText>>,
    ) -> Occasions {
        let parts = written.parts();
        let (Some(every), rate) = (&written.every, parts.amounts.first()) else {
            if let Some(first) = &written.first {
                self.error(
                    Code::MisplacedKey,
                    first.span(),
                    "`first` belongs to occasions that are regular".into(),
                    "these come at random moments",
                    "take it out, or write `every` instead of a rate".into(),
                );
            }
            return Occasions::Random(self.rate_of(address, parts, written.span(), concerns));
        };
        if let Some((key, _, at)) = rate {
            let message = format!("`{address}` is regular and random at once");
            self.not_both(address, "every", (key, at.span()), [&message, "write one of them"]);
        }
        if let Some(season) = parts.season {
            self.error(
                Code::MisplacedKey,
                season.span(),
                "regular occasions have no season".into(),
                "beside `every`",
                "take it out, or write a rate instead of `every`".into(),
            );
        }
        let factor = self.implied(address.to_string(), 1.0);
        self.whole(address, factor, Vec::new());
        let per_step = self.regular(every, written.first.as_ref(), starts);
        Occasions::Regular { per_step, factor, words: format!("every {}", every.0.trim()) }
    }

    /// How many regular occasions each step has: they are counted, as people who arrive are, each in the step in which it
    /// lies. Without a first date they begin where the programme does.
    fn regular(
        &mut self,
        every: &Located<LengthText>,
        first: Option<&Located<DateText>>,
        starts: Option<&Located<DateText>>,
    ) -> Vec<u32> {
        let mut per_step = vec![0u32; self.calendar.steps() as usize];
        let first = match (first, starts) {
            (Some(first), _) => self.date_within(first, false),
            // What is wrong with that date is said where it is read.
            (None, Some(starts)) => parse_date_or_year(&starts.get().0)
                .filter(|date| *date >= self.calendar.start())
                .map(|date| self.calendar.date(self.calendar.nearest(date))),
            (None, None) => Some(self.calendar.start()),
        };
        let Some((length, unit)) = whole_length(&every.0) else {
            self.error(
                Code::BadLength.of(&every.0),
                every.span(),
                format!("`{}` is not a whole number of units of time", shortened(&every.0)),
                "expected whole units, above 0",
                "write \"10 days\", \"2 months\" or \"1 quarter\"".into(),
            );
            return per_step;
        };
        if add(Date::ZERO, unit, length.into()).is_none() {
            self.error(
                Code::OutOfRange.of(&every.0),
                every.span(),
                format!("`{}` is longer than the calendar", shortened(&every.0)),
                "nothing ever takes place twice",
                "write a shorter time, such as \"2 months\"; for a single occasion `starts` and `ends` around it".into(),
            );
            return per_step;
        }
        let Some(first) = first.filter(|_| self.dated) else { return per_step };
        // The n-th date is counted from the first, so that ends of months do not drift.
        for n in 0.. {
            let date = add(first, unit, n * i64::from(length));
            let Some(step) = date.and_then(|date| self.calendar.step_containing(date)) else { break };
            per_step[step as usize] += 1;
        }
        per_step
    }

    /// The steps from `starts` until `ends`; what is not written is as in `else_open`.
    pub(super) fn open(
        &mut self,
        address: &str,
        starts: Option<&Located<DateText>>,
        ends: Option<&Located<DateText>>,
        else_open: Option<(u32, u32)>,
    ) -> Option<(u32, u32)> {
        if starts.is_none() && ends.is_none() {
            return else_open;
        }
        let from = match starts {
            Some(starts) => self.boundary(address, starts, false)?,
            None => else_open.map_or(0, |(from, _)| from),
        };
        let until = match ends {
            Some(ends) => self.boundary(address, ends, true)?,
            None => else_open.map_or(self.calendar.steps(), |(_, until)| until),
        };
        // What starts at the very end never does, which is said.
        let span = ends.or(starts).map_or(0..0, Located::span);
        let good = from >= self.calendar.steps() || self.ends_later(from, until, span);
        good.then_some((from, until))
    }

    pub(super) fn pause(&mut self, address: &str, written: &Located<Pause>) -> Option<(u32, u32)> {
        let from = self.step_of(address, &written.from);
        let until = self.boundary(address, &written.until, true);
        let (from, until) = (from?, until?);
        self.ends_later(from, until, written.until.span()).then_some((from, until))
    }

    /// Reads the random pauses of a programme or of a line.
    pub(super) fn random_pauses(&mut self, address: &str, written: &Located<WrittenRandom>) -> RandomPauses {
        let address = format!("{address}.random_pauses");
        let rate = self.rate(&address, &written.rate, None);
        let year = |unit: Option<TimeUnit>| unit.unwrap_or(TimeUnit::Year);
        let (mean, law) = match written.lasts.get() {
            NumberOr::Number(length) => {
                let (mean, unit) =
                    self.length(format!("{address}.lasts"), &written.lasts.with(length.clone()));
                ((mean, year(unit)), PauseLaw::Fixed)
            }
            NumberOr::Table(lasts) => {
                let (mean, unit) = self.length(format!("{address}.lasts.mean"), &lasts.mean);
                let law = match &lasts.sd {
                    None => PauseLaw::Exponential,
                    Some(sd) => {
                        let (sd, unit) = self.length(format!("{address}.lasts.sd"), sd);
                        PauseLaw::Lognormal(sd, year(unit))
                    }
                };
                self.addresses
                    .insert(format!("{address}.lasts"), Meaning::Drawn(format!("{address}.lasts.mean")));
                ((mean, year(unit)), law)
            }
        };
        RandomPauses { rate, mean, law }
    }
}
