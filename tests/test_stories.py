"""`find_stories`: which articles of a corpus report one event."""

import random
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
import scipy.sparse as sp

import storydiff
from storydiff import Article, find_stories, top_n_similar

# Invented events; each article of a story uses the story's own words.
EVENTS = {
    "fire": "factory fire in Osmer|three workers died|the exits had been locked|Mayor Ilse Brandt ordered an inquiry",
    "vote": "parliament passed the water bill|61 votes to 54|Minister Ada Brandvik cheered|the Greens voted against it",
    "cup": "Lorne United won the cup|a goal in the last minute|Coach Pia Sund cried|a crowd of 41,000 at Halden Park",
    "storm": "storm Edda tore roofs off in Kelmouth|no ferry to Sarn|winds of 140 kilometres|nine sailors were saved",
}


def corpus(n_each: int = 4, gap: int = 40) -> list[Article]:
    articles = []
    for at, (story, told) in enumerate(EVENTS.items()):
        pick = random.Random(story)
        for number in range(n_each):
            text = " ".join(f"On the day it was told that {fact}." for fact in pick.sample(told.split("|"), 3))
            day = date.fromordinal(date(2031, 3, 1).toordinal() + gap * at + number)
            articles.append(Article(f"{story}-{number}", text, published=day.isoformat()))
    return articles


def groups(story_of: dict[str, str]) -> set[frozenset[str]]:
    members: dict[str, set[str]] = {}
    for id, story in story_of.items():
        members.setdefault(story, set()).add(id)
    return {frozenset(ids) for ids in members.values()}


EXPECTED = {frozenset(f"{story}-{number}" for number in range(4)) for story in EVENTS}


@pytest.mark.parametrize(("scorer", "dated"), [("news", True), ("news", False), ("cosine", True)])
def test_stories_are_found_with_and_without_dates(scorer, dated) -> None:
    articles = corpus() if dated else [Article(a.id, a.text) for a in corpus()]
    found = find_stories(articles, scorer=scorer)
    assert groups(found.story_of) == EXPECTED
    assert list(found.story_of) == [article.id for article in articles]
    assert all(0 < similarity <= 1 for similarity in found.similarity_of.values())


def test_stories_do_not_depend_on_order_ids_or_threads() -> None:
    articles = corpus()
    expected = groups(find_stories(articles).story_of)
    shuffled = random.Random(3).sample(articles, len(articles))
    assert groups(find_stories(shuffled, n_threads=1).story_of) == expected
    renamed = [Article(f"x{len(articles) - at}", a.text, published=a.published) for at, a in enumerate(articles)]
    back = {new.id: old.id for new, old in zip(renamed, articles, strict=True)}
    assert groups({back[id]: story for id, story in find_stories(renamed).story_of.items()}) == expected


def test_a_story_is_named_after_its_earliest_article_and_lists_them_in_time() -> None:
    found = find_stories(random.Random(1).sample(corpus(), 16))
    assert [story.id for story in found.stories] == ["fire-0", "vote-0", "cup-0", "storm-0"]
    assert [a.id for a in found.stories[0].articles] == ["fire-0", "fire-1", "fire-2", "fire-3"]
    assert (len(found), repr(found)) == (4, "<Stories: 16 articles, 4 stories>")


def test_stories_are_had_by_place_and_by_id() -> None:
    found = find_stories({"a": "The bridge closed on Monday.", "b": "Lorne United won the cup."})
    assert found[0] == found["a"] == found.stories[0] and found["b"].articles["b"].text.startswith("Lorne")
    assert storydiff.compare(found["a"]).articles == found["a"].articles
    assert (repr(found[0]), repr(found)) == ("<Story a: 1 article>", "<Stories: 2 articles, 2 stories>")
    for missing, error in ((2, IndexError), ("c", KeyError)):
        with pytest.raises(error):
            found[missing]


def test_new_articles_join_earlier_stories_whose_ids_stay() -> None:
    articles = corpus()
    first = find_stories([a for a in articles if a.id[-1] in "23"])
    for earlier, given in ((first, [a for a in articles if a.id[-1] in "01"]), (first.story_of, articles),
                           (first.to_arrow(), articles)):  # fmt: skip
        found = find_stories(given, stories=earlier)
        assert groups(found.story_of) == EXPECTED
        assert all(found.story_of[id] == story for id, story in first.story_of.items())


def test_earlier_stories_never_merge_and_their_ids_are_not_given_again() -> None:
    articles = corpus()
    earlier = {"fire-0": "vote-0", "fire-1": "B"}
    found = find_stories(articles, stories=earlier).story_of
    assert (found["fire-0"], found["fire-1"]) == ("vote-0", "B")
    assert {found["fire-2"], found["fire-3"]} <= {"vote-0", "B"}
    assert found["vote-0"] == found["vote-1"] == "vote-1"


