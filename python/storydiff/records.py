"""What a comparison is made of: small frozen records whose offsets count code points.

All can be members of sets and keys of dicts; their lists are compared, and take no part in the hash.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from storydiff.article import Article
from storydiff.shown import Records, Shown

Kind = Literal["headline", "body", "boilerplate"]
ConflictKind = Literal[
    "number", "date", "time", "place", "name", "role", "negation", "modality", "opposite", "source", "state"
]


@dataclass(frozen=True, slots=True, repr=False)
class Sentence(Shown):
    """The unit compared.

    ``article.text[start:end] == text``; ``index`` numbers the sentences of one article from 0.
    """

    article: Article
    index: int
    start: int
    end: int
    kind: Kind

    @property
    def text(self) -> str:
        """The sentence as it stands in the article."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence for (``supports``) or against (``conflicts``) a link."""

    relation: Literal["supports", "conflicts"]
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, repr=False)
class Link(Shown):
    """A scored pair of sentences of two articles.

    Attributes
    ----------
    left, right : Sentence
    probability : float
        That both assert at least one common statement, in [0, 1].
    spans : list of ((int, int), (int, int))
        The parts that carry it: offsets in the left article's text and their counterpart in the right one's.
    reasons : list of Reason
        The evidence, strongest first.
    """

    left: Sentence
    right: Sentence
    probability: float
    spans: list[tuple[tuple[int, int], tuple[int, int]]] = field(hash=False)
    reasons: list[Reason] = field(hash=False)


@dataclass(frozen=True, slots=True, repr=False)
class Mention(Shown):
    """One place that asserts a statement; ``article.text[start:end] == text``.

    Attributes
    ----------
    article : Article
    sentence : Sentence
    start, end : int
        Offsets in the article's text.
    probability : float
        That it belongs to the statement, in [0, 1].
    entails : float
        That its article says all of the statement's `text`, in [0, 1] (entailment); 1.0 for the article whose text that
        is, and in a value of a dispute.
    """

    article: Article
    sentence: Sentence
    start: int
    end: int
    probability: float
    entails: float = 1.0

    @property
    def text(self) -> str:
        """The mention as it stands in the article."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True, repr=False)
class Statement(Shown):
    """A group of mentions that assert the same thing.

    Attributes
    ----------
    id : int
    text : str
        A clause or a sentence of one of the mentions that can be read by itself and claims hardly more than all of them
        share, without an ending that one of the articles does not say; where no mention is such, the whole sentence of
        the best one. ``…`` stands for phrases of its sentence that not all of them say: "Two people … are dead."
        (sentence compression). It holds nothing that one of the articles contradicts.
    mentions : list of Mention
    articles : list of Article
    n_origins : int
        How many independent wordings it has: articles that print one text count as one.
    probability : float
        That each of its articles makes the main claim of `text`, in [0, 1]; that of a mention is only that it belongs
        here.
    perhaps : list of Article
        The other articles that may say it too: linked to a mention at 0.5 or more, and not known to say something else;
        of what is shared in full (`Comparison.shared`) also those that say it in part.
    antecedent_text : str or None
        What has to be read first, where `text` does not say of whom it tells or who speaks: the speaker's name or the
        sentence before, of the article whose text it is.
    """

    id: int
    text: str
    mentions: list[Mention] = field(repr=False, hash=False)
    articles: list[Article] = field(hash=False)
    n_origins: int
    probability: float
    perhaps: list[Article] = field(default_factory=list, hash=False)
    antecedent_text: str | None = None

    @property
    def n_articles(self) -> int:
        """How many articles assert it."""
        return len(self.articles)


@dataclass(frozen=True, slots=True, repr=False)
class Partial(Shown):
    """Sentences of several articles that say something together, though not all of them say the same in full.

    Attributes
    ----------
    sentences : list of Sentence
        One of each article.
    spans : list of list of (int, int)
        Of each the stretches that half of the others or more repeat: offsets in the text of the sentence's article.
    probability : float
        That all of them make a common claim, in [0, 1].
    """

    sentences: list[Sentence] = field(hash=False)
    spans: list[list[tuple[int, int]]] = field(repr=False, hash=False)
    probability: float

    @property
    def articles(self) -> list[Article]:
        """The articles of the sentences."""
        return Records(sentence.article for sentence in self.sentences).of(Article)

    @property
    def n_articles(self) -> int:
        """How many articles those are."""
        return len(self.sentences)

    def marked(self, before: str = "[", after: str = "]") -> list[str]:
        """The sentences with a mark before and after each stretch that others repeat.

        Examples
        --------
        >>> from storydiff import Article, Partial, Sentence
        >>> first = Article("a", "Rain flooded Holm on Monday, and two roads were shut.")
        >>> second = Article("b", "The mayor was abroad when rain flooded Holm.")
        >>> sentences = [Sentence(first, 0, 0, 53, "body"), Sentence(second, 0, 0, 44, "body")]
        >>> for sentence in Partial(sentences, [[(0, 17)], [(26, 43)]], 0.9).marked():
        ...     print(sentence)
        [Rain flooded Holm] on Monday, and two roads were shut.
        The mayor was abroad when [rain flooded Holm].
        """
        return [
            "".join(f"{before}{text}{after}" if said else text for text, said in pieces) for pieces in self.pieces()
        ]

    def pieces(self) -> list[list[tuple[str, bool]]]:
        """The text of each sentence in pieces, each with whether others repeat it."""
        return [
            _pieces(sentence.article.text, sentence.start, sentence.end, spans)
            for sentence, spans in zip(self.sentences, self.spans, strict=True)
        ]


def _pieces(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """What stands from `start` to `end` in pieces, each with whether it is one of the spans."""
    edges = [start, *(edge for span in spans for edge in span), end]
    pieces = [(text[a:b], at % 2 == 1) for at, (a, b) in enumerate(pairwise(edges))]
    return [piece for piece in pieces if piece[0]]


@dataclass(frozen=True, slots=True, repr=False)
class Conflict(Shown):
    """Two claims of different articles that speak of the same thing and cannot both be true.

    Attributes
    ----------
    kind : str
        ``"number"``, ``"date"``, ``"time"``, ``"place"``, ``"name"``, ``"role"``, ``"negation"``, ``"modality"``,
        ``"opposite"``, ``"source"`` or ``"state"``.
    what : str
        What they disagree on: ``"people hurt"``.
    left, right : Sentence
    left_span, right_span : (int, int)
        The words that differ: offsets in the text of the sentence's article.
    probability : float
        That it is one, in [0, 1].
    """

    kind: ConflictKind
    what: str
    left: Sentence
    right: Sentence
    left_span: tuple[int, int]
    right_span: tuple[int, int]
    probability: float

    @property
    def left_text(self) -> str:
        """The words of the left article that differ."""
        return self.left.article.text[slice(*self.left_span)]

    @property
    def right_text(self) -> str:
        """Their counterpart in the right article."""
        return self.right.article.text[slice(*self.right_span)]

    def __str__(self) -> str:
        return f"{self.what}: {' / '.join(' '.join(text.split()) for text in (self.left_text, self.right_text))}"


class DisputedValue(NamedTuple):
    """One of the things that articles say of a disputed fact: ``text`` in its most frequent, then shortest wording."""

    text: str
    mentions: list[Mention]
    articles: list[Article]


@dataclass(frozen=True, slots=True, repr=False)
class Dispute(Shown):
    """A fact that articles disagree on, over all of them; the value of most articles comes first."""

    kind: ConflictKind
    what: str
    values: list[DisputedValue]

    @property
    def n_articles(self) -> int:
        """How many articles say something of it."""
        return len({article.id for value in self.values for article in value.articles})

    @property
    def probability(self) -> float:
        """That the articles do contradict each other on it, in [0, 1]: that of the most certain conflict on it."""
        return max(mention.probability for value in self.values for mention in value.mentions)

    def __str__(self) -> str:
        from storydiff.views.names import values_of

        return f"{self.what}: {' / '.join(values_of(self))}"


@dataclass(frozen=True, slots=True, repr=False)
class Unique(Shown):
    """A span that one article alone asserts.

    ``score`` is unbounded, higher tells more; ``probability``, in [0, 1], says that no other article asserts it. A
    sentence below 0.5 is here because it is in no shared statement either. ``antecedent`` is where in the article
    stands what has to be read first, offsets in code points: who speaks, or the sentence that says of whom the span
    tells; None where nothing is missing.
    """

    article: Article
    start: int
    end: int
    score: float
    probability: float
    reasons: list[str] = field(hash=False)
    antecedent: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The span as it stands in the article."""
        return self.article.text[self.start : self.end]

    @property
    def antecedent_text(self) -> str | None:
        """What has to be read first, as it stands in the article."""
        return None if self.antecedent is None else self.article.text[self.antecedent[0] : self.antecedent[1]]


