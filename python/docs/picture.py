"""Make the picture in README.md from today's report: .venv/bin/python python/docs/picture.py

Needs Chromium; CHROMIUM names it where it is not found. The picture shows the first screen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import storydiff

TARGET = Path(__file__).parents[2] / ".assets" / "report.png"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def main() -> None:
    """Write the report, and a picture of it."""
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        raise SystemExit("no Chromium was found; set CHROMIUM=/path/to/it")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        storydiff.compare(storydiff.sample_articles()).to_html(report)
        options = "--headless --no-sandbox --disable-gpu --disable-background-networking --hide-scrollbars "
        options += "--force-device-scale-factor=1.5 --window-size=1200,960 --virtual-time-budget=5000"
        places = [f"--user-data-dir={folder}/profile", f"--screenshot={TARGET}"]
        command = [browser, *options.split(), *places, report.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    print(TARGET.relative_to(Path.cwd()) if TARGET.is_relative_to(Path.cwd()) else TARGET)


if __name__ == "__main__":
    main()
