use std::f64::consts::PI;

use repatria::internals::study::design::{Design, Sobol};
use repatria::internals::study::sensitivity::sobol::{Indices, indices};
use repatria::internals::study::sensitivity::{MeasuredOutcome, NoIndices, Resampling};

use super::functions::{
    Batches, Repeated, factors, ishigami, ishigami_indices, ishigami_variance, noise, outcomes,
};

const FEW: Resampling = Resampling { seed: 3, resamples: 100 };

fn exact(
    base: usize,
    count: usize,
    seed: u64,
    low: f64,
    high: f64,
    function: fn(&[f64]) -> f64,
) -> (Sobol, Vec<f64>) {
    let design = Sobol::new(base, count, seed).unwrap();
    let outcomes = outcomes(&Design::Sobol(design.clone()), &factors(count, low, high), function);
    (design, outcomes)
}

#[test]
fn ishigami_has_its_published_indices() {
    let (design, outcomes) = exact(1 << 14, 3, 7, -PI, PI, ishigami);
    let found = indices(&design, MeasuredOutcome::exact(&outcomes).unwrap(), Resampling::default()).unwrap();
    let (first, total) = ishigami_indices();
    assert!((ishigami_variance() - 13.8446).abs() < 1e-4);
    assert!((found.variance.value - 13.8446).abs() < 0.01, "{:?}", found.variance);
    assert_eq!(found.noise, 0.0);
    for (found, known) in found.first.iter().zip([0.3139, 0.4424, 0.0]) {
        assert!((found.value - known).abs() < 1e-3, "{found:?} for {known}");
    }
    for (found, known) in found.total.iter().zip([0.5576, 0.4424, 0.2437]) {
        assert!((found.value - known).abs() < 1e-3, "{found:?} for {known}");
    }
    for (found, known) in found.first.iter().chain(&found.total).zip(first.into_iter().chain(total)) {
        let (low, high) = found.interval();
        assert!(low <= known && known <= high, "{found:?} for {known}");
        assert!(found.standard_error < 0.012, "{found:?}");
    }
}

/// SALib 1.6.0, `sobol.analyze(problem, Y, calc_second_order=False, num_resamples=500)` of these rows in this order.
#[test]
fn without_noise_they_are_salibs() {
    let (design, outcomes) = exact(64, 3, 7, -PI, PI, ishigami);
    let found = indices(&design, MeasuredOutcome::exact(&outcomes).unwrap(), Resampling::default()).unwrap();
    let first = [0.43900150199219007, 0.49189263970038033, -0.07557747962005298];
    let total = [0.486049577880527, 0.4891353868550653, 0.26181652087754875];
    for (found, known) in found.first.iter().chain(&found.total).zip(first.into_iter().chain(total)) {
        assert!((found.value - known).abs() < 1e-12, "{found:?} for {known}");
    }
    // Both bootstraps have 500 resamples, so 3 % of error each: five standard deviations of the quotient.
    let first = [0.2574369985376944, 0.1891810436457459, 0.24021029696521057];
    let total = [0.2639735944642396, 0.1849764271218618, 0.10694092788702905];
    for (found, known) in found.first.iter().chain(&found.total).zip(first.into_iter().chain(total)) {
        assert!((found.margin() / known - 1.0).abs() < 0.22, "{} for {known}", found.margin());
    }
}

/// Sobol's function: the product of (|4 x - 2| + a) / (1 + a), of which V_i = 1 / (3 (1 + a)^2).
#[test]
fn the_g_function_has_its_closed_form() {
    const A: [f64; 6] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0];
    let (design, outcomes) = exact(1 << 14, 6, 5, 0.0, 1.0, |x| {
        x.iter().zip(A).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
    });
    let found = indices(&design, MeasuredOutcome::exact(&outcomes).unwrap(), FEW).unwrap();
    let part = |a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a));
    let all: f64 = A.iter().map(|a| 1.0 + part(*a)).product();
    for (factor, a) in A.into_iter().enumerate() {
        let first = part(a) / (all - 1.0);
        let total = part(a) * all / (1.0 + part(a)) / (all - 1.0);
        assert!(
            (found.first[factor].value - first).abs() < 2e-3,
            "{factor}: {:?} {first}",
            found.first[factor]
        );
        assert!(
            (found.total[factor].value - total).abs() < 2e-3,
            "{factor}: {:?} {total}",
            found.total[factor]
        );
    }
}

#[test]
fn a_factor_without_effect_has_none() {
    let (design, outcomes) = exact(256, 3, 2, 0.0, 1.0, |x| x[0] + 2.0 * x[2]);
    let found = indices(&design, MeasuredOutcome::exact(&outcomes).unwrap(), FEW).unwrap();
    // f_AB is f_A, to the bit.
    assert_eq!((found.first[1].value, found.total[1].value), (0.0, 0.0));
    assert_eq!((found.first[1].interval(), found.total[1].interval()), ((0.0, 0.0), (0.0, 0.0)));
    assert!((found.first[2].value - 0.8).abs() < 0.02 && (found.total[2].value - 0.8).abs() < 0.02);
}

/// What many seeds find when each row has this error in each batch, corrected and not.
struct Seeds {
    corrected: Vec<Repeated>,
    raw: Vec<Repeated>,
}

