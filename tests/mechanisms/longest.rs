//! Programmes: those who have waited longest go first.

use repatria::internals::ensemble::{Unwatched, simulate};
use repatria::internals::model::Mechanism;

use crate::support::{expected, program, run};
use crate::{always, cell, equal, flow_of, measured, monthly, near, per_step};

const FLIGHT: Mechanism = Mechanism::Programme(0);
const LONGEST: &str = "who_first = \"longest_waiting\"";
const LONG: [&str; 4] =
    ["waited_over_1_month", "waited_over_3_months", "waited_over_6_months", "waited_over_12_months"];

/// People of a at the start, people of b arriving at a rate for a month, and a flight each month.
fn camp(horizon: &str, start: u32, rate: f64, seats: u32, more: &str) -> String {
    monthly(
        horizon,
        &format!(
            r#"
[dimensions]
origin = ["a", "b"]
[places.camp]
kind = "camp"
people = [{{ who = {{ origin = "a" }}, count = {start} }}]
[places.home]
kind = "community"
[places.away]
kind = "end"
[arrivals.new]
to = "camp"
who = {{ origin = "b" }}
rate = {{ per_month = {rate} }}
[programmes.flight]
from = "camp"
to = "home"
occasions = {{ every = "1 month" }}
seats = {seats}
{more}
"#
        ),
    )
}

/// Those of a and b who go in each step.
fn going(text: &str) -> [Vec<f64>; 2] {
    let summary = expected(text);
    [0, 1].map(|origin| flow_of(&summary, FLIGHT, origin).per_step.iter().map(|stat| stat.mean).collect())
}

#[test]
fn who_was_there_first_goes_first() {
    let text = camp("10 months", 100, 40.0, 15, LONGEST);
    let [a, b] = going(&text);
    equal(&a, &[15.0, 15.0, 15.0, 15.0, 15.0, 15.0, 10.0, 0.0, 0.0, 0.0]);
    equal(&b, &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5.0, 15.0, 15.0, 15.0]);
    // Of whole people nothing is left to chance either.
    let summary = run(&text, 50);
    for step in 0..10 {
        always(flow_of(&summary, FLIGHT, 0).per_step[step], a[step]);
        always(flow_of(&summary, FLIGHT, 1).per_step[step], b[step]);
    }
    // Anybody: those of a are thinned by each flight, 15 seats among all who are there.
    for more in ["", "who_first = \"anybody\""] {
        let [a, _] = going(&camp("3 months", 100, 40.0, 15, more));
        let second = 15.0 * 85.0 / 125.0;
        equal(&a, &[15.0, second, 15.0 * (85.0 - second) / 150.0]);
    }
}

#[test]
fn who_came_together_goes_at_random() {
    // 60 of a, 40 of b and 20 seats: a hypergeometric draw.
    let text = camp("1 month", 60, 0.0, 20, LONGEST)
        .replace("count = 60 }", "count = 60 }, { who = { origin = \"b\" }, count = 40 }");
    let summary = run(&text, 4_000);
    let sd = f64::sqrt(20.0 * 0.6 * 0.4 * 80.0 / 99.0);
    near("a", cell(&summary, 1, &[0], 1), 12.0, sd, -0.1);
    equal(&going(&text)[0], &[12.0]);
}

#[test]
fn everybody_waits_the_backlog_over_the_rate() {
    // 60 wait, 10 come and 10 go each month: who comes within a month goes 5 to 6 months later.
    let text = camp("4 years", 60, 10.0, 10, LONGEST);
    let summary = expected(&text);
    let share = |measure| measured(&summary, "programmes.flight", measure);
    let last = |measure| share(measure)[47];
    equal(&LONG.map(last), &[1.0, 1.0, 0.0, 0.0]);
    // The wait is measured as ever: 60 leave for home as a month begins, 50 wait on, and 60 do at its end.
    let random = expected(&camp("4 years", 60, 10.0, 10, ""));
    equal(&share("wait"), &measured(&random, "programmes.flight", "wait"));
    equal(&share("backlog"), &measured(&random, "programmes.flight", "backlog"));
    equal(&per_step(&summary, FLIGHT), &per_step(&random, FLIGHT));
    let names = |summary: &repatria::internals::ensemble::summary::Summary| {
        summary.measures.iter().filter(|series| LONG.contains(&series.measure.as_str())).count()
    };
    assert_eq!((names(&summary), names(&random)), (4, 0));
    // As an outcome it is of the whole replicate: those of the first four months had not waited so long.
    let outcome =
        "[outcomes.long]\nmeasure = { of = \"programmes.flight\", name = \"waited_over_3_months\" }";
    let summary = expected(&camp("4 years", 60, 10.0, 10, &format!("{LONGEST}\n{outcome}")));
    equal(&[summary.outcomes[0].stat.unwrap().mean], &[440.0 / 480.0]);
    // By quarters thresholds fall into steps: 75 wait, 30 come and 30 go each, so that of those who go half came in the quarter before
    // the last but one (after 3 to 6 months) and half in the one before (after 6 to 9).
    let text = camp("8 years", 75, 10.0, 30, LONGEST)
        .replace("step = \"month\"", "step = \"quarter\"")
        .replace("every = \"1 month\"", "every = \"3 months\"");
    let summary = expected(&text);
    let last = |measure| *measured(&summary, "programmes.flight", measure).last().unwrap();
    equal(&LONG.map(last), &[1.0, 1.0, 0.5, 0.0]);
}

