"""Compared stories in a folder: a Parquet file a table, filled part by part, so that work cut off goes on where it was.

With them, where they are wanted, a report a story and a page that lists these.

Each part is written whole or not at all. A story is done when a part holds it under the digest of what it was made
from: its articles, the settings and the version of storydiff. At the end the parts become one file a table.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storydiff import _storydiff
from storydiff.article import Article
from storydiff.corpus.comparing import Job, StoryResult, results
from storydiff.corpus.reading import Failure
from storydiff.corpus.reports import Reports
from storydiff.write import tables

if TYPE_CHECKING:
    import pyarrow

Stories = Sequence[tuple[str, list[Article]]]

# Stories in a part: what at most is done again after a stop.
_PART = 50
_DONE = "stories.json"


def compare_into(
    folder: Path,
    stories: Stories,
    job: Job,
    failures: Sequence[Failure],
    *,
    n_jobs: int,
    progress: Callable[[str, int, int], object] | None = None,
) -> tuple[int, int]:
    """Compare what is not done yet and write the tables of `job`; gives how many stories were done and how many failed.

    What the folder holds of stories that are no longer given is dropped.
    """
    assert job.tables is not None
    parts = folder / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    digests = {story: digest(articles, job) for story, articles in stories}
    done = _done(folder, parts)
    reports = Reports(folder, [story for story, _ in stories])

    def is_done(story: str) -> bool:
        return done.get(story, ("", None))[0] == digests[story] and (not job.reports or reports.has(story))

    open_ = [(story, articles) for story, articles in stories if not is_done(story)]
    n_before = len(stories) - len(open_)
    for number, part in enumerate(_chunks(results(open_, job, min(n_jobs, max(len(open_), 1))))):
        reports.write(part)
        _write_part(parts, part, digests, job.tables)
        if progress is not None:
            progress("comparing", n_before + min((number + 1) * _PART, len(open_)), len(stories))
    n_failed = _join(folder, parts, digests, job.tables, failures)
    if job.reports:
        reports.finish(stories, n_failed)
    return n_before, n_failed


def digest(articles: Sequence[Article], job: Job) -> str:
    """What a story's tables are made from, in 64 letters."""
    given = [_storydiff.__version__, tables.VERSION, sorted(job.options.items()), job.tables, job.max_articles]
    content = json.dumps([given, sorted(map(astuple, articles))], default=repr)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _chunks(found: Iterator[StoryResult]) -> Iterator[list[StoryResult]]:
    part: list[StoryResult] = []
    for result in found:
        part.append(result)
        if len(part) == _PART:
            yield part
            part = []
    if part:
        yield part


def _done(folder: Path, parts: Path) -> dict[str, tuple[str, Path]]:
    """The digest of each story that is done, and the folder that holds its rows."""
    done: dict[str, tuple[str, Path]] = {}
    # What was joined, then parts in order of their writing: later ones hold the newer.
    for place in [folder, *sorted(part for part in parts.iterdir() if not part.name.startswith("."))]:
        if (place / _DONE).exists():
            for story, found in json.loads((place / _DONE).read_text("utf-8")).items():
                done[story] = (found, place)
    return done


def _write_part(parts: Path, part: list[StoryResult], digests: dict[str, str], names: tuple[str, ...]) -> None:
    import pyarrow.parquet as pq

    temporary = parts / f".{uuid.uuid4().hex}"
    temporary.mkdir()
    for name in names:
        pq.write_table(
            tables.joined([result.to_arrow(name) for result in part], name, ()), temporary / f"{name}.parquet"
        )
    rows = [(result.story, None, result.error) for result in part if result.error is not None]
    pq.write_table(tables.table_of("errors", rows), temporary / "errors.parquet")
    (temporary / _DONE).write_text(json.dumps({result.story: _state(result, digests) for result in part}), "utf-8")
    numbers = [int(place.name) for place in parts.iterdir() if place.name.isdigit()]
    temporary.rename(parts / f"{max(numbers, default=0) + 1:08d}")


def _state(result: StoryResult, digests: dict[str, str]) -> str:
    """The digest; of a story that failed another one, so that the next run tries again."""
    return digests[result.story] if result.error is None else f"failed {digests[result.story]}"


def _join(
    folder: Path, parts: Path, digests: dict[str, str], names: tuple[str, ...], failures: Sequence[Failure]
) -> int:
    """One file a table from all parts, in order of story; gives how many stories failed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    done = _done(folder, parts)
    by_place: dict[Path, list[str]] = {}
    for story in sorted(digests):
        by_place.setdefault(done[story][1], []).append(story)
    n_failed = 0
    for name in (*names, "errors"):
        kept = [
            _only(pq.read_table(place / f"{name}.parquet"), stories)
            for place, stories in by_place.items()
            if (place / f"{name}.parquet").exists()
        ]
        if name == "errors":
            n_failed = sum(map(len, kept))
            kept.append(tables.table_of("errors", [(f.story, f.id, f.error) for f in failures]))
        empty = tables.schema(name, story=True).empty_table()
        joined = pa.concat_tables([empty, *kept])
        # A stable sort: the rows of a story stay in their order.
        order = _compute().sort_indices(
            joined.append_column("row", pa.array(range(len(joined)))), [("story", "ascending"), ("row", "ascending")]
        )
        _replace(folder / f"{name}.parquet", joined.take(order))
    temporary = folder / f".{uuid.uuid4().hex}"
    temporary.write_text(json.dumps({story: done[story][0] for story in sorted(digests)}), "utf-8")
    os.replace(temporary, folder / _DONE)
    shutil.rmtree(parts)
    return n_failed


def _compute() -> Any:
    """Arrow's functions, which are made at import and so are unknown to a type checker."""
    import pyarrow.compute

    return pyarrow.compute


def _only(table: pyarrow.Table, stories: list[str]) -> pyarrow.Table:
    """The rows of these stories; errors of articles, which belong to no run but the last, are not among them."""
    import pyarrow as pa

    kept = _compute().is_in(table["story"], pa.array(stories, pa.string()))
    if "error" in table.column_names:
        kept = _compute().and_(kept, _compute().is_null(table["id"]))
    return table.filter(kept)


def _replace(path: Path, table: Any) -> None:
    import pyarrow.parquet as pq

    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        pq.write_table(table, temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
