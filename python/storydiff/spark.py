"""A corpus on Apache Spark: stories found, each compared, tables out.

DataFrame calls only, so that it runs over Spark Connect too. Needs ``storydiff[spark]``, on the workers as well.

    weights = storydiff.spark.fit(articles)
    stories = storydiff.spark.find_stories(articles, weights=weights)
    results = storydiff.spark.compare_stories(articles.join(stories.select("id", "story"), "id"))
    storydiff.spark.table(results, "mentions").write.parquet("mentions")

A frame of articles has the columns ``id``, distinct, and ``text``, and where known ``title``, ``source``, ``url`` and
``published``. Results are those of `storydiff.find_stories` and `storydiff.compare_stories`, whatever the
number of partitions.
"""

# Types are checked without Spark as well, which is a large download.
# pyright: reportMissingImports=false

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from storydiff import batches
from storydiff.article import Article
from storydiff.corpus import stories as grouping
from storydiff.corpus.comparing import DEFAULT_TABLES
from storydiff.corpus.reading import read_corpus
from storydiff.corpus.signals import Edges, Weights, distinct
from storydiff.corpus.stories import Scorer, Settings, settings_of
from storydiff.dates import days
from storydiff.read.rows import METADATA
from storydiff.write import tables

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["compare_stories", "find_stories", "fit", "table"]

# Articles whose neighbours one task seeks, at most.
_SHARD = 20_000
# Articles that one task compares, about: enough to outweigh its start, few enough that no task is much longer.
_PER_TASK = 100
# The block of articles without a date.
_UNDATED = -(2**31)

_FREQUENCIES = "field string, term string, n_articles bigint"
_READ = "id string, text string, title string, published string, days double, digest string, block int"
_EDGES = "left string, right string, similarity float"


def fit(articles: DataFrame, *, min_articles: int = 2) -> Weights:
    """Count in how many articles each word occurs, which says how much it tells.

    Parameters
    ----------
    articles : DataFrame
    min_articles : int
        Words of fewer articles are dropped before the counts come to the driver. Those of one article bring no two
        together.
    """
    from pyspark.sql import functions as f

    def count(parts):  # type: ignore[no-untyped-def]
        return batches.document_frequencies(parts)

    counts = _known(articles).mapInArrow(count, _FREQUENCIES)
    summed = counts.groupBy("field", "term").agg(f.sum("n_articles").alias("n_articles"))
    kept = summed.where((f.col("n_articles") >= min_articles) | (f.col("field") == "articles"))
    return batches.weights(kept.select("field", "term", "n_articles").toArrow())


def find_stories(
    articles: DataFrame,
    *,
    published: str = "published",
    window: float | None = None,
    decay: float | None = None,
    min_similarity: float | None = None,
    n_neighbours: int = 20,
    max_terms: int = 24,
    scorer: Scorer = "news",
    stories: DataFrame | Mapping[str, str] | None = None,
    weights: Weights | None = None,
) -> DataFrame:
    """Group the articles by the event they report; parameters as for `storydiff.find_stories`.

    The search for neighbours is shared out by blocks of time as long as the window, and within a block by shards. The
    pairs found come to the driver, which forms the stories.

    Parameters
    ----------
    articles : DataFrame
    stories : DataFrame with ``id`` and ``story``, or dict, optional
        What was found earlier.
    weights : Weights, optional
        What `fit` gave; by default of these articles.

    Returns
    -------
    DataFrame
        ``id``, ``story``, ``similarity`` and ``published``; articles that are none are left out.
    """
    settings = settings_of(window, decay, min_similarity, n_neighbours, max_terms, scorer)
    read = _read(articles, published, settings.window).persist()
    try:
        weights = fit(read) if weights is None else weights
        known = read.select("id", "published", "days", "digest").toArrow().to_pylist()
        known.sort(key=lambda row: grouping.order(row["days"], row["digest"], row["id"]))
        edges = _edges(read, weights, settings, {row["id"]: at for at, row in enumerate(known)})
    finally:
        read.unpersist()
    earlier = _earlier(stories)
    ordered = [Article(row["id"], "", published=row["published"]) for row in known]
    clusters = grouping.linked(len(ordered), edges, settings, [earlier.get(article.id) for article in ordered])
    story_of = grouping.named(ordered, clusters, earlier)
    nearest = grouping.nearest_in_story(edges, clusters)
    rows = [(a.id, story_of[a.id], near, a.published) for a, near in zip(ordered, nearest, strict=True)]
    return articles.sparkSession.createDataFrame(tables.table_of("stories", rows))