def test_a_window_keeps_apart_what_is_far_apart_in_time() -> None:
    text = " ".join(article.text for article in corpus()[:4])
    early, late = (Article(id, text, published=day) for id, day in
                   (("a", "2031-03-01"), ("b", "2031-05-01T08:00:00Z")))  # fmt: skip
    assert len(find_stories([early, late])) == 1
    assert len(find_stories([early, late], window=30)) == 2
    assert len(find_stories([early, late], window=30, scorer="cosine")) == 2
    assert len(find_stories([early, Article("b", late.text)], window=30)) == 1


@pytest.mark.parametrize("texts", [[], ["One text."], ["", ""], ["One text.", "Another matter entirely."]])
def test_small_and_empty_corpora_have_stories_too(texts) -> None:
    found = find_stories(texts)
    assert len(found.story_of) == len(texts)
    assert len(found) == len(texts)
    assert all(similarity is None for similarity in found.similarity_of.values())


def test_many_copies_are_one_story() -> None:
    assert len(find_stories([EVENTS["cup"]] * 60)) == 1


def test_articles_come_as_tables_with_columns_of_other_names() -> None:
    articles = corpus()
    table = pa.table(
        {
            "id": list(range(len(articles))),
            "text": pa.array([a.text for a in articles], pa.large_string()),
            "day": pa.array([date.fromisoformat(a.published or "") for a in articles]),
        }
    )
    found = find_stories(table, published="day")
    assert {len(story.articles) for story in found.stories} == {4}
    assert found.articles[0].published == "2031-03-01"
    assert found.to_arrow().schema.equals(storydiff.schema("stories"))


def test_what_is_no_article_is_set_aside_or_raises() -> None:
    rows = [*({"id": a.id, "text": a.text} for a in corpus()), {"id": "null", "text": None},
            {"id": "bytes", "text": b"x"}, {"id": "fire-0", "text": "again"},
            {"id": "lone", "text": "\ud800 lone"}]  # fmt: skip
    found = find_stories(rows, errors="collect")
    assert [failure.id for failure in found.failures] == ["null", "bytes", "fire-0"]
    assert "occurs more than once" in found.failures[2].error
    assert groups(found.story_of) == {*EXPECTED, frozenset({"lone"})}
    with pytest.raises(TypeError, match="row 17 of articles: text must be a str, got nothing"):
        find_stories(rows)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"scorer": "bm25"}, "scorer must be"),
        ({"window": -1}, "window must be"),
        ({"decay": 0}, "decay must be"),
        ({"min_similarity": 0}, "min_similarity must be"),
        ({"min_similarity": float("nan")}, "min_similarity must be"),
        ({"n_neighbours": 0}, "n_neighbours must be"),
        ({"max_terms": 0}, "max_terms must be"),
        ({"errors": "ignore"}, "errors must be"),
    ],
)
def test_errors_name_the_parameter(options, told) -> None:
    with pytest.raises(ValueError, match=told):
        find_stories(["One text."], **options)
    with pytest.raises(TypeError, match="stories must be a Stories"):
        find_stories(["One text."], stories=7)


@pytest.mark.parametrize("kind", [np.asarray, sp.csr_array])
def test_top_n_similar_with_times_discounts_and_cuts(kind) -> None:
    random_ = np.random.default_rng(4)
    rows = random_.random((80, 30)) * (random_.random((80, 30)) < 0.4)
    times = random_.integers(0, 60, 80).astype(float)
    times[:5] = np.nan
    cut = np.where(np.argsort(np.argsort(-rows, axis=1), axis=1) < 4, rows, 0)
    lengths = np.linalg.norm(cut, axis=1)
    gaps = np.abs(times[:, None] - times[None])
    known = np.nan_to_num(gaps)
    expected = cut @ cut.T / np.outer(lengths, lengths) * np.exp(-known / 20) * (known <= 15)
    found = top_n_similar(
        kind(rows), kind(rows), 80, 0.05, max_terms=4, times=(times, times), window=15, decay=20
    ).toarray()
    np.testing.assert_allclose(found, np.where(expected >= 0.05, expected, 0), atol=1e-6)
    with pytest.raises(ValueError, match="window and decay need times"):
        top_n_similar(kind(rows), kind(rows), 3, window=3)
    with pytest.raises(ValueError, match="times of a: expected 80, got 2"):
        top_n_similar(kind(rows), kind(rows), 3, times=([1, 2], times))
