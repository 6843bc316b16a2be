//! Work in numbered turns, which several threads take one after the other.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Turns that nobody has taken, and whether anybody has failed.
pub struct Turns {
    next: AtomicU64,
    turns: u64,
    failed: AtomicBool,
}

impl Turns {
    /// So many turns, from 0.
    pub fn new(turns: u64) -> Turns {
        Turns { next: AtomicU64::new(0), turns, failed: AtomicBool::new(false) }
    }

    /// Lets nobody take another turn.
    pub fn fail(&self) {
        self.failed.store(true, Ordering::Relaxed);
    }

    /// Whether nobody is to take another turn.
    pub fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    /// Takes turns until there are none left. Several threads may do so at once.
    ///
    /// # Errors
    /// Those of the work; the others then stop too, as they do where it panics.
    pub fn each<E>(&self, mut work: impl FnMut(u64) -> Result<(), E>) -> Result<(), E> {
        let _alarm = Alarm(self);
        loop {
            let turn = self.next.fetch_add(1, Ordering::Relaxed);
            if turn >= self.turns || self.has_failed() {
                return Ok(());
            }
            work(turn).inspect_err(|_| self.fail())?;
        }
    }
}

/// Lets nobody wait for a thread that panics.
struct Alarm<'t>(&'t Turns);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.fail();
        }
    }
}
