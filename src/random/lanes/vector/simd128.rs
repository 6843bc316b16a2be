//! Four lanes, by the vectors of WebAssembly.
//!
//! A module is checked as a whole before any of it runs: where its vectors are unknown, it does not start. So what is not safe here is
//! only the reading and writing of rows.

#![allow(unsafe_code)]

use std::arch::wasm32::*;

use super::{Bits, Vector};

/// Four lanes.
#[derive(Clone, Copy)]
pub struct Simd128(v128);

impl Vector for Simd128 {
    const LANES: usize = 4;
    type Mask = v128;
    type Whole = v128;
    type Wide = (v128, v128);

    #[inline(always)]
    fn all(number: f32) -> Self {
        Simd128(f32x4_splat(number))
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        Simd128(f32x4_add(self.0, other.0))
    }
    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        Simd128(f32x4_sub(self.0, other.0))
    }
    #[inline(always)]
    fn times(self, other: Self) -> Self {
        Simd128(f32x4_mul(self.0, other.0))
    }
    #[inline(always)]
    fn over(self, other: Self) -> Self {
        Simd128(f32x4_div(self.0, other.0))
    }
    #[inline(always)]
    fn times_plus(self, by: Self, more: Self) -> Self {
        self.times(by).plus(more)
    }
    #[inline(always)]
    fn times_from(self, by: Self, from: Self) -> Self {
        from.minus(self.times(by))
    }
    #[inline(always)]
    fn rough_inverse_root(self) -> Self {
        Self::all(1.0).over(Simd128(f32x4_sqrt(self.0)))
    }
    #[inline(always)]
    fn nearest(self) -> Self {
        Simd128(f32x4_nearest(self.0))
    }
    #[inline(always)]
    fn size(self) -> Self {
        Simd128(f32x4_abs(self.0))
    }
    #[inline(always)]
    fn size_or_less(self, other: Self) -> Self {
        // The one of two that is chosen with one comparison: the first, unless the second is below it.
        Simd128(f32x4_pmin(other.0, self.size().0))
    }
    #[inline(always)]
    fn one_more(self, mask: v128) -> Self {
        self.plus(Simd128(v128_and(mask, f32x4_splat(1.0))))
    }
    #[inline(always)]
    fn where_or(self, mask: v128, other: Self) -> Self {
        Simd128(v128_bitselect(self.0, other.0, mask))
    }

    #[inline(always)]
    fn below(self, other: Self) -> v128 {
        f32x4_lt(self.0, other.0)
    }
    #[inline(always)]
    fn both(one: v128, other: v128) -> v128 {
        v128_and(one, other)
    }
    #[inline(always)]
    fn choose(mask: v128, one: v128, other: v128) -> v128 {
        v128_bitselect(one, other, mask)
    }
    #[inline(always)]
    fn bits(mask: v128) -> u32 {
        u32::from(i32x4_bitmask(mask))
    }

    #[inline(always)]
    fn upper_halves(words: &[u64]) -> v128 {
        assert!(words.len() >= 4);
        // SAFETY: four words are there.
        let (low, high) = unsafe { (read(words.as_ptr()), read(words.as_ptr().add(2))) };
        i32x4_shuffle::<1, 3, 5, 7>(low, high)
    }
    #[inline(always)]
    fn whole(number: u32) -> v128 {
        u32x4_splat(number)
    }
    #[inline(always)]
    fn turned(one: v128, other: v128) -> v128 {
        v128_xor(one, other)
    }
    #[inline(always)]
    fn sum(one: v128, other: v128) -> v128 {
        i32x4_add(one, other)
    }
    #[inline(always)]
    fn common(one: v128, other: v128) -> v128 {
        v128_and(one, other)
    }
    #[inline(always)]
    fn signs(whole: v128) -> v128 {
        i32x4_shr(whole, 31)
    }
    #[inline(always)]
    fn shifted_down_23(whole: v128) -> v128 {
        i32x4_shr(whole, 23)
    }
    #[inline(always)]
    fn shifted_up_23(whole: v128) -> v128 {
        i32x4_shl(whole, 23)
    }
    #[inline(always)]
    fn number(whole: v128) -> Self {
        Simd128(f32x4_convert_i32x4(whole))
    }
    #[inline(always)]
    fn to_bits(self) -> v128 {
        self.0
    }
    #[inline(always)]
    fn from_bits(bits: v128) -> Self {
        Simd128(bits)
    }

    #[inline(always)]
    fn wide(number: f64) -> Self::Wide {
        (f64x2_splat(number), f64x2_splat(number))
    }
    #[inline(always)]
    fn load(row: &[f64]) -> Self::Wide {
        assert!(row.len() >= 4);
        // SAFETY: four numbers are there.
        unsafe { (read(row.as_ptr()), read(row.as_ptr().add(2))) }
    }
    #[inline(always)]
    fn store(wide: Self::Wide, row: &mut [f64]) {
        assert!(row.len() >= 4);
        // SAFETY: there is room for four numbers.
        unsafe {
            write(row.as_mut_ptr(), wide.0);
            write(row.as_mut_ptr().add(2), wide.1);
        }
    }
    #[inline(always)]
    fn wide_plus(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        (f64x2_add(one.0, other.0), f64x2_add(one.1, other.1))
    }
    #[inline(always)]
    fn wide_minus(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        (f64x2_sub(one.0, other.0), f64x2_sub(one.1, other.1))
    }
    #[inline(always)]
    fn wide_times(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        (f64x2_mul(one.0, other.0), f64x2_mul(one.1, other.1))
    }
    #[inline(always)]
    fn wide_nearest(wide: Self::Wide) -> Self::Wide {
        (f64x2_nearest(wide.0), f64x2_nearest(wide.1))
    }
    #[inline(always)]
    fn wide_or_0(wide: Self::Wide, mask: v128) -> Self::Wide {
        (v128_and(i64x2_extend_low_i32x4(mask), wide.0), v128_and(i64x2_extend_high_i32x4(mask), wide.1))
    }
    #[inline(always)]
    fn any_above_0(wide: Self::Wide) -> bool {
        v128_any_true(f64x2_gt(f64x2_pmax(wide.0, wide.1), f64x2_splat(0.0)))
    }
    #[inline(always)]
    fn narrow(wide: Self::Wide) -> Self {
        let (low, high) = (f32x4_demote_f64x2_zero(wide.0), f32x4_demote_f64x2_zero(wide.1));
        Simd128(i64x2_shuffle::<0, 2>(low, high))
    }
    #[inline(always)]
    fn widen(self) -> Self::Wide {
        let high = i64x2_shuffle::<1, 1>(self.0, self.0);
        (f64x2_promote_low_f32x4(self.0), f64x2_promote_low_f32x4(high))
    }
}

