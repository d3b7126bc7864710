"""A callable of the caller's as `reranker`: when it is asked what, what becomes of its answers, what is an error."""

from __future__ import annotations

import importlib
import json
import math
import pickle
import signal
import sys
from fractions import Fraction
from inspect import getsource

import jsonschema
import numpy as np
import pytest
from folders import reranker_folder

import storydiff
from storydiff import Article, Comparison, compare, compare_stories
from storydiff.comparison import dumps, loads

# No numbers, times or contradictions: nothing but the reranker changes a link.
TEXTS = {
    "wire": "The harbour bridge closed on Monday. A storm tore the cables from the northern tower. "
    "The mayor promised a new road.",
    "blog": "Nobody can drive over the harbour bridge any more. The northern tower lost its cables in the storm. "
    "Shops along the quay complained.",
    "radio": "Since Monday nobody can cross the harbour bridge. The storm ripped cables off a tower. "
    "The mayor says there will be a new road.",
}
ROWS = [{"id": f"{story}-{id}", "story": story, "text": text} for story in "ab" for id, text in TEXTS.items()]


def share_of_words(left: list[str], right: list[str]) -> list[float]:
    words = [(set(a.lower().split()), set(b.lower().split())) for a, b in zip(left, right, strict=True)]
    return [len(a & b) / len(a | b) for a, b in words]


def story(**options: object) -> Comparison:
    return compare(TEXTS, encoder="static", **options)


@pytest.fixture(scope="module")
def plain() -> Comparison:
    return story()


@pytest.mark.parametrize(
    "scorer",
    [
        share_of_words,
        lambda left, right: [0.5] * len(left),
        lambda left, right: [0.9 if a < b else 0.0 for a, b in zip(left, right, strict=True)],
        lambda left, right: [1.0] * len(left),
        lambda left, right: [0.0] * len(left),
    ],
)
def test_log_odds_are_the_mean_of_both(scorer, plain) -> None:
    def log_odds(p: float) -> float:
        return math.log(p / (1 - p))

    found = {(link.left, link.right): link.probability for link in story(reranker=scorer).links(0.0)}
    assert len(found) == len(plain.links(0.0))
    changed = 0
    for link in plain.links(0.0):
        expected = link.probability
        if link.probability >= 0.05:
            lesser, greater = sorted((link.left.text, link.right.text))
            score = min(max(scorer([lesser], [greater])[0], 1e-6), 1 - 1e-6)
            expected = 1 / (1 + math.exp(-(log_odds(link.probability) + log_odds(score)) / 2))
            changed += 1
        assert found[link.left, link.right] == pytest.approx(expected, abs=1e-4)
    assert changed >= 10


@pytest.mark.parametrize("kind", [list, tuple, np.array, np.float32, lambda scores: np.array(scores, np.float16)])
def test_any_sequence_of_numbers_will_do(kind) -> None:
    def halves(left, right):
        return [0.5] * len(left)

    assert story(reranker=lambda left, right: kind(halves(left, right))) == story(reranker=halves)


def test_yes_and_no_are_one_and_zero() -> None:
    def yes(kind):
        return lambda left, right: [kind(score > 0.3) for score in share_of_words(left, right)]

    assert story(reranker=yes(bool)) == story(reranker=yes(int)) == story(reranker=yes(np.bool_))


@pytest.mark.parametrize(
    ("answer", "error", "told"),
    [
        (None, TypeError, "NoneType"),
        (0.5, TypeError, "float"),
        ("0.5", TypeError, "str"),
        ({0.5}, TypeError, "set"),
        ((score for score in [0.5]), TypeError, "generator"),
        (["0.5", "0.5"], TypeError, "list with str"),
        ([0.5, None], TypeError, "list with NoneType"),
        ([Fraction(1, 2)], TypeError, "list with Fraction"),
        ([0.5, 1j], TypeError, "list with complex"),
        ([[0.5], [0.5, 0.5]], TypeError, r"list with list \("),
        (np.array(["0.5"]), TypeError, "ndarray"),
        (np.full((2, 1), 0.5), ValueError, r"an array of shape \(2, 1\)"),
        ([], ValueError, "0 numbers"),
        ([0.5], ValueError, "1 numbers"),
        (lambda n: [0.5] * (n + 1), ValueError, r"\d+ numbers"),
        (lambda n: [0.5] * (n - 1) + [math.nan], ValueError, r"NaN for pair \d+"),
        (lambda n: [0.5, 1.5] + [0.5] * (n - 2), ValueError, "1.5 for pair 1"),
        (lambda n: [-0.25] + [0.5] * (n - 1), ValueError, "-0.25 for pair 0"),
        (lambda n: [math.inf] * n, ValueError, "inf for pair 0"),
        (lambda n: [1e300] * n, ValueError, "inf for pair 0"),
    ],
)
def test_other_answers_are_errors(answer, error, told) -> None:
    def scorer(left, right):
        return answer(len(left)) if callable(answer) else answer

    expected = rf"reranker must be a scorer that returns \d+ numbers from 0 to 1, one for each pair, got {told}"
    with pytest.raises(error, match=expected):
        story(reranker=scorer)


@pytest.mark.parametrize("error", [ValueError("no answer"), KeyError("x"), KeyboardInterrupt(), SystemExit(3)])
def test_what_it_raises_passes_unchanged(error) -> None:
    def scorer(left, right):
        raise error

    with pytest.raises(type(error)) as caught:
        story(reranker=scorer)
    assert caught.value is error


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_ctrl_c_reaches_it() -> None:
    def scorer(left, right):
        signal.raise_signal(signal.SIGINT)
        return [0.5] * len(left)

    # A kernel that ran in this process may have left a handler that does nothing.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            story(reranker=scorer)
    finally:
        signal.signal(signal.SIGINT, before)


