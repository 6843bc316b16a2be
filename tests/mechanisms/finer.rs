//! What is finer than a step is averaged: seasons and dated series under steps of any length, from any start.

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use proptest::prelude::*;
use repatria::internals::model::Mechanism;

use crate::support::{at, expected};
use crate::{equal, per_step};

const STEPS: [&str; 5] = ["day", "week", "month", "quarter", "year"];

/// A rate over time: from each date on a number a month, times that of the month.
#[derive(Clone, Debug)]
struct Course {
    series: Vec<(Date, f64)>,
    season: Vec<f64>,
}

impl Course {
    fn on(&self, day: Date) -> f64 {
        let held = self.series.iter().rev().find(|(from, _)| *from <= day).unwrap_or(&self.series[0]);
        held.1 * self.season[day.month() as usize - 1]
    }

    fn written(&self) -> String {
        let points: Vec<String> =
            self.series.iter().map(|(from, value)| format!("\"{from}\" = {value}")).collect();
        format!("{{ per_month = {{ series = {{ {} }} }}, season = {:?} }}", points.join(", "), self.season)
    }
}

/// A scenario over 2 years: only arrivals by a course, and perhaps a way out.
fn text(start: Date, step: &str, course: &Course, more: &str) -> String {
    format!(
        "title = \"Test\"\nstart = \"{start}\"\nhorizon = \"2 years\"\nstep = \"{step}\"\n[places.camp]\nkind = \"camp\"\n[places.home]\nkind = \"community\"\n[arrivals.a]\nto = \"camp\"\nrate = {}\n{more}",
        course.written()
    )
}

/// The days of every step with their lengths in years. In quarters and years months are as long as each other; the days of
/// a month share it.
fn days(start: Date, step: &str) -> Vec<Vec<(Date, f64)>> {
    let end = start + 2.years();
    let after = |span: &dyn Fn(i64) -> Span, k: i64| start.checked_add(span(k)).unwrap();
    let cells = |span: &dyn Fn(i64) -> Span, k: i64, years: Option<f64>| -> Vec<(Date, f64)> {
        let (from, until) = (after(span, k), after(span, k + 1));
        let n = (until - from).get_days();
        let length = years.map_or(1.0 / 365.25, |years| years / f64::from(n));
        (0..n).map(|i| (from + i.days(), length)).collect()
    };
    let (span, months): (&dyn Fn(i64) -> Span, i64) = match step {
        "day" => (&|k| k.days(), 0),
        "week" => (&|k| k.weeks(), 0),
        "month" => (&|k| k.months(), 1),
        "quarter" => (&|k| k.months(), 3),
        _ => (&|k| k.months(), 12),
    };
    let mut steps = Vec::new();
    for k in 0.. {
        if after(span, k * months.max(1)) >= end {
            return steps;
        }
        steps.push(match months {
            0 => cells(span, k, None),
            n => (0..n).flat_map(|m| cells(span, k * n + m, Some(1.0 / 12.0))).collect(),
        });
    }
    unreachable!()
}

fn course() -> impl Strategy<Value = Course> {
    let days = prop::collection::btree_set(0..720i64, 0..8);
    let numbers = prop::collection::vec(0..400i32, 9);
    let season = prop::collection::vec(0..30i32, 12);
    (days, numbers, season).prop_map(|(days, numbers, season)| {
        let dates =
            [date(2025, 1, 1)].into_iter().chain(days.into_iter().map(|day| date(2025, 3, 1) + day.days()));
        Course {
            series: dates.zip(numbers).map(|(from, value)| (from, f64::from(value))).collect(),
            season: season.into_iter().map(|tenths| f64::from(tenths) / 10.0).collect(),
        }
    })
}

/// Any day from January 2025 on, often one at the end of a month.
fn start() -> impl Strategy<Value = Date> {
    let last = (1..12i8).prop_map(|month| date(2025, month, 1).last_of_month());
    prop_oneof![3 => (0..59i64).prop_map(|day| date(2025, 1, 1) + day.days()), 1 => last]
}

