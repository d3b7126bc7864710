"""What `read_articles` and `compare` take, and what they say about what they cannot take."""

import io
import json
import os
import re
import sys
import types
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
from storydiff.read import as_articles

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


OLD = {
    "hu": (
        "cp1250 iso-8859-2",
        "A zsilipet szerdán bezárták, mert egy uszály nekiütközött a kapunak. Őrzik, de senki sem sérült meg.",
    ),
    "is": (
        "cp1252",
        "Slúsunni var lokað á miðvikudag eftir að prammi rakst á hliðið, að sögn varðarins. Þar slasaðist enginn.",
    ),
    "pl": (
        "cp1250 iso-8859-2",
        "Śluzę zamknięto w środę, gdy w bramę uderzyła barka. Nikt nie został ranny, powiedział strażnik.",
    ),
    "cs": (
        "cp1250 iso-8859-2",
        "Zdymadlo bylo ve středu uzavřeno, protože do vrat narazil člun. Nikdo nebyl zraněn, řekl strážce.",
    ),
    "ro": (
        "cp1250",
        "Ecluza a fost închisă miercuri după ce o barjă a lovit poarta. Nimeni nu a fost rănit, a spus paznicul.",
    ),
    "tr": (
        "cp1254",
        "Kapağa bir mavna çarptıktan sonra havuz çarşamba günü kapatıldı. Bekçi bu kazada yaralı olmadığını söyledi.",
    ),
    "lt": (
        "cp1257",
        "Šliuzas trečiadienį buvo uždarytas, kai į vartus atsitrenkė barža. Niekas nenukentėjo, sakė sargas.",
    ),
    "et": ("cp1252", "Lüüs suleti kolmapäeval, kui praam väravasse sõitis. Keegi viga ei saanud, ütles valvur."),
    "uk": ("cp1251 koi8-u", "Шлюз закрили в середу, коли у ворота вдарила баржа. Ніхто не постраждав."),
    "ru": ("cp1251 koi8-r iso-8859-5 cp866", "Шлюз закрыли в среду, когда в ворота ударила баржа. Никто не пострадал."),
    "bg": ("cp1251", "Шлюзът беше затворен в сряда, след като баржа удари вратата. Никой не е пострадал."),
    "el": (
        "cp1253 iso-8859-7",
        "Η δεξαμενή έκλεισε την Τετάρτη αφού μια φορτηγίδα χτύπησε την πύλη. Κανείς δεν τραυματίστηκε.",
    ),
}


@pytest.mark.parametrize("times", [1, 8])
@pytest.mark.parametrize(("text", "encoding"), [(text, page) for pages, text in OLD.values() for page in pages.split()])
def test_old_code_pages_are_told_apart_by_language(tmp_path: Path, text: str, encoding: str, times: int) -> None:
    (tmp_path / "a.txt").write_bytes((text * times).encode(encoding))
    assert read_articles(tmp_path)[0].text == text * times


@pytest.mark.parametrize("stray", [b"\x92", b"\xe9", b"\xff"])
def test_a_stray_byte_in_utf8_is_named_and_can_be_replaced(tmp_path: Path, stray: bytes) -> None:
    before = "The lock’s keeper – “tired”, as he said – shut it at “noon”.\n".encode() * 10
    (tmp_path / "a.txt").write_bytes(before + b"The keeper" + stray + b"s boat sank.\n")
    with pytest.raises(storydiff.ReadError, match=rf"UTF-8 but for byte {len(before) + 10} \(0x{stray.hex()}\)"):
        read_articles(tmp_path)
    [article] = read_articles(tmp_path, invalid_bytes="replace")
    assert article.text.endswith("The keeper\ufffds boat sank.\n") and article.text.startswith("The lock’s")
    with pytest.raises(ValueError, match="invalid_bytes must be"):
        read_articles(tmp_path, invalid_bytes="ignore")  # type: ignore[arg-type]


