//! Parameters that wander: the law of where they are, whom they move, and who shares it.
//!
//! What a place costs a month shows a parameter without any other chance.

use repatria::internals::engine::compile;
use repatria::internals::ensemble::summary::{Stat, Summary};
use repatria::internals::ensemble::{Unwatched, simulate};
use repatria::internals::model::{Mechanism, Model};
use repatria::internals::scenario::{self, Source};

use crate::support::{expected, flow, measure, run};
use crate::{equal, monthly, near, one_replicate};

/// A camp that costs what an expression over the parameter `x` says.
fn costing(step: &str, horizon: &str, x: &str, cost: &str) -> String {
    let places = "[places.camp]\nkind = \"camp\"\npeople = [{ count = 1000 }]\n";
    let costs = format!("[costs]\ncurrency = \"USD\"\nplaces.camp = {{ fixed_per_month = \"{cost}\" }}\n");
    monthly(horizon, &format!("[parameters.x]\n{x}\n{places}{costs}"))
        .replace("\"month\"", &format!("\"{step}\""))
}

fn costs(summary: &Summary) -> &[Stat] {
    measure(summary, "costs", "cost")
}

fn last(stats: &[Stat]) -> Stat {
    stats[stats.len() - 1]
}

/// The logarithm is normal with the same standard deviation in every step, and its sum over the steps has the variance that
/// follows from an autocorrelation of 2^(-t / halves_in): at steps of any length.
#[test]
fn the_law_is_the_same_at_steps_of_any_length() {
    let (sd, halves_in) = (0.4, 2.0);
    let wanders = "value = 1\nwanders = { sd = 0.4, halves_in = \"2 months\" }";
    for (step, horizon, months) in [
        ("day", "60 days", 12.0 / 365.25),
        ("week", "20 weeks", 7.0 * 12.0 / 365.25),
        ("month", "12 months", 1.0),
        ("quarter", "2 years", 3.0),
    ] {
        let summary = run(&costing(step, horizon, wanders, "10 + ln(x)"), 1_000);
        let stats = costs(&summary);
        for stat in [stats[0], stats[stats.len() / 2], last(stats)] {
            near(step, stat, 10.0 * months, sd * months, 0.0);
        }
        let n = stats.len() as f64;
        let kept = libm::exp2(-months / halves_in);
        let lags: f64 =
            (1..stats.len()).map(|lag| 2.0 * (n - lag as f64) * libm::pow(kept, lag as f64)).sum();
        let of_sum = sd * months * (n + lags).sqrt();
        near(step, last(measure(&summary, "costs", "cost_to_date")), n * 10.0 * months, of_sum, 0.0);
    }
}

/// On the scale of the odds, where the range says that it is a share.
#[test]
fn shares_wander_between_their_bounds() {
    let x = "value = 0.2\nrange = [0, 1]\nwanders = { sd = 0.8, halves_in = \"1 year\" }";
    let logit = run(&costing("month", "3 months", x, "10 + ln(x / (1 - x))"), 2_000);
    for stat in costs(&logit) {
        near("logit", *stat, 10.0 + libm::log(0.25), 0.8, 0.0);
    }
}

/// `value` is the median, whatever the scale, and what expected mode takes.
#[test]
fn the_value_is_the_median() {
    let n = 2_000;
    for (x, value) in [("value = 3", 3.0), ("value = 0.2\nrange = [0, 0.9]", 0.2)] {
        let text = costing(
            "month",
            "3 months",
            &format!("{x}\nwanders = {{ sd = 1, halves_in = \"1 month\" }}"),
            "x",
        );
        assert!(costs(&expected(&text)).iter().all(|stat| stat.mean == value));
        for stat in costs(&run(&text, n)) {
            let median = stat.spread.unwrap().quantiles[2];
            let scale = |x: f64| if value < 1.0 { libm::log(x / (1.0 - x)) } else { libm::log(x) };
            // The standard error of a median is sqrt(pi / 2) times that of the mean.
            let z = (scale(median) - scale(value)) * f64::from(n as u32).sqrt() / 1.2533;
            assert!(z.abs() < 4.0, "{median} for {value}: {z}");
        }
    }
}

/// Counts of a Poisson stream whose rate wanders: the variance of the sum is the mean, and the covariances of the rates:
/// rate^2 exp(sd^2) (exp(sd^2 2^(-lag / halves_in)) - 1).
#[test]
fn arrivals_at_a_rate_that_wanders_are_overdispersed() {
    let (rate, sd, steps) = (40.0, 0.3f64, 6);
    let summary = run(
        &monthly(
            "6 months",
            "[parameters.x]\nvalue = 1\nwanders = { sd = 0.3, halves_in = \"3 months\" }\n\
             [places.camp]\nkind = \"camp\"\n\
             [arrivals.some]\nto = \"camp\"\nrate = { per_month = \"40 * x\" }\n",
        ),
        3_000,
    );
    let mean = rate * libm::exp(sd * sd / 2.0);
    let covariance = |lag: i32| {
        let kept = libm::exp2(-f64::from(lag.abs()) / 3.0);
        mean * mean * libm::expm1(sd * sd * kept)
    };
    let variance: f64 = (0..steps).flat_map(|i| (0..steps).map(move |j| i - j)).map(covariance).sum();
    let arrivals = flow(&summary, Mechanism::Arrival(0));
    let total = f64::from(steps) * mean;
    // The excess kurtosis of one lognormal rate is 1.6; that of their sum is less.
    near("sum", last(&arrivals.to_date), total, (total + variance).sqrt(), 1.6);
    near("first", arrivals.per_step[0], mean, (mean + covariance(0)).sqrt(), 1.6);
}

