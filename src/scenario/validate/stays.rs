//! Stays: where, whom, how long, and for how long at the start.

use std::ops::Range;

use super::draft::Draft;
use crate::model::{AtStart, Length, PlaceId, Stay, Who};
use crate::scenario::address::Meaning;
use crate::scenario::code::Code;
use crate::scenario::file::stay::{StayWord, WrittenAtStart as WrittenStart};
use crate::scenario::located::Located;
use crate::scenario::words::{list, shortened};

impl Draft<'_> {
    pub(super) fn stays(&mut self) -> Vec<Stay> {
        let file = self.file;
        let mut stays: Vec<Stay> = Vec::new();
        for (key, written) in &file.stays {
            let (name, label) = self.named(key, written.label.as_ref());
            let address = format!("stays.{name}");
            let (at, who, targets) = self.leavers(&address, &written.leavers());
            let length = self.stay_length(&format!("{address}.length"), &address, &written.length);
            let minimum = written
                .minimum
                .as_ref()
                .and_then(|minimum| self.minimum(format!("{address}.minimum"), &address, minimum));
            let at_start = self.stay_start(&address, written.at_start.as_ref(), length.as_ref());
            let counts_as = written.counts_as.as_ref().map(|word| self.counts_as(word));
            self.addresses.insert(address.clone(), Meaning::ReadOnce(Some(address.clone())));
            self.addresses.insert(format!("{address}.minimum"), Meaning::ReadOnce(Some(address)));
            if let Some(other) = stays.iter().find(|other| self.meet(other, &at, &who)) {
                let other = other.name.clone();
                self.error(
                    Code::Duplicate.of(&other).and(&name),
                    key.span(),
                    format!("two stays for the same people: `{}` and `{name}`", shortened(&other)),
                    "the same place and the same people",
                    "tell them apart by `at` or `who`".into(),
                );
            }
            // Where the length could not be read the model is refused: what stands in for it is never used.
            let nothing = || Length::Table(crate::model::Durations { portions: Vec::new(), never: None });
            let length = length.unwrap_or_else(nothing);
            let changes = Vec::new();
            stays.push(Stay { name, label, at, who, targets, length, minimum, at_start, counts_as, changes });
        }
        stays
    }

    /// Whether a stay has a cell in common with these places and people.
    fn meet(&self, stay: &Stay, at: &[PlaceId], who: &Who) -> bool {
        let common = |a: &Option<Vec<usize>>, b: &Option<Vec<usize>>| match (a, b) {
            (Some(a), Some(b)) => a.iter().any(|value| b.contains(value)),
            _ => true,
        };
        stay.at.iter().any(|place| at.contains(place))
            && stay.who.allowed.iter().zip(&who.allowed).all(|(a, b)| common(a, b))
    }

    fn stay_start(
        &mut self,
        address: &str,
        written: Option<&Located<WrittenStart<StayWord>>>,
        length: Option<&Length>,
    ) -> AtStart {
        let never = matches!(length, Some(Length::Table(table)) if table.never.is_some());
        match written.map(|written| (written.span(), written.get())) {
            None if never => AtStart::New,
            None => AtStart::Even,
            Some((_, WrittenStart::Word(StayWord::New))) => AtStart::New,
            Some((span, WrittenStart::Word(StayWord::Equilibrium))) => {
                if never {
                    self.error(
                        Code::WrongKind,
                        span,
                        "there is no equilibrium where some never leave".into(),
                        "their number grows for ever",
                        "write \"new\", or { table = ... } with the time that has passed".into(),
                    );
                }
                AtStart::Even
            }
            Some((_, WrittenStart::Table(table))) => {
                self.elapsed(&format!("{address}.at_start"), &table.table)
            }
        }
    }

    /// Says so where the numbers of people by time are more than there is room for.
    pub(super) fn ages_in_bounds(&mut self, model: &crate::model::Model) {
        let mut rows: Vec<(u64, Range<usize>)> = Vec::new();
        for (stay, key) in model.stays.iter().zip(self.file.stays.keys()) {
            rows.push((
                stay.at.len() as u64 * self.size(model, &stay.who) * stay.ages(model) as u64,
                key.span(),
            ));
        }
        for (ageing, key) in model.ageing.iter().zip(self.file.ageing.keys()) {
            if let crate::model::Pace::After { time, .. } = &ageing.pace {
                let parameters = model.parameter_values();
                let values = |id: usize| model.numbers[id].value_in(&parameters);
                let steps = time.steps(&values, model.calendar.step_years()).ceil() as u64;
                let cells = ageing.at.len() as u64 * self.size(model, &ageing.who);
                rows.push((cells.saturating_mul(steps), key.span()));
            }
        }
        let all = rows.iter().map(|(n, _)| *n).fold(0, u64::saturating_add);
        if all > super::MOST_AGES {
            let span = rows.into_iter().max_by_key(|(n, _)| *n).map_or(0..0, |(_, span)| span);
            let most = crate::scenario::words::thousands(super::MOST_AGES);
            self.error(
                Code::TooMany,
                span,
                format!(
                    "stays and fixed ages tell {} numbers of people apart; there is room for {most}",
                    crate::scenario::words::thousands(all)
                ),
                "a number for each place, group and step since entry, most of them here",
                "use a longer `step`, fewer places or groups, or a rate".into(),
            );
        }
    }

    fn size(&self, model: &crate::model::Model, who: &Who) -> u64 {
        model.groups.matching(who).count() as u64
    }

    /// Says so where what is written is not one length.
    pub(super) fn one_length(&mut self, span: Range<usize>, found: usize) {
        let keys = ["fixed", "exponential", "gamma", "weibull", "lognormal", "table"];
        let label = if found == 0 { "how long?" } else { "more than one" };
        self.error(
            Code::BadDistribution,
            span,
            format!("a length of stay is one distribution, not {found}"),
            label,
            format!("write one of {}", list(keys, 8)),
        );
    }
}
