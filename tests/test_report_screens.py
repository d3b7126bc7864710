"""What the report shows on its first screen, and that nothing of it is hidden without a hint; in a real browser."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

import storydiff
from storydiff.views.contents import Entry, contents
from storydiff.views.contents import entry as contents_entry

pytest.importorskip("selenium.webdriver")
from browser import Browser, needs_a_browser
from selenium.webdriver.common.by import By

pytestmark = needs_a_browser


@pytest.fixture(scope="module")
def dated() -> storydiff.Comparison:
    """The story of six articles with sources and dates, its beginnings."""
    articles = [replace(article, text=article.text[:1500]) for article in storydiff.sample_articles("dam")]
    return storydiff.compare(articles, encoder="static")


@pytest.fixture(scope="module")
def many(sample: list[storydiff.Article]) -> storydiff.Comparison:
    """Sixty articles with titles alone, two thirds of one story and a third of another."""
    chance = random.Random(3)
    stories = [[a.text[s:e] for a in articles for s, e in storydiff.split_sentences(a.text)]
               for articles in (sample, storydiff.sample_articles("dam"))]  # fmt: skip
    return storydiff.compare(
        [
            storydiff.Article(
                f"{n:032x}",
                "\n\n".join(chance.sample(stories[n % 3 == 0], 5)) + f"\n\nReporter {n} saw it all.",
                title=f"Report {n} from the scene, by our correspondent on the spot",
                published=f"2026-03-{1 + n // 10:02}T{n % 10:02}:30",
            )
            for n in range(60)
        ],
        encoder="static",
    )


def sized(browser: Browser, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


@pytest.mark.parametrize("width", [400, 1000, 1800])
@pytest.mark.parametrize("story", ["dated", "many"])
def test_the_first_screen_tells_what_is_shared_and_what_is_told_differently(
    browser: Browser, tmp_path: Path, request: pytest.FixtureRequest, story: str, width: int
) -> None:
    comparison: storydiff.Comparison = request.getfixturevalue(story)
    sized(browser, width)
    browser.open(comparison.to_html(), tmp_path / "report.html")
    last = "return document.querySelector(arguments[0]).getBoundingClientRect().bottom"
    assert browser.run(last, ".page .lede") < 400
    assert browser.run(last, ".group.shared .note") < 900
    if width > 400:
        assert browser.run(last, ".group.shared li") < 900
        assert browser.run(last, ".group.one li") < 900
    lede = browser.find(".page .lede").text
    told = comparison.disputes()
    assert f"{len(comparison.shared(in_full=True))} statements shared" in lede
    assert (told[0].what in lede) if told else ("No contradiction found" in lede)
    browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_fact_told_differently_is_one_click_from_its_words(
    browser: Browser, compared: storydiff.Comparison, tmp_path: Path
) -> None:
    browser.open(compared.to_html(), tmp_path / "report.html")
    browser.find(".page .lede a").click()
    browser.driver.execute_async_script("setTimeout(arguments[0], 200)")
    assert browser.find("#d0 .sisters").is_displayed()
    # What each says of it can be judged where it is listed.
    dispute = compared.disputes()[0]
    for value, shown in zip(dispute.values, browser.driver.find_elements(By.CSS_SELECTOR, ".d0 .context"), strict=True):
        assert value.text in browser.run("return arguments[0].textContent", shown)


def test_a_title_is_shown_whole_and_once_in_the_list_of_articles(
    browser: Browser, many: storydiff.Comparison, tmp_path: Path
) -> None:
    sized(browser, 1000)
    browser.open(many.to_html(), tmp_path / "report.html")
    table = browser.find(".sources").text
    assert table.count("Report 1 from the scene") == 1
    assert "by our correspondent on the spot" in table
    assert "Headline" not in table
    assert re.match(
        r"These look like \d+ stories, the largest of \d+, \d+ and \d+ articles", browser.find(".several").text
    )
    browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("width", [400, 1000])
def test_articles_to_the_side_are_announced_and_brought_by_a_button(
    browser: Browser, dated: storydiff.Comparison, tmp_path: Path, width: int
) -> None:
    sized(browser, width)
    browser.open(dated.to_html(), tmp_path / "report.html")
    browser.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    )
    after, before = browser.find(".turn.after"), browser.find(".turn.before")
    assert not before.is_displayed()
    told = []
    while after.is_displayed():
        told.append(int(after.text.split()[0]))
        assert after.accessible_name == f"{told[-1]} more {'article' if told[-1] == 1 else 'articles'} to the right"
        browser.run("arguments[0].click()", after)
        browser.driver.execute_async_script("setTimeout(arguments[0], 200)")
    assert told == list(range(told[0], 0, -1))
    assert before.is_displayed()
    inside = """const strip = document.querySelector(".strip").getBoundingClientRect();
        const last = [...document.querySelectorAll(".column")].at(-1).getBoundingClientRect();
        return last.left >= strip.left - 1 && last.right <= strip.right + 1;"""
    assert browser.run(inside)
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_cut_navigation_shows_that_it_scrolls(
    scriptless: Browser, dated: storydiff.Comparison, tmp_path: Path
) -> None:
    sized(scriptless, 400)
    scriptless.open(dated.to_html(), tmp_path / "report.html")
    nav = "const nav = document.querySelector('nav'), style = getComputedStyle(nav); return "
    assert scriptless.run(nav + "nav.scrollWidth > nav.clientWidth")
    # Shadows that stay at the edges, and covers that move away with what is scrolled.
    assert scriptless.run(nav + "style.backgroundAttachment") == "local, local, scroll, scroll"
    assert scriptless.run(nav + "style.position") == "sticky"
    assert scriptless.run(nav + "style.backgroundColor") not in ("transparent", "rgba(0, 0, 0, 0)")
    scriptless.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_picture_of_sixty_articles_shows_their_list_and_their_strips(
    scriptless: Browser, many: storydiff.Comparison, tmp_path: Path
) -> None:
    sized(scriptless, 400)
    scriptless.open(many.to_html(), tmp_path / "report.html")
    put_off = """return [...document.querySelectorAll(".list.shared .card")].slice(0, 40)
        .filter((card) => getComputedStyle(card).contentVisibility === "auto").length"""
    assert scriptless.run(put_off) == 0
    cut = """return [...document.querySelectorAll(".wide svg")].filter((strip) => strip.checkVisibility())
        .map((strip) => strip.getBoundingClientRect()).filter((box) => box.width < 250 || box.right > 400).length"""
    assert scriptless.run(cut) == 0
    scriptless.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_print_begins_with_what_is_told_differently_and_parts_no_heading_from_its_text(
    scriptless: Browser, compared: storydiff.Comparison, tmp_path: Path
) -> None:
    scriptless.open(compared.to_html(), tmp_path / "report.html")
    scriptless.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    top = "return document.querySelector(arguments[0]).getBoundingClientRect().top"
    assert scriptless.run(top, ".group.differ") < scriptless.run(top, ".group.shared")
    kept = """return [...document.querySelectorAll(arguments[0])]
        .map((element) => getComputedStyle(element)[arguments[1]]).filter((told) => !told.startsWith("avoid")).length"""
    assert scriptless.run(kept, "main :is(h2, h3, h4, summary, section > .note)", "breakAfter") == 0
    assert scriptless.run(kept, "main :is(.pair, figure, .fact, .note)", "breakInside") == 0
    assert not scriptless.run("return document.querySelector('.least').checkVisibility()")
    scriptless.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_one_article_is_held_against_nothing(browser: Browser, tmp_path: Path) -> None:
    article = storydiff.sample_articles()[0]
    with pytest.warns(UserWarning, match="it takes two to compare"):
        page = storydiff.compare([article]).to_html()
    browser.open(page, tmp_path / "report.html")
    text = browser.run(
        "return document.querySelector('header').innerText + document.querySelector('#glance').innerText"
    )
    for claim in ("Nobody else has", "Found in no other article", "only this article", "nobody else has"):
        assert claim not in text


def test_the_list_of_what_one_says_parts_what_is_perhaps_said_elsewhere(
    scriptless: Browser, doubted: storydiff.Comparison, tmp_path: Path
) -> None:
    scriptless.open(doubted.to_html(), tmp_path / "report.html")
    spans = doubted.unique()
    alone = sum(span.probability >= 0.5 for span in spans)
    assert scriptless.find("label[for=tab-alone]").text == f"Only one {alone}"
    scriptless.find("label[for=tab-alone]").click()
    before = """return [...document.querySelectorAll(".list.alone > *")].findIndex((each) => each.matches(".rest"))"""
    assert scriptless.run(before) == alone
    assert f"Perhaps said elsewhere too {len(spans) - alone}" in scriptless.find(".list.alone").text
    # And the words themselves are not marked as found here alone.
    line = "return getComputedStyle(document.querySelector(arguments[0])).textDecorationLine"
    assert scriptless.run(line, ".column .u.unclear") == "none"
    assert scriptless.run(line, ".column .u.telling") == "underline"


@pytest.mark.parametrize("width", [400, 1000])
def test_a_name_and_the_link_beside_it_stand_apart(browser: Browser, tmp_path: Path, width: int) -> None:
    articles = [
        storydiff.Article(id, f"The bridge closed on Monday, says the {id}.", url=f"https://news.example/{id}")
        for id in ("wire", "blog")
    ]
    sized(browser, width)
    browser.open(storydiff.compare(articles, encoder="static").to_html(), tmp_path / "report.html")
    edges = "return document.querySelector(arguments[0]).getBoundingClientRect()[arguments[1]]"
    name, link = ".sources .titled > a:not(.original)", ".sources .titled > .original"
    assert browser.run(edges, link, "left") - browser.run(edges, name, "right") > 3
    browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_what_is_shared_takes_the_screen_where_nobody_says_anything_alone(browser: Browser, tmp_path: Path) -> None:
    said = "The bridge closed on Monday. Two ships had struck it."
    sized(browser, 1000)
    browser.open(storydiff.compare([said, f"{said} "], encoder="static").to_html(), tmp_path / "report.html")
    width = "return document.querySelector(arguments[0]).getBoundingClientRect().width"
    assert browser.run(width, ".group.shared") == browser.run(width, ".glance") > 800
    browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_list_of_stories_is_sorted_by_the_head_of_a_column(browser: Browser, tmp_path: Path) -> None:
    def entry(title: str, n: int, shared: int | None, published: str | None) -> Entry:
        articles = [storydiff.Article(f"{title}{at}", "Rain fell.", published=published) for at in range(n)]
        head = f"<title>{title}</title>"
        if shared is not None:
            told = f"{n} articles, {shared} statements shared, 0 facts told differently"
            head = f'<meta name="description" content="{told}">{head}'
        return contents_entry(title, articles, "#", head)

    given = [("Bridge", 9, 4, "2026-03-01"), ("Cup", 4, 30, None), ("Dam", 5, None, "2025-12-31")]
    browser.open(contents([entry(*each) for each in given]), tmp_path / "index.html")
    rows = "return [...document.querySelectorAll('tbody th')].map((each) => each.textContent[0]).join('')"
    assert browser.run(rows) == "BRC"  # Dam's report says nothing: it is called as its text begins
    heads = "[...document.querySelectorAll('thead button')]"
    for column, orders in (("Articles", ("CRB", "BRC")), ("Shared", ("CBR", "BCR")), ("Published", ("RBC", "BRC")),
                           ("Story", ("BCR", "RCB"))):  # fmt: skip
        for order in orders:
            browser.run(f"{heads}.find((button) => button.innerText === arguments[0]).click()", column)
            assert browser.run(rows) == order, column
    assert browser.run("return document.querySelector('[aria-sort]').getAttribute('aria-sort')") == "descending"
    assert not browser.run("return document.documentElement.scrollWidth > innerWidth")
