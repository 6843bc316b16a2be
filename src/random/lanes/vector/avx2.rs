//! Eight lanes, by AVX2 with fused multiplication.

#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::{Bits, Vector};

/// Eight lanes.
#[derive(Clone, Copy)]
pub struct Avx2(__m256);

/// To the nearest, and no flags.
const NEAREST: i32 = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;

/// An expression of instructions.
macro_rules! by {
    ($instructions:expr) => {
        // SAFETY: a level of AVX2 exists only where the machine was found to have its instructions, and only functions of
        // that level call these methods. Rows are as long as what is read of them or written: it is asserted.
        unsafe { $instructions }
    };
}

impl Vector for Avx2 {
    const LANES: usize = 8;
    type Mask = __m256;
    type Whole = __m256i;
    type Wide = (__m256d, __m256d);

    #[inline(always)]
    fn all(number: f32) -> Self {
        Avx2(by!(_mm256_set1_ps(number)))
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        Avx2(by!(_mm256_add_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        Avx2(by!(_mm256_sub_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn times(self, other: Self) -> Self {
        Avx2(by!(_mm256_mul_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn over(self, other: Self) -> Self {
        Avx2(by!(_mm256_div_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn times_plus(self, by: Self, more: Self) -> Self {
        Avx2(by!(_mm256_fmadd_ps(self.0, by.0, more.0)))
    }
    #[inline(always)]
    fn times_from(self, by: Self, from: Self) -> Self {
        Avx2(by!(_mm256_fnmadd_ps(self.0, by.0, from.0)))
    }
    #[inline(always)]
    fn rough_inverse_root(self) -> Self {
        Avx2(by!(_mm256_rsqrt_ps(self.0)))
    }
    #[inline(always)]
    fn nearest(self) -> Self {
        Avx2(by!(_mm256_round_ps::<NEAREST>(self.0)))
    }
    #[inline(always)]
    fn size(self) -> Self {
        Avx2(by!(_mm256_andnot_ps(_mm256_set1_ps(-0.0), self.0)))
    }
    #[inline(always)]
    fn size_or_less(self, other: Self) -> Self {
        Avx2(by!(_mm256_min_ps(self.size().0, other.0)))
    }
    #[inline(always)]
    fn one_more(self, mask: __m256) -> Self {
        Avx2(by!(_mm256_add_ps(self.0, _mm256_and_ps(mask, _mm256_set1_ps(1.0)))))
    }
    #[inline(always)]
    fn where_or(self, mask: __m256, other: Self) -> Self {
        Avx2(by!(_mm256_blendv_ps(other.0, self.0, mask)))
    }

    #[inline(always)]
    fn below(self, other: Self) -> __m256 {
        by!(_mm256_cmp_ps::<_CMP_LT_OQ>(self.0, other.0))
    }
    #[inline(always)]
    fn both(one: __m256, other: __m256) -> __m256 {
        by!(_mm256_and_ps(one, other))
    }
    #[inline(always)]
    fn choose(mask: __m256, one: __m256, other: __m256) -> __m256 {
        by!(_mm256_blendv_ps(other, one, mask))
    }
    #[inline(always)]
    fn bits(mask: __m256) -> u32 {
        by!(_mm256_movemask_ps(mask)) as u32
    }

    #[inline(always)]
    fn upper_halves(words: &[u64]) -> __m256i {
        assert!(words.len() >= 8);
        by!({
            let low = _mm256_loadu_ps(words.as_ptr().cast());
            let high = _mm256_loadu_ps(words.as_ptr().add(4).cast());
            // The odd halves of each 128 bits, then the quarters put in their order.
            let mixed = _mm256_castps_si256(_mm256_shuffle_ps::<0b11_01_11_01>(low, high));
            _mm256_permute4x64_epi64::<0b11_01_10_00>(mixed)
        })
    }
    #[inline(always)]
    fn whole(number: u32) -> __m256i {
        by!(_mm256_set1_epi32(number as i32))
    }
    #[inline(always)]
    fn turned(one: __m256i, other: __m256i) -> __m256i {
        by!(_mm256_xor_si256(one, other))
    }
    #[inline(always)]
    fn sum(one: __m256i, other: __m256i) -> __m256i {
        by!(_mm256_add_epi32(one, other))
    }
    #[inline(always)]
    fn common(one: __m256i, other: __m256i) -> __m256i {
        by!(_mm256_and_si256(one, other))
    }
    #[inline(always)]
    fn signs(whole: __m256i) -> __m256i {
        by!(_mm256_srai_epi32::<31>(whole))
    }
    #[inline(always)]
    fn shifted_down_23(whole: __m256i) -> __m256i {
        by!(_mm256_srai_epi32::<23>(whole))
    }
    #[inline(always)]
    fn shifted_up_23(whole: __m256i) -> __m256i {
        by!(_mm256_slli_epi32::<23>(whole))
    }
    #[inline(always)]
    fn number(whole: __m256i) -> Self {
        Avx2(by!(_mm256_cvtepi32_ps(whole)))
    }
    #[inline(always)]
    fn to_bits(self) -> __m256i {
        by!(_mm256_castps_si256(self.0))
    }
    #[inline(always)]
    fn from_bits(bits: __m256i) -> Self {
        Avx2(by!(_mm256_castsi256_ps(bits)))
    }

    #[inline(always)]
    fn wide(number: f64) -> Self::Wide {
        by!((_mm256_set1_pd(number), _mm256_set1_pd(number)))
    }
    #[inline(always)]
    fn load(row: &[f64]) -> Self::Wide {
        assert!(row.len() >= 8);
        by!((_mm256_loadu_pd(row.as_ptr()), _mm256_loadu_pd(row.as_ptr().add(4))))
    }
    #[inline(always)]
    fn store(wide: Self::Wide, row: &mut [f64]) {
        assert!(row.len() >= 8);
        by!({
            _mm256_storeu_pd(row.as_mut_ptr(), wide.0);
            _mm256_storeu_pd(row.as_mut_ptr().add(4), wide.1);
        });
    }
    #[inline(always)]
    fn wide_plus(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        by!((_mm256_add_pd(one.0, other.0), _mm256_add_pd(one.1, other.1)))
    }
    #[inline(always)]
    fn wide_minus(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        by!((_mm256_sub_pd(one.0, other.0), _mm256_sub_pd(one.1, other.1)))
    }
    #[inline(always)]
    fn wide_times(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        by!((_mm256_mul_pd(one.0, other.0), _mm256_mul_pd(one.1, other.1)))
    }
    #[inline(always)]
    fn wide_nearest(wide: Self::Wide) -> Self::Wide {
        by!((_mm256_round_pd::<NEAREST>(wide.0), _mm256_round_pd::<NEAREST>(wide.1)))
    }
    #[inline(always)]
    fn wide_or_0(wide: Self::Wide, mask: __m256) -> Self::Wide {
        by!({
            let low = _mm256_cvtepi32_epi64(_mm_castps_si128(_mm256_castps256_ps128(mask)));
            let high = _mm256_cvtepi32_epi64(_mm_castps_si128(_mm256_extractf128_ps::<1>(mask)));
            (
                _mm256_and_pd(_mm256_castsi256_pd(low), wide.0),
                _mm256_and_pd(_mm256_castsi256_pd(high), wide.1),
            )
        })
    }
    #[inline(always)]
    fn any_above_0(wide: Self::Wide) -> bool {
        by!({
            let most = _mm256_max_pd(wide.0, wide.1);
            _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_GT_OQ>(most, _mm256_setzero_pd())) != 0
        })
    }
    #[inline(always)]
    fn narrow(wide: Self::Wide) -> Self {
        by!({
            let (low, high) = (_mm256_cvtpd_ps(wide.0), _mm256_cvtpd_ps(wide.1));
            Avx2(_mm256_set_m128(high, low))
        })
    }
    #[inline(always)]
    fn widen(self) -> Self::Wide {
        by!((
            _mm256_cvtps_pd(_mm256_castps256_ps128(self.0)),
            _mm256_cvtps_pd(_mm256_extractf128_ps::<1>(self.0)),
        ))
    }
}

/// Words of eight lanes.
#[derive(Clone, Copy)]
pub struct Avx2Bits(__m256i, __m256i);

impl Bits for Avx2Bits {
    const LANES: usize = 8;

    #[inline(always)]
    fn all(word: u64) -> Self {
        let all = by!(_mm256_set1_epi64x(word as i64));
        Avx2Bits(all, all)
    }
    #[inline(always)]
    fn count_from(first: u64) -> Self {
        by!({
            let low = _mm256_add_epi64(_mm256_set1_epi64x(first as i64), _mm256_setr_epi64x(0, 1, 2, 3));
            Avx2Bits(low, _mm256_add_epi64(low, _mm256_set1_epi64x(4)))
        })
    }
    #[inline(always)]
    fn product_of_lower(self, other: Self) -> Self {
        by!(Avx2Bits(_mm256_mul_epu32(self.0, other.0), _mm256_mul_epu32(self.1, other.1)))
    }
    #[inline(always)]
    fn upper_turned(self, one: Self, other: Self) -> Self {
        let turned = |upper, one, other| {
            by!(_mm256_xor_si256(_mm256_srli_epi64::<32>(upper), _mm256_xor_si256(one, other)))
        };
        Avx2Bits(turned(self.0, one.0, other.0), turned(self.1, one.1, other.1))
    }
    #[inline(always)]
    fn with_upper(self, upper: Self) -> Self {
        let both = |low, high| by!(_mm256_blend_epi32::<0b1010_1010>(low, _mm256_slli_epi64::<32>(high)));
        Avx2Bits(both(self.0, upper.0), both(self.1, upper.1))
    }
    #[inline(always)]
    fn store(self, row: &mut [u64]) {
        assert!(row.len() >= 8);
        by!({
            _mm256_storeu_si256(row.as_mut_ptr().cast(), self.0);
            _mm256_storeu_si256(row.as_mut_ptr().add(4).cast(), self.1);
        });
    }
}
