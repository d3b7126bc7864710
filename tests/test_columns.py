"""Data files as the world has them: other names, other delimiters, lists below keys, rows of nothing."""

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import storydiff
from storydiff import Article, read_articles

ROW = {"key": "w", "body": "The bridge closed.", "date": "2026-03-02"}
NAMED = {"text": "body", "id": "key", "published": "date"}
EXPECTED = [Article("w", "The bridge closed.", published="2026-03-02")]


def write(path: Path, row: dict[str, str]) -> Path:
    """The row in a file of its ending."""
    frame = pd.DataFrame([row])
    if path.suffix in (".parquet", ".pq"):
        frame.to_parquet(path)
    elif path.suffix in (".csv", ".tsv"):
        frame.to_csv(path, index=False, sep="\t" if path.suffix == ".tsv" else ",")
    else:
        path.write_text(json.dumps(row if path.suffix == ".jsonl" else [row]))
    return path


FILES = ["a.parquet", "a.pq", "a.csv", "a.tsv", "a.jsonl", "a.json"]


@pytest.mark.parametrize("name", FILES)
def test_columns_of_every_kind_of_file_can_be_named(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, ROW)
    assert read_articles(path, **NAMED) == EXPECTED  # type: ignore[arg-type]
    assert storydiff.compare(path, **NAMED).articles == EXPECTED  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FILES)
def test_a_missing_column_is_told_with_those_there_are_and_what_to_say(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, ROW)
    listed = "'key', 'body', 'date'; say which holds the texts: text='body', on the command line --text body"
    with pytest.raises(storydiff.ReadError, match=re.escape(listed)):
        read_articles(path)
    with pytest.raises(storydiff.ReadError, match=r"'id', 'title'; .* text='...', on the command line --text \.\.\."):
        read_articles(write(path, {"id": "w", "title": "Bridge"}))
    with pytest.raises(storydiff.ReadError, match=r"no column 'head', which title= names, .*the command line --title"):
        read_articles(write(path, ROW), text="body", title="head")


def test_names_of_columns_are_told_briefly(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(",".join(f"column {n} {'x' * 60}" for n in range(30)) + "\n")
    with pytest.raises(storydiff.ReadError, match=r"'column 19…' and 10 more; say which") as raised:
        read_articles(tmp_path)
    assert len(str(raised.value)) < 1500


@pytest.mark.parametrize("frame", [pd.DataFrame([ROW]), [ROW], {"x": ROW}])
def test_a_frame_or_item_without_a_text_says_what_to_say(frame: Any) -> None:
    for refused in (storydiff.compare, storydiff.find_stories):
        with pytest.raises(ValueError, match=r"'key', 'body', 'date'.*; say which holds the texts: text='body'"):
            refused(frame)


@pytest.mark.parametrize("frame", [pd.DataFrame([ROW, ROW | {"key": "b"}]), [ROW, {**ROW, "key": "b"}]])
def test_columns_are_named_alike_wherever_articles_are_taken(frame: Any) -> None:
    ids = ["w", "b"]
    assert [article.id for article in storydiff.find_stories(frame, **NAMED).articles] == ids  # type: ignore[arg-type]
    found = storydiff.compare_stories(frame, story={"w": "s", "b": "s"}, n_jobs=1, **NAMED)  # type: ignore[arg-type]
    assert [article.id for article in found[0].comparison or []] == ids


def test_an_item_need_not_have_what_others_have(tmp_path: Path) -> None:
    rows = [ROW, {"body": "Rain fell."}]
    (tmp_path / "a.json").write_text(json.dumps(rows))
    expected = [("w", "2026-03-02"), ("a-2", None)]
    assert [(a.id, a.published) for a in read_articles(tmp_path, **NAMED)] == expected  # type: ignore[arg-type]
    assert [a.published for a in storydiff.compare(rows, **NAMED).articles] == ["2026-03-02", None]  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no column 'head', which title= names, among 'key', 'body', 'date'"):
        storydiff.compare(rows, text="body", title="head")


@pytest.mark.parametrize(
    ("content", "named", "found"),
    [
        # As services answer: the list below a key.
        (
            {"status": "ok", "n": 1, "articles": [{"content": "x", "title": "T", "source": {"id": None, "name": "S"}}]},
            {"text": "content"},
            [Article("a", "x", title="T", source="S")],
        ),
        (
            {"response": {"results": [{"id": "g", "fields": {"body": "x"}, "tags": [{"id": "t"}]}], "status": "ok"}},
            {"text": "fields.body"},
            [Article("g", "x")],
        ),
        (
            {"hits": {"total": 1, "hits": [{"_id": "7", "_source": {"text": "x"}}]}},
            {"text": "_source.text", "id": "_id"},
            [Article("7", "x")],
        ),
        (
            {"version": 1, "title": "Feed", "items": [{"content_text": "x"}]},
            {"text": "content_text"},
            [Article("a", "x")],
        ),
        ({"articles": ["x", "y"]}, {}, [Article("a-1", "x"), Article("a-2", "y")]),
        # One article, and no mapping from ids to texts.
        ({"title": "T", "body": "x"}, {"text": "body"}, [Article("a", "x", title="T")]),
        ({"text": "x", "comments": [{"text": "y"}]}, {}, [Article("a", "x")]),
        ({"p": "x", "q": {"text": "y", "tags": [{"n": "t"}]}}, {}, [Article("p", "x"), Article("q", "y")]),
        ({"article": "x", "blog": "y"}, {}, [Article("article", "x"), Article("blog", "y")]),
    ],
)
def test_json_of_services_is_read(tmp_path: Path, content: Any, named: dict[str, Any], found: list[Article]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(content))
    assert read_articles(tmp_path, **named) == found


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"title": "T", "body": "x"}, "no 'text' among 'title', 'body'; .* text='body'"),
        ({"headline": "T", "content": "x", "comments": [{"text": "y"}]}, "text='content'"),
        ({"status": "ok", "articles": [{"content": "x"}]}, "item 1 of 'articles': no 'text' among 'content'"),
        ({"status": "ok", "code": 200}, "item 'code': expected an object or a text, got int"),
    ],
)
def test_json_without_a_text_is_an_error_not_a_guess(tmp_path: Path, content: Any, told: str) -> None:
    (tmp_path / "a.json").write_text(json.dumps(content))
    with pytest.raises(storydiff.ReadError, match=told):
        read_articles(tmp_path)


