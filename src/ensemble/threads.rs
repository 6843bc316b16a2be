//! The threads that work: a pool of them, or only the caller's own where the library is built without threads.
//!
//! What is computed does not depend on how many there are. So a browser or a language that brings threads of its own gets the
//! same bytes from one.

use super::error::SimulateError;

/// Threads that work at the same time.
#[derive(Debug)]
pub(super) struct Threads {
    #[cfg(feature = "threads")]
    pool: rayon::ThreadPool,
}

#[cfg(feature = "threads")]
impl Threads {
    /// So many; 0 stands for as many as the machine has.
    pub fn new(threads: usize) -> Result<Threads, SimulateError> {
        let built = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = built.map_err(|error| SimulateError::Threads { threads, reason: error.to_string() })?;
        Ok(Threads { pool })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.pool.current_num_threads()
    }

    /// Has each of them do the work, told which of them it is.
    pub fn each<T: Send>(&self, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
        self.pool.broadcast(|thread| work(thread.index()))
    }

    /// Has one of them do the work.
    pub fn one<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }
}

#[cfg(not(feature = "threads"))]
impl Threads {
    /// The caller's own, however many are asked for.
    #[expect(clippy::unnecessary_wraps, reason = "threads may fail to start where there are any")]
    pub fn new(_: usize) -> Result<Threads, SimulateError> {
        Ok(Threads {})
    }

    /// There is one.
    pub fn count(&self) -> usize {
        1
    }

    /// Does the work.
    pub fn each<T>(&self, work: impl Fn(usize) -> T) -> Vec<T> {
        vec![work(0)]
    }

    /// Does the work.
    pub fn one<T>(&self, work: impl FnOnce() -> T) -> T {
        work()
    }
}

/// How many threads `threads` stands for: 0 for as many as the machine has.
pub(super) fn how_many(threads: usize) -> usize {
    if cfg!(not(feature = "threads")) {
        return 1;
    }
    match threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    }
}
