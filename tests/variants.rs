//! Promise: a variant is the scenario with what it says is different, and nothing else.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

use repatria::internals::cli::render::render;
use repatria::internals::engine::compile;
use repatria::internals::ensemble::summary::{Summary, Where};
use repatria::internals::ensemble::{Unwatched, simulate};
use repatria::internals::model::{Effect, Layer, Model, Window};
use repatria::internals::scenario::{Diagnostic, ScenarioVariants, Source, load};

const CAMP: &str = r#"
title = "A camp"
start = "2025-01"
horizon = "5 years"
step = "month"
[dimensions]
category = ["men", "women"]
[parameters.will]
value = 1
source = "a test"
[places.camp]
kind = "camp"
people = [{ who = { category = "men" }, count = 400 }, { who = { category = "women" }, count = 500 }]
[places.home]
kind = "community"
[places.town]
kind = "community"
[moves.leave]
from = "camp"
to = "home"
rate = { per_year = "0.2 * will" }
[moves.return]
from = "home"
to = "camp"
rate = { per_year = 0.05 }
[programmes.flights]
from = "camp"
to = "home"
label = "Flights home"
occasions = { per_year = 6 }
seats = 10
"#;

fn source(variants: &str) -> Source {
    Source::new("camp.toml", format!("{CAMP}{variants}"))
}

fn of(source: &Source) -> (ScenarioVariants, Vec<Diagnostic>) {
    load(source).unwrap_or_else(|problems| panic!("{}", render(source, &problems, false)))
}

fn scenario(variants: &str) -> ScenarioVariants {
    of(&source(variants)).0
}

fn warnings(variants: &str) -> Vec<(String, String)> {
    let (_, warnings) = of(&source(variants));
    warnings.into_iter().map(|warning| (warning.message, warning.label)).collect()
}

fn refused(source: &Source) -> String {
    match load(source) {
        Ok(_) => panic!("accepted: {}", source.text),
        Err(problems) => render(source, &problems, false),
    }
}

fn fingerprint(model: &Model) -> String {
    compile(model).fingerprint()
}

fn labels(scenario: &ScenarioVariants, variant: &str) -> Vec<String> {
    scenario.variant(variant).unwrap().parts.iter().map(|part| part.label.clone()).collect()
}

fn run(model: &Model) -> Summary {
    simulate(&compile(model), 1, 0..100, 2, &Unwatched).unwrap()
}

/// The people of the camp, to the last digit.
fn camp(summary: &Summary) -> String {
    let series = summary.people.iter().filter(|series| series.place == Where::Place(0));
    series.map(|series| format!("{:?}", series.points)).collect()
}

#[test]
fn variants_leave_the_scenario_as_it_is() {
    let alone = scenario("");
    let with = scenario(
        r#"
[variants.twice]
label = "Twice the flights"
question = "What would twice the flights change?"
changes = [{ field = "programmes.flights.occasions", times = 2 }]
[variants.not_at_all]
remove = ["programmes.flights"]
"#,
    );
    assert_eq!(fingerprint(&alone.baseline), fingerprint(&with.baseline));
    assert!(alone.variants.is_empty());
    let names: Vec<&str> = with.variants.iter().map(|variant| variant.name.as_str()).collect();
    assert_eq!(names, ["twice", "not_at_all"]);
    let twice = with.variant("twice").unwrap();
    assert_eq!(twice.label, "Twice the flights");
    assert_eq!(twice.question.as_deref(), Some("What would twice the flights change?"));
    assert_eq!(with.variant("not_at_all").unwrap().label, "Not at all");
    assert_ne!(fingerprint(&twice.model), fingerprint(&with.baseline));
}

