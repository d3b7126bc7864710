"""From features to columns and counts: the vocabulary, which terms stay in it, and what `partial_fit` has counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Integral
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from storydiff import _storydiff
from storydiff.sklearn.estimator import NotFittedError, as_configured
from storydiff.sklearn.text_analyzer import TextAnalyzer
from storydiff.terms import chunks


class TermCounter(TextAnalyzer):
    """Counts features and learns a vocabulary; its parameters are described by `CountVectorizer`.

    The vocabulary becomes a dict when somebody asks for it.
    """

    max_df: float
    min_df: float
    max_features: int | None
    vocabulary: Any
    binary: bool
    dtype: Any

    vocabulary_: dict[Any, int]
    fixed_vocabulary_: bool

    def _validate_vocabulary(self) -> None:
        given = self.vocabulary
        if given is None:
            self.fixed_vocabulary_ = False
            return
        if isinstance(given, set):
            given = sorted(given)
        vocabulary: dict[Any, int] = {}
        if isinstance(given, Mapping):
            columns = set(given.values())
            if len(columns) != len(given):
                raise ValueError("Vocabulary contains repeated indices.")
            for column in range(len(given)):
                if column not in columns:
                    raise ValueError(f"Vocabulary of size {len(given)} doesn't contain index {column}.")
            vocabulary = dict(given)
        else:
            for column, term in enumerate(given):
                if vocabulary.setdefault(term, column) != column:
                    raise ValueError(f"Duplicate term in vocabulary: {term!r}")
        if not vocabulary:
            raise ValueError("empty vocabulary passed to fit")
        self.fixed_vocabulary_ = True
        self.vocabulary_ = vocabulary

    def _check_vocabulary(self) -> None:
        if not hasattr(self, "vocabulary_"):
            self._validate_vocabulary()
            if not self.fixed_vocabulary_:
                raise NotFittedError("Vocabulary not fitted or provided")
        if len(self.vocabulary_) == 0:
            raise ValueError("Vocabulary is empty")

    def _count_texts(self, raw_documents: Iterable[Any]) -> _storydiff.TextCounts | None:
        """Counts by the core's own vocabulary, None when Python has a say."""
        analyze = self.build_analyzer()
        analysis = self._core_analysis()
        if analysis is None:
            return None
        counts = _storydiff.TextCounts()
        for texts in chunks(self._texts(raw_documents, analyze)):
            counts.merge(analysis.count(texts))
        return counts

    def _count_known(self, raw_documents: Iterable[Any], vocabulary: dict[Any, int]) -> Any:
        """Rows of counts by the columns of a vocabulary."""
        analyze = self.build_analyzer()
        analysis = self._core_analysis()
        counts = _storydiff.FeatureCounts()
        if analysis is None:
            for doc in raw_documents:
                counts.add(analyze(doc), vocabulary, True)
        else:
            for texts in chunks(self._texts(raw_documents, analyze)):
                chunk = analysis.count(texts)
                counts.extend(chunk, chunk.columns(vocabulary))
        return self._matrix(counts, np.arange(len(vocabulary), dtype=np.int32), len(vocabulary))

    def _matrix(self, counts: Any, columns: npt.NDArray[np.int32], n_columns: int) -> Any:
        dtype = np.dtype(self.dtype)
        kind = {"float64": "d", "float32": "f", "int64": "q"}.get(dtype.name, "i")
        data, indices, indptr = counts.matrix(columns, bool(self.binary), kind)
        X = sp.csr_matrix((len(indptr) - 1, n_columns), dtype=dtype)
        X.data, X.indices, X.indptr = data.astype(dtype, copy=False), indices, indptr
        X.has_sorted_indices = True
        X.has_canonical_format = True
        return as_configured(X)

    def _sort_features(self, X: Any, vocabulary: dict[Any, int]) -> Any:
        """Number the columns of a matrix anew in the order of their terms, in place."""
        columns = np.empty(len(vocabulary), dtype=X.indices.dtype)
        for column, (term, before) in enumerate(sorted(vocabulary.items())):
            columns[before] = column
            vocabulary[term] = column
        X.indices = columns.take(X.indices, mode="clip")
        return X

    def _keep(self, frequencies: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]], n_documents: int) -> Any:
        """Which terms stay, by their document and term frequencies in the order of the terms."""
        max_df = self.max_df if isinstance(self.max_df, Integral) else self.max_df * n_documents
        min_df = self.min_df if isinstance(self.min_df, Integral) else self.min_df * n_documents
        if max_df < min_df:
            raise ValueError("max_df corresponds to < documents than min_df")
        document_frequency, term_frequency = frequencies
        keep = (document_frequency <= max_df) & (document_frequency >= min_df)
        if self.max_features is not None and keep.sum() > self.max_features:
            # The sums as a matrix of this dtype has them, so that NumPy's sort breaks ties alike.
            sums = document_frequency if self.binary else term_frequency
            sums = sums.astype(np.zeros(1, self.dtype).sum().dtype)
            most = (-sums[keep]).argsort()[: self.max_features]
            keep = np.isin(np.arange(len(keep)), np.flatnonzero(keep)[most])
        if not keep.any():
            raise ValueError("After pruning, no terms remain. Try a lower min_df or a higher max_df.")
        return keep

    def _learn(self, counts: _storydiff.TextCounts) -> npt.NDArray[np.int32]:
        """Learn the model; gives the column of each n-gram, -1 for those left out."""
        order = counts.sorted()
        if not len(order):
            raise ValueError("empty vocabulary; perhaps the documents only contain stop words")
        document_frequency, term_frequency = counts.totals()
        keep = self._keep((document_frequency[order], term_frequency[order]), counts.n_documents)
        columns = np.full(len(document_frequency), -1, dtype=np.int32)
        order = order[keep]
        columns[order] = np.arange(len(order), dtype=np.int32)
        self._terms = counts.vocabulary(columns)
        self.__dict__.pop("vocabulary_", None)
        self._learn_frequencies(document_frequency[order], counts.n_documents)
        return columns

    def _learn_frequencies(self, document_frequency: npt.NDArray[np.int64], n_documents: int) -> None:
        """Take what a model needs beside the vocabulary."""

    def _fit_features(self, raw_documents: Iterable[Any]) -> Any:
        """Learn and count with features from Python."""
        analyze = self.build_analyzer()
        vocabulary: dict[Any, int] = {}
        counts = _storydiff.FeatureCounts()
        for doc in raw_documents:
            counts.add(analyze(doc), vocabulary, False)
        if not vocabulary:
            raise ValueError("empty vocabulary; perhaps the documents only contain stop words")
        order = np.fromiter((vocabulary[term] for term in sorted(vocabulary)), np.int64, len(vocabulary))
        document_frequency, term_frequency = counts.totals(len(vocabulary))
        keep = self._keep((document_frequency[order], term_frequency[order]), counts.n_documents)
        columns = np.full(len(order), -1, dtype=np.int32)
        columns[order[keep]] = np.arange(keep.sum(), dtype=np.int32)
        self.vocabulary_ = {term: column for term, n in vocabulary.items() if (column := int(columns[n])) >= 0}
        return self._matrix(counts, columns, len(self.vocabulary_))

    def _join(self, counts: _storydiff.TextCounts) -> None:
        before = self.__dict__.get("_counts")
        if before is not None:
            before.merge(counts)
            counts = before
        self._counts = counts
        for learned in ("vocabulary_", "_terms", "_tfidf"):
            self.__dict__.pop(learned, None)
        self._stale = True

    def _refresh(self) -> None:
        """Learn the model from the counts of `partial_fit`."""
        self._learn(self._counts)
        self._stale = False

    def __getattr__(self, name: str) -> Any:
        if name in ("vocabulary_", "_tfidf") and self.__dict__.get("_stale"):
            self._refresh()
            return getattr(self, name)
        terms = self.__dict__.get("_terms") if name == "vocabulary_" else None
        if terms is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        vocabulary = self.__dict__.setdefault("vocabulary_", terms.to_dict())
        self.__dict__.pop("_terms", None)
        return vocabulary

    def __getstate__(self) -> dict[str, Any]:
        if "_terms" in vars(self):
            self.__getattr__("vocabulary_")
        state: dict[str, Any] = super().__getstate__()
        return state
