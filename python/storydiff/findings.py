"""What comparing found, read off the core as records."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
import numpy.typing as npt

from storydiff._storydiff import IN_FULL, WIDE
from storydiff.arguments import probability, whole
from storydiff.article import Article
from storydiff.dates import moment
from storydiff.records import (
    Conflict,
    Copy,
    Dispute,
    DisputedValue,
    Link,
    Mention,
    Partial,
    Passage,
    Quote,
    Reason,
    Sentence,
    Statement,
    Unique,
)
from storydiff.shown import Records

if TYPE_CHECKING:
    from storydiff import _storydiff
    from storydiff.records import ConflictKind
    from storydiff.write.file import Core


class Findings:
    """What a `Comparison` says of its articles."""

    def __init__(self, core: Core, articles: list[Article]) -> None:
        # Read from JSON or compiled: both answer alike.
        self._core = cast("_storydiff.Comparison", core)
        self._articles = articles

    @property
    def articles(self) -> Records[Article]:
        """The articles, in the order given."""
        return Records(self._articles).of(Article)

    @property
    def reader(self) -> Literal["fast", "standard", "thorough"]:
        """Which tier read the story: ``"fast"``, words alone; ``"standard"``, the transformers with the words;
        ``"thorough"``, the largest of them on every pair that may be a link, or a reranker of yours after either.

        English stories of up to 600 sentences and 100,000 bytes are read by the standard tier, others by the fast one;
        ``encoder`` and ``reranker`` of `compare` choose. The standard tier links much better, at some thirty times the
        cost.
        """
        return self._core.reader

    @property
    def min_probability(self) -> float:
        """The probability below which a link joins no statements."""
        # The shortest number that is the same float32: 0.05, not 0.05000000074505806.
        return float(str(np.float32(self._core.min_probability)))

    @property
    def sentences(self) -> Records[Sentence]:
        """All sentences, by article, then by offset."""
        return Records(self._sentences).of(Sentence)

    @cached_property
    def _sentences(self) -> tuple[Sentence, ...]:
        return tuple(
            Sentence(self._articles[article], index, start, end, kind)
            for article, index, start, end, kind in self._core.sentences()
        )

    def links(self, min_probability: float | None = None) -> Records[Link]:
        """The links of at least `min_probability` (by default the comparison's own), most probable first.

        ``min_probability=0.0`` gives every scored candidate.
        """
        least = self.min_probability if min_probability is None else min_probability
        return Records(self._link(*link) for link in self._core.links(probability("min_probability", least))).of(Link)

    def conflicts(self) -> Records[Conflict]:
        """Where two articles speak of the same thing and contradict each other, most certain first.

        Two sentences conflict whatever the probability that they share a statement, and they may share another one.
        """
        return Records(
            Conflict(kind, what, self._sentences[left], self._sentences[right], left_span, right_span, probability)
            for kind, what, left, right, left_span, right_span, probability in self._core.conflicts()
        ).of(Conflict)

    def disputes(self) -> Records[Dispute]:
        """What the articles disagree on, one entry a fact, those of most articles first.

        Each gathers the conflicts on one fact: who says 14, who says seventeen.
        """
        return Records(self._dispute(*dispute) for dispute in self._core.disputes()).of(Dispute)

    def _dispute(self, kind: ConflictKind, what: str, values: list[list[tuple[int, int, int, float]]]) -> Dispute:
        def value(tuples: list[tuple[int, int, int, float]]) -> DisputedValue:
            mentions = [
                Mention(self._sentences[sentence].article, self._sentences[sentence], start, end, probability)
                for sentence, start, end, probability in tuples
            ]
            articles = _asserting(mentions)
            # Of several wordings the most frequent, then the shortest: whatever the order of the articles.
            words = [mention.text for mention in mentions]
            text = min(words, key=lambda text: (-words.count(text), len(text), text))
            return DisputedValue(text, Records(mentions).of(Mention), articles)

        return Dispute(kind, what, [value(tuples) for tuples in values])

    def _link(
        self,
        left: int,
        right: int,
        probability: float,
        spans: list[tuple[tuple[int, int], tuple[int, int]]],
        reasons: list[tuple[Literal["supports", "conflicts"], str]],
    ) -> Link:
        return Link(
            self._sentences[left], self._sentences[right], probability, spans, [Reason(*reason) for reason in reasons]
        )

    def passages(self, min_words: int = 8) -> Records[Passage]:
        """The maximal runs of at least `min_words` words that two articles have in common, longest first.

        Letter case and punctuation do not count; boilerplate is left out.
        """
        least = min(whole("min_words", min_words, 1), sys.maxsize)
        return Records(
            Passage(self._articles[left], *left_span, self._articles[right], *right_span, n_words)
            for left, left_span, right, right_span, n_words in self._core.passages(least)
        ).of(Passage)

    def partials(self) -> Records[Partial]:
        """What articles share in part: sentences that say something together which no line says in full, those of most
        articles first.

        Two reporters tell the main event in a long sentence each, with details of their own; no line can be cut from
        either that both say. Such sentences are listed side by side, and what the others repeat of each is marked in
        `Partial.spans`. They are those of a statement that not all of its articles say in full (see `shared`), and
        those that are surely linked and in no statement together. `statements` and `unique` are as they are without
        this list.
        """
        return Records(
            Partial(
                [self._sentences[sentence] for sentence, _ in sentences], [spans for _, spans in sentences], probability
            )
            for sentences, probability in self._core.partials()
        ).of(Partial)

    def copies(self) -> Records[Copy]:
        """The pairs of articles that share text word for word, the greatest share first.

        At least twenty words in runs of eight or more, and a tenth of one of the two.
        """
        articles = self._articles
        return Records(
            Copy(
                articles[left],
                articles[right],
                share_left,
                share_right,
                n_words,
                _direction(articles[left], articles[right]),
            )
            for left, right, share_left, share_right, n_words in self._core.copies()
        ).of(Copy)

    def quotes(self) -> Records[Quote]:
        """The quotations of all articles in reading order, with their speakers and who else has them."""
        return Records(
            Quote(
                self._articles[article],
                self._sentences[sentence],
                start,
                end,
                speaker,
                Records(self._articles[other] for other in others).of(Article),
            )
            for article, sentence, start, end, speaker, others in self._core.quotes()
        ).of(Quote)

    @property
    def statements(self) -> Records[Statement]:
        """Every statement, the main news first: what most articles tell, and tell early, and surely say.

        What perhaps not all of its articles say in full, what a line before it tells, and what needs the sentence
        before it to be understood come behind that, scraps and appeals last of what is shared, then what one article
        says.
        """
        return Records(self._statements).of(Statement)

    @cached_property
    def _statements(self) -> tuple[Statement, ...]:
        return tuple(self._statement(id, *statement) for id, statement in enumerate(self._core.statements()))

    def _statement(
        self,
        id: int,
        tuples: list[tuple[int, int, int, float, float]],
        text: str,
        n_origins: int,
        sure: float,
        perhaps: list[int],
        first: str | None,
    ) -> Statement:
        mentions = [
            Mention(self._sentences[sentence].article, self._sentences[sentence], start, end, probability, entails)
            for sentence, start, end, probability, entails in tuples
        ]
        others = [self._articles[at] for at in perhaps]
        return Statement(id, text, Records(mentions).of(Mention), _asserting(mentions), n_origins, sure, others, first)

    def shared(self, min_articles: int = 2, *, in_full: bool = False) -> Records[Statement]:
        """The statements asserted by at least `min_articles` articles.

        Parameters
        ----------
        min_articles : int
        in_full : bool
            Whether an article has to say all of a statement's text, as far as one can be sure: `Mention.entails` of 0.6
            or more. Mentions of other articles are left out then, and these stand in `Statement.perhaps`; what they
            share is among `partials`. What four articles or more tell, but hardly two of them in full, is given as it
            is. That is what a person is shown: by `to_html`, `to_markdown`, ``print`` and the command line.

        Examples
        --------
        >>> import storydiff
        >>> cmp = storydiff.compare(storydiff.sample_articles(), encoder="static")
        >>> all(mention.entails >= 0.6 for statement in cmp.shared(in_full=True)[:3] for mention in statement.mentions)
        True
        """
        least = whole("min_articles", min_articles, 0)
        found = map(self._in_full, self._statements) if in_full else self._statements
        return Records(statement for statement in found if statement.n_articles >= least).of(Statement)

    def unique(self, article: Article | str | None = None) -> Records[Unique]:
        """The spans that one article alone asserts, best first; of one article or of all.

        Nothing is lost: what a link joins to another article, but no statement holds, comes last.
        """
        wanted = None if article is None else self._position(article)
        return Records(
            Unique(self._articles[position], start, end, score, probability, reasons, antecedent)
            for position, start, end, score, probability, reasons, antecedent in self._core.unique()
            if wanted is None or position == wanted
        ).of(Unique)

    @cached_property
    def coverage(self) -> npt.NDArray[np.bool_]:
        """Boolean matrix, statements x articles, as `statements` and `articles` list them."""
        return _fixed(self._core.coverage())

    @property
    def similarity(self) -> npt.NDArray[np.float32]:
        """How alike two articles are, in [0, 1]: float32 ``(n_articles, n_articles)``, symmetric, 1 on the diagonal.

        Rows and columns are in the order of `articles`.

        The mean of `containment` both ways, weighed by length, and of the cosine of the articles' TF-IDF words.
        """
        return self._likeness[0]

    @property
    def containment(self) -> npt.NDArray[np.float32]:
        """The share of the row article's content that the column article asserts too, in [0, 1].

        Content is the words of an article, boilerplate aside, each by its idf.
        """
        return self._likeness[1]

    @cached_property
    def _likeness(self) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        similarity, containment = self._core.likeness()
        return _fixed(similarity), _fixed(containment)

    def terms(self, article: Article | str, n: int = 10) -> list[tuple[str, float]]:
        """The `n` most distinctive terms of an article by TF-IDF, with their weights."""
        return self._core.terms(self._position(article), min(whole("n", n, 0), sys.maxsize))

    def _in_full(self, statement: Statement) -> Statement:
        """The statement as those have it who surely say all of it."""
        full = [mention for mention in statement.mentions if mention.entails >= IN_FULL]
        articles = _asserting(full)
        if len(full) == len(statement.mentions) or (len(articles) < 2 and statement.n_articles >= WIDE):
            return statement
        full_ids = {article.id for article in articles}
        others = {article.id for article in (*statement.articles, *statement.perhaps)} - full_ids
        return replace(
            statement,
            mentions=Records(full).of(Mention),
            articles=articles,
            n_origins=min(statement.n_origins, len(articles)),
            perhaps=[article for article in self._articles if article.id in others],
        )

    def _position(self, article: Article | str) -> int:
        wanted = article.id if isinstance(article, Article) else article
        for position, known in enumerate(self._articles):
            if known.id == wanted:
                return position
        raise KeyError(f"no article {wanted!r}; expected one of {[known.id for known in self._articles]}")


def _fixed(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The array, which callers share, made read-only."""
    array.setflags(write=False)
    return array


def _asserting(mentions: list[Mention]) -> Records[Article]:
    return Records({mention.article.id: mention.article for mention in mentions}.values()).of(Article)


def _direction(left: Article, right: Article) -> Literal["left to right", "right to left"] | None:
    """From the one that was published first, where both dates are known and can be compared."""
    first, second = moment(left.published), moment(right.published)
    if first is None or second is None or (first.tzinfo is None) != (second.tzinfo is None):
        return None
    # A day says nothing of the hours within it.
    if first == second or (first.date() == second.date() and not all(map(_has_time, (left, right)))):
        return None
    return "left to right" if first < second else "right to left"


def _has_time(article: Article) -> bool:
    return len(article.published or "") > len("2026-03-02")
