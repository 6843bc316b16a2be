//! Randomness by name: keyed uniforms, and the quantile functions that turn one uniform into one draw.
//!
//! A random number here is a pure function of (seed, replicate, site, step, ordinal); nothing is consumed in
//! order. A draw is the inverse of a distribution function at one such uniform, so it moves monotonically with
//! its parameters, and two variants of a scenario that share their uniforms differ only where their parameters
//! do.
//!
//! - [`key`]: who draws, and the uniform that belongs to them; [`philox`] is the cipher underneath.
//! - [`uniform`]: 64 random bits read as a number strictly between 0 and 1, precise at both ends.
//! - [`binomial`], [`poisson`], [`negative_binomial`], [`hypergeometric`], [`overflow`]: counts, exactly inverted.
//! - [`normal`], [`beta`], [`gamma`]: continuous quantiles, for parameters.
//! - [`rounded_normal`]: normal numbers that are rounded, with their exact moments.
//!
//! What "exactly" means for a count: the smallest `k` with `CDF(k) >= u`, the smaller tail of the distribution
//! being evaluated to a relative 1e-12. A uniform nearer than that to a step of the distribution function may
//! fall on either side of it; no error of approximation comes on top. Draws never decrease in `u` whatever the
//! rounding. In the parameters they never decrease either, except that two parameters which differ by some 1e-12
//! of their size may be told apart in the wrong order by such a uniform.

pub mod beta;
pub mod binomial;
mod cornish_fisher;
pub mod gamma;
pub mod hypergeometric;
pub mod key;
pub mod lanes;
pub mod negative_binomial;
pub mod normal;
pub mod overflow;
pub mod philox;
pub mod poisson;
pub mod rounded_normal;
mod search;
mod stirling;
mod threshold;
pub mod uniform;
mod walk;

pub use key::{KeyedStream, Keys, Site};
pub use uniform::Uniform;
