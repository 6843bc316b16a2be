//! Promise: all mistakes of a file are named at once, and none that follows from another.
//!
//! Mistakes that do not depend on each other are planted into a good file, any number of them; the messages are those of the
//! mistakes, each once and nothing else.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use proptest::sample::subsequence;
use repatria::internals::cli::render::render;
use repatria::internals::scenario::{Diagnostics, Source, load};
use repatria::internals::study::{Inputs, read};

/// What is written, what is written instead, and words of the message.
type Mistake = (&'static str, &'static str, &'static str);

const SCENARIO: &str = r#"title = "Many things"
question = "What is wrong?"
start = "2025-01"
horizon = "6 years"
step = "month"
replicates = 100
seed = 4

[dimensions]
age = ["adult", "child"]
origin = ["local", "foreign"]
sex = ["men", "women"]

[parameters.will]
value = 0.5
range = [0, 1]
[parameters.speed]
value = "0.1 * will"
[parameters.chance]
value = 0.1
distribution = { normal = { mean = 0.1, sd = 0.01 } }

[places.prison]
kind = "prison"
capacity = 500
[places.camp]
kind = "camp"
people = [
  { who = { age = "adult", origin = "local", sex = "men" }, count = 100 },
  { who = { age = "adult", origin = "local", sex = "women" }, count = 100 },
]
[places.remand]
kind = "prison"
label = "Remand"
[places.court]
kind = "centre"
capacity = 40
when_full = "refuse"
[places.closing]
kind = "camp"
closes = { on = "2026-03", over = "6 months", to = "camp" }
[places.home]
kind = "community"
[places.gone]
kind = "end"

[arrivals.newcomers]
to = "camp"
who = { age = "adult", origin = "local", sex = "women" }
rate = { per_month = 10 }
[arrivals.arrests]
to = "prison"
who = { age = "adult", origin = "local", sex = "men" }
rate = { per_month = "100 * speed", season = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] }

[births.camp]
at = "camp"
mothers = { age = "adult", sex = "women" }
newborn = { age = "child" }
rate = { per_year = 0.05 }

[ageing.older]
who = { age = "child" }
becomes = { age = "adult" }
rate = { mean_stay = "9 years" }

[moves.leave]
from = "camp"
to = "home"
rate = { per_year = 0.1 }
[moves.back]
from = "home"
to = "camp"
rate = { per_month = 0.1 }
[moves.charge]
from = "remand"
to = "court"
rate = { per_month = 0.4 }
[moves.sentence]
from = "court"
to = [{ place = "prison", share = 0.3 }, { place = "home", share = 0.7 }]
rate = { per_month = 0.8 }
[moves.death]
from = "prison"
to = "gone"
rate = { per_year = 0.02 }
counts_as = "death"
[moves.release]
from = "prison"
to = "home"
rate = { per_year = 0.5 }

[stays.remand]
at = "remand"
to = "home"
length = { fixed = "12 months" }

[programmes.flights]
from = "camp"
to = "home"
occasions = { per_year = 4 }
seats = 40
[programmes.buses]
from = "camp"
to = "home"
occasions = { every = "2 months" }
seats = 10

[shocks.escape]
at = "prison"
rate = { per_year = 0.1 }
share = 0.1
to = "gone"
[shocks.flood]
at = "camp"
on = "2026-04"
share = 0.2
to = "home"

[regimes.support]
states = ["steady", "ended"]
initial = "steady"
switches = [{ from = "steady", to = "ended", rate = { per_year = 0.2 } }]
[regimes.support.in.ended]
changes = [{ field = "programmes.buses.seats", times = 0.5 }]

[policies.more]
changes = [{ field = "moves.leave.rate", times = 2, from = "2026-01" }]
[policies.fewer]
changes = [{ field = "moves.release.rate", times = 0.5, from = "2027-01" }]
[policies.crowded]
when = { people = { at = "camp" }, above = 1000 }
changes = [{ field = "programmes.buses.seats", times = 2 }]

[costs]
currency = "USD"
[costs.places.camp]
per_person_month = 30

[outcomes.at_the_end]
people = { at = "camp" }
[outcomes.left]
flow = { by = "moves.leave" }

