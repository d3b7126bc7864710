"""The report, a notebook's view and the live view in a real browser; skipped where Chromium is missing."""

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

import storydiff
from storydiff.views.summary import listed

webdriver = pytest.importorskip("selenium.webdriver")
from browser import Browser, needs_a_browser  # noqa: E402
from selenium.webdriver import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

pytestmark = needs_a_browser


@pytest.fixture(scope="module")
def comparison(compared: storydiff.Comparison) -> storydiff.Comparison:
    return compared


def mentions(comparison: storydiff.Comparison) -> tuple[str, str, str]:
    """Selectors of a statement's card and of its mentions in two articles."""
    taken = [
        (statement.id, mention.article.id, mention.start, mention.end)
        for statement in comparison.shared(in_full=True)
        for mention in statement.mentions
    ]

    def alone(statement: storydiff.Statement) -> bool:
        """Whether its mentions are marked by nothing else, so that a click on them is one on it."""
        return not any(
            id != statement.id and article == mention.article.id and start < mention.end and mention.start < end
            for mention in statement.mentions
            for id, article, start, end in taken
        )

    statement = next(filter(alone, comparison.shared(in_full=True)))
    places = {mention.article.id: f"#s{statement.id}-{at}" for at, mention in enumerate(statement.mentions)}
    first, second = list(places.values())[:2]
    return f"#s{statement.id}", first, second


@pytest.mark.parametrize("kind", ["browser", "scriptless"])
def test_report_lights_up_sisters_and_follows_links(
    kind: str, comparison: storydiff.Comparison, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    browser: Browser = request.getfixturevalue(kind)
    browser.open(comparison.to_html(), tmp_path / "report.html")
    card, first, second = mentions(comparison)
    assert not browser.lit(second)
    browser.point(browser.find(f"{first} a"))
    assert browser.lit(first)
    assert browser.lit(second)
    assert browser.lit(card)
    browser.find(f"{first} a").click()
    assert browser.find(f"{card} .sisters").is_displayed()
    sister = browser.find(f"{card} .sisters a[href='{second}']")
    browser.run("arguments[0].scrollIntoView({block: 'nearest'})", sister)
    sister.click()
    inside = """
        const box = document.querySelector(arguments[0]).getBoundingClientRect();
        const column = document.querySelector(arguments[0]).closest(".column").getBoundingClientRect();
        return box.top >= column.top - 1 && box.bottom <= column.bottom + 1 && box.top >= 0 && box.top < innerHeight
            && box.left >= 0 && box.left < innerWidth;"""
    assert browser.run(inside, second)
    assert browser.complaints() == []


def test_report_legend_hides_a_level_without_script(
    comparison: storydiff.Comparison, scriptless: Browser, tmp_path: Path
) -> None:
    scriptless.open(comparison.to_html(), tmp_path / "report.html")
    tint = "return getComputedStyle(document.querySelector('.column .u')).textDecorationLine"
    assert scriptless.run(tint) == "underline"
    scriptless.find(".show-one").click()
    assert scriptless.run(tint) == "none"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1000, 1800])
def test_report_fits_every_width(
    comparison: storydiff.Comparison, browser: Browser, tmp_path: Path, width: int, theme: str
) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": theme}]
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.open(comparison.to_html(), tmp_path / "report.html")
    assert browser.run("return document.documentElement.scrollWidth") <= width
    shade = browser.run("return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0]")
    assert (shade > 128) == (theme == "light")
    assert browser.run("return getComputedStyle(document.querySelector('.strip')).display") == "grid"
    assert browser.complaints() == []
    browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


HOSTILE = [
    "<script>window.hacked = 1</script>",
    "<img src=https://evil.example/x onerror='window.hacked = 1'>",
    "</style></script><script>window.hacked = 1</script><style>",
    "\"><svg onload='window.hacked = 1'>",
    "<a href='javascript:window.hacked = 1'>x</a>",
    "<iframe srcdoc='<script>parent.hacked = 1</script>'></iframe>",
    "<link rel=stylesheet href=https://evil.example/x.css><style>@import 'https://evil.example/y.css'</style>",
]


