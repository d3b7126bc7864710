"""What `read_articles` and `compare` take, and what they say about what they cannot take."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import storydiff
from storydiff import Article, read_articles
from storydiff.ingest import as_articles

TEXT = "The bridge closed on Monday.\nTwo ships had struck it."
RECORDS = [
    {
        "id": "wire",
        "text": TEXT,
        "title": "Bridge",
        "source": "Meridian",
        "url": "https://m.example/1",
        "published": "2026",
    },
    {
        "id": "blog",
        "text": "On Monday the bridge closed.",
        "title": None,
        "source": None,
        "url": None,
        "published": None,
    },
]
ARTICLES = [Article(**record) for record in RECORDS]  # type: ignore[arg-type]


# Files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
@pytest.mark.parametrize(
    "text",
    [
        "Le café était fermé à l’aube. – « Non », a-t-il dit.",
        "It’s closed.",
        "Die Brücke über den Fluß blieb geschlossen.",
        "¿Quién lo dijo? El puente cerró el lunes. Años de señales.",
        "The mayor said “no one was hurt” on Monday.\r\n\r\nShe left.\n",
    ],
)
def test_encodings_are_detected(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert read_articles(tmp_path)[0].text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Мост закрыли в понедельник после столкновения двух судов.", "cp1251"),
        ("Мост закрыли в понедельник после столкновения двух судов.", "koi8-r"),
        ("星期一两艘船撞上大桥后，大桥关闭。没有人受伤，市长说。", "gb18030"),
    ],
)
def test_other_alphabets_are_detected(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert read_articles(tmp_path)[0].text == text


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    text = "Most został zamknięty w poniedziałek."
    (tmp_path / "a.txt").write_bytes(text.encode("cp1250"))
    assert read_articles(tmp_path, encoding="cp1250")[0].text == text
    with pytest.raises(storydiff.ReadError, match="can't decode byte"):
        read_articles(tmp_path, encoding="utf-8")
    with pytest.raises(LookupError, match="unknown encoding"):
        read_articles(tmp_path, encoding="cp0")


@pytest.mark.parametrize("text", ["", "\0", "one\0two words", "a\r\nb\rc\nd\u2028e", "a & b &c; AT&T;", " \n"])
def test_text_is_kept_as_given(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert read_articles(tmp_path / "a.txt")[0].text == text


def test_entities_are_decoded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Fish &amp; chips &#8211; &quot;now&quot;&nbsp;&#x2019;")
    assert read_articles(tmp_path)[0].text == 'Fish & chips – "now"\xa0’'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "binary"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04\x14\x00", "docx"),
    ],
)
def test_a_file_that_is_no_text_is_an_error(tmp_path: Path, data: bytes, reason: str) -> None:
    file = tmp_path / "odd.txt"
    file.write_bytes(data)
    with pytest.raises(storydiff.ReadError, match=reason) as raised:
        read_articles(file)
    assert str(file) in str(raised.value)
    assert raised.value.path == file


def test_skip_lists_what_was_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "c.json").write_text("{")
    articles = read_articles(tmp_path, errors="skip")
    assert [article.id for article in articles] == ["a"]
    assert [error.path.name for error in articles.skipped] == ["b.txt", "c.json"]
    with pytest.raises(ValueError, match="errors must be"):
        read_articles(tmp_path, errors="ignore")  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["missing.txt", "*.txt", "no/such/folder", "a\0b"])
def test_a_path_to_nothing_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError) as raised:
        read_articles(path)
    assert repr(path) in str(raised.value)


def test_a_folder_without_articles_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_text("x")
    (tmp_path / ".hidden.txt").write_text("x")
    with pytest.raises(FileNotFoundError, match="no article in the folder"):
        read_articles(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch(mode=0)
    with pytest.raises(storydiff.ReadError, match="Permission"):
        read_articles(tmp_path)


@pytest.mark.parametrize(
    ("files", "ids"),
    [
        (["a.txt", "b.md"], ["a", "b"]),
        (["a.txt", "a.md"], ["a.md", "a.txt"]),
        (["x/a.txt", "y/a.txt", "y/b.txt"], ["x/a", "y/a", "b"]),
        (["x/s/a.txt", "y/s/a.txt"], ["x/s/a", "y/s/a"]),
        (["x/a.txt", "y/a.txt", "y/a.md"], ["a", "a.md", "a.txt"]),
        (["[1].txt", "été.txt"], ["[1]", "été"]),
    ],
)
def test_ids_are_the_shortest_names_that_differ(tmp_path: Path, files: list[str], ids: list[str]) -> None:
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(file)
    assert [article.id for article in read_articles(f"{tmp_path}/**/*.*")] == ids
    assert sorted(article.id for article in read_articles([tmp_path / file for file in files])) == sorted(ids)


def test_a_file_found_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert len(read_articles([tmp_path, tmp_path / "a.txt", f"{tmp_path}/*.txt"])) == 1


@pytest.mark.parametrize(
    ("paths", "message"),
    [(7, "got int"), (b"a.txt", "got bytes"), (["a.txt", 3], r"paths\[1\] must be"), (None, "got NoneType")],
)
def test_paths_of_a_wrong_type_are_an_error(paths: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        read_articles(paths)


# Records


def write_csv(path: Path, delimiter: str = ",") -> None:
    fields = list(RECORDS[0])
    rows = [[record[field] or "" for field in fields] for record in RECORDS]
    path.write_text("\n".join(delimiter.join(f'"{value}"' for value in row) for row in [fields, *rows]), newline="")


WRITERS: dict[str, Callable[[Path], object]] = {
    "list.json": lambda path: path.write_text(json.dumps(RECORDS)),
    "map.json": lambda path: path.write_text(json.dumps({record["id"]: record for record in RECORDS})),
    "lines.jsonl": lambda path: path.write_text("\n\n".join(map(json.dumps, RECORDS)) + "\r\n"),
    "table.csv": write_csv,
    "table.tsv": lambda path: write_csv(path, "\t"),
    "semicolons.csv": lambda path: write_csv(path, ";"),
    "table.parquet": lambda path: pq.write_table(pa.Table.from_pylist(RECORDS), path),
}


@pytest.mark.parametrize("name", WRITERS)
def test_records_keep_what_is_known(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name)
    read = read_articles(tmp_path)
    empty = [Article(a.id, a.text, **dict.fromkeys(("title", "source", "url", "published"), "")) for a in ARTICLES[1:]]
    assert read == ([ARTICLES[0], *empty] if "csv" in name or "tsv" in name else ARTICLES)


def test_records_without_ids_are_numbered(tmp_path: Path) -> None:
    (tmp_path / "story.json").write_text(json.dumps(["One.", {"text": "Two."}]))
    (tmp_path / "single.json").write_text(json.dumps({"text": "One."}))
    assert [article.id for article in read_articles(tmp_path)] == ["single", "story-1", "story-2"]


def test_ids_of_records_that_clash_across_files_get_the_file_name(tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / f"{name}.jsonl").write_text('{"id": 1, "text": "One."}\n{"text": "Two."}')
    assert [article.id for article in read_articles(tmp_path)] == ["x/1", "x-2", "y/1", "y-2"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", "[" * 100_000, "nested too deeply|expected|Expecting"),
        ("a.json", "3", "expected a JSON object or list, got int"),
        ("a.json", '[{"text": "x"}, {"body": "y"}]', "record 2: no 'text' among 'body'"),
        ("a.json", '[{"text": "x"}, {"text": null}]', "record 2: text must be a str, got nothing"),
        ("a.json", '[{"id": 1, "text": "x"}, {"id": 1, "text": "y"}]', "record 2: the id '1' stands in an earlier"),
        ("a.json", "[7]", "item 1: expected an object or a text, got int"),
        ("a.jsonl", '{"text": "x"}\n{"text', "line 2: "),
        ("a.csv", "id,body\n1,x", "no column 'text'"),
        ("a.csv", "", "no column 'text'"),
        ("a.parquet", "PAR1", "cannot read"),
        ("a.html", "", "no article was found"),
    ],
)
def test_records_that_cannot_be_read_are_errors(tmp_path: Path, name: str, content: str, message: str) -> None:
    file = tmp_path / name
    file.write_text(content)
    with pytest.raises(storydiff.ReadError, match=message) as raised:
        read_articles(file)
    assert str(file) in str(raised.value)


def test_a_long_field_of_a_csv_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\n" + "word " * 100_000)
    assert len(read_articles(tmp_path)[0].text) == 500_000


# Web pages

PAGE = """<!doctype html><html lang="en"><head><meta charset="windows-1252">
<title>Bridge closes | Meridian</title>
<meta property="og:title" content="Bridge closes &amp; ferries run"><meta property="og:site_name" content="Meridian">
<meta property="og:url" content="https://meridian.example/bridge">
<meta property="article:published_time" content="2026-03-02T10:00:00Z">
</head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Bridge closes &amp; ferries run</h1>
<p>The old bridge over the river closed on Monday after two ships had struck one of its piers within a week.</p>
<p>“Nobody was hurt,” said the mayor’s office &ndash; the café beside the bridge, which had been full, stayed open.</p>
<p>Engineers will inspect the pier by Friday, and ferries will carry commuters until the inspection has ended.</p>
<p>The old bridge over the river closed on Monday after two ships had struck one of its piers within a week.</p>
</article><footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>"""


def test_a_page_gives_its_article_and_metadata(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(PAGE.encode("cp1252"))
    [article] = read_articles(tmp_path)
    assert article.id == "page"
    assert article.title == "Bridge closes & ferries run"
    assert article.source == "Meridian"
    assert article.url == "https://meridian.example/bridge"
    assert article.published == "2026-03-02"
    assert "“Nobody was hurt,” said the mayor’s office – the café beside" in article.text
    assert article.text.count("The old bridge over the river closed") == 1
    assert "newsletter" not in article.text
    assert "Home" not in article.text


def test_a_deep_page_is_an_article_or_an_error(tmp_path: Path) -> None:
    (tmp_path / "deep.html").write_text("<div>" * 50_000 + "<p>" + TEXT * 5 + "</p>")
    assert len(read_articles(tmp_path, errors="skip")) <= 1


@pytest.mark.parametrize(("package", "file"), [("trafilatura", "a.html"), ("pyarrow", "a.parquet")])
def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, file: str) -> None:
    (tmp_path / file).write_text("x")
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(ImportError, match=rf"{file} needs {package}: pip install 'storydiff\["):
        read_articles(tmp_path, errors="skip")


# Objects

FRAMES: dict[str, Callable[[list[dict[str, Any]]], object]] = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "polars-lazy": pl.LazyFrame,
    "pyarrow": pa.Table.from_pylist,
    "pyarrow-batch": pa.RecordBatch.from_pylist,
    "stream": lambda rows: Stream(pa.Table.from_pylist(rows)),
}


class Stream:
    """A table that speaks Arrow's protocol and nothing else."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize("kind", FRAMES)
