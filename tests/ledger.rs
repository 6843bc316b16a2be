//! Promise: any scenario that `check` accepts runs to its end, and its ledger balances in every step.
//!
//! The engine checks its own ledger and stops where it does not balance; here scenarios are generated to try it.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod support;

use proptest::prelude::*;
use repatria::internals::engine::compile;
use repatria::internals::ensemble::summary::{FlowEnd, Summary};
use repatria::internals::ensemble::{Unwatched, expect, simulate};
use repatria::internals::model::Mechanism;
use repatria::internals::scenario::{self, Source};

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
        return format!("{closes}capacity = 500\n");
    }
    let capacity = tape.pick(&["0", "10", "1200.5", "\"400 * will\"", "260000"]);
    format!("{rule}{closes}capacity = {capacity}\n")
}

/// A scenario with a bit of everything.
#[expect(clippy::too_many_lines, reason = "a file is written section by section, in the file's order")]
fn scenario(tape: &mut Tape) -> String {
    let step = tape.pick(&["day", "week", "month", "quarter", "year"]);
    let horizon = tape.pick(&["20 months", "2 years", "30 months"]);
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
            "away" => "capacity = 30\n".to_string(),
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
            "{ per_month = 0.1, crowding = { above = 0.8, elasticity = 2 } }",
            "{ per_year = \"will\", crowding = { at = \"prison\", elasticity = \"will\", at_most = 1e9 } }",
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
            if dimensions > 0 && tape.below(3) == 0 {
                text += "becomes = { origin = \"b\" }\n";
            }
        }
    }
    text += &ageing(tape, dimensions);
    let concerned = who(tape);
    text += &stay(tape, step, concerned);
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
        let mut terms = String::new();
        for term in [
            "cap_per_year = \"50 * will\"\n",
            "consent = 0.4\n",
            "who_first = \"longest_waiting\"\n",
            "starts = \"2025-06\"\nends = \"2026-09\"\n",
            "random_pauses = { rate = { per_year = 3 }, lasts = { mean = \"2 months\", sd = \"3 months\" } }\n",
            "random_pauses = { rate = { per_day = \"will\" }, lasts = { mean = \"3 days\" } }\n",
        ] {
            if tape.below(3) == 0 && !(term.starts_with("random") && terms.contains("random")) {
                terms += term;
            }
        }
        if dimensions > 1 && tape.yes() {
            terms += "family = { head = { category = \"women\" }, with = { category = \"children\" }, mean_size = \"1 + will\" }\n";
        }
        // Where `who` leaves out the heads there are no families.
        let who = if terms.contains("family") { String::new() } else { who(tape) };
        if dimensions > 0 && tape.yes() {
            terms += tape.pick(&[
                "by = \"origin\"\nlines = { a = { cap_per_year = 7 }, b = { consent = 0.9 } }\n",
                "by = \"origin\"\nlines = { a = { seats = 5, occasions = { per_month = 1 } }, otherwise = {} }\n",
                "by = \"origin\"\nlines = { otherwise = { random_pauses = { rate = { per_year = 4 }, lasts = \"40 days\" } } }\n",
            ]);
        }
        text += &format!(
            "[programmes.flights]\nfrom = [\"camp\", \"prison\"]\nto = \"free\"\n{who}occasions = {occasions}\nseats = {seats}\n{terms}"
        );
        if tape.yes() {
            text += "[places.centre]\nkind = \"centre\"\ncapacity = \"40 * will\"\n\
                     [programmes.intake]\nfrom = [\"camp\", \"prison\"]\nto = \"centre\"\noccasions = { every = \"1 month\" }\nfree_places_only = true\n";
        }
    }
    if tape.yes() {
        let share = tape.pick(&["0", "1", "0.3", "{ beta = { mean = 0.1, sd = 0.2 } }"]);
        let when = tape.pick(&[
            "rate = { per_year = 4 }",
            "on = \"2026-01-10\"",
            "rate = { per_year = 1, crowding = { elasticity = 1 } }",
        ]);
        let at = tape.pick(&[
            "\"prison\"",
            "[\"prison\", \"camp\"]\nhits = \"one\"",
            "[\"prison\", \"camp\", \"free\"]\nhits = 0.6",
        ]);
        text += &format!(
            "[shocks.escape]\nat = {at}\n{when}\nshare = {share}\n\
             to = [{{ place = \"away\", share = 0.9 }}, {{ place = \"end\", share = 0.1 }}]\n"
        );
        if tape.yes() {
            let when = tape.pick(&[
                "{ people = { at = [\"camp\", \"free\"] }, above = 20, until_below = 10 }",
                "{ occupancy = \"prison\", above = 0.9, lasts = \"6 months\" }",
                "{ flow = \"shocks.escape\", above = \"will\" }",
            ]);
            text += &format!(
                "[policies.then]\nwhen = {when}\nchanges = [{{ field = \"places.camp.capacity\", times = 0.1 }}]\n"
            );
        }
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
    text += &corrections(tape, dimensions);
    if step == "day" || step == "week" {
        // People of a stay are told apart by step: where steps are short, fewer people try as much in less time.
        text = text.replace("count = 250000", "count = 2500");
    }
    text
}

