//! One rule for every date that cannot be averaged: inside a step it counts as the nearest start of a step.

use repatria::internals::scenario::{self, Source};

use crate::support::expected;

/// A scenario that has people in a camp, a prison and at home.
const VARIANT: &str = r#"
title = "Test"
start = "2025-01"
horizon = "2 years"
[dimensions]
origin = ["a", "b"]
[places.camp]
kind = "camp"
people = [{ who = { origin = "a" }, count = 1000 }, { who = { origin = "b" }, count = 3000 }]
[places.prison]
kind = "prison"
people = [{ who = { origin = "a" }, count = 500 }]
[places.home]
kind = "community"
[arrivals.a]
to = "prison"
who = { origin = "b" }
rate = { per_month = 100 }
[moves.leave]
from = "camp"
to = "home"
rate = { per_year = 0.5 }
[stays.sentence]
at = "prison"
to = "home"
length = { fixed = "8 months" }
"#;

/// Everything that begins, ends or happens on a date, `DATE`; `LATE` is a year after.
const DATED: [(&str, &str); 17] = [
    ("policies.p", "[policies.p]\nfrom = \"DATE\"\nchanges = [{ field = \"moves.leave.rate\", times = 3 }]"),
    (
        "policies.p",
        "[policies.p]\nuntil = \"DATE\"\nramp = \"3 months\"\nchanges = [{ field = \"moves.leave.rate\", times = 3 }]",
    ),
    (
        "policies.p",
        "[policies.p]\nchanges = [{ field = \"moves.leave.rate\", times = 3, from = \"DATE\", until = \"LATE\" }]",
    ),
    (
        "policies.p",
        "[policies.p]\nfrom = \"DATE\"\nwhen = { people = { at = \"camp\" }, above = 10 }\nchanges = [{ field = \"moves.leave.rate\", times = 3 }]",
    ),
    (
        "policies.p",
        "[policies.p]\nfrom = \"DATE\"\nchanges = [{ field = \"stays.sentence\", times = 2, applies_to = \"new arrivals\" }]",
    ),
    (
        "policies.p",
        "[parameters.rate]\nvalue = 0.5\nsource = \"none\"\n[moves.other]\nfrom = \"camp\"\nto = \"prison\"\nrate = { per_year = \"rate\" }\n[policies.p]\nfrom = \"DATE\"\nchanges = [{ field = \"parameters.rate\", set = 2 }]",
    ),
    (
        "programmes.f",
        "[programmes.f]\nfrom = \"camp\"\nto = \"home\"\nseats = 40\noccasions = { every = \"1 week\" }\npauses = [{ from = \"DATE\", until = \"LATE\" }]",
    ),
    (
        "programmes.f",
        "[programmes.f]\nfrom = \"camp\"\nto = \"home\"\nseats = 40\noccasions = { per_month = 2 }\nstarts = \"DATE\"",
    ),
    (
        "programmes.f",
        "[programmes.f]\nfrom = \"camp\"\nto = \"home\"\nseats = 40\noccasions = { every = \"1 quarter\" }\nstarts = \"DATE\"",
    ),
    (
        "programmes.f",
        "[programmes.f]\nfrom = \"camp\"\nto = \"home\"\nseats = 40\noccasions = { per_month = 2 }\nends = \"DATE\"",
    ),
    (
        "programmes.f.lines.a",
        "[programmes.f]\nfrom = \"camp\"\nto = \"home\"\nby = \"origin\"\noccasions = { per_month = 2 }\n[programmes.f.lines]\na = { seats = 10, starts = \"DATE\" }\nb = { seats = 20 }",
    ),
    (
        "programmes.f.lines.b",
        "[programmes.f]\nfrom = \"camp\"\nto = \"home\"\nby = \"origin\"\noccasions = { per_month = 2 }\n[programmes.f.lines]\na = { seats = 10 }\nb = { seats = 20, pauses = [{ from = \"DATE\", until = \"LATE\" }] }",
    ),
    (
        "shocks.fire",
        "[shocks.fire]\nat = \"camp\"\non = [\"DATE\", \"LATE\"]\nshare = 0.3\nto = \"home\"\nthen = [{ field = \"moves.leave.rate\", times = 2, lasts = \"3 months\" }]",
    ),
    (
        "regimes.r.switches.0",
        "[regimes.r]\nstates = [\"x\", \"y\"]\ninitial = \"x\"\nswitches = [{ to = \"y\", on = \"DATE\" }]\nin.y.changes = [{ field = \"moves.leave.rate\", times = 2 }]",
    ),
    (
        "places.ward.closes",
        "[places.ward]\nkind = \"camp\"\npeople = [{ who = { origin = \"a\" }, count = 90 }]\ncloses = { on = \"DATE\", over = \"6 months\", to = \"home\" }\n[moves.in]\nfrom = \"camp\"\nto = \"ward\"\nrate = { per_year = 0.1 }",
    ),
    ("outcomes.o", "[outcomes.o]\npeople = { at = \"camp\" }\ntake = { on = \"DATE\" }"),
    (
        "outcomes.o",
        "[outcomes.o]\nflow = { by = \"moves.leave\" }\ntake = { between = [\"DATE\", \"LATE\"] }",
    ),
];

