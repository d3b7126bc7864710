"""What a comparison is made of: small frozen records whose offsets count code points.

All can be members of sets and keys of dicts; their lists are compared, and take no part in the hash.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from storydiff.article import Article
from storydiff.shown import Shown

Kind = Literal["headline", "body", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Sentence(Shown):
    """The unit compared.

    ``article.text[start:end] == text``; ``index`` numbers the sentences of one article from 0.
    """

    article: Article
    index: int
    start: int
    end: int
    kind: Kind

    @property
    def text(self) -> str:
        """The sentence as it stands in the article."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence for (``supports``) or against (``conflicts``) a link."""

    relation: Literal["supports", "conflicts"]
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Link(Shown):
    """A scored pair of sentences of two articles.

    Attributes
    ----------
    left, right : Sentence
    probability : float
        That both assert at least one common statement, in [0, 1].
    spans : list of ((int, int), (int, int))
        The parts that carry it: offsets in the left article's text and their counterpart in the right one's.
    reasons : list of Reason
        The evidence, strongest first.
    """

    left: Sentence
    right: Sentence
    probability: float
    spans: list[tuple[tuple[int, int], tuple[int, int]]] = field(hash=False)
    reasons: list[Reason] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Mention(Shown):
    """One place that asserts a statement; ``article.text[start:end] == text``."""

    article: Article
    sentence: Sentence
    start: int
    end: int
    probability: float

    @property
    def text(self) -> str:
        """The mention as it stands in the article."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Statement(Shown):
    """A cluster of mentions that assert the same thing; ``text`` is its clearest mention."""

    id: int
    text: str
    mentions: list[Mention] = field(repr=False, hash=False)
    articles: list[Article] = field(hash=False)

    @property
    def n_articles(self) -> int:
        """How many articles assert it."""
        return len(self.articles)


@dataclass(frozen=True, slots=True)
class Unique(Shown):
    """A span that one article alone asserts; ``score`` is unbounded, higher tells more."""

    article: Article
    start: int
    end: int
    score: float
    reasons: list[str] = field(hash=False)

    @property
    def text(self) -> str:
        """The span as it stands in the article."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Passage(Shown):
    """A maximal run of words that two articles have in common, letter case and punctuation aside."""

    left: Article
    left_start: int
    left_end: int
    right: Article
    right_start: int
    right_end: int
    n_words: int

    @property
    def text(self) -> str:
        """The passage as it stands in the left article."""
        return self.left.text[self.left_start : self.left_end]
