"""What holds of every comparison, whatever the articles."""

from __future__ import annotations

import copy
import pickle
import random
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from folders import reranker_folder, static_folder
from sizes import FULL

import storydiff
from storydiff import Article, Comparison, Encoder, Reranker, compare

WORDS = ["the", "a", "not", "ship", "bridge", "mayor", "closed", "struck", "reopened", "Monday", "Tuesday", "14", "17"]
WORDS += ["$40", "million", "said", "police", "harbour"]


def articles(seed: int, n: int) -> list[Article]:
    pick = random.Random(seed)
    sentences = [" ".join(pick.choices(WORDS, k=pick.randint(1, 14))).capitalize() + "." for _ in range(12)]
    return [Article(f"a{i}", " ".join(pick.choices(sentences, k=pick.randint(0, 9)))) for i in range(n)]


def outcome(cmp: Comparison) -> list[object]:
    return [cmp.sentences, cmp.links(0.0), cmp.statements, cmp.unique(), cmp.similarity.tobytes(), cmp.passages(3)]


def ordered(cmp: Comparison, ids: list[str]) -> list[object]:
    """What `outcome` gives, with all that is listed by article in the order of these ids."""
    at = [[article.id for article in cmp.articles].index(id) for id in ids]
    place = {id: position for position, id in enumerate(ids)}
    statements = [
        (s.id, s.text, sorted(s.mentions, key=lambda m: (place[m.article.id], m.start)), {a.id for a in s.articles})
        for s in cmp.statements
    ]
    return [
        sorted(cmp.sentences, key=lambda s: (place[s.article.id], s.index)),
        cmp.links(0.0), cmp.conflicts(), cmp.unique(), cmp.passages(3), statements,
        cmp.similarity[np.ix_(at, at)].tobytes(), cmp.containment[np.ix_(at, at)].tobytes(),
        cmp.coverage[:, at].tobytes(),
        [cmp.terms(id) for id in ids],
    ]  # fmt: skip


@pytest.fixture(scope="module")
def sample(compared: Comparison) -> Comparison:
    return compared


@pytest.fixture(scope="module")
def static(remembered: Callable[..., Comparison]) -> Comparison:
    """The bundled story read with the small model, where it does not matter what reads it."""
    return remembered(storydiff.sample_articles(), encoder="static")


def lost(cmp: Comparison) -> list[str]:
    """Body sentences of five words or more that stand in no list, nor do their words, said again in the article."""
    listed = {(m.article.id, m.sentence.index) for statement in cmp.shared() for m in statement.mentions}
    for conflict in cmp.conflicts():
        listed |= {(side.article.id, side.index) for side in (conflict.left, conflict.right)}

    def words(text: str) -> str:
        return " ".join(["", *re.findall(r"[^\W_]+", text.lower()), ""])

    spans = [(span.article.id, span.start, span.end, words(span.text)) for span in cmp.unique()]

    def is_listed(s: storydiff.Sentence) -> bool:
        here, said = (s.article.id, s.index) in listed, words(s.text)
        own = [span for span in spans if span[0] == s.article.id]
        return here or any((start < s.end and end > s.start) or text in said for _, start, end, text in own)

    body = [s for s in cmp.sentences if s.kind == "body" and len(storydiff.tokenize(s.text)) >= 5]
    return [s.text for s in body if not is_listed(s)]


