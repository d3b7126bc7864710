"""Exports: by the schema, there and back, and as tables that other tools read."""

import json
from pathlib import Path

import jsonschema
import numpy as np
import pyarrow as pa
import pytest

import storydiff
from storydiff import Comparison

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


@pytest.fixture(scope="module")
def comparison(compared: Comparison) -> Comparison:
    return compared


@pytest.fixture(scope="module")
def odd() -> Comparison:
    return storydiff.compare(
        {"lone \ud800": "The bridge \ud800 closed on Monday.", "b": "On Monday the bridge closed \U0001f600.", "c": ""}
    )


def test_json_follows_the_published_schema(comparison: Comparison, odd: Comparison) -> None:
    schema = Comparison.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for each in (comparison, odd, storydiff.compare([]), storydiff.compare(["One."])):
        validator.validate(json.loads(each.to_json()))
        validator.validate(each.to_dict(min_probability=0.0))


def test_from_json_answers_as_before(comparison: Comparison, odd: Comparison) -> None:
    for given in (comparison, odd):
        again = Comparison.from_json(given.to_json(min_probability=0.25).encode())
        assert again.to_json() == given.to_json()
        assert again.to_markdown() == given.to_markdown()
        assert again.to_html() == given.to_html()
        assert [s.text for s in again.statements] == [s.text for s in given.statements]
        assert [k.left for k in again.links(0.3)] == [k.left for k in given.links(0.3)]
        assert np.array_equal(again.coverage, given.coverage)
        assert np.array_equal(again.similarity, given.similarity)


def test_from_json_says_what_it_cannot_do(comparison: Comparison) -> None:
    again = Comparison.from_json(comparison.to_json())
    with pytest.raises(ValueError, match=r"written from a probability of 0\.5 on, got 0\.1"):
        again.links(0.1)
    with pytest.raises(ValueError, match="compare its articles again"):
        again.rethreshold(0.7)
    with pytest.raises(ValueError, match="written from 8 words on, got 3"):
        again.passages(3)


@pytest.mark.parametrize("form", ["html", "json", "markdown"])
def test_what_is_written_out_is_given_back_and_in_the_file(form: str, tmp_path: Path, comparison: Comparison) -> None:
    path = tmp_path / "c"
    text = getattr(comparison, f"to_{form}")(path)
    assert path.read_bytes().decode() == text == getattr(comparison, f"to_{form}")()


def test_a_file_is_no_text_of_one(tmp_path: Path, comparison: Comparison) -> None:
    path = tmp_path / "c.json"
    path.write_text(comparison.to_json())
    with pytest.raises(ValueError, match=r"expected the text that to_json gave, got .*c\.json'; give a file's content"):
        Comparison.from_json(str(path))
    with pytest.raises(TypeError, match="text must be what to_json gave, as str or bytes, got PosixPath"):
        Comparison.from_json(path)  # type: ignore[arg-type]
    with pytest.raises(storydiff.ReadError, match=r"what to_json wrote is read by Comparison\.from_json"):
        storydiff.load(path)


@pytest.mark.parametrize("text", ["{}", "[]", '{"format": "storydiff.comparison", "version": 99}', "no json"])
def test_from_json_refuses_what_it_does_not_know(text: str) -> None:
    with pytest.raises(storydiff.ReadError, match=r"^cannot read the text: .*(storydiff|version|Expecting)"):
        Comparison.from_json(text)


