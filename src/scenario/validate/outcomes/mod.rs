//! Outcomes.

mod takes;

use std::ops::Range;

use super::draft::Draft;
use super::limits::MOST_OUTCOMES;
use crate::model::{
    Beyond, LevelTake, MeasureKind, MeasureTake, Mechanism, Outcome, OutcomeId, OutcomeOf, PlaceId,
    PlaceKind, Section, measure_kind, measures_of,
};
use crate::scenario::code::Code;
use crate::scenario::file::outcome::{FlowOf, MeasureOf, PeopleOf, WrittenOutcome as Written};
use crate::scenario::located::Located;
use crate::scenario::words::{list, shortened, suggest};

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
        let words = ["people", "flow", "measure", "events", "sum", "share"];
        let there = [
            written.people.as_ref().map(|it| it.span()),
            written.flow.as_ref().map(|it| it.span()),
            written.measure.as_ref().map(|it| it.span()),
            written.events.as_ref().map(|it| it.span()),
            written.sum.as_ref().map(|it| it.span()),
            written.share.as_ref().map(|it| it.span()),
        ];
        let said: Vec<(&str, Range<usize>)> =
            words.into_iter().zip(there).filter_map(|(word, span)| Some((word, span?))).collect();
        match said.as_slice() {
            [] => {
                self.error(
                    Code::Incomplete,
                    span,
                    "nothing says what this outcome is a number of".into(),
                    "an outcome of what?",
                    format!("write one of {}", list(words, 8)),
                );
                return None;
            }
            [_] => {}
            [(first, _), (second, at), ..] => {
                self.error(
                    Code::ExclusiveKeys.of(&first).and(&second),
                    at.clone(),
                    format!("an outcome is of one thing, not of `{first}` and `{second}`"),
                    "the second one",
                    "write two outcomes; a `sum` or a `share` of them can be a third".into(),
                );
                return None;
            }
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
                Some(OutcomeOf::Sum(parts))
            } else {
                let share = written.share.as_ref()?;
                let of = self.earlier(&share.of, earlier, broken)?;
                let over = self.earlier(&share.over, earlier, broken)?;
                Some(OutcomeOf::Share { of, over })
            }
        }
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
            (_, both_or_none) => self.error(
                Code::ExclusiveKeys,
                both_or_none.as_ref().map_or(written.span(), |word| word.span()),
                "a flow is said by `by` or by `counts_as`".into(),
                "one of the two",
                "write by = \"programmes.some_name\", or counts_as = \"repatriation\"".into(),
            ),
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

    fn measure_of(&mut self, measure: &Located<MeasureOf>, written: &Written) -> Option<OutcomeOf> {
        let (subject, name) = (measure.of.as_str(), measure.name.as_str());
        let there = subject == "costs" || self.is_at(subject) == Some("a table");
        if !there || measures_of(subject).is_empty() {
            self.error(
                Code::UnknownName.of(&subject),
                measure.of.span(),
                format!("nothing is measured of `{}`", shortened(subject)),
                "not the address of something with measures",
                "write `costs`, or an address such as `places.some_name` or `programmes.some_name`".into(),
            );
            return None;
        }
        let Some(kind) = measure_kind(subject, name) else {
            let help = suggest(name, measures_of(subject).iter().copied(), "measures");
            let message = format!("`{}` has no measure `{}`", shortened(subject), shortened(name));
            self.error(Code::UnknownName.of(&subject), measure.name.span(), message, "unknown measure", help);
            return None;
        };
        if name.ends_with("cost") && !self.has_cost(subject, name) {
            let help = match name {
                "discounted_cost" => "write a `discount_rate` in [costs]".to_string(),
                _ if subject == "costs" => "write [costs] with what places and programmes cost".to_string(),
                _ => format!("write [costs] with {} = {{ ... }}", shortened(subject)),
            };
            let message = format!("`{}` has no `{name}`", shortened(subject));
            self.error(
                Code::NotMeasured.of(&subject),
                measure.of.span(),
                message,
                "nothing says what it is",
                help,
            );
            return None;
        }
        if name.starts_with("waited_over") && self.serves_anybody(subject) {
            self.error(
                Code::NotMeasured.of(&subject).and(&name),
                measure.name.span(),
                format!("`{}` has no `{name}`", shortened(subject)),
                "it serves anybody first, and nobody knows who has waited how long",
                "write `who_first = \"longest_waiting\"` at the programme".into(),
            );
            return None;
        }
        let take = match kind {
            MeasureKind::Level => Some(MeasureTake::Level(self.level_take(written.take.as_ref(), false)?)),
            MeasureKind::Amount => Some(MeasureTake::Amount(self.amount_take(written.take.as_ref())?)),
            MeasureKind::Ratio => {
                if let Some(take) = &written.take {
                    self.error(
                        Code::WrongKind.of(&name),
                        take.span(),
                        format!("`{name}` is a ratio: it is taken over the whole replicate"),
                        "cannot be taken in another way",
                        "leave `take` out".into(),
                    );
                }
                None
            }
        };
        Some(OutcomeOf::Measure { subject: subject.into(), measure: name.into(), take })
    }

    /// Whether `[costs]` says what something costs.
    fn has_cost(&self, subject: &str, name: &str) -> bool {
        let Some(costs) = &self.file.costs else { return false };
        match subject {
            "costs" => name == "cost" || costs.discount_rate.is_some(),
            subject => costs.has(subject),
        }
    }

    /// Whether something is a programme, or a line of one, that does not ask who has waited longest.
    fn serves_anybody(&self, subject: &str) -> bool {
        let Some(rest) = subject.strip_prefix("programmes.") else { return false };
        let name = rest.split('.').next().unwrap_or_default();
        self.file.programmes.get(name).is_some_and(|programme| !programme.serves_longest_first())
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
