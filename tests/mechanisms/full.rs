//! Places that fill: who is turned away, waits, is diverted or stays behind; and closures.

use repatria::internals::model::Mechanism;

use crate::support::{at, expected, measure, run};
use crate::{always, cell, equal, measured, monthly, near, one_replicate, per_step};

/// A prison of ten that releases nobody, and people who come.
fn shut(rule: &str, rest: &str) -> String {
    monthly(
        "6 months",
        &format!(
            r#"
[places.prison]
kind = "prison"
capacity = 10
{rule}
people = [{{ count = 7 }}]
[places.camp]
kind = "camp"
[places.free]
kind = "community"
people = [{{ count = 1000 }}]
{rest}
"#
        ),
    )
}

const COMING: &str = "[arrivals.intake]\nto = \"prison\"\nrate = { per_month = 2 }";

#[test]
fn a_full_place_takes_as_many_as_it_has_room_for() {
    let text = shut("when_full = \"refuse\"", COMING);
    let means = expected(&text);
    equal(&people(&means, 0), &[7.0, 9.0, 10.0, 10.0, 10.0, 10.0, 10.0]);
    equal(&measured(&means, "places.prison", "refused"), &[0.0, 1.0, 2.0, 2.0, 2.0, 2.0]);
    equal(&measured(&means, "places.prison", "admitted"), &[2.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
    let month = 365.25 / 12.0;
    equal(
        &measured(&means, "places.prison", "days_refused_to_date"),
        &[0.0, month, 2.0 * month, 3.0 * month, 4.0 * month, 5.0 * month],
    );
    // In every replicate what came has got in or was turned away, and nobody is above the capacity.
    for replicate in 0..200 {
        let one = one_replicate(&text, replicate);
        let [arrived, admitted, refused] =
            ["arrived", "admitted", "refused"].map(|name| measured(&one, "places.prison", name));
        let mut inside = 7.0;
        for step in 0..6 {
            assert_eq!(arrived[step], admitted[step] + refused[step]);
            assert_eq!(admitted[step], arrived[step].min(10.0 - inside));
            inside += admitted[step];
            assert_eq!(at(&one, 0).points[step + 1].mean, inside);
        }
    }
}

#[test]
fn a_plain_capacity_only_measures() {
    let means = expected(&shut("", COMING));
    equal(&people(&means, 0), &[7.0, 9.0, 11.0, 13.0, 15.0, 17.0, 19.0]);
    equal(&measured(&means, "places.prison", "over_capacity"), &[0.0, 1.0, 3.0, 5.0, 7.0, 9.0]);
    equal(
        &measured(&means, "places.prison", "person_months_over_capacity_to_date"),
        &[0.0, 0.5, 2.5, 6.5, 12.5, 20.5],
    );
    assert_eq!(means.measures.iter().filter(|series| series.subject == "places.prison").count(), 3);
}

#[test]
fn a_new_wing_lets_in_who_waits_first_come_first_served() {
    let text = shut(
        "when_full = \"wait\"",
        &format!(
            "{COMING}\n[policies.wing]\nfrom = \"2025-05\"\nchanges = [{{ field = \"places.prison.capacity\", set = 13 }}]\n\
             [outcomes.long]\nmeasure = {{ of = \"places.prison\", name = \"waited_over_1_month\" }}"
        ),
    );
    let means = expected(&text);
    equal(&people(&means, 0), &[7.0, 9.0, 10.0, 10.0, 10.0, 13.0, 13.0]);
    equal(&measured(&means, "places.prison", "queue"), &[0.0, 1.0, 3.0, 5.0, 4.0, 6.0]);
    // Those who get in in May came in February (one), and in March (two): 3 + 2 x 2 months.
    equal(&measured(&means, "places.prison", "waited"), &[0.0, 0.0, 0.0, 0.0, 7.0, 0.0]);
    equal(&[measured(&means, "places.prison", "wait")[4]], &[7.0 / 6.0]);
    equal(&[measured(&means, "places.prison", "waited_over_1_month")[4]], &[3.0 / 6.0]);
    equal(&[means.outcomes[0].stat.unwrap().mean], &[3.0 / 6.0]);
    for replicate in 0..100 {
        let one = one_replicate(&text, replicate);
        let [arrived, admitted, queue] = ["arrived_to_date", "admitted_to_date", "queue"]
            .map(|name| measured(&one, "places.prison", name));
        for step in 0..6 {
            assert_eq!(arrived[step], admitted[step] + queue[step]);
        }
    }
}

fn people(summary: &repatria::internals::ensemble::summary::Summary, place: usize) -> Vec<f64> {
    at(summary, place).points.iter().map(|stat| stat.mean).collect()
}

#[test]
fn who_comes_from_another_place_stays_there_and_tries_again() {
    let rest = r#"
[moves.arrest]
from = "free"
to = "prison"
rate = { per_month = 0.5 }
"#;
    for rule in ["refuse", "wait"] {
        let summary = run(&shut(&format!("when_full = \"{rule}\""), rest), 300);
        always(at(&summary, 0).points[1], 10.0);
        always(at(&summary, 0).points[6], 10.0);
        always(at(&summary, 2).points[6], 997.0);
        // In the second step all whom the hazard meets stay.
        let stayed = measure(&summary, "places.prison", "held_back")[1];
        let leaving = 1.0 - libm::exp(-0.5);
        near("held back", stayed, 997.0 * leaving, (997.0 * leaving * (1.0 - leaving)).sqrt(), 0.0);
    }
}

#[test]
fn programmes_to_a_full_place_leave_seats_empty() {
    let rest = r#"
[programmes.intake]
from = "free"
to = "prison"
occasions = { every = "1 month" }
seats = 2
"#;
    let summary = run(&shut("when_full = \"refuse\"", rest), 64);
    for (step, inside) in [9.0, 10.0, 10.0].into_iter().enumerate() {
        always(at(&summary, 0).points[step + 1], inside);
    }
    equal(&measured(&summary, "places.prison", "held_back"), &[0.0, 1.0, 2.0, 2.0, 2.0, 2.0]);
    equal(&per_step(&summary, Mechanism::Programme(0)), &[2.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn who_finds_no_room_goes_to_the_first_place_that_has_some() {
    let body = |otherwise: &str| {
        monthly(
            "4 months",
            &format!(
                r#"
[places.a]
kind = "prison"
capacity = 10
when_full = {{ divert = ["b", "c"]{otherwise} }}
people = [{{ count = 10 }}]
[places.b]
kind = "prison"
capacity = 6
when_full = "refuse"
[places.c]
kind = "prison"
capacity = 5
when_full = "refuse"
[arrivals.intake]
to = "a"
rate = {{ per_month = 4 }}
"#
            ),
        )
    };
    let means = expected(&body(", otherwise = \"refuse\""));
    equal(&people(&means, 0), &[10.0; 5]);
    equal(&people(&means, 1), &[0.0, 4.0, 6.0, 6.0, 6.0]);
    equal(&people(&means, 2), &[0.0, 0.0, 2.0, 5.0, 5.0]);
    equal(&measured(&means, "places.a", "refused"), &[0.0, 0.0, 1.0, 4.0]);
    equal(&measured(&means, "places.a", "diverted"), &[4.0, 4.0, 3.0, 0.0]);
    equal(&per_step(&means, Mechanism::Arrival(0)), &[4.0, 4.0, 3.0, 0.0]);
    let means = expected(&body(""));
    equal(&people(&means, 0), &[10.0, 10.0, 10.0, 11.0, 15.0]);
    let means = expected(&body(", otherwise = \"wait\""));
    equal(&measured(&means, "places.a", "queue"), &[0.0, 0.0, 1.0, 5.0]);
    for replicate in 0..100 {
        let one = one_replicate(&body(", otherwise = \"refuse\""), replicate);
        assert_eq!(people(&one, 0), [10.0; 5]);
        for step in 0..4 {
            let [arrived, refused, diverted] =
                ["arrived", "refused", "diverted"].map(|name| measured(&one, "places.a", name)[step]);
            assert_eq!(arrived, refused + diverted);
            assert!(people(&one, 1)[step + 1] <= 6.0 && people(&one, 2)[step + 1] <= 5.0);
            assert!(refused == 0.0 || (people(&one, 1)[step + 1], people(&one, 2)[step + 1]) == (6.0, 5.0));
        }
    }
}

#[test]
fn the_last_room_falls_to_people_at_random() {
    // 30 men and 10 women want 8 places.
    let text = monthly(
        "1 month",
        r#"
[dimensions]
sex = ["men", "women"]
[places.prison]
kind = "prison"
capacity = 8
when_full = "refuse"
[places.free]
kind = "community"
people = [{ who = { sex = "men" }, count = 30 }]
[places.away]
kind = "community"
people = [{ who = { sex = "women" }, count = 10 }]
[moves.men]
from = "free"
to = "prison"
rate = { per_day = 1000 }
[moves.women]
from = "away"
to = "prison"
rate = { per_day = 1000 }
"#,
    );
    let summary = run(&text, 4_000);
    always(at(&summary, 0).points[1], 8.0);
    // Hypergeometric: mean 8 x 30 / 40, variance 8 x 3/4 x 1/4 x 32/39.
    near("men", cell(&summary, 0, &[0], 1), 6.0, (8.0 * 0.1875 * 32.0 / 39.0_f64).sqrt(), -0.1);
}

#[test]
fn two_full_places_that_exchange_people_stay_within_their_capacity() {
    let text = monthly(
        "24 months",
        r#"
[places.a]
kind = "prison"
capacity = 20
when_full = "refuse"
people = [{ count = 20 }]
[places.b]
kind = "prison"
capacity = 15
when_full = "wait"
people = [{ count = 14 }]
[places.out]
kind = "end"
[moves.ab]
from = "a"
to = "b"
rate = { per_month = 0.4 }
[moves.ba]
from = "b"
to = "a"
rate = { per_month = 0.4 }
[moves.release]
from = ["a", "b"]
to = "out"
rate = { per_month = 0.05 }
[arrivals.new]
to = [{ place = "a", share = 0.5 }, { place = "b", share = 0.5 }]
rate = { per_month = 3 }
"#,
    );
    for replicate in 0..200 {
        let one = one_replicate(&text, replicate);
        assert!(people(&one, 0).iter().all(|people| *people <= 20.0), "{:?}", people(&one, 0));
        assert!(people(&one, 1).iter().all(|people| *people <= 15.0), "{:?}", people(&one, 1));
    }
}

#[test]
fn a_closing_place_empties_evenly_and_its_people_go_where_it_says() {
    let text = monthly(
        "6 months",
        r#"
[places.prison]
kind = "prison"
people = [{ count = 90 }]
closes = { on = "2025-03", over = "3 months", to = [{ place = "camp", share = 0.5 }, { place = "home", share = 0.5 }] }
[places.camp]
kind = "camp"
[places.home]
kind = "community"
[arrivals.intake]
to = "prison"
rate = { per_month = 6 }
"#,
    );
    let means = expected(&text);
    equal(&people(&means, 0), &[90.0, 96.0, 102.0, 68.0, 34.0, 0.0, 0.0]);
    equal(&people(&means, 1), &[0.0, 0.0, 0.0, 20.0, 40.0, 60.0, 63.0]);
    equal(&per_step(&means, Mechanism::Closure(0)), &[0.0, 0.0, 34.0, 34.0, 34.0, 0.0]);
    equal(&measured(&means, "places.prison", "diverted"), &[0.0, 0.0, 6.0, 6.0, 6.0, 6.0]);
    let summary = run(&text, 2_000);
    always(at(&summary, 0).points[5], 0.0);
    // Arrivals are Poisson, and 90 + 12 of mean leave with probability 1/3 in the third step.
    near("left", at(&summary, 1).points[6], 63.0, (0.25 * 90.0 + 36.0 * 0.5_f64).sqrt(), 0.0);
}

#[test]
fn who_waits_for_a_place_that_closes_goes_elsewhere() {
    let text = monthly(
        "4 months",
        r#"
[places.prison]
kind = "prison"
capacity = 10
when_full = "wait"
people = [{ count = 10 }]
closes = { on = "2025-03", to = "camp" }
[places.camp]
kind = "camp"
capacity = 20
when_full = "wait"
[arrivals.intake]
to = "prison"
rate = { per_month = 3 }
"#,
    );
    let means = expected(&text);
    equal(&people(&means, 0), &[10.0, 10.0, 10.0, 0.0, 0.0]);
    equal(&people(&means, 1), &[0.0, 0.0, 0.0, 19.0, 20.0]);
    equal(&measured(&means, "places.prison", "queue"), &[3.0, 6.0, 0.0, 0.0]);
    equal(&measured(&means, "places.camp", "queue"), &[0.0, 0.0, 0.0, 2.0]);
}

#[test]
fn littles_law_holds() {
    // Ten places and a load of seven: a queue that comes and goes.
    let text = monthly(
        "600 months",
        r#"
[places.prison]
kind = "prison"
capacity = 10
when_full = "wait"
[places.out]
kind = "end"
[arrivals.intake]
to = "prison"
rate = { per_month = 0.7 }
[moves.release]
from = "prison"
to = "out"
rate = { mean_stay = "10 months" }
"#,
    );
    for replicate in 0..20 {
        let one = one_replicate(&text, replicate);
        let queue: f64 = measured(&one, "places.prison", "queue").iter().sum();
        let waited = *measured(&one, "places.prison", "waited_to_date").last().unwrap();
        // Who still waits at the end has waited as long as their part of the sum.
        let still: f64 = queue - waited;
        let waiting = *measured(&one, "places.prison", "queue").last().unwrap();
        assert!(waited <= queue && (waiting > 0.0) == (still > 0.0), "{waited} of {queue}, {waiting} wait");
    }
    // Erlang's delay formula: 0.2217 of those who come wait, and 0.5173 wait on average in the long run.
    let summary = run(&text, 2_000);
    let late = &measured(&summary, "places.prison", "queue")[200..];
    let mean: f64 = late.iter().sum::<f64>() / late.len() as f64;
    println!("mean queue {mean}");
    assert!((mean / 0.51731 - 1.0).abs() < 0.03, "mean queue {mean}");
}
