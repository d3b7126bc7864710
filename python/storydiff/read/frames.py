"""From tables to rows: pandas, polars, pyarrow and all that gives Arrow's C stream."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from storydiff.read.rows import Columns, Row, listed, missing, others_of, string


def read_parquet(data: bytes, name: str, columns: Columns, beside: Sequence[str] = ()) -> list[Row]:
    """The rows of a Parquet file."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise missing(name, "pyarrow", "arrow", error) from error
    try:
        return rows(pyarrow.parquet.read_table(pyarrow.BufferReader(data)), columns, beside)
    except pyarrow.ArrowException as error:
        raise ValueError(str(error)) from error


def is_frame(value: object) -> bool:
    """Whether a value is a table: of pandas, polars, pyarrow or anything that gives Arrow's C stream.

    A column, such as a pandas Series, is none: it is a list of texts.
    """
    kind = type(value)  # asking a lazy frame itself for its columns would compute them
    if any(hasattr(kind, name) for name in ("columns", "column_names")):
        return True
    arrow = hasattr(kind, "__arrow_c_stream__") or hasattr(kind, "__arrow_c_array__")
    # A reader of record batches can be iterated too, and has a schema; a column of Arrow has a type.
    return arrow and (hasattr(kind, "schema") or not hasattr(kind, "__iter__"))


def rows(frame: Any, columns: Columns, beside: Sequence[str] = ()) -> list[Row]:
    """The rows of a table: the columns we know and those `beside`; a named index gives ids where no column does."""
    frame = _table(frame)
    names = list(frame.column_names if hasattr(frame, "column_names") else frame.columns)
    try:
        known = columns.find(names)
    except ValueError as error:
        raise ValueError(f"a frame needs one column {columns.named('text')!r}: {error}") from None
    if "text" not in known:
        raise ValueError(f"a frame needs one column {columns.named('text')!r}; this one has {columns.missing(names)}")
    known |= others_of(names, beside)
    values = [cells(frame[name]) for name in known.values()]
    fields = list(known)
    if "id" not in known and (ids := index_ids(frame)) is not None:
        fields, values = [*fields, "id"], [*values, ids]
    return [
        Row(f"row {number}", dict(zip(fields, row, strict=True)))
        for number, row in enumerate(zip(*values, strict=True), 1)
    ]


def index_ids(value: Any) -> list[Any] | None:
    """The labels of a pandas index, if somebody chose them: not those that number the rows, none twice or missing."""
    index: Any = getattr(value, "index", None)
    if type(index).__module__.split(".")[0] != "pandas" or not hasattr(index, "is_unique"):
        return None
    labels = index.tolist()
    if not index.is_unique or labels == list(range(len(labels))):
        return None
    ids = ["/".join(map(str, map(string, label))) if isinstance(label, tuple) else string(label) for label in labels]
    return None if None in ids else ids


def cells(column: Any) -> list[Any]:
    """The values of a column of any library."""
    return list(column.to_pylist() if hasattr(column, "to_pylist") else column.to_list())


def rows_with(frame: Any, needed: tuple[str, ...], known: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The rows of a table under its own names: the columns it must have, and those it may have."""
    frame = _table(frame)
    names = [str(name) for name in (frame.column_names if hasattr(frame, "column_names") else frame.columns)]
    for name in needed:
        if names.count(name) != 1:
            raise ValueError(f"a frame needs one column {name!r}; this one has {listed(names)}")
    kept = [*needed, *(name for name in known if name in names)]
    values = [cells(frame[name]) for name in kept]
    return [dict(zip(kept, row, strict=True)) for row in zip(*values, strict=True)]


def _table(frame: Any) -> Any:
    """A table whose columns can be asked for: a lazy frame of polars collected, a stream of Arrow read."""
    if hasattr(frame, "collect"):
        frame = frame.collect()
    return frame if any(hasattr(frame, name) for name in ("to_pylist", "to_dicts", "to_dict")) else _arrow(frame)


def _arrow(frame: Any) -> Any:
    """A pyarrow table of any table that gives Arrow's C stream."""
    try:
        import pyarrow
    except ImportError as error:
        raise missing(f"a {type(frame).__name__}", "pyarrow", "arrow", error) from error
    if not hasattr(frame, "__arrow_c_stream__"):
        return pyarrow.record_batch(frame)
    return frame.read_all() if isinstance(frame, pyarrow.RecordBatchReader) else pyarrow.table(frame)
