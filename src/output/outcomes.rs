//! What tables, sentences and charts of outcomes share.

use jiff::civil::Date;

use crate::model::Model;

/// The boundary so many months after the start, a month being a twelfth of a year; `None` of what is no number.
pub fn date_after(model: &Model, months: f64) -> Option<Date> {
    let boundary = months / 12.0 / model.calendar.step_years();
    boundary.is_finite().then(|| model.calendar.date((boundary.round() as u32).min(model.calendar.steps())))
}
