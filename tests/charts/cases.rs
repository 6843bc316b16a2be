//! Cases in which a chart once said something else than the table, each a scenario that is simulated.

use super::chart_promises::texts;
use super::{checked_of, named};
use repatria::internals::calendar::Calendar;
use repatria::internals::engine::compile;
use repatria::internals::ensemble::answer::{Answer, BASELINE, VariantAnswer};
use repatria::internals::ensemble::{Ensemble, Track, Unwatched};
use repatria::internals::output::chart::spec::{Panel, Spec};
use repatria::internals::output::chart::{self, Chart};
use repatria::internals::scenario::{Source, load};

/// What a scenario and its variants come to.
fn answer(text: &str, replicates: u64) -> Answer {
    answer_of(&Source::new("case.toml", text), replicates)
}

fn answer_of(source: &Source, replicates: u64) -> Answer {
    let (loaded, _) = load(source).unwrap_or_else(|problems| panic!("{problems}"));
    let models = std::iter::once((BASELINE, "the baseline", &loaded.baseline));
    let variants = loaded.variants.iter().map(|it| (it.name.as_str(), it.label.as_str(), &it.model));
    let models: Vec<_> = models.chain(variants).collect();
    let programs: Vec<_> = models.iter().map(|(.., model)| compile(model)).collect();
    let tracks: Vec<Track> =
        programs.iter().zip(&models).map(|(program, (name, ..))| Track::new(name, program)).collect();
    let mut ensemble = Ensemble::new(&tracks, 0, 1, 2).unwrap();
    ensemble.add(0..replicates, &Unwatched).unwrap();
    let variants = models.iter().zip(ensemble.summaries()).map(|((name, label, model), summary)| {
        VariantAnswer { name: (*name).into(), label: (*label).into(), model: (*model).clone(), summary }
    });
    Answer {
        variants: variants.collect(),
        against: 0,
        comparisons: ensemble.comparisons(),
        attributions: Vec::new(),
        precision: Vec::new(),
    }
}

fn specs(text: &str, replicates: u64) -> Vec<Spec> {
    let answer = answer(text, replicates);
    checked_of(&answer);
    chart::specs(&answer)
}

fn spec<'s>(specs: &'s [Spec], name: &str) -> &'s Spec {
    specs.iter().find(|spec| spec.name == name).unwrap_or_else(|| panic!("no {name}"))
}

fn panel<'s>(specs: &'s [Spec], name: &str, title: &str) -> &'s Panel {
    let all = &spec(specs, name).panels;
    all.iter().find(|panel| panel.title == title).unwrap_or_else(|| panic!("no {title} in {name}"))
}

fn words(chart: &Chart) -> Vec<String> {
    texts(chart).into_iter().map(|text| text.words).collect()
}

const HEAD: &str = "title = \"A case\"\nstart = \"2025-01\"\nstep = \"month\"\n";
const CAMP: &str =
    "[places.camp]\nkind = \"camp\"\npeople = [{ count = 1000 }]\n[places.home]\nkind = \"community\"\n";

/// Children from afar in the camp: 1,000 at the start, a quarter of everybody there.
fn children_from_afar(record: &str) -> String {
    format!(
        r#"{HEAD}horizon = "3 years"
[dimensions]
origin = ["near", "far"]
age = ["adults", "children"]
[places.camp]
kind = "camp"
people = [{{ count = 4000, split = [{{ by = "origin", shares = {{ near = 0.5, far = 0.5 }} }}, {{ by = "age", shares = {{ adults = 0.5, children = 0.5 }} }}] }}]
[places.prison]
kind = "prison"
people = [{{ who = {{ age = "adults", origin = "near" }}, count = 8000 }}]
[places.home]
kind = "community"
[programmes.flights]
from = "camp"
to = "home"
who = {{ origin = "far" }}
occasions = {{ every = "1 month" }}
seats = 20
[outcomes.children]
label = "Children from afar in the camp"
people = {{ at = "camp", who = {{ origin = "far", age = "children" }} }}
[variants.twice]
label = "Twice the seats"
changes = [{{ field = "programmes.flights.seats", times = 2, from = "2026-01" }}]
{record}"#
    )
}

#[test]
fn the_chart_of_variants_ends_where_the_first_outcome_does() {
    let text = children_from_afar("");
    let answer = answer(&text, 40);
    let difference = answer.comparisons[0].outcomes[0].difference.unwrap().mean;
    assert!((difference + 240.0).abs() < 6.0, "{difference}");
    let specs = chart::specs(&answer);
    let variants = spec(&specs, "variants");
    assert!(variants.title.starts_with("Camp, far, children"), "{}", variants.title);
    let [levels, differences] = variants.panels.as_slice() else { panic!("two panels") };
    assert_eq!(levels.unit_words, "people");
    assert_eq!(differences.labels[0].at, difference);
}

