//! Who watches a run.

/// Somebody who watches a run and may stop it: a progress bar, a button. It is asked from every thread that simulates. Work is
/// counted in steps of replicates: 100 replicates of 36 steps in two variants are 7,200.
pub trait Watch: Sync {
    /// So many steps of replicates are to be done in all, as far as is known.
    fn steps_planned(&self, _total: u64) {}
    /// So many more steps of replicates are done.
    fn steps_done(&self, count: u64);
    /// Whether to stop; asked in every step of every block.
    fn stop(&self) -> bool;
}

/// A [`Watch`] for runs that nobody watches: it never stops one.
#[derive(Clone, Copy, Debug)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn steps_done(&self, _: u64) {}
    fn stop(&self) -> bool {
        false
    }
}
