"""What storydiff itself wrote: reports and lists that lie beside the articles they are of, and are none."""

from __future__ import annotations

import json
import re
from pathlib import Path

from storydiff.write.tables import list_headers

REPORT = "it is a report that storydiff wrote, and no article"
LIST = "it is a list that storydiff wrote, and no article"

_HEAD = 4096
# By ending: how what `compare -o` writes begins.
_PAGE = re.compile(rb'<meta name="generator" content="storydiff ')
_SUMMARY = re.compile(rb"# \d[\d,]* articles?, \d[\d,]* shared statements?\r?\n")
_BEGINS = {
    ".html": _PAGE,
    ".htm": _PAGE,
    ".md": _SUMMARY,
    ".markdown": _SUMMARY,
    ".json": re.compile(rb'\s*\{\s*"format": ?"storydiff\.comparison"'),
    ".txt": re.compile(r"\d[\d,]* articles? · \d[\d,]* sentences? · \d[\d,]* statements? shared\r?\n".encode()),
}
# How far the first row of a list may reach.
_ROW = 1 << 20
# What `storydiff split` lists is none of a comparison's tables.
_LISTS = list_headers() | {("article", "start", "end", "text")}


def own_output(file: Path) -> str | None:
    """Why a file that storydiff wrote is no article; None where it did not write it."""
    if not file.is_file():  # a pipe would be emptied
        return None
    try:
        if _is_report(file):
            return REPORT
        return LIST if _is_list(file) else None
    except OSError:  # told when it is read
        return None


def _is_report(file: Path) -> bool:
    begins = _BEGINS.get(file.suffix.lower())
    if begins is None:
        return False
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    return (begins.search if begins is _PAGE else begins.match)(head) is not None


def _is_list(file: Path) -> bool:
    """Whether its columns are those of a list, in the order in which storydiff writes them."""
    match file.suffix.lower():
        case ".csv" | ".tsv":
            line = _head(file).lstrip().partition("\n")[0]
            return any(_header(line, delimiter) in _LISTS for delimiter in ",;\t")
        case ".json" | ".jsonl" | ".ndjson":
            return _is_json_list(_head(file))
        case ".parquet" | ".pq":
            return _is_parquet_list(file)
    return False


def _head(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(_ROW).decode("utf-8-sig", "replace")


def _header(line: str, delimiter: str) -> tuple[str, ...]:
    names = [name.strip().strip('"') for name in line.split(delimiter)]
    return tuple(names if names[0] else names[1:])  # pandas writes the index in front, which has no name


def _is_json_list(text: str) -> bool:
    """Of JSON Lines, or of a list of objects, the first one tells; distinctive terms are in one object, by article."""
    start = re.match(r"\s*\[?\s*(?=\{)", text)
    if start is None:
        return False
    try:
        first, _ = json.JSONDecoder().raw_decode(text, start.end())
    except (ValueError, RecursionError):  # no JSON, or a longer object than a row of ours
        return False
    if tuple(first) in _LISTS:
        return True
    terms = [term for value in first.values() if isinstance(value, list) for term in value]
    return bool(terms) and all(isinstance(term, dict) and tuple(term) == ("term", "weight") for term in terms)


def _is_parquet_list(file: Path) -> bool:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:  # told when it is read
        return False
    try:
        schema = pyarrow.parquet.read_schema(file)
    except pyarrow.ArrowException:
        return False
    table = (schema.metadata or {}).get(b"storydiff.table")
    return table not in (None, b"articles") or tuple(schema.names) in _LISTS
