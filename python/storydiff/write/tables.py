"""A comparison as tables for pandas, Arrow and everything that reads Arrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from storydiff.text import well_formed

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from storydiff.article import Article
    from storydiff.comparison import Comparison
    from storydiff.records import (
        Conflict,
        Copy,
        Dispute,
        Link,
        Mention,
        Partial,
        Passage,
        Quote,
        Sentence,
        Statement,
        Unique,
    )

Table = Literal[
    "mentions",
    "statements",
    "partials",
    "unique",
    "links",
    "conflicts",
    "disputes",
    "passages",
    "copies",
    "quotes",
    "sentences",
    "articles",
    "pairs",
    "terms",
]
Rows = list[tuple[Any, ...]]

VERSION = 1
"""Of the schemas. It grows when a column is renamed, removed or changes its type; a new column comes last."""


def schema(table: str, *, story: bool = False, large_types: bool = False) -> pyarrow.Schema:
    """The Arrow schema of a table: what every table of that name has, to the bit.

    Parameters
    ----------
    table : str
        One of a comparison's (see `Comparison.to_arrow`); ``"stories"``, what `find_stories` gives; ``"errors"``, what
        was set aside; ``"results"``, a row a story with the tables of `compare_stories` nested in it.
    story : bool
        Whether a column ``story`` stands in front, as in the tables of `compare_stories`.
    large_types : bool
        ``large_string`` and ``large_list``, as polars and some engines have them, instead of ``string`` and ``list``.

    Returns
    -------
    pyarrow.Schema
        Its metadata hold the name of the table and the version of its schema. All columns may hold nulls.

    Raises
    ------
    ImportError
        Without pyarrow (``storydiff[arrow]``).

    Examples
    --------
    >>> schema("unique").names
    ['article', 'start', 'end', 'text', 'score', 'probability', 'reasons', 'antecedent']
    """
    pa = _pyarrow("schema()")
    columns = _columns(table)
    if story and table not in _OWN_STORY:
        columns = {"story": "str", **columns}
    fields = [pa.field(name, _arrow_type(kind, large_types)) for name, kind in columns.items()]
    return pa.schema(fields, {"storydiff.table": table, "storydiff.schema": str(VERSION)})


def results_schema(tables: Sequence[str], *, large_types: bool = False) -> pyarrow.Schema:
    """The schema of ``"results"`` with these tables nested in it."""
    pa = _pyarrow("schema()")
    listed = pa.large_list if large_types else pa.list_
    nested = [pa.field(table, listed(pa.struct(list(schema(table, large_types=large_types))))) for table in tables]
    own = schema("results", large_types=large_types)
    return pa.schema([*own, *nested], own.metadata)


def list_headers() -> frozenset[tuple[str, ...]]:
    """The columns of every list of what was found, as files hold them; a list of articles is no such list."""
    lists = [tuple(_columns_of_list(name)) for name in _LISTS if name != "Article"]
    tables = [tuple(_columns(table)) for table in (*_TABLES, *_OTHERS) if table != "articles"]
    return frozenset([*lists, *tables, *(("story", *columns) for columns in tables if columns[0] != "story")])


def to_pandas(comparison: Comparison, table: Table) -> pandas.DataFrame:
    """The table as a pandas frame; see `Comparison.to_pandas`."""
    return _frame(_columns(table), rows_of(comparison, table))


def list_to_pandas(records: Sequence[Any], kind: type | None) -> pandas.DataFrame:
    """Records of one kind, which counts where there are none, as a pandas frame."""
    columns, rows = list_rows(records, kind)
    return _frame(columns, rows)


def list_rows(records: Sequence[Any], kind: type | None) -> tuple[dict[str, str], Rows]:
    """The columns, with their types, and rows of records of one kind."""
    kind = type(records[0]) if records else kind
    # By name: records import their tables, not the reverse.
    name = "nothing" if kind is None else kind.__name__
    if name not in _LISTS:
        raise TypeError(f"expected a list of {', '.join(_LISTS)}, got {name}")
    return _columns_of_list(name), _LISTS[name][1](records)


def _columns_of_list(name: str) -> dict[str, str]:
    # A mention does not know its statement.
    known = {"statement", "n_articles"} if name == "Mention" else set()
    return {column: type for column, type in _columns(_LISTS[name][0]).items() if column not in known}


def frame_of(table: str, rows: Rows, *, story: bool = False) -> pandas.DataFrame:
    """Rows as a pandas frame with the columns of `table`; `story` says that one is in front."""
    columns = _columns(table)
    return _frame({"story": "str", **columns} if story and table not in _OWN_STORY else columns, rows)


def _frame(columns: dict[str, str], rows: Rows) -> pandas.DataFrame:
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError("to_pandas() needs pandas: pip install 'storydiff[pandas]'", name="pandas") from error
    types = {"int": np.int64, "float": np.float32}
    return pd.DataFrame(
        {
            name: pd.Series([row[at] for row in rows], dtype=types.get(kind, object))
            for at, (name, kind) in enumerate(columns.items())
        }
    )


def to_arrow(comparison: Comparison, table: Table) -> pyarrow.Table:
    """The table as an Arrow table; see `Comparison.to_arrow`."""
    return table_of(table, rows_of(comparison, table))


def table_of(table: str, rows: Rows, *, story: str | None = None) -> pyarrow.Table:
    """Rows as an Arrow table of the schema of `table`, with the story in front where one is given."""
    pa = _pyarrow("to_arrow()")
    wanted = schema(table, story=story is not None)
    rows = [(story, *row) for row in rows] if story is not None and table not in _OWN_STORY else rows
    arrays = [pa.array([_clean(row[at]) for row in rows], field.type) for at, field in enumerate(wanted)]
    return pa.Table.from_arrays(arrays, schema=wanted)


def nested(
    story: str | None,
    n_articles: int,
    error: str | None,
    set_aside: Sequence[tuple[str | None, str]],
    rows: Mapping[str, Rows | None],
) -> pyarrow.Table:
    """One row of ``"results"``: a story with its tables inside."""
    pa = _pyarrow("to_arrow()")
    wanted = results_schema(list(rows))
    failures = [{"id": _clean(id), "error": _clean(why)} for id, why in set_aside]
    row: dict[str, Any] = {
        "story": _clean(story), "n_articles": n_articles, "error": _clean(error), "set_aside": failures
    }  # fmt: skip
    for table, given in rows.items():
        names = list(_columns(table))
        row[table] = None if given is None else [
            dict(zip(names, map(_clean, values), strict=True)) for values in given
        ]  # fmt: skip
    return pa.Table.from_pylist([row], schema=wanted)


def joined(parts: Sequence[pyarrow.Table], table: str | None, tables: Sequence[str]) -> pyarrow.Table:
    """Tables of one schema as one; `tables` are those nested in ``"results"`` where there are no parts."""
    if not parts:
        wanted = results_schema(tables) if table is None else schema(table, story=True)
        return wanted.empty_table()
    return _pyarrow("to_arrow()").concat_tables(parts).combine_chunks()


def rows_of(comparison: Comparison, table: str) -> Rows:
    """The rows of one of a comparison's tables."""
    if table not in _TABLES:
        raise ValueError(f"unknown table {table!r}; expected one of {', '.join(map(repr, _TABLES))}")
    return _TABLES[table][1](comparison)


