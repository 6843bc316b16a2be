//! What a page simulates: nothing that would take too much memory or time of whoever opens it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::engine::Program;
use crate::ensemble::memory::{Forecast, MemoryEstimate};
use crate::ensemble::{BLOCK, Machine, SeriesPlan, SimulateError, Track, Watch};
use crate::wording::{thousands, whole};

/// How much a page may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageLimits {
    /// Bytes of memory.
    pub bytes: u64,
    /// Cells and ways between them, times steps, times replicates: of a first picture.
    pub work_at_once: u64,
    /// The same of all replicates.
    pub work: u64,
}

/// Looks at what is to be simulated, and remembers what it has seen of a scenario.
#[derive(Clone, Copy, Debug)]
pub struct PageGuard {
    /// How much may be taken.
    pub limits: PageLimits,
    /// How far numbers spread over replicates, once that was looked at: 0 where nothing varies, 1 where every replicate has another
    /// value of everything.
    spread: Option<f64>,
}

/// A setting may make numbers spread so much further than another.
const TO_SPARE: f64 = 1.5;

impl Default for PageLimits {
    /// A gigabyte; about ten seconds for the first picture and some minutes for all, on a laptop.
    fn default() -> PageLimits {
        PageLimits { bytes: 1_000_000_000, work_at_once: 1_000_000_000, work: 20_000_000_000 }
    }
}

/// So many parts are named.
const NAMED: usize = 3;

/// So much work is done, in the measure of [`PageLimits::work`], to see how far numbers spread.
const LOOKED_AT: u64 = 10_000_000;

impl PageGuard {
    /// One that has seen nothing yet.
    pub fn new(limits: PageLimits) -> PageGuard {
        PageGuard { limits, spread: None }
    }

    /// How many of `replicates` replicates of some programs are simulated.
    ///
    /// # Errors
    /// A sentence for people, where not even a first picture is.
    pub fn replicates(&self, programs: &[Arc<Program>], replicates: u64) -> Result<u64, String> {
        let of = |program: &Arc<Program>| a_step(program).saturating_mul(u64::from(program.steps()));
        let each = programs.iter().map(of).fold(0, u64::saturating_add).max(1);
        if each.saturating_mul(BLOCK.min(replicates)) > self.limits.work_at_once {
            return Err(format!(
                "This is too much for a page: even a first picture of {} replicates would take minutes. Fewer groups, a longer \
                 step or a shorter horizon make it less, and the program itself can run it.",
                BLOCK.min(replicates)
            ));
        }
        Ok(replicates.min((self.limits.work / each).max(BLOCK) / BLOCK * BLOCK))
    }

    /// Refuses programs that take too much memory by themselves, before they are simulated.
    ///
    /// # Errors
    /// A sentence for people.
    pub fn fit(&self, programs: &[Arc<Program>], all: usize) -> Result<(), String> {
        let each = |program: &Arc<Program>| program.room(1).program;
        let sum = programs.iter().map(each).fold(0, u64::saturating_add);
        if sum <= self.limits.bytes {
            return Ok(());
        }
        let bytes = (sum / programs.len().max(1) as u64).saturating_mul(all as u64);
        Err(format!(
            "This is too much for a page. {} Fewer groups or fewer variants make it less.",
            self.takes(bytes)
        ))
    }

