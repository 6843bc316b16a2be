//! The rows of a variant at one step: what a recorder hands over, kept by series and lane, so that variants which are stepped
//! side by side can be compared.

use super::recorder::Sink;
use super::series::{SeriesId, SeriesTable};

/// The values of every series that can be compared, by lane; not a number where a replicate has none.
#[derive(Clone, Debug, Default)]
pub struct SeriesRows {
    lanes: usize,
    values: Vec<f64>,
}

impl SeriesRows {
    /// Forgets everything, for blocks of `lanes` replicates.
    pub fn clear(&mut self, table: &SeriesTable, lanes: usize) {
        self.lanes = lanes;
        self.values.clear();
        self.values.resize(table.rows() * lanes, f64::NAN);
    }

    /// The row of a series.
    pub fn row(&self, series: SeriesId) -> &[f64] {
        &self.values[series.index() * self.lanes..(series.index() + 1) * self.lanes]
    }
}

/// Keeps the rows that go to another sink, where `rows` are wanted.
#[derive(Debug)]
pub struct TeeSink<'s, S> {
    /// The other sink.
    pub sink: &'s mut S,
    /// Where rows are kept.
    pub rows: Option<&'s mut SeriesRows>,
}

impl<S: Sink> Sink for TeeSink<'_, S> {
    fn take(&mut self, series: SeriesId, point: usize, values: &[f64]) {
        self.sink.take(series, point, values);
        let Some(rows) = self.rows.as_deref_mut() else { return };
        let row = series.index() * rows.lanes..(series.index() + 1) * rows.lanes;
        // What is observed is no series that is compared, and has no row.
        if let Some(kept) = rows.values.get_mut(row) {
            kept.copy_from_slice(values);
        }
    }
}
