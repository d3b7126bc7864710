"""What a reader wants first: what all say, what most say, what only one says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.comparison import Comparison
    from storydiff.records import Dispute, Passage, Statement, Unique

Level = Literal["all", "most", "some", "one"]


def level(n_articles: int, of: int) -> Level:
    """How widely a statement of `n_articles` out of `of` articles is asserted; "most" is more than half.

    >>> [level(n, 5) for n in (5, 3, 2, 1)]
    ['all', 'most', 'some', 'one']
    """
    if n_articles < 2:
        return "one"
    if n_articles == of:
        return "all"
    return "most" if 2 * n_articles > of else "some"


def labels(articles: list[Article]) -> dict[str, str]:
    """A name for each article by id: its source where every article has one of its own, else its id."""
    sources = Counter(article.source for article in articles)
    by_source = None not in sources and "" not in sources and all(n == 1 for n in sources.values())
    return {article.id: (article.source or article.id) if by_source else article.id for article in articles}


def is_content(statement: Statement) -> bool:
    """Whether the statement stands anywhere outside boilerplate such as comment forms and repeated captions."""
    return any(mention.sentence.kind != "boilerplate" for mention in statement.mentions)


@dataclass(frozen=True, slots=True)
class Summary:
    """Statements by how widely they are asserted, the spans that one article alone asserts, facts that articles
    disagree on, and passages that two articles have in common word for word."""

    all: list[Statement]
    most: list[Statement]
    some: list[Statement]
    only: dict[str, list[Unique]]
    disputes: list[Dispute]
    passages: list[Passage]

    @property
    def shared(self) -> list[Statement]:
        """Every shared statement, widest first."""
        return self.all + self.most + self.some


def summarize(comparison: Comparison) -> Summary:
    """Group a comparison's statements; boilerplate is left out."""
    articles = comparison.articles
    grouped: dict[Level, list[Statement]] = {"all": [], "most": [], "some": []}
    for statement in comparison.shared():
        if is_content(statement):
            grouped[level(statement.n_articles, len(articles))].append(statement)
    only: dict[str, list[Unique]] = {article.id: [] for article in articles}
    for span in comparison.unique():
        only[span.article.id].append(span)
    return Summary(grouped["all"], grouped["most"], grouped["some"], only, comparison.disputes(), comparison.passages())


def plural(n: int, noun: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def listed(names: list[str], most: int = 6) -> str:
    """Names as a reader lists them; beyond `most` the rest is counted.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
