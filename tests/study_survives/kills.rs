//! Killed without mercy, at any moment.

use std::thread;
use std::time::Instant;

use crate::desk::{Seen, desk, done, merged, plan, start, tidy, undisturbed};

const KILLS: u32 = 50;
const UNITS: usize = 64;

/// Marsaglia's xorshift, so that a failure can be had again.
fn next(state: &mut u64) -> f64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 11) as f64 / (1u64 << 53) as f64
}

#[test]
fn fifty_kills_change_nothing() {
    let house = desk(2 * UNITS as u64, 1000);
    let started = Instant::now();
    let expected = undisturbed(&house, 2);
    // So short that fifty runs do not finish what one does, as a rule; where they do, another folder is begun.
    let longest = started.elapsed() / 20;
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let (mut kills, mut folders) = (0, 0);
    while kills < KILLS {
        let folder = format!("killed_{folders}");
        folders += 1;
        plan(&house, &folder, 2);
        let mut before: Vec<Seen> = Vec::new();
        loop {
            let line = format!("study run {folder} --threads {} --quiet", 1 + kills % 2);
            let mut run = start(&house, &line);
            if kills < KILLS {
                thread::sleep(longest.mul_f64(next(&mut state)));
                run.kill().unwrap();
            }
            let ended = run.wait_with_output().unwrap();
            kills += u32::from(ended.status.code().is_none());
            let now = done(&house, &folder);
            // What was done is there, and is the same file.
            assert!(before.iter().all(|unit| now.contains(unit)), "{before:?} became {now:?}");
            before = now;
            if ended.status.success() {
                break;
            }
            assert_eq!(ended.status.code(), None, "{}", String::from_utf8_lossy(&ended.stderr));
        }
        tidy(&house, &folder, UNITS);
        assert!(merged(&house, &folder) == expected, "killed {kills} times, the tables are others");
    }
    println!("{kills} kills in {folders} studies, in {:?}", started.elapsed());
}

#[test]
fn a_plan_that_was_killed_half_way_can_be_made_again() {
    let house = desk(4, 10);
    plan(&house, "study", 2);
    // The plan is written last: without it the folder is one that a killed process left.
    fs_err::remove_file(house.path("study/plan.json")).unwrap();
    house.write("study/units/.plan.json.1.0.tmp", "{\"half");
    house.bad("study run study", 2, &["study holds no plan of a study", "repatria study plan"]);
    plan(&house, "study", 2);
    house.good("study run study --quiet");
    tidy(&house, "study", 2);
}

#[test]
fn what_a_living_process_writes_is_left_alone() {
    let house = desk(4, 10);
    plan(&house, "study", 2);
    let path = house.path("study/units/.other.1.0.tmp");
    let file = fs_err::File::create(&path).unwrap();
    file.file().try_lock().unwrap();
    house.good("study run study --quiet");
    assert!(path.exists(), "it is locked, so somebody writes it");
    drop(file);
    house.good("study run study --quiet");
    assert!(!path.exists(), "nobody holds it any more");
}