def test_hostile_articles_run_nothing_and_ask_for_nothing(browser: Browser, tmp_path: Path) -> None:
    said = "The council voted on Monday to close the old harbour bridge for six months."
    articles = [
        storydiff.Article(
            f"{n}{evil}", f"{said} {evil} {evil}", title=evil, source=f"{n}{evil}", url="javascript:window.hacked = 1"
        )
        for n, evil in enumerate(HOSTILE)
    ]  # fmt: skip
    comparison = storydiff.compare(articles)
    views = [comparison.view(), comparison.articles, comparison.statements, comparison.links(0.0), comparison.unique()]
    fragments = "<!doctype html><meta charset=utf-8><body>" + "".join(view._repr_html_() for view in views)  # type: ignore[attr-defined]
    for page in (comparison.to_html(), fragments):
        browser.open(page, tmp_path / "page.html")
        for link in browser.driver.find_elements(By.CSS_SELECTOR, ".glance a")[:3]:
            browser.run("arguments[0].click()", link)
        assert browser.run("return window.hacked") is None
        assert (
            browser.run("return document.querySelectorAll('iframe, img, svg[onload], link[rel=stylesheet]').length")
            == 0
        )
        assert browser.complaints() == []


def test_two_views_on_a_page_do_not_touch_each_other(
    comparison: storydiff.Comparison, scriptless: Browser, tmp_path: Path
) -> None:
    views = [comparison.view("reader").html, comparison.view("reader").html]
    scriptless.open("<!doctype html><meta charset=utf-8><body>" + "".join(views), tmp_path / "page.html")
    roots = [root.get_attribute("id") for root in scriptless.driver.find_elements(By.CSS_SELECTOR, ".shown")]
    assert len(set(roots)) == 2
    name = f"s{comparison.shared(in_full=True)[0].id}"
    scriptless.point(scriptless.find(f"#{roots[0]} .column .{name} a"))
    assert scriptless.lit(f"#{roots[0]} .card.{name}")
    assert not scriptless.lit(f"#{roots[1]} .card.{name}")
    assert scriptless.complaints() == []


def test_right_to_left_articles_read_from_the_right(browser: Browser, tmp_path: Path) -> None:
    text = "أغلق الجسر يوم الاثنين. لا أحد يعرف متى يفتح من جديد."
    comparison = storydiff.compare({"خبر": text, "wire": "The bridge closed on Monday."}, language="ar")
    browser.open(comparison.to_html(), tmp_path / "report.html")
    directions = browser.run(
        "return [...document.querySelectorAll('.column .text')].map(e => getComputedStyle(e).direction)"
    )
    assert sorted(directions) == ["ltr", "rtl"]


@pytest.mark.alone
def test_200_articles_open_fast_and_stay_responsive(
    browser: Browser, sample: list[storydiff.Article], tmp_path: Path
) -> None:
    chance = random.Random(1)
    said = [a.text[start:end] for a in sample for start, end in storydiff.split_sentences(a.text)]
    articles = {
        f"paper {n}": "\n\n".join(" ".join(chance.sample(said, 3)) for _ in range(4))
        + f"\n\nReporter {n} saw pier {n}."
        for n in range(200)
    }
    # The page is measured, not what reads the articles.
    page = storydiff.compare(articles, encoder="static").to_html()
    assert len(page.encode()) < 15_000_000
    browser.open(page, tmp_path / "report.html")
    painted = browser.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert painted < 2000
    mention = browser.find(".column .m a")
    browser.run("arguments[0].scrollIntoView({block: 'center'})", mention)
    took = browser.run(
        """const start = performance.now();
        arguments[0].dispatchEvent(new PointerEvent("pointerover", {bubbles: true}));
        document.body.offsetHeight; getComputedStyle(document.querySelector(".lit")).color;
        return performance.now() - start;""",
        mention,
    )
    assert took < 200
    print(f"{len(page.encode()):,} bytes, first paint after {painted:.0f} ms, highlight after {took:.0f} ms")
    assert browser.complaints() == []


