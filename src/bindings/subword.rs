//! The subword tokenizer.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyDict, PyIterator};

use crate::error::Error;
use crate::pool;
use crate::subword::{Encoding, SubwordModel, SubwordTokenizer, Training};

/// The tokens of one text.
#[pyclass(name = "Encoding", frozen, module = "storydiff._storydiff")]
pub struct PyEncoding(Encoding);

#[pymethods]
impl PyEncoding {
    #[getter]
    fn ids(&self) -> Vec<u32> {
        self.0.get_ids().to_vec()
    }

    #[getter]
    fn tokens(&self) -> Vec<String> {
        self.0.get_tokens().to_vec()
    }

    #[getter]
    fn offsets(&self) -> Vec<(usize, usize)> {
        self.0.get_offsets().to_vec()
    }

    #[getter]
    fn type_ids(&self) -> Vec<u32> {
        self.0.get_type_ids().to_vec()
    }

    #[getter]
    fn attention_mask(&self) -> Vec<u32> {
        self.0.get_attention_mask().to_vec()
    }

    #[getter]
    fn special_tokens_mask(&self) -> Vec<u32> {
        self.0.get_special_tokens_mask().to_vec()
    }

    #[getter]
    fn word_ids(&self) -> Vec<Option<u32>> {
        self.0.get_word_ids().to_vec()
    }

    #[getter]
    fn sequence_ids(&self) -> Vec<Option<usize>> {
        self.0.get_sequence_ids()
    }

    #[getter]
    fn overflowing(&self) -> Vec<PyEncoding> {
        self.0.get_overflowing().iter().cloned().map(PyEncoding).collect()
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __repr__(&self) -> String {
        format!("Encoding({:?})", self.0.get_tokens())
    }
}

/// A tokenizer in the Hugging Face format.
#[pyclass(name = "SubwordTokenizer", frozen, module = "storydiff._storydiff")]
pub struct PySubwordTokenizer(SubwordTokenizer);

#[pymethods]
impl PySubwordTokenizer {
    #[staticmethod]
    fn from_file(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        Ok(Self(py.detach(|| SubwordTokenizer::from_file(&path))?))
    }

    #[staticmethod]
    fn from_json(py: Python<'_>, json: PyBackedStr) -> PyResult<Self> {
        Ok(Self(py.detach(|| SubwordTokenizer::from_json(&json))?))
    }

    fn to_json(&self, py: Python<'_>, pretty: bool) -> PyResult<String> {
        Ok(py.detach(|| self.0.to_json(pretty))?)
    }

    fn encode_batch(
        &self,
        py: Python<'_>,
        texts: Vec<(PyBackedStr, Option<PyBackedStr>)>,
        add_special_tokens: bool,
        n_threads: Option<usize>,
    ) -> PyResult<Vec<PyEncoding>> {
        let mut raised = None;
        let mut go_on = || {
            Python::attach(|py| py.check_signals()).map_err(|error| {
                raised = Some(error);
                Error::Interrupted
            })
        };
        let encode = || pool::install(n_threads, || self.0.encode_batch(&texts, add_special_tokens, &mut go_on))?;
        match py.detach(encode) {
            Ok(encodings) => Ok(encodings.into_iter().map(PyEncoding).collect()),
            Err(error) => Err(raised.unwrap_or_else(|| error.into())),
        }
    }

    fn decode(&self, py: Python<'_>, ids: Vec<u32>, skip_special_tokens: bool) -> PyResult<String> {
        Ok(py.detach(|| self.0.decode(&ids, skip_special_tokens))?)
    }

    fn vocabulary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (token, id) in py.detach(|| self.0.vocabulary()) {
            dict.set_item(token, id)?;
        }
        Ok(dict)
    }

    #[getter]
    fn vocabulary_size(&self) -> usize {
        self.0.vocabulary_size()
    }

    fn id(&self, token: &str) -> Option<u32> {
        self.0.id(token)
    }

    fn token(&self, id: u32) -> PyResult<String> {
        self.0.token(id).ok_or_else(|| PyIndexError::new_err(format!("no token has the id {id}")))
    }

    #[staticmethod]
    #[pyo3(signature = (texts, *, model, vocab_size, min_frequency, lowercase, special_tokens, n_threads))]
    #[allow(clippy::too_many_arguments)]
    fn train(
        py: Python<'_>,
        texts: &Bound<'_, PyIterator>,
        model: &str,
        vocab_size: usize,
        min_frequency: u64,
        lowercase: bool,
        special_tokens: Vec<String>,
        n_threads: Option<usize>,
    ) -> PyResult<Self> {
        let model = match model {
            "bpe" => SubwordModel::Bpe,
            "wordpiece" => SubwordModel::WordPiece,
            "unigram" => SubwordModel::Unigram,
            actual => {
                let expected = "\"bpe\", \"wordpiece\" or \"unigram\"".into();
                return Err(Error::InvalidParameter { parameter: "model", expected, actual: actual.into() }.into());
            }
        };
        let training = Training { model, vocab_size, min_frequency, lowercase, special_tokens };
        let raised = Arc::new(Mutex::new(None));
        let texts = Texts { texts: texts.clone().unbind(), ready: Vec::new().into_iter(), raised: Arc::clone(&raised) };
        let outcome = py.detach(|| pool::install(n_threads, || SubwordTokenizer::train(&training, texts))?);
        match raised.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take() {
            Some(error) => Err(error),
            None => Ok(Self(outcome?)),
        }
    }
}

/// Texts of a Python iterator, for threads that do not hold the GIL; an error ends it and is kept.
struct Texts {
    texts: Py<PyIterator>,
    ready: std::vec::IntoIter<String>,
    raised: Arc<Mutex<Option<PyErr>>>,
}

impl Texts {
    fn fill(&mut self, py: Python<'_>) -> PyResult<()> {
        py.check_signals()?;
        let texts = self.texts.bind(py).clone().take(256);
        self.ready = texts.map(|text| text?.extract()).collect::<PyResult<Vec<String>>>()?.into_iter();
        Ok(())
    }
}

impl Iterator for Texts {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        if let Some(text) = self.ready.next() {
            return Some(text);
        }
        if let Err(error) = Python::attach(|py| self.fill(py)) {
            *self.raised.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(error);
            return None;
        }
        self.ready.next()
    }
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<PyEncoding>()?;
    module.add_class::<PySubwordTokenizer>()
}