def check(cmp: Comparison) -> None:
    for sentence in cmp.sentences:
        assert sentence.text == sentence.text.strip() != ""
    spans: dict[int, list[tuple[int, int]]] = {}
    by_start = {(s.article.id, s.start): i for i, s in enumerate(cmp.sentences)}
    for statement in cmp.statements:
        # What is left out is marked.
        parts = [re.escape(part.strip()) for part in statement.text.split("…")]
        said = re.compile(".*".join(parts), re.DOTALL)
        assert any(said.search(mention.article.text) for mention in statement.mentions)
        assert 1 <= statement.n_origins <= statement.n_articles
        assert 0.0 <= statement.probability <= 1.0
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
        joints = {"and", "but", "or", "after", "as", "because", "since", "when"}
        for token in tokens if sentence.kind != "boilerplate" else []:
            start, end = sentence.start + token.start, sentence.start + token.end
            inside = [a <= start and end <= b for a, b in stated]
            assert any(inside) or token.text.lower() in joints, (sentence.text, token)
    # What several say, then what one says.
    widths = [statement.n_articles for statement in cmp.statements]
    assert [width > 1 for width in widths] == sorted((width > 1 for width in widths), reverse=True)
    assert cmp.coverage.shape == (len(cmp.statements), len(cmp.articles))
    assert cmp.coverage.sum(axis=1).tolist() == widths
    scores = [span.score for span in cmp.unique()]
    assert scores == sorted(scores, reverse=True)
    assert all(span.text.strip() and span.reasons and 0 <= span.probability <= 1 for span in cmp.unique())
    assert lost(cmp) == []
    for matrix in (cmp.similarity, cmp.containment):
        assert matrix.dtype == np.float32
        assert ((matrix >= 0) & (matrix <= 1)).all() and (np.diag(matrix) == 1).all()
    assert (cmp.similarity == cmp.similarity.T).all()


def test_the_sample_holds_together(sample: Comparison) -> None:
    check(sample)


@pytest.mark.parametrize("seed", range(40 if FULL else 25))
def test_a_comparison_holds_together_and_does_not_depend_on_order(seed: int) -> None:
    given = articles(seed, 4)
    encoder = None if seed < 4 or FULL else "static"
    cmp = compare(given, encoder=encoder)
    check(cmp)
    shuffled = random.Random(seed).sample(given, k=4)
    ids = [article.id for article in given]
    assert ordered(compare(shuffled, n_threads=1, encoder=encoder), ids) == ordered(cmp, ids)


def in_given_order(cmp: Comparison, given: list[Article]) -> None:
    """Sorted by id nothing here would be where it is."""
    assert cmp.articles == given
    assert list(dict.fromkeys(sentence.article.id for sentence in cmp.sentences)) == [a.id for a in given]
    for statement, row in zip(cmp.statements, cmp.coverage, strict=True):
        assert statement.articles == [article for article, covers in zip(given, row, strict=True) if covers]
        at = [given.index(mention.article) for mention in statement.mentions]
        assert at == sorted(at)
    assert all(unique.text in unique.article.text for unique in cmp.unique())
    for position, article in enumerate(given):
        assert all(term.lower() in article.text.lower() for term, _ in cmp.terms(article))
        words = set(article.text.split())
        nearest = max(
            (other for other in range(len(given)) if other != position),
            key=lambda other: len(words & set(given[other].text.split())),
        )
        row = cmp.similarity[position].copy()
        row[position] = -1
        assert row.argmax() == nearest


def test_what_is_listed_by_article_is_in_the_order_given() -> None:
    given = [
        Article("z", "Two ships struck the old bridge on Monday. The harbour master closed it at noon."),
        Article("a10", "The council voted for a new library. Its roof will be of copper, the architect said."),
        Article("m", "The old bridge was struck by two ships on Monday. Divers searched the river bed."),
        Article("a2", "A new library was voted for by the council. Readers had waited nine years."),
    ]
    cmp = compare(given)
    in_given_order(cmp, given)
    assert cmp.similarity[0, 2] > 0.2 > cmp.similarity[0, 1]
    in_given_order(cmp.rethreshold(0.4), given)
    in_given_order(pickle.loads(pickle.dumps(cmp)), given)
    in_given_order(Comparison.from_json(cmp.to_json()), given)
    assert cmp.to_dict()["similarity"][0][2] == pytest.approx(cmp.similarity[0, 2])
    assert [row["id"] for row in cmp.to_arrow("articles").to_pylist()] == ["z", "a10", "m", "a2"]
    added = compare(given[:3]).add(given[3])
    in_given_order(added, given)
    assert outcome(added) == outcome(cmp)


def read(work: Callable[..., Comparison]) -> tuple[Comparison, int, int]:
    """A comparison, and how many sentences and pairs of them the transformers read for it."""
    totals = {"encoding": 0, "reading pairs": 0}
    comparison = work(progress=lambda stage, done, total: totals.update({stage: total}))
    return comparison, totals["encoding"], totals["reading pairs"]


