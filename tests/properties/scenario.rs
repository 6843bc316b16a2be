//! Scenarios by a small grammar: sections that can be left out, added and permuted.

/// Decisions, one after the other: a scenario is written by asking them.
pub struct Tape {
    choices: Vec<u32>,
    next: usize,
}

impl Tape {
    /// Decisions from numbers.
    pub fn new(choices: Vec<u32>) -> Tape {
        Tape { choices, next: 0 }
    }

    /// A whole number below a limit.
    pub fn below(&mut self, limit: u32) -> u32 {
        let round = (self.next / self.choices.len()) as u32;
        let choice = self.choices[self.next % self.choices.len()].wrapping_add(round);
        self.next += 1;
        choice % limit
    }

    /// One of some words.
    pub fn pick<'a>(&mut self, options: &[&'a str]) -> &'a str {
        options[self.below(options.len() as u32) as usize]
    }

    /// Yes or no.
    pub fn yes(&mut self) -> bool {
        self.below(2) == 1
    }
}

/// A scenario in sections.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What stands before the first section.
    pub head: String,
    /// The sections: each with its name and what stands under it.
    pub sections: Vec<(String, String)>,
    /// How many dimensions there are: origin, and category.
    pub dimensions: u32,
}

impl Scenario {
    /// A scenario without sections.
    pub fn new(step: &str, horizon: &str) -> Scenario {
        let head = format!(
            "title = \"Generated\"\nstart = \"2025-01\"\nhorizon = \"{horizon}\"\nstep = \"{step}\"\n"
        );
        Scenario { head, sections: Vec::new(), dimensions: 0 }
    }

    /// Adds a section.
    pub fn add(&mut self, name: &str, body: impl Into<String>) {
        self.sections.push((name.to_string(), body.into()));
    }

    /// Whether there is a section of this name.
    pub fn has(&self, name: &str) -> bool {
        self.sections.iter().any(|(section, _)| section == name)
    }

    /// The scenario's text.
    pub fn text(&self) -> String {
        let sections = self.sections.iter().map(|(name, body)| format!("[{name}]\n{}\n", body.trim_end()));
        self.head.clone() + &sections.collect::<String>()
    }

    /// How people are split over the dimensions: `split = ...`, or nothing.
    pub fn split(&self) -> &'static str {
        match self.dimensions {
            0 => "",
            1 => "split = { by = \"origin\", shares = { a = 0.3, b = 0.7 } }",
            _ => {
                "split = [{ by = \"origin\", shares = { a = 0.3, b = 0.7 } }, { by = \"category\", shares = { women = 0.4, children = 0.6 } }]"
            }
        }
    }

    /// A place with people.
    pub fn place(&mut self, name: &str, kind: &str, people: u32, more: &str) {
        let split = self.split();
        let comma = if split.is_empty() { "" } else { ", " };
        let people = match people {
            0 => String::new(),
            people => format!("people = [{{ count = {people}{comma}{split} }}]\n"),
        };
        self.add(&format!("places.{name}"), format!("kind = \"{kind}\"\n{people}{more}"));
    }

    /// Whom something concerns: everybody, or some.
    pub fn who(&self, tape: &mut Tape) -> &'static str {
        match (self.dimensions, tape.below(3)) {
            (0, _) | (_, 0) => "",
            (1, _) | (_, 1) => "who = { origin = \"a\" }\n",
            _ => "who = { category = \"women\" }\n",
        }
    }
}

/// Steps with a horizon that has a few dozen of them at most.
pub const STEPS: [(&str, &str); 4] =
    [("day", "50 days"), ("week", "30 weeks"), ("month", "15 months"), ("quarter", "24 months")];

/// Lengths of stay, with their means in months.
pub const LENGTHS: [(&str, f64); 6] = [
    ("{ exponential = { mean = \"4 months\" } }", 4.0),
    ("{ gamma = { mean = \"4 months\", shape = 4 } }", 4.0),
    ("{ gamma = { mean = \"7 months\", cv = 0.8 } }", 7.0),
    ("{ weibull = { mean = \"5 months\", shape = 1.5 } }", 5.0),
    ("{ lognormal = { mean = \"5 months\", cv = 0.7 } }", 5.0),
    ("{ fixed = \"5.5 months\" }", 5.5),
];