#[test]
fn a_variant_equal_to_the_scenario_has_its_very_results() {
    let scenario = scenario(
        r#"
[variants.same]
changes = [
  { field = "programmes.flights.occasions", times = 1 },
  { field = "programmes.flights.seats", set = 10 },
  { field = "parameters.will", times = 1 },
]
[variants.again]
remove = ["programmes.flights"]
[variants.again.add.programmes.flights]
from = "camp"
to = "home"
label = "Flights home"
occasions = { per_year = 6 }
seats = 10
"#,
    );
    let baseline = run(&scenario.baseline);
    for variant in &scenario.variants {
        let summary = run(&variant.model);
        assert_eq!(format!("{:?}", summary.people), format!("{:?}", baseline.people), "{}", variant.name);
        assert_eq!(format!("{:?}", summary.flows), format!("{:?}", baseline.flows), "{}", variant.name);
    }
}

#[test]
fn a_dated_change_leaves_every_draw_before_it_alone() {
    let scenario = scenario(
        r#"
[variants.late]
changes = [
  { field = "programmes.flights.occasions", times = 3, from = "2027-07" },
  { field = "parameters.will", set = 2, from = "2027-07" },
  { field = "moves.exit.rate", times = 0, until = "2027-07" },
]
[variants.late.add.moves.exit]
from = "camp"
to = "town"
rate = { per_year = 0.5 }
"#,
    );
    let late = run(&scenario.variants[0].model);
    let baseline = run(&scenario.baseline);
    for (one, other) in late.people.iter().zip(&baseline.people) {
        assert_eq!(one.place, other.place);
        // Point n is what there is at the start of step n.
        assert_eq!(format!("{:?}", &one.points[..=30]), format!("{:?}", &other.points[..=30]));
    }
    assert_ne!(camp(&late), camp(&baseline));
}

#[test]
fn mechanisms_that_are_added_or_removed_leave_others_their_luck() {
    let scenario = scenario(
        r#"
[variants.elsewhere]
remove = ["moves.return"]
[variants.elsewhere.add.places.island]
kind = "camp"
people = [{ who = { category = "men" }, count = 100 }]
[variants.elsewhere.add.moves.drift]
from = "island"
to = "town"
rate = { per_year = 1 }
"#,
    );
    let without = r#"
[variants.without]
remove = ["moves.return"]
"#;
    let one = run(&scenario.variants[0].model);
    let other = run(&self::scenario(without).variants[0].model);
    assert_eq!(camp(&one), camp(&other));
}

#[test]
fn changes_without_dates_hold_from_the_start_and_come_before_policies() {
    let scenario = scenario(
        r#"
[policies.court]
from = "2026-01"
changes = [{ field = "moves.return.rate", set = 0.1 }]
[variants.more]
changes = [
  { field = "moves.return.rate", set = 0.2 },
  { field = "programmes.flights.seats", times = 2, from = "2026-01", until = "2027-01", ramp = "6 months" },
]
"#,
    );
    let changes = &scenario.variants[0].model.changes;
    let whole = Window { from: 0, until: None, ramp: 0.0 };
    assert_eq!((changes[0].effect, &changes[0].layer), (Effect::Set, &Layer::Variant { window: whole }));
    assert!(matches!(changes[1].layer, Layer::Policy { .. }));
    let window = Window { from: 12, until: Some(24), ramp: 6.0 };
    assert_eq!((changes[2].effect, &changes[2].layer), (Effect::Times, &Layer::Variant { window }));
}

#[test]
fn a_parameter_changed_without_dates_is_another_from_before_the_start() {
    let more = r#"
[parameters.months]
value = 24
source = "a test"
[parameters.guests]
value = "10 * will"
source = "a test"
[places.hotel]
kind = "community"
people = [{ who = { category = "men" }, count = "guests" }]
[stays.term]
at = "hotel"
length = { fixed = "months months" }
to = "town"
[policies.later]
from = "2026-01"
changes = [{ field = "parameters.will", times = 3 }]
[variants.v]
changes = [{ field = "parameters.months", set = 12 }, { field = "parameters.will", times = 2 }]
"#;
    let varied = scenario(more);
    let written = CAMP.replace("value = 1\n", "value = 2\n") + &more.replace("value = 24", "value = 12");
    let written = of(&Source::new("camp.toml", written.split("[variants.v]").next().unwrap())).0;
    let (one, other) = (run(&varied.variants[0].model), run(&written.baseline));
    assert_eq!(format!("{:?}{:?}", one.people, one.flows), format!("{:?}{:?}", other.people, other.flows));
    assert_ne!(camp(&run(&varied.baseline)), camp(&other));
    assert!(warnings(more).iter().all(|(message, _)| !message.contains("does not follow")));
}

