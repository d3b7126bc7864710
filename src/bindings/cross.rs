//! The cross-encoder.

use numpy::ndarray::Array2;
use numpy::{IntoPyArray, PyArray2};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

use super::encode::Signals;
use super::link::check_sides;
use super::offsets::CodePoints;
use crate::encode::{CrossEncoder, PairReading};
use crate::error::Result;
use crate::span::Span;

/// Spans of one side.
type Spans = Vec<(usize, usize)>;

/// The readings of pairs, each with its texts.
fn read<'a>(
    left: &'a [PyBackedStr],
    right: &'a [PyBackedStr],
    n_threads: Option<usize>,
    signals: &mut Signals,
) -> Result<Vec<((&'a str, &'a str), PairReading)>> {
    check_sides(left, right)?;
    let pairs: Vec<(&str, &str)> = left.iter().zip(right).map(|(left, right)| (&**left, &**right)).collect();
    let readings = CrossEncoder::embedded().read(&pairs, n_threads, &mut |_, _| signals.check())?;
    Ok(pairs.into_iter().zip(readings).collect())
}

/// The log-odds of pairs of sentences: shared, conflict, same, then the score of each kind of conflict.
#[pyfunction]
#[pyo3(signature = (left, right, *, n_threads=None))]
fn cross_signals<'py>(
    py: Python<'py>,
    left: Vec<PyBackedStr>,
    right: Vec<PyBackedStr>,
    n_threads: Option<usize>,
) -> PyResult<Bound<'py, PyArray2<f32>>> {
    let mut signals = Signals::default();
    let readings = py.detach(|| read(&left, &right, n_threads, &mut signals));
    let readings = readings.map_err(|error| signals.raised(error))?;
    let rows: Vec<f32> = readings.iter().flat_map(|(_, reading)| reading.signals()).collect();
    let rows = Array2::from_shape_vec((left.len(), PairReading::N_SIGNALS), rows).expect("one row of signals per pair");
    Ok(rows.into_pyarray(py))
}

/// The words marked in pairs of sentences: those that differ, left and right, then those of what is shared.
#[pyfunction]
#[pyo3(signature = (left, right, *, n_threads=None))]
fn cross_marks(
    py: Python<'_>,
    left: Vec<PyBackedStr>,
    right: Vec<PyBackedStr>,
    n_threads: Option<usize>,
) -> PyResult<Vec<(Spans, Spans, Spans, Spans)>> {
    let mut signals = Signals::default();
    let marks = py.detach(|| {
        let marks = |((left, right), reading): &((&str, &str), PairReading)| {
            let of = |text: &str, spans: &[Span]| -> Spans {
                let points = CodePoints::new(text);
                spans.iter().map(|&span| points.span(text, span)).collect()
            };
            let (differing, common) = (&reading.differing, &reading.common);
            (of(left, &differing.0), of(right, &differing.1), of(left, &common.0), of(right, &common.1))
        };
        Ok(read(&left, &right, n_threads, &mut signals)?.iter().map(marks).collect())
    });
    marks.map_err(|error| signals.raised(error))
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(cross_signals, module)?)?;
    module.add_function(wrap_pyfunction!(cross_marks, module)?)
}
