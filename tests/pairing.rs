//! Promise: two variants that use common random numbers differ in what the change does and in nothing else, and the error that is
//! stated of a difference is the error that it has.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]
#![allow(clippy::single_range_in_vec_init, reason = "a list of one part is meant")]

mod support;

use std::ops::Range;
use std::sync::Arc;

use repatria::internals::engine::{Program, compile};
use repatria::internals::ensemble::attribution::{Attribution, ExplainedSubject, OrderCoverage};
use repatria::internals::ensemble::comparison::{
    ALL_HELD, Comparison, Difference, DifferenceSeries, PairedSpread, SeriesKind,
};
use repatria::internals::ensemble::precision::{PrecisionTarget, Tolerance, Verdict, until_precise};
use repatria::internals::ensemble::shapley::{Shapley, VariantWithParts};
use repatria::internals::ensemble::{Ensemble, Mode, SimulateError, Track, Unwatched, expect_side_by_side};
use support::program;

/// The reference workload, for five years: three camps, four groups.
fn camp12(change: &str) -> String {
    include_str!("../benches/camp12.toml").replace("10 years", "5 years") + change
}

/// Arrivals and exits: the known answer G.
fn prison(arrivals: f64, more: &str) -> String {
    format!(
        r#"
title = "Pairing"
start = "2025-01"
horizon = "60 months"
step = "month"
[places.prison]
kind = "prison"
[places.out]
kind = "community"
[arrivals.intake]
to = "prison"
rate = {{ per_month = {arrivals} }}
[moves.release]
from = "prison"
to = "out"
rate = {{ mean_stay = "12 months" }}
{more}"#
    )
}

const README: &str = include_str!("../scenarios/two_prisons_and_a_camp.toml");

fn tracks(programs: &[Arc<Program>]) -> Vec<Track> {
    let names = ["baseline", "one", "two", "three"];
    names.into_iter().zip(programs).map(|(name, program)| Track::new(name, program)).collect()
}

/// The last of these scenarios compared with the first.
fn compared(texts: [&str; 2], seed: u64, replicates: Range<u64>) -> Comparison {
    let programs = texts.map(program);
    let mut ensemble = Ensemble::new(&tracks(&programs), 0, seed, 2).unwrap();
    ensemble.add(replicates, &Unwatched).unwrap();
    ensemble.comparisons().remove(0)
}

fn last(series: &DifferenceSeries) -> (Difference, PairedSpread) {
    let difference = series.points.last().unwrap().unwrap();
    (difference, difference.spread.unwrap())
}

/// Whether a difference is exactly nothing.
fn is_zero(difference: &Difference) -> bool {
    difference.mean == 0.0
        && difference.spread.is_none_or(|spread| {
            spread.equal == 1.0
                // One pair tells of no spread.
                && (if spread.pairs == 1 { spread.sd.is_nan() } else { spread.sd == 0.0 })
                && spread.quantiles.iter().all(|q| *q == 0.0 || q.is_nan())
        })
}

#[test]
fn g_an_arrival_rate_changes_what_it_changes_and_little_else() {
    let comparison = compared([&prison(100.0, ""), &prison(90.0, "")], 5, 0..2_000);
    let (difference, spread) = last(comparison.people("prison").unwrap());
    let variance = spread.sd * spread.sd;
    println!("mean {}, variance {variance}, ratio {:?}", difference.mean, spread.variance_ratio);
    assert!(variance < 20.0, "variance of the difference: {variance}");
    assert!((difference.mean + 119.2).abs() < 3.0 * spread.mc_se + 0.05, "{}", difference.mean);
    // With independent seeds it would be the sum of two Poisson variances, about 2,264.
    let ratio = spread.variance_ratio.unwrap();
    assert!((ratio * variance / 2264.0 - 1.0).abs() < 0.1, "{ratio}");
    assert_eq!(spread.lower, 1.0);
    let relative = difference.relative.unwrap();
    assert!(
        (relative + 0.1).abs() < 3.0 * spread.relative_mc_se && spread.relative_mc_se < 1e-3,
        "{relative}"
    );
    // 0.1 of what comes, held to the same random numbers.
    assert!((difference.against_mean - 1192.0).abs() < 3.0);
}

