//! Trajectories for elementary effects: from row to row one factor moves by half of its levels.
//!
//! M. D. Morris, "Factorial sampling plans for preliminary computational experiments", Technometrics 33 (1991). With p
//! levels, an even number, a factor moves by p / 2 of them, which is delta = p / (2 (p - 1)) of the unit interval: then
//! every level is as likely as every other. A trajectory begins at levels that are drawn, and moves every factor once, up or
//! down, in an order that is drawn. Rows come as the k + 1 rows of one trajectory after the other, which is the order that
//! SALib's `morris.analyze` reads.

use super::error::DesignError;
use crate::random::{Keys, Site};
use crate::study::chance::{below, shuffled};

/// Trajectories for elementary effects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Morris {
    trajectories: usize,
    factors: usize,
    levels: usize,
    seed: u64,
}

/// What happens between two rows of a trajectory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrajectoryMove {
    /// The factor that moves.
    pub factor: usize,
    /// Whether to a higher level.
    pub up: bool,
}

impl Morris {
    /// The design of so many trajectories over so many factors with so many levels each.
    ///
    /// # Errors
    /// When there are no factors, fewer than two trajectories, or an odd number of levels.
    pub fn new(trajectories: usize, factors: usize, levels: usize, seed: u64) -> Result<Morris, DesignError> {
        if factors == 0 {
            return Err(DesignError::NoFactors);
        }
        if trajectories < 2 {
            return Err(DesignError::NoTrajectories);
        }
        if levels < 2 || levels % 2 == 1 {
            return Err(DesignError::OddLevels { given: levels });
        }
        Ok(Morris { trajectories, factors, levels, seed })
    }

    /// The number of rows: trajectories x (factors + 1).
    #[expect(clippy::len_without_is_empty, reason = "there are at least two trajectories")]
    pub fn len(&self) -> usize {
        self.trajectories * (self.factors + 1)
    }

    /// The number of trajectories.
    pub fn trajectories(&self) -> usize {
        self.trajectories
    }

    /// The number of factors.
    pub fn factors(&self) -> usize {
        self.factors
    }

    /// The number of levels of each factor.
    pub fn level_count(&self) -> usize {
        self.levels
    }

    /// The seed of what is drawn.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The part of the unit interval that a factor moves by.
    pub fn delta(&self) -> f64 {
        let levels = self.levels as f64;
        levels / (2.0 * (levels - 1.0))
    }

    /// The level of each factor in a row, from 0.
    pub fn levels(&self, row: usize) -> Vec<usize> {
        let (trajectory, step) = (row / (self.factors + 1), row % (self.factors + 1));
        let (mut levels, moves) = self.trajectory(trajectory);
        for TrajectoryMove { factor, up } in &moves[..step] {
            let half = self.levels / 2;
            levels[*factor] = if *up { levels[*factor] + half } else { levels[*factor] - half };
        }
        levels
    }

    /// The factors in the order in which they move.
    pub fn moves(&self, trajectory: usize) -> Vec<TrajectoryMove> {
        self.trajectory(trajectory).1
    }

    /// The first levels, and the moves from there.
    fn trajectory(&self, trajectory: usize) -> (Vec<usize>, Vec<TrajectoryMove>) {
        let site = Site::of(&["study", "morris"]);
        let mut stream = Keys { seed: self.seed }.stream(trajectory as u64, site);
        let half = self.levels / 2;
        let starts: Vec<usize> = (0..self.factors).map(|_| below(&mut stream, self.levels)).collect();
        let order = shuffled(&mut stream, self.factors as u32);
        let moves = order
            .into_iter()
            .map(|factor| TrajectoryMove { factor: factor as usize, up: starts[factor as usize] < half })
            .collect();
        (starts, moves)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_row_to_row_one_factor_moves() {
        let design = Morris::new(50, 4, 6, 5).unwrap();
        assert_eq!((design.len(), design.delta()), (250, 0.6));
        for trajectory in 0..50 {
            let mut moved = Vec::new();
            for (step, TrajectoryMove { factor, up }) in design.moves(trajectory).into_iter().enumerate() {
                let (from, to) =
                    (design.levels(trajectory * 5 + step), design.levels(trajectory * 5 + step + 1));
                for other in 0..4 {
                    assert!(to[other] < 6);
                    let change = to[other] as i64 - from[other] as i64;
                    let expected = if other != factor {
                        0
                    } else if up {
                        3
                    } else {
                        -3
                    };
                    assert_eq!(change, expected);
                }
                moved.push(factor);
            }
            moved.sort_unstable();
            assert_eq!(moved, [0, 1, 2, 3]);
        }
    }

    #[test]
    fn levels_directions_and_orders_are_equally_likely() {
        let trajectories = 4000;
        let design = Morris::new(trajectories, 3, 4, 1).unwrap();
        let mut starts = [0; 4];
        let mut firsts = [0; 3];
        for trajectory in 0..trajectories {
            starts[design.levels(trajectory * 4)[1]] += 1;
            firsts[design.moves(trajectory)[0].factor] += 1;
        }
        // Five standard deviations.
        for count in starts {
            assert!((f64::from(count) - 1000.0).abs() < 5.0 * 750f64.sqrt(), "{starts:?}");
        }
        for count in firsts {
            assert!((f64::from(count) - 4000.0 / 3.0).abs() < 5.0 * 889f64.sqrt(), "{firsts:?}");
        }
    }

    #[test]
    fn what_is_no_design_is_refused() {
        let refused = |r, k, p| Morris::new(r, k, p, 0).unwrap_err();
        assert_eq!(refused(10, 0, 4), DesignError::NoFactors);
        assert_eq!(refused(1, 3, 4), DesignError::NoTrajectories);
        assert_eq!(refused(10, 3, 5), DesignError::OddLevels { given: 5 });
        assert_eq!(refused(10, 3, 0), DesignError::OddLevels { given: 0 });
    }
}
