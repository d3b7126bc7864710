"""Plots give Matplotlib's own objects, and draw whatever the articles hold."""

from collections.abc import Iterator

import matplotlib as mpl
import pytest
from matplotlib.axes import Axes

import storydiff

mpl.use("agg")
import matplotlib.pyplot as plt

STORIES = {
    "two": {"a": "The bridge closed on Monday.", "b": "On Monday the bridge closed."},
    "nothing shared": {"a": "The bridge closed.", "b": "Nobody likes rain.", "c": ""},
    "hostile": {"$x^{a": "The $bridge closed _on_ Monday \x1b.", "\ud800": "On Monday the $bridge closed."},
    "many": {f"paper {n}": f"The bridge closed on Monday. Reporter {n} says so." for n in range(30)},
    "one": {"a": "The bridge closed on Monday."},
}


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def drawn(ax: Axes) -> None:
    assert isinstance(ax, Axes)
    assert ax.figure is not None
    ax.figure.canvas.draw()


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.filterwarnings("ignore:All-NaN")
@pytest.mark.parametrize("story", STORIES)
def test_plots_draw(story: str) -> None:
    comparison = storydiff.compare(STORIES[story])
    ids = [article.id for article in comparison.articles]
    drawn(comparison.plot_similarity())
    drawn(comparison.plot_similarity("containment"))
    drawn(comparison.plot_matrix())
    drawn(comparison.plot_upset())
    drawn(comparison.plot_terms(n=5))
    if len(ids) > 1:
        drawn(comparison.plot_pair(ids[0], comparison.articles[1]))


def test_plots_draw_on_the_axes_given(compared: storydiff.Comparison) -> None:
    comparison = compared
    _, axes = plt.subplots(1, 5)
    assert comparison.plot_similarity(ax=axes[0]) is axes[0]
    assert comparison.plot_matrix(n=4, ax=axes[1]) is axes[1]
    assert comparison.plot_pair("beacon", "gazette", ax=axes[2]) is axes[2]
    assert comparison.plot_upset(ax=axes[3]) is axes[3]
    assert comparison.plot_terms(ax=axes[4]) is axes[4]
    assert len(axes[1].get_yticks()) == 4


def test_plot_of_a_pair_says_what_stands_on_both_sides(compared: storydiff.Comparison) -> None:
    texts = compared.plot_pair("beacon", "gazette").texts
    assert {text.get_ha() for text in texts} == {"left", "right", "center"}


def test_plot_of_terms_leaves_out_days_numbers_and_the_articles_own_name() -> None:
    told = "The Lantern Bridge closed on Monday. {} June. Fourteen ferries sail, the Wire says."
    comparison = storydiff.compare({"wire": told.format("It opens in"), "blog": "Rain fell on Sarn. Nobody minded it."})
    shown = {text.get_text() for text in comparison.plot_terms().texts}
    assert "Lantern Bridge" in shown
    assert not shown & {"Monday", "June", "Fourteen", "Wire"}


def test_plots_name_what_they_cannot_draw(compared: storydiff.Comparison) -> None:
    comparison = compared
    with pytest.raises(ValueError, match="got 'distance'"):
        comparison.plot_similarity("distance")  # type: ignore[arg-type]
    with pytest.raises(KeyError, match="no article 'herald'"):
        comparison.plot_pair("beacon", "herald")
    with pytest.raises(ValueError, match="twice"):
        comparison.plot_pair("beacon", "beacon")


def test_plots_say_how_much_they_leave_out(compared: storydiff.Comparison) -> None:
    n = len(compared.shared(in_full=True))
    assert compared.plot_matrix(n=4).get_xlabel() == f"… and {n - 4} more statements"
    assert compared.plot_matrix(n=n).get_xlabel() == ""
    sets = {
        tuple(article.id for article in compared.articles if article in s.articles)
        for s in compared.shared(in_full=True)
    }
    assert compared.plot_upset(n=2).get_xlabel() == f"… and {len(sets) - 2} more sets of articles"
