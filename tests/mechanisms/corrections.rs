//! Corrections: a number is set on a date; who goes, who comes, and what stays as it was.

use repatria::internals::ensemble::summary::{FlowEnd, FlowSeries, Summary};
use repatria::internals::model::Mechanism;

use crate::support::{at, expected, flow, run};
use crate::{always, cell, equal, monthly, near, per_step};

const RECOUNT: Mechanism = Mechanism::Correction(0);

/// A camp of 1,000 and a community of 300 where nothing else happens.
fn camp(horizon: &str, correction: &str) -> String {
    monthly(
        horizon,
        &format!(
            "[places.camp]\nkind = \"camp\"\npeople = [{{ count = 1000 }}]\n[places.community]\nkind = \"community\"\npeople = [{{ count = 300 }}]\n[places.home]\nkind = \"end\"\n[corrections.recount]\nat = \"camp\"\n{correction}\n"
        ),
    )
}

/// People at a place at every boundary.
fn people(summary: &Summary, place: usize) -> Vec<f64> {
    at(summary, place).points.iter().map(|stat| stat.mean).collect()
}

fn way(summary: &Summary, from: FlowEnd, to: FlowEnd) -> &FlowSeries {
    let of = |series: &&FlowSeries| series.mechanism == RECOUNT && (series.from, series.to) == (from, to);
    summary.flows.iter().find(of).unwrap()
}

#[test]
fn a_number_is_set_exactly() {
    for (people_then, struck, found) in
        [(800, 200.0, 0.0), (1250, 0.0, 250.0), (0, 1000.0, 0.0), (1000, 0.0, 0.0)]
    {
        let text = camp("3 months", &format!("on = \"2025-02\"\npeople = {people_then}"));
        let (summary, means) = (run(&text, 50), expected(&text));
        let known = [1000.0, 1000.0, f64::from(people_then), f64::from(people_then)];
        equal(&people(&means, 0), &known);
        for (boundary, known) in known.into_iter().enumerate() {
            always(at(&summary, 0).points[boundary], known);
        }
        let [out, into] = [(FlowEnd::Place(0), FlowEnd::Outside), (FlowEnd::Outside, FlowEnd::Place(0))];
        for (ends, known) in [(out, struck), (into, found)] {
            always(way(&summary, ends.0, ends.1).per_step[1], known);
            always(way(&summary, ends.0, ends.1).to_date[2], known);
            assert_eq!(way(&means, ends.0, ends.1).per_step[1].mean, known);
        }
        equal(&per_step(&means, RECOUNT), &[0.0, struck + found, 0.0]);
    }
}

#[test]
fn a_date_counts_as_the_nearest_start_of_a_step() {
    let by_day =
        camp("40 days", "on = \"2025-02-03\"\npeople = 900").replace("step = \"month\"", "step = \"day\"");
    let course = people(&expected(&by_day), 0);
    // The third of February is the 33rd day after the first of January: its step ends at the 34th boundary.
    assert_eq!((course[33], course[34]), (1000.0, 900.0));
    always(at(&run(&by_day, 20), 0).points[34], 900.0);
    let late = people(&expected(&camp("4 months", "on = \"2025-02-20\"\npeople = 900")), 0);
    equal(&late, &[1000.0, 1000.0, 1000.0, 900.0, 900.0]);
    let at_start = people(&expected(&camp("1 month", "on = \"2025-01\"\npeople = 900")), 0);
    equal(&at_start, &[1000.0, 900.0]);
}

#[test]
fn a_share_keeps_its_mean() {
    for (share, known) in [("0.95", 950.0), ("1.2", 1200.0), ("0", 0.0), ("1", 1000.0)] {
        let text = camp("1 month", &format!("on = \"2025-01\"\nshare = {share}"));
        equal(&people(&expected(&text), 0), &[1000.0, known]);
        always(at(&run(&text, 20), 0).points[1], known);
    }
    // Of 1000 the share makes 900.4 people: 900 or 901.
    let text = camp("1 month", "on = \"2025-01\"\nshare = 0.9004");
    near("people", at(&run(&text, 4_000), 0).points[1], 900.4, (0.4f64 * 0.6).sqrt(), -1.8);
}

