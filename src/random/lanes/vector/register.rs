//! What is done with the numbers in one register.

/// Numbers of [`LANES`](Vector::LANES) lanes.
///
/// Its methods are called in functions that [`levels!`](super::super::levels) compiles for the instructions, and nowhere else.
pub trait Vector: Copy {
    /// How many lanes.
    const LANES: usize;
    /// Of every lane, whether something holds.
    type Mask: Copy;
    /// Whole numbers of 32 bits.
    type Whole: Copy;
    /// Numbers of 64 bits, of as many lanes.
    type Wide: Copy;

    /// One number for all lanes.
    fn all(number: f32) -> Self;
    /// The sums.
    fn plus(self, other: Self) -> Self;
    /// The differences.
    fn minus(self, other: Self) -> Self;
    /// The products.
    fn times(self, other: Self) -> Self;
    /// The quotients.
    fn over(self, other: Self) -> Self;
    /// `self by + more`, with one rounding or with two.
    fn times_plus(self, by: Self, more: Self) -> Self;
    /// `from - self by`, with one rounding or with two.
    fn times_from(self, by: Self, from: Self) -> Self;
    /// An approximation of `1 / sqrt(self)`, to 2^-11 of itself.
    fn rough_inverse_root(self) -> Self;
    /// The nearest whole number, of numbers within 2^22 of 0.
    fn nearest(self) -> Self;
    /// The absolute values.
    fn size(self) -> Self;
    /// The smaller of `|self|` and `other`, which is not negative.
    fn size_or_less(self, other: Self) -> Self;
    /// `self`, and 1 more where `mask` holds.
    fn one_more(self, mask: Self::Mask) -> Self;
    /// Of lanes where `mask` holds `self`, of others `other`.
    fn where_or(self, mask: Self::Mask, other: Self) -> Self;

    /// Whether `self < other`; false of what is not a number.
    fn below(self, other: Self) -> Self::Mask;
    /// Whether both hold.
    fn both(one: Self::Mask, other: Self::Mask) -> Self::Mask;
    /// Where `mask` holds the one, else the other.
    fn choose(mask: Self::Mask, one: Self::Mask, other: Self::Mask) -> Self::Mask;
    /// The lanes where it holds, lane 0 in the lowest bit.
    fn bits(mask: Self::Mask) -> u32;

    /// The upper halves of the first words.
    fn upper_halves(words: &[u64]) -> Self::Whole;
    /// One whole number for all lanes.
    fn whole(number: u32) -> Self::Whole;
    /// Whole numbers with some bits turned over.
    fn turned(one: Self::Whole, other: Self::Whole) -> Self::Whole;
    /// Sums of whole numbers, around 2^32.
    fn sum(one: Self::Whole, other: Self::Whole) -> Self::Whole;
    /// The bits that both have.
    fn common(one: Self::Whole, other: Self::Whole) -> Self::Whole;
    /// All bits of a lane as its highest.
    fn signs(whole: Self::Whole) -> Self::Whole;
    /// Divided by 2^23, rounded down, signed.
    fn shifted_down_23(whole: Self::Whole) -> Self::Whole;
    /// Times 2^23, around 2^32.
    fn shifted_up_23(whole: Self::Whole) -> Self::Whole;
    /// Whole numbers, signed, as numbers.
    fn number(whole: Self::Whole) -> Self;
    /// The bits of numbers.
    fn to_bits(self) -> Self::Whole;
    /// The numbers of these bits.
    fn from_bits(bits: Self::Whole) -> Self;

    /// One wide number for all lanes.
    fn wide(number: f64) -> Self::Wide;
    /// The first of a row.
    fn load(row: &[f64]) -> Self::Wide;
    /// Writes to the first of a row.
    fn store(wide: Self::Wide, row: &mut [f64]);
    /// Sums of wide numbers.
    fn wide_plus(one: Self::Wide, other: Self::Wide) -> Self::Wide;
    /// Differences.
    fn wide_minus(one: Self::Wide, other: Self::Wide) -> Self::Wide;
    /// Products.
    fn wide_times(one: Self::Wide, other: Self::Wide) -> Self::Wide;
    /// The nearest whole number, of numbers from 0 to 2^51.
    fn wide_nearest(wide: Self::Wide) -> Self::Wide;
    /// Those where `mask` holds, and 0 in other lanes.
    fn wide_or_0(wide: Self::Wide, mask: Self::Mask) -> Self::Wide;
    /// Whether any is above 0.
    fn any_above_0(wide: Self::Wide) -> bool;
    /// With half the bits.
    fn narrow(wide: Self::Wide) -> Self;
    /// With twice the bits.
    fn widen(self) -> Self::Wide;

    /// `1 / sqrt(self)` of numbers above 0, to 3e-7 of itself.
    #[inline(always)]
    fn inverse_root(self) -> Self {
        // One step of Householder's method of the third order, which turns an error of e into one of 2.5 e^3.
        let rough = self.rough_inverse_root();
        let off = self.times(rough).times_from(rough, Self::all(1.0));
        let correction = off.times_plus(Self::all(0.375), Self::all(0.5));
        rough.times(off).times_plus(correction, rough)
    }
}
