"""What the site is built from besides its pages: the reports of the bundled stories and the notebooks, as pages."""

from __future__ import annotations

import html
import json
import os
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[2]
# A frame is as high as what it shows, up to a screen.
FIT = (
    "this.style.height = 0; "
    "this.style.height = Math.min(this.contentDocument.documentElement.scrollHeight + 4, 640) + 'px'"
)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is made here; the variable REPORTS names another encoder than the usual one."""
    import storydiff

    for name, story in (("report", "bridge"), ("dam", "dam")):
        articles = storydiff.sample_articles(story)  # type: ignore[arg-type]
        page = storydiff.compare(articles, encoder=os.environ.get("REPORTS")).to_html()  # type: ignore[arg-type]
        files.append(File.generated(config, f"{name}.html", content=page))
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        notebook = json.loads(path.read_text("utf-8"))
        page = "\n\n".join(cell(each) for each in notebook["cells"]) + "\n"
        files.append(File.generated(config, f"notebooks/{path.stem}.md", content=page))
    return files


def cell(given: dict[str, Any]) -> str:
    """One cell in Markdown."""
    source = "".join(given["source"])
    if given["cell_type"] != "code":
        return source
    return "\n\n".join([f"```python\n{source}\n```", *filter(None, map(output, given["outputs"]))])


def output(given: dict[str, Any]) -> str:
    """What a cell gave, in the richest form that it has."""
    data = {kind: "".join(value) for kind, value in given.get("data", {}).items() if isinstance(value, str | list)}
    shown = data.get("text/html", "")
    if "image/png" in data:
        source = "".join(data["image/png"].split())
        return framed(f'<img alt="What the cell above draws" src="data:image/png;base64,{source}">')
    if "<style>" in shown and "storydiff" in shown:
        # A frame of its own keeps the styles of a view from those of the page.
        page = f"<!doctype html><meta charset=utf-8><meta name=color-scheme content='light dark'>{shown}"
        source = " ".join(html.escape(page).split("\n"))
        return framed(
            f'<iframe title="What the cell above shows" loading="lazy" onload="{FIT}" srcdoc="{source}"></iframe>'
        )
    if shown:
        return framed(" ".join(re.sub(r"<style.*?</style>", "", shown, flags=re.DOTALL).split()))
    text = data.get("text/plain") or "".join(given.get("text", ""))
    return f'```text title="Output"\n{text.rstrip()}\n```' if text.strip() else ""


def framed(body: str) -> str:
    """HTML that stands as it is."""
    return f'<div class="shown">{body}</div>'
