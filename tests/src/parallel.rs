//! Running many independent checks on all cores, one line for each that fails, and a summary.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Runs `check` on every item; returns how many failed. A check returns its name and what went wrong.
pub fn run_all<T: Sync>(
    what: &str,
    items: &[T],
    check: impl Fn(&T) -> std::result::Result<(), String> + Sync,
) -> usize {
    let start = Instant::now();
    let next = AtomicUsize::new(0);
    let failed = AtomicUsize::new(0);
    let output = Mutex::new(());
    let workers = std::thread::available_parallelism().map_or(1, |n| n.get()).min(items.len().max(1));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(message) = check(item) {
                        failed.fetch_add(1, Ordering::Relaxed);
                        let _one_at_a_time = output.lock();
                        println!("FAIL {what} {message}");
                    }
                }
            });
        }
    });
    let failed = failed.into_inner();
    println!(
        "{what}: {} of {} passed in {:.1} s",
        items.len() - failed,
        items.len(),
        start.elapsed().as_secs_f64()
    );
    failed
}