@pytest.mark.parametrize("errors", ["raise", "skip"])
@pytest.mark.parametrize("times", [1, 20])
@pytest.mark.parametrize(
    ("name", "head", "good", "bad", "line"),
    [
        ("a.jsonl", "", '{"text": "The lock’s “old” gate."}', '{"text": "The keeper\udc92s boat."}', 1),
        ("a.csv", "text,source\n", '"The lock’s\n“old” gate.",Quay', '"The keeper.",Qu\udc92y', 2),
    ],
)
def test_a_stray_byte_costs_one_item_of_a_file(
    tmp_path: Path, errors: str, times: int, name: str, head: str, good: str, bad: str, line: int
) -> None:
    content = head + f"{good}\n" * (2 * times) + bad + f"\n{good}\n"
    (tmp_path / name).write_bytes(content.encode(errors="surrogateescape"))
    at = line + 2 * times * (1 + good.count("\n"))
    expected = f"line {at}: byte 0x92 is none of the encoding of the file; invalid_bytes='replace' reads it"
    if errors == "raise":
        with pytest.raises(storydiff.ReadError, match=expected):
            read_articles(tmp_path)
    else:
        articles = read_articles(tmp_path, errors="skip")
        assert len(articles) == 2 * times + 1 and all("“old” gate" in article.text for article in articles)
        assert [error.reason.startswith(expected) for error in articles.skipped] == [True]
    assert "\ufffd" in repr(read_articles(tmp_path, invalid_bytes="replace")[2 * times])


@pytest.mark.parametrize("order", ["le", "be"])
@pytest.mark.parametrize("language", ["ru", "el", "tr", "et"])
def test_utf16_needs_no_mark(tmp_path: Path, language: str, order: str) -> None:
    text = OLD[language][1]
    (tmp_path / "a.txt").write_bytes(text.encode(f"utf-16-{order}"))
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
        (b"\xd0\xcf\x11\xe0\xa1\xb1" + bytes(99), "an old Office document"),
        (b"{\\rtf1\\ansi The bridge closed.}", "RTF"),
        (b"PAR1", "a Parquet file under another ending"),
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


def test_an_address_is_not_fetched() -> None:
    with pytest.raises(FileNotFoundError, match=r"addresses are not fetched; save the page as \.html"):
        read_articles("https://news.example/bridge.html")


def test_a_home_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "a.txt").write_text(TEXT)
    assert read_articles("~/*.txt") == read_articles(Path("~")) == [Article("a", TEXT)]


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
    [
        (7, "got int"),
        (b"a.txt", "got bytes"),
        (["a.txt", 3], r"paths\[1\] must be"),
        (None, "got NoneType"),
        ({"a": "x"}, "got dict; texts need no reading, compare takes them"),
        (pd.DataFrame({"text": ["x"]}), "got DataFrame; texts need no reading"),
    ],
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
    assert read_articles(tmp_path) == ARTICLES


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
        ("a.json", '[{"text": "x"}, {"body": "y"}]', "item 2: no 'text' among 'body'"),
        ("a.json", '[{"text": "x"}, {"text": null}]', "item 2: text must be a str, got nothing"),
        ("a.json", '[{"id": 1, "text": "x"}, {"id": 1, "text": "y"}]', "item 2: the id '1' stands in an earlier"),
        ("a.json", "[7]", "item 1: expected an object or a text, got int"),
        ("a.jsonl", '{"text": "x"}\n{"text', "line 2: "),
        ("a.csv", "id,body\n1,x", "no column 'text'"),
        ("a.csv", "\ufeffid\n", "no column 'text'"),
        ("a.csv", "sep=;\n", "no column 'text', but none"),
        (
            "a.csv",
            'id,text\n1,"unclosed quote\n2,foo\n',
            "line 2: a quotation mark opens a field here, and none closes it",
        ),
        ("a.csv", 'id;text\n1;x\n\n2;"y\n3;foo', "line 4: a quotation mark opens a field here"),
        ("a.csv", 'text,"id\nx,1\n', "line 1: a quotation mark opens a field here"),
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


