//! Observed values: of which cells each is a number of people, and when.

use std::collections::BTreeMap;

use crate::model::{CellId, Model};

/// Every observed value, in the order of boundaries.
#[derive(Clone, Debug, Default)]
pub struct ObservedPlan {
    /// The cells of each series.
    pub cells: Vec<Vec<CellId>>,
    /// One for each value.
    pub points: Vec<PlannedPoint>,
}

/// An observed value.
#[derive(Clone, Copy, Debug)]
pub struct PlannedPoint {
    /// The boundary at its date, or the first one after it: replicates are known from there.
    pub boundary: usize,
    /// What the boundary before it weighs, a replicate being interpolated between the two; 0 where the date is the boundary's.
    pub weight: f64,
    /// Its series: index in [`ObservedPlan::cells`].
    pub series: usize,
    /// Its index among the model's points.
    pub point: usize,
    /// How many people there were.
    pub value: f64,
}

impl ObservedPlan {
    /// The plan of what `model` observed.
    pub fn new(model: &Model) -> ObservedPlan {
        let mut plan = ObservedPlan::default();
        let Some(observed) = &model.observed else { return plan };
        let mut series = BTreeMap::new();
        for (index, point) in observed.points.iter().enumerate() {
            let known = series.entry((point.place, point.groups.clone())).or_insert_with(|| {
                plan.cells.push(cells(model, point.place, &point.groups));
                plan.cells.len() - 1
            });
            let boundary = point.step() as usize;
            let weight = if point.part > 0.0 { 1.0 - point.part } else { 0.0 };
            plan.points.push(PlannedPoint {
                boundary,
                weight,
                series: *known,
                point: index,
                value: point.value,
            });
        }
        plan.points.sort_by_key(|point| point.boundary);
        plan
    }
}

fn cells(model: &Model, place: Option<usize>, groups: &[Option<usize>]) -> Vec<CellId> {
    let places: Vec<usize> = match place {
        Some(place) => vec![place],
        None => model.held_places().collect(),
    };
    let wanted = |group: &usize| {
        groups
            .iter()
            .zip(model.groups.values(*group))
            .all(|(value, is)| value.is_none_or(|value| value == is))
    };
    let groups: Vec<usize> = (0..model.groups.count()).filter(wanted).collect();
    places.iter().flat_map(|place| groups.iter().map(|group| model.cell(*place, *group))).collect()
}
