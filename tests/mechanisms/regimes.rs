//! Regimes: switches and what states change.

use repatria::internals::ensemble::summary::{Event, Summary};
use repatria::internals::model::Mechanism;

use crate::support::{at, expected, flow, run};
use crate::{always, equal, monthly, near, per_step};

/// The probability of an event in every step.
fn probability(summary: &Summary, event: Event) -> &[f64] {
    &summary.events.iter().find(|series| series.event == event).unwrap().probability
}

fn state(summary: &Summary, state: usize) -> &[f64] {
    probability(summary, Event::State { regime: 0, state })
}

/// A camp that people arrive in at 100 a month, in a context.
fn camp(horizon: &str, regime: &str) -> String {
    monthly(
        horizon,
        &format!(
            "[places.camp]\nkind = \"camp\"\n[arrivals.a]\nto = \"camp\"\nrate = {{ per_month = 100 }}\n[regimes.support]\n{regime}\n"
        ),
    )
}

const TIMES_3: &str = "[regimes.support.in.low]\nchanges = [{ field = \"arrivals.a.rate\", times = 3 }]";

#[test]
fn a_dated_switch_holds_from_the_start_of_its_step() {
    let regime = "states = [\"high\", \"low\"]\ninitial = \"high\"\nswitches = [{ to = \"low\", on = \"2025-03\" }, { from = \"low\", to = \"high\", on = \"2025-05\" }]\n";
    let text = camp("6 months", &format!("{regime}{TIMES_3}"));
    let (summary, means) = (run(&text, 20), expected(&text));
    for summary in [&summary, &means] {
        equal(state(summary, 1), &[0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
        // The switch itself is counted at the end of the step before.
        equal(
            probability(summary, Event::Switch { regime: 0, from: 0, to: 1 }),
            &[0.0, 1.0, 0.0, 0.0, 0.0, 0.0],
        );
    }
    equal(&per_step(&means, Mechanism::Arrival(0)), &[100.0, 100.0, 300.0, 300.0, 100.0, 100.0]);
}

#[test]
fn a_switch_on_the_first_day_holds_from_the_start() {
    let regime =
        "states = [\"high\", \"low\"]\ninitial = \"high\"\nswitches = [{ to = \"low\", on = \"2025-01\" }]\n";
    let means = expected(&camp("2 months", &format!("{regime}{TIMES_3}")));
    equal(&per_step(&means, Mechanism::Arrival(0)), &[300.0, 300.0]);
}

#[test]
fn switches_of_one_date_do_not_chain() {
    let regime = "states = [\"high\", \"low\"]\ninitial = \"high\"\nswitches = [{ to = \"low\", on = \"2025-01\" }, { from = \"high\", to = \"low\", on = \"2025-03\" }, { from = \"low\", to = \"high\", on = \"2025-03\" }]\n";
    let text = camp("4 months", regime);
    for summary in [run(&text, 5), expected(&text)] {
        equal(state(&summary, 1), &[1.0, 1.0, 0.0, 0.0]);
    }
    let from_low = text.replace("initial = \"high\"", "initial = \"low\"");
    equal(state(&run(&from_low.replace("2025-01\" }", "2025-02\" }"), 5), 1), &[1.0, 1.0, 0.0, 0.0]);
    let from_high = text.replace("{ to = \"low\", on = \"2025-01\" }, ", "");
    equal(state(&run(&from_high, 5), 1), &[0.0, 0.0, 1.0, 1.0]);
}

#[test]
fn random_switches_follow_their_chain() {
    let regime = "states = [\"high\", \"low\"]\ninitial = \"high\"\nswitches = [{ from = \"high\", to = \"low\", rate = { per_month = 0.3 } }, { from = \"low\", to = \"high\", rate = { mean_stay = \"2 months\" } }]\n";
    let text = camp("12 months", &format!("{regime}{TIMES_3}"));
    let (down, up) = (-libm::expm1(-0.3), -libm::expm1(-0.5));
    let mut low = vec![0.0];
    for step in 0..11 {
        low.push(low[step] * (1.0 - up) + (1.0 - low[step]) * down);
    }
    let n = 4_000;
    let (summary, means) = (run(&text, n), expected(&text));
    equal(state(&means, 1), &low);
    equal(
        &per_step(&means, Mechanism::Arrival(0)),
        &low.iter().map(|low| 100.0 + 200.0 * low).collect::<Vec<_>>(),
    );
    for (step, (found, low)) in state(&summary, 1).iter().zip(&low).enumerate().skip(1) {
        let z = (found - low) / (low * (1.0 - low) / n as f64).sqrt();
        assert!(z.abs() < 4.0, "step {step}: Z {z}");
    }
    // A mixture of Poisson counts of 100 and 300: its variance is the mean plus that of the means.
    let p = low[11];
    let mean = 100.0 + 200.0 * p;
    let stat = flow(&summary, Mechanism::Arrival(0)).per_step[11];
    near("a mixture", stat, mean, (mean + 40_000.0 * p * (1.0 - p)).sqrt(), -1.5);
}

#[test]
fn three_states_share_what_leaves_one() {
    let switches = "switches = [{ from = \"a\", to = \"b\", rate = { per_month = 0.1 } }, { from = \"a\", to = \"c\", rate = { per_month = 0.3 } }, { from = \"b\", to = \"c\", rate = { per_day = 0 } }]";
    let changes = "[regimes.support.in.b]\nchanges = [{ field = \"arrivals.a.rate\", times = 2 }]\n[regimes.support.in.c]\nchanges = [{ field = \"arrivals.a.rate\", times = 5 }]";
    let text =
        camp("4 months", &format!("states = [\"a\", \"b\", \"c\"]\ninitial = \"a\"\n{switches}\n{changes}"));
    let n = 4_000;
    let (summary, means) = (run(&text, n), expected(&text));
    for step in 0..4 {
        let left = -libm::expm1(-0.4 * step as f64);
        let known = [1.0 - left, left / 4.0, left * 3.0 / 4.0];
        for (of, known) in known.into_iter().enumerate() {
            equal(&[state(&means, of)[step]], &[known]);
            let z = (state(&summary, of)[step] - known) / (known * (1.0 - known) / n as f64 + 1e-12).sqrt();
            assert!(z.abs() < 4.0, "state {of}, step {step}: Z {z}");
        }
        // States exclude each other: their effects add up in proportion, they do not compound.
        equal(
            &per_step(&means, Mechanism::Arrival(0))[step..=step],
            &[100.0 * (known[0] + 2.0 * known[1] + 5.0 * known[2])],
        );
    }
}

#[test]
fn a_switch_written_twice_is_a_switch_of_both_rates() {
    let switches = "switches = [{ from = \"a\", to = \"b\", rate = { per_day = 100 } }, { from = \"a\", to = \"b\", rate = { per_day = 100 } }, { from = \"a\", to = \"c\", rate = { per_day = 200 } }]";
    let text = camp("2 months", &format!("states = [\"a\", \"b\", \"c\"]\ninitial = \"a\"\n{switches}"));
    let found = state(&run(&text, 4_000), 1)[1];
    assert!((found - 0.5).abs() < 4.0 * 0.5 / 4_000f64.sqrt(), "{found}");
}

#[test]
fn states_change_hazards_seats_and_shares() {
    let text = monthly(
        "2 months",
        r#"
[places.camp]
kind = "camp"
people = [{ count = 1000 }]
[places.home]
kind = "community"
[places.prison]
kind = "prison"
[moves.leave]
from = "camp"
to = [{ place = "home", share = 0.25 }, { place = "prison", share = 0.75 }]
rate = { per_month = 0.1 }
[programmes.flights]
from = "camp"
to = "home"
occasions = { every = "1 month" }
seats = 10
[regimes.r]
states = ["one", "two"]
initial = "one"
switches = [{ to = "two", on = "2025-02" }]
[regimes.r.in.two]
changes = [
  { field = "moves.leave.rate", times = 2 },
  { field = "programmes.flights.seats", times = 3 },
  { field = "moves.leave.to.0.share", set = 0.75 },
]
"#,
    );
    let means = expected(&text);
    equal(&per_step(&means, Mechanism::Programme(0)), &[10.0, 30.0]);
    let first = 990.0 * -libm::expm1(-0.1);
    let second = (990.0 - first - 30.0) * -libm::expm1(-0.2);
    equal(&per_step(&means, Mechanism::Move(0))[..2], &[first, second]);
    // Shares are relative to their sum: 0.75 and 0.75 are halves.
    let prison = [1, 2].map(|boundary| at(&means, 2).points[boundary].mean);
    equal(&prison, &[0.75 * first, 0.75 * first + 0.5 * second]);
}

#[test]
fn a_regime_between_equal_states_changes_nothing() {
    let regime = "states = [\"a\", \"b\"]\ninitial = \"a\"\nswitches = [{ from = \"a\", to = \"b\", rate = { per_day = 1e9 } }, { from = \"b\", to = \"a\", rate = { per_day = 1e9 } }]";
    let summary = run(&camp("6 months", regime), 50);
    // An immediate switch happens at the end of every step.
    assert_eq!(state(&summary, 0), [1.0, 0.0, 1.0, 0.0, 1.0, 0.0]);
    always(at(&summary, 0).points[0], 0.0);
}
