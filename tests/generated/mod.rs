//! Scenarios in which several of everything compete: ways out of a cell, shocks, programmes, policies, stays and ages.

use std::fmt::Write;

/// Decisions, one after the other.
pub struct Tape {
    pub choices: Vec<u32>,
    pub next: usize,
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

/// What every scenario has. Names are in no order on purpose.
const BASE: &str = r#"
[dimensions]
origin = ["b", "a"]
category = ["men", "women", "children"]
[parameters.will]
value = 1
distribution = { lognormal = { median = 1, sigma = 0.3 } }
[parameters.effort]
value = "2 * will"
[places.prison]
kind = "prison"
people = [{ count = 301, split = [{ by = "origin", shares = { a = 0.3, b = 0.7 } }, { by = "category", shares = { men = 0.5, women = 0.3, children = 0.2 } }] }]
[places.free]
kind = "community"
[places.away]
kind = "at_large"
[places.end]
kind = "end"
[ageing.grow]
who = { category = "children" }
becomes = [{ category = "men", share = 0.5 }, { category = "women", share = 0.5 }]
rate = { mean_stay = "3 years" }
[births.born]
at = ["camp", "centre"]
mothers = { category = "women" }
newborn = { category = "children" }
rate = { per_year = 0.2 }
[arrivals.raids]
to = "prison"
split = [{ by = "origin", shares = { a = 0.5, b = 0.5 } }, { by = "category", shares = { men = 0.9, women = 0.1 } }]
rate = { per_month = "6 * effort" }
[regimes.support]
states = ["steady", "gone"]
initial = "steady"
switches = [{ from = "steady", to = "gone", rate = { per_year = 1 } }]
[regimes.support.in.gone]
changes = [{ field = "moves.escape.rate", times = 2 }]
[regimes.control]
states = ["ours", "theirs"]
initial = "ours"
switches = [{ from = "ours", to = "theirs", on = "2025-07-01" }]
[regimes.control.in.theirs]
changes = [{ field = "moves.escape.rate", times = 1.3 }]
[policies.patrols]
from = "2025-04"
changes = [{ field = "moves.escape.rate", times = 0.7 }, { field = "programmes.court.seats", times = 1.1 }]
[policies.amnesty]
from = "2025-06"
changes = [{ field = "moves.escape.rate", times = 0.9 }]
"#;

/// A scenario.
#[expect(clippy::too_many_lines, reason = "a section after the other, in the order of the file")]
pub fn scenario(tape: &mut Tape) -> String {
    let step = tape.pick(&["week", "month", "quarter"]);
    let mut text = format!(
        "title = \"Generated\"\nstart = \"2025-01-01\"\nhorizon = \"1 year\"\nstep = \"{step}\"\n{BASE}"
    );
    for (name, kind) in [("camp", "camp"), ("centre", "centre")] {
        let full = tape.pick(&["", "", "when_full = \"refuse\"\n"]);
        let capacity = tape.pick(&["40", "500", "1000"]);
        let count = tape.pick(&["7", "60", "400"]);
        let _ = write!(
            text,
            "[places.{name}]\nkind = \"{kind}\"\ncapacity = {capacity}\n{full}people = [{{ count = {count}, split = [{{ by = \"category\", shares = {{ men = 0.2, women = 0.3, children = 0.5 }} }}, {{ by = \"origin\", shares = {{ a = 0.4, b = 0.6 }} }}] }}]\n"
        );
    }
    for (name, from, to) in [
        ("release", "prison", "free"),
        ("escape", "prison", "away"),
        ("death", "prison", "end"),
        ("walk", "camp", "free"),
        ("arrest", "camp", "prison"),
        ("back", "away", "prison"),
    ] {
        let who = tape.pick(&["", "", "who = { category = [\"women\", \"men\"] }\n"]);
        let rate = tape.pick(&["{ per_year = 0.5 }", "{ per_month = 0.3 }", "{ per_year = \"will\" }"]);
        let _ = write!(text, "[moves.{name}]\nfrom = \"{from}\"\nto = \"{to}\"\n{who}rate = {rate}\n");
    }
    if tape.yes() {
        text += "[arrivals.convoys]\nto = \"camp\"\nsplit = [{ by = \"category\", shares = { men = 0.2, women = 0.3, children = 0.5 } }, { by = \"origin\", shares = { a = 0.4, b = 0.6 } }]\nrate = { per_month = 2 }\nconvoy = { mean = 8, sd = 6 }\n";
    }
    if tape.yes() {
        text += "[stays.held]\nat = \"camp\"\nto = \"centre\"\nlength = { gamma = { mean = \"5 months\", shape = 3 } }\n";
    }
    if tape.yes() {
        text += "[stays.term]\nat = \"prison\"\nto = [{ place = \"free\", share = 0.8 }, { place = \"camp\", share = 0.2 }]\nlength = { weibull = { mean = \"7 months\", shape = 1.4 } }\nat_start = \"new\"\n";
        if tape.yes() {
            let to = tape.pick(&["new arrivals", "everyone"]);
            for (name, from, times) in
                [("shorter", "2025-05", "0.8, share = 0.5"), ("longer", "2025-04", "1.5")]
            {
                let _ = write!(
                    text,
                    "[policies.{name}]\nfrom = \"{from}\"\nchanges = [{{ field = \"stays.term\", times = {times}, applies_to = \"{to}\" }}]\n"
                );
            }
        }
    }
    for (name, who, becomes) in
        [("women_age", "women", "men"), ("adults_age", "men", "women"), ("b_moves", "b", "a")]
    {
        if tape.below(3) == 0 {
            let dimension = if who == "b" { "origin" } else { "category" };
            let _ = write!(
                text,
                "[ageing.{name}]\nwho = {{ {dimension} = \"{who}\" }}\nbecomes = {{ {dimension} = \"{becomes}\" }}\nafter = \"{}\"\n",
                tape.pick(&["5 months", "40 days"])
            );
        }
    }
    for (name, from, to) in [
        ("court", "[\"prison\", \"camp\"]", "free"),
        ("intake", "[\"camp\", \"prison\"]", "centre"),
        ("onward", "\"centre\"", "free"),
        ("flights", "[\"camp\", \"centre\"]", "free"),
    ] {
        programme(tape, &mut text, name, from, to);
    }
    for (name, at, to) in [
        ("storm", "[\"camp\", \"prison\"]", "free"),
        (
            "raid",
            "[\"prison\", \"camp\"]",
            "[{ place = \"away\", share = 0.7 }, { place = \"end\", share = 0.3 }]",
        ),
        ("fire", "\"camp\"", "centre"),
    ] {
        let to = if to.starts_with('[') { to.to_string() } else { format!("\"{to}\"") };
        let share = tape.pick(&["1", "0.4", "{ beta = { mean = 0.3, sd = 0.2 } }"]);
        let when = tape.pick(&["rate = { per_year = 4 }", "on = \"2025-05-10\"", "on = \"2025-05-10\""]);
        let hits =
            if at.starts_with('[') { tape.pick(&["", "hits = \"one\"\n", "hits = 0.6\n"]) } else { "" };
        let _ = write!(text, "[shocks.{name}]\nat = {at}\n{when}\n{hits}share = {share}\nto = {to}\n");
    }
    corrections(tape, &mut text);
    if tape.yes() {
        text += "[variants.more]\nchanges = [{ field = \"programmes.court.seats\", times = 2 }]\n[variants.less]\nchanges = [{ field = \"moves.release.rate\", times = 0.5 }]\n";
    }
    text
}

/// Recounts on the date of shocks and on another one.
fn corrections(tape: &mut Tape, text: &mut String) {
    for (name, at, on) in [("registration", "camp", "2025-05-10"), ("recount", "prison", "2025-08-01")] {
        if tape.below(3) == 0 {
            let count = tape.pick(&["people = 120", "share = 0.8", "share = 1.3"]);
            let ends = tape.pick(&["", "to = \"free\"\n", "from = \"free\"\n"]);
            let _ = write!(text, "[corrections.{name}]\nat = \"{at}\"\non = \"{on}\"\n{count}\n{ends}");
        }
    }
}

/// A programme, if the tape says so; of the court always.
fn programme(tape: &mut Tape, text: &mut String, name: &str, from: &str, to: &str) {
    if name != "court" && tape.below(3) == 0 {
        return;
    }
    let occasions = tape.pick(&["{ every = \"1 month\" }", "{ per_month = 2 }"]);
    let seats = match to {
        "centre" if tape.yes() => "free_places_only = true\n",
        _ => tape.pick(&["seats = 12\n", "seats = 90\n", "seats = { mean = 20, sd = 15 }\n"]),
    };
    // Changes name its seats.
    let seats = if name == "court" { "seats = 40\n" } else { seats };
    let mut terms = String::new();
    for term in [
        "cap_per_year = 70\n",
        "consent = 0.6\n",
        "priority = { category = \"women\" }\n",
        "order = 1\n",
        "who_first = \"longest_waiting\"\n",
        "random_pauses = { rate = { per_year = 3 }, lasts = { mean = \"2 months\" } }\n",
    ] {
        if tape.below(3) == 0 {
            terms += term;
        }
    }
    match tape.below(4) {
        0 => {
            terms += "family = { head = { category = \"women\" }, with = { category = \"children\" }, mean_size = 2.8 }\n"
        }
        1 if name != "court" => {
            terms += "by = \"origin\"\nlines = { a = { cap_per_year = 30 }, b = { consent = 0.9 } }\n"
        }
        _ => {}
    }
    let _ = write!(
        text,
        "[programmes.{name}]\nfrom = {from}\nto = \"{to}\"\noccasions = {occasions}\n{seats}{terms}"
    );
}
