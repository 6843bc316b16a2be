//! Many histories: simulated in parallel, tallied exactly, summarised.

pub mod summary;
