"""Articles as records: one mapping each, with `text` and perhaps `id`, `title`, `source`, `url`, `published`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from storydiff.article import Article

Record = Mapping[str, Any]
METADATA = ("title", "source", "url", "published")


def to_article(record: Record, default_id: str) -> Article:
    """The article of a record. A missing id becomes `default_id`; numbers and dates become strings."""
    if "text" not in record:
        raise ValueError(f"no 'text' among {', '.join(map(repr, record)) or 'no fields'}")
    text = record["text"]
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, got {'nothing' if _absent(text) else type(text).__name__}")
    id = _string(record.get("id"))
    return Article(default_id if id is None else id, text, **{name: _string(record.get(name)) for name in METADATA})


def _string(value: Any) -> str | None:
    if _absent(value):
        return None
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


def _absent(value: object) -> bool:
    """Whether a frame has no value here: None, NaN and pandas' NA and NaT, none of which equals itself for sure."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, float) and value != value


def missing(name: str, package: str, extra: str) -> ImportError:
    """What to raise when reading `name` needs a package that is not installed."""
    return ImportError(f"reading {name} needs {package}: pip install 'storydiff[{extra}]'", name=package)


def read_json(text: str) -> list[Record]:
    """A record, a list of records or texts, or a mapping from id to record or text."""
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise ValueError("its JSON is nested too deeply") from error
    if isinstance(value, dict):
        if "text" in value:
            return [value]
        return [{"id": id, **_record(item, f"item {id!r}")} for id, item in value.items()]
    if isinstance(value, list):
        return [_record(item, f"item {number}") for number, item in enumerate(value, 1)]
    raise ValueError(f"expected a JSON object or list, got {type(value).__name__}")


def read_jsonl(text: str) -> list[Record]:
    """One record or text a line; empty lines are skipped."""
    records = []
    # Not splitlines: JSON strings may hold U+2028.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                records.append(_record(json.loads(line), f"line {number}"))
            except (json.JSONDecodeError, RecursionError) as error:
                raise ValueError(f"line {number}: {error}") from error
    return records


def _record(item: object, where: str) -> Record:
    if isinstance(item, str):
        return {"text": item}
    if isinstance(item, dict):
        return item
    raise ValueError(f"{where}: expected an object or a text, got {type(item).__name__}")


def read_csv(text: str) -> list[Record]:
    """One record a row; the delimiter is the one that makes the first row hold `text`."""
    limit = csv.field_size_limit(len(text) + 1)
    try:
        for delimiter in ",;\t|":
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            header = next(rows, [])
            if "text" in header:
                return [dict(zip(header, row, strict=False)) for row in rows if row]
    except csv.Error as error:
        raise ValueError(str(error)) from error
    finally:
        csv.field_size_limit(limit)
    raise ValueError(f"its first row names no column 'text': {text[:80].splitlines()[:1]}")


def read_parquet(data: bytes, name: str) -> list[Record]:
    """One record a row of a Parquet file."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise missing(name, "pyarrow", "arrow") from error
    try:
        return rows(pyarrow.parquet.read_table(pyarrow.BufferReader(data)))
    except pyarrow.ArrowException as error:
        raise ValueError(str(error)) from error


def is_frame(value: object) -> bool:
    """Whether a value is a table: of pandas, polars, pyarrow or anything that gives Arrow's C stream.

    A column, such as a pandas Series, is none: it is a list of texts.
    """
    kind = type(value)  # asking a lazy frame itself for its columns would compute them
    named = hasattr(kind, "columns") or hasattr(kind, "column_names")
    return named or (hasattr(kind, "__arrow_c_stream__") and not hasattr(kind, "__iter__"))


def rows(frame: Any) -> list[Record]:
    """The rows of a table, only the columns we know."""
    return rows_of(frame, ("id", "text", *METADATA))


def rows_of(frame: Any, columns: tuple[str, ...]) -> list[Record]:
    """The rows of a table of articles, only these columns, of which it must have `text`."""
    return rows_with(frame, ("text",), tuple(name for name in columns if name != "text"))


def rows_with(frame: Any, needed: tuple[str, ...], known: tuple[str, ...] = ()) -> list[Record]:
    """The rows of a table: the columns it must have, and those it may have."""
    if hasattr(frame, "collect"):  # a lazy frame of polars
        frame = frame.collect()
    if not any(hasattr(frame, name) for name in ("to_pylist", "to_dicts", "to_dict")):
        frame = _arrow(frame)
    names = [str(name) for name in (frame.column_names if hasattr(frame, "column_names") else frame.columns)]
    for name in needed:
        if names.count(name) != 1:
            raise ValueError(f"a frame needs one column {name!r}; this one has {', '.join(map(repr, names)) or 'none'}")
    kept = [*needed, *(name for name in known if name in names)]
    values = [_values(frame[name]) for name in kept]
    return [dict(zip(kept, row, strict=True)) for row in zip(*values, strict=True)]


def _arrow(frame: object) -> Any:
    """A pyarrow table of any table that gives Arrow's C stream."""
    try:
        import pyarrow
    except ImportError as error:
        raise missing(f"a {type(frame).__name__}", "pyarrow", "arrow") from error
    return pyarrow.table(frame)


def _values(column: Any) -> list[Any]:
    return list(column.to_pylist() if hasattr(column, "to_pylist") else column.to_list())