#[test]
fn people_go_to_a_place_and_come_from_one() {
    let down = camp("2 months", "on = \"2025-01\"\npeople = 800\nto = \"home\"");
    let up = camp("2 months", "on = \"2025-01\"\npeople = 1100\nfrom = \"community\"");
    // No more come than are there.
    let short = camp("2 months", "on = \"2025-01\"\npeople = 2000\nfrom = \"community\"\nto = \"outside\"");
    for (text, known) in
        [(down, [800.0, 300.0, 200.0]), (up, [1100.0, 200.0, 0.0]), (short, [1300.0, 0.0, 0.0])]
    {
        let (summary, means) = (run(&text, 20), expected(&text));
        for (place, known) in known.into_iter().enumerate() {
            always(at(&summary, place).points[1], known);
            equal(&people(&means, place)[1..], &[known; 2]);
        }
    }
}

#[test]
fn several_on_one_date_follow_each_other_by_name() {
    let more = |text: &str, name: &str, then: &str| {
        format!("{text}[corrections.{name}]\nat = \"camp\"\non = \"2025-01\"\n{then}\n")
    };
    let text = camp("1 month", "on = \"2025-01\"\npeople = 800");
    let after = more(&text, "same_day", "share = 0.5");
    let before = more(&text, "early", "share = 0.5");
    always(at(&run(&after, 20), 0).points[1], 400.0);
    always(at(&run(&before, 20), 0).points[1], 800.0);
    equal(&people(&expected(&after), 0), &[1000.0, 400.0]);
    equal(&people(&expected(&before), 0), &[1000.0, 800.0]);
}

/// People of two groups, 300 and 700.
fn groups(correction: &str) -> String {
    monthly(
        "1 month",
        &format!(
            "[dimensions]\norigin = [\"near\", \"far\"]\n[places.camp]\nkind = \"camp\"\npeople = [{{ count = 1000, split = {{ by = \"origin\", shares = {{ near = 0.3, far = 0.7 }} }} }}]\n[places.empty]\nkind = \"camp\"\n[corrections.recount]\non = \"2025-01\"\n{correction}\n"
        ),
    )
}

#[test]
fn groups_share_what_is_too_much_and_too_little() {
    let (down, up) = (groups("at = \"camp\"\npeople = 600"), groups("at = \"camp\"\npeople = 1400"));
    equal(&[0, 1].map(|value| cell(&expected(&down), 0, &[value], 1).mean), &[180.0, 420.0]);
    equal(&[0, 1].map(|value| cell(&expected(&up), 0, &[value], 1).mean), &[420.0, 980.0]);
    // 400 of 1000, of whom 300 are near: hypergeometric.
    let sd = (400.0f64 * 0.3 * 0.7 * 600.0 / 999.0).sqrt();
    near("who remains", cell(&run(&down, 4_000), 0, &[0], 1), 180.0, sd, 0.0);
    // 400 found, each near with 0.3: binomial.
    near("who is found", cell(&run(&up, 4_000), 0, &[0], 1), 420.0, (400.0f64 * 0.3 * 0.7).sqrt(), 0.0);
    // Whom it does not concern stays.
    let far = groups("at = \"camp\"\nwho = { origin = \"far\" }\npeople = 100");
    always(cell(&run(&far, 20), 0, &[0], 1), 300.0);
    always(cell(&run(&far, 20), 0, &[1], 1), 100.0);
    // Where nobody is, any group is as likely.
    let empty = groups("at = \"empty\"\npeople = 50");
    equal(&[0, 1].map(|value| cell(&expected(&empty), 1, &[value], 1).mean), &[25.0, 25.0]);
    always(at(&run(&empty, 20), 1).points[1], 50.0);
}

