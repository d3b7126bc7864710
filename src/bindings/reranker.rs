//! Rerankers of the caller: a cross-encoder, or any callable on pairs of texts.

use std::sync::Mutex;

use numpy::PyReadonlyArray1;
use pyo3::prelude::*;

use super::encode::PyReranker;
use crate::encode::PairScorer;
use crate::error::{Error, Result};
use crate::pool::Progress;

/// Pairs of one call: enough to fill a batch of a large model, few enough to tell progress in between.
const MAX_PAIRS: usize = 256;

/// What `reranker=` takes.
pub enum AnyReranker {
    Model(Py<PyReranker>),
    Callable(Callable),
}

impl AnyReranker {
    pub fn new(py: Python<'_>, given: Py<PyAny>) -> Self {
        match given.bind(py).cast::<PyReranker>() {
            Ok(model) => Self::Model(model.clone().unbind()),
            Err(_) => Self::Callable(Callable { callable: given, raised: Mutex::default() }),
        }
    }

    pub fn scorer(&self) -> &dyn PairScorer {
        match self {
            Self::Model(model) => &model.get().0,
            Self::Callable(callable) => callable,
        }
    }

    /// What the callable raised.
    pub fn raised(self) -> Option<PyErr> {
        match self {
            Self::Model(_) => None,
            Self::Callable(callable) => callable.raised.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()),
        }
    }
}

/// `callable(left, right)`, two lists of str, returns a float64 array; `python/storydiff/models/reranker.py` sees to that.
pub struct Callable {
    callable: Py<PyAny>,
    /// Kept, since the core passes no exception on.
    raised: Mutex<Option<PyErr>>,
}

impl PairScorer for Callable {
    fn max_pairs(&self) -> usize {
        MAX_PAIRS
    }

    fn score(&self, pairs: &[(&str, &str)], _: Option<usize>, _: Progress) -> Result<Vec<f32>> {
        let (left, right): (Vec<&str>, Vec<&str>) = pairs.iter().copied().unzip();
        let scores = Python::attach(|py| {
            let scores = self.callable.bind(py).call1((left, right))?;
            let scores: PyReadonlyArray1<'_, f64> = scores.extract()?;
            PyResult::Ok(scores.as_array().iter().map(|&score| score as f32).collect())
        });
        scores.map_err(|raised| {
            *self.raised.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(raised);
            Error::Interrupted
        })
    }
}
