"""What holds of every comparison, whatever the articles."""

from __future__ import annotations

import random

import numpy as np
import pytest

import storydiff
from storydiff import Article, Comparison, compare

WORDS = ["the", "a", "not", "ship", "bridge", "mayor", "closed", "struck", "reopened", "Monday", "Tuesday", "14", "17"]
WORDS += ["$40", "million", "said", "police", "harbour"]


def articles(seed: int, n: int) -> list[Article]:
    pick = random.Random(seed)
    sentences = [" ".join(pick.choices(WORDS, k=pick.randint(1, 14))).capitalize() + "." for _ in range(12)]
    return [Article(f"a{i}", " ".join(pick.choices(sentences, k=pick.randint(0, 9)))) for i in range(n)]


def outcome(cmp: Comparison) -> list[object]:
    return [cmp.sentences, cmp.links(0.0), cmp.statements, cmp.unique(), cmp.similarity.tobytes(), cmp.passages(3)]


@pytest.fixture(scope="module")
def sample() -> Comparison:
    return compare(storydiff.sample_articles())


def check(cmp: Comparison) -> None:
    for sentence in cmp.sentences:
        assert sentence.text == sentence.text.strip() != ""
    spans: dict[int, list[tuple[int, int]]] = {}
    by_start = {(s.article.id, s.start): i for i, s in enumerate(cmp.sentences)}
    for statement in cmp.statements:
        assert statement.text in [mention.text for mention in statement.mentions]
        for mention in statement.mentions:
            assert 0.0 <= mention.probability <= 1.0
            assert mention.sentence.start <= mention.start < mention.end <= mention.sentence.end
            assert mention.sentence.kind != "boilerplate"
            spans.setdefault(by_start[mention.article.id, mention.sentence.start], []).append(
                (mention.start, mention.end)
            )
    for at, sentence in enumerate(cmp.sentences):
        stated = spans.get(at, [])
        tokens = storydiff.tokenize(sentence.text)
        joints = {"and", "but", "or"}
        for token in tokens if sentence.kind != "boilerplate" else []:
            start, end = sentence.start + token.start, sentence.start + token.end
            inside = [a <= start and end <= b for a, b in stated]
            assert sum(inside) == 1 or token.text.lower() in joints, (sentence.text, token)
    widths = [statement.n_articles for statement in cmp.statements]
    assert widths == sorted(widths, reverse=True)
    assert cmp.coverage.shape == (len(cmp.statements), len(cmp.articles))
    assert cmp.coverage.sum(axis=1).tolist() == widths
    scores = [span.score for span in cmp.unique()]
    assert scores == sorted(scores, reverse=True)
    assert all(span.text.strip() and span.reasons for span in cmp.unique())
    for matrix in (cmp.similarity, cmp.containment):
        assert matrix.dtype == np.float32
        assert ((matrix >= 0) & (matrix <= 1)).all() and (np.diag(matrix) == 1).all()
    assert (cmp.similarity == cmp.similarity.T).all()


def test_the_sample_holds_together(sample: Comparison) -> None:
    check(sample)


@pytest.mark.parametrize("seed", range(25))
def test_a_comparison_holds_together_and_does_not_depend_on_order(seed: int) -> None:
    given = articles(seed, 4)
    cmp = compare(given)
    check(cmp)
    shuffled = random.Random(seed).sample(given, k=4)
    assert outcome(compare(shuffled, n_threads=1)) == outcome(cmp)


@pytest.mark.parametrize("min_probability", [0.0, 0.3, 0.9, 1.0])
def test_rethreshold_equals_a_fresh_comparison(sample: Comparison, min_probability: float) -> None:
    fresh = compare(sample.articles, min_probability=min_probability)
    assert outcome(sample.rethreshold(min_probability)) == outcome(fresh)


def test_identical_articles_share_everything() -> None:
    text = "Two ships struck the bridge on Monday. The mayor closed it at noon, and schools stayed shut."
    cmp = compare([text, text, "A recipe for soup with leeks."])
    assert cmp.similarity[0, 1] == cmp.containment[0, 1] == cmp.containment[1, 0] == 1.0
    assert cmp.similarity[0, 2] < 0.1 and cmp.containment[0, 2] == 0.0
    assert {span.article.id for span in cmp.unique()} == {"3"}


@pytest.mark.parametrize(
    "given", [[], [""], ["", ""], ["bridge"], ["bridge", "bridge", "ship"], ["...", "!"], ["the of it", "it of the"]]
)
def test_little_text_gives_a_comparison(given: list[str]) -> None:
    cmp = compare(given)
    check(cmp)
    assert len(cmp.articles) == len(given)


def test_a_sentence_repeated_in_one_article_is_one_statement() -> None:
    cmp = compare(["The bridge closed on Monday. Rain fell. The bridge closed on Monday.", "Snow buried the pass."])
    closed = [statement for statement in cmp.statements if "bridge" in statement.text]
    assert [len(statement.mentions) for statement in closed] == [2]
    assert sum("bridge" in span.text for span in cmp.unique()) == 1


def test_unique_names_figures_and_quotes_say_why() -> None:
    base = "The council closed the bridge on Monday."
    cmp = compare(
        [
            base + " Yury Ushakov paid $52 million for the old pier.",
            base + " “Nobody asked the fishermen about any of this,” a baker shouted.",
        ]
    )
    reasons = {span.text: span.reasons for span in cmp.unique()}
    pier = next(why for text, why in reasons.items() if "Ushakov" in text)
    assert "only this article names Yury Ushakov" in pier and "the only figure of $52 million" in pier
    assert any("quote" in reason for text, why in reasons.items() if "Nobody" in text for reason in why)
    assert not any("council" in text for text in reasons)


def test_passages_are_the_same_words_in_both_articles(sample: Comparison) -> None:
    for passage in sample.passages(6):
        sides = passage.text, passage.right.text[passage.right_start : passage.right_end]
        left, right = ([token.text.lower().replace("’", "'") for token in storydiff.tokenize(side)] for side in sides)
        assert len(left) == len(right) == passage.n_words >= 6
        assert [word.removesuffix("'s") for word in left] == [word.removesuffix("'s") for word in right]
    with pytest.raises(ValueError, match="min_words"):
        sample.passages(0)


def test_terms_are_distinctive_and_written_as_in_the_article(sample: Comparison) -> None:
    for article in sample.articles:
        terms = sample.terms(article)
        assert len(terms) == 10
        assert all(term in article.text for term, _ in terms)
        assert not {"the", "and", "was", "Lantern"} & {term for term, _ in terms}


def test_progress_is_told_and_may_stop_the_work() -> None:
    told: list[tuple[str, int, int]] = []
    compare(storydiff.sample_articles(), progress=lambda *step: told.append(step))
    assert {stage for stage, _, _ in told} >= {"reading", "pairing", "linking", "grouping"}
    assert all(0 <= done <= total for _, done, total in told)

    def stop(*_: object) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        compare(storydiff.sample_articles(), progress=stop)