fn with_noise(batches: u32, error: impl Fn(u64, usize, u32, &[f64]) -> f64) -> Seeds {
    let repeated = || (0..6).map(|_| Repeated::default()).collect();
    let mut seeds = Seeds { corrected: repeated(), raw: repeated() };
    for seed in 0..100 {
        let design = Sobol::new(512, 3, seed).unwrap();
        let rows = Design::Sobol(design.clone());
        let factors = factors(3, -PI, PI);
        let truth = outcomes(&rows, &factors, ishigami);
        let values: Vec<Vec<f64>> = (0..rows.len()).map(|row| rows.values(&factors, row)).collect();
        let noisy = Batches::new(&truth, batches, |row, batch| error(seed, row, batch, &values[row]));
        let slices = noisy.slices();
        let add = |to: &mut Vec<Repeated>, found: Indices| {
            for (to, index) in to.iter_mut().zip(found.first.into_iter().chain(found.total)) {
                to.push(index);
            }
        };
        let measured = MeasuredOutcome::new(&noisy.means, &slices).unwrap();
        add(&mut seeds.corrected, indices(&design, measured, FEW).unwrap());
        add(&mut seeds.raw, indices(&design, MeasuredOutcome::exact(&noisy.means).unwrap(), FEW).unwrap());
    }
    seeds
}

fn assert_unbiased(seeds: &Seeds, raw_bias: f64) {
    let (first, total) = ishigami_indices();
    let mut worst: f64 = 0.0;
    for (index, known) in first.into_iter().chain(total).enumerate() {
        let corrected = &seeds.corrected[index];
        let report = format!(
            "index {index}: bias {:.2} errors, raw {:.2}, covered {}, honesty {:.2}",
            corrected.bias(known),
            seeds.raw[index].bias(known),
            corrected.covered(known),
            corrected.honesty()
        );
        println!("{report}");
        assert!(corrected.bias(known).abs() < 3.5, "{report}");
        assert!(corrected.covered(known) >= 90.0, "{report}");
        assert!(corrected.honesty() < 2.2, "{report}");
        worst = worst.max(seeds.raw[index].bias(known).abs());
    }
    assert!(worst > raw_bias, "without correction {worst} errors: is there any noise?");
}

/// Noise of as much variance as the signal, in every row its own.
#[test]
fn independent_noise_is_corrected() {
    let sd = (10.0 * ishigami_variance()).sqrt();
    assert_unbiased(&with_noise(10, |seed, row, batch, _| sd * noise(seed, row as u64, batch, 0)), 10.0);
}

/// With two batches, the fewest that tell anything.
#[test]
fn two_batches_suffice_to_correct() {
    let sd = (2.0 * ishigami_variance()).sqrt();
    assert_unbiased(&with_noise(2, |seed, row, batch, _| sd * noise(seed, row as u64, batch, 0)), 10.0);
}

/// Noise that all rows share: one that moves all of them, and one that changes the slope of a factor.
#[test]
fn shared_noise_is_corrected() {
    let sd = (10.0 * ishigami_variance()).sqrt();
    let error =
        |seed, _, batch, x: &[f64]| sd * (noise(seed, 0, batch, 1) + 0.15 * noise(seed, 0, batch, 2) * x[1]);
    assert_unbiased(&with_noise(10, error), 3.0);
}

#[test]
fn a_constant_and_pure_noise_have_no_indices() {
    let design = Sobol::new(64, 2, 1).unwrap();
    let flat = vec![5.0; design.len()];
    let constant = indices(&design, MeasuredOutcome::exact(&flat).unwrap(), FEW);
    assert_eq!(constant, Err(NoIndices::Constant));
    let mut refused = 0;
    for seed in 0..40 {
        let noisy = Batches::new(&flat, 10, |row, batch| noise(seed, row as u64, batch, 0));
        let slices = noisy.slices();
        match indices(&design, MeasuredOutcome::new(&noisy.means, &slices).unwrap(), FEW) {
            Err(NoIndices::OnlyNoise { .. }) => refused += 1,
            Err(other) => panic!("{other}"),
            Ok(_) => {}
        }
    }
    // Two standard errors above 0 by chance: one in forty.
    assert!(refused >= 35, "{refused} of 40");
}

#[test]
fn rows_that_do_not_fit_are_refused() {
    let design = Sobol::new(4, 2, 1).unwrap();
    let outcomes = [1.0; 15];
    let found = indices(&design, MeasuredOutcome::exact(&outcomes).unwrap(), FEW);
    assert_eq!(found, Err(NoIndices::Rows { found: 15, expected: 16 }));
    assert_eq!(MeasuredOutcome::exact(&[1.0, f64::NAN]).unwrap_err(), NoIndices::NotFinite { row: 1 });
    assert_eq!(MeasuredOutcome::new(&[1.0], &[&[1.0]]).unwrap_err(), NoIndices::OneBatch);
    let short: [&[f64]; 2] = [&[1.0, 2.0], &[1.0]];
    assert_eq!(
        MeasuredOutcome::new(&[1.0, 2.0], &short).unwrap_err(),
        NoIndices::Rows { found: 1, expected: 2 }
    );
}

#[test]
fn the_seed_decides_the_errors() {
    let (design, outcomes) = exact(64, 3, 7, -PI, PI, ishigami);
    let with = |seed| {
        indices(&design, MeasuredOutcome::exact(&outcomes).unwrap(), Resampling { seed, resamples: 50 })
            .unwrap()
    };
    assert_eq!(with(1), with(1));
    assert_ne!(with(1), with(2));
}