@pytest.mark.parametrize(
    ("name", "content", "ids", "reasons"),
    [
        ("a.jsonl", '{"id": 1, "text": "x"}\nnull\n{"id": 2, "text": "y"}\n{"id', ["1", "2"], ["line 2: ", "line 4: "]),
        ("a.jsonl", '{"id": 1, "text": "x"}\n{"id": 2, "text": null}', ["1"], ["line 2: text must be a str"]),
        ("a.csv", "id,text\n1,x\n2\n3,y\n4,z, with a comma\n", ["1", "3"], ["line 3: ", "line 5: 3 fields"]),
        ("a.csv", 'id,text\n1,"two\nlines"\n2\n', ["1"], ["line 4: "]),
        (
            "a.csv",
            'id,text\n1,x\n2,\n3," "\n4,y\n',
            ["1", "4"],
            ["line 3: text must be a str, got nothing", "line 4: "],
        ),
        ("a.csv", 'id,text\n1,x\n2,"y\n3,z\n', ["1"], ["line 3: a quotation mark opens a field here"]),
        ("a.csv", 'id,text\n1,"He said ""no"""\n2,"y"\n3', ["1", "2"], ["line 4: 1 fields"]),
        ("a.json", '[{"id": 1, "text": "x"}, 7, {"id": 1, "text": "y"}]', ["1"], ["item 2: ", "item 3: the id"]),
        ("a.json", '{"p": "x", "q": {"text": 3}}', ["p"], ["item 'q': text must be a str, got int"]),
    ],
)
def test_what_can_be_read_of_a_file_is_read(
    tmp_path: Path, name: str, content: str, ids: list[str], reasons: list[str]
) -> None:
    (tmp_path / name).write_text(content)
    articles = read_articles(tmp_path, errors="skip")
    assert [article.id for article in articles] == ids
    assert len(articles.skipped) == len(reasons)
    for error, reason in zip(articles.skipped, reasons, strict=True):
        assert error.reason.startswith(reason) and error.path.name == name
    with pytest.raises(storydiff.ReadError, match=reasons[0]):
        read_articles(tmp_path)


def test_an_error_says_how_to_go_on_without_what_it_is_about(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n{"id": "a", "text": "Three."}\n')
    twice = "line 3: the id 'a' stands in an earlier item too; errors="
    for call in (read_articles, storydiff.compare):
        with pytest.raises(storydiff.ReadError, match=f'{twice}"skip" leaves it out$') as raised:
            call(file)
        assert raised.value.reason == "line 3: the id 'a' stands in an earlier item too"
    with pytest.raises(storydiff.ReadError, match=f'{twice}"collect" leaves it out$'):
        storydiff.find_stories(file)
    assert len(read_articles(file, errors="skip")) == 2
    with pytest.warns(UserWarning, match="left out 1 without an article: cannot read .* line 3"):
        assert len(storydiff.compare(file, errors="skip")) == 2
    found = storydiff.find_stories(file, errors="collect")
    assert (len(found.articles), len(found.failures)) == (2, 1)
    # Without it nothing would be left.
    file.write_text('{"id": 1}\n')
    with pytest.raises(storydiff.ReadError) as raised:
        read_articles(file)
    assert "errors=" not in str(raised.value)


def test_rows_of_a_parquet_file_are_skipped_one_by_one(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["x", None, "z"]}), tmp_path / "a.parquet")
    articles = read_articles(tmp_path, errors="skip")
    assert [article.text for article in articles] == ["x", "z"]
    assert [error.reason for error in articles.skipped] == ["row 2: text must be a str, got nothing"]


def test_json_lines_are_read_under_the_name_of_json(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"id": "p", "text": "x"}\n\n{"id": "q", "text": "y"}\n')
    assert [article.id for article in read_articles(tmp_path)] == ["p", "q"]
    (tmp_path / "a.json").write_text('{"id": "p", "text": "x"} and more')
    with pytest.raises(storydiff.ReadError, match="Extra data"):
        read_articles(tmp_path)


@pytest.mark.parametrize("header", ["ID,TEXT,Title", " id , text , title ", "\ufeffId,Text,TITLE"])
def test_case_and_blanks_of_a_header_do_not_count(tmp_path: Path, header: str) -> None:
    (tmp_path / "a.csv").write_text(header + "\n7,x,t\n", encoding="utf-8")
    assert read_articles(tmp_path) == [Article("7", "x", title="t")]
    assert as_articles([dict(zip(header.split(","), "7xt", strict=True))]) == (
        [Article("7", "x", title="t")] if "\ufeff" not in header else [Article("1", "x", title="t")]
    )