def test_live_view_takes_the_place_of_the_static_one_and_follows_its_controls(
    comparison: storydiff.Comparison, browser: Browser, tmp_path: Path
) -> None:
    folder = Path(storydiff.__file__).parent / "views/templates"
    code = "".join(folder.joinpath(name).read_text("utf-8") for name in ("desk.js", "explore.js"))
    state = {
        "min_probability": 0.5, "articles": [a.id for a in comparison.articles], "message": "", "hidden": [],
        "place": "live",
    }  # fmt: skip
    page = f"""<!doctype html><meta charset=utf-8><body><div id=live>{comparison.view().html}</div>
    <script type=module>{code.replace("export default { initialize, render };", "")}
    const state = {json.dumps(state)}; state.html = document.getElementById("live").innerHTML;
    window.saved = []; window.keys = 0; document.addEventListener("keydown", () => {{ keys += 1; }});
    const model = {{ get: (name) => state[name], set: (name, value) => {{ state[name] = value; }},
      save_changes: () => saved.push([state.min_probability, ...state.hidden]), on: () => {{}}, off: () => {{}} }};
    initialize({{ model }});</script>"""
    browser.open(page, tmp_path / "page.html")
    browser.wait("return document.querySelectorAll('#live > .explore, #live .shown').length == 2")
    slider = (
        "const s = document.querySelector('input[type=range]'); s.value = 0.8; s.dispatchEvent(new Event('input'));"
    )
    browser.run(slider)
    assert browser.driver.execute_async_script("setTimeout(() => arguments[0](saved), 400)") == [[0.8]]
    # An arrow key moves the slider; the notebook around it does not hear of it.
    browser.find("input[type=range]").send_keys(Keys.ARROW_RIGHT)
    assert browser.run("return [document.querySelector('input[type=range]').value, keys]") == ["0.81", 0]
    browser.run("document.querySelector('.shown > details:has(.desk)').open = true")
    count = "return [...document.querySelectorAll('.card')].filter(card => !card.hidden).length"
    everything = browser.run(count)
    browser.find("input[type=search]").send_keys("inquiry")
    assert 0 < browser.run(count) < everything
    browser.find(".choose input").click()
    assert browser.run("return document.querySelectorAll('.column')[0].hidden")
    assert browser.driver.execute_async_script("setTimeout(() => arguments[0](saved), 400)")[-1] == [0.81, 0]
    assert browser.complaints() == []


def test_choosing_a_statement_brings_its_words_onto_one_line(
    comparison: storydiff.Comparison, browser: Browser, tmp_path: Path
) -> None:
    browser.open(comparison.to_html(), tmp_path / "report.html")
    statement = max(comparison.shared(in_full=True), key=lambda statement: statement.n_articles)
    browser.run("arguments[0].click()", browser.find(f".group .s{statement.id} a"))
    tops = browser.driver.execute_async_script(
        """setTimeout(() => arguments[1]([...document.querySelectorAll('.column')]
        .map((column) => column.getElementsByClassName(arguments[0])[0]).filter(Boolean)
        .map((words) => Math.round(words.getClientRects()[0].top))), 300)""",
        f"s{statement.id}",
    )
    assert len(tops) == statement.n_articles
    assert max(tops) - min(tops) <= 2
    assert browser.find(f"#s{statement.id} .sisters").is_displayed()
    without = browser.driver.find_elements(By.CSS_SELECTOR, ".column.without")
    assert len(without) == len(comparison) - statement.n_articles


def test_a_disputed_value_leads_to_the_words(
    comparison: storydiff.Comparison, browser: Browser, tmp_path: Path
) -> None:
    dispute = comparison.disputes()[0]
    browser.open(comparison.to_html(), tmp_path / "report.html")
    fact = browser.find(".fact")
    assert [value.text for value in fact.find_elements(By.CSS_SELECTOR, ".v")] == [v.text for v in dispute.values]
    value = fact.find_elements(By.CSS_SELECTOR, ".v")[1]
    browser.run("arguments[0].click()", value)
    words = browser.find(value.get_attribute("href")[value.get_attribute("href").index("#") :])
    assert words.text == dispute.values[1].text
    assert words.is_displayed()
    card = browser.find("#d0")
    assert f"probability {max(m.probability for v in dispute.values for m in v.mentions):.2f}" in card.text


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_a_card_beside_the_pointer_or_the_focus_says_how_probable_and_why(
    comparison: storydiff.Comparison, browser: Browser, tmp_path: Path, way: str
) -> None:
    browser.open(comparison.to_html(), tmp_path / "report.html")
    link = browser.find(".column .m a")
    browser.run("arguments[0].scrollIntoView({block: 'center'})", link)
    if way == "pointer":
        ActionChains(browser.driver).move_to_element_with_offset(link, 3, 0).pause(0.8).perform()
    else:
        browser.driver.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
        browser.run("arguments[0].focus({focusVisible: true})", link)
    hint = browser.find("#hint")
    assert hint.is_displayed()
    assert "probability" in hint.text
    assert hint.find_elements(By.CSS_SELECTOR, ".sisters li .why")
    ActionChains(browser.driver).send_keys(Keys.ESCAPE).perform()
    assert not hint.is_displayed()


