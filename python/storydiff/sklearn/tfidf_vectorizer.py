"""Documents to rows of TF-IDF weights: counts, and then their weights."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from storydiff.sklearn.analyzers import DEFAULT_TOKEN_PATTERN
from storydiff.sklearn.count_vectorizer import CountVectorizer
from storydiff.sklearn.estimator import NotFittedError, check_is_fitted, validated
from storydiff.sklearn.tfidf_transformer import TfidfTransformer

_FLOATS = (np.float64, np.float32, np.float16)


class TfidfVectorizer(CountVectorizer):
    """Documents to TF-IDF rows: `CountVectorizer`, then `TfidfTransformer`.

    A drop-in for scikit-learn's class of this name; the parameters are those of the two classes it joins. Needs
    ``storydiff[sklearn]``.

    Attributes
    ----------
    vocabulary_ : dict
        Column of each term, in order of first occurrence.
    fixed_vocabulary_ : bool
        Whether the vocabulary was given.
    idf_ : ndarray of shape (n_terms,)
        Only with ``use_idf``.

    Examples
    --------
    >>> vectorizer = TfidfVectorizer(stop_words="english")
    >>> vectorizer.fit_transform(["The bridge closed.", "Two ships struck the bridge."]).shape
    (2, 4)
    >>> vectorizer.idf_.round(3).tolist()
    [1.0, 1.405, 1.405, 1.405]
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **CountVectorizer._parameter_constraints,
        **TfidfTransformer._parameter_constraints,
    }

    def __init__(
        self,
        *,
        input: str = "content",
        encoding: str = "utf-8",
        decode_error: str = "strict",
        strip_accents: Any = None,
        lowercase: bool = True,
        preprocessor: Callable[[Any], Any] | None = None,
        tokenizer: Callable[[Any], Any] | None = None,
        analyzer: Any = "word",
        stop_words: Any = None,
        token_pattern: str | None = DEFAULT_TOKEN_PATTERN,
        ngram_range: tuple[int, int] = (1, 1),
        max_df: float = 1.0,
        min_df: float = 1,
        max_features: int | None = None,
        vocabulary: Any = None,
        binary: bool = False,
        dtype: Any = np.float64,
        norm: str | None = "l2",
        use_idf: bool = True,
        smooth_idf: bool = True,
        sublinear_tf: bool = False,
    ) -> None:
        super().__init__(
            input=input,
            encoding=encoding,
            decode_error=decode_error,
            strip_accents=strip_accents,
            lowercase=lowercase,
            preprocessor=preprocessor,
            tokenizer=tokenizer,
            analyzer=analyzer,
            stop_words=stop_words,
            token_pattern=token_pattern,
            ngram_range=ngram_range,
            max_df=max_df,
            min_df=min_df,
            max_features=max_features,
            vocabulary=vocabulary,
            binary=binary,
            dtype=dtype,
        )
        self.norm = norm
        self.use_idf = use_idf
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf

    @classmethod
    def from_document_frequencies(
        cls, frequencies: Mapping[str, int], n_documents: int, **parameters: Any
    ) -> TfidfVectorizer:
        """A vectorizer that knows its terms and their weights from counts made elsewhere, as on a cluster.

        Parameters
        ----------
        frequencies : mapping of str to int
            In how many documents each term occurs.
        n_documents : int
            How many documents were counted.
        **parameters
            Of the vectorizer; the documents must have been counted under the same rules. ``min_df`` and ``max_df``
            choose among the terms.

        Examples
        --------
        >>> vectorizer = TfidfVectorizer.from_document_frequencies({"ship": 1, "the": 2}, 2)
        >>> vectorizer.transform(["The ship"]).toarray().round(2).tolist()
        [[0.81, 0.58]]
        """
        vectorizer = cls(**parameters)
        terms = sorted(frequencies)
        counted = np.array([frequencies[term] for term in terms], dtype=np.int64)
        keep = vectorizer._keep((counted, counted), n_documents)
        vectorizer.vocabulary = {term: column for column, term in enumerate(np.array(terms, object)[keep].tolist())}
        vectorizer._validate_vocabulary()
        vectorizer._learn_frequencies(counted[keep], n_documents)
        return vectorizer

    def _new_transformer(self) -> TfidfTransformer:
        return TfidfTransformer(
            norm=self.norm, use_idf=self.use_idf, smooth_idf=self.smooth_idf, sublinear_tf=self.sublinear_tf
        )

    @property
    def idf_(self) -> npt.NDArray[Any]:
        """Inverse document frequency of each term; only with ``use_idf``."""
        if not hasattr(self, "_tfidf"):
            raise NotFittedError(
                f"{type(self).__name__} is not fitted yet. Call 'fit' with appropriate arguments before using"
                " this attribute."
            )
        return self._tfidf.idf_

    @idf_.setter
    def idf_(self, value: Any) -> None:
        if not self.use_idf:
            raise ValueError("`idf_` cannot be set when `user_idf=False`.")
        if not hasattr(self, "_tfidf"):
            self._tfidf = self._new_transformer()
        self._validate_vocabulary()
        if hasattr(self, "vocabulary_") and len(self.vocabulary_) != len(value):
            raise ValueError(f"idf length = {len(value)} must be equal to vocabulary size = {len(self.vocabulary_)}")
        self._tfidf.idf_ = value

    def _check_params(self) -> None:
        if self.dtype not in _FLOATS:
            warnings.warn(
                f"Only {_FLOATS} 'dtype' should be used. {self.dtype} 'dtype' will be converted to np.float64.",
                UserWarning,
                stacklevel=3,
            )

    @validated
    def fit(self, raw_documents: Iterable[Any], y: Any = None) -> TfidfVectorizer:
        """Learn vocabulary and idf.

        Parameters
        ----------
        raw_documents : iterable of str, bytes, paths or files
        y : None
            Ignored.
        """
        self._check_params()
        self._warn_for_unused_params()
        self._fit_counts(raw_documents)
        return self

    def _fit_counts(self, raw_documents: Iterable[Any]) -> Any:
        self._tfidf = self._new_transformer()
        X = super().fit_transform(raw_documents)
        if not hasattr(self._tfidf, "n_features_in_"):  # features came from Python
            self._tfidf.fit(X)
        return X

    def _learn_frequencies(self, document_frequency: npt.NDArray[np.int64], n_documents: int) -> None:
        self._tfidf = self._new_transformer()
        self._tfidf.n_features_in_ = len(document_frequency)
        if self.use_idf:
            self._tfidf._learn_idf(document_frequency, n_documents, np.dtype(self.dtype))

    def fit_transform(self, raw_documents: Iterable[Any], y: Any = None) -> Any:
        """Learn vocabulary and idf, and weigh.

        Parameters
        ----------
        raw_documents : iterable of str, bytes, paths or files
        y : None
            Ignored.

        Returns
        -------
        CSR matrix of shape (n_documents, n_terms)
        """
        self._check_params()
        X = self._fit_counts(raw_documents)
        return self._tfidf.transform(X, copy=False)

    def transform(self, raw_documents: Iterable[Any]) -> Any:
        """Weigh the terms of the vocabulary.

        Parameters
        ----------
        raw_documents : iterable of str, bytes, paths or files

        Returns
        -------
        CSR matrix of shape (n_documents, n_terms)
        """
        check_is_fitted(self, msg="The TF-IDF vectorizer is not fitted")
        return self._tfidf.transform(super().transform(raw_documents), copy=False)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags._skip_test = True
        return tags
