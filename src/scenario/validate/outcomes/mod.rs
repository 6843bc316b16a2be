//! Outcomes.

mod made_of;
mod measure;
mod takes;

use std::ops::Range;

use super::draft::Draft;
use super::limits::MOST_OUTCOMES;
use super::usual::OneOf;
use crate::model::{
    Beyond, LevelTake, MeasureTake, Mechanism, Outcome, OutcomeOf, PlaceId, PlaceKind, Section,
};
use crate::scenario::code::Code;
use crate::scenario::file::outcome::{FlowOf, PeopleOf, WrittenOutcome as Written};
use crate::scenario::located::Located;
use crate::scenario::words::{shortened, suggest};

impl Draft<'_> {
    pub(super) fn outcomes(&mut self) -> Vec<Outcome> {
        let file = self.file;
        let one_more = file.outcomes.keys().nth(MOST_OUTCOMES).map(|key| key.span());
        let help = "leave out those that nobody reads";
        if !self.few_enough((file.outcomes.len(), "outcomes"), MOST_OUTCOMES, one_more, help) {
            return Vec::new();
        }
        let mut outcomes: Vec<Outcome> = Vec::new();
        // Where one is wrong, those that use it must not be told that it does not exist.
        let mut broken: Vec<&str> = Vec::new();
        for (key, written) in &file.outcomes {
            let (name, label) = self.named(key, written.label.as_ref());
            let before = self.errors;
            let dates = self.inside_steps.len();
            let of = self.outcome_of(key.span(), written, &outcomes, &broken);
            for date in &mut self.inside_steps[dates..] {
                date.of(&format!("outcomes.{name}"));
            }
            let is = self.beyond(written);
            match of {
                Some(of) if self.errors == before => {
                    if let Some(is) = is {
                        self.not_of_a_date(written, &of, is);
                    }
                    outcomes.push(Outcome { name, label, of, is });
                }
                _ => broken.push(key),
            }
        }
        outcomes
    }

    fn outcome_of(
        &mut self,
        span: Range<usize>,
        written: &Written,
        earlier: &[Outcome],
        broken: &[&str],
    ) -> Option<OutcomeOf> {
        let keys = [
            ("people", written.people.as_ref().map(Located::span)),
            ("flow", written.flow.as_ref().map(Located::span)),
            ("measure", written.measure.as_ref().map(Located::span)),
            ("events", written.events.as_ref().map(Located::span)),
            ("sum", written.sum.as_ref().map(Located::span)),
            ("share", written.share.as_ref().map(Located::span)),
        ];
        let say = OneOf {
            about: "",
            none: ["nothing says what this outcome is a number of", "write one of them"],
            several: [
                "an outcome is of one thing",
                "write two outcomes; a `sum` or a `share` of them can be a third",
            ],
        };
        if !self.one_of(span, &keys, &say) {
            return None;
        }
        if let Some(people) = &written.people {
            let (at, who) = self.people_of(people);
            let take = self.level_take(written.take.as_ref(), true)?;
            Some(OutcomeOf::People { at, who, take })
        } else if let Some(flow) = &written.flow {
            let by = self.movers(flow);
            let who = self.who(flow.who.as_ref());
            let take = self.amount_take(written.take.as_ref())?;
            Some(OutcomeOf::Flow { by, who, take })
        } else if let Some(measure) = &written.measure {
            self.measure_of(measure, written)
        } else if let Some(events) = &written.events {
            let Some(Mechanism::Shock(shock)) = self.mover(events, events.span(), &[Section::Shocks]) else {
                return None;
            };
            let take = self.amount_take(written.take.as_ref())?;
            Some(OutcomeOf::Events { shock, take })
        } else {
            self.made_of(written, earlier, broken)
        }
    }

    fn people_of(&mut self, written: &Located<PeopleOf>) -> (Vec<PlaceId>, crate::model::Who) {
        let all = |draft: &Self, wanted: fn(PlaceKind) -> bool| {
            (0..draft.place_kinds.len()).filter(|place| wanted(draft.place_kinds[*place])).collect()
        };
        let mut places: Vec<PlaceId> = Vec::new();
        match &written.at {
            None => places = all(self, |kind| kind != PlaceKind::End),
            Some(at) => {
                for (span, name) in at.items() {
                    let more: Vec<PlaceId> = match name.as_str() {
                        "all_held" => all(self, PlaceKind::is_held),
                        _ => self.place(name, span.clone()).into_iter().collect(),
                    };
                    if more.iter().any(|place| places.contains(place)) {
                        self.counted_twice(name, span);
                    } else {
                        places.extend(more);
                    }
                }
            }
        }
        (places, self.who(written.who.as_ref()))
    }

    /// The mechanisms that a flow is by.
    fn movers(&mut self, written: &Located<FlowOf>) -> Vec<Mechanism> {
        let mut movers = Vec::new();
        match (&written.by, &written.counts_as) {
            (Some(by), None) => {
                for (span, address) in by.items() {
                    let Some(mover) = self.mover(address, span.clone(), &Section::moving()) else { continue };
                    if movers.contains(&mover) {
                        self.counted_twice(address, span);
                    }
                    movers.push(mover);
                }
            }
            (None, Some(word)) => {
                let file = self.file;
                let counted = file.counted();
                movers = counted
                    .iter()
                    .filter(|(_, known)| known.get() == word.get())
                    .map(|(it, _)| *it)
                    .collect();
                if movers.is_empty() {
                    let mut words: Vec<&str> = counted.iter().map(|(_, known)| known.as_str()).collect();
                    words.sort_unstable();
                    words.dedup();
                    let help = suggest(word, words.iter().copied(), "words that something counts as");
                    let message = format!("nothing counts as `{}`", shortened(word));
                    self.error(Code::UnknownName.of(&word), word.span(), message, "unknown word", help);
                }
            }
            (by, word) => {
                let keys =
                    [("by", by.as_ref().map(Located::span)), ("counts_as", word.as_ref().map(Located::span))];
                let message = "a flow is said by `by` or by `counts_as`";
                let help = "write by = \"programmes.some_name\", or counts_as = \"repatriation\"";
                let say = OneOf { about: "", none: [message, help], several: [message, help] };
                self.one_of(written.span(), &keys, &say);
            }
        }
        movers
    }

    /// The mechanism at an address of one of these sections; `None` where there is none, which is then said.
    fn mover(&mut self, address: &str, span: Range<usize>, sections: &[Section]) -> Option<Mechanism> {
        let file = self.file;
        if let Some(mechanism) = file.mechanism(address)
            && mechanism.section().is_some_and(|section| sections.contains(&section))
        {
            return Some(mechanism);
        }
        let mut known = Vec::new();
        for section in sections {
            let names = file.section(*section).keys();
            known.extend(names.into_iter().map(|name| format!("{}.{}", section.name(), &***name)));
        }
        let what = if let [section] = sections { section.name() } else { "mechanisms" };
        let help = self.suggest(address, known.iter().map(String::as_str), what);
        let message = format!("none of the {what} is called `{}`", shortened(address));
        self.error(Code::UnknownName.of(&address), span, message, "unknown address", help);
        None
    }

    fn beyond(&mut self, written: &Written) -> Option<Beyond> {
        if let (Some(_), Some(below)) = (&written.above, &written.below) {
            let say = ["an outcome is `above` a number or `below` one", "write two outcomes"];
            self.not_both("", "above", ("below", below.span()), say);
        }
        let above = written.above.as_ref().map(|limit| Beyond::Above(self.limit(limit)));
        let below = written.below.as_ref().map(|limit| Beyond::Below(self.limit(limit)));
        above.or(below)
    }

    /// A number to compare with.
    fn limit(&mut self, written: &Located<f64>) -> f64 {
        let limit = **written;
        if !limit.is_finite() || limit < 0.0 {
            self.error(
                Code::OutOfRange,
                written.span(),
                "no outcome is ever infinite or below 0".into(),
                "cannot be reached",
                "write a number from 0 up".into(),
            );
        }
        limit
    }

    fn not_of_a_date(&mut self, written: &Written, of: &OutcomeOf, is: Beyond) {
        let outcome = Outcome { name: String::new(), label: String::new(), of: of.clone(), is: None };
        let at = match is {
            Beyond::Above(_) => written.above.as_ref(),
            Beyond::Below(_) => written.below.as_ref(),
        };
        if is_date(&outcome) {
            self.error(
                Code::WrongKind,
                at.map_or(0..0, |limit| limit.span()),
                "a date is not above or below a number".into(),
                "this outcome is a date",
                "leave it out: the column `probability` says in how many replicates it happens".into(),
            );
        }
    }
}

/// Whether an outcome is a date.
fn is_date(outcome: &Outcome) -> bool {
    use crate::model::AmountTake::FirstAbove;
    let first = match &outcome.of {
        OutcomeOf::People { take, .. } => matches!(take, LevelTake::First(_)),
        OutcomeOf::Flow { take, .. } | OutcomeOf::Events { take, .. } => matches!(take, FirstAbove(_)),
        OutcomeOf::Measure { take, .. } => {
            matches!(take, Some(MeasureTake::Level(LevelTake::First(_)) | MeasureTake::Amount(FirstAbove(_))))
        }
        OutcomeOf::Sum(_) | OutcomeOf::Share { .. } => false,
    };
    first && outcome.is.is_none()
}