[variants.base]
changes = [{ field = "moves.back.rate", times = 2 }]
[variants.more]
based_on = "base"
changes = [{ field = "moves.death.rate", times = 2 }]
[variants.less]
remove = ["programmes.flights"]
[variants.new]
[variants.new.add.moves.home]
from = "prison"
to = "home"
rate = { per_year = 0.1 }
"#;

const MISTAKES: [Mistake; 48] = [
    ("question =", "qestion =", "unknown key `qestion` at the top of a scenario"),
    ("\"6 years\"", "\"6 yeers\"", "`6 yeers` is neither"),
    ("replicates = 100", "replicates = \"many\"", "`replicates` is text"),
    ("seed = 4", "seed = -4", "the seed is negative"),
    ("[\"men\", \"women\"]", "[\"men\", \"women\", \"men\"]", "`men` is twice"),
    ("range = [0, 1]", "rnge = [0, 1]", "unknown key `rnge`"),
    ("\"0.1 * will\"", "\"0.1 * wil\"", "no parameter is called `wil`"),
    ("sd = 0.01", "sd = -0.01", "sd"),
    ("kind = \"prison\"\ncapacity", "kind = \"prisn\"\ncapacity", "`places.prison.kind` cannot be `prisn`"),
    ("capacity = 500", "capacity = true", "`places.prison.capacity` is true or false"),
    (
        "age = \"adult\", origin = \"local\", sex = \"men\" }, count = 100 }",
        "age = \"adlt\", origin = \"local\", sex = \"men\" }, count = 100 }",
        "`adlt` is not a value",
    ),
    ("sex = \"women\" }, count = 100 }", "sex = \"women\" }, count = 100.5 }", "100.5 is not a whole number"),
    ("kind = \"prison\"\nlabel = \"Remand\"", "label = \"Remand\"", "`places.remand` lacks `kind`"),
    ("label = \"Remand\"", "label = Remand", "`Remand` is neither a number nor text"),
    ("when_full = \"refuse\"", "when_full = \"refuze\"", "cannot be `refuze`"),
    ("on = \"2026-03\"", "on = \"2026-31\"", "`2026-31` is not a date"),
    ("over = \"6 months\"", "over = 6", "`places.closing.closes.over` is a number"),
    ("to = \"camp\"\nwho", "to = \"capm\"\nwho", "no place is called `capm`"),
    ("rate = { per_month = 10 }", "rate = 10", "`arrivals.newcomers.rate` is a number"),
    ("1, 1, 1] }", "1, 1] }", "`arrivals.arrests.rate.season` has 11 entries"),
    ("mothers = { age = \"adult\", sex", "mothers = { age = \"elder\", sex", "`elder` is not a value"),
    ("[births.camp]\nat = \"camp\"", "[births.camp]\nat = 5", "`births.camp.at` is a number"),
    ("rate = { per_year = 0.05 }", "rate = { per_yr = 0.05 }", "unknown key `per_yr`"),
    ("becomes = { age = \"adult\" }", "becomes = { height = \"adult\" }", "no dimension is called `height`"),
    ("\"9 years\"", "\"9 moons\"", "`moons` is not a unit"),
    ("from = \"camp\"\nto = \"home\"\nrate", "from = \"camp\"\nrate", "`moves.leave` lacks `to`"),
    ("rate = { per_month = 0.1 }", "rate = { per_month = -0.1 }", "is -0.1"),
    ("from = \"remand\"\nto = \"court\"", "from = \"remnd\"\nto = \"court\"", "no place is called `remnd`"),
    ("share = 0.3 }", "share = 0.4 }", "add up to"),
    ("counts_as = \"death\"", "counts_as = 5", "`moves.death.counts_as` is a number"),
    ("rate = { per_year = 0.5 }", "rate = { per_year = 0,5 }", ""),
    ("\"12 months\"", "\"12 moons\"", "`moons` is not a unit"),
    ("seats = 40", "seats = \"forty\"", "no parameter is called `forty`"),
    ("every = \"2 months\"", "every = \"2 monthes\"", "2 monthes"),
    (
        "at = \"prison\"\nrate = { per_year = 0.1 }\nshare = 0.1",
        "at = \"prison\"\nrate = { per_year = 0.1 }",
        "`shocks.escape` lacks `share`",
    ),
    ("on = \"2026-04\"", "on = \"2036-04\"", "2036"),
    ("initial = \"steady\"", "initial = \"stedy\"", "no state is called `stedy`"),
    ("\"moves.leave.rate\"", "\"moves.leeve.rate\"", "no field is called `moves.leeve.rate`"),
    ("from = \"2027-01\"", "from = \"2027-99\"", "`2027-99` is not a date"),
    ("above = 1000", "abov = 1000", "unknown key `abov`"),
    ("currency = \"USD\"", "curency = \"USD\"", "unknown key `curency`"),
    ("[costs.places.camp]", "[costs.places.kamp]", "no place is called `kamp`"),
    ("people = { at = \"camp\" }\n[", "people = { at = \"cmp\" }\n[", "no place is called `cmp`"),
    ("by = \"moves.leave\"", "by = \"moves.leafe\"", "`moves.leafe`"),
    ("based_on = \"base\"", "based_on = \"bse\"", "there is no variant `bse`"),
    ("\"moves.death.rate\"", "\"moves.deth.rate\"", "no field is called `moves.deth.rate`"),
    (
        "remove = [\"programmes.flights\"]",
        "remove = [\"programmes.flihts\"]",
        "no `programmes.flihts` to remove",
    ),
    (
        "from = \"prison\"\nto = \"home\"\nrate = { per_year = 0.1 }",
        "from = \"prison\"\nto = \"hme\"\nrate = { per_year = 0.1 }",
        "no place is called `hme`",
    ),
];

