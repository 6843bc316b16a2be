//! When in a step people entered, and the moments that stand for all of it.

use super::ProfilePart;

/// When somebody entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryTime {
    /// At a uniform moment of a step.
    Within,
    /// As a step began.
    AtStart,
}

/// The moments of entry that stand for all, by the part of the step that has passed, each with its weight. Survival as a function of
/// the moment is smooth but where a length that many have ends: between those, a Gauss-Legendre rule.
pub fn moments<'p>(
    parts: impl Iterator<Item = &'p ProfilePart>,
    entry: EntryTime,
) -> Vec<(Option<f64>, f64)> {
    /// Nodes and weights of the rule of three points on (-1, 1): Abramowitz and Stegun, table 25.4.
    const GAUSS: [(f64, f64); 3] =
        [(-0.774_596_669_241_483_4, 5.0 / 9.0), (0.0, 8.0 / 9.0), (0.774_596_669_241_483_4, 5.0 / 9.0)];
    /// Pieces between two jumps.
    const PIECES: usize = 4;
    if entry == EntryTime::AtStart {
        return vec![(None, 1.0)];
    }
    let mut edges: Vec<f64> = parts.flat_map(ProfilePart::jumps).map(|length| 1.0 - length.fract()).collect();
    edges.extend([0.0, 1.0]);
    edges.sort_unstable_by(f64::total_cmp);
    let mut moments = Vec::new();
    for pair in edges.windows(2).filter(|pair| pair[1] - pair[0] > 1e-9) {
        let width = (pair[1] - pair[0]) / PIECES as f64;
        for piece in 0..PIECES {
            let middle = pair[0] + (piece as f64 + 0.5) * width;
            moments.extend(
                GAUSS.map(|(node, weight)| (Some(middle + node * width / 2.0), weight * width / 2.0)),
            );
        }
    }
    moments
}
