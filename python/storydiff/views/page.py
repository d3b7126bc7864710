"""The views as HTML: one self-contained page, or a fragment for a notebook."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from types import SimpleNamespace
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

# Without script, highlighting all mentions of the statement under the pointer takes one CSS rule each, and a browser
# weighs every such rule on every move of the pointer: beyond so many it would lag.
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


def story(comparison: Comparison, *, prefix: str = "", root: str = "storydiff") -> SimpleNamespace:
    """What the templates see: every view of a comparison. `prefix` and `root` keep two on one page apart."""
    articles = comparison.articles
    names = labels(articles)
    summary = summarize(comparison)
    return SimpleNamespace(
        prefix=prefix,
        root=root,
        names=names,
        articles=articles,
        numbers={article.id: number for number, article in enumerate(articles)},
        n=len(articles),
        sentences=len(comparison.sentences),
        min_probability=comparison.min_probability,
        summary=summary,
        cards=cards(summary.shared, len(articles), names),
        columns=columns(comparison, summary, names, prefix),
        rows=rows(summary.shared, articles),
        intersections=intersections(summary.shared, articles),
        similarity=heatmap(comparison.similarity),
        containment=heatmap(comparison.containment),
        pairs=pairs(articles, summary.shared),
        terms={article.id: comparison.terms(article) for article in articles},
        rules=[f"s{statement.id}" for statement in summary.shared[:MOST_RULES]],
    )


def stylesheet(*names: str) -> str:
    """The named style sheets as one."""
    return "".join(_source(name) for name in names)


def rules(told: SimpleNamespace) -> str:
    """The style rules that light up every mention of the statement under the pointer."""
    return template("rules.css").render(story=told)


def template(name: str) -> jinja2.Template:
    """A template by file name."""
    return _environment().get_template(name)


def page(comparison: Comparison, *, title: str | None = None) -> str:
    """The whole report as one HTML file: no network, and no script needed to read it."""
    from storydiff import __version__

    told = story(comparison)
    style, highlight = stylesheet("base.css", "views.css", "page.css"), rules(told)
    script = _source("report.js")
    return template("page.html").render(
        story=told,
        title=title or headline(comparison),
        version=__version__,
        style=trusted(style),
        highlight=trusted(highlight),
        script=trusted(script),
        policy="default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{_digest(style)}' '{_digest(highlight)}'; script-src '{_digest(script)}'",
    )


def headline(comparison: Comparison) -> str:
    """What a page about the comparison is called."""
    n = len(comparison.articles)
    return {0: "No articles", 1: "One article", 2: "Two articles, one story"}.get(n, f"{n} articles, one story")


def trusted(text: str) -> Any:
    """HTML that is ours and safe to put on a page as it is."""
    from markupsafe import Markup

    return Markup(text)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
