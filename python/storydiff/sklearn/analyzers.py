"""Text to features, step by step in Python: what the vectorizers' built functions do, and the core does quicker.

The core follows the Unicode version of the running Python (`terms.characters`), so both give the same features.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from storydiff.terms import mark_ranges, ranges

DEFAULT_TOKEN_PATTERN = r"(?u)\b\w\w+\b"

# Token patterns that the core knows, and the shortest word each takes.
MIN_LENGTHS = {
    DEFAULT_TOKEN_PATTERN: 2,
    r"\b\w\w+\b": 2,
    r"(?u)\b\w+\b": 1,
    r"\b\w+\b": 1,
    r"(?u)\w+": 1,
    r"\w+": 1,
    r"(?u)\w\w+": 2,
    r"\w\w+": 2,
    r"(?u)\w{2,}": 2,
    r"\w{2,}": 2,
    r"\w{3,}": 3,
    r"(?u)\b\w{2,}\b": 2,
    r"\b\w{2,}\b": 2,
    r"(?u)\b\w{3,}\b": 3,
    r"\b\w{3,}\b": 3,
}

_SPACES = re.compile(r"\s\s+")


@cache
def _combining_ranges() -> list[tuple[int, int]]:
    """Code points with a combining class, which accent stripping removes."""
    flags = "".join("1" if unicodedata.combining(chr(c)) else "0" for c in range(sys.maxunicode + 1))
    return ranges("1+", flags)


def _class(ranges: Iterable[tuple[int, int]]) -> str:
    return "".join(f"\\U{start:08x}-\\U{end - 1:08x}" for start, end in ranges)


@cache
def _combining() -> re.Pattern[str]:
    return re.compile(f"[{_class(_combining_ranges())}]+")


@cache
def unicode_word() -> re.Pattern[str]:
    """Words of two or more code points in which marks stay with their character."""
    marks = _class(mark_ranges())
    return re.compile(rf"\w[\w{marks}]+")


def strip_accents_unicode(text: str) -> str:
    """Decompose, then drop every combining character."""
    return text if text.isascii() else _combining().sub("", unicodedata.normalize("NFKD", text))


def strip_accents_ascii(text: str) -> str:
    """Decompose, then drop whatever is not ASCII."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")


def preprocess(doc: Any, *, accent_function: Callable[[Any], Any] | None, lower: bool) -> Any:
    """Lower-case, then strip accents, each if asked for."""
    if lower:
        doc = doc.lower()
    return doc if accent_function is None else accent_function(doc)


def analyze(
    doc: Any,
    *,
    decoder: Callable[[Any], Any],
    steps: tuple[Callable[[Any], Any], ...],
    ngrams: Callable[..., Any] | None = None,
    stop_words: Any = None,
) -> Any:
    """Decode a document and take it through the steps."""
    doc = decoder(doc)
    for step in steps:
        doc = step(doc)
    if ngrams is None:
        return doc
    return ngrams(doc) if stop_words is None else ngrams(doc, stop_words)


def word_ngrams(tokens: Any, ngram_range: tuple[int, int], stop_words: Any = None) -> Any:
    """Join neighbouring tokens by spaces, after stop words are out; the short n-grams come first."""
    min_n, max_n = ngram_range
    if stop_words is not None:
        tokens = [token for token in tokens if token not in stop_words]
    if max_n == 1:
        return tokens
    ngrams = list(tokens) if min_n == 1 else []
    for n in range(max(min_n, 2) if min_n == 1 else min_n, min(max_n, len(tokens)) + 1):
        ngrams += [" ".join(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]
    return ngrams


def char_ngrams(text: str, ngram_range: tuple[int, int]) -> list[str]:
    """Every run of n characters, after runs of white space have become one space."""
    text = _SPACES.sub(" ", text)
    min_n, max_n = ngram_range
    return [text[i : i + n] for n in range(min_n, min(max_n, len(text)) + 1) for i in range(len(text) - n + 1)]


def char_wb_ngrams(text: str, ngram_range: tuple[int, int]) -> list[str]:
    """Every run of n characters of a word with a space on both sides; a word too short for n counts once, whole."""
    min_n, max_n = ngram_range
    ngrams = []
    for word in _SPACES.sub(" ", text).split():
        padded = f" {word} "
        for n in range(min_n, max_n + 1):
            ngrams.append(padded[:n])
            ngrams += [padded[i : i + n] for i in range(1, len(padded) - n + 1)]
            if len(padded) <= n:
                break
    return ngrams
