use std::f64::consts::PI;

use repatria::internals::random::{Keys, Site};
use repatria::internals::study::design::{Design, Factor, FactorSpread, LatinHypercube};
use repatria::internals::study::sensitivity::ranks::regress;
use repatria::internals::study::sensitivity::sample::first_order;
use repatria::internals::study::sensitivity::{Estimate, MeasuredOutcome, NoIndices, Resampling};

use super::functions::{Batches, Repeated, factors, ishigami, ishigami_indices, noise, outcomes};

const FEW: Resampling = Resampling { seed: 3, resamples: 100 };

/// A Latin hypercube: of each factor its values.
fn sampled(points: usize, factors: &[Factor], seed: u64) -> (Design, Vec<Vec<f64>>) {
    let design = Design::LatinHypercube(LatinHypercube::new(points, factors.len(), seed).unwrap());
    let rows: Vec<Vec<f64>> = (0..points).map(|row| design.values(factors, row)).collect();
    let columns = (0..factors.len()).map(|factor| rows.iter().map(|row| row[factor]).collect()).collect();
    (design, columns)
}

/// Independent draws: of each factor its values.
fn independent(points: u64, factors: &[Factor], seed: u64) -> Vec<Vec<f64>> {
    let drawn = |factor: usize, row: u64| {
        let u = Keys { seed }.uniform(row, Site::of(&["sample"]), factor as u32, 0).lower();
        factors[factor].spread.quantile(u)
    };
    (0..factors.len()).map(|factor| (0..points).map(|row| drawn(factor, row)).collect()).collect()
}

fn slices(columns: &[Vec<f64>]) -> Vec<&[f64]> {
    columns.iter().map(Vec::as_slice).collect()
}

#[test]
fn ishigami_has_its_first_order_indices() {
    let factors = factors(3, -PI, PI);
    let mut repeated: Vec<Repeated> = (0..3).map(|_| Repeated::default()).collect();
    for seed in 0..30 {
        let (design, columns) = sampled(300, &factors, seed);
        let outcomes = outcomes(&design, &factors, ishigami);
        let found = first_order(MeasuredOutcome::exact(&outcomes).unwrap(), &slices(&columns), FEW).unwrap();
        repeated.iter_mut().zip(found).for_each(|(repeated, found)| repeated.push(found));
    }
    for (repeated, known) in repeated.iter().zip(ishigami_indices().0) {
        let (mean, covered) = (repeated.mean(), repeated.covered(known));
        println!("{mean:.4} for {known:.4}, covered {covered:.0}, honesty {:.2}", repeated.honesty());
        // A hypercube whose points keep apart is more even than chance: up to one part in n for each of the six terms.
        assert!((mean - known).abs() < 6.0 / 300.0, "{mean} for {known}");
        assert!(covered >= 85.0, "{covered}");
    }
}

/// A list of levels, a factor without effect and a straight line, under noise of as much variance as the signal.
#[test]
fn noise_and_levels_are_taken_for_what_they_are() {
    let levels = FactorSpread::Levels(vec![0.0, 1.0, 5.0]);
    let range = FactorSpread::Range { low: 0.0, high: 1.0, log: false };
    let factors: Vec<Factor> = [levels, range.clone(), range]
        .into_iter()
        .enumerate()
        .map(|(i, spread)| Factor { name: format!("x{i}"), spread })
        .collect();
    // Variances: of 0, 1, 5 it is 14/3; of 6 x it is 3.
    let whole: f64 = 14.0 / 3.0 + 3.0;
    let known = [14.0 / 3.0 / whole, 3.0 / whole, 0.0];
    for shared in [false, true] {
        let mut corrected: Vec<Repeated> = (0..3).map(|_| Repeated::default()).collect();
        let mut raw = Repeated::default();
        for seed in 0..100 {
            let columns = independent(300, &factors, seed);
            let truth: Vec<f64> = (0..300).map(|row| columns[0][row] + 6.0 * columns[1][row]).collect();
            let noisy = Batches::new(&truth, 8, |row, batch| {
                (8.0 * whole).sqrt()
                    * if shared {
                        // All rows together, and by a slope of a tenth of the signal's variance.
                        noise(seed, 0, batch, 0)
                            + 0.3 * 12f64.sqrt() * noise(seed, 0, batch, 1) * columns[2][row]
                    } else {
                        noise(seed, row as u64, batch, 0)
                    }
            });
            let batches = noisy.slices();
            let measured = MeasuredOutcome::new(&noisy.means, &batches).unwrap();
            let found = first_order(measured, &slices(&columns), FEW).unwrap();
            corrected.iter_mut().zip(&found).for_each(|(repeated, found)| repeated.push(*found));
            let found =
                first_order(MeasuredOutcome::exact(&noisy.means).unwrap(), &slices(&columns), FEW).unwrap();
            raw.push(found[0]);
        }
        for (repeated, known) in corrected.iter().zip(known) {
            let report = format!(
                "shared {shared}: bias {:.2}, covered {:.0}, honesty {:.2}",
                repeated.bias(known),
                repeated.covered(known),
                repeated.honesty()
            );
            println!("{report}");
            assert!(repeated.covered(known) >= 88.0, "{report}");
            // A quotient whose parts have noise in common is off by some tenths of its own error, which is a tenth of this.
            assert!(repeated.bias(known).abs() < 4.0, "{report}");
        }
        assert!(raw.bias(known[0]) < -5.0, "without correction: {}", raw.bias(known[0]));
    }
}

