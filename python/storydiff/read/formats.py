"""The items of data files: JSON, JSON Lines and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from storydiff.read.decode import stray
from storydiff.read.rows import FIELDS, TEXTS, Columns, Row

_ABOVE = re.compile(r"(?:[ \t;,]*\r?\n|#[^\n,;\t|]*\n)+")
_SEPARATOR = re.compile(r'"?sep=([,;|\t])"?\r?\n', re.IGNORECASE)
# A line below the last: where it is no row of its own, a quotation mark above is still open.
_END = "storydiff: the end of the file"
_UNCLOSED = "a quotation mark opens a field here, and none closes it before the end of the file"
# How far objects within objects are looked into.
_DEEPEST = 4
# Keys of which an object with several is an article, whatever it calls the text.
_ITEM = {*FIELDS, *TEXTS, "headline", "author", "date", "link", "summary", "description"}


def read_json(text: str, columns: Columns) -> list[Row]:
    """An object, a list of objects or texts, a mapping from id to either; or JSON Lines under another name.

    The list may stand below a key, beside others that hold none, as services answer.
    """
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise ValueError("its JSON is nested too deeply") from error
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and _is_row_a_line(text):
            return read_jsonl(text)
        raise ValueError(f"it holds no JSON: {error.msg} at line {error.lineno}, column {error.colno}") from error
    if isinstance(value, dict):
        return _rows_of_object(value, columns)
    if isinstance(value, list):
        return [_row(item, f"item {number}") for number, item in enumerate(value, 1)]
    raise ValueError(f"expected a JSON object or list, got {type(value).__name__}")


def _rows_of_object(value: dict[str, Any], columns: Columns) -> list[Row]:
    """One article; or a mapping from id to objects or texts; or what has a list of them below some key."""
    whole = _flat(value)
    known = _ITEM & {key.strip().lower() for key in value}
    if columns.has_text(whole) or (len(known) > 1 and known & set(TEXTS)):
        return [Row("", whole)]
    if all(isinstance(item, str) or _has_text(item, columns) for item in value.values()):
        below = []
    else:
        below = list(_lists(value))
    sound = [found for found in below if any(_has_text(item, columns) for item in found[1])]
    if len(sound) != 1 and len(known) > 1:  # an article, whatever it calls its text
        return [Row("", whole)]
    if len(found := sound or below) == 1:
        [(key, items)] = found
        return [_row(item, f"item {number} of {key!r}") for number, item in enumerate(items, 1)]
    return [_row(item, f"item {id!r}", id) for id, item in value.items()]


def _has_text(item: object, columns: Columns) -> bool:
    return isinstance(item, dict) and columns.has_text(_flat(item))


def _lists(value: dict[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, list[Any]]]:
    """The lists of objects or texts below the keys of an object, by their keys with dots between."""
    for key, item in value.items():
        if isinstance(item, list) and all(isinstance(each, dict | str) for each in item):
            yield before + key, item
        elif isinstance(item, dict) and depth < _DEEPEST:
            yield from _lists(item, f"{before}{key}.", depth + 1)


def _flat(value: dict[str, Any], before: str = "", depth: int = 0) -> dict[str, Any]:
    """The object with what nested ones hold beside them, under their keys with dots between."""
    nested = [(f"{before}{key}.", item) for key, item in value.items() if isinstance(item, dict)]
    found = {before + key: item for key, item in value.items()}
    if depth < _DEEPEST:
        for key, item in nested:
            found |= _flat(item, key, depth + 1)
    return found


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
            if (error := stray(line)) is not None:
                rows.append(Row(where, error))
                continue
            try:
                rows.append(_row(json.loads(line), where))
            except RecursionError:
                rows.append(Row(where, ValueError("its JSON is nested too deeply")))
            except json.JSONDecodeError as broken:
                rows.append(Row(where, ValueError(f"{broken.msg} at column {broken.colno}")))
    return rows


def _row(item: object, where: str, id: str | None = None) -> Row:
    beside = {} if id is None else {"id": id}
    if isinstance(item, str):
        return Row(where, {"text": item, **beside})
    if isinstance(item, dict):
        return Row(where, {**beside, **_flat(item)})
    return Row(where, ValueError(f"expected an object or a text, got {type(item).__name__}"))


def read_csv(text: str, columns: Columns) -> list[Row]:
    """The rows; the delimiter is the one that makes the first row hold the column of texts."""
    limit = csv.field_size_limit(len(text) + len(_END) + 1)
    # Some spreadsheets write the delimiter into a line of its own before the first row; others leave lines empty there.
    above = _ABOVE.match(text)
    told = _SEPARATOR.match(text, above.end() if above else 0)
    start = told.end() if told else above.end() if above else 0
    n_above = len(text[:start].splitlines())
    text = text[start:]
    headers: list[list[str]] = []
    try:
        for delimiter in told[1] if told else ",;\t|":
            rows = csv.reader(chain(io.StringIO(text, newline=""), [_END]), delimiter=delimiter)
            headers.append(header := [name for name in next(rows) if name != _END])
            if columns.has_text(header):
                if header[-1].endswith(_END):
                    raise ValueError(f"line {n_above + 1}: {_UNCLOSED}")
                return list(_csv_rows(header, rows, columns, n_above))
    except csv.Error as error:
        raise ValueError(str(error)) from error
    finally:
        csv.field_size_limit(limit)
    header = max(headers, key=len)
    raise ValueError(f"its first row names no column {columns.named('text')!r}, but {columns.missing(header)}")


def _csv_rows(header: list[str], rows: Any, columns: Columns, n_above: int) -> Iterator[Row]:
    """The rows below the header, which `n_above` lines stand above."""
    end = rows.line_num
    at_least = header.index(str(columns.find(header)["text"])) + 1
    for row in rows:
        if row == [_END]:
            return
        where, end = f"line {n_above + end + 1}", rows.line_num
        if row and row[-1].endswith(_END):
            yield Row(where, ValueError(_UNCLOSED))
            return
        # Spreadsheets write rows of empty cells below the last.
        if not row or (len(row) > 1 and not any(map(str.strip, row))):
            continue
        if any(row[len(header) :]) or len(row) < at_least:
            # Often a text with a delimiter that nobody quoted: what is in the columns is then cut off or shifted.
            yield Row(where, ValueError(f"{len(row)} fields, and the first row names {len(header)}"))
        elif (error := stray("\n".join(row))) is not None:
            yield Row(where, error)
        else:
            values: dict[str, str | None] = dict(zip(header, row, strict=False))
            if not row[at_least - 1].strip():
                values[header[at_least - 1]] = None  # an empty cell is no text
            yield Row(where, values)
