//! The nearest rows.

use numpy::{IntoPyArray, PyArray1, PyArray2, PyReadonlyArray1, PyReadonlyArray2};
use pyo3::prelude::*;

use super::encode::Signals;
use crate::similarity::{self, CsrView, Search};
use crate::tfidf::CsrMatrix;

/// `(data, indices, indptr)`
type CsrArrays<'py> = (Bound<'py, PyArray1<f32>>, Bound<'py, PyArray1<i32>>, Bound<'py, PyArray1<i32>>);
/// The same, given, with the number of columns.
type CsrInput<'py> = (PyReadonlyArray1<'py, f32>, PyReadonlyArray1<'py, i32>, PyReadonlyArray1<'py, i32>, usize);

fn arrays(py: Python<'_>, matrix: CsrMatrix) -> CsrArrays<'_> {
    (matrix.data.into_pyarray(py), matrix.indices.into_pyarray(py), matrix.indptr.into_pyarray(py))
}

fn view<'a>(input: &'a CsrInput) -> PyResult<CsrView<'a>> {
    let (data, indices, indptr, n_columns) = input;
    Ok(CsrView {
        data: data.as_slice()?,
        indices: indices.as_slice()?,
        indptr: indptr.as_slice()?,
        n_columns: *n_columns,
    })
}

#[pyfunction]
#[pyo3(signature = (a, b, n, min_similarity, *, n_threads=None))]
fn top_n_similar_dense<'py>(
    py: Python<'py>,
    a: PyReadonlyArray2<'py, f32>,
    b: PyReadonlyArray2<'py, f32>,
    n: usize,
    min_similarity: f32,
    n_threads: Option<usize>,
) -> PyResult<CsrArrays<'py>> {
    let (a, b, search) = (a.as_array(), b.as_array(), Search { n, min_similarity, n_threads });
    let mut signals = Signals::default();
    let result = py.detach(|| similarity::top_n_similar(a, b, &search, &mut |_, _| signals.check()));
    Ok(arrays(py, result.map_err(|error| signals.raised(error))?))
}

#[pyfunction]
#[pyo3(signature = (a, b, n, min_similarity, *, n_threads=None))]
fn top_n_similar_sparse<'py>(
    py: Python<'py>,
    a: CsrInput<'py>,
    b: CsrInput<'py>,
    n: usize,
    min_similarity: f32,
    n_threads: Option<usize>,
) -> PyResult<CsrArrays<'py>> {
    let (a, b, search) = (view(&a)?, view(&b)?, Search { n, min_similarity, n_threads });
    let mut signals = Signals::default();
    let result = py.detach(|| similarity::top_n_similar_sparse(a, b, &search, &mut |_, _| signals.check()));
    Ok(arrays(py, result.map_err(|error| signals.raised(error))?))
}

#[pyfunction]
fn pairwise_cosine<'py>(
    py: Python<'py>,
    a: PyReadonlyArray2<'py, f32>,
    b: PyReadonlyArray2<'py, f32>,
) -> PyResult<Bound<'py, PyArray2<f32>>> {
    let (a, b) = (a.as_array(), b.as_array());
    Ok(py.detach(|| similarity::pairwise_cosine(a, b))?.into_pyarray(py))
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(top_n_similar_dense, module)?)?;
    module.add_function(wrap_pyfunction!(top_n_similar_sparse, module)?)?;
    module.add_function(wrap_pyfunction!(pairwise_cosine, module)?)
}