#[test]
fn numbers_are_checked_in_a_variant() {
    let share = "[parameters.part]\nvalue = 0.5\nsource = \"a test\"\n[births.b]\nat = \"camp\"\nmothers = { category = \"women\" }\nnewborn = [{ category = \"men\", share = \"part\" }, { category = \"women\", share = \"1 - part\" }]\nrate = { per_year = 0.1 }\n";
    let drawn = refused(&source(&format!(
        "{share}[variants.v]\nchanges = [{{ field = \"parameters.part\", set = 1.5 }}]\n"
    )));
    assert!(drawn.contains("in the variant `v`: `births.b.newborn.0.share` is 1.5"), "{drawn}");
}

#[test]
fn a_stay_changes_in_a_variant_as_by_a_policy() {
    let stay = "[stays.term]\nat = \"camp\"\nlength = { fixed = \"2 years\" }\nto = \"home\"\n";
    let change = "changes = [{ field = \"stays.term\", set = { fixed = \"1 year\" }, from = \"2026-01\" }]\n";
    let by_variant = scenario(&format!("{stay}[variants.v]\n{change}"));
    let by_policy = scenario(&format!("{stay}[policies.p]\n{change}"));
    let stay = |model: &Model| format!("{:?}", model.stays[0].changes).replace("policies.p", "variants.v");
    assert_eq!(stay(&by_variant.variants[0].model), stay(&by_policy.baseline));
    assert!(by_variant.baseline.stays[0].changes.is_empty());
}

#[test]
fn based_on_takes_over_everything() {
    let scenario = scenario(
        r#"
[variants.more]
based_on = "twice"
changes = [{ field = "programmes.flights.seats", times = 3 }]
[variants.twice]
changes = [{ field = "programmes.flights.occasions", times = 2 }]
remove = ["moves.return"]
[variants.most]
based_on = "more"
[variants.most.add.moves.exit]
from = "camp"
to = "town"
rate = { per_year = 0.5 }
"#,
    );
    let most = scenario.variant("most").unwrap();
    assert_eq!(most.based_on, ["more"]);
    let moves: Vec<&str> = most.model.moves.iter().map(|way| way.name.as_str()).collect();
    assert_eq!((moves, most.model.changes.len()), (vec!["leave", "exit"], 2));
    assert_eq!(
        labels(&scenario, "most"),
        ["without Return", "Flights home: occasions × 2", "Flights home: seats × 3", "with Exit"]
    );
}