/// Children grow up, and who is of one origin comes to be of another: at a rate or after a fixed time, everywhere or at some places.
fn ageing(tape: &mut Tape, dimensions: u32) -> String {
    let grow = "who = { category = \"children\" }\nbecomes = [{ category = \"men\", share = 0.5 }, { category = \"women\", share = 0.5 }]\n";
    let settle = "who = { origin = \"a\" }\nbecomes = { origin = \"b\" }\n";
    let mut text = String::new();
    for (name, what, there) in
        [("grow", grow, dimensions == 2), ("settle", settle, dimensions > 0 && tape.below(3) == 0)]
    {
        if there {
            let pace = tape.pick(&[
                "rate = { mean_stay = \"3 years\" }\n",
                "after = \"1 year\"\n",
                "after = \"100 days\"\nat_start = \"new\"\n",
            ]);
            let at = tape.pick(&["", "", "at = [\"prison\", \"camp\"]\n", "at = [\"free\", \"prison\"]\n"]);
            text += &format!("[ageing.{name}]\n{what}{at}{pace}");
        }
    }
    text
}

/// Recounts, perhaps two on one date.
fn corrections(tape: &mut Tape, dimensions: u32) -> String {
    let mut text = String::new();
    for (name, at) in [("first", "camp"), ("second", "prison"), ("third", "camp")] {
        if tape.yes() {
            continue;
        }
        let on = tape.pick(&["2025-02-15", "2025-09-20", "2026-01-10"]);
        let count = tape.pick(&[
            "people = 0",
            "people = \"400 * will\"",
            "people = 2000",
            "share = 1",
            "share = 0.955",
            "share = \"1 + will\"",
        ]);
        let ends =
            tape.pick(&["", "", "to = \"end\"\n", "from = \"free\"\n", "to = \"away\"\nfrom = \"away\"\n"]);
        let who = if dimensions > 0 { tape.pick(&["", "who = { origin = \"b\" }\n"]) } else { "" };
        text += &format!("[corrections.{name}]\nat = \"{at}\"\non = \"{on}\"\n{who}{count}\n{ends}");
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
            "[policies.held]\nfrom = \"2026-02-15\"\nchanges = [{{ field = \"stays.held\", {change} }}]\n"
        );
    }
    text
}