/// Words of four lanes: their lower halves in one register and their upper halves in another, so that two words of 32 bits meet in every
/// place where they are put together.
#[derive(Clone, Copy)]
pub struct Simd128Bits {
    lower: v128,
    upper: v128,
}

impl Bits for Simd128Bits {
    const LANES: usize = 4;

    #[inline(always)]
    fn all(word: u64) -> Self {
        Simd128Bits { lower: u32x4_splat(word as u32), upper: u32x4_splat((word >> 32) as u32) }
    }
    #[inline(always)]
    fn count_from(first: u64) -> Self {
        let Simd128Bits { lower: first, upper } = Self::all(first);
        let lower = i32x4_add(first, u32x4(0, 1, 2, 3));
        // All bits of a lane, which is -1, where the lower half went around.
        Simd128Bits { lower, upper: i32x4_sub(upper, u32x4_lt(lower, first)) }
    }
    #[inline(always)]
    fn product_of_lower(self, other: Self) -> Self {
        let low = u64x2_extmul_low_u32x4(self.lower, other.lower);
        let high = u64x2_extmul_high_u32x4(self.lower, other.lower);
        Simd128Bits {
            lower: i32x4_shuffle::<0, 2, 4, 6>(low, high),
            upper: i32x4_shuffle::<1, 3, 5, 7>(low, high),
        }
    }
    #[inline(always)]
    fn upper_turned(self, one: Self, other: Self) -> Self {
        let lower = v128_xor(self.upper, v128_xor(one.lower, other.lower));
        Simd128Bits { lower, upper: self.upper }
    }
    #[inline(always)]
    fn with_upper(self, upper: Self) -> Self {
        Simd128Bits { lower: self.lower, upper: upper.lower }
    }
    #[inline(always)]
    fn store(self, row: &mut [u64]) {
        assert!(row.len() >= 4);
        // SAFETY: there is room for four words.
        unsafe {
            write(row.as_mut_ptr(), i32x4_shuffle::<0, 4, 1, 5>(self.lower, self.upper));
            write(row.as_mut_ptr().add(2), i32x4_shuffle::<2, 6, 3, 7>(self.lower, self.upper));
        }
    }
}

/// Two values of 64 bits from an address.
#[inline(always)]
unsafe fn read<T>(from: *const T) -> v128 {
    // SAFETY: the caller says that they are there. Any address will do.
    unsafe { v128_load(from.cast()) }
}

/// Two values of 64 bits to an address.
#[inline(always)]
unsafe fn write<T>(to: *mut T, values: v128) {
    // SAFETY: as above.
    unsafe { v128_store(to.cast(), values) };
}
