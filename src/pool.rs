//! Floor 0. The crate's own threads.
//!
//! Pools of our own, started at first use and again after `fork`: a forked child inherits
//! their memory but not its threads, and waiting for them would hang (tokenizers issue 187).
//! Results never depend on the number of threads.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::thread::sleep;
use std::time::Duration;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::{Error, Result};

/// Told how many of how many steps are done, on the caller's thread; an error stops the work.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize) -> Result<()>;

/// Asked now and then whether to go on, on the caller's thread; an error stops the work.
pub type GoOn<'a> = &'a mut dyn FnMut() -> Result<()>;

/// Environment variable that sets the number of threads; unset, empty or 0 means one per core.
pub const THREADS_VARIABLE: &str = "STORYDIFF_NUM_THREADS";

/// What counts where that variable is not set: engines that run many processes, Spark among them, set it to the cores
/// of a task. It may hold a list (threads of nested regions); the first number is ours.
pub const FALLBACK_VARIABLE: &str = "OMP_NUM_THREADS";

/// More threads than this are a slip of the keyboard.
const MAX_THREADS: usize = 1024;

/// Pools kept at once. Callers that want different numbers of threads take turns; starting threads anew at each turn
/// would fill the machine with threads that are about to end.
const MAX_POOLS: usize = 8;

/// The pools of one process by their number of threads, the latest used last.
struct Pools {
    process: u32,
    by_size: Vec<(usize, Arc<ThreadPool>)>,
}

static POOLS: Mutex<Pools> = Mutex::new(Pools { process: 0, by_size: Vec::new() });

/// Runs `work` where rayon's parallel iterators use `n_threads` threads (`None`: the variable, else one per core).
pub fn install<R: Send>(n_threads: Option<usize>, work: impl FnOnce() -> R + Send) -> Result<R> {
    let n_threads = match n_threads {
        Some(n_threads) => check("n_threads", 1, Some(n_threads), n_threads)?,
        None => from_variables(variable(THREADS_VARIABLE).as_deref(), variable(FALLBACK_VARIABLE).as_deref())?,
    };
    Ok(pool(n_threads)?.install(work))
}

fn variable(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

/// The number of threads that the variables ask for; 0 stands for one per core. The fallback was set for other
/// programs: a value that makes no sense here is passed over.
fn from_variables(own: Option<&str>, fallback: Option<&str>) -> Result<usize> {
    if own.is_some_and(|value| !value.trim().is_empty()) {
        return from_variable(own);
    }
    let first = fallback.and_then(|list| list.split(',').next());
    Ok(from_variable(first).unwrap_or(0))
}

/// The number of threads the variable asks for; 0 stands for one per core.
fn from_variable(value: Option<&str>) -> Result<usize> {
    match value.map(str::trim) {
        None | Some("") => Ok(0),
        Some(text) => check(THREADS_VARIABLE, 0, text.parse().ok(), text),
    }
}

fn check(parameter: &'static str, least: usize, value: Option<usize>, given: impl std::fmt::Display) -> Result<usize> {
    value.filter(|n| (least..=MAX_THREADS).contains(n)).ok_or_else(|| Error::InvalidParameter {
        parameter,
        expected: format!("a whole number from {least} to {MAX_THREADS}"),
        actual: given.to_string(),
    })
}

fn pool(n_threads: usize) -> Result<Arc<ThreadPool>> {
    let process = std::process::id();
    let Some(mut pools) = lock(process) else { return build(n_threads) };
    if pools.process != process {
        // Dropping a pool wakes its threads, and in a forked child they do not exist.
        std::mem::forget(std::mem::take(&mut pools.by_size));
        pools.process = process;
    }
    let threads = match pools.by_size.iter().position(|(size, _)| *size == n_threads) {
        Some(known) => pools.by_size.remove(known).1,
        None => build(n_threads)?,
    };
    if pools.by_size.len() == MAX_POOLS {
        pools.by_size.remove(0);
    }
    pools.by_size.push((n_threads, Arc::clone(&threads)));
    Ok(threads)
}

/// The lock on the pools, or `None` where it will never be free.
///
/// The lock is held for milliseconds. In a child forked meanwhile, the thread that held it is gone and never gives it
/// back: there each call makes a pool of its own.
fn lock(process: u32) -> Option<MutexGuard<'static, Pools>> {
    static WITHOUT_LOCK: AtomicU32 = AtomicU32::new(0);
    let attempts = if WITHOUT_LOCK.load(Ordering::Relaxed) == process { 1 } else { 1000 };
    for _ in 0..attempts {
        match POOLS.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => sleep(Duration::from_millis(1)),
        }
    }
    WITHOUT_LOCK.store(process, Ordering::Relaxed);
    None
}

fn build(n_threads: usize) -> Result<Arc<ThreadPool>> {
    let built = ThreadPoolBuilder::new()
        .num_threads(n_threads)
        .thread_name(|index| format!("storydiff-{index}"))
        .build()
        .map_err(|reason| Error::InvalidParameter {
            parameter: "n_threads",
            expected: "a number of threads that the system can start".into(),
            actual: format!("{n_threads} ({reason})"),
        })?;
    Ok(Arc::new(built))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_runs_on_as_many_threads_as_asked_for() {
        for n_threads in [1, 3, 2] {
            assert_eq!(install(Some(n_threads), rayon::current_num_threads).unwrap(), n_threads);
        }
    }

    #[test]
    fn the_variable_holds_a_small_number_or_nothing() {
        for (value, expected) in [(None, Some(0)), (Some(""), Some(0)), (Some(" 4 "), Some(4)), (Some("0"), Some(0))] {
            assert_eq!(from_variable(value).ok(), expected, "{value:?}");
        }
        for value in ["-1", "four", "1025", "1.5"] {
            assert!(from_variable(Some(value)).is_err(), "{value:?}");
        }
    }

    #[test]
    fn the_fallback_counts_where_the_own_variable_says_nothing() {
        for (own, fallback, expected) in [
            (None, Some("3"), 3),
            (Some(""), Some("3,2"), 3),
            (Some("2"), Some("3"), 2),
            (Some("0"), Some("3"), 0),
            (None, Some("many"), 0),
            (None, None, 0),
        ] {
            assert_eq!(from_variables(own, fallback).unwrap(), expected, "{own:?} {fallback:?}");
        }
        assert!(from_variables(Some("many"), Some("3")).is_err());
    }

    #[test]
    fn no_thread_and_too_many_are_errors() {
        assert!(install(Some(0), || ()).is_err());
        assert!(install(Some(MAX_THREADS + 1), || ()).is_err());
    }

    // One test: the second half holds the lock that the first half needs.
    #[test]
    fn threads_are_shared_until_a_lock_never_comes_back() {
        let first = pool(5).unwrap();
        pool(6).unwrap();
        assert!(Arc::ptr_eq(&first, &pool(5).unwrap()));

        let _held = POOLS.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        assert_eq!(build(2).unwrap().install(rayon::current_num_threads), 2);
        assert_eq!(pool(2).unwrap().install(rayon::current_num_threads), 2);
    }
}
