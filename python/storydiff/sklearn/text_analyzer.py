"""From a document to its features, in Python or as the core does it: what scikit-learn's vectorizers have in common."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from numbers import Integral
from typing import Any, cast

import numpy as np

from storydiff import _storydiff
from storydiff.sklearn import analyzers
from storydiff.sklearn.estimator import BaseEstimator
from storydiff.stop_words import ENGLISH_STOP_WORDS
from storydiff.terms import characters, lowered

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


class TextAnalyzer(BaseEstimator):  # type: ignore[misc, unused-ignore]
    """Reads, prepares and splits documents; its parameters are described by `CountVectorizer`."""

    input: str
    encoding: str
    decode_error: str
    strip_accents: Any
    lowercase: bool
    preprocessor: Callable[[Any], Any] | None
    tokenizer: Callable[[Any], Any] | None
    stop_words: Any
    token_pattern: str | None
    ngram_range: tuple[int, int]
    analyzer: Any

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

    def _validate_ngram_range(self) -> None:
        min_n, max_n = self.ngram_range
        if min_n > max_n:
            raise ValueError(
                f"Invalid value for ngram_range={self.ngram_range} lower boundary larger than the upper boundary."
            )

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

    def _core_analysis(self) -> _storydiff.Analysis | None:
        """The analysis as the core does it, None when Python has a say."""
        cls = type(self)
        if any(getattr(cls, hook) is not getattr(TextAnalyzer, hook) or hook in vars(self) for hook in _HOOKS):
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
            characters(marks=self.analyzer == "unicode_word"),
            analyzer=self.analyzer,
            ngram_range=(int(min_n), int(max_n)),
            lowercase=bool(self.lowercase) and not prepared,
            min_length=min_length,
            stop_words=[word for word in stop_words if isinstance(word, str)],
        )

    def _texts(self, raw_documents: Iterable[Any], analyze: Callable[[Any], Any]) -> Iterator[str]:
        """Documents as the core takes them."""
        as_text = self.input == "content"
        prepare = self.build_preprocessor() if self.preprocessor is not None or self.strip_accents else None
        lower = bool(self.lowercase) and prepare is None
        for raw in raw_documents:
            doc = raw if as_text and type(raw) is str else self.decode(raw)
            if prepare is not None:
                doc = prepare(doc)
            elif lower:
                doc = lowered(doc) if type(doc) is str else doc.lower()
            if not isinstance(doc, str):
                analyze(raw)  # says what is wrong with the document
                raise TypeError(f"expected a document as str or bytes, got {type(doc).__name__}")
            yield doc