def test_what_was_read_is_not_read_again_for_an_added_article(brief: list[Article]) -> None:
    *rest, last = articles = [*brief[2:], brief[0]]
    afresh, _, n_afresh = read(partial(compare, articles))
    before = compare(rest)
    added, n_sentences, n_pairs = read(partial(before.add, last))
    own = {sentence.text for sentence in afresh.sentences if sentence.article == last}
    assert n_sentences <= len(own) and 0 < n_pairs < 0.6 * n_afresh
    assert outcome(added) == outcome(afresh)
    # A file keeps what was read of pairs, but for the few that were read in another wording than their own.
    again, n_sentences, n_again = read(partial(pickle.loads(pickle.dumps(before)).add, last))
    assert n_sentences > len(own) and n_pairs <= n_again < 1.2 * n_pairs
    assert outcome(again) == outcome(afresh)
    assert pickle.dumps(again) == pickle.dumps(added) == pickle.dumps(afresh)


def test_copies_of_an_article_are_read_once(sample: Comparison) -> None:
    articles = sample.articles[:2]
    copies = [Article(f"{article.id} again", article.text) for article in articles]
    _, n_sentences, n_pairs = read(partial(compare, articles))
    cmp, n_of_all, n_pairs_of_all = read(partial(compare, [*articles, *copies]))
    # Each sentence is also read beside its own copy.
    assert n_of_all == n_sentences and n_pairs_of_all < 1.2 * n_pairs + n_sentences
    said = [sorted({article.id.removesuffix(" again") for article in s.articles}) for s in cmp.shared(2)]
    assert all(len(s.articles) == 2 * len(ids) for s, ids in zip(cmp.shared(2), said, strict=True))


@pytest.mark.parametrize("min_probability", [0.0, 0.9, 1.0])
def test_rethreshold_equals_a_fresh_comparison(static: Comparison, min_probability: float) -> None:
    fresh = compare(static.articles, min_probability=min_probability, encoder="static")
    assert outcome(static.rethreshold(min_probability)) == outcome(fresh)


def test_rethreshold_does_so_with_what_reads_by_default(brief: list[Article]) -> None:
    articles = brief[:3]
    assert outcome(compare(articles).rethreshold(0.3)) == outcome(compare(articles, min_probability=0.3))


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


def test_articles_that_say_nothing_are_not_alike() -> None:
    assert compare(["", ""]).similarity[0, 1] == compare(["", "", "The bridge closed."]).similarity[0, 1] == 0.0


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
    assert "only this article names Yury Ushakov" in pier and "the only source for $52 million" in pier
    assert any("quote" in reason for text, why in reasons.items() if "Nobody" in text for reason in why)
    assert not any("council" in text for text in reasons)


def test_a_reason_is_true_of_every_form_of_a_name_or_a_figure() -> None:
    cmp = compare(
        {
            "a": "Volodar Zelenkov flew to Raven Bay, North Carolina.\n\nThe ship has 212 metres and cost $52million.",
            "b": "Mr. Zelenkoff is in Raven Bay, N.C.\n\nNobody measured the 212m ship, which cost $52 million.",
        }
    )
    reasons = [reason for span in cmp.unique() for reason in span.reasons]
    said = " ".join(reason for reason in reasons if "new here:" not in reason)
    assert not any(word in said for word in ("Zelenk", "Carolina", "212", "52"))


def test_unique_spans_are_whole_and_their_reasons_true() -> None:
    teasers = [
        "Quill sisters win the Marlow cup for the third year",
        "Man who robbed a Tarvin bank with a spoon goes free",
        "Five ways to cook an eel, by the chef of Hotel Brandt",
    ]
    story = [
        "The council closed the bridge on Monday.",
        "Danilo Arlen, 3, fell from it. His uncle, Ferris Arlen, saw it.",
        "“It broke like bread. Nobody had looked at it for years,” Arlen said. “We told them again and again.”",
        "The mayor wrote to the county:",
        "The rail was to be mended in spring.",
        "Goalkeeper Nilo Aubrecht lost his 2012 medal in the river.",
        "555-263-0143@TLindqvist",
    ]
    cmp = compare({"a": "\n\n".join(teasers + story), "b": "The council closed the bridge on Monday. It rained."})
    spans = {span.text: span.reasons for span in cmp.unique("a")}
    assert not any(teaser in spans for teaser in teasers) and not any("555" in text for text in spans)
    assert not any(text.endswith(":") for text in spans)
    quotation = next(why for text, why in spans.items() if "bread" in text and "again and again" in text)
    assert quotation == ["the only one to quote Ferris Arlen"]
    assert any("The mayor wrote" in text and "spring" in text for text in spans)
    assert spans[story[5]] == ["only this article names Nilo Aubrecht"]