    /// Refuses what would take more memory than there may be: by what it takes at least, or else, where the most that it can take
    /// is too much, by what is likely from a few replicates; where it is known of another setting of the scenario how far numbers
    /// spread, and there is room to spare, from that. What is not refused takes at most, or likely, so many bytes.
    ///
    /// # Errors
    /// A sentence for people.
    pub fn remember(
        &mut self,
        tracks: &[Track],
        seed: u64,
        machine: Machine,
        replicates: u64,
    ) -> Result<u64, String> {
        let forecast = Forecast::new(tracks, 0, seed, machine, Some(replicates), SeriesPlan::new);
        let forecast = forecast.map_err(|error: SimulateError| error.to_string())?.in_rounds(true);
        let (least, most) = (forecast.least(), forecast.most().bytes());
        self.refuse(&least)?;
        if most <= self.limits.bytes {
            return Ok(most);
        }
        let least = least.bytes();
        if let Some(spread) = self.spread {
            let about = least as f64 + spread * most.saturating_sub(least) as f64;
            if about * TO_SPARE <= self.limits.bytes as f64 {
                return Ok(about as u64);
            }
        }
        let largest = tracks.iter().map(|track| a_step(&track.program)).max().unwrap_or(0);
        let likely = forecast.likely(&StepBudget::of(LOOKED_AT / largest.max(1)));
        let over_least = likely.bytes().saturating_sub(least) as f64;
        self.spread = Some(over_least / most.saturating_sub(least).max(1) as f64);
        self.refuse(&likely).map(|()| likely.bytes())
    }

    fn refuse(&self, estimate: &MemoryEstimate) -> Result<(), String> {
        let all = estimate.bytes();
        if all <= self.limits.bytes {
            return Ok(());
        }
        let largest = estimate.parts.iter().take(NAMED).filter(|part| part.bytes > all / 50);
        let largest = largest.map(|part| {
            let less = less(part.less);
            let less = if less.is_empty() { String::new() } else { format!(" (less with {less})") };
            format!("{} for {}{less}", size(part.bytes), part.what)
        });
        let largest: Vec<String> = largest.collect();
        Err(format!("This is too much for a page. {} Of it {}.", self.takes(all), largest.join("; ")))
    }

    fn takes(&self, bytes: u64) -> String {
        format!(
            "It would take about {} of memory, and a page may take {}. Nothing was simulated; the program itself can run it \
             where there is more.",
            size(bytes),
            size(self.limits.bytes)
        )
    }
}

/// What a step of a replicate is in work.
fn a_step(program: &Program) -> u64 {
    program.model().cells() as u64 + program.edges().len() as u64
}

/// What makes something less, without what is said on a command line alone.
fn less(words: &str) -> String {
    let words = words.replace("`--variants` with fewer names", "fewer variants");
    let words = words.split(", ").map(|word| word.trim_start_matches("or "));
    let words: Vec<&str> = words.filter(|word| !word.contains("`--")).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => (*one).into(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

/// Bytes in words.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000_000 => format!("{} MB", thousands((bytes as f64 / 1e6).ceil())),
        _ => {
            let tenths = (bytes as f64 / 1e8).round() as u64;
            format!("{}.{} GB", whole(tenths / 10), tenths % 10)
        }
    }
}

/// Lets work go on for some steps of replicates: a page has no clock here.
#[derive(Debug)]
struct StepBudget {
    at_most: u64,
    steps: AtomicU64,
}

impl StepBudget {
    fn of(at_most: u64) -> StepBudget {
        StepBudget { at_most, steps: AtomicU64::new(0) }
    }
}

impl Watch for StepBudget {
    fn steps_done(&self, count: u64) {
        self.steps.fetch_add(count, Ordering::Relaxed);
    }

    fn stop(&self) -> bool {
        self.steps.load(Ordering::Relaxed) >= self.at_most
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::memory::RecordKind;

    #[test]
    fn what_is_said_has_no_words_of_the_command_line() {
        let all = [
            RecordKind::Cells,
            RecordKind::Places,
            RecordKind::Dimensions,
            RecordKind::Flows,
            RecordKind::Rates,
            RecordKind::Events,
            RecordKind::Measures,
            RecordKind::Outcomes,
            RecordKind::Differences,
        ];
        let others =
            ["`--threads 1`, a longer `step`, or fewer groups with stays", "`--threads 1`, or fewer groups"];
        for words in all.map(RecordKind::less).into_iter().chain(others) {
            assert!(!less(words).contains("--") && !less(words).is_empty(), "{}", less(words));
        }
        assert_eq!(less(others[0]), "a longer `step` or fewer groups with stays");
        assert_eq!([size(2_000_000), size(9_040_000_000)], ["2 MB", "9.0 GB"]);
    }
}