#[test]
fn a_release_policy_in_camp12_needs_an_eightieth_of_the_replicates() {
    let policy =
        "[policies.more]\nfrom = \"2027-01\"\nchanges = [{ field = \"moves.release.rate\", times = 1.5 }]\n";
    let comparison = compared([&camp12(""), &camp12(policy)], 1, 0..4_000);
    let (difference, spread) = last(comparison.people(ALL_HELD).unwrap());
    let ratio = spread.variance_ratio.unwrap();
    println!("camp12: mean {} ± {}, variance ratio {ratio}", difference.mean, spread.mc_se);
    assert!(ratio >= 80.0, "{ratio}");
    // Nothing differs before month 24.
    for series in &comparison.series {
        let first = if series.name.kind == SeriesKind::People { 25 } else { 24 };
        for (point, difference) in series.points[..first].iter().enumerate() {
            assert!(difference.as_ref().is_none_or(is_zero), "{:?} at {point}", series.name);
        }
    }
    let after = &comparison.people(ALL_HELD).unwrap().points[25];
    assert!(after.unwrap().mean < -100.0, "{after:?}");
}

#[test]
fn a_variant_equal_to_the_baseline_differs_in_nothing() {
    let comparison = compared([README, README], 7, 0..150);
    assert!(comparison.series.len() > 50 && !comparison.outcomes.is_empty());
    let outcomes = comparison.outcomes.iter().filter_map(|outcome| outcome.difference);
    let series = comparison.series.iter().flat_map(|series| series.points.iter().flatten().copied());
    for difference in series.chain(outcomes) {
        assert!(is_zero(&difference), "{difference:?}");
        assert_eq!(difference.spread.unwrap().variance_ratio, None);
    }
}

#[test]
fn a_change_at_month_30_changes_nothing_before() {
    // Month 30 is July 2027.
    let text = format!(
        "{README}\n[policies.later]\nfrom = \"2027-07\"\nchanges = [{{ field = \"moves.death.rate\", times = 3 }}]\n"
    );
    let comparison = compared([README, &text], 7, 0..100);
    for series in &comparison.series {
        let first = if series.name.kind == SeriesKind::People { 31 } else { 30 };
        let before = series.points[..first].iter().flatten();
        assert!(before.into_iter().all(is_zero), "{:?}", series.name);
    }
    assert!(!is_zero(comparison.people("died").unwrap().points.last().unwrap().as_ref().unwrap()));
}

#[test]
fn a_mechanism_that_touches_nobody_else_leaves_everything_else_alone() {
    let more = r#"
[places.annex]
kind = "prison"
people = [{ count = 40 }]
[moves.annex_release]
from = "annex"
to = "out"
rate = { per_month = 0.1 }
"#;
    let comparison = compared([&prison(20.0, ""), &prison(20.0, more)], 3, 0..200);
    for series in &comparison.series {
        let touched =
            ["annex", "moves.annex_release", "out", ALL_HELD].contains(&series.name.subject.as_str());
        let differences = || series.points.iter().flatten();
        assert_eq!(differences().count(), series.points.len(), "{:?}", series.name);
        assert_eq!(differences().all(is_zero), !touched, "{:?}", series.name);
    }
    // Nobody is at a place that is not there, and nobody goes by a move that is not there.
    assert_eq!(comparison.people("annex").unwrap().points[0].unwrap().mean, 40.0);
    assert!(
        comparison.of(SeriesKind::FlowToDate, "moves.annex_release").unwrap().points[59].unwrap().mean > 39.0
    );
    // The other way round.
    let back = compared([&prison(20.0, more), &prison(20.0, "")], 3, 0..200);
    assert_eq!(back.people("annex").unwrap().points[0].unwrap().mean, -40.0);
    assert_eq!(back.people("prison").unwrap().points[60].unwrap().mean, 0.0);
}

#[test]
fn series_are_matched_by_name_not_by_position() {
    let shuffled = README
        .replace("[places.north_prison]", "[places.empty_wing]\nkind = \"prison\"\n\n[places.north_prison]");
    let comparison = compared([README, &shuffled], 7, 0..60);
    for series in &comparison.series {
        assert!(series.points.iter().flatten().all(is_zero), "{:?}", series.name);
    }
}

#[test]
fn the_stated_error_covers_the_truth_in_95_of_100_runs() {
    // Expected mode is exact here: arrivals and exits are linear.
    let texts = [
        prison(20.0, ""),
        prison(
            20.0,
            "[policies.more]\nfrom = \"2027-01\"\nchanges = [{ field = \"moves.release.rate\", times = 1.5 }]\n",
        ),
    ];
    let programs = [program(&texts[0]), program(&texts[1])];
    let (_, expected) = expect_side_by_side(&tracks(&programs), 0, &Unwatched).unwrap();
    let truth = expected[0].people("prison").unwrap().points[60].unwrap();
    let (mut mean, mut relative) = (0, 0);
    for seed in 0..100 {
        let mut ensemble = Ensemble::new(&tracks(&programs), 0, seed, 1).unwrap();
        ensemble.add(0..100, &Unwatched).unwrap();
        let (found, spread) = last(ensemble.comparisons()[0].people("prison").unwrap());
        mean += u32::from((found.mean - truth.mean).abs() < 1.984 * spread.mc_se);
        relative += u32::from(
            (found.relative.unwrap() - truth.relative.unwrap()).abs() < 1.984 * spread.relative_mc_se,
        );
    }
    println!("covered: {mean} of 100, relative {relative}");
    // Of 100 with probability 0.95: fewer than 88 have a probability of 0.0012, and 100 one of 0.006.
    assert!(mean >= 88 && relative >= 88, "{mean} {relative}");
}

