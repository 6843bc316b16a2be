//! Quantiles, coverage and scores of large stocks, which vary little for their size.

use repatria::internals::engine::compile;
use repatria::internals::ensemble::summary::QUANTILES;
use repatria::internals::ensemble::{Ensemble, Track, Unwatched, simulate};
use repatria::internals::output::scores::scored;
use repatria::internals::scenario::{self, Source};
use statrs::distribution::{ContinuousCDF, Normal};

use crate::monthly;
use crate::support::{at, program, run};

fn leaving(people: u32) -> String {
    monthly(
        "3 months",
        &format!(
            "[places.camp]\nkind = \"camp\"\npeople = [{{ count = {people} }}]\n[places.home]\nkind = \"community\"\n[moves.m]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ per_month = 0.01 }}\n"
        ),
    )
}

#[test]
fn quantiles_are_as_fine_as_the_spread() {
    for people in [3_000, 79_000, 1_000_000, 400_000_000] {
        let replicates = 20_000;
        let stat = at(&run(&leaving(people), replicates), 0).points[2];
        let quantiles = stat.spread.unwrap().quantiles;
        // Binomial, nearly normal: a quantile has the standard error sqrt(p (1 - p) / n) / density.
        let still = libm::exp(-0.02);
        let (mean, sd) = (f64::from(people) * still, (f64::from(people) * still * (1.0 - still)).sqrt());
        let normal = Normal::new(0.0, 1.0).unwrap();
        for (quantile, p) in quantiles.iter().zip(QUANTILES) {
            let z = normal.inverse_cdf(p);
            let density = libm::exp(-z * z / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
            let error = sd * (p * (1.0 - p) / replicates as f64).sqrt() / density;
            let bound = 4.0 * error + 0.01 * 3.29 * sd + 1.0;
            assert!((quantile - (mean + z * sd)).abs() < bound, "{people}: {quantiles:?}");
        }
        assert!(quantiles.is_sorted() && quantiles[0] < quantiles[1] && quantiles[3] < quantiles[4]);
    }
}

#[test]
fn a_large_stock_is_scored_as_it_varies() {
    let values = "date,place,value\n2025-02-01,camp,989802\n2025-03-01,camp,980240\n2025-04-01,camp,970649\n";
    let text = format!("{}[observed]\nfile = \"obs.csv\"\n", leaving(1_000_000));
    let source = Source::new("test.toml", text).with_file("obs.csv", values);
    let (model, _) = scenario::baseline(&source).unwrap();
    let summary = simulate(&compile(&model), 1, 0..20_000, 2, &Unwatched).unwrap();
    let quantiles = summary.people[0].points[2].spread.unwrap().quantiles;
    let [p05, p25, p50, _, p95] = quantiles;
    for (found, known) in [(p05, 979_969.0), (p25, 980_105.0), (p50, 980_199.0), (p95, 980_428.0)] {
        assert!((found - known).abs() <= 2.0, "{quantiles:?}");
    }
    let all = scored(&model, &summary);
    let inside: Vec<_> = all.iter().map(|it| (it.inside(1, 3), it.inside(0, 4))).collect();
    assert_eq!(inside[1..], [(Some(true), Some(true)), (Some(false), Some(true))]);
    for (it, known) in all.iter().zip([192.2, 37.4, 126.9]) {
        // Of the normal forecast; what 20,000 replicates leave has a standard error below 0.7 (the sd is at most 100 to 170).
        assert!((it.score.crps - known).abs() < 2.0, "{} for {known}", it.score.crps);
    }
}

#[test]
fn parts_of_few_replicates_merge_to_the_same_bins() {
    let programs = [program(&leaving(1_000_000)), program(&leaving(1_000_000).replace("0.01", "0.012"))];
    let tracks = [Track::new("baseline", &programs[0]), Track::new("v", &programs[1])];
    let run = |parts: &[u64], threads| {
        let mut whole = Ensemble::new(&tracks, 0, 3, threads).unwrap();
        for part in parts.windows(2).rev() {
            let mut one = Ensemble::new(&tracks, 0, 3, threads).unwrap();
            one.add(part[0]..part[1], &Unwatched).unwrap();
            whole.merge(&one);
        }
        format!("{:?} {:?}", whole.summaries(), whole.comparisons())
    };
    let known = run(&[0, 2_000], 1);
    assert!(known == run(&[0, 2_000], 2));
    // None has as many replicates as have their own counts; then all kinds of them.
    assert!(known == run(&[0, 300, 700, 1_100, 1_400, 1_700, 2_000], 2));
    assert!(known == run(&[0, 10, 900, 1_000, 2_000], 2));
}
