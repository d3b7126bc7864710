//! Floor 0. The crate's own threads.
//!
//! A pool of our own, started at first use and again after `fork`: a forked child inherits
//! the pool's memory but not its threads, and waiting for them would hang (tokenizers issue 187).
//! Results never depend on the number of threads.

use std::sync::{Arc, Mutex};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::{Error, Result};

/// Environment variable that sets the number of threads; unset or 0 means one per core.
pub const THREADS_VARIABLE: &str = "STORYDIFF_NUM_THREADS";

struct Pool {
    process: u32,
    n_threads: usize,
    threads: Arc<ThreadPool>,
}

static POOL: Mutex<Option<Pool>> = Mutex::new(None);

/// Runs `work` where rayon's parallel iterators use `n_threads` threads (`None`: the variable, else one per core).
pub fn install<R: Send>(n_threads: Option<usize>, work: impl FnOnce() -> R + Send) -> Result<R> {
    Ok(pool(n_threads.unwrap_or_else(default_threads))?.install(work))
}

fn default_threads() -> usize {
    std::env::var(THREADS_VARIABLE).ok().and_then(|value| value.trim().parse().ok()).unwrap_or(0)
}

fn pool(n_threads: usize) -> Result<Arc<ThreadPool>> {
    let process = std::process::id();
    let mut slot = POOL.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(pool) = slot.as_ref().filter(|pool| pool.process == process && pool.n_threads == n_threads) {
        return Ok(Arc::clone(&pool.threads));
    }
    let threads = ThreadPoolBuilder::new()
        .num_threads(n_threads)
        .thread_name(|index| format!("storydiff-{index}"))
        .build()
        .map_err(|reason| Error::InvalidParameter {
            parameter: "n_threads",
            expected: "a number of threads that the system can start".into(),
            actual: format!("{n_threads} ({reason})"),
        })?;
    let threads = Arc::new(threads);
    if let Some(old) = slot.replace(Pool { process, n_threads, threads: Arc::clone(&threads) })
        && old.process != process
    {
        // Dropping a pool joins its threads, and in a forked child they do not exist.
        std::mem::forget(old.threads);
    }
    Ok(threads)
}