def test_a_least_probability_hides_what_is_less_sure_without_script(
    comparison: storydiff.Comparison, scriptless: Browser, tmp_path: Path
) -> None:
    scriptless.open(comparison.to_html(), tmp_path / "report.html")
    shown = "return [...document.querySelectorAll('.list.shared .card')].filter((card) => card.offsetParent).length"
    every = scriptless.run(shown)
    scriptless.find(".least-9").click()
    sure = [s for s in comparison.shared(in_full=True) if sum(m.probability >= 0.9 for m in s.mentions) > 1]
    assert scriptless.run(shown) <= len(sure) < every


@pytest.fixture(scope="module")
def many(sample: list[storydiff.Article]) -> storydiff.Comparison:
    """Sixty articles made of the sentences of five, with dates."""
    chance = random.Random(2)
    said = [a.text[start:end] for a in sample for start, end in storydiff.split_sentences(a.text)]
    return storydiff.compare(
        [
            storydiff.Article(
                f"{n:032x}",
                "\n\n".join(chance.sample(said, 3)) + f"\n\nReporter {n} saw pier {n}.",
                title=f"Report {n} from the harbour",
                published=f"2026-03-{1 + n // 10:02}T{n % 10:02}:30",
            )
            for n in range(60)
        ],
        encoder="static",
    )


def test_sixty_articles_have_six_columns_and_a_picker(
    many: storydiff.Comparison, browser: Browser, tmp_path: Path
) -> None:
    browser.open(many.to_html(), tmp_path / "report.html")
    shown = "return [...document.querySelectorAll('.column')].filter((column) => column.offsetParent).map((c) => c.id)"
    assert len(browser.run(shown)) == 6
    assert browser.run("return document.querySelector('.strip').scrollWidth") < 3000
    browser.find(".picker summary").click()
    box = browser.find(".picker input:not(:checked)")
    box.click()
    assert box.get_attribute("id").replace("pick", "a") in browser.run(shown)
    assert "7 of 60 shown" in browser.find(".picker summary").text
    # A place in a column that is not shown brings it.
    hidden = browser.find(".column[hidden] .m")
    browser.run("location.hash = arguments[0]", hidden.get_attribute("id"))
    browser.driver.execute_async_script("setTimeout(arguments[0], 200)")
    assert hidden.is_displayed()
    # A picture of the articles names them: never a hash where a title is known.
    assert "Report 3 from the harbour" in browser.find(".sources").text
    assert f"{7:032x}" not in browser.run("return document.body.innerText")
    assert browser.complaints() == []


def test_sixty_articles_are_readable_without_script(
    many: storydiff.Comparison, scriptless: Browser, tmp_path: Path
) -> None:
    scriptless.open(many.to_html(), tmp_path / "report.html")
    shown = "return [...document.querySelectorAll('.column')].filter((column) => column.offsetParent).length"
    assert scriptless.run(shown) == 6
    scriptless.find(".picker summary").click()
    scriptless.find(".picker input:not(:checked)").click()
    assert scriptless.run(shown) == 7


def test_dates_make_a_timeline(many: storydiff.Comparison, browser: Browser, tmp_path: Path) -> None:
    browser.open(many.to_html(), tmp_path / "report.html")
    assert "New since 6 Mar 2026, 08:30" in browser.find("#timeline").text
    assert "Report 59 from the harbour" in browser.find("#timeline .latest").text
    assert browser.driver.find_elements(By.CSS_SELECTOR, "#timeline .courses circle.first")


def test_a_strip_of_sixty_articles_names_the_one_under_the_pointer(
    many: storydiff.Comparison, browser: Browser, tmp_path: Path
) -> None:
    browser.open(many.to_html(), tmp_path / "report.html")
    strip = browser.find("#matrix .wide svg")
    browser.run("arguments[0].scrollIntoView({block: 'center'})", strip)
    width = strip.rect["width"]
    for at in (0, 31, 59):
        across = int(width * (at + 0.5) / 60 - width / 2)
        ActionChains(browser.driver).move_to_element_with_offset(strip, across, 0).perform()
        assert browser.find("#hint").text == f"Report {at} from the harbour"