@dataclass(frozen=True, slots=True, repr=False)
class Passage(Shown):
    """A maximal run of words that two articles have in common, letter case and punctuation aside."""

    left: Article
    left_start: int
    left_end: int
    right: Article
    right_start: int
    right_end: int
    n_words: int

    @property
    def text(self) -> str:
        """The passage as it stands in the left article."""
        return self.left.text[self.left_start : self.left_end]


@dataclass(frozen=True, slots=True, repr=False)
class Copy(Shown):
    """Two articles that share text word for word.

    Attributes
    ----------
    left, right : Article
    share_left, share_right : float
        The share of each one's words that stand in the other in runs of eight words or more, in [0, 1].
    n_words : int
        The words they share.
    direction : {"left to right", "right to left"} or None
        From the one that was published first, where both say when.
    """

    left: Article
    right: Article
    share_left: float
    share_right: float
    n_words: int
    direction: Literal["left to right", "right to left"] | None


@dataclass(frozen=True, slots=True, repr=False)
class Quote(Shown):
    """Words in quotation marks, double, single or angled; ``article.text[start:end] == text``.

    A quotation that goes on over paragraphs, each of which opens with a mark, is one in each paragraph.

    Attributes
    ----------
    article : Article
    sentence : Sentence
        The one in which it begins.
    start, end : int
        The words between the marks.
    speaker : str or None
        Who said it, in the article's words; None where the sentence does not say. For "she" it is who speaks by name
        in the sentence just before, if one does.
    others : list of Article
        The other articles that have it, whole or cut.
    """

    article: Article
    sentence: Sentence
    start: int
    end: int
    speaker: str | None
    others: list[Article] = field(hash=False)

    @property
    def text(self) -> str:
        """The words between the marks."""
        return self.article.text[self.start : self.end]
