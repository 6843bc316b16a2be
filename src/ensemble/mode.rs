//! The two ways to simulate.

/// How replicates come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Monte Carlo: any number of replicates of whole people, in which everything that is uncertain is drawn.
    MonteCarlo,
    /// One replicate of fractional people, every draw being replaced by its mean.
    Expected,
}

impl Mode {
    /// The mode that `--expected` asks for, or the other.
    pub fn of(expected: bool) -> Mode {
        if expected { Mode::Expected } else { Mode::MonteCarlo }
    }
}
