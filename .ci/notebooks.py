"""Run the notebooks, each in a fresh kernel, and keep what they show: python .ci/notebooks.py [FILE ...]

What changes from run to run without saying anything (times, the interpreter's version) is left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbclient
import nbformat

FOLDER = Path(__file__).parent.parent / "notebooks"


def main(paths: list[Path]) -> None:
    """Execute each in its folder."""
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        resources = {"metadata": {"path": str(path.parent)}}
        nbclient.NotebookClient(notebook, timeout=600, record_timing=False, resources=resources).execute()
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
        notebook.metadata.language_info = {"name": "python"}
        nbformat.write(notebook, path)
        print(path.name)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.ipynb")))
