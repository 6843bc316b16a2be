//! Property: in whatever order a file has its sections, every number is as it was.

use proptest::prelude::*;
use repatria::internals::engine::compile;
use repatria::internals::ensemble::{Unwatched, expect, simulate};
use repatria::internals::scenario::{self, Source};

use crate::cases;
use crate::named::{Numbers, differences, numbers};
use crate::scenario::{Tape, base};

/// A text in its head and its sections, each from its header on. An entry of a list stays behind what it is an entry of: `[[...]]`
/// means the last one.
fn sections(text: &str) -> (String, Vec<String>) {
    let (mut head, mut sections) = (String::new(), Vec::<String>::new());
    for line in text.lines() {
        let header = line.starts_with('[')
            && !line.starts_with("[[")
            && line.ends_with(']')
            && !line.contains([' ', ',', '"', '=']);
        if header {
            sections.push(String::new());
        }
        let section = sections.last_mut().unwrap_or(&mut head);
        *section += line;
        section.push('\n');
    }
    (head, sections)
}

/// The sections in another order. Outcomes stay in theirs: one may name only those that are written before it.
fn permuted(text: &str, tape: &mut Tape) -> String {
    let (head, mut sections) = sections(text);
    for index in (1..sections.len()).rev() {
        sections.swap(index, tape.below(index as u32 + 1) as usize);
    }
    let is_outcome = |section: &&String| section.starts_with("[outcomes.");
    let written: Vec<String> =
        self::sections(text).1.into_iter().filter(|section| is_outcome(&section)).collect();
    let mut outcomes = written.into_iter();
    let place = |section: String| if is_outcome(&&section) { outcomes.next().unwrap() } else { section };
    head + &sections.into_iter().map(place).collect::<String>()
}

/// A run of both kinds.
fn run(text: &str, replicates: u64) -> [Numbers; 2] {
    let (model, _) = scenario::baseline(&Source::new("test.toml", text))
        .unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"));
    let program = compile(&model);
    let random = simulate(&program, 1, 0..replicates, 2, &Unwatched).unwrap();
    [numbers(&model, &expect(&program).unwrap()), numbers(&model, &random)]
}

/// Checks that another order of a text gives the same numbers: in replicates to the last digit.
fn check(name: &str, text: &str, tape: &mut Tape, replicates: u64) {
    let other = permuted(text, tape);
    let ([known, drawn], [found, redrawn]) = (run(text, replicates), run(&other, replicates));
    let off = differences(&found, &known, |_| true);
    assert!(
        off.is_empty(),
        "{name}, expected: {} series differ: {:#?}\n{other}",
        off.len(),
        &off[..off.len().min(5)]
    );
    assert_eq!(drawn.keys().collect::<Vec<_>>(), redrawn.keys().collect::<Vec<_>>(), "{name}");
    let mut off = Vec::new();
    for (series, points) in &drawn {
        // Compared as written: not a number is not equal to itself.
        if format!("{points:?}") != format!("{:?}", redrawn[series]) {
            let point =
                points.iter().zip(&redrawn[series]).find(|(a, b)| format!("{a:?}") != format!("{b:?}"));
            off.push(format!("{series}: {point:?}"));
        }
    }
    assert!(
        off.is_empty(),
        "{name}, replicates: {} series differ: {:#?}\n{other}",
        off.len(),
        &off[..off.len().min(3)]
    );
}

#[test]
fn shipped_scenarios_in_any_order() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let mut tape = Tape::new((0..97u32).map(|k| k.wrapping_mul(2_654_435_761) >> 3).collect());
    let mut paths: Vec<_> = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut failed = Vec::new();
    for path in paths {
        let text = fs_err::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let one =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&name, &text, &mut tape, 20)));
        if one.is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "the order matters in {failed:?}");
}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn generated_scenarios_in_any_order(choices in prop::collection::vec(any::<u32>(), 64), step in 0..4usize) {
        let tape = &mut Tape::new(choices);
        let (step, horizon) = crate::scenario::STEPS[step];
        let mut scenario = base(tape, step, horizon);
        // Chains of programmes, two for the same people, shocks of one date, a place that fills from several sides.
        let rule = tape.pick(&["\"refuse\"", "\"wait\"", "{ divert = [\"prison\"] }"]);
        scenario.place("centre", "centre", 40, &format!("capacity = 120\nwhen_full = {rule}\n"));
        let seats = tape.pick(&["seats = 25", "seats = 3000", "seats = { mean = 20, sd = 15 }", "free_places_only = true"]);
        scenario.add("programmes.intake", format!("from = [\"camp\", \"prison\"]\nto = \"centre\"\noccasions = {{ every = \"1 month\" }}\n{seats}\n"));
        scenario.add("programmes.onward", "from = \"centre\"\nto = \"home\"\noccasions = { every = \"1 month\" }\nseats = 30\n");
        if tape.yes() {
            scenario.add("programmes.buses", "from = \"camp\"\nto = \"prison\"\noccasions = { every = \"1 month\" }\nseats = 4000\n");
        }
        scenario.add("moves.falls_ill", "from = [\"camp\", \"prison\"]\nto = \"centre\"\nrate = { per_year = 1 }\n");
        if tape.yes() {
            scenario.add("shocks.clear", "at = \"centre\"\non = \"2025-02-01\"\nshare = 1\nto = \"home\"\n");
            scenario.add("shocks.fill", "at = \"home\"\non = \"2025-02-01\"\nshare = 0.5\nto = \"centre\"\n");
        }
        if tape.yes() {
            scenario.add("policies.more", "from = \"2025-02-01\"\nchanges = [{ field = \"moves.death.rate\", times = 1.5 }]\n");
            scenario.add("policies.less", "from = \"2025-02-01\"\nchanges = [{ field = \"moves.falls_ill.rate\", times = 0.7 }]\n");
        }
        if tape.yes() {
            scenario.add("corrections.second", "at = \"camp\"\non = \"2025-02-01\"\nshare = 1.1\n");
            scenario.add("corrections.first", "at = \"camp\"\non = \"2025-02-01\"\npeople = 30000\nto = \"prison\"\n");
        }
        check("generated", &scenario.text(), tape, 24);
    }
}
