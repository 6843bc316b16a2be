//! Shows how far a run is, and stops it when the user says so.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::ensemble::Watch;

/// Set by ctrl-C; a process has one.
static STOP: AtomicBool = AtomicBool::new(false);

/// Whether the user has asked to stop.
pub fn stop_requested() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// From now on ctrl-C (or a polite kill) asks to stop; a second one ends the program at once.
pub fn listen() -> anyhow::Result<()> {
    ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    })?;
    Ok(())
}

/// How often a run without a terminal says how far it is.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// A progress bar on a terminal, a line now and then elsewhere.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    /// Elsewhere: when it began, the steps to do, those done, and the seconds at the last line.
    started: Instant,
    total: u64,
    done: AtomicU64,
    last_line: AtomicU64,
    lines: bool,
}

impl Progress {
    /// For a run of `total` steps of histories.
    #[expect(clippy::disallowed_methods, reason = "the face of the program may read the clock")]
    pub fn new(total: u64, quiet: bool) -> Progress {
        let terminal = std::io::stderr().is_terminal();
        let target = if terminal && !quiet {
            ProgressDrawTarget::stderr_with_hz(10)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(total), target);
        if let Ok(style) = ProgressStyle::with_template(
            "{bar:32} {percent:>3} %  {human_pos} of {human_len} steps, {per_sec}, {eta} left",
        ) {
            bar.set_style(style);
        }
        Progress {
            bar,
            started: Instant::now(),
            total,
            done: AtomicU64::new(0),
            last_line: AtomicU64::new(0),
            lines: !terminal && !quiet,
        }
    }

    /// Takes the bar away and gives the seconds that the run took.
    pub fn finish(&self) -> f64 {
        self.bar.finish_and_clear();
        self.started.elapsed().as_secs_f64()
    }

    fn line(&self, done: u64) {
        let seconds = self.started.elapsed().as_secs();
        let last = self.last_line.load(Ordering::Relaxed);
        let due = seconds >= last + LINE_EVERY.as_secs();
        // Of several threads that find a line due, one writes it.
        if due && self.last_line.compare_exchange(last, seconds, Ordering::Relaxed, Ordering::Relaxed).is_ok()
        {
            eprintln!("{} % of the steps done after {seconds} s", done * 100 / self.total.max(1));
        }
    }
}

impl Watch for Progress {
    fn steps_done(&self, count: u64) {
        self.bar.inc(count);
        if self.lines {
            let done = self.done.fetch_add(count, Ordering::Relaxed) + count;
            self.line(done);
        }
    }

    fn stop(&self) -> bool {
        stop_requested()
    }
}
