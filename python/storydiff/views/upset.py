"""Which sets of articles share how much: the rows of an UpSet plot."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.records import Statement


@dataclass(frozen=True, slots=True)
class Intersection:
    """The statements that exactly these articles assert; `share` is the bar's length, the largest being 1."""

    members: list[bool]
    ids: list[str]
    count: int
    share: float


def intersections(statements: list[Statement], articles: list[Article], most: int = 20) -> list[Intersection]:
    """The sets of articles that share most, largest first; ties widest first, then in the articles' order."""
    positions = {article.id: position for position, article in enumerate(articles)}
    counts = Counter(tuple(sorted(positions[a.id] for a in statement.articles)) for statement in statements)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))[:most]
    return [
        Intersection(
            [position in set(members) for position in range(len(articles))],
            [articles[position].id for position in members],
            count,
            count / ranked[0][1],
        )
        for members, count in ranked
    ]
