"""The text view: it ends, and keeps to its width, whatever the width and the words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import storydiff
from storydiff.views.plain import columns, render, shorten, wrap

WORDS = st.text("ab 橋e\u0301\u200d\U0001f600", max_size=60)


@given(WORDS, st.integers(-50, 90))
def test_text_is_wrapped_and_shortened_at_any_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    # A wide character takes two columns, and is all that may stand out of a line of one.
    assert all(columns(line) <= max(width, 2) for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert columns(shorten(text, width)) <= max(width, 1)


@pytest.fixture(scope="module")
def disputed() -> dict[str, object]:
    """Two articles of one sentence each, which a test may let disagree on any part of it."""
    said = "the leader of the council, Joan Ardley of Halverton, will not speak of the broken harbour clock " * 3
    return storydiff.compare(
        [f"On Monday {said.strip()}.", f"Her office said {said.strip()}."], encoder="static"
    ).to_dict()


@given(st.integers(-5, 200), st.tuples(st.integers(1, 280), st.integers(1, 280)))
def test_disputes_are_told_at_any_width(disputed: dict[str, object], width: int, sizes: tuple[int, int]) -> None:
    values = [
        {
            "text": "",
            "articles": [str(at + 1)],
            "mentions": [{"sentence": at, "start": 0, "end": n, "probability": 0.9}],
        }
        for at, n in enumerate(sizes)
    ]
    told = {**disputed, "disputes": [{"kind": "role", "what": "who did it to whom", "values": values}]}
    lines = render(storydiff.Comparison.from_json(json.dumps(told)), width=width).splitlines()
    differing = lines[lines.index("WHERE THEY DIFFER") :]
    assert all(columns(line) <= max(width, 24) for line in differing[: differing.index("")])
    told_by = " ".join(" ".join(differing).split())
    assert [told_by.count(f": {id}") for id in (1, 2)] == [1, 1]