/// The chart of variants once drew everybody who is held, whatever the first outcome.
#[test]
fn variants_chart_draws_everybody_held() {
    let answer = answer(&children_from_afar(""), 20);
    let charts = checked_of(&answer);
    let chart = named(&charts, "variants");
    let said = words(chart).join(" ");
    assert!(!said.contains("Everybody held"), "{said}");
    assert!(!chart.alt.contains("Everybody held"), "{}", chart.alt);
    // Of 1,000 children from afar, not of 12,000 people.
    let specs = chart::specs(&answer);
    let levels = &spec(&specs, "variants").panels[0];
    let points = levels.lines.iter().flat_map(|line| line.runs.iter().flatten());
    let highest = points.map(|(_, people)| *people).fold(0.0, f64::max);
    assert_eq!(highest, 1000.0);
}

#[test]
fn without_its_series_the_chart_of_variants_has_the_outcome_and_no_line() {
    let specs = specs(&children_from_afar("[record]\ncells = false\n"), 40);
    let variants = spec(&specs, "variants");
    assert!(variants.title.starts_with("Children from afar in the camp"), "{}", variants.title);
    let [levels, differences] = variants.panels.as_slice() else { panic!("two panels") };
    assert_eq!(levels.rows, ["Baseline", "Twice the seats"]);
    assert!(levels.lines.is_empty() && levels.dots.len() == 2);
    assert_eq!(differences.rows, ["Twice the seats"]);
    assert!((differences.dots[0].at.0 + 240.0).abs() < 6.0, "{:?}", differences.dots[0].at);
}

#[test]
fn a_probability_first_is_drawn_by_itself() {
    let text = format!(
        "{HEAD}horizon = \"2 years\"\n{CAMP}[shocks.attack]\nat = \"camp\"\nto = \"home\"\nrate = {{ per_year = 0.3 }}\nshare = 0.5\n[outcomes.any]\nlabel = \"Any attack\"\nevents = \"shocks.attack\"\nabove = 0\n[variants.guards]\nlabel = \"Guards\"\nchanges = [{{ field = \"shocks.attack.rate\", times = 0.5 }}]\n"
    );
    let specs = specs(&text, 200);
    let levels = &spec(&specs, "variants").panels[0];
    let repatria::internals::output::chart::spec::Across::Numbers { words, .. } = &levels.across else {
        panic!()
    };
    assert_eq!(words, "% of replicates");
    assert!(levels.dots.iter().all(|dot| (0.0..=100.0).contains(&dot.at.0)));
}

/// Two variants that begin on the dates of each other and of a policy.
fn changes_on_one_date(labels: [&str; 2]) -> String {
    let [one, other] = labels;
    format!(
        r#"{HEAD}horizon = "6 years"
{CAMP}[programmes.flights]
label = "Flights home"
from = "camp"
to = "home"
occasions = {{ every = "2 months" }}
seats = 20
pauses = [{{ from = "2026-03", until = "2026-09" }}]
[moves.leave]
from = "camp"
to = "home"
rate = {{ per_year = 0.1 }}
[policies.court]
label = "A court sits"
from = "2027-01"
changes = [{{ field = "moves.leave.rate", times = 1.5 }}]
[variants.twice]
label = "{one}"
changes = [{{ field = "programmes.flights.occasions", times = 2, from = "2027-01" }}]
[variants.paused]
label = "{other}"
based_on = "twice"
changes = [{{ field = "programmes.flights.occasions", times = 0, from = "2028-01", until = "2029-01" }}]
"#
    )
}

/// The letters that stand alone or in a list, as labels of dates do.
fn letters(words: &[String]) -> Vec<char> {
    let lists = words.iter().filter(|words| words.split(", ").all(|it| it.len() == 1 && it.is_ascii()));
    let mut letters: Vec<char> =
        lists.flat_map(|list| list.chars()).filter(char::is_ascii_uppercase).collect();
    letters.sort_unstable();
    letters.dedup();
    letters
}

#[test]
fn every_date_has_its_name_or_a_letter_that_the_key_explains() {
    let short = ["Twice the flights from 2027", "Twice the flights, and a pause in 2028"];
    let long = [
        "Twice the flights from the beginning of the year of 2027, and thereafter",
        "The same with a long pause of a whole year in 2028, and thereafter the same again",
    ];
    for labels in [short, long] {
        let answer = answer(&changes_on_one_date(labels), 10);
        let charts = checked_of(&answer);
        let words = words(named(&charts, "variants"));
        let all = words.join(" ");
        let drawn = letters(&words);
        let names = ["A court sits", "Flights home: paused"];
        assert!(names.iter().all(|name| all.contains(name)), "{all}");
        if labels == long {
            assert!(!drawn.is_empty(), "there is no room for such names");
        }
        if !drawn.is_empty() {
            let count = u8::try_from(drawn.len()).unwrap();
            let explained: Vec<char> = (0..count).map(|letter| char::from(b'A' + letter)).collect();
            assert_eq!(drawn, explained);
            assert!(explained.iter().all(|letter| all.contains(&format!("{letter} "))), "{all}");
            assert!(!all.contains(&format!("{} ", char::from(b'A' + count))), "{all}");
        }
    }
}

