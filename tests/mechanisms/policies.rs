//! Policies: dates, ramps, and what a change acts on.

use repatria::internals::model::Mechanism;

use crate::support::{at, expected, run};
use crate::{cell, equal, monthly, per_step};

/// Expected arrivals, 100 a month unless changed.
fn arrivals(months: u32, policy: &str) -> Vec<f64> {
    let text = monthly(
        &format!("{months} months"),
        &format!(
            "[places.camp]\nkind = \"camp\"\n[arrivals.a]\nto = \"camp\"\nrate = {{ per_month = 100 }}\n{policy}\n"
        ),
    );
    per_step(&expected(&text), Mechanism::Arrival(0))
}

const RATE: &str = "field = \"arrivals.a.rate\"";

#[test]
fn from_and_until_are_exact() {
    let both =
        format!("[policies.p]\nfrom = \"2025-02\"\nuntil = \"2025-04\"\nchanges = [{{ {RATE}, times = 3 }}]");
    equal(&arrivals(5, &both), &[100.0, 300.0, 300.0, 100.0, 100.0]);
    let until = format!("[policies.p]\nuntil = \"2025-02\"\nchanges = [{{ {RATE}, set = 30 }}]");
    equal(&arrivals(3, &until), &[30.0, 100.0, 100.0]);
    let to_the_end =
        format!("[policies.p]\nfrom = \"2025-03\"\nuntil = \"2025-04\"\nchanges = [{{ {RATE}, set = 0 }}]");
    equal(&arrivals(3, &to_the_end), &[100.0, 100.0, 0.0]);
}

#[test]
fn a_ramp_has_the_mean_of_each_step() {
    let times =
        format!("[policies.p]\nfrom = \"2025-02\"\nramp = \"4 months\"\nchanges = [{{ {RATE}, times = 5 }}]");
    equal(&arrivals(7, &times), &[100.0, 150.0, 250.0, 350.0, 450.0, 500.0, 500.0]);
    let set = format!(
        "[policies.p]\nfrom = \"2025-02\"\nramp = \"2 months\"\nuntil = \"2025-05\"\nchanges = [{{ {RATE}, set = 20 }}]"
    );
    equal(&arrivals(6, &set), &[100.0, 80.0, 40.0, 20.0, 100.0, 100.0]);
}

#[test]
fn a_change_may_have_dates_of_its_own() {
    let policy = format!(
        "[policies.p]\nfrom = \"2025-02\"\nuntil = \"2025-06\"\nchanges = [{{ {RATE}, times = 3, from = \"2025-04\", until = \"2025-05\" }}, {{ {RATE}, times = 2 }}, {{ {RATE}, times = 10, from = \"2025-03\", ramp = \"1 month\", until = \"2025-04\" }}]"
    );
    equal(&arrivals(6, &policy), &[100.0, 200.0, 1100.0, 600.0, 200.0, 100.0]);
}

/// Exposure per month (the logarithm of what is left) of 1000 people who stay `rate`, with a policy on `field` from
/// the second month.
fn exposure(rate: &str, change: &str) -> [f64; 2] {
    let text = monthly(
        "2 months",
        &format!(
            "[places.camp]\nkind = \"camp\"\npeople = [{{ count = 1000 }}]\n[places.home]\nkind = \"community\"\n[moves.m]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ {rate} }}\n[policies.p]\nfrom = \"2025-02\"\nchanges = [{{ {change} }}]\n"
        ),
    );
    let points: Vec<f64> = at(&expected(&text), 0).points.iter().map(|stat| stat.mean).collect();
    [-libm::log(points[1] / points[0]), -libm::log(points[2] / points[1])]
}

