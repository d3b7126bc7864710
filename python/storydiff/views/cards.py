"""What the reader's index lists: shared statements, disputed facts and what one article alone says, each with its
places, its probability and the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from storydiff.dates import days
from storydiff.views.evidence import evidence, short_of
from storydiff.views.names import values_of
from storydiff.views.summary import PROBABLE, cited, how_sure, led_in, level, one_line, plural

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.comparison import Comparison
    from storydiff.records import Dispute, Mention, Statement, Unique
    from storydiff.views.evidence import Evidence, Place
    from storydiff.views.summary import Summary

Family = Literal["shared", "disputed", "alone"]

PERHAPS = "perhaps said elsewhere too"
"""What is told of a span of which it is more probable than not that another article has it."""


@dataclass(frozen=True, slots=True)
class Sister:
    """One mention: where it stands, how it reads, how sure that is and why.

    `value` is what it says of a disputed fact; `first` tells that no other article had it earlier.
    """

    article: str
    label: str
    anchor: str
    text: str
    probability: float
    why: str
    value: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One entry of the index: `note` says how widely it is asserted and how probable it is, `short` the classes of what
    it falls short of."""

    anchor: str
    family: Family
    level: str
    text: str
    note: str
    articles: list[Article]
    sisters: list[Sister]
    short: str


def anchor(statement: Statement, mention: int | None = None) -> str:
    """The name of a statement, or of one of its mentions, within a page."""
    return f"s{statement.id}" if mention is None else f"s{statement.id}-{mention}"


def unique_anchor(article: int, at: int) -> str:
    """The name of a span that one article, given by position, says alone."""
    return f"u{article}-{at}"


def partial_anchor(partial: int, sentence: int) -> str:
    """The name of a sentence of what is shared in part within a page."""
    return f"p{partial}-{sentence}"


def dispute_anchor(dispute: int, mention: int | None = None) -> str:
    """The name of a dispute, or of one of its mentions, within a page."""
    return f"d{dispute}" if mention is None else f"d{dispute}-{mention}"


def cards(comparison: Comparison, summary: Summary, names: dict[str, str]) -> list[Card]:
    """A card for each shared statement, for each dispute, and for each span that one article alone asserts."""
    found = evidence(comparison, summary.shared)
    n = len(comparison)
    out = [_shared(statement, n, summary.least, names, found) for statement in summary.shared]
    out += [_disputed(number, dispute, names) for number, dispute in enumerate(summary.disputes)]
    for kept in (summary.alone, summary.unclear):
        for number, spans in enumerate(kept.values()):
            out += [_alone(number, at, span, names) for at, span in spans]
    return out


def _shared(statement: Statement, n: int, least: int, names: dict[str, str], found: dict[Place, Evidence]) -> Card:
    first = earliest(statement.articles)
    sisters = []
    for at, mention in enumerate(statement.mentions):
        why = found.get((statement.id, at))
        reasons = f"with {cited(names[why.partner])}: {'; '.join(why.reasons)}" if why and why.reasons else ""
        sisters.append(_sister(mention, anchor(statement, at), names, reasons, first=mention.article.id in first))
    note = [f"{statement.n_articles} of {plural(n, 'article')}"]
    if statement.n_origins < statement.n_articles:
        note.append(wordings(statement))
    note.append(f"{how_sure(statement.probability)} that each of them says it")
    return Card(
        anchor(statement),
        "shared",
        level(statement.n_articles, n, least),
        led_in(statement),
        " · ".join(note),
        statement.articles,
        sisters,
        short_of(_sure_of_two(statement)),
    )


def _sure_of_two(statement: Statement) -> float:
    """What two articles say with at least this probability; fewer share nothing."""
    best: dict[str, float] = {}
    for mention in statement.mentions:
        best[mention.article.id] = max(best.get(mention.article.id, 0.0), mention.probability)
    return sorted(best.values())[-2] if len(best) > 1 else 0.0


def _disputed(number: int, dispute: Dispute, names: dict[str, str]) -> Card:
    sisters: list[Sister] = []
    for value, told in zip(dispute.values, values_of(dispute), strict=True):
        for mention in value.mentions:
            name = dispute_anchor(number, len(sisters))
            sisters.append(_sister(mention, name, names, "", value=told, text=one_line(mention.sentence.text)))
    articles = list({article.id: article for value in dispute.values for article in value.articles}.values())
    note = f"{plural(dispute.n_articles, 'article')} · {how_sure(dispute.probability)} that both cannot be true"
    return Card(
        dispute_anchor(number),
        "disputed",
        "differ",
        str(dispute),
        note,
        articles,
        sisters,
        short_of(dispute.probability),
    )


def _alone(number: int, at: int, span: Unique, names: dict[str, str]) -> Card:
    name = unique_anchor(number, at)
    sister = Sister(
        span.article.id,
        names[span.article.id],
        f"{name}-m",
        one_line(span.text),
        span.probability,
        "; ".join(span.reasons),
    )
    probable = span.probability >= PROBABLE
    who = f"only {cited(names[span.article.id])}" if probable else PERHAPS
    note = f"{who} · {how_sure(span.probability)} that nobody else has it"
    return Card(
        name,
        "alone",
        "one" if probable else "one unclear",
        led_in(span),
        note,
        [span.article],
        [sister],
        short_of(span.probability),
    )


def _sister(
    mention: Mention,
    name: str,
    names: dict[str, str],
    why: str,
    *,
    value: str = "",
    text: str = "",
    first: bool = False,
) -> Sister:
    article = mention.article
    return Sister(
        article.id, names[article.id], name, text or one_line(mention.text), mention.probability, why, value, first
    )


def earliest(articles: list[Article]) -> set[str]:
    """The article that had it first, by id; none where dates are missing or two appeared at one time."""
    times = {article.id: time for article in articles if (time := days(article.published)) is not None}
    first = [id for id, time in times.items() if time == min(times.values())]
    return set(first) if len(times) > 1 and len(first) == 1 else set()


def wordings(statement: Statement) -> str:
    """How many independent wordings a statement has: articles that print one text count as one."""
    if statement.n_origins == 1:
        return "one wording: all print the same text"
    return f"{statement.n_origins} wordings: some print the same text"
