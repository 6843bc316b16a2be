//! Four lanes, by what every machine of x86-64 has.

#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::{Bits, Vector};

/// Four lanes.
#[derive(Clone, Copy)]
pub struct Sse2(__m128);

/// An expression of instructions.
macro_rules! by {
    ($instructions:expr) => {
        // SAFETY: every machine of this architecture has SSE2. Rows are as long as what is read of them or written: it is asserted.
        unsafe { $instructions }
    };
}

impl Vector for Sse2 {
    const LANES: usize = 4;
    type Mask = __m128;
    type Whole = __m128i;
    type Wide = (__m128d, __m128d);

    #[inline(always)]
    fn all(number: f32) -> Self {
        Sse2(by!(_mm_set1_ps(number)))
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        Sse2(by!(_mm_add_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        Sse2(by!(_mm_sub_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn times(self, other: Self) -> Self {
        Sse2(by!(_mm_mul_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn over(self, other: Self) -> Self {
        Sse2(by!(_mm_div_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn times_plus(self, by: Self, more: Self) -> Self {
        Sse2(by!(_mm_add_ps(_mm_mul_ps(self.0, by.0), more.0)))
    }
    #[inline(always)]
    fn times_from(self, by: Self, from: Self) -> Self {
        Sse2(by!(_mm_sub_ps(from.0, _mm_mul_ps(self.0, by.0))))
    }
    #[inline(always)]
    fn rough_inverse_root(self) -> Self {
        Sse2(by!(_mm_rsqrt_ps(self.0)))
    }
    #[inline(always)]
    fn nearest(self) -> Self {
        // What is added leaves no bits for a fraction. 1.5 times 2^23, so that numbers below 0 find the same.
        let rounder = Self::all(12_582_912.0);
        self.plus(rounder).minus(rounder)
    }
    #[inline(always)]
    fn size(self) -> Self {
        Sse2(by!(_mm_andnot_ps(_mm_set1_ps(-0.0), self.0)))
    }
    #[inline(always)]
    fn size_or_less(self, other: Self) -> Self {
        Sse2(by!(_mm_min_ps(self.size().0, other.0)))
    }
    #[inline(always)]
    fn one_more(self, mask: __m128) -> Self {
        Sse2(by!(_mm_add_ps(self.0, _mm_and_ps(mask, _mm_set1_ps(1.0)))))
    }
    #[inline(always)]
    fn where_or(self, mask: __m128, other: Self) -> Self {
        Sse2(by!(_mm_or_ps(_mm_and_ps(mask, self.0), _mm_andnot_ps(mask, other.0))))
    }

    #[inline(always)]
    fn below(self, other: Self) -> __m128 {
        by!(_mm_cmplt_ps(self.0, other.0))
    }
    #[inline(always)]
    fn both(one: __m128, other: __m128) -> __m128 {
        by!(_mm_and_ps(one, other))
    }
    #[inline(always)]
    fn choose(mask: __m128, one: __m128, other: __m128) -> __m128 {
        by!(_mm_or_ps(_mm_and_ps(mask, one), _mm_andnot_ps(mask, other)))
    }
    #[inline(always)]
    fn bits(mask: __m128) -> u32 {
        by!(_mm_movemask_ps(mask)) as u32
    }

    #[inline(always)]
    fn upper_halves(words: &[u64]) -> __m128i {
        assert!(words.len() >= 4);
        by!({
            let low = _mm_loadu_ps(words.as_ptr().cast());
            let high = _mm_loadu_ps(words.as_ptr().add(2).cast());
            _mm_castps_si128(_mm_shuffle_ps::<0b11_01_11_01>(low, high))
        })
    }
    #[inline(always)]
    fn whole(number: u32) -> __m128i {
        by!(_mm_set1_epi32(number as i32))
    }
    #[inline(always)]
    fn turned(one: __m128i, other: __m128i) -> __m128i {
        by!(_mm_xor_si128(one, other))
    }
    #[inline(always)]
    fn sum(one: __m128i, other: __m128i) -> __m128i {
        by!(_mm_add_epi32(one, other))
    }
    #[inline(always)]
    fn common(one: __m128i, other: __m128i) -> __m128i {
        by!(_mm_and_si128(one, other))
    }
    #[inline(always)]
    fn signs(whole: __m128i) -> __m128i {
        by!(_mm_srai_epi32::<31>(whole))
    }
    #[inline(always)]
    fn shifted_down_23(whole: __m128i) -> __m128i {
        by!(_mm_srai_epi32::<23>(whole))
    }
    #[inline(always)]
    fn shifted_up_23(whole: __m128i) -> __m128i {
        by!(_mm_slli_epi32::<23>(whole))
    }
    #[inline(always)]
    fn number(whole: __m128i) -> Self {
        Sse2(by!(_mm_cvtepi32_ps(whole)))
    }
    #[inline(always)]
    fn to_bits(self) -> __m128i {
        by!(_mm_castps_si128(self.0))
    }
    #[inline(always)]
    fn from_bits(bits: __m128i) -> Self {
        Sse2(by!(_mm_castsi128_ps(bits)))
    }

    #[inline(always)]
    fn wide(number: f64) -> Self::Wide {
        by!((_mm_set1_pd(number), _mm_set1_pd(number)))
    }
    #[inline(always)]
    fn load(row: &[f64]) -> Self::Wide {
        assert!(row.len() >= 4);
        by!((_mm_loadu_pd(row.as_ptr()), _mm_loadu_pd(row.as_ptr().add(2))))
    }
    #[inline(always)]
    fn store(wide: Self::Wide, row: &mut [f64]) {
        assert!(row.len() >= 4);
        by!({
            _mm_storeu_pd(row.as_mut_ptr(), wide.0);
            _mm_storeu_pd(row.as_mut_ptr().add(2), wide.1);
        });
    }
    #[inline(always)]
    fn wide_plus(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        by!((_mm_add_pd(one.0, other.0), _mm_add_pd(one.1, other.1)))
    }
    #[inline(always)]
    fn wide_minus(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        by!((_mm_sub_pd(one.0, other.0), _mm_sub_pd(one.1, other.1)))
    }
    #[inline(always)]
    fn wide_times(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        by!((_mm_mul_pd(one.0, other.0), _mm_mul_pd(one.1, other.1)))
    }
    #[inline(always)]
    fn wide_nearest(wide: Self::Wide) -> Self::Wide {
        // As above, with 2^52.
        let rounder = Self::wide(4_503_599_627_370_496.0);
        Self::wide_minus(Self::wide_plus(wide, rounder), rounder)
    }
    #[inline(always)]
    fn wide_or_0(wide: Self::Wide, mask: __m128) -> Self::Wide {
        by!((
            _mm_and_pd(_mm_castps_pd(_mm_unpacklo_ps(mask, mask)), wide.0),
            _mm_and_pd(_mm_castps_pd(_mm_unpackhi_ps(mask, mask)), wide.1),
        ))
    }
    #[inline(always)]
    fn any_above_0(wide: Self::Wide) -> bool {
        by!({
            let most = _mm_max_pd(wide.0, wide.1);
            _mm_movemask_pd(_mm_cmpgt_pd(most, _mm_setzero_pd())) != 0
        })
    }
    #[inline(always)]
    fn narrow(wide: Self::Wide) -> Self {
        by!({
            let (low, high) = (_mm_cvtpd_ps(wide.0), _mm_cvtpd_ps(wide.1));
            Sse2(_mm_movelh_ps(low, high))
        })
    }
    #[inline(always)]
    fn widen(self) -> Self::Wide {
        by!((_mm_cvtps_pd(self.0), _mm_cvtps_pd(_mm_movehl_ps(self.0, self.0)),))
    }
}

/// Words of four lanes.
#[derive(Clone, Copy)]
pub struct Sse2Bits(__m128i, __m128i);

impl Bits for Sse2Bits {
    const LANES: usize = 4;

    #[inline(always)]
    fn all(word: u64) -> Self {
        let all = by!(_mm_set1_epi64x(word as i64));
        Sse2Bits(all, all)
    }
    #[inline(always)]
    fn count_from(first: u64) -> Self {
        by!({
            let low = _mm_add_epi64(_mm_set1_epi64x(first as i64), _mm_set_epi64x(1, 0));
            Sse2Bits(low, _mm_add_epi64(low, _mm_set1_epi64x(2)))
        })
    }
    #[inline(always)]
    fn product_of_lower(self, other: Self) -> Self {
        by!(Sse2Bits(_mm_mul_epu32(self.0, other.0), _mm_mul_epu32(self.1, other.1)))
    }
    #[inline(always)]
    fn upper_turned(self, one: Self, other: Self) -> Self {
        let turned =
            |upper, one, other| by!(_mm_xor_si128(_mm_srli_epi64::<32>(upper), _mm_xor_si128(one, other)));
        Sse2Bits(turned(self.0, one.0, other.0), turned(self.1, one.1, other.1))
    }
    #[inline(always)]
    fn with_upper(self, upper: Self) -> Self {
        let both = |low, high| {
            by!(_mm_unpacklo_epi32(
                _mm_shuffle_epi32::<0b10_00_10_00>(low),
                _mm_shuffle_epi32::<0b10_00_10_00>(high)
            ))
        };
        Sse2Bits(both(self.0, upper.0), both(self.1, upper.1))
    }
    #[inline(always)]
    fn store(self, row: &mut [u64]) {
        assert!(row.len() >= 4);
        by!({
            _mm_storeu_si128(row.as_mut_ptr().cast(), self.0);
            _mm_storeu_si128(row.as_mut_ptr().add(2).cast(), self.1);
        });
    }
}
