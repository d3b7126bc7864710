"""The views as HTML: one self-contained page, or a fragment for a notebook."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from storydiff.views.heatmap import heatmap
from storydiff.views.markup import clean
from storydiff.views.matrix import rows
from storydiff.views.pair import pairs
from storydiff.views.reader import cards, columns
from storydiff.views.summary import labels, level, listed, one_line, plural, summarize
from storydiff.views.upset import intersections

if TYPE_CHECKING:
    import jinja2

    from storydiff.comparison import Comparison

# Highlighting all mentions of the statement under the pointer takes one CSS rule each; beyond so many the page's
# script does it, because a browser weighs every such rule on every move of the pointer.
MOST_RULES = 250


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    def finalize(value: Any) -> Any:
        return clean(value) if type(value) is str else value

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("storydiff.views"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
    )
    environment.filters.update(plural=plural, one_line=one_line, listed=listed, name_of=lambda id, names: names[id])
    environment.globals.update(level=level)
    return environment


@cache
def _source(name: str) -> str:
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


@dataclass(frozen=True)
class Story:
    """What the templates see: every view of one comparison."""

    comparison: Comparison
    prefix: str = ""
    root: str = "storydiff"
    names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        comparison = self.comparison
        articles = comparison.articles
        names = labels(articles)
        summary = summarize(comparison)
        views = {
            "names": names,
            "articles": articles,
            "n": len(articles),
            "sentences": len(comparison.sentences),
            "summary": summary,
            "cards": cards(summary.shared, len(articles), names),
            "columns": columns(comparison, names, self.prefix),
            "rows": rows(summary.shared, articles),
            "intersections": intersections(summary.shared, articles),
            "similarity": heatmap(comparison.similarity),
            "containment": heatmap(comparison.containment),
            "pairs": pairs(articles, summary.shared),
            "terms": {article.id: comparison.terms(article) for article in articles},
            "rules": [f"s{statement.id}" for statement in summary.shared[:MOST_RULES]],
        }
        for name, value in views.items():
            object.__setattr__(self, name, value)


def page(comparison: Comparison, *, title: str | None = None) -> str:
    """The whole report as one HTML file: no network, and no script needed to read it."""
    from storydiff import __version__

    story = Story(comparison)
    environment = _environment()
    rules = environment.get_template("rules.css").render(story=story)
    style = f"{_source('style.css')}\n{_source('page.css')}\n{rules}"
    script = _source("report.js")
    return environment.get_template("page.html").render(
        story=story,
        title=title or headline(comparison),
        version=__version__,
        style=_trusted(style),
        script=_trusted(script),
        policy=f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'",
    )


def headline(comparison: Comparison) -> str:
    """What a page about the comparison is called."""
    n = len(comparison.articles)
    return {0: "No articles", 1: "One article", 2: "Two articles, one story"}.get(n, f"{n} articles, one story")


def _trusted(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
