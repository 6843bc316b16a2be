//! Where the values of a number lie, as a few replicates tell, and bins that are fine there.
//!
//! Bins are numbered by the distance from a centre, in a unit: as wide as the unit up to 256 units, and beyond 128 to each
//! doubling of the distance, so that a value is known to half a unit or to 1/256 of its distance from the centre, whatever its own size. The
//! centre lies in the shortest interval that holds half of a pilot's values (the shorth: Andrews and others 1972) and the unit is
//! 1/128 of its length or less: so neither a far value nor a second cluster moves them. The pilot is the first replicates of a seed, so whoever
//! tallies a part of the replicates finds the same reference. A poor one costs resolution and nothing else.

use crate::random::lanes::levels;

/// 128 bins for each doubling.
const BITS: u32 = 7;

/// Distances below so many units have bins of one unit.
const NEAR: f64 = (1 << (BITS + 1)) as f64;

/// The bin of the centre; no distance has a bin so high.
const ZERO: u32 = 1 << 20;

/// Units of real numbers are odd parts of the spread: what is a round number in the scenario lies on no edge of a bin, where rounding
/// would choose its side.
const ODD: f64 = 0.854_101_966_249_684_5;

/// What the ratio of a size and a spread is multiplied by before the power of two below it is taken: so ratios of round numbers lie on no
/// edge.
const ODD_RATIO: f64 = 1.236_067_977_499_79;

/// So fine is the unit of real numbers that are all the same in the pilot, in parts of their scale.
const FINEST: f64 = 1.6e60;

/// A centre and a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reference {
    centre: f64,
    /// One over the unit; 0 where the pilot tells of none.
    per: f64,
}

impl Reference {
    /// From some values, whole numbers or any, of which those that are not numbers do not count.
    pub fn of(values: &[f64], whole: bool) -> Reference {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let half = sorted.len() / 2;
        let ends = |low: &usize| sorted[low + half] - sorted[*low];
        if sorted.is_empty() {
            return Reference { centre: 0.0, per: if whole { 1.0 } else { 0.0 } };
        }
        // The first of those that are equally short: what rounding makes of another currency chooses no other.
        let shorter =
            |best: usize, low: usize| if ends(&low) < ends(&best) * (1.0 - 1e-9) { low } else { best };
        let low = (0..sorted.len() - half).fold(0, shorter);
        let (centre, spread) = (sorted[low + half / 2], ends(&low));
        let per = match whole {
            true if spread < NEAR => 1.0,
            // A power of two, so that a bin has as many whole numbers as its neighbours.
            true => libm::scalbn(1.0, -libm::ilogb(spread / (NEAR / 2.0))),
            false if spread > 0.0 => {
                // A part of the size by a power of two: a difference of neighbours has lost digits, and another currency's others.
                let size = sorted[low].abs().max(sorted[low + half].abs());
                let fine = libm::scalbn(size, -libm::ilogb(ODD_RATIO * size / spread) - 1);
                ODD * NEAR / 2.0 / fine
            }
            false => 0.0,
        };
        Reference { centre, per }
    }

    /// With a unit in any case: where the pilot tells of none, a very fine part of `scale`.
    pub fn or_scale(self, scale: f64) -> Reference {
        let fine = ODD * FINEST / if scale > 0.0 { scale } else { 1.0 };
        Reference { per: if self.per > 0.0 { self.per } else { fine }, ..self }
    }

    /// The bins of some values, as [`bin`](Self::bin).
    pub fn bins(self, level: crate::random::lanes::InstructionLevel, values: &[f64], bins: &mut [u32]) {
        level.bins_around(values, self.centre, self.per, bins);
    }

    /// The bin of a value; larger values are never in lower bins.
    pub fn bin(self, value: f64) -> u32 {
        bin(value, self.centre, self.per)
    }

    /// The value that a bin stands for: the middle.
    pub fn value(self, bin: u32) -> f64 {
        let size = bin.abs_diff(ZERO);
        let distance = if f64::from(size) < NEAR {
            f64::from(size)
        } else {
            let lowest = u64::from(size + ((1022 + BITS) << BITS)) << (52 - BITS);
            f64::from_bits(lowest | 1 << (51 - BITS))
        };
        let from_centre = distance / self.per;
        if bin < ZERO { self.centre - from_centre } else { self.centre + from_centre }
    }
}

levels! {
    /// The bins of values around a centre.
    fn bins_around(values: &[f64], centre: f64, per: f64, bins: &mut [u32]) = bins_in, bins_in
}

#[inline(always)]
fn bins_in(values: &[f64], centre: f64, per: f64, bins: &mut [u32]) {
    for (value, found) in values.iter().zip(bins) {
        *found = bin(*value, centre, per);
    }
}

#[inline(always)]
fn bin(value: f64, centre: f64, per: f64) -> u32 {
    let units = (value - centre) * per;
    let distance = units.abs();
    // Added to 2^52, the nearest whole number stands in the lowest bits.
    let nearest = (distance + 4_503_599_627_370_496.0).to_bits() as u32;
    let near = if nearest < NEAR as u32 { nearest } else { NEAR as u32 - 1 };
    // The exponent of a float and the first bits behind it: one more for each bin.
    let far = ((distance.to_bits() >> (52 - BITS)) as u32).wrapping_sub((1022 + BITS) << BITS);
    let size = if distance < NEAR { near } else { far };
    if units < 0.0 { ZERO.wrapping_sub(size) } else { ZERO.wrapping_add(size) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::lanes::InstructionLevel;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bins_are_in_order_and_tight(pilot in prop::collection::vec(-1e6..1e6, 1..20), values in prop::collection::vec(prop_oneof![-1e6..1e6, -1e12..1e12, -1.0..1.0], 1..100), whole: bool) {
            let rounded = |values: &[f64]| -> Vec<f64> {
                values.iter().map(|value| if whole { value.round() } else { *value }).collect()
            };
            let (pilot, mut values) = (rounded(&pilot), rounded(&values));
            values.sort_unstable_by(f64::total_cmp);
            let reference = Reference::of(&pilot, whole).or_scale(1e6);
            for level in InstructionLevel::all() {
                let mut bins = vec![0; values.len()];
                reference.bins(level, &values, &mut bins);
                prop_assert!(bins.is_sorted());
                for (bin, value) in bins.iter().zip(&values) {
                    prop_assert_eq!(*bin, reference.bin(*value));
                    let bound = (0.501 / reference.per).max((value - reference.centre).abs() / 192.0);
                    let off = (reference.value(*bin) - value).abs();
                    prop_assert!(off <= bound && (!whole || reference.per < 1.0 || off == 0.0 || off > 0.5));
                }
            }
        }
    }

    #[test]
    fn far_values_move_neither_centre_nor_unit() {
        let mut pilot: Vec<f64> = (0..10).map(|k| 1e6 + f64::from(k * 10)).collect();
        pilot.extend([7e5, 3e5, 2e5, 1e5, 0.0, f64::NAN]);
        let reference = Reference::of(&pilot, true);
        assert!((1e6..1e6 + 100.0).contains(&reference.centre) && reference.per == 1.0);
    }
}
