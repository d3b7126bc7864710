"""The rows of a corpus: articles with what else stands beside them, and what is no article set aside."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from storydiff.article import Article
from storydiff.read import as_articles
from storydiff.read.frames import is_frame, rows_with
from storydiff.read.rows import METADATA, to_article

Errors = Literal["raise", "collect"]


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


def read_corpus(
    articles: Any, *, published: str = "published", story: str | None = None, errors: Errors = "raise"
) -> Corpus:
    """The articles behind anything that `compare` takes, in the order given.

    Parameters
    ----------
    articles : list of str, dict of id to text, list of Article or dict, or a frame with a ``text`` column
    published, story : str
        The columns or keys that hold when an article appeared and which story it belongs to.
    errors : {"raise", "collect"}
        Whether what is no article, and a repeated id, raises or is set aside.
    """
    if errors not in ("raise", "collect"):
        raise ValueError(f"errors must be 'raise' or 'collect', got {errors!r}")
    found: list[Article] = []
    stories: list[str | None] = []
    failures: list[Failure] = []
    seen: set[str] = set()
    for number, row in enumerate(_rows(articles, published, story), 1):
        id = _id(row, str(number))
        of = row.get(story) if isinstance(row, Mapping) and story is not None else None
        of = None if of is None or of != of else str(of)
        try:
            article = _article(row, id, published)
            if article.id in seen:
                raise ValueError(f"articles must have distinct ids, but {article.id!r} occurs more than once")
        except (TypeError, ValueError) as error:
            if errors == "raise":
                raise type(error)(f"row {number} of articles: {error}") from error
            failures.append(Failure(id, of, str(error)))
            continue
        seen.add(article.id)
        found.append(article)
        stories.append(of)
    return Corpus(found, stories, failures)


def _rows(articles: Any, published: str, story: str | None) -> Iterable[Any]:
    """An Article, a text, or a mapping for each row, whatever it holds."""
    if is_frame(articles):
        extra = {published} if story is None else {published, story}
        return rows_with(articles, ("text",), ("id", *METADATA, *sorted(extra - {*METADATA})))
    if isinstance(articles, Mapping):
        return ({"id": id, "text": item} if not isinstance(item, Mapping) else {**item, "id": id}
                for id, item in articles.items())  # fmt: skip
    if isinstance(articles, str | bytes | os.PathLike) or not isinstance(articles, Iterable):
        return as_articles(articles)
    items = list(articles)
    return as_articles(items) if items and all(isinstance(item, os.PathLike) for item in items) else items


def _id(row: Any, default: str) -> str:
    given = row.id if isinstance(row, Article) else row.get("id") if isinstance(row, Mapping) else None
    return default if given is None or given != given else str(given)


def _article(row: Any, id: str, published: str) -> Article:
    if isinstance(row, Article):
        return row
    if isinstance(row, str):
        return Article(id, row)
    if not isinstance(row, Mapping):
        raise TypeError(f"an article must be a str, an Article or a dict, got {type(row).__name__}")
    return to_article(row if published == "published" else {**row, "published": row.get(published)}, id)
