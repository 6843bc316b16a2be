//! Parameters: expressions, distributions, one draw for a whole replicate.

use crate::support::{at, expected, flow, run};
use crate::{equal, monthly, near, one_replicate, per_step};
use repatria::internals::model::Mechanism;

/// A camp that starts with the number of people that a drawn parameter says.
fn drawn(value: &str, more: &str, distribution: &str) -> String {
    monthly(
        "1 month",
        &format!(
            "[parameters.n]\nvalue = {value}\n{more}\ndistribution = {distribution}\n[places.camp]\nkind = \"camp\"\npeople = [{{ count = \"n\" }}]\n"
        ),
    )
}

#[test]
fn expressions_and_parameters_of_parameters() {
    let text = monthly(
        "1 month",
        r#"
[parameters.b]
value = "a ^ 2 + 1"
[parameters.a]
value = 3
[parameters.min_will]
value = 2
[parameters.expected]
value = 5
[parameters.absent]
value = 7
[places.camp]
kind = "camp"
[arrivals.one]
to = "camp"
rate = { per_month = "2 * b - a / 2" }
[arrivals.two]
to = "camp"
rate = { per_month = "max(min(b, 4), min(a, 1)) + max(a, min_will) * sqrt(4) + abs(-1) + exp(0) + ln(1)" }
[arrivals.three]
to = "camp"
rate = { per_month = "min_will + expected * absent * 1e-1 * 10" }
"#,
    );
    let summary = expected(&text);
    let found: Vec<f64> = (0..3).map(|k| per_step(&summary, Mechanism::Arrival(k))[0]).collect();
    equal(&found, &[18.5, 12.0, 37.0]);
}

#[test]
fn each_distribution_has_its_mean_and_spread() {
    // Counts are rounded: that adds 1/12 to variances of 2000 and more, which is not seen.
    let n = 4_000;
    let start = |distribution: &str| at(&run(&drawn("150", "", distribution), n), 0).points[0];
    near("uniform", start("{ uniform = { low = 100, high = 300 } }"), 200.0, 200.0 / 12f64.sqrt(), -1.2);
    near("normal", start("{ normal = { mean = 500, sd = 80 } }"), 500.0, 80.0, 0.0);
    // Triangular: variance (a^2 + b^2 + c^2 - ab - ac - bc) / 18, excess kurtosis -0.6.
    let variance: f64 = (0.0 + 90_000.0 + 3_600.0 - 0.0 - 0.0 - 18_000.0) / 18.0;
    near(
        "triangular",
        start("{ triangular = { low = 0, mode = 60, high = 300 } }"),
        120.0,
        variance.sqrt(),
        -0.6,
    );
    // Gamma of shape 4: excess kurtosis 6 / 4.
    near("gamma", start("{ gamma = { mean = 200, sd = 100 } }"), 200.0, 100.0, 1.5);
    // Lognormal with s = 0.5: mean m exp(s^2 / 2), variance mean^2 (exp(s^2) - 1), excess kurtosis 5.9.
    let mean = 200.0 * libm::exp(0.125);
    near(
        "lognormal",
        start("{ lognormal = { median = 200, sigma = 0.5 } }"),
        mean,
        mean * libm::expm1(0.25).sqrt(),
        5.9,
    );
}

#[test]
fn a_beta_parameter_is_between_0_and_1() {
    let text = drawn("0.5", "", "{ beta = { mean = 0.3, sd = 0.1 } }").replace("\"n\"", "\"1000 * n\"");
    // The excess kurtosis of this beta (6 and 14) is about -0.1: 0 will do.
    near("beta", at(&run(&text, 4_000), 0).points[0], 300.0, 100.0, 0.0);
}

#[test]
fn draws_are_kept_within_the_range() {
    // A normal draw above its mean: mean 1000 + 50 sqrt(2/pi), variance 2500 (1 - 2/pi), excess kurtosis 0.87.
    let text = drawn("1100", "range = [1000, 2000]", "{ normal = { mean = 1000, sd = 50 } }");
    let summary = run(&text, 4_000);
    let pi = std::f64::consts::PI;
    near(
        "half normal",
        at(&summary, 0).points[0],
        1000.0 + 50.0 * (2.0 / pi).sqrt(),
        50.0 * (1.0 - 2.0 / pi).sqrt(),
        0.87,
    );
    // Far out, from 2.4 to 4 standard deviations above the mean: what is left of the tail, and nobody at its ends.
    let far = drawn("1150", "range = [1120, 1200]", "{ normal = { mean = 1000, sd = 50 } }");
    near("tail", at(&run(&far, 4_000), 0).points[0], 1136.303, 14.573, 2.0);
    // Where the distribution practically never is, it is refused.
    let never = drawn("5000", "range = [5000, 6000]", "{ normal = { mean = 1000, sd = 50 } }");
    let source = repatria::internals::scenario::Source::new("test.toml", never);
    let refused = repatria::internals::scenario::baseline(&source).unwrap_err().to_string();
    assert!(refused.contains("`n` is next to never from 5000 to 6000, its range"), "{refused}");
}

#[test]
fn a_draw_holds_for_the_whole_replicate_and_expected_mode_takes_the_value() {
    let text = monthly(
        "10 months",
        r#"
[parameters.seats]
value = 30
distribution = { uniform = { low = 20, high = 60 } }
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
"#,
    );
    let summary = run(&text, 2_000);
    let flights = flow(&summary, Mechanism::Programme(0));
    // Ten times the same draw: ten times its standard deviation, not its root. Ten roundings add less than 1 % of variance.
    near("ten flights", flights.to_date[9], 400.0, 400.0 / 12f64.sqrt(), -1.2);
    equal(&per_step(&expected(&text), Mechanism::Programme(0)), &[30.0; 10]);
}

#[test]
fn computed_parameters_follow_the_draw_of_each_replicate() {
    let text = drawn("150", "", "{ uniform = { low = 100, high = 300 } }")
        + "[places.prison]\nkind = \"prison\"\npeople = [{ count = \"twice\" }]\n[parameters.twice]\nvalue = \"2 * n\"\n";
    let mut counts = Vec::new();
    for replicate in 0..20 {
        let summary = one_replicate(&text, replicate);
        let [camp, prison] = [0, 1].map(|place| at(&summary, place).points[0].mean);
        assert!((prison - 2.0 * camp).abs() <= 1.0, "{camp} and {prison}");
        counts.push(camp);
    }
    counts.dedup();
    assert!(counts.len() > 15, "replicates draw for themselves: {counts:?}");
}
