//! Rows for first and total Sobol indices: two sets of quasi-random points, crossed factor by factor.
//!
//! Saltelli et al., "Variance based sensitivity analysis of model output", Computer Physics Communications 181 (2010). A
//! base point has 2 k coordinates: the first k are the row A, the others the row B, and AB_i is A with the i-th coordinate
//! of B. Rows come as A, AB_1, ... AB_k, B for one base point after the other, which is the order that SALib's
//! `sobol.analyze(problem, Y, calc_second_order=False)` reads.
//!
//! Base points are a Sobol sequence (Sobol 1967, direction numbers of Joe and Kuo 2008) from its first point on, scrambled
//! by a random lower triangular matrix and a random shift for each coordinate (Matousek, "On the L2-discrepancy for
//! anchored boxes", Journal of Complexity 14, 1998), both drawn from the seed. Scrambling leaves the points as even as they
//! were, takes away the point at the origin, for which SALib once skipped points, and makes every mean over them unbiased
//! over seeds. Their number is a power of two, because only then is every interval of 1/N met exactly once.

use rand::Rng;

use super::direction::{BITS, DIMENSIONS, directions};
use super::error::DesignError;
use crate::random::{Keys, Site};

/// Rows for first and total Sobol indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sobol {
    base: usize,
    factors: usize,
    seed: u64,
    scrambled: Vec<Scrambled>,
}

impl Sobol {
    /// The design of `base` points over `factors` factors.
    ///
    /// # Errors
    /// When `base` is no power of two, or there are no factors or more than 50.
    pub fn new(base: usize, factors: usize, seed: u64) -> Result<Sobol, DesignError> {
        if factors == 0 {
            return Err(DesignError::NoFactors);
        }
        if 2 * factors > DIMENSIONS {
            return Err(DesignError::TooManyFactors { given: factors });
        }
        if base > 1 << (BITS - 1) {
            return Err(DesignError::TooManyBasePoints);
        }
        if !base.is_power_of_two() || base < 2 {
            let above = base.next_power_of_two().max(4);
            return Err(DesignError::NotPowerOfTwo { given: base, below: above / 2, above });
        }
        let keys = Keys { seed };
        let scrambled = (0..2 * factors).map(|dimension| Scrambled::new(dimension, &keys)).collect();
        Ok(Sobol { base, factors, seed, scrambled })
    }

    /// The number of rows: base x (factors + 2).
    #[expect(clippy::len_without_is_empty, reason = "there are at least two base points")]
    pub fn len(&self) -> usize {
        self.base * (self.factors + 2)
    }

    /// The number of base points.
    pub fn base(&self) -> usize {
        self.base
    }

    /// The number of factors.
    pub fn factors(&self) -> usize {
        self.factors
    }

    /// The seed of the scrambling.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// One number for each factor, strictly between 0 and 1.
    pub fn point(&self, row: usize) -> Vec<f64> {
        let (index, within) = (row / (self.factors + 2), row % (self.factors + 2));
        (0..self.factors)
            .map(|factor| {
                let from_b = within == self.factors + 1 || within == factor + 1;
                self.scrambled[if from_b { self.factors + factor } else { factor }].coordinate(index)
            })
            .collect()
    }
}

/// One coordinate of a scrambled sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Scrambled {
    directions: [u32; BITS],
    shift: u32,
}

impl Scrambled {
    fn new(dimension: usize, keys: &Keys) -> Scrambled {
        let mut stream = keys.stream(dimension as u64, Site::of(&["study", "sobol"]));
        // Row b of a lower triangular matrix of ones on the diagonal decides the b-th bit from the top.
        let rows: [u32; BITS] = std::array::from_fn(|bit| {
            let diagonal = 1 << (BITS - 1 - bit);
            // Bits above the diagonal's place are bits that came before.
            let before = !(diagonal | (diagonal - 1));
            stream.next_u32() & before | diagonal
        });
        let scramble = |direction: u32| {
            rows.iter()
                .enumerate()
                .fold(0, |word, (bit, row)| word | ((direction & row).count_ones() & 1) << (BITS - 1 - bit))
        };
        let shift = stream.next_u32();
        Scrambled { directions: directions(dimension).map(scramble), shift }
    }

    fn coordinate(&self, index: usize) -> f64 {
        let mut word = self.shift;
        let mut rest = index;
        while rest != 0 {
            word ^= self.directions[rest.trailing_zeros() as usize];
            rest &= rest - 1;
        }
        (f64::from(word) + 0.5) / 4_294_967_296.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_as_a_then_crossed_then_b() {
        let design = Sobol::new(8, 3, 1).unwrap();
        assert_eq!(design.len(), 40);
        for base in 0..8 {
            let rows: Vec<Vec<f64>> = (0..5).map(|within| design.point(base * 5 + within)).collect();
            let (a, b) = (&rows[0], &rows[4]);
            assert!(a.iter().zip(b).all(|(a, b)| a != b));
            for factor in 0..3 {
                for other in 0..3 {
                    let from = if other == factor { b } else { a };
                    assert_eq!(rows[factor + 1][other], from[other]);
                }
            }
        }
    }

    #[test]
    fn every_coordinate_meets_every_interval_once() {
        let (base, factors) = (256, 50);
        let design = Sobol::new(base, factors, 9).unwrap();
        for factor in 0..factors {
            for side in [0, factors + 1] {
                let mut intervals: Vec<usize> = (0..base)
                    .map(|index| (design.point(index * (factors + 2) + side)[factor] * 256.0) as usize)
                    .collect();
                intervals.sort_unstable();
                assert_eq!(intervals, (0..base).collect::<Vec<usize>>(), "factor {factor}");
            }
        }
    }

    /// The first two dimensions are a (0, 2)-sequence: of 2^m points one is in every elementary rectangle of that area, also
    /// after scrambling.
    #[test]
    fn pairs_of_coordinates_are_a_net() {
        let design = Sobol::new(64, 2, 3).unwrap();
        for (wide, high) in [(64, 1), (32, 2), (16, 4), (8, 8), (4, 16), (2, 32)] {
            let mut rectangles: Vec<usize> = (0..64)
                .map(|index| {
                    let point = design.point(index * 4);
                    (point[0] * wide as f64) as usize * high + (point[1] * high as f64) as usize
                })
                .collect();
            rectangles.sort_unstable();
            assert_eq!(rectangles, (0..64).collect::<Vec<usize>>(), "{wide} x {high}");
        }
    }

    #[test]
    fn the_seed_decides() {
        let point = |seed| <[f64; 2]>::try_from(Sobol::new(4, 2, seed).unwrap().point(0)).unwrap();
        assert_eq!(point(1), point(1));
        assert_ne!(point(1), point(2));
        // The bits of a design are part of its name: this one may not change between versions.
        assert_eq!(point(1).map(|u| u * 4_294_967_296.0 - 0.5), FIRST);
    }

    const FIRST: [f64; 2] = [610_075_874.0, 2_439_289_290.0];

    #[test]
    fn what_is_no_design_is_refused() {
        let refused = |base, factors| Sobol::new(base, factors, 0).unwrap_err();
        assert_eq!(refused(100, 3), DesignError::NotPowerOfTwo { given: 100, below: 64, above: 128 });
        assert_eq!(refused(0, 3), DesignError::NotPowerOfTwo { given: 0, below: 2, above: 4 });
        assert_eq!(refused(64, 0), DesignError::NoFactors);
        assert_eq!(refused(64, 51), DesignError::TooManyFactors { given: 51 });
        assert!(refused(100, 3).to_string().contains("such as 64 or 128"));
    }
}
