//! Latin hypercubes: of n points, one in each n-th part of every factor.
//!
//! McKay, Beckman and Conover, "A comparison of three methods for selecting values of input variables", Technometrics 21
//! (1979). Which parts meet is first drawn, then improved by swaps so that the nearest two points are far apart (maximin:
//! Johnson, Moore and Ylvisaker 1990; swaps: Morris and Mitchell 1995). Inside its part a point is uniform, so that every
//! mean over the points is unbiased but for the swaps' preference.

use super::error::DesignError;
use super::maximin;
use crate::random::{Keys, Site};
use crate::study::chance::{inside, shuffled};

/// A Latin hypercube.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatinHypercube {
    factors: usize,
    seed: u64,
    /// The part of each factor, row by row.
    parts: Vec<u32>,
}

impl LatinHypercube {
    /// The design of so many points over so many factors; four bytes for each number.
    ///
    /// The swaps take less than a second; a large design (5,000 points of six factors, say), where that would not get
    /// far, stays as it was drawn.
    ///
    /// # Errors
    /// When there are no factors, or no points or more than 2^32 - 1.
    pub fn new(points: usize, factors: usize, seed: u64) -> Result<LatinHypercube, DesignError> {
        if factors == 0 {
            return Err(DesignError::NoFactors);
        }
        if points == 0 {
            return Err(DesignError::NoPoints);
        }
        let strata = u32::try_from(points).map_err(|_| DesignError::TooManyStrata)?;
        let keys = Keys { seed };
        let mut parts = vec![0; points * factors];
        for factor in 0..factors {
            let mut stream = keys.stream(factor as u64, Site::of(&["study", "latin hypercube", "order"]));
            for (row, part) in shuffled(&mut stream, strata).into_iter().enumerate() {
                parts[row * factors + factor] = part;
            }
        }
        let mut stream = keys.stream(0, Site::of(&["study", "latin hypercube", "swaps"]));
        maximin::improve(&mut parts, factors, &mut stream);
        Ok(LatinHypercube { factors, seed, parts })
    }

    /// The number of points.
    #[expect(clippy::len_without_is_empty, reason = "there is at least one point")]
    pub fn len(&self) -> usize {
        self.parts.len() / self.factors
    }

    /// The number of factors.
    pub fn factors(&self) -> usize {
        self.factors
    }

    /// The seed of what is drawn.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// One number for each factor, strictly between 0 and 1.
    pub fn point(&self, row: usize) -> Vec<f64> {
        let site = Site::of(&["study", "latin hypercube", "inside"]);
        let mut stream = Keys { seed: self.seed }.stream(row as u64, site);
        let points = self.len() as f64;
        self.parts[row * self.factors..][..self.factors]
            .iter()
            .map(|part| (f64::from(*part) + inside(&mut stream)) / points)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_point_in_every_part_of_every_factor() {
        for points in [1, 2, 7, 100, 1000] {
            let design = LatinHypercube::new(points, 5, 3).unwrap();
            assert_eq!(design.len(), points);
            for factor in 0..5 {
                let mut parts: Vec<usize> = (0..points)
                    .map(|row| {
                        let u = design.point(row)[factor];
                        assert!(0.0 < u && u < 1.0);
                        (u * points as f64) as usize
                    })
                    .collect();
                parts.sort_unstable();
                assert_eq!(parts, (0..points).collect::<Vec<usize>>());
            }
        }
    }

    #[test]
    fn the_seed_decides() {
        let design = |seed| LatinHypercube::new(20, 3, seed).unwrap();
        assert_eq!(design(1), design(1));
        assert_ne!(design(1), design(2));
    }

    #[test]
    fn what_is_no_design_is_refused() {
        assert_eq!(LatinHypercube::new(0, 3, 0), Err(DesignError::NoPoints));
        assert_eq!(LatinHypercube::new(3, 0, 0), Err(DesignError::NoFactors));
    }
}
