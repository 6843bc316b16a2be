//! The language reads as it is meant to: every construct, with what it becomes in the model.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jiff::civil::date;
use repatria::internals::cli::render::render;
use repatria::internals::model::*;
use repatria::internals::scenario::{Diagnostic, Source, baseline as load};
use repatria::internals::units::{RateUnit, TimeUnit};

/// The model of a text that is good, with its warnings.
fn good(text: &str) -> (Model, Vec<Diagnostic>) {
    let source = Source::new("test.toml", text);
    load(&source).unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)))
}

/// The errors of a text that is bad.
fn bad(text: &str) -> String {
    let source = Source::new("test.toml", text);
    match load(&source) {
        Ok(_) => panic!("accepted: {text}"),
        Err(problems) => render(&source, &problems, false),
    }
}

fn example() -> (Model, Vec<Diagnostic>) {
    good(include_str!("good/two_prisons_and_a_camp.toml"))
}

/// A small scenario with more text after it.
fn small(more: &str) -> String {
    format!(
        r#"
title = "Small"
start = "2025-01"
horizon = "2 years"
step = "month"
[dimensions]
category = ["men", "women", "children"]
[places.camp]
kind = "camp"
people = [{{ who = {{ category = "men" }}, count = 100 }}, {{ who = {{ category = "women" }}, count = 50 }}]
[places.home]
kind = "community"
{more}
"#
    )
}

const LEAVE: &str = "[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = { per_year = 0.2 }\n";

fn messages(warnings: &[Diagnostic]) -> Vec<&str> {
    warnings.iter().map(|warning| warning.message.as_str()).collect()
}

/// The addresses of the numbers that a change acts on.
fn targets(model: &Model, change: &Change) -> Vec<String> {
    change.targets.iter().map(|id| model.number(*id).address.clone()).collect()
}

fn address(model: &Model, id: NumberId) -> &str {
    &model.number(id).address
}

fn value(model: &Model, id: NumberId) -> f64 {
    model.number(id).value.evaluate(&model.parameter_values())
}

#[test]
fn the_example_has_its_dates_places_and_people() {
    let (model, warnings) = example();
    assert!(
        warnings.iter().all(|warning| warning.severity == repatria::internals::scenario::Severity::Warning)
    );
    assert_eq!(model.title, "Two prisons, one camp");
    assert_eq!((model.calendar.start(), model.calendar.end()), (date(2025, 1, 1), date(2031, 1, 1)));
    assert_eq!((model.calendar.steps(), model.replicates, model.seed), (72, 2000, 7));
    assert_eq!(model.cells(), 45);
    assert_eq!(model.places[0].label, "North prison");
    assert_eq!(model.places[2].label, "Country of origin");
    assert_eq!(model.places[4].kind, PlaceKind::End);
    let split = &model.places[1].people[0];
    let cells: Vec<String> = split.into.iter().map(|entry| model.cell_name(entry.cell)).collect();
    assert_eq!(cells, ["river_camp/local/men", "river_camp/local/women", "river_camp/local/children"]);
    assert_eq!(address(&model, split.into[2].shares[0]), "places.river_camp.people.0.split.shares.children");
    assert!(model.record.cells && model.record.flows == FlowDetail::Dimensions);
    assert_eq!(model.record.dimensions, [0, 1]);
}

#[test]
fn the_example_has_its_rates() {
    let (model, _) = example();
    let death = &model.moves[0];
    assert_eq!(death.from, [0, 1]);
    assert_eq!(death.rate.unit, RateUnit::Per(TimeUnit::Year));
    assert_eq!(death.rate.times[0].dimension, 1);
    assert_eq!(address(&model, death.rate.times[0].values[0].unwrap()), "moves.death.rate.times.values.men");
    assert_eq!(address(&model, death.rate.factor), "moves.death.rate");
    let Varying::Same(recapture) = model.moves[2].rate.amount else { panic!() };
    assert_eq!(model.moves[2].rate.unit, RateUnit::HalfLife(TimeUnit::Day));
    assert_eq!(value(&model, recapture), 10.0);
    assert_eq!(model.ageing[0].rate().unwrap().unit, RateUnit::MeanStay(TimeUnit::Year));
    assert_eq!(model.ageing[0].at, [0, 1, 2, 3]);
    assert_eq!(model.ageing[0].targets[1].becomes, [None, Some(1)]);
    assert_eq!(model.births[0].newborn[0].becomes, [None, Some(2)]);
    assert_eq!(model.births[0].newborn[0].place, None);
    assert_eq!(model.moves[1].counts_as.as_deref(), Some("release"));
    assert_eq!(model.arrivals[0].into.len(), 3);
}

