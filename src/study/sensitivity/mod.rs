//! From the outcomes of a design's cells to what they owe to which factor.
//!
//! Every outcome is an estimate with Monte Carlo noise. [`MeasuredOutcome`] says how indices are corrected for it, also where all
//! cells share their random numbers; [`Estimate`] is a number with its standard error.
//!
//! | analysis | of | tells |
//! |---|---|---|
//! | [`sobol`] | a [`design::Sobol`](super::design::Sobol) | first and total indices |
//! | [`morris`] | a [`design::Morris`](super::design::Morris) | mu, mu*, sigma |
//! | [`uncertainty`] | draws of parameters, many replicates each | variance due to parameters and to chance |
//! | [`sample`] | any sample, such as a Latin hypercube | first-order indices |
//! | [`ranks`] | any sample | partial rank correlations, R^2 |

mod estimate;
mod measured;
mod moments;
pub mod morris;
pub mod ranks;
mod resample;
pub mod sample;
pub mod sobol;
pub mod uncertainty;

pub use estimate::Estimate;
pub use measured::{MeasuredOutcome, NoIndices};
pub use resample::Resampling;
