"""From paths, folders and patterns to files."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from storydiff.read.errors import ReadError
from storydiff.read.reports import own_output
from storydiff.warning import warn

# What a folder is searched for. A file named by the caller that ends otherwise is read as plain text.
ENDINGS = (
    ".txt", ".md", ".markdown", ".html", ".htm", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".pq"
)  # fmt: skip
TABLES = frozenset(ENDINGS[5:])
"""Those that hold items with columns or fields."""
PARQUET = (".parquet", ".pq")
_MOST_NAMED = 5
_EXPECTED = "expected a file, a folder or a pattern that matches some"
_ENDING = f"a folder is searched for {', '.join(ENDINGS)}; a file that is named is read whatever its ending"


def found_files(
    paths: Iterable[str | os.PathLike[str]], *, but: Sequence[os.stat_result] = ()
) -> tuple[list[Path], list[ReadError]]:
    """The files behind paths, each once, and which are left out, with why; warns of these.

    Files that are being written, `but`, are none of them, and nothing is said of them.
    """
    # A dict keeps the order and drops what two patterns both found.
    found: dict[Path, Path] = {}
    left: dict[Path, ReadError] = {}
    for path in paths:
        files, others = matching(path)
        found |= {file.absolute(): file for file in files}
        left |= {error.path.absolute(): error for error in others if error.path is not None}
    for place in [place for place in found | left if is_one_of(place, but)]:
        found.pop(place, None)
        left.pop(place, None)
    named = {place: error for place, error in left.items() if place not in found}
    for reason in dict.fromkeys(error.reason for error in named.values()):
        names = [str(error.path) for error in named.values() if error.reason == reason]
        shown = ", ".join(names[:_MOST_NAMED]) + f" and {len(names) - _MOST_NAMED:,} more" * (len(names) > _MOST_NAMED)
        warn(f"articles: left out {shown}: {reason}")
    return list(found.values()), list(named.values())


def matching(path: str | os.PathLike[str]) -> tuple[list[Path], list[ReadError]]:
    """The files that a path, a folder or a pattern stands for, and those in the folder that are left out."""
    found = Path(path)
    try:
        if str(path).startswith("~") and not found.exists():  # which a shell would have replaced
            path = found = Path(path).expanduser()
        if found.is_dir():
            return _in_folder(found, str(path))
        if found.exists():
            return [found], []
    except ValueError as error:  # a NUL in the path
        raise FileNotFoundError(f"no article at {str(path)!r}: {error}") from error
    files = sorted(file for match in glob.iglob(str(path), recursive=True) if (file := Path(match)).is_file())
    if not files:
        address = "://" in str(path)
        expected = "addresses are not fetched; save the page as .html" if address else _EXPECTED
        raise FileNotFoundError(f"no article at {str(path)!r}: {expected}")
    return _without_own_output(files)


def _in_folder(folder: Path, name: str) -> tuple[list[Path], list[ReadError]]:
    inside = sorted(file for file in folder.iterdir() if not file.name.startswith("."))
    files = [file for file in inside if file.is_file()]
    readable = [file for file in files if file.suffix.lower() in ENDINGS]
    others = [ReadError(file, _ENDING) for file in files if file.suffix.lower() not in ENDINGS]
    if not readable:
        held = ", ".join(file.name for file in files[:_MOST_NAMED])
        has = f"; it holds {held}" if files else ""
        if any(file.is_dir() for file in inside):
            has += f"; {name + '/**/*.txt'!r}, for one, finds those in the folders below"
        raise FileNotFoundError(f"no article in the folder {name!r}: expected files {', '.join(ENDINGS)}{has}")
    articles, own = _without_own_output(readable)
    return articles, others + own


def folders_below(folder: Path) -> list[Path]:
    """The folders in a folder that hold files we could read, and which it is not searched for."""
    below = sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
    return [each for each in below if any(file.suffix.lower() in ENDINGS for file in each.iterdir())]


def is_one_of(file: Path, files: Sequence[os.stat_result]) -> bool:
    """Whether it is one of the files, by whatever name."""
    return bool(files) and file.exists() and any(os.path.samestat(file.stat(), other) for other in files)


def _without_own_output(files: list[Path]) -> tuple[list[Path], list[ReadError]]:
    own = {file: reason for file in files if (reason := own_output(file)) is not None}
    return [file for file in files if file not in own], [ReadError(file, own[file]) for file in sorted(own)]


def ids_of(files: list[Path]) -> list[str]:
    """File names without endings; with the ending, then with folders, where two files would share one."""
    siblings = Counter((file.parent, file.stem) for file in files)
    names = [file.stem if siblings[file.parent, file.stem] == 1 else file.name for file in files]
    parents = [file.absolute().parent.parts for file in files]
    ids = names
    depth = 0
    while depth < max(map(len, parents), default=0):
        shared = {id for id, n in Counter(ids).items() if n > 1}
        if not shared:
            break
        depth += 1
        ids = [
            "/".join((*parent[-depth:], name)) if id in shared else id
            for id, name, parent in zip(ids, names, parents, strict=True)
        ]
    return ids
