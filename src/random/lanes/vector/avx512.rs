//! Sixteen lanes, by AVX-512.

#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::{Bits, Vector};

/// Sixteen lanes.
#[derive(Clone, Copy)]
pub struct Avx512(__m512);

/// An expression of instructions.
macro_rules! by {
    ($instructions:expr) => {
        // SAFETY: a level of AVX-512 exists only where the machine was found to have its instructions, and only functions of
        // that level call these methods. Rows are as long as what is read of them or written: it is asserted.
        unsafe { $instructions }
    };
}

impl Vector for Avx512 {
    const LANES: usize = 16;
    type Mask = __mmask16;
    type Whole = __m512i;
    type Wide = (__m512d, __m512d);

    #[inline(always)]
    fn all(number: f32) -> Self {
        Avx512(by!(_mm512_set1_ps(number)))
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        Avx512(by!(_mm512_add_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        Avx512(by!(_mm512_sub_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn times(self, other: Self) -> Self {
        Avx512(by!(_mm512_mul_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn over(self, other: Self) -> Self {
        Avx512(by!(_mm512_div_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn times_plus(self, by: Self, more: Self) -> Self {
        Avx512(by!(_mm512_fmadd_ps(self.0, by.0, more.0)))
    }
    #[inline(always)]
    fn times_from(self, by: Self, from: Self) -> Self {
        Avx512(by!(_mm512_fnmadd_ps(self.0, by.0, from.0)))
    }
    #[inline(always)]
    fn rough_inverse_root(self) -> Self {
        Avx512(by!(_mm512_rsqrt14_ps(self.0)))
    }
    #[inline(always)]
    fn nearest(self) -> Self {
        Avx512(by!(_mm512_roundscale_ps::<0>(self.0)))
    }
    #[inline(always)]
    fn size(self) -> Self {
        Avx512(by!(_mm512_abs_ps(self.0)))
    }
    #[inline(always)]
    fn size_or_less(self, other: Self) -> Self {
        // The smaller of both absolute values, without its sign.
        Avx512(by!(_mm512_range_ps::<0b1010>(self.0, other.0)))
    }
    #[inline(always)]
    fn one_more(self, mask: __mmask16) -> Self {
        Avx512(by!(_mm512_mask_add_ps(self.0, mask, self.0, _mm512_set1_ps(1.0))))
    }
    #[inline(always)]
    fn where_or(self, mask: __mmask16, other: Self) -> Self {
        Avx512(by!(_mm512_mask_blend_ps(mask, other.0, self.0)))
    }

    #[inline(always)]
    fn below(self, other: Self) -> __mmask16 {
        by!(_mm512_cmp_ps_mask::<_CMP_LT_OQ>(self.0, other.0))
    }
    #[inline(always)]
    fn both(one: __mmask16, other: __mmask16) -> __mmask16 {
        one & other
    }
    #[inline(always)]
    fn choose(mask: __mmask16, one: __mmask16, other: __mmask16) -> __mmask16 {
        (mask & one) | (!mask & other)
    }
    #[inline(always)]
    fn bits(mask: __mmask16) -> u32 {
        u32::from(mask)
    }

    #[inline(always)]
    fn upper_halves(words: &[u64]) -> __m512i {
        assert!(words.len() >= 16);
        by!({
            let low = _mm512_loadu_si512(words.as_ptr().cast());
            let high = _mm512_loadu_si512(words.as_ptr().add(8).cast());
            let odd = _mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
            _mm512_permutex2var_epi32(low, odd, high)
        })
    }
    #[inline(always)]
    fn whole(number: u32) -> __m512i {
        by!(_mm512_set1_epi32(number as i32))
    }
    #[inline(always)]
    fn turned(one: __m512i, other: __m512i) -> __m512i {
        by!(_mm512_xor_si512(one, other))
    }
    #[inline(always)]
    fn sum(one: __m512i, other: __m512i) -> __m512i {
        by!(_mm512_add_epi32(one, other))
    }
    #[inline(always)]
    fn common(one: __m512i, other: __m512i) -> __m512i {
        by!(_mm512_and_si512(one, other))
    }
    #[inline(always)]
    fn signs(whole: __m512i) -> __m512i {
        by!(_mm512_srai_epi32::<31>(whole))
    }
    #[inline(always)]
    fn shifted_down_23(whole: __m512i) -> __m512i {
        by!(_mm512_srai_epi32::<23>(whole))
    }
    #[inline(always)]
    fn shifted_up_23(whole: __m512i) -> __m512i {
        by!(_mm512_slli_epi32::<23>(whole))
    }
    #[inline(always)]
    fn number(whole: __m512i) -> Self {
        Avx512(by!(_mm512_cvtepi32_ps(whole)))
    }
    #[inline(always)]
    fn to_bits(self) -> __m512i {
        by!(_mm512_castps_si512(self.0))
    }
    #[inline(always)]
    fn from_bits(bits: __m512i) -> Self {
        Avx512(by!(_mm512_castsi512_ps(bits)))
    }

    #[inline(always)]
    fn wide(number: f64) -> Self::Wide {
        by!((_mm512_set1_pd(number), _mm512_set1_pd(number)))
    }
    #[inline(always)]
    fn load(row: &[f64]) -> Self::Wide {
        assert!(row.len() >= 16);
        by!((_mm512_loadu_pd(row.as_ptr()), _mm512_loadu_pd(row.as_ptr().add(8))))
    }
    #[inline(always)]
    fn store(wide: Self::Wide, row: &mut [f64]) {
        assert!(row.len() >= 16);
        by!({
            _mm512_storeu_pd(row.as_mut_ptr(), wide.0);
            _mm512_storeu_pd(row.as_mut_ptr().add(8), wide.1);
        });
    }
    #[inline(always)]
    fn wide_plus(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        by!((_mm512_add_pd(one.0, other.0), _mm512_add_pd(one.1, other.1)))
    }
    #[inline(always)]
    fn wide_minus(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        by!((_mm512_sub_pd(one.0, other.0), _mm512_sub_pd(one.1, other.1)))
    }
    #[inline(always)]
    fn wide_times(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        by!((_mm512_mul_pd(one.0, other.0), _mm512_mul_pd(one.1, other.1)))
    }
    #[inline(always)]
    fn wide_nearest(wide: Self::Wide) -> Self::Wide {
        by!((_mm512_roundscale_pd::<0>(wide.0), _mm512_roundscale_pd::<0>(wide.1)))
    }
    #[inline(always)]
    fn wide_or_0(wide: Self::Wide, mask: __mmask16) -> Self::Wide {
        by!((
            _mm512_maskz_mov_pd(mask as __mmask8, wide.0),
            _mm512_maskz_mov_pd((mask >> 8) as __mmask8, wide.1)
        ))
    }
    #[inline(always)]
    fn any_above_0(wide: Self::Wide) -> bool {
        by!({
            let most = _mm512_max_pd(wide.0, wide.1);
            _mm512_cmp_pd_mask::<_CMP_GT_OQ>(most, _mm512_setzero_pd()) != 0
        })
    }
    #[inline(always)]
    fn narrow(wide: Self::Wide) -> Self {
        by!({
            let (low, high) = (_mm512_cvtpd_ps(wide.0), _mm512_cvtpd_ps(wide.1));
            Avx512(_mm512_insertf32x8::<1>(_mm512_castps256_ps512(low), high))
        })
    }
    #[inline(always)]
    fn widen(self) -> Self::Wide {
        by!((
            _mm512_cvtps_pd(_mm512_castps512_ps256(self.0)),
            _mm512_cvtps_pd(_mm512_extractf32x8_ps::<1>(self.0)),
        ))
    }
}

/// Words of sixteen lanes.
#[derive(Clone, Copy)]
pub struct Avx512Bits(__m512i, __m512i);

impl Bits for Avx512Bits {
    const LANES: usize = 16;

    #[inline(always)]
    fn all(word: u64) -> Self {
        let all = by!(_mm512_set1_epi64(word as i64));
        Avx512Bits(all, all)
    }
    #[inline(always)]
    fn count_from(first: u64) -> Self {
        by!({
            let low =
                _mm512_add_epi64(_mm512_set1_epi64(first as i64), _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7));
            Avx512Bits(low, _mm512_add_epi64(low, _mm512_set1_epi64(8)))
        })
    }
    #[inline(always)]
    fn product_of_lower(self, other: Self) -> Self {
        by!(Avx512Bits(_mm512_mul_epu32(self.0, other.0), _mm512_mul_epu32(self.1, other.1)))
    }
    #[inline(always)]
    fn upper_turned(self, one: Self, other: Self) -> Self {
        // Three turned over each other, by the table of exclusive or.
        by!(Avx512Bits(
            _mm512_ternarylogic_epi64::<0x96>(_mm512_srli_epi64::<32>(self.0), one.0, other.0),
            _mm512_ternarylogic_epi64::<0x96>(_mm512_srli_epi64::<32>(self.1), one.1, other.1),
        ))
    }
    #[inline(always)]
    fn with_upper(self, upper: Self) -> Self {
        let both = |low, high| {
            by!(_mm512_castps_si512(_mm512_mask_moveldup_ps(
                _mm512_castsi512_ps(low),
                0b1010_1010_1010_1010,
                _mm512_castsi512_ps(high),
            )))
        };
        Avx512Bits(both(self.0, upper.0), both(self.1, upper.1))
    }
    #[inline(always)]
    fn store(self, row: &mut [u64]) {
        assert!(row.len() >= 16);
        by!({
            _mm512_storeu_si512(row.as_mut_ptr().cast(), self.0);
            _mm512_storeu_si512(row.as_mut_ptr().add(8).cast(), self.1);
        });
    }
}
