//! What is recorded, and whether there is room for it.

use super::draft::Draft;
use super::limits::MOST_RECORDED;
use crate::model::record::CELLS_RECORDED_BY_DEFAULT;
use crate::model::{FlowDetail, Model, Record};
use crate::scenario::file::record::FlowWord;
use crate::scenario::words::thousands;

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
        let mechanisms = model.moves.len()
            + model.ageing.len()
            + model.arrivals.len()
            + model.births.len()
            + model.programmes.len()
            + model.shocks.len();
        let steps = u64::from(model.calendar.steps());
        let cells = if record.cells { model.cells() } else { 0 };
        let places = if record.places { model.places.len() } else { 0 };
        // Each flow is recorded per step and to date.
        let (totals, detail) = match record.flows {
            FlowDetail::None => (0, 0),
            FlowDetail::Totals => (2 * mechanisms, 0),
            FlowDetail::Dimensions => (2 * mechanisms, 2 * mechanisms * values),
        };
        let all = (cells + places + totals + detail + values + 1) as u64 * steps;
        if all <= MOST_RECORDED {
            return;
        }
        let shares = [
            (cells, "cells = false"),
            (detail, "flows = \"totals\""),
            (totals, "flows = \"none\""),
            (values, "dimensions = []"),
            (places, "places = false"),
        ];
        let largest = shares.iter().max_by_key(|(n, _)| *n).map_or("cells = false", |(_, words)| words);
        let span =
            self.file.record.as_ref().and_then(|record| record.cells.as_ref()).map_or(0..0, |c| c.span());
        self.error(
            span,
            format!(
                "{} numbers would be recorded; at most {} can be",
                thousands(all),
                thousands(MOST_RECORDED)
            ),
            "",
            format!("write [record] with {largest}, or use a longer `step`"),
        );
    }
}
