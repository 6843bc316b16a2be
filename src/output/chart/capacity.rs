//! How many a place is built for, as policies change it.

use crate::engine::dated;
use crate::model::{Model, PlaceId};

/// The capacity of `place` in every step, as a run reads it; `None` where it has none.
pub fn by_step(model: &Model, place: PlaceId) -> Option<Vec<f64>> {
    Some(dated(model, model.places[place].capacity?))
}
