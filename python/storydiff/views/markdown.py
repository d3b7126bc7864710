"""A comparison as Markdown, for documents and code hosts."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from storydiff.views.cards import PERHAPS
from storydiff.views.heatmap import most_alike
from storydiff.views.markup import clean, web_address
from storydiff.views.names import headlines, shortened, values_of
from storydiff.views.speaking import speaking
from storydiff.views.summary import (
    absent,
    how_sure,
    led_in,
    listed,
    names_of,
    nothing_shared,
    one_line,
    plural,
    summarize,
)

if TYPE_CHECKING:
    from storydiff.comparison import Comparison
    from storydiff.records import Statement
    from storydiff.views.summary import Ranked


# What grows with the number of pairs of articles, and not with what they say, is cut: of 60 articles that repeat each
# other 1.15 of 1.19 MB were passages.
_MOST_PASSAGES = 20
_LONGEST_PASSAGE = 400
_MOST_COLUMNS = 20
_MOST_PAIRS = 20


def literal(text: str) -> str:
    """The text on one line, as Markdown shows it literally: nothing in it can become markup or a link.

    >>> literal("*not* <b>bold</b>")
    '\\\\*not\\\\* &lt;b&gt;bold&lt;/b&gt;'
    """
    text = one_line(clean(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"([\\`*_{}\[\]()#!|~$])", r"\\\1", text)
    # Code hosts turn bare addresses into links; an entity for the colon stops them.
    text = re.sub(r"(?<=[A-Za-z]):(?=//)|(?<=mailto):", "&#58;", text)
    return re.sub(r"^(\d+)([.)])|^([-+=])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", text)


def _piece(text: str, *, bold: bool) -> str:
    """A piece of a sentence with the blanks at its ends, which no emphasis may begin or end with."""
    before, after = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    said = literal(text)
    return f"{before}**{said}**{after}" if bold and said else f"{before}{said}{after if said else ''}"


def render(comparison: Comparison, *, most: int = sys.maxsize, each: int = sys.maxsize) -> str:
    """The summary as Markdown: `most` statements under each heading, of the rest `each`; by default all."""
    return "\n".join(_lines(speaking(comparison), most, each)) + "\n"


def _lines(comparison: Comparison, most: int, each: int) -> Iterator[str]:
    articles = comparison.articles
    names = {id: literal(name) for id, name in names_of(comparison).items()}
    titles = headlines(comparison)
    summary = summarize(comparison)
    n = len(articles)
    yield f"# {plural(n, 'article')}, {plural(len(summary.shared), 'shared statement')}"
    yield ""
    for article in articles:
        address = web_address(article.url)
        name = (
            f"[{names[article.id]}](<{address.replace('>', '%3E').replace('<', '%3C')}>)"
            if address
            else names[article.id]
        )
        details = [
            literal(d)
            for d in (titles.get(article.id), article.source, article.published)
            if d and literal(d) != names[article.id]
        ]
        yield f"- {name}" + (f": {', '.join(details)}" if details else "")

    def statements(heading: str, found: list[Statement]) -> Iterator[str]:
        if found:
            yield from ("", f"## {heading}", "")
            for statement in found[:most]:
                likely = absent([], [names[article.id] for article in statement.perhaps])
                said_by = listed([names[article.id] for article in statement.articles])
                who = [said_by] if statement.n_articles < n else []
                told = "; ".join(filter(None, [*who, likely, how_sure(statement.probability)]))
                yield f"- {literal(led_in(statement))} ({told})"
            yield from _more(len(found) - most)

    yield from statements("Both say" if n == 2 else "All say", summary.all)
    yield from statements(f"{summary.most_of(n).capitalize()} say", summary.most)
    yield from statements("Some say", summary.some)
    if n > 1 and not summary.shared:
        yield from ("", nothing_shared(comparison))
    if summary.partials:
        yield from ("", "## Shared in part", "")
        for partial in summary.partials[:most]:
            yield f"- {plural(partial.n_articles, 'article')}, {how_sure(partial.probability)}"
            for article, pieces in zip(partial.articles, partial.pieces(), strict=True):
                yield f"  - {names[article.id]}: {''.join(_piece(text, bold=said) for text, said in pieces)}"
        yield from _more(len(summary.partials) - most)
    if summary.disputes:
        yield from ("", "## Where they differ", "")
        for dispute in summary.disputes[:most]:
            values = [
                f"**{literal(told)}** {listed([names[article.id] for article in value.articles])}"
                for value, told in zip(dispute.values, values_of(dispute), strict=True)
            ]
            yield f"- {literal(dispute.what)} ({how_sure(dispute.probability)}): {' · '.join(values)}"
        yield from _more(len(summary.disputes) - most)
    if n == 1:
        (own,) = summary.only.values()
        yield from ("", "## It says", "", *(f"- {literal(led_in(span))}" for span in own[:each]))
        yield from _more(len(own) - each)
        return
    if summary.n_alone:
        yield from ("", "## Only one says")
        yield from _by_article(summary.alone, names, each)
    if summary.n_unclear:
        yield from ("", f"## {PERHAPS.capitalize()}")
        yield from _by_article(summary.unclear, names, each)
    if summary.passages:
        yield from ("", "## Word for word", "")
        most_passages = min(each, _MOST_PASSAGES)
        for passage in summary.passages[:most_passages]:
            pair = listed([names[passage.left.id], names[passage.right.id]])
            words = literal(shortened(one_line(passage.text), _LONGEST_PASSAGE))
            yield f"- {pair}, {plural(passage.n_words, 'word')}: {words}"
        yield from _more(len(summary.passages) - most_passages)
    if n > _MOST_COLUMNS:
        yield from ("", "## Most alike (percent)", "")
        for left, right, percent in most_alike(comparison.similarity, _MOST_PAIRS):
            yield f"- {percent}: {listed([names[articles[left].id], names[articles[right].id]])}"
        yield from _more(n * (n - 1) // 2 - _MOST_PAIRS)
    elif n > 1:
        yield from ("", "## Similarity (percent)", "")
        yield "| | " + " | ".join(names.values()) + " |"
        yield "|---" * (n + 1) + "|"
        for name, row in zip(names.values(), comparison.similarity, strict=True):
            yield f"| {name} | " + " | ".join(f"{100 * value:.0f}" for value in row) + " |"


def _more(n: int) -> Iterator[str]:
    if n > 0:
        yield f"- … and {n:,} more"


def _by_article(found: dict[str, list[Ranked]], names: dict[str, str], each: int) -> Iterator[str]:
    for id, spans in found.items():
        if spans:
            yield from ("", f"### {names[id]}", "")
            for _, span in spans[:each]:
                told = literal("; ".join([*span.reasons, how_sure(span.probability)]))
                yield f"- {literal(led_in(span))} ({told})"
            yield from _more(len(spans) - each)
