"""The statements x articles matrix, the main news first: who says what."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from storydiff.views.cards import anchor
from storydiff.views.summary import Level, level

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.records import Statement

# Above so many articles a cell is too narrow to hold a link: a row is drawn as one strip.
MOST_CELLS = 24


@dataclass(frozen=True, slots=True)
class Row:
    """A statement: for each article the anchor of its first mention there, or nothing; or all as one SVG path."""

    anchor: str
    level: Level
    statement: Statement
    cells: list[str | None]
    strip: str | None


def rows(statements: list[Statement], articles: list[Article], least: int | None = None) -> list[Row]:
    """A row for each statement; `least` articles count as most."""
    return [_row(statement, articles, least) for statement in statements]


def _row(statement: Statement, articles: list[Article], least: int | None) -> Row:
    first: dict[str, str] = {}
    for at, mention in enumerate(statement.mentions):
        first.setdefault(mention.article.id, anchor(statement, at))
    cells = [first.get(article.id) for article in articles]
    strip = path([cell is not None for cell in cells]) if len(articles) > MOST_CELLS else None
    return Row(anchor(statement), level(statement.n_articles, len(articles), least), statement, cells, strip)


def path(filled: list[bool], y: int = 0) -> str:
    """The filled cells of a row as an SVG path of unit squares, neighbours drawn as one.

    >>> path([True, True, False, True])
    'M0 0h2v1h-2zM3 0h1v1h-1z'
    """
    out = []
    x = 0
    for on, run in groupby(filled):
        width = len(list(run))
        if on:
            out.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(out)
