//! `--memory`: what a run may take, and the refusal of one that would take more.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::failure::Failure;
use super::memory_limit::allowed;
use super::stop::stop_requested;
use crate::engine::{Program, compile};
use crate::ensemble::answer::BASELINE;
use crate::ensemble::memory::{Forecast, MemoryEstimate};
use crate::ensemble::{Machine, SeriesPlan, Track, Watch};
use crate::model::Model;
use crate::output::format::thousands;

/// Bytes, as people write them: `4GB`, `500 MB`, `1.5GiB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes(pub u64);

/// Less than this is no limit but a slip of the pen.
const LEAST: u64 = 10_000_000;

impl std::str::FromStr for Bytes {
    type Err = String;

    fn from_str(text: &str) -> Result<Bytes, String> {
        let shape = || format!("`{text}` is no amount of memory: write 4GB, 500MB or 1.5GiB");
        let digits = text.trim().find(|c: char| !(c.is_ascii_digit() || c == '.')).ok_or_else(shape)?;
        let (number, unit) = text.trim().split_at(digits);
        let number: f64 = number.parse().map_err(|_| shape())?;
        let one = match unit.trim().to_ascii_lowercase().as_str() {
            "kb" | "k" => 1e3,
            "mb" | "m" => 1e6,
            "gb" | "g" => 1e9,
            "tb" | "t" => 1e12,
            "kib" => 1024.0,
            "mib" => f64::from(1 << 20),
            "gib" => f64::from(1 << 30),
            "tib" => f64::from(1 << 20) * f64::from(1 << 20),
            _ => return Err(shape()),
        };
        match (number * one) as u64 {
            small if small < LEAST => {
                Err(format!("`{text}` is less than the program itself takes: write 100MB or more"))
            }
            bytes => Ok(Bytes(bytes)),
        }
    }
}

/// What may be taken, and where that is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    bytes: u64,
    asked: bool,
}

impl Limit {
    /// As asked for, else half of what the process may have.
    pub fn of(asked: Option<Bytes>) -> Limit {
        match asked {
            Some(Bytes(bytes)) => Limit { bytes, asked: true },
            None => Limit { bytes: allowed() / 2, asked: false },
        }
    }

    /// Refuses what would take more; `what` is it in words.
    ///
    /// # Errors
    /// With the largest parts and what to leave out.
    pub fn refuse(self, what: &str, estimate: &MemoryEstimate) -> Result<(), Failure> {
        if estimate.bytes() <= self.bytes {
            return Ok(());
        }
        Err(Failure::BadInput(self.refusal(what, estimate)))
    }

    fn refusal(self, what: &str, estimate: &MemoryEstimate) -> String {
        let may = match self.asked {
            true => "as --memory says",
            false => "half of what the process may have",
        };
        let all = estimate.bytes();
        let mut text = format!(
            "error: {what} would take about {} of memory; it may take {}, {may}\n",
            size(all),
            size(self.bytes)
        );
        for part in estimate.parts.iter().take(NAMED).filter(|part| part.bytes > all / 50) {
            text.push_str(&format!("  {:>8}  {}\n", size(part.bytes), part.what));
            if !part.less.is_empty() {
                text.push_str(&format!("            less with {}\n", part.less));
            }
        }
        // With some room to spare.
        let enough = (all as f64 * 1.1 / 1e8).ceil() / 10.0;
        text.push_str(&format!("Nothing was begun. To allow it all the same: --memory {enough}GB or more"));
        text
    }
}

/// So many parts are named.
const NAMED: usize = 4;

/// Bytes in words.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000_000 => format!("{} MB", thousands((bytes as f64 / 1e6).ceil())),
        _ => {
            let tenths = (bytes as f64 / 1e8).round();
            format!("{}.{} GB", thousands((tenths / 10.0).floor()), tenths % 10.0)
        }
    }
}