#[test]
fn merged_parts_and_threads_give_the_same_answer() {
    let later = format!(
        "{README}\n[policies.later]\nfrom = \"2026-07\"\nchanges = [{{ field = \"programmes.flights.seats\", set = 90 }}]\n"
    );
    let programs = [program(README), program(&later)];
    let tracks = tracks(&programs);
    let run = |threads, parts: &[Range<u64>]| {
        let mut whole = Ensemble::new(&tracks, 0, 7, threads).unwrap();
        for part in parts {
            let mut other = Ensemble::new(&tracks, 0, 7, threads).unwrap();
            other.add(part.clone(), &Unwatched).unwrap();
            whole.merge(&other);
        }
        format!("{:?} {:?}", whole.summaries(), whole.comparisons())
    };
    let parts: Vec<Range<u64>> = (0..10).rev().map(|part| 30 * part..30 * part + 30).collect();
    let [one, ten, two] = [run(1, &[0..300]), run(1, &parts), run(2, &[0..300])];
    assert!(one == ten && one == two);
    let mut continued = Ensemble::new(&tracks, 0, 7, 2).unwrap();
    for part in [0..70, 70..200, 200..300] {
        continued.add(part, &Unwatched).unwrap();
    }
    assert!(one == format!("{:?} {:?}", continued.summaries(), continued.comparisons()));
    assert_eq!(continued.replicates(), 300);
}

#[test]
fn replicates_that_are_added_in_place_give_the_same_answer() {
    let programs = [program(&prison(10.0, "")), program(&prison(12.0, ""))];
    let tracks = tracks(&programs);
    let said = |ensemble: &Ensemble| format!("{:?} {:?}", ensemble.summaries(), ensemble.comparisons());
    // Few and many: above some number values are counted around where they lie.
    for (all, parts) in [(300, vec![0..70, 70..200, 200..300]), (2500, vec![0..64, 64..1500, 1500..2500])] {
        let mut whole = Ensemble::new(&tracks, 0, 7, 1).unwrap();
        whole.add(0..all, &Unwatched).unwrap();
        for threads in [1, 2] {
            let mut in_place = Ensemble::new(&tracks, 0, 7, threads).unwrap();
            parts.iter().for_each(|part| in_place.add_in_place(part.clone(), &Unwatched).unwrap());
            assert_eq!(in_place.replicates(), all);
            assert!(said(&whole) == said(&in_place), "{all} replicates on {threads} threads");
        }
    }
}

#[test]
fn variants_of_other_dates_are_not_compared() {
    let texts = [prison(10.0, ""), prison(10.0, "").replace("60 months", "61 months")];
    let programs = texts.map(|text| program(&text));
    let error = Ensemble::new(&tracks(&programs), 0, 1, 1).unwrap_err();
    assert!(error.to_string().contains("`one` has other dates"), "{error}");
}

/// A prison whose outcomes many things change.
const CROWDED: &str = r#"
title = "Parts"
start = "2025-01"
horizon = "24 months"
step = "month"
[places.prison]
kind = "prison"
people = [{ count = 300 }]
[places.empty]
kind = "prison"
[places.out]
kind = "community"
[arrivals.intake]
to = "prison"
rate = { per_month = 30 }
[moves.release]
from = "prison"
to = "out"
rate = { mean_stay = "12 months" }
[moves.idle]
from = "empty"
to = "out"
rate = { per_month = 0.5 }
[outcomes.days]
label = "Person-months in prison"
people = { at = "prison" }
take = "person_months"
[outcomes.low]
label = "Below 250"
people = { at = "prison" }
take = { first_below = 250 }
[outcomes.crowded]
label = "More than 260 in the end"
people = { at = "prison" }
above = 260
"#;