def test_columns_can_be_named(tmp_path: Path) -> None:
    rows = [{"key": 7, "content": "x", "head": "t", "text": "z"}]
    named = {"text": "content", "id": "key", "title": "head"}
    expected = [Article("7", "x", title="t")]
    (tmp_path / "a.jsonl").write_text(json.dumps(rows[0]))
    (tmp_path / "b.csv").write_text("key;content;head;text\n7;x;t;z\n")
    assert read_articles(tmp_path / "a.jsonl", **named) == read_articles(tmp_path / "b.csv", **named) == expected
    for frame in FRAMES.values():
        assert storydiff.compare(frame(rows), **named).articles == expected
    assert storydiff.compare(rows, **named).articles == expected
    with pytest.raises(ValueError, match="no column 'body', which text= names, among 'key', 'content'"):
        storydiff.compare(pd.DataFrame(rows), text="body")
    with pytest.raises(ValueError, match="more than one column could be 'text': 'Text', 'TEXT'"):
        storydiff.compare([{"Text": "x", "TEXT": "y"}])
    with pytest.raises(TypeError, match="id must be the name of a column, got int"):
        storydiff.compare(rows, id=0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('---\ntitle: "Lock shut"\ndate: 2026-03-02\ntags:\n  - port\n---\nThe lock.\n', ("Lock shut", "2026-03-02")),
        ("---\ntitle: Lock # a note\nlink: https://l.example/1\n---\nThe lock.\n", ("Lock", None)),
        ("---\nThe lock is shut: nobody knows why\n---\nThe lock.\n", None),
        ("---\n\nThe lock.\n", None),
        ("The lock.\n\n---\ntitle: x\n---\n", None),
        ("+++\ntitle = never closed\nThe lock.\n", None),
        ("+++\ntitle = no string\n+++\nThe lock.\n", None),
    ],
)
def test_front_matter_is_metadata(tmp_path: Path, text: str, expected: tuple[str, str | None] | None) -> None:
    (tmp_path / "a.md").write_text(text)
    (tmp_path / "b.txt").write_text(text)
    markdown, plain = read_articles(tmp_path)
    assert plain == Article("b", text)
    if expected is None:
        assert markdown == Article("a", text)
    else:
        assert (markdown.title, markdown.published) == expected and markdown.text == "The lock.\n"


@pytest.mark.skipif(sys.version_info < (3, 11), reason="tomllib came with Python 3.11")
def test_front_matter_in_toml_is_metadata(tmp_path: Path) -> None:
    head = 'Title = "Lock: shut"\ndate = 2026-03-02T09:10:00Z\ntags = ["port"]\nlink = ["no"]\n[params]\ntitle = "x"\n'
    (tmp_path / "a.md").write_bytes(f"+++\n{head}+++\nThe lock.\n".replace("\n", "\r\n").encode())
    [article] = read_articles(tmp_path)
    assert article == Article("a", "The lock.\r\n", title="Lock: shut", published="2026-03-02T09:10:00+00:00")


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
    assert article.published == "2026-03-02T10:00:00Z"
    assert "“Nobody was hurt,” said the mayor’s office – the café beside" in article.text
    assert article.text.count("The old bridge over the river closed") == 1
    assert "newsletter" not in article.text
    assert "Home" not in article.text


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>T</title>{head}</head><body><article><h1>Lock shut</h1>{body}</article></body></html>"


PARAGRAPHS = [
    "The lock at Dale was shut on Wednesday after a barge had struck its lower gate, the keeper of the lock said.",
    "Divers found that the hinge of the gate had been bent by a hand's width, and that the sill was cracked too.",
    "Nobody was hurt, and the crew of the barge walked home along the towpath when the water had been let out.",
]


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2026-03-02T10:00:00+02:00">', "2026-03-02T10:00:00+02:00"),
        ('<meta name="DC.date.issued" content="2026-03-02">', "2026-03-02"),
        ('<meta itemprop="datePublished" content="Mon, 02 Mar 2026 10:00:00 GMT">', "2026-03-02T10:00:00+00:00"),
        ('<script type="application/ld+json">[{"datePublished": "2026-03-02T10:00Z"}]</script>', "2026-03-02T10:00Z"),
        ('<script type="application/ld+json">{broken</script>', None),
        ('<meta property="article:modified_time" content="2026-03-02T10:00:00Z">', None),
        ('<meta name="date" content="last spring">', None),
        ("", None),
    ],
)  # fmt: skip
def test_a_page_was_published_when_it_says_so(tmp_path: Path, head: str, published: str | None) -> None:
    old = "<table><tr><th>Year</th><td>2019</td></tr></table><p>Copyright 2018. Rebuilt on 3 June 2017.</p>"
    (tmp_path / "a.html").write_text(page("".join(f"<p>{p}</p>" for p in PARAGRAPHS) + old, head))
    assert read_articles(tmp_path)[0].published == published