def test_frames_give_articles(kind: str) -> None:
    assert as_articles(FRAMES[kind](RECORDS)) == ARTICLES


@pytest.mark.parametrize("kind", FRAMES)
def test_a_frame_needs_only_a_text_column(kind: str) -> None:
    assert as_articles(FRAMES[kind]([{"text": "One.", "other": 1}, {"text": "Two.", "other": 2}])) == [
        Article("1", "One."),
        Article("2", "Two."),
    ]


@pytest.mark.parametrize("kind", FRAMES)
def test_a_frame_without_text_is_an_error(kind: str) -> None:
    with pytest.raises(ValueError, match="needs one column 'text'; this one has 'body'"):
        as_articles(FRAMES[kind]([{"body": "One."}]))


@pytest.mark.parametrize("kind", FRAMES)
def test_a_row_without_text_is_an_error(kind: str) -> None:
    with pytest.raises(TypeError, match="row 2 of articles: text must be a str, got nothing"):
        as_articles(FRAMES[kind]([{"text": "One."}, {"text": None}]))


def test_values_of_a_frame_become_strings() -> None:
    frame = pd.DataFrame({"id": [1, 2], "text": ["a", "b"], "published": [pd.Timestamp("2026-03-02"), pd.NaT]})
    assert [(a.id, a.published) for a in as_articles(frame)] == [("1", "2026-03-02T00:00:00"), ("2", None)]


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([], []),
        ({}, []),
        (["a", "b"], [Article("1", "a"), Article("2", "b")]),
        ({"x": "a", 7: "b"}, [Article("x", "a"), Article("7", "b")]),
        ((text for text in "ab"), [Article("1", "a"), Article("2", "b")]),
        ([{"text": "a", "source": "S"}], [Article("1", "a", source="S")]),
        ({"x": {"text": "a", "id": "y"}, "z": Article("q", "b")}, [Article("x", "a"), Article("z", "b")]),
        (pd.Series(["a", "b"]), [Article("1", "a"), Article("2", "b")]),
    ],
)
def test_objects_give_articles(articles: Any, expected: list[Article]) -> None:
    assert as_articles(articles) == expected


