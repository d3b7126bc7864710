"""Charts of a comparison as Matplotlib's own objects, to restyle, combine and save.

Matplotlib, because a chart must also show without network and on code hosts that run no script; the interactive views
are HTML and need no charting library. Every function draws on the `ax` given, else on a new figure, and returns it.
"""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from storydiff.arguments import whole
from storydiff.views.plain import printable, shorten
from storydiff.views.summary import names_of, summarize
from storydiff.views.upset import intersections

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from storydiff.article import Article
    from storydiff.comparison import Comparison

SHARED = "#1f6fa8"
ONE = "#b8500a"
FAINT = "#dcdad4"
QUIET = "#5d6670"


def _pyplot() -> Any:
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError("plots need matplotlib: pip install 'storydiff[plot]'", name="matplotlib") from error
    return plt


def _axes(ax: Axes | None, width: float, height: float) -> Axes:
    if ax is None:
        _, ax = _pyplot().subplots(figsize=(width, height), layout="constrained")
    assert ax is not None
    return ax


def _bare(ax: Axes, *sides: str) -> None:
    for side, spine in ax.spines.items():
        spine.set_visible(side in sides)
    ax.tick_params(length=0)


def _names(comparison: Comparison) -> list[str]:
    return [_literal(shorten(printable(name), 24)) for name in names_of(comparison).values()]


def _cut(ax: Axes, more: int, what: str) -> None:
    """Says below a plot how much it leaves out."""
    if more > 0:
        ax.set_xlabel(f"… and {more} more {what}", loc="left", color=QUIET)


def _literal(text: str) -> str:
    """Matplotlib takes what stands between dollar signs for a formula."""
    return text.replace("$", r"\$")


def plot_similarity(
    comparison: Comparison, measure: Literal["similarity", "containment"] = "similarity", *, ax: Axes | None = None
) -> Axes:
    """A heat map of the articles; see `Comparison.plot_similarity`."""
    if measure not in ("similarity", "containment"):
        raise ValueError(f"measure must be 'similarity' or 'containment', got {measure!r}")
    values = np.array(getattr(comparison, measure), dtype=float)
    names, n = _names(comparison), len(values)
    size = min(0.62 * n + 2, 14)
    ax = _axes(ax, size + 0.8, size)
    np.fill_diagonal(values, np.nan)
    with np.errstate(invalid="ignore"):
        most = np.nanmax(values) if n > 1 else 1.0
    image = ax.imshow(values, cmap="Blues", vmin=0, vmax=max(most, 0.2))
    ax.set_xticks(range(n), names, rotation=45, ha="left", rotation_mode="anchor")
    ax.set_yticks(range(n), names)
    ax.xaxis.tick_top()
    _bare(ax)
    if n <= 24:
        for (i, j), value in np.ndenumerate(values):
            if i != j:
                dark = value > 0.6 * max(most, 0.2)
                ax.text(j, i, f"{100 * value:.0f}", ha="center", va="center", color="white" if dark else "#20242a")
    else:
        assert ax.figure is not None
        ax.figure.colorbar(image, ax=ax, shrink=0.7)
    told = "similarity, in percent" if measure == "similarity" else "percent of the row's content found in the column"
    ax.set_xlabel(told, color=QUIET)
    return ax


def plot_matrix(comparison: Comparison, *, n: int = 25, ax: Axes | None = None) -> Axes:
    """Shared statements by articles; see `Comparison.plot_matrix`."""
    every = summarize(comparison).shared
    shared = every[: whole("n", n, 1)]
    names = _names(comparison)
    positions = {article.id: at for at, article in enumerate(comparison.articles)}
    ax = _axes(ax, 5.5 + 0.5 * len(names), 1.4 + 0.36 * len(shared))
    for row, statement in enumerate(shared):
        at = [positions[article.id] for article in statement.articles]
        ax.scatter([x for x in range(len(names)) if x not in at], [row] * (len(names) - len(at)), s=14, color=FAINT)
        ax.scatter(at, [row] * len(at), s=90, marker="s", color=SHARED)
    ax.set_xticks(range(len(names)), names, rotation=45, ha="left", rotation_mode="anchor")
    ax.xaxis.tick_top()
    ax.set_yticks(range(len(shared)), [_literal(shorten(printable(s.text), 60)) for s in shared])
    ax.set_xlim(-0.6, len(names) - 0.4)
    ax.set_ylim(len(shared) - 0.4, -0.6)
    _cut(ax, len(every) - len(shared), "statements")
    _bare(ax)
    return ax


