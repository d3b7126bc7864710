"""One table, whichever engine hands the articles over and takes the rows: polars, DuckDB, Dask."""

import pyarrow as pa
import pytest
from test_compare_stories import ROWS

import storydiff
from storydiff import batches

TABLE = pa.Table.from_pylist([ROWS[at] for at in (4, 0, 2, 1, 3)])


@pytest.fixture(scope="module")
def golden() -> pa.Table:
    return storydiff.compare_stories(ROWS, n_jobs=1).to_arrow("mentions")


def mentions(given) -> pa.Table:
    return storydiff.compare_stories(given, n_jobs=1, tables=("mentions",)).to_arrow("mentions")


def same(found: pa.Table, golden: pa.Table) -> None:
    """The rows of each story in their order; the stories in any."""
    found = found.select(golden.column_names).cast(golden.schema)
    for story in ("alone", "bridge", "cup"):
        rows = [table.filter(pa.compute.equal(table["story"], story)).to_pylist() for table in (found, golden)]
        assert rows[0] == rows[1] and rows[0]
    assert len(found) == len(golden)


def test_polars(golden) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.from_arrow(TABLE)
    found = frame.group_by("story").map_groups(lambda part: polars.from_arrow(mentions(part)))
    same(found.to_arrow(), golden)
    lazy = frame.lazy().filter(polars.col("text").is_not_null()).collect()
    same(mentions(lazy), golden)


def test_duckdb(golden) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DUCKDB IS NOT TESTED (make spark)")
    articles = duckdb.from_arrow(TABLE)
    same(mentions(articles.to_arrow_table()), golden)
    rows = articles.order("story, id").to_arrow_table(2).to_batches()
    results = duckdb.from_arrow(pa.Table.from_batches(batches.compare(rows, tables=("mentions",))))
    flat = results.query("results", "select story, unnest(mentions, recursive := true) from results")
    same(flat.to_arrow_table(), golden)


def test_dask(golden) -> None:
    dask = pytest.importorskip("dask", reason="DASK IS NOT TESTED (make spark)")
    stories = {row["story"]: [r for r in ROWS if r["story"] == row["story"]] for row in ROWS}
    tasks = [dask.delayed(mentions)(pa.Table.from_pylist(rows)) for rows in stories.values()]
    same(pa.concat_tables(dask.compute(*tasks, scheduler="threads")), golden)
