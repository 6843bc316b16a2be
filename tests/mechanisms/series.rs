//! Rates over time and events.

use repatria::internals::ensemble::summary::{Event, Summary};

use crate::support::{expected, run};
use crate::{equal, monthly};

/// A rate in every month: that of everybody, or of one value of the first dimension.
fn rate(summary: &Summary, counts_as: &str, value: Option<usize>) -> Vec<f64> {
    let of = |series: &&repatria::internals::ensemble::summary::RateSeries| {
        series.counts_as == counts_as && series.groups.first().copied().flatten() == value
    };
    summary.rates.iter().find(of).unwrap().points.iter().map(|stat| stat.mean).collect()
}

/// Leavers per person-year of the last twelve months, from the stock at every boundary. All leave by programmes as a step begins,
/// so who is there at its end has been there throughout.
fn trailing(stock: &[f64], leavers: &[f64]) -> Vec<f64> {
    (1..stock.len())
        .map(|end| {
            let window = end.saturating_sub(12)..end;
            let time: f64 = window.clone().map(|k| stock[k + 1] / 12.0).sum();
            leavers[window].iter().sum::<f64>() / time
        })
        .collect()
}

#[test]
fn a_rate_is_of_the_last_twelve_months_per_person_year() {
    let text = monthly(
        "20 months",
        r#"
[places.camp]
kind = "camp"
people = [{ count = 1000 }]
[places.home]
kind = "community"
[programmes.flights]
from = "camp"
to = "home"
occasions = { every = "2 months" }
seats = 30
counts_as = "repatriation"
"#,
    );
    let leavers: Vec<f64> = (0..20).map(|k| if k % 2 == 0 { 30.0 } else { 0.0 }).collect();
    let mut stock = vec![1000.0];
    leavers.iter().for_each(|left| stock.push(stock[stock.len() - 1] - left));
    let known = trailing(&stock, &leavers);
    equal(&rate(&expected(&text), "repatriation", None), &known);
    equal(&rate(&run(&text, 3), "repatriation", None), &known);
}

#[test]
fn mechanisms_that_count_as_one_thing_are_counted_together_and_by_group() {
    // Of a: 5 a month fly from the camp. Of both: 7 a month leave the prison. Nobody else counts: not those of b in the
    // camp, and people of a at the camp once although two programmes apply to them.
    let text = monthly(
        "15 months",
        r#"
[dimensions]
origin = ["a", "b"]
[places.camp]
kind = "camp"
people = [{ who = { origin = "a" }, count = 500 }, { who = { origin = "b" }, count = 5000 }]
[places.prison]
kind = "prison"
people = [{ who = { origin = "b" }, count = 600 }]
[places.home]
kind = "community"
[programmes.flights]
from = "camp"
to = "home"
who = { origin = "a" }
occasions = { every = "1 month" }
seats = 2
counts_as = "return"
[programmes.more_flights]
from = "camp"
to = "home"
who = { origin = "a" }
occasions = { every = "1 month" }
seats = 3
counts_as = "return"
[programmes.courts]
from = "prison"
to = "home"
occasions = { every = "1 month" }
seats = 7
counts_as = "return"
[programmes.others]
from = "camp"
to = "home"
who = { origin = "b" }
occasions = { every = "1 month" }
seats = 11
counts_as = "release"
"#,
    );
    let stock = |first: f64, each: f64| (0..=15).map(|k| first - each * f64::from(k)).collect::<Vec<_>>();
    for summary in [expected(&text), run(&text, 2)] {
        equal(&rate(&summary, "return", None), &trailing(&stock(1100.0, 12.0), &[12.0; 15]));
        equal(&rate(&summary, "return", Some(0)), &trailing(&stock(500.0, 5.0), &[5.0; 15]));
        equal(&rate(&summary, "return", Some(1)), &trailing(&stock(600.0, 7.0), &[7.0; 15]));
        equal(&rate(&summary, "release", None), &trailing(&stock(5000.0, 11.0), &[11.0; 15]));
        assert!(
            !summary.rates.iter().any(|series| series.counts_as == "release" && series.groups == [Some(0)])
        );
    }
}

#[test]
fn a_move_counts_too_and_nobody_has_no_rate() {
    let text = monthly(
        "3 months",
        r#"
[places.camp]
kind = "camp"
[places.home]
kind = "community"
[arrivals.a]
to = "camp"
rate = { per_month = { series = { "2025-01" = 0, "2025-02" = 100 } } }
[moves.leave]
from = "camp"
to = "home"
rate = { per_month = 0.5 }
counts_as = "release"
"#,
    );
    let found = rate(&expected(&text), "release", None);
    assert!(found[0].is_nan());
    // 100 come at some moment of February: those who left in it, by half of those at its end.
    let left = 100.0 * (1.0 + libm::expm1(-0.5) / 0.5);
    equal(&found[1..2], &[left / ((100.0 - left) / 24.0)]);
    assert!(rate(&run(&text, 2), "release", None)[0].is_nan());
}

#[test]
fn the_severity_of_an_event_is_of_the_replicates_in_which_somebody_was_there() {
    let text = monthly(
        "2 months",
        r#"
[places.camp]
kind = "camp"
people = [{ count = 100 }]
[places.home]
kind = "community"
[shocks.closure]
at = "camp"
on = ["2025-01", "2025-02"]
share = 1
to = "home"
"#,
    );
    for summary in [expected(&text), run(&text, 5)] {
        let series = summary.events.iter().find(|series| series.event == Event::Shock(0)).unwrap();
        assert_eq!(series.probability, [1.0, 1.0]);
        assert_eq!((series.severity[0].unwrap().mean, series.severity[1]), (1.0, None));
    }
}
