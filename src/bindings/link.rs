//! Probabilities of sentence pairs.

use numpy::ndarray::Array2;
use numpy::{IntoPyArray, PyArray1, PyArray2};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::encode::Signals;
use crate::candidate::CandidatePair;
use crate::encode::{Cache, PairOdds};
use crate::error::{Error, Result};
use crate::language::Language;
use crate::link::{
    Before, Encoding, N_FEATURES, N_PLACES, N_THIRDS, NAMES, PLACE_NAMES, Places, Scorer, THIRD_NAMES,
    place_features as features_of_places, probability, read_pairs, third_features as features_of_thirds,
};
use crate::pool::{GoOn, install};
use crate::sentence::MAX_BYTES;

/// Pairs between two looks at whether to go on.
const CHUNK: usize = 4096;
/// Pairs that one thread scores together.
const BLOCK: usize = 64;
/// Pairs without a context that are read together.
const PART: usize = 512;

/// As much of a text as a sentence may have: aligning two takes the product of their words.
fn head(text: &PyBackedStr) -> &str {
    &text[..text.floor_char_boundary(MAX_BYTES)]
}

/// Whether there is a right sentence for each left one.
pub fn check_sides(left: &[PyBackedStr], right: &[PyBackedStr]) -> Result<()> {
    match left.len() == right.len() {
        true => Ok(()),
        false => {
            Err(Error::ShapeMismatch { what: "sentences of left and right", expected: left.len(), actual: right.len() })
        }
    }
}

/// Calls `of` with a scorer and the places of a pair's sentences in it, pair by pair.
fn over_pairs<T: Send>(
    sides: [&[PyBackedStr]; 3],
    encoder: Option<&str>,
    n_threads: Option<usize>,
    go_on: GoOn,
    of: impl Fn(&Scorer, usize, usize) -> T + Sync,
) -> Result<Vec<T>> {
    over_blocks(sides, encoder, n_threads, go_on, |scorer, pairs| {
        pairs.iter().map(|&(left, right)| of(scorer, left, right)).collect()
    })
}

/// [`over_pairs`], several pairs a call.
///
/// With a context all sentences are one story. Pairs without one know nothing of each other, so they are read in parts.
fn over_blocks<T: Send>(
    [left, right, context]: [&[PyBackedStr]; 3],
    encoder: Option<&str>,
    n_threads: Option<usize>,
    go_on: GoOn,
    of: impl Fn(&Scorer, &[(usize, usize)]) -> Vec<T> + Sync,
) -> Result<Vec<T>> {
    check_sides(left, right)?;
    let encoding = match Encoding::from_name(encoder)? {
        Encoding::Mpnet => {
            let expected = "\"minilm\", \"static\" or nothing for pairs".into();
            return Err(Error::InvalidParameter { parameter: "encoder", expected, actual: "\"mpnet\"".into() });
        }
        encoding => encoding,
    };
    let size = if context.is_empty() { PART } else { left.len().max(1) };
    let mut found = Vec::with_capacity(left.len());
    for (left, right) in left.chunks(size).zip(right.chunks(size)) {
        go_on()?;
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        let mut texts: Vec<&str> = Vec::new();
        for text in context.iter().chain(left).chain(right).map(head) {
            places.entry(text).or_insert_with(|| {
                texts.push(text);
                texts.len() - 1
            });
        }
        let pairs: Vec<_> = left.iter().zip(right).map(|(a, b)| (places[head(a)], places[head(b)])).collect();
        let n_story = if context.is_empty() { 0 } else { texts.len() };
        let kept = (&Cache::default(), &mut Cache::default());
        let readings = encoding.readings(&texts, n_story, "en", kept, n_threads, &mut |_, _| go_on())?;
        let scorer = Scorer::new_with(&texts, n_story, readings.as_deref(), Language::English, n_threads, go_on)?;
        for pairs in pairs.chunks(CHUNK) {
            go_on()?;
            let parts: Vec<Vec<T>> =
                install(n_threads, || pairs.par_chunks(BLOCK).map(|pairs| of(&scorer, pairs)).collect())?;
            found.extend(parts.into_iter().flatten());
        }
    }
    Ok(found)
}

#[pyfunction]
#[pyo3(signature = (left, right, context, *, encoder=None, n_threads=None))]
fn score_pairs<'py>(
    py: Python<'py>,
    left: Vec<PyBackedStr>,
    right: Vec<PyBackedStr>,
    context: Vec<PyBackedStr>,
    encoder: Option<&str>,
    n_threads: Option<usize>,
) -> PyResult<Bound<'py, PyArray1<f32>>> {
    let mut signals = Signals::default();
    let scores = py.detach(|| {
        let go_on = &mut || signals.check();
        let of = |scorer: &Scorer, pairs: &[(usize, usize)]| {
            scorer.log_odds(pairs).into_iter().map(|log_odds| (log_odds, scorer.is_read())).collect()
        };
        let scored = over_blocks([&left, &right, &context], encoder, n_threads, go_on, of)?;
        let (mut log_odds, is_read): (Vec<f32>, Vec<bool>) = scored.into_iter().unzip();
        if is_read.contains(&true) {
            let pairs: Vec<_> = left.iter().zip(&right).map(|(a, b)| (head(a), head(b))).collect();
            read_pairs(&pairs, &mut log_odds, n_threads, &mut |_, _| go_on())?;
        }
        Ok::<_, Error>(log_odds.into_iter().map(probability).collect::<Vec<f32>>())
    });
    Ok(scores.map_err(|error| signals.raised(error))?.into_pyarray(py))
}

