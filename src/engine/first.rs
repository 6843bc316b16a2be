//! Whom several events of one step would meet goes by one of them: each of those is as likely as any other to have come first.
//!
//! Say that every event comes at a moment that is uniform in the step, and meets somebody with its own probability `p`,
//! independently. Somebody goes by event `i` with probability
//!
//! > integral over `u` from 0 to 1 of `p_i` times the product, over all others `j`, of `1 - p_j u`
//!
//! and these add up to the probability of being met at all, 1 less the product of all `1 - p_j`.

/// The rule of Gauss and Legendre with 16 points: distance from the middle of the unit interval, and weight. It is exact for up
/// to 32 events that may meet the same people.
const POINTS: [(f64, f64); 8] = [
    (0.49470046749582497, 0.013576229705877048),
    (0.4722875115366163, 0.031126761969323947),
    (0.4328156011939159, 0.04757925584124639),
    (0.3777022041775015, 0.06231448562776694),
    (0.3089381222013219, 0.07479799440828835),
    (0.22900838882861368, 0.08457825969750127),
    (0.14080177538962946, 0.09130170752246179),
    (0.04750625491881872, 0.09472530522753425),
];

/// For each event, given the probabilities with which they meet somebody: the probability that somebody goes by it, who went
/// by none of those before it in the list. Drawing them one after the other gives the law above.
pub fn one_after_the_other(meets: &[f64], goes: &mut Vec<f64>) {
    goes.clear();
    if let [alone] = meets {
        goes.push(*alone);
        return;
    }
    goes.extend((0..meets.len()).map(|event| first(meets, event)));
    // From behind, so that where nobody is spared the last event takes everybody.
    let mut left: f64 = meets.iter().map(|p| 1.0 - p).product();
    for p in goes.iter_mut().rev() {
        left += *p;
        *p = if left > 0.0 { (*p / left).min(1.0) } else { 0.0 };
    }
}

/// The probability that somebody goes by an event.
fn first(meets: &[f64], event: usize) -> f64 {
    let spared = |u: f64| -> f64 {
        let others = meets.iter().enumerate().filter(|(other, _)| *other != event);
        others.map(|(_, p)| 1.0 - p * u).product()
    };
    let integral: f64 = POINTS.iter().map(|(x, weight)| weight * (spared(0.5 - x) + spared(0.5 + x))).sum();
    meets[event] * integral
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_add_up() {
        for meets in [
            vec![0.3, 0.6],
            vec![0.1, 1.0, 0.4, 0.9],
            vec![0.0, 0.2],
            vec![1.0, 1.0, 1.0],
            (1..30).map(|n| 1.0 / f64::from(n)).collect(),
        ] {
            let sum: f64 = (0..meets.len()).map(|event| first(&meets, event)).sum();
            let met = 1.0 - meets.iter().map(|p| 1.0 - p).product::<f64>();
            assert!((sum - met).abs() < 1e-14, "{sum} for {met}");
        }
        assert!((first(&[0.3, 0.6], 0) - 0.3 * (1.0 - 0.3)).abs() < 1e-15);
        assert!((first(&[0.3, 0.6], 1) - 0.6 * (1.0 - 0.15)).abs() < 1e-15);
    }

    #[test]
    fn one_event_alone_keeps_its_probability_and_the_last_of_all_takes_everybody() {
        let mut goes = Vec::new();
        one_after_the_other(&[0.1 + 0.2], &mut goes);
        assert_eq!(goes, [0.1 + 0.2]);
        one_after_the_other(&[1.0, 1.0, 1.0], &mut goes);
        assert!((goes[0] - 1.0 / 3.0).abs() < 1e-15 && (goes[1] - 0.5).abs() < 1e-15);
        assert_eq!(goes[2], 1.0);
        one_after_the_other(&[0.0, 0.0], &mut goes);
        assert_eq!(goes, [0.0, 0.0]);
    }
}
