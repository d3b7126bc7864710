"""From Python objects to articles."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

from storydiff.article import Article
from storydiff.read.files import ENDINGS, read_articles
from storydiff.read.frames import cells, index_ids, is_frame, rows
from storydiff.read.languages import other_language
from storydiff.read.rows import Columns, absent, to_article

_EXPECTED = "expected a list of texts or Articles, a dict of id to text, a frame with a 'text' column, or a Path"
_LONGEST_PATH = 1024


def as_articles(
    articles: Any, *, columns: Columns | None = None, skipped: list[str] | None = None, first: int = 1
) -> list[Article]:
    """The articles behind anything `compare` takes.

    Parameters
    ----------
    columns
        What the caller calls the fields of items and the columns of frames.
    skipped
        Where to list rows and items that hold no article, instead of raising.
    first
        The number of the first, where they have no ids.

    Raises
    ------
    TypeError
        When something is of no type we know; names the parameter and the position.
    """
    reading = _Reading(columns or Columns(), skipped)
    if isinstance(articles, str | bytes):
        kind = type(articles).__name__
        raise TypeError(f"articles must be several, got one {kind}; {_EXPECTED}; read files with read_articles(...)")
    if isinstance(articles, os.PathLike):
        return read_articles(articles)
    if isinstance(articles, Mapping):
        _refuse_paths(articles.values())
        given = ((item, str(id), f"articles[{id!r}]", True) for id, item in articles.items())
        return reading.articles(given)
    if is_frame(articles):
        numbered = enumerate(rows(articles, reading.columns), first)
        frame = _Reading(Columns(), skipped)  # its columns have our names by now
        return frame.articles((row.values, str(number), f"{row.where} of articles", False) for number, row in numbered)
    if isinstance(articles, Set) or not isinstance(articles, Iterable):
        kind = type(articles).__name__
        raise TypeError(
            f"articles: got a {kind}{' (which has no order)' if isinstance(articles, Set) else ''}; {_EXPECTED}"
        )
    items = cells(articles) if hasattr(articles, "to_pylist") else list(articles)
    if items and all(isinstance(item, os.PathLike) for item in items):
        return read_articles(items)
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


def nothing_to_compare(articles: list[Article]) -> str | None:
    """What to warn of: no article, one alone, or one text under two ids."""
    if len(articles) < 2:
        n = f"only {articles[0].id!r}, with which alone" if articles else "none, and"
        return f"articles: got {n} nothing can be compared"
    by_text: dict[str, str] = {}
    for article in articles:
        if article.text.strip() and (other := by_text.setdefault(article.text, article.id)) != article.id:
            return f"articles: {other!r} and {article.id!r} have the same text, which counts as two that agree"
    return None


def wrong_language(articles: list[Article], language: str) -> str | None:
    """What to warn of: articles in another language than the one asked for."""
    other = other_language((article.text for article in articles), language)
    if other is None:
        return None
    return f"articles: read as language={language!r}, but they look like {other!r}; pass language={other!r}"


def left_out(skipped: list[str]) -> str | None:
    """What to warn of: rows and items that hold no article."""
    if not skipped:
        return None
    return f"articles: left out {len(skipped)} without a text: {'; '.join(skipped[:3])}{' ...' * (len(skipped) > 3)}"


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
    def __init__(self, columns: Columns, skipped: list[str] | None) -> None:
        self.columns = columns
        self.skipped = skipped

    def articles(self, given: Iterable[tuple[object, str, str, bool]]) -> list[Article]:
        """The articles of ``(item, id, where, own_id)``; an own id goes before one that the item has."""
        found = []
        for item, id, where, own_id in given:
            try:
                article = self.article(item, id, where)
            except (TypeError, ValueError) as error:
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
        raise TypeError(f"{where} must be a str or an Article, got {kind}")