def asked(articles: list[Article], **options: object) -> tuple[Comparison, list[list[tuple[str, str]]]]:
    """The comparison, and each batch that the reranker was asked about."""
    batches = []

    def scorer(left: list[str], right: list[str]) -> list[float]:
        batches.append(list(zip(left, right, strict=True)))
        return share_of_words(left, right)

    return compare(articles, encoder="static", reranker=scorer, **options), batches


def test_it_is_asked_the_same_whatever_the_order_the_ids_and_the_threads(sample) -> None:
    found, batches = asked(sample, n_threads=1)
    assert len(batches) > 1 and max(map(len, batches)) == 256
    pairs = [pair for batch in batches for pair in batch]
    assert pairs == sorted(set(pairs))
    assert all(left <= right for left, right in pairs)
    texts = {sentence.text for sentence in found.sentences}
    assert all({left, right} <= texts for left, right in pairs)

    again, same = asked(sample[::-1], n_threads=2)
    assert same == batches
    assert again._core.to_json() == found._core.to_json()  # in order of id

    renamed = [Article(f"{9 - n}", article.text, title=article.title) for n, article in enumerate(sample)]
    assert asked(renamed)[1] == batches


def test_copies_are_asked_about_once() -> None:
    _, batches = asked([Article(id, TEXTS["wire"]) for id in "abcd"])
    assert len(batches) == 1 and len(batches[0]) == len(set(batches[0]))
    apart = {"a": "The bridge closed.", "b": "Rates rose by a point."}
    found = compare(apart, reranker=lambda *_: pytest.fail("asked"))
    assert found.reader == "thorough" and found.links(0.05) == []


def test_progress_is_told_between_batches(sample) -> None:
    steps = []
    _, batches = asked(sample, progress=lambda stage, done, total: steps.append((stage, done, total)))
    told = [(done, total) for stage, done, total in steps if stage == "reranking"]
    n = sum(map(len, batches))
    assert told == [*((done, n) for done in range(0, n, 256)), (n, n)]


def test_the_tier_is_kept(plain, tmp_path) -> None:
    cmp = story(reranker=share_of_words)
    assert (cmp.reader, plain.reader, compare(TEXTS).reader) == ("thorough", "fast", "standard")
    assert cmp != plain
    for again in (cmp.rethreshold(0.5), loads(dumps(cmp)), pickle.loads(pickle.dumps(cmp)),
                  Comparison.from_json(cmp.to_json())):  # fmt: skip
        assert again == cmp and again.reader == "thorough"
    assert loads(dumps(plain)).reader == "fast"
    jsonschema.validate(json.loads(cmp.to_json()), Comparison.json_schema())


def test_it_is_given_again_to_add() -> None:
    *some, last = [Article(id, text) for id, text in TEXTS.items()]
    before = compare(some, encoder="static", reranker=share_of_words)
    for core in (before, Comparison.from_json(before.to_json())):
        assert core.add(last, reranker=share_of_words) == story(reranker=share_of_words)
        assert core.add(last) == story()
        with pytest.raises(ValueError, match="got 0 numbers"):
            core.add(last, reranker=lambda left, right: [])
        with pytest.raises(TypeError, match="reranker must be a Reranker or a callable"):
            core.add(last, reranker="folder")


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_stories_are_reranked_in_processes_too(n_jobs, tmp_path, monkeypatch) -> None:
    (tmp_path / "scorer_of_a_module.py").write_text(f"from __future__ import annotations\n{getsource(share_of_words)}")
    monkeypatch.syspath_prepend(tmp_path)
    scorer = importlib.import_module("scorer_of_a_module").share_of_words
    results = compare_stories(ROWS, encoder="static", reranker=scorer, n_jobs=n_jobs)
    expected = [link.probability for link in story(reranker=share_of_words).links(0.0)]
    for result in results:
        assert result.comparison is not None and result.comparison.reader == "thorough"
        assert sorted(link.probability for link in result.comparison.links(0.0)) == sorted(expected)


def test_what_cannot_go_to_other_processes_is_an_error(monkeypatch) -> None:
    with pytest.raises(TypeError, match=r"reranker must be one that pickles.*n_jobs=1"):
        compare_stories(ROWS, reranker=lambda left, right: [0.5] * len(left), n_jobs=2)
    with pytest.raises(TypeError, match="reranker must be a Reranker or a callable on two lists of str, got str"):
        compare_stories(ROWS, reranker="folder", errors="collect")

    def of_a_script(left, right):
        return [0.5] * len(left)

    of_a_script.__module__, of_a_script.__qualname__ = "__main__", "of_a_script"
    monkeypatch.setattr(sys.modules["__main__"], "of_a_script", of_a_script, raising=False)
    with pytest.raises(TypeError, match="must be defined in a module that they can import, not in a script"):
        compare_stories(ROWS, reranker=of_a_script, n_jobs=2, errors="collect")


def test_a_story_whose_reranker_fails_is_set_aside() -> None:
    results = compare_stories(ROWS, reranker=lambda left, right: [2.0] * len(left), n_jobs=1, errors="collect")
    for result in results:
        assert result.error is not None and result.error.startswith("ValueError: reranker must be a scorer")


def test_a_reranker_of_the_package_is_asked_in_the_same_order(tmp_path) -> None:
    reranker_folder(tmp_path)
    model = storydiff.Reranker.load(tmp_path)
    as_callable = story(reranker=lambda left, right: model.score(zip(left, right, strict=True)))
    assert story(reranker=model) == as_callable
