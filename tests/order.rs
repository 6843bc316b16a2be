//! Promise: the order of a file does not matter. Sections and keys in any order give the same numbers: in Monte Carlo to the last
//! bit, in expected mode as far as sums of fractions go.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use repatria::internals::engine::{Program, compile};
use repatria::internals::ensemble::answer::{Answer, BASELINE, VariantAnswer};
use repatria::internals::ensemble::{Ensemble, Machine, Track, Unwatched, expect};
use repatria::internals::output::table::{
    ByVariant, ColumnKind, DifferencesTable, Events, FlowsTable, Measures, OutcomesTable, PeopleTable, Rates,
    Scores, Table, Value,
};
use repatria::internals::random::lanes::InstructionLevel;
use repatria::internals::scenario::{ScenarioVariants, Source, load};

mod generated;

/// Numbers by table and key: the values of all columns that are no numbers, by the names of the columns.
type Rows = BTreeMap<String, Vec<f64>>;

/// The rows of every table of a scenario with its variants.
#[expect(clippy::too_many_lines, reason = "one table after another")]
fn rows(scenario: &ScenarioVariants, expected: bool) -> Rows {
    let models: Vec<_> =
        std::iter::once(&scenario.baseline).chain(scenario.variants.iter().map(|it| &it.model)).collect();
    let names: Vec<&str> =
        std::iter::once(BASELINE).chain(scenario.variants.iter().map(|it| it.name.as_str())).collect();
    let programs: Vec<Arc<Program>> = models.iter().map(|model| compile(model)).collect();
    let (summaries, comparisons) = if expected {
        (programs.iter().map(|program| expect(program).unwrap()).collect(), Vec::new())
    } else {
        let tracks: Vec<Track> =
            names.iter().zip(&programs).map(|(name, program)| Track::new(name, program)).collect();
        let machine = Machine { threads: 2, level: InstructionLevel::best() };
        let mut whole = Ensemble::new(&tracks, 0, 3, machine).unwrap();
        whole.add(0..24, &Unwatched).unwrap();
        (whole.summaries(), whole.comparisons())
    };
    let described = names.iter().zip(&models).zip(summaries);
    let answer = Answer {
        variants: described
            .map(|((name, model), summary)| VariantAnswer {
                name: (*name).into(),
                label: (*name).into(),
                model: (*model).clone(),
                summary,
            })
            .collect(),
        against: 0,
        comparisons,
        attributions: Vec::new(),
        precision: Vec::new(),
    };
    let tables: [&dyn Table; 8] = [
        &ByVariant(PeopleTable),
        &ByVariant(FlowsTable),
        &ByVariant(Rates),
        &ByVariant(Events),
        &ByVariant(Measures),
        &ByVariant(OutcomesTable),
        &ByVariant(Scores),
        &DifferencesTable,
    ];
    let mut all = Rows::new();
    for table in tables.iter().filter(|table| table.applies(&answer)) {
        let columns = table.columns(&answer);
        let read = &mut |row: &[Value<'_>]| {
            let (mut key, mut numbers) = (Vec::new(), Vec::new());
            for (column, value) in columns.iter().zip(row) {
                let counts = column.kind == ColumnKind::Number
                    || column.kind == ColumnKind::Integer && column.name != "step";
                match value {
                    Value::Number(number) => numbers.push(*number),
                    Value::Integer(number) if counts => numbers.push(*number as f64),
                    Value::Missing if counts => numbers.push(f64::NAN),
                    other => key.push(format!("{}={other:?}", column.name)),
                }
            }
            key.sort();
            let known = all.insert(format!("{}: {}", table.name(), key.join(", ")), numbers);
            assert!(known.is_none(), "two rows with one key: {key:?}");
            Ok(())
        };
        table.rows(&answer, read).unwrap();
    }
    all
}

/// A shuffle that is the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % limit as u64) as usize
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

/// The text in parts, each of which begins with a line that `begins`.
fn parts(text: &str, begins: impl Fn(&str) -> bool) -> Vec<String> {
    let mut parts = vec![String::new()];
    for line in text.lines() {
        if begins(line) {
            parts.push(String::new());
        }
        let part = parts.last_mut().unwrap();
        part.push_str(line);
        part.push('\n');
    }
    parts
}

/// The same scenario with its sections, and the keys of each, in another order.
fn permuted(text: &str, dice: &mut Dice) -> String {
    // The items of a list of tables stay where they are: their order is that of a list.
    let header = |line: &str| line.starts_with('[') && !line.starts_with("[[");
    let key = |line: &str| {
        line.contains('=') && line.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '"')
    };
    let mut sections = parts(text, header);
    for section in &mut sections {
        if section.contains("\n[[") {
            continue;
        }
        let mut keys = parts(section, key);
        dice.shuffle(&mut keys[1..]);
        *section = keys.concat();
    }
    // The first has the keys of the file itself, which come before all sections.
    dice.shuffle(&mut sections[1..]);
    sections.concat()
}

fn scenario(source: &Source) -> ScenarioVariants {
    match load(source) {
        Ok((scenario, _)) => scenario,
        Err(problems) => panic!("{problems:#?}\n{}", source.text),
    }
}

/// Whether numbers are the same: exactly, or to 1e-9 of what they are and of a person.
fn same(one: f64, other: f64, expected: bool) -> bool {
    one.to_bits() == other.to_bits()
        || one.is_nan() && other.is_nan()
        || one == other
        || expected && (one - other).abs() <= 1e-9 * (1.0 + one.abs())
}

/// What differs between a scenario and permutations of it.
fn differences(source: &Source, seed: u64, times: usize) -> Vec<String> {
    let mut dice = Dice(seed);
    let mut found = Vec::new();
    let original = scenario(source);
    for expected in [false, true] {
        let known = rows(&original, expected);
        for _ in 0..times {
            let mut other = source.clone();
            other.text = permuted(&source.text, &mut dice);
            let rows = rows(&scenario(&other), expected);
            assert_eq!(known.keys().collect::<Vec<_>>(), rows.keys().collect::<Vec<_>>());
            let differ = known.iter().zip(&rows).filter(|((_, one), (_, other))| {
                one.len() != other.len() || !one.iter().zip(*other).all(|(a, b)| same(*a, *b, expected))
            });
            let differ: Vec<_> = differ.map(|((key, a), (_, b))| format!("{key}: {a:?} {b:?}")).collect();
            let step =
                |row: &&String| row.split("step=Integer(").nth(1)?.split(')').next()?.parse::<u32>().ok();
            if let Some(first) = differ.iter().min_by_key(step) {
                let mode = if expected { "expected" } else { "Monte Carlo" };
                found.push(format!("{}, {mode}: {} rows, first {first}", source.name, differ.len()));
            }
        }
    }
    found
}

#[test]
fn shipped_scenarios_in_any_order() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut paths: Vec<_> = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let source = Source::read(&path).unwrap();
        found.extend(differences(&source, 5, 1));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn generated_scenarios_in_any_order() {
    let mut found = Vec::new();
    for seed in 0..40 {
        let mut dice = Dice(seed);
        let choices = (0..64).map(|_| dice.below(1 << 30) as u32).collect();
        let text = generated::scenario(&mut generated::Tape { choices, next: 0 });
        let problems = differences(&Source::new(format!("generated {seed}"), text.clone()), seed, 2);
        if !problems.is_empty() {
            println!("{}", problems.join("\n"));
            found.push(format!("{}\n{text}", problems.join("\n")));
        }
    }
    let count = found.len();
    let first = found.first().cloned().unwrap_or_default();
    assert_eq!(count, 0, "the first of them:\n{first}");
}
