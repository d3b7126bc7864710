"""What each article is called wherever it is shown: short, and no two alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from storydiff.dates import days

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.comparison import Comparison
    from storydiff.records import Dispute

MOST_LETTERS = 32
"""Longest label: what fits over a column of the reader and beside a row of the heat map."""

# Numbers, hashes and file names of a series say nothing of the article; a name that somebody chose does.
_NO_NAME = re.compile(r"[\W\d_]*|(?:article|doc|document|file|item|story|text)?[-_ .]*\d+", re.IGNORECASE)
_HASH = re.compile(r"(?:\d+[-_.])?[0-9a-f-]{12,}", re.IGNORECASE)


def names_of(comparison: Comparison) -> dict[str, str]:
    """The label of each article of a comparison by id."""
    return labels(comparison.articles, headlines(comparison))


def headlines(comparison: Comparison) -> dict[str, str]:
    """The headline of each article that has one, by id: its title, else the first headline found in its text."""
    found = {article.id: title for article in comparison.articles if (title := _line(article.title))}
    for sentence in comparison.sentences:
        if sentence.kind == "headline":
            found.setdefault(sentence.article.id, _line(sentence.text))
    return found


def said_by_name(names: Mapping[str, str], headlines: Mapping[str, str]) -> set[str]:
    """The articles, by id, whose headline says all that their label says, or that have none."""
    return {id for id, name in names.items() if headlines.get(id, name).startswith(name.removesuffix("…"))}


def labels(articles: list[Article], headlines: Mapping[str, str] | None = None) -> dict[str, str]:
    """The label of each article by id: its source, else its title, else its id.

    An id that is no name, such as a number or a hash, gives way to the headline found in the text, and a hash to how
    the text begins. Articles of one source are told apart by their day, by their time, or by a number.
    """
    known = headlines or {}
    plain = {article.id: _label(article, known.get(article.id)) for article in articles}
    sharing: dict[str, list[Article]] = {}
    for article in articles:
        sharing.setdefault(plain[article.id].casefold(), []).append(article)
    for group in sharing.values():
        if len(group) > 1:
            plain.update(_told_apart(group, plain))
    return _numbered(plain)


def labels_in(value: Any) -> dict[str, str]:
    """The labels of the articles that a record, or a list of records, speaks of: what it shows by itself.

    Which lines are headlines only a comparison knows; here a first line that ends unlike a sentence is one.
    """
    articles = list({article.id: article for article in _articles_in(value)}.values())
    first = {article.id: first_line(article.text) for article in articles}
    return labels(articles, {id: line for id, line in first.items() if line and line[-1] not in ".!?…"})


def _articles_in(value: Any) -> Iterator[Article]:
    if type(value).__name__ == "Article":
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _articles_in(getattr(value, field.name))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _articles_in(each)


def first_line(text: str) -> str:
    """The first line of a text with words in it."""
    return _line(text.lstrip()[:500].partition("\n")[0])


def when(published: str | None) -> str | None:
    """A date as readers write it, with the time where it is known: ``3 Mar 2026, 09:10``; None where unreadable.

    >>> when("2026-03-03"), when("2026-03-03T09:10:00"), when("soon")
    ('3 Mar 2026', '3 Mar 2026, 09:10', None)
    """
    moment = days(published)
    if moment is None or published is None:
        return None
    # Rounded to the second: a day's fraction has not every second exactly.
    time = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=round(moment * 86_400))
    day = f"{time.day} {time:%b} {time.year}"
    return f"{day}, {time:%H:%M}" if re.search(r"\d:\d", published) else day


def values_of(dispute: Dispute) -> list[str]:
    """What is said of a disputed fact, value by value; of those in the same words, such as "yesterday" in articles of
    two days, each with the days of its articles."""
    texts = [_line(value.text) for value in dispute.values]
    alike = Counter(text.casefold() for text in texts)
    return [
        _dated(text, value.articles) if alike[text.casefold()] > 1 else text
        for text, value in zip(texts, dispute.values, strict=True)
    ]


def _dated(text: str, articles: list[Article]) -> str:
    times = {article.published: time for article in articles if (time := days(article.published)) is not None}
    dates = list(
        dict.fromkeys((when(date) or "").split(",")[0] for date in sorted(times, key=lambda date: times[date]))
    )
    if not dates:
        return text
    return f"{text} (written {dates[0]})" if len(dates) == 1 else f"{text} (written {dates[0]} to {dates[-1]})"


def _label(article: Article, headline: str | None) -> str:
    id = _line(article.id)
    named = _line(article.source) or _line(article.title)
    if not named and _HASH.fullmatch(id):
        named = headline or first_line(article.text)
    elif not named and headline and _NO_NAME.fullmatch(id):
        named = headline
    return shortened(named or id)


def shortened(text: str, most: int = MOST_LETTERS) -> str:
    """The text, cut at a word where it is longer than `most` letters.

    >>> shortened("Cargo ship hits Lantern Bridge, killing two", 24)
    'Cargo ship hits Lantern…'
    """
    if len(text) <= most:
        return text
    head = text[: most - 1]
    within_word = text[most - 1] != " " and " " in head[most // 2 :]
    return (head.rsplit(" ", 1)[0] if within_word else head).rstrip(" ,;:.–—-") + "…"


def _told_apart(group: list[Article], plain: Mapping[str, str]) -> dict[str, str]:
    ways: list[Callable[[Article], str | None]] = [_day, lambda article: when(article.published)]
    for way in ways:
        marks = [way(article) for article in group]
        if None not in marks and len(set(marks)) == len(group):
            return {article.id: f"{plain[article.id]}, {mark}" for article, mark in zip(group, marks, strict=True)}
    return {article.id: f"{plain[article.id]} {at}" for at, article in enumerate(group, 1)}


def _day(article: Article) -> str | None:
    date = when(article.published)
    return None if date is None else " ".join(date.split(",")[0].split()[:2])


def _numbered(plain: dict[str, str]) -> dict[str, str]:
    """The labels, with a number after those that are still alike: "Wire 2" may be another's own name."""
    taken: set[str] = set()
    out = {}
    for id, name in plain.items():
        fresh, number = name, 2
        while fresh.casefold() in taken:
            fresh, number = f"{name} ({number})", number + 1
        taken.add(fresh.casefold())
        out[id] = fresh
    return out


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
