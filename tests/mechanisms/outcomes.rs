//! Outcomes: what every replicate comes to.

use repatria::internals::ensemble::summary::{OutcomeResult, Stat, Summary};
use repatria::internals::model::OutcomeUnit;

use crate::support::{expected, model, run};
use crate::{equal, monthly, near};

/// The outcomes of a camp of 1000 that people leave with a probability of 1/10 in a month, and of a home.
fn camp(horizon: &str, outcomes: &str) -> String {
    monthly(
        horizon,
        &format!(
            "[places.camp]\nkind = \"camp\"\npeople = [{{ count = 1000 }}]\n[places.home]\nkind = \"community\"\n[places.died]\nkind = \"end\"\n[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ monthly_probability = 0.1 }}\ncounts_as = \"release\"\n{outcomes}"
        ),
    )
}

/// Outcomes of people in the camp, one for each way of taking.
fn taken(what: &str, takes: &[&str]) -> String {
    takes.iter().enumerate().map(|(i, take)| format!("[outcomes.o{i}]\n{what}\ntake = {take}\n")).collect()
}

fn stats(summary: &Summary) -> Vec<Stat> {
    summary.outcomes.iter().map(|outcome| outcome.stat.unwrap()).collect()
}

fn means(summary: &Summary) -> Vec<f64> {
    stats(summary).iter().map(|stat| stat.mean).collect()
}

/// People in the camp after so many months.
fn left(months: i32) -> f64 {
    1000.0 * 0.9f64.powi(months)
}

#[test]
fn levels_of_a_cohort_that_decays() {
    let takes = [
        "\"start\"",
        "\"end\"",
        "\"mean\"",
        "\"max\"",
        "\"min\"",
        "\"person_years\"",
        "\"person_months\"",
        "{ on = \"2025-05\" }",
        "{ first_below = 800 }",
        "{ share_of_time_above = 500 }",
        "{ share_of_time_below = 500 }",
        "{ first_above = 999 }",
    ];
    let text = camp("12 months", &taken("people = { at = \"camp\" }", &takes));
    let time: f64 = (0..12).map(|k| (left(k) + left(k + 1)) / 2.0).sum();
    // 810 after two months, 729 after three; 531 after six, 478 after seven.
    let known =
        [1000.0, left(12), time / 12.0, 1000.0, left(12), time / 12.0, time, left(4), 3.0, 0.5, 0.5, 0.0];
    equal(&means(&expected(&text)), &known);
}

#[test]
fn amounts_of_a_flow() {
    let takes = [
        "\"total\"",
        "\"max\"",
        "{ on = \"2025-03\" }",
        "{ between = [\"2025-03\", \"2025-05\"] }",
        "{ first_above = 180 }",
        "{ first_above = 190 }",
    ];
    let known = [1000.0 - left(6), 100.0, 190.0, left(2) - left(4), 2.0, 3.0];
    for what in ["flow = { by = \"moves.leave\" }", "flow = { counts_as = \"release\" }"] {
        equal(&means(&expected(&camp("6 months", &taken(what, &takes)))), &known);
    }
}

#[test]
fn places_and_groups_are_chosen() {
    let groups = "[dimensions]\nage = [\"child\", \"adult\"]\n";
    let places = "[places.camp]\nkind = \"camp\"\npeople = [{ who = { age = \"child\" }, count = 30 }, { who = { age = \"adult\" }, count = 12 }]\n[places.home]\nkind = \"community\"\npeople = [{ who = { age = \"child\" }, count = 5 }]\n[places.died]\nkind = \"end\"\npeople = [{ who = { age = \"child\" }, count = 100 }]\n";
    let outcomes = "[outcomes.a]\npeople = {}\n[outcomes.b]\npeople = { at = \"all_held\" }\n[outcomes.c]\npeople = { at = [\"camp\", \"died\"], who = { age = \"child\" } }\n[outcomes.d]\npeople = { who = { age = \"adult\" } }\n";
    equal(
        &means(&expected(&monthly("1 month", &format!("{groups}{places}{outcomes}")))),
        &[47.0, 42.0, 130.0, 12.0],
    );
}

#[test]
fn sums_and_shares_of_outcomes() {
    let outcomes = "[outcomes.start]\npeople = { at = \"camp\" }\ntake = \"start\"\n[outcomes.home]\nflow = { by = \"moves.leave\" }\n[outcomes.years]\npeople = { at = \"camp\" }\ntake = \"person_years\"\n[outcomes.both]\nsum = [\"start\", \"home\"]\n[outcomes.share]\nshare = { of = \"home\", over = \"start\" }\n[outcomes.rate]\nshare = { of = \"home\", over = \"years\" }\n[outcomes.none]\npeople = { at = \"died\" }\n[outcomes.of_none]\nshare = { of = \"home\", over = \"none\" }\n";
    let summary = expected(&camp("2 months", outcomes));
    let years = (left(0) + 2.0 * left(1) + left(2)) / 24.0;
    let values: Vec<f64> = summary.outcomes[..7].iter().map(|outcome| outcome.stat.unwrap().mean).collect();
    equal(&values, &[1000.0, 190.0, years, 1190.0, 0.19, 190.0 / years, 0.0]);
    assert_eq!(summary.outcomes[4].unit, OutcomeUnit::Share);
    assert_eq!(summary.outcomes[5].unit.words(), "people per person-year");
    assert!(summary.outcomes[7].stat.is_none(), "nobody to divide by");
}

