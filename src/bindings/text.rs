//! Sentences and words.

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

use super::offsets::CodePoints;
use crate::sentence::split_sentences;
use crate::token::tokenize;

#[pyfunction(name = "split_sentences")]
fn py_split_sentences(py: Python<'_>, text: PyBackedStr, language: &str) -> PyResult<Vec<(usize, usize)>> {
    Ok(py.detach(|| {
        let points = CodePoints::new(&text);
        split_sentences(&text, language).map(|spans| spans.into_iter().map(|span| points.span(&text, span)).collect())
    })?)
}

#[pyfunction(name = "tokenize")]
fn py_tokenize(py: Python<'_>, text: PyBackedStr) -> Vec<(usize, usize)> {
    py.detach(|| {
        let points = CodePoints::new(&text);
        tokenize(&text).into_iter().map(|token| points.span(&text, token.span)).collect()
    })
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(py_split_sentences, module)?)?;
    module.add_function(wrap_pyfunction!(py_tokenize, module)?)
}