def test_what_a_page_repeats_as_content_is_kept(tmp_path: Path) -> None:
    lines = ["A man of 30 was cut by glass", "A woman of 54 broke a wrist", "A man of 30 was cut by glass"]
    body = [*PARAGRAPHS, *lines, PARAGRAPHS[0]]
    (tmp_path / "a.html").write_text(page("".join(f"<p>{p}</p>" for p in body)))
    text = read_articles(tmp_path)[0].text
    assert [text.count(line) for line in lines] == [2, 1, 2]
    assert [text.count(paragraph) for paragraph in PARAGRAPHS] == [1, 1, 1]


def test_a_package_that_fails_to_import_is_not_called_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text(page(""))
    monkeypatch.setitem(sys.modules, "trafilatura", types.ModuleType("trafilatura"))
    with pytest.raises(ImportError, match=r"needs trafilatura, which is installed but fails to import: .*bare_extract"):
        read_articles(tmp_path)


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
    "pyarrow-reader": lambda rows: pa.Table.from_pylist(rows).to_reader(),
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
    def bad() -> Any:
        return FRAMES[kind]([{"text": "One."}, {"text": None}])

    with pytest.raises(TypeError, match=r"^row 2 of articles: text must be a str, got nothing$"):
        as_articles(bad())
    with pytest.raises(TypeError, match=r'row 2 of articles: text must .* nothing; errors="skip" leaves it out$'):
        storydiff.compare(bad())
    for call in (storydiff.find_stories, storydiff.compare_stories):
        with pytest.raises(TypeError, match=r'row 2 of articles: text .* nothing; errors="collect" sets it aside$'):
            call(bad())


def test_values_of_a_frame_become_strings() -> None:
    frame = pd.DataFrame({"id": [1, 2], "text": ["a", "b"], "published": [pd.Timestamp("2026-03-02"), pd.NaT]})
    assert [(a.id, a.published) for a in as_articles(frame)] == [("1", "2026-03-02T00:00:00"), ("2", None)]


def test_whole_numbers_stay_whole_where_one_is_missing() -> None:
    frame = pd.DataFrame({"id": [8, 9, None], "text": ["a", "b", "c"]})
    assert [article.id for article in as_articles(frame)] == ["8", "9", "3"]


@pytest.mark.parametrize(
    ("index", "ids"),
    [
        (None, ["1", "2"]),
        (["wire", "blog"], ["wire", "blog"]),
        ([5, 7], ["5", "7"]),
        ([7, 7], ["1", "2"]),
        ([5.0, 7.0], ["5", "7"]),
        (["wire", None], ["1", "2"]),
        (pd.MultiIndex.from_tuples([("x", 1), ("x", 2)]), ["x/1", "x/2"]),
        (pd.RangeIndex(3, 5), ["3", "4"]),
    ],
)
def test_an_index_that_names_rows_gives_the_ids(index: Any, ids: list[str]) -> None:
    assert [article.id for article in as_articles(pd.DataFrame({"text": ["a", "b"]}, index=index))] == ids
    assert [article.id for article in as_articles(pd.Series(["a", "b"], index=index))] == ids


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["a", "b"]),
        pa.chunked_array([["a"], ["b"]]),
        pa.array(["a", "b"]).dictionary_encode(),
        pa.array(["a", "b"], pa.large_string()),
        pl.Series(["a", "b"]),
        pd.Series(["a", "b"], dtype="category"),
    ],
)
def test_columns_are_lists_of_texts(column: Any) -> None:
    assert as_articles(column) == [Article("1", "a"), Article("2", "b")]


@pytest.mark.parametrize("kind", FRAMES)
def test_a_frame_can_skip_rows(kind: str) -> None:
    with pytest.warns(UserWarning, match="left out 1 without an article: row 2 of articles: text must be a str"):
        cmp = storydiff.compare(FRAMES[kind]([{"text": "One."}, {"text": None}, {"text": "Two."}]), errors="skip")
    assert [(article.id, article.text) for article in cmp.articles] == [("1", "One."), ("3", "Two.")]


