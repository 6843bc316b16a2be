use repatria::internals::study::design::{Design, LatinHypercube};
use repatria::internals::study::sensitivity::uncertainty::split;
use repatria::internals::study::sensitivity::{MeasuredOutcome, NoIndices, Resampling};

use super::functions::{Batches, Repeated, factors, noise};

const FEW: Resampling = Resampling { seed: 3, resamples: 100 };

/// A replicate comes to 2 x + noise: between points the variance is 4/12, within it is 4. There are 40 replicates a
/// point in eight batches, so noise adds 0.1 to 0.333. Where it is shared, it is the same at all points, and adds
/// nothing to their differences.
#[test]
fn the_parts_of_the_variance_are_known() {
    for (shared, batched) in [(false, true), (false, false), (true, true)] {
        let mut between = Repeated::default();
        let mut share = Repeated::default();
        for seed in 0..100 {
            let points = 100;
            let design = Design::LatinHypercube(LatinHypercube::new(points, 1, seed).unwrap());
            let x: Vec<f64> =
                (0..points).map(|row| 2.0 * design.values(&factors(1, 0.0, 1.0), row)[0]).collect();
            let randomness = |point: usize, replicate: u32| {
                2.0 * noise(seed, if shared { 0 } else { point as u64 }, replicate, 0)
            };
            let noisy = Batches::new(&x, 8, |point, batch| {
                (0..5).map(|replicate| randomness(point, 5 * batch + replicate)).sum::<f64>() / 5.0
            });
            let variances: Vec<f64> = (0..points)
                .map(|point| {
                    let mean = (0..40).map(|h| randomness(point, h)).sum::<f64>() / 40.0;
                    (0..40)
                        .map(|h| (randomness(point, h) - mean) * (randomness(point, h) - mean))
                        .sum::<f64>()
                        / 39.0
                })
                .collect();
            let slices = noisy.slices();
            let measured = if batched {
                MeasuredOutcome::new(&noisy.means, &slices).unwrap()
            } else {
                MeasuredOutcome::exact(&noisy.means).unwrap()
            };
            let found = split(measured, &variances, 40, FEW).unwrap();
            between.push(found.between);
            share.push(found.share.unwrap());
            if shared {
                assert!(found.noise.abs() < 1e-12, "{}", found.noise);
            } else {
                assert!((found.noise - 0.1).abs() < 0.05, "{}", found.noise);
            }
            // Five standard deviations of a variance of 4 with 39 degrees of freedom, of one point or of a hundred.
            let error = 4.0 * (2.0 / 39.0f64).sqrt() / if shared { 1.0 } else { 10.0 };
            assert!((found.within.value - 4.0).abs() < 5.0 * error, "{:?}", found.within);
        }
        // A hypercube of one factor is so even that its variance over n - 1 is n / (n - 1) times the true one, always.
        let points = 100.0;
        let truth = 1.0 / 3.0 * points / (points - 1.0);
        let report = format!(
            "shared {shared}, batches {batched}: bias {:.2} and {:.2}, covered {} and {}",
            between.bias(truth),
            share.bias(1.0 / 13.0),
            between.covered(truth),
            share.covered(1.0 / 13.0)
        );
        println!("{report}");
        if shared {
            // Nothing is left to chance but the places within strata: n / (n - 1) of the hypercube's own variance.
            let known = 100.0 / 99.0 / 3.0;
            assert!((between.mean() - known).abs() < 1e-3 * known, "{} for {known}", between.mean());
        } else {
            assert!(between.bias(1.0 / 3.0).abs() < 3.5, "{report}");
        }
        assert!(between.covered(1.0 / 3.0) >= 90.0, "{report}");
        // Shared, `within` is the variance of one sample of 40 for all points, of which no error tells.
        assert!(shared || share.covered(1.0 / 13.0) >= 90.0, "{report}");
        assert!(shared || share.bias(1.0 / 13.0).abs() < 3.5, "{report}");
    }
}

#[test]
fn what_never_varies_has_no_share() {
    let flat = [3.0; 12];
    let found = split(MeasuredOutcome::exact(&flat).unwrap(), &[0.0; 12], 10, FEW).unwrap();
    assert_eq!((found.between.value, found.within.value, found.share), (0.0, 0.0, None));
    let found = split(MeasuredOutcome::exact(&flat).unwrap(), &[2.0; 12], 10, FEW).unwrap();
    assert_eq!(found.share.unwrap().value, 0.0);
    let few = split(MeasuredOutcome::exact(&flat[..5]).unwrap(), &[0.0; 5], 10, FEW);
    assert_eq!(few, Err(NoIndices::TooFew { points: 5, least: 10 }));
    let other = split(MeasuredOutcome::exact(&flat).unwrap(), &[0.0; 11], 10, FEW);
    assert_eq!(other, Err(NoIndices::Rows { found: 12, expected: 11 }));
}