#[test]
fn the_stays_of_those_who_remain_go_on() {
    // All have been there for as long as a fixed stay of ten months allows, evenly: a tenth is due in every month.
    let text = |correction: &str| {
        monthly(
            "14 months",
            &format!(
                "[places.prison]\nkind = \"prison\"\npeople = [{{ count = 1000 }}]\n[places.home]\nkind = \"community\"\n[stays.term]\nat = \"prison\"\nto = \"home\"\nlength = {{ fixed = \"10 months\" }}\nat_start = \"equilibrium\"\n{correction}"
            ),
        )
    };
    let term = Mechanism::Stay(0);
    let recount = |people: u32| {
        format!("[corrections.recount]\nat = \"prison\"\non = \"2025-03\"\npeople = {people}\n")
    };
    let halved = expected(&text(&recount(400)));
    // 800 are left after two months, and half of every month's share is struck off.
    let known: Vec<f64> = [100.0; 2].into_iter().chain([50.0; 8]).chain([0.0; 4]).collect();
    equal(&per_step(&halved, term), &known);
    let released = &run(&text(&recount(400)), 2_000);
    // Each of the 400 is due in one of eight months.
    near("of one month", flow(released, term).per_step[5], 50.0, (400.0f64 / 8.0 * 7.0 / 8.0).sqrt(), 0.0);
    // Whom it finds stays for ten months from then on.
    let more = expected(&text(&recount(1000)));
    let known: Vec<f64> = [100.0; 10].into_iter().chain([0.0, 200.0, 0.0, 0.0]).collect();
    equal(&per_step(&more, term), &known);
    let released = &run(&text(&recount(1000)), 2_000);
    near("of the found", flow(released, term).per_step[11], 200.0, (1000.0f64 * 0.2 * 0.8).sqrt(), 0.0);
}

#[test]
fn whom_a_recount_finds_is_of_any_age_in_a_band() {
    let text = monthly(
        "12 months",
        "[dimensions]\nage = [\"child\", \"adult\"]\n[places.camp]\nkind = \"camp\"\npeople = [{ who = { age = \"child\" }, count = 1000 }]\n[ageing.grown_up]\nwho = { age = \"child\" }\nbecomes = { age = \"adult\" }\nafter = \"10 months\"\n[corrections.recount]\nat = \"camp\"\nwho = { age = \"child\" }\non = \"2025-02\"\nshare = 2\n",
    );
    // A tenth of the 1000 grows up in every month, and from the second on a tenth of the 900 found.
    let known: Vec<f64> = [100.0].into_iter().chain([190.0; 9]).chain([90.0, 0.0]).collect();
    equal(&per_step(&expected(&text), Mechanism::Ageing(0)), &known);
    let grown = run(&text, 50);
    always(at(&grown, 0).points[0], 1000.0);
    let all: f64 = per_step(&grown, Mechanism::Ageing(0)).iter().sum();
    // Of 1000 about 100 have grown up when the others are doubled.
    assert!((all - 1900.0).abs() < 20.0, "{all}");
}

#[test]
fn a_place_may_be_over_capacity_and_its_queue_waits_on() {
    let text = monthly(
        "4 months",
        "[places.centre]\nkind = \"centre\"\ncapacity = 100\nwhen_full = \"wait\"\npeople = [{ count = 100 }]\n[arrivals.intake]\nto = \"centre\"\nrate = { per_month = 10 }\n[corrections.recount]\nat = \"centre\"\non = \"2025-03\"\npeople = 130\n[corrections.second]\nat = \"centre\"\non = \"2025-04\"\npeople = 85\n",
    );
    let means = expected(&text);
    // 20 wait when the recount finds 130, 30 a month later; then 15 places are free, and taken.
    equal(&people(&means, 0), &[100.0, 100.0, 100.0, 130.0, 100.0]);
    let waiting = crate::measured(&means, "places.centre", "queue");
    equal(&waiting, &[10.0, 20.0, 30.0, 25.0]);
    always(at(&run(&text, 20), 0).points[3], 130.0);
}

