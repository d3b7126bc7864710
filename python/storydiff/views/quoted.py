"""Who is quoted: each quotation once, with its speaker and all articles that print it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.records import Quote

FEWEST_WORDS = 3
"""Shorter ones are scare quotes and names of ships."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation in its longest form; `articles` print it, whole or cut, and `name` is its anchor."""

    text: str
    speaker: str | None
    articles: list[Article]
    name: str


def quoted(quotes: list[Quote], articles: list[Article]) -> list[Quoted]:
    """The quotations, those of most articles first, then in reading order."""
    heard: list[Quoted] = []
    taken: set[int] = set()
    # Longest first, so that a cut one finds the whole one.
    ranked = sorted(range(len(quotes)), key=lambda at: (-len(quotes[at].text), at))
    for at in ranked:
        quote = quotes[at]
        if at in taken or len(quote.text.split()) < FEWEST_WORDS:
            continue
        words = _words(quote.text)
        having = {quote.article.id, *(article.id for article in quote.others)}
        same = [
            other
            for other in ranked
            if other not in taken and quotes[other].article.id in having and _words(quotes[other].text) in words
        ]
        taken.update(same)
        speakers = [speaker for other in (at, *same) if (speaker := quotes[other].speaker)]
        printing = [article for article in articles if article.id in having]
        text = quote.text.strip().rstrip(",")  # the comma belongs to the sentence around it
        heard.append(Quoted(text, max(speakers, key=len, default=None), printing, quote_anchor(at)))
    positions = {quote_anchor(at): at for at in range(len(quotes))}
    return sorted(heard, key=lambda quote: (-len(quote.articles), positions[quote.name]))


def quote_anchor(at: int) -> str:
    """The name of a quotation within a page."""
    return f"q{at}"


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
