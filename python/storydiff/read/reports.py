"""What storydiff itself wrote: reports that lie beside the articles they are of, and are none."""

from __future__ import annotations

import re
from pathlib import Path

REPORT = "it is a report that storydiff wrote, and no article"

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


def is_report(file: Path) -> bool:
    """Whether a file is a report of storydiff."""
    begins = _BEGINS.get(file.suffix.lower())
    if begins is None or not file.is_file():  # a pipe would be emptied
        return False
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError:  # told when it is read
        return False
    return (begins.search if begins is _PAGE else begins.match)(head) is not None
