"""Sentences and words, with offsets in code points."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from storydiff import _storydiff
from storydiff.languages import checked

_SURROGATES = re.compile("[\ud800-\udfff]")


def well_formed(text: str) -> str:
    """The text with each lone surrogate replaced by U+FFFD: same length, and expressible in UTF-8."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def text_of(name: str, text: object) -> str:
    """The text as Rust takes it; an error says which of the caller's is none."""
    if not isinstance(text, str):
        raise TypeError(f"{name} must be a str, got {type(text).__name__}")
    return well_formed(text)


def texts_of(name: str, texts: Iterable[str]) -> list[str]:
    """The texts as Rust takes them."""
    if isinstance(texts, str):
        raise TypeError(f"{name} must be a list of texts, got one str: [{texts[:20]!r}]?")
    if not isinstance(texts, Iterable):
        raise TypeError(f"{name} must be a list of texts, got {type(texts).__name__}")
    return [text_of(f"{name}[{at}]", text) for at, text in enumerate(texts)]


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
    r"""Find the sentences of a text.

    A sentence ends at a terminator that the words around it do not explain otherwise (abbreviations, initials,
    decimals, ellipses, addresses), with the quotation marks, brackets and note numbers that close after it, and at
    the end of its paragraph. A blank line always ends a paragraph; a single newline does unless the text is
    hard-wrapped there.

    Parameters
    ----------
    text : str
        It is not changed; lone surrogates are allowed.
    language : str, default="en"
        ISO 639-1 code, with or without a region ("pt", "pt-BR"). There are rules for most languages of Europe and many
        of Asia, and any other gets those that hold in all scripts.

    Returns
    -------
    list of Span
        ``(start, end)`` in code points, in order, without overlap; white space between sentences belongs to none.

    Raises
    ------
    ValueError
        If `language` is not a language code; the message lists those of which most is known.

    Examples
    --------
    >>> text = "Mr. Rehn left at 5 p.m. Two ships had struck it."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Mr. Rehn left at 5 p.m.', 'Two ships had struck it.']
    >>> text = "The harbour board raised the fares of all ferries on\nMonday.\n\nA headline"
    >>> split_sentences(text)
    [Span(start=0, end=60), Span(start=62, end=72)]
    """
    return [Span(*span) for span in _storydiff.split_sentences(text_of("text", text), checked(language))]


def tokenize(text: str) -> list[Token]:
    """Find the words of a text, as a reader would copy them.

    Compounds and possessives stay whole, and so do numbers with separators, currency and unit, addresses, hashtags
    and handles. Han and Hiragana, which are written without spaces, give one token per character.

    Parameters
    ----------
    text : str
        It is not changed; lone surrogates are allowed.

    Returns
    -------
    list of Token
        ``(start, end, text)`` in code points, in order, without overlap; marks and symbols are no tokens.

    Examples
    --------
    >>> [token.text for token in tokenize("Xi's two-day visit: US$2.5bn, 1,000km and #trade.")]
    ["Xi's", 'two-day', 'visit', 'US$2.5bn', '1,000km', 'and', '#trade']
    """
    return [Token(start, end, text[start:end]) for start, end in _storydiff.tokenize(text_of("text", text))]
