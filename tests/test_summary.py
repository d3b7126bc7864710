"""What the first screen says in a few words: how much is shared, how sure that is, and what is told differently."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

import storydiff
from storydiff.views.cards import wordings
from storydiff.views.context import in_context
from storydiff.views.evidence import doubts
from storydiff.views.names import said_by_name
from storydiff.views.plain import printable, render
from storydiff.views.summary import PROBABLE, most_telling, nothing_shared, own_share, summarize, told_of


def test_what_others_may_say_too_is_not_told_as_said_by_one(doubted: storydiff.Comparison) -> None:
    summary = summarize(doubted)
    for id, spans in summary.only.items():
        assert sorted([*summary.alone[id], *summary.unclear[id]], key=lambda each: each[0]) == list(enumerate(spans))
        assert all(span.probability >= PROBABLE for _, span in summary.alone[id])
        assert all(span.probability < PROBABLE for _, span in summary.unclear[id])
    assert summary.n_alone + summary.n_unclear == len(doubted.unique())
    assert 0 < summary.n_unclear < summary.n_alone
    assert all(span.probability >= PROBABLE for _, _, span in most_telling(summary))
    told = f"{summary.n_unclear} more, perhaps said elsewhere too"
    assert "PERHAPS SAID ELSEWHERE TOO" in render(doubted, each=1000) and told not in render(doubted, each=1000)
    assert told in doubted.to_html() and told in doubted.view("glance").html and told in render(doubted)
    assert "## Perhaps said elsewhere too\n" in doubted.to_markdown()


def test_the_share_that_nobody_else_has_is_a_share_of_one_population(doubted: storydiff.Comparison) -> None:
    summary = summarize(doubted)
    for only in (summary.alone, summary.surely, summary.unclear):
        shares = own_share(doubted, only, summary.shared)
        for article in doubted.articles:
            body: set[int] = set()
            own: set[int] = set()
            told: set[int] = set()
            for sentence in doubted.sentences:
                if sentence.article is article and sentence.kind == "body":
                    body.update(range(sentence.start, sentence.end))
            for _, span in only[article.id]:
                own.update(range(span.start, span.end))
            for mention in (mention for statement in summary.shared for mention in statement.mentions):
                if mention.article is article:
                    told.update(range(mention.start, mention.end))
            assert shares[article.id] == len((body & own) - told) / len(body)
            assert len(body & told) / len(body) + shares[article.id] <= 1
    assert own_share(storydiff.compare([""]), {"1": []}, []) == {"1": 0.0}


@pytest.mark.parametrize(
    ("sure", "all_say", "expected"),
    [
        ({"a": [0.9], "b": [0.95]}, 0.9, {}),
        ({"a": [0.9], "b": [0.95]}, 0.6, {1: "probability 0.60 that each of them says it"}),
        ({"a": [0.9], "b": [0.8], "c": [0.6, 0.55]}, 0.6, {1: "less sure of C (0.60)"}),
        ({"a": [0.9], "b": [0.75, 0.51]}, 0.8, {}),
        ({"a": [0.6], "b": [0.65]}, 0.8, {1: "probability 0.80 that each of them says it"}),
    ],
)
def test_a_shared_statement_says_of_whom_it_is_less_sure(
    sure: dict[str, list[float]], all_say: float, expected: dict[int, str]
) -> None:
    mentions = [
        SimpleNamespace(article=SimpleNamespace(id=id), probability=probability)
        for id, found in sure.items()
        for probability in found
    ]
    statement: Any = SimpleNamespace(id=1, mentions=mentions, probability=all_say)
    assert doubts([statement], {id: id.upper() for id in sure}) == expected


@pytest.mark.parametrize(
    ("sentence", "words", "expected"),
    [
        ("Five people died.", "Five", ("", "Five", " people died.")),
        ("Police said that 14 were\nhurt.", "14", ("Police said that ", "14", " were hurt.")),
        (
            "On the morning after the storm, when nothing yet was known, they counted 14, of whom nine had been on the "
            "bus, three at the school and two in cars that the water took.",
            "14",
            (
                "… when nothing yet was known, they counted ", "14",
                ", of whom nine had been on the bus, three at the school and…",
            ),
        ),
    ],
)  # fmt: skip
def test_a_disputed_value_is_shown_with_the_words_around_it(
    sentence: str, words: str, expected: tuple[str, str, str]
) -> None:
    start = sentence.index(words)
    place = SimpleNamespace(text=sentence, start=100)
    mention = SimpleNamespace(text=words, start=100 + start, sentence=place)
    elsewhere = SimpleNamespace(text="another", start=100, sentence=SimpleNamespace(text="another wording", start=100))
    value: Any = SimpleNamespace(text=words, mentions=[elsewhere, mention])
    assert in_context(value) == expected


def test_a_label_that_begins_the_headline_is_not_told_beside_it() -> None:
    names = {"a": "Cargo ship hits…", "b": "Wire", "c": "The owners say…", "d": "Cargo ship hits… 2"}
    titles = {"a": "Cargo ship hits bridge", "b": "Two dead", "d": "Cargo ship hits bridge"}
    assert said_by_name(names, titles) == {"a", "c"}


def test_facts_of_one_name_are_told_once() -> None:
    facts: Any = [SimpleNamespace(what=what) for what in ("people hurt", "age", "people hurt")]
    assert told_of(facts) == [(0, "people hurt"), (1, "age")]


@pytest.mark.parametrize(
    ("origins", "expected"), [(1, "one wording: all print the same text"), (3, "3 wordings: some print the same text")]
)
def test_copied_statements_say_that_text_was_copied(origins: int, expected: str) -> None:
    statement: Any = SimpleNamespace(n_origins=origins)
    assert wordings(statement) == expected


def of_sentence(article: str, index: int = 0) -> Any:
    return SimpleNamespace(article=SimpleNamespace(id=article), index=index)


def test_what_was_not_found_is_not_told_as_unsaid(compared: storydiff.Comparison) -> None:
    doubtful = [statement for statement in compared.shared() if statement.perhaps]
    assert doubtful
    for statement in doubtful:
        assert not {article.id for article in statement.perhaps} & {article.id for article in statement.articles}
    everything = render(compared, most=1000)
    assert "not found in" in everything and "perhaps also in" in everything
    assert "perhaps also in" in compared.to_html() and "not found here" in compared.to_html()
    for told in (everything, compared.to_html(), compared.to_markdown()):
        assert "; not in " not in told and "does not say it" not in told


def test_titles_in_a_list_can_be_told_from_each_other() -> None:
    said = "The harbour council closed the old stone bridge on Monday after a barge had struck it."
    texts = {
        "Barge hits bridge, council acts": f"{said} Mayor Ida Brandt wept.",
        "Old bridge closed or not": f"{said} Pilot Olaf Reyes swam ashore.",
        "Tram line to the airport": "Rain fell on Sarn all day.",
        "Harbour": "A choir sang of herrings.",
    }
    articles = [storydiff.Article(str(at), text, title=title) for at, (title, text) in enumerate(texts.items())]
    cmp = storydiff.compare(articles, encoder="static")
    two = "“Barge hits bridge, council acts” and “Old bridge closed or not”"
    for text in (" ".join(render(cmp, width=200).split()), cmp.to_markdown()):
        assert f"{two}; probability" in text and f"{two}, 16 words" in text
    assert f'title="{two}; not found in “Tram line to the airport” or Harbour"' in cmp.to_html()
    assert "<bdi>“Old bridge closed or not”</bdi>" in cmp.to_html()


def test_text_and_markdown_say_how_sure_each_line_is(compared: storydiff.Comparison) -> None:
    summary = summarize(compared)
    text, markdown = render(compared, width=400, most=1000, each=1000), compared.to_markdown()
    for statement in summary.shared:
        beside = r" \(" if statement.n_articles == len(compared) else r"\n +[^\n]*; "
        told = re.escape(printable(statement.text))
        assert re.search(f"{told}{beside}probability {statement.probability:.2f}", text)
    for dispute in summary.disputes:
        assert f"  ≠ {printable(dispute.what)} (probability {dispute.probability:.2f})\n" in text
    assert markdown.count("probability 0.") + markdown.count("probability 1.00") == (
        len(summary.shared) + len(summary.partials) + len(summary.disputes) + summary.n_alone + summary.n_unclear
    )
    assert re.search(r"ALL 5 SAY\n  • [^\n]* \(probability 0\.\d\d\)\n", text)
    assert "(probability" not in render(storydiff.compare(["Rain fell."], encoder="static"))


def test_links_without_a_shared_statement_are_told() -> None:
    pair = ["The bridge closed on Monday.", "Lorne United won the cup."]
    apart = storydiff.compare(pair, encoder="static")
    assert not apart.links() and "nothing that one article asserts was found in another" in render(apart)
    links = [SimpleNamespace()] * 4
    told = nothing_shared(SimpleNamespace(links=lambda: links, partials=list))  # type: ignore[arg-type]
    assert told.startswith("No statement is shared: 4 pairs of sentences perhaps have something in common, but not ")
    told = nothing_shared(SimpleNamespace(links=lambda: links, partials=lambda: links))  # type: ignore[arg-type]
    assert told == "No statement is shared in full: see what is shared in part."


def test_an_article_without_a_text_does_not_count() -> None:
    said = "The council voted on Monday to close the old harbour bridge for six months."
    texts = {"a": said, "void": " \n", "b": f"{said} Rain fell on Sarn all night."}
    full, voided = (
        storydiff.compare(articles, encoder="static")
        for articles in ({id: text for id, text in texts.items() if id != "void"}, texts)
    )
    assert [article.id for article in voided.articles] == ["a", "void", "b"]
    assert voided.coverage.shape[1] == 3
    assert render(voided) == render(full) and "BOTH SAY" in render(full)
    assert voided.to_markdown() == full.to_markdown()
    assert voided.to_html().count("void") == full.to_html().count("void")
    assert "2 articles" in voided.to_html() and "3 articles" not in voided.to_html()
    alone = storydiff.compare({"a": texts["b"], "void": ""}, encoder="static")
    assert "IT SAYS" in render(alone) and "ONLY ONE" not in render(alone) and "only" not in render(alone)
    assert "## It says" in alone.to_markdown()
