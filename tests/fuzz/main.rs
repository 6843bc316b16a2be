//! Promise: whatever a file says, the program ends in time, with a code and a message, and touches nothing but its results.
//!
//! Mutants of scenarios and studies are made from those that there are, by chance that is the same for the same seed
//! (`grammar.rs`, `text.rs`), and given to the commands (`judge.rs`) in processes of their own (`worker.rs`). What goes wrong
//! is made small (`shrink.rs`) and put into `target/tmp/fuzz/`; what is fixed is kept in `tests/fuzz/found/` and tried again
//! every time. Environment variables:
//!
//! - `REPATRIA_FUZZ_SECONDS`: how long each of the two tests goes on (4 seconds unless set; ten minutes: `just fuzz`);
//! - `REPATRIA_FUZZ_SEED`: another seed than 1, other mutants;
//! - `REPATRIA_FUZZ_PROCESSES`: how many processes (2 unless set);
//! - `REPATRIA_FUZZ_LONGEST`: how many seconds of its processor a command may take (5 unless set);
//! - `REPATRIA_FUZZ_PROGRAM`: the path of another build of the program, which is judged instead, a process for every command.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "it goes on for so many seconds, and looks for what hangs")]

#[path = "../support/bad_cases.rs"]
mod bad_cases;
mod chance;
mod grammar;
mod judge;
mod nasty;
mod seeds;
mod shrink;
mod text;
mod worker;

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use seeds::Seeds;
use worker::{Finding, Kind, MUTANTS_OF_A_WORKER, Worker, case_at, mutant};

/// A setting of the environment.
fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Where findings go.
fn found() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz")
}

/// A folder in memory where there is one: a mutant writes dozens of small files.
fn desk() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

#[expect(clippy::too_many_lines, reason = "one loop, whose state every step of it needs")]
fn fuzz(kind: Kind) {
    let (seconds, seed) = (setting("REPATRIA_FUZZ_SECONDS", 4), setting("REPATRIA_FUZZ_SEED", 1));
    let until = Instant::now() + Duration::from_secs(seconds);
    let desk = desk();
    let word = if kind == Kind::Study { "study" } else { "scenario" };
    let mut tasks: VecDeque<(u64, u64)> = VecDeque::new();
    let mut next = 0;
    let mut workers: Vec<Option<(Worker, u64, u64)>> = Vec::new();
    workers.resize_with(setting("REPATRIA_FUZZ_PROCESSES", 2) as usize, || None);
    let (mut judged, mut good) = (0, 0);
    // The mutant that a worker is about.
    let at = |place: usize| {
        let state = fs_err::read_to_string(desk.path().join(format!("{place}/state"))).ok()?;
        state.split(' ').next()?.parse::<u64>().ok()
    };
    let mut findings: BTreeMap<String, Vec<(u64, Finding)>> = BTreeMap::new();
    loop {
        // On a busy machine the first mutant may take a while.
        let begun = judged > 0
            || workers.iter().enumerate().any(|(place, slot)| {
                slot.as_ref().is_some_and(|(_, from, _)| at(place).is_some_and(|number| number > *from))
            });
        let now = Instant::now();
        let over = now > until && (begun || now > until + Duration::from_secs(60));
        for (place, slot) in workers.iter_mut().enumerate() {
            if let Some((worker, from, end)) = slot {
                let (mut ended, mut reached) = (worker.ended(), *end);
                if over && ended.is_none() {
                    worker.stop();
                    reached = at(place).unwrap_or(*from);
                    ended = Some(None);
                }
                let Some(lost) = ended else { continue };
                let (mut found, well) = worker.findings();
                good += well;
                if let Some((number, finding)) = lost {
                    tasks.push_back((number + 1, *end));
                    reached = number + 1;
                    found.push((number, finding));
                }
                judged += reached - *from;
                for (number, finding) in found {
                    findings.entry(finding.kind.clone()).or_default().push((number, finding));
                }
                *slot = None;
            }
            if !over {
                let (from, end) = tasks.pop_front().filter(|(from, end)| from < end).unwrap_or_else(|| {
                    next += MUTANTS_OF_A_WORKER;
                    (next - MUTANTS_OF_A_WORKER, next)
                });
                let task = format!("{word} {seed} {from} {end}");
                *slot = Some((Worker::start(&desk.path().join(place.to_string()), &task), from, end));
            }
        }
        if over {
            break;
        }
        sleep(Duration::from_millis(50));
    }
    println!("{judged} mutants of a {word}, at least {good} of them good, in {seconds} s");
    for (kind, found) in &findings {
        println!("{:6}  {kind}", found.len());
    }
    let seeds = Seeds::read();
    let mut reported = String::new();
    for (index, (kind_of_finding, found)) in findings.iter().enumerate() {
        let (number, finding) = &found[0];
        let folder = self::found().join(format!("{word}-{seed}-{number}"));
        let case = mutant(&seeds, kind, seed, *number);
        // So many are made small; there may be hundreds on a bad day.
        let case =
            if index < 40 { shrink::shrink(&desk.path().join("small"), case, kind_of_finding) } else { case };
        shrink::save(&folder, &case, &format!("{kind_of_finding}\n\n{}", finding.more));
        reported += &format!("\n{} times: {kind_of_finding}\n  {}", found.len(), folder.display());
    }
    assert!(judged > 0, "nothing was judged");
    assert!(findings.is_empty(), "{judged} mutants{reported}");
}

#[test]
fn no_mutant_of_a_scenario_gets_the_better_of_the_program() {
    fuzz(Kind::Scenario);
}

#[test]
fn no_mutant_of_a_study_gets_the_better_of_the_program() {
    fuzz(Kind::Study);
}

/// What was found once stays fixed.
#[test]
fn what_was_found_is_fixed() {
    let desk = desk();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/found");
    let mut wrong = Vec::new();
    for entry in fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if let Some(finding) = shrink::judged(&desk.path().join("one"), &case_at(&entry)) {
            wrong.push(format!("{}: {}\n{}", entry.display(), finding.kind, finding.more));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Not a test: what the processes of the others do.
#[test]
#[ignore = "does nothing by itself"]
fn a_worker() {
    worker::work();
}
