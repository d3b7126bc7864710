"""The rows of a corpus: articles with what else stands beside them, and what is no article set aside."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from storydiff.article import Article
from storydiff.read import ReadError, as_articles
from storydiff.read.files import Reading, read_paths
from storydiff.read.frames import is_frame
from storydiff.read.frames import rows as rows_of_frame
from storydiff.read.rows import Columns, string, to_article

Errors = Literal["raise", "collect"]
COLLECT = 'errors="collect" sets it aside'
"""What an error of one article or one story says: the others could go on."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An article or a story that was set aside, and why."""

    id: str | None
    story: str | None
    error: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles with distinct ids, the story of each where one is given, and what was set aside."""

    articles: list[Article]
    stories: list[str | None]
    failures: list[Failure]


def columns_of(published: str, **named: str | None) -> Columns:
    """What the columns are called, where a caller says of some; that of `published` has a default."""
    return Columns({**named, "published": None if published == "published" else published})


def read_corpus(
    articles: Any, *, columns: Columns | None = None, story: str | None = None, errors: Errors = "raise"
) -> Corpus:
    """The articles behind anything that `compare` takes, in the order given.

    Parameters
    ----------
    articles : list of str, dict of id to text, list of Article or dict, or a frame with a ``text`` column
    columns : Columns, optional
        What the columns or keys of the fields are called.
    story : str, optional
        The column or key that holds which story an article belongs to.
    errors : {"raise", "collect"}
        Whether what is no article, and a repeated id, raises or is set aside.
    """
    if errors not in ("raise", "collect"):
        raise ValueError(f"errors must be 'raise' or 'collect', got {errors!r}")
    found: list[Article] = []
    stories: list[str | None] = []
    failures: list[Failure] = []
    seen: set[str] = set()
    rows, columns = _rows(articles, columns or Columns(), story, errors)
    for number, row in enumerate(rows, 1):
        id = _id(row, str(number), columns)
        of = string(row.get(story)) if isinstance(row, Mapping) and story is not None else None
        try:
            article = _article(row, id, columns)
            if article.id in seen:
                raise ValueError(f"articles must have distinct ids, but {article.id!r} occurs more than once")
        except (TypeError, ValueError) as error:
            if errors == "raise":
                if isinstance(error, ReadError):  # it names the file and the line
                    raise
                raise type(error)(f"row {number} of articles: {error}; {COLLECT}") from error
            failures.append(Failure(id, of, str(error)))
            continue
        seen.add(article.id)
        found.append(article)
        stories.append(of)
    return Corpus(found, stories, failures)


def _rows(articles: Any, columns: Columns, story: str | None, errors: Errors) -> tuple[Iterable[Any], Columns]:
    """An Article, a text, an error, or a mapping for each row, whatever it holds; and what its fields are called."""
    if is_frame(articles):
        found = rows_of_frame(articles, columns, () if story is None else (story,))
        return (row.values for row in found), Columns()  # they have our names by now
    if isinstance(articles, Mapping):
        items = [
            {"id": id, "text": item} if not isinstance(item, Mapping) else {**item, "id": id}
            for id, item in articles.items()
        ]
        return items, columns
    if isinstance(articles, os.PathLike):
        return _of_files([articles], columns, errors), columns
    if isinstance(articles, str | bytes) or not isinstance(articles, Iterable):
        return as_articles(articles, columns=columns), columns
    items = list(articles)
    if items and all(isinstance(item, os.PathLike) for item in items):
        return _of_files([item for item in items if isinstance(item, os.PathLike)], columns, errors), columns
    columns.check(item for item in items if isinstance(item, Mapping))
    return items, columns


def _of_files(paths: list[os.PathLike[str]], columns: Columns, errors: Errors) -> list[Article | ReadError]:
    """The articles of files; with ``errors="collect"`` an error for each file or item that holds none."""
    how = Reading(columns, skip='errors="collect"')
    found, unread = read_paths(paths, how, "raise" if errors == "raise" else "skip")
    return [*found, *(unread if errors == "collect" else ())]


def _id(row: Any, default: str, columns: Columns) -> str:
    if isinstance(row, Article):
        return row.id
    named = columns.find(row, all_there=False).get("id") if isinstance(row, Mapping) else None
    given = None if named is None else string(row[named])
    return default if given is None else given


def _article(row: Any, id: str, columns: Columns) -> Article:
    if isinstance(row, ReadError):
        raise row
    if isinstance(row, Article):
        return row
    if isinstance(row, str):
        return Article(id, row)
    if not isinstance(row, Mapping):
        raise TypeError(f"an article must be a str, an Article or a dict, got {type(row).__name__}")
    return to_article(row, id, columns)
