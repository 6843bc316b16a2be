//! Lengths of stay that change for people who are there: each keeps the quantile that is theirs.
//!
//! Known by closed forms, and by following persons over a fine grid of moments of entry and of quantiles.

use proptest::prelude::*;

use crate::monthly;
use crate::support::{at, expected, run};

/// A prison with an inflow of 1,000 a month in equilibrium, whose stays become longer after a year.
fn longer(step: &str, change: &str) -> String {
    format!(
        r#"
title = "Longer for everyone"
start = "2025-01"
horizon = "24 months"
step = "{step}"
replicates = 100
[places.prison]
kind = "prison"
people = [{{ count = 12000 }}]
[places.out]
kind = "community"
[arrivals.a]
to = "prison"
rate = {{ per_month = 1000 }}
[stays.s]
at = "prison"
length = {{ exponential = {{ mean = "12 months" }} }}
to = "out"
[policies.longer]
from = "2026-01"
changes = [{{ field = "stays.s", {change}, applies_to = "everyone" }}]
"#
    )
}

/// People of such a prison when `t` months have passed since a share of stays was multiplied: of who has been there for a, and
/// would stay for r more, a + r becomes f (a + r).
fn held(t: f64, f: f64, share: f64) -> f64 {
    let (mean, then) = (12.0, 12.0 * f);
    // P(f (a + r) - a > t), a and r exponential: the sum of (f - 1) a and f r.
    let (b, c) = ((f - 1.0) * mean, then);
    let still = if f > 1.0 {
        (c * libm::exp(-t / c) - b * libm::exp(-t / b)) / (c - b)
    } else {
        // What is left is f r - (1 - f) a.
        c / (c - b) * libm::exp(-t / c)
    };
    let concerned = 12_000.0 * still - 1_000.0 * then * libm::expm1(-t / then);
    share * concerned + (1.0 - share) * 12_000.0
}

#[test]
fn a_stay_that_is_stretched_for_everyone_is_stretched_for_each() {
    let set = "set = { exponential = { mean = \"24 months\" } }";
    for (change, f, share) in [
        ("times = 2", 2.0, 1.0),
        ("times = 2, share = 0.1", 2.0, 0.1),
        (set, 2.0, 1.0),
        ("times = 0.5, share = 0.3", 0.5, 0.3),
    ] {
        for (step, per_month) in [("month", 1.0), ("quarter", 1.0 / 3.0)] {
            let text = longer(step, change);
            let means = expected(&text);
            for months in [3.0, 6.0, 12.0] {
                let found = at(&means, 0).points[((12.0 + months) * per_month) as usize].mean;
                let known = held(months, f, share);
                assert!((found / known - 1.0).abs() < 2e-4, "{change}, {step} {months}: {found} for {known}");
            }
        }
        let known = held(12.0, f, share);
        let year = at(&expected(&longer("year", change)), 0).points[2].mean;
        assert!((year / known - 1.0).abs() < 3e-3, "{change}, year: {year} for {known}");
    }
    let summary = run(&longer("month", "times = 2, share = 0.1"), 100);
    let stat = at(&summary, 0).points[15];
    let z = (stat.mean - held(3.0, 2.0, 0.1)) / (stat.spread.unwrap().sd / 10.0);
    assert!(z.abs() < 4.0, "{} for {}", stat.mean, held(3.0, 2.0, 0.1));
}

#[test]
fn days_months_and_quarters_agree() {
    let death = "[moves.death]\nfrom = \"prison\"\nto = \"out\"\nrate = { per_month = 0.1 }\n";
    for change in ["times = 1.5, share = 0.4", "set = { gamma = { mean = \"45 days\", shape = 2 } }"] {
        let end = |step: &str| {
            let text = longer(step, change).replace("24 months", "9 months").replace("2026-01", "2025-04");
            let text = text.replace("12000", "2000").replace("\"12 months\"", "\"2 months\"") + death;
            at(&expected(&text), 0).points.last().unwrap().mean
        };
        let [day, month, quarter] = ["day", "month", "quarter"].map(end);
        // Second order: a step three times as long is nine times as wrong.
        println!("{change}: {day} {month} {quarter}");
        assert!((month / day - 1.0).abs() < 3e-3, "{change}: {month} by month, {day} by day");
        assert!((quarter / day - 1.0).abs() < 2.5e-2, "{change}: {quarter} by quarter, {day} by day");
    }
}

#[test]
fn a_change_that_changes_nothing_does_nothing() {
    let (none, never) = (longer("month", "times = 1"), longer("month", "times = 3, share = 0"));
    let without = none.split("[policies").next().unwrap().to_string();
    let stocks = |text: &str| -> Vec<f64> { at(&expected(text), 0).points.iter().map(|p| p.mean).collect() };
    let known = stocks(&without);
    for text in [none, never] {
        let found = stocks(&text);
        assert!(found.iter().zip(&known).all(|(a, b)| (a / b - 1.0).abs() < 1e-6), "{found:?} for {known:?}");
    }
}

