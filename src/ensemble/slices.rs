//! Exact sums of real numbers, in any order and any split.
//!
//! A number is cut into slices of 32 bits that stand at multiples of 32 (as in Demmel and Nguyen 2015, *Parallel
//! reproducible summation*), and each slice is added up by itself, in integers. The `K` highest slices of the largest number so
//! far are kept: what is left away is less than 2^-32(K-1) of that number, and which slices are left away depends on
//! the numbers alone, not on their order. There is no unit and no largest value, and up to 2^31 numbers can be added.

use super::double_double::DoubleDouble;

/// Bits of a slice.
const BITS: i32 = 32;

/// A sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slices<const K: usize> {
    /// Where the highest slice stands: slice `j` is in units of 2^(32 (top - j)).
    top: i32,
    parts: [i64; K],
}

impl<const K: usize> Default for Slices<K> {
    fn default() -> Self {
        Slices { top: i32::MIN, parts: [0; K] }
    }
}

impl<const K: usize> Slices<K> {
    /// Adds `size` times 2^`exponent`, or takes it away.
    #[inline]
    pub fn add(&mut self, size: u128, exponent: i32, negative: bool) {
        if size == 0 {
            return;
        }
        let (place, shift) = (exponent.div_euclid(BITS), exponent.rem_euclid(BITS) as u32);
        let highest = place + (127 - size.leading_zeros() + shift) as i32 / BITS;
        if highest > self.top {
            self.raise(highest);
        }
        let sign = if negative { -1 } else { 1 };
        let mut rest = size >> (BITS as u32 - shift);
        let mut slice = ((size << shift) as u32) as i64;
        for place in place..=highest {
            if let Some(part) = self.parts.get_mut((self.top - place) as usize) {
                *part += sign * slice;
            }
            slice = i64::from(rest as u32);
            rest >>= BITS;
        }
    }

    /// Adds a number that is finite.
    #[inline]
    pub fn add_number(&mut self, number: f64) {
        let (size, exponent) = mantissa(number);
        self.add(u128::from(size), exponent, number < 0.0);
    }

    /// Adds the square of a number that is finite.
    #[inline]
    pub fn add_square(&mut self, number: f64) {
        let (size, exponent) = mantissa(number);
        self.add(u128::from(size) * u128::from(size), 2 * exponent, false);
    }

    /// Moves the slices down, for numbers that are larger.
    fn raise(&mut self, top: i32) {
        if self.top == i32::MIN {
            self.top = top;
            return;
        }
        let by = (top - self.top) as usize;
        let old = self.parts;
        for (place, part) in self.parts.iter_mut().enumerate() {
            *part = place.checked_sub(by).map_or(0, |place| old[place]);
        }
        self.top = top;
    }

    /// Adds the sum of other numbers.
    pub fn merge(&mut self, other: &Slices<K>) {
        let mut other = *other;
        self.level_with(&mut other);
        self.parts.iter_mut().zip(other.parts).for_each(|(mine, theirs)| *mine += theirs);
    }

    /// What was added since this was `earlier`.
    pub fn since(&self, earlier: &Slices<K>) -> Slices<K> {
        let (mut now, mut earlier) = (*self, *earlier);
        now.level_with(&mut earlier);
        now.parts.iter_mut().zip(earlier.parts).for_each(|(now, earlier)| *now -= earlier);
        now
    }

    fn level_with(&mut self, other: &mut Slices<K>) {
        let top = self.top.max(other.top);
        if self.top < top {
            self.raise(top);
        }
        if other.top < top {
            other.raise(top);
        }
    }

    /// The power of two that [`pieces`](Self::pieces) are best expressed in: that of the highest slice.
    pub fn exponent(&self) -> i32 {
        if self.top == i32::MIN { 0 } else { BITS * self.top }
    }

    /// Numbers that add up to the sum over 2^`exponent`, the largest first; each is exact.
    pub fn pieces(&self, exponent: i32) -> impl Iterator<Item = f64> + '_ {
        self.parts.iter().enumerate().flat_map(move |(place, part)| {
            let power = self.exponent() - BITS * place as i32 - exponent;
            // Both of the sign of the slice: nothing large is added and taken away again.
            let (high, low) = (part / (1 << 32), part % (1 << 32));
            [libm::scalbn(high as f64, power + 32), libm::scalbn(low as f64, power)]
        })
    }

    /// The mean of `count` numbers of this sum.
    pub fn mean(&self, count: u64) -> f64 {
        let exponent = self.exponent();
        let mut sum = DoubleDouble::default();
        self.pieces(exponent).for_each(|piece| sum.add(piece));
        libm::scalbn(sum.over(count as f64), exponent)
    }
}

/// A finite number as a whole number times a power of two.
#[inline]
fn mantissa(number: f64) -> (u64, i32) {
    let bits = number.to_bits();
    let (power, rest) = ((bits >> 52) as i32 & 0x7FF, bits & ((1 << 52) - 1));
    if power == 0 { (rest, -1074) } else { (rest | 1 << 52, power - 1075) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum(numbers: &[f64]) -> Slices<4> {
        let mut sum = Slices::default();
        numbers.iter().for_each(|number| sum.add_number(*number));
        sum
    }

    fn number() -> impl Strategy<Value = f64> {
        prop_oneof![
            -1e3..1e3,
            -1e-9..1e-9,
            -1e15..1e15,
            Just(0.0),
            (-300..300i32).prop_map(|p| libm::pow(10.0, f64::from(p)))
        ]
    }

    proptest! {
        #[test]
        fn order_and_splits_change_nothing(numbers in prop::collection::vec(number(), 0..60), at in 0usize..60) {
            let at = at.min(numbers.len());
            let whole = sum(&numbers);
            let reversed: Vec<f64> = numbers.iter().rev().copied().collect();
            prop_assert_eq!(whole, sum(&reversed));
            let (mut one, other) = (sum(&numbers[at..]), sum(&numbers[..at]));
            one.merge(&other);
            prop_assert_eq!(whole, one);
            let since = whole.since(&other).mean(1);
            let known = sum(&numbers[at..]).mean(1);
            let most = numbers.iter().fold(0.0, |most: f64, number| most.max(number.abs()));
            prop_assert!((since - known).abs() <= most * 1e-25, "{} {}", since, known);
        }

        #[test]
        fn sums_of_whole_numbers_are_those_of_integers(numbers in prop::collection::vec(-(1i64 << 53)..1i64 << 53, 1..80)) {
            let floats: Vec<f64> = numbers.iter().map(|number| *number as f64).collect();
            let exact: i128 = numbers.iter().map(|number| i128::from(*number)).sum();
            prop_assert_eq!(sum(&floats).mean(1), exact as f64);
            let mut squares = Slices::<6>::default();
            floats.iter().for_each(|number| squares.add_square(*number));
            let exact: u128 = numbers.iter().map(|number| u128::from(number.unsigned_abs()).pow(2)).sum();
            prop_assert_eq!(squares.mean(1), exact as f64);
        }
    }

    #[test]
    fn what_is_small_is_not_lost_beside_what_is_large() {
        assert_eq!(sum(&[1e16, 1.0, -1e16]).mean(1), 1.0);
        assert_eq!(sum(&[1e300, 1e-300]).mean(1), 1e300);
        assert_eq!(sum(&[f64::MIN_POSITIVE / 4.0; 2]).mean(2), f64::MIN_POSITIVE / 4.0);
        assert_eq!(sum(&[0.1; 3]).mean(3), 0.1);
    }
}
