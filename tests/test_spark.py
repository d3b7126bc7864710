"""`storydiff.spark` on two local cores, on a cluster and over Connect: all as the functions that run on one machine."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_stories import corpus

import storydiff

pytestmark = pytest.mark.filterwarnings("ignore")


if importlib.util.find_spec("pyspark") is None or not (shutil.which("java") or "JAVA_HOME" in os.environ):
    pytest.skip("SPARK IS NOT TESTED: it needs pyspark and a Java runtime (make spark)", allow_module_level=True)

import storydiff.spark  # noqa: E402

ROWS = [
    {"id": a.id, "text": a.text, "published": a.published, "event": a.id.split("-")[0]} for a in corpus()
] + [
    {"id": "undated", "text": corpus()[0].text + " Rain fell.", "published": None, "event": "fire"},
    {"id": "null", "text": None, "published": "2031-03-02", "event": "fire"},
    {"id": "quote", "text": "A \U0001f309 over “Sarn”.", "published": "2031-03-02T10:00:00Z", "event": "single"},
]  # fmt: skip
TABLES = ("mentions", "unique", "conflicts", "links")


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    builder = (
        SparkSession.builder.master("local[2]").appName("storydiff")
        .config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "3")
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "1g")
    )  # fmt: skip
    try:
        session = builder.getOrCreate()
    except Exception as error:
        pytest.skip(f"SPARK IS NOT TESTED: its Java runtime does not start: {error}")
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def articles(spark):
    return spark.createDataFrame(ROWS, "id string, text string, published string, event string")


@pytest.mark.parametrize(("n_partitions", "scorer", "window"), [(1, "news", None), (3, "cosine", 3), (16, "news", 3)])
def test_stories_are_those_of_one_machine(articles, n_partitions, scorer, window) -> None:
    expected = storydiff.find_stories(ROWS, errors="collect", scorer=scorer, window=window).to_arrow()
    found = storydiff.spark.find_stories(articles.repartition(n_partitions), scorer=scorer, window=window)
    assert sorted(map(str, found.toArrow().to_pylist())) == sorted(map(str, expected.to_pylist()))


@pytest.mark.parametrize("n_partitions", [1, 3, 16])
def test_tables_are_those_of_a_plain_loop(articles, n_partitions) -> None:
    plain = storydiff.compare_stories(ROWS, story="event", errors="collect", n_jobs=1, tables=TABLES)
    results = storydiff.spark.compare_stories(articles, story="event", n_partitions=n_partitions, tables=TABLES)
    results = results.orderBy("story").persist()
    assert results.toArrow().to_pylist() == plain.to_arrow().to_pylist()
    for name in (*TABLES, "errors"):
        found = storydiff.spark.table(results, name).orderBy("story").toArrow()
        assert sorted(map(str, found.to_pylist())) == sorted(map(str, plain.to_arrow(name).to_pylist()))
        assert found.schema.names == storydiff.schema(name, story=True).names
        assert [f.type for f in found.schema] == [f.type for f in storydiff.schema(name, story=True)]


@pytest.mark.parametrize(
    ("master", "kind"),
    [("local-cluster[2,1,1024]", "pyspark.sql.session"), ("connect", "pyspark.sql.connect.session")],
)
def test_a_cluster_and_connect_give_the_same_though_a_worker_is_killed(master, kind) -> None:
    if master == "connect" and importlib.util.find_spec("grpc") is None:
        pytest.skip("SPARK CONNECT IS NOT TESTED: it needs grpcio (make spark)")
    program = [sys.executable, str(Path(__file__).with_name("on_spark.py")), master]
    done = subprocess.run(program, input=json.dumps(ROWS), capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-4000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["killed"] and found["kind"] == f"{kind}.SparkSession"
    stories = storydiff.find_stories(ROWS, errors="collect").to_arrow()
    assert found["stories"] == sorted(map(str, stories.to_pylist()))
    plain = storydiff.compare_stories(ROWS, story="event", errors="collect", n_jobs=1, tables=("mentions",))
    assert found["results"] == plain.to_arrow().to_pylist()


def test_earlier_stories_keep_their_articles(spark, articles) -> None:
    first = storydiff.spark.find_stories(articles.where("id not like '%-0'"))
    found = {row["id"]: row["story"] for row in storydiff.spark.find_stories(articles, stories=first).collect()}
    assert all(found[row["id"]] == row["story"] for row in first.collect())
    assert found["cup-0"] == "cup-1"


def test_a_column_that_is_missing_is_named(spark) -> None:
    with pytest.raises(ValueError, match="column 'id'"):
        storydiff.spark.fit(spark.createDataFrame([("A text.",)], "text string"))
    with pytest.raises(ValueError, match="column 'story'"):
        storydiff.spark.compare_stories(spark.createDataFrame([("a", "A text.")], "id string, text string"))
