//! Numbers of several lanes in one register: the same operations for every set of instructions.
//!
//! Written by the instructions themselves, because a compiler that is left to find vectors in loops finds them in some places
//! and single numbers in others: the formula for large counts was half of the one and half of the other, twice as slow.
//!
//! Most numbers have 32 bits, of which a register holds twice as many as of 64. They are good to some 1e-7, which is enough to
//! decide nearly every draw, see [the module](super). People have 64 bits: [`Vector::Wide`].

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod bits;
mod pair;
#[cfg(any(test, not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))))]
mod portable;
mod register;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128;
#[cfg(target_arch = "x86_64")]
mod sse2;
#[cfg(test)]
mod tests;

pub use bits::Bits;
#[cfg(any(
    test,
    not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))
))]
pub use portable::Portable;
pub use register::Vector;

/// Thirty-two lanes, by AVX-512.
#[cfg(target_arch = "x86_64")]
pub type Avx512 = pair::Pair<avx512::Avx512>;
/// Sixteen lanes, by AVX2.
#[cfg(target_arch = "x86_64")]
pub type Avx2 = pair::Pair<avx2::Avx2>;
/// Eight lanes, by what every machine of this architecture has.
#[cfg(target_arch = "x86_64")]
pub type Plain = pair::Pair<sse2::Sse2>;
/// Eight lanes, by what a browser was asked for when the engine was built.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub type Plain = pair::Pair<simd128::Simd128>;
/// Eight lanes, by what every machine of this architecture has.
#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
pub type Plain = pair::Pair<Portable>;

#[cfg(target_arch = "x86_64")]
pub use avx2::Avx2Bits;
#[cfg(target_arch = "x86_64")]
pub use avx512::Avx512Bits;
#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
pub use portable::PortableBits as PlainBits;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub use simd128::Simd128Bits as PlainBits;
#[cfg(target_arch = "x86_64")]
pub use sse2::Sse2Bits as PlainBits;
