//! Programmes that can never do what is written: seats for nobody, classes that never matter, caps below one occasion.

use std::ops::Range;

use super::draft::Draft;
use super::programmes::overlap;
use super::reach::reached;
use super::tables::numbers_of;
use crate::model::{Expression, Model, NumberId, Programme, RandomPauses, Seats, Terms, Who};
use crate::scenario::code::Code;
use crate::scenario::words::{list, number};

/// A programme that is paused for more of the time than this hardly takes place.
const MOSTLY_PAUSED: f64 = 0.95;

impl Draft<'_> {
    pub(super) fn warn_of_programmes(&mut self, model: &Model) {
        if model.programmes.is_empty() {
            return;
        }
        let reached = reached(model, &self.group_values);
        for (index, programme) in model.programmes.iter().enumerate() {
            let Some((key, _)) = self.file.programmes.get_index(index) else { continue };
            let span = key.span();
            let cell = |place: &usize| {
                let groups = model.groups.matching(&programme.who);
                groups.map(|group| model.cell(*place, group)).any(|cell| reached[cell])
            };
            if !programme.from.iter().any(cell) {
                self.warning(
                    Code::Nobody.of(&programme.name),
                    span.clone(),
                    format!("the seats of `{}` can never be filled", programme.name),
                    "nobody who is eligible can ever be there",
                    "look at `from` and `who`, and at how people come there".into(),
                );
            }
            self.warn_of_missing_lines(model, index, programme, &reached);
            self.warn_of_classes(index, programme);
            self.warn_of_terms(model, &programme.terms, &span, &programme.name);
            let lines = programme.lines.iter().flat_map(|lines| &lines.lines);
            for line in lines.clone() {
                self.warn_of_terms(model, &line.terms, &span, &programme.name);
            }
            let own = lines.clone().filter_map(|line| Some((line.seats.as_ref()?, &line.terms)));
            let all = programme.seats.iter().map(|seats| (seats, &programme.terms)).chain(own);
            for (seats, terms) in all {
                self.warn_of_seats(model, seats, terms);
            }
        }
    }

    /// Warns of people who are eligible and have no line, so that they never have a seat.
    fn warn_of_missing_lines(
        &mut self,
        model: &Model,
        index: usize,
        programme: &Programme,
        reached: &[bool],
    ) {
        let Some(lines) = &programme.lines else { return };
        let Some((_, written)) = self.file.programmes.get_index(index) else { return };
        let axis = &model.groups.dimensions[lines.dimension];
        let there = |value: usize| {
            model.groups.matching(&programme.who).any(|group| {
                self.group_values[group][lines.dimension] == value
                    && programme.from.iter().any(|place| reached[model.cell(*place, group)])
            })
        };
        let has_line = |value: &usize| lines.lines.iter().any(|line| line.value == *value);
        let without: Vec<usize> =
            (0..axis.values.len()).filter(|value| !has_line(value) && there(*value)).collect();
        let Some(first) = without.first() else { return };
        let names = || without.iter().map(|value| axis.values[*value].as_str());
        self.warning(
            Code::Nobody.of(&programme.name),
            written.by.as_ref().map_or(0..0, |by| by.span()),
            format!("people who are {} never have a seat of `{}`", list(names(), 8), programme.name),
            if without.len() == 1 { "a value without a line" } else { "values without a line" },
            format!(
                "add [programmes.{}.lines.{}], or `otherwise` for all others; leave them out by `who` if that is meant",
                programme.name, axis.values[*first]
            ),
        );
    }

    /// Warns of classes that never matter.
    fn warn_of_classes(&mut self, index: usize, programme: &Programme) {
        let Some((_, written)) = self.file.programmes.get_index(index) else { return };
        let spans: Vec<Range<usize>> = written
            .priority
            .as_ref()
            .map(|classes| classes.items().into_iter().map(|(span, _)| span).collect())
            .unwrap_or_default();
        for ((rank, class), span) in programme.priority.iter().enumerate().zip(spans) {
            if !overlap(class, &programme.who) {
                self.warning(
                    Code::Nobody,
                    span,
                    "nobody of this class is eligible".into(),
                    "not in `who`",
                    "take it out, or name them in `who` too".into(),
                );
            } else if programme.priority[..rank].iter().any(|before| contains(before, class, &programme.who))
            {
                self.warning(
                    Code::NoEffect,
                    span,
                    "this class never matters: an earlier one has all its people".into(),
                    "served before already",
                    "take it out, or write it before the larger class".into(),
                );
            }
        }
    }

    fn warn_of_terms(&mut self, model: &Model, terms: &Terms, span: &Range<usize>, name: &str) {
        let steps = model.calendar.steps();
        let (from, until) = terms.open.unwrap_or((0, steps));
        let paused = |step: u32| terms.pauses.iter().any(|(from, until)| (*from..*until).contains(&step));
        if from < steps && (from..until.min(steps)).all(paused) {
            self.warning(
                Code::NoEffect.of(&name),
                span.clone(),
                format!("`{name}` is paused all the time that it might take place"),
                "in no step without a pause",
                "shorten a pause, or look at `starts` and `ends`".into(),
            );
        }
        if let Some(consent) = terms.consent.filter(|consent| never(model, *consent)) {
            self.once(
                consent,
                "nobody consents, so nobody goes",
                "always 0",
                "write a share above 0, or change it by a policy",
            );
        }
        if let Some(pauses) = &terms.random_pauses {
            let share = share_paused(model, pauses);
            if share > MOSTLY_PAUSED {
                self.once(
                    pauses.mean.0,
                    &format!(
                        "`{name}` is paused for {} % of the time",
                        number((1000.0 * share).round() / 10.0)
                    ),
                    "so long, and so often",
                    "write a lower rate or a shorter time",
                );
            }
        }
    }

    fn warn_of_seats(&mut self, model: &Model, seats: &Seats, terms: &Terms) {
        let values = model.parameter_values();
        let value = |id: NumberId| model.number(id).value.evaluate(&values);
        let means = numbers_of(&seats.mean);
        if means.iter().all(|mean| never(model, *mean)) {
            if let Some(mean) = means.first() {
                self.once(
                    *mean,
                    "there are no seats",
                    "always 0",
                    "write how many there are, or change them by a policy",
                );
            }
            return;
        }
        let most = means.into_iter().map(value).fold(0.0, f64::max);
        if let Some(cap) = terms.cap_per_year.filter(|cap| value(*cap) < most) {
            self.once(
                cap,
                &format!("the cap is below the {} seats of one occasion", number(most)),
                "in a whole year",
                "each year the first occasion uses it up: write a higher cap, or fewer seats",
            );
        }
    }

    /// A warning at a number, unless there is one: several lines may have the same number.
    fn once(&mut self, at: NumberId, message: &str, label: &str, help: &str) {
        let span = self.numbers.span(at);
        let said = self
            .problems
            .iter()
            .any(|problem| problem.span.as_ref() == Some(&span) && problem.message == message);
        if !said {
            self.warning(Code::NoEffect, span, message.into(), label, help.into());
        }
    }
}

