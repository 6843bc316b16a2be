//! Promise: any scenario that `check` accepts runs to its end, and its ledger balances in every step.
//!
//! The engine checks its own ledger and stops where it does not balance; here scenarios are generated to try it.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod support;

use proptest::prelude::*;
use repatria::engine::compile;
use repatria::ensemble::summary::Summary;
use repatria::ensemble::{Unwatched, expect, simulate};
use repatria::model::Mechanism;
use repatria::scenario::{self, Source};

/// Decisions, one after the other: a scenario is written by asking them.
struct Tape {
    choices: Vec<u32>,
    next: usize,
}

impl Tape {
    fn below(&mut self, limit: u32) -> u32 {
        let choice = self.choices[self.next % self.choices.len()]
            .wrapping_add((self.next / self.choices.len()) as u32);
        self.next += 1;
        choice % limit
    }
    fn pick<'a>(&mut self, options: &[&'a str]) -> &'a str {
        options[self.below(options.len() as u32) as usize]
    }
    fn yes(&mut self) -> bool {
        self.below(2) == 1
    }
}

/// What happens when a place is full, or closes.
fn full(tape: &mut Tape, name: &str) -> String {
    let others = match name {
        "prison" => "[\"camp\", \"free\"]",
        "camp" => "[\"free\", \"prison\"]",
        _ => "[\"prison\", \"away\"]",
    };
    let rule = match tape.below(7) {
        0 | 1 => String::new(),
        2 => "when_full = \"crowd\"\n".to_string(),
        3 => "when_full = \"refuse\"\n".to_string(),
        4 => "when_full = \"wait\"\n".to_string(),
        5 => format!("when_full = {{ divert = {others} }}\n"),
        _ => format!(
            "when_full = {{ divert = {others}, otherwise = \"{}\" }}\n",
            tape.pick(&["refuse", "wait", "crowd"])
        ),
    };
    let closes = match name {
        "camp" if tape.below(3) == 0 => {
            let over = tape.pick(&["", ", over = \"5 months\""]);
            format!(
                "closes = {{ on = \"2026-02-15\"{over}, to = [{{ place = \"prison\", share = 0.4 }}, {{ place = \"free\", share = 0.6 }}] }}\n"
            )
        }
        _ => String::new(),
    };
    if rule.is_empty() {
        return closes;
    }
    let capacity = tape.pick(&["0", "10", "1200.5", "\"400 * will\"", "260000"]);
    format!("{rule}{closes}capacity = {capacity}\n")
}

/// A scenario with a bit of everything.
fn scenario(tape: &mut Tape) -> String {
    let step = tape.pick(&["day", "week", "month", "quarter", "year"]);
    let horizon = tape.pick(&["2 years", "30 months", "4 years"]);
    let dimensions = tape.below(3);
    let mut text = format!(
        "title = \"Generated\"\nstart = \"2025-02-15\"\nhorizon = \"{horizon}\"\nstep = \"{step}\"\n"
    );
    if dimensions > 0 {
        text += "[dimensions]\norigin = [\"a\", \"b\"]\n";
        if dimensions > 1 {
            text += "category = [\"men\", \"women\", \"children\"]\n";
        }
    }
    let who = |tape: &mut Tape| match (dimensions, tape.below(3)) {
        (0, _) | (_, 0) => String::new(),
        (1, _) | (_, 1) => "who = { origin = \"a\" }\n".to_string(),
        _ => "who = { category = [\"women\", \"children\"] }\n".to_string(),
    };
    let split = match dimensions {
        0 => "",
        1 => ", split = { by = \"origin\", shares = { a = 0.3, b = 0.7 } }",
        _ => {
            ", split = [{ by = \"origin\", shares = { a = 0.3, b = 0.7 } }, { by = \"category\", shares = { men = 0.2, women = 0.3, children = 0.5 } }]"
        }
    };
    text += "[parameters.will]\nvalue = 1\n";
    if tape.yes() {
        text += "range = [0, 5]\ndistribution = { lognormal = { median = 1, sigma = 1 } }\n";
    }
    for (name, kind) in
        [("prison", "prison"), ("camp", "camp"), ("free", "community"), ("away", "at_large"), ("end", "end")]
    {
        let count = tape.pick(&["0", "1", "7", "1000", "\"300 * will\"", "250000"]);
        text += &format!("[places.{name}]\nkind = \"{kind}\"\npeople = [{{ count = {count}{split} }}]\n");
        text += match name {
            "prison" | "camp" | "free" => full(tape, name),
            _ => String::new(),
        }
        .as_str();
    }
    let rate = |tape: &mut Tape| {
        tape.pick(&[
            "{ per_year = 0.5 }",
            "{ per_month = 40 }",
            "{ per_day = \"0.01 * will\" }",
            "{ mean_stay = \"10 days\" }",
            "{ half_life = \"2 years\" }",
            "{ monthly_probability = 0.9 }",
            "{ per_year = 0 }",
        ])
    };
    for (index, (from, to)) in
        [("prison", "free"), ("camp", "end"), ("prison", "end"), ("free", "prison"), ("away", "prison")]
            .iter()
            .enumerate()
    {
        if tape.yes() {
            text += &format!(
                "[moves.m{index}]\nfrom = \"{from}\"\nto = \"{to}\"\n{}rate = {}\n",
                who(tape),
                rate(tape)
            );
        }
    }
    if dimensions == 2 {
        text += "[ageing.grow]\nwho = { category = \"children\" }\nbecomes = [{ category = \"men\", share = 0.5 }, { category = \"women\", share = 0.5 }]\n";
        text += tape.pick(&[
            "rate = { mean_stay = \"3 years\" }\n",
            "after = \"1 year\"\n",
            "after = \"100 days\"\nat_start = \"new\"\n",
        ]);
    }
    let held = who(tape);
    text += &stay(tape, step, held);
    if tape.yes() {
        let amount = tape.pick(&["0.5", "1000", "\"20 * will\""]);
        let split = split.trim_start_matches(", ");
        let come = tape.pick(&["", "", "dispersion = 4\n", "convoy = { mean = 8, sd = 3 }\n"]);
        text += &format!("[arrivals.new]\nto = \"camp\"\n{split}\n{come}rate = {{ per_month = {amount} }}\n");
    }
    if tape.yes() {
        text += &format!(
            "[births.born]\nat = \"camp\"\nrate = {{ per_year = {} }}\n",
            tape.pick(&["0.03", "1.5"])
        );
    }
    if tape.yes() {
        let occasions = tape.pick(&[
            "{ every = \"1 month\" }",
            "{ per_year = \"30 * will\" }",
            "{ every = \"10 days\", first = \"2025-05\" }",
        ]);
        let seats = tape.pick(&["3", "2.5", "{ mean = 40, sd = 30 }", "100000", "\"10 * will\""]);
        text += &format!(
            "[programmes.flights]\nfrom = [\"camp\", \"prison\"]\nto = \"free\"\n{}occasions = {occasions}\nseats = {seats}\n",
            who(tape)
        );
    }
    if tape.yes() {
        let share = tape.pick(&["0", "1", "0.3", "{ beta = { mean = 0.1, sd = 0.2 } }"]);
        let when = tape.pick(&["rate = { per_year = 4 }", "on = \"2026-01-10\""]);
        text += &format!(
            "[shocks.escape]\nat = \"prison\"\n{when}\nshare = {share}\n\
             to = [{{ place = \"away\", share = 0.9 }}, {{ place = \"end\", share = 0.1 }}]\n"
        );
        if tape.yes() {
            let field =
                if share.contains("beta") { "shocks.escape.share.beta.mean" } else { "shocks.escape.share" };
            text += &format!(
                "[regimes.support]\nstates = [\"steady\", \"gone\"]\ninitial = \"steady\"\n\
                 switches = [{{ from = \"steady\", to = \"gone\", rate = {{ per_year = 1 }} }}]\n\
                 [regimes.support.in.gone]\nchanges = [{{ field = \"{field}\", times = 2 }}]\n"
            );
        }
    }
    text
}

