//! Counts of n-grams and their weights, for `python/storydiff/sklearn`.

use std::sync::Arc;

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1, PyReadwriteArray1};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyBytes, PyDict, PyString};

use crate::error::Error;
use crate::pool;
use crate::tfidf::{
    Analysis, Analyzer, Characters, CountMatrix, Counts, Index, Norm, Rows, Totals, Value, Weight, weigh_rows,
};

/// `(texts, n-grams, document frequencies, term frequencies, number of documents)`
type Parts<'py> = (Vec<Bound<'py, PyBytes>>, Vec<(u32, u32)>, Vec<i64>, Vec<i64>, usize);
/// `(data, indices, indptr)`
type CsrArrays<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>, Bound<'py, PyAny>);

/// A document: Python's own ASCII, or a copy as UTF-8, where lone surrogates stand as three bytes.
enum Document {
    Ascii(PyBackedStr),
    Bytes(PyBackedBytes),
}

impl AsRef<[u8]> for Document {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Ascii(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

impl<'py> FromPyObject<'_, 'py> for Document {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let text = object.cast::<PyString>()?.to_owned();
        if text.call_method0("isascii")?.extract()? {
            return Ok(Self::Ascii(text.try_into()?));
        }
        // A copy for as long as it is counted: asked for its UTF-8, a str would keep it for good.
        match text.encode_utf8() {
            Ok(bytes) => Ok(Self::Bytes(bytes.into())),
            Err(_) => Ok(Self::Bytes(surrogate_bytes(&text)?.into())),
        }
    }
}

fn surrogate_bytes<'py>(text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyBytes>> {
    Ok(text.call_method1("encode", ("utf-8", "surrogatepass"))?.cast_into::<PyBytes>()?)
}

fn string<'py>(py: Python<'py>, term: &[u8]) -> PyResult<Bound<'py, PyString>> {
    match std::str::from_utf8(term) {
        Ok(term) => Ok(PyString::new(py, term)),
        Err(_) => {
            let text = PyBytes::new(py, term).call_method1("decode", ("utf-8", "surrogatepass"))?;
            Ok(text.cast_into::<PyString>()?)
        }
    }
}

/// What each character is, under the Unicode version of the running Python.
#[pyclass(name = "Characters", frozen, module = "storydiff._storydiff")]
pub struct PyCharacters(Arc<Characters>);

#[pymethods]
impl PyCharacters {
    #[new]
    fn new(word: Vec<(u32, u32)>, space: Vec<(u32, u32)>, mark: Vec<(u32, u32)>, lower: Vec<(char, String)>) -> Self {
        Self(Arc::new(Characters::new(&word, &space, &mark, &lower)))
    }
}

/// How documents become n-grams.
#[pyclass(name = "Analysis", frozen, module = "storydiff._storydiff")]
pub struct PyAnalysis(Analysis);

#[pymethods]
impl PyAnalysis {
    #[new]
    #[pyo3(signature = (characters, *, analyzer, ngram_range, lowercase, min_length, stop_words))]
    fn new(
        characters: &PyCharacters,
        analyzer: &str,
        ngram_range: (usize, usize),
        lowercase: bool,
        min_length: usize,
        stop_words: Vec<Document>,
    ) -> PyResult<Self> {
        let analyzer = match analyzer {
            "word" => Analyzer::Word { min_length, marks: false },
            "unicode_word" => Analyzer::Word { min_length, marks: true },
            "char" => Analyzer::Char,
            "char_wb" => Analyzer::CharWithinWord,
            actual => {
                let expected = "\"word\", \"unicode_word\", \"char\" or \"char_wb\"".into();
                return Err(Error::InvalidParameter { parameter: "analyzer", expected, actual: actual.into() }.into());
            }
        };
        let stop_words = stop_words.iter().map(|word| word.as_ref().to_vec()).collect();
        let characters = Arc::clone(&characters.0);
        Ok(Self(Analysis { analyzer, ngram_range, lowercase, stop_words, characters }))
    }

    fn count(&self, py: Python<'_>, texts: Vec<Document>) -> PyResult<PyTextCounts> {
        Ok(PyTextCounts(py.detach(|| pool::install(None, || Counts::of(&texts, &self.0)))?))
    }
}

/// The n-grams of some texts, numbered in order of first occurrence.
#[pyclass(name = "TextCounts", module = "storydiff._storydiff")]
pub struct PyTextCounts(Counts);

#[pymethods]
impl PyTextCounts {
    #[new]
    fn new() -> Self {
        Self(Counts::default())
    }

    #[getter]
    fn n_documents(&self) -> usize {
        self.0.n_documents()
    }

    /// Adds the counts of the documents that follow; takes them from `other`.
    fn merge(&mut self, py: Python<'_>, other: &mut Self) {
        let other = std::mem::take(&mut other.0);
        py.detach(|| self.0.merge(other));
    }

