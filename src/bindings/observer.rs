//! Work without the GIL that says how far it is, and that Ctrl-C ends.

use pyo3::prelude::*;

use crate::error::{Error, Result};
use crate::pipeline::Observer;

/// Runs `work` without the GIL; what the callable or a signal handler raises ends it.
pub(super) fn observed<T: Send>(
    py: Python<'_>,
    callback: Option<Py<PyAny>>,
    work: impl FnOnce(&mut PythonObserver) -> Result<T> + Send,
) -> PyResult<T> {
    let mut observer = PythonObserver { callback, raised: None };
    let outcome = py.detach(|| work(&mut observer));
    outcome.map_err(|error| observer.raised.unwrap_or_else(|| error.into()))
}

/// Passes progress to a Python callable and lets Ctrl-C through.
pub(super) struct PythonObserver {
    callback: Option<Py<PyAny>>,
    raised: Option<PyErr>,
}

impl Observer for PythonObserver {
    fn progress(&mut self, stage: &'static str, done: usize, total: usize) -> Result<()> {
        let outcome = Python::attach(|py| {
            py.check_signals()?;
            self.callback.as_ref().map_or(Ok(()), |callback| callback.call1(py, (stage, done, total)).map(|_| ()))
        });
        outcome.map_err(|raised| {
            self.raised = Some(raised);
            Error::Interrupted
        })
    }
}
