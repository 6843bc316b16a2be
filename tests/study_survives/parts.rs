//! Stopped politely, or by the clock: the points at hand are finished and kept.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::desk::{desk, merged, plan, rewritten, start, tidy, undisturbed};
use crate::house::House;

/// One unit of many points, more than is done before a signal comes.
const POINTS: u64 = 300;

/// The lines of points that the one part in a folder has.
fn part(house: &House, folder: &str) -> Option<(String, String)> {
    let files = house.files(&format!("{folder}/units"));
    assert!(files.iter().all(|name| !name.ends_with(".tmp") && !name.ends_with(".jsonl")), "{files:?}");
    let name = files.into_iter().find(|name| name.ends_with(".part"))?;
    let name = format!("{folder}/units/{name}");
    Some((name.clone(), house.read(&name)))
}

/// Stops a run by SIGTERM once it has done some points.
fn stopped(house: &House, folder: &str) -> (String, String) {
    for wait in [300, 600, 1200, 2400, 4800] {
        let run = start(house, &format!("study run {folder} --threads 1"));
        thread::sleep(Duration::from_millis(wait));
        Command::new("kill").args(["-TERM", &run.id().to_string()]).status().unwrap();
        let ended = run.wait_with_output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        // A machine so slow that the program did not listen yet is asked again.
        if ended.status.code().is_some() {
            assert_eq!(ended.status.code(), Some(130), "{said}");
            let kept = "Stopped. What is done is kept, 1 unit left: the same command goes on from there.";
            assert!(said.contains(kept), "{said}");
        }
        if let Some(part) = part(house, folder) {
            return part;
        }
    }
    panic!("no point was done in seconds");
}

#[test]
fn a_polite_kill_keeps_what_is_done() {
    let house = desk(POINTS, 1000);
    let expected = undisturbed(&house, POINTS);
    plan(&house, "study", POINTS);
    let (name, text) = stopped(&house, "study");
    // A line each, between the first and that of the hash.
    let kept = text.lines().count() as u64 - 2;
    assert!((1..POINTS).contains(&kept), "{kept}");

    // A kept point that is marked is marked in the end: it was not computed again.
    plan(&house, "marked", POINTS);
    let mark = |line: &str| line.replacen("\"replicates\":1000", "\"replicates\":1001", 1);
    house.write(&name.replacen("study/", "marked/", 1), &rewritten(&text, mark));
    house.good("study run marked --quiet");
    let unit = house.read(&name.replacen("study/", "marked/", 1).replace(".part", ".jsonl"));
    assert_eq!(unit.matches("\"replicates\":1001").count() as u64, kept);
    tidy(&house, "marked", 1);

    house.good("study run study --quiet");
    tidy(&house, "study", 1);
    assert!(merged(&house, "study") == expected);
}

#[test]
fn a_damaged_part_is_computed_again() {
    let house = desk(6, 20);
    let expected = undisturbed(&house, 6);
    let unit = house.files("undisturbed/units").remove(0);
    let text = house.read(&format!("undisturbed/units/{unit}"));
    for broken in [&text[..text.len() / 2], &text.replacen("0.", "1.", 1), "", "{}\n", "\u{0}\u{0}"] {
        plan(&house, "study", 6);
        house.write(&format!("study/units/{}", unit.replace(".jsonl", ".part")), broken);
        house.good("study run study --quiet");
        tidy(&house, "study", 1);
        assert!(merged(&house, "study") == expected);
        fs_err::remove_dir_all(house.path("study")).unwrap();
    }
}

#[test]
fn a_part_of_a_unit_that_another_finished_goes() {
    let house = desk(6, 20);
    plan(&house, "study", 6);
    house.good("study run study --quiet");
    let unit = house.files("study/units").remove(0);
    house.write(&format!("study/units/{}", unit.replace(".jsonl", ".part")), "of a process that was stopped");
    house.good("study run study --quiet");
    tidy(&house, "study", 1);
}

#[test]
fn a_study_goes_on_from_night_to_night() {
    let house = desk(POINTS, 1000);
    let started = Instant::now();
    let expected = undisturbed(&house, POINTS);
    let night = started.elapsed().as_millis() / 5;
    plan(&house, "study", POINTS);
    let mut nights = 0;
    loop {
        nights += 1;
        assert!(nights < 200, "nothing gets done");
        let ended = house.good(&format!("study run study --threads 1 --until {night}ms"));
        if !ended.err.contains("1 unit left when the time was up: the same command goes on from there.") {
            assert!(ended.err.starts_with("1 unit done."), "{}", ended.err);
            break;
        }
    }
    assert!(nights > 1, "the work is too little to tell");
    tidy(&house, "study", 1);
    assert!(merged(&house, "study") == expected);
}
