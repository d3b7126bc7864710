//! Probabilities of sentence pairs.

use numpy::ndarray::Array2;
use numpy::{IntoPyArray, PyArray1, PyArray2};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::encode::Signals;
use crate::error::{Error, Result};
use crate::link::{N_FEATURES, NAMES, Scorer};
use crate::pool::{GoOn, install};
use crate::sentence::MAX_BYTES;

/// Pairs between two looks at whether to go on.
const CHUNK: usize = 4096;

/// As much of a text as a sentence may have: aligning two takes the product of their words.
fn head(text: &PyBackedStr) -> &str {
    &text[..text.floor_char_boundary(MAX_BYTES)]
}

/// A scorer over the distinct sentences, the context first, and each pair's place in it.
fn scorer(
    left: &[PyBackedStr],
    right: &[PyBackedStr],
    context: &[PyBackedStr],
    n_threads: Option<usize>,
    go_on: GoOn,
) -> Result<(Scorer, Vec<(usize, usize)>)> {
    if left.len() != right.len() {
        return Err(Error::ShapeMismatch {
            what: "sentences of left and right",
            expected: left.len(),
            actual: right.len(),
        });
    }
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    let mut texts: Vec<&str> = Vec::new();
    let mut n_story = 0;
    for (at, text) in context.iter().chain(left).chain(right).enumerate() {
        let text = head(text);
        places.entry(text).or_insert_with(|| {
            texts.push(text);
            n_story += usize::from(at < context.len());
            texts.len() - 1
        });
    }
    let pairs = left.iter().zip(right).map(|(a, b)| (places[head(a)], places[head(b)])).collect();
    Ok((Scorer::new_with(&texts, n_story, n_threads, go_on)?, pairs))
}

#[pyfunction]
#[pyo3(signature = (left, right, context, n_threads=None))]
fn score_pairs<'py>(
    py: Python<'py>,
    left: Vec<PyBackedStr>,
    right: Vec<PyBackedStr>,
    context: Vec<PyBackedStr>,
    n_threads: Option<usize>,
) -> PyResult<Bound<'py, PyArray1<f32>>> {
    let mut signals = Signals::default();
    let scores = py.detach(|| {
        let (scorer, pairs) = scorer(&left, &right, &context, n_threads, &mut || signals.check())?;
        let mut scores = Vec::with_capacity(pairs.len());
        for chunk in pairs.chunks(CHUNK) {
            signals.check()?;
            let found: Vec<f32> =
                install(n_threads, || chunk.par_iter().map(|&(a, b)| scorer.probability(a, b)).collect())?;
            scores.extend(found);
        }
        Ok(scores)
    });
    Ok(scores.map_err(|error| signals.raised(error))?.into_pyarray(py))
}

/// The features the model sees, for training.
#[pyfunction]
fn pair_features<'py>(
    py: Python<'py>,
    left: Vec<PyBackedStr>,
    right: Vec<PyBackedStr>,
    context: Vec<PyBackedStr>,
) -> PyResult<Bound<'py, PyArray2<f32>>> {
    let rows = py.detach(|| {
        install(None, || {
            let (scorer, pairs) = scorer(&left, &right, &context, None, &mut || Ok(()))?;
            Ok(pairs.par_iter().flat_map_iter(|&(a, b)| scorer.pair_features(a, b)).collect::<Vec<f32>>())
        })
        .and_then(|outcome: Result<Vec<f32>>| outcome)
    })?;
    let rows = Array2::from_shape_vec((left.len(), N_FEATURES), rows).expect("one row of features per pair");
    Ok(rows.into_pyarray(py))
}

/// Names of the columns of `pair_features`.
#[pyfunction]
fn feature_names() -> Vec<&'static str> {
    NAMES.to_vec()
}

/// The stems of a sentence and whether each is written with a capital inside it, for the background table.
#[pyfunction]
fn stems(text: &str) -> Vec<(String, bool)> {
    Scorer::stems(text)
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(score_pairs, module)?)?;
    module.add_function(wrap_pyfunction!(pair_features, module)?)?;
    module.add_function(wrap_pyfunction!(feature_names, module)?)?;
    module.add_function(wrap_pyfunction!(stems, module)?)
}
