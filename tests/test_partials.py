"""What articles share in part: sentences side by side, of which no statement tells."""

import csv
import io
import json
from itertools import combinations

import jsonschema
import pytest
from click.testing import CliRunner

import storydiff
import storydiff.views.plain
from storydiff import Comparison
from storydiff.cli.program import main


@pytest.fixture(scope="module", params=[None, "dam"])
def told(request, remembered) -> Comparison:
    return remembered(storydiff.sample_articles(*filter(None, [request.param])))


def test_they_are_told_in_full_by_no_statement_and_contradict_nothing(told: Comparison) -> None:
    partials = told.partials()
    assert partials
    together = [{(m.article.id, m.sentence.index) for m in each.mentions} for each in told.shared(in_full=True)]
    of_statements = [{(m.article.id, m.sentence.index) for m in each.mentions} for each in told.shared()]
    apart = {frozenset((c.left, c.right)) for c in told.conflicts()}
    links = {frozenset((k.left, k.right)): k.probability for k in told.links()}
    for partial in partials:
        assert len({article.id for article in partial.articles}) == partial.n_articles >= 2
        pairs = [frozenset(pair) for pair in combinations(partial.sentences, 2)]
        assert not apart & set(pairs)
        assert all(sentence.kind == "body" for sentence in partial.sentences)
        places = [(sentence.article.id, sentence.index) for sentence in partial.sentences]
        # Of each at least one pair is told in full by no statement.
        assert any(not any({a, b} <= each for each in together) for a, b in combinations(places, 2))
        if not any(set(places) <= each for each in of_statements):
            assert min(links[pair] for pair in pairs) == pytest.approx(partial.probability)
            assert max(links[pair] for pair in pairs) >= 0.85


def test_what_is_shared_in_full_is_said_by_each_of_its_articles(told: Comparison) -> None:
    whole = {statement.id: statement for statement in told.statements}
    in_full = told.shared(in_full=True)
    assert len(in_full) < len(told.shared())
    for statement in in_full:
        wide = whole[statement.id]
        assert statement.text == wide.text and set(statement.mentions) <= set(wide.mentions)
        assert 2 <= statement.n_origins <= statement.n_articles or statement.n_origins == 1
        sure = {mention.article.id for mention in wide.mentions if mention.entails >= 0.6}
        if len(sure) > 1 or wide.n_articles < 4:
            assert {article.id for article in statement.articles} == sure
            assert {article.id for article in wide.articles} - sure <= {article.id for article in statement.perhaps}
        else:
            assert statement == wide
    assert [s.id for s in told.shared(3, in_full=True)] == [s.id for s in in_full if s.n_articles > 2]


def test_every_mark_stands_on_words_of_its_sentence(told: Comparison) -> None:
    for partial in told.partials():
        for sentence, spans, pieces, marked in zip(
            partial.sentences, partial.spans, partial.pieces(), partial.marked("{", "}"), strict=True
        ):
            assert "".join(text for text, _ in pieces) == sentence.text == marked.replace("{", "").replace("}", "")
            assert [text for text, said in pieces if said] == [sentence.article.text[a:b] for a, b in spans]
            assert all(sentence.start <= a < b <= sentence.end for a, b in spans)
            assert all(text == text.strip() for text, said in pieces if said)


def found(comparison: Comparison) -> list[object]:
    return [
        (sorted(zip([a.id for a in each.articles], each.marked(), strict=True)), round(each.probability, 4))
        for each in comparison.partials()
    ]


def test_they_are_the_same_after_json(told: Comparison) -> None:
    text = told.to_json()
    jsonschema.validate(json.loads(text), Comparison.json_schema())
    assert found(Comparison.from_json(text)) == found(told)


def test_they_are_the_same_whatever_the_order(remembered) -> None:
    story = storydiff.sample_articles()
    turned = storydiff.compare(story[::-1], encoder="static")
    assert turned.partials() and found(turned) == found(remembered(story, encoder="static"))


def test_they_are_in_what_a_person_reads(told: Comparison) -> None:
    first = told.partials()[0]
    assert "## Shared in part" in told.to_markdown()
    assert "SHARED IN PART" in storydiff.views.plain.render(told)
    assert 'class="part"' in told.to_html()
    for html in (first._repr_html_(), told.partials()._repr_html_()):
        assert first.pieces()[0][0][0].strip()[:12] in html
    table = told.to_pandas("partials")
    assert len(table) == sum(partial.n_articles for partial in told.partials())
    assert set(table["partial"]) == set(range(len(told.partials())))


def test_the_command_cuts_the_list_by_entries(tmp_path) -> None:
    for article in storydiff.sample_articles():
        (tmp_path / f"{article.id}.txt").write_text(article.text, encoding="utf-8")

    def run(*options: str) -> str:
        result = CliRunner().invoke(main, ["partials", "--encoder", "static", str(tmp_path), *options])
        assert result.exit_code == 0, result.output
        return result.stdout

    rows = [json.loads(line) for line in run("-f", "json").splitlines()]
    n = 1 + max(row["partial"] for row in rows)
    assert f"… and {n - 1} more; --all prints them" in run("-n", "1")
    first = [row for row in rows if row["partial"] == 0]
    assert [json.loads(line) for line in run("-f", "json", "-n", "1").splitlines()] == first
    header, *lines = csv.reader(io.StringIO(run("-f", "csv", "-n", "1")))
    assert header == list(rows[0])
    assert len(lines) == len(first)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nobody was hurt when the Ada ran aground off Holm.", "Several were hurt when the Ada ran aground off Holm."),
        ("The ferry Ada may leave Holm on Monday.", "The ferry Ada left Holm on Monday."),
        ("Ina Lund sued Ruth Dahl over the quay in Holm.", "Ruth Dahl sued Ina Lund over the quay in Holm."),
        ("Four sailors of the Ada drowned off Holm.", "Seven sailors of the Ada drowned off Holm."),
    ],
)  # fmt: skip
def test_near_misses_are_not_shared_in_part(one: str, other: str) -> None:
    beside = " The harbour of Holm was built in 1902. {} Fog lay over the coast that night."
    told = storydiff.compare({"a": one + beside.format("Ferries ran late."), "b": other + beside.format("Snow fell.")})
    near = {one, other}
    assert not [partial for partial in told.partials() if near <= {sentence.text for sentence in partial.sentences}]
