"""`storydiff.batches`: record batches in, record batches out, the same rows however a corpus is cut."""

import pyarrow as pa
import pytest

import storydiff
from storydiff import batches
from storydiff.write.tables import results_schema

TEXTS = {
    "a": "A ship struck the Lantern Bridge in Port Ansel on Monday and closed it. \U0001f309 Two sailors were hurt.",
    "b": "The Lantern Bridge in Port Ansel is closed: on Monday a ship struck it. Two sailors were hurt.",
    "c": "Lorne United won the cup with a goal in the last minute. 41,000 saw it.",
    "d": "The cup went to Lorne United: a goal in the last minute, and 41,000 saw it.",
}
TABLE = pa.table(
    {"id": [*TEXTS, "null"], "text": [*TEXTS.values(), None], "story": ["bridge", "bridge", "cup", "cup", "cup"]}
)


def whole(found):
    return pa.Table.from_batches(found)


@pytest.mark.parametrize("rows", [1, 2, 9])
def test_rows_do_not_depend_on_how_the_corpus_is_cut(rows) -> None:
    parts = TABLE.to_batches(max_chunksize=rows)
    assert whole(batches.split(parts)).equals(whole(batches.split(TABLE.to_batches())))
    assert whole(batches.encode(parts)).equals(whole(batches.encode(TABLE.to_batches())))
    weights = batches.weights(batches.document_frequencies(parts))
    expected = batches.weights(batches.document_frequencies(TABLE.to_batches()))
    for step in (batches.terms, batches.neighbours):
        assert whole(step(parts, weights)).equals(whole(step(TABLE.to_batches(), expected)))
    assert whole(batches.compare(parts)).equals(whole(batches.compare(TABLE.to_batches())))


def test_neighbours_are_those_of_find_stories() -> None:
    weights = batches.weights(batches.document_frequencies(TABLE.to_batches()))
    found = whole(batches.neighbours(TABLE.to_batches(), weights)).to_pylist()
    likely = [(row["left"], row["right"]) for row in found if row["similarity"] > 0.3]
    assert likely == [("a", "b"), ("c", "d")]
    assert storydiff.find_stories(TEXTS).similarity_of["a"] == found[0]["similarity"]
    first = whole(batches.terms(TABLE.to_batches(), weights, max_terms=2)).to_pylist()[0]
    assert len(first["terms"]) == 2 and first["weights"][0] >= first["weights"][1] > 0


def test_compare_gives_a_row_a_story_of_a_known_schema() -> None:
    found = whole(batches.compare(TABLE.to_batches(), tables=("mentions",)))
    assert found.schema.equals(results_schema(("mentions",)))
    assert found.to_pylist()[1]["set_aside"] == [{"id": "null", "error": "text must be a str, got nothing"}]
    plain = storydiff.compare_stories(TABLE, errors="collect", n_jobs=1, tables=("mentions",))
    assert found.equals(plain.to_arrow())


def test_sentences_slice_back() -> None:
    for row in whole(batches.split(TABLE.to_batches())).to_pylist():
        assert TEXTS[row["article"]][row["start"] : row["end"]] == row["text"]
