use std::f64::consts::PI;

use repatria::internals::study::design::{Design, Morris};
use repatria::internals::study::sensitivity::morris::{Effects, effects};
use repatria::internals::study::sensitivity::{Estimate, MeasuredOutcome, Resampling};

use super::functions::{Batches, Repeated, factors, ishigami, noise, outcomes};

const FEW: Resampling = Resampling { seed: 3, resamples: 100 };

fn ishigami_effects(trajectories: usize, seed: u64, resampling: Resampling) -> Vec<Effects> {
    let design = Morris::new(trajectories, 3, 4, seed).unwrap();
    let outcomes = outcomes(&Design::Morris(design.clone()), &factors(3, -PI, PI), ishigami);
    effects(&design, MeasuredOutcome::exact(&outcomes).unwrap(), resampling).unwrap()
}

/// Over all trajectories of four levels, by hand. The factors are at -pi, -pi/3, pi/3, pi and move by two levels, delta =
/// 2/3. x1: the sine moves by the root of 3/4, times 1 + x3^4 / 10. x2: 7 sin^2 moves by 7 x 3/4, up from the ends and down
/// from the middle. x3: x3^4 / 10 moves by pi^4 (1 - 1/81) / 10 either way, times the sine of x1. SALib's own sample has 7.68, 7.875,
/// 6.26 for mu*.
fn by_hand() -> [(f64, f64, f64); 3] {
    let (slope, sine) = (1.5, 0.75f64.sqrt());
    let (wide, narrow) = (1.0 + PI.powi(4) / 10.0, 1.0 + PI.powi(4) / 810.0);
    let third = slope * PI.powi(4) / 10.0 * (80.0 / 81.0);
    [
        (
            slope * sine * (wide + narrow) / 2.0,
            slope * sine * (wide + narrow) / 2.0,
            slope * sine * (wide - narrow) / 2.0,
        ),
        (0.0, 7.875, 7.875),
        (0.0, third * sine / 2.0, third * (0.75f64 / 2.0).sqrt()),
    ]
}

#[test]
fn ishigami_has_the_effects_of_all_trajectories() {
    let found = ishigami_effects(4000, 1, Resampling::default());
    let near = |found: Estimate, known: f64| {
        assert!((found.value - known).abs() < 4.0 * found.standard_error + 1e-12, "{found:?} for {known}");
    };
    for (found, (mu, mu_star, sigma)) in found.iter().zip(by_hand()) {
        near(found.mu, mu);
        near(found.mu_star, mu_star);
        near(found.sigma, sigma);
        assert!(found.mu_star.standard_error < 0.12, "{found:?}");
        assert_eq!(found.noise, 0.0);
    }
    for (found, published) in found.iter().zip([7.68, 7.875, 6.26]) {
        assert!((found.mu_star.value - published).abs() < 0.25, "{found:?} for {published}");
    }
    // Whatever the sample, all effects of x2 have this size.
    assert!((found[1].mu_star.value - 7.875).abs() < 1e-12);
}

/// SALib 1.6.0, `morris.analyze(problem, X, Y, num_levels=4)` of these rows in this order.
#[test]
fn without_noise_they_are_salibs() {
    let found = ishigami_effects(20, 7, Resampling::default());
    let known = [
        (9.578692942593042, 9.578692942593042, 6.11582778),
        (0.7874999999999975, 7.874999999999998, 8.03908012),
        (-2.4995184413332465, 6.2487961033331185, 8.69647921),
    ];
    for (found, (mu, mu_star, sigma)) in found.iter().zip(known) {
        assert!((found.mu.value - mu).abs() < 1e-12, "{found:?}");
        assert!((found.mu_star.value - mu_star).abs() < 1e-12, "{found:?}");
        assert!((found.sigma.value - sigma).abs() < 1e-8, "{found:?}");
    }
    // Of 500 resamples each: five standard deviations of the quotient.
    for (factor, margin) in [(0, 2.7137916715787656), (2, 2.7233054197921804)] {
        assert!((found[factor].mu_star.margin() / margin - 1.0).abs() < 0.22, "{:?}", found[factor]);
    }
}

