//! The nearest rows.

use numpy::{IntoPyArray, PyArray1, PyArray2, PyReadonlyArray1, PyReadonlyArray2};
use pyo3::prelude::*;

use super::encode::Signals;
use crate::linkage::{self, Edge, Linkage};
use crate::similarity::{self, CsrView, Search, Times};
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

/// Neighbours among rows that have times, in days.
#[pyfunction]
#[pyo3(signature = (a, b, n, min_similarity, *, times_a, times_b, window, decay, n_threads=None))]
#[expect(clippy::too_many_arguments, reason = "Python names them")]
fn top_n_recent_sparse<'py>(
    py: Python<'py>,
    a: CsrInput<'py>,
    b: CsrInput<'py>,
    n: usize,
    min_similarity: f32,
    times_a: PyReadonlyArray1<'py, f64>,
    times_b: PyReadonlyArray1<'py, f64>,
    window: f64,
    decay: f64,
    n_threads: Option<usize>,
) -> PyResult<CsrArrays<'py>> {
    let (a, b, search) = (view(&a)?, view(&b)?, Search { n, min_similarity, n_threads });
    let times = Times { a: times_a.as_slice()?, b: times_b.as_slice()?, window, decay };
    let mut signals = Signals::default();
    let result = py.detach(|| similarity::top_n_recent_sparse(a, b, &times, &search, &mut |_, _| signals.check()));
    Ok(arrays(py, result.map_err(|error| signals.raised(error))?))
}

/// Each row with its `n` heaviest entries.
#[pyfunction]
fn heaviest<'py>(py: Python<'py>, rows: CsrInput<'py>, n: usize) -> PyResult<CsrArrays<'py>> {
    let rows = view(&rows)?;
    Ok(arrays(py, py.detach(|| similarity::heaviest(rows, n))?))
}

/// The dot products of pairs of rows, by position.
#[pyfunction]
fn dot_products<'py>(
    py: Python<'py>,
    rows: CsrInput<'py>,
    left: PyReadonlyArray1<'py, u32>,
    right: PyReadonlyArray1<'py, u32>,
) -> PyResult<Bound<'py, PyArray1<f32>>> {
    let (rows, left, right) = (view(&rows)?, left.as_slice()?, right.as_slice()?);
    Ok(py.detach(|| similarity::dot_products(rows, left, right))?.into_pyarray(py))
}

/// The cluster of each of `n` nodes.
#[pyfunction]
#[pyo3(signature = (n, left, right, similarity, *, min_similarity, max_partners, known))]
#[expect(clippy::too_many_arguments, reason = "Python names them")]
fn average_link<'py>(
    py: Python<'py>,
    n: usize,
    left: PyReadonlyArray1<'py, u32>,
    right: PyReadonlyArray1<'py, u32>,
    similarity: PyReadonlyArray1<'py, f32>,
    min_similarity: f32,
    max_partners: usize,
    known: PyReadonlyArray1<'py, i64>,
) -> PyResult<Bound<'py, PyArray1<u32>>> {
    let ends = left.as_slice()?.iter().zip(right.as_slice()?);
    let edges: Vec<Edge> = ends.zip(similarity.as_slice()?).map(|((&a, &b), &x)| (a, b, x)).collect();
    let (known, linkage) = (known.as_slice()?, Linkage { least: min_similarity, max_partners });
    let mut signals = Signals::default();
    let found = py.detach(|| linkage::average_link(n, &edges, known, linkage, &mut || signals.check()));
    Ok(found.map_err(|error| signals.raised(error))?.into_pyarray(py))
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
    module.add_function(wrap_pyfunction!(top_n_recent_sparse, module)?)?;
    module.add_function(wrap_pyfunction!(heaviest, module)?)?;
    module.add_function(wrap_pyfunction!(dot_products, module)?)?;
    module.add_function(wrap_pyfunction!(average_link, module)?)?;
    module.add_function(wrap_pyfunction!(pairwise_cosine, module)?)
}
