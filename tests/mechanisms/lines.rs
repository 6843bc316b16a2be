//! Programmes: lines, one for each value of a dimension.

use repatria::internals::engine::compile;
use repatria::internals::ensemble::{Unwatched, simulate};
use repatria::internals::model::Mechanism;
use repatria::internals::scenario::{self, Source};

use crate::support::{expected, flow, run};
use crate::{always, equal, flow_of, measured, monthly, near};

const FLIGHTS: Mechanism = Mechanism::Programme(0);

/// A camp with 10,000 people of each of three countries.
fn camp(horizon: &str, programme: &str) -> String {
    monthly(
        horizon,
        &format!(
            r#"
[dimensions]
origin = ["a", "b", "c"]
[places.camp]
kind = "camp"
people = [
  {{ who = {{ origin = "a" }}, count = 10000 }},
  {{ who = {{ origin = "b" }}, count = 10000 }},
  {{ who = {{ origin = "c" }}, count = 10000 }},
]
[places.home]
kind = "community"
[programmes.flights]
from = "camp"
to = "home"
by = "origin"
{programme}
"#
        ),
    )
}

/// The people of each country who fly in each month, the same in Monte Carlo and in expected mode.
#[track_caller]
fn flown(text: &str, known: [&[f64]; 3]) {
    let (summary, means) = (run(text, 3), expected(text));
    for (origin, known) in known.into_iter().enumerate() {
        for (month, known) in known.iter().enumerate() {
            always(flow_of(&summary, FLIGHTS, origin).per_step[month], *known);
            equal(&[flow_of(&means, FLIGHTS, origin).per_step[month].mean], &[*known]);
        }
    }
}