def check_tables(tables: Sequence[str]) -> tuple[str, ...]:
    """The names, if all are names of a comparison's tables."""
    if isinstance(tables, str):
        raise TypeError(f"tables must be several names, got one str: [{tables!r}]?")
    for table in tables:
        if table not in _TABLES:
            raise ValueError(f"tables: unknown table {table!r}; expected some of {', '.join(map(repr, _TABLES))}")
    return tuple(dict.fromkeys(tables))


def _pyarrow(caller: str) -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise ImportError(f"{caller} needs pyarrow: pip install 'storydiff[arrow]'", name="pyarrow") from error
    return pyarrow


def _columns(table: str) -> dict[str, str]:
    header = _OTHERS.get(table) or (_TABLES[table][0] if table in _TABLES else None)
    if header is None:
        known = ", ".join(map(repr, (*_TABLES, *_OTHERS)))
        raise ValueError(f"unknown table {table!r}; expected one of {known}")
    return dict(column.split(":") for column in header.split())


def _arrow_type(kind: str, large: bool) -> Any:
    """``str``, ``int``, ``float``; with ``s`` a list of them; or a list of structs."""
    pa = _pyarrow("schema()")
    listed = pa.large_list if large else pa.list_
    simple = {"str": pa.large_string() if large else pa.string(), "int": pa.int64(), "float": pa.float32()}
    if kind in _STRUCTS:
        names, inner = _STRUCTS[kind]
        return listed(pa.struct([pa.field(name, simple[inner]) for name in names.split()]))
    return simple[kind] if kind in simple else listed(simple[kind.removesuffix("s")])


