"""Two articles with lines between what they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storydiff.views.cards import anchor
from storydiff.views.summary import Level, level

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.records import Mention, Statement

ROW = 30
"""Height of one line of the view in CSS pixels; the style sheet uses the same."""
GAP = 120
"""Width of the band the lines cross."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One mention, in reading order."""

    anchor: str
    statement: str
    text: str
    level: Level


@dataclass(frozen=True, slots=True)
class Curve:
    """A line between two entries."""

    statement: str
    path: str
    level: Level


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles (their positions), their shared mentions in reading order, and the lines between them."""

    left: int
    right: int
    lefts: list[Entry]
    rights: list[Entry]
    curves: list[Curve]
    height: int
    n_shared: int


def pair(left: int, right: int, articles: list[Article], statements: list[Statement], least: int | None = None) -> Pair:
    """Prepare the view of two articles, given by position."""
    sides: tuple[list[tuple[Mention, int, Statement]], ...] = ([], [])
    shared = 0
    ids = (articles[left].id, articles[right].id)
    for statement in statements:
        found = [
            [(mention, at, statement) for at, mention in enumerate(statement.mentions) if mention.article.id == id]
            for id in ids
        ]
        if all(found):
            shared += 1
            for side, mentions in zip(sides, found, strict=True):
                side.extend(mentions)
    rows: tuple[dict[str, list[int]], ...] = ({}, {})
    entries: list[list[Entry]] = []
    for side, row in zip(sides, rows, strict=True):
        side.sort(key=lambda entry: (entry[0].start, entry[0].end, entry[2].id))
        for at, (_, _, statement) in enumerate(side):
            row.setdefault(anchor(statement), []).append(at)
        entries.append(
            [
                Entry(
                    anchor(statement, at),
                    anchor(statement),
                    mention.text,
                    level(statement.n_articles, len(articles), least),
                )
                for mention, at, statement in side
            ]
        )
    widths: dict[str, Level] = {entry.statement: entry.level for entry in entries[0]}
    curves = [
        Curve(statement, _curve(a, b), widths[statement])
        for statement, starts in rows[0].items()
        for a in starts
        for b in rows[1][statement]
    ]
    return Pair(left, right, entries[0], entries[1], curves, ROW * max(len(sides[0]), len(sides[1])), shared)


def _curve(a: int, b: int) -> str:
    y, z = a * ROW + ROW // 2, b * ROW + ROW // 2
    return f"M0 {y}C{GAP // 2} {y} {GAP // 2} {z} {GAP} {z}"


def pairs(articles: list[Article], statements: list[Statement], most: int = 15, least: int | None = None) -> list[Pair]:
    """The pairs that share most statements, at most so many; ties in the articles' order."""
    positions = {article.id: position for position, article in enumerate(articles)}
    counts: dict[tuple[int, int], int] = {}
    for statement in statements:
        members = sorted(positions[article.id] for article in statement.articles)
        for at, left in enumerate(members):
            for right in members[at + 1 :]:
                counts[left, right] = counts.get((left, right), 0) + 1
    ranked = sorted(counts, key=lambda key: (-counts[key], key))[:most]
    return [pair(left, right, articles, statements, least) for left, right in ranked]
