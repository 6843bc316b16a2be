//! Moves the points of a Latin hypercube apart, by swaps that leave it one.

use rand::Rng;

use crate::study::chance::below;

/// The differences of coordinates that may be looked at, well below a second: where half of them do not suffice to look at every
/// pair once, nothing is done.
const BUDGET: usize = 300_000_000;

/// The swaps that may be tried for every number of the design.
const TRIES: usize = 200;

/// Improves `parts`, the strata of `factors` factors row by row.
///
/// A step takes a point of the nearest pair, a factor and another point, and swaps their strata of this factor. It is kept
/// when both points are then further from all others than the nearest pair was: so that pair is gone, and none as near came.
/// Distances are squares of whole numbers, so nothing is rounded, and the work is counted and not timed: the answer is the
/// same on every machine.
pub fn improve(parts: &mut [u32], factors: usize, stream: &mut impl Rng) {
    let points = parts.len() / factors;
    let mut spent = points.saturating_mul(points).saturating_mul(factors);
    if points < 3 || factors < 2 || spent > BUDGET / 2 {
        return;
    }
    let mut cloud = PointSet::new(parts, factors);
    for _ in 0..TRIES * points * factors {
        if spent > BUDGET {
            break;
        }
        let (near, distance) = cloud.nearest_pair();
        let (factor, other) = (below(stream, factors), below(stream, points));
        if other == near || other == cloud.neighbours[near].point {
            continue;
        }
        spent += cloud.try_swap(near, other, factor, distance);
    }
}

/// The nearest other point of a point.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Neighbour {
    point: usize,
    distance: u64,
}

struct PointSet<'p> {
    parts: &'p mut [u32],
    factors: usize,
    neighbours: Vec<Neighbour>,
}

impl PointSet<'_> {
    fn new(parts: &mut [u32], factors: usize) -> PointSet<'_> {
        let points = parts.len() / factors;
        let mut cloud = PointSet { parts, factors, neighbours: Vec::new() };
        cloud.neighbours = (0..points).map(|point| cloud.neighbour_of(point)).collect();
        cloud
    }

    /// The first point of the nearest pair, and the square of their distance.
    fn nearest_pair(&self) -> (usize, u64) {
        let mut best = (0, u64::MAX);
        for (point, neighbour) in self.neighbours.iter().enumerate() {
            if neighbour.distance < best.1 {
                best = (point, neighbour.distance);
            }
        }
        best
    }

    fn distance(&self, a: usize, b: usize) -> u64 {
        let row = |point: usize| &self.parts[point * self.factors..][..self.factors];
        let square = |(a, b): (&u32, &u32)| u64::from(a.abs_diff(*b)) * u64::from(a.abs_diff(*b));
        row(a).iter().zip(row(b)).map(square).sum()
    }

    fn neighbour_of(&self, point: usize) -> Neighbour {
        let mut nearest = Neighbour { point, distance: u64::MAX };
        for other in (0..self.parts.len() / self.factors).filter(|other| *other != point) {
            let distance = self.distance(point, other);
            if distance < nearest.distance {
                nearest = Neighbour { point: other, distance };
            }
        }
        nearest
    }

    /// Swaps a factor's strata of two points, or leaves all as it was; gives the work done.
    fn try_swap(&mut self, near: usize, other: usize, factor: usize, nearest: u64) -> usize {
        let points = self.neighbours.len();
        let scan = points * self.factors;
        let swap = |parts: &mut [u32], k: usize| parts.swap(near * k + factor, other * k + factor);
        swap(self.parts, self.factors);
        let moved = [near, other].map(|point| (point, self.neighbour_of(point)));
        if moved[0].1.distance.min(moved[1].1.distance) <= nearest {
            swap(self.parts, self.factors);
            return 2 * scan;
        }
        let mut work = 2 * scan;
        for (point, neighbour) in moved {
            self.neighbours[point] = neighbour;
        }
        for point in (0..points).filter(|point| *point != near && *point != other) {
            let neighbour = self.neighbours[point];
            if neighbour.point == near || neighbour.point == other {
                self.neighbours[point] = self.neighbour_of(point);
                work += scan;
                continue;
            }
            for (moved, _) in moved {
                let distance = self.distance(point, moved);
                if distance < self.neighbours[point].distance {
                    self.neighbours[point] = Neighbour { point: moved, distance };
                }
            }
        }
        work + 2 * scan
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Keys, Site};
    use crate::study::chance::shuffled;

    fn drawn(points: u32, factors: usize, seed: u64) -> Vec<u32> {
        let mut parts = vec![0; points as usize * factors];
        for factor in 0..factors {
            let mut stream = Keys { seed }.stream(factor as u64, Site::of(&["order"]));
            for (row, part) in shuffled(&mut stream, points).into_iter().enumerate() {
                parts[row * factors + factor] = part;
            }
        }
        parts
    }

    fn nearest(parts: &mut [u32], factors: usize) -> u64 {
        PointSet::new(parts, factors).nearest_pair().1
    }

    #[test]
    fn points_move_apart_and_stay_a_hypercube() {
        for (points, factors) in [(20, 2), (50, 3), (100, 10)] {
            let mut parts = drawn(points, factors, 4);
            let before = nearest(&mut parts, factors);
            improve(&mut parts, factors, &mut Keys { seed: 4 }.stream(0, Site::of(&["swaps"])));
            let after = nearest(&mut parts, factors);
            assert!(after > 2 * before, "{points} x {factors}: {before} to {after}");
            for factor in 0..factors {
                let mut column: Vec<u32> = parts.iter().skip(factor).step_by(factors).copied().collect();
                column.sort_unstable();
                assert_eq!(column, (0..points).collect::<Vec<u32>>());
            }
        }
    }

    #[test]
    fn neighbours_are_kept_up_to_date() {
        let mut parts = drawn(40, 3, 8);
        let mut stream = Keys { seed: 8 }.stream(0, Site::of(&["swaps"]));
        let mut cloud = PointSet::new(&mut parts, 3);
        for _ in 0..500 {
            let (near, distance) = cloud.nearest_pair();
            let (factor, other) = (below(&mut stream, 3), below(&mut stream, 40));
            if other != near {
                cloud.try_swap(near, other, factor, distance);
            }
        }
        for point in 0..40 {
            assert_eq!(cloud.neighbours[point].distance, cloud.neighbour_of(point).distance);
        }
    }
}
