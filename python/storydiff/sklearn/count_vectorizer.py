"""Documents to rows of term counts.

Parameters, attributes, results, warnings and errors are scikit-learn's. Counting runs in the core on all cores and
without the GIL, unless a Python callable, a token pattern of its own or an overridden method has a say; then features
are made in Python and counted in the core. Beyond scikit-learn: ``analyzer="unicode_word"``, `partial_fit`, `merge`,
`prune`.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from numbers import Integral
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from storydiff import _storydiff
from storydiff.arguments import whole
from storydiff.sklearn.analyzers import DEFAULT_TOKEN_PATTERN
from storydiff.sklearn.estimator import UNUSED, HasMethods, Interval, RealNotInt, StrOptions, check_array, validated
from storydiff.sklearn.term_counter import TermCounter
from storydiff.terms import document_frequencies


class CountVectorizer(TermCounter):
    """Count the terms of documents.

    A drop-in for scikit-learn's class of this name: the same parameters, attributes, results, warnings and errors.
    Needs ``storydiff[sklearn]``.

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
        token_pattern: str | None = DEFAULT_TOKEN_PATTERN,
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

    @validated
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

    @validated
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

    def prune(self, min_df: int) -> CountVectorizer:
        """Forget the n-grams that fewer than `min_df` of the documents given to `partial_fit` so far have.

        Most n-grams of a large corpus occur once or twice and take most of the memory. The others keep their counts.
        An n-gram that was forgotten and comes again is counted from then on: each call makes its document frequency at
        most ``min_df - 1`` too low. So prune seldom, after many documents, and far below the ``min_df`` in use.

        Parameters
        ----------
        min_df : int
            A number of documents.

        Raises
        ------
        ValueError
            The vectorizer was not fitted by `partial_fit`.

        Examples
        --------
        >>> vectorizer = CountVectorizer().partial_fit(["The ship sank.", "The bridge closed."])
        >>> vectorizer.prune(2).document_frequencies()
        {'the': 2}
        """
        least = whole("min_df", min_df, 1)
        if "_counts" not in vars(self):
            raise ValueError("prune needs a vectorizer that partial_fit has fitted.")
        self._counts.prune(min(least, sys.maxsize))
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
        return document_frequencies(self._counts)

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
        X = check_array(X, accept_sparse="csr")  # pyright: ignore[reportArgumentType]
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