/// A stay of some of the people of two places, perhaps with a policy.
fn stay(tape: &mut Tape, step: &str, who: String) -> String {
    if !tape.yes() {
        return String::new();
    }
    let at = tape.pick(&["\"camp\"", "[\"camp\", \"prison\"]", "[\"prison\", \"away\"]"]);
    let length = tape.pick(&[
        "{ fixed = \"45 days\" }",
        "{ exponential = { mean = \"50 * will + 1 days\" } }",
        "{ gamma = { mean = \"40 days\", shape = 3 } }",
        "{ weibull = { mean = \"70 days\", cv = 1.3 } }",
        "{ lognormal = { quantiles = { \"0.5\" = \"30 days\", \"0.9\" = \"90 days\" } } }",
        "TABLE",
    ]);
    let table = format!("{{ table = {{ \"0 {step}s\" = 0.2, \"2 {step}s\" = 0.5, never = 0.3 }} }}");
    let length = length.replace("TABLE", &table);
    let minimum = tape.pick(&["", "minimum = \"20 days\"\n"]);
    let mut text = format!("[stays.held]\nat = {at}\nto = \"free\"\n{who}length = {length}\n{minimum}");
    if tape.yes() {
        let change = tape.pick(&[
            "times = 0.5, share = 0.75, applies_to = \"everyone\"",
            "times = \"1 + will\"",
            "set = { fixed = \"3 months\" }, applies_to = \"everyone\"",
        ]);
        text += &format!(
            "[policies.held]\nfrom = \"2026-03\"\nuntil = \"2026-09\"\nchanges = [{{ field = \"stays.held\", {change} }}]\n"
        );
    }
    text
}

/// Everybody who is present, and everybody who ever came.
fn balance(summary: &Summary, places: usize) -> (f64, f64) {
    let everybody = |boundary: usize| {
        (0..places).map(|place| support::at(summary, place).points[boundary].mean).sum::<f64>()
    };
    let steps = support::at(summary, 0).points.len() - 1;
    let came: f64 = summary
        .flows
        .iter()
        .filter(|flow| matches!(flow.mechanism, Mechanism::Arrival(_) | Mechanism::Birth(_)))
        .filter(|flow| flow.groups.iter().all(Option::is_none))
        .filter(|flow| flow.from == repatria::ensemble::summary::FlowEnd::Outside)
        .map(|flow| flow.to_date[steps - 1].mean)
        .sum();
    (everybody(steps), everybody(0) + came)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn accepted_scenarios_run_and_balance(choices in prop::collection::vec(any::<u32>(), 64)) {
        let text = scenario(&mut Tape { choices, next: 0 });
        let source = Source::new("generated.toml", text.clone());
        let model = match scenario::load(&source) {
            Ok((model, _)) => model,
            Err(problems) => panic!("the generator writes what check refuses: {problems:#?}\n{text}"),
        };
        let places = model.places.len();
        let program = compile(&model);
        for summary in [simulate(&program, 3, 0..20, 2, &Unwatched), expect(&program)] {
            let summary = summary.unwrap_or_else(|error| panic!("{error}\n{text}"));
            let (present, came) = balance(&summary, places);
            prop_assert!((present - came).abs() < 1e-6 * (1.0 + came), "{} present, {} came\n{}", present, came, text);
        }
    }
}
