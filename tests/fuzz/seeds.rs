//! What mutants are made of: the shipped scenarios and studies, the guide's examples, and what the tests have.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Table;

use crate::bad_cases::bad_cases;
use crate::chance::Chance;
use crate::grammar::{Donors, mutate};
use crate::{nasty, text};

/// Where the scenario, or the study, is in a [`Case`].
pub const SCENARIO: &str = "scenario.toml";
pub const STUDY: &str = "study.toml";

/// Files by their names: a scenario or a study, and what it names.
pub type Case = BTreeMap<String, Vec<u8>>;

/// Files that are mutated.
#[derive(Debug, Default)]
pub struct Seeds {
    scenarios: Vec<Seed>,
    /// Scenarios that are wrong as they are.
    wrong: Vec<Seed>,
    studies: Vec<Seed>,
    donors: Donors,
    study_donors: Donors,
}

#[derive(Clone, Debug)]
struct Seed {
    text: String,
    /// The same, where it can be read.
    table: Option<Table>,
    /// The files that it names.
    beside: BTreeMap<String, String>,
}

impl Seed {
    fn new(text: &str, beside: &BTreeMap<String, String>) -> Seed {
        let named = beside.iter().filter(|(name, _)| text.contains(name.as_str()));
        let beside = named.map(|(name, text)| (name.clone(), text.clone())).collect();
        Seed { text: text.to_string(), table: text.parse().ok(), beside }
    }
}

impl Seeds {
    /// Reads all of them.
    #[expect(clippy::too_many_lines, reason = "one kind of file after another")]
    pub fn read() -> Seeds {
        let mut seeds = Seeds::default();
        for folder in ["scenarios", "tests/good", "tests/cases", "tests/unusual"] {
            let files = texts(folder);
            for (name, text) in &files {
                let is_study = text.contains("\n[design]");
                if name.ends_with(".toml") && !is_study && text.len() < 100_000 {
                    seeds.scenarios.push(Seed::new(text, &files));
                    // What takes long comes seldom.
                    if name != "pandemic_pause.toml" {
                        seeds.scenarios.extend(std::iter::repeat_n(Seed::new(text, &files), 3));
                    }
                }
            }
        }
        let bases = texts("tests/bad/bases").into_iter().map(|(name, text)| (format!("bases/{name}"), text));
        let bases: BTreeMap<String, String> = bases.collect();
        for case in bad_cases(&root("tests/bad")) {
            let mut files = bases.clone();
            if let Ok(text) = fs_err::read_to_string(case.table()) {
                files.insert(case.name.replace(".toml", ".csv"), text);
            }
            seeds.wrong.extend(std::iter::repeat_n(Seed::new(&case.text, &files), 4));
        }
        let camp = root("tests/study_bad/scenarios/camp.toml");
        for folder in ["studies", "tests/study_bad"] {
            let mut files = texts(folder);
            if folder == "tests/study_bad" {
                files.extend(bad_cases(&root(folder)).into_iter().map(|case| (case.name, case.text)));
            }
            for (name, text) in files.clone() {
                if !name.ends_with(".toml") || text.len() > 100_000 {
                    continue;
                }
                let named = text.lines().find_map(|line| line.strip_prefix("scenario = "));
                let named = named.and_then(|it| it.split('"').nth(1)).unwrap_or("scenarios/camp.toml");
                let path = root(folder).join(named);
                let scenario = fs_err::read_to_string(&path).or_else(|_| fs_err::read_to_string(&camp));
                files.insert(SCENARIO.into(), scenario.unwrap_or_default());
                let text = text.replace(&format!("\"{named}\""), "\"scenario.toml\"");
                // Good ones more often than those that are wrong as they are.
                let times = if folder == "studies" { 6 } else { 1 };
                seeds.studies.extend(std::iter::repeat_n(Seed::new(&text, &files), times));
            }
        }
        seeds.guide();
        for seed in seeds.scenarios.iter().chain(&seeds.wrong) {
            seed.table.iter().for_each(|table| seeds.donors.learn(table));
        }
        for seed in &mut seeds.studies {
            if let Some(table) = &mut seed.table {
                small(table);
                seed.text = toml::to_string(table).unwrap_or_default();
                seeds.study_donors.learn(table);
            }
        }
        assert!(
            seeds.scenarios.len() > 40 && seeds.wrong.len() > 100 && seeds.studies.len() > 50,
            "{} scenarios, {} wrong ones, {} studies",
            seeds.scenarios.len(),
            seeds.wrong.len(),
            seeds.studies.len()
        );
        seeds
    }

    /// The examples of the guide, which `tests/guide.rs` explains.
    fn guide(&mut self) {
        for (_, page) in texts("docs/guide") {
            let blocks: Vec<&str> = page.split("\n```").collect();
            let mut whole = String::new();
            let csv = |block: &&str| {
                let (mark, text) = block.split_once('\n')?;
                Some((mark.strip_prefix("csv ")?.to_string(), text.to_string()))
            };
            let mut files: BTreeMap<String, String> = blocks.iter().filter_map(csv).collect();
            for block in &blocks {
                let Some((mark, text)) = block.split_once('\n') else { continue };
                match mark {
                    "toml" => {
                        whole = text.to_string();
                        self.scenarios.push(Seed::new(text, &files));
                    }
                    "toml part" => self.scenarios.push(Seed::new(&format!("{whole}\n{text}"), &files)),
                    "toml extends" => {
                        let named = text.lines().find_map(|line| line.strip_prefix("extends = "));
                        files.insert(named.unwrap_or_default().trim_matches('"').into(), whole.clone());
                        self.scenarios.push(Seed::new(text, &files));
                    }
                    "toml study" => {
                        files.insert(SCENARIO.into(), whole.clone());
                        let text = text.replace("\"camp.toml\"", "\"scenario.toml\"");
                        self.studies.extend(std::iter::repeat_n(Seed::new(&text, &files), 6));
                    }
                    _ => {}
                }
            }
        }
    }

