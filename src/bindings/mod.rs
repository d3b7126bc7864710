//! Floor 14. The one floor that knows Python: arguments in, core call without the GIL, results out.

mod comparison;
mod cross;
mod differences;
mod encode;
mod error;
mod link;
mod observer;
mod offsets;
mod order;
mod reranker;
mod similarity;
mod subword;
mod text;
mod tfidf;

use pyo3::prelude::*;

#[pymodule(gil_used = false)]
fn _storydiff(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("IN_FULL", crate::statement::IN_FULL)?;
    module.add("WIDE", crate::statement::WIDE)?;
    error::register(module)?;
    comparison::register(module)?;
    cross::register(module)?;
    differences::register(module)?;
    encode::register(module)?;
    link::register(module)?;
    similarity::register(module)?;
    text::register(module)?;
    subword::register(module)?;
    tfidf::register(module)
}
