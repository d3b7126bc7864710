"""A comparison as tables for pandas, Arrow and everything that reads Arrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from storydiff.text import well_formed

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from storydiff.comparison import Comparison

Table = Literal[
    "mentions",
    "statements",
    "unique",
    "links",
    "conflicts",
    "disputes",
    "passages",
    "sentences",
    "articles",
    "pairs",
    "terms",
]
Columns = dict[str, tuple[str, list[Any]]]
"""By name: the type (``str``, ``int`` or ``float``) and the values."""


def to_pandas(comparison: Comparison, table: Table) -> pandas.DataFrame:
    """The table as a pandas frame; see `Comparison.to_pandas`."""
    columns = _columns(comparison, table)
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError("to_pandas() needs pandas: pip install 'storydiff[pandas]'", name="pandas") from error
    types = {"str": object, "int": np.int64, "float": np.float32}
    return pd.DataFrame({name: pd.Series(values, dtype=types[kind]) for name, (kind, values) in columns.items()})


def to_arrow(comparison: Comparison, table: Table) -> pyarrow.Table:
    """The table as an Arrow table; see `Comparison.to_arrow`."""
    columns = _columns(comparison, table)
    try:
        import pyarrow as pa
    except ImportError as error:
        raise ImportError("to_arrow() needs pyarrow: pip install 'storydiff[arrow]'", name="pyarrow") from error
    types = {"str": pa.string(), "int": pa.int64(), "float": pa.float32()}
    arrays = {
        name: pa.array([v if v is None or kind != "str" else well_formed(v) for v in values], types[kind])
        for name, (kind, values) in columns.items()
    }
    return pa.table(arrays)


def _columns(comparison: Comparison, table: str) -> Columns:
    if table not in _TABLES:
        raise ValueError(f"unknown table {table!r}; expected one of {', '.join(map(repr, _TABLES))}")
    header, rows = _TABLES[table](comparison)
    names = [name.split(":") for name in header.split()]
    return {name: (kind, [row[at] for row in rows]) for at, (name, kind) in enumerate(names)}


Rows = tuple[str, list[tuple[Any, ...]]]


def _mentions(comparison: Comparison) -> Rows:
    return (
        "statement:int n_articles:int article:str sentence:int start:int end:int text:str probability:float",
        [
            (s.id, s.n_articles, m.article.id, m.sentence.index, m.start, m.end, m.text, m.probability)
            for s in comparison.statements
            for m in s.mentions
        ],
    )


def _statements(comparison: Comparison) -> Rows:
    return (
        "statement:int n_articles:int n_mentions:int articles:str text:str",
        [
            (s.id, s.n_articles, len(s.mentions), ", ".join(article.id for article in s.articles), s.text)
            for s in comparison.statements
        ],
    )


def _unique(comparison: Comparison) -> Rows:
    return (
        "article:str start:int end:int text:str score:float reasons:str",
        [(u.article.id, u.start, u.end, u.text, u.score, "; ".join(u.reasons)) for u in comparison.unique()],
    )


def _links(comparison: Comparison) -> Rows:
    return (
        "left_article:str left_sentence:int left_text:str right_article:str right_sentence:int right_text:str "
        "probability:float reasons:str",
        [
            (
                k.left.article.id, k.left.index, k.left.text, k.right.article.id, k.right.index, k.right.text,
                k.probability, "; ".join(reason.text for reason in k.reasons),
            )
            for k in comparison.links()
        ],
    )  # fmt: skip


def _conflicts(comparison: Comparison) -> Rows:
    return (
        "kind:str what:str left_article:str left_sentence:int left_start:int left_end:int left_words:str left_text:str "
        "right_article:str right_sentence:int right_start:int right_end:int right_words:str right_text:str "
        "probability:float",
        [
            (
                c.kind, c.what, c.left.article.id, c.left.index, *c.left_span, c.left_text, c.left.text,
                c.right.article.id, c.right.index, *c.right_span, c.right_text, c.right.text, c.probability,
            )
            for c in comparison.conflicts()
        ],
    )  # fmt: skip


def _disputes(comparison: Comparison) -> Rows:
    return (
        "dispute:int kind:str what:str n_articles:int value:str article:str sentence:int start:int end:int text:str",
        [
            (
                number, d.kind, d.what, d.n_articles, value.text, m.article.id, m.sentence.index, m.start, m.end,
                m.sentence.text,
            )
            for number, d in enumerate(comparison.disputes())
            for value in d.values
            for m in value.mentions
        ],
    )  # fmt: skip


def _passages(comparison: Comparison) -> Rows:
    return (
        "left_article:str left_start:int left_end:int right_article:str right_start:int right_end:int n_words:int "
        "text:str",
        [
            (p.left.id, p.left_start, p.left_end, p.right.id, p.right_start, p.right_end, p.n_words, p.text)
            for p in comparison.passages()
        ],
    )


def _sentences(comparison: Comparison) -> Rows:
    return (
        "article:str sentence:int start:int end:int kind:str text:str",
        [(s.article.id, s.index, s.start, s.end, s.kind, s.text) for s in comparison.sentences],
    )


def _articles(comparison: Comparison) -> Rows:
    return (
        "id:str title:str source:str url:str published:str text:str",
        [(a.id, a.title, a.source, a.url, a.published, a.text) for a in comparison.articles],
    )


def _pairs(comparison: Comparison) -> Rows:
    similarity, containment = comparison.similarity, comparison.containment
    ids = [article.id for article in comparison.articles]
    return (
        "article:str other:str similarity:float containment:float",
        [
            (a, b, similarity[i, j], containment[i, j])
            for i, a in enumerate(ids)
            for j, b in enumerate(ids)
            if i != j
        ],
    )  # fmt: skip


def _terms(comparison: Comparison) -> Rows:
    return (
        "article:str term:str weight:float",
        [(a.id, term, weight) for a in comparison.articles for term, weight in comparison.terms(a)],
    )


_TABLES: dict[str, Callable[[Comparison], Rows]] = {
    "mentions": _mentions,
    "statements": _statements,
    "unique": _unique,
    "links": _links,
    "conflicts": _conflicts,
    "disputes": _disputes,
    "passages": _passages,
    "sentences": _sentences,
    "articles": _articles,
    "pairs": _pairs,
    "terms": _terms,
}