/// The share of those served who had waited over three months, and those served, in each step: cohort by cohort.
fn cohort_by_cohort(
    start: f64,
    rate: f64,
    seats: f64,
    leaving: f64,
    consent: f64,
    steps: usize,
) -> Vec<[f64; 2]> {
    let x = leaving / 12.0;
    // Of each cohort the step in which it came (none: it was there at the start), and people.
    let mut cohorts: Vec<(Option<usize>, f64)> = vec![(None, start)];
    let mut found = Vec::new();
    for step in 0..steps {
        let (mut left, mut served, mut long) = (seats, 0.0, 0.0);
        for (came, people) in &mut cohorts {
            let goes = (*people * consent).min(left);
            *people -= goes;
            left -= goes;
            served += goes;
            long += goes
                * match came {
                    Some(came) => ((step - *came) as f64 - 3.0).clamp(0.0, 1.0),
                    None => f64::from(u8::from(step > 3)),
                };
        }
        cohorts.iter_mut().for_each(|(_, people)| *people *= libm::exp(-x));
        let stays = if x > 0.0 { -libm::expm1(-x) / x } else { 1.0 };
        cohorts.push((Some(step), rate * stays));
        found.push([long, served]);
    }
    found
}

#[test]
fn others_leave_at_random_and_only_the_willing_go() {
    for (leaving, consent) in [(1.2, 1.0), (0.0, 0.3), (2.4, 0.4)] {
        let more = format!(
            "{LONGEST}\nconsent = {consent}\n[moves.away]\nfrom = \"camp\"\nto = \"away\"\nrate = {{ per_year = {leaving} }}"
        );
        let summary = expected(&camp("12 months", 80, 20.0, 15, &more));
        let known = cohort_by_cohort(80.0, 20.0, 15.0, leaving, consent, 12);
        let served: Vec<f64> = known.iter().map(|[_, served]| *served).collect();
        equal(&per_step(&summary, FLIGHT), &served);
        let long: f64 = known.iter().map(|[long, _]| long).sum();
        let share = measured(&summary, "programmes.flight", LONG[1])[11];
        equal(&[share], &[long / served.iter().sum::<f64>()]);
    }
}

#[test]
fn who_becomes_another_in_the_same_place_keeps_the_time() {
    // Those who arrive change from b to a at any speed: as a body they wait as if nobody did.
    let known = expected(&camp("2 years", 30, 20.0, 15, LONGEST));
    for rate in ["{ per_year = 1 }", "{ per_year = 30 }"] {
        let more = format!(
            "{LONGEST}\n[moves.change]\nfrom = \"camp\"\nwho = {{ origin = \"b\" }}\nbecomes = {{ origin = \"a\" }}\nto = \"camp\"\nrate = {rate}"
        );
        let found = expected(&camp("2 years", 30, 20.0, 15, &more));
        for measure in LONG {
            let of = |summary| measured(summary, "programmes.flight", measure);
            equal(&of(&found), &of(&known));
        }
    }
    // Whom a shock makes another, too, here while those of a are served. (Who is hit cannot go in the same step.)
    let known = expected(&camp("2 years", 150, 20.0, 15, LONGEST));
    let shock = "[shocks.change]\nat = \"camp\"\nwho = { origin = \"b\" }\nbecomes = { origin = \"a\" }\nto = \"camp\"\non = \"2025-09-01\"\nshare = 0.5";
    let found = expected(&camp("2 years", 150, 20.0, 15, &format!("{LONGEST}\n{shock}")));
    for measure in LONG {
        let of = |summary| measured(summary, "programmes.flight", measure);
        equal(&of(&found), &of(&known));
    }
}

