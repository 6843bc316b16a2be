//! What counts as one thing has a flow of its own, with bands, in every table where flows are.

use repatria::internals::engine::compile;
use repatria::internals::ensemble::kept::KeptSeries;
use repatria::internals::ensemble::{Unwatched, simulate};
use repatria::internals::scenario::{Source, baseline};

use super::{answer, tables};

/// A move and a programme that count as one thing, and another move that does not.
const TWO_WAYS: &str = r#"
title = "Two ways home"
start = "2025-01"
horizon = "6 months"
step = "month"
[dimensions]
age = ["adults", "children"]
[places.camp]
kind = "camp"
people = [{ count = 900, split = { by = "age", shares = { adults = 0.4, children = 0.6 } } }]
[places.prison]
kind = "prison"
people = [{ who = { age = "adults" }, count = 80 }]
[places.home]
kind = "community"
[places.died]
kind = "end"
[moves.returns]
from = ["camp", "prison"]
to = "home"
rate = { per_year = 0.5 }
counts_as = "repatriation"
[moves.death]
from = "camp"
to = "died"
rate = { per_year = 0.1 }
[programmes.flights]
from = "camp"
to = "home"
occasions = { per_year = 6 }
seats = { mean = 20, sd = 6 }
counts_as = "repatriation"
"#;

const TOTAL: (&str, &str) = ("mechanism", "counts_as.repatriation");

#[test]
fn the_band_of_a_total_is_that_of_the_sum_in_each_replicate() {
    let replicates = 60;
    let (model, _) = baseline(&Source::new("test.toml", TWO_WAYS)).unwrap();
    let program = compile(&model);
    let all = simulate(&program, 1, 0..replicates, 2, &Unwatched).unwrap();
    let total = all.total("repatriation").unwrap();
    for step in 0..6 {
        let mut sums: Vec<f64> = (0..replicates)
            .map(|replicate| {
                let one = simulate(&program, 1, replicate..replicate + 1, 1, &Unwatched).unwrap();
                // A move from two places has a series for both together, which comes first, and one for each.
                let mut flows = one.flows.clone();
                flows.retain(|flow| flow.groups == [None]);
                flows.dedup_by_key(|flow| flow.mechanism);
                let ways = ["moves.returns", "programmes.flights"];
                let of = flows.iter().filter(|flow| ways.contains(&model.address(flow.mechanism).as_str()));
                of.map(|flow| flow.to_date[step].mean).sum()
            })
            .collect();
        sums.sort_by(f64::total_cmp);
        let stat = total.to_date[step];
        let spread = stat.spread.unwrap();
        assert!((stat.mean - sums.iter().sum::<f64>() / 60.0).abs() < 1e-9);
        assert_eq!(
            spread.quantiles,
            [0.05, 0.25, 0.5, 0.75, 0.95].map(|p| sums[(p * 60.0_f64).ceil() as usize - 1])
        );
        assert!(spread.sd > 0.0);
    }
}

#[test]
fn totals_are_rows_of_flows_whatever_is_recorded_of_groups() {
    for (record, there) in
        [("", true), ("[record]\nflows = \"totals\"\n", true), ("[record]\nflows = \"none\"\n", false)]
    {
        let answer = answer(&format!("{TWO_WAYS}{record}"), 50);
        let flows = tables::of(&answer, "flows");
        let of_everybody = |row: &&tables::Row| row.is(&[TOTAL, ("age", "all")]);
        let rows: Vec<_> = flows.rows.iter().filter(of_everybody).collect();
        assert_eq!(rows.len(), if there { 6 } else { 0 });
        let of_groups = flows.rows.iter().filter(|row| row.is(&[TOTAL]) && !row.is(&[("age", "all")]));
        assert_eq!(of_groups.count(), if record.is_empty() { 12 } else { 0 });
        for row in rows {
            assert!(row.is(&[("from", "all"), ("to", "home"), ("age", "all")]), "{row:?}");
            let of = |mechanism| {
                let step = row.text("step");
                let words = [("step", step), ("mechanism", mechanism), ("age", "all"), ("to", "home")];
                flows.rows.iter().find(|row| row.is(&words)).unwrap().number("per_step_mean").unwrap()
            };
            // To the digits that are written.
            let sum = of("moves.returns") + of("programmes.flights");
            assert!((row.number("per_step_mean").unwrap() - sum).abs() < 1e-2, "{row:?}");
        }
    }
}

/// A variant that has another mechanism in place of all: the totals are compared, though no mechanism is the same.
#[test]
fn totals_of_different_mechanisms_are_compared() {
    let convoys = "[variants.convoys]\nremove = [\"programmes.flights\", \"moves.returns\"]\n\
         [variants.convoys.add.programmes.convoys]\nfrom = \"camp\"\nto = \"home\"\noccasions = { every = \"2 months\" }\n\
         seats = 30\ncounts_as = \"repatriation\"\n\
         [variants.nothing]\nremove = [\"programmes.flights\", \"moves.returns\"]\n";
    let answer = answer(&format!("{TWO_WAYS}{convoys}"), 50);
    let (flows, differences) = (tables::of(&answer, "flows"), tables::of(&answer, "differences"));
    let moved = |variant| flows.last(&[("variant", variant), TOTAL]).number("to_date_mean").unwrap();
    let subject = ("subject", "counts_as.repatriation");
    for (variant, has) in [("convoys", moved("convoys")), ("nothing", 0.0)] {
        let row = differences.last(&[("variant", variant), ("kind", "flow_to_date"), subject]);
        assert!((row.number("mean").unwrap() - (has - moved("baseline"))).abs() < 1e-2, "{row:?}");
        assert!(row.number("p05").unwrap() < row.number("p95").unwrap(), "{row:?}");
    }
}

/// What a study keeps of a series are its numbers in the summary.
#[test]
fn studies_keep_totals_at_their_names() {
    let (model, _) = baseline(&Source::new("test.toml", TWO_WAYS)).unwrap();
    let program = compile(&model);
    let summary = simulate(&program, 1, 0..20, 1, &Unwatched).unwrap();
    let names = KeptSeries::Recorded.names(&program);
    let of = |kind: &str, subject: &str| {
        let found = names.iter().find(|kept| kept.name.kind.word() == kind && kept.name.subject == subject);
        found.unwrap().numbers(&summary).last().unwrap().unwrap().mean
    };
    let total = summary.total("repatriation").unwrap();
    assert_eq!(of("flow", "counts_as.repatriation"), total.per_step[5].mean);
    assert_eq!(of("flow_to_date", "counts_as.repatriation"), total.to_date[5].mean);
    let rate = summary.rates.iter().find(|rate| rate.groups == [None]).unwrap();
    assert_eq!(of("rate", "repatriation"), rate.points[5].mean);
}
