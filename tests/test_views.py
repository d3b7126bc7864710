"""The views: every character escaped, every mark where it belongs, links that lead somewhere."""

import html.parser
import itertools
import json
import random
import re
from collections.abc import Callable

import pytest

import storydiff
from storydiff.shown import Records
from storydiff.views import heatmap, matrix, upset
from storydiff.views.markup import Mark, escaped, marked, web_address
from storydiff.views.names import labels, names_of
from storydiff.views.plain import columns, cut, render, shorten, wrap

HOSTILE = [
    "<script>fetch('https://evil.example')</script>",
    "<img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "'><a href='javascript:alert(1)'>x</a>",
    "]]><!--", "-->", "&lt;script&gt;", "{{ 7 * 7 }}{% raw %}", "\x00\x1b[31m", "\ud800",
    "[x](javascript:alert(1))", "`rm`", "| a | b |",
]  # fmt: skip


@pytest.fixture(scope="module")
def sample(compared: storydiff.Comparison) -> storydiff.Comparison:
    return compared


@pytest.fixture(scope="module")
def hostile() -> storydiff.Comparison:
    said = "The council voted on Monday to close the old harbour bridge for six months."
    articles = [
        storydiff.Article(
            f"<b>{number}</b>{evil}", f"{said} {evil} happened {evil} in town.\n\n{evil}", title=evil, source=evil,
            url="javascript:alert(1)", published=evil,
        )
        for number, evil in enumerate(HOSTILE)
    ]  # fmt: skip
    return storydiff.compare(articles, encoder="static")