def compare_stories(
    articles: DataFrame,
    *,
    story: str = "story",
    tables: Sequence[str] = DEFAULT_TABLES,
    max_articles: int | None = 200,
    max_seconds: float | None = None,
    min_articles: int = 1,
    n_partitions: int | None = None,
    **options: Any,
) -> DataFrame:
    """Compare each story; parameters as for `storydiff.compare_stories`.

    Parameters
    ----------
    articles : DataFrame
        With a column that holds the story.
    n_partitions : int, optional
        Tasks to share the stories out to; by default one for every hundred articles. Left to itself, Spark would merge
        partitions of few bytes, and comparing takes much time for few bytes.
    **options
        ``language``, ``min_probability``, ``encoder`` and ``reranker``.

    Returns
    -------
    DataFrame
        A row a story: ``story``, ``n_articles``, ``error``, ``set_aside`` and the tables nested; `table` takes them
        out. Stories of more than `max_articles` have an error: compare them apart, with more memory a task.
    """
    settings = {"story": story, "tables": tuple(tables), "max_articles": max_articles, "max_seconds": max_seconds,
                "min_articles": min_articles, **options}  # fmt: skip

    def compared(parts):  # type: ignore[no-untyped-def]
        return batches.compare(parts, **settings)

    known = _known(articles, story)
    n = n_partitions or max(1, math.ceil(known.count() / _PER_TASK))
    ordered = known.repartition(n, story).sortWithinPartitions(story, "id")
    return ordered.mapInArrow(compared, _spark_schema(_results_schema(tuple(tables))))


def table(results: DataFrame, name: str) -> DataFrame:
    """One table of compared stories, with the story in front.

    Parameters
    ----------
    results : DataFrame
        As `compare_stories` gives it.
    name : str
        One of its `tables`; or ``"errors"``: stories that failed, and articles that were set aside.
    """
    from pyspark.sql import functions as f

    if name == "errors":
        failed = results.where("error is not null").select("story", f.lit(None).cast("string").alias("id"), "error")
        aside = results.select("story", f.explode("set_aside").alias("row")).select("story", "row.id", "row.error")
        return failed.unionByName(aside)
    if name not in results.columns:
        raise ValueError(f"table {name!r} is not among the columns of these results: {results.columns}")
    # The place of a row in its story is kept: what mentions a statement comes in its order.
    rows = results.select("story", f.posexplode(name).alias("at", "row")).select("story", "row.*")
    return rows


def _known(articles: DataFrame, *others: str) -> DataFrame:
    """The columns we know, ids and stories as text."""
    from pyspark.sql import functions as f

    names = [name for name in dict.fromkeys(("id", "text", *METADATA, *others)) if name in articles.columns]
    for needed in ("id", "text", *others):
        if needed not in names:
            raise ValueError(f"articles must have a column {needed!r}, got {articles.columns}")
    as_text = {"id", *others}
    return articles.select(*(f.col(name).cast("string").alias(name) if name in as_text else name for name in names))


def _read(articles: DataFrame, published: str, window: float) -> DataFrame:
    """The articles that are some, with what the search needs."""
    import pyarrow as pa
    from pyspark.sql import functions as f

    schema = pa.schema(
        [(name, pa.string()) for name in ("id", "text", "title", "published")]
        + [("days", pa.float64()), ("digest", pa.string()), ("block", pa.int32())]
    )

    def read(parts):  # type: ignore[no-untyped-def]
        for part in parts:
            found = read_corpus(pa.table(part), errors="collect").articles
            times = [days(article.published) for article in found]
            rows = [
                {"id": a.id, "text": a.text, "title": a.title, "published": a.published, "days": time,
                 "digest": grouping.text_digest(a.text), "block": _block(time, window)}
                for a, time in zip(found, times, strict=True)
            ]  # fmt: skip
            yield pa.RecordBatch.from_pylist(rows, schema=schema)

    if published != "published" and published in articles.columns:
        articles = articles.drop("published").withColumn("published", f.col(published))
    return _known(articles).mapInArrow(read, _READ)