/// As written, but from the start on.
fn from(course: &Course, start: Date) -> Course {
    let first = course.on(start) / course.season[start.month() as usize - 1];
    let mut series: Vec<(Date, f64)> = course.series.iter().copied().filter(|(at, _)| *at > start).collect();
    series.insert(0, (start, if first.is_finite() { first } else { 50.0 }));
    series.retain(|(at, _)| *at < start + 2.years());
    Course { series, ..course.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn arrivals_are_the_integral_of_their_rate(course in course(), start in start()) {
        let course = from(&course, start);
        for step in STEPS {
            let found = per_step(&expected(&text(start, step, &course, "")), Mechanism::Arrival(0));
            let of_step = |days: &Vec<(Date, f64)>| days.iter().map(|(day, years)| 12.0 * course.on(*day) * years).sum();
            let known: Vec<f64> = days(start, step).iter().map(of_step).collect();
            equal(&found, &known);
        }
    }

    #[test]
    fn who_leaves_at_a_dated_rate_is_exposed_to_its_integral(course in course(), start in start()) {
        let course = from(&course, start);
        let rate = course.written().replace("per_month", "per_year");
        for step in STEPS {
            let text = text(start, step, &course, &format!(
                "[places.prison]\nkind = \"prison\"\npeople = [{{ count = 1000 }}]\n[moves.m]\nfrom = \"prison\"\nto = \"home\"\nrate = {rate}\n"
            ));
            let mut known = vec![1000.0];
            for days in days(start, step) {
                let exposure: f64 = days.iter().map(|(day, years)| course.on(*day) * years).sum();
                known.push(known[known.len() - 1] * libm::exp(-exposure));
            }
            let found: Vec<f64> = at(&expected(&text), 2).points.iter().map(|stat| stat.mean).collect();
            equal(&found, &known);
        }
    }

    #[test]
    fn with_a_way_out_people_are_right_to_the_second_order(course in course(), start in start()) {
        // Days of n' = a(t) - m n, one after the other. Where the rate jumps by J within a step of length h, those who come
        // are at most J m h^2 / 8 off; elsewhere a step is exact.
        let course = from(&course, start);
        let m = 1.5;
        let way_out = format!("[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ per_year = {m} }}\n");
        for (step, h) in STEPS.iter().zip([1.0 / 365.25, 7.0 / 365.25, 1.0 / 12.0, 0.25, 1.0]) {
            let found: Vec<f64> =
                at(&expected(&text(start, step, &course, &way_out)), 0).points.iter().map(|stat| stat.mean).collect();
            let (mut people, mut bound) = (0.0, 0.0);
            for (days, found) in days(start, step).iter().zip(&found[1..]) {
                for (day, years) in days {
                    let gone = -libm::expm1(-m * years);
                    people += 12.0 * course.on(*day) * gone / m - people * gone;
                }
                let jumps: f64 = days
                    .windows(2)
                    .map(|pair| 12.0 * (course.on(pair[1].0) - course.on(pair[0].0)).abs())
                    .sum();
                bound += jumps * m * h * h / 8.0;
                prop_assert!((people - found).abs() <= bound + 1e-7, "{step}: {found} for {people}, within {bound}");
            }
        }
    }
}

#[test]
fn monthly_figures_make_the_same_year_by_any_step() {
    // 600, 0, 0 and nine times 100: 1,500. By week and day months are as long as their days.
    let series = [
        (date(2025, 1, 1), 600.0),
        (date(2025, 2, 1), 0.0),
        (date(2025, 3, 1), 0.0),
        (date(2025, 4, 1), 100.0),
    ];
    let course = Course { series: series.to_vec(), season: vec![1.0; 12] };
    for (step, count) in [("month", 12), ("quarter", 4), ("year", 1)] {
        let year = per_step(&expected(&text(date(2025, 1, 1), step, &course, "")), Mechanism::Arrival(0));
        equal(&[year[..count].iter().sum()], &[1500.0]);
    }
    let by_day = per_step(&expected(&text(date(2025, 1, 1), "day", &course, "")), Mechanism::Arrival(0));
    equal(&[by_day[..365].iter().sum()], &[12.0 / 365.25 * (600.0 * 31.0 + 100.0 * 275.0)]);
}

#[test]
fn lengths_and_probabilities_are_averaged_as_rates() {
    let stocks = |rate: &str| -> Vec<f64> {
        let text = format!(
            "title = \"Test\"\nstart = \"2025-01\"\nhorizon = \"1 year\"\nstep = \"quarter\"\n[places.camp]\nkind = \"camp\"\npeople = [{{ count = 1000 }}]\n[places.home]\nkind = \"community\"\n[moves.m]\nfrom = \"camp\"\nto = \"home\"\nrate = {rate}\n"
        );
        at(&expected(&text), 0).points[..2].iter().map(|stat| stat.mean).collect()
    };
    // One month of a mean stay of 10 months, then two of one of 20.
    let stay = "{ mean_stay = { series = { \"2025-01\" = \"10 months\", \"2025-02\" = \"20 months\" } } }";
    equal(&stocks(stay), &[1000.0, 1000.0 * libm::exp(-0.2)]);
    let probability = "{ monthly_probability = { series = { \"2025-01\" = 0.5, \"2025-02\" = 0.1 } } }";
    equal(&stocks(probability), &[1000.0, 1000.0 * 0.5 * 0.9 * 0.9]);
}

#[test]
fn a_ramp_shorter_than_a_step_has_its_mean() {
    let text = |ramp: &str| {
        format!(
            "title = \"Test\"\nstart = \"2025-01\"\nhorizon = \"1 year\"\nstep = \"quarter\"\n[places.camp]\nkind = \"camp\"\n[arrivals.a]\nto = \"camp\"\nrate = {{ per_month = 100 }}\n[policies.p]\nfrom = \"2025-04\"\nramp = \"{ramp}\"\nchanges = [{{ field = \"arrivals.a.rate\", times = 2 }}]\n"
        )
    };
    let arrivals = |ramp: &str| per_step(&expected(&text(ramp)), Mechanism::Arrival(0));
    // Half of it in the two months that it takes, all of it in the third.
    equal(&arrivals("2 months"), &[300.0, 500.0, 600.0, 600.0]);
    // By month: 1/8, 3/8, 5/8, 7/8, then in full.
    equal(&arrivals("4 months"), &[300.0, 300.0 + 100.0 * 9.0 / 8.0, 300.0 + 100.0 * 23.0 / 8.0, 600.0]);
}
