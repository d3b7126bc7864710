"""Markdown is read as readers see it: without images, comments and the addresses of links, its code as it is."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import storydiff
from storydiff.read.markdown import prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pier closed.\n\n![A crane](a.jpg)\n\nIt is old.\n", "The pier closed.\n\n\nIt is old.\n"),
        ("The pier\n![A crane](<a b.jpg> 'A title')\r\nclosed.", "The pier\nclosed."),
        ('Here ![A crane](a_(1).jpg "old") it is.', "Here  it is."),
        ("Here ![A crane][crane] it is.", "Here  it is."),
        ("One <!-- check\nthis --> two.", "One  two."),
        ("One\n  <!-- check\n\nthis -->\nTwo.", "One\nTwo."),
        ("One <!-- never closed.", "One <!-- never closed."),
        ('The [harbour office](https://port.example/a_(b) "t") shut it.', "The harbour office shut it."),
        ("The [harbour office]() shut [it](<a b>).", "The harbour office shut it."),
        ("[![A crane](a.jpg)](https://port.example)\n", "\n"),
        ('See [the plan][1].\n\n[1]: https://port.example/plan "Plan"\n', "See the plan.\n\n"),
        ("See [the Plan][].\n\n[the plan]: <plan.html#x>\nMore.", "See the Plan.\n\nMore."),
        # What is no link.
        ("He said [sic] (twice) and [1] too.", "He said [sic] (twice) and [1] too."),
        ("See [the plan][2].\n[note]: Resigned.\n", "See [the plan][2].\n[note]: Resigned.\n"),
        (
            "A footnote.[^1]\n\n[^1]: https://port.example/plan\n",
            "A footnote.[^1]\n\n[^1]: https://port.example/plan\n",
        ),
        (r"Prices \[rose](by 5), \![A crane](a.jpg).", r"Prices \[rose](by 5), \!A crane."),
        ("> He said it.\n\n- *One* item\n# A head", "> He said it.\n\n- *One* item\n# A head"),
        # Code.
        ("Write `[a](b) <!-- c -->` so.", "Write `[a](b) <!-- c -->` so."),
        ("```md\n![a](b)\n[x]: http://y.example/\n```\n![a](b)\n", "```md\n![a](b)\n[x]: http://y.example/\n```\n"),
        ("~~~\n<!-- a -->\n", "~~~\n<!-- a -->\n"),
    ],
)
def test_markup_that_nobody_reads_goes(text: str, expected: str) -> None:
    assert prose(text) == expected


def test_offsets_count_the_text_that_was_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: Pier shut\n---\n![A crane](crane.jpg)\n\nThe [harbour office](https://port.example) shut the "
        "old pier on Monday. <!-- check -->\n"
    )
    (tmp_path / "b.txt").write_text("The harbour office shut the old pier on Monday. See ![A crane](crane.jpg).")
    marked, plain = storydiff.read_articles(tmp_path)
    assert (marked.title, marked.text) == ("Pier shut", "\nThe harbour office shut the old pier on Monday. \n")
    assert "![A crane](crane.jpg)" in plain.text
    for statement in storydiff.compare([marked, plain], encoder="static").statements:
        assert all(m.article.text[m.start : m.end] == m.text for m in statement.mentions)


@given(st.text("![]()<>-`~#:/\\\"' \n\ra1", max_size=200))
def test_any_text_is_read_and_only_loses(text: str) -> None:
    letters = iter(text)
    assert all(letter in letters for letter in prose(text))


@pytest.mark.parametrize(
    "part",
    ["<!--", "![", "[x](", '[x](a "', "`", "~~~", "```\n", "[a](<", "[a][b]", "[a]: /x\n", "[x](\\", "[x](  ", "  "],
)
def test_hostile_text_takes_no_longer_than_its_length(part: str) -> None:
    start = time.perf_counter()
    prose(part * 100_000 + "y")
    prose("[x](" + part * 100_000 + "y")
    assert time.perf_counter() - start < 10
