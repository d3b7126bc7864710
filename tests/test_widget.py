"""The live view: moving the threshold forms the statements anew; without anywidget there is the static view."""

import sys

import pytest

import storydiff
from storydiff.views.notebook import View


@pytest.fixture
def comparison(compared: storydiff.Comparison) -> storydiff.Comparison:
    return compared


def test_explore_follows_the_threshold(comparison: storydiff.Comparison) -> None:
    pytest.importorskip("anywidget")
    explorer = comparison.explore()
    before = explorer.html
    explorer.min_probability = 0.95
    assert explorer.comparison.to_json() == comparison.rethreshold(0.95).to_json()
    assert explorer.html != before
    assert explorer.articles == ["beacon", "chronicle", "gazette", "meridian", "tidewatch"]


def test_explore_says_when_nothing_can_be_formed_anew(comparison: storydiff.Comparison) -> None:
    pytest.importorskip("anywidget")
    explorer = storydiff.Comparison.from_json(comparison.to_json()).explore()
    before = explorer.html
    explorer.min_probability = 0.95
    assert "compare its articles again" in explorer.message
    assert explorer.html == before


def test_explore_compares_without_the_hidden_articles() -> None:
    pytest.importorskip("anywidget")
    comparison = storydiff.compare(storydiff.sample_articles(), encoder="static")
    explorer = comparison.explore()
    explorer.hidden = [1, 4]
    left = [article for article in comparison.articles if article.id in ("beacon", "gazette", "meridian")]
    assert explorer.comparison.to_json() == storydiff.compare(left, encoder="static").to_json()
    explorer.hidden = list(range(5))
    assert "choose one at least" in explorer.message
    explorer.hidden = []
    assert explorer.comparison is comparison and explorer.message == ""


def test_explore_leaves_its_static_view_in_a_saved_notebook(comparison: storydiff.Comparison) -> None:
    pytest.importorskip("anywidget")
    explorer = comparison.explore()
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert "is empty" not in bundle["text/html"]  # nobody asked for the timeline of articles without dates
    assert bundle["text/html"] == f'<div id="{explorer.place}">{explorer.html}</div>'
    assert explorer.place != comparison.explore().place


def test_explore_without_anywidget_is_the_static_view(
    comparison: storydiff.Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "storydiff.views.explorer", raising=False)
    assert isinstance(comparison.explore(), View)


def test_progress_is_shown_on_a_terminal_only(
    sample: list[storydiff.Article], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("tqdm")
    storydiff.compare(sample[:2], encoder="static", progress=True)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    storydiff.compare(sample[:2], encoder="static", progress=True)
    assert "linking" in capsys.readouterr().err
