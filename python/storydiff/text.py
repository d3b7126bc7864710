"""Sentences and words, with offsets in code points."""

from __future__ import annotations

import re
from typing import NamedTuple

from storydiff import _storydiff

_SURROGATES = re.compile("[\ud800-\udfff]")


def well_formed(text: str) -> str:
    """The text with each lone surrogate replaced by U+FFFD: same length, and expressible in UTF-8."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int


class Token(NamedTuple):
    """A word and where it stands, in code points."""

    start: int
    end: int
    text: str


def split_sentences(text: str, language: str = "en") -> list[Span]:
    """Find the sentences of a text.

    Parameters
    ----------
    text : str
    language : str
        ISO 639-1 code.

    Returns
    -------
    list of Span
        In order, without overlap; white space between sentences belongs to none.

    Examples
    --------
    >>> text = "The bridge closed. Two ships had struck it."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['The bridge closed.', 'Two ships had struck it.']
    """
    return [Span(*span) for span in _storydiff.split_sentences(well_formed(text), language)]


def tokenize(text: str) -> list[Token]:
    """Find the words of a text.

    Examples
    --------
    >>> [token.text for token in tokenize("Two ships had struck it.")]
    ['Two', 'ships', 'had', 'struck', 'it']
    """
    return [Token(start, end, text[start:end]) for start, end in _storydiff.tokenize(well_formed(text))]