#[test]
fn each_line_has_its_own_terms() {
    let lines = r#"
[programmes.flights.lines.a]
seats = 40
occasions = { every = "2 months" }
cap_per_year = 100
[programmes.flights.lines.b]
seats = 10
occasions = { every = "1 month" }
starts = "2025-02"
ends = "2025-04"
pauses = [{ from = "2025-03", until = "2025-04" }]
"#;
    let a = [40.0, 0.0, 40.0, 0.0, 20.0, 0.0, 0.0];
    let b = [0.0, 10.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    // A value without a line has no seats.
    flown(&camp("7 months", lines), [&a, &b, &[]]);
    equal(
        &flow(&expected(&camp("7 months", lines)), FLIGHTS).to_date[6..]
            .iter()
            .map(|s| s.mean)
            .collect::<Vec<_>>(),
        &[110.0],
    );
}

#[test]
fn what_a_line_does_not_write_is_the_programmes() {
    let lines = r#"
occasions = { every = "2 months" }
consent = 0.5
starts = "2025-03"
cap_per_year = 30
[programmes.flights.lines.a]
seats = 10
[programmes.flights.lines.otherwise]
seats = 5
starts = "2025-01"
"#;
    // The cap is that of all lines: 15 are left for July, and a comes first.
    let a = [0.0, 0.0, 10.0, 0.0, 10.0, 0.0, 0.0];
    let b = [0.0, 0.0, 5.0, 0.0, 0.0, 0.0, 0.0];
    flown(&camp("7 months", lines), [&a, &b, &b]);
    // Half of 10,000 consent, as long as seats are not short.
    let half = camp(
        "1 month",
        "occasions = { every = \"1 month\" }\nconsent = 0.5\nlines = { a = { seats = 20000 }, b = { seats = 20000, consent = 0.25 } }",
    );
    let summary = run(&half, 2_000);
    near("a", flow_of(&summary, FLIGHTS, 0).per_step[0], 5_000.0, 50.0, 0.0);
    near("b", flow_of(&summary, FLIGHTS, 1).per_step[0], 2_500.0, 1875f64.sqrt(), 0.0);
}

#[test]
fn lines_of_their_own_seats_share_the_programmes_occasions() {
    // Common: 30 people each time, variance 2 x 30^2. With occasions of their own: 2 x 10^2 + 2 x 20^2.
    let common = "occasions = { per_month = 2 }\nlines = { a = { seats = 10 }, b = { seats = 20 } }";
    near(
        "common",
        flow(&run(&camp("1 month", common), 3_000), FLIGHTS).per_step[0],
        60.0,
        1_800f64.sqrt(),
        0.5,
    );
    let own = "lines = { a = { seats = 10, occasions = { per_month = 2 } }, b = { seats = 20, occasions = { per_month = 2 } } }";
    near("own", flow(&run(&camp("1 month", own), 3_000), FLIGHTS).per_step[0], 60.0, 1_000f64.sqrt(), 0.34);
}

#[test]
fn a_line_draws_by_its_name() {
    let a = "[programmes.flights.lines.a]\nseats = { mean = 50, sd = 20 }\noccasions = { per_year = 20 }\nconsent = 0.004\n";
    let b = "[programmes.flights.lines.b]\nseats = 30\noccasions = { per_year = 5 }\n";
    let [alone, beside] = [camp("1 year", a), camp("1 year", &format!("{b}{a}"))].map(|text| run(&text, 50));
    let drawn = |summary| {
        flow_of(summary, FLIGHTS, 0)
            .per_step
            .iter()
            .map(|s| (s.mean, s.spread.unwrap().sd))
            .collect::<Vec<_>>()
    };
    assert_eq!(drawn(&alone), drawn(&beside));
    assert!(drawn(&alone)[5].1 > 0.0);
}

#[test]
fn the_lines_of_a_file_are_those_of_a_table() {
    let table = r#"
[programmes.flights.lines.a]
seats = 40
occasions = { every = "2 months" }
cap_per_year = 100
[programmes.flights.lines.b]
seats = { mean = 10, sd = 2 }
occasions = { per_year = "3 * 4" }
consent = 0.5
starts = "2025-02"
ends = "2025-05-01"
"#;
    let csv = "origin, seats, sd, every, per_year, cap_per_year, consent, starts, ends\n\
               # comment\n\
               a, 40, , 2 months, , 100, , ,\n\
               b, 10, 2, , 3 * 4, , 0.5, 2025-02, 2025-05-01\n";
    let source =
        Source::new("test.toml", camp("7 months", "lines = \"lines.csv\"")).with_file("lines.csv", csv);
    let (model, warnings) = scenario::baseline(&source).unwrap();
    // The third value has no line.
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!(warnings[0].message, "people who are `c` never have a seat of `flights`");
    let file = simulate(&compile(&model), 1, 0..50, 2, &Unwatched).unwrap();
    let table = run(&camp("7 months", table), 50);
    for origin in 0..2 {
        let [file, table] = [&file, &table].map(|summary| &flow_of(summary, FLIGHTS, origin).per_step);
        assert_eq!(format!("{file:?}"), format!("{table:?}"));
        assert!(file.iter().any(|stat| stat.mean > 0.0));
    }
}

#[test]
fn what_is_wrong_in_a_file_is_reported_with_its_line() {
    for (csv, message) in [
        (
            "origin,seats\na,4\nx,3\n",
            "line 3, column 1 (`origin`) of `lines.csv`: `x` is not a value of `origin`",
        ),
        ("origin,seats\na,4\na,3\n", "line 3, column 1 (`origin`) of `lines.csv`: `a` again"),
        (
            "origin,seats,per_year,every\na,4,3,1 month\n",
            "line 2 of `lines.csv`: `per_year` and `every` at once",
        ),
        ("origin,seats,per_year\na,-4,1\n", "`programmes.flights.lines.a.seats` is -4"),
        ("origin,seats,per_year,starts\na,4,3,soon\n", "`soon` is not a date"),
        ("seats\n4\n", "has no column `origin`"),
        ("origin,seatz\na,4\n", "an unknown column `seatz`"),
    ] {
        let source = Source::new(
            "test.toml",
            camp("7 months", "occasions = { every = \"1 month\" }\nlines = \"lines.csv\""),
        )
        .with_file("lines.csv", csv);
        let problems = scenario::baseline(&source).unwrap_err();
        assert!(problems.iter().any(|problem| problem.message.contains(message)), "{message}: {problems:#?}");
    }
}

#[test]
fn numbers_of_lines_have_addresses() {
    let lines = "occasions = { every = \"1 month\" }\nlines = { a = { seats = 10, cap_per_year = 1000, consent = 1 }, otherwise = { seats = 5 } }";
    let changes = r#"
[policies.p]
from = "2025-02"
changes = [{ field = "programmes.flights.lines.a.seats", times = 2 }, { field = "programmes.flights.lines.otherwise.seats", set = 7 }]
[policies.q]
from = "2025-03"
changes = [{ field = "programmes.flights.lines.a.consent", set = 0 }]
"#;
    let text = format!("{}{changes}", camp("3 months", lines));
    flown(&text, [&[10.0, 20.0, 0.0], &[5.0, 7.0, 7.0], &[5.0, 7.0, 7.0]]);
}

#[test]
fn lines_have_measures() {
    let lines = "lines = { a = { seats = 10, occasions = { every = \"2 months\" } }, b = { seats = 20000, occasions = { every = \"1 month\" } } }";
    let summary = expected(&camp("4 months", lines));
    let of = |line: &str, what: &str| measured(&summary, &format!("programmes.flights{line}"), what);
    equal(&of(".lines.a", "seats_used"), &[10.0, 0.0, 10.0, 0.0]);
    equal(&of(".lines.b", "seats_used_to_date"), &[10_000.0; 4]);
    equal(&of(".lines.b", "backlog"), &[0.0; 4]);
    equal(&of(".lines.a", "occasions_to_date"), &[1.0, 1.0, 2.0, 2.0]);
    // Who has no line is no backlog.
    equal(&of("", "backlog"), &[9_990.0, 9_990.0, 9_980.0, 9_980.0]);
    equal(&of("", "seats_offered"), &[20_010.0, 20_000.0, 20_010.0, 20_000.0]);
    equal(&of("", "occasions"), &[2.0, 1.0, 2.0, 1.0]);
}
