"""Writes .licenses/third-party.txt: what the wheel holds of others, and under which terms. `--check` only compares."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
OUTPUT = ROOT / ".licenses" / "third-party.txt"
# Under "MIT OR Apache-2.0" and the like we take MIT, whose text is short and carries the copyright line.
TERMS = ["LICENSE-MIT*", "license-mit*", "LICENSE-Zlib*", "LICEN[SC]E*", "license*", "COPYING*", "UNLICENSE*"]
HEAD = """Third-party software in storydiff

The wheels of storydiff hold compiled code of the Rust crates below, each under the terms that follow its name; where
there is a choice of terms, those printed here were chosen. The models that the wheels hold are described in
src/encode/models/README.md of the sources; their licence is Apache-2.0, the text of which is storydiff's own LICENSE.
"""


def crates() -> list[tuple[str, str, str, Path]]:
    """Name, version, licence and folder of every crate linked into the wheel on any platform."""
    options = ["--features", "python", "--locked"]
    metadata = subprocess.run(["cargo", "metadata", "--format-version=1", *options], capture_output=True, check=True)
    tree = subprocess.run(
        ["cargo", "tree", "--edges=normal", "--prefix=none", "--target=all", "--format={p}", *options],
        capture_output=True,
        check=True,
        text=True,
    )
    linked = {tuple(line.split()[:2]) for line in tree.stdout.splitlines()}
    return sorted(
        (package["name"], package["version"], package["license"] or "", Path(package["manifest_path"]).parent)
        for package in json.loads(metadata.stdout)["packages"]
        if (package["name"], f"v{package['version']}") in linked and package["source"] is not None
    )


def terms(folder: Path) -> str:
    """The text of a crate's licence, and its notices."""
    found = next((files for pattern in TERMS if (files := sorted(folder.glob(pattern)))), [])
    notices = sorted(folder.glob("NOTICE*"))
    texts = [file.read_text(errors="replace").strip() for file in [*found, *notices] if file.is_file()]
    return re.sub(r"[ \t]+$", "", "\n\n".join(texts).replace("\r\n", "\n"), flags=re.MULTILINE)


def main() -> int:
    groups: dict[str, list[str]] = {}
    for name, version, licence, folder in crates():
        text = terms(folder) or f"(no text in the crate; {licence})"
        groups.setdefault(text, []).append(f"{name} {version}: {licence}")
    parts = ["\n".join(names) + "\n\n" + text for text, names in groups.items()]
    written = ("\n" + "=" * 80 + "\n\n").join([HEAD, *(part + "\n" for part in parts)])
    if "--check" not in sys.argv:
        OUTPUT.write_text(written)
    elif OUTPUT.read_text() != written:
        print(f"{OUTPUT.relative_to(ROOT)} does not fit Cargo.lock: run `make licenses`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
