//! The cross-encoders.

use numpy::ndarray::Array2;
use numpy::{IntoPyArray, PyArray2};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

use super::encode::Signals;
use super::link::check_sides;
use crate::encode::{CrossEncoder, PairSignals, Size};

/// The log-odds of pairs of sentences: shared, conflict, same, then the score of each kind of conflict; by the large
/// cross-encoder, if asked for.
#[pyfunction]
#[pyo3(signature = (left, right, *, large=false, n_threads=None))]
fn cross_signals<'py>(
    py: Python<'py>,
    left: Vec<PyBackedStr>,
    right: Vec<PyBackedStr>,
    large: bool,
    n_threads: Option<usize>,
) -> PyResult<Bound<'py, PyArray2<f32>>> {
    let mut signals = Signals::default();
    let read = py.detach(|| {
        check_sides(&left, &right)?;
        let pairs: Vec<(&str, &str)> = left.iter().zip(&right).map(|(left, right)| (&**left, &**right)).collect();
        let size = if large { Size::Large } else { Size::Small };
        CrossEncoder::embedded(size).read(&pairs, n_threads, &mut |_, _| signals.check())
    });
    let read = read.map_err(|error| signals.raised(error))?;
    let rows: Vec<f32> = read.iter().flat_map(PairSignals::all).collect();
    let rows = Array2::from_shape_vec((read.len(), PairSignals::N), rows).expect("one row of signals per pair");
    Ok(rows.into_pyarray(py))
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(cross_signals, module)?)
}
