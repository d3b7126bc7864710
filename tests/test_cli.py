"""The command line: what it prints, where, and how it ends.

Most tests call it in this process, where a story is compared once; what needs a process of its own (a terminal, a pipe,
signals, what is installed) starts the program.
"""

import csv
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from storydiff.cli import main

pytestmark = pytest.mark.usefixtures("remembers")


def storydiff(*arguments: str, text: str | None = None, **environment: str) -> Result:
    """The program called in this process; an error that it does not tell is raised."""
    done = CliRunner(env={"COLUMNS": "80", **environment}).invoke(main, arguments, text, prog_name="storydiff")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def process(*arguments: str, text: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "storydiff", *arguments],
        input=text,
        stdin=subprocess.DEVNULL if text is None else None,
        capture_output=True,
        env={**os.environ, "COLUMNS": "80", **environment},
        check=False,
        encoding="utf-8",
    )


@pytest.fixture
def story(tmp_path: Path) -> Path:
    folder = tmp_path / "story"
    assert storydiff("sample", "--to", str(folder)).exit_code == 0
    return folder


def test_cli_writes_a_bundled_story_with_what_is_known_of_its_articles(tmp_path: Path) -> None:
    done = storydiff("sample", "--story", "dam", "--to", str(tmp_path))
    assert (done.exit_code, done.stdout) == (0, f"6 articles written to {tmp_path}\n")
    assert (tmp_path / "lark.md").read_text("utf-8").splitlines()[2] == "source: The Lark"


def test_cli_compare_names_articles_and_stays_plain_in_a_pipe(story: Path) -> None:
    done = process("compare", "--encoder", "static", *sorted(map(str, story.glob("*.txt"))))
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "5 articles" in done.stdout.splitlines()[0]
    assert "ONLY ONE SAYS" in done.stdout
    assert all(f"  {name}" in done.stdout for name in ("beacon", "chronicle", "gazette", "meridian", "tidewatch"))
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("name", "start"), [("report.html", "<!doctype html>"), ("report.json", "{"), ("report.md", "# 5 articles")]
)
def test_cli_compare_writes_what_the_ending_says(story: Path, tmp_path: Path, name: str, start: str) -> None:
    target = tmp_path / name
    done = storydiff("compare", str(story), "-o", str(target))
    assert (done.exit_code, done.stdout) == (0, "")
    assert name in done.stderr
    assert target.read_text("utf-8").startswith(start)


def test_cli_format_overrides_the_ending_and_prints_without_output(story: Path, tmp_path: Path) -> None:
    assert storydiff("compare", str(story), "-o", str(tmp_path / "x"), "--format", "md", "-q").stderr == ""
    assert (tmp_path / "x").read_text("utf-8").startswith("# 5")
    assert len(json.loads(storydiff("compare", str(story), "--format", "json").stdout)["articles"]) == 5


def test_cli_reads_plain_text_and_json_lines_from_standard_input(story: Path) -> None:
    files = sorted(story.glob("*.txt"))
    lines = "".join(json.dumps({"id": file.stem, "text": file.read_text("utf-8")}) + "\n" for file in files)
    assert storydiff("compare", "-", text=lines).stdout == storydiff("compare", str(story)).stdout
    assert process("compare", "-", text="One line.").stdout.startswith("1 article ")


