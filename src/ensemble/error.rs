//! Why a run has no answer.

use crate::engine::ledger::LedgerError;

/// Why replicates could not be simulated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SimulateError {
    /// The [`Watch`](crate::Watch) said stop.
    #[error("stopped before the last replicate was complete")]
    Interrupted,
    /// A replicate did not balance, or grew beyond what is counted.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The same, where several are simulated side by side.
    #[error("in the variant `{variant}`: {error}")]
    Variant {
        /// Which.
        variant: String,
        /// Why.
        error: LedgerError,
    },
    /// The threads could not be started.
    #[error("cannot start {threads} threads: {reason}")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the system says.
        reason: String,
    },
    /// No replicates were asked for.
    #[error("no replicates to simulate: ask for at least one")]
    NoReplicates,
    /// A number is too large to be counted.
    #[error(
        "{number} is too large to be counted in a replicate of `{variant}`: write amounts in a larger unit, or look for a rate that grows without end"
    )]
    TooLarge {
        /// Of which variant.
        variant: String,
        /// Which number.
        number: String,
    },
    /// Two that are to be compared have different steps or dates.
    #[error(
        "the variant `{variant}` has other dates or steps than the one it is compared with: replicate by replicate nothing can be compared"
    )]
    Calendars {
        /// Which.
        variant: String,
    },
    /// Some parts of a variant make no scenario by themselves.
    #[error(
        "what the parts of the variant `{variant}` contribute cannot be told: without the others, some of them make no valid scenario. {reason}"
    )]
    Subset {
        /// Which.
        variant: String,
        /// What is wrong.
        reason: String,
    },
    /// More parts than can be told apart.
    #[error("the variant `{variant}` has {parts} parts: attribution is for at most {most}")]
    Parts {
        /// Which.
        variant: String,
        /// How many it has.
        parts: usize,
        /// How many are allowed.
        most: usize,
    },
}

impl SimulateError {
    /// What is wrong with a replicate, where that is why.
    pub fn ledger(&self) -> Option<&LedgerError> {
        match self {
            SimulateError::Ledger(error) | SimulateError::Variant { error, .. } => Some(error),
            _ => None,
        }
    }

    /// Of several failures the one to tell of has the smallest: ledger errors come first, by replicate.
    pub(super) fn rank(&self) -> u64 {
        match self {
            SimulateError::Ledger(error) | SimulateError::Variant { error, .. } => error.replicate(),
            _ => u64::MAX,
        }
    }
}
