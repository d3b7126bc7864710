//! The nearest rows.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray2};
use pyo3::prelude::*;

use crate::similarity::top_n_similar;

type CsrArrays<'py> = (Bound<'py, PyArray1<f32>>, Bound<'py, PyArray1<i32>>, Bound<'py, PyArray1<i32>>);

#[pyfunction]
fn top_n_similar_dense<'py>(
    py: Python<'py>,
    a: PyReadonlyArray2<'py, f32>,
    b: PyReadonlyArray2<'py, f32>,
    n: usize,
    min_similarity: f32,
) -> PyResult<CsrArrays<'py>> {
    let (a, b) = (a.as_array(), b.as_array());
    let result = py.detach(|| top_n_similar(a, b, n, min_similarity))?;
    Ok((result.data.into_pyarray(py), result.indices.into_pyarray(py), result.indptr.into_pyarray(py)))
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(top_n_similar_dense, module)?)
}
