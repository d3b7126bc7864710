"""Where articles contradict each other, over whole stories."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import storydiff

DATA = Path(__file__).parent / "data/lantern_bridge/gold.json"
INVENTED = sorted((Path(__file__).parent / "benchmarks/reader/invented").glob("*.json"))[::38]

Place = tuple[str, int, int]


def overlaps(a: Place, b: Place) -> bool:
    """Whether at least half of the shorter place lies in the other."""
    common = min(a[2], b[2]) - max(a[1], b[1])
    return a[0] == b[0] and common * 2 >= min(a[2] - a[1], b[2] - b[1])


def stories() -> Iterator[dict[str, str]]:
    yield {article.id: article.text for article in storydiff.sample_articles()}
    for path in INVENTED:
        story = json.loads(path.read_text(encoding="utf-8"))
        yield {letter: texts[0] + "\n\n" + " ".join(texts[1:]) for letter, texts in story["articles"].items()}


STORIES = list(stories())


def test_the_conflicts_of_the_sample_are_told(compared: storydiff.Comparison) -> None:
    gold = json.loads(DATA.read_text(encoding="utf-8"))["conflicts"]
    wanted = [[(side["article"], side["start"], side["end"]) for side in (one["a"], one["b"])] for one in gold]
    told = [[(side.article.id, side.start, side.end) for side in (one.left, one.right)] for one in compared.conflicts()]

    def same(a: list[Place], b: list[Place]) -> bool:
        return any(overlaps(a[0], x) and overlaps(a[1], y) for x, y in (b, b[::-1]))

    assert [one for one in told if not any(same(one, other) for other in wanted)] == []
    assert sum(any(same(one, other) for other in told) for one in wanted) >= FOUND


# Of 13: the rest are said in words that no rule sees through.
FOUND = 4


@pytest.mark.parametrize("texts", STORIES)
def test_names_and_order_of_the_articles_change_no_conflict(texts: dict[str, str]) -> None:
    def told(names: dict[str, str]) -> set[tuple[object, ...]]:
        cmp = storydiff.compare({names[id]: text for id, text in texts.items()}, encoder="static")
        return {
            (one.kind, one.what, round(one.probability, 3), *sorted(side.text for side in (one.left, one.right)))
            for one in cmp.conflicts()
        }

    turned = {id: f"{100 - at}" for at, id in enumerate(texts)}
    assert told({id: id for id in texts}) == told(turned)


@pytest.mark.parametrize("texts", STORIES)
def test_every_sentence_is_shared_unique_or_disputed(texts: dict[str, str]) -> None:
    cmp = storydiff.compare(texts, encoder="static")
    told = [(one.article.id, one.start, one.end) for statement in cmp.shared() for one in statement.mentions]
    told += [(one.article.id, one.start, one.end) for one in cmp.unique()]
    told += [
        (one.article.id, one.start, one.end)
        for dispute in cmp.disputes()
        for value in dispute.values
        for one in value.mentions
    ]
    for sentence in cmp.sentences:
        if sentence.kind == "body" and len(sentence.text.split()) >= 5:
            place = sentence.article.id, sentence.start, sentence.end
            assert any(overlaps(place, other) for other in told), sentence.text


def test_a_dispute_has_a_name_and_whole_values() -> None:
    left = "The brewery in Olden caught fire on Monday. The alarm was raised at 3 p.m."
    left += " The brewer, Ida Lund, 57, was hurt."
    right = "A fire broke out at the brewery in Olden on Monday. The alarm was raised at 5.30 p.m."
    right += " Ida Lund, 63, was hurt."
    disputes = storydiff.compare([left, right]).disputes()
    values = {one.what: sorted(value.text for value in one.values) for one in disputes}
    assert values["age of Ida Lund"] == ["57", "63"]
    assert values["time of day: alarm"] == ["3 p.m.", "5.30 p.m."]


def test_names_are_spelt_one_way_over_the_whole_story() -> None:
    left = "The brewery on Harbinger Lane in Olden caught fire on Monday. Spokeswoman Marit Lunde asked for patience."
    right = (
        "A fire broke out at the brewery in Olden on Monday. Marit Lunda said nobody was hurt. Harbinjer Lane is shut."
    )
    disputes = storydiff.compare([left, right]).disputes()
    values = {one.what: sorted(value.text for value in one.values) for one in disputes if one.kind == "name"}
    assert values["spelling of a name"] == ["Marit Lunda", "Marit Lunde"]
    assert values["spelling of a street"] == ["Harbinger Lane", "Harbinjer Lane"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Trains to the coast were not running.", "Trains to the capital were running."),
        ("The mill made a profit of $9 million last year.", "It expects a profit of $14 million next year."),
        ("Prosecutors charged a 25-year-old man over the blast.", "The blast killed a 24-year-old man."),
        ("The blast in the mill hurt 19 workers.", "Fifteen workers had injuries to the legs after the blast."),
        ("As of Sunday, most guests had left the hotel.", "By Monday, most guests had left the hotel."),
        ("The driver has not been arrested.", "The driver has since been arrested."),
        ("People fell ill between two days and three weeks later.", "One man fell ill ten days later."),
    ],
)
def test_what_is_told_of_another_is_no_conflict(left: str, right: str) -> None:
    story = ["The strike in Olden began on Monday.", "Shops in Olden were closed.", "The mayor asked for patience."]
    texts = [" ".join([story[0], left, *story[1:]]), " ".join([*story[:2], right, story[2]])]
    assert storydiff.compare(texts).conflicts() == []
