//! Sixty-four random bits read as a number between 0 and 1.

/// The number `u = (w + 1/2) / 2^64` of a 64-bit word `w`: never 0, never 1, symmetric about 1/2.
///
/// An `f64` near 1 has lost the digits of `1 - u`, which decide the upper tail of a distribution. Both ends are
/// therefore offered: [`lower`](Self::lower) is `u` and [`upper`](Self::upper) is `1 - u`, each to full
/// relative precision when it is the small one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uniform(pub u64);

/// 2^-64.
const UNIT: f64 = 1.0 / (1u128 << 64) as f64;

/// The largest `f64` below 1, to which the last few words would otherwise round up.
const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

impl Uniform {
    /// `u`, in [2^-65, 1 - 2^-53], never decreasing in the word.
    #[inline]
    pub fn lower(self) -> f64 {
        ((self.0 as f64 + 0.5) * UNIT).min(BELOW_ONE)
    }

    /// `1 - u`, in [2^-65, 1 - 2^-53], never increasing in the word.
    #[inline]
    pub fn upper(self) -> f64 {
        self.mirrored().lower()
    }

    /// The smaller of `u` and `1 - u`, in [2^-65, 1/2].
    #[inline]
    pub fn smaller_tail(self) -> f64 {
        let folded = self.0 ^ ((self.0 as i64) >> 63) as u64;
        // Below 2^63, where the signed conversion, one instruction on every machine, has the same value.
        (folded as i64 as f64 + 0.5) * UNIT
    }

    /// Whether `u < 1/2`.
    #[inline]
    pub fn is_lower_half(self) -> bool {
        self.0 >> 63 == 0
    }

    /// The uniform whose value is exactly `1 - u`.
    #[inline]
    pub fn mirrored(self) -> Self {
        Self(!self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_keep_their_digits() {
        let unit = f64::EPSILON / 8192.0; // 2^-65
        assert_eq!(Uniform(0).lower(), unit);
        assert_eq!(Uniform(u64::MAX).upper(), unit);
        assert_eq!(Uniform(3).lower(), 7.0 * unit);
        assert!(Uniform(u64::MAX).lower() < 1.0);
        assert!(Uniform(0).upper() < 1.0);
        assert_eq!(Uniform(1 << 63).lower(), 0.5);
    }

    #[test]
    fn halves_and_mirror_agree() {
        assert!(Uniform((1 << 63) - 1).is_lower_half());
        assert!(!Uniform(1 << 63).is_lower_half());
        assert_eq!(Uniform(5).mirrored().mirrored(), Uniform(5));
        assert_eq!(Uniform(5).mirrored().lower(), Uniform(5).upper());
        assert_eq!(Uniform(5).smaller_tail(), Uniform(5).lower());
        assert_eq!(Uniform(!5).smaller_tail(), Uniform(5).lower());
        assert_eq!(Uniform(1 << 63).smaller_tail(), 0.5);
    }
}