fn text(step: &str, dated: &str, date: &str) -> String {
    let late = date.replace("2025", "2026");
    let (head, rest) = VARIANT.split_once("[dimensions]").unwrap();
    let dated = dated.replace("DATE", date).replace("LATE", &late);
    format!("{head}step = \"{step}\"\n[dimensions]{rest}{dated}\n")
}

/// What a run tells, and its warnings.
fn reported(text: &str) -> (String, Vec<String>) {
    let (_, warnings) =
        scenario::load(&Source::new("test.toml", text)).unwrap_or_else(|p| panic!("{p:#?}\n{text}"));
    (format!("{:?}", expected(text)), warnings.into_iter().map(|warning| warning.message).collect())
}

#[test]
fn every_date_inside_a_step_counts_as_the_nearest_start() {
    for (step, inside, nearest, other) in [
        ("month", "2025-06-28", "2025-07-01", "2025-06-01"),
        ("month", "2025-06-16", "2025-06-01", "2025-07-01"),
        ("quarter", "2025-05-20", "2025-07-01", "2025-04-01"),
        ("quarter", "2025-05-10", "2025-04-01", "2025-07-01"),
        ("week", "2025-06-13", "2025-06-11", "2025-06-18"),
    ] {
        for (what, dated) in DATED {
            let (found, warnings) = reported(&text(step, dated, inside));
            let (known, no_warnings) = reported(&text(step, dated, nearest));
            assert!(found == known, "{step}: {inside} is not as {nearest} in\n{dated}");
            assert!(
                found != reported(&text(step, dated, other)).0,
                "{step}: {inside} is as {other} in\n{dated}"
            );
            let of_dates: Vec<&String> = warnings.iter().filter(|it| it.contains("inside a step")).collect();
            let [one] = of_dates[..] else { panic!("{warnings:?}") };
            assert!(one.contains(&format!("{what} {inside} as {nearest}")), "{one}");
            if step != "week" {
                assert!(!no_warnings.iter().any(|it| it.contains("inside a step")), "{no_warnings:?}");
            }
        }
    }
}

#[test]
fn a_day_has_no_inside() {
    for (_, dated) in DATED {
        let (_, warnings) = reported(&text("day", dated, "2025-06-28"));
        assert!(!warnings.iter().any(|it| it.contains("inside a step")), "{warnings:?}");
    }
}

#[test]
fn what_counts_as_the_end_never_happens() {
    let without = reported(&text("month", "", "")).0;
    let never = [
        "[policies.p]\nfrom = \"2026-12-20\"\nchanges = [{ field = \"moves.leave.rate\", times = 3 }]",
        "[policies.p]\nfrom = \"2026-12-20\"\nuntil = \"2026-12-30\"\nchanges = [{ field = \"moves.leave.rate\", times = 3 }]",
    ];
    for dated in never {
        let (found, warnings) = reported(&text("month", dated, ""));
        assert!(found == without, "{dated}");
        let said = "policies.p 2026-12-20 as 2027-01-01, the end: it never happens";
        assert!(warnings.iter().any(|it| it.contains(said)), "{warnings:?}");
    }
    let people = |dated: &str| {
        let summary = expected(&text("month", dated, ""));
        summary.people.iter().map(|series| series.points[24].mean).collect::<Vec<_>>()
    };
    for dated in [
        "[shocks.fire]\nat = \"camp\"\non = \"2026-12-20\"\nshare = 0.3\nto = \"home\"",
        "[programmes.f]\nfrom = \"camp\"\nto = \"home\"\nseats = 40\noccasions = { per_month = 1 }\nstarts = \"2026-12-20\"",
        "[programmes.f]\nfrom = \"camp\"\nto = \"home\"\nseats = 40\noccasions = { every = \"1 month\" }\nstarts = \"2026-12-20\"",
        "[regimes.r]\nstates = [\"x\", \"y\"]\ninitial = \"x\"\nswitches = [{ to = \"y\", on = \"2026-12-20\" }]\nin.y.changes = [{ field = \"moves.leave.rate\", times = 2 }]",
    ] {
        assert_eq!(people(dated), people(""), "{dated}");
        assert!(
            reported(&text("month", dated, "")).1.iter().any(|it| it.contains("never happens")),
            "{dated}"
        );
    }
    // The first half of the last step is its start.
    let late = never[0].replace("12-20", "12-10");
    assert!(people(&late) != people(""));
}

