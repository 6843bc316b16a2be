//! Rates: units, seasons, dated series, tables.

use repatria::internals::model::Mechanism;

use crate::support::{at, expected};
use crate::{cell, equal, monthly, per_step};

const CAMP: &str = "[places.camp]\nkind = \"camp\"\n";

/// The expected arrivals in each step of a scenario that only has arrivals at `rate`.
fn arrivals(start: &str, step: &str, horizon: &str, rate: &str) -> Vec<f64> {
    let text = format!(
        "title = \"Test\"\nstart = \"{start}\"\nhorizon = \"{horizon}\"\nstep = \"{step}\"\n{CAMP}[arrivals.a]\nto = \"camp\"\nrate = {rate}\n"
    );
    per_step(&expected(&text), Mechanism::Arrival(0))
}

#[test]
fn a_season_has_the_right_month_for_each_step() {
    let rate = "{ per_month = 100, season = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] }";
    let known: Vec<f64> =
        [7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8].map(|m| 100.0 * f64::from(m)).to_vec();
    equal(&arrivals("2025-07", "month", "14 months", rate), &known);
    // A step that lies in two months has the mean over its days.
    let mixed = [(12.0 * 17.0 + 14.0) / 31.0, (17.0 + 2.0 * 14.0) / 31.0].map(|mean| 100.0 * mean);
    equal(&arrivals("2025-12-15", "month", "2 months", rate), &mixed);
}

#[test]
fn a_season_by_name_leaves_other_months_alone() {
    let rate = "{ per_month = 100, season = { jan = 0, jul = \"1 + 2\" } }";
    let known = [100.0, 100.0, 300.0, 100.0, 100.0, 100.0, 100.0, 100.0, 0.0, 100.0];
    equal(&arrivals("2025-05", "month", "10 months", rate), &known);
}

#[test]
fn a_season_turns_on_the_first_of_the_month_by_day() {
    let found = arrivals("2025-01-30", "day", "4 days", "{ per_day = 10, season = { jan = 0 } }");
    equal(&found, &[0.0, 0.0, 10.0, 10.0]);
}

#[test]
fn a_series_holds_from_its_dates_and_its_first_number_before() {
    let rate = "{ per_month = { series = { \"2025-03\" = 10, \"2025-05\" = 30, \"2025-06\" = \"2 * 3\" } } }";
    equal(&arrivals("2025-01", "month", "7 months", rate), &[10.0, 10.0, 10.0, 10.0, 30.0, 6.0, 6.0]);
    // A step in which the number changes has the mean: 7 and 21 of the 28 days of February.
    let rate = "{ per_month = { series = { \"2025-01\" = 10, \"2025-02-08\" = 30 } } }";
    equal(&arrivals("2025-01", "month", "4 months", rate), &[10.0, 25.0, 30.0, 30.0]);
}

/// People left of 1000 after each month, leaving at `rate`.
fn leaving(rate: &str, months: usize) -> Vec<f64> {
    let text = monthly(
        &format!("{months} months"),
        &format!(
            "{CAMP}people = [{{ count = 1000 }}]\n[places.home]\nkind = \"community\"\n[moves.m]\nfrom = \"camp\"\nto = \"home\"\nrate = {rate}\n"
        ),
    );
    at(&expected(&text), 0).points.iter().map(|stat| stat.mean).collect()
}

#[test]
fn every_unit_gives_the_same_answer() {
    // A hazard of 0.36 a year in every unit; a year is 365.25 days.
    let known: Vec<f64> = (0..=24).map(|k| 1000.0 * libm::exp(-0.03 * f64::from(k))).collect();
    let days = 365.25;
    let probability = |years: f64| -libm::expm1(-0.36 * years);
    let ln2 = std::f64::consts::LN_2;
    for rate in [
        format!("per_day = {:e}", 0.36 / days),
        format!("per_week = {:e}", 0.36 * 7.0 / days),
        "per_month = 0.03".into(),
        "per_quarter = 0.09".into(),
        "per_year = 0.36".into(),
        format!("mean_stay = \"{} days\"", days / 0.36),
        format!("mean_stay = \"{} months\"", 12.0 / 0.36),
        format!("mean_stay = \"{} years\"", 1.0 / 0.36),
        format!("half_life = \"{} weeks\"", ln2 / 0.36 * days / 7.0),
        format!("half_life = \"{} quarters\"", ln2 / 0.36 * 4.0),
        format!("daily_probability = {:e}", probability(1.0 / days)),
        format!("weekly_probability = {:e}", probability(7.0 / days)),
        format!("monthly_probability = {}", probability(1.0 / 12.0)),
        format!("yearly_probability = {}", probability(1.0)),
    ] {
        println!("{rate}");
        equal(&leaving(&format!("{{ {rate} }}"), 24), &known);
    }
}

#[test]
fn a_series_of_stays_changes_the_hazard() {
    let rate = "{ mean_stay = { series = { \"2025-01\" = \"10 months\", \"2025-03\" = \"5 months\" } } }";
    let known = [0.0, 0.1, 0.2, 0.4, 0.6].map(|exposed| 1000.0 * libm::exp(-exposed));
    equal(&leaving(rate, 4), &known);
}

/// 1000 people in each of four groups after one month at `rate`.
fn four_groups(rate: &str) -> Vec<f64> {
    let people = |origin: &str, sex: &str| {
        format!("{{ who = {{ origin = \"{origin}\", sex = \"{sex}\" }}, count = 1000 }}")
    };
    let people =
        [people("a", "men"), people("a", "women"), people("b", "men"), people("b", "women")].join(", ");
    let text = monthly(
        "1 month",
        &format!(
            "[dimensions]\norigin = [\"a\", \"b\"]\nsex = [\"men\", \"women\"]\n{CAMP}people = [{people}]\n[places.home]\nkind = \"community\"\n[moves.m]\nfrom = \"camp\"\nto = \"home\"\nrate = {rate}\n"
        ),
    );
    let summary = expected(&text);
    [[0, 0], [0, 1], [1, 0], [1, 1]].map(|values| cell(&summary, 0, &values, 1).mean).to_vec()
}

/// What is left of 1000 people after a month at these hazards per month.
fn left(hazards: [f64; 4]) -> [f64; 4] {
    hazards.map(|hazard| 1000.0 * libm::exp(-hazard))
}

#[test]
fn multipliers_by_dimension_multiply_and_otherwise_is_for_the_rest() {
    let one = "{ per_month = 0.1, times = { by = \"sex\", values = { men = 3 }, otherwise = 0.5 } }";
    equal(&four_groups(one), &left([0.3, 0.05, 0.3, 0.05]));
    let two = "{ per_month = 0.1, times = [ { by = \"sex\", values = { men = 3, women = 1 } }, { by = \"origin\", values = { b = 2 }, otherwise = 1 } ] }";
    equal(&four_groups(two), &left([0.3, 0.1, 0.6, 0.2]));
}

#[test]
fn a_rate_may_be_a_table() {
    let rates = "{ per_month = { by = \"origin\", values = { a = 0.1, b = 0.2 } } }";
    equal(&four_groups(rates), &left([0.1, 0.1, 0.2, 0.2]));
    let stays =
        "{ mean_stay = { by = \"sex\", values = { women = \"5 months\" }, otherwise = \"10 months\" } }";
    equal(&four_groups(stays), &left([0.1, 0.2, 0.1, 0.2]));
}
