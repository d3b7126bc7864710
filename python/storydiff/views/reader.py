"""The articles side by side, as written, with what they share and what only one says marked in the text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storydiff.views.markup import Mark, marked, web_address
from storydiff.views.summary import Level, level

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.comparison import Comparison
    from storydiff.records import Statement
    from storydiff.views.summary import Summary


@dataclass(frozen=True, slots=True)
class Column:
    """One article, ready for the page."""

    article: Article
    number: int
    label: str
    url: str | None
    html: str
    n_shared: int
    n_unique: int


@dataclass(frozen=True, slots=True)
class Sister:
    """One mention of a statement: where it stands and how it reads."""

    article: str
    label: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A shared statement with all its mentions."""

    anchor: str
    level: Level
    statement: Statement
    sisters: list[Sister]


def anchor(statement: Statement, mention: int | None = None) -> str:
    """The name of a statement, or of one of its mentions, within a page."""
    return f"s{statement.id}" if mention is None else f"s{statement.id}-{mention}"


def cards(statements: list[Statement], n_articles: int, names: dict[str, str]) -> list[Card]:
    """A card for each statement."""
    return [
        Card(
            anchor(statement),
            level(statement.n_articles, n_articles),
            statement,
            [
                Sister(mention.article.id, names[mention.article.id], anchor(statement, at), mention.text)
                for at, mention in enumerate(statement.mentions)
            ],
        )
        for statement in statements
    ]


def columns(comparison: Comparison, summary: Summary, names: dict[str, str], prefix: str = "") -> list[Column]:
    """Every article's text with its marks; `prefix` keeps the ids of two views on one page apart."""
    articles = comparison.articles
    marks: dict[str, list[Mark]] = defaultdict(list)
    shared: dict[str, set[int]] = defaultdict(set)
    for sentence in comparison.sentences:
        if sentence.kind != "body":
            marks[sentence.article.id].append(Mark(sentence.start, sentence.end, sentence.kind))
    for statement in summary.shared:
        name, width = anchor(statement), level(statement.n_articles, len(articles))
        title = f"in {statement.n_articles} of {len(articles)} articles"
        for at, mention in enumerate(statement.mentions):
            id = f"{prefix}{anchor(statement, at)}"
            mark = Mark(mention.start, mention.end, f"m {width} {name}", id, f"#{prefix}{name}", title)
            marks[mention.article.id].append(mark)
            shared[mention.article.id].add(statement.id)
    for number, spans in enumerate(summary.only.values()):
        for at, span in enumerate(spans):
            classes = "u telling" if at < max(3, len(spans) // 4) else "u"
            marks[span.article.id].append(Mark(span.start, span.end, classes, f"{prefix}u{number}-{at}"))
    return [
        Column(
            article,
            number,
            names[article.id],
            web_address(article.url),
            marked(article.text, marks[article.id]),
            len(shared[article.id]),
            len(summary.only[article.id]),
        )
        for number, article in enumerate(articles)
    ]
