"""What a caller hears of how far the work is."""

from itertools import groupby, pairwise

import pytest

import storydiff
from storydiff.progress import Steps, steps

Step = tuple[str, int, int]


def check(told: list[Step]) -> None:
    """Each stage is told once, from its begin to its end, and forwards only."""
    stages = [(stage, [step[1:] for step in group]) for stage, group in groupby(told, key=lambda step: step[0])]
    assert len({stage for stage, _ in stages}) == len(stages)
    for _, counts in stages:
        assert len({total for _, total in counts}) == 1
        assert counts[0][0] == 0 and counts[-1][0] == counts[-1][1]
        assert all(before <= after for (before, _), (after, _) in pairwise(counts))


@pytest.mark.parametrize(
    ("heard", "told"),
    [
        ([("a", 0, 2), ("a", 0, 2), ("a", 2, 2), ("b", 1, 3)], ["a 0/2", "a 2/2", "b 0/3", "b 1/3"]),
        ([("a", 0, 2), ("a", 1, 2), ("b", 0, 1), ("a", 2, 2)], ["a 0/2", "a 1/2", "a 2/2", "b 0/1"]),
        ([("a", 2, 4), ("a", 1, 4), ("a", 3, 4)], ["a 0/4", "a 2/4", "a 3/4"]),
        ([("a", 0, 8), ("a", 1, 2), ("a", 0, 2), ("a", 8, 8)], ["a 0/8", "a 4/8", "a 8/8"]),
        ([("linking", 0, 9), ("encoding", 0, 5), ("linking", 0, 9)], ["encoding 0/5", "encoding 5/5", "linking 0/9"]),
        ([("linking", 0, 9), ("linking", 4, 9), ("b", 0, 1)], ["linking 0/9", "linking 4/9", "linking 9/9", "b 0/1"]),
        ([("linking", 0, 0), ("b", 0, 2)], ["linking 0/0", "b 0/2"]),
    ],
)
def test_only_news_is_passed_on(heard: list[Step], told: list[str]) -> None:
    found: list[str] = []
    hear = Steps(lambda stage, done, total: found.append(f"{stage} {done}/{total}"))
    for step in heard:
        hear(*step)
    assert found == told


def test_silence_is_broken_so_that_work_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    found: list[Step] = []
    hear = Steps(lambda *step: found.append(step))
    for _ in range(7):
        hear("grouping", 0, 2)
        clock[0] += 0.2
    assert found == [("grouping", 0, 2)] * 3


def test_nobody_is_told_where_nobody_listens() -> None:
    assert steps(None) is None


@pytest.mark.parametrize("options", [{}, {"encoder": "static"}, {"reranker": lambda left, _: [0.5] * len(left)}])
def test_a_plain_bar_is_right(options: dict[str, object], brief: list[storydiff.Article]) -> None:
    told: list[Step] = []
    *rest, last = brief[:3]
    cmp = storydiff.compare(rest, progress=lambda *step: told.append(step), **options)  # type: ignore[arg-type]
    check(told)
    assert [stage for stage, _ in groupby(step[0] for step in told)][-1] == "grouping"
    told.clear()
    cmp.add(last, progress=lambda *step: told.append(step))
    check(told)


def test_true_shows_a_bar_wherever_progress_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("tqdm")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    rows = [{"text": text, "story": "s"} for text in ("The bridge closed.", "Rain fell on Sarn.")]
    storydiff.compare_stories(rows, n_jobs=1, progress=True)
    assert "comparing" in capsys.readouterr().err
    storydiff.compare([row["text"] for row in rows]).add("Nobody was hurt.", progress=True)
    assert "grouping" in capsys.readouterr().err
