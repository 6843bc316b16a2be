//! Shows how far work is, and stops it when the user says so.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::say::say;
use super::stop::stop_requested;
use crate::ensemble::Watch;
use crate::output::format::thousands;

/// How often a run without a terminal says how far it is.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// A progress bar on a terminal, a line now and then elsewhere.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    /// What is counted: "steps".
    what: &'static str,
    /// Elsewhere: when it began, how many there are to do, those done, and the seconds at the last line.
    started: Instant,
    total: AtomicU64,
    done: AtomicU64,
    last_line: AtomicU64,
    lines: bool,
}

impl Bar {
    /// For so many of `what`.
    #[expect(clippy::disallowed_methods, reason = "the face of the program may read the clock")]
    pub fn new(total: u64, what: &'static str, quiet: bool) -> Bar {
        let terminal = std::io::stderr().is_terminal();
        let target = if terminal && !quiet {
            ProgressDrawTarget::stderr_with_hz(10)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(total), target);
        let template =
            "{bar:24} {percent:>3} %  {human_pos} of {human_len} WHAT, {rate} a second, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(&template.replace("WHAT", what)) {
            bar.set_style(style.with_key("rate", |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                let _ = out.write_str(&rate(state.per_sec()));
            }));
        }
        Bar {
            bar,
            what,
            started: Instant::now(),
            total: AtomicU64::new(total),
            done: AtomicU64::new(0),
            last_line: AtomicU64::new(0),
            lines: !terminal && !quiet,
        }
    }

    /// Takes the bar away and gives the seconds that it was there.
    pub fn finish(&self) -> f64 {
        self.bar.finish_and_clear();
        self.started.elapsed().as_secs_f64()
    }

    /// Changes how many there are to do.
    fn set_total(&self, total: u64) {
        self.bar.set_length(total);
        self.total.store(total, Ordering::Relaxed);
    }

    /// So many more are done.
    pub fn done(&self, count: u64) {
        self.bar.inc(count);
        if self.lines {
            let done = self.done.fetch_add(count, Ordering::Relaxed) + count;
            self.line(done);
        }
    }

    fn line(&self, done: u64) {
        let seconds = self.started.elapsed().as_secs();
        let last = self.last_line.load(Ordering::Relaxed);
        let due = seconds >= last + LINE_EVERY.as_secs();
        // Of several threads that find a line due, one writes it.
        if due && self.last_line.compare_exchange(last, seconds, Ordering::Relaxed, Ordering::Relaxed).is_ok()
        {
            say(how_far(self.what, done, self.total.load(Ordering::Relaxed), seconds));
        }
    }
}

/// "12 % of the steps after 20 s, about 147 s left"
fn how_far(what: &str, done: u64, total: u64, seconds: u64) -> String {
    let share = done as f64 / total.max(1) as f64;
    let left = seconds as f64 * (1.0 - share) / share;
    let left = if left.is_finite() { format!(", about {} s left", thousands(left)) } else { String::new() };
    format!("{:.0} % of the {what} after {} s{left}", (100.0 * share).floor(), thousands(seconds as f64))
}

/// A rate to three digits: more of them only flicker.
fn rate(per_second: f64) -> String {
    use crate::output::format::{Rounding, first_digit, round_to};
    let power = first_digit(per_second).map_or(0, |first| (first - 2).max(0));
    thousands(round_to(per_second, power, Rounding::Nearest))
}

/// How far a run of replicates is, in steps.
#[derive(Debug)]
pub struct Progress(Bar);

impl Progress {
    /// For a run of `total` steps of replicates.
    pub fn new(total: u64, quiet: bool) -> Progress {
        Progress(Bar::new(total, "steps", quiet))
    }

    /// Takes the bar away and gives the seconds that the run took.
    pub fn finish(&self) -> f64 {
        self.0.finish()
    }
}

impl Watch for Progress {
    fn steps_planned(&self, total: u64) {
        self.0.set_total(total);
    }

    fn steps_done(&self, count: u64) {
        self.0.done(count);
    }

    fn stop(&self) -> bool {
        stop_requested()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_said_in_few_digits() {
        assert_eq!(rate(61_889.132), "61,900");
        assert_eq!(rate(12.3), "12");
        assert_eq!(rate(0.0), "0");
        assert_eq!(how_far("steps", 1, 8, 20), "12 % of the steps after 20 s, about 140 s left");
        assert_eq!(how_far("steps", 0, 8, 20), "0 % of the steps after 20 s");
        assert_eq!(how_far("points", 8, 8, 1_000), "100 % of the points after 1,000 s, about 0 s left");
    }
}