def _clean(value: Any) -> Any:
    """The value without unpaired surrogates, which Arrow's UTF-8 cannot hold."""
    if isinstance(value, str):
        return well_formed(value)
    return [_clean(item) for item in value] if isinstance(value, list) else value


def _mentions(comparison: Comparison) -> Rows:
    return [(s.id, s.n_articles, *row) for s in comparison.statements for row in _places(s.mentions)]


def _places(mentions: Iterable[Mention]) -> Rows:
    return [(m.article.id, m.sentence.index, m.start, m.end, m.text, m.probability, m.entails) for m in mentions]


def _statements(statements: Iterable[Statement]) -> Rows:
    return [
        (
            s.id,
            s.n_articles,
            s.n_origins,
            s.probability,
            len(s.mentions),
            [article.id for article in s.articles],
            s.text,
        )
        for s in statements
    ]


def _partials(partials: Iterable[Partial]) -> Rows:
    return [
        (
            number, p.n_articles, p.probability, s.article.id, s.index, s.start, s.end, s.text,
            [{"start": start, "end": end} for start, end in spans],
        )
        for number, p in enumerate(partials)
        for s, spans in zip(p.sentences, p.spans, strict=True)
    ]  # fmt: skip


def _unique(spans: Iterable[Unique]) -> Rows:
    return [
        (u.article.id, u.start, u.end, u.text, u.score, u.probability, list(u.reasons), u.antecedent_text)
        for u in spans
    ]


def _links(links: Iterable[Link]) -> Rows:
    return [_link(link) for link in links]


def _link(k: Link) -> tuple[Any, ...]:
    spans = [{"left_start": a, "left_end": b, "right_start": c, "right_end": d} for (a, b), (c, d) in k.spans]
    return (
        k.left.article.id, k.left.index, k.left.text, k.right.article.id, k.right.index, k.right.text,
        k.probability, [reason.text for reason in k.reasons], spans,
    )  # fmt: skip


def _conflicts(conflicts: Iterable[Conflict]) -> Rows:
    return [
        (
            c.kind, c.what, c.left.article.id, c.left.index, *c.left_span, c.left_text, c.left.text,
            c.right.article.id, c.right.index, *c.right_span, c.right_text, c.right.text, c.probability,
        )
        for c in conflicts
    ]  # fmt: skip


def _disputes(disputes: Iterable[Dispute]) -> Rows:
    return [
        (
            number, d.kind, d.what, d.n_articles, value.text, m.article.id, m.sentence.index, m.start, m.end,
            m.sentence.text, d.probability,
        )
        for number, d in enumerate(disputes)
        for value in d.values
        for m in value.mentions
    ]  # fmt: skip


def _passages(passages: Iterable[Passage]) -> Rows:
    return [(p.left.id, p.left_start, p.left_end, p.right.id, p.right_start, p.right_end, p.n_words, p.text)
            for p in passages]  # fmt: skip


def _copies(copies: Iterable[Copy]) -> Rows:
    return [(c.left.id, c.right.id, c.share_left, c.share_right, c.n_words, c.direction) for c in copies]


def _quotes(quotes: Iterable[Quote]) -> Rows:
    return [
        (q.article.id, q.sentence.index, q.start, q.end, q.text, q.speaker, [article.id for article in q.others])
        for q in quotes
    ]


def _sentences(sentences: Iterable[Sentence]) -> Rows:
    return [(s.article.id, s.index, s.start, s.end, s.kind, s.text) for s in sentences]


