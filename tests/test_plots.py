"""Plots give Matplotlib's own objects, and draw whatever the articles hold."""

from collections.abc import Iterator

import matplotlib as mpl
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

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


def drawn(figure: Figure | Axes) -> None:
    owner = figure if isinstance(figure, Figure) else figure.figure
    assert owner is not None
    owner.canvas.draw()


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


def test_plots_draw_on_the_axes_given(sample: list[storydiff.Article]) -> None:
    comparison = storydiff.compare(sample)
    _, axes = plt.subplots(1, 3)
    assert comparison.plot_similarity(ax=axes[0]) is axes[0]
    assert comparison.plot_matrix(n=4, ax=axes[1]) is axes[1]
    assert comparison.plot_pair("beacon", "gazette", ax=axes[2]) is axes[2]
    assert len(axes[1].get_yticks()) == 4


def test_plots_name_what_they_cannot_draw(sample: list[storydiff.Article]) -> None:
    comparison = storydiff.compare(sample)
    with pytest.raises(ValueError, match="got 'distance'"):
        comparison.plot_similarity("distance")  # type: ignore[arg-type]
    with pytest.raises(KeyError, match="no article 'herald'"):
        comparison.plot_pair("beacon", "herald")
    with pytest.raises(ValueError, match="twice"):
        comparison.plot_pair("beacon", "beacon")
