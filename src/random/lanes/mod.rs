//! Many draws at once: the counts of [`binomial`](super::binomial) and [`poisson`](super::poisson), in lanes.
//!
//! A *lane* is one replicate. Whole rows of lanes are drawn for together with the vector instructions of the machine, and come
//! out as the very integers that the functions for single draws give, on every machine:
//!
//! 1. `law` says what is drawn: of each lane the mean, the variance and the ratios of neighbouring probabilities.
//! 2. `expansion` answers large counts by one formula, `walk` small ones by adding probabilities up. They work with numbers of
//!    32 bits, which fill a register twice as full as those of 64, and with a normal deviate, a power and logarithms of our
//!    own (`deviate`, `functions`), all good to some 1e-7, and say which lanes are decided.
//! 3. A lane whose uniform is nearer to a step of the distribution than all of that could be wrong by (well under one in a hundred)
//!    is drawn again by the function for single draws.
//!
//! So neither the width of vectors nor a fused multiplication can change a result; they change how many lanes go the slow
//! way. What could change one is an error bound that does not hold: tests compare millions of draws of every level
//! with the slow search, by equality.
//!
//! All of it is written once, over a `vector` of any width, and compiled once for each [`InstructionLevel`].

mod aligned;
mod deviate;
mod expansion;
mod functions;
mod law;
mod level;
mod rows;
mod vector;
mod walk;
mod words;

pub(crate) use aligned::Aligned;
pub use level::{InstructionLevel, UnknownLevel};
pub(crate) use level::{LevelKind, levels};
pub(crate) use vector::Plain;
#[cfg(target_arch = "x86_64")]
pub(crate) use vector::{Avx2, Avx512};
pub use words::PhiloxCounters;
