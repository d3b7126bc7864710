"""Chromium for the tests of what is seen in it, and what it said and asked for."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver")
from selenium.webdriver import ActionChains  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
needs_a_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="NO BROWSER IS TESTED: no Chromium or chromedriver (.ci/browser)"
)
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1400,900",
]  # fmt: skip
NO_SCRIPTS = "--blink-settings=scriptEnabled=false"


class Browser:
    """Chromium, and what it said and asked for."""

    def __init__(self, profile: Path, scripts: bool = True) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for flag in [
            *QUIET,
            f"--user-data-dir={profile}",
            *([] if scripts else ["--blink-settings=scriptEnabled=false"]),
        ]:
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(DRIVER))

    def open(self, page: str, path: Path) -> None:
        path.write_text(page, encoding="utf-8")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(path.as_uri())
        self.wait("return document.readyState === 'complete'")  # a busy machine may answer before

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait(self, script: str) -> None:
        """Until a script gives something true: modules run when the page has long been loaded."""
        WebDriverWait(self.driver, 10).until(lambda driver: driver.execute_script(script))

    def find(self, selector: str) -> Any:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def point(self, element: Any) -> None:
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        ActionChains(self.driver).move_to_element(element).perform()

    def lit(self, selector: str) -> bool:
        """Whether an element carries the highlight."""
        colour = self.run(
            "return getComputedStyle(document.querySelector(arguments[0])).getPropertyValue('--lit')", selector
        )
        return colour not in ("transparent", "rgba(0, 0, 0, 0)")

    def complaints(self) -> list[str]:
        """Errors on the console, and requests for anything but the page itself."""
        said = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        asked = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
        return said + [url for url in asked if not url.startswith(("file:", "data:", "chrome:", "chrome-untrusted:"))]