/// Compiles models, unless what they would take at least is more than there may be: then it stops at the first that is too much.
///
/// # Errors
/// The refusal.
pub fn programs(
    limit: Limit,
    what: &str,
    models: &[&Model],
    plan: &dyn Fn(&Program) -> SeriesPlan,
    expected: bool,
) -> Result<Vec<Arc<Program>>, Failure> {
    let mut programs: Vec<Arc<Program>> = Vec::with_capacity(models.len());
    let mut sum = 0u64;
    let mut largest: Option<MemoryEstimate> = None;
    for model in models {
        let program = compile(model);
        let track = Track::new(BASELINE, &program);
        let replicates = if expected { None } else { Some(1) };
        let mut alone = Forecast::new(&[track], 0, 0, Machine::from(1), replicates, plan)?.least();
        alone.parts.retain(|part| !part.less.is_empty());
        sum = sum.saturating_add(alone.bytes());
        if largest.as_ref().is_none_or(|largest| alone.bytes() > largest.bytes()) {
            largest = Some(alone);
        }
        if sum > limit.bytes
            && let Some(like) = &largest
        {
            // All are taken to be like the largest so far.
            let mut all = like.clone();
            for part in &mut all.parts {
                part.bytes = part.bytes.saturating_mul(models.len() as u64);
                part.what = format!("{}, of each of {} variants", part.what, models.len());
            }
            limit.refuse(what, &all)?;
        }
        programs.push(program);
    }
    Ok(programs)
}

/// Refuses what would take more than there may be: by what it takes at least, or else, where the most that it can take is too much, by what
/// is likely from a few replicates.
///
/// # Errors
/// The refusal.
pub fn guard(limit: Limit, what: &str, forecast: &Forecast) -> Result<(), Failure> {
    limit.refuse(what, &forecast.least())?;
    if limit.refuse(what, &forecast.most()).is_ok() {
        return Ok(());
    }
    limit.refuse(what, &forecast.likely(&Briefly::begin(LOOKING)))
}

/// So long replicates are looked at before the work begins.
const LOOKING: Duration = Duration::from_millis(700);

/// Lets work go on for a while.
#[derive(Debug)]
pub struct Briefly {
    begun: Instant,
    at_most: Duration,
}

impl Briefly {
    /// From now on.
    #[expect(clippy::disallowed_methods, reason = "the face of the program may read the clock")]
    pub fn begin(at_most: Duration) -> Briefly {
        Briefly { begun: Instant::now(), at_most }
    }
}

impl Watch for Briefly {
    fn steps_done(&self, _: u64) {}

    fn stop(&self) -> bool {
        stop_requested() || self.begun.elapsed() >= self.at_most
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::memory::MemoryPart;

    #[test]
    fn amounts_are_read() {
        for (text, bytes) in [("4GB", 4_000_000_000), ("1.5 GiB", 1_610_612_736), ("500m", 500_000_000)] {
            assert_eq!(text.parse(), Ok(Bytes(bytes)), "{text}");
        }
        for wrong in ["", "4", "GB", "4 apples", "-4GB", "4..5GB", "nanGB"] {
            assert!(wrong.parse::<Bytes>().is_err_and(|said| said.contains("write 4GB")), "{wrong}");
        }
        assert!("4kB".parse::<Bytes>().is_err_and(|said| said.contains("100MB or more")));
    }

    #[test]
    fn a_refusal_names_the_largest_and_what_to_leave_out() {
        let part = |what: &str, bytes, less| MemoryPart { what: what.into(), bytes, less };
        let parts =
            vec![part("people of every place", 9_000_000_000, "a longer `step`"), part("events", 10, "")];
        let said = Limit { bytes: 4_000_000_000, asked: true }.refusal("this run", &MemoryEstimate { parts });
        assert_eq!(
            said,
            "error: this run would take about 9.0 GB of memory; it may take 4.0 GB, as --memory says\n\
             \x20   9.0 GB  people of every place\n            less with a longer `step`\n\
             Nothing was begun. To allow it all the same: --memory 10GB or more"
        );
    }
}
