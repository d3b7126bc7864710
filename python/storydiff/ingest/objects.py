"""From Python objects to articles."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from typing import Any

from storydiff.article import Article
from storydiff.ingest.files import read_articles
from storydiff.ingest.records import is_frame, rows, to_article

_EXPECTED = "expected a list of texts or Articles, a dict of id to text, a frame with a 'text' column, or a Path"


def as_articles(articles: Any) -> list[Article]:
    """The articles behind anything `compare` takes.

    Raises
    ------
    TypeError
        When something is of no type we know; names the parameter and the position.
    """
    if isinstance(articles, str | bytes):
        kind = type(articles).__name__
        raise TypeError(f"articles must be several, got one {kind}; {_EXPECTED}; read files with read_articles(...)")
    if isinstance(articles, os.PathLike):
        return read_articles(articles)
    if isinstance(articles, Mapping):
        return [_from_item(item, str(id), f"articles[{id!r}]", own_id=True) for id, item in articles.items()]
    if is_frame(articles):
        return [
            _from_item(row, str(number), f"row {number} of articles") for number, row in enumerate(rows(articles), 1)
        ]
    if isinstance(articles, Set) or not isinstance(articles, Iterable):
        kind = type(articles).__name__
        raise TypeError(
            f"articles: got a {kind}{' (which has no order)' if isinstance(articles, Set) else ''}; {_EXPECTED}"
        )
    items = list(articles)
    if items and all(isinstance(item, os.PathLike) for item in items):
        return read_articles(items)
    return [_from_item(item, str(number), f"articles[{number - 1}]") for number, item in enumerate(items, 1)]


def _from_item(item: object, id: str, where: str, *, own_id: bool = False) -> Article:
    if isinstance(item, str):
        return Article(id, item)
    if isinstance(item, Article):
        return replace(item, id=id) if own_id else item
    if isinstance(item, Mapping):
        try:
            article = to_article(item, id)
        except (TypeError, ValueError) as error:
            raise type(error)(f"{where}: {error}") from error
        return replace(article, id=id) if own_id else article
    raise TypeError(f"{where} must be a str or an Article, got {type(item).__name__}")
