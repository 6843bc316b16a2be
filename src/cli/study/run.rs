//! `repatria study run`: simulates what is not done yet.

use std::time::{Duration, Instant};

use super::args::{StudyRunArgs, machine, threads};
use super::memory::fits;
use super::open::open;
use crate::cli::failure::Failure;
use crate::cli::say::{path_word, say};
use crate::cli::stop::{leave_when_asked, stop_requested};
use crate::cli::watch::Bar;
use crate::output::format::count;
use crate::study::work::{Overseer, WorkDone, work};

/// Runs a study, or one shard of it.
pub fn run(args: &StudyRunArgs) -> Result<(), Failure> {
    let leave = leave_when_asked()?;
    let (store, plan, study) = open(&args.folder, "run")?;
    let points: u64 = (plan.units(&study).filter(|unit| args.shard.has(unit.index)))
        .map(|unit| unit.points.end - unit.points.start)
        .sum();
    let threads = threads(args.threads)?;
    fits(&study, threads, args.memory)?;
    drop(leave);
    let boss = TerminalOverseer::new(points, args.until, args.quiet);
    let machine = machine(threads, args.instructions);
    let done = work(&store, &plan, &study, args.shard, machine, &boss);
    boss.bar.finish();
    let done = done?;
    let folder = path_word(&args.folder);
    if done.left > 0 && stop_requested() {
        return Err(Failure::Paused(format!(
            "Stopped. What is done is kept, {} left: the same command goes on from there.",
            count(done.left, "unit")
        )));
    }
    if !args.quiet {
        report(&done, &folder);
    }
    Ok(())
}

fn report(done: &WorkDone, folder: &str) {
    let units = count(done.finished, "unit");
    let before = match done.found {
        0 => String::new(),
        found => format!(", {} were done before", count(found, "unit")),
    };
    say(format!("{units} done{before}."));
    if done.failed > 0 {
        say(format!(
            "{} could not be simulated: the column `problem` of the merged outcomes says why.",
            count(done.failed, "point")
        ));
    }
    match done.left {
        0 => say(format!("To merge it, once all shards are done:  repatria study merge {folder}")),
        left => say(format!(
            "{} left when the time was up: the same command goes on from there.",
            count(left, "unit")
        )),
    }
}

/// Shows how far the work is, and ends it in time.
struct TerminalOverseer {
    bar: Bar,
    started: Instant,
    until: Option<Duration>,
}

impl TerminalOverseer {
    #[expect(clippy::disallowed_methods, reason = "the face of the program may read the clock")]
    fn new(points: u64, until: Option<Duration>, quiet: bool) -> TerminalOverseer {
        TerminalOverseer { bar: Bar::new(points, "points", quiet), started: Instant::now(), until }
    }
}

impl Overseer for TerminalOverseer {
    fn stop(&self) -> bool {
        stop_requested() || self.until.is_some_and(|until| self.started.elapsed() >= until)
    }

    fn points_done(&self, count: u64) {
        self.bar.done(count);
    }
}
