"""What the site is built from besides its pages: the reports of the bundled stories and the notebooks, as pages."""

from __future__ import annotations

import base64
import html
import json
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[2]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is made here."""
    import storydiff

    for name, story in (("report", "bridge"), ("dam", "dam")):
        page = storydiff.compare(storydiff.sample_articles(story)).to_html()  # type: ignore[arg-type]
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
    if "image/png" in data:
        size = base64.b64encode(base64.b64decode(data["image/png"])).decode()
        return f'<div class="shown"><img alt="The plot that the cell above draws" src="data:image/png;base64,{size}"></div>'
    if "text/html" in data and ("<style" in data["text/html"] or "<script" in data["text/html"]):
        # A frame of its own keeps the styles of a view from those of the page.
        body = html.escape(f"<!doctype html><meta charset=utf-8><body style='margin:0'>{data['text/html']}", quote=True)
        lines = " ".join(body.split("\n"))
        return f'<div class="shown"><iframe title="What the cell above shows" loading="lazy" srcdoc="{lines}"></iframe></div>'
    if "text/html" in data:
        return f'<div class="shown">{" ".join(data["text/html"].split())}</div>'
    text = data.get("text/plain") or "".join(given.get("text", ""))
    return f'```text title="Output"\n{text.rstrip()}\n```' if text.strip() else ""
