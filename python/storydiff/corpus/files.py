"""Corpora and stories in files, for the command line."""

from __future__ import annotations

import csv
import glob
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from storydiff.corpus.stories import Stories
from storydiff.read import read_articles
from storydiff.read.rows import METADATA, missing

PARQUET = (".parquet", ".pq")


def read_rows(files: Sequence[str], columns: Sequence[str] = ()) -> list[Any]:
    """The articles of files, folders and patterns; of Parquet files the rows with these columns too, sound or not."""
    rows: list[Any] = []
    other = []
    for file in files:
        if found := _parquet_files(file):
            rows += [row for path in found for row in read_parquet(path, ("id", "text", *METADATA, *columns))]
        else:
            other.append(file)
    return rows + (list(read_articles(other)) if other else [])


def _parquet_files(file: str) -> list[Path]:
    """The Parquet files that a path, a folder or a pattern stands for; none where it stands for others."""
    path = Path(file)
    if path.is_dir():
        return sorted(found for found in path.iterdir() if found.suffix.lower() in PARQUET)
    if path.suffix.lower() not in PARQUET:
        return []
    return [path] if path.exists() else sorted(map(Path, glob.glob(file, recursive=True)))


def read_parquet(path: Path, columns: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of a Parquet file: those of the columns that it has."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise missing(str(path), "pyarrow", "arrow") from error
    try:
        names = pyarrow.parquet.read_schema(path).names
        table = pyarrow.parquet.read_table(path, columns=[name for name in dict.fromkeys(columns) if name in names])
    except pyarrow.ArrowException as error:
        raise ValueError(f"{path}: {error}") from error
    return list(table.to_pylist())


def read_stories(path: Path) -> dict[str, str]:
    """The story of each article, from a Parquet, CSV or JSON Lines file with ``id`` and ``story``."""
    if path.suffix.lower() in PARQUET:
        rows: list[dict[str, Any]] = read_parquet(path, ("id", "story"))
    else:
        text = path.read_text("utf-8")
        rows = (
            list(csv.DictReader(io.StringIO(text, newline="")))
            if path.suffix.lower() == ".csv"
            else [json.loads(line) for line in text.split("\n") if line.strip()]
        )
    if rows and not {"id", "story"} <= {*rows[0]}:
        raise ValueError(f"{path}: expected columns 'id' and 'story', got {', '.join(map(repr, rows[0]))}")
    return {str(row["id"]): str(row["story"]) for row in rows}


def write_stories(found: Stories, path: Path) -> None:
    """The rows of `Stories.to_arrow`, in the form that the ending says."""
    if path.suffix.lower() in PARQUET:
        import pyarrow.parquet

        pyarrow.parquet.write_table(found.to_arrow(), path)
    else:
        path.write_text(as_text(found, path.suffix.lower().lstrip(".")), "utf-8", newline="")


def as_text(found: Stories, form: str) -> str:
    """The rows of `Stories.to_arrow` as CSV or JSON Lines."""
    header = ("id", "story", "similarity", "published")
    rows = [(a.id, found.story_of[a.id], found.similarity_of[a.id], a.published) for a in found.articles]
    if form == "jsonl":
        return "".join(json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)
    if form != "csv":
        raise ValueError(f"cannot write stories as {form!r}: expected parquet, csv or jsonl")
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\n").writerows([header, *rows])
    return target.getvalue()
