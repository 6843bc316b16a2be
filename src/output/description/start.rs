//! For how long those of the beginning have been there.

use super::telling::Telling;
use super::words::percent;
use crate::model::AtStart;
use crate::wording::list;

/// More times than this are counted instead of listed.
const MOST_TIMES: usize = 6;

/// A sentence about those who are there in the beginning, for a stay or an age of this name.
pub(super) fn at_start(telling: &Telling<'_>, label: &str, start: &AtStart) -> String {
    match start {
        AtStart::New => format!("{label}: for those who are there in the beginning the time starts then"),
        AtStart::Even => format!(
            "{label}: those who are there in the beginning are part way through, as after a long time of steady entries"
        ),
        AtStart::Elapsed(times) if times.len() > MOST_TIMES => {
            let longest = times.iter().map(|(steps, _)| *steps).max().unwrap_or(0);
            format!(
                "{label}: for those who are there in the beginning up to {} have passed, as a table of {} times says",
                telling.length(f64::from(longest)),
                times.len()
            )
        }
        AtStart::Elapsed(times) => {
            let whole: f64 = times.iter().map(|(_, share)| telling.value(*share)).sum();
            let whole = if whole > 0.0 { whole } else { 1.0 };
            let words: Vec<String> = times
                .iter()
                .map(|(steps, share)| {
                    let share = percent(telling.value(*share) / whole);
                    format!("{} ({share})", telling.length(f64::from(*steps)))
                })
                .collect();
            format!(
                "{label}: for those who are there in the beginning have passed {}",
                list(&words, words.len())
            )
        }
    }
}
