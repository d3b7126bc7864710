"""The articles side by side, as written, with what they share, dispute and say alone marked in the text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storydiff.views.cards import PERHAPS, anchor, dispute_anchor, partial_anchor, unique_anchor
from storydiff.views.evidence import short_of
from storydiff.views.markup import Mark, marked, web_address
from storydiff.views.quoted import quote_anchor
from storydiff.views.summary import MANY, PROBABLE, level, listed, plural

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.comparison import Comparison
    from storydiff.views.summary import Summary

COLUMNS = 6
"""How many columns of a story of many articles are shown at first."""


@dataclass(frozen=True, slots=True)
class Column:
    """One article, ready for the page; `share` is the part of the shared statements that it asserts."""

    article: Article
    number: int
    label: str
    url: str | None
    html: str
    n_shared: int
    n_unique: int
    share: float
    shown: bool


def columns(comparison: Comparison, summary: Summary, names: dict[str, str], prefix: str = "") -> list[Column]:
    """Every article's text with its marks; `prefix` keeps the ids of two views on one page apart."""
    articles = comparison.articles
    marks: dict[str, list[Mark]] = defaultdict(list)
    for sentence in comparison.sentences:
        if sentence.kind != "body":
            marks[sentence.article.id].append(Mark(sentence.start, sentence.end, sentence.kind))
    # Of two marks of one length the later one is led to: what is shared of a sentence that is new in part.
    _mark_unique(summary, prefix, marks)
    shared = _mark_shared(summary, names, prefix, marks, len(articles))
    _mark_disputed(summary, prefix, marks)
    for number, partial in enumerate(summary.partials):
        for at, sentence in enumerate(partial.sentences):
            id = f"{prefix}{partial_anchor(number, at)}"
            marks[sentence.article.id].append(Mark(sentence.start, sentence.end, "p", id))
    for at, quote in enumerate(summary.quotes):
        marks[quote.article.id].append(Mark(quote.start, quote.end, "q", f"{prefix}{quote_anchor(at)}"))
    central = _most_central(comparison)
    total = max(len(summary.shared), 1)
    return [
        Column(
            article,
            number,
            names[article.id],
            web_address(article.url),
            marked(article.text, marks[article.id]),
            len(shared[article.id]),
            len(summary.alone[article.id]),
            len(shared[article.id]) / total,
            number in central,
        )
        for number, article in enumerate(articles)
    ]


def _mark_shared(
    summary: Summary, names: dict[str, str], prefix: str, marks: dict[str, list[Mark]], n: int
) -> dict[str, set[int]]:
    shared: dict[str, set[int]] = defaultdict(set)
    for statement in summary.shared:
        name, width = anchor(statement), level(statement.n_articles, n, summary.least)
        who = listed([names[article.id] for article in statement.articles])
        title = f"in {statement.n_articles} of {n}: {who}; probability {statement.probability:.2f}"
        for at, mention in enumerate(statement.mentions):
            id = f"{prefix}{anchor(statement, at)}"
            mark = Mark(
                mention.start,
                mention.end,
                f"m {width} {name}{short_of(mention.probability)}",
                id,
                f"#{prefix}{name}",
                title,
            )
            marks[mention.article.id].append(mark)
            shared[mention.article.id].add(statement.id)
    return shared


def _mark_unique(summary: Summary, prefix: str, marks: dict[str, list[Mark]]) -> None:
    for number, (id, spans) in enumerate(summary.only.items()):
        # The most telling quarter stands out.
        alone = summary.alone[id]
        telling = {at for at, _ in alone[: max(3, len(alone) // 4)]}
        for at, span in enumerate(spans):
            name = unique_anchor(number, at)
            probable = span.probability >= PROBABLE
            kind = "u telling" if at in telling else "u" if probable else "u unclear"
            title = "; ".join(
                ["only here" if probable else PERHAPS, *span.reasons, f"probability {span.probability:.2f}"]
            )
            marks[span.article.id].append(
                Mark(
                    span.start,
                    span.end,
                    f"{kind} {name}{short_of(span.probability)}",
                    f"{prefix}{name}-m",
                    f"#{prefix}{name}",
                    title,
                )
            )


def _mark_disputed(summary: Summary, prefix: str, marks: dict[str, list[Mark]]) -> None:
    for number, dispute in enumerate(summary.disputes):
        name = dispute_anchor(number)
        title = f"disputed, {dispute}: {plural(dispute.n_articles, 'article')}"
        mentions = [mention for value in dispute.values for mention in value.mentions]
        for at, mention in enumerate(mentions):
            id, href = f"{prefix}{dispute_anchor(number, at)}", f"#{prefix}{name}"
            marks[mention.article.id].append(
                Mark(mention.start, mention.end, f"d {name}{short_of(mention.probability)}", id, href, title)
            )


def _most_central(comparison: Comparison) -> set[int]:
    """The positions of the columns shown at first: of many articles those most like the others."""
    n = len(comparison)
    if n <= MANY:
        return set(range(n))
    likeness = comparison.similarity.sum(axis=1)
    return set(sorted(range(n), key=lambda at: (-float(likeness[at]), at))[:COLUMNS])