/// The path has its own random numbers, by seed, replicate, name and step.
#[test]
fn paths_are_shared_by_what_differs_elsewhere() {
    let text = |x: &str, more: &str| {
        let x = format!("value = {x}\nwanders = {{ sd = 0.5, halves_in = \"6 months\" }}");
        costing("month", "1 year", &x, "x") + more
    };
    let more = "[parameters.a]\nvalue = 2\nwanders = { sd = 1, halves_in = \"1 month\" }\n\
                [places.other]\nkind = \"camp\"\n[arrivals.some]\nto = \"other\"\nrate = { per_month = \"9 * a\" }\n";
    let means = |summary: &Summary| -> Vec<f64> { costs(summary).iter().map(|stat| stat.mean).collect() };
    for replicate in 0..4 {
        let plain = means(&one_replicate(&text("1", ""), replicate));
        assert_eq!(plain, means(&one_replicate(&text("1", more), replicate)));
        // Another value moves all of it alike.
        let twice: Vec<f64> = plain.iter().map(|cost| 2.0 * cost).collect();
        assert_eq!(twice, means(&one_replicate(&text("2", ""), replicate)));
        assert!(plain.windows(2).all(|pair| pair[0] != pair[1]));
    }
}

/// A variant or a policy may set the standard deviation, from a date on.
#[test]
fn the_standard_deviation_can_be_changed() {
    let text = |sd: &str, policy: &str| {
        costing(
            "month",
            "4 months",
            &format!("value = 1\nwanders = {{ sd = {sd}, halves_in = \"1 month\" }}"),
            "10 + ln(x)",
        ) + policy
    };
    let until =
        "[policies.calm]\nfrom = \"2025-03\"\nchanges = [{ field = \"parameters.x.wanders.sd\", set = 0 }]\n";
    let calmed = run(&text("0.5", until), 50);
    let moving = run(&text("0.5", ""), 50);
    let sd = |stat: &Stat| stat.spread.unwrap().sd;
    let known: Vec<f64> = costs(&moving).iter().map(sd).collect();
    let found: Vec<f64> = costs(&calmed).iter().map(sd).collect();
    assert_eq!(found, [known[0], known[1], 0.0, 0.0]);
    let doubled = "[policies.wild]\nfrom = \"2025-01\"\nchanges = [{ field = \"parameters.x.wanders.sd\", times = 2 }]\n";
    assert_eq!(format!("{:?}", run(&text("0.5", doubled), 20)), format!("{:?}", run(&text("1", ""), 20)));
}

/// A parameter that is computed from one that wanders follows it, also where a variant multiplies it.
#[test]
fn variants_change_what_follows() {
    let x = "value = 1\nwanders = { sd = 0.5, halves_in = \"6 months\" }\n[parameters.y]\nvalue = \"3 * x\"";
    let text = costing("month", "6 months", x, "y")
        + "[variants.double]\nchanges = [{ field = \"parameters.y\", times = 2 }]\n\
           [variants.still]\nchanges = [{ field = \"parameters.x.wanders.sd\", set = 0 }]\n\
           [variants.fixed]\nchanges = [{ field = \"parameters.y\", set = 7 }]\n";
    let (scenario, _) = scenario::load(&Source::new("test.toml", text)).unwrap();
    let means = |model: &Model| -> Vec<f64> {
        let summary = simulate(&compile(model), 1, 5..6, 1, &Unwatched).unwrap();
        costs(&summary).iter().map(|stat| stat.mean).collect()
    };
    let baseline = means(&scenario.baseline);
    assert!(baseline.windows(2).all(|pair| pair[0] != pair[1]));
    let [double, still, fixed] = [0, 1, 2].map(|index| means(&scenario.variants[index].model));
    equal(&double, &baseline.iter().map(|cost| 2.0 * cost).collect::<Vec<_>>());
    equal(&still, &[3.0; 6]);
    assert!(scenario.variants[1].model.wandering().all(|wander| wander.is_none()));
    equal(&fixed, &[7.0; 6]);
    assert_eq!(scenario.variants[1].parts[0].label, "X: wanders sd = 0");
}

#[test]
fn a_standard_deviation_of_0_is_no_wandering() {
    let with = |x: &str| {
        let text = costing("month", "1 year", x, "x")
            + "[arrivals.some]\nto = \"camp\"\nrate = { per_month = \"9 * x\" }\n";
        format!("{:?}", run(&text, 20))
    };
    assert_eq!(with("value = 3"), with("value = 3\nwanders = { sd = 0, halves_in = \"6 months\" }"));
}
