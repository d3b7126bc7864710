"""Corpora and stories in files, for the command line."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from storydiff.corpus.stories import Stories
from storydiff.read import ReadError
from storydiff.read.decode import decode
from storydiff.read.files import read_rows as rows_of
from storydiff.read.paths import PARQUET, found_files
from storydiff.read.rows import Columns, listed, missing, others_of
from storydiff.write.json import short
from storydiff.write.whole import write

ENDINGS = (*PARQUET, ".csv", ".jsonl")
"""Of files that hold stories."""


def read_rows(
    files: Sequence[str], columns: Columns, beside: Sequence[str] = (), *, but: Sequence[os.stat_result] = ()
) -> list[Any]:
    """The articles of files, folders and patterns as rows, sound or not, with what stands in the columns `beside`.

    A row has our names of the fields; what cannot be read is an error in its place. Ids of Parquet files are what they
    are; those of other files get the file's name in front where two files share one. Files that are being written,
    `but`, are none of them.
    """
    found, _ = found_files(files, but=but)
    # An empty file is no Parquet file either, and is told of as one of the others.
    parquet = [path for path in found if path.suffix.lower() in PARQUET and path.stat().st_size]
    rows: list[Any] = [row for path in parquet for row in _articles_of_parquet(path, columns, beside)]
    others = list(rows_of([path for path in found if path not in parquet], columns, beside))
    uses = Counter((name, str(row["id"])) for name, row in others if not isinstance(row, ReadError))
    files_of = Counter(id for _, id in uses)
    for name, row in others:
        if not isinstance(row, ReadError) and files_of[str(row["id"])] > 1:
            row["id"] = f"{name}/{row['id']}"
        rows.append(row)
    return rows


def _articles_of_parquet(path: Path, columns: Columns, beside: Sequence[str]) -> list[dict[str, Any]]:
    names = _column_names(path)
    try:
        known = columns.find(names)
        if "text" not in known:
            raise ValueError(f"no {columns.named('text')!r} among {columns.missing(names)}")
    except ValueError as error:
        raise ReadError(path, str(error)) from error
    named = {ours: str(name) for ours, name in (known | others_of(names, beside)).items()}
    return [{ours: row[name] for ours, name in named.items()} for row in read_parquet(path, [*named.values()])]


def read_parquet(path: Path, columns: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of a Parquet file: those of the columns that it has."""
    names = _column_names(path)
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(path, columns=[name for name in dict.fromkeys(columns) if name in names])
    except pyarrow.ArrowException as error:
        raise ReadError(path, str(error)) from error
    return list(table.to_pylist())


def _column_names(path: Path) -> list[str]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise missing(str(path), "pyarrow", "arrow") from error
    try:
        return list(pyarrow.parquet.read_schema(path).names)
    except pyarrow.ArrowException as error:
        raise ReadError(path, str(error)) from error


def read_stories(path: Path) -> dict[str, str]:
    """The story of each article, from a Parquet, CSV or JSON Lines file with ``id`` and ``story``."""
    ending = path.suffix.lower()
    if ending in PARQUET:
        rows: list[dict[str, Any]] = read_parquet(path, ("id", "story"))
    elif ending == ".csv":
        rows = list(csv.DictReader(io.StringIO(decode(path.read_bytes()), newline="")))
    else:
        rows = [json.loads(line) for line in decode(path.read_bytes()).split("\n") if line.strip()]
    if rows and not {"id", "story"} <= {*rows[0]}:
        raise ValueError(f"{path}: expected columns 'id' and 'story', got {listed(rows[0])}")
    return {str(row["id"]): str(row["story"]) for row in rows}


def write_stories(found: Stories, path: Path) -> None:
    """The rows of `Stories.to_arrow`, in the form that the ending says."""
    if path.suffix.lower() in PARQUET:
        import pyarrow.parquet

        target = io.BytesIO()
        pyarrow.parquet.write_table(found.to_arrow(), target)
        write(target.getvalue(), path)
    else:
        write(as_text(found, path.suffix.lower().lstrip(".")).encode(), path)


def as_text(found: Stories, form: str) -> str:
    """The rows of `Stories.to_arrow` as CSV or, as ``"json"``, one object a line."""
    header = ("id", "story", "similarity", "published")
    similar = {id: None if value is None else short(value) for id, value in found.similarity_of.items()}
    rows = [(a.id, found.story_of[a.id], similar[a.id], a.published) for a in found.articles]
    if form in ("json", "jsonl"):
        return "".join(json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)
    if form != "csv":
        raise ValueError(f"cannot write stories as {form!r}: expected parquet, csv or jsonl")
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\n").writerows([header, *rows])
    return target.getvalue()
