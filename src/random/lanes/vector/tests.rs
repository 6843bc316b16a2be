//! Every set of instructions does what the portable operations say.

#[cfg(target_arch = "x86_64")]
use super::{Avx2Bits, Avx512Bits};
use super::{Bits, Plain, PlainBits, Portable, Vector};
use crate::random::lanes::{InstructionLevel, levels};

/// Numbers of every kind that the lanes work with.
const NUMBERS: [f64; 32] = [
    0.25, 1.0, 6.5, -3.5, 0.0, 1e6, 0.3, -0.7, 2.5, 1e-6, 12.0, -8.25, 3.0, 0.5, 77.0, -1.0, 0.125, 9.0,
    100.5, -2.0, 5e-3, 4.0, 0.9, -0.1, 33.0, 2e5, 0.75, -64.0, 1.5, 7.0, 0.6, -12.5,
];

/// What the operations make of the numbers, lane by lane.
fn all<V: Vector>() -> Vec<Vec<f64>> {
    let mut operations = vec![Vec::new(); 20];
    let words: Vec<u64> =
        NUMBERS.iter().map(|number| number.to_bits().wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
    for start in (0..NUMBERS.len()).step_by(V::LANES) {
        let wide = V::load(&NUMBERS[start..]);
        let (x, other) = (V::narrow(wide), V::all(2.0));
        let mask = x.below(V::all(1.0));
        let halves = V::upper_halves(&words[start..]);
        let (never, always) = (x.below(x), V::all(0.0).below(other));
        let bits = V::bits(mask);
        let found = [
            x.plus(other).widen(),
            x.minus(other).widen(),
            x.times(other).widen(),
            x.over(other).widen(),
            x.times_plus(other, V::all(0.5)).widen(),
            x.times_from(other, V::all(0.5)).widen(),
            x.nearest().widen(),
            x.size().widen(),
            x.size_or_less(other).widen(),
            x.one_more(mask).widen(),
            x.where_or(V::both(mask, always), other).widen(),
            x.where_or(V::choose(mask, never, always), other).widen(),
            V::number(V::turned(halves, V::signs(halves))).widen(),
            V::number(V::common(halves, V::whole(0xFF_FFFF))).widen(),
            V::number(V::shifted_down_23(halves)).widen(),
            V::number(V::shifted_up_23(V::sum(halves, V::whole(7)))).widen(),
            V::from_bits(x.to_bits()).widen(),
            V::wide_or_0(V::wide_plus(wide, V::wide(0.1)), mask),
            V::wide_minus(V::wide_times(wide, wide), V::wide_nearest(V::wide_times(wide, wide))),
            V::wide(f64::from(u8::from(V::any_above_0(wide)))),
        ];
        for (values, found) in operations.iter_mut().zip(found) {
            let mut row = [0.0; 32];
            V::store(found, &mut row);
            values.extend_from_slice(&row[..V::LANES]);
        }
        for (lane, number) in NUMBERS[start..start + V::LANES].iter().enumerate() {
            assert_eq!(bits >> lane & 1 == 1, *number < 1.0, "{number}");
        }
    }
    operations
}

/// What the operations on words make of some.
fn all_bits<B: Bits>() -> Vec<u64> {
    let mut found = Vec::new();
    for start in (0..16).step_by(B::LANES) {
        let counted = B::count_from(0xFFFF_FFF0 + start as u64);
        let product = counted.product_of_lower(B::all(0xD251_1F53));
        let turned = product.upper_turned(B::all(0x1234_5678), counted).with_upper(product);
        let mut row = [0; 16];
        turned.store(&mut row);
        found.extend_from_slice(&row[..B::LANES]);
    }
    found
}

levels! {
    fn operations() -> Vec<Vec<f64>> = all in vectors
}

levels! {
    @
    fn operations_on_words() -> Vec<u64> = all_bits::<PlainBits>, all_bits::<Avx2Bits>, all_bits::<Avx512Bits>
}

#[test]
fn every_level_does_the_same() {
    for level in InstructionLevel::all() {
        assert_eq!(level.operations(), all::<Portable>(), "{level:?}");
        assert_eq!(level.operations_on_words(), all_bits::<super::portable::PortableBits>(), "{level:?}");
    }
}

#[test]
fn inverse_roots_are_as_good_as_they_say() {
    for i in 1..100_000 {
        let x = libm::pow(1e6, f64::from(i) / 50_000.0 - 1.0) as f32;
        for root in [lowest(Plain::all(x).inverse_root()), lowest(Portable::all(x).inverse_root())] {
            assert!((root * f64::from(x).sqrt() - 1.0).abs() < 3e-7, "{x}");
        }
    }
}

/// Lane 0.
fn lowest<V: Vector>(of: V) -> f64 {
    let mut row = [0.0; 32];
    V::store(of.widen(), &mut row);
    row[0]
}
