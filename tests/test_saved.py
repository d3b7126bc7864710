"""Saved comparisons come back as they were, and a changed byte is an error."""

import hashlib
import os
import pickle
import random
import zlib
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import storydiff
from storydiff import Article
from storydiff.comparison import dumps, loads

TEXTS = ["The bridge closed on Monday. Two ships struck it.", "On Monday the bridge closed. Nobody was hurt."]


@pytest.fixture(scope="module")
def saved() -> bytes:
    return dumps(storydiff.compare(TEXTS))


def test_a_comparison_comes_back(tmp_path: Path, compared: storydiff.Comparison) -> None:
    cmp = compared.rethreshold(0.6)
    path = tmp_path / "bridge.storydiff"
    cmp.save(path)
    again = storydiff.load(path)
    assert again.to_dict(min_probability=0.0) == cmp.to_dict(min_probability=0.0)
    assert again.articles == cmp.articles
    assert again.passages() == cmp.passages()
    assert again.rethreshold(0.9).to_dict() == cmp.rethreshold(0.9).to_dict()
    assert dumps(again) == path.read_bytes()


def test_what_was_read_in_another_wording_than_its_own_comes_back() -> None:
    storm = ["A storm crossed Dale on Monday.", "The ferry stayed in port.", "Roofs were torn off in the old town."]
    wind = [
        "Gusts of 100 mph were recorded on the coast of Dale.",
        "Gusts of 160 kilometres an hour were measured on the coast.",
    ]
    cmp = storydiff.compare(
        ["\n\n".join([*storm, wind[0]]), "\n\n".join([storm[0], wind[1], "The ferry to Arven did not sail."])]
    )
    linked = [link for link in cmp.links() if {link.left.text, link.right.text} == set(wind)]
    assert linked and not cmp.conflicts()
    again = loads(dumps(cmp))
    assert again.to_dict(min_probability=0.0) == cmp.to_dict(min_probability=0.0)
    assert again.rethreshold(0.3).to_dict() == cmp.rethreshold(0.3).to_dict()
    more = Article("c", "Winds of 160 kilometres an hour were measured on the coast of Dale on Monday.")
    assert again.add(more).to_dict() == cmp.add(more).to_dict() == storydiff.compare([*cmp.articles, more]).to_dict()


def test_the_number_of_threads_is_not_saved(sample: list[Article]) -> None:
    one, two = (storydiff.compare(sample[:2], encoder="static", n_threads=n) for n in (1, 2))
    assert dumps(one) == dumps(two)


@pytest.mark.parametrize("texts", [[], [""], ["One."], ["\0", "a\0b."], ["\ud800 half.", "Emoji 😀. \udc00"]])
def test_odd_articles_come_back(texts: list[str]) -> None:
    articles = [Article(f"{n}\udfff", text, title="\ud801", url="u") for n, text in enumerate(texts)]
    cmp = storydiff.compare(articles)
    again = loads(dumps(cmp))
    assert again.articles == articles
    assert [sentence.text for sentence in again.sentences] == [sentence.text for sentence in cmp.sentences]


def test_a_comparison_can_be_pickled(compared: storydiff.Comparison) -> None:
    assert pickle.loads(pickle.dumps(compared)).to_dict() == compared.to_dict()


@given(st.data())
def test_a_changed_byte_is_an_error(saved: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(saved) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != saved[at]))
    with pytest.raises(ValueError, match=r"saved comparison|format|damaged"):
        loads(saved[:at] + bytes([byte]) + saved[at + 1 :])


@pytest.mark.parametrize(
    "change", [lambda data: data[:-1], lambda data: data + b"x", lambda data: b"", lambda data: b"\n"]
)
def test_a_file_of_another_length_is_an_error(tmp_path: Path, saved: bytes, change: object) -> None:
    path = tmp_path / "cut"
    path.write_bytes(change(saved))  # type: ignore[operator]
    with pytest.raises(storydiff.ReadError) as raised:
        storydiff.load(path)
    assert str(path) in str(raised.value)


def forged(content: bytes, length: int | None = None) -> bytes:
    """A file with a right checksum."""
    packed = zlib.compress(content)
    digest = hashlib.sha256(packed).hexdigest().encode()
    return b"storydiff comparison 2 %s %d\n%s" % (digest, len(content) if length is None else length, packed)


def test_forged_files_are_errors(saved: bytes) -> None:
    content = zlib.decompress(saved.partition(b"\n")[2])
    assert dumps(loads(forged(content))) == saved
    core_json = content.partition(b"\n")[2]
    for replaced in (
        b"{",
        b"[]",
        b'{"7": ["a", "b", null, null, null, null]}',
        b'{"0": ["1", "x", null, null, null, null]}',
        b'{"order": [0]}',
        b'{"order": [1, 1]}',
        b'{"order": [0, 2]}',
        b'{"order": [0, -1]}',
        b'{"order": "10"}',
    ):
        with pytest.raises(ValueError):  # noqa: PT011, the reasons differ
            loads(forged(replaced + b"\n" + core_json))
    for length in (0, 10, 10**12):
        with pytest.raises(ValueError, match="length does not match"):
            loads(forged(content, length))
    with pytest.raises(ValueError, match="not a saved comparison"):
        loads(forged(b"{}\n{}"))
    chosen = random.Random(1)
    for _ in range(2000):
        at = chosen.randrange(len(core_json))
        changed = core_json[:at] + bytes([chosen.choice(b'0123456789,"]}e-')]) + core_json[at + 1 :]
        try:
            cmp = loads(forged(b"{}\n" + changed))
        except ValueError:
            continue
        cmp.to_dict(min_probability=0.0)


def test_a_newer_format_says_so(saved: bytes) -> None:
    with pytest.raises(ValueError, match="format 3, and this version of storydiff reads 2"):
        loads(saved.replace(b"comparison 2", b"comparison 3", 1))


def test_save_replaces_whole_files_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c"
    storydiff.compare(TEXTS).save(path)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        storydiff.compare(TEXTS[:1]).save(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(FileNotFoundError):
        storydiff.load(tmp_path / "missing")


@pytest.mark.parametrize(
    ("path", "kind"),
    [("no/such/folder/c", FileNotFoundError), (".", IsADirectoryError), ("file/c", NotADirectoryError)],
)
def test_save_names_the_file_that_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, kind: type[OSError]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(kind) as raised:
        storydiff.compare(TEXTS).save(path)
    assert raised.value.filename == path and str(raised.value).endswith(f": {path!r}")
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(("left_out", "encoder"), [(0, "static"), (2, None), (4, "static")])
def test_an_added_article_gives_what_comparing_afresh_gives(
    sample: list[Article], brief: list[Article], left_out: int, encoder: Literal["static"] | None
) -> None:
    articles = sample if encoder == "static" else brief
    rest = [article for position, article in enumerate(articles) if position != left_out]
    before = storydiff.compare(rest, min_probability=0.4, encoder=encoder)
    added = loads(dumps(before)).add(articles[left_out])
    afresh = storydiff.compare([*rest, articles[left_out]], min_probability=0.4, encoder=encoder)
    assert added.to_dict(min_probability=0.0) == afresh.to_dict(min_probability=0.0)


def test_an_added_article_has_an_id_of_its_own(sample: list[Article], compared: storydiff.Comparison) -> None:
    with pytest.raises(ValueError, match="distinct ids"):
        compared.add(sample[0])
