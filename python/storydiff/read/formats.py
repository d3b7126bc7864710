"""The items of data files: JSON, JSON Lines, CSV, and Markdown with its front matter."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from storydiff.read.rows import FIELDS, Columns, Row

_KEY = re.compile(r"([A-Za-z_][\w-]*)\s*:(?:\s+(.*))?$")
# What generators of sites call our fields.
_FRONT_MATTER = {
    "title": "title",
    "source": "source",
    "publication": "source",
    "site": "source",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "published": "published",
    "date": "published",
    "id": "id",
}


def read_json(text: str, columns: Columns) -> list[Row]:
    """An object, a list of objects or texts, a mapping from id to either; or JSON Lines under another name."""
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise ValueError("its JSON is nested too deeply") from error
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and _is_row_a_line(text):
            return read_jsonl(text)
        raise
    if isinstance(value, dict):
        if columns.has_text(value):
            return [Row("", value)]
        return [_row(item, f"item {id!r}", id) for id, item in value.items()]
    if isinstance(value, list):
        return [_row(item, f"item {number}") for number, item in enumerate(value, 1)]
    raise ValueError(f"expected a JSON object or list, got {type(value).__name__}")


def _is_row_a_line(text: str) -> bool:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return len(lines) > 1 and all(line.startswith(("{", '"')) for line in lines)


def read_jsonl(text: str) -> list[Row]:
    """One object or text a line; empty lines are skipped."""
    rows = []
    # Not splitlines: JSON strings may hold U+2028.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = f"line {number}"
            try:
                rows.append(_row(json.loads(line), where))
            except RecursionError:
                rows.append(Row(where, ValueError("its JSON is nested too deeply")))
            except json.JSONDecodeError as error:
                rows.append(Row(where, ValueError(f"{error.msg} at column {error.colno}")))
    return rows


def _row(item: object, where: str, id: str | None = None) -> Row:
    beside = {} if id is None else {"id": id}
    if isinstance(item, str):
        return Row(where, {"text": item, **beside})
    if isinstance(item, dict):
        return Row(where, {**beside, **item})
    return Row(where, ValueError(f"expected an object or a text, got {type(item).__name__}"))


def read_csv(text: str, columns: Columns) -> list[Row]:
    """The rows; the delimiter is the one that makes the first row hold the column of texts."""
    limit = csv.field_size_limit(len(text) + 1)
    try:
        for delimiter in ",;\t|":
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            header = next(rows, [])
            if columns.has_text(header):
                columns.find(header)  # raises where one is there twice
                return list(_csv_rows(header, rows))
    except csv.Error as error:
        raise ValueError(str(error)) from error
    finally:
        csv.field_size_limit(limit)
    raise ValueError(f"its first row names no column {columns.named('text')!r}: {text[:80].splitlines()[:1]}")


def _csv_rows(header: list[str], rows: Any) -> Iterator[Row]:
    first = 2
    for row in rows:
        where, first = f"line {first}", rows.line_num + 1
        if not row:
            continue
        if any(row[len(header) :]):
            # Often a text with a delimiter that nobody quoted: what is in the columns is then cut off or shifted.
            yield Row(where, ValueError(f"{len(row)} fields, and the first row names {len(header)}"))
        else:
            yield Row(where, dict(zip(header, row, strict=False)))


def read_markdown(text: str) -> list[Row]:
    """The text, and as its metadata what a block of front matter between two lines of ``---`` says."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return [Row("", {"text": text})]
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    entries = [_KEY.match(line.rstrip()) for line in lines[1:end]]
    # Everything else in YAML is indented, a list, a comment or empty.
    if not any(entries) or any(
        entry is None and line.strip() and not line.startswith((" ", "\t", "-", "#"))
        for entry, line in zip(entries, lines[1:end], strict=True)
    ):
        return [Row("", {"text": text})]
    values: dict[str, Any] = {}
    for entry in entries:
        field = _FRONT_MATTER.get(entry[1].lower()) if entry else None
        if entry and field and (value := _scalar(entry[2] or "")):
            values.setdefault(field, value)
    assert values.keys() <= set(FIELDS)
    return [Row("", {**values, "text": "\n".join(lines[end + 1 :])})]


def _scalar(value: str) -> str:
    """A plain or quoted scalar of YAML; a list or block gives nothing."""
    value = value.strip()
    for quote in "\"'":
        if len(value) >= 2 and value[0] == value[-1] == quote:
            return value[1:-1]
    value = re.sub(r"\s+#.*", "", value)
    return "" if value.startswith(("[", "{", "|", ">", "&", "*")) else value