/// The text with mistakes planted.
fn planted(text: &str, mistakes: &[Mistake]) -> String {
    mistakes.iter().fold(text.to_string(), |text, (good, bad, _)| {
        assert!(text.contains(good), "nowhere: {good}");
        // The last, so that short words can stand for the end of the file.
        match text.rfind(good).filter(|_| good.starts_with("from = \"prison\"")) {
            Some(at) => format!("{}{bad}{}", &text[..at], &text[at + good.len()..]),
            None => text.replacen(good, bad, 1),
        }
    })
}

/// Whether the problems are the mistakes, each once.
fn judge(mistakes: &[Mistake], problems: &Diagnostics, drawn: impl Fn() -> String) -> Result<(), String> {
    let mut messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    let mut missing = Vec::new();
    // What may be said in any words comes last.
    let (any, known): (Vec<&Mistake>, Vec<&Mistake>) =
        mistakes.iter().partition(|(.., words)| words.is_empty());
    for (.., words) in known.into_iter().chain(any) {
        match messages.iter().position(|message| message.contains(words)) {
            Some(at) => drop(messages.remove(at)),
            None => missing.push(words),
        }
    }
    if missing.is_empty() && messages.is_empty() {
        return Ok(());
    }
    Err(format!("not named: {missing:#?}\ntoo many: {messages:#?}\n{}", drawn()))
}

fn of_scenario(mistakes: &[Mistake]) -> Result<(), String> {
    // Where a date cannot be read nothing is said of those within it.
    let source = Source::new("mistakes.toml", planted(SCENARIO, mistakes));
    match load(&source) {
        Ok(_) => Err("accepted".into()),
        Err(problems) => judge(mistakes, &problems, || render(&source, &problems, false)),
    }
}

#[test]
fn the_scenario_is_good_without_them() {
    let source = Source::new("good.toml", SCENARIO);
    if let Err(problems) = load(&source) {
        panic!("{}", render(&source, &problems, false));
    }
}

