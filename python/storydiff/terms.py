"""Texts to counts of terms and rows of weights in the core: what the vectorizers and corpora have in common.

`Terms` does for corpora what `TfidfVectorizer` does for callers, and needs no scikit-learn.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from storydiff import _storydiff

if TYPE_CHECKING:
    import scipy.sparse as sp

# Code points counted in one call of the core: long enough to keep threads busy, short enough for Ctrl-C.
_CHUNK = 1 << 23


def ranges(pattern: str, text: str) -> list[tuple[int, int]]:
    """Where the pattern matches."""
    return [match.span() for match in re.finditer(pattern, text)]


@cache
def mark_ranges() -> list[tuple[int, int]]:
    """Marks, and the two joiners that stand inside words: what stays with the character before it."""
    flags = "".join("1" if unicodedata.category(chr(c))[0] == "M" else "0" for c in range(sys.maxunicode + 1))
    return sorted([*ranges("1+", flags), (0x200C, 0x200E)])


@cache
def characters(*, marks: bool = False) -> _storydiff.Characters:
    """What the running Python takes for a word character and for white space, and its lower cases."""
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    # One call lower-cases all: İ alone grows, and the final sigma alone depends on its neighbours.
    lowered = everything.replace("\u0130", "\u0131").replace("\u03a3", "\u03c3").lower()
    if len(lowered) != len(everything):  # a Python whose Unicode has another character that grows
        pairs = [(c, c.lower()) for c in everything if c.lower() != c]
    else:
        different = [c for c, lower in zip(everything, lowered, strict=True) if c != lower]
        pairs = [(c, c.lower()) for c in different]
    return _storydiff.Characters(
        ranges(r"\w+", everything), ranges(r"\s+", everything), mark_ranges() if marks else [], pairs
    )


def lowered(text: str) -> str:
    """The text, lower-cased here where the core would err: whether a sigma is final depends on its neighbours."""
    return text.lower() if "\u03a3" in text else text


def chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts as the core takes them, some millions of code points at a time."""
    found: list[str] = []
    size = 0
    for text in texts:
        found.append(text)
        size += len(text)
        if size >= _CHUNK:
            yield found
            found, size = [], 0
    if found:
        yield found


def document_frequencies(counts: _storydiff.TextCounts) -> dict[str, int]:
    """In how many of the documents counted each term occurs, in order of the terms."""
    order = counts.sorted()
    columns = np.empty(len(order), dtype=np.int32)
    columns[order] = np.arange(len(order), dtype=np.int32)
    terms = sorted(counts.vocabulary(columns).to_dict().items(), key=lambda item: item[1])
    frequencies = counts.totals()[0][order].tolist()
    return {term: frequency for (term, _), frequency in zip(terms, frequencies, strict=True)}


def idf(document_frequency: npt.NDArray[Any], n_documents: int, dtype: Any, *, smooth: bool = True) -> npt.NDArray[Any]:
    """``ln((1 + n) / (1 + df)) + 1``, or ``ln(n / df) + 1`` without smoothing; in float32 where `dtype` is, or else in
    float64."""
    df = document_frequency.astype(dtype if dtype in (np.float64, np.float32) else np.float64)
    df += float(smooth)
    found = np.full_like(df, n_documents + int(smooth))
    found /= df
    np.log(found, out=found)
    found += 1.0
    return found


class Terms:
    """Lower-cased words of two characters or more, weighed by ``(1 + ln tf) * idf`` in rows of length 1.

    Attributes
    ----------
    names : list of str
        The terms in the order of their columns.
    """

    def __init__(self, frequencies: Mapping[str, int], n_documents: int, *, stop_words: Iterable[str] = ()) -> None:
        self.names = sorted(frequencies)
        self._columns = {term: column for column, term in enumerate(self.names)}
        self._stop_words = sorted(stop_words)
        counted = np.array([frequencies[term] for term in self.names], dtype=np.int64)
        self._idf = idf(counted, n_documents, np.float32)

    @staticmethod
    def count(texts: Iterable[str], *, stop_words: Iterable[str] = ()) -> dict[str, int]:
        """In how many of the texts each term occurs."""
        counts = _storydiff.TextCounts()
        analysis = _words(sorted(stop_words))
        for chunk in chunks(map(lowered, texts)):
            counts.merge(analysis.count(chunk))
        return document_frequencies(counts)

    def rows(self, texts: Iterable[str]) -> sp.csr_array[Any, Any]:
        """A row of weights for each text, float32."""
        import scipy.sparse as sp  # takes longer to import than everything else together

        counts = _storydiff.FeatureCounts()
        analysis = _words(self._stop_words)
        for chunk in chunks(map(lowered, texts)):
            counted = analysis.count(chunk)
            counts.extend(counted, counted.columns(self._columns))
        data, indices, indptr = counts.matrix(np.arange(len(self.names), dtype=np.int32), False, "f")
        np.log(data, data)
        data += 1.0
        _storydiff.weigh_rows(data, indices, indptr, self._idf, "l2")
        return sp.csr_array((data, indices, indptr), shape=(len(indptr) - 1, len(self.names)))


def _words(stop_words: Sequence[str]) -> _storydiff.Analysis:
    return _storydiff.Analysis(
        characters(), analyzer="word", ngram_range=(1, 1), lowercase=True, min_length=2, stop_words=stop_words
    )