def test_from_json_says_where_a_cut_text_ends(comparison: Comparison) -> None:
    whole = comparison.to_json()
    for n in range(1, len(whole), len(whole) // 50):
        for text in (whole[:n], whole.encode()[:n]):
            with pytest.raises(storydiff.ReadError, match=r"^cannot read the text: no storydiff comp") as raised:
                Comparison.from_json(text)
            assert raised.value.path is None
    with pytest.raises(storydiff.ReadError, match=rf"its JSON breaks off after {len(whole) - 1:,} characters"):
        Comparison.from_json(whole[:-1])
    with pytest.raises(storydiff.ReadError, match=r"no sound JSON at line 1, column \d+: Expecting"):
        Comparison.from_json(whole.replace("[", "[,", 1))


@pytest.mark.parametrize("table", TABLES)
def test_tables_agree_between_pandas_and_arrow(comparison: Comparison, odd: Comparison, table: str) -> None:
    for given in (comparison, odd):
        frame = given.to_pandas(table)  # type: ignore[arg-type]
        arrow = given.to_arrow(table)  # type: ignore[arg-type]
        assert hasattr(arrow, "__arrow_c_stream__")
        assert list(frame.columns) == arrow.column_names
        assert len(frame) == arrow.num_rows
    assert comparison.to_pandas(table).astype(object).where(lambda f: f.notna(), None).to_dict("list") == (  # type: ignore[arg-type,call-overload]
        comparison.to_arrow(table).to_pydict()  # type: ignore[arg-type]
    )


def test_every_dispute_says_how_sure_it_is_in_every_form(comparison: Comparison) -> None:
    disputes = comparison.disputes()
    surest = {(c.kind, c.what): c.probability for c in reversed(comparison.conflicts())}
    assert disputes and all(d.probability == surest[d.kind, d.what] for d in disputes)
    told = [np.float32(d.probability) for d in disputes]
    assert [np.float32(d["probability"]) for d in comparison.to_dict()["disputes"]] == told
    for table in (comparison.to_pandas("disputes"), comparison.to_arrow("disputes").to_pandas()):
        assert table.groupby("dispute")["probability"].unique().tolist() == told
    assert comparison.to_arrow("disputes").column_names[-1] == "probability"  # a new column comes last
    assert "probability" in disputes.to_pandas().columns


def test_json_of_before_disputes_had_a_probability_is_read(comparison: Comparison) -> None:
    data = comparison.to_dict()
    for dispute in data["disputes"]:
        del dispute["probability"]
    jsonschema.Draft202012Validator(Comparison.json_schema()).validate(data)
    again = Comparison.from_json(json.dumps(data))
    assert again.to_dict()["disputes"] == comparison.to_dict()["disputes"]


def test_tables_keep_their_types_when_empty() -> None:
    empty = storydiff.compare([]).to_arrow("mentions")
    assert empty.schema.field("start").type == pa.int64()
    assert empty.schema.field("text").type == pa.string()


def test_tables_go_into_polars(comparison: Comparison) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.from_arrow(comparison.to_arrow())
    shared = frame.filter(polars.col("n_articles") > 1)
    assert shared["statement"].n_unique() == len(comparison.shared())


def test_every_list_has_a_frame(comparison: Comparison) -> None:
    """Also those within records."""
    listed = [
        comparison.articles, comparison.sentences, comparison.statements, comparison.links(), comparison.conflicts(),
        comparison.disputes(), comparison.unique(), comparison.passages(1), comparison.copies(), comparison.quotes(),
        *(part for s in comparison.statements for part in (s.mentions, s.articles)),
        *(part for d in comparison.disputes() for value in d.values for part in (value.mentions, value.articles)),
        *(quote.others for quote in comparison.quotes()),
        storydiff.sample_articles(),
    ]  # fmt: skip
    for records in listed:
        assert len(records.to_pandas()) >= len(records)  # type: ignore[attr-defined]


def test_a_corpus_has_frames_as_it_has_tables() -> None:
    rows = [{"id": id, "text": f"The bridge closed on {day}.", "story": id[0], "published": "2026-03-02"}
            for id, day in (("a1", "Monday"), ("a2", "Monday"), ("b1", "Friday"))]  # fmt: skip
    found = storydiff.find_stories(rows)
    assert found.to_pandas().to_dict("list") == found.to_arrow().to_pandas().to_dict("list")
    assert found.articles["a2"] == found.articles[1]
    results = storydiff.compare_stories([*rows, {"id": "c", "text": None, "story": "c"}], errors="collect", n_jobs=1)
    for table in ("mentions", "statements", "errors"):
        frame, arrow = results.to_pandas(table), results.to_arrow(table)  # type: ignore[arg-type]
        assert list(frame.columns) == arrow.column_names and len(frame) == len(arrow)
    assert results.to_pandas()["story"].tolist() == results.to_arrow("mentions")["story"].to_pylist()
    assert results[0].to_pandas("sentences")["story"].tolist() == ["a", "a"]
    assert results["b"] == results[1]
    with pytest.raises(ValueError, match="unknown table 'verbs'"):
        results.to_pandas("verbs")  # type: ignore[arg-type]


def test_unknown_table_is_named(comparison: Comparison) -> None:
    with pytest.raises(ValueError, match="unknown table 'verbs'"):
        comparison.to_pandas("verbs")  # type: ignore[arg-type]
