//! A timer that ends a run from another thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;
use taipan_core::interp::interrupt;

/// Asks for the end of the run when the time is over; dropped before, it does nothing.
///
/// Invariant: its thread has ended when it is dropped, so that it cannot end a later run, nor outlive the VM.
#[derive(Debug)]
pub(crate) struct Timer {
    /// While it is there, the run goes on.
    running: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
    /// The process that has the thread.
    process: u32,
}

impl Timer {
    /// Starts the timer. An error if no thread can be made.
    pub fn start(limit: Duration, word: Arc<AtomicU32>) -> std::io::Result<Timer> {
        let (running, ended) = channel();
        let wait = move || {
            if ended.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
                word.fetch_or(interrupt::TIMEOUT, Ordering::Relaxed);
            }
        };
        let thread = std::thread::Builder::new().stack_size(64 << 10).spawn(wait)?;
        Ok(Timer { running: Some(running), thread: Some(thread), process: std::process::id() })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.running = None;
        // A fork does not have it, and would wait for ever.
        if let Some(thread) = self.thread.take().filter(|_| self.process == std::process::id()) {
            // It does nothing that panics.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_thread_ends_with_it() {
        let word = Arc::new(AtomicU32::new(0));
        for _ in 0..50 {
            drop(Timer::start(Duration::from_secs(60), word.clone()).expect("a thread"));
            // The thread's clone is gone.
            assert_eq!(Arc::strong_count(&word), 1);
        }
        assert_eq!(word.load(Ordering::Relaxed), 0);
    }
}
