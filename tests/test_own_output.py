"""What storydiff writes is no article of the folder that it is written into, and is written whole or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result

import storydiff
from storydiff.cli import main
from storydiff.write import tables, whole

TEXTS = {
    "wire": "A ferry struck the pier on Monday. “We heard it from the school,” Ida Brandt said. Nobody was hurt.",
    "blog": "On Monday a ferry struck the pier. “We heard it from the school,” Ida Brandt said. Two people were hurt.",
}
LISTS = [table for table in get_args(tables.Table) if table != "articles"]


def cli(*arguments: str, text: str | None = None) -> Result:
    done = CliRunner(env={"COLUMNS": "100"}).invoke(main, arguments, text, prog_name="storydiff")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


@pytest.fixture(scope="module")
def compared() -> storydiff.Comparison:
    return storydiff.compare([storydiff.Article(id, text, title=id) for id, text in TEXTS.items()], encoder="static")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for id, text in TEXTS.items():
        (tmp_path / f"{id}.txt").write_text(text)
    return tmp_path


def ids(folder: Path) -> list[str]:
    return [article.id for article in storydiff.read_articles(folder)]


@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize(
    "command", ["disputes", "partials", "unique", "passages", "copies", "quotes", "terms", "split"]
)
def test_a_list_of_the_command_line_is_no_article(folder: Path, command: str, form: str) -> None:
    listed = cli(command, str(folder), "-f", form).stdout
    for name in ("list.csv",) if form == "csv" else ("list.json", "list.jsonl"):
        (folder / name).write_text(listed)
    if listed:
        with pytest.warns(
            UserWarning, match=r"left out .*list\.\w+: it is a list that storydiff wrote, and no article"
        ):
            assert ids(folder) == ["blog", "wire"]
        for file in folder.glob("list.*"):
            with pytest.raises(storydiff.ReadError, match="it is a list that storydiff wrote"):
                storydiff.read_articles(file)
        # As a shell names them.
        done = cli("compare", *map(str, sorted(folder.iterdir())), "--encoder", "static")
        assert done.stdout.startswith("2 articles · ") and "it is a list that storydiff wrote" in done.stderr


@pytest.mark.filterwarnings("ignore:articles. left out")
@pytest.mark.parametrize("table", LISTS)
def test_a_table_is_no_article_in_whatever_form_it_is_kept(
    folder: Path, compared: storydiff.Comparison, table: Any
) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    frame, arrow = compared.to_pandas(table), compared.to_arrow(table)
    story = tables.table_of(table, tables.rows_of(compared, table), story="a")
    frame.to_csv(folder / "a.csv")
    frame.to_csv(folder / "b.csv", index=False, sep=";", encoding="utf-8-sig")
    pq.write_table(arrow, folder / "a.parquet")
    pq.write_table(story, folder / "b.parquet")
    story.to_pandas().to_csv(folder / "c.csv", index=False)
    if len(frame):
        frame.to_json(folder / "a.json", orient="records")
        frame.to_json(folder / "a.jsonl", orient="records", lines=True)
        frame.to_parquet(folder / "c.parquet")
    assert ids(folder) == ["blog", "wire"]


def test_a_table_of_articles_holds_articles(tmp_path: Path, compared: storydiff.Comparison) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    (tmp_path / "csv").mkdir()
    compared.to_pandas("articles").to_csv(tmp_path / "csv" / "a.csv", index=False)
    pq.write_table(compared.to_arrow("articles"), tmp_path / "a.parquet")
    assert ids(tmp_path / "csv") == ids(tmp_path) == ["wire", "blog"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "article,text,start,end\n1,The pier is closed.,0,3\n"),
        ("a.csv", "article,start,end,text,author\n1,0,3,The pier is closed.,I. B.\n"),
        ("a.jsonl", '{"article": "1", "text": "The pier is closed."}\n'),
        ("a.json", '{"text": "The pier is closed.", "tags": [{"term": "pier", "weight": 1, "by": "I. B."}]}'),
    ],
)
def test_what_only_looks_like_a_list_is_read(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    assert [article.text for article in storydiff.read_articles(tmp_path)] == ["The pier is closed."]


@pytest.mark.parametrize("name", ["u.csv", "u.tsv", "u.json", "u.jsonl", "u.parquet", "u.txt"])
@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("sign", [">", ">>"])
def test_what_a_shell_writes_beside_the_articles_is_none_of_them(
    folder: Path, name: str, named: bool, sign: str
) -> None:
    (folder / name).touch()
    articles = "*" if named else "."
    command = f'"{sys.executable}" -P -m storydiff split {articles} -f csv {sign} {name}'
    done = subprocess.run(command, cwd=folder, shell=True, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    lines = (folder / name).read_text().splitlines()
    assert lines[0] == "article,start,end,text" and {line.split(",")[0] for line in lines[1:]} == {"blog", "wire"}


@pytest.mark.parametrize("name", ["u.csv", "u.tsv", "u.json", "u.jsonl", "u.parquet"])
def test_an_empty_data_file_is_left_out(folder: Path, name: str) -> None:
    (folder / name).write_text("" if name == "u.parquet" else "\n \n")
    with pytest.warns(UserWarning, match=rf"left out .*{name}: it holds no item"):
        assert ids(folder) == ["blog", "wire"]
    done = cli("stories", str(folder))
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, 3) and "it holds no item" in done.stderr


def test_stories_are_none_of_the_corpus_that_they_are_written_into(folder: Path) -> None:
    for name in ("stories.csv", "stories.parquet", "stories.jsonl"):
        for _ in range(2):
            assert cli("stories", str(folder), "-o", str(folder / name)).stderr.endswith("; 0 set aside\n")
        assert f"{name}: it is a list that storydiff wrote" in cli("stories", str(folder), "-q").stderr
        (folder / name).unlink()


def test_a_file_is_written_whole_or_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (tmp_path / "old").write_text("as it was")
    cmp = storydiff.compare(TEXTS, encoder="static")
    for name in ("old", "new"):
        for write in (cmp.to_json, cmp.to_html, cmp.to_markdown, cmp.save):
            with pytest.raises(OSError, match="No space") as raised:
                write(tmp_path / name)
            assert raised.value.filename == str(tmp_path / name)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"old": "as it was"}


def test_a_file_that_is_replaced_stays_where_it_was_and_readable_by_whom_it_was(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "file").chmod(0o640)
    (tmp_path / "link").symlink_to("file")
    whole.write(b"new", tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "file").read_text() == "new"
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640


def test_what_is_no_plain_file_is_written_to(tmp_path: Path) -> None:
    whole.write(b"lost", "/dev/null")
    assert not Path("/dev/null").is_file()
    done = subprocess.run(
        [sys.executable, "-c", "from storydiff.write import whole; whole.write(b'told', '/dev/stdout')"],
        capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout == b"told"


def test_a_file_that_cannot_be_replaced_is_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one that a container mounts by itself."""

    def busy(*_: object) -> None:
        raise OSError(16, "Device or resource busy")

    (tmp_path / "file").write_text("old")
    monkeypatch.setattr(Path, "replace", busy)
    whole.write(b"new", tmp_path / "file")
    assert [file.read_text() for file in tmp_path.iterdir()] == ["new"]


