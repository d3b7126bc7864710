"""Which of the old code pages of Europe a text is in, by the languages that are written with it.

Every byte string is valid in most code pages. What tells them apart is that the outcome is a language: its letters
beyond ASCII are those of one alphabet, and its short words are that language's. Detection by byte statistics alone
takes Hungarian for Western, since "ő" and "ű" turn into the letters "õ" and "û".
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from storydiff.read.languages import LANGUAGES, PAGES, Language, common_words, words_of

# What all of them write: quotation marks, dashes, signs. Guillemets and inverted marks stand alone in some languages.
_SIGNS = frozenset("\xa0\xad£§©®°·«»¿¡€…‰‹›‘’‚“”„•–—™½¼¾²³×")
# Beyond this share of characters that no word of the language holds, it is another one.
_MOST_FOREIGN = 0.05
_ENOUGH = 200_000


def by_language(data: bytes) -> str | None:
    """The text, if it reads like a language in one of the code pages; None if it does in none of them."""
    sample = data[:_ENOUGH]
    best: tuple[float, str] | None = None
    for page in PAGES:
        try:
            data.decode(page)
        except UnicodeDecodeError:
            continue
        fit = _fit(sample.decode(page), page)
        # A tie is decided by the order above: Western texts are the most.
        if fit is not None and (best is None or fit > best[0]):
            best = fit, page
    return None if best is None else data.decode(best[1])


def _fit(text: str, page: str) -> float | None:
    """How well the best language of the code page explains the text."""
    beyond = Counter(c.lower() for c in text if not c.isascii())
    letters = sum(n for c, n in beyond.items() if c.isalpha())
    total = sum(c.isalpha() for c in text)
    # A Latin text is mostly unaccented letters; one of another alphabet has next to none.
    latin = letters * 3 <= total
    if any("\x80" <= c < "\xa0" for c in beyond) or (not latin and letters * 3 < total * 2):
        return None
    words = words_of(text)
    n_words = max(sum(words.values()), 1)
    fits = []
    for language in LANGUAGES:
        if page not in language.pages or language.latin != latin:
            continue
        alphabet, common = _alphabet(language), common_words(language)
        strange = sum(n for c, n in beyond.items() if c not in alphabet and c not in _SIGNS)
        foreign = strange / max(sum(beyond.values()), 1)
        known = sum(n for word, n in words.items() if word in common) / n_words
        # Letters of another alphabet fill their code pages: only words tell one from the other.
        if foreign <= _MOST_FOREIGN and (latin or known > 0):
            fits.append(known - foreign)
    return max(fits, default=None)


@cache
def _alphabet(language: Language) -> frozenset[str]:
    return frozenset(language.letters)
