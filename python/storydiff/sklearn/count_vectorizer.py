"""Documents to rows of term counts.

Parameters, attributes, results, warnings and errors are scikit-learn's. Counting runs in the core on all cores and
without the GIL, unless a Python callable, a token pattern of its own or an overridden method has a say; then features
are made in Python and counted in the core. Beyond scikit-learn: ``analyzer="unicode_word"``, `partial_fit`, `merge`.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from numbers import Integral
from typing import Any, ClassVar, cast

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from storydiff import _storydiff
from storydiff.sklearn import analyzers
from storydiff.sklearn.estimator import (
    UNUSED,
    BaseEstimator,
    HasMethods,
    Interval,
    NotFittedError,
    RealNotInt,
    StrOptions,
    as_configured,
    check_array,
    fit_context,
)
from storydiff.sklearn.stop_words import ENGLISH_STOP_WORDS

# Code points counted in one call of the core: long enough to keep threads busy, short enough for Ctrl-C.
_CHUNK = 1 << 23

# Whoever overrides one of these has a say in what a feature is.
_HOOKS = (
    "build_analyzer",
    "build_preprocessor",
    "build_tokenizer",
    "decode",
    "get_stop_words",
    "_word_ngrams",
    "_char_ngrams",
    "_char_wb_ngrams",
)


class CountVectorizer(BaseEstimator):
    """Count the terms of documents.

    A drop-in for scikit-learn's class of this name: the same parameters, attributes, results, warnings and errors.

    Parameters
    ----------
    input : {'filename', 'file', 'content'}, default='content'
        Whether documents are paths to read, objects with a ``read`` method, or the text itself (str or bytes).
    encoding : str, default='utf-8'
        How bytes are decoded.
    decode_error : {'strict', 'ignore', 'replace'}, default='strict'
        What happens to bytes that cannot be decoded.
    strip_accents : {'ascii', 'unicode'} or callable, default=None
        Decompose (NFKD) and drop what is not ASCII, or only the combining characters.
    lowercase : bool, default=True
        Lower-case the text first.
    preprocessor : callable, default=None
        Replaces lower-casing and accent stripping.
    tokenizer : callable, default=None
        Replaces the token pattern.
    stop_words : {'english'}, list, default=None
        Words left out before n-grams are built.
    token_pattern : str or None, default=r"(?u)\\b\\w\\w+\\b"
        What a word is; the content of its one group, if it has one.
    ngram_range : tuple (min_n, max_n), default=(1, 1)
        Shortest and longest n-gram.
    analyzer : {'word', 'char', 'char_wb', 'unicode_word'} or callable, default='word'
        What an n-gram is made of: words; characters; characters inside one word, a space on both sides; or, which
        scikit-learn does not have, words in which combining marks stay with their letter, so that words of Indic
        scripts stay whole. A callable gets the document and gives its features.
    max_df, min_df : float in [0, 1] or int, default=1.0 and 1
        Terms in more, or in fewer, documents than that (share or number) are dropped.
    max_features : int, default=None
        Only so many terms are kept, the most frequent.
    vocabulary : Mapping or iterable, default=None
        The terms to count, with their columns or in their order.
    binary : bool, default=False
        Count every term once per document.
    dtype : dtype, default=np.int64
        Type of the values.

    Attributes
    ----------
    vocabulary_ : dict
        Column of each term, in order of first occurrence.
    fixed_vocabulary_ : bool
        Whether the vocabulary was given.

    Examples
    --------
    >>> counter = CountVectorizer()
    >>> counts = counter.fit_transform(["The bridge closed.", "Two ships struck the bridge."])
    >>> counter.get_feature_names_out().tolist()
    ['bridge', 'closed', 'ships', 'struck', 'the', 'two']
    >>> counts.toarray().tolist()
    [[1, 1, 0, 0, 1, 0], [1, 0, 1, 1, 1, 1]]
    """

    # `raw_documents` is data, not metadata that pipelines route.
    __metadata_request__fit: ClassVar[dict[str, Any]] = {"raw_documents": UNUSED}
    __metadata_request__partial_fit: ClassVar[dict[str, Any]] = {"raw_documents": UNUSED}
    __metadata_request__transform: ClassVar[dict[str, Any]] = {"raw_documents": UNUSED}

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        "input": [StrOptions({"filename", "file", "content"})],
        "encoding": [str],
        "decode_error": [StrOptions({"strict", "ignore", "replace"})],
        "strip_accents": [StrOptions({"ascii", "unicode"}), None, callable],
        "lowercase": ["boolean"],
        "preprocessor": [callable, None],
        "tokenizer": [callable, None],
        "stop_words": [StrOptions({"english"}), list, None],
        "token_pattern": [str, None],
        "ngram_range": [tuple],
        "analyzer": [StrOptions({"word", "char", "char_wb", "unicode_word"}), callable],
        "max_df": [Interval(RealNotInt, 0, 1, closed="both"), Interval(Integral, 1, None, closed="left")],
        "min_df": [Interval(RealNotInt, 0, 1, closed="both"), Interval(Integral, 1, None, closed="left")],
        "max_features": [Interval(Integral, 1, None, closed="left"), None],
        "vocabulary": [Mapping, HasMethods("__iter__"), None],
        "binary": ["boolean"],
        "dtype": "no_validation",  # NumPy's to judge
    }

    vocabulary_: dict[Any, int]
    fixed_vocabulary_: bool

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
        stop_words: Any = None,
        token_pattern: str | None = analyzers.DEFAULT_TOKEN_PATTERN,
        ngram_range: tuple[int, int] = (1, 1),
        analyzer: Any = "word",
        max_df: float = 1.0,
        min_df: float = 1,
        max_features: int | None = None,
        vocabulary: Any = None,
        binary: bool = False,
        dtype: Any = np.int64,
    ) -> None:
        self.input = input
        self.encoding = encoding
        self.decode_error = decode_error
        self.strip_accents = strip_accents
        self.preprocessor = preprocessor
        self.tokenizer = tokenizer
        self.analyzer = analyzer
        self.lowercase = lowercase
        self.token_pattern = token_pattern
        self.stop_words = stop_words
        self.max_df = max_df
        self.min_df = min_df
        self.max_features = max_features
        self.ngram_range = ngram_range
        self.vocabulary = vocabulary
        self.binary = binary
        self.dtype = dtype

    # From a document to its features.

    def decode(self, doc: Any) -> Any:
        """Read a document if need be, and decode it if it is bytes."""
        if self.input == "filename":
            with open(doc, "rb") as file:
                doc = file.read()
        elif self.input == "file":
            doc = doc.read()
        if isinstance(doc, bytes):
            doc = doc.decode(self.encoding, self.decode_error)
        if doc is np.nan:
            raise ValueError("np.nan is an invalid document, expected byte or unicode string.")
        return doc

    def build_preprocessor(self) -> Callable[[Any], Any]:
        """Build the function that prepares a text: lower case, accents."""
        if self.preprocessor is not None:
            return self.preprocessor
        strip: Any
        if not self.strip_accents:
            strip = None
        elif callable(self.strip_accents):
            strip = self.strip_accents
        elif self.strip_accents == "ascii":
            strip = analyzers.strip_accents_ascii
        elif self.strip_accents == "unicode":
            strip = analyzers.strip_accents_unicode
        else:
            raise ValueError(f'Invalid value for "strip_accents": {self.strip_accents}')
        return partial(analyzers.preprocess, accent_function=strip, lower=self.lowercase)

    def build_tokenizer(self) -> Callable[[Any], Any]:
        """Build the function that splits a text into tokens."""
        if self.tokenizer is not None:
            return self.tokenizer
        if self.analyzer == "unicode_word":
            return analyzers.unicode_word().findall
        pattern: re.Pattern[str] = re.compile(cast(Any, self.token_pattern))
        if pattern.groups > 1:
            raise ValueError("More than 1 capturing group in token pattern. Only a single group should be captured.")
        return pattern.findall

    def get_stop_words(self) -> Any:
        """Look up the stop words in force, None for none."""
        if self.stop_words == "english":
            return ENGLISH_STOP_WORDS
        if isinstance(self.stop_words, str):
            raise ValueError(f"not a built-in stop list: {self.stop_words}")
        return None if self.stop_words is None else frozenset(self.stop_words)

    def build_analyzer(self) -> Callable[[Any], Any]:
        """Build the function that gives the features of a document."""
        if callable(self.analyzer):
            return partial(analyzers.analyze, decoder=self.decode, steps=(self.analyzer,))
        preprocess = self.build_preprocessor()
        if self.analyzer in ("char", "char_wb"):
            ngrams = self._char_ngrams if self.analyzer == "char" else self._char_wb_ngrams
            return partial(analyzers.analyze, decoder=self.decode, steps=(preprocess,), ngrams=ngrams)
        if self.analyzer in ("word", "unicode_word"):
            stop_words = self.get_stop_words()
            tokenize = self.build_tokenizer()
            self._check_stop_words_consistency(stop_words, preprocess, tokenize)
            return partial(
                analyzers.analyze,
                decoder=self.decode,
                steps=(preprocess, tokenize),
                ngrams=self._word_ngrams,
                stop_words=stop_words,
            )
        raise ValueError(f"{self.analyzer} is not a valid tokenization scheme/analyzer")

    def _word_ngrams(self, tokens: Any, stop_words: Any = None) -> Any:
        return analyzers.word_ngrams(tokens, self.ngram_range, stop_words)

    def _char_ngrams(self, text_document: str) -> list[str]:
        return analyzers.char_ngrams(text_document, self.ngram_range)

    def _char_wb_ngrams(self, text_document: str) -> list[str]:
        return analyzers.char_wb_ngrams(text_document, self.ngram_range)

    def _check_stop_words_consistency(self, stop_words: Any, preprocess: Any, tokenize: Any) -> bool | str | None:
        """Warn, once per stop list, when a stop word would not be found as it stands.

        True or False for the answer, None where the list was looked at before, "error" where it cannot be told.
        """
        if id(self.stop_words) == getattr(self, "_stop_words_id", None):
            return None
        try:
            tokens = {token for word in stop_words or () for token in tokenize(preprocess(word))}
            inconsistent = sorted(token for token in tokens if token not in (stop_words or ()))
        except Exception:
            self._stop_words_id = id(self.stop_words)
            return "error"
        self._stop_words_id = id(self.stop_words)
        if inconsistent:
            warnings.warn(
                "Your stop_words may be inconsistent with your preprocessing. Tokenizing the stop words generated"
                f" tokens {inconsistent!r} not in stop_words.",
                stacklevel=2,
            )
        return not inconsistent

    # Checks.

    def _validate_ngram_range(self) -> None:
        min_n, max_n = self.ngram_range
        if min_n > max_n:
            raise ValueError(
                f"Invalid value for ngram_range={self.ngram_range} lower boundary larger than the upper boundary."
            )

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

    def _warn_for_unused_params(self) -> None:
        of_words = self.analyzer in ("word", "unicode_word") if isinstance(self.analyzer, str) else False
        own = self.token_pattern is not None and self.token_pattern != analyzers.DEFAULT_TOKEN_PATTERN
        unused = []
        if self.tokenizer is not None and self.token_pattern is not None:
            unused.append(("token_pattern", "'tokenizer' is not None"))
        if callable(self.analyzer):
            if self.preprocessor is not None:
                unused.append(("preprocessor", "'analyzer' is callable"))
            if self.ngram_range != (1, 1) and self.ngram_range is not None:
                unused.append(("ngram_range", "'analyzer' is callable"))
        if not of_words:
            if self.stop_words is not None:
                unused.append(("stop_words", "'analyzer' != 'word'"))
            if own:
                unused.append(("token_pattern", "'analyzer' != 'word'"))
            if self.tokenizer is not None:
                unused.append(("tokenizer", "'analyzer' != 'word'"))
        for parameter, reason in unused:
            quote = "" if reason.endswith("'") else "'"
            warnings.warn(f"The parameter '{parameter}' will not be used since {reason}{quote}", stacklevel=3)

    # Counting.

    def _core_analysis(self) -> _storydiff.Analysis | None:
        """The analysis as the core does it, None when Python has a say."""
        cls = type(self)
        if any(getattr(cls, hook) is not getattr(CountVectorizer, hook) or hook in vars(self) for hook in _HOOKS):
            return None
        if not isinstance(self.analyzer, str):
            return None
        min_n, max_n = self.ngram_range
        if not (isinstance(min_n, Integral) and isinstance(max_n, Integral) and min_n >= 1):
            return None
        of_words = self.analyzer in ("word", "unicode_word")
        min_length: int | None = 2
        stop_words: Iterable[Any] = ()
        if of_words:
            if self.analyzer == "word":
                min_length = analyzers.MIN_LENGTHS.get(self.token_pattern) if self.token_pattern else None
            stop_words = self.get_stop_words() or ()
            if self.tokenizer is not None or min_length is None:
                return None
        prepared = self.preprocessor is not None or bool(self.strip_accents)
        return _storydiff.Analysis(
            analyzers.characters(marks=self.analyzer == "unicode_word"),
            analyzer=self.analyzer,
            ngram_range=(int(min_n), int(max_n)),
            lowercase=bool(self.lowercase) and not prepared,
            min_length=min_length,
            stop_words=[word for word in stop_words if isinstance(word, str)],
        )

    def _chunks(self, raw_documents: Iterable[Any], analyze: Callable[[Any], Any]) -> Iterator[list[str]]:
        """Documents as the core takes them, some millions of code points at a time."""
        as_text = self.input == "content"
        prepare = self.build_preprocessor() if self.preprocessor is not None or self.strip_accents else None
        lower = bool(self.lowercase) and prepare is None
        texts: list[str] = []
        size = 0
        for raw in raw_documents:
            doc = raw if as_text and type(raw) is str else self.decode(raw)
            if prepare is not None:
                doc = prepare(doc)
            elif lower and (type(doc) is not str or "\u03a3" in doc):
                doc = doc.lower()  # whether a sigma is final depends on its neighbours
            if not isinstance(doc, str):
                analyze(raw)  # says what is wrong with the document
                raise TypeError(f"expected a document as str or bytes, got {type(doc).__name__}")
            texts.append(doc)
            size += len(doc)
            if size >= _CHUNK:
                yield texts
                texts, size = [], 0
        if texts:
            yield texts

    def _count_texts(self, raw_documents: Iterable[Any]) -> _storydiff.TextCounts | None:
        """Counts by the core's own vocabulary, None when Python has a say."""
        analyze = self.build_analyzer()
        analysis = self._core_analysis()
        if analysis is None:
            return None
        counts = _storydiff.TextCounts()
        for texts in self._chunks(raw_documents, analyze):
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
            for texts in self._chunks(raw_documents, analyze):
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

    @fit_context(prefer_skip_nested_validation=True)
    def fit_transform(self, raw_documents: Iterable[Any], y: Any = None) -> Any:
        """Learn the vocabulary and count.

        Parameters
        ----------
        raw_documents : iterable of str, bytes, paths or files
        y : None
            Ignored.

        Returns
        -------
        CSR matrix of shape (n_documents, n_terms)
        """
        if isinstance(raw_documents, str):
            raise ValueError("Iterable over raw text documents expected, string object received.")
        self._validate_ngram_range()
        self._warn_for_unused_params()
        self._validate_vocabulary()
        for earlier in ("_counts", "_stale"):
            self.__dict__.pop(earlier, None)
        if self.fixed_vocabulary_:
            if self.lowercase and any(any(map(str.isupper, term)) for term in self.vocabulary):
                warnings.warn(
                    "Upper case characters found in vocabulary while 'lowercase' is True."
                    " These entries will not be matched with any documents",
                    stacklevel=2,
                )
            return self._count_known(raw_documents, self.vocabulary_)
        counts = self._count_texts(raw_documents)
        if counts is None:
            return self._fit_features(raw_documents)
        columns = self._learn(counts)
        return self._matrix(counts, columns, len(self._terms))

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

    def fit(self, raw_documents: Iterable[Any], y: Any = None) -> CountVectorizer:
        """Learn the vocabulary.

        Parameters
        ----------
        raw_documents : iterable of str, bytes, paths or files
        y : None
            Ignored.
        """
        self.fit_transform(raw_documents)
        return self

    def transform(self, raw_documents: Iterable[Any]) -> Any:
        """Count the terms of the vocabulary.

        Parameters
        ----------
        raw_documents : iterable of str, bytes, paths or files

        Returns
        -------
        CSR matrix of shape (n_documents, n_terms)
        """
        if isinstance(raw_documents, str):
            raise ValueError("Iterable over raw text documents expected, string object received.")
        self._check_vocabulary()
        return self._count_known(raw_documents, self.vocabulary_)

    # Counting in parts.

    @fit_context(prefer_skip_nested_validation=True)
    def partial_fit(self, raw_documents: Iterable[Any], y: Any = None) -> CountVectorizer:
        """Learn from more documents, beside those of earlier calls.

        After any number of calls the model is exactly that of one `fit` on all documents in the same order. The counts
        of all n-grams stay, also of those that ``min_df``, ``max_df`` and ``max_features`` drop; the model is learned
        from them when it is next asked for.

        Parameters
        ----------
        raw_documents : iterable of str, bytes, paths or files
        y : None
            Ignored.

        Raises
        ------
        ValueError
            The vocabulary is given, or features come from Python code.
        """
        if isinstance(raw_documents, str):
            raise ValueError("Iterable over raw text documents expected, string object received.")
        self._validate_ngram_range()
        self._warn_for_unused_params()
        self._validate_vocabulary()
        if self.fixed_vocabulary_:
            raise ValueError("partial_fit learns a vocabulary, so none may be given.")
        counts = self._count_texts(raw_documents)
        if counts is None:
            raise ValueError(
                "partial_fit counts without Python code: no callable, own token pattern or overridden method."
            )
        counts.forget_rows()
        self._join(counts)
        return self

    def merge(self, *others: CountVectorizer) -> CountVectorizer:
        """Add what others have learned by `partial_fit`, with the same parameters, from the documents that follow.

        The model is exactly that of one `fit` on all documents: counts of chunks, processes and machines add up.
        Vectorizers travel by pickle.

        Parameters
        ----------
        *others : CountVectorizer

        Raises
        ------
        ValueError
            One of them counts by other rules, or was not fitted by `partial_fit`.

        Examples
        --------
        >>> parts = [CountVectorizer().partial_fit([text]) for text in ("The bridge closed.", "The ship sank.")]
        >>> parts[0].merge(parts[1]).get_feature_names_out().tolist()
        ['bridge', 'closed', 'sank', 'ship', 'the']
        """
        for vectorizer in (self, *others):
            if "_counts" not in vars(vectorizer):
                raise ValueError("merge joins vectorizers that partial_fit has fitted.")
        rules = ("analyzer", "lowercase", "ngram_range", "preprocessor", "stop_words", "strip_accents", "token_pattern")
        for other in others:
            if different := [rule for rule in rules if getattr(self, rule) != getattr(other, rule)]:
                raise ValueError(f"merge joins vectorizers with the same parameters, but these differ: {different}.")
        for other in others:
            self._counts.merge(other._counts.copy())
        self._join(_storydiff.TextCounts())
        return self

    def document_frequencies(self) -> dict[str, int]:
        """In how many of the documents given to `partial_fit` each n-gram occurs, whatever ``min_df`` and the like say.

        Examples
        --------
        >>> vectorizer = CountVectorizer(min_df=2).partial_fit(["The ship sank.", "The bridge closed."])
        >>> vectorizer.document_frequencies()
        {'bridge': 1, 'closed': 1, 'sank': 1, 'ship': 1, 'the': 2}
        """
        if "_counts" not in vars(self):
            raise ValueError("document_frequencies needs a vectorizer that partial_fit has fitted.")
        order = self._counts.sorted()
        columns = np.empty(len(order), dtype=np.int32)
        columns[order] = np.arange(len(order), dtype=np.int32)
        terms = sorted(self._counts.vocabulary(columns).to_dict().items(), key=lambda item: item[1])
        frequencies = self._counts.totals()[0][order].tolist()
        return {term: frequency for (term, _), frequency in zip(terms, frequencies, strict=True)}

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

    # The vocabulary becomes a dict when somebody asks for it.

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

    def inverse_transform(self, X: Any) -> list[npt.NDArray[Any]]:
        """List the terms of each row that have a value.

        Parameters
        ----------
        X : array or sparse matrix of shape (n_documents, n_terms)

        Returns
        -------
        list of arrays of terms
        """
        self._check_vocabulary()
        X = check_array(X, accept_sparse="csr")
        columns = np.array(list(self.vocabulary_.values()))
        terms = np.array(list(self.vocabulary_.keys()))[np.argsort(columns)]
        if not sp.issparse(X):
            return [terms[np.flatnonzero(row)] for row in X]
        rows = zip(X.indptr, X.indptr[1:], strict=False)
        return [terms[X.indices[start:end][X.data[start:end] != 0]] for start, end in rows]

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:
        """List the terms in the order of their columns.

        Parameters
        ----------
        input_features : None
            Ignored.
        """
        self._check_vocabulary()
        names = np.empty(len(self.vocabulary_), dtype=object)
        names[:] = sorted(self.vocabulary_, key=self.vocabulary_.__getitem__)
        return names

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags
