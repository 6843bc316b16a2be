//! Moves: competing hazards, several origins and destinations, new groups.

use repatria::internals::ensemble::summary::{FlowEnd, Summary};
use repatria::internals::model::Mechanism;

use crate::support::{at, expected, flow, run};
use crate::{cell, equal, monthly, near};

const THREE_WAYS: &str = r#"
[places.prison]
kind = "prison"
people = [{ count = 1000 }]
[places.home]
kind = "community"
[places.court]
kind = "community"
[places.died]
kind = "end"
[moves.release]
from = "prison"
to = "home"
rate = { per_month = 0.02 }
[moves.transfer]
from = "prison"
to = "court"
rate = { per_month = 0.01 }
[moves.death]
from = "prison"
to = "died"
rate = { per_month = 0.0005 }
"#;

#[test]
fn competing_hazards_have_their_shares() {
    // After 1200 months one in 10^16 is left.
    let text = monthly("1200 months", THREE_WAYS);
    let last = |summary: &Summary, place: usize| at(summary, place).points[1200];
    let (means, summary) = (expected(&text), run(&text, 1_000));
    for (place, share) in [(1, 0.02 / 0.0305), (2, 0.01 / 0.0305), (3, 0.0005 / 0.0305)] {
        equal(&[last(&means, place).mean], &[1000.0 * share]);
        let sd = (1000.0 * share * (1.0 - share)).sqrt();
        near("share", last(&summary, place), 1000.0 * share, sd, 1.0 / (sd * sd));
    }
    equal(&[0.655738, 0.327869, 0.016393], &[1, 2, 3].map(|k| (last(&means, k).mean * 1e3).round() / 1e6));
}

#[test]
fn the_mean_stay_is_one_over_the_hazards() {
    let means = expected(&monthly("1200 months", THREE_WAYS));
    // The months that 1000 people spend, from the stock at both ends of each step: the trapezoid is above by H^2 / 12.
    let stock: Vec<f64> = at(&means, 0).points.iter().map(|stat| stat.mean).collect();
    let months: f64 = stock.windows(2).map(|ends| (ends[0] + ends[1]) / 2.0).sum::<f64>() / 1000.0;
    assert!((months / (1.0 + 0.0305f64.powi(2) / 12.0) * 0.0305 - 1.0).abs() < 1e-6, "{months}");
}

#[test]
fn who_comes_and_goes_within_a_step_is_exposed_to_part_of_it() {
    let text = monthly(
        "1 month",
        r#"
[places.a]
kind = "prison"
people = [{ count = 1000 }]
[places.b]
kind = "prison"
[places.c]
kind = "prison"
[places.d]
kind = "prison"
[moves.ab]
from = "a"
to = "b"
rate = { per_month = 0.5 }
[moves.bc]
from = "b"
to = "c"
rate = { per_month = 2 }
[moves.cd]
from = "c"
to = "d"
rate = { per_month = 3 }
"#,
    );
    let left = 1000.0 * -libm::expm1(-0.5);
    let on = left * (1.0 + libm::expm1(-2.0) / 2.0);
    let means = expected(&text);
    // Entering twice in one step goes no further: nobody is in d.
    equal(&[0, 1, 2, 3].map(|place| at(&means, place).points[1].mean), &[1000.0 - left, left - on, on, 0.0]);
    let summary = run(&text, 2_000);
    let p = on / 1000.0;
    near("in c", at(&summary, 2).points[1], on, (1000.0 * p * (1.0 - p)).sqrt(), 0.0);
}

#[test]
fn several_origins_and_destinations() {
    let text = monthly(
        "1 month",
        r#"
[places.a]
kind = "prison"
people = [{ count = 1000 }]
[places.b]
kind = "prison"
people = [{ count = 3000 }]
[places.c]
kind = "community"
[places.d]
kind = "community"
[moves.m]
from = ["a", "b"]
to = [{ place = "c", share = 0.2 }, { place = "d", share = 0.8 }]
rate = { monthly_probability = 0.5 }
"#,
    );
    let means = expected(&text);
    let along = |from: usize, to: usize| {
        let ends = (FlowEnd::Place(from), FlowEnd::Place(to));
        means.flows.iter().find(|series| (series.from, series.to) == ends).unwrap().per_step[0].mean
    };
    equal(&[along(0, 2), along(0, 3), along(1, 2), along(1, 3)], &[100.0, 400.0, 300.0, 1200.0]);
    let total = flow(&means, Mechanism::Move(0));
    assert_eq!((total.from, total.to), (FlowEnd::All, FlowEnd::All));
    equal(&[total.per_step[0].mean], &[2000.0]);
    // Of 1000, one in ten goes from a to c: a binomial.
    let summary = run(&text, 2_000);
    let ends = (FlowEnd::Place(0), FlowEnd::Place(2));
    let found = summary.flows.iter().find(|series| (series.from, series.to) == ends).unwrap();
    near("a to c", found.per_step[0], 100.0, 90f64.sqrt(), 0.0);
}

#[test]
fn people_become_others_by_shares() {
    let text = monthly(
        "1 month",
        r#"
[dimensions]
status = ["held", "tried", "freed"]
sex = ["men", "women"]
[places.prison]
kind = "prison"
people = [{ who = { status = "held", sex = "women" }, count = 1000 }]
[places.court]
kind = "centre"
[moves.trial]
from = "prison"
to = [{ place = "court", share = 0.5 }, { place = "prison", share = 0.5 }]
who = { status = "held" }
becomes = [{ status = "tried", share = 0.7 }, { status = "freed", share = 0.3 }]
rate = { monthly_probability = 0.4 }
"#,
    );
    let means = expected(&text);
    let women = |place, status| cell(&means, place, &[status, 1], 1).mean;
    equal(&[women(0, 0), women(0, 1), women(0, 2)], &[600.0, 140.0, 60.0]);
    equal(&[women(1, 0), women(1, 1), women(1, 2)], &[0.0, 140.0, 60.0]);
    near("freed in court", cell(&run(&text, 2_000), 1, &[2, 1], 1), 60.0, (60.0 * 0.94f64).sqrt(), 0.0);
}

#[test]
fn two_ways_to_one_cell_are_one_way() {
    // Half of the hazard twice, against as much again: half of those who leave go home.
    let text = monthly(
        "1 month",
        r#"
[places.prison]
kind = "prison"
people = [{ count = 1 }]
[places.home]
kind = "community"
[places.died]
kind = "end"
[moves.release]
from = "prison"
to = [{ place = "home", share = 0.5 }, { place = "home", share = 0.5 }]
rate = { per_day = 100 }
[moves.death]
from = "prison"
to = "died"
rate = { per_day = 100 }
"#,
    );
    near("home", at(&run(&text, 4_000), 1).points[1], 0.5, 0.5, -1.9);
}