@pytest.mark.parametrize("names", [["a.txt", "b.txt"], ["stories/a.html"], {"a": "notes.md"}])
def test_names_of_files_are_not_compared(names: Any) -> None:
    with pytest.raises(TypeError, match=r"got the names of files, such as .*read them first"):
        storydiff.compare(names)


def test_a_name_without_ending_is_a_path_where_there_is_such_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(as_articles(["README", "NEWS"])) == 2
    (tmp_path / "README").write_text("x")
    (tmp_path / "NEWS").write_text("x")
    with pytest.raises(TypeError, match="names of files"):
        as_articles(["README", "NEWS"])


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        ([], "got none, so there is nothing to compare"),
        (["One."], "got only '1'; it takes two to compare"),
        ({"x": "One.", "y": "One."}, "'x' and 'y' have the same text"),
        (["Der Hafen war am Montag für alle Schiffe zu, und die Brücke ist nicht mehr auf, weil sie von einem Schiff "
          "getroffen wurde, das auf dem Weg in den Hafen war.", "Die Brücke ist zu."], "look like 'de'; pass language"),
        ({"x": "<p>The bridge <b>closed</b>.</p>" * 3, "y": "Rain fell.<br>" * 9, "z": "One </p>, said to be read."},
         "the text of 'x', 'y' holds tags of HTML or XML, which are read as words"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_well_is_warned_of(articles: Any, message: str) -> None:
    with pytest.warns(UserWarning, match=message) as caught:
        storydiff.compare(articles)
    assert [warning.filename for warning in caught] == [__file__]


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
        (3, "articles: got an int"),
        ({"a", "b"}, "no order"),
        (["a", 3], r"articles\[1\] must be a str or an Article, got int"),
        (["a", b"b"], r"articles\[1\] must be a str or an Article, got bytes"),
        (["a", {"body": "b"}], r"articles\[1\]: no 'text' among 'body'"),
        ({"a": 3}, r"articles\['a'\] must be a str or an Article, got int"),
        ({"text": ["a", "b"]}, r"articles\['text'\] must be a str"),
        (["a", None], r"articles\[1\] must be"),
        ([("a", "x"), ("b", "y")], r"got tuple; ids and texts go into a dict: dict\(pairs\)"),
        ({"id": ["a", "b"], "text": ["x", "y"]}, r"got list; columns go into a frame: pandas\.DataFrame\(columns\)"),
        ([Path("a.txt"), "x"], r"got PosixPath; read files first: read_articles\(\[\.\.\.\]\)"),
        ([io.StringIO("x"), "x"], "got StringIO; read files first"),
    ],
)
def test_objects_of_a_wrong_type_are_errors(articles: Any, message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        storydiff.compare(articles)


@pytest.mark.parametrize("function", ["compare", "find_stories", "compare_stories", "read_articles"])
def test_several_things_go_into_one_list(function: str) -> None:
    parameter = "paths" if function == "read_articles" else "articles"
    expected = rf"{function}\(\) takes one argument without a name, {parameter}, got 3; .* one list: {function}\(\["
    with pytest.raises(TypeError, match=expected):
        getattr(storydiff, function)("one", "two", "three")


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


# The bundled stories


@pytest.mark.parametrize("story", ["bridge", "dam"])
def test_a_bundled_story_is_read_like_files(story: Any) -> None:
    folder = Path(storydiff.__file__).parent / "sample"
    assert storydiff.sample_articles(story) == read_articles(folder if story == "bridge" else folder / story)


def test_articles_of_the_dam_say_what_they_are() -> None:
    for article in storydiff.sample_articles("dam"):
        assert article.title and article.source and article.url and article.published
        # Minutes and a zone, so that the order over two days is known.
        assert re.fullmatch(r"2025-11-(09|10)T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", article.published)
        assert not article.text.startswith("---")


@pytest.mark.parametrize("story", ["ship", "", None, ["dam"]])
def test_an_unknown_bundled_story_is_an_error(story: Any) -> None:
    with pytest.raises(ValueError, match=rf"^story must be 'bridge' or 'dam', got {re.escape(repr(story))}$"):
        storydiff.sample_articles(story)
