"""What the command line takes from files, how it says what it leaves out, and the status that it ends with."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from storydiff.cli import main

TEXTS = {
    "wire": "A ship hit the bridge on Monday. Fourteen people were hurt, the coastguard said.",
    "blog": "On Monday a ship hit the bridge. Ida Brandt, a pilot, saw it from the pier.",
}
GERMAN = (
    "Der Hafen war am Montag für alle Schiffe zu, und die Brücke ist nicht mehr auf, weil sie von einem Schiff "
    "getroffen wurde, das auf dem Weg in den Hafen war."
)


def storydiff(*arguments: str, text: str | None = None) -> Result:
    """The program called in this process; an error that it does not tell is raised."""
    done = CliRunner(env={"COLUMNS": "100"}).invoke(main, arguments, text, prog_name="storydiff")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles in the working folder, as files and as tables under other names."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story").mkdir()
    for id, text in TEXTS.items():
        (tmp_path / "story" / f"{id}.txt").write_text(text)
    rows = [{"key": id, "body": text, "head": id.upper(), "event": "e"} for id, text in TEXTS.items()]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    cells = [list(rows[0]), *(list(row.values()) for row in rows)]
    (tmp_path / "rows.csv").write_text("\n".join(";".join(row) for row in cells))
    return tmp_path


NAMED = ("--text", "body", "--id", "key", "--title", "head")


@pytest.mark.parametrize("file", ["rows.csv", "rows.jsonl"])
@pytest.mark.parametrize(
    "command", ["compare", "disputes", "partials", "unique", "passages", "copies", "quotes", "terms", "split"]
)
def test_cli_columns_are_named_wherever_articles_are_read(command: str, file: str) -> None:
    assert storydiff(command, file, *NAMED).exit_code == 0
    missing = storydiff(command, file)
    assert missing.exit_code == 1
    assert (
        "'key', 'body', 'head', 'event'; say which holds the texts: text='body', on the command line --text body"
        in (missing.stderr)
    )


def test_cli_columns_reach_the_output() -> None:
    found = json.loads(storydiff("compare", "rows.csv", *NAMED, "-f", "json").stdout)
    assert [(row["id"], row["title"]) for row in found["articles"]] == [("wire", "WIRE"), ("blog", "BLOG")]
    again = storydiff("compare", "-", *NAMED, "-f", "json", text=Path("rows.jsonl").read_text()).stdout
    assert json.loads(again) == found
    listed = json.dumps([json.loads(line) for line in Path("rows.jsonl").read_text().split("\n")], indent=1)
    assert json.loads(storydiff("compare", "-", *NAMED, "-f", "json", text=listed).stdout) == found


@pytest.mark.parametrize("option", ["--text", "--id", "--title", "--source", "--url", "--published"])
def test_cli_columns_are_those_of_read_articles(option: str) -> None:
    missing = storydiff("compare", "rows.csv", "--text", "body", option, "nowhere")
    assert missing.exit_code == 1
    field = option.removeprefix("--")
    assert f"'nowhere', which {field}= names" in missing.stderr or f"no column {'nowhere'!r}" in missing.stderr
    plain = storydiff("compare", "story", option, "nowhere")
    assert plain.exit_code == 2
    assert "names a column, and none of the files has columns" in plain.stderr
    assert ("--heading" in plain.stderr) == (option == "--title")


def test_cli_stories_and_their_comparison_read_columns_of_every_file(folder: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    csv = ("rows.csv", "--text", "body", "--id", "key")
    found = storydiff("stories", *csv)
    assert (found.exit_code, found.stderr) == (0, "2 articles in 1 story; 0 set aside\n")
    assert [line.split(",")[:2] for line in found.stdout.splitlines()[1:]] == [["wire", "blog"], ["blog", "blog"]]
    for file in ("rows.csv", "rows.jsonl"):
        done = storydiff("compare-stories", file, *csv[1:], "--story", "Event", "-o", f"{file}.out", "--jobs", "1")
        assert (done.exit_code, done.stderr.split(";")[0]) == (0, "1 story, 0 of them compared before")
        assert pq.read_table(folder / f"{file}.out" / "mentions.parquet")["story"].unique().to_pylist() == ["e"]
    piped = ("compare-stories", "-", *csv[1:], "--story", "event", "-o", "out", "--jobs", "1")
    assert storydiff(*piped, text=Path("rows.jsonl").read_text()).stderr.startswith("1 story, ")


def test_cli_stories_set_aside_what_cannot_be_read_and_say_why(folder: Path) -> None:
    (folder / "bad.csv").write_text("key;body\nx;The ferry sails.\ny\nz;a;b\n")
    done = storydiff("stories", "rows.csv", "bad.csv", "--text", "body", "--id", "key")
    assert done.exit_code == 0
    assert done.stderr == (
        "storydiff: cannot read 'bad.csv': line 3: 1 fields, and the first row names 2\n"
        "storydiff: cannot read 'bad.csv': line 4: 3 fields, and the first row names 2\n"
        "3 articles in 2 stories, 1 of them of one article; 2 set aside\n"
    )


def test_cli_comparing_stories_without_any_writes_nothing(folder: Path) -> None:
    pytest.importorskip("pyarrow")
    done = storydiff("compare-stories", "rows.csv", "--text", "body", "-o", "out")
    assert (done.exit_code, done.stderr) == (
        1, "storydiff: every article is set aside; 'rows-1', for one: it has no 'story'\n"
    )  # fmt: skip
    assert not (folder / "out").exists()


def test_cli_stories_of_one_article_are_nothing_to_compare(folder: Path) -> None:
    pytest.importorskip("pyarrow")
    (folder / "own.csv").write_text("text,story\nRain fell.,a\nThe ferry sails.,b\n")
    done = storydiff("compare-stories", "own.csv", "-o", "out")
    assert (done.exit_code, done.stderr) == (
        1, "storydiff: no story has 2 articles or more: nothing to compare, and nothing written\n"
    )  # fmt: skip
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    "command", ["compare story -o no/r.html", "stories story -o no/s.parquet", "stories x -o no/s.csv"]
)
def test_cli_a_folder_that_is_not_there_is_told_before_the_work(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for work in ("compare", "find_stories"):
        monkeypatch.setattr(f"storydiff.{work}", lambda *_, **__: pytest.fail("worked"))
    done = storydiff(*command.split())
    name = command.split()[-1]
    assert (done.exit_code, done.stderr) == (1, f"storydiff: {name}: No such file or directory\n")


def test_cli_similarities_are_short() -> None:
    assert all(len(cell) < 11 for cell in storydiff("stories", "story").stdout.replace("\n", ",").split(","))


@pytest.mark.parametrize("name", ["stories.md", "stories"])
def test_cli_stories_know_the_form_before_the_work(name: str) -> None:
    done = storydiff("stories", "nowhere", "-o", name)
    assert done.exit_code == 2
    assert f"cannot tell the format from '{name}': end it in one of .parquet .pq .csv .jsonl" in done.stderr


@pytest.mark.parametrize("command", ["compare", "stories", "terms"])
def test_cli_tells_what_a_folder_leaves_out(folder: Path, command: str) -> None:
    (folder / "story" / "notes.pdf").write_bytes(b"%PDF-1.7")
    done = storydiff(command, "story")
    assert done.exit_code == 0
    assert done.stderr.startswith("storydiff: left out story/notes.pdf: a folder is searched for .txt, ")


@pytest.mark.parametrize("command", ["compare", "stories"])
def test_cli_tells_of_folders_in_a_folder(folder: Path, command: str) -> None:
    for name in ("day 2", "empty", ".git"):
        (folder / "story" / name).mkdir()
    assert "folders in it" not in storydiff(command, "story").stderr
    for name in ("day 2", ".git"):
        (folder / "story" / name / "radio.md").write_text("The ferry sails.")
    done = storydiff(command, "story")
    told = (
        "storydiff: story is read without the folders in it (day 2); name them, or a pattern such as 'story/**/*.txt'"
    )
    assert (done.exit_code, done.stderr.splitlines()[0]) == (0, told)
    assert storydiff(command, "story", "story/day 2").stdout != done.stdout


def test_cli_leaves_out_its_own_reports_as_a_shell_names_them(folder: Path) -> None:
    before = storydiff("compare", "story").stdout
    for name in ("r.html", "r.md", "r.json", "r.txt"):
        assert storydiff("compare", "story", "-o", f"story/{name}").stderr.endswith(f"is in story/{name}\n")
        for files in (["story"], sorted(map(str, (folder / "story").iterdir()))):
            done = storydiff("compare", *files)
            assert done.stdout == before
            assert f"{name}: it is a report that storydiff wrote, and no article\n" in done.stderr
        again = storydiff("compare", "story", "-o", f"story/{name}")
        assert again.stderr == f"2 articles compared; the report is in story/{name}\n"
        alone = storydiff("compare", f"story/{name}")
        assert (alone.exit_code, "it is a report" in alone.stderr) == (1, True)
        (folder / "story" / name).unlink()


@pytest.mark.parametrize("language", ["xx", "english"])
@pytest.mark.parametrize("command", ["compare", "sample", "disputes", "terms", "split", "compare-stories"])
def test_cli_refuses_what_is_no_language(command: str, language: str) -> None:
    files = [] if command == "sample" else ["story"]
    done = storydiff(command, *files, *(["-o", "out"] if command == "compare-stories" else []), "-l", language)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"unknown language '{language}'" in done.stderr
    assert "most is known of ar, bg, " in " ".join(done.stderr.split())


def test_cli_says_what_it_cannot_do_in_another_language(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"{GERMAN} {name}")
    for command in ("compare", "disputes"):
        done = storydiff(command, "a.txt", "b.txt", "-l", "de")
        assert done.exit_code == 0
        assert done.stderr.startswith("storydiff: read as 'de': only in English are figures, days and names held")
    mixed = storydiff("compare", "a.txt", "story").stderr
    assert mixed.startswith("storydiff: 'a' looks like 'de', and is read as language='en' like the others")
    assert "pass language='de' (on the command line -l de)" in storydiff("compare", "a.txt", "b.txt").stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("-o", "a.json", "-f", "md"), "'md' contradicts the ending of a.json"),
        (("-o", "a.md", "-f", "text"), "'text' contradicts the ending of a.md"),
        (("-o", "a.json", "--open"), "a.json is none"),
        (("-o", "a.xyz"), "cannot tell the format from 'a.xyz'"),
    ],
)
def test_cli_a_format_that_contradicts_the_ending_is_refused(folder: Path, options: tuple[str, ...], told: str) -> None:
    done = storydiff("compare", "nowhere", *options)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not (folder / options[1]).exists()


def test_cli_files_without_a_command_are_told_of_it(folder: Path) -> None:
    done = storydiff("story", "rows.csv")
    assert (done.exit_code, "'story' is no command; storydiff compare story ..." in done.stderr) == (2, True)


def test_cli_an_error_of_one_item_says_how_to_go_on_without_it(folder: Path) -> None:
    items = [{"id": id, "text": text} for id, text in (("a", "The pier shut."), ("a", "Rain fell."), ("b", "Snow."))]
    (folder / "items.jsonl").write_text("\n".join(map(json.dumps, items)))
    done = storydiff("compare", "items.jsonl")
    assert done.stderr.endswith("line 2: the id 'a' stands in an earlier item too; --errors skip leaves it out\n")
    assert storydiff("compare", "items.jsonl", "--errors", "skip").exit_code == 0
    nothing = storydiff("compare", "-", text='{"text": "The pier is closed."}\n{"text": null}\n')
    assert nothing.stderr.endswith("line 2: text must be a str, got nothing; --errors skip leaves it out\n")
    assert "--errors" not in storydiff("compare", "-", text='{"text": null}').stderr


@pytest.mark.parametrize("options", [("-o", "a.json", "-f", "json"), ("-o", "a.markdown", "-f", "md")])
def test_cli_a_format_that_agrees_with_the_ending_is_written(folder: Path, options: tuple[str, ...]) -> None:
    assert storydiff("compare", "story", *options).exit_code == 0
    assert (folder / options[1]).stat().st_size > 0


@pytest.mark.parametrize("command", ["compare", "disputes", "unique", "terms"])
def test_cli_ends_with_a_status_of_its_own_where_nothing_is_compared(folder: Path, command: str) -> None:
    (folder / "empty.txt").write_text("\n")
    for files, told in (
        (["story/wire.txt"], "got only 'wire'; it takes two to compare"),
        (["story/wire.txt", "story/wire.txt"], "it takes two to compare"),
        (["story/wire.txt", "empty.txt"], "only 'wire' has a text; it takes two to compare"),
        (["empty.txt"], "none has a text, so there is nothing to compare"),
    ):
        done = storydiff(command, *files)
        assert done.exit_code == 1
        assert told in done.stderr


def test_cli_a_report_of_one_article_is_written_all_the_same(folder: Path) -> None:
    done = storydiff("compare", "story/wire.txt", "-o", "a.html")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (1, "1 article compared; the report is in a.html")
    assert (folder / "a.html").read_text().startswith("<!doctype html>")