def _articles(articles: Iterable[Article]) -> Rows:
    return [(a.id, a.title, a.source, a.url, a.published, a.text) for a in articles]


def _pairs(comparison: Comparison) -> Rows:
    similarity, containment = comparison.similarity, comparison.containment
    ids = [article.id for article in comparison.articles]
    return [
        (a, b, similarity[i, j], containment[i, j])
        for i, a in enumerate(ids)
        for j, b in enumerate(ids)
        if i != j
    ]  # fmt: skip


def _terms(comparison: Comparison) -> Rows:
    return [(a.id, term, weight) for a in comparison.articles for term, weight in comparison.terms(a)]


# A comparison's tables: the columns with their types, and where the rows come from. A new table is one line here.
_TABLES: dict[str, tuple[str, Callable[[Comparison], Rows]]] = {
    "mentions": (
        "statement:int n_articles:int article:str sentence:int start:int end:int text:str probability:float "
        "entails:float",
        _mentions,
    ),
    "statements": (
        "statement:int n_articles:int n_origins:int probability:float n_mentions:int articles:strs text:str",
        lambda c: _statements(c.statements),
    ),
    "partials": (
        "partial:int n_articles:int probability:float article:str sentence:int start:int end:int text:str "
        "repeated:stretches",
        lambda c: _partials(c.partials()),
    ),
    "unique": (
        "article:str start:int end:int text:str score:float probability:float reasons:strs antecedent:str",
        lambda c: _unique(c.unique()),
    ),
    "links": (
        "left_article:str left_sentence:int left_text:str right_article:str right_sentence:int right_text:str "
        "probability:float reasons:strs spans:spans",
        lambda c: _links(c.links()),
    ),
    "conflicts": (
        "kind:str what:str left_article:str left_sentence:int left_start:int left_end:int left_words:str left_text:str "
        "right_article:str right_sentence:int right_start:int right_end:int right_words:str right_text:str "
        "probability:float",
        lambda c: _conflicts(c.conflicts()),
    ),
    "disputes": (
        "dispute:int kind:str what:str n_articles:int value:str article:str sentence:int start:int end:int text:str "
        "probability:float",
        lambda c: _disputes(c.disputes()),
    ),
    "passages": (
        "left_article:str left_start:int left_end:int right_article:str right_start:int right_end:int n_words:int "
        "text:str",
        lambda c: _passages(c.passages()),
    ),
    "copies": (
        "left_article:str right_article:str share_left:float share_right:float n_words:int direction:str",
        lambda c: _copies(c.copies()),
    ),
    "quotes": (
        "article:str sentence:int start:int end:int text:str speaker:str others:strs",
        lambda c: _quotes(c.quotes()),
    ),
    "sentences": ("article:str sentence:int start:int end:int kind:str text:str", lambda c: _sentences(c.sentences)),
    "articles": ("id:str title:str source:str url:str published:str text:str", lambda c: _articles(c.articles)),
    "pairs": ("article:str other:str similarity:float containment:float", _pairs),
    "terms": ("article:str term:str weight:float", _terms),
}

# What a list of records is as a table: the table with its columns, and the rows of the list.
_LISTS: dict[str, tuple[str, Callable[[Iterable[Any]], Rows]]] = {
    "Statement": ("statements", _statements),
    "Mention": ("mentions", _places),
    "Partial": ("partials", _partials),
    "Unique": ("unique", _unique),
    "Link": ("links", _links),
    "Conflict": ("conflicts", _conflicts),
    "Dispute": ("disputes", _disputes),
    "Passage": ("passages", _passages),
    "Copy": ("copies", _copies),
    "Quote": ("quotes", _quotes),
    "Sentence": ("sentences", _sentences),
    "Article": ("articles", _articles),
}

# Lists of structs within a column: the fields and their type.
_STRUCTS = {
    "spans": ("left_start left_end right_start right_end", "int"),
    "stretches": ("start end", "int"),
    "failures": ("id error", "str"),
}

# The tables of a corpus. They have their own column `story`.
_OTHERS = {
    "stories": "id:str story:str similarity:float published:str",
    "errors": "story:str id:str error:str",
    "results": "story:str n_articles:int error:str set_aside:failures",
}
_OWN_STORY = frozenset(_OTHERS)
