//! A house with studies in it, and what is looked at in their folders.

use std::os::unix::fs::MetadataExt;
use std::process::{Child, Command, Stdio};

use crate::house::{House, program};

/// What the studies vary: 24 steps, an outcome, chance.
const SCENARIO: &str = r#"
title = "A camp"
start = "2025-01"
horizon = "2 years"
step = "month"
seed = 1

[dimensions]
age = ["adults", "children"]

[places.camp]
kind = "camp"
people = [{ who = { age = "adults" }, count = 300 }, { who = { age = "children" }, count = 500 }]
[places.home]
kind = "community"

[moves.leave]
from = "camp"
to = "home"
rate = { per_year = 0.3 }

[outcomes.left]
people = { at = "camp" }
take = "end"

[variants.slower]
changes = [{ field = "moves.leave.rate", times = 0.5 }]
"#;

/// A file of a unit that is done: its name, which file it is, when it was written, how long it is.
pub type Seen = (String, u64, (i64, i64), u64);

/// A house with the scenario `camp.toml` and the study `study.toml` of so many points.
pub fn desk(points: u64, replicates: u64) -> House {
    let house = House::empty();
    house.write("camp.toml", SCENARIO);
    house.write("study.toml", &study(points, replicates));
    house
}

/// The text of a study.
pub fn study(points: u64, replicates: u64) -> String {
    format!(
        r#"
title = "How fast do they leave?"
scenario = "camp.toml"
variants = "all"
replicates = {replicates}
[design]
kind = "latin_hypercube"
points = {points}
[factors.rate]
field = "moves.leave.rate"
times = true
range = [0.5, 2]
"#
    )
}

/// Plans the study in a folder, in units of so many points.
pub fn plan(house: &House, folder: &str, unit_points: u64) {
    house.good(&format!("study plan study.toml --out {folder} --unit-points {unit_points} --quiet"));
}

/// What merging a folder says and writes: the digest, and the bytes of every table.
pub fn merged(house: &House, folder: &str) -> (String, Vec<(String, Vec<u8>)>) {
    let ended = house.good(&format!("study merge {folder} --charts none"));
    let line = ended.err.lines().last().unwrap();
    let digest = line.strip_prefix("All tables together: sha256 ").unwrap();
    assert_eq!(digest.len(), 64, "{line}");
    let tables = house.tables(&format!("{folder}/merged"));
    assert!(tables.iter().any(|(name, bytes)| name == "outcomes.csv" && bytes.len() > 500));
    (digest.into(), tables)
}

/// A fresh folder, run by one process on one thread to its end, and merged.
pub fn undisturbed(house: &House, unit_points: u64) -> (String, Vec<(String, Vec<u8>)>) {
    plan(house, "undisturbed", unit_points);
    house.good("study run undisturbed --threads 1 --quiet");
    merged(house, "undisturbed")
}

/// Starts `repatria` with these words, and goes on.
pub fn start(house: &House, line: &str) -> Child {
    let mut command = Command::new(program());
    command.args(line.split_whitespace()).current_dir(house.path(".")).env("NO_COLOR", "1");
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The files of units that are done.
pub fn done(house: &House, folder: &str) -> Vec<Seen> {
    let names = house.files(&format!("{folder}/units")).into_iter();
    let done = names.filter(|name| name.ends_with(".jsonl") && !name.starts_with('.'));
    let look = |name: String| {
        let file = fs_err::metadata(house.path(folder).join("units").join(&name)).unwrap();
        (name, file.ino(), (file.mtime(), file.mtime_nsec()), file.len())
    };
    done.map(look).collect()
}

/// Asserts that `units` are all that there is: nothing temporary, no part.
pub fn tidy(house: &House, folder: &str, units: usize) {
    let files = house.files(&format!("{folder}/units"));
    assert_eq!(files.len(), units, "{files:?}");
    assert!(files.iter().all(|name| name.ends_with(".jsonl") && !name.starts_with('.')), "{files:?}");
    let others = house.files(folder);
    assert!(others.iter().all(|name| !name.starts_with('.')), "{others:?}");
}

/// A unit's file with the lines that `change` makes of its points, and the hash that belongs to them.
pub fn rewritten(text: &str, change: impl Fn(&str) -> String) -> String {
    use sha2::{Digest, Sha256};
    let mut lines: Vec<&str> = text.lines().collect();
    lines.pop();
    let mut new = format!("{}\n", lines[0]);
    lines[1..].iter().for_each(|line| new += &format!("{}\n", change(line)));
    let hash: String = Sha256::digest(new.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    new + &format!("{{\"sha256\":\"{hash}\"}}\n")
}

/// Everything in a folder and below, links as such: what it is and the bytes of files.
pub fn everything(house: &House, folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut open = vec![house.path(folder)];
    while let Some(path) = open.pop() {
        let kind = fs_err::symlink_metadata(&path).unwrap().file_type();
        let name = format!("{} {kind:?}", path.display());
        if kind.is_dir() {
            all.push((name, Vec::new()));
            open.extend(fs_err::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            all.push((name, if kind.is_file() { fs_err::read(&path).unwrap() } else { Vec::new() }));
        }
    }
    all.sort();
    all
}