#[test]
fn what_cannot_be_told_is_not() {
    let x: Vec<f64> = (0..30).map(f64::from).collect();
    let flat = [2.0; 30];
    let constant = first_order(MeasuredOutcome::exact(&flat).unwrap(), &[&x], FEW);
    assert_eq!(constant, Err(NoIndices::Constant));
    let few = first_order(MeasuredOutcome::exact(&x[..19]).unwrap(), &[&x[..19]], FEW);
    assert_eq!(few, Err(NoIndices::TooFew { points: 19, least: 20 }));
    // A factor that does not vary explains nothing.
    let found = first_order(MeasuredOutcome::exact(&x).unwrap(), &[&flat, &x], FEW).unwrap();
    assert_eq!(found[0].value, 0.0);
    assert!(found[1].value > 0.97, "{:?}", found[1]);
}

/// From NumPy and SciPy: correlations of residuals of regressions of ranks, ties sharing the middle of theirs.
#[test]
fn rank_regression_is_that_of_the_residuals() {
    let a: Vec<f64> = (1..=12).map(f64::from).collect();
    let b = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0, 5.0, 8.0];
    let y = [2.0, 1.0, 5.0, 3.0, 9.0, 16.0, 7.0, 14.0, 15.0, 12.0, 18.0, 30.0];
    let found = regress(&y, &[&a, &b]).unwrap().unwrap();
    let known = [
        (0.8811188811188813, 0.60897735, 0.9474641349465198),
        (0.8375028888971602, 0.51685722, 0.9291899478479972),
    ];
    for (found, (correlation, coefficient, partial)) in found.factors.iter().zip(known) {
        assert!((found.correlation - correlation).abs() < 1e-12, "{found:?}");
        assert!((found.coefficient - coefficient).abs() < 1e-8, "{found:?}");
        assert!((found.partial - partial).abs() < 1e-12, "{found:?}");
        // Fisher's z, of 12 points and one variable held: tanh(atanh(partial) +- 1.96 / sqrt(8)).
        let z = 1.959963984540054 / 8f64.sqrt();
        let (low, high) = ((partial.atanh() - z).tanh(), (partial.atanh() + z).tanh());
        assert!((found.partial_interval.0 - low).abs() < 1e-12, "{found:?} for {low}");
        assert!((found.partial_interval.1 - high).abs() < 1e-12, "{found:?} for {high}");
    }
    assert!((found.explained - 0.9694508570266617).abs() < 1e-12, "{}", found.explained);
    assert_eq!(regress(&y, &[&a, &a]), Ok(None));
    assert_eq!(regress(&y, &[&a, &[1.0; 12]]), Ok(None));
}

#[test]
fn an_estimate_has_its_interval() {
    let (low, high) = Estimate { value: 1.0, standard_error: 0.5 }.interval();
    assert!((low - 0.02).abs() < 1e-4 && (high - 1.98).abs() < 1e-4);
}
