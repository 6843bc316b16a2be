//! What is probably not meant, though it can be simulated.

use std::ops::Range;

use super::draft::Draft;
use super::rates::numbers_of;
use crate::model::{Expression, Model, NumberId, Rate, Target, When, Who};
use crate::scenario::expression::allowed;
use crate::scenario::words::{count, list, number, thousands};

/// Shocks and switches come at most once in a step: above this hazard x step that is felt.
const FAST_EVENT: f64 = 0.2;
/// Above this hazard x step the order of what happens within a step is felt.
const FAST_RATE: f64 = 0.5;

impl Draft<'_> {
    pub(super) fn warn(&mut self, model: &Model) {
        // Validation has handed the numbers and parameters over: what is left here is where they stand.
        self.warn_of_fast_rates(model);
        self.warn_of_places(model);
        self.warn_of_cells(model);
        self.warn_of_parameters(model);
        self.warn_of_ranges(model);
    }

    fn warn_of_fast_rates(&mut self, model: &Model) {
        let values = model.parameter_values();
        let step = model.calendar.step_years();
        let unit = model.calendar.unit().name();
        let mut fast: Vec<(Range<usize>, String, f64, bool)> = Vec::new();
        let mut look = |draft: &Self, rate: &Rate, event: bool| {
            let (id, largest) = largest_hazard(model, &values, rate);
            let most = if event { FAST_EVENT } else { FAST_RATE };
            if largest * step > most {
                let address = model.number(rate.factor).address.clone();
                fast.push((draft.number_spans[id].clone(), address, largest * step, event));
            }
        };
        let people = model.moves.iter().map(|m| &m.rate).chain(model.ageing.iter().map(|a| &a.rate));
        for rate in people.chain(model.births.iter().map(|b| &b.rate)) {
            look(self, rate, false);
        }
        for rate in model.shocks.iter().filter_map(|shock| shock.rate.as_ref()) {
            look(self, rate, true);
        }
        for switch in model.regimes.iter().flat_map(|regime| &regime.switches) {
            if let When::Rate(rate) = &switch.when {
                look(self, rate, true);
            }
        }
        for (span, address, largest, event) in fast {
            let why = if event { "it comes at most once in a step" } else { "much happens within one step" };
            self.warning(
                span,
                format!("`{address}` is fast for a step of a {unit}: {} a step", short(largest)),
                why,
                "use a shorter `step` where the moment within the step matters".into(),
            );
        }
    }

    fn warn_of_places(&mut self, model: &Model) {
        let values = model.parameter_values();
        let mut left = vec![false; model.places.len()];
        let moved =
            model.moves.iter().flat_map(|m| &m.from).chain(model.programmes.iter().flat_map(|p| &p.from));
        for place in moved.chain(model.shocks.iter().map(|shock| &shock.at)) {
            left[*place] = true;
        }
        for ageing in model.ageing.iter().filter(|ageing| ageing.targets.iter().any(|t| t.place.is_some())) {
            ageing.at.iter().for_each(|place| left[*place] = true);
        }
        for (id, place) in model.places.iter().enumerate() {
            let span = self.file.places.get_index(id).map_or(0..0, |(key, _)| key.span());
            if place.kind.is_held() && !left[id] {
                self.warning(
                    span.clone(),
                    format!("nobody ever leaves `{}`", place.name),
                    "no move, programme or shock leads out",
                    "add one, or give the place another kind".into(),
                );
            }
            let initial: f64 =
                place.people.iter().map(|initial| model.number(initial.count).value.evaluate(&values)).sum();
            let capacity = place.capacity.map(|id| (id, model.number(id).value.evaluate(&values)));
            if let Some((id, capacity)) = capacity.filter(|(_, capacity)| initial > *capacity) {
                self.warning(
                    self.number_spans[id].clone(),
                    format!(
                        "`{}` starts over capacity: {} people for {} places",
                        place.name,
                        thousands(initial.round() as u64),
                        thousands(capacity.round() as u64)
                    ),
                    "below the number of people at the start",
                    "nobody is turned away: charts show it as overcrowded".into(),
                );
            }
        }
    }

    /// One warning for all cells that can never hold anyone.
    fn warn_of_cells(&mut self, model: &Model) {
        let reached = reached(model, &self.group_values);
        let empty: Vec<usize> = (0..model.cells())
            .filter(|cell| !reached[*cell] && model.places[model.place_of(*cell)].kind.is_held())
            .collect();
        let Some(first) = empty.first() else { return };
        let whole = |place: usize| {
            let cells = place * model.groups.count()..(place + 1) * model.groups.count();
            cells.clone().all(|cell| !reached[cell])
        };
        let places: Vec<&str> =
            model.held_places().filter(|p| whole(*p)).map(|p| model.places[p].name.as_str()).collect();
        let message = if places.is_empty() {
            format!(
                "{} of {} where people are held can never hold anyone",
                thousands(empty.len() as u64),
                count((model.held_places().count() * model.groups.count()) as u64, "cell")
            )
        } else {
            format!("nobody can ever be in {}", list(places.iter().copied(), 8))
        };
        let span = self.file.places.get_index(model.place_of(*first)).map_or(0..0, |(key, _)| key.span());
        self.warning(
            span,
            message,
            "nobody at the start, and no way in",
            format!("for example `{}`; this is harmless where it is meant", model.cell_name(*first)),
        );
    }

    fn warn_of_parameters(&mut self, model: &Model) {
        let spans: Vec<(String, Range<usize>)> =
            self.file.parameters.keys().map(|key| (key.to_string(), key.span())).collect();
        let span_of =
            |name: &str| spans.iter().find(|(known, _)| known == name).map_or(0..0, |(_, span)| span.clone());
        let unsourced = |name: &&str| {
            model.parameters.iter().any(|parameter| parameter.name == **name && parameter.source.is_none())
        };
        // In the order of the file, not of the model.
        let names: Vec<&str> = spans.iter().map(|(name, _)| name.as_str()).filter(unsourced).collect();
        if let Some(first) = names.first() {
            let verb = if names.len() == 1 { "is" } else { "are" };
            self.warning(
                span_of(first),
                format!("{} {verb} illustrative, not sourced", list(names.iter().copied(), 12)),
                "no `source`",
                "add `source = \"...\"` where there is one; results say so otherwise".into(),
            );
        }
        for (parameter, used) in model.parameters.iter().zip(self.parameter_used.clone()) {
            if !used {
                self.warning(
                    span_of(&parameter.name),
                    format!("the parameter `{}` is not used", parameter.name),
                    "in no expression and no change",
                    "use it, or take it out".into(),
                );
            }
        }
    }

    /// Warns where a number leaves its bounds at an end of a parameter's range.
    fn warn_of_ranges(&mut self, model: &Model) {
        let usual = model.parameter_values();
        let formulas: Vec<NumberId> =
            (0..model.numbers.len()).filter(|id| !model.number(*id).value.uses().is_empty()).collect();
        for (changed, parameter) in model.parameters.iter().enumerate() {
            let Some((low, high)) = parameter.range else { continue };
            for end in [low, high] {
                let values = values_with(model, changed, end);
                for id in &formulas {
                    let written = model.number(*id);
                    let touched = written.value.uses().iter().any(|used| values[*used] != usual[*used]);
                    let value = written.value.evaluate(&values);
                    if touched && !written.kind.allows(value) {
                        let span = self.number_spans[*id].clone();
                        // One end is enough to say; the same place is not marked twice.
                        if self.problems.iter().any(|problem| problem.span.as_ref() == Some(&span)) {
                            continue;
                        }
                        self.warning(
                            span,
                            format!("with `{}` at {} this is {}", parameter.name, number(end), number(value)),
                            &format!("must be {}", allowed(written.kind)),
                            "it is cut to the nearest possible value: narrow the range, or write min or max"
                                .into(),
                        );
                    }
                }
            }
        }
    }
}

