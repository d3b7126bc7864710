"""The steps of a corpus on a Spark of another kind: `python on_spark.py MASTER`, or `connect` in place of a master.

Takes articles as JSON on its input and gives what came of them as JSON on its output. The first worker that is
handed an article is killed, once.
"""

import json
import os
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pyspark.sql import SparkSession

import storydiff.spark

COLUMNS = "id string, text string, published string, event string"


def dies_once(marker):
    def passed(parts):
        for part in parts:
            if not os.path.exists(marker):
                Path(marker).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            yield part

    return passed


def session(master):
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    # Of tasks that fail, local Spark gives up at the first unless it is told how many may.
    builder = SparkSession.builder.remote("local[2, 4]") if master == "connect" else SparkSession.builder.master(master)
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "3",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def main(master):
    rows = json.load(sys.stdin)
    spark = session(master)
    with TemporaryDirectory() as folder:
        given = spark.createDataFrame([tuple(row.values()) for row in rows], COLUMNS)
        articles = given.repartition(3, "id").mapInArrow(dies_once(f"{folder}/killed"), COLUMNS)
        stories = storydiff.spark.find_stories(articles)
        results = storydiff.spark.compare_stories(articles, story="event", tables=("mentions",)).orderBy("story")
        outcome = {
            "kind": f"{type(spark).__module__}.{type(spark).__name__}",
            "stories": sorted(map(str, stories.toArrow().to_pylist())),
            "results": results.toArrow().to_pylist(),
            "killed": os.path.exists(f"{folder}/killed"),
        }
    spark.stop()
    print(json.dumps(outcome))


if __name__ == "__main__":
    main(sys.argv[1])
