//! The sentence encoder.

use std::path::PathBuf;
use std::sync::Arc;

use numpy::{IntoPyArray, PyArray1, PyArray2};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

use super::offsets::CodePoints;
use crate::encode::{Encoder, Reranker};
use crate::error::{Error, Result};

/// `([(start, end)], vectors)`
type TokenVectorsTuple<'py> = (Vec<(usize, usize)>, Bound<'py, PyArray2<f32>>);

/// A sentence encoder.
#[pyclass(name = "Encoder", frozen, module = "storydiff._storydiff")]
pub struct PyEncoder(Arc<Encoder>);

#[pymethods]
impl PyEncoder {
    #[staticmethod]
    fn embedded(py: Python<'_>, name: &str) -> PyResult<Self> {
        Ok(Self(py.detach(|| Encoder::embedded(name))?))
    }

    #[staticmethod]
    fn load(py: Python<'_>, folder: PathBuf) -> PyResult<Self> {
        Ok(Self(Arc::new(py.detach(|| Encoder::load(&folder))?)))
    }

    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// The name that `embedded` takes, if this model is one of the crate's own.
    #[getter]
    fn embedded_name(&self) -> Option<&'static str> {
        let own = |name: &&str| Encoder::embedded(name).is_ok_and(|own| Arc::ptr_eq(&own, &self.0));
        Encoder::NAMES.into_iter().filter(|name| self.name().starts_with(name)).find(own)
    }

    #[getter]
    fn dimension(&self) -> usize {
        self.0.dimension()
    }

    #[pyo3(signature = (texts, *, n_threads=None))]
    fn encode<'py>(
        &self,
        py: Python<'py>,
        texts: Vec<PyBackedStr>,
        n_threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyArray2<f32>>> {
        let mut signals = Signals::default();
        let rows = py.detach(|| {
            let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
            self.0.encode_with(&texts, n_threads, &mut |_, _| signals.check())
        });
        Ok(rows.map_err(|error| signals.raised(error))?.into_pyarray(py))
    }

    #[pyo3(signature = (texts, *, n_threads=None))]
    fn token_vectors<'py>(
        &self,
        py: Python<'py>,
        texts: Vec<PyBackedStr>,
        n_threads: Option<usize>,
    ) -> PyResult<Vec<TokenVectorsTuple<'py>>> {
        let mut signals = Signals::default();
        let found = py.detach(|| {
            let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
            self.0.token_vectors_with(&texts, n_threads, &mut |_, _| signals.check())
        });
        let found = found.map_err(|error| signals.raised(error))?.into_iter().zip(&texts);
        Ok(found
            .map(|(found, text)| {
                let points = CodePoints::new(text);
                let spans = found.spans.iter().map(|&span| points.span(text, span)).collect();
                (spans, found.vectors.into_pyarray(py))
            })
            .collect())
    }
}

/// A cross-encoder.
#[pyclass(name = "Reranker", frozen, module = "storydiff._storydiff")]
pub struct PyReranker(pub(super) Reranker);

#[pymethods]
impl PyReranker {
    #[staticmethod]
    fn load(py: Python<'_>, folder: PathBuf) -> PyResult<Self> {
        Ok(Self(py.detach(|| Reranker::load(&folder))?))
    }

    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    #[pyo3(signature = (left, right, *, n_threads=None))]
    fn score<'py>(
        &self,
        py: Python<'py>,
        left: Vec<PyBackedStr>,
        right: Vec<PyBackedStr>,
        n_threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyArray1<f32>>> {
        let mut signals = Signals::default();
        let scores = py.detach(|| {
            let pairs: Vec<(&str, &str)> = left.iter().zip(&right).map(|(left, right)| (&**left, &**right)).collect();
            self.0.score(&pairs, n_threads, &mut |_, _| signals.check())
        });
        Ok(scores.map_err(|error| signals.raised(error))?.into_pyarray(py))
    }
}

/// Lets Ctrl-C through, and keeps what a signal handler raised.
#[derive(Default)]
pub struct Signals(Option<PyErr>);

impl Signals {
    /// Runs Python's signal handlers.
    pub fn check(&mut self) -> Result<()> {
        Python::attach(|py| py.check_signals()).map_err(|raised| {
            self.0 = Some(raised);
            Error::Interrupted
        })
    }

    /// What the handler raised, else the core's error.
    pub fn raised(self, error: Error) -> PyErr {
        self.0.unwrap_or_else(|| error.into())
    }
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<PyEncoder>()?;
    module.add_class::<PyReranker>()
}