/// What the parts can change; the second changes nothing.
const CHANGES: [(&str, &str); 7] = [
    ("moves.release.rate", "times = 1.4"),
    ("moves.idle.rate", "times = 3"),
    ("arrivals.intake.rate", "times = 0.7"),
    ("moves.release.rate", "times = 1.1, from = \"2025-06\""),
    ("arrivals.intake.rate", "times = 0.9, from = \"2026-01\""),
    ("moves.release.rate", "times = 1.2, from = \"2026-01\", until = \"2026-06\""),
    ("arrivals.intake.rate", "times = 1.3, until = \"2025-04\""),
];

/// The scenario with some of the changes, each a policy.
fn with_parts(keep: &[bool]) -> Arc<Program> {
    let mut text = CROWDED.to_string();
    for (part, (field, change)) in CHANGES.iter().enumerate().take(keep.len()) {
        if keep[part] {
            let (change, dates) = change.split_once(", ").unwrap_or((change, ""));
            let dates =
                if dates.contains("from") { dates.into() } else { format!("from = \"2025-01\"\n{dates}") };
            let dates = dates.replace(", ", "\n");
            text +=
                &format!("[policies.part{part}]\n{dates}\nchanges = [{{ field = \"{field}\", {change} }}]\n");
        }
    }
    compile(&support::model(&text))
}

fn build(keep: &[bool]) -> Result<Arc<Program>, SimulateError> {
    Ok(with_parts(keep))
}

fn labels(parts: usize) -> Vec<String> {
    (0..parts).map(|part| format!("part {part}")).collect()
}

fn parted(parts: &[String]) -> VariantWithParts<'_> {
    VariantWithParts { name: "variant", label: "Variant", parts, build: &build }
}

fn attribution(parts: usize, ranges: &[Range<u64>], threads: usize) -> Attribution {
    let labels = labels(parts);
    let mut whole = Shapley::new(parted(&labels), 5, threads, Mode::MonteCarlo).unwrap();
    for range in ranges {
        let mut other = Shapley::new(parted(&labels), 5, threads, Mode::MonteCarlo).unwrap();
        other.add(range.clone(), &Unwatched).unwrap();
        whole.merge(&other);
    }
    whole.attribution()
}

#[test]
fn parts_add_up_to_the_difference_and_an_idle_part_has_nothing() {
    let [baseline, variant] = [with_parts(&[false; 3]), with_parts(&[true; 3])];
    let programs = [baseline, variant];
    let mut ensemble = Ensemble::new(&tracks(&programs), 0, 5, 2).unwrap();
    ensemble.add(0..500, &Unwatched).unwrap();
    let comparison = ensemble.comparisons().remove(0);
    let found = attribution(3, &[0..500], 2);
    assert_eq!(found.orders, OrderCoverage::All);
    assert_eq!(found.explained.len(), 4);
    for explained in &found.explained {
        // The baseline is never below 250: what brings that about cannot be told replicate by replicate.
        if explained.what == ExplainedSubject::Outcome("low".into()) {
            assert!(explained.replicates == 0 && explained.whole.mean.is_nan());
            // That it comes earlier for it is known all the same.
            let low = comparison.outcome("low").unwrap();
            let [earlier, equal, later] = low.order.unwrap();
            assert!(low.difference.is_none() && earlier > 0.9 && later == 0.0, "{low:?}");
            assert!((earlier + equal - 1.0).abs() < 1e-12);
            continue;
        }
        let sum: f64 = explained.parts.iter().map(|part| part.mean).sum();
        assert!((sum - explained.whole.mean).abs() <= 1e-12 * (1.0 + sum.abs()), "{explained:?}");
        assert_eq!((explained.parts[1].mean, explained.parts[1].mc_se), (0.0, Some(0.0)), "{explained:?}");
        assert!(explained.parts[0].mean != 0.0 && explained.parts[2].mean != 0.0);
        assert_eq!(comparison.outcome("days").unwrap().order, None, "no date");
        let whole = match &explained.what {
            ExplainedSubject::HeldAtEnd => comparison.people(ALL_HELD).unwrap().points[24].unwrap(),
            ExplainedSubject::Outcome(name) => comparison.outcome(name).unwrap().difference.unwrap(),
        };
        assert_eq!(explained.replicates, 500);
        assert_eq!(explained.whole.mean, whole.mean);
        let (one, other) = (explained.whole.mc_se.unwrap(), whole.spread.unwrap().mc_se);
        assert!((one - other).abs() <= 1e-9 * other, "{one} {other}");
    }
}