#[test]
fn a_whole_rate_is_a_hazard_and_a_leaf_is_what_it_says() {
    let stay = "mean_stay = \"10 months\"";
    equal(&exposure(stay, "field = \"moves.m.rate\", times = 2"), &[0.1, 0.2]);
    equal(&exposure(stay, "field = \"moves.m.rate.mean_stay\", times = 2"), &[0.1, 0.05]);
    equal(&exposure(stay, "field = \"moves.m.rate.mean_stay\", set = 5"), &[0.1, 0.2]);
    equal(&exposure(stay, "field = \"moves.m.rate\", set = \"20 months\""), &[0.1, 0.05]);
    let ln2 = std::f64::consts::LN_2;
    equal(
        &exposure("half_life = \"10 months\"", "field = \"moves.m.rate.half_life\", times = 0.5"),
        &[ln2 / 10.0, ln2 / 5.0],
    );
    let probability = "monthly_probability = 0.2";
    let hazard = |p: f64| -libm::log1p(-p);
    // Twice the probability is not twice the hazard.
    equal(
        &exposure(probability, "field = \"moves.m.rate.monthly_probability\", times = 2"),
        &[hazard(0.2), hazard(0.4)],
    );
    equal(&exposure(probability, "field = \"moves.m.rate\", times = 2"), &[hazard(0.2), 2.0 * hazard(0.2)]);
    equal(&exposure("per_month = 0.3", "field = \"moves.m.rate\", times = 0"), &[0.3, 0.0]);
    equal(
        &exposure(
            "per_month = { series = { \"2025-01\" = 0.3, \"2025-02\" = 0.4 } }",
            "field = \"moves.m.rate\", set = 0.1",
        ),
        &[0.3, 0.1],
    );
    equal(
        &exposure("per_month = 0.3, season = { feb = 2 }", "field = \"moves.m.rate.season.feb\", times = 2"),
        &[0.3, 1.2],
    );
}

#[test]
fn a_table_is_changed_in_whole_or_by_value() {
    let left = |change: &str| {
        let text = monthly(
            "1 month",
            &format!(
                r#"
[dimensions]
sex = ["men", "women", "other"]
[places.camp]
kind = "camp"
people = [{{ who = {{ sex = "men" }}, count = 1000 }}, {{ who = {{ sex = "women" }}, count = 1000 }}, {{ who = {{ sex = "other" }}, count = 1000 }}]
[places.home]
kind = "community"
[moves.m]
from = "camp"
to = "home"
rate = {{ per_month = {{ by = "sex", values = {{ men = 0.1, women = 0.2 }}, otherwise = 0.4 }} }}
[policies.p]
changes = [{{ {change} }}]
"#
            ),
        );
        let means = expected(&text);
        [0, 1, 2].map(|sex| -libm::log(cell(&means, 0, &[sex], 1).mean / 1000.0))
    };
    equal(&left("field = \"moves.m.rate.per_month.values.women\", times = 2"), &[0.1, 0.4, 0.4]);
    equal(&left("field = \"moves.m.rate.per_month.otherwise\", set = 0.3"), &[0.1, 0.2, 0.3]);
    equal(&left("field = \"moves.m.rate.per_month.values\", times = 2"), &[0.2, 0.4, 0.8]);
    equal(&left("field = \"moves.m.rate.per_month\", set = 0.5"), &[0.5, 0.5, 0.5]);
    equal(&left("field = \"moves.m.rate\", times = 3"), &[0.3, 0.6, 1.2]);
}

