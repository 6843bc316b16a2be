//! Lengths of stay: the part of each step that somebody who entered is still there.
//!
//! Time is in steps. Somebody enters at a uniform moment of a step. With S the survival function of the length,
//! s(j) = integral of S from j to j + 1 is the probability to be still there at the end of the j-th step after the step of entry:
//! the stock that a steady inflow builds up is its rate times the sum of s, which is its rate times the mean stay, exactly.
//! Who enters as a step begins is there for all of it: what remains is S itself, from one boundary to the next.
//! A table of whole durations is taken as it is written: who enters in a step has a duration of 0 at its end.
//!
//! [`law`] lists the distributions, one a file, [`family`] those that are found by a mean and a spread or by quantiles
//! ([`fit`]), [`incomplete_gamma`] has the functions that they need, [`profile`] has s itself, for mixtures of stretched lengths,
//! and [`entry`] when in a step people come.

pub mod entry;
pub mod exponential;
pub mod family;
pub mod fit;
pub mod fixed;
pub mod function;
pub mod gamma;
pub mod incomplete_gamma;
pub mod law;
pub mod lognormal;
pub mod profile;
mod table;
pub mod weibull;

pub use entry::{EntryTime, moments};
pub use exponential::ExponentialLength;
pub use family::LengthFamily;
pub use fixed::FixedLength;
pub use law::SurvivalLaw;
pub use profile::{Profile, ProfilePart};
pub use table::SurvivalTable;