def _block(time: float | None, window: float) -> int:
    """The stretch of time that a date lies in; each reaches into its neighbours only."""
    if time is None:
        return _UNDATED
    return 0 if math.isinf(window) else math.floor(time / max(window, 1.0))


def _edges(read: DataFrame, weights: Weights, settings: Settings, position: dict[str, int]) -> Edges:
    """The pairs of neighbours, by position in the order of the corpus."""
    sizes = {row["block"]: row["count"] for row in read.groupBy("block").count().collect()}
    tasks = {block: max(1, math.ceil(n / _SHARD)) for block, n in sizes.items()}
    packed = asdict(settings)
    sent = read.mapInArrow(_sender(tasks), f"{_READ}, task string, own boolean")
    found = sent.groupBy("task").applyInArrow(_finder(weights, packed), _EDGES).toArrow()
    left, right = (
        np.fromiter((position[id] for id in found[name].to_pylist()), np.uint32, len(found))
        for name in ("left", "right")
    )
    similarity = found["similarity"].to_numpy().astype(np.float32)
    return distinct(Edges(np.minimum(left, right), np.maximum(left, right), similarity))


def _sender(tasks: Mapping[int, int]) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """Sends each article to the task that seeks its neighbours, and to all where it may be one."""
    import pyarrow as pa

    def reached(block: int) -> list[int]:
        near = list(tasks) if block == _UNDATED else [block - 1, block, block + 1, _UNDATED]
        return [other for other in near if other in tasks]

    def send(parts):  # type: ignore[no-untyped-def]
        for part in parts:
            rows, names, own = [], [], []
            for at, (block, digest) in enumerate(
                zip(part["block"].to_pylist(), part["digest"].to_pylist(), strict=True)
            ):
                shard = int(digest[:8], 16)
                for other in reached(block):
                    for number in range(tasks[other]):
                        rows.append(at)
                        names.append(f"{other}/{number}")
                        own.append(other == block and shard % tasks[block] == number)
            taken = part.take(pa.array(rows, pa.int64()))
            columns = [*taken.columns, pa.array(names, pa.string()), pa.array(own, pa.bool_())]
            yield pa.RecordBatch.from_arrays(columns, names=[*part.schema.names, "task", "own"])

    return send


def _finder(weights: Weights, settings: Mapping[str, Any]) -> Callable[[Any], Any]:
    """Seeks the neighbours of a task's own articles among all that were sent to it."""
    import pyarrow as pa

    def find(given):  # type: ignore[no-untyped-def]
        rows = given.to_pylist()
        rows.sort(key=lambda row: grouping.order(row["days"], row["digest"], row["id"]))
        articles = [Article(row["id"], row["text"], title=row["title"], published=row["published"]) for row in rows]
        own = np.flatnonzero([row["own"] for row in rows])
        edges = grouping.scored(articles, weights, Settings(**settings), of=own)
        ids = pa.array([article.id for article in articles], pa.string())
        columns = [ids.take(pa.array(edges.left)), ids.take(pa.array(edges.right)), pa.array(edges.similarity)]
        return pa.Table.from_arrays(columns, names=["left", "right", "similarity"])

    return find


def _earlier(stories: Any) -> dict[str, str]:
    if hasattr(stories, "toArrow"):
        return grouping.earlier_stories(stories.select("id", "story").toArrow())
    return grouping.earlier_stories(stories)


def _results_schema(names: tuple[str, ...]) -> Any:
    return tables.results_schema(names)


def _spark_schema(schema: Any) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)