/// A variant based on another, with a pause: the key once explained two of the three letters that stood at dates.
#[test]
fn variant_marker_c_missing() {
    let text = r#"extends = "two_prisons.toml"
[variants.twice]
label = "Twice the flights from 2027"
changes = [{ field = "programmes.flights.occasions", times = 2, from = "2027-01" }]
[variants.twice_and_pause]
label = "Twice the flights, and a pause in 2028"
based_on = "twice"
changes = [{ field = "programmes.flights.occasions", times = 0, from = "2028-01", until = "2029-01" }]
"#;
    let base = include_str!("../../scenarios/two_prisons_and_a_camp.toml");
    let source = Source::new("case.toml", text).with_file("two_prisons.toml", base);
    let charts = checked_of(&answer_of(&source, 4));
    let words = words(named(&charts, "variants"));
    let all = words.join(" ");
    let (drawn, mut next) = (letters(&words), 'A');
    for letter in &drawn {
        assert_eq!(*letter, next, "{all}");
        assert!(all.contains(&format!("{letter} ")), "{letter} is not explained: {all}");
        next = char::from(next as u8 + 1);
    }
    // "A court sits" begins as a letter that stands for it would.
    assert!(
        next == 'A' || !all.contains(&format!(" {next} ")),
        "{next} is explained and nowhere drawn: {all}"
    );
    for date in ["Twice the flights from 2027", "Twice the flights, and a pause in 2028", "A court sits"] {
        assert!(all.contains(date), "{date}: {all}");
    }
}

/// Rare mass escapes: most replicates have none.
fn rare_escapes() -> String {
    format!(
        r#"{HEAD}horizon = "3 years"
[places.prison]
kind = "prison"
people = [{{ count = 5000 }}]
[places.at_large]
kind = "at_large"
[places.home]
kind = "community"
[moves.rec]
from = "at_large"
to = "prison"
rate = {{ mean_stay = "4 months" }}
[moves.x]
from = "prison"
to = "home"
rate = {{ per_year = 0.001 }}
[shocks.s]
at = "prison"
rate = {{ per_year = 0.04 }}
share = {{ beta = {{ mean = 0.6, sd = 0.2 }} }}
to = "at_large"
[costs]
currency = "USD"
[costs.shocks.s]
per_person = 1000
[outcomes.esc]
flow = {{ by = "shocks.s" }}
[variants.fewer]
changes = [{{ field = "shocks.s.rate", times = 0.5 }}]
"#
    )
}

#[test]
fn a_line_lies_in_its_own_band_and_the_subtitle_says_which() {
    // What is drawn is held against the promises in `specs`.
    let specs = specs(&rare_escapes(), 200);
    for name in ["flows_per_step", "costs_to_date", "variants"] {
        let [_, how] = &spec(&specs, name).subtitle;
        assert!(how.contains("lines are means, bands are ± 1.96 standard errors"), "{name}: {how}");
    }
    let costs = &spec(&specs, "costs_to_date").panels[0];
    assert!(costs.labels[0].at > 1000.0 && costs.labels[0].note.starts_with("± "), "{:?}", costs.labels);
    let [_, how] = &spec(&specs, "population_by_place").subtitle;
    assert!(how.contains("lines are medians, bands hold 50 % and 90 % of them"), "{how}");
}

#[test]
fn what_cannot_happen_in_a_variant_is_not_marked() {
    let text = |share: &str, times: &str, seats: &str| {
        format!(
            "{HEAD}horizon = \"3 years\"\n{CAMP}[shocks.flood]\nlabel = \"Flood\"\nat = \"camp\"\nto = \"home\"\non = \"2026-03\"\nshare = {share}\n[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ per_year = 0.2 }}\n[policies.court]\nlabel = \"A court\"\nfrom = \"2026-06\"\nchanges = [{{ field = \"moves.leave.rate\", times = {times} }}]\n[programmes.flights]\nlabel = \"Flights\"\nfrom = \"camp\"\nto = \"home\"\noccasions = {{ every = \"1 month\" }}\nseats = {seats}\npauses = [{{ from = \"2027-01\", until = \"2027-04\" }}]\n"
        )
    };
    let marks = |text: &str| -> Vec<String> {
        let specs = chart::specs(&answer(text, 5));
        panel(&specs, "population_by_place", "Camp").marks.iter().map(|mark| mark.label.clone()).collect()
    };
    assert_eq!(marks(&text("0.1", "2", "10")), ["Flood", "A court", "Flights: paused"]);
    assert!(marks(&text("0", "1", "0")).is_empty());
}

