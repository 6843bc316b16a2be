//! Triggers: policies that start and end at thresholds.

use repatria::internals::ensemble::summary::{Event, EventSeries, Summary};
use repatria::internals::model::Mechanism;

use crate::support::{at, expected, run};
use crate::{equal, monthly, per_step};

/// In expected mode 10 a month come to a camp of 100; while the policy holds, 30 seats a month take people out of it.
fn camp(horizon: &str, policy: &str) -> String {
    monthly(
        horizon,
        &format!(
            r#"
[places.camp]
kind = "camp"
capacity = 100
people = [{{ count = 100 }}]
[places.out]
kind = "community"
[arrivals.a]
to = "camp"
rate = {{ per_month = 10 }}
[programmes.transfer]
from = "camp"
to = "out"
occasions = {{ every = "1 month" }}
seats = 0
[policies.relief]
changes = [{{ field = "programmes.transfer.seats", set = 30 }}]
{policy}
"#
        ),
    )
}

fn holds(summary: &Summary) -> &EventSeries {
    summary.events.iter().find(|series| matches!(series.event, Event::Trigger(_))).unwrap()
}

/// The steps in which the policy of [`camp`] holds in expected mode.
fn steps(horizon: &str, policy: &str) -> Vec<usize> {
    let summary = expected(&camp(horizon, policy));
    let on = &holds(&summary).probability;
    let moved = per_step(&summary, Mechanism::Programme(0));
    // What the events say and what happens are the same.
    assert_eq!(on.iter().map(|on| 30.0 * on).collect::<Vec<_>>(), moved);
    (0..on.len()).filter(|step| on[*step] == 1.0).collect()
}

#[test]
fn a_policy_starts_in_the_step_after_one_threshold_and_ends_after_the_other() {
    let text = camp("12 months", "when = { people = { at = \"camp\" }, above = 125, until_below = 95 }");
    let known = [100, 110, 120, 130, 110, 90, 100, 110, 120, 130, 110, 90, 100].map(f64::from);
    equal(&at(&expected(&text), 0).points.iter().map(|stat| stat.mean).collect::<Vec<_>>(), &known);
    let when = "when = { people = { at = \"camp\" }, above = 125, until_below = 95 }";
    assert_eq!(steps("12 months", when), [3, 4, 9, 10]);
    // Exactly at a threshold it has not been passed.
    let when = "when = { people = { at = \"camp\" }, above = 130, until_below = 110 }";
    assert_eq!(steps("12 months", when), [4, 5, 10, 11]);
    // One threshold for both.
    let when = "when = { people = { at = \"camp\" }, above = 125 }";
    assert_eq!(steps("8 months", when), [3, 6]);
}

#[test]
fn occupancy_is_a_share_of_capacity_as_policies_change_it() {
    let when = "when = { occupancy = \"camp\", above = 1.25, until_below = 0.95 }";
    assert_eq!(steps("12 months", when), [3, 4, 9, 10]);
    // A new wing of 100 from the fifth month on: 0.95 x 200 is more than there are.
    let wing =
        "[policies.wing]\nfrom = \"2025-05\"\nchanges = [{ field = \"places.camp.capacity\", set = 200 }]";
    assert_eq!(steps("12 months", &format!("{when}\n{wing}")), [3, 4]);
}

#[test]
fn a_threshold_that_the_start_is_beyond_holds_from_the_first_step() {
    let when = "when = { people = { at = \"camp\" }, above = 90, until_below = 50 }";
    assert_eq!(steps("6 months", when), [0, 1, 2]);
    let when = "when = { people = { at = \"camp\" }, below = 105, until_above = 125 }";
    // 100, 80, 60, ...: it never gets above again.
    assert_eq!(steps("4 months", when), [0, 1, 2, 3]);
}

#[test]
fn a_policy_that_starts_below_ends_above() {
    let body = monthly(
        "8 months",
        r#"
[places.camp]
kind = "camp"
people = [{ count = 100 }]
[places.out]
kind = "community"
[programmes.transfer]
from = "camp"
to = "out"
occasions = { every = "1 month" }
seats = 20
[arrivals.a]
to = "camp"
rate = { per_month = 0 }
[policies.open]
when = { people = { at = "camp" }, below = 50, until_above = 75 }
changes = [{ field = "arrivals.a.rate.per_month", set = 40 }]
"#,
    );
    let summary = expected(&body);
    // 100, 80, 60, 40 | 60, 80 | 60, 40 | 60
    assert_eq!(holds(&summary).probability, [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0]);
    equal(
        &at(&summary, 0).points.iter().map(|stat| stat.mean).collect::<Vec<_>>(),
        &[100.0, 80.0, 60.0, 40.0, 60.0, 80.0, 60.0, 40.0, 60.0],
    );
}

