//! The rooms of the house, for this package's own tests and benchmarks.
//!
//! No part of the library's surface: what is here changes with any version, without a word in the changelog. Tests look into rooms,
//! because most promises (equal bytes, exact laws, balanced ledgers) are about what goes on inside.
#![allow(missing_docs, reason = "each room says itself what it is")]

pub mod calendar {
    pub use crate::calendar::*;
}

#[cfg(feature = "cli")]
pub mod cli {
    pub use crate::cli::*;
}

pub mod engine {
    pub use crate::engine::*;
}

pub mod ensemble {
    pub use crate::ensemble::*;
}

#[cfg(feature = "disk")]
pub mod files {
    pub use crate::files::*;
}

pub mod model {
    pub use crate::model::*;
}

pub mod output {
    pub use crate::output::*;
}

#[cfg(feature = "page")]
pub mod page {
    pub use crate::page::*;
}

pub mod random {
    pub use crate::random::*;
}

pub mod scenario {
    pub use crate::scenario::*;
}

pub mod signs {
    pub use crate::signs::*;
}

#[cfg(feature = "study")]
pub mod study {
    pub use crate::study::*;
}

pub mod survival {
    pub use crate::survival::*;
}

pub mod units {
    pub use crate::units::*;
}