#[test]
fn shares_are_bounded_at_1_and_relative_to_their_sum() {
    let text = |change: &str| {
        monthly(
            "1 month",
            &format!(
                r#"
[places.camp]
kind = "camp"
people = [{{ count = 900 }}]
[places.home]
kind = "community"
[places.died]
kind = "end"
[shocks.s]
at = "camp"
on = "2025-01"
share = 0.5
to = [{{ place = "home", share = 0.5 }}, {{ place = "died", share = 0.5 }}]
[policies.p]
changes = [{{ {change} }}]
"#
            ),
        )
    };
    let places = |text: &str| [0, 1, 2].map(|place| at(&expected(text), place).points[1].mean);
    let severe = text("field = \"shocks.s.share\", times = 5");
    equal(&places(&severe), &[0.0, 450.0, 450.0]);
    // Somebody who is affected with probability 1 is affected in every replicate.
    assert_eq!(at(&run(&severe, 20), 0).points[1].mean, 0.0);
    // 1 (not 5) to 0.5.
    equal(&places(&text("field = \"shocks.s.to.0.share\", times = 10")), &[450.0, 300.0, 150.0]);
    equal(&places(&text("field = \"shocks.s.to.0.share\", times = 0")), &[450.0, 0.0, 450.0]);
}

#[test]
fn capacity_may_change_and_moves_nobody() {
    let text = monthly(
        "3 months",
        "[places.camp]\nkind = \"camp\"\ncapacity = 500\npeople = [{ count = 400 }]\n[policies.p]\nfrom = \"2025-02\"\nchanges = [{ field = \"places.camp.capacity\", times = 0 }]\n",
    );
    equal(&at(&expected(&text), 0).points.iter().map(|stat| stat.mean).collect::<Vec<_>>(), &[400.0; 4]);
}

/// Expected arrivals by two rates, the one a parameter and the other computed from it.
fn by_parameter(policy: &str) -> [Vec<f64>; 2] {
    let text = monthly(
        "3 months",
        &format!(
            "[parameters.a]\nvalue = 10\n[parameters.b]\nvalue = \"2 * a\"\n[places.camp]\nkind = \"camp\"\n[arrivals.one]\nto = \"camp\"\nrate = {{ per_month = \"a + 1\" }}\n[arrivals.two]\nto = \"camp\"\nrate = {{ per_month = \"b\" }}\n{policy}\n"
        ),
    );
    let means = expected(&text);
    [0, 1].map(|k| per_step(&means, Mechanism::Arrival(k)))
}

#[test]
fn every_number_follows_a_changed_parameter() {
    let times = "[policies.p]\nfrom = \"2025-02\"\nuntil = \"2025-03\"\nchanges = [{ field = \"parameters.a\", times = 3 }]";
    let [one, two] = by_parameter(times);
    equal(&one, &[11.0, 31.0, 11.0]);
    equal(&two, &[20.0, 60.0, 20.0]);
    let both = "[policies.p]\nfrom = \"2025-02\"\nchanges = [{ field = \"parameters.b.value\", times = 10 }, { field = \"parameters.a\", set = 4 }]";
    let [one, two] = by_parameter(both);
    equal(&one, &[11.0, 5.0, 5.0]);
    equal(&two, &[20.0, 80.0, 80.0]);
    let ramp = "[policies.p]\nramp = \"2 months\"\nchanges = [{ field = \"parameters.a\", set = 50 }]";
    equal(&by_parameter(ramp)[1], &[40.0, 80.0, 100.0]);
}

#[test]
fn a_parameter_set_to_a_drawn_one_differs_between_replicates() {
    let text = monthly(
        "2 months",
        r#"
[parameters.seats]
value = 10
[parameters.drawn]
value = 100
distribution = { uniform = { low = 50, high = 150 } }
[places.camp]
kind = "camp"
people = [{ count = 10000 }]
[places.home]
kind = "community"
[programmes.flights]
from = "camp"
to = "home"
occasions = { every = "1 month" }
seats = "seats"
[policies.p]
from = "2025-02"
changes = [{ field = "parameters.seats", set = "drawn" }]
"#,
    );
    // One block of replicates, then many.
    let flights = |n| run(&text, n).flows.swap_remove(0).per_step;
    assert!(flights(64)[1].spread.unwrap().sd > 15.0);
    let flights = flights(4_000);
    crate::always(flights[0], 10.0);
    crate::near("drawn", flights[1], 100.0, 100.0 / 12f64.sqrt(), -1.2);
}
