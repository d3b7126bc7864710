"""What `from_json` reads is checked: each value by the schema, each name and offset by what it leads to."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import examples

import storydiff
from storydiff import Comparison

COMMON = (
    "“We heard it from the school,” Ida Brandt said. The harbour office keeps the old pier closed until divers "
    "have looked at all of its forty wooden posts."
)
TEXTS = {
    "wire": "A ferry struck the pier on Monday. Two people were hurt. " + COMMON,
    "blog": "On Monday a ferry struck the pier. Nine people were hurt. " + COMMON,
}
Place = tuple[str | int, ...]


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    data = storydiff.compare(TEXTS).to_dict(min_probability=0.0)
    assert all(data[part] for part in ("links", "conflicts", "disputes", "statements", "passages", "copies", "quotes"))
    return data


def changed(data: dict[str, Any], place: Place, value: Any) -> str:
    """The data as JSON with another value in a place; with none there where the value is `...`."""
    data = copy.deepcopy(data)
    holder: Any = data
    for key in place[:-1]:
        holder = holder[key]
    if value is ...:
        del holder[place[-1]]
    else:
        holder[place[-1]] = value
    return json.dumps(data)


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    if place:
        yield place
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(each, (*place, key))


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (("articles", 0, "text"), "Quite another text.", r"sentences\[0\]: 0 to 34 is no span of article 'wire'"),
        (("articles", 0, "text"), "x" * 500, r"\[0\]\.mentions\[\d\]\.text is not what stands in article"),
        (("articles", 0, "id"), ..., r"articles\[0\] has no 'id'"),
        (("articles", 1, "id"), "wire", r"articles\[1\]\.id: 'wire' is the id of an earlier article too"),
        (("articles", 0, "title"), 7, r"articles\[0\]\.title must be a text or null, got 7"),
        (("min_probability",), float("nan"), "min_probability must be a number from 0 to 1, got NaN"),
        (("reader",), "slow", 'reader must be one of "fast", "standard", "thorough", got "slow"'),
        (("statements", 0, "text"), ..., r"statements\[0\] has no 'text'"),
        (("statements", 0, "probability"), 7, r"statements\[0\]\.probability must be a number from 0 to 1, got 7"),
        (("statements", 0, "articles"), ["wire", "radio"], r"statements\[0\]\.articles must name '\w+', '\w+', each"),
        (("statements", 0, "mentions", 0, "sentence"), 99, r"mentions\[0\]\.sentence: there is no sentence 99 among 8"),
        (("statements", 0, "mentions"), [], r"statements\[0\]\.mentions must be a list of at least 1, got \[\]"),
        (("unique",), [{}], r"unique\[0\] has no 'article'"),
        (("links", 0, "left"), "x", r'links\[0\]\.left must be a whole number of at least 0, got "x"'),
        (("links", 0, "left"), True, r"links\[0\]\.left must be a whole number of at least 0, got true"),
        (("links", 0, "spans", 0), [[0, 1]], r"links\[0\]\.spans\[0\] must be a list of 2, got"),
        (("conflicts", 0, "left_span"), [0, 900], r"conflicts\[0\]\.left_span: 0 to 900 is no span of its sentence"),
        (("disputes", 0, "values", 0, "mentions", 0, "end"), 900, r"values\[0\]\.mentions\[0\]: \d+ to 900 is no span"),
        (("quotes", 0, "others"), ["radio"], r"quotes\[0\]\.others\[0\]: there is no article 'radio'"),
        (("similarity",), [[1.0]], "similarity must have a row and a column for each of 2 articles"),
        (("terms", "wire"), ..., "terms must name 'wire', 'blog', each once"),
        (("sentences", 1, "index"), 0, r"sentences\[1\]\.index must be 1, got 0"),
    ],
)  # fmt: skip
def test_from_json_names_the_place_that_is_wrong(written: dict[str, Any], place: Place, value: Any, told: str) -> None:
    with pytest.raises(ValueError, match=f"^cannot read the text: no sound storydiff comparison: .*{told}"):
        Comparison.from_json(changed(written, place, value))


@settings(max_examples=examples(400))
@given(st.data())
def test_what_from_json_takes_answers(written: dict[str, Any], data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(list(places(written))))
    value = data.draw(st.sampled_from([..., None, True, -1, 0.5, 7, 1e9, "x", [], {}, [[1, 2]]]))
    refused = ""
    try:
        comparison = Comparison.from_json(changed(written, place, value))
        comparison.to_dict(min_probability=comparison.to_dict()["min_probability"])
        comparison.to_html()
    except ValueError as error:
        refused = str(error)
    refused = refused.removeprefix("cannot read the text: ")
    assert not refused or refused.startswith(("no sound storydiff comparison: ", "no storydiff", "format version "))


def test_what_a_later_version_may_add_is_let_pass(written: dict[str, Any]) -> None:
    more = {**written, "later": {"new": 1}, "statements": [{**one, "later": 1} for one in written["statements"]]}
    assert Comparison.from_json(json.dumps(more)).to_dict() == Comparison.from_json(json.dumps(written)).to_dict()


def test_a_saved_comparison_of_json_is_checked_too(written: dict[str, Any], tmp_path: Any) -> None:
    Comparison.from_json(json.dumps(written)).save(tmp_path / "c")
    assert storydiff.load(tmp_path / "c").to_dict(min_probability=0.0) == written


def test_json_nested_too_deeply_is_an_error() -> None:
    with pytest.raises(storydiff.ReadError, match=r"nested too deeply|breaks off"):
        Comparison.from_json('{"a":' * 100_000)