#[test]
fn those_found_come_last_where_the_longest_waiting_go_first() {
    let text = |who: &str| {
        monthly(
            "6 months",
            &format!(
                "[places.camp]\nkind = \"camp\"\npeople = [{{ count = 100 }}]\n[places.home]\nkind = \"community\"\n[programmes.flights]\nfrom = \"camp\"\nto = \"home\"\noccasions = {{ every = \"1 month\" }}\nseats = 30\nwho_first = \"longest_waiting\"\n[corrections.recount]\nat = \"camp\"\non = \"2025-02\"\n{who}\n"
            ),
        )
    };
    for (then, known) in [
        ("people = 120", [70.0, 90.0, 60.0, 30.0, 0.0, 0.0]),
        ("people = 40", [70.0, 10.0, 0.0, 0.0, 0.0, 0.0]),
    ] {
        equal(&people(&expected(&text(then)), 0)[1..], &known);
        for (step, known) in known.into_iter().enumerate() {
            always(at(&run(&text(then), 20), 0).points[step + 1], known);
        }
    }
}

#[test]
fn a_policy_and_a_parameter_change_it() {
    let text = camp("2 months", "on = \"2025-02\"\npeople = \"800 * missed\"").replace(
        "[places.camp]",
        "[parameters.missed]\nvalue = 1.1\n[policies.other]\nfrom = \"2025-02\"\nchanges = [{ field = \"corrections.recount.people\", times = 0.5 }]\n[places.camp]",
    );
    equal(&people(&expected(&text), 0), &[1000.0, 1000.0, 440.0]);
}

#[test]
fn a_correction_that_changes_nothing_changes_nothing_else() {
    let body = "[dimensions]\norigin = [\"near\", \"far\"]\n[places.camp]\nkind = \"camp\"\npeople = [{ count = 900, split = { by = \"origin\", shares = { near = 0.5, far = 0.5 } } }]\n[places.home]\nkind = \"community\"\n[arrivals.intake]\nto = \"camp\"\nsplit = { by = \"origin\", shares = { near = 0.5, far = 0.5 } }\nrate = { per_month = 30 }\n[stays.term]\nat = \"camp\"\nwho = { origin = \"far\" }\nto = \"home\"\nlength = { gamma = { mean = \"1 year\", shape = 2 } }\n[moves.return]\nfrom = \"camp\"\nto = \"home\"\nrate = { per_year = 0.3 }\n[shocks.unrest]\nat = \"camp\"\nrate = { per_year = 2 }\nshare = { beta = { mean = 0.1, sd = 0.05 } }\nto = \"home\"\n";
    let recount = "[corrections.recount]\nat = \"camp\"\non = \"2025-06\"\nshare = 1\n";
    let (without, with) =
        (run(&monthly("1 year", body), 200), run(&monthly("1 year", &format!("{body}{recount}")), 200));
    assert_eq!(format!("{:?}", without.people), format!("{:?}", with.people));
    let others: Vec<&FlowSeries> = with.flows.iter().filter(|series| series.mechanism != RECOUNT).collect();
    assert_eq!(format!("{:?}", without.flows.iter().collect::<Vec<_>>()), format!("{others:?}"));
}

/// People of several groups, of whom a change makes more than can be counted: the run is stopped by name, and does not try to divide them.
#[test]
fn a_recount_beyond_what_is_counted_stops_the_run() {
    use repatria::internals::ensemble::{Unwatched, expect, simulate};
    for (count, changed) in [("share = 1.1", "share"), ("people = 500", "people")] {
        let text = monthly(
            "3 months",
            &format!(
                "[dimensions]\norigin = [\"near\", \"far\"]\n[places.camp]\nkind = \"camp\"\npeople = [{{ who = {{ origin = \"near\" }}, count = 200 }}, {{ who = {{ origin = \"far\" }}, count = 100 }}]\n[corrections.recount]\nat = \"camp\"\non = \"2025-02\"\n{count}\n[policies.p]\nfrom = \"2025-02\"\nchanges = [{{ field = \"corrections.recount.{changed}\", times = 1e14 }}]\n"
            ),
        );
        let program = crate::support::program(&text);
        let words = "a billion people by `corrections.recount`, most of them to camp";
        for stopped in
            [simulate(&program, 1, 0..4, 1, &Unwatched).unwrap_err(), expect(&program).unwrap_err()]
        {
            assert!(stopped.to_string().contains(words), "{stopped}");
        }
    }
}
