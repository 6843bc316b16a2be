//! Looks over the whole numbers of two variants, many replicates at once.

use crate::random::lanes::levels;

/// What some pairs come to. Sums of squares are right where all numbers are below [`SMALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairSurvey {
    /// The smallest and the largest difference.
    pub least: i64,
    pub most: i64,
    /// The largest number of either variant.
    pub largest: i64,
    /// How many differences are below and above 0.
    pub lower: u64,
    pub higher: u64,
    /// Of the variant, of the one it is compared with, and of their differences.
    pub sums: [i64; 3],
    pub squares: [u64; 3],
}

/// Squares of so small numbers are right, and 256 of them fit in one word.
pub const SMALL: i64 = 1 << 28;

levels! {
    /// Surveys pairs of whole numbers from 0 to below 2^50; finds the differences, and the lower 32 bits of each.
    pub fn survey_pairs(variant: &[f64], against: &[f64], apart: &mut [f64], lower_bits: &mut [u32]) -> PairSurvey = survey_in, survey_in
}

/// All by whole numbers, which may be added up and compared in any order, a vector at a time.
#[inline(always)]
fn survey_in(
    variant: &[f64],
    against: &[f64],
    differences: &mut [f64],
    lower_bits: &mut [u32],
) -> PairSurvey {
    let (mut least, mut most, mut largest) = (i64::MAX, i64::MIN, 0);
    let (mut lower, mut higher) = (0, 0);
    let (mut sums, mut squares) = ([0_i64; 3], [0_u64; 3]);
    let all = variant.iter().zip(against).zip(differences.iter_mut().zip(lower_bits));
    for ((variant, against), (difference, bits)) in all {
        let apart = variant - against;
        let [ours, theirs, size] = [whole(*variant), whole(*against), whole(apart.abs())];
        let signed = if apart < 0.0 { -(size as i64) } else { size as i64 };
        (*difference, *bits) = (apart, signed as u32);
        least = if signed < least { signed } else { least };
        most = if signed > most { signed } else { most };
        let larger = if ours > theirs { ours as i64 } else { theirs as i64 };
        largest = if larger > largest { larger } else { largest };
        lower += u64::from(apart < 0.0);
        higher += u64::from(apart > 0.0);
        sums[0] += ours as i64;
        sums[1] += theirs as i64;
        sums[2] += signed;
        for (sum, number) in squares.iter_mut().zip([ours, theirs, size]) {
            *sum = sum.wrapping_add((number & 0xFFFF_FFFF) * (number & 0xFFFF_FFFF));
        }
    }
    PairSurvey { least, most, largest, lower, higher, sums, squares }
}

/// Added to 2^52, a whole number stands in the lowest bits.
#[inline(always)]
fn whole(number: f64) -> u64 {
    (number + 4_503_599_627_370_496.0).to_bits() & ((1 << 52) - 1)
}
