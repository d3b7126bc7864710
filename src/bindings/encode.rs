//! The sentence encoder.

use numpy::{IntoPyArray, PyArray2};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

use crate::encode::Encoder;

/// A sentence encoder.
#[pyclass(name = "Encoder", frozen, module = "storydiff._storydiff")]
pub struct PyEncoder(Encoder);

#[pymethods]
impl PyEncoder {
    #[staticmethod]
    fn embedded() -> Self {
        Self(Encoder::embedded())
    }

    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    #[getter]
    fn dimension(&self) -> usize {
        self.0.dimension
    }

    fn encode<'py>(&self, py: Python<'py>, texts: Vec<PyBackedStr>) -> Bound<'py, PyArray2<f32>> {
        let rows = py.detach(|| self.0.encode(&texts.iter().map(|text| &**text).collect::<Vec<_>>()));
        rows.into_pyarray(py)
    }
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<PyEncoder>()
}
