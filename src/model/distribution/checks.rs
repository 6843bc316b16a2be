//! What must hold of every distribution, on the example in its file.

use super::beta::BetaDistribution;
use super::gamma::GammaDistribution;
use super::lognormal::LognormalDistribution;
use super::normal::NormalDistribution;
use super::triangular::TriangularDistribution;
use super::uniform::UniformDistribution;
use super::*;
use crate::random::{Keys, Site};

/// The value with the portion `u` of the distribution below it.
fn at(distribution: Distribution, u: f64) -> f64 {
    distribution.quantile(Uniform((u * (1u128 << 64) as f64) as u64))
}

/// The middles of `n` equally likely parts.
fn middles(distribution: Distribution, n: u32) -> impl Iterator<Item = f64> {
    (0..n).map(move |i| at(distribution, (f64::from(i) + 0.5) / f64::from(n)))
}

#[test]
fn examples_exist_and_others_do_not() {
    for (distribution, ..) in Distribution::examples() {
        assert!(distribution.exists(), "{distribution:?}");
    }
    let wrong: [Distribution; 7] = [
        NormalDistribution { mean: 0.0, sd: 0.0 }.into(),
        LognormalDistribution { median: -1.0, sigma: 1.0 }.into(),
        LognormalDistribution { median: 1.0, sigma: 51.0 }.into(),
        UniformDistribution { low: 1.0, high: 1.0 }.into(),
        TriangularDistribution { low: 0.0, mode: 2.0, high: 1.0 }.into(),
        BetaDistribution { mean: 0.5, sd: 0.5 }.into(),
        GammaDistribution { mean: 0.0, sd: 1.0 }.into(),
    ];
    for distribution in wrong {
        assert!(!distribution.exists(), "{distribution:?}");
    }
}

#[test]
fn rules_point_at_numbers_that_the_distribution_has() {
    let broken: [Distribution; 3] = [
        LognormalDistribution { median: f64::NAN, sigma: f64::NAN }.into(),
        TriangularDistribution { low: 1.0, mode: 2.0, high: 0.0 }.into(),
        BetaDistribution { mean: 2.0, sd: 0.0 }.into(),
    ];
    for distribution in broken {
        let rules = distribution.broken_rules();
        assert!(rules.len() >= 2, "{distribution:?}: {rules:?}");
        let names: Vec<&str> = distribution.numbers().into_iter().map(|(name, _)| name).collect();
        assert!(rules.iter().all(|broken| names.contains(&broken.number)), "{distribution:?}: {rules:?}");
    }
}

#[test]
fn the_quantile_has_the_mean_and_the_standard_deviation() {
    let n = 100_000;
    for (distribution, mean, sd) in Distribution::examples() {
        let found = middles(distribution, n).sum::<f64>() / f64::from(n);
        let square = middles(distribution, n).map(|v| (v - found) * (v - found)).sum::<f64>() / f64::from(n);
        assert!((found / mean - 1.0).abs() < 1e-5, "{distribution:?}: mean {found} for {mean}");
        assert!((square.sqrt() / sd - 1.0).abs() < 1e-3, "{distribution:?}: sd {} for {sd}", square.sqrt());
    }
}

/// The draws of `rand_distr` fall into twenty parts that are equally likely by our quantile, which was not derived from it.
#[test]
fn draws_have_the_law_of_the_quantile() {
    let (parts, draws) = (20, 40_000);
    for (distribution, ..) in Distribution::examples() {
        let bounds: Vec<f64> =
            (1..parts).map(|k| at(distribution, f64::from(k) / f64::from(parts))).collect();
        let mut stream = Keys { seed: 1 }.stream(0, Site::of(&["test"]));
        let mut counts = vec![0u32; bounds.len() + 1];
        for _ in 0..draws {
            let drawn = distribution.sample(&mut stream);
            counts[bounds.partition_point(|bound| *bound < drawn)] += 1;
        }
        let each = f64::from(draws) / counts.len() as f64;
        let chi_square: f64 = counts.iter().map(|count| (f64::from(*count) - each).powi(2) / each).sum();
        // With 19 degrees of freedom one in a thousand is above 43.8.
        assert!(chi_square < 43.8, "{distribution:?}: {chi_square}, {counts:?}");
    }
}

#[test]
fn words_say_every_number() {
    for (distribution, ..) in Distribution::examples() {
        let words = distribution.words(&|number| format!("<{number}>"));
        assert!(words.starts_with(distribution.name()), "{words}");
        for (name, number) in distribution.numbers() {
            assert!(words.contains(&format!("<{number}>")), "{words}: without `{name}`");
        }
    }
}