class Page(html.parser.HTMLParser):
    """The elements of a page, strictly: what is opened is closed, in order."""

    VOID = frozenset({"br", "meta", "link", "input", "path", "rect"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        assert len({name for name, _ in attrs}) == len(attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_page_is_well_formed_self_contained_and_linked_within(sample: storydiff.Comparison) -> None:
    page = Page(sample.to_html())
    ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    for tag, attributes in page.tags:
        assert tag not in {"iframe", "object", "embed", "base", "form"}
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("href", "src"):
            value = attributes.get(name)
            assert value is None or value == "data:," or value[1:] in ids


def test_an_article_without_a_headline_is_called_as_the_others_are() -> None:
    said = "The bridge closed on Monday, says the"
    named = [storydiff.Article(id, f"{said} {id}.", url=f"https://news.example/{id}") for id in ("wire", "blog")]
    paper = storydiff.Article("paper", f"{said} paper.", title="Bridge shut", source="The Paper")
    alone, beside = (storydiff.compare(given, encoder="static").to_html() for given in (named, [*named, paper]))
    assert alone.count('class="titled"') == 2 and beside.count('class="titled"') == 0
    assert alone.count('<a class="original" href="https://news.example/') == 2
    assert beside.count('rel="noopener noreferrer"><bdi>original</bdi></a></td>') == 2


def test_page_shows_hostile_articles_as_text(hostile: storydiff.Comparison) -> None:
    source = hostile.to_html()
    page = Page(source)
    assert [tag for tag, _ in page.tags if tag == "script"] == ["script"]
    assert not {"img", "iframe"} & {tag for tag, _ in page.tags}
    assert not [value for _, attributes in page.tags if (value := attributes.get("href")) and "javascript" in value]
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", source)
    assert "&lt;script&gt;fetch(&#x27;https://evil.example&#x27;)" in source


def test_markdown_shows_hostile_articles_as_text(hostile: storydiff.Comparison) -> None:
    text = hostile.to_markdown()
    assert "<script" not in text
    assert "](javascript" not in text
    assert "\\`rm\\`" in text


def test_markdown_of_articles_that_repeat_each_other_stays_a_summary() -> None:
    said = [
        f"Clerk {number} of the harbour board said that pier {number} stays shut until May." for number in range(12)
    ]
    orders = random.Random(1)
    articles = ["\n\n".join(orders.sample(said, 9)) for _ in range(30)]
    cmp = storydiff.compare(articles, encoder="static")
    text = cmp.to_markdown()
    passages = text[text.index("## Word for word") : text.index("## Most alike (percent)")].splitlines()[2:-1]
    assert len(passages) == 21 and passages[-1] == f"- … and {len(cmp.passages()) - 20:,} more"
    assert len(max(passages, key=len)) < 500
    assert text.endswith(f"- … and {30 * 29 // 2 - 20} more\n")
    assert "## Similarity (percent)" in storydiff.compare(articles[:3], encoder="static").to_markdown()


def test_plain_text_of_hostile_articles_is_printable(hostile: storydiff.Comparison) -> None:
    text = render(hostile)
    text.encode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)


def test_json_reads_back_what_the_comparison_holds(hostile: storydiff.Comparison, sample: storydiff.Comparison) -> None:
    for comparison in (hostile, sample):
        data = json.loads(comparison.to_json().encode())
        assert data == comparison.to_dict()
        text = {article["id"]: article["text"] for article in data["articles"]}
        for statement in data["statements"]:
            for mention in statement["mentions"]:
                assert text[mention["article"]][mention["start"] : mention["end"]] == mention["text"]
        for span in data["unique"]:
            assert text[span["article"]][span["start"] : span["end"]] == span["text"]


def test_outputs_show_the_articles_in_the_order_given(remembered: Callable[..., storydiff.Comparison]) -> None:
    sample = remembered(storydiff.sample_articles(), encoder="static")
    given = sample.articles[::-1]
    ids = [article.id for article in given]
    other = storydiff.compare(given, encoder="static")
    assert [article["id"] for article in json.loads(other.to_json())["articles"]] == ids
    heads = re.findall(r'<th scope="(?:col|row)"[^>]*>(?:<a [^>]*>)?<bdi>(\w+)</bdi>', other.to_html())
    heads = [head for head in heads if head in ids]
    assert len(heads) >= 20 and heads == ids * (len(heads) // 5)
    # What the articles say is the same, and told in the same words.
    words = [sorted(re.findall(r"\w+", comparison.to_markdown())) for comparison in (sample, other)]
    assert words[0] == words[1]


@pytest.mark.parametrize("n", [0, 1, 2])
def test_views_of_few_articles(n: int) -> None:
    comparison = storydiff.compare(["The bridge closed on Monday.", "On Monday the bridge closed."][:n])
    Page(comparison.to_html())
    assert render(comparison)
    assert comparison.to_markdown()
    json.loads(comparison.to_json())


def text_of(markup: str) -> str:
    pieces: list[str] = []
    parser = html.parser.HTMLParser()
    parser.handle_data = pieces.append  # type: ignore[method-assign]
    parser.handle_starttag = lambda tag, _: pieces.append("\n") if tag == "br" else None  # type: ignore[method-assign]
    parser.feed(markup)
    parser.close()
    return "".join(pieces)


def test_marked_nests_any_overlap_and_keeps_every_character() -> None:
    chance = random.Random(5)
    text = "a<b>&\"'\u00e9\U0001f600\n\n x" * 3
    for _ in range(200):
        marks = []
        for number in range(chance.randrange(6)):
            start, end = sorted(chance.choices(range(len(text) + 1), k=2))
            marks.append(Mark(start, end, f"m c{number}", id=f"i{number}", href=f"#s{number}" if number % 2 else None))
        markup = marked(text, marks)
        page = Page(markup)
        assert text_of(markup) == text
        ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        assert sorted(ids, key=str) == sorted(mark.id for mark in marks if mark.end > mark.start)
        for first, second in itertools.pairwise(re.findall("<(/?a)[ >]", markup)):
            assert first != second


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c", True), ("HTTP://example.org", True), ("javascript:alert(1)", False),
        (" javascript:alert(1)", False), ("java\nscript:alert(1)", False), ("data:text/html,x", False),
        ("//example.org", False), ("https://x y", False), ("https://x\njavascript:", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_web_address_lets_only_the_web_through(url: str | None, safe: bool) -> None:
    assert web_address(url) == (url if safe else None)


def test_escaped_holds_no_markup() -> None:
    for evil in HOSTILE:
        assert not set("<>\"'") & set(escaped(evil))


def test_wrap_counts_columns() -> None:
    assert wrap("aaa bbb ccc", 7) == ["aaa bbb", "ccc"]
    assert wrap("橋が閉鎖された", 6) == ["橋が閉", "鎖され", "た"]
    assert wrap("", 5) == []
    assert cut("橋", 1) == "橋"
    assert shorten("bridge closed", 8) == "bridge…"
    for width, text in itertools.product(range(2, 30), ["e\u0301le\u0301gant 橋 mixed-up words \U0001f600", "x" * 50]):
        lines = wrap(text, width)
        assert all(columns(line) <= width for line in lines)
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_matrix_rows_follow_coverage(sample: storydiff.Comparison) -> None:
    rows = matrix.rows(sample.statements, sample.articles)
    assert [[cell is not None for cell in row.cells] for row in rows] == sample.coverage.tolist()


def test_upset_counts_every_statement_once(sample: storydiff.Comparison) -> None:
    found = upset.intersections(sample.shared(), sample.articles, most=1000)
    assert sum(row.count for row in found) == len(sample.shared())
    assert [row.count for row in found] == sorted((row.count for row in found), reverse=True)


def test_heatmap_of_many_articles_is_drawn_as_paths() -> None:
    import numpy as np

    values = np.linspace(0, 1, 900, dtype=np.float32).reshape(30, 30)
    many = heatmap.heatmap(values)
    assert many.cells is None
    assert many.paths
    assert heatmap.heatmap(values[:5, :5]).cells is not None


def shown(value: object) -> str:
    return value._repr_html_()  # type: ignore[attr-defined, no-any-return]


def test_comparison_shows_itself_twice_on_a_page(sample: storydiff.Comparison) -> None:
    bundles = [sample._repr_mimebundle_(), sample._repr_mimebundle_()]
    assert bundles[0]["text/plain"].startswith("5 articles")
    page = Page("".join(bundle["text/html"] for bundle in bundles))
    ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    assert not [tag for tag, _ in page.tags if tag in {"script", "link", "img", "iframe"}]
    for _, attributes in page.tags:
        href = attributes.get("href")
        assert href is None or href[1:] in ids


def test_comparison_is_html_for_what_knows_no_bundles_and_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    formatters = pytest.importorskip("IPython.core.formatters")
    cmp = storydiff.compare(["Rain fell on Sarn.", "Lorne United won the cup."], encoder="static")
    assert "At a glance" in shown(cmp)
    view, made = storydiff.Comparison.view, []
    monkeypatch.setattr(storydiff.Comparison, "view", lambda *given: made.append(given) or view(*given))
    data, _ = formatters.DisplayFormatter().format(cmp)
    assert {*data} == {"text/plain", "text/html"} and len(made) == 1


def test_views_are_chosen_by_name(sample: storydiff.Comparison) -> None:
    found = re.findall("<summary>([^<]+)</summary>", sample.view("terms", "matrix").html)
    assert found[:2] == ["Distinctive terms", "Who says what"]
    assert repr(sample.view("terms", "matrix")) == "<View: Distinctive terms, Who says what>"
    with pytest.raises(ValueError, match="unknown view 'heat'"):
        sample.view("heat")


def test_a_view_that_is_empty_says_why(sample: storydiff.Comparison) -> None:
    why = "“Over time” is empty: it takes two articles that appeared at different times, and say when in `published`"
    assert repr(sample.view("timeline", "terms")) == f"<View: Distinctive terms; {why}>"
    assert f'<p class="note">{why}.</p>' in sample.view("timeline").html
    assert "is empty" not in sample.view().html
    few = storydiff.compare(["Rain fell on Sarn.", "Lorne United won the cup."], encoder="static")
    for name in ("words", "matrix", "pairs", "overlap"):
        assert "is empty: no" in repr(few.view(name))
    with pytest.warns(UserWarning, match="there is nothing to compare"):
        assert repr(storydiff.compare([]).view()) == "<View: nothing to see: there is no article>"


def test_records_and_lists_show_themselves(sample: storydiff.Comparison) -> None:
    lists = [
        sample.articles, sample.sentences, sample.statements, sample.shared(), sample.links(),
        sample.unique(), sample.passages(), sample.conflicts(), sample.disputes(), sample.copies(), sample.quotes(),
    ]  # fmt: skip
    for values in lists:
        assert isinstance(values, Records)
        Page(shown(values))
        for value in values[:2]:
            Page(shown(value))
    Page(shown(sample.shared()[0].mentions[0]))
    assert "… and" in shown(sample.sentences)
    assert isinstance(sample.sentences[:3], Records)
    assert "nothing" in shown(Records([]))


def test_hostile_articles_stay_text(hostile: storydiff.Comparison) -> None:
    values = [
        hostile.view(), hostile.articles, hostile.articles[0], hostile.statements, hostile.statements[0],
        hostile.links(0.0), hostile.unique(), hostile.sentences,
    ]  # fmt: skip
    for value in values:
        page = Page(shown(value))
        assert not {"script", "img"} & {tag for tag, _ in page.tags}
        assert all(not name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert len(HOSTILE) == len(hostile.articles)


def test_conflicts_are_told_everywhere(sample: storydiff.Comparison) -> None:
    data = sample.to_dict()
    texts = {article["id"]: article["text"] for article in data["articles"]}
    values = []
    for article, word in (("meridian", "Fourteen"), ("beacon", "Seventeen")):
        start = texts[article].index(word)
        at = next(
            number
            for number, sentence in enumerate(data["sentences"])
            if sentence["article"] == article and sentence["start"] <= start < sentence["end"]
        )
        mention = {"sentence": at, "start": start, "end": start + len(word), "probability": 0.9}
        values.append({"text": word, "articles": [article], "mentions": [mention]})
    data["disputes"] = [{"kind": "number", "what": "people hurt", "values": values}]
    told = storydiff.Comparison.from_json(json.dumps(data))
    assert (
        "WHERE THEY DIFFER\n  ≠ people hurt (probability 0.90)\n    Fourteen: meridian\n    Seventeen: beacon\n"
    ) in render(told)
    assert (
        "## Where they differ\n\n- people hurt (probability 0.90): **Fourteen** meridian · **Seventeen** beacon\n"
    ) in told.to_markdown()
    for shown_as in (told.to_html(), told.view("glance").html):
        listed = shown_as[shown_as.index('<ul class="facts">') :]
        facts = text_of(re.sub(r'<p class="context">.*?</p>', "", listed, flags=re.DOTALL)).split()
        assert facts[:6] == ["people", "hurt", "Fourteen", "meridian", "Seventeen", "beacon"]
        assert "<b>Fourteen</b> people were injured, three of them critically" in listed


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([{"id": "a", "source": "Wire", "title": "Bridge closed"}], ["Wire"]),
        ([{"id": "a", "title": "Bridge closed"}, {"id": "beacon"}], ["Bridge closed", "beacon"]),
        ([{"id": "d41d8cd98f00b204e9800998ecf8427e", "title": "Bridge closed"}], ["Bridge closed"]),
        ([{"id": "1"}, {"id": "2"}], ["1", "2"]),
        (
            [
                {"id": "a", "source": "Wire", "published": "2026-03-03"},
                {"id": "b", "source": "wire", "published": "2026-03-04"},
            ],
            ["Wire, 3 Mar", "wire, 4 Mar"],
        ),
        (
            [
                {"id": "a", "source": "Wire", "published": "2026-03-03T09:10"},
                {"id": "b", "source": "Wire", "published": "2026-03-03T11:00"},
            ],
            ["Wire, 3 Mar 2026, 09:10", "Wire, 3 Mar 2026, 11:00"],
        ),
        (
            [{"id": "a", "source": "Wire"}, {"id": "b", "source": "Wire"}, {"id": "Wire 2"}],
            ["Wire 1", "Wire 2", "Wire 2 (2)"],
        ),
        (
            [{"id": "a", "title": "Cargo ship hits Lantern Bridge in Port Arven, killing two"}],
            ["Cargo ship hits Lantern Bridge…"],
        ),
    ],
)
def test_labels_are_source_else_title_else_id(articles: list[dict[str, str]], expected: list[str]) -> None:
    made = [storydiff.Article(text="", **{**article}) for article in articles]
    assert list(labels(made).values()) == expected


def test_an_id_that_is_no_name_gives_way_to_the_headline_found() -> None:
    text = "Ship hits bridge\n\nA ship hit the bridge on Monday. Nobody was hurt in the crash, the police said."
    named = names_of(storydiff.compare({"0a1b2c3d4e5f6a7b": text, "beacon": text.replace("Ship", "Boat")}))
    assert list(named.values()) == ["Ship hits bridge", "beacon"]

    hashed = {"000_0a1b2c3d4e5f6a7b": "A ship hit the bridge on Monday. Nobody was hurt.", "beacon": text}
    assert list(names_of(storydiff.compare(hashed)).values()) == ["A ship hit the bridge on…", "beacon"]


def test_records_call_articles_as_the_report_does() -> None:
    said = (
        "A ship hit the old bridge on Monday morning, the harbour police said in a statement. Nobody was hurt in the "
        "crash, and the bridge will be closed until engineers have looked at every one of its piers."
    )
    comparison = storydiff.compare(
        [
            storydiff.Article("a17", f"{said} The mayor wept.", source="The Wire"),
            storydiff.Article("b18", f"Ship hits bridge\n\n{said}", title="Ship, bridge collide"),
            storydiff.Article("0a1b2c3d4e5f6a7b", f"Boat hits bridge\n\n{said}"),
        ],
        encoder="static",
    )
    names = names_of(comparison)
    assert list(names.values()) == ["The Wire", "Ship, bridge collide", "Boat hits bridge"]
    records = [
        comparison.sentences, comparison.links(), comparison.shared(), comparison.shared()[0].mentions,
        comparison.unique(), comparison.passages(), comparison.copies(), comparison.sentences[0],
        comparison.links()[0], comparison.shared()[0], comparison.shared()[0].mentions[0], comparison.unique()[0],
        comparison.passages()[0], comparison.copies()[0],
    ]  # fmt: skip
    for record in records:
        page = re.sub(r"<style.*?</style>", "", shown(record), flags=re.DOTALL)
        assert any(name in page for name in names.values()), page
        for looked_at in (page, repr(record)):
            assert not re.search("a17|b18|0a1b2c3d", looked_at), looked_at
    assert "'Ship, bridge collide'[" in repr(comparison.links()[0])


def test_disputed_values_in_the_same_words_are_told_apart_by_their_day() -> None:
    from storydiff.records import Dispute, DisputedValue

    first, second, third = (
        storydiff.Article(id, "", published=day)
        for id, day in [("a", "2026-03-03"), ("b", "2026-03-05T09:10"), ("c", None)]
    )
    dispute = Dispute(
        "date", "when it happened",
        [DisputedValue("Yesterday", [], [first]), DisputedValue("yesterday", [], [second, third]),
         DisputedValue("Sunday", [], [third])],
    )  # fmt: skip
    assert str(dispute) == (
        "when it happened: Yesterday (written 3 Mar 2026) / yesterday (written 5 Mar 2026) / Sunday"
    )


def test_report_of_a_story_that_goes_on_is_not_called_by_a_toll_that_a_later_article_disputes(
    remembered: Callable[..., storydiff.Comparison],
) -> None:
    told = remembered(storydiff.sample_articles("dam"))
    deaths = next(dispute for dispute in told.disputes() if dispute.what == "people killed")
    first = [m.article.id for v in deaths.values for m in v.mentions if m.sentence.kind == "headline"]
    assert "ledger" in first and told["ledger"].title == "Three dead, nine missing as dam fails above Tarnholt"
    assert "<h1><bdi>Five dead, and a town that heard no siren</bdi></h1>" in told.to_html()


def test_report_is_called_by_the_headline_that_tells_most_of_the_story(sample: storydiff.Comparison) -> None:
    title = re.search("<title>(.*?)</title>", sample.to_html())
    assert title and title[1] == "Cargo ship hits Lantern Bridge in Port Arven, killing two workers"
    assert "<title>My story</title>" in sample.to_html(title="My story")


def test_every_claim_has_a_card_with_probability_and_reasons(sample: storydiff.Comparison) -> None:
    html = sample.to_html()
    cards = re.findall(r'<div class="card [^"]*" id="(\w+-?\d*)">(.*?)</ul>', html, re.DOTALL)
    n_shared = len(
        [s for s in sample.shared(in_full=True) if any(m.sentence.kind != "boilerplate" for m in s.mentions)]
    )
    assert len(cards) == n_shared + len(sample.disputes()) + len(sample.unique())
    for name, card in cards:
        assert "probability" in card, name
    # Each mention was matched with another one, and the link says why.
    assert all('class="why">with ' in card for name, card in cards if name.startswith("s"))


def test_articles_of_several_stories_are_told(sample: storydiff.Comparison) -> None:
    other = [
        "Lorne United won the cup on Saturday. Keeper Ida Brandt saved two penalties before 40,000 fans in Lorne.",
        "Ida Brandt saved two penalties as Lorne United won the cup before 40,000 fans on Saturday in Lorne.",
    ]
    mixed = storydiff.compare(
        [*sample.articles, *(storydiff.Article(f"cup {n}", text) for n, text in enumerate(other))], encoder="static"
    )
    assert "These look like 2 stories" in mixed.to_html()
    assert "These look like" not in sample.to_html()


def test_dates_tell_who_said_it_first(sample: storydiff.Comparison) -> None:
    from dataclasses import replace

    from storydiff.views.summary import summarize
    from storydiff.views.timeline import timeline

    assert timeline(sample.articles, summarize(sample)) is None
    days = {"meridian": 3, "gazette": 4, "beacon": 4, "chronicle": 5}
    dated = [replace(a, published=f"2026-03-0{days[a.id]}" if a.id in days else None) for a in sample.articles]
    comparison = storydiff.compare(dated, encoder="static")
    time = timeline(comparison.articles, summarize(comparison))
    assert time is not None
    assert [comparison.articles[moment.position].id for moment in time.moments] == [
        "meridian",
        "beacon",
        "gazette",
        "chronicle",
    ]
    assert (time.latest.when, time.since, time.undated) == ("5 Mar 2026", "4 Mar 2026", 1)
    for course in time.courses:
        said = {article.id for article in course.statement.articles}
        first = {comparison.articles[at].id for at in course.first}
        assert first == ({"meridian"} & said or {"beacon", "gazette"} & said)


@pytest.mark.parametrize("kind", ["comparison", "list", "record"])
def test_dollar_signs_in_a_cell_are_no_formula(kind: str) -> None:
    comparison = storydiff.compare(
        {
            "a": "The group will pay $31 a share, or $135 million in all, it said. Nobody was hurt.",
            "b": "It will pay $31 a share, a total of $135 million. The deal closes in May.",
        }
    )
    html = {
        "comparison": comparison._repr_mimebundle_()["text/html"],
        "list": shown(comparison.statements),
        "record": shown(comparison.statements[0]),
    }[kind]
    outside = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    assert "$31" not in outside and "$135" not in outside
    assert re.search(r"pay\s+\$31 a share", text_of(html))
