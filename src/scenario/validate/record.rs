//! What is recorded, and whether there is room for it.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::limits::MOST_RECORDED;
use crate::model::record::CELLS_RECORDED_BY_DEFAULT;
use crate::model::{FlowDetail, Full, MeasureKind, Mechanism, Model, Place, PlaceId, Record, Route, Section};
use crate::scenario::code::Code;
use crate::scenario::file::record::FlowWord;
use crate::scenario::words::thousands;

/// A rate that is 0 in some replicates and not in others spreads over thousands of bins where a count takes hundreds: it
/// is weighed as so many numbers.
const RATE_WEIGHT: usize = 20;

impl Draft<'_> {
    pub(super) fn record(&mut self) -> Record {
        let file = self.file;
        let cells = self.groups.count().saturating_mul(self.place_names.len());
        let mut record = Record {
            cells: cells <= CELLS_RECORDED_BY_DEFAULT,
            places: true,
            dimensions: (0..self.groups.dimensions.len()).collect(),
            flows: FlowDetail::Dimensions,
        };
        let Some(written) = &file.record else { return record };
        if let Some(cells) = &written.cells {
            record.cells = *cells.get();
        }
        if let Some(places) = &written.places {
            record.places = *places.get();
        }
        if let Some(dimensions) = &written.dimensions {
            record.dimensions.clear();
            for name in dimensions.iter() {
                if let Some(dimension) = self.dimension(name, name.span())
                    && !record.dimensions.contains(&dimension)
                {
                    record.dimensions.push(dimension);
                }
            }
            record.dimensions.sort_unstable();
        }
        if let Some(flows) = &written.flows {
            record.flows = match flows.get() {
                FlowWord::None => FlowDetail::None,
                FlowWord::Totals => FlowDetail::Totals,
                FlowWord::Dimensions => FlowDetail::Dimensions,
            };
        }
        record
    }

    /// Says so where more numbers would be recorded than there is room for, with what to switch off.
    pub(super) fn recorded_in_bounds(&mut self, model: &Model) {
        let record = &model.record;
        let values: usize =
            record.dimensions.iter().map(|dimension| model.groups.dimensions[*dimension].values.len()).sum();
        let ways = ways(model);
        let mechanisms = ways.len();
        // Where a mechanism has several, each has a series beside the total.
        let several: usize = ways.into_iter().filter(|ways| *ways > 1).sum();
        let words = model.counted().map(|(_, word)| word).collect::<BTreeSet<_>>().len();
        let switches: usize = model.regimes.iter().map(|regime| regime.switches.len()).sum();
        let states: usize = model.regimes.iter().map(|regime| regime.states.len()).sum();
        let events = 2 * model.shocks.len() + switches + states;
        let lines = model.programmes.iter().filter_map(|programme| programme.lines.as_ref());
        let programmes = model.programmes.len() + lines.map(|lines| lines.lines.len()).sum::<usize>();
        let measures = measures(model) + programme_measures() * programmes;
        let steps = u64::from(model.calendar.steps());
        let cells = if record.cells { model.cells() } else { 0 };
        let places = if record.places { model.places.len() } else { 0 };
        // Each flow is recorded per step and to date.
        let (totals, detail) = match record.flows {
            FlowDetail::None => (0, 0),
            FlowDetail::Totals => (2 * (mechanisms + several + words), 0),
            FlowDetail::Dimensions => (2 * (mechanisms + several + words), 2 * (mechanisms + words) * values),
        };
        let by_value = (1 + RATE_WEIGHT * words) * values;
        let rates = RATE_WEIGHT * words;
        let all =
            (cells + places + totals + detail + by_value + rates + events + measures + 1) as u64 * steps;
        if all <= MOST_RECORDED {
            return;
        }
        let shares = [
            (cells, "cells = false"),
            (detail, "flows = \"totals\""),
            (totals, "flows = \"none\""),
            (by_value, "dimensions = []"),
            (places, "places = false"),
        ];
        let largest = shares.iter().max_by_key(|(n, _)| *n).map_or("cells = false", |(_, words)| words);
        let span =
            self.file.record.as_ref().and_then(|record| record.cells.as_ref()).map_or(0..0, |c| c.span());
        self.error(
            Code::TooMany,
            span,
            format!(
                "room for {} numbers would be needed to record all; there is room for {}",
                thousands(all),
                thousands(MOST_RECORDED)
            ),
            "",
            format!("write [record] with {largest}, or use a longer `step`"),
        );
    }
}

/// What is measured of each programme and each line that is written, beside people: levels, amounts by step and to date, and a
/// ratio that is weighed as a rate.
fn programme_measures() -> usize {
    let series = |(_, kind): &(&str, MeasureKind)| match kind {
        MeasureKind::Level => 1,
        MeasureKind::Amount => 2,
        MeasureKind::Ratio => 0,
    };
    Section::Programmes.facts().measures.iter().map(series).sum::<usize>() + RATE_WEIGHT
}

/// How many series are measured of places with a capacity: a level and an amount (by step and to date), and of those that
/// fill or close at most a queue, a few ratios and some amounts.
fn measures(model: &Model) -> usize {
    let of = |place: &Place| {
        let overcrowding = if place.kind.is_held() && place.capacity.is_some() { 3 } else { 0 };
        let limited = !place.when_full.is_crowding() || place.closes.is_some();
        let waits = limited && place.when_full.otherwise == Full::Wait;
        let queue = if waits { 1 + 6 * RATE_WEIGHT + 2 * 3 } else { 0 };
        overcrowding + queue + if limited { 2 * 7 } else { 0 }
    };
    model.places.iter().map(of).sum()
}

/// How many ways from place to place each mechanism has.
fn ways(model: &Model) -> Vec<usize> {
    let ways = |mechanism: Mechanism| match model.mover(mechanism).route {
        Route::Leave { from, targets, .. } => {
            let to: BTreeSet<Option<PlaceId>> = targets.iter().map(|target| target.place).collect();
            // An event is weighed as at one place.
            let from = if matches!(mechanism, Mechanism::Shock(_)) { 1 } else { from.len() };
            from * to.len()
        }
        Route::Arrive { into } => {
            into.iter().map(|entry| model.place_of(entry.cell)).collect::<BTreeSet<PlaceId>>().len()
        }
        Route::Born { at, .. } => at.len(),
        // There and back.
        Route::Correct { .. } => 2,
    };
    model.mechanisms().into_iter().map(ways).collect()
}
