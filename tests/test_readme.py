"""The examples of README.md run."""

import re
from pathlib import Path

import pytest

README = Path(__file__).parent.parent / "README.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)


def test_readme_starts_with_the_two_commands() -> None:
    language, first = BLOCKS[0]
    assert language == "sh"
    assert [line.split("#")[0].strip() for line in first.splitlines()][:2] == ["make", "make test"]


@pytest.mark.usefixtures("remembers")
def test_readme_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: list[object]) -> None:
    stories = tmp_path / "stories"
    stories.mkdir()
    for article in sample:
        (stories / f"{article.id}.txt").write_text(article.text)  # type: ignore[attr-defined]
    monkeypatch.chdir(tmp_path)
    examples = [block for language, block in BLOCKS if language == "python"]
    assert examples
    scope: dict[str, object] = {}
    for example in examples:
        exec(compile(example, str(README), "exec"), scope)


def test_readme_names_no_missing_file() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README.read_text())
    assert [link for link in links if "://" not in link and not (README.parent / link).exists()] == []