/// People who are held, move, are born, come and go home: mechanisms that are linear in people.
#[expect(clippy::too_many_lines, reason = "a file is written section by section, in the file's order")]
pub fn base(tape: &mut Tape, step: &str, horizon: &str) -> Scenario {
    let mut scenario = Scenario::new(step, horizon);
    scenario.dimensions = tape.below(3);
    if scenario.dimensions > 0 {
        let second = if scenario.dimensions > 1 { "category = [\"women\", \"children\"]\n" } else { "" };
        scenario.add("dimensions", format!("origin = [\"a\", \"b\"]\n{second}"));
    }
    // So many that seats are never more than people.
    scenario.place("camp", "camp", 40_000, "");
    scenario.place("prison", "prison", 2500, "");
    scenario.place("home", "community", 100, "");
    scenario.place("died", "end", 0, "");
    let rate = |tape: &mut Tape| {
        tape.pick(&[
            "{ per_year = 0.2 }",
            "{ per_year = 0.5 }",
            "{ mean_stay = \"25 months\" }",
            "{ monthly_probability = 0.03 }",
        ])
    };
    let hazard = rate(tape);
    scenario.add("moves.death", format!("from = [\"camp\", \"prison\"]\nto = \"died\"\nrate = {hazard}\n"));
    for (name, from, to) in
        [("release", "prison", "home"), ("arrest", "camp", "prison"), ("return", "home", "camp")]
    {
        if tape.yes() {
            let (who, rate) = (scenario.who(tape), rate(tape));
            scenario.add(
                &format!("moves.{name}"),
                format!("from = \"{from}\"\nto = \"{to}\"\n{who}rate = {rate}\n"),
            );
        }
    }
    if tape.yes() {
        let length = LENGTHS[tape.below(6) as usize].0;
        let who = scenario.who(tape);
        scenario.add("stays.sentence", format!("at = \"prison\"\nto = \"home\"\n{who}length = {length}\n"));
    }
    if tape.yes() {
        let come = tape.pick(&["", "dispersion = 3\n", "convoy = 6\n"]);
        let split = scenario.split();
        scenario
            .add("arrivals.intake", format!("to = \"camp\"\n{split}\n{come}rate = {{ per_month = 30 }}\n"));
    }
    if tape.yes() {
        let born = match scenario.dimensions {
            2 => "mothers = { category = \"women\" }\nnewborn = { category = \"children\" }\n",
            _ => "",
        };
        let at = tape.pick(&["\"camp\"", "[\"camp\", \"prison\"]"]);
        scenario.add("births.born", format!("at = {at}\n{born}rate = {{ per_year = 0.3 }}\n"));
    }
    if tape.yes() {
        let (who, occasions) =
            (scenario.who(tape), tape.pick(&["{ every = \"1 month\" }", "{ per_month = 1.5 }"]));
        scenario.add(
            "programmes.flights",
            format!("from = \"camp\"\nto = \"home\"\n{who}occasions = {occasions}\nseats = 15\n"),
        );
    }
    if tape.yes() {
        let when = tape.pick(&["on = \"2025-02-01\"", "rate = { per_year = 1 }"]);
        scenario.add("shocks.unrest", format!("at = \"prison\"\n{when}\nshare = 0.05\nto = \"home\"\n"));
    }
    scenario.add("costs", "currency = \"USD\"\n");
    scenario.add("costs.places.camp", "per_person_month = 12.5\nfixed_per_month = 300\n");
    scenario.add("costs.moves.death", "per_person = 70\n");
    scenario.add("outcomes.months", "people = { at = \"camp\" }\ntake = \"person_months\"\n");
    scenario.add("outcomes.deaths", "flow = { by = \"moves.death\" }\n");
    scenario
}
