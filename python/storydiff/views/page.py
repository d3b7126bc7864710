"""The views as HTML: one self-contained page, or a fragment for a notebook."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from storydiff._storydiff import __version__
from storydiff.views.cards import cards, dispute_anchor, partial_anchor, wordings
from storydiff.views.context import in_context
from storydiff.views.evidence import doubts
from storydiff.views.grouping import block_order, groups_apart
from storydiff.views.heatmap import heatmap, most_alike
from storydiff.views.markup import clean, web_address
from storydiff.views.matrix import rows
from storydiff.views.names import headlines, names_of, said_by_name, values_of, when
from storydiff.views.pair import pairs
from storydiff.views.quoted import quoted
from storydiff.views.reader import columns
from storydiff.views.speaking import speaking
from storydiff.views.summary import (
    DOUBT,
    MANY,
    absent,
    central_headline,
    cited,
    how_sure,
    lead,
    level,
    listed,
    most_telling,
    nothing_shared,
    one_line,
    own_share,
    plural,
    summarize,
    told_of,
)
from storydiff.views.timeline import timeline
from storydiff.views.upset import intersections

if TYPE_CHECKING:
    import jinja2

    from storydiff.comparison import Comparison

# Without script, highlighting all mentions of the statement under the pointer takes one CSS rule each, and a browser
# weighs every such rule on every move of the pointer: beyond so many it would lag.
MOST_RULES = 250

FAMILIES = ("shared", "disputed", "alone")


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
    environment.filters.update(
        plural=plural,
        one_line=one_line,
        lead=lead,
        listed=listed,
        cited=cited,
        how_sure=how_sure,
        when=when,
        web_address=web_address,
        wordings=wordings,
        values_of=values_of,
        in_context=in_context,
    )
    environment.filters["name_of"] = lambda id, names: names[id]
    environment.globals.update(
        level=level, dispute_anchor=dispute_anchor, partial_anchor=partial_anchor, absent=absent, doubt=DOUBT
    )
    return environment


@cache
def source(name: str) -> str:
    """A template, a style sheet or a script as it stands in its file."""
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def story(comparison: Comparison, *, prefix: str = "", root: str = "storydiff") -> SimpleNamespace:
    """What the templates see: every view of a comparison. `prefix` and `root` keep two on one page apart."""
    comparison = speaking(comparison)
    articles = comparison.articles
    names = names_of(comparison)
    summary = summarize(comparison)
    titles = headlines(comparison)
    found = cards(comparison, summary, names)
    # With many articles, likeness is shown in an order that puts those of one kind side by side.
    order = block_order(comparison.similarity) if len(articles) > MANY else list(range(len(articles)))
    return SimpleNamespace(
        prefix=prefix,
        root=root,
        names=names,
        articles=articles,
        headlines=titles,
        titled=said_by_name(names, titles),
        headline=central_headline(comparison, summary.shared),
        numbers={article.id: number for number, article in enumerate(articles)},
        n=len(articles),
        many=len(articles) > MANY,
        sentences=len(comparison.sentences),
        min_probability=comparison.min_probability,
        summary=summary,
        fast=comparison.reader == "fast",
        own=own_share(comparison, summary.alone, summary.shared),
        own_sure=own_share(comparison, summary.surely, summary.shared),
        doubted=doubts(summary.shared, names),
        perhaps={f"s{each.id}": {article.id for article in each.perhaps} for each in summary.shared},
        nothing_shared="" if summary.shared else nothing_shared(comparison),
        disputed=told_of(summary.disputes),
        cards=found,
        families={family: [card for card in found if card.family == family] for family in FAMILIES},
        columns=columns(comparison, summary, names, prefix),
        rows=rows(summary.shared, articles, summary.least),
        intersections=intersections(summary.shared, articles),
        n_sets=len({tuple(sorted(article.id for article in each.articles)) for each in summary.shared}),
        order=order,
        similarity=heatmap(comparison.similarity, order),
        containment=heatmap(comparison.containment, order),
        alike=most_alike(comparison.similarity),
        apart=apart(comparison, names),
        timeline=timeline(articles, summary),
        quoted=quoted(summary.quotes, articles),
        telling=most_telling(summary),
        dated=any(article.published for article in articles),
        pairs=pairs(articles, summary.shared, least=summary.least),
        terms={article.id: comparison.terms(article) for article in articles},
        rules=[f"s{statement.id}" for statement in summary.shared[:MOST_RULES]],
    )


def apart(comparison: Comparison, names: dict[str, str]) -> list[list[str]]:
    """The labels of the articles by story, where they look like several; else nothing.

    Two groups of two articles and more that have hardly anything in common are two stories. An article alone may be
    a short note on the same one.
    """
    ids = list(names)
    groups = groups_apart(comparison.similarity)
    return [[names[ids[at]] for at in group] for group in groups] if sum(len(g) > 1 for g in groups) > 1 else []


def stylesheet(*names: str) -> str:
    """The named style sheets as one."""
    return "".join(source(name) for name in names)


def rules(told: SimpleNamespace) -> str:
    """The style rules that light up every mention of the statement under the pointer."""
    return template("rules.css").render(story=told)


def template(name: str) -> jinja2.Template:
    """A template by file name."""
    return _environment().get_template(name)


SHEETS = ("base.css", "top.css", "glance.css", "reader.css", "overlap.css", "timeline.css")
"""The style sheets of the views, for a page and for a notebook."""


def page(comparison: Comparison, *, title: str | None = None) -> str:
    """The whole report as one HTML file: no network, and no script needed to read it."""
    told = story(comparison)
    style, highlight = stylesheet(*SHEETS, "page.css", "print.css"), rules(told)
    script = '"use strict";\n' + source("desk.js") + source("report.js")
    return template("page.html").render(
        story=told,
        title=title or told.headline or kind_of_story(told.n),
        version=__version__,
        style=trusted(style),
        highlight=trusted(highlight),
        script=trusted(script),
        policy="default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{digest(style)}' '{digest(highlight)}'; script-src '{digest(script)}'",
    )


def kind_of_story(n: int) -> str:
    """What a page about `n` articles is called where none of them has a headline."""
    return {0: "No articles", 1: "One article", 2: "Two articles, one story"}.get(n, f"{n} articles, one story")


def trusted(text: str) -> Any:
    """HTML that is ours and safe to put on a page as it is."""
    from markupsafe import Markup

    return Markup(text)


def digest(text: str) -> str:
    """What a page's policy calls a style or a script of its own."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
