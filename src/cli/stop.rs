//! Ctrl-C, or a polite kill: the run stops at the next step and tidies up; a later one ends the program at once.
//!
//! A hang-up is left to the system: it ends the program unless `nohup` says otherwise. Results stay whole even then.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::failure::{Failure, INTERRUPTED};
use super::say::say;

/// Set by the first signal; a process has one.
static STOP: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// How long tidying up may take before a further signal ends the program at once: an impatient second ctrl-C must not
/// leave temporary files.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether the user has asked to stop.
pub fn stop_requested() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// While nothing is written a signal ends the program at once, and says so, whatever it is at.
#[derive(Debug)]
pub struct ExitOnSignal(Arc<AtomicBool>);

/// As [`listen`]; and until the value is dropped, the program ends soon after it was asked to, though it may be reading, checking or
/// simulating something that takes long.
pub fn leave_when_asked() -> io::Result<ExitOnSignal> {
    listen()?;
    let over = Arc::new(AtomicBool::new(false));
    let leaving = ExitOnSignal(Arc::clone(&over));
    thread::spawn(move || {
        while !stop_requested() && !over.load(Ordering::Relaxed) {
            thread::sleep(PATIENCE / 20);
        }
        // Whoever looks out for it says it better.
        thread::sleep(PATIENCE / 4);
        if !over.swap(true, Ordering::Relaxed) {
            say(Failure::Interrupted);
            std::process::exit(INTERRUPTED.into());
        }
    });
    Ok(leaving)
}

impl Drop for ExitOnSignal {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// From now on a signal asks to stop.
pub fn listen() -> io::Result<()> {
    let impatient = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, INTERRUPTED.into(), Arc::clone(&impatient))?;
        flag::register(signal, Arc::clone(&STOP))?;
    }
    thread::spawn(move || {
        while !stop_requested() {
            thread::sleep(PATIENCE / 10);
        }
        thread::sleep(PATIENCE);
        impatient.store(true, Ordering::Relaxed);
    });
    Ok(())
}