#[test]
fn all_have_just_come() {
    let text = |step: &str, length: &str| {
        format!(
            "title = \"New\"\nstart = \"2025-01\"\nhorizon = \"15 months\"\nstep = \"{step}\"\n\
             [places.p]\nkind = \"prison\"\npeople = [{{ count = 100000 }}]\n[places.out]\nkind = \"community\"\n\
             [stays.s]\nat = \"p\"\nto = \"out\"\nlength = {length}\nat_start = \"new\"\n"
        )
    };
    let gamma = "{ gamma = { mean = \"6 months\", shape = 3 } }";
    for (step, months) in [("month", 1), ("quarter", 3)] {
        let points = at(&expected(&text(step, gamma)), 0).points.clone();
        for (k, point) in points.iter().enumerate() {
            let known =
                100_000.0 * statrs::function::gamma::gamma_ur(3.0, (k * months) as f64 / 2.0 + 1e-300);
            assert!((point.mean - known).abs() < 1e-3, "{step} {k}: {} for {known}", point.mean);
        }
    }
    let fixed = at(&expected(&text("quarter", "{ fixed = \"5 months\" }")), 0).points.clone();
    let found: Vec<f64> = fixed.iter().map(|point| point.mean).collect();
    assert_eq!(found, [100_000.0, 100_000.0, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn who_enters_by_a_programme_is_there_for_the_whole_step() {
    let text = monthly(
        "40 months",
        r#"
[places.camp]
kind = "camp"
people = [{ count = 100000 }]
[places.centre]
kind = "centre"
[places.out]
kind = "community"
[programmes.intake]
from = "camp"
to = "centre"
occasions = { every = "1 month" }
seats = 100
[stays.s]
at = "centre"
to = "out"
length = { gamma = { mean = "4 months", shape = 3 } }
"#,
    );
    // At the end of a month those are there of whom the last intake was a month ago.
    let left = |months: u32| statrs::function::gamma::gamma_ur(3.0, 3.0 * f64::from(months) / 4.0);
    let known = 100.0 * (1..=40).map(left).sum::<f64>();
    let found = at(&expected(&text), 1).points[40].mean;
    assert!((found - known).abs() < 1e-6, "{found} for {known}");
    let stat = at(&run(&text, 200), 1).points[40];
    let z = (stat.mean - known) / (stat.spread.unwrap().sd / 200f64.sqrt());
    assert!(z.abs() < 4.0, "{} for {known}", stat.mean);
}

/// A length of stay, in months.
#[derive(Clone, Copy, Debug)]
enum Length {
    Fixed(f64),
    Weibull { mean: f64, shape: f64 },
}

impl Length {
    fn written(self) -> String {
        match self {
            Length::Fixed(months) => format!("{{ fixed = \"{months} months\" }}"),
            Length::Weibull { mean, shape } => {
                format!("{{ weibull = {{ mean = \"{mean} months\", shape = {shape} }} }}")
            }
        }
    }

    fn quantile(self, u: f64) -> f64 {
        match self {
            Length::Fixed(months) => months,
            Length::Weibull { mean, shape } => {
                mean / libm::tgamma(1.0 + 1.0 / shape) * libm::pow(-libm::log1p(-u), 1.0 / shape)
            }
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Effect {
    Times(f64),
    Minimum(f64),
    Set(Length),
}

#[derive(Clone, Copy, Debug)]
struct Change {
    effect: Effect,
    share: f64,
    everyone: bool,
    from: i32,
    until: i32,
}

impl Change {
    fn holds(&self, entry: i32, step: i32) -> bool {
        let at = if self.everyone { step } else { entry };
        self.from <= at && at < self.until
    }

    fn written(&self, index: usize) -> String {
        let date = |month: i32| format!("{}-{:02}", 2025 + month / 12, 1 + month % 12);
        let (field, what) = match self.effect {
            Effect::Times(f) => ("stays.s", format!("times = {f}")),
            Effect::Minimum(months) => ("stays.s.minimum", format!("set = \"{months} months\"")),
            Effect::Set(length) => ("stays.s", format!("set = {}", length.written())),
        };
        let to = if self.everyone { "everyone" } else { "new arrivals" };
        format!(
            "[policies.p{index}]\nfrom = \"{}\"\nuntil = \"{}\"\nchanges = [{{ field = \"{field}\", {what}, share = {}, applies_to = \"{to}\" }}]\n",
            date(self.from),
            date(self.until),
            self.share
        )
    }
}

const MONTHS: i32 = 20;

fn scenario(length: Length, changes: &[Change], hazard: f64) -> String {
    let policies: String = changes.iter().enumerate().map(|(i, change)| change.written(i)).collect();
    monthly(
        &format!("{MONTHS} months"),
        &format!(
            r#"
[places.prison]
kind = "prison"
people = [{{ count = 800 }}]
[places.out]
kind = "community"
[places.died]
kind = "end"
[arrivals.a]
to = "prison"
rate = {{ per_month = 100 }}
[moves.death]
from = "prison"
to = "died"
rate = {{ per_month = {hazard} }}
[stays.s]
at = "prison"
length = {}
to = "out"
at_start = "new"
{policies}
"#,
            length.written()
        ),
    )
}

/// People at every boundary, by following each of many persons who entered at one of many moments and have one of many
/// quantiles, whom some of the changes would concern.
fn followed(length: Length, changes: &[Change], hazard: f64) -> Vec<f64> {
    const MOMENTS: i32 = 24;
    const QUANTILES: i32 = 300;
    let mut stock = vec![0.0; MONTHS as usize + 1];
    stock[0] = 800.0;
    for concerned in 0..1u32 << changes.len() {
        let affected = |i: usize| concerned >> i & 1 == 1;
        let p: f64 = changes
            .iter()
            .enumerate()
            .map(|(i, change)| if affected(i) { change.share } else { 1.0 - change.share })
            .product();
        let mut follow = |entry: f64, step: i32, people: f64| {
            for quantile in 0..QUANTILES {
                let u = (f64::from(quantile) + 0.5) / f64::from(QUANTILES);
                for now in step.max(0)..MONTHS {
                    let (mut minimum, mut stretch, mut law) = (0.0f64, 1.0, length);
                    for change in changes
                        .iter()
                        .enumerate()
                        .filter(|(i, change)| affected(*i) && change.holds(step, now))
                        .map(|(_, change)| change)
                    {
                        match change.effect {
                            Effect::Times(f) => stretch *= f,
                            Effect::Minimum(months) => minimum = months,
                            Effect::Set(length) => law = length,
                        }
                    }
                    if entry + stretch * law.quantile(u).max(minimum) <= f64::from(now + 1) {
                        break;
                    }
                    let there = libm::exp(-hazard * (f64::from(now + 1) - entry));
                    stock[now as usize + 1] += p * people / f64::from(QUANTILES) * there;
                }
            }
        };
        follow(0.0, -1, 800.0);
        for step in 0..MONTHS {
            for moment in 0..MOMENTS {
                let part = (f64::from(moment) + 0.5) / f64::from(MOMENTS);
                follow(f64::from(step) + part, step, 100.0 / f64::from(MOMENTS));
            }
        }
    }
    stock
}

fn lengths() -> impl Strategy<Value = Length> {
    prop_oneof![
        (2u32..20).prop_map(|halves| Length::Fixed(f64::from(halves) / 2.0)),
        (3u32..12, prop::sample::select(vec![0.8, 1.0, 2.0, 3.0]))
            .prop_map(|(mean, shape)| Length::Weibull { mean: f64::from(mean), shape }),
    ]
}

fn changes() -> impl Strategy<Value = Change> {
    let effect = prop_oneof![
        prop::sample::select(vec![0.4, 0.5, 0.8, 1.3, 2.0]).prop_map(Effect::Times),
        prop::sample::select(vec![2.0, 4.5, 7.0]).prop_map(Effect::Minimum),
        lengths().prop_map(Effect::Set),
    ];
    let share = prop::sample::select(vec![0.2, 0.5, 1.0]);
    (effect, share, any::<bool>(), 1i32..14, 1i32..10).prop_map(|(effect, share, everyone, from, lasts)| {
        Change { effect, share, everyone, from, until: (from + lasts).min(MONTHS - 1) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn everybody_keeps_their_quantile(
        length in lengths(),
        changes in prop::collection::vec(changes(), 1..4),
        dies in any::<bool>(),
    ) {
        let hazard = if dies { 0.02 } else { 0.0 };
        let text = scenario(length, &changes, hazard);
        let known = followed(length, &changes, hazard);
        let means: Vec<f64> = at(&expected(&text), 0).points.iter().map(|point| point.mean).collect();
        for (month, (found, known)) in means.iter().zip(&known).enumerate() {
            prop_assert!((found - known).abs() < 6.0, "month {}: {} for {}\n{}", month, found, known, text);
        }
        let summary = run(&text, 100);
        for month in [5, 10, 15, MONTHS as usize] {
            let stat = at(&summary, 0).points[month];
            let se = stat.spread.unwrap().sd.max(0.5) / 10.0;
            prop_assert!((stat.mean - means[month]).abs() < 4.5 * se, "month {}: {} for {}\n{}", month, stat.mean, means[month], text);
        }
    }
}