/// Whether a number is 0 whatever happens.
fn never(model: &Model, id: NumberId) -> bool {
    matches!(model.number(id).value, Expression::Constant(0.0))
        && !model.changes.iter().any(|change| change.targets.contains(&id))
}

/// The share of time that is a pause, in the long run.
fn share_paused(model: &Model, pauses: &RandomPauses) -> f64 {
    let values = model.parameter_values();
    let value = |id: NumberId| model.number(id).value.evaluate(&values);
    let rate = numbers_of(&pauses.rate.amount).into_iter().map(value).fold(0.0, f64::max);
    let load = pauses.rate.unit.hazard(rate) * value(pauses.mean.0) * pauses.mean.1.years();
    load / (1.0 + load)
}

/// Whether everybody of `class` among `who` is in `before` too.
fn contains(before: &Who, class: &Who, who: &Who) -> bool {
    before.allowed.iter().zip(&class.allowed).zip(&who.allowed).all(|((before, class), who)| {
        let Some(before) = before else { return true };
        let both = |value: &usize| who.as_ref().is_none_or(|who| who.contains(value));
        match (class, who) {
            (Some(class), _) => class.iter().filter(|value| both(value)).all(|value| before.contains(value)),
            (None, Some(who)) => who.iter().all(|value| before.contains(value)),
            (None, None) => false,
        }
    })
}