/// The variants `a` and `b` come first, in this order, each with what it is based on, and none twice.
#[test]
fn based_on_several_lays_each_once() {
    let variants = |of_both: &str| {
        format!(
            r#"
[variants.both]
based_on = {of_both}
changes = [{{ field = "moves.return.rate", times = 2, part = "both" }}]
[variants.a]
based_on = "root"
changes = [{{ field = "programmes.flights.seats", set = 20, part = "a" }}]
[variants.b]
based_on = "root"
changes = [{{ field = "programmes.flights.seats", set = 30, part = "b" }}]
[variants.root]
changes = [{{ field = "moves.leave.rate", times = 2, part = "root" }}]
"#
        )
    };
    let ab = scenario(&variants(r#"["a", "b"]"#));
    assert_eq!(labels(&ab, "both"), ["root", "a", "b", "both"]);
    assert_eq!(ab.variant("both").unwrap().based_on, ["a", "b"]);
    let ba = scenario(&variants(r#"["b", "root", "a"]"#));
    assert_eq!(labels(&ba, "both"), ["root", "b", "a", "both"]);
    assert_ne!(
        fingerprint(&ab.variant("both").unwrap().model),
        fingerprint(&ba.variant("both").unwrap().model),
        "the last `set` holds"
    );
    // A list of one is the one, and nothing more than several variants is a variant.
    let one = scenario(&variants(r#"["a"]"#));
    let plain = scenario(&variants(r#""a""#));
    assert_eq!(
        fingerprint(&one.variant("both").unwrap().model),
        fingerprint(&plain.variant("both").unwrap().model)
    );
    let nothing_more =
        variants(r#"["a", "b"]"#).replace("changes = [{ field = \"moves.return.rate\"", "remove = []\n#");
    assert_eq!(labels(&scenario(&nothing_more), "both"), ["root", "a", "b"]);
}

#[test]
fn variants_that_do_not_go_together_say_so_once() {
    let removed = r#"
[variants.a]
remove = ["programmes.flights"]
[variants.b]
remove = ["programmes.flights"]
[variants.c]
changes = [{ field = "programmes.flights.seats", times = 2 }]
"#;
    let both = scenario(&format!("{removed}[variants.both]\nbased_on = [\"a\", \"b\"]\n"));
    assert_eq!(
        fingerprint(&both.variant("both").unwrap().model),
        fingerprint(&both.variant("a").unwrap().model)
    );
    for (names, said) in [
        (r#"["c", "a"]"#, "in the variant `both`: `c` changes `programmes.flights.seats`, which `a` removes"),
        (r#"["a", "c"]"#, "in the variant `both`: `programmes.flights.seats` is changed and removed at once"),
    ] {
        let text = refused(&source(&format!("{removed}[variants.both]\nbased_on = {names}\n")));
        assert_eq!(text.matches("error[").count(), 1, "{text}");
        assert!(text.contains(said), "{text}");
    }
    // What is wrong with one of them is said of that one.
    let wrong = removed.replace(
        "remove = [\"programmes.flights\"]\n[variants.b]",
        "remove = [\"programmes.fligths\"]\n[variants.b]",
    );
    let text = refused(&source(&format!("[variants.both]\nbased_on = [\"a\", \"b\"]\n{wrong}")));
    assert_eq!(text.matches("error[").count(), 1, "{text}");
    assert!(!text.contains("in the variant"), "{text}");
}

/// An exercise is there to be read: the scenario and its variants are what they are without it, and its setting is the
/// variant that would do the same.
#[test]
fn exercises_leave_the_scenario_as_it_is() {
    let variants = r#"
[variants.twice]
changes = [{ field = "programmes.flights.occasions", times = 2 }]
[variants.no_return]
changes = [{ field = "moves.return.rate", times = 0 }]
[variants.what_is_set]
based_on = ["no_return", "twice"]
changes = [
  { field = "parameters.will", set = 0.5 },
  { field = "programmes.flights.pauses", add = [{ from = "2026-01", until = "2026-04" }] },
]
"#;
    let exercises = r#"
[exercises.read]
question = "How many people are in the camp at the start?"
answer = "900."
[exercises.set]
question = "And if nobody comes back, twice as many fly and few want to?"
answer = "We do not say."
[exercises.set.setting]
variants = ["no_return", "twice"]
changes = [
  { field = "parameters.will", set = 0.5, part = "Will" },
  { field = "programmes.flights.pauses", add = [{ from = "2026-01", until = "2026-04" }] },
]
"#;
    let alone = scenario(variants);
    let with = scenario(&format!("{variants}{exercises}"));
    assert!(alone.exercises.is_empty());
    assert_eq!(fingerprint(&alone.baseline), fingerprint(&with.baseline));
    for (one, other) in alone.variants.iter().zip(&with.variants) {
        assert_eq!(fingerprint(&one.model), fingerprint(&other.model));
    }
    let [read, set] = with.exercises.as_slice() else { panic!("{:?}", with.exercises) };
    assert_eq!((read.name.as_str(), read.answer.as_str()), ("read", "900."));
    assert_eq!(read.question, "How many people are in the camp at the start?");
    assert!(read.setting.is_none());
    let setting = set.setting.as_ref().unwrap();
    assert_eq!(setting.variants, ["no_return", "twice"]);
    let same = &with.variant("what_is_set").unwrap().model;
    assert_eq!(camp(&run(&setting.model)), camp(&run(same)), "the same draws");
    let parts: Vec<&str> = setting.parts.iter().map(|part| part.label.as_str()).collect();
    let paused = "Flights home: also paused from 2026-01 until 2026-04";
    assert_eq!(parts, ["Return: rate × 0", "Flights home: occasions × 2", "Will", paused]);
}

#[test]
fn an_exercise_that_sets_what_is_so_is_reported() {
    let same = r#"
[exercises.same]
question = "What changes?"
setting = { changes = [{ field = "programmes.flights.seats", set = 10 }] }
answer = "Nothing."
"#;
    let said = warnings(same);
    assert!(
        said.iter().any(|(message, _)| message == "the exercise `same` is the scenario itself"),
        "{said:?}"
    );
}

#[test]
fn parts_stand_alone_or_belong_together() {
    let scenario = scenario(
        r#"
[variants.court]
remove = ["programmes.flights", { what = "moves.return", part = "A court" }]
changes = [
  { field = "moves.exit.rate", times = 0, until = "2026-01" },
  { field = "moves.leave.rate", times = 2, part = "A court" },
  { field = "parameters.will", set = 0.5, from = "2026-01" },
]
[variants.court.add.places.hall]
kind = "centre"
[variants.court.add.moves.exit]
from = "camp"
to = "hall"
rate = { per_year = 0.5 }
"#,
    );
    let court = scenario.variant("court").unwrap();
    let labels = labels(&scenario, "court");
    assert_eq!(
        labels,
        ["without Flights home", "A court", "with Hall, with Exit", "Will = 0.5 from 2026-01"]
    );
    let with = |keep: [bool; 4]| scenario.with_parts(court, &keep).unwrap();
    assert_eq!(fingerprint(&with([true; 4])), fingerprint(&court.model));
    assert_eq!(fingerprint(&with([false; 4])), fingerprint(&scenario.baseline));
    // Every choice of parts makes a valid scenario.
    for choice in 0..16 {
        with([0, 1, 2, 3].map(|part| choice >> part & 1 == 1));
    }
    let only_court = with([false, true, false, false]);
    assert_eq!((only_court.moves.len(), only_court.programmes.len(), only_court.changes.len()), (1, 1, 1));
}

#[test]
fn parts_that_need_others_say_so() {
    // An expression is not looked into where it names what the scenario has anyway.
    let scenario = scenario(
        r#"
[variants.v]
changes = [{ field = "moves.leave.rate", times = "boost" }]
[variants.v.add.parameters.boost]
value = 2
source = "a test"
"#,
    );
    assert_eq!(labels(&scenario, "v"), ["with Boost"]);
}

#[test]
fn a_file_extends_another() {
    let base = "[variants.twice]\nchanges = [{ field = \"programmes.flights.occasions\", times = 2 }]\n";
    let extension = Source::new(
        "more.toml",
        r#"
extends = "base/camp.toml"
question = "And what would larger aeroplanes do?"
[variants.larger]
based_on = "twice"
changes = [{ field = "programmes.flights.seats", times = 2 }]
"#,
    )
    .with_file("base/camp.toml", format!("{CAMP}{base}"));
    let (extended, _) = of(&extension);
    let alone = scenario(base);
    assert_eq!(extended.baseline.title, "A camp");
    assert_eq!(extended.baseline.question.as_deref(), Some("And what would larger aeroplanes do?"));
    let names: Vec<&str> = extended.variants.iter().map(|variant| variant.name.as_str()).collect();
    assert_eq!(names, ["twice", "larger"]);
    assert_eq!(format!("{:?}", extended.baseline.numbers), format!("{:?}", alone.baseline.numbers));
    assert_eq!(extended.variant("larger").unwrap().parts.len(), 2);
}

#[test]
fn problems_of_two_files_stand_in_theirs() {
    let extension = Source::new(
        "more.toml",
        "extends = \"camp.toml\"\n[variants.v]\nchanges = [{ field = \"moves.leave.rat\", times = 2 }]\n",
    );
    let drawn =
        refused(&extension.clone().with_file("camp.toml", CAMP.replace("to = \"home\"", "to = \"hom\"")));
    assert!(
        drawn.contains("--> more.toml:3:22") && drawn.contains("did you mean `moves.leave.rate`?"),
        "{drawn}"
    );
    assert!(drawn.contains("--> camp.toml:20:6") && drawn.contains("did you mean `home`?"), "{drawn}");
    let drawn = refused(&extension.with_file("camp.toml", CAMP.replace("step = \"month\"", "")));
    assert!(drawn.contains("the scenario lacks `step`") && drawn.contains("--> camp.toml"), "{drawn}");
}

#[test]
fn files_of_a_base_are_beside_it() {
    let arrivals = "[arrivals.new]\nto = \"camp\"\nwho = { category = \"men\" }\nrate = { per_month = { series = \"new.csv\" } }\n";
    let extension =
        Source::new("more.toml", "extends = \"base/camp.toml\"\n[variants.v]\nremove = [\"arrivals.new\"]\n")
            .with_file("base/camp.toml", format!("{CAMP}{arrivals}"));
    let drawn = refused(&extension);
    assert!(drawn.contains("base/new.csv"), "{drawn}");
}

#[test]
fn changes_that_make_no_difference_are_reported() {
    let label = |variants: &str| warnings(variants).into_iter().map(|(_, label)| label).collect::<Vec<_>>();
    let one = |change: &str| {
        label(&format!("[variants.v]\nchanges = [{change}, {{ field = \"moves.leave.rate\", times = 2 }}]\n"))
    };
    assert_eq!(one("{ field = \"programmes.flights.seats\", times = 1 }"), ["multiplied by 1"]);
    assert_eq!(one("{ field = \"programmes.flights.seats\", set = 10 }"), ["it is 10 already"]);
    assert_eq!(one("{ field = \"parameters.will\", set = 1 }"), ["it is 1 already"]);
    // Set back after another set it makes one.
    let sets = "{ field = \"programmes.flights.seats\", set = 20, until = \"2026-01\" }, { field = \"programmes.flights.seats\", set = 10, from = \"2026-01\" }";
    assert_eq!(one(sets), ["it is 10 already"]);
    let zero = "[moves.none]\nfrom = \"camp\"\nto = \"town\"\nrate = { per_year = 0 }\n";
    let change = "changes = [{ field = \"moves.none.rate.per_year\", times = 2 }, { field = \"moves.leave.rate\", times = 2 }]\n";
    assert_eq!(label(&format!("{zero}[variants.v]\n{change}")), ["0 stays 0, whatever multiplies it"]);
    let policy = "[policies.p]\nchanges = [{ field = \"programmes.flights.seats\", set = 30 }]\n";
    let hidden = "[variants.v]\nchanges = [{ field = \"programmes.flights.seats\", set = 20 }, { field = \"moves.leave.rate\", times = 2 }]\n";
    let reported = warnings(&format!("{policy}{hidden}"));
    assert!(reported.iter().any(|(message, label)| label == "never seen"
        && message == "in the variant `v`: the policy `p` sets `programmes.flights.seats` after this, whenever this holds"));
    assert!(
        reported.iter().any(|(message, _)| message
            == "in the variant `v`: several changes meet at `programmes.flights.seats`")
    );
    // The order is another in every variant, and each tells its own.
    let other = hidden.replace("variants.v", "variants.w").replace("set = 20", "set = 25");
    let reported = warnings(&format!("{policy}{hidden}{other}"));
    let orders = reported.iter().filter(|(message, _)| message.contains("several changes meet at")).count();
    assert_eq!(orders, 2, "{reported:?}");
}

#[test]
fn parts_with_the_same_label_say_their_section() {
    let births = "[births.camp]\nat = \"camp\"\nrate = { per_year = 0.1 }\n";
    let change = "[variants.v]\nchanges = [{ field = \"births.camp.rate\", times = 2 }, { field = \"moves.leave.rate\", times = 2 }]\n";
    let (scenario, _) = of(&source(&format!("{births}{change}")));
    let labels: Vec<&str> = scenario.variants[0].parts.iter().map(|part| part.label.as_str()).collect();
    assert_eq!(labels, ["Camp (births): rate × 2", "Leave: rate × 2"]);
}

#[test]
fn a_variant_that_is_the_scenario_itself_is_reported() {
    let reported =
        warnings("[variants.v]\nchanges = [{ field = \"programmes.flights.seats\", times = 1 }]\n");
    assert!(reported.contains(&(
        "the variant `v` is the scenario itself".into(),
        "nothing in it makes a difference".into()
    )));
    let reported = warnings("[variants.v]\nremove = [\"moves.leave\"]\n[variants.w]\nbased_on = \"v\"\n");
    assert!(
        reported.contains(&("the variant `w` is `v` itself".into(), "nothing else is different".into())),
        "{reported:?}"
    );
}

#[test]
fn a_parameter_that_only_a_variant_uses_is_used() {
    let reported = warnings(
        "[parameters.boost]\nvalue = 2\nsource = \"a test\"\n[variants.v]\nchanges = [{ field = \"moves.leave.rate\", times = \"boost\" }]\n",
    );
    assert!(reported.is_empty(), "{reported:?}");
}

#[test]
fn hostile_variants_are_refused_quickly() {
    let many: String = (0..1_000).map(|i| format!("[variants.v{i}]\nremove = [\"moves.leave\"]\n")).collect();
    assert!(refused(&source(&many)).contains("1,000 variants are more than 50"));
    let values: Vec<String> = (0..400).map(|value| format!("\"v{value}\"")).collect();
    let people = CAMP.lines().find(|line| line.starts_with("people")).unwrap();
    let wide = CAMP
        .replace("[dimensions]", &format!("[dimensions]\na = [{}]", values.join(", ")))
        .replace(people, "");
    let wide = wide + "[record]\ncells = false\nflows = \"totals\"\ndimensions = []\n";
    let moves: String = (0..100)
        .map(|i| {
            format!("[moves.m{i}]\nfrom = [\"camp\", \"home\"]\nto = \"town\"\nrate = {{ per_year = 0.1 }}\n")
        })
        .collect();
    let many: String = (0..50).map(|i| format!("[variants.v{i}]\nremove = [\"moves.leave\"]\n")).collect();
    let drawn = refused(&Source::new("wide.toml", format!("{wide}{moves}{many}")));
    assert!(drawn.contains("ways from cell to cell in all"), "{drawn}");
    let change = "{ field = \"moves.leave.rate\", times = 2 },".repeat(5_000);
    let many = format!("[variants.v]\nchanges = [{change}]\n");
    assert!(refused(&source(&many)).contains("at most 100"));
    let chain: String = (0..50)
        .map(|i| format!("[variants.v{i}]\nbased_on = \"v{}\"\nchanges = [{{ field = \"moves.leave.rat\", times = 2 }}]\n", i + 1))
        .collect();
    assert!(refused(&source(&chain)).len() < 100_000);
}