#[test]
fn each_mistake_is_named_alone() {
    let wrong: Vec<String> = MISTAKES.iter().filter_map(|mistake| of_scenario(&[*mistake]).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Without those that hide another on purpose: a horizon that cannot be read, dates beyond it.
#[test]
fn all_mistakes_are_named_at_once() {
    let all: Vec<Mistake> = MISTAKES.into_iter().filter(|(good, ..)| !HIDES.contains(good)).collect();
    of_scenario(&all).unwrap_or_else(|wrong| panic!("{wrong}"));
}

/// A section whose name is misspelt is checked as if it were not.
#[test]
fn what_stands_in_a_misspelt_section_is_checked() {
    let text = SCENARIO.replace("[places.remand]\nkind = \"prison\"", "[place.remand]\nkind = \"prisn\"");
    let text = text.replace("[moves.", "[movs.").replace("from = \"remand\"", "from = \"remnd\"");
    let source = Source::new("mistakes.toml", text.replace("seats = 40", "seats = -40"));
    let problems = load(&source).unwrap_err();
    let expected = [
        ("", "", "unknown key `place`"),
        ("", "", "`place.remand.kind` cannot be `prisn`"),
        ("", "", "unknown key `movs`"),
        ("", "", "no place is called `remnd`"),
        ("", "", "-40"),
    ];
    judge(&expected, &problems, || render(&source, &problems, false))
        .unwrap_or_else(|wrong| panic!("{wrong}"));
}

/// A bracket that is not closed hides nothing but what is in it.
#[test]
fn a_bracket_that_is_not_closed_hides_nothing() {
    let text = SCENARIO.replace("count = 100 },\n]", "count = 100 },\n").replace("seats = 40", "seats = -40");
    let text = text.replace("  { field", "{ field").replace("title = \"Many things\"", "title = Many");
    let text = text.replace("remove = [\"programmes.flights\"]", "remove = [\"programmes.flights\"");
    let source =
        Source::new("mistakes.toml", text.replace("\"moves.release.rate\"", "\"moves.releas.rate\""));
    let problems = load(&source).unwrap_err();
    let expected = [
        ("", "", "a bracket is not closed"),
        ("", "", "`Many` is neither"),
        ("", "", "-40"),
        ("", "", "a bracket is not closed"),
        ("", "", "no field is called `moves.releas.rate`"),
    ];
    judge(&expected, &problems, || render(&source, &problems, false))
        .unwrap_or_else(|wrong| panic!("{wrong}"));
}

/// Slips of the pen hide nothing, and are hidden by nothing: neither by what cannot be read beside them nor by a misspelt key.
#[test]
fn slips_hide_nothing() {
    let mut text = SCENARIO.to_string();
    for (good, bad) in [
        ("title = \"Many things\"", "title: Many things"),
        ("capacity = 500", "capacity = 1,500"),
        ("kind = \"end\"", "knd = ended"),
        ("count = 100 },\n]", "count = 100 },\n"),
        ("seats = 40", "seats = 40%"),
        ("from = \"remand\"", "from = \"remandd\""),
    ] {
        assert!(text.contains(good), "{good}");
        text = text.replacen(good, bad, 1);
    }
    let source = Source::new("mistakes.toml", text);
    let problems = load(&source).unwrap_err();
    let expected = [
        ("", "", "a key and its value have `=` between them"),
        ("", "", "`Many things` is neither"),
        ("", "", "`1,500` is not written as a number"),
        ("", "", "unknown key `knd`"),
        ("", "", "`ended` is neither"),
        ("", "", "a bracket is not closed"),
        ("", "", "`40%` has a percent sign"),
        ("", "", "no place is called `remandd`"),
    ];
    judge(&expected, &problems, || render(&source, &problems, false))
        .unwrap_or_else(|wrong| panic!("{wrong}"));
}

/// A section that is written twice hides nothing.
#[test]
fn a_section_written_twice_hides_nothing() {
    let again = "[moves.back]\nfrom = \"home\"\nto = \"camp\"\nrate = { per_month = 0.2 }\n";
    let text = SCENARIO.replace("[policies.more]", &format!("{again}[policies.more]"));
    let source = Source::new("mistakes.toml", text.replace("seats = 40", "seats = -40"));
    let problems = load(&source).unwrap_err();
    let expected = [("", "", "the section `back` is written twice"), ("", "", "-40")];
    judge(&expected, &problems, || render(&source, &problems, false))
        .unwrap_or_else(|wrong| panic!("{wrong}"));
}

/// Mistakes that another one would hide, or that stand on its line.
const HIDES: [&str; 3] = ["\"6 years\"", "label = \"Remand\"", "share = 0.3 }"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mistakes_are_named_at_once(mistakes in subsequence(MISTAKES.to_vec(), 1..25)) {
        let hides = |good: &str| HIDES.contains(&good);
        let mistakes: Vec<Mistake> = mistakes.into_iter().filter(|(good, ..)| !hides(good)).collect();
        if !mistakes.is_empty() {
            prop_assert!(of_scenario(&mistakes).is_ok(), "{}", of_scenario(&mistakes).unwrap_err());
        }
    }
}

const STUDY: &str = r#"title = "A study"
question = "What matters?"
scenario = "scenario.toml"
variants = ["base", "more"]
replicates = 10
seed = 3
luck = "own"
[design]
kind = "sobol"
points = 8
seed = 2
[factors.leaving]
field = "moves.leave.rate"
times = true
range = [0.5, 2]
log = true
[factors.coming]
field = "arrivals.newcomers.rate"
times = true
range = [0.5, 2]
[factors.hope]
field = "parameters.will"
range = [0.1, 0.9]
[factors.boats]
field = "programmes.buses.seats"
levels = [5, 10, 20]
[factors.risk]
field = "shocks.escape.share"
distribution = { normal = { mean = 0.1, sd = 0.01 } }
[keep]
outcomes = ["left"]
series = "places"
dates = "year"
"#;

const OF_STUDY: [Mistake; 17] = [
    (
        "question = \"What matters?\"",
        "qestion = \"What matters?\"",
        "unknown key `qestion` at the top of a study",
    ),
    ("[\"base\", \"more\"]", "[\"bse\", \"more\"]", "no variant `bse`"),
    ("replicates = 10", "replicates = 0", "that many replicates"),
    ("seed = 3", "seed = -3", "a seed is 0 or more"),
    ("luck = \"own\"", "luck = \"owned\"", "`luck` cannot be `owned`"),
    ("points = 8", "points = 8\nlevels = 3", "has no `levels`"),
    ("seed = 2", "sed = 2", "unknown key `sed`"),
    ("field = \"moves.leave.rate\"", "field = \"moves.leave.rat\"", "no field is called `moves.leave.rat`"),
    (
        "times = true\nrange = [0.5, 2]\n[",
        "times = \"yes\"\nrange = [0.5, 2]\n[",
        "`factors.coming.times` is text",
    ),
    ("range = [0.1, 0.9]", "range = [0.1]", "`factors.hope.range` has 1 entry"),
    ("levels = [5, 10, 20]", "levels = [5, 10, 10]", "the level 10 is there twice"),
    ("field = \"programmes.buses.seats\"\n", "", "`factors.boats` lacks `field`"),
    ("sd = 0.01 } }\n[keep]", "sd = -0.01 } }\n[keep]", "sd"),
    ("outcomes = [\"left\"]", "outcomes = [\"lft\"]", "no outcome `lft`"),
    ("series = \"places\"", "series = places", "`places` is neither"),
    ("dates = \"year\"", "dates = 5", "`keep.dates` is a number"),
    ("kind = \"sobol\"", "kind = \"soboll\"", "`design.kind` cannot be `soboll`"),
];

/// Which hide another: a factor without a field is not looked at further.
const HIDES_IN_STUDY: [&str; 1] = ["field = \"programmes.buses.seats\"\n"];

fn of_study(scenario: &[Mistake], study: &[Mistake]) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    fs_err::write(folder.path().join("scenario.toml"), planted(SCENARIO, scenario)).unwrap();
    let path = folder.path().join("study.toml");
    let source = Source::new("study.toml", planted(STUDY, study));
    let found = Inputs::read(source.clone(), &path).and_then(|(mut inputs, file)| read(&mut inputs, &file));
    match found {
        Ok(_) if scenario.is_empty() && study.is_empty() => Ok(()),
        Ok(_) => Err("accepted".into()),
        Err(problems) => {
            let all: Vec<Mistake> = scenario.iter().chain(study).copied().collect();
            judge(&all, &problems, || render(&source, &problems, false))
        }
    }
}

#[test]
fn the_study_is_good_without_them() {
    of_study(&[], &[]).unwrap_or_else(|wrong| panic!("{wrong}"));
}

#[test]
fn each_mistake_of_a_study_is_named_alone() {
    let wrong: Vec<String> = OF_STUDY.iter().filter_map(|mistake| of_study(&[], &[*mistake]).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn all_mistakes_of_a_study_are_named_at_once() {
    let all: Vec<Mistake> =
        OF_STUDY.into_iter().filter(|(good, ..)| !HIDES_IN_STUDY.contains(good)).collect();
    of_study(&[], &all).unwrap_or_else(|wrong| panic!("{wrong}"));
}

/// What is wrong with the scenario does not hide what is wrong with the study, as far as that does not depend on it.
#[test]
fn mistakes_of_a_study_and_of_its_scenario_are_named_at_once() {
    let own = [OF_STUDY[0], OF_STUDY[2], OF_STUDY[3], OF_STUDY[4], OF_STUDY[5], OF_STUDY[14]];
    of_study(&MISTAKES[8..12], &own).unwrap_or_else(|wrong| panic!("{wrong}"));
}
