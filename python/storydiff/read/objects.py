"""From Python objects to articles."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

from storydiff.article import Article
from storydiff.dates import moment
from storydiff.read.files import Reading, read_paths
from storydiff.read.frames import cells, index_ids, is_frame, rows
from storydiff.read.languages import other_language, together, traces
from storydiff.read.paths import ENDINGS
from storydiff.read.rows import Columns, absent, to_article

_EXPECTED = "expected a list of texts or Articles, a dict of id to text, a frame with a 'text' column, or a Path"
_LONGEST_PATH = 1024
# An end of an element, or a line's; a few may be what the article speaks of.
_TAG = re.compile(r"</[A-Za-z][\w:-]*>|<br ?/?>")
_MOST_TAGS = 5
_ENOUGH = 20_000


def as_articles(
    articles: Any, *, columns: Columns | None = None, skipped: list[str] | None = None, skip: str = "", first: int = 1
) -> list[Article]:
    """The articles behind anything `compare` takes.

    Parameters
    ----------
    columns
        What the caller calls the fields of items and the columns of frames.
    skipped
        Where to list files, rows and items that hold no article, instead of raising.
    skip
        What the caller says to have them left out, if he can: an error tells of it.
    first
        The number of the first, where they have no ids.

    Raises
    ------
    TypeError
        When something is of no type we know; names the parameter and the position.
    """
    reading = _Reading(columns or Columns(), skipped, skip)
    if isinstance(articles, str | bytes):
        kind = type(articles).__name__
        raise TypeError(f"articles must be several, got one {kind}; {_EXPECTED}; read files with read_articles(...)")
    if not isinstance(articles, Iterable) and isinstance(members := getattr(articles, "articles", None), list):
        articles = members  # a story of find_stories
    if isinstance(articles, os.PathLike):
        return reading.files([articles])
    if isinstance(articles, Mapping):
        _refuse_paths(articles.values())
        reading.columns.check(item for item in articles.values() if isinstance(item, Mapping))
        given = ((item, str(id), f"articles[{id!r}]", True) for id, item in articles.items())
        return reading.articles(given)
    if is_frame(articles):
        numbered = enumerate(rows(articles, reading.columns), first)
        frame = _Reading(Columns(), skipped, skip)  # its columns have our names by now
        return frame.articles((row.values, str(number), f"{row.where} of articles", False) for number, row in numbered)
    if isinstance(articles, Set) or not isinstance(articles, Iterable):
        kind = type(articles).__name__
        why = " (which has no order)" if isinstance(articles, Set) else ""
        raise TypeError(f"articles: got {'an' if kind[0] in 'aeiou' else 'a'} {kind}{why}; {_EXPECTED}")
    items = cells(articles) if hasattr(articles, "to_pylist") else list(articles)
    reading.columns.check(item for item in items if isinstance(item, Mapping))
    if items and all(isinstance(item, os.PathLike) for item in items):
        return reading.files(items)
    _refuse_paths(items)
    ids = index_ids(articles) or [str(number) for number in range(first, first + len(items))]
    where = (f"articles[{at}]" for at in range(len(items)))
    return reading.articles(zip(items, ids, where, (False for _ in items), strict=True))


def added_articles(value: Any, known: list[Article]) -> list[Article]:
    """One article or several to be added to those known; what has no id gets the next number that is free."""
    if isinstance(value, Article):
        return [value]
    if isinstance(value, str) and _is_path(value):
        raise TypeError(f"article must be a text, got the name of a file, {value!r}; read it with read_articles(...)")
    one = isinstance(value, str) or (isinstance(value, Mapping) and Columns().has_text(value))
    ids = {article.id for article in known}
    first = len(known) + 1
    while str(first) in ids:
        first += 1
    return as_articles([value] if one else value, first=first)


def doubts(articles: list[Article], language: str) -> list[str]:
    """What to warn of before articles are compared."""
    found = [nothing_to_compare(articles), *wrong_language(articles, language), no_dates(articles), markup(articles)]
    return [message for message in found if message is not None]


def nothing_to_compare(articles: list[Article]) -> str | None:
    """What to warn of: no article, one alone, or one text under two ids."""
    if not comparable(articles):
        said = [article.id for article in articles if article.text.strip()]
        if not said:
            return f"articles: {'none has a text' if articles else 'got none'}, so there is nothing to compare"
        only = f"got only {said[0]!r}" if len(articles) == 1 else f"only {said[0]!r} has a text"
        return f"articles: {only}; it takes two to compare"
    by_text: dict[str, str] = {}
    for article in articles:
        if article.text.strip() and (other := by_text.setdefault(article.text, article.id)) != article.id:
            return f"articles: {other!r} and {article.id!r} have the same text, which counts as two that agree"
    return None


def comparable(articles: list[Article]) -> bool:
    """Whether there are two that say something."""
    return sum(bool(article.text.strip()) for article in articles) > 1


def no_dates(articles: list[Article]) -> str | None:
    """What to warn of: articles whose `published` is no date."""
    unread = [f"{a.published!r} of {a.id!r}" for a in articles if a.published and moment(a.published) is None]
    if not unread:
        return None
    return (
        f"articles: published must be a date in ISO 8601, such as 2026-03-02T09:10:00Z, got {_some(unread)}; that is "
        "shown as it is, and counts as no date"
    )


def wrong_language(articles: list[Article], language: str) -> list[str]:
    """What to warn of: articles in another language than the one asked for, all of them or some."""
    found = [traces(article.text) for article in articles]
    whole = other_language(together(found), language)
    told = []
    if whole is not None:
        told.append(
            f"articles: read as language={language!r}, but they look like {whole!r}; pass language={whole!r} "
            f"(on the command line -l {whole})"
        )
    each = [(article.id, other_language(one, whole or language)) for article, one in zip(articles, found, strict=True)]
    if odd := [f"{id!r} looks like {code!r}" for id, code in each if code is not None]:
        told.append(
            f"articles: {_some(odd)}, and is read as language={language!r} like the others: "
            "hardly anything that it says will be found in them"
        )
    return told


def markup(articles: list[Article]) -> str | None:
    """What to warn of: articles full of tags."""
    marked = [repr(article.id) for article in articles if len(_TAG.findall(article.text[:_ENOUGH])) >= _MOST_TAGS]
    if not marked:
        return None
    return (
        f"articles: the text of {_some(marked)} holds tags of HTML or XML, which are read as words; take them out, or "
        "save it as .html for read_articles"
    )


def left_out(skipped: list[str]) -> str:
    """What to warn of: files, rows and items that hold no article."""
    return f"articles: left out {len(skipped)} without an article: {_some(skipped, '; ')}"


def _some(each: list[str], between: str = ", ") -> str:
    """The first three, and how many there are besides."""
    return between.join(each[:3]) + (f" and {len(each) - 3:,} more" if len(each) > 3 else "")


def _refuse_paths(items: Iterable[object]) -> None:
    """Strings that name files were meant to be read: to compare the names helps nobody."""
    texts = list(items)
    if texts and all(isinstance(text, str) and _is_path(text) for text in texts):
        raise TypeError(
            f"articles must be texts, got the names of files, such as {texts[0]!r}; "
            "read them first: compare(read_articles(...))"
        )


def _is_path(text: str) -> bool:
    if not text or len(text) > _LONGEST_PATH or any(c in text for c in "\n\r\0"):
        return False
    ending = Path(text).suffix.lower()
    try:
        return Path(text).is_file() or (ending in ENDINGS and text != ending and not text.startswith(" "))
    except OSError:
        return False


class _Reading:
    def __init__(self, columns: Columns, skipped: list[str] | None, skip: str) -> None:
        self.columns = columns
        self.skipped = skipped
        self.skip = skip

    def files(self, paths: list[os.PathLike[str]]) -> list[Article]:
        """The articles of files."""
        how = Reading(self.columns, skip=self.skip)
        found, unread = read_paths(paths, how, "raise" if self.skipped is None else "skip")
        if self.skipped is not None:
            self.skipped += map(str, unread)
        return found

    def articles(self, given: Iterable[tuple[object, str, str, bool]]) -> list[Article]:
        """The articles of ``(item, id, where, own_id)``; an own id goes before one that the item has."""
        found = []
        for item, id, where, own_id in given:
            try:
                article = self.article(item, id, where)
            except (TypeError, ValueError) as error:
                if self.skipped is None and self.skip:
                    raise type(error)(f"{error}; {self.skip} leaves it out") from error
                if self.skipped is None:
                    raise
                self.skipped.append(str(error))
                continue
            found.append(replace(article, id=id) if own_id and article.id != id else article)
        return found

    def article(self, item: object, id: str, where: str) -> Article:
        if isinstance(item, str):
            return Article(id, item)
        if isinstance(item, Article):
            return item
        if isinstance(item, Mapping):
            try:
                return to_article(item, id, self.columns)
            except (TypeError, ValueError) as error:
                raise type(error)(f"{where}: {error}") from error
        kind = "nothing" if absent(item) else type(item).__name__
        raise TypeError(f"{where} must be a str or an Article, got {kind}{_hint(item)}")


def _hint(item: object) -> str:
    """What to do about something that holds an article, and is none."""
    if isinstance(item, os.PathLike) or hasattr(item, "read"):
        return "; read files first: read_articles([...])"
    if isinstance(item, tuple) and len(item) == 2:
        return "; ids and texts go into a dict: dict(pairs)"
    return "; columns go into a frame: pandas.DataFrame(columns)" if isinstance(item, list) else ""