WIRE = (
    "A freight train left the rails near the village of Lower Marsh on Tuesday night, the rail office said. "
    "“Nobody expected the embankment to give way like this,” said its director, Ina Holt."
)


def test_copies_are_one_origin_and_have_a_direction() -> None:
    cmp = compare(
        [
            storydiff.Article("a", WIRE, published="2030-05-02T08:00:00"),
            storydiff.Article("b", WIRE + " The mayor came at noon.", published="2030-05-02T11:00:00"),
            storydiff.Article("c", "On Tuesday night a goods train derailed close to Lower Marsh."),
        ]
    )
    assert all(statement.n_origins <= 2 for statement in cmp.shared())
    assert next(s for s in cmp.shared() if "Holt" in s.text).n_origins == 1
    (copy,) = cmp.copies()
    assert (copy.left.id, copy.right.id, copy.direction) == ("a", "b", "left to right")
    assert copy.share_left == 1.0 > copy.share_right > 0.7 and copy.n_words > 25


def test_quotes_have_speakers_and_those_who_also_have_them() -> None:
    cut = "“Nobody expected the embankment to give way,” Holt said."
    cmp = compare({"a": WIRE, "b": cut, "c": "“Nobody expected the embankment to give way,” said Bram Oduya."})
    found = [(q.article.id, q.text.split()[-1], q.speaker, [a.id for a in q.others]) for q in cmp.quotes()]
    assert found == [("a", "this,", "Ina Holt", ["b"]), ("b", "way,", "Holt", ["a"]), ("c", "way,", "Bram Oduya", [])]


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
        assert not any(character.isdigit() for term, _ in terms for character in term)
        assert not {"the", "and", "was", "Lantern"} & {term for term, _ in terms}


def test_progress_is_told_and_may_stop_the_work(brief: list[Article]) -> None:
    told: list[tuple[str, int, int]] = []
    compare(brief[:2], progress=lambda *step: told.append(step))
    assert {stage for stage, _, _ in told} >= {"reading", "pairing", "linking", "grouping"}
    assert all(0 <= done <= total for _, done, total in told)

    def stop(*_: object) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        compare(storydiff.sample_articles(), progress=stop)


def test_the_encoder_is_chosen_by_size_language_or_caller(brief: list[Article]) -> None:
    story = brief[:2]
    default = compare(story)
    assert outcome(compare(story, encoder="minilm")) == outcome(default)
    static = compare(story, encoder=Encoder("static"))
    assert outcome(static) != outcome(default)
    assert outcome(compare(story, encoder="static", n_threads=1)) == outcome(static)
    links = compare(story, language="de").links(0.0)
    assert links == compare(story, language="de", encoder="static").links(0.0)
    # One sentence of each article is in the other; a pair of the rest has no word in common.
    large = [Article(str(i), "Ships lay there. " + "".join(f"Aa{i}{j} bb{i}{j}. " for j in range(300))) for i in (1, 2)]
    assert compare(large).links(0.0) == compare(large, encoder="static").links(0.0)
    huge = [Article(str(i), "".join(f"{i} ships {j} lay there. " for j in range(310))) for i in range(10)]
    with pytest.raises(ValueError, match=r'encoder must be "static" for more than 3000.*got "minilm" for 3100 sent'):
        compare(huge, encoder="minilm")


def test_an_encoder_without_a_link_model_is_an_error(tmp_path):
    static_folder(tmp_path)
    with pytest.raises(ValueError, match=r"encoder must be .*`reranker`"):
        compare(["Ships sank."], encoder=Encoder.load(tmp_path))
    with pytest.raises(ValueError, match='encoder must be "mpnet", "minilm", "static" or nothing, got "huge"'):
        compare(["Ships sank."], encoder="huge")
    with pytest.raises(TypeError, match="reranker must be a Reranker or a callable on two lists of str, got str"):
        compare(["Ships sank."], reranker="folder")