#[test]
fn the_example_has_its_programme_shock_and_regime() {
    let (model, _) = example();
    let flights = &model.programmes[0];
    let Some(Occasions::Random(rate)) = &flights.occasions else { panic!() };
    let Varying::Same(amount) = rate.amount else { panic!() };
    assert_eq!(address(&model, amount), "programmes.flights.occasions.per_year");
    assert_eq!(value(&model, amount), 6.0);
    assert_eq!(flights.terms.pauses, [(14, 20)]);
    assert_eq!(flights.priority.len(), 2);
    let Varying::Same(seats) = flights.seats.as_ref().unwrap().mean else { panic!() };
    assert_eq!((address(&model, seats), value(&model, seats)), ("programmes.flights.seats", 60.0));
    let shock = &model.shocks[0];
    let repatria::internals::model::ShockSeverity::Beta { mean, .. } = shock.severity else { panic!() };
    assert_eq!(address(&model, mean), "shocks.mass_escape.share.beta.mean");
    assert_eq!(shock.targets[1].place, Some(4));
    let regime = &model.regimes[0];
    assert_eq!((regime.initial, regime.switches.len()), (0, 2));
    let SwitchTime::Rate(rate) = &regime.switches[1].when else { panic!() };
    assert_eq!(address(&model, rate.factor), "regimes.external_support.switches.1.rate");
}

#[test]
fn the_example_has_its_changes_in_the_order_in_which_they_stack() {
    let (model, _) = example();
    let stacked: Vec<(Vec<String>, Effect)> =
        model.changes.iter().map(|change| (targets(&model, change), change.effect)).collect();
    assert_eq!(
        stacked,
        [
            (vec!["moves.review_release.rate".to_string()], Effect::Times),
            (vec!["shocks.mass_escape.rate".to_string()], Effect::Times),
            (vec!["programmes.flights.occasions".to_string()], Effect::Times),
            (vec!["programmes.flights.occasions".to_string()], Effect::Times),
        ]
    );
    let window = Window { from: 24, until: None, ramp: 6.0 };
    assert_eq!(model.changes[0].layer, Layer::Policy { policy: 0, window });
    assert_eq!(model.changes[1].layer, Layer::Regime { regime: 0, state: 1 });
    assert_eq!(model.changes[3].layer, Layer::Aftermath { shock: 0, lasts: 3 });
    // Doubling a rate acts on its factor, which is 1, whatever the unit of the rate.
    assert_eq!(value(&model, model.changes[0].targets[0]), 1.0);
}