def plot_upset(comparison: Comparison, *, n: int = 15, ax: Axes | None = None) -> Axes:
    """Which sets of articles share how many statements; see `Comparison.plot_upset`."""
    most = whole("n", n, 1)
    every = intersections(summarize(comparison).shared, comparison.articles, sys.maxsize)
    found = every[:most]
    names = _names(comparison)
    tallest = 1.2 * len(names) + 2  # of the bars, in rows of dots
    ax = _axes(ax, 2.5 + 0.45 * max(len(found), 3), 1 + 0.3 * (len(names) + tallest))
    for x, row in enumerate(found):
        height = tallest * row.share
        ax.bar(x, height, bottom=-0.7 - height, color=SHARED, width=0.6)
        ax.annotate(str(row.count), (x, -0.7 - height), (0, 2), textcoords="offset points", ha="center")
        members = [y for y, member in enumerate(row.members) if member]
        ax.scatter([x] * len(names), range(len(names)), s=26, color=FAINT, zorder=1)
        ax.plot([x, x], [members[0], members[-1]], color=SHARED, linewidth=2, zorder=2)
        ax.scatter([x] * len(members), members, s=52, color=SHARED, zorder=3)
    ax.set_xticks([])
    ax.set_yticks(range(len(names)), names)
    ax.set_xlim(-0.6, max(len(found), 1) - 0.4)
    ax.set_ylim(len(names) - 0.4, -tallest - 1.6)
    ax.set_title("statements that exactly these articles share", loc="left", color=QUIET, fontsize="medium")
    _cut(ax, len(every) - len(found), "sets of articles")
    _bare(ax)
    return ax


# What tells nothing of an article although no other one has it: the days it speaks of, parts of figures, its own name.
_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
).split()
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "thousand million billion first second third"
).split()


def _telling(comparison: Comparison, article: Article, n: int) -> list[tuple[str, float]]:
    """The most distinctive terms of an article that say something of it."""
    own = f"{article.id} {article.source or ''}".lower().split()
    dull = {*_CALENDAR, *_NUMBERS, *own, "news"}

    def tells(term: str) -> bool:
        words = term.lower().split()
        return any(letter.isalpha() for letter in term) and not all(word in dull for word in words)

    return [(term, weight) for term, weight in comparison.terms(article, 3 * n) if tells(term)][:n]


def plot_terms(comparison: Comparison, *, n: int = 10, ax: Axes | None = None) -> Axes:
    """The distinctive terms of each article; see `Comparison.plot_terms`."""
    n = whole("n", n, 1)
    names = _names(comparison)
    down = max(1, -(-len(names) // 4))
    across = max(1, -(-len(names) // down))
    ax = _axes(ax, 2.9 * across, 0.24 * (n + 2) * down)
    for at, (article, name) in enumerate(zip(comparison.articles, names, strict=True)):
        left, top = at % across, (at // across) * (n + 2)
        ax.text(left, top, name, fontweight="bold", va="center")
        found = _telling(comparison, article, n)
        most = found[0][1] if found else 1.0
        for row, (term, weight) in enumerate(found, 1):
            ax.text(
                left + 0.56,
                top + row,
                _literal(shorten(printable(term), 24)),
                ha="right",
                va="center",
                fontsize="small",
            )
            ax.barh(top + row, 0.36 * weight / most, left=left + 0.58, color=ONE, height=0.55)
    ax.set_xlim(0, across)
    ax.set_ylim(down * (n + 2) - 0.5, -1)
    ax.set_xticks([])
    ax.set_yticks([])
    _bare(ax)
    return ax


def plot_pair(comparison: Comparison, left: Article | str, right: Article | str, *, ax: Axes | None = None) -> Axes:
    """Two articles with lines between what they share; see `Comparison.plot_pair`."""
    by_id = {article.id: article for article in comparison.articles}
    ids = [each if isinstance(each, str) else each.id for each in (left, right)]
    for id in ids:
        if id not in by_id:
            raise KeyError(f"no article {id!r}; expected one of {list(by_id)}")
    if ids[0] == ids[1]:
        raise ValueError(f"left and right must be two articles, got {ids[0]!r} twice")
    ax = _axes(ax, 11, 6)
    lengths = [max(len(by_id[id].text), 1) for id in ids]
    told: list[list[float]] = [[], []]
    for statement in summarize(comparison).shared:
        sides = [[m for m in statement.mentions if m.article.id == id] for id in ids]
        for a in sides[0]:
            for b in sides[1]:
                y, z = (a.start + a.end) / 2 / lengths[0], (b.start + b.end) / 2 / lengths[1]
                xs = np.linspace(0, 1, 40)
                ax.plot(xs, y + (z - y) * (3 * xs**2 - 2 * xs**3), color=SHARED, alpha=0.6, linewidth=1.2)
        for side, x, align in ((0, -0.03, "right"), (1, 1.03, "left")):
            for mention in sides[side] if all(sides) else []:
                top, bottom = mention.start / lengths[side], mention.end / lengths[side]
                ax.plot([side, side], [top, bottom], color=SHARED, linewidth=6, solid_capstyle="butt")
                if all(abs(top - other) > 0.05 for other in told[side]):
                    told[side].append(top)
                    text = textwrap.shorten(printable(mention.text), 46, placeholder="…")
                    ax.text(x, top, _literal(text), ha=align, va="center", fontsize="small")
    names = dict(zip(by_id, _names(comparison), strict=True))
    for x, id in enumerate(ids):
        ax.plot([x, x], [0, 1], color=FAINT, linewidth=6, zorder=0, solid_capstyle="butt")
        ax.text(x, -0.04, names[id], ha="center", fontweight="bold")
    if not any(told):
        ax.text(0.5, 0.5, "nothing found in both", ha="center", va="center", fontsize="small", color=QUIET)
    ax.set_xlim(*((-1.4, 2.4) if any(told) else (-0.4, 1.4)))
    ax.set_ylim(1.02, -0.08)
    ax.set_xticks([])
    ax.set_yticks([])
    _bare(ax)
    return ax