@pytest.mark.parametrize("width", [400, 1000])
def test_no_figure_is_cut_off_without_a_way_to_scroll(
    comparison: storydiff.Comparison, browser: Browser, tmp_path: Path, width: int
) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.open(comparison.to_html(), tmp_path / "report.html")
    browser.run("for (const part of document.querySelectorAll('details.fold')) part.open = true")
    cut = browser.run(
        """return [...document.querySelectorAll('.upset .bar, .heat td, .sources td, .matrix td')].filter((cell) => {
          const holder = cell.closest('.scroll').getBoundingClientRect(), box = cell.getBoundingClientRect();
          return box.width && box.right > holder.right + 1; }).length"""
    )
    assert cut == 0
    browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_print_shows_what_is_folded(comparison: storydiff.Comparison, scriptless: Browser, tmp_path: Path) -> None:
    scriptless.open(comparison.to_html(), tmp_path / "report.html")
    scriptless.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    seen = "return document.querySelector(arguments[0]).checkVisibility()"
    assert scriptless.run(seen, "#terms .terms li")
    assert not scriptless.run(seen, ".index")
    scriptless.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["report", "notebook", "many"])
def test_axe_finds_nothing_that_shuts_readers_out(browser: Browser, tmp_path: Path, kind: str, theme: str) -> None:
    axe = pytest.importorskip("axe_core_python")
    source = (Path(axe.__file__).parent / "axe.min.js").read_text("utf-8")
    # The beginnings of dated articles: every view is there, and little text, whose contrast takes long to measure.
    articles = [replace(article, text=article.text[:500]) for article in storydiff.sample_articles("dam")]
    if kind == "many":
        # Titles and no names, and two stories.
        both = [*articles, *storydiff.sample_articles()]
        articles = [replace(article, text=article.text[:400], source=None, title=article.text[:60]) for article in both]
    comparison = storydiff.compare(articles, encoder="static")
    page = comparison.to_html()
    assert ("These look like" in page) == (kind == "many")
    if kind == "notebook":
        cells = (
            comparison.view().html + comparison.shared(in_full=True)._repr_html_() + comparison.links()[0]._repr_html_()
        )
        page = (
            f"<!doctype html><html lang=en><meta charset=utf-8><title>cells</title><main><h1>cells</h1>{cells}</main>"
        )
    features = [{"name": "prefers-color-scheme", "value": theme}, {"name": "prefers-reduced-motion", "value": "reduce"}]
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.driver.set_script_timeout(100)
    # Wide as it opens, with a statement chosen in the report; narrow with every part unfolded.
    unfold = (
        "for (const part of document.querySelectorAll('details')) { part.removeAttribute('name'); part.open = true; }"
    )
    for width, script in ((1400, "location.hash = '#s0'"), (400, unfold)):
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        browser.driver.get("about:blank")
        browser.open(page, tmp_path / "page.html")
        browser.run(f"{script}; {source}")
        # What is folded away has no background to be held against; the narrow page shows it.
        found = browser.driver.execute_async_script(
            """axe.run({resultTypes: ["violations"]}).then((found) => arguments[0](found.violations.map((each) =>
              [each.id, each.nodes.filter((node) => document.querySelector(node.target[0]).checkVisibility())
                .slice(0, 3).map((node) => [node.html, node.failureSummary])]).filter((each) => each[1].length)))"""
        )
        assert found == [], (width, script)
    browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("strict", [False, True], ids=["styles", "styles, drawings and controls"])
def test_a_cell_reads_where_its_styles_are_taken_out(
    comparison: storydiff.Comparison, scriptless: Browser, tmp_path: Path, strict: bool
) -> None:
    # What an untrusted notebook in JupyterLab and a code host leave of a cell.
    cell = re.sub(r"<style.*?</style>", "", comparison.view().html, flags=re.DOTALL)
    if strict:
        cell = re.sub(
            r"<svg.*?</svg>|<input[^>]*>| (?:class|id|title|aria-\w+|tabindex)=\"[^\"]*\"", "", cell, flags=re.DOTALL
        )
    scriptless.open(f"<!doctype html><meta charset=utf-8><body>{cell}", tmp_path / "page.html")
    text = " ".join(scriptless.run("return document.body.innerText").split())
    for statement in comparison.shared(in_full=True)[:5]:
        who = listed([article.id for article in statement.articles])
        assert f"in {statement.n_articles} of 5: {who}. {' '.join(statement.text.split())}" in text
    span = comparison.unique()[0]
    assert f"{span.article.id} {span.text} – {'; '.join(span.reasons[:3])}" in text
    for value in comparison.disputes()[0].values:
        assert f"{value.text} {', '.join(article.id for article in value.articles)}" in text
    drawn = """return [...document.querySelectorAll("svg")].filter((drawing) => drawing.checkVisibility())
      .map((drawing) => drawing.getBoundingClientRect().height)"""
    assert max(scriptless.run(drawn), default=0) <= 320
    everything = " ".join(scriptless.run("return document.body.textContent").split())
    assert [span for span in comparison.unique("beacon") if " ".join(span.text.split()) not in everything] == []
    assert scriptless.complaints() == []