    fn copy(&self, py: Python<'_>) -> Self {
        Self(py.detach(|| self.0.clone()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Parts<'py>)> {
        let py = slf.py();
        let this = slf.borrow();
        let (texts, ngrams, totals) = this.0.parts();
        let texts = texts.into_iter().map(|text| PyBytes::new(py, text)).collect();
        let parts = (texts, ngrams, totals.document_frequency, totals.term_frequency, totals.n_documents);
        Ok((slf.get_type().getattr("restore")?, parts))
    }

    #[staticmethod]
    fn restore(
        texts: Vec<PyBackedBytes>,
        ngrams: Vec<(u32, u32)>,
        document_frequency: Vec<i64>,
        term_frequency: Vec<i64>,
        n_documents: usize,
    ) -> PyResult<Self> {
        let totals = Totals { n_documents, document_frequency, term_frequency };
        match Counts::from_parts(&texts, &ngrams, totals) {
            Some(counts) => Ok(Self(counts)),
            None => Err(PyValueError::new_err("these are no counts")),
        }
    }

    fn forget_rows(&mut self, py: Python<'_>) {
        py.detach(|| self.0.forget_rows());
    }

    fn prune(&mut self, py: Python<'_>, min_df: i64) {
        self.0 = py.detach(|| self.0.pruned(min_df));
    }

    fn sorted<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray1<u32>>> {
        Ok(py.detach(|| pool::install(None, || self.0.sorted()))?.into_pyarray(py))
    }

    fn totals<'py>(&self, py: Python<'py>) -> (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>) {
        let totals = py.detach(|| self.0.totals());
        (totals.document_frequency.into_pyarray(py), totals.term_frequency.into_pyarray(py))
    }

    /// Takes the documents.
    fn matrix<'py>(
        &mut self,
        py: Python<'py>,
        columns: PyReadonlyArray1<'py, i32>,
        binary: bool,
        kind: char,
    ) -> PyResult<CsrArrays<'py>> {
        let rows = std::mem::take(&mut self.0).into_rows();
        matrix(py, rows, columns.as_slice()?, binary, kind)
    }

    /// The columns of a vocabulary by n-gram, -1 where it has none.
    fn columns<'py>(&self, py: Python<'py>, vocabulary: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyArray1<i32>>> {
        let mut columns = vec![-1; self.0.n_ngrams()];
        let mut text = Vec::new();
        let totals = self.0.totals();
        for (id, column) in columns.iter_mut().enumerate().filter(|(id, _)| totals.document_frequency[*id] > 0) {
            text.clear();
            self.0.text(id, &mut text);
            if let Some(found) = vocabulary.get_item(string(py, &text)?)? {
                *column = found.extract()?;
            }
        }
        Ok(columns.into_pyarray(py))
    }

    /// The n-grams that have a column, in order of first occurrence.
    fn vocabulary(&self, py: Python<'_>, columns: PyReadonlyArray1<'_, i32>) -> PyResult<PyVocabulary> {
        let columns = columns.as_slice()?;
        Ok(py.detach(|| {
            let kept = (0..self.0.n_ngrams()).filter(|&id| columns[id] >= 0);
            let mut vocabulary = PyVocabulary::default();
            for id in kept {
                self.0.text(id, &mut vocabulary.bytes);
                vocabulary.ends.push(vocabulary.bytes.len());
                vocabulary.columns.push(columns[id]);
            }
            vocabulary
        }))
    }
}

/// A fitted vocabulary, before anyone asks for it as a dict.
#[pyclass(name = "TermColumns", frozen, module = "storydiff._storydiff")]
#[derive(Default)]
pub struct PyVocabulary {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    columns: Vec<i32>,
}

#[pymethods]
impl PyVocabulary {
    fn __len__(&self) -> usize {
        self.columns.len()
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        let mut start = 0;
        for (&end, &column) in self.ends.iter().zip(&self.columns) {
            dict.set_item(string(py, &self.bytes[start..end])?, column)?;
            start = end;
        }
        Ok(dict)
    }
}

/// Documents as counts of numbers that the caller gives out: features of a Python analyzer, or columns.
#[pyclass(name = "FeatureCounts", module = "storydiff._storydiff")]
pub struct PyFeatureCounts(Rows);

#[pymethods]
impl PyFeatureCounts {
    #[new]
    fn new() -> Self {
        Self(Rows::default())
    }

    #[getter]
    fn n_documents(&self) -> usize {
        self.0.len()
    }

    /// Counts the features of one document; a feature that `vocabulary` lacks gets the next number, or is left out.
    fn add(&mut self, features: &Bound<'_, PyAny>, vocabulary: &Bound<'_, PyDict>, fixed: bool) -> PyResult<()> {
        let mut numbers = Vec::new();
        for feature in features.try_iter()? {
            let feature = feature?;
            match vocabulary.get_item(&feature)? {
                Some(number) => numbers.push(number.extract()?),
                None if fixed => {}
                None => {
                    let number = vocabulary.len() as u32;
                    vocabulary.set_item(feature, number)?;
                    numbers.push(number);
                }
            }
        }
        self.0.push(&mut numbers);
        Ok(())
    }