/// The largest hazard per year that a rate has for anyone at any time, and the number it comes from.
fn largest_hazard(model: &Model, values: &[f64], rate: &Rate) -> (NumberId, f64) {
    let value = |id: NumberId| model.number(id).value.evaluate(values);
    let (id, hazard) = numbers_of(&rate.amount)
        .into_iter()
        .map(|id| (id, rate.unit.hazard(value(id))))
        .fold((rate.factor, 0.0), |best, next| if next.1 > best.1 { next } else { best });
    let times: f64 = rate
        .times
        .iter()
        .map(|table| table.values.iter().flatten().map(|id| value(*id)).fold(0.0, f64::max))
        .product();
    let season = rate.season.map_or(1.0, |months| months.iter().map(|id| value(*id)).fold(0.0, f64::max));
    (id, hazard * times * season)
}

/// The values of all parameters where one of them is at `end`.
fn values_with(model: &Model, changed: usize, end: f64) -> Vec<f64> {
    let mut values = Vec::with_capacity(model.parameters.len());
    for (i, parameter) in model.parameters.iter().enumerate() {
        let value = if i == changed { end } else { parameter.value.evaluate(&values) };
        values.push(value);
    }
    values
}

/// Which cells can ever hold anyone.
fn reached(model: &Model, group_values: &[Vec<usize>]) -> Vec<bool> {
    let never = |id: &NumberId| matches!(model.number(*id).value, Expression::Constant(0.0));
    let mut reached = vec![false; model.cells()];
    let mut waiting = Vec::new();
    let initial =
        model.places.iter().flat_map(|place| &place.people).filter(|initial| !never(&initial.count));
    let entries =
        initial.flat_map(|initial| &initial.into).chain(model.arrivals.iter().flat_map(|a| &a.into));
    for entry in entries.filter(|entry| !entry.shares.iter().any(never)) {
        if !std::mem::replace(&mut reached[entry.cell], true) {
            waiting.push(entry.cell);
        }
    }
    // The ways out of each place.
    let mut ways: Vec<Vec<(&Who, &[Target])>> = vec![Vec::new(); model.places.len()];
    let mut add =
        |from: &[usize], who, targets| from.iter().for_each(|place| ways[*place].push((who, targets)));
    for m in &model.moves {
        add(&m.from, &m.who, &m.targets);
    }
    for m in &model.ageing {
        add(&m.at, &m.who, &m.targets);
    }
    for m in &model.programmes {
        add(&m.from, &m.who, &m.targets);
    }
    for m in &model.births {
        add(&m.at, &m.mothers, &m.newborn);
    }
    for m in &model.shocks {
        add(&[m.at], &m.who, &m.targets);
    }
    while let Some(cell) = waiting.pop() {
        let (place, values) = (model.place_of(cell), &group_values[model.group_of(cell)]);
        for (_, targets) in ways[place].iter().filter(|(who, _)| who.includes(values)) {
            for target in targets.iter().filter(|target| !target.shares.iter().any(never)) {
                let next =
                    model.cell(target.place.unwrap_or(place), model.groups.group(&target.apply(values)));
                if !std::mem::replace(&mut reached[next], true) {
                    waiting.push(next);
                }
            }
        }
    }
    reached
}

/// A number for a message, to two digits after the point.
fn short(value: f64) -> String {
    if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}