/// Everybody who is present or was struck off a register, and everybody who ever came.
fn balance(summary: &Summary, places: usize) -> (f64, f64) {
    let everybody = |boundary: usize| {
        (0..places).map(|place| support::at(summary, place).points[boundary].mean).sum::<f64>()
    };
    let steps = support::at(summary, 0).points.len() - 1;
    // The first series of a mechanism is its total; who is diverted has a way of their own besides.
    let mut totals: Vec<_> = summary.flows.iter().collect();
    totals.dedup_by_key(|flow| flow.mechanism);
    let came: f64 = totals
        .into_iter()
        .filter(|flow| matches!(flow.mechanism, Mechanism::Arrival(_) | Mechanism::Birth(_)))
        .map(|flow| flow.to_date[steps - 1].mean)
        .sum();
    // Whom recounts found, and whom they struck off.
    let corrected = summary.flows.iter().filter(|flow| matches!(flow.mechanism, Mechanism::Correction(_)));
    let (mut found, mut struck) = (0.0, 0.0);
    for flow in corrected {
        let to_date = flow.to_date[steps - 1].mean;
        found += if flow.from == FlowEnd::Outside { to_date } else { 0.0 };
        struck += if flow.to == FlowEnd::Outside { to_date } else { 0.0 };
    }
    (everybody(steps) + struck, everybody(0) + came + found)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn accepted_scenarios_run_and_balance(choices in prop::collection::vec(any::<u32>(), 64)) {
        let text = scenario(&mut Tape { choices, next: 0 });
        let source = Source::new("generated.toml", text.clone());
        let model = match scenario::baseline(&source) {
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

/// Children of a fixed age band who also have a fixed stay, two full places, and a third into which those who are refused are diverted: of a
/// row of people who were all sent back nobody may land, and of nobody nobody may be taken. A replicate ended with one child less than
/// nobody.
#[test]
fn two_clocks_and_places_that_divert_to_each_other_balance() {
    let text = r#"
title = "Generated"
start = "2025-02-15"
horizon = "20 months"
step = "month"
[dimensions]
origin = ["a", "b"]
category = ["men", "women", "children"]
[parameters.will]
value = 1
[places.prison]
kind = "prison"
people = [{ count = 250000, split = [{ by = "origin", shares = { a = 0.3, b = 0.7 } }, { by = "category", shares = { men = 0.2, women = 0.3, children = 0.5 } }] }]
when_full = "refuse"
capacity = 10
[places.free]
kind = "community"
when_full = { divert = ["prison", "away"] }
capacity = "400 * will"
[places.away]
kind = "at_large"
capacity = 30
[moves.m0]
from = "prison"
to = "free"
rate = { mean_stay = "10 days" }
[moves.m3]
from = "free"
to = "prison"
rate = { per_year = "will", crowding = { at = "prison", elasticity = "will", at_most = 1e9 } }
[ageing.grow]
who = { category = "children" }
becomes = [{ category = "men", share = 0.5 }, { category = "women", share = 0.5 }]
after = "100 days"
[stays.held]
at = ["prison", "away"]
to = "free"
length = { fixed = "45 days" }
"#;
    balances(text);
}

/// A band that ends where a stay leads, and a full place that sends back everybody who tried to leave: they are among those who are
/// there, who go on, and not among those who entered.
#[test]
fn everybody_is_sent_back_where_a_band_follows_a_stay() {
    balances(
        r#"
title = "Generated"
start = "2025-02-15"
horizon = "20 months"
step = "month"
[dimensions]
origin = ["a", "b"]
[places.prison]
kind = "prison"
people = [{ count = 100, split = { by = "origin", shares = { a = 0.3, b = 0.7 } } }]
[places.camp]
kind = "camp"
capacity = 0
when_full = "refuse"
[places.free]
kind = "community"
[moves.transfer]
from = "prison"
to = "camp"
rate = { per_month = 40 }
[moves.release]
from = "prison"
to = "free"
rate = { per_year = 0.5 }
[ageing.settle]
who = { origin = "a" }
becomes = { origin = "b" }
at = ["prison"]
after = "1 year"
[stays.held]
at = ["prison"]
to = "free"
length = { fixed = "45 days" }
"#,
    );
}

fn balances(text: &str) {
    let (model, _) = scenario::baseline(&Source::new("known.toml", text.to_string())).unwrap();
    let program = compile(&model);
    for summary in [simulate(&program, 1, 0..64, 1, &Unwatched), expect(&program)] {
        assert!(summary.is_ok(), "{}", summary.unwrap_err());
    }
}