    /// The scenario mutant of a number.
    pub fn scenario(&self, chance: &mut Chance) -> Case {
        let group = if chance.percent(15) { &self.wrong } else { &self.scenarios };
        let seed = chance.one(group).clone();
        let mut case = Case::new();
        self.beside(&seed, &mut case, chance);
        case.insert(SCENARIO.into(), self.mutant(&seed, &self.scenarios, &self.donors, chance));
        case
    }

    /// The study mutant of a number: of the study, of its scenario, or of both.
    pub fn study(&self, chance: &mut Chance) -> Case {
        let seed = chance.one(&self.studies).clone();
        let mut case = Case::new();
        self.beside(&seed, &mut case, chance);
        let both = chance.below(4);
        if both == 0
            && let Some(scenario) = seed.beside.get(SCENARIO)
        {
            let of = Seed::new(scenario, &BTreeMap::new());
            case.insert(SCENARIO.into(), self.mutant(&of, &self.scenarios, &self.donors, chance));
        }
        let study = match both == 0 && chance.percent(60) {
            true => seed.text.clone().into_bytes(),
            false => self.mutant(&seed, &self.studies, &self.study_donors, chance),
        };
        case.insert(STUDY.into(), study);
        case
    }

    /// The files that a seed names, most often as they are.
    fn beside(&self, seed: &Seed, case: &mut Case, chance: &mut Chance) {
        for (name, text) in &seed.beside {
            let text = match name.ends_with(".csv") && chance.percent(40) {
                true => table(text, chance),
                false => text.clone(),
            };
            case.insert(name.clone(), text.into_bytes());
        }
    }

    fn mutant(&self, seed: &Seed, all: &[Seed], donors: &Donors, chance: &mut Chance) -> Vec<u8> {
        let mut written = seed.text.clone();
        if let Some(table) = seed.table.as_ref().filter(|_| chance.percent(75)) {
            let mut table = table.clone();
            mutate(&mut table, donors, chance);
            written = toml::to_string(&table).unwrap_or(written);
            if chance.percent(85) {
                return written.into_bytes();
            }
        }
        let others: Vec<&str> = all.iter().map(|seed| seed.text.as_str()).collect();
        let written = text::mutated(&written, &others, chance).replace("\0\0", "");
        let mut bytes = written.into_bytes();
        if chance.percent(5) && !bytes.is_empty() {
            let at = chance.below(bytes.len());
            bytes[at] = chance.below(256) as u8;
        }
        bytes
    }
}

/// A table of values with other separators, gaps, strange numbers, or any mutation of a text.
fn table(text: &str, chance: &mut Chance) -> String {
    match chance.below(8) {
        0 => text.replace(',', ";"),
        1 => text.replace(',', "\t"),
        2 => text.replace('\n', ",\n"),
        3 => text.replace('\n', "\r\n"),
        4 => format!("\u{feff}{text}"),
        5 => {
            let cells: Vec<&str> = text.split(',').collect();
            let at = chance.below(cells.len());
            let cell = nasty::text(chance);
            let changed = cells.iter().enumerate().map(|(i, old)| if i == at { cell.as_str() } else { old });
            changed.collect::<Vec<_>>().join(",")
        }
        _ => text::mutated(text, &[text, "date,value\n2025-01,n/a\n"], chance),
    }
}

/// Few points and few replicates, so that a mutant that is still a study takes milliseconds.
fn small(study: &mut Table) {
    if study.contains_key("replicates") {
        study.insert("replicates".into(), 5.into());
    }
    if let Some(toml::Value::Table(factors)) = study.get_mut("factors") {
        let levels = factors.iter_mut().filter_map(|(_, factor)| factor.get_mut("levels")?.as_array_mut());
        levels.for_each(|levels| levels.truncate(2));
    }
    if let Some(toml::Value::Table(design)) = study.get_mut("design") {
        if design.get("kind").and_then(toml::Value::as_str) == Some("grid") {
            design.entry("levels").or_insert(2.into());
        }
        for (key, few) in [("points", 4), ("trajectories", 2), ("levels", 2)] {
            if design.get(key).and_then(toml::Value::as_integer).is_some_and(|n| n > few && n < 10_000) {
                design.insert(key.into(), few.into());
            }
        }
    }
}

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// The texts of a folder and of those in it, by their paths from it.
fn texts(folder: &str) -> BTreeMap<String, String> {
    fn walk(folder: &Path, before: &str, found: &mut BTreeMap<String, String>) {
        let mut paths: Vec<PathBuf> =
            fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let name = format!("{before}{}", path.file_name().unwrap().to_string_lossy());
            if path.is_dir() {
                walk(&path, &format!("{name}/"), found);
            } else if let Ok(text) = fs_err::read_to_string(&path) {
                found.insert(name, text);
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&root(folder), "", &mut found);
    found
}
