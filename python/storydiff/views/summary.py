"""What a reader wants first: what all say, what most say, what only one says, where they differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from storydiff.dates import days
from storydiff.views.names import headlines, shortened
from storydiff.views.names import labels as labels
from storydiff.views.names import names_of as names_of

if TYPE_CHECKING:
    from storydiff.comparison import Comparison
    from storydiff.records import Copy, Dispute, Partial, Passage, Quote, Statement, Unique

Level = Literal["all", "most", "some", "one"]

MANY = 8
"""Above so many articles hardly anything is in more than half of them: widths are measured at the widest statement."""


DOUBT = 0.7
"""Below this probability a reader is told of it where the claim stands."""

PROBABLE = 0.5
"""Below this probability that nobody else says it, something is not told as said by one article alone."""

Ranked = tuple[int, "Unique"]
"""A span that one article alone asserts, after its rank among the article's."""

Span = tuple[int, int]

_LONGEST_LEAD = 140
"""Letters of what is shown before a span."""

_SEVERAL = re.compile(r"[,;] |\b(?:and|or)\b|…$", re.IGNORECASE)
_TITLE = 5
"""Words of a name from which on it is read as a title."""


def level(n_articles: int, of: int, most: int | None = None) -> Level:
    """How widely a statement of `n_articles` out of `of` articles is asserted.

    "most" is `most` articles and more, by default more than half.

    >>> [level(n, 5) for n in (5, 3, 2, 1)]
    ['all', 'most', 'some', 'one']
    >>> [level(n, 60, most=5) for n in (60, 8, 2)]
    ['all', 'most', 'some']
    """
    if n_articles < 2:
        return "one"
    if n_articles == of:
        return "all"
    return "most" if n_articles >= (of // 2 + 1 if most is None else most) else "some"


def least_of_most(widest: int, of: int) -> int:
    """How many articles count as most: more than half, or with many articles more than half of the widest statement's.

    >>> least_of_most(4, 5), least_of_most(16, 17), least_of_most(8, 60), least_of_most(2, 60)
    (3, 9, 5, 3)
    """
    half = of // 2 + 1
    return half if of <= MANY else min(half, max(3, widest // 2 + 1))


def is_content(statement: Statement) -> bool:
    """Whether the statement stands anywhere outside boilerplate such as comment forms and repeated captions."""
    return any(mention.sentence.kind != "boilerplate" for mention in statement.mentions)


@dataclass(frozen=True, slots=True)
class Summary:
    """Statements by how widely they are asserted, what is shared in part, the spans that one article alone
    asserts, facts that articles disagree on, passages that two articles have in common word for word, who shares whose
    text, and who is quoted.

    `shared` is in the order of the comparison, and so is each part of it.
    `only` holds what no statement shares, by article, best first, however doubtful. Of it `alone` probably stands in
    that article alone; `unclear` more probably than not stands in another too, in words that were not recognised.
    `least` is how many articles count as most.
    """

    shared: list[Statement]
    all: list[Statement]
    most: list[Statement]
    some: list[Statement]
    partials: list[Partial]
    only: dict[str, list[Unique]]
    alone: dict[str, list[Ranked]]
    unclear: dict[str, list[Ranked]]
    disputes: list[Dispute]
    passages: list[Passage]
    copies: list[Copy]
    quotes: list[Quote]
    least: int

    @property
    def surely(self) -> dict[str, list[Ranked]]:
        """What is hardly doubtful of `alone`."""
        return {id: [each for each in found if each[1].probability >= DOUBT] for id, found in self.alone.items()}

    @property
    def n_alone(self) -> int:
        """How many spans probably stand in one article alone."""
        return sum(map(len, self.alone.values()))

    @property
    def n_unsure(self) -> int:
        """How many of those are less sure."""
        return self.n_alone - sum(map(len, self.surely.values()))

    @property
    def n_unclear(self) -> int:
        """How many spans another article may well have too."""
        return sum(map(len, self.unclear.values()))

    def most_of(self, n: int) -> str:
        """How the articles that count as most are called: "most", or "5 or more" where that is fewer than half."""
        return "most" if 2 * self.least > n else f"{self.least} or more"


def summarize(comparison: Comparison) -> Summary:
    """Group a comparison's statements; boilerplate is left out."""
    articles = comparison.articles
    shared = [statement for statement in comparison.shared(in_full=True) if is_content(statement)]
    least = least_of_most(max((statement.n_articles for statement in shared), default=0), len(articles))
    grouped: dict[Level, list[Statement]] = {"all": [], "most": [], "some": []}
    for statement in shared:
        grouped[level(statement.n_articles, len(articles), least)].append(statement)
    only: dict[str, list[Unique]] = {article.id: [] for article in articles}
    for span in comparison.unique():
        only[span.article.id].append(span)
    ranked = {id: list(enumerate(spans)) for id, spans in only.items()}
    return Summary(
        shared,
        grouped["all"],
        grouped["most"],
        grouped["some"],
        comparison.partials(),
        only,
        {id: [each for each in found if each[1].probability >= PROBABLE] for id, found in ranked.items()},
        {id: [each for each in found if each[1].probability < PROBABLE] for id, found in ranked.items()},
        comparison.disputes(),
        comparison.passages(),
        comparison.copies(),
        comparison.quotes(),
        least,
    )


def central_headline(comparison: Comparison, shared: list[Statement]) -> str | None:
    """The headline that tells most of what the articles share; None where no article has one.

    Of two that tell as much, that of the article which is most like the others; one that a later article disputes, only
    where no other is left.
    """
    found = headlines(comparison)
    overtaken = _overtaken(comparison)
    told = dict.fromkeys(found, 0)
    for statement in shared:
        for id in {mention.article.id for mention in statement.mentions if mention.sentence.kind == "headline"}:
            told[id] = told.get(id, 0) + statement.n_articles
    likeness = comparison.similarity.sum(axis=1)
    ranked = [
        (article.id not in overtaken, told[article.id], float(likeness[at]), -at, found[article.id])
        for at, article in enumerate(comparison.articles)
        if article.id in found
    ]
    return max(ranked)[-1] if ranked else None


def _overtaken(comparison: Comparison) -> set[str]:
    """The articles whose headline gives a value that an article published later disputes: "Three dead" of five."""
    found = set()
    for dispute in comparison.disputes():
        latest = [
            max((day for article in value.articles if (day := days(article.published)) is not None), default=None)
            for value in dispute.values
        ]
        for at, value in enumerate(dispute.values):
            others = [day for other, day in enumerate(latest) if other != at and day is not None]
            for mention in value.mentions:
                own = days(mention.article.published)
                if mention.sentence.kind == "headline" and own is not None and others and own < max(others):
                    found.add(mention.article.id)
    return found


def most_telling(summary: Summary, most: int = 5, each: int | None = None) -> list[tuple[int, int, Unique]]:
    """The best spans that one article alone asserts: its position, the span's, the span.

    At most `each` of one article, so that several have their say: two, or three where there are only two articles.
    """
    each = each or {1: most, 2: 3}.get(len(summary.alone), 2)
    spans = [
        (-span.score, number, at, span)
        for number, found in enumerate(summary.alone.values())
        for at, span in found[:each]
    ]
    return [(number, at, span) for _, number, at, span in sorted(spans, key=lambda entry: entry[:3])[:most]]


def told_of(disputes: list[Dispute]) -> list[tuple[int, str]]:
    """The facts told differently, each once: the number of its first dispute, and what it is about."""
    first: dict[str, int] = {}
    for number, dispute in enumerate(disputes):
        first.setdefault(dispute.what, number)
    return [(number, what) for what, number in first.items()]


def own_share(comparison: Comparison, only: dict[str, list[Ranked]], shared: list[Statement]) -> dict[str, float]:
    """The share of each article's body that stands in it alone, in [0, 1]: characters of its body sentences that
    are in one of the spans `only`, and in no mention of a statement that is `shared`, of all of them.

    A sentence that is new in part is one of the spans as a whole.
    """
    bodies: dict[str, list[Span]] = {article.id: [] for article in comparison.articles}
    told: dict[str, list[Span]] = {article.id: [] for article in comparison.articles}
    for sentence in comparison.sentences:
        if sentence.kind == "body":
            bodies[sentence.article.id].append((sentence.start, sentence.end))
    for statement in shared:
        for mention in statement.mentions:
            told[mention.article.id].append((mention.start, mention.end))
    return {
        id: n_only(body, [(span.start, span.end) for _, span in only[id]], told[id]) / max(n_only(body, body, []), 1)
        for id, body in bodies.items()
    }


def n_only(body: list[Span], spans: list[Span], others: list[Span]) -> int:
    """How many places within `body` are in one of `spans`, and in none of `others`.

    >>> n_only([(0, 10), (20, 30)], [(5, 25)], [(8, 22)])
    6
    """
    steps = [
        (place, at, step)
        for at, each in enumerate((body, spans, others))
        for start, end in each
        for place, step in ((start, 1), (end, -1))
    ]
    depth, total, reached = [0, 0, 0], 0, 0
    for place, at, step in sorted(steps):
        if depth[0] and depth[1] and not depth[2]:
            total += place - reached
        depth[at] += step
        reached = place
    return total


def plural(n: int, noun: str) -> str:
    """``1 article``, ``2 articles``, ``2 stories``."""
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {many}"


def cited(name: str) -> str:
    """A name as it stands among others: in quotation marks where it could be taken for more than one, as a title can.

    >>> cited("Tidewatch"), cited("Ship, tug collide"), cited("Harbour shut for the day")
    ('Tidewatch', '“Ship, tug collide”', '“Harbour shut for the day”')
    """
    return f"“{name}”" if _SEVERAL.search(name) or len(name.split()) >= _TITLE else name


def listed(names: list[str], most: int = 6, joint: str = "and") -> str:
    """Names as a reader lists them, `joint` before the last; beyond `most` the rest is counted.

    >>> listed(["Tidewatch", "Ship, tug collide", "Beacon"])
    'Tidewatch, “Ship, tug collide” and Beacon'
    """
    return enumerated([cited(name) for name in names], most, joint)


def enumerated(names: list[str], most: int = 6, joint: str = "and") -> str:
    """What stands in a list as it is.

    >>> enumerated(["a", "b", "c"])
    'a, b and c'
    """
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} {joint} {len(names) - most + 1} more"
    return f" {joint} ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def absent(missing: list[str], perhaps: list[str], most: int = 6) -> str:
    """Where something was not found, and where it perhaps is: what was not recognised may be there in other words.

    >>> absent(["a", "b", "c"], ["b"])
    'perhaps also in b; not found in a or c'
    """
    found = [name for name in missing if name not in perhaps]
    told = [
        f"perhaps also in {listed(perhaps, most)}" if perhaps else "",
        f"not found in {listed(found, most, 'or')}" if found else "",
    ]
    return "; ".join(filter(None, told))


def how_sure(probability: float) -> str:
    """How sure something is, as it stands beside it."""
    return f"probability {probability:.2f}"


def nothing_shared(comparison: Comparison) -> str:
    """What to tell where no statement is shared: more is asked of what is told as shared than of a link."""
    n = len(comparison.links())
    if comparison.partials():
        return "No statement is shared in full: see what is shared in part."
    if not n:
        return "No statement is shared: nothing that one article asserts was found in another."
    have = "has" if n == 1 else "have"
    return (
        f"No statement is shared: {plural(n, 'pair')} of sentences perhaps {have} something in common, but not surely "
        "enough to be told as shared."
    )


def led_in(span: Statement | Unique) -> str:
    """A span or a statement as it is listed: behind what has to be read first, in brackets.

    >>> from storydiff import Article
    >>> from storydiff.records import Unique
    >>> article = Article("a", "Ina Holt fell. She was not hurt.")
    >>> led_in(Unique(article, 15, 32, 1.0, 0.9, [], antecedent=(0, 14)))
    '[Ina Holt fell.] She was not hurt.'
    """
    return f"{lead(span)}{one_line(span.text)}"


def lead(span: Statement | Unique) -> str:
    """What has to be read before it, in brackets, with a blank behind it; a long sentence is cut."""
    first = span.antecedent_text
    return f"[{shortened(one_line(first), _LONGEST_LEAD)}] " if first else ""


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