#[test]
fn regular_occasions_are_counted_in_the_steps_in_which_they_lie() {
    let occasions = |step: &str, occasions: &str| {
        let dated = format!(
            "[programmes.f]\nfrom = \"camp\"\nto = \"home\"\nseats = 1\noccasions = {{ {occasions} }}"
        );
        let text = text(step, &dated, "2025-06-28");
        assert!(!reported(&text).1.iter().any(|it| it.contains(".occasions")));
        crate::per_step(&expected(&text), repatria::internals::model::Mechanism::Programme(0))
    };
    // The 20th of each month from March: 1 in the first quarter, then 3 in each.
    let by_quarter = occasions("quarter", "every = \"1 month\", first = \"2025-03-20\"");
    crate::equal(&by_quarter, &[1.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0]);
    // Every 45 days: 1 January, 15 February, 1 April, 16 May, 30 June, 14 August.
    let by_month = occasions("month", "every = \"45 days\"");
    crate::equal(&by_month[..8], &[1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0]);
    // Those of a programme that starts inside a step are counted from the date that it counts as.
    let by_month = occasions("month", "every = \"2 months\" }\nstarts = \"DATE\"\n# {");
    crate::equal(&by_month[5..10], &[0.0, 1.0, 0.0, 1.0, 0.0]);
}

#[test]
fn all_dates_inside_steps_make_one_warning_also_with_variants() {
    let dated = r#"
[policies.p]
from = "2025-03-10"
until = "2025-09-20"
changes = [{ field = "moves.leave.rate", times = 3 }, { field = "arrivals.a.rate", times = 2 }]
[shocks.break]
at = "camp"
on = "2025-06-28"
share = 0.3
to = "home"
[programmes.f]
from = "camp"
to = "home"
seats = 40
occasions = { per_month = 2 }
starts = "2025-02-10"
pauses = [{ from = "2025-08-20", until = "2026-12-31" }]
[variants.later]
changes = [{ field = "moves.leave.rate", times = 2, from = "2026-03-30" }]
[variants.never]
changes = [{ field = "moves.leave.rate", times = 2, from = "2026-12-30" }]
"#;
    let (_, warnings) = reported(&text("month", dated, ""));
    let of_dates: Vec<&String> = warnings.iter().filter(|it| it.contains("inside a step")).collect();
    assert_eq!(
        of_dates,
        ["8 dates lie inside a step of a month and count as the nearest start of a step: \
          variants.never.changes.0 2026-12-30 as 2027-01-01, the end: it never happens; \
          policies.p 2025-03-10 as 2025-03-01; policies.p 2025-09-20 as 2025-10-01; \
          shocks.break 2025-06-28 as 2025-07-01; and 4 more"]
    );
}

#[test]
fn a_series_finer_than_steps_is_no_matter_for_a_warning() {
    let dated = "[arrivals.b]\nto = \"camp\"\nwho = { origin = \"a\" }\nrate = { per_month = { series = { \"2025-01\" = 600, \"2025-02\" = 0, \"2025-03-17\" = 5, \"2025-12-31\" = 100 } }, season = { jul = 2 } }";
    for step in ["week", "month", "quarter", "year"] {
        let (_, warnings) = reported(&text(step, dated, ""));
        assert_eq!(warnings, reported(&text(step, "", "")).1);
    }
}
