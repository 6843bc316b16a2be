//! How long a point takes: some are tried before a plan is made.

use std::time::{Duration, Instant};

use crate::cli::failure::Failure;
use crate::cli::stop::stop_requested;
use crate::ensemble::{Machine, Watch};
use crate::study::Study;
use crate::study::cell::{PointError, simulate};
use crate::study::unit::line;

/// Points are tried for so long, each to its end.
const LONGEST: Duration = Duration::from_secs(10);

/// So many at most.
const MOST: u64 = 100;

/// A study that will not take longer than this is not worth more trying.
const SHORT: Duration = Duration::from_secs(60);

/// Stops a point when the user has asked for it.
struct StopWhenAsked;

impl Watch for StopWhenAsked {
    fn steps_done(&self, _: u64) {}

    fn stop(&self) -> bool {
        stop_requested()
    }
}

/// What was found.
#[derive(Clone, Copy, Debug)]
pub struct Calibration {
    /// How many points were tried.
    pub tried: u64,
    /// Seconds a point, on one thread.
    pub seconds: f64,
    /// Bytes that a point takes in a unit.
    pub bytes: u64,
}

/// Tries points from everywhere in the design on one thread.
#[expect(clippy::disallowed_methods, reason = "the face of the program may read the clock")]
pub fn calibrate(study: &Study) -> Result<Calibration, Failure> {
    let started = Instant::now();
    let points = study.points();
    let (mut tried, mut bytes) = (0u64, 0u64);
    loop {
        let result = match simulate(study, spread(tried, points), Machine::from(1), &StopWhenAsked) {
            Err(PointError::Stopped) => return Err(Failure::Interrupted),
            result => result?,
        };
        bytes = bytes.max(line(&result)?.len() as u64);
        tried += 1;
        let took = started.elapsed();
        let seconds = took.as_secs_f64() / tried as f64;
        let short = tried >= 3 && seconds * (points as f64) < SHORT.as_secs_f64();
        if took >= LONGEST || tried >= points.min(MOST) || short || stop_requested() {
            return Ok(Calibration { tried, seconds, bytes });
        }
    }
}

/// The `index`-th of points that fill `0..points` ever more finely: the bits of the index reversed (van der Corput).
fn spread(index: u64, points: u64) -> u64 {
    let portion = index.reverse_bits() as f64 / 18_446_744_073_709_551_616.0;
    ((portion * points as f64) as u64).min(points - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_tried_everywhere() {
        let tried: Vec<u64> = (0..8).map(|index| spread(index, 1000)).collect();
        assert_eq!(tried, [0, 500, 250, 750, 125, 625, 375, 875]);
    }
}