def test_objects_within_objects_are_read_to_a_depth(tmp_path: Path) -> None:
    deep: dict[str, Any] = {"text": "x"}
    for _ in range(300):
        deep = {"within": deep}
    (tmp_path / "a.json").write_text(json.dumps([{"text": "x", "within": deep}]))
    assert read_articles(tmp_path) == [Article("a", "x")]


SPREADSHEET = (
    "id;text;published\r\n1;Die Brücke ist zu – „wegen des Schiffs“.;2026-03-02\r\n;;\r\n2;Zwei Schiffe.;\r\n;;\r\n"
)


@pytest.mark.parametrize("above", ["", "sep=;\r\n", '"sep=;"\r\n', "\r\n;;\r\n", "# an export\r\nsep=;\r\n"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_a_spreadsheet_is_read_without_its_empty_rows(tmp_path: Path, above: str, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes((above + SPREADSHEET).encode(encoding))
    found = [("1", "Die Brücke ist zu – „wegen des Schiffs“.", "2026-03-02"), ("2", "Zwei Schiffe.", None)]
    assert [(a.id, a.text, a.published) for a in read_articles(tmp_path)] == found


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("id,text\n1,x\n2\n", "line 3: 1 fields, and the first row names 2"),
        ("sep=,\nid,text\n1,x\n2\n", "line 4: 1 fields"),
        ('id,"te\nxt",text\n1,y,x\n2,y\n', "line 4: 2 fields"),
        ("text,id\nx\ny,2\nz,3,4\n", "line 4: 3 fields"),
        ("\n# an export\ntext,id\nz,3,4\n", "line 4: 3 fields"),
    ],
)
def test_a_row_of_another_length_is_told_with_its_line(tmp_path: Path, content: str, where: str) -> None:
    (tmp_path / "a.csv").write_text(content)
    with pytest.raises(storydiff.ReadError, match=where):
        read_articles(tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "id,text\n"),
        ("a.csv", "id;text\n;\n"),
        ("a.jsonl", "\n"),
        ("a.json", "[]"),
        ("a.json", '{"articles": []}'),
    ],
)
def test_a_file_without_items_is_told(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.warns(UserWarning, match=f"left out .*{name}: it holds no item") as told:
        assert read_articles(tmp_path) == []
    assert [warning.filename for warning in told] == [__file__]
    with pytest.warns(UserWarning, match="left out"):
        assert [error.reason for error in read_articles(tmp_path, errors="skip").skipped] == ["it holds no item"]


def test_a_column_may_be_called_after_a_mark(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("#,text\n1,x\n")
    assert read_articles(tmp_path, id="#") == [Article("1", "x")]


def test_a_header_is_listed_by_its_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Key;Body, in full;Date\n1;x;\n")
    with pytest.raises(storydiff.ReadError, match="no column 'text', but 'Key', 'Body, in full', 'Date'; say which"):
        read_articles(tmp_path)
