//! Four lanes, by whatever the compiler makes of them.

use super::{Bits, Vector};

/// Four lanes.
#[derive(Clone, Copy, Debug)]
pub struct Portable([f32; 4]);

/// Something of each lane.
#[inline(always)]
fn each<T>(value: impl FnMut(usize) -> T) -> [T; 4] {
    std::array::from_fn(value)
}

impl Vector for Portable {
    const LANES: usize = 4;
    type Mask = [bool; 4];
    type Whole = [u32; 4];
    type Wide = [f64; 4];

    #[inline(always)]
    fn all(number: f32) -> Self {
        Portable([number; 4])
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        Portable(each(|lane| self.0[lane] + other.0[lane]))
    }
    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        Portable(each(|lane| self.0[lane] - other.0[lane]))
    }
    #[inline(always)]
    fn times(self, other: Self) -> Self {
        Portable(each(|lane| self.0[lane] * other.0[lane]))
    }
    #[inline(always)]
    fn over(self, other: Self) -> Self {
        Portable(each(|lane| self.0[lane] / other.0[lane]))
    }
    #[inline(always)]
    fn times_plus(self, by: Self, more: Self) -> Self {
        // Without an instruction for it, one rounding would be emulated, a hundred times slower.
        if cfg!(target_arch = "aarch64") {
            Portable(each(|lane| self.0[lane].mul_add(by.0[lane], more.0[lane])))
        } else {
            self.times(by).plus(more)
        }
    }
    #[inline(always)]
    fn times_from(self, by: Self, from: Self) -> Self {
        Portable(each(|lane| -self.0[lane])).times_plus(by, from)
    }
    #[inline(always)]
    fn rough_inverse_root(self) -> Self {
        Portable(each(|lane| 1.0 / self.0[lane].sqrt()))
    }
    #[inline(always)]
    fn nearest(self) -> Self {
        // What is added leaves no bits for a fraction. 1.5 times 2^23, so that numbers below 0 find the same.
        let rounder = Self::all(12_582_912.0);
        self.plus(rounder).minus(rounder)
    }
    #[inline(always)]
    fn size(self) -> Self {
        Portable(each(|lane| self.0[lane].abs()))
    }
    #[inline(always)]
    fn size_or_less(self, other: Self) -> Self {
        let size = self.size();
        size.where_or(size.below(other), other)
    }
    #[inline(always)]
    fn one_more(self, mask: [bool; 4]) -> Self {
        Portable(each(|lane| self.0[lane] + if mask[lane] { 1.0 } else { 0.0 }))
    }
    #[inline(always)]
    fn where_or(self, mask: [bool; 4], other: Self) -> Self {
        Portable(each(|lane| if mask[lane] { self.0[lane] } else { other.0[lane] }))
    }

    #[inline(always)]
    fn below(self, other: Self) -> [bool; 4] {
        each(|lane| self.0[lane] < other.0[lane])
    }
    #[inline(always)]
    fn both(one: [bool; 4], other: [bool; 4]) -> [bool; 4] {
        each(|lane| one[lane] & other[lane])
    }
    #[inline(always)]
    fn choose(mask: [bool; 4], one: [bool; 4], other: [bool; 4]) -> [bool; 4] {
        each(|lane| if mask[lane] { one[lane] } else { other[lane] })
    }
    #[inline(always)]
    fn bits(mask: [bool; 4]) -> u32 {
        mask.iter().enumerate().map(|(lane, holds)| u32::from(*holds) << lane).sum()
    }

    #[inline(always)]
    fn upper_halves(words: &[u64]) -> [u32; 4] {
        each(|lane| (words[lane] >> 32) as u32)
    }
    #[inline(always)]
    fn whole(number: u32) -> [u32; 4] {
        [number; 4]
    }
    #[inline(always)]
    fn turned(one: [u32; 4], other: [u32; 4]) -> [u32; 4] {
        each(|lane| one[lane] ^ other[lane])
    }
    #[inline(always)]
    fn sum(one: [u32; 4], other: [u32; 4]) -> [u32; 4] {
        each(|lane| one[lane].wrapping_add(other[lane]))
    }
    #[inline(always)]
    fn common(one: [u32; 4], other: [u32; 4]) -> [u32; 4] {
        each(|lane| one[lane] & other[lane])
    }
    #[inline(always)]
    fn signs(whole: [u32; 4]) -> [u32; 4] {
        each(|lane| (whole[lane] as i32 >> 31) as u32)
    }
    #[inline(always)]
    fn shifted_down_23(whole: [u32; 4]) -> [u32; 4] {
        each(|lane| (whole[lane] as i32 >> 23) as u32)
    }
    #[inline(always)]
    fn shifted_up_23(whole: [u32; 4]) -> [u32; 4] {
        each(|lane| whole[lane] << 23)
    }
    #[inline(always)]
    fn number(whole: [u32; 4]) -> Self {
        Portable(each(|lane| whole[lane] as i32 as f32))
    }
    #[inline(always)]
    fn to_bits(self) -> [u32; 4] {
        each(|lane| self.0[lane].to_bits())
    }
    #[inline(always)]
    fn from_bits(bits: [u32; 4]) -> Self {
        Portable(each(|lane| f32::from_bits(bits[lane])))
    }

    #[inline(always)]
    fn wide(number: f64) -> [f64; 4] {
        [number; 4]
    }
    #[inline(always)]
    fn load(row: &[f64]) -> [f64; 4] {
        each(|lane| row[lane])
    }
    #[inline(always)]
    fn store(wide: [f64; 4], row: &mut [f64]) {
        row[..4].copy_from_slice(&wide);
    }
    #[inline(always)]
    fn wide_plus(one: [f64; 4], other: [f64; 4]) -> [f64; 4] {
        each(|lane| one[lane] + other[lane])
    }
    #[inline(always)]
    fn wide_minus(one: [f64; 4], other: [f64; 4]) -> [f64; 4] {
        each(|lane| one[lane] - other[lane])
    }
    #[inline(always)]
    fn wide_times(one: [f64; 4], other: [f64; 4]) -> [f64; 4] {
        each(|lane| one[lane] * other[lane])
    }
    #[inline(always)]
    fn wide_nearest(wide: [f64; 4]) -> [f64; 4] {
        // As above, with 2^52.
        each(|lane| (wide[lane] + 4_503_599_627_370_496.0) - 4_503_599_627_370_496.0)
    }
    #[inline(always)]
    fn wide_or_0(wide: [f64; 4], mask: [bool; 4]) -> [f64; 4] {
        each(|lane| if mask[lane] { wide[lane] } else { 0.0 })
    }
    #[inline(always)]
    fn any_above_0(wide: [f64; 4]) -> bool {
        wide.iter().any(|number| *number > 0.0)
    }
    #[inline(always)]
    fn narrow(wide: [f64; 4]) -> Self {
        Portable(each(|lane| wide[lane] as f32))
    }
    #[inline(always)]
    fn widen(self) -> [f64; 4] {
        each(|lane| f64::from(self.0[lane]))
    }
}

/// Words of four lanes.
#[derive(Clone, Copy)]
pub struct PortableBits([u64; 4]);

impl Bits for PortableBits {
    const LANES: usize = 4;

    #[inline(always)]
    fn all(word: u64) -> Self {
        PortableBits([word; 4])
    }
    #[inline(always)]
    fn count_from(first: u64) -> Self {
        PortableBits(each(|lane| first + lane as u64))
    }
    #[inline(always)]
    fn product_of_lower(self, other: Self) -> Self {
        PortableBits(each(|lane| (self.0[lane] & 0xFFFF_FFFF) * (other.0[lane] & 0xFFFF_FFFF)))
    }
    #[inline(always)]
    fn upper_turned(self, one: Self, other: Self) -> Self {
        PortableBits(each(|lane| self.0[lane] >> 32 ^ one.0[lane] ^ other.0[lane]))
    }
    #[inline(always)]
    fn with_upper(self, upper: Self) -> Self {
        PortableBits(each(|lane| (self.0[lane] & 0xFFFF_FFFF) | upper.0[lane] << 32))
    }
    #[inline(always)]
    fn store(self, row: &mut [u64]) {
        row[..4].copy_from_slice(&self.0);
    }
}