#[test]
fn who_is_sent_back_keeps_the_place() {
    // Six seats and four free places a month: 20 of the start go first, in five months.
    let text = camp("8 months", 20, 10.0, 6, LONGEST).replace(
        "[places.home]\nkind = \"community\"",
        "[places.home]\nkind = \"camp\"\ncapacity = 4\nwhen_full = \"refuse\"",
    ) + "[programmes.on]\nfrom = \"home\"\nto = \"away\"\noccasions = { every = \"1 month\" }\nseats = 9\n";
    let summary = expected(&text);
    equal(&per_step(&summary, FLIGHT), &[4.0; 8]);
    let known: Vec<f64> = (0..8).map(|k| (f64::from(k) - 1.0).max(0.0) / (f64::from(k) + 1.0)).collect();
    equal(&measured(&summary, "programmes.flight", LONG[0]), &known);
    let known: Vec<f64> = (0..8).map(|k| (f64::from(k) - 3.0).max(0.0) / (f64::from(k) + 1.0)).collect();
    equal(&measured(&summary, "programmes.flight", LONG[1]), &known);
}

#[test]
fn classes_come_before_waits_and_caps_bound_lines() {
    // Whoever is of b goes first, however late.
    let [a, b] =
        going(&camp("4 months", 100, 10.0, 15, &format!("{LONGEST}\npriority = {{ origin = \"b\" }}")));
    equal(&a, &[15.0, 5.0, 5.0, 5.0]);
    equal(&b, &[0.0, 10.0, 10.0, 10.0]);
    // Lines share seats by the time waited, within their caps.
    let lines = format!("{LONGEST}\nby = \"origin\"\nlines = {{ a = {{ cap_per_year = 40 }}, b = {{}} }}");
    let text = camp("5 months", 100, 40.0, 15, &lines);
    let [a, b] = going(&text);
    equal(&a, &[15.0, 15.0, 10.0, 0.0, 0.0]);
    equal(&b, &[0.0, 0.0, 5.0, 15.0, 15.0]);
    // Each line has measures of its own.
    let summary = expected(&text);
    equal(&measured(&summary, "programmes.flight.lines.a", LONG[0])[2..3], &[0.25]);
    equal(&measured(&summary, "programmes.flight.lines.b", LONG[1])[4..], &[15.0 / 35.0]);
}

#[test]
#[expect(clippy::too_many_lines, reason = "most of it is the scenario, which is read whole")]
fn books_hold_everybody_whatever_happens() {
    // Shocks, families, consent, a contest, a full place, a stay and changes of group: the ledger compares books with people in every step.
    let more = format!(
        r#"{LONGEST}
consent = 0.6
family = {{ head = {{ category = "women" }}, with = {{ category = "children" }}, mean_size = 2.5 }}
[programmes.other]
from = ["camp", "home"]
to = "away"
occasions = {{ per_year = 10 }}
seats = 9
{LONGEST}
[programmes.third]
from = "camp"
to = "camp"
who = {{ category = "children" }}
becomes = {{ category = "women" }}
occasions = {{ every = "1 month" }}
seats = 4
[moves.change]
from = "camp"
to = "camp"
who = {{ origin = "b" }}
becomes = {{ origin = "a" }}
rate = {{ per_year = 2 }}
[moves.back]
from = "home"
to = "camp"
rate = {{ per_year = 3 }}
[moves.leave]
from = "camp"
to = "away"
rate = {{ per_year = 0.5 }}
[stays.camp]
at = "camp"
who = {{ origin = "a" }}
length = {{ gamma = {{ mean = "10 months", cv = 0.4 }} }}
to = "home"
[shocks.storm]
at = "camp"
to = "home"
rate = {{ per_year = 2 }}
share = 0.3
[births.camp]
at = "camp"
mothers = {{ category = "women" }}
newborn = {{ category = "children" }}
rate = {{ per_year = 0.3 }}
"#
    );
    let text = camp("3 years", 200, 20.0, 12, &more)
        .replace("origin = [\"a\", \"b\"]", "origin = [\"a\", \"b\"]\ncategory = [\"women\", \"children\"]")
        .replace("origin = \"a\" }, count", "origin = \"a\", category = \"children\" }, count")
        .replace(
            "to = \"camp\"\nwho = { origin = \"b\" }\nrate = { per_m",
            "to = \"camp\"\nwho = { origin = \"b\", category = \"women\" }\nrate = { per_m",
        )
        .replace(
            "[places.home]\nkind = \"community\"",
            "[places.home]\nkind = \"camp\"\ncapacity = 60\nwhen_full = \"refuse\"",
        );
    run(&text, 200);
    expected(&text);
    // Nor does it matter how replicates are split.
    let program = program(&text);
    let at_once = simulate(&program, 1, 0..70, 1, &Unwatched).unwrap();
    let in_threads = simulate(&program, 1, 0..70, 2, &Unwatched).unwrap();
    assert_eq!(format!("{at_once:?}"), format!("{in_threads:?}"));
}