@pytest.mark.parametrize(
    ("arguments", "text", "status", "told"),
    [
        (("compare", "nowhere.txt"), None, 1, "nowhere.txt"),
        (("compare", "-"), '{"text": "A"}\n{"txt": "B"}', 1, "standard input"),
        (("compare", "-"), '{"text": 3}', 1, "text must be a str"),
        (("compare", "-"), "{", 1, "line 1"),
        (("compare",), None, 2, "FILES"),
        (("compare", "-", "-o", "report.xyz"), "A text.", 2, "report.xyz"),
        (("compare", "-", "--min-probability", "2"), "A text.", 2, "min-probability"),
        (("sample", "-o", "no/such/folder/report.html"), None, 1, "no/such/folder/report.html"),
        (("unheard-of",), None, 2, "unheard-of"),
    ],
)  # fmt: skip
def test_cli_errors_are_one_clear_line(arguments: tuple[str, ...], text: str | None, status: int, told: str) -> None:
    done = storydiff(*arguments, text=text)
    assert (done.exit_code, done.stdout) == (status, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


COMMANDS = "compare sample terms split stories disputes unique passages copies quotes completion".split()


@pytest.mark.parametrize("command", [(), *((command,) for command in COMMANDS)])
def test_cli_help_teaches(command: tuple[str, ...]) -> None:
    done = storydiff(*command, "--help")
    assert done.exit_code == 0
    assert "Usage: storydiff" in done.stdout
    assert "storydiff " in done.stdout.split("Usage:")[1]


def test_cli_terms_and_split(story: Path) -> None:
    assert set(json.loads(storydiff("terms", str(story), "--format", "json").stdout)) == {
        f.stem for f in story.iterdir()
    }
    file = story / "beacon.txt"
    text = file.read_bytes().decode()
    for line in storydiff("split", str(file), "--format", "json").stdout.splitlines():
        row = json.loads(line)
        assert text[row["start"] : row["end"]] == row["text"]
    assert storydiff("split", str(file), "--format", "csv").stdout.startswith("article,start,end,text\n")


def test_cli_help_names_every_kind_of_file() -> None:
    from storydiff.read.paths import ENDINGS

    told = storydiff("compare", "--help").stdout
    assert [ending for ending in ENDINGS if ending not in told and ending not in (".markdown", ".htm", ".ndjson")] == []


@pytest.mark.parametrize("command", ["disputes", "unique", "passages", "copies", "quotes"])
def test_cli_lists_are_cut_where_they_say_so(story: Path, command: str) -> None:
    one = storydiff(command, str(story), "-n", "1")
    assert (one.exit_code, one.stderr) == (0, "")
    found = [json.loads(line) for line in storydiff(command, str(story), "--format", "json").stdout.splitlines()]
    n = len({row["dispute"] for row in found}) if command == "disputes" else len(found)
    assert (f"… and {n - 1} more; --all prints them" in one.stdout) == (n > 1)
    assert "more; --all" not in storydiff(command, str(story), "--all").stdout
    table = storydiff(command, str(story), "--format", "csv").stdout
    assert table.splitlines()[0].split(",") == list(found[0])
    # What the user asks for holds for every format: of disputes so many facts, whose mentions are rows.
    n_rows = sum(row["dispute"] == 0 for row in found) if command == "disputes" else 1
    for form, rows_of in (("json", str.splitlines), ("csv", lambda text: [*csv.reader(io.StringIO(text))][1:])):
        every = rows_of(storydiff(command, str(story), "-f", form).stdout)
        assert rows_of(storydiff(command, str(story), "-f", form, "-n", "1").stdout) == every[:n_rows]
        assert rows_of(storydiff(command, str(story), "-f", form, "-n", "1", "--all").stdout) == every


def test_cli_compare_prints_as_many_as_the_user_says_in_every_format(story: Path) -> None:
    def bullets(*options: str) -> list[int]:
        told = storydiff("compare", str(story), "-f", "md", *options).stdout.split("## Word for word")[0]
        return [part.count("\n- ") - part.count("\n- … and") for part in re.split("\n##+ ", told)[1:]]

    assert max(bullets()) > 2
    assert max(bullets("-n", "2")) == 2
    assert "… and" in storydiff("compare", str(story), "-f", "md", "-n", "2").stdout
    cut = storydiff("compare", str(story), "-f", "json", "-n", "2")
    assert cut.stdout == storydiff("compare", str(story), "-f", "json").stdout
    assert cut.stderr == "storydiff: -n is for text and Markdown; json holds everything\n"


def test_cli_lists_take_what_their_method_takes(story: Path) -> None:
    rows = storydiff("unique", str(story), "--article", "beacon", "-f", "json").stdout.splitlines()
    assert {json.loads(row)["article"] for row in rows} == {"beacon"}
    wrong = storydiff("unique", str(story), "--article", "herald")
    assert wrong.exit_code == 2
    assert "no article 'herald'" in wrong.stderr
    longest = storydiff("passages", str(story), "--min-words", "40", "-f", "json").stdout.splitlines()
    assert all(json.loads(row)["n_words"] >= 40 for row in longest)
    assert storydiff("disputes", "-", text="One line.").stdout == "none found\n"


def test_cli_lists_say_how_probable_and_know_articles_by_their_label(tmp_path: Path) -> None:
    records = [
        {"id": id, "text": f"A ship hit the bridge on Monday. {hurt} people were hurt.{own}", "source": source}
        for id, source, hurt, own in [
            ("a17", "The Wire", "Fourteen", ""), ("b18", "Blog", "Seventeen", " Ida Brandt, a pilot, wept.")
        ]
    ]  # fmt: skip
    story = tmp_path / "story.jsonl"
    story.write_text("\n".join(map(json.dumps, records)))
    own = storydiff("unique", str(story), "--article", "Blog").stdout
    assert re.search(r"Ida Brandt.*\n  Blog; probability 0\.\d\d", own) and "b18" not in own
    disputed = storydiff("disputes", str(story)).stdout
    assert re.match(r"people hurt \(number, probability 0\.\d\d\)\n", disputed)
    for form in ("json", "csv"):
        assert not re.search(r"\d\.\d{12}", storydiff("unique", str(story), "--format", form).stdout)


def test_cli_compare_says_where_it_cuts_and_prints_all(story: Path) -> None:
    short, whole = (storydiff("compare", str(story), *options).stdout for options in ((), ("--all",)))
    assert "… and" in short
    assert "… and" not in whole
    assert len(whole.splitlines()) > len(short.splitlines())


def test_cli_opens_the_report_in_a_browser(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    done = process("sample", "--open", "-o", str(target), "--encoder", "static", BROWSER="echo %s")
    assert done.stdout.strip() == target.as_uri()
    assert target.read_text("utf-8").startswith("<!doctype html>")
    assert storydiff("sample", "--open", "-f", "md").exit_code == 2


@pytest.mark.parametrize(
    ("files", "status", "told"),
    [
        ("empty.txt wire.txt blog.txt", 0, "storydiff: article 'empty' is empty"),
        ("wire.txt", 1, "storydiff: got only 'wire'; it takes two to compare"),
        ("wire.txt again.txt", 0, "storydiff: 'wire' and 'again' have the same text"),
        ("wire.txt blog.txt wire.txt", 0, "storydiff: wire.txt is named 2 times and read once"),
    ],
)
def test_cli_warns_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: str, status: int, told: str
) -> None:
    texts = {"wire": "The bridge closed.", "again": "The bridge closed.", "blog": "Rain fell.", "empty": " \n"}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text)
    monkeypatch.chdir(tmp_path)
    done = storydiff("compare", *files.split())
    assert done.exit_code == status
    assert done.stderr.startswith(told)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("compare", "page.html"), "pip install 'storydiff[html]'"),
        (("compare-stories", "page.txt", "-o", "out"), "pip install 'storydiff[arrow]'"),
    ],
)
def test_cli_a_missing_extra_is_one_line(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    (tmp_path / "page.html").write_text("<p>The bridge closed.")
    (tmp_path / "page.txt").write_text("The bridge closed.")
    without = """
import sys
sys.modules.update(trafilatura=None, pyarrow=None)
from storydiff.cli import main
main(prog_name="storydiff")
"""
    command = [sys.executable, "-c", without, *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("storydiff: ")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_cli_stopped_by_ctrl_c_ends_as_shells_expect(tmp_path: Path) -> None:
    pipe = tmp_path / "articles"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "storydiff", "compare", str(pipe)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    # It has the pipe open once it reads it, and waits for text that never comes.
    with pipe.open("wb"):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"storydiff: stopped\n")


def test_cli_stopped_while_it_is_being_loaded_ends_alike() -> None:
    interrupted = (
        "import builtins, storydiff.__main__ as program\n"
        "load = builtins.__import__\n"
        "def stopped(name, *rest):\n"
        "    if name == 'click':\n"
        "        raise KeyboardInterrupt\n"
        "    return load(name, *rest)\n"
        "builtins.__import__ = stopped\n"
        "program.main()"
    )
    done = subprocess.run([sys.executable, "-c", interrupted], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"storydiff: stopped\n")


def test_cli_completion_lists_commands() -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "_STORYDIFF_COMPLETE" in storydiff("completion", shell).stdout
    done = storydiff(COMP_WORDS="storydiff com", COMP_CWORD="1", _STORYDIFF_COMPLETE="bash_complete")
    assert "plain,compare" in done.stdout


def on_terminal(*arguments: str, columns: int = 60, **environment: str) -> str:
    """What the program writes to a terminal of so many columns."""
    leader, follower = pty.openpty()
    environment = {"TERM": "xterm", "COLUMNS": str(columns), **environment}
    process = subprocess.Popen(
        [sys.executable, "-m", "storydiff", *arguments],
        stdin=follower, stdout=follower, stderr=follower, env={**os.environ, **environment},
    )  # fmt: skip
    os.close(follower)
    out = b""
    try:
        while chunk := os.read(leader, 65536):
            out += chunk
    except OSError:  # Linux reports the closed terminal so
        pass
    os.close(leader)
    assert process.wait() == 0
    return out.decode()


def test_cli_on_a_terminal_colours_wraps_and_reports_progress() -> None:
    out = on_terminal("sample", "--encoder", "static")
    assert "\x1b[1m5 articles" in out
    assert "\r\x1b[K" in out
    plain = on_terminal("sample", "--encoder", "static", "--quiet", NO_COLOR="1")
    assert "\x1b" not in plain
    assert max(map(len, plain.splitlines())) <= 60


def test_cli_what_articles_hold_cannot_steer_the_terminal() -> None:
    text = "\x1b[31mRed alert\x07 at the bridge on Monday\u202e evening. \x9b2JNothing else happened."
    out = storydiff("compare", "-", text=text).stdout
    assert not set(out) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert "Red alert" in out


def test_cli_a_closed_pipe_is_no_error(story: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m storydiff split '{story}' | head -1", shell=True, capture_output=True, check=False
    )
    assert done.stderr == b""


def test_cli_stories_groups_and_adds_to_earlier_ones(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sample = storydiff("sample", "--to", str(tmp_path / "sample"))
    assert sample.exit_code == 0
    texts = [path.read_text("utf-8") for path in sorted((tmp_path / "sample").glob("*.txt"))]
    rows = {"id": [*range(5), 9, 10], "text": [*texts, "Lorne United won the cup in the last minute.", None]}
    for name, part in (("old", slice(0, 3)), ("new", slice(3, None))):
        pq.write_table(pa.table({key: values[part] for key, values in rows.items()}), tmp_path / f"{name}.parquet")
    old, new, stories = (str(tmp_path / f"{name}.parquet") for name in ("old", "new", "stories"))
    assert storydiff("stories", old, "-o", stories).stderr == "3 articles in 1 story; 0 set aside\n"
    first = pq.read_table(stories).to_pylist()[0]["story"]
    done = storydiff("stories", old, new, "--with", stories)
    assert done.stderr == "6 articles in 2 stories, 1 of them of one article; 1 set aside\n"
    lines = [line.split(",") for line in done.stdout.splitlines()]
    assert lines[0] == ["id", "story", "similarity", "published"]
    assert [line[:2] for line in lines[1:]] == [*([str(at), first] for at in range(5)), ["9", "9"]]


def test_cli_names_the_largest_stories_by_a_title(tmp_path: Path) -> None:
    said = "The council voted on Monday to close the old harbour bridge for six months."
    rows = [{"id": "a", "text": said, "title": "Bridge\nclosed"}, {"id": "b", "text": said},
            {"id": "c", "text": "Lorne United won the cup.", "title": "A cup"}]  # fmt: skip
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = storydiff("stories", str(tmp_path / "corpus.jsonl"))
    assert done.stderr.splitlines() == [
        "3 articles in 2 stories, 1 of them of one article; 0 set aside", "  2 articles in a: Bridge closed",
    ]  # fmt: skip


def test_cli_stories_can_be_listed_to_be_read(tmp_path: Path) -> None:
    said = "The council voted on Monday to close the old harbour bridge for six months."
    rows = [{"id": "a", "text": f"Bridge shut\n\n{said}", "published": "2026-03-01T09:00Z"},
            {"id": "b", "text": said, "published": "2026-03-04"}, {"id": "c", "text": "Lorne United won the cup."},
            {"id": "d", "text": "Rain fell on Sarn.", "title": "Wet again"}]  # fmt: skip
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    corpus = str(tmp_path / "corpus.jsonl")
    done = storydiff("stories", corpus, "--format", "text")
    bridge = ["Bridge shut", "  a; 2 articles; 1 Mar 2026 to 4 Mar 2026"]
    cup = ["Lorne United won the cup.", "  c; 1 article; no date known"]
    assert done.stdout.splitlines() == [*bridge, *cup, "Wet again", "  d; 1 article; no date known"]
    assert done.stderr == "4 articles in 3 stories, 2 of them of one article; 0 set aside\n"
    two = storydiff("stories", corpus, "-f", "text", "-n", "2").stdout.splitlines()
    assert two == [*bridge, *cup, "… and 1 more; --all prints them"]
    # Of every format: the articles of so many stories.
    table = storydiff("stories", corpus, "-n", "1").stdout.splitlines()
    assert [line.split(",")[:2] for line in table] == [["id", "story"], ["a", "a"], ["b", "a"]]
    assert table == storydiff("stories", corpus, "-f", "csv").stdout.splitlines()[:3]
    found = [json.loads(line) for line in storydiff("stories", corpus, "-f", "json").stdout.splitlines()]
    assert [(row["id"], row["story"]) for row in found] == [("a", "a"), ("b", "a"), ("c", "c"), ("d", "d")]
    target = tmp_path / "stories.jsonl"
    assert storydiff("stories", corpus, "-o", str(target), "-n", "1").stdout == ""
    assert [json.loads(line) for line in target.read_text().splitlines()] == found[:2]
    clash = storydiff("stories", corpus, "-o", str(target), "-f", "csv")
    assert (clash.exit_code, "contradicts the ending of stories.jsonl" in clash.stderr) == (2, True)
    assert "\x1b[1mBridge shut\x1b[0m\r\n  a; 2 articles" in on_terminal("stories", corpus)


def test_cli_compare_stories_goes_on_where_it_was(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    def corpus(**changed: str) -> str:
        rows = {"a1": "The bridge closed on Monday.", "a2": "On Monday the bridge closed.",
                "b1": "Lorne United won the cup.", "b2": "The cup went to Lorne United.", "c1": "Alone."}  # fmt: skip
        rows.update(changed)
        table = {"id": [*rows, "null"], "story": [*(id[0] for id in rows), "a"], "text": [*rows.values(), None]}
        pq.write_table(pa.table(table), tmp_path / "corpus.parquet")
        return str(tmp_path / "corpus.parquet")

    out = tmp_path / "out"
    command = ("compare-stories", corpus(), "-o", str(out), "--table", "mentions", "--jobs", "1")
    told = (
        "{} stories, {} of them compared before; {} failed; 1 story of one article left out; 1 article set aside; the "
    )
    told += f"tables are in {out}\n"
    assert storydiff(*command).stderr == told.format(2, 0, 0)
    first = pq.read_table(out / "mentions.parquet")
    assert first["story"].unique().to_pylist() == ["a", "b"]
    assert pq.read_table(out / "errors.parquet").to_pylist() == [
        {"story": "a", "id": "null", "error": "text must be a str, got nothing"}
    ]
    assert storydiff(*command).stderr == told.format(2, 2, 0)
    assert pq.read_table(out / "mentions.parquet").equals(first)
    corpus(b2="Lorne United lost.", d1="Rain fell on Sarn.", d2="On Sarn rain fell.")
    assert storydiff(*command).stderr == told.format(3, 1, 0)
    assert pq.read_table(out / "mentions.parquet")["story"].unique().to_pylist() == ["a", "b", "d"]
    assert sorted(path.name for path in out.iterdir()) == ["errors.parquet", "mentions.parquet", "stories.json"]
    assert storydiff(*command, "--max-articles", "1", "-q").stderr == ""
    assert len(pq.read_table(out / "errors.parquet")) == 4
    before = {path: path.read_bytes() for path in out.iterdir()}
    unknown = storydiff(*command, "--story", "event")
    assert unknown.stderr == "storydiff: every article is set aside; 'a1', for one: it has no 'event'\n"
    assert unknown.exit_code == 1
    assert {path: path.read_bytes() for path in out.iterdir()} == before


def test_cli_compare_stories_writes_a_report_a_story(tmp_path: Path) -> None:
    def corpus(**changed: str) -> str:
        rows = {"a1": "The bridge closed on Monday.", "a2": "On Monday the bridge closed.",
                "B/1": "Lorne United won the cup.", "B/2": "The cup went to Lorne United."}  # fmt: skip
        rows |= changed
        made = [
            {
                "id": id,
                "story": id[:-1],
                "text": text,
                "title": f"<i>{text}",
                "published": f"2026-03-0{id[-1]}" + ("T09:00Z" if id == "a2" else ""),
            }
            for id, text in rows.items()
        ]
        (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, made)))
        return str(tmp_path / "corpus.jsonl")

    out = tmp_path / "out"
    command = ("compare-stories", corpus(), "-o", str(out), "--table", "links", "--jobs", "1")
    assert storydiff(*command).exit_code == 0 and not (out / "reports").exists()
    # What was compared before without a report is compared again, and then is done.
    told = "2 stories, {} of them compared before; 0 failed; 0 articles set aside; "
    told += f"the tables are in {out}, the reports in {out / 'index.html'}\n"
    told += "  2 articles in B/: <i>Lorne United won the cup.\n  2 articles in a: <i>The bridge closed on Monday.\n"
    assert storydiff(*command, "--reports").stderr == told.format(0)
    assert storydiff(*command, "--reports").stderr == told.format(2)
    names = sorted(path.name for path in (out / "reports").iterdir())
    assert len(names) == 2 and names[0] == "a.html" and re.fullmatch(r"b-[0-9a-f]{16}\.html", names[1])
    index = (out / "index.html").read_text("utf-8")
    assert all(f'href="reports/{name}"' in index for name in names)
    assert "<bdi>&lt;i&gt;" in index and "<i>" not in index and ">1 Mar 2026 to 2 Mar 2026<" in index
    assert re.findall(r'class="n" data-sort="(\d+)"', index)[::3] == ["2", "2"]
    # A story is called as its report is, which says how much is shared and disputed.
    report = (out / "reports" / "a.html").read_text("utf-8")
    (title,) = re.findall("<title>(.*?)</title>", report)
    (shared, disputed) = re.findall(r"articles, (\d+) statements? shared, (\d+) facts? told differently", report)[0]
    assert f'<bdi>{title}</bdi></a></th>\n<td class="n" data-sort="2">2</td>' in index
    assert f'data-sort="{shared}">{shared}</td><td class="n" data-sort="{disputed}">{disputed}</td>' in index
    assert "Lorne United" in (out / "reports" / names[1]).read_text("utf-8")
    # A run without reports leaves none that is old, and one with them none of a story that is gone.
    corpus(a2="The bridge opened.")
    storydiff(*command)
    assert [path.name for path in (out / "reports").iterdir()] == names[1:]
    corpus(**{"B/2": "", "c1": "Rain fell on Sarn.", "c2": "On Sarn rain fell."})
    storydiff(*command, "--reports", "--min-articles", "2")
    assert (out / "reports" / "c.html").exists()
    assert "is a report that storydiff wrote" in storydiff("compare", str(out / "index.html"), corpus()).stderr


def test_cli_compare_stories_writes_what_a_newsroom_asks_for(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    said = 'The Lantern Bridge closed on Monday, "in the nick of time", said Ida Brandt. {} people were hurt.'
    rows = [{"id": id, "story": "a", "text": said.format(hurt)} for id, hurt in (("1", "Fourteen"), ("2", "Seventeen"))]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert storydiff("compare-stories", str(tmp_path / "corpus.jsonl"), "-o", str(tmp_path / "out")).exit_code == 0
    names = {path.stem for path in (tmp_path / "out").glob("*.parquet")}
    assert names == {
        "mentions",
        "statements",
        "partials",
        "unique",
        "conflicts",
        "disputes",
        "quotes",
        "copies",
        "errors",
    }
    assert pq.read_table(tmp_path / "out" / "disputes.parquet")["value"].to_pylist() == ["Fourteen", "Seventeen"]
    told = " ".join(storydiff("compare-stories", "--help").stdout.split())
    assert "[default: mentions, statements, partials, unique" in told


def test_cli_output_is_no_article(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"A ship hit the bridge on Monday. Ida Lund saw {name} from the pier.")
    for _ in range(2):
        again = storydiff("compare", str(tmp_path), "-o", str(tmp_path / "report.html"))
        assert again.stderr.startswith("2 articles compared")
    own = storydiff("compare", *map(str, sorted(tmp_path.glob("*.txt"))), "-o", str(tmp_path / "a.txt"))
    assert own.exit_code == 2
    assert "is one of the articles, and would be written over" in own.stderr
    assert (tmp_path / "a.txt").read_text().startswith("A ship")