#[test]
fn a_rate_stops_where_nobody_is_left() {
    let text = format!(
        "{HEAD}horizon = \"6 years\"\n{CAMP}[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ per_year = 6 }}\ncounts_as = \"release\"\n"
    );
    let specs = specs(&text, 50);
    let rate = &spec(&specs, "release_rate").panels[0];
    let last = rate
        .lines
        .iter()
        .flat_map(|line| line.runs.iter().flatten())
        .map(|point| point.0)
        .fold(0.0, f64::max);
    // After 2.5 years there is less than a thousandth of a person.
    assert!((600.0..1100.0).contains(&last), "the rate ends on day {last}");
    assert!(spec(&specs, "release_rate").footer.iter().any(|note| note.contains("under one person-year")));
}

#[test]
fn flows_of_days_and_weeks_are_drawn_by_month() {
    for step in ["day", "week"] {
        let text = format!(
            "title = \"A case\"\nstart = \"2025-01\"\nstep = \"{step}\"\nhorizon = \"2 years\"\n{CAMP}[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ per_year = 0.3 }}\n"
        );
        let answer = answer(&text, 10);
        let per_step = &answer.first().summary.flows[0].per_step;
        let specs = chart::specs(&answer);
        let flows = spec(&specs, "flows_per_step");
        assert_eq!(flows.title, "How many people move each month, and how");
        let panel = &flows.panels[0];
        assert_eq!(panel.unit_words, "people per month");
        let drawn: Vec<f64> = panel.lines[0].runs[0].iter().map(|point| point.1).collect();
        let calendar: &Calendar = &answer.first().model.calendar;
        assert_eq!(drawn.len(), if calendar.end().year() == 2027 { 24 } else { 23 }, "{step}");
        if step == "day" {
            let january: f64 = per_step[..31].iter().map(|stat| stat.mean).sum();
            assert!((drawn[0] - january).abs() < 1e-9);
        }
    }
}

#[test]
fn no_panel_is_empty() {
    let text = format!(
        "{HEAD}horizon = \"2 years\"\n{CAMP}[places.annex]\nkind = \"prison\"\n[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ per_year = 0.3 }}\n[moves.out]\nfrom = \"annex\"\nto = \"home\"\nrate = {{ per_year = 0.3 }}\ncounts_as = \"release\"\n"
    );
    // Their panels are looked at in `specs`.
    let specs = specs(&text, 10);
    let names: Vec<&str> = specs.iter().map(|spec| spec.name.as_str()).collect();
    assert_eq!(names, ["population_by_place", "flows_per_step"]);
    assert!(specs[0].footer.iter().any(|note| note.contains("not shown: annex")), "{:?}", specs[0].footer);
}

#[test]
fn ends_of_lines_at_one_point_have_one_label() {
    let variants: String = (0..6)
        .map(|index| {
            format!(
                "[variants.v{index}]\nchanges = [{{ field = \"moves.leave.rate\", times = 1.{index} }}]\n"
            )
        })
        .collect();
    let text = format!(
        "{HEAD}horizon = \"3 years\"\n{CAMP}[places.prison]\nkind = \"prison\"\npeople = [{{ count = 77 }}]\n[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ per_year = 0.3 }}\n{variants}"
    );
    let charts = checked_of(&answer(&text, 10));
    let words = words(named(&charts, "variants_by_place"));
    assert_eq!(words.iter().filter(|words| *words == "77").count(), 1, "{words:?}");
}

#[test]
fn charts_of_generated_scenarios_keep_all_promises() {
    let mut random: u32 = 12;
    let mut next = || {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        random >> 8
    };
    for _ in 0..8 {
        let choices = (0..64).map(|_| next()).collect();
        let text = super::generated::scenario(&mut super::generated::Tape { choices, next: 0 });
        let one = checked_of(&answer(&text, 20));
        assert!(!one.is_empty(), "{text}");
        // The same with variants, one of them without effect.
        let rate = "changes = [{ field = \"parameters.will\", times";
        let text = format!(
            "{text}\n[variants.halved]\n{rate} = 0.5 }}]\n[variants.doubled]\n{rate} = 2 }}]\n[variants.unchanged]\n{rate} = 1 }}]\n"
        );
        checked_of(&answer(&text, 20));
    }
}
