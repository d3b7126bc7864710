"""Schemas: what every table holds, to the bit."""

import pyarrow as pa
import pytest

import storydiff

TABLES = [
    "mentions",
    "statements",
    "partials",
    "unique",
    "links",
    "conflicts",
    "disputes",
    "passages",
    "copies",
    "quotes",
    "sentences",
    "articles",
    "pairs",
    "terms",
]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("story", [True, False])
def test_tables_have_their_schema(sample, table, story) -> None:
    schema = storydiff.schema(table, story=story)
    assert all(field.nullable for field in schema)
    assert schema.metadata == {b"storydiff.table": table.encode(), b"storydiff.schema": b"1"}
    if not story:
        found = storydiff.compare(sample[:2], encoder="static").to_arrow(table)
        assert found.schema.equals(schema, check_metadata=True)
        large = storydiff.schema(table, large_types=True)
        assert found.cast(large).to_pylist() == found.to_pylist()
    else:
        assert schema.names == ["story", *storydiff.schema(table).names]


def test_schemas_are_as_they_were() -> None:
    """A change of these lines is a change of version."""
    spans = pa.list_(pa.struct([(name, pa.int64()) for name in "left_start left_end right_start right_end".split()]))
    assert storydiff.schema("links").field("spans").type == spans
    assert storydiff.schema("links", large_types=True).field("reasons").type == pa.large_list(pa.large_string())
    assert {
        table: " ".join(storydiff.schema(table).names) for table in ("statements", "stories", "errors", "results")
    } == {
        "statements": "statement n_articles n_origins probability n_mentions articles text",
        "stories": "id story similarity published",
        "errors": "story id error",
        "results": "story n_articles error set_aside",
    }
    assert storydiff.schema("pairs").field("similarity").type == pa.float32()
    with pytest.raises(ValueError, match="unknown table 'verbs'; expected one of 'mentions'"):
        storydiff.schema("verbs")


@pytest.mark.parametrize("engine", ["polars", "duckdb", "dask.dataframe"])
def test_engines_read_the_same_golden_table(engine) -> None:
    module = pytest.importorskip(engine)
    table = storydiff.compare(
        {"a": "The bridge closed on Monday.", "b": "The bridge closed on Monday."}, encoder="static"
    ).to_arrow("statements")
    golden = [(0, 2, table["n_origins"].to_pylist()[0], 1.0, 2, ["a", "b"], table["text"].to_pylist()[0])]
    if engine == "polars":
        found = module.from_arrow(table).rows()
    elif engine == "duckdb":
        found = module.sql("select * from table").fetchall()
    else:
        found = list(module.from_pandas(table.to_pandas(), npartitions=1).compute().itertuples(index=False, name=None))
    assert [(*row[:5], list(row[5]), row[6]) for row in found] == golden