#[test]
fn sets_come_before_multiplications_and_meeting_changes_are_shown() {
    let text = small(&format!(
        "{LEAVE}
        [policies.first]
        changes = [{{ field = \"moves.leave.rate\", times = 2 }}]
        [policies.second]
        from = \"2025-07\"
        changes = [{{ field = \"moves.leave.rate\", set = 0.5 }}]"
    ));
    let (model, warnings) = good(&text);
    let effects: Vec<Effect> = model.changes.iter().map(|change| change.effect).collect();
    assert_eq!(effects, [Effect::Set, Effect::Times]);
    assert_eq!(targets(&model, &model.changes[0]), ["moves.leave.rate.per_year"]);
    let meets = warnings.iter().find(|warning| warning.message.contains("several changes meet")).unwrap();
    assert_eq!(
        meets.help,
        "where they meet, it is set to 0.5 (the policy `second`), then multiplied by 2 (the policy `first`)"
    );
    // Not where their dates are apart.
    let apart = text.replace("[policies.first]", "[policies.first]\nuntil = \"2025-07\"");
    assert!(!messages(&good(&apart).1).iter().any(|message| message.contains("several changes meet")));
}

#[test]
fn tables_series_and_seasons() {
    let (model, _) = good(&small(
        r#"
[moves.leave]
from = "camp"
to = "home"
rate = { mean_stay = { by = "category", values = { men = "2 years" }, otherwise = "1 years" }, season = { jan = 0.5, dec = 2 } }
[arrivals.convoys]
to = "camp"
who = { category = "men" }
rate = { per_month = { series = { "2025-03" = 10, "2026-01" = 30 } }, season = [1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1] }
"#,
    ));
    let rate = &model.moves[0].rate;
    assert_eq!(rate.unit, RateUnit::MeanStay(TimeUnit::Year));
    let Varying::By(table) = &rate.amount else { panic!() };
    assert_eq!(table.values[1], table.values[2]);
    assert_eq!(address(&model, table.values[1].unwrap()), "moves.leave.rate.mean_stay.otherwise");
    let season: Vec<f64> = rate.season.unwrap().iter().map(|id| value(&model, *id)).collect();
    assert_eq!((season[0], season[5], season[11]), (0.5, 1.0, 2.0));
    let Varying::Series(points) = &model.arrivals[0].rate.amount else { panic!() };
    let points: Vec<(f64, f64)> = points.iter().map(|(at, id)| (*at, value(&model, *id))).collect();
    assert_eq!(points, [(2.0, 10.0), (12.0, 30.0)]);
}

#[test]
fn regular_occasions_fall_into_steps() {
    let text = |every: &str| {
        small(&format!(
            "[programmes.f]\nfrom = \"camp\"\nto = \"home\"\noccasions = {{ {every} }}\nseats = {{ mean = 60, sd = 20 }}\n"
        ))
    };
    let (model, _) = good(&text("every = \"2 months\", first = \"2025-03-15\""));
    let Some(Occasions::Regular { per_step, words, .. }) = &model.programmes[0].occasions else { panic!() };
    assert_eq!(per_step[..6], [0, 0, 1, 0, 1, 0]);
    assert_eq!(words, "every 2 months");
    let (model, _) = good(&text("every = \"1 week\""));
    let Some(Occasions::Regular { per_step, .. }) = &model.programmes[0].occasions else { panic!() };
    assert_eq!(per_step.len(), 24);
    assert_eq!(per_step[0], 5);
    assert_eq!(per_step.iter().sum::<u32>(), 105);
}

#[test]
fn seats_by_a_dimension_are_set_all_at_once() {
    let (model, _) = good(&small(
        r#"
[programmes.f]
from = "camp"
to = "home"
occasions = { per_year = { by = "category", values = { men = 2, women = 3, children = 4 } } }
seats = { by = "category", values = { men = 10 }, otherwise = 20 }
[policies.p]
changes = [
  { field = "programmes.f.seats", set = 5 },
  { field = "programmes.f.seats.values.men", times = 2, from = "2026-01" },
  { field = "programmes.f.occasions", times = 2 },
]
"#,
    ));
    assert_eq!(
        targets(&model, &model.changes[0]),
        ["programmes.f.seats.values.men", "programmes.f.seats.otherwise"]
    );
    assert_eq!(targets(&model, &model.changes[1]), ["programmes.f.seats.values.men"]);
    assert_eq!(targets(&model, &model.changes[2]), ["programmes.f.occasions"]);
}

#[test]
fn destinations_and_new_values_multiply() {
    let (model, _) = good(&small(
        r#"
[moves.trial]
from = "camp"
to = [{ place = "home", share = 0.7 }, { place = "camp", share = 0.3 }]
who = { category = "children" }
becomes = [{ category = "men", share = 0.5 }, { category = "women", share = 0.5 }]
rate = { yearly_probability = 0.1 }
"#,
    ));
    let targets = &model.moves[0].targets;
    assert_eq!(targets.len(), 4);
    let shares: Vec<&str> =
        targets[3].shares.iter().map(|share| address(&model, share.pick(&[0, 0]).unwrap())).collect();
    assert_eq!(shares, ["moves.trial.to.1.share", "moves.trial.becomes.1.share"]);
}

#[test]
fn parameters_are_put_in_order_and_changed_by_policies() {
    let (model, warnings) = good(&small(&format!(
        "{LEAVE}
        [parameters.a]
        value = \"2 * b\"
        source = \"a census\"
        [parameters.b]
        value = 0.1
        range = [0, 1]
        [parameters.unused]
        value = 3
        [moves.other]
        from = \"camp\"
        to = \"home\"
        rate = {{ yearly_probability = \"a\" }}
        [policies.p]
        changes = [{{ field = \"parameters.b\", set = 0.2, ramp = \"1 year\" }}]"
    )));
    let names: Vec<&str> = model.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    assert_eq!(names, ["b", "unused", "a"]);
    assert_eq!(model.parameter_values(), [0.1, 3.0, 0.2]);
    assert_eq!(model.parameter_changes[0].parameter, 0);
    assert_eq!(model.parameter_changes[0].window, Window { from: 0, until: None, ramp: 12.0 });
    let messages = messages(&warnings);
    assert!(messages.contains(&"`b` and `unused` are illustrative, not sourced"), "{messages:?}");
    assert!(messages.contains(&"the parameter `unused` is not used"), "{messages:?}");
    assert!(messages.contains(&"with `b` at 1 this is 2"), "{messages:?}");
}

#[test]
fn dates_may_be_bare_and_shocks_may_be_dated() {
    let (model, _) = good(&small(
        r#"
[shocks.fire]
at = "camp"
on = [2025-06-15, "2026-01"]
share = 0.1
to = "home"
[regimes.control]
states = ["before", "after"]
initial = "before"
switches = [{ to = "after", on = 2026-01-01 }]
"#,
    ));
    assert_eq!(model.shocks[0].on, [5, 12]);
    let switch = &model.regimes[0].switches[0];
    assert!(switch.from.is_none() && matches!(switch.when, SwitchTime::Step(12)));
}

#[test]
fn a_length_is_set_in_its_own_unit() {
    let more = |set: &str| {
        small(&format!(
            "[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ mean_stay = \"2 years\" }}\n
             [policies.p]\nchanges = [{{ field = \"moves.leave.rate\", set = {set} }}]"
        ))
    };
    for set in ["1", "\"1 year\"", "\"2 / 2 years\""] {
        let (model, _) = good(&more(set));
        assert_eq!(value(&model, model.changes[0].amount), 1.0, "{set}");
        assert_eq!(targets(&model, &model.changes[0]), ["moves.leave.rate.mean_stay"]);
    }
    assert!(bad(&more("0")).contains("must be above 0"));
}

#[test]
fn what_is_probably_not_meant_is_said() {
    let (_, warnings) = good(&small(
        r#"
[places.ward]
kind = "prison"
capacity = 10
people = [{ who = { category = "men" }, count = 30 }]
[places.annex]
kind = "centre"
[moves.leave]
from = "camp"
to = "home"
rate = { per_month = 2 }
counts_as = "repatriaton"
[shocks.fire]
at = "camp"
rate = { per_year = 12 }
share = 0.1
to = "home"
[programmes.f]
from = "camp"
to = "home"
occasions = { every = "2 months" }
seats = { mean = 10, sd = 6 }
[policies.p]
from = "2025-06-15"
changes = [{ field = "moves.leave.rate", times = 2 }]
[regimes.r]
states = ["a", "b", "c"]
initial = "a"
switches = [{ from = "a", to = "b", rate = { mean_stay = "5 years" } }]
"#,
    ));
    let messages = messages(&warnings).join("\n");
    for expected in [
        "`ward` starts over capacity: 30 people for 10 places",
        "nobody ever leaves `ward`",
        "nobody can ever be in `annex`",
        "`moves.leave.rate` is fast for a step of a month: 2.00 a step",
        "`shocks.fire.rate` is fast for a step of a month: 1.00 a step",
        "this counts as `repatriaton`, which is nearly `repatriation`",
        "seats with mean 10 and standard deviation 6 are often cut at 0",
        "a date lies inside a step of a month and counts as the nearest start of a step: policies.p 2025-06-15 as 2025-06-01",
        "the regime `r` never enters `c`",
    ] {
        assert!(messages.contains(expected), "{expected} is not in\n{messages}");
    }
}

#[test]
fn every_mechanism_stays_within_its_limits() {
    let edges: String = (0..500).map(|i| format!("v{i}, ").replace('v', "\"v").replace(',', "\",")).collect();
    let many = format!(
        "title = \"Many\"\nstart = \"2025-01\"\nhorizon = \"1 year\"\nstep = \"month\"\n[dimensions]\nv = [{edges}]\n{}{}",
        (0..40).map(|i| format!("[places.p{i}]\nkind = \"camp\"\n")).collect::<String>(),
        (1..40)
            .map(|i| format!(
                "[moves.m{i}]\nfrom = [{}]\nto = \"p0\"\nrate = {{ per_year = 1 }}\n",
                (1..40).map(|j| format!("\"p{j}\", ")).collect::<String>()
            ))
            .collect::<String>()
    );
    assert!(bad(&many).contains("ways from cell to cell; at most 300,000"));
    let moves: String = (0..2001).map(|i| LEAVE.replace("leave", &format!("m{i}"))).collect();
    assert!(bad(&small(&moves)).contains("2,001 moves are more than 2,000"));
}