/// The features the model sees, for training.
#[pyfunction]
#[pyo3(signature = (left, right, context, *, encoder=None))]
fn pair_features<'py>(
    py: Python<'py>,
    left: Vec<PyBackedStr>,
    right: Vec<PyBackedStr>,
    context: Vec<PyBackedStr>,
    encoder: Option<&str>,
) -> PyResult<Bound<'py, PyArray2<f32>>> {
    let mut signals = Signals::default();
    let rows = py.detach(|| {
        over_pairs([&left, &right, &context], encoder, None, &mut || signals.check(), Scorer::pair_features)
    });
    let rows = rows.map_err(|error| signals.raised(error))?.concat();
    let rows = Array2::from_shape_vec((left.len(), N_FEATURES), rows).expect("one row of features per pair");
    Ok(rows.into_pyarray(py))
}

/// What late interaction says of pairs of sentences of a story, for training: the log-odds, then the signals.
#[pyfunction]
fn late_signals<'py>(
    py: Python<'py>,
    left: Vec<PyBackedStr>,
    right: Vec<PyBackedStr>,
    context: Vec<PyBackedStr>,
) -> PyResult<Bound<'py, PyArray2<f32>>> {
    let mut signals = Signals::default();
    let rows = py.detach(|| {
        over_pairs([&left, &right, &context], Some("minilm"), None, &mut || signals.check(), |scorer, left, right| {
            let late = scorer.late(left, right).unwrap_or_default();
            std::iter::once(late.log_odds).chain(late.signals).collect::<Vec<f32>>()
        })
    });
    let rows = rows.map_err(|error| signals.raised(error))?.concat();
    let n_columns = PLACE_NAMES.len() - N_PLACES - 1;
    let rows = Array2::from_shape_vec((left.len(), n_columns), rows).expect("one row of signals per pair");
    Ok(rows.into_pyarray(py))
}

/// The pairs of a story, and where its sentences stand, all of which count.
fn placed(articles: &[u32], pairs: &[(usize, usize)]) -> (Vec<CandidatePair>, Places) {
    let pair = |&(left, right): &(usize, usize)| CandidatePair { left: left.into(), right: right.into() };
    (pairs.iter().map(pair).collect(), Places::new(articles, &vec![true; articles.len()]))
}

/// Where each pair of a story stands, for a second look in training: by the article of each sentence, the pairs in
/// ascending order, and the log-odds of the first look.
#[pyfunction]
fn place_features<'py>(
    py: Python<'py>,
    articles: Vec<u32>,
    pairs: Vec<(usize, usize)>,
    log_odds: Vec<f32>,
) -> Bound<'py, PyArray2<f32>> {
    let (pairs, places) = placed(&articles, &pairs);
    let rows = features_of_places(&pairs, &log_odds, &places).concat();
    let rows = Array2::from_shape_vec((pairs.len(), N_PLACES), rows).expect("one row of features per pair");
    rows.into_pyarray(py)
}

/// What the last look at the pairs of a story sees, in training: by the article of each sentence, the pairs in ascending
/// order, their log-odds, those before they were read, and what reading said, shared and conflict, zeros where it did
/// not. Rows of pairs that are not looked at are NaN.
#[pyfunction]
fn third_features<'py>(
    py: Python<'py>,
    articles: Vec<u32>,
    pairs: Vec<(usize, usize)>,
    log_odds: Vec<f32>,
    known: Vec<f32>,
    read: Vec<(f32, f32)>,
) -> Bound<'py, PyArray2<f32>> {
    let (pairs, places) = placed(&articles, &pairs);
    let before =
        |(&known, &(shared, conflict)): (&f32, &(f32, f32))| Before { known, read: PairOdds { shared, conflict } };
    let before: Vec<Before> = known.iter().zip(&read).map(before).collect();
    let rows = features_of_thirds(&pairs, &log_odds, &before, &places);
    let rows: Vec<f32> = rows.into_iter().flat_map(|row| row.unwrap_or([f32::NAN; N_THIRDS])).collect();
    let rows = Array2::from_shape_vec((pairs.len(), N_THIRDS), rows).expect("one row of features per pair");
    rows.into_pyarray(py)
}

/// Names of the columns of `third_features`.
#[pyfunction]
fn third_names() -> Vec<&'static str> {
    THIRD_NAMES.to_vec()
}

/// Names of what a second look sees: the columns of `place_features`, the forest, the columns of `late_signals`.
#[pyfunction]
fn place_names() -> Vec<&'static str> {
    PLACE_NAMES.to_vec()
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
    module.add_function(wrap_pyfunction!(place_features, module)?)?;
    module.add_function(wrap_pyfunction!(late_signals, module)?)?;
    module.add_function(wrap_pyfunction!(place_names, module)?)?;
    module.add_function(wrap_pyfunction!(third_features, module)?)?;
    module.add_function(wrap_pyfunction!(third_names, module)?)?;
    module.add_function(wrap_pyfunction!(stems, module)?)
}
