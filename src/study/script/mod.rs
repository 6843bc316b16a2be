//! Scripts that share a study's units among the machines of a cluster. They are text, to be read and edited; nothing is
//! submitted.
//!
//! Every script gives each process its shard of a number that is written into it. What a scheduler says of its own tasks is not
//! asked: it counts those of one submission, and of a few that are sent again it would count fewer.

mod dask;
mod hyperqueue;
mod job;
mod parallel;
mod slurm;

pub use dask::dask;
pub use hyperqueue::hyperqueue;
pub use job::{Job, LONGEST_ARRAY};
pub use parallel::parallel;
pub use slurm::slurm;