def test_a_reranker_looks_at_links_again(static, tmp_path):
    reranker_folder(tmp_path)
    reranker = Reranker.load(tmp_path)
    seen = []
    *rest, last = storydiff.sample_articles()
    options = {"reranker": reranker, "progress": lambda stage, *_: seen.append(stage)}
    changed = compare([*rest, last], encoder="static", **options)
    assert "reranking" in seen
    check(changed)
    before = {(link.left, link.right): link for link in static.links(0.0)}
    pairs, expected = [], []
    for link in changed.links(0.0):
        old = before[link.left, link.right].probability
        # Only what may be a link is explained.
        if min(old, link.probability) >= 0.05:
            assert link.spans == before[link.left, link.right].spans
        elif link.probability < 0.05:
            assert link.spans == []
        if old >= 0.05 and link.probability < 0.98:  # no passage word for word, which no model argues with
            pairs.append(sorted((link.left.text, link.right.text)))
            expected.append((old, link.probability))
    assert len(pairs) > 50
    old, new = np.array(expected).T
    odds = np.log(old / (1 - old)) + np.log(scores := reranker.score(pairs)) - np.log(1 - scores)
    mean = 1 / (1 + np.exp(-odds / 2))
    # The mean of both models, but for pairs that a conflict pulls down after that.
    assert np.isclose(new, mean, atol=1e-3).mean() > 0.8
    added = compare(rest, encoder="static").add(last, reranker=reranker)
    assert outcome(added) == outcome(changed)


def test_nothing_is_encoded_where_no_pair_is_scored():
    stages = []
    alone = compare(storydiff.sample_articles()[:1], progress=lambda stage, *_: stages.append(stage))
    assert alone.links(0.0) == [] and alone.unique()
    assert "linking" in stages and "encoding" not in stages
    long = "".join(f"Ships {j} lay there. " for j in range(3100))
    with pytest.raises(ValueError, match=r'encoder must be "static" for more than 3000'):
        compare([long], encoder="minilm")


def test_a_comparison_holds_its_articles(sample: Comparison) -> None:
    assert len(sample) == 5 and list(sample) == sample.articles
    assert sample["beacon"] == sample.articles[0]
    assert "beacon" in sample and sample.articles[1] in sample and "nobody" not in sample
    with pytest.raises(KeyError, match="no article 'nobody'; expected one of"):
        sample["nobody"]
    assert sample.articles["beacon"] == sample.articles[:1]["beacon"] == sample["beacon"]
    with pytest.raises(KeyError, match="none has the id 'nobody'; expected one of"):
        sample.articles["nobody"]
    for numbered in (sample.statements, sample.sentences):
        with pytest.raises(TypeError, match="indices must be integers or slices, not str"):
            numbered["beacon"]


def test_equal_comparisons_say_the_same() -> None:
    texts = {"z": "The bridge closed on Monday.", "a": "On Monday the bridge was closed."}
    one, two = compare(texts), compare(texts)
    assert one == two and hash(one) == hash(two) and one != "another thing"
    assert one == Comparison.from_json(one.to_json())
    assert one != compare(texts, min_probability=0.9) and one != compare({**texts, "b": "No."})


def test_what_is_listed_cannot_be_changed_from_outside(sample: Comparison) -> None:
    before = sample.to_dict()
    for matrix in (sample.similarity, sample.containment, sample.coverage):
        with pytest.raises(ValueError, match="read-only"):
            matrix[0, 1] = 1
    for listed in (sample.articles, sample.sentences, sample.statements, sample.links(), sample.unique()):
        listed.reverse()
        listed.clear()
    assert sample.to_dict() == before


def test_records_can_be_members_of_sets(sample: Comparison) -> None:
    for records in (
        sample.articles, sample.sentences, sample.links(), sample.conflicts(), sample.passages(), sample.statements,
        sample.statements[0].mentions, sample.unique(), sample.links()[0].reasons,
    ):  # fmt: skip
        assert len(set(records)) == len(records) > 0


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ("A third text.", ["3"]),
        (Article("x", "A third text."), ["x"]),
        ({"text": "A third text."}, ["3"]),
        ({"id": "x", "text": "A third text."}, ["x"]),
        ({"x": "A third text.", "y": "A fourth."}, ["x", "y"]),
        (["A third text.", "A fourth."], ["3", "4"]),
        ([Article("x", "A third text."), "A fourth."], ["x", "4"]),
    ],
)
def test_articles_are_added_as_compare_takes_them(given: object, ids: list[str]) -> None:
    cmp = compare(["The bridge closed on Monday.", "On Monday the bridge was closed."], encoder="static")
    added = cmp.add(given)
    assert [article.id for article in added] == ["1", "2", *ids]
    assert added == compare(added.articles, encoder="static")


