//! Property: arrivals of a step are the integral of their rate, and what is left after a year of seasons does not depend on the step.

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;
use repatria::internals::engine::compile;
use repatria::internals::ensemble::expect;
use repatria::internals::model::Mechanism;

use crate::cases;
use crate::support::{at, flow, model};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The mean of a rate that goes by days over the days of a step.
fn mean_of(from: Date, until: Date, rate: impl Fn(Date) -> f64) -> f64 {
    let (mut day, mut sum, mut days) = (from, 0.0, 0.0);
    while day < until {
        sum += rate(day);
        days += 1.0;
        day = day.checked_add(1.day()).unwrap();
    }
    sum / days
}

/// The same where a step is made of whole months, each of which counts as a twelfth of a year.
fn mean_of_months(from: Date, until: Date, rate: impl Fn(Date) -> f64) -> f64 {
    let (mut month, mut sum, mut months) = (from, 0.0, 0.0);
    while month < until {
        sum += rate(month);
        months += 1.0;
        month = month.checked_add(1.month()).unwrap();
    }
    sum / months
}

/// Checks arrivals of every step of a scenario against the integral of a rate per month.
fn check(text: &str, rate: impl Fn(Date) -> f64) -> Result<(), TestCaseError> {
    let model = model(text);
    let summary = expect(&compile(&model)).unwrap();
    let calendar = &model.calendar;
    for (step, stat) in flow(&summary, Mechanism::Arrival(0)).per_step.iter().enumerate() {
        let (from, until) = (calendar.date(step as u32), calendar.date(step as u32 + 1));
        let by_months =
            text.contains("\"month\"") || text.contains("\"quarter\"") || text.contains("\"year\"");
        let whole = by_months && from.day() == 1;
        let mean = if whole { mean_of_months(from, until, &rate) } else { mean_of(from, until, &rate) };
        let known = 12.0 * calendar.step_years() * mean;
        // Part of a month may be counted in days or as a part of a twelfth of a year.
        let allowed = if by_months && !whole { 0.06 * known + 1e-9 } else { 1e-9 * (1.0 + known) };
        prop_assert!(
            (stat.mean - known).abs() <= allowed,
            "{from} to {until}: {} for {known}\n{text}",
            stat.mean
        );
    }
    Ok(())
}

fn head(start: &str, step: &str) -> String {
    let horizon = if step == "day" { "100 days" } else { "2 years" };
    format!(
        "title = \"Seasons\"\nstart = \"{start}\"\nhorizon = \"{horizon}\"\nstep = \"{step}\"\n[places.camp]\nkind = \"camp\"\n"
    )
}

const ALL_STEPS: [&str; 5] = ["day", "week", "month", "quarter", "year"];
const STARTS: [&str; 4] = ["2025-01-01", "2025-02-01", "2025-08-15", "2024-02-10"];

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn arrivals_of_a_season(factors in prop::collection::vec(0..5u32, 12), step in 0..5usize, start in 0..4usize) {
        let season: Vec<String> = MONTHS.iter().zip(&factors).map(|(month, factor)| format!("{month} = {factor}")).collect();
        let text = head(STARTS[start], ALL_STEPS[step])
            + &format!("[arrivals.intake]\nto = \"camp\"\nrate = {{ per_month = 100, season = {{ {} }} }}\n", season.join(", "));
        check(&text, |day| 100.0 * f64::from(factors[day.month() as usize - 1]))?;
    }

    #[test]
    fn arrivals_of_a_dated_series(values in prop::collection::vec(0..5u32, 16), step in 0..5usize, start in 0..4usize) {
        // A value from the start on, and from the first of every second month after it.
        let (first, by_day) = (STARTS[start].parse::<Date>().unwrap(), ALL_STEPS[step] == "day");
        let end = first.checked_add(if by_day { 99.days() } else { 23.months() }).unwrap();
        let next = |k: i32| first.first_of_month().checked_add((2 * k).months()).unwrap();
        let dates: Vec<Date> = [first].into_iter().chain((1..16).map(next)).filter(|date| *date < end).collect();
        let series: Vec<String> = dates.iter().zip(&values).map(|(date, value)| format!("\"{date}\" = {}", value * 100)).collect();
        let text = head(STARTS[start], ALL_STEPS[step])
            + &format!("[arrivals.intake]\nto = \"camp\"\nrate = {{ per_month = {{ series = {{ {} }} }} }}\n", series.join(", "));
        let value = |day: Date| {
            let index = dates.iter().rposition(|date| *date <= day).unwrap();
            100.0 * f64::from(values[index])
        };
        check(&text, value)?;
    }
}

#[test]
fn what_a_year_of_seasons_leaves_does_not_depend_on_the_step() {
    let season = "season = [0, 0, 6, 0, 0, 0, 0, 0, 0, 3, 0, 3]";
    for step in ["month", "quarter", "year"] {
        let text = head("2025-01-01", step)
            .replace("kind = \"camp\"\n", "kind = \"camp\"\npeople = [{ count = 1000 }]\n")
            + &format!(
                "[places.home]\nkind = \"community\"\n[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ per_year = 0.8, {season} }}\n"
            );
        let model = model(&text);
        let summary = expect(&compile(&model)).unwrap();
        let last = at(&summary, 0).points.last().unwrap().mean;
        let known = 1000.0 * libm::exp(-2.0 * 0.8);
        assert!((last - known).abs() < 1e-6, "by {step}: {last} for {known}");
    }
}
