//! A timer that ends a run from another thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;
use taipan_core::interp::interrupt;

/// Asks for the end of the run when the time is over; dropped before, it does nothing.
#[derive(Debug)]
pub(crate) struct Timer {
    _running: Sender<()>,
}

impl Timer {
    /// Starts the timer; `None` if no thread can be made.
    pub fn start(limit: Duration, word: Arc<AtomicU32>) -> Option<Timer> {
        let (running, ended) = channel();
        let wait = move || {
            if ended.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
                word.fetch_or(interrupt::TIMEOUT, Ordering::Relaxed);
            }
        };
        std::thread::Builder::new().stack_size(64 << 10).spawn(wait).ok()?;
        Some(Timer { _running: running })
    }
}
