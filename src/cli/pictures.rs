//! Drawn charts as files, in the wanted kinds.

use super::chart_kinds::ChartKinds;
use super::failure::Failure;
#[cfg(feature = "png")]
use super::say::{paragraph, say};
use super::stop::stop_requested;
use crate::output::chart;
#[cfg(feature = "png")]
use crate::output::chart::letters;
#[cfg(feature = "png")]
use crate::output::format::count;
use crate::output::write::ChartFile;

/// The files of charts: what `draw` draws, asked only where any kind is wanted. Says for which letters there is no font.
pub fn pictures(
    kinds: ChartKinds,
    draw: impl FnOnce() -> Vec<chart::Chart>,
) -> Result<Vec<ChartFile>, Failure> {
    if kinds == ChartKinds::default() {
        return Ok(Vec::new());
    }
    let mut charts = Vec::new();
    #[cfg(feature = "png")]
    let (mut left_out, mut lacking) = (0, Vec::new());
    for drawn in draw() {
        if stop_requested() {
            return Err(Failure::Interrupted);
        }
        #[cfg(feature = "png")]
        if kinds.png {
            let picture = chart::picture(&drawn.svg)?;
            lacking.extend(picture.lacking);
            left_out += u64::from(picture.png.is_none());
            if let Some(bytes) = picture.png {
                charts.push(ChartFile {
                    name: format!("{}.png", drawn.name),
                    title: drawn.title.clone(),
                    bytes,
                });
            }
        }
        if kinds.svg {
            let bytes = drawn.svg.into_bytes();
            charts.push(ChartFile { name: format!("{}.svg", drawn.name), title: drawn.title, bytes });
        }
    }
    #[cfg(feature = "png")]
    warn(lacking, left_out, kinds.svg);
    Ok(charts)
}

/// Says for which letters there is no font.
#[cfg(feature = "png")]
fn warn(mut lacking: Vec<char>, left_out: u64, svg: bool) {
    lacking.sort_unstable();
    lacking.dedup();
    if !lacking.is_empty() {
        say(paragraph(&warning(&lacking, left_out, svg)));
    }
}

/// Which letters no font has, what was done about it and what helps.
#[cfg(feature = "png")]
fn warning(lacking: &[char], left_out: u64, svg: bool) -> String {
    let which = letters::in_words(lacking);
    if left_out == 0 {
        return format!("warning: no font on this machine has {which}: left out of the PNG charts.");
    }
    let instead = match svg {
        true => "The SVG charts have these letters, and a browser shows them",
        false => "With `--charts svg` there are charts that a browser shows",
    };
    format!(
        "warning: {} not written as PNG, because no font on this machine has {which}. {instead}; or install a font that has them, such as Noto Sans of that script, and run again.",
        count(left_out, "chart"),
    )
}