def test_an_added_text_gets_a_number_that_is_free() -> None:
    cmp = compare({"3": "The bridge closed on Monday.", "1": "On Monday the bridge was closed."})
    assert [article.id for article in cmp.add("A third text.")] == ["3", "1", "4"]
    with pytest.raises(TypeError, match=r"got the name of a file, 'a.txt'; read it"):
        cmp.add("a.txt")


def test_a_comparison_read_from_json_can_do_what_others_can(tmp_path) -> None:
    texts = {"z": "The bridge closed on Monday.", "a": "On Monday the bridge was closed."}
    cmp = compare(texts, encoder="static", min_probability=0.4)
    again = Comparison.from_json(cmp.to_json())
    assert copy.copy(again) == copy.deepcopy(again) == pickle.loads(pickle.dumps(again)) == cmp
    again.save(tmp_path / "c")
    assert storydiff.load(tmp_path / "c") == cmp
    assert again.add({"b": "A third text."}) == cmp.add({"b": "A third text."})
    with pytest.raises(ValueError, match="compare its articles again"):
        again.rethreshold(0.9)


def test_dir_lists_the_public_names() -> None:
    assert dir(storydiff) == sorted(storydiff.__all__)


def test_records_are_short_in_a_console_and_show_themselves_in_a_notebook(static: Comparison) -> None:
    comparison = static
    lists = (comparison.articles, comparison.sentences, comparison.statements, comparison.statements[0].mentions)
    methods = ("links", "conflicts", "disputes", "partials", "passages", "copies", "quotes", "unique")
    for records in (*lists, *(getattr(comparison, name)() for name in methods)):
        assert records
        assert max(len(repr(record)) for record in records) < 500
        assert "storydiff" in records._repr_html_()
        assert "storydiff" in records[0]._repr_html_()
    assert repr(comparison.sentences[0]).startswith("Sentence(article=beacon, index=0, start=0, end=")
    assert repr(comparison.disputes()[0]).endswith("])")


def test_lists_of_records_are_the_tables_of_these_names(static: Comparison) -> None:
    comparison = static
    for name in ("articles", "sentences", "statements"):
        assert getattr(comparison, name).to_pandas().equals(comparison.to_pandas(name))
    for name in ("links", "conflicts", "disputes", "partials", "passages", "copies", "quotes", "unique"):
        records = getattr(comparison, name)()
        assert records.to_pandas().equals(comparison.to_pandas(name))
        assert list(records[:0].to_pandas().columns) == list(records.to_pandas().columns)
    assert list(comparison.statements[0].mentions.to_pandas().columns)[:2] == ["article", "sentence"]
    with pytest.raises(TypeError, match="expected a list of Statement"):
        storydiff.Records([1]).to_pandas()


def test_renamed_articles_are_compared_alike_and_returned_in_the_order_given() -> None:
    story = storydiff.sample_articles()
    # Without a source the id is taken for the outlet's name.
    plain, renamed = (
        compare([Article(id, one.text, source=one.id) for id, one in zip(ids, story, strict=True)], encoder="static")
        for ids in ([one.id for one in story], ["t", "a", "z", "m", "b"])
    )

    def told(cmp: Comparison) -> list[Any]:
        links = [(link.left.text, link.right.text, link.probability, link.spans) for link in cmp.links(0.0)]
        disputes = [[(value.text, [m.text for m in value.mentions]) for value in one.values] for one in cmp.disputes()]
        return [links, disputes, [one.text for one in cmp.statements], [one.text for one in cmp.unique()]]

    assert told(plain) == told(renamed)
    place = {article.id: at for at, article in enumerate(renamed.articles)}
    for dispute in renamed.disputes():
        for value in dispute.values:
            at = [(place[mention.article.id], mention.start) for mention in value.mentions]
            assert at == sorted(at)
