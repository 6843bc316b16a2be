//! The three moments of a step at which people are where they are going.

/// When in a step people go, and the gate of full places looks at who came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// After programmes and closures, before anybody else moves.
    Start,
    /// After the moves of those present and the arrivals, who enter at some moment of the step.
    Middle,
    /// After the moves of those who entered.
    End,
}

impl Phase {
    /// Its number among the draws of a site.
    pub fn ordinal(self) -> u32 {
        match self {
            Phase::Start => 0,
            Phase::Middle => 1,
            Phase::End => 2,
        }
    }
}
