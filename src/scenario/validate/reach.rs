//! Places nobody leaves, and cells that nobody can ever be in.

use std::borrow::Cow;

use super::draft::Draft;
use crate::model::{Expression, Model, NumberId, PlaceId, Route, Target, Who};
use crate::scenario::code::Code;
use crate::scenario::words::{count, list, thousands};

impl Draft<'_> {
    pub(super) fn warn_of_places(&mut self, model: &Model) {
        let values = model.parameter_values();
        let mut left = vec![false; model.places.len()];
        for mechanism in model.mechanisms() {
            let Route::Leave { from, targets, .. } = model.mover(mechanism).route else { continue };
            if targets.iter().any(|target| target.place.is_some()) {
                from.iter().for_each(|place| left[*place] = true);
            }
        }
        for (id, place) in model.places.iter().enumerate() {
            let span = self.file.places.get_index(id).map_or(0..0, |(key, _)| key.span());
            if place.kind.is_held() && !left[id] {
                self.warning(
                    Code::NeverLeaves.of(&place.name),
                    span.clone(),
                    format!("nobody ever leaves `{}`", place.name),
                    "no move, stay, programme or shock leads out",
                    "add one, or give the place another kind".into(),
                );
            }
            let initial: f64 =
                place.people.iter().map(|initial| model.number(initial.count).value.evaluate(&values)).sum();
            let capacity = place.capacity.map(|id| (id, model.number(id).value.evaluate(&values)));
            if let Some((id, capacity)) = capacity.filter(|(_, capacity)| initial > *capacity) {
                self.warning(
                    Code::OverCapacity.of(&place.name),
                    self.numbers.span(id),
                    format!(
                        "`{}` starts over capacity: {} people for {} places",
                        place.name,
                        thousands(initial.round() as u64),
                        thousands(capacity.round() as u64)
                    ),
                    "below the number of people at the start",
                    if place.when_full.is_crowding() {
                        "nobody is turned away: charts show it as overcrowded".into()
                    } else {
                        "nobody gets in until enough have left".into()
                    },
                );
            }
        }
    }

    /// One warning for all cells that can never hold anyone.
    pub(super) fn warn_of_cells(&mut self, model: &Model) {
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
            Code::Unreachable.of_all(&places),
            span,
            message,
            "nobody at the start, and no way in",
            format!("for example `{}`; this is harmless where it is meant", model.cell_name(*first)),
        );
    }
}

/// Which cells can ever hold anyone.
pub(super) fn reached(model: &Model, group_values: &[Vec<usize>]) -> Vec<bool> {
    let never = |id: &NumberId| matches!(model.number(*id).value, Expression::Constant(0.0));
    let mut reached = vec![false; model.cells()];
    let mut waiting = Vec::new();
    let initial =
        model.places.iter().flat_map(|place| &place.people).filter(|initial| !never(&initial.count));
    let entries = initial.flat_map(|initial| &initial.into).chain(model.entries());
    for entry in entries.filter(|entry| !entry.shares.iter().any(never)) {
        if !std::mem::replace(&mut reached[entry.cell], true) {
            waiting.push(entry.cell);
        }
    }
    // The ways out of each place.
    let mut ways: Vec<Vec<(&Who, &[Target])>> = vec![Vec::new(); model.places.len()];
    // Those of a place who may go to another one as what they are, because it is counted anew.
    let mut counted_anew: Vec<(PlaceId, PlaceId, &Who)> = Vec::new();
    for mechanism in model.mechanisms() {
        let (from, who, targets) = match model.mover(mechanism).route {
            // A closure: where its people come is seen to below.
            Route::Leave { who: None, .. } | Route::Arrive { .. } => continue,
            Route::Leave { from, who: Some(who), targets } => (from, who, targets),
            Route::Born { at, mothers, newborn } => (Cow::Borrowed(at), mothers, newborn),
            Route::Correct { at, who, to, from } => {
                counted_anew.extend(to.map(|to| (at, to, who)));
                counted_anew.extend(from.map(|from| (from, at, who)));
                let found = model.groups.matching(who).map(|group| model.cell(at, group));
                for cell in found.filter(|_| from.is_none()) {
                    if !std::mem::replace(&mut reached[cell], true) {
                        waiting.push(cell);
                    }
                }
                continue;
            }
        };
        from.iter().for_each(|place| ways[*place].push((who, targets)));
    }
    while let Some(cell) = waiting.pop() {
        let (place, values) = (model.place_of(cell), &group_values[model.group_of(cell)]);
        // Those who find it full or closed come to other places as what they are.
        let closure = model.places[place].closes.iter().flat_map(|closure| &closure.targets);
        let giving_up = model.places[place].queue.gives_up.iter().flat_map(|(_, targets)| targets);
        let elsewhere = closure.chain(giving_up).filter_map(|target| target.place);
        let counted = counted_anew.iter().filter(|(from, _, who)| *from == place && who.includes(values));
        let elsewhere = elsewhere.chain(counted.map(|(_, to, _)| *to));
        for other in model.places[place].when_full.divert.iter().copied().chain(elsewhere) {
            let next = model.cell(other, model.group_of(cell));
            if !std::mem::replace(&mut reached[next], true) {
                waiting.push(next);
            }
        }
        for (_, targets) in ways[place].iter().filter(|(who, _)| who.includes(values)) {
            let goes = |target: &&Target| {
                target.shares.iter().all(|share| share.pick(values).is_some_and(|share| !never(&share)))
            };
            for target in targets.iter().filter(goes) {
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