#[test]
fn a_yes_or_no_is_a_probability() {
    // Whoever is left of one person after a month: binomial with 0.1, and in the six-month total with 1 - 0.9^6.
    let one = camp("6 months", "[outcomes.gone]\nflow = { by = \"moves.leave\" }\nabove = 0\n[outcomes.here]\npeople = { at = \"camp\" }\nbelow = 0.5\n[outcomes.either]\nsum = [\"gone\", \"here\"]\n")
        .replace("count = 1000", "count = 1");
    let summary = run(&one, 4_000);
    let p = 1.0 - 0.9f64.powi(6);
    // The excess kurtosis of a yes or no.
    let (sd, excess) = ((p * (1.0 - p)).sqrt(), (1.0 - 6.0 * p * (1.0 - p)) / (p * (1.0 - p)));
    for outcome in &summary.outcomes[..2] {
        near("probability", outcome.stat.unwrap(), p, sd, excess);
        assert_eq!(outcome.probability, Some(outcome.stat.unwrap().mean));
        assert!(outcome.stat.unwrap().spread.unwrap().quantiles[2].is_nan());
    }
    // They are the same replicates.
    assert_eq!(summary.outcomes[2].stat.unwrap().mean, 2.0 * summary.outcomes[0].stat.unwrap().mean);
    let in_expected_mode = expected(&one);
    assert!(in_expected_mode.outcomes.iter().all(|outcome| outcome.stat.is_none()));
}

#[test]
fn events_come_as_often_as_their_rate_says() {
    let shock = "[shocks.flood]\nat = \"camp\"\nrate = { per_year = 0.6 }\nshare = 0.01\nto = \"died\"\n[outcomes.floods]\nevents = \"shocks.flood\"\n[outcomes.any]\nevents = \"shocks.flood\"\nabove = 0\n[outcomes.when]\nevents = \"shocks.flood\"\ntake = { first_above = 0 }\n";
    let summary = run(&camp("12 months", shock), 4_000);
    let each = 1.0 - libm::exp(-0.05);
    let any = 1.0 - libm::exp(-0.6);
    let variance = 12.0 * each * (1.0 - each);
    let excess = (1.0 - 6.0 * each * (1.0 - each)) / variance;
    near("floods", summary.outcomes[0].stat.unwrap(), 12.0 * each, variance.sqrt(), excess);
    near("any", summary.outcomes[1].stat.unwrap(), any, (any * (1.0 - any)).sqrt(), 1.0);
    let first = &summary.outcomes[2];
    assert_eq!(first.probability, summary.outcomes[1].probability);
    // The quarter of all replicates that has it first has it by the sixth month: 1 - exp(-0.05 k) passes 0.25 at k = 6,
    // 0.05 at once and 0.45 in the end, so that the median is never reached.
    let quantiles = first.stat.unwrap().spread.unwrap().quantiles;
    assert!(any < 0.47 && quantiles[4].is_nan() && quantiles[3].is_nan() && quantiles[2].is_nan());
    assert_eq!(quantiles[..2], [2.0, 6.0]);
}

#[test]
fn dates_are_in_months_and_the_day_that_they_name() {
    let text = camp("3 years", &taken("people = { at = \"camp\" }", &["{ first_below = 800 }"]))
        .replace("\"month\"", "\"quarter\"");
    // Each quarter leaves 0.729: below 800 at the end of the first.
    let OutcomeResult { stat, probability, unit } = expected(&text).outcomes[0].clone();
    assert_eq!((stat.unwrap().mean, probability, unit), (3.0, Some(1.0), OutcomeUnit::Date));
    assert_eq!(model(&text).calendar.date(1).to_string(), "2025-04-01");
}

#[test]
fn measures_can_be_outcomes() {
    let costs =
        "[costs]\ncurrency = \"USD\"\ndiscount_rate = 0.05\nplaces.camp = { fixed_per_month = 100 }\n";
    let takes = ["\"total\"", "{ on = \"2025-03\" }", "{ first_above = 250 }"];
    let outcomes = taken("measure = { of = \"costs\", name = \"cost\" }", &takes);
    let place = "[outcomes.place]\nmeasure = { of = \"places.camp\", name = \"cost\" }\n";
    let summary = expected(&camp("6 months", &format!("{costs}{outcomes}{place}")));
    equal(&means(&summary), &[600.0, 200.0, 3.0, 600.0]);
    assert_eq!(summary.outcomes[0].unit.words(), "USD");
}

#[test]
fn outcomes_do_not_change_what_happens_and_replicates_keep_theirs() {
    let with = run(&camp("6 months", &taken("people = { at = \"camp\" }", &["\"end\"", "\"max\""])), 200);
    let without = run(&camp("6 months", ""), 200);
    assert_eq!(with.people[0].points, without.people[0].points);
    assert_eq!(with.outcomes[0].stat, with.people[0].points.last().copied());
    assert_eq!(with.outcomes[1].stat.unwrap().mean, 1000.0);
}
