//! Drawn charts as files, in the wanted kinds.

use super::args::ChartKinds;
use super::failure::Failure;
use super::stop::stop_requested;
use crate::output::chart;
use crate::output::write::Chart;

/// The files of charts: what `draw` draws, asked only where any kind is wanted.
pub fn pictures(kinds: ChartKinds, draw: impl FnOnce() -> Vec<chart::Chart>) -> Result<Vec<Chart>, Failure> {
    if kinds == ChartKinds::default() {
        return Ok(Vec::new());
    }
    let mut charts = Vec::new();
    for drawn in draw() {
        if stop_requested() {
            return Err(Failure::Interrupted);
        }
        if kinds.png {
            let bytes = chart::png(&drawn.svg)?;
            charts.push(Chart { name: format!("{}.png", drawn.name), title: drawn.title.clone(), bytes });
        }
        if kinds.svg {
            let bytes = drawn.svg.into_bytes();
            charts.push(Chart { name: format!("{}.svg", drawn.name), title: drawn.title, bytes });
        }
    }
    Ok(charts)
}