#[test]
fn it_lasts_as_long_as_it_says_and_holds_within_its_dates_only() {
    let when = "when = { people = { at = \"camp\" }, above = 125, lasts = \"3 months\" }";
    // On after 130; 110, 90, 70 after three months, below the threshold. 80, 90, ..., 130: six months later again.
    assert_eq!(steps("16 months", when), [3, 4, 5, 12, 13, 14]);
    let when = "when = { people = { at = \"camp\" }, above = 105, until_below = 50 }\nfrom = \"2025-04\"\nuntil = \"2025-06\"";
    assert_eq!(steps("12 months", when), [3, 4]);
    let when = "when = { people = { at = \"camp\" }, above = 105, lasts = \"1 year\" }\nuntil = \"2025-04\"";
    assert_eq!(steps("12 months", when), [1, 2]);
}

#[test]
fn a_flow_sets_off_the_next_step() {
    let shock = "[shocks.raid]\nat = \"camp\"\nto = \"out\"\non = [\"2025-03\", \"2025-06\"]\nshare = { by = \"x\", values = { a = 0.5 } }\n[dimensions]\nx = [\"a\"]";
    let when = "when = { flow = \"shocks.raid\", above = 25 }";
    assert_eq!(steps("8 months", &format!("{when}\n{shock}")), [3, 6]);
    let when = "when = { flow = \"shocks.raid\", above = 55 }";
    assert_eq!(steps("8 months", &format!("{when}\n{shock}")), [3]);
    // Before the first step nobody has been moved: a policy cannot start by that.
    let when = "when = { flow = \"arrivals.a\", below = 20 }";
    assert_eq!(steps("4 months", when), [1, 2, 3]);
}

#[test]
fn every_replicate_has_its_own() {
    let body = monthly(
        "24 months",
        r#"
[places.prison]
kind = "prison"
people = [{ count = 1000 }]
[places.out]
kind = "at_large"
[moves.recapture]
from = "out"
to = "prison"
rate = { half_life = "1 days" }
[shocks.escape]
at = "prison"
to = "out"
rate = { per_month = 0.2 }
share = 0.2
[policies.search]
when = { flow = "shocks.escape", above = 0 }
changes = [{ field = "moves.recapture.rate", times = 2 }]
"#,
    );
    let summary = run(&body, 2_000);
    let shock = summary.events.iter().find(|series| series.event == Event::Shock(0)).unwrap();
    // In the very replicates in which there was a shock it holds a step later.
    let on = &holds(&summary).probability;
    assert_eq!(on[0], 0.0);
    assert_eq!(on[1..], shock.probability[..23]);
    assert!(on[5] > 0.1 && on[5] < 0.3);
}

#[test]
fn a_trigger_stacks_between_policies_and_regimes() {
    let rate = |layers: &str| {
        let body = format!(
            r#"
[places.camp]
kind = "camp"
people = [{{ count = 100 }}]
[arrivals.a]
to = "camp"
rate = {{ per_month = 10 }}
{layers}
"#
        );
        per_step(&expected(&monthly("2 months", &body)), Mechanism::Arrival(0))[1]
    };
    let field = "field = \"arrivals.a.rate.per_month\"";
    let policy = |what: &str| format!("[policies.dated]\nchanges = [{{ {field}, {what} }}]\n");
    let trigger = |what: &str| {
        format!(
            "[policies.then]\nwhen = {{ people = {{ at = \"camp\" }}, above = 50 }}\nchanges = [{{ {field}, {what} }}]\n"
        )
    };
    let regime = |what: &str| {
        format!(
            "[regimes.r]\nstates = [\"x\", \"y\"]\ninitial = \"x\"\nswitches = [{{ to = \"y\", on = \"2025-01\" }}]\n[regimes.r.in.y]\nchanges = [{{ {field}, {what} }}]\n"
        )
    };
    equal(&[rate(&(trigger("set = 7") + &policy("set = 20")))], &[7.0]);
    equal(&[rate(&(regime("set = 3") + &trigger("set = 7") + &policy("set = 20")))], &[3.0]);
    equal(&[rate(&(trigger("times = 3") + &regime("set = 4")))], &[12.0]);
    equal(&[rate(&(trigger("times = 3") + &policy("times = 2")))], &[60.0]);
}
