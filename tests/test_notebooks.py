"""The notebooks run from top to bottom, each in a fresh kernel, and are kept so."""

import re
from pathlib import Path

import nbclient
import nbformat
import pytest

# A story that other tests compare, too, is not compared again; many at once are compared by words alone.
REMEMBER = """
import functools
import sys
sys.path.append({!r})
from pathlib import Path
import storydiff
from remembering import remembering
storydiff.compare = remembering(Path({!r}))
storydiff.compare_stories = functools.partial(storydiff.compare_stories, encoder="static")
"""
NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path: Path, remembered_in: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(REMEMBER.format(str(Path(__file__).parent), str(remembered_in))))
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_kept_as_a_run_from_top_to_bottom_leaves_it(path: Path) -> None:
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]


def test_notebooks_need_no_more_than_the_extras_bring() -> None:
    allowed = {"json", "random", "tempfile", "pathlib", "itertools", "storydiff", "numpy", "pandas", "sklearn"}
    allowed |= {"matplotlib", "pyarrow"}
    sources = [cell.source for path in NOTEBOOKS for cell in nbformat.read(path, as_version=4).cells]
    named = {name for source in sources for name in re.findall(r"^(?:import|from) (\w+)", source, re.MULTILINE)}
    assert named <= allowed
