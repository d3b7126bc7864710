"""`compare_stories`: each story of a corpus compared, errors as data."""

import pickle
import signal
from pathlib import Path

import pyarrow as pa
import pytest

import storydiff
from storydiff import Article, compare_stories
from storydiff.corpus import workers

ROWS = [
    {"id": "a", "story": "bridge", "text": "The Lantern Bridge closed on Monday. Two ships had struck it."},
    {"id": "b", "story": "bridge", "text": "On Monday the Lantern Bridge closed. Nobody knows when it opens again."},
    {"id": "c", "story": "cup", "text": "Lorne United won the cup. Coach Pia Sund cried."},
    {"id": "d", "story": "cup", "text": "The cup went to Lorne United. A crowd of 41,000 saw it."},
    {"id": "e", "story": "alone", "text": "The water bill passed by 61 votes to 54."},
]
BAD = [
    {"id": "null", "story": "cup", "text": None},
    {"id": "bytes", "story": "cup", "text": b"x"},
    {"id": "a", "story": "cup", "text": "An id that came before."},
    {"id": "nowhere", "story": None, "text": "A text of no story."},
]


@pytest.fixture(scope="module")
def by_hand() -> dict[str, storydiff.Comparison]:
    stories = {row["story"]: {r["id"]: r["text"] for r in ROWS if r["story"] == row["story"]} for row in ROWS}
    return {story: storydiff.compare(texts) for story, texts in stories.items()}


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_results_are_those_of_a_plain_loop_in_order_of_story(n_jobs, by_hand) -> None:
    results = compare_stories([*ROWS[4:], *ROWS[2:4], *ROWS[:2]], n_jobs=n_jobs)
    assert [result.story for result in results] == ["alone", "bridge", "cup"]
    assert [result.n_articles for result in results] == [1, 2, 2]
    for result in results:
        assert result.error is None and result.comparison is not None
        assert result.comparison.rethreshold(0.5).to_json() == by_hand[result.story].to_json()
    assert results.failures == []


def test_bad_articles_and_stories_are_set_aside_and_the_rest_goes_on() -> None:
    results = compare_stories([*BAD[:2], *ROWS, *BAD[2:]], errors="collect", max_articles=1, n_jobs=1)
    assert [(f.id, f.story) for f in results.failures] == [
        ("null", "cup"), ("bytes", "cup"), ("a", "cup"), ("nowhere", None)
    ]  # fmt: skip
    assert [result.error for result in results] == [None, *["2 articles are more than max_articles=1"] * 2]
    assert results[1].comparison is None
    table = results.to_arrow("errors")
    assert table["story"].to_pylist() == ["bridge", "cup", "cup", "cup", "cup", None]
    assert table["id"].to_pylist() == [None, None, "null", "bytes", "a", "nowhere"]
    assert len(results[1].to_arrow("mentions")) == 0
    for row in BAD:
        with pytest.raises((TypeError, ValueError)):
            compare_stories([*ROWS, row], n_jobs=1)
    with pytest.raises(RuntimeError, match="story 'bridge': 2 articles"):
        compare_stories(ROWS, max_articles=1, n_jobs=1)


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_a_story_that_takes_too_long_fails_alone(n_jobs) -> None:
    results = compare_stories(ROWS, errors="collect", max_seconds=0, n_jobs=n_jobs)
    assert {result.error for result in results} == {"TooSlowError: it took longer than max_seconds=0"}


def test_tables_are_those_of_the_comparisons_with_the_story_in_front(by_hand) -> None:
    whole = compare_stories(ROWS, n_jobs=1)
    kept = compare_stories(ROWS, n_jobs=1, tables=("mentions", "links"))
    for table in ("mentions", "links"):
        found = kept.to_arrow(table)
        assert found.schema.equals(storydiff.schema(table, story=True), check_metadata=True)
        assert found.equals(whole.to_arrow(table))
        for story, comparison in by_hand.items():
            part = found.filter(pa.compute.equal(found["story"], story)).drop_columns("story")
            assert part.to_pylist() == comparison.to_arrow(table).to_pylist()
    assert kept[0].comparison is None
    with pytest.raises(ValueError, match="table 'unique' was not among"):
        kept.to_arrow("unique")
    with pytest.raises(ValueError, match="unknown table 'verbs'"):
        compare_stories(ROWS, tables=("verbs",))


def test_without_a_name_a_story_is_one_row_with_its_tables_nested() -> None:
    results = compare_stories([*ROWS, *ROWS[:0]], n_jobs=1, tables=("unique", "statements"))
    rows = results.to_arrow()
    assert rows.column_names == ["story", "n_articles", "error", "set_aside", "unique", "statements"]
    nested = rows.to_pylist()[1]["statements"]
    flat = results.to_arrow("statements").filter(pa.compute.equal(results.to_arrow("statements")["story"], "bridge"))
    assert nested == flat.drop_columns("story").to_pylist()
    assert compare_stories([], tables=("unique",)).to_arrow("unique").column_names[:2] == ["story", "article"]
    failed = compare_stories(ROWS, errors="collect", max_articles=1, n_jobs=1).to_arrow().to_pylist()[1]
    assert failed["error"] and failed["mentions"] is None


def test_stories_come_from_find_stories_a_dict_or_a_column(sample) -> None:
    articles = [*sample, Article("other", "The water bill passed by 61 votes to 54.")]
    found = storydiff.find_stories(articles)
    for story in (found, found.story_of, found.to_arrow()):
        results = compare_stories(articles, story=story, n_jobs=1, min_articles=2, tables=(), encoder="static")
        assert [result.n_articles for result in results] == [5]
    renamed = [{**row, "event": row["story"], "story": 1} for row in ROWS]
    assert len(compare_stories(renamed, story="event", n_jobs=1, tables=())) == 3
    given = {"story": {"other": "x"}, "errors": "collect", "n_jobs": 1, "tables": (), "encoder": "static"}
    partial = compare_stories(articles, **given)
    assert (len(partial), len(partial.failures)) == (1, 5)


def test_progress_and_numbers_are_checked() -> None:
    seen: list[tuple[str, int, int]] = []
    compare_stories(ROWS, n_jobs=1, tables=(), progress=lambda *step: seen.append(step))
    assert seen == [("comparing", number, 3) for number in (1, 2, 3)]
    for options in ({"n_jobs": 0}, {"max_articles": 0}, {"min_articles": 0}):
        with pytest.raises(ValueError, match=next(iter(options))):
            compare_stories(ROWS, **options)


def test_a_killed_worker_loses_its_task_alone() -> None:
    tasks = ["1 + 1", "print('noise') or 2", f"__import__('os').kill(__import__('os').getpid(), {signal.SIGKILL})", "4"]
    outcomes = list(workers.run(eval, tasks, 2))
    assert [*outcomes[:2], outcomes[3]] == [2, 2, 4]
    assert isinstance(outcomes[2], workers.WorkerDiedError)
    with pytest.raises(ZeroDivisionError):
        list(workers.run(eval, ["1 / 0"], 2))


@pytest.mark.parametrize("name", ["minilm", "static"])
def test_encoders_pickle(name) -> None:
    encoder = storydiff.Encoder(name)
    again = pickle.loads(pickle.dumps(encoder))
    assert (again.name, again.encode(["The bridge."]).tolist()) == (
        encoder.name,
        encoder.encode(["The bridge."]).tolist(),
    )


def test_nothing_heavy_is_imported(tmp_path: Path) -> None:
    import subprocess
    import sys

    program = "import storydiff, sys; print([n for n in ('pyarrow', 'pandas', 'pyspark', 'scipy') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
