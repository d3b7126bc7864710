"""What a folder or a pattern stands for, and what of it is left out, which is told."""

import warnings
from pathlib import Path

import pytest

import storydiff
from storydiff import Article, read_articles

TEXT = "The bridge closed on Monday. Two ships had struck it."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles among files of other kinds."""
    for name in ("wire.txt", "blog.md"):
        (tmp_path / name).write_text(f"{TEXT} So says {name}.")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "draft.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "readme").write_text("x")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "below").mkdir()
    return tmp_path


OTHERS = ["draft.docx", "notes.pdf", "readme"]


def test_a_folder_tells_what_it_leaves_out(folder: Path) -> None:
    with pytest.warns(
        UserWarning, match=r"left out .*draft.docx, .*notes.pdf, .*readme: a folder is searched for"
    ) as told:
        assert [article.id for article in read_articles(folder)] == ["blog", "wire"]
    assert [warning.filename for warning in told] == [__file__]
    with pytest.warns(UserWarning, match="left out") as told:
        storydiff.compare(folder)
    assert [warning.filename for warning in told] == [__file__]
    with pytest.warns(UserWarning, match="left out"):
        articles = read_articles(folder, errors="skip")
    assert [error.path.name for error in articles.skipped] == OTHERS
    assert all(error.reason.startswith("a folder is searched for .txt, .md") for error in articles.skipped)


def test_what_is_left_out_is_told_once_and_briefly(folder: Path) -> None:
    for number in range(9):
        (folder / f"scan {number}.pdf").touch()
    with pytest.warns(UserWarning, match=r"readme.*: a folder|scan 1\.pdf and 7 more: a folder") as told:
        read_articles([folder, folder, folder / "wire.txt"])
    assert len(told) == 1


def test_what_is_named_is_read_or_an_error_and_never_left_out(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_articles(folder / "readme") == [Article("readme", "x")]
        with pytest.raises(storydiff.ReadError, match="a PDF"):
            read_articles(folder / "notes.pdf")
    with pytest.warns(UserWarning, match=r"left out [^:]*notes\.pdf: "):
        assert len(read_articles([folder, folder / "readme", f"{folder}/*.txt"])) == 3


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (["notes.pdf", "a.docx"], "; it holds a.docx, notes.pdf"),
        (["below/a.txt"], r"below.*\*\*/\*.txt', for one, finds those in the folders below"),
        ([], r"\.pq$"),
    ],
)
def test_a_folder_without_articles_says_what_it_holds(tmp_path: Path, files: list[str], told: str) -> None:
    folder = tmp_path / "below"
    folder.mkdir()
    for file in files:
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).touch()
    with pytest.raises(FileNotFoundError, match=told):
        read_articles(folder)


@pytest.fixture(scope="module")
def reports() -> dict[str, str]:
    """A comparison in every form that it is written in, by the name of a file."""
    from storydiff.views.plain import render

    cmp = storydiff.compare({"a": TEXT, "b": TEXT + " Nobody was hurt."})
    return {
        "r.html": cmp.to_html(title="Own words"),
        "r.md": cmp.to_markdown(),
        "r.json": cmp.to_json(indent=1),
        "s.json": cmp.to_json(),
        "r.txt": render(cmp),
    }


def test_a_report_of_ours_is_no_article(folder: Path, reports: dict[str, str]) -> None:
    for name in OTHERS:
        (folder / name).unlink()
    before = read_articles(folder)
    for name, content in reports.items():
        (folder / name).write_text(content, "utf-8")
        for paths in (folder, f"{folder}/*"):
            with pytest.warns(UserWarning, match=rf"left out .*{name}: it is a report that storydiff wrote"):
                assert read_articles(paths) == before
        with pytest.raises(storydiff.ReadError, match="it is a report that storydiff wrote, and no article"):
            read_articles(folder / name)
        with pytest.warns(UserWarning, match="left out"):
            assert [error.path.name for error in read_articles(folder, errors="skip").skipped] == [name]
        (folder / name).unlink()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "# 5 articles that changed the law\n\nThe bridge closed."),
        ("a.txt", "5 articles were signed.\n"),
        ("a.json", '{"format": "letter", "text": "x"}'),
        ("a.html", "<html><head><meta name='generator' content='press 3'></head><body><article><p>"
         + "The bridge over the river closed on Monday after two ships struck its piers. " * 3 + "</article>"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_report_is_an_article(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    assert len(read_articles(tmp_path)) == 1