#[test]
fn sampled_orders_agree_with_all_of_them() {
    let labels = labels(7);
    let mut exact = Shapley::new(parted(&labels), 5, 1, Mode::Expected).unwrap();
    exact.expect(&Unwatched).unwrap();
    let exact = exact.attribution();
    assert_eq!(exact.orders, OrderCoverage::All);
    // People come and go by constant rates: the expected course is the mean.
    let sampled = attribution(7, &[0..3_200], 2);
    assert_eq!(sampled.orders, OrderCoverage::Sampled { orders: 100 });
    let days = |found: &Attribution| {
        found
            .explained
            .iter()
            .find(|one| one.what == ExplainedSubject::Outcome("days".into()))
            .unwrap()
            .clone()
    };
    let (known, found) = (days(&exact), days(&sampled));
    for (part, (known, found)) in known.parts.iter().zip(&found.parts).enumerate() {
        let error = found.mc_se.unwrap();
        println!("part {part}: {} ± {error}, known {}", found.mean, known.mean);
        assert!((found.mean - known.mean).abs() <= 4.0 * error + 1e-9, "part {part}");
    }
    assert_eq!((known.parts[1].mean, found.parts[1].mean, found.parts[1].mc_se), (0.0, 0.0, Some(0.0)));
    let sum: f64 = found.parts.iter().map(|part| part.mean).sum();
    assert!((sum / found.whole.mean - 1.0).abs() < 1e-12);
}

#[test]
fn attribution_is_the_same_for_any_split_and_threads() {
    for parts in [2, 7] {
        let whole = attribution(parts, &[0..300], 1);
        // Not at multiples of anything.
        let split = attribution(parts, &[200..300, 0..70, 70..200], 2);
        assert_eq!(format!("{whole:?}"), format!("{split:?}"));
    }
}

/// Replicates of the two prisons until these are precise: how many there were, and what became of each target.
fn precise(
    targets: &[(Option<&str>, ExplainedSubject, Tolerance)],
    at_most: u64,
    threads: usize,
) -> (u64, Vec<(f64, f64, Verdict)>) {
    let programs = [with_parts(&[false; 3]), with_parts(&[true; 3])];
    let mut ensemble = Ensemble::new(&tracks(&programs), 0, 5, threads).unwrap();
    let targets: Vec<PrecisionTarget> = (targets.iter().cloned())
        .map(|(variant, what, tolerance)| PrecisionTarget {
            variant: variant.map(String::from),
            what,
            tolerance,
        })
        .collect();
    let reached = until_precise(&mut ensemble, &targets, 10, at_most, &Unwatched).unwrap();
    let numbers = |mean: Option<f64>| mean.unwrap_or(f64::NAN);
    let reported = reached.iter().map(|one| (numbers(one.mean), numbers(one.mc_se), one.verdict));
    (ensemble.replicates(), reported.collect())
}

#[test]
fn replicates_are_added_until_the_error_is_small() {
    let days = || ExplainedSubject::Outcome("days".into());
    let (replicates, reported) = precise(&[(None, days(), Tolerance::Relative(0.0005))], 1_000_000, 2);
    println!("{replicates} replicates: {reported:?}");
    // One for each variant.
    assert_eq!(reported.len(), 2);
    assert!(
        reported.iter().all(|(mean, error, verdict)| *error <= 0.0005 * mean && *verdict == Verdict::Met)
    );
    assert!((1_000..40_000).contains(&replicates), "{replicates}");
    assert_eq!(precise(&[(None, days(), Tolerance::Relative(0.0005))], 1_000_000, 1), (replicates, reported));
    // A difference, in its unit; both it and a probability.
    let targets = [
        (Some("one"), days(), Tolerance::Absolute(1.5)),
        (None, ExplainedSubject::Outcome("crowded".into()), Tolerance::Absolute(0.01)),
        (None, ExplainedSubject::HeldAtEnd, Tolerance::Absolute(1.0)),
    ];
    let (replicates, reported) = precise(&targets, 1_000_000, 2);
    println!("{replicates} replicates: {reported:?}");
    assert_eq!(reported.len(), 5);
    assert!(reported.iter().all(|(.., verdict)| *verdict == Verdict::Met));
    assert!(reported[0].1 <= 1.5 && reported[1].1 <= 0.01 && reported[3].1 <= 1.0);
}

#[test]
fn a_limit_ends_it_and_what_cannot_be_reached_is_not_tried() {
    let (replicates, reported) =
        precise(&[(None, ExplainedSubject::HeldAtEnd, Tolerance::Relative(1e-6))], 1_000, 2);
    assert_eq!((replicates, reported[0].2), (1_000, Verdict::Limit));
    // The baseline is never below 250, the variant is.
    let (replicates, reported) =
        precise(&[(None, ExplainedSubject::Outcome("low".into()), Tolerance::Absolute(2.0))], 100_000, 2);
    assert_eq!((replicates, reported[0].2, reported[1].2), (256, Verdict::Unattainable, Verdict::Met));
}
