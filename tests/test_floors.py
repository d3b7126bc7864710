"""The modules of the package import downwards only, by the floors that CONTRIBUTING lists, and none reaches itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "python" / "storydiff"


def modules(folder: Path) -> dict[str, str]:
    """The source of each module of a package by its name."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text("utf-8")
    return found


def executed(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those that only a type checker reads: imports count inside functions too."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for other in node.orelse:
                yield other
                yield from executed(other)
            continue
        yield node
        yield from executed(node)


def imported(source: str, known: set[str]) -> set[str]:
    """The modules among those known that a source imports: of ``from a import b`` the module a.b, or else a."""
    found = set()
    for node in executed(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            # The compiled module imports nothing, and has no source here.
            found |= {name if name in known or name.endswith("._storydiff") else str(node.module) for name in names}
    return found & known


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules of which each reaches all others of its group."""

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        ahead = [*graph[start]]
        while ahead:
            if (module := ahead.pop()) not in found:
                found.add(module)
                ahead += graph[module]
        return found

    reach = {module: reached(module) for module in graph}
    groups = {
        tuple(sorted({module} | {other for other in reach[module] if module in reach[other]}))
        for module in graph
        if module in reach[module]
    }
    return [list(group) for group in sorted(groups)]


def graph_of(sources: dict[str, str]) -> dict[str, set[str]]:
    """What each module imports."""
    return {name: imported(source, set(sources)) for name, source in sources.items()}


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ({"p": "", "p.a": "from p import b", "p.b": "import p.a"}, [["p.a", "p.b"]]),
        ({"p": "from p.a import f", "p.a": "def f():\n    import p"}, [["p", "p.a"]]),
        ({"p": "from p.a import f", "p.a": "from p import _storydiff"}, []),
        ({"p": "from p.a import f", "p.a": "if TYPE_CHECKING:\n    from p import f"}, []),
        ({"p": "", "p.a": "if TYPE_CHECKING:\n    pass\nelse:\n    from p.b import f", "p.b": "import p.a"},
         [["p.a", "p.b"]]),
        ({"p": "", "p.a": "from p.a import f"}, [["p.a"]]),
    ],
)  # fmt: skip
def test_circles_are_found(sources: dict[str, str], expected: list[list[str]]) -> None:
    assert circles(graph_of(sources)) == expected


def test_no_module_imports_itself_through_others() -> None:
    assert circles(graph_of(modules(PACKAGE))) == []


def floors() -> dict[str, int]:
    """The floor of each module or package that CONTRIBUTING lists, the lowest first."""
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## The floors")[2].partition("\n## ")[0]
    lines = re.findall(r"^\d+\. ([^:]+):", section, re.MULTILINE)
    return {name: at for at, line in enumerate(lines) for name in re.findall("`([^`]+)`", line)}


def entry(module: str, listed: dict[str, int]) -> str:
    """What the list of floors calls a module: itself, or the package that it is in."""
    name = module.removeprefix("storydiff.")
    while name not in listed:
        name, _, last = name.rpartition(".")
        assert last, f"{module} has no floor in CONTRIBUTING"
    return name


def test_imports_only_go_down() -> None:
    listed = floors()
    sources = modules(PACKAGE)
    graph = graph_of(sources)
    wrong = [
        f"{module} imports {other}"
        for module in graph
        for other in sorted(graph[module])
        for own, its in [(entry(module, listed), entry(other, listed))]
        if own != its and listed[its] >= listed[own]
    ]
    assert wrong == []
    assert {entry(module, listed) for module in graph} == {*listed}
    assert sum(map(len, graph.values())) > 100