#[test]
fn errors_are_honest() {
    let mut repeated: Vec<Repeated> = (0..3).map(|_| Repeated::default()).collect();
    for seed in 0..200 {
        let found = ishigami_effects(50, seed, FEW);
        repeated[0].push(found[0].mu_star);
        repeated[1].push(found[2].mu_star);
        repeated[2].push(found[2].sigma);
    }
    let hand = by_hand();
    for (repeated, known) in repeated.iter().zip([hand[0].1, hand[2].1, hand[2].2]) {
        let covered = repeated.covered(known);
        assert!((88.0..=99.5).contains(&covered), "{covered} of 100");
        assert!((0.8..1.25).contains(&repeated.honesty()), "{}", repeated.honesty());
    }
}

/// A straight line, a factor without effect, and noise: in every row its own, or shared.
#[test]
fn noise_is_taken_from_sigma_and_reported_beside_mu_star() {
    for shared in [false, true] {
        let mut squares: Vec<Repeated> = (0..4).map(|_| Repeated::default()).collect();
        let mut seen = [0, 0];
        let mut reported = 0.0;
        for seed in 0..100 {
            let design = Morris::new(40, 2, 4, seed).unwrap();
            let rows = Design::Morris(design.clone());
            let factors = factors(2, 0.0, 1.0);
            let truth = outcomes(&rows, &factors, |x| 3.0 * x[0]);
            let x: Vec<Vec<f64>> = (0..rows.len()).map(|row| rows.values(&factors, row)).collect();
            // The noise of an effect: of two rows over 2/3; or of a slope that all rows share.
            let noisy = Batches::new(&truth, 10, |row, batch| {
                if shared {
                    2.0 * noise(seed, 0, batch, 0) + 1.5 * noise(seed, 0, batch, 1) * x[row][1]
                } else {
                    noise(seed, row as u64, batch, 0)
                }
            });
            let slices = noisy.slices();
            let found = effects(&design, MeasuredOutcome::new(&noisy.means, &slices).unwrap(), FEW).unwrap();
            let square = |e: Estimate| Estimate { value: e.value * e.value, standard_error: 0.0 };
            squares[0].push(square(found[0].size));
            squares[1].push(found[0].mu);
            squares[2].push(found[1].mu);
            reported += found[1].noise * found[1].noise / 100.0;
            for (seen, found) in seen.iter_mut().zip(&found) {
                *seen += usize::from(found.is_above_noise());
            }
            let raw = effects(&design, MeasuredOutcome::exact(&noisy.means).unwrap(), FEW).unwrap();
            squares[3].push(square(raw[1].size));
            assert_eq!(raw[1].noise, 0.0);
        }
        assert!(squares[0].bias(9.0).abs() < 3.5 || shared, "{}", squares[0].bias(9.0));
        assert!(squares[1].bias(3.0).abs() < 3.5 || shared, "{}", squares[1].bias(3.0));
        assert!(squares[2].bias(0.0).abs() < 3.5, "{}", squares[2].bias(0.0));
        assert!(squares[3].bias(0.0) > 5.0, "without correction: {}", squares[3].bias(0.0));
        let variance = if shared { 0.225 } else { 2.0 * 0.1 * 2.25 };
        assert!((reported / variance - 1.0).abs() < 0.15, "{reported} for {variance}");
        assert_eq!(seen[0], 100);
        assert!(seen[1] <= 10, "{} of 100", seen[1]);
    }
}

#[test]
fn a_constant_has_no_effects() {
    let design = Morris::new(5, 2, 4, 1).unwrap();
    let outcomes = vec![7.0; design.len()];
    for found in effects(&design, MeasuredOutcome::exact(&outcomes).unwrap(), FEW).unwrap() {
        let zero = Estimate { value: 0.0, standard_error: 0.0 };
        assert_eq!((found.mu, found.mu_star, found.sigma, found.size), (zero, zero, zero, zero));
        assert!(!found.is_above_noise());
    }
}