def test_paths_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert as_articles(tmp_path) == as_articles([tmp_path / "a.txt"]) == [Article("a", TEXT)]


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        ("one text", "articles must be several, got one str"),
        (b"one text", "got one bytes"),
        (None, "articles: got a NoneType"),
        (3, "articles: got a int"),
        ({"a", "b"}, "no order"),
        (["a", 3], r"articles\[1\] must be a str or an Article, got int"),
        (["a", b"b"], r"articles\[1\] must be a str or an Article, got bytes"),
        (["a", {"body": "b"}], r"articles\[1\]: no 'text' among 'body'"),
        ({"a": 3}, r"articles\['a'\] must be a str or an Article, got int"),
        ({"text": ["a", "b"]}, r"articles\['text'\] must be a str"),
        (["a", None], r"articles\[1\] must be"),
    ],
)
def test_objects_of_a_wrong_type_are_errors(articles: Any, message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        storydiff.compare(articles)


def test_ids_that_repeat_are_an_error() -> None:
    with pytest.raises(ValueError, match='distinct ids, but "a" occurs'):
        storydiff.compare([Article("a", "x"), Article("a", "y")])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((1, "x"), "id must be a str, got int"), (("x", None), "text must be a str"), (("x", b""), "got bytes")],
)
def test_an_article_checks_its_types(arguments: tuple[Any, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Article(*arguments)
    with pytest.raises(TypeError, match="title must be a str or None, got int"):
        Article("x", "y", title=3)  # type: ignore[arg-type]
