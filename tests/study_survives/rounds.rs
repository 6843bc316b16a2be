//! Killed at any moment of everything that writes: runs, plans, work and merging, in folders that hold files of others.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use crate::desk::{desk, merged, start, study, undisturbed};
use crate::house::House;

/// Files of a user: by where they are.
const THEIRS: [&str; 12] = [
    "thesis.txt",
    "results/thesis.txt",
    "results/people.txt",
    "results/.notes.tmp",
    "study/thesis.txt",
    "study/inputs/notes.txt",
    "study/inputs/scenario/table.csv",
    "study/units/draft.tmp",
    "study/units/.a.part",
    "study/units/mine.jsonl",
    "study/merged/conclusions.txt",
    "study/merged/.draft.tmp",
];

fn next(state: &mut u64) -> f64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 11) as f64 / (1u64 << 53) as f64
}

fn theirs(house: &House) -> BTreeMap<PathBuf, Vec<u8>> {
    THEIRS.iter().map(|name| (house.path(name), fs_err::read(house.path(name)).unwrap())).collect()
}

fn rounds(count: u32) {
    let house = desk(16, 400);
    let expected = undisturbed(&house, 1);
    house.good("run camp.toml --charts none --quiet --replicates 3000 --out reference");
    let tables = house.tables("reference");
    house.write("other.toml", &study(12, 400));
    // Ours first, so that the folders are ours; then what a user puts there.
    house.good("study plan study.toml --out study --unit-points 1 --quiet");
    house.good("run camp.toml --charts none --quiet --replicates 20 --out results");
    THEIRS.iter().for_each(|name| house.write(name, &format!("{name}: years of work")));
    let before = theirs(&house);
    let lines = [
        "run camp.toml --charts svg --quiet --replicates 3000 --out results",
        "study plan study.toml --out study --unit-points 1 --quiet --replan",
        "study run study --quiet",
        "study plan other.toml --out study --unit-points 1 --quiet --replan",
        "study merge study --charts svg --quiet --partial",
    ];
    let started = Instant::now();
    let mut state = 0x2545_f491_4f6c_dd1d;
    let (mut kills, mut runs) = (0, 0);
    // How long each takes where it is not killed.
    let mut longest = [Duration::from_millis(100); 5];
    while kills < count {
        let which = runs % lines.len();
        runs += 1;
        let began = Instant::now();
        let mut child = start(&house, lines[which]);
        thread::sleep(longest[which].mul_f64(next(&mut state)));
        child.kill().unwrap();
        let ended = child.wait_with_output().unwrap();
        match ended.status.code() {
            None => kills += 1,
            // It was faster: fewer milliseconds next time.
            Some(_) => longest[which] = began.elapsed().min(longest[which]).max(Duration::from_millis(10)),
        }
        // A part of another plan is nothing to merge.
        if let Some(code) = ended.status.code().filter(|code| ![0, 3].contains(code)) {
            let said = String::from_utf8_lossy(&ended.stderr).into_owned();
            let unplanned =
                code == 2 && (said.contains("holds no plan") || said.contains("was changed after"));
            assert!(unplanned, "{}: {said}", lines[which]);
        }
        if ended.status.code().is_none() {
            longest[which] = (longest[which] * 5 / 4).min(Duration::from_secs(2));
        }
        assert!(theirs(&house) == before, "after {}", lines[which]);
    }
    // What was begun can be finished.
    house.good("study plan study.toml --out study --unit-points 1 --quiet --replan");
    house.good("study run study --quiet");
    let (digest, all) = merged(&house, "study");
    assert!((digest, all) == expected, "killed {kills} times, the tables are others");
    house.good("run camp.toml --charts none --quiet --replicates 3000 --out results");
    let found = house.tables("results");
    assert!(tables.iter().all(|table| found.contains(table)));
    assert!(theirs(&house) == before);
    // Nothing is left of those that died.
    let left = house.files("study/units").into_iter().filter(|name| name.ends_with(".tmp"));
    assert_eq!(left.collect::<Vec<_>>(), ["draft.tmp"]);
    println!("{kills} kills of {runs} runs, in {:?}", started.elapsed());
}

#[test]
fn twelve_rounds_of_kills_touch_nothing_of_others() {
    rounds(12);
}

/// `cargo test --test study_survives -- --ignored`
#[test]
#[ignore = "takes a minute: continuous integration runs it"]
fn a_hundred_rounds_of_kills_touch_nothing_of_others() {
    rounds(100);
}
