//! Who watches a run.

/// Somebody who watches a run and may stop it.
pub trait Watch: Sync {
    /// So many steps of replicates are to be done in all, as far as is known.
    fn steps_planned(&self, _total: u64) {}
    /// So many more steps of replicates are done.
    fn steps_done(&self, count: u64);
    /// Whether to stop; asked in every step of every block.
    fn stop(&self) -> bool;
}

/// Nobody watches.
#[derive(Clone, Copy, Debug)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn steps_done(&self, _: u64) {}
    fn stop(&self) -> bool {
        false
    }
}
