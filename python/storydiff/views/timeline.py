"""The story over time: who said a shared statement first, and what each article brought that nobody had before."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from storydiff.dates import days
from storydiff.views.cards import anchor
from storydiff.views.names import when

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.records import Statement, Unique
    from storydiff.views.summary import Summary


@dataclass(frozen=True, slots=True)
class Moment:
    """An article on the line: its position among the articles, when it appeared, what was first said in it, and what
    still stands in it alone. `at` runs from 0, the first, to 1, the last."""

    position: int
    when: str
    at: float
    first: list[Statement]
    alone: list[tuple[int, Unique]]


@dataclass(frozen=True, slots=True)
class Point:
    """An article that asserts a statement, and the anchor of the words."""

    position: int
    at: float
    anchor: str
    first: bool


@dataclass(frozen=True, slots=True)
class Course:
    """How a statement travelled: its points in time order, and who had it first."""

    statement: Statement
    points: list[Point]
    first: list[int]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The articles whose date is known in time order, the course of the shared statements, and the latest article."""

    moments: list[Moment]
    courses: list[Course]
    latest: Moment
    since: str
    undated: int


def timeline(articles: list[Article], summary: Summary) -> Timeline | None:
    """The timeline, or None where fewer than two articles say when they appeared, or all appeared at once."""
    times = {at: time for at, article in enumerate(articles) if (time := days(article.published)) is not None}
    if len(set(times.values())) < 2:
        return None
    start, end = min(times.values()), max(times.values())
    place = {at: (time - start) / (end - start) for at, time in times.items()}
    position = {article.id: at for at, article in enumerate(articles)}
    courses = [course for statement in summary.shared if (course := _course(statement, position, place))]
    first: dict[int, list[Statement]] = {at: [] for at in times}
    for course in courses:
        # Two that appeared at one time: neither is known to be the first.
        if len(course.first) == 1:
            first[course.first[0]].append(course.statement)
    moments = [
        Moment(
            at,
            when(articles[at].published) or "",
            place[at],
            first[at],
            summary.alone[articles[at].id],
        )
        for at in sorted(times, key=lambda at: (times[at], at))
    ]
    by_time = [list(group) for _, group in groupby(moments, key=lambda moment: moment.at)]
    return Timeline(moments, courses, by_time[-1][-1], by_time[-2][-1].when, len(articles) - len(times))


def _course(statement: Statement, position: dict[str, int], place: dict[int, float]) -> Course | None:
    anchors: dict[int, str] = {}
    for number, mention in enumerate(statement.mentions):
        at = position[mention.article.id]
        if at in place:
            anchors.setdefault(at, anchor(statement, number))
    if len(anchors) < 2:
        return None
    least = min(place[at] for at in anchors)
    points = [
        Point(at, place[at], anchors[at], place[at] == least) for at in sorted(anchors, key=lambda at: (place[at], at))
    ]
    return Course(statement, points, [point.position for point in points if point.first])