    /// Adds documents whose n-grams have these columns.
    fn extend(&mut self, py: Python<'_>, texts: &mut PyTextCounts, columns: PyReadonlyArray1<'_, i32>) -> PyResult<()> {
        let rows = std::mem::take(&mut texts.0).into_rows();
        let columns = columns.as_slice()?;
        py.detach(|| rows.into_iter().for_each(|rows| self.0.extend_known(rows, columns)));
        Ok(())
    }

    fn totals<'py>(&self, py: Python<'py>, n: usize) -> (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>) {
        let totals = py.detach(|| self.0.totals(n));
        (totals.document_frequency.into_pyarray(py), totals.term_frequency.into_pyarray(py))
    }

    /// Takes the documents.
    fn matrix<'py>(
        &mut self,
        py: Python<'py>,
        columns: PyReadonlyArray1<'py, i32>,
        binary: bool,
        kind: char,
    ) -> PyResult<CsrArrays<'py>> {
        let rows = vec![std::mem::take(&mut self.0)];
        matrix(py, rows, columns.as_slice()?, binary, kind)
    }
}

fn matrix<'py>(
    py: Python<'py>,
    rows: Vec<Rows>,
    columns: &[i32],
    binary: bool,
    kind: char,
) -> PyResult<CsrArrays<'py>> {
    fn arrays<'py, T: Value + numpy::Element>(
        py: Python<'py>,
        rows: Vec<Rows>,
        columns: &[i32],
        binary: bool,
    ) -> PyResult<CsrArrays<'py>> {
        let CountMatrix { data, indices, indptr } =
            py.detach(|| pool::install(None, || CountMatrix::<T>::new(rows, columns, binary)))?;
        let data = data.into_pyarray(py).into_any();
        if indices.len() > i32::MAX as usize {
            let indices: Vec<i64> = indices.into_iter().map(i64::from).collect();
            return Ok((data, indices.into_pyarray(py).into_any(), indptr.into_pyarray(py).into_any()));
        }
        let indptr: Vec<i32> = indptr.into_iter().map(|start| start as i32).collect();
        Ok((data, indices.into_pyarray(py).into_any(), indptr.into_pyarray(py).into_any()))
    }
    match kind {
        'd' => arrays::<f64>(py, rows, columns, binary),
        'f' => arrays::<f32>(py, rows, columns, binary),
        'q' => arrays::<i64>(py, rows, columns, binary),
        _ => arrays::<i32>(py, rows, columns, binary),
    }
}

/// Weighs CSR rows in place; false when a value was not finite.
#[pyfunction(name = "weigh_rows")]
#[pyo3(signature = (data, indices, indptr, idf, norm))]
fn py_weigh_rows<'py>(
    py: Python<'py>,
    data: &Bound<'py, PyAny>,
    indices: &Bound<'py, PyAny>,
    indptr: &Bound<'py, PyAny>,
    idf: Option<&Bound<'py, PyAny>>,
    norm: Option<&str>,
) -> PyResult<bool> {
    fn weigh<'py, W: Weight + numpy::Element, I: Index + numpy::Element>(
        py: Python<'py>,
        [data, indices, indptr]: [&Bound<'py, PyAny>; 3],
        idf: Option<&Bound<'py, PyAny>>,
        norm: Option<Norm>,
    ) -> PyResult<bool> {
        let mut data: PyReadwriteArray1<'py, W> = data.extract()?;
        let indices: PyReadonlyArray1<'py, I> = indices.extract()?;
        let indptr: PyReadonlyArray1<'py, I> = indptr.extract()?;
        let idf: Option<PyReadonlyArray1<'py, W>> = idf.map(|idf| idf.extract()).transpose()?;
        let idf = idf.as_ref().map(|idf| idf.as_slice()).transpose()?;
        let (data, indices, indptr) = (data.as_slice_mut()?, indices.as_slice()?, indptr.as_slice()?);
        Ok(py.detach(|| pool::install(None, || weigh_rows(data, indices, indptr, idf, norm)))?)
    }
    let norm = norm.map(|norm| if norm == "l1" { Norm::L1 } else { Norm::L2 });
    let arrays = [data, indices, indptr];
    let is_wide = indices.cast::<PyArray1<i64>>().is_ok();
    match (data.cast::<PyArray1<f64>>().is_ok(), data.cast::<PyArray1<f32>>().is_ok()) {
        (true, _) if is_wide => weigh::<f64, i64>(py, arrays, idf, norm),
        (true, _) => weigh::<f64, i32>(py, arrays, idf, norm),
        (_, true) if is_wide => weigh::<f32, i64>(py, arrays, idf, norm),
        (_, true) => weigh::<f32, i32>(py, arrays, idf, norm),
        _ => Err(PyTypeError::new_err("weights must be float32 or float64")),
    }
}

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<PyCharacters>()?;
    module.add_class::<PyAnalysis>()?;
    module.add_class::<PyTextCounts>()?;
    module.add_class::<PyVocabulary>()?;
    module.add_class::<PyFeatureCounts>()?;
    module.add_function(wrap_pyfunction!(py_weigh_rows, module)?)
}
