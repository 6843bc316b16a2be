//! A run that is killed at any moment loses no earlier result and touches no file of others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use sha2::{Digest, Sha256};

use crate::house::{House, program};

/// So often a run is killed.
const ROUNDS: u64 = 24;

/// The seed of a folder whose files all have the hashes that its package states.
fn complete(folder: &Path) -> Option<u64> {
    let package = fs_err::read(folder.join("datapackage.json")).ok()?;
    let package: serde_json::Value = serde_json::from_slice(&package).unwrap();
    let holds = |resource: &serde_json::Value| {
        fs_err::read(folder.join(resource["path"].as_str().unwrap())).is_ok_and(|bytes| {
            let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            resource["hash"] == format!("sha256:{hash}")
        })
    };
    let all = package["resources"].as_array().unwrap().iter().all(holds);
    all.then(|| package["repatria"]["seed"].as_u64().unwrap())
}

/// The seeds of all results that are complete, at their place or kept. What was `seen` complete is only looked for.
fn there(house: &House, seen: &mut BTreeMap<String, u64>) -> BTreeSet<u64> {
    let kept = house.kept("results");
    seen.retain(|folder, _| kept.contains(folder));
    for folder in kept {
        if let (false, Some(seed)) = (seen.contains_key(&folder), complete(&house.path(&folder))) {
            seen.insert(folder, seed);
        }
    }
    seen.values().copied().chain(complete(&house.path("results"))).collect()
}

#[test]
fn a_kill_at_any_moment_loses_no_result() {
    let house = House::new();
    let started = Instant::now();
    house.good("run camp.toml --charts none --seed 0 --out results");
    let usual = started.elapsed();
    let begun = || house.path("results/.repatria-new-0").exists();
    house.write("results/thesis.txt", "years of work");
    house.write("results/.notes", "mine");
    house.write("results/earlier/diary.txt", "mine, too");
    let mut seen = BTreeMap::new();
    let mut known = there(&house, &mut seen);
    assert_eq!(known.len(), 1);
    for round in 1..=ROUNDS {
        let mut child = Command::new(program())
            .args(["run", "camp.toml", "--charts", "none", "--quiet", "--out", "results"])
            .args(["--seed", &round.to_string()])
            .current_dir(house.path("."))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // While files are written and get their names: sooner or later after the first.
        while !begun() && child.try_wait().unwrap().is_none() {
            thread::yield_now();
        }
        thread::sleep(usual.mul_f64((round % 12) as f64 / 12.0));
        let _ = child.kill();
        child.wait().unwrap();
        let now = there(&house, &mut seen);
        assert!(now.is_superset(&known), "round {round}: {known:?} were there, {now:?} are");
        known = now;
    }
    // What a kill left half-way is put right, and nothing temporary stays.
    house.good("run camp.toml --charts none --seed 1000 --out results");
    let now = there(&house, &mut BTreeMap::new());
    assert!(now.is_superset(&known) && now.contains(&1000));
    let hidden: Vec<String> =
        house.files("results").into_iter().filter(|name| name.starts_with(".repatria")).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
    assert_eq!(house.read("results/thesis.txt"), "years of work");
    assert_eq!(house.read("results/.notes"), "mine");
    assert_eq!(house.read("results/earlier/diary.txt"), "mine, too");
    println!("{} of {ROUNDS} runs were finished before they were killed", known.len() - 1);
}

/// Many processes that want one folder at once: one of them writes at a time, the others are told.
#[test]
fn a_lock_is_held_by_one() {
    let house = House::new();
    for _ in 0..3 {
        let run = |seed: u64| {
            let mut command = Command::new(program());
            command.args(["run", "camp.toml", "--charts", "none", "--quiet", "--out", "results", "--seed"]);
            command.arg(seed.to_string()).current_dir(house.path(".")).stderr(Stdio::piped()).spawn().unwrap()
        };
        let children: Vec<_> = (0..6).map(run).collect();
        for child in children {
            let ended = child.wait_with_output().unwrap();
            let said = String::from_utf8(ended.stderr).unwrap();
            match ended.status.code() {
                Some(0) => {}
                Some(1) => assert!(said.contains("another run is writing to results"), "{said}"),
                code => panic!("{code:?}: {said}"),
            }
        }
        assert!(complete(&house.path("results")).is_some());
    }
    let left: Vec<String> = house.files("results").into_iter().filter(|name| name.starts_with('.')).collect();
    assert!(left.is_empty(), "{left:?}");
}
