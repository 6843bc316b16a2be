//! Two vectors side by side, so that what one waits for is filled by the other, and fewer looks are taken at more lanes.

use super::Vector;

/// Twice the lanes.
#[derive(Clone, Copy)]
pub struct Pair<V>(V, V);

impl<V: Vector> Vector for Pair<V> {
    const LANES: usize = 2 * V::LANES;
    type Mask = (V::Mask, V::Mask);
    type Whole = (V::Whole, V::Whole);
    type Wide = (V::Wide, V::Wide);

    #[inline(always)]
    fn all(number: f32) -> Self {
        Pair(V::all(number), V::all(number))
    }
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        Pair(self.0.plus(other.0), self.1.plus(other.1))
    }
    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        Pair(self.0.minus(other.0), self.1.minus(other.1))
    }
    #[inline(always)]
    fn times(self, other: Self) -> Self {
        Pair(self.0.times(other.0), self.1.times(other.1))
    }
    #[inline(always)]
    fn over(self, other: Self) -> Self {
        Pair(self.0.over(other.0), self.1.over(other.1))
    }
    #[inline(always)]
    fn times_plus(self, by: Self, more: Self) -> Self {
        Pair(self.0.times_plus(by.0, more.0), self.1.times_plus(by.1, more.1))
    }
    #[inline(always)]
    fn times_from(self, by: Self, from: Self) -> Self {
        Pair(self.0.times_from(by.0, from.0), self.1.times_from(by.1, from.1))
    }
    #[inline(always)]
    fn rough_inverse_root(self) -> Self {
        Pair(self.0.rough_inverse_root(), self.1.rough_inverse_root())
    }
    #[inline(always)]
    fn nearest(self) -> Self {
        Pair(self.0.nearest(), self.1.nearest())
    }
    #[inline(always)]
    fn size(self) -> Self {
        Pair(self.0.size(), self.1.size())
    }
    #[inline(always)]
    fn size_or_less(self, other: Self) -> Self {
        Pair(self.0.size_or_less(other.0), self.1.size_or_less(other.1))
    }
    #[inline(always)]
    fn one_more(self, mask: Self::Mask) -> Self {
        Pair(self.0.one_more(mask.0), self.1.one_more(mask.1))
    }
    #[inline(always)]
    fn where_or(self, mask: Self::Mask, other: Self) -> Self {
        Pair(self.0.where_or(mask.0, other.0), self.1.where_or(mask.1, other.1))
    }

    #[inline(always)]
    fn below(self, other: Self) -> Self::Mask {
        (self.0.below(other.0), self.1.below(other.1))
    }
    #[inline(always)]
    fn both(one: Self::Mask, other: Self::Mask) -> Self::Mask {
        (V::both(one.0, other.0), V::both(one.1, other.1))
    }
    #[inline(always)]
    fn choose(mask: Self::Mask, one: Self::Mask, other: Self::Mask) -> Self::Mask {
        (V::choose(mask.0, one.0, other.0), V::choose(mask.1, one.1, other.1))
    }
    #[inline(always)]
    fn bits(mask: Self::Mask) -> u32 {
        V::bits(mask.0) | V::bits(mask.1) << V::LANES
    }

    #[inline(always)]
    fn upper_halves(words: &[u64]) -> Self::Whole {
        (V::upper_halves(words), V::upper_halves(&words[V::LANES..]))
    }
    #[inline(always)]
    fn whole(number: u32) -> Self::Whole {
        (V::whole(number), V::whole(number))
    }
    #[inline(always)]
    fn turned(one: Self::Whole, other: Self::Whole) -> Self::Whole {
        (V::turned(one.0, other.0), V::turned(one.1, other.1))
    }
    #[inline(always)]
    fn sum(one: Self::Whole, other: Self::Whole) -> Self::Whole {
        (V::sum(one.0, other.0), V::sum(one.1, other.1))
    }
    #[inline(always)]
    fn common(one: Self::Whole, other: Self::Whole) -> Self::Whole {
        (V::common(one.0, other.0), V::common(one.1, other.1))
    }
    #[inline(always)]
    fn signs(whole: Self::Whole) -> Self::Whole {
        (V::signs(whole.0), V::signs(whole.1))
    }
    #[inline(always)]
    fn shifted_down_23(whole: Self::Whole) -> Self::Whole {
        (V::shifted_down_23(whole.0), V::shifted_down_23(whole.1))
    }
    #[inline(always)]
    fn shifted_up_23(whole: Self::Whole) -> Self::Whole {
        (V::shifted_up_23(whole.0), V::shifted_up_23(whole.1))
    }
    #[inline(always)]
    fn number(whole: Self::Whole) -> Self {
        Pair(V::number(whole.0), V::number(whole.1))
    }
    #[inline(always)]
    fn to_bits(self) -> Self::Whole {
        (self.0.to_bits(), self.1.to_bits())
    }
    #[inline(always)]
    fn from_bits(bits: Self::Whole) -> Self {
        Pair(V::from_bits(bits.0), V::from_bits(bits.1))
    }

    #[inline(always)]
    fn wide(number: f64) -> Self::Wide {
        (V::wide(number), V::wide(number))
    }
    #[inline(always)]
    fn load(row: &[f64]) -> Self::Wide {
        (V::load(row), V::load(&row[V::LANES..]))
    }
    #[inline(always)]
    fn store(wide: Self::Wide, row: &mut [f64]) {
        V::store(wide.0, row);
        V::store(wide.1, &mut row[V::LANES..]);
    }
    #[inline(always)]
    fn wide_plus(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        (V::wide_plus(one.0, other.0), V::wide_plus(one.1, other.1))
    }
    #[inline(always)]
    fn wide_minus(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        (V::wide_minus(one.0, other.0), V::wide_minus(one.1, other.1))
    }
    #[inline(always)]
    fn wide_times(one: Self::Wide, other: Self::Wide) -> Self::Wide {
        (V::wide_times(one.0, other.0), V::wide_times(one.1, other.1))
    }
    #[inline(always)]
    fn wide_nearest(wide: Self::Wide) -> Self::Wide {
        (V::wide_nearest(wide.0), V::wide_nearest(wide.1))
    }
    #[inline(always)]
    fn wide_or_0(wide: Self::Wide, mask: Self::Mask) -> Self::Wide {
        (V::wide_or_0(wide.0, mask.0), V::wide_or_0(wide.1, mask.1))
    }
    #[inline(always)]
    fn any_above_0(wide: Self::Wide) -> bool {
        V::any_above_0(wide.0) | V::any_above_0(wide.1)
    }
    #[inline(always)]
    fn narrow(wide: Self::Wide) -> Self {
        Pair(V::narrow(wide.0), V::narrow(wide.1))
    }
    #[inline(always)]
    fn widen(self) -> Self::Wide {
        (self.0.widen(), self.1.widen())
    }
}