def test_a_cell_keeps_its_styles_within_a_shadow_root(
    comparison: storydiff.Comparison, browser: Browser, tmp_path: Path
) -> None:
    # Some notebooks put each output into a root, or a frame, of its own.
    page = f"""<!doctype html><meta charset=utf-8><body><div id=host></div><template>{comparison.view().html}</template>
    <script>document.getElementById("host").attachShadow({{mode: "open"}})
      .append(document.querySelector("template").content.cloneNode(true))</script>"""
    browser.open(page, tmp_path / "page.html")
    look = (
        "return getComputedStyle(document.getElementById('host').shadowRoot.querySelector(arguments[0]))[arguments[1]]"
    )
    assert browser.run(look, ".group.shared", "borderTopWidth") == "3px"
    assert browser.run(look, ".dots .sr", "position") == "absolute"
    assert browser.run(look, ".sources svg", "width") == "56px"
    assert browser.complaints() == []


@pytest.mark.parametrize(
    ("html", "body", "framed"),
    [("", 'data-jp-theme-light="false"', False), ("", 'class="vscode-dark"', True), ('theme="dark"', "", True)],
    ids=["JupyterLab", "VS Code", "Colab"],
)
def test_a_cell_takes_the_colours_of_the_notebook_around_it_and_keeps_its_links_within(
    comparison: storydiff.Comparison, browser: Browser, tmp_path: Path, html: str, body: str, framed: bool
) -> None:
    # As these put outputs on a page: in it, or in a frame of their own; their dark theme on a system that is light.
    features = [{"name": "prefers-color-scheme", "value": "light"}]
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    cell = f"<!doctype html><html {html}><meta charset=utf-8><body {body}>{comparison.view().html}"
    (tmp_path / "cell.html").write_text(cell, encoding="utf-8")
    frame = '<iframe sandbox="allow-scripts allow-same-origin" width=900 height=700 src="cell.html"></iframe>'
    browser.open(f"<!doctype html><meta charset=utf-8><body>{frame}" if framed else cell, tmp_path / "page.html")
    if framed:
        browser.driver.switch_to.frame(0)
    look = "return getComputedStyle(document.querySelector('.shown')).backgroundColor.match(/\\d+/g).map(Number)[0]"
    assert browser.run(look) < 128
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
    statement = comparison.shared(in_full=True)[0]
    browser.find(f".group .s{statement.id} a").click()
    browser.wait(f"return document.querySelector('.card.s{statement.id}:target')?.checkVisibility()")
    browser.driver.switch_to.default_content()
    assert browser.complaints() == []
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_card_opens_where_the_notebook_follows_links_by_itself(
    comparison: storydiff.Comparison, browser: Browser, tmp_path: Path
) -> None:
    # What VS Code does with a click on a link within an output.
    follows = """<script>document.body.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      if (!link) return;
      event.preventDefault();
      document.getElementById(link.hash.slice(1))?.scrollIntoView();
    })</script>"""
    page = f"<!doctype html><meta charset=utf-8><body>{comparison.view('reader').html}{follows}"
    browser.open(page, tmp_path / "page.html")
    card = f".card.s{comparison.shared(in_full=True)[0].id}"
    browser.find(f"{card} > a.text").click()
    assert browser.find(f"{card} .sisters").is_displayed()
    browser.find(f"{card} .sisters li:last-child a").click()
    assert browser.find(f"{card} .sisters").is_displayed()
    assert browser.run("return location.hash") == ""
    # Moving on with the Tab key opens none: each would put its links in the way.
    ActionChains(browser.driver).send_keys(Keys.TAB).perform()
    focused = "return document.activeElement.closest('.card')?.querySelector('.more').checkVisibility() ?? false"
    assert not browser.run(focused)