def test_one_bad_file_of_a_folder_can_be_left_out(folder: Path) -> None:
    (folder / "sales.csv").write_text("month,sum\nMay,7\n")
    (folder / "rows.jsonl").write_text('{"id": "radio", "text": "The pier is closed."}\n{"id": 7}\n')
    for command in ("compare", "unique", "terms", "split"):
        stopped = cli(command, str(folder))
        assert stopped.exit_code == 1
        assert stopped.stderr.endswith("; --errors skip leaves it out\n")
        done = cli(command, str(folder), "--errors", "skip")
        assert done.exit_code == 0
        told = [line for line in done.stderr.splitlines() if "left out" in line]
        assert [line.split(": ")[1] for line in told] == [
            f"left out {folder}/{name}" for name in ("rows.jsonl", "sales.csv")
        ]
        assert "line 2: no 'text'" in told[0] and "names no column 'text'" in told[1]


def test_standard_input_stands_where_it_is_named_and_may_skip_items(folder: Path) -> None:
    item = json.dumps({"id": "radio", "text": "The pier is closed."})
    wire, blog = (str(folder / f"{id}.txt") for id in ("wire", "blog"))
    for files, order in (
        (["-", wire, blog], ["radio", "wire", "blog"]),
        ([wire, "-", blog], ["wire", "radio", "blog"]),
        ([str(folder), "-"], ["blog", "wire", "radio"]),
        ([wire, "-", str(folder)], ["wire", "radio", "blog"]),
    ):
        done = cli("split", *files, "-f", "json", text=item)
        assert list(dict.fromkeys(json.loads(line)["article"] for line in done.stdout.splitlines())) == order
    done = cli("split", "-", "--errors", "skip", "-q", text=f'{item}\n{{"id": 7}}\n')
    assert done.stdout == "The pier is closed.\n"
    assert done.stderr.startswith("storydiff: left out, of standard input, line 2: no 'text' among 'id'")
