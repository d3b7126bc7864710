"""Articles as rows: one mapping each, with `text` and perhaps `id`, `title`, `source`, `url`, `published`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from storydiff.article import Article

METADATA = ("title", "source", "url", "published")
FIELDS = ("id", "text", *METADATA)


@dataclass(frozen=True)
class Row:
    """What a file or table holds of one article, and where."""

    where: str
    """For the reader of an error: "line 3", "row 7"."""
    values: Mapping[str, Any] | ValueError
    """By field; or why there is none to be had."""


class Columns:
    """Under which name the caller, or failing him the data, has each field."""

    def __init__(self, named: Mapping[str, str | None] | None = None) -> None:
        self._named = {field: name for field, name in (named or {}).items() if name is not None}
        for field, name in self._named.items():
            if not isinstance(name, str):
                raise TypeError(f"{field} must be the name of a column, got {type(name).__name__}")

    def find(self, names: Iterable[object]) -> dict[str, object]:
        """Field to name: the one the caller says, else that of the field; letter case and blanks aside if need be.

        Raises
        ------
        ValueError
            When a column that the caller names is missing, or two could be one field.
        """
        given = list(names)
        plain: dict[str, list[object]] = {}
        for name in given:
            plain.setdefault(_plain(name), []).append(name)
        found: dict[str, object] = {}
        for field in FIELDS:
            wanted = self._named.get(field, field)
            exact = [name for name in given if name == wanted]
            alike = exact or plain.get(_plain(wanted), [])
            if len(alike) == 1:
                found[field] = alike[0]
            elif alike:
                raise ValueError(f"more than one column could be {wanted!r}: {', '.join(map(repr, alike))}")
            elif field in self._named:
                raise ValueError(f"no column {wanted!r}, which {field}= names, among {_listed(given)}")
        return found

    def has_text(self, names: Iterable[object]) -> bool:
        """Whether one of the names is that of the text."""
        return _plain(self.named("text")) in map(_plain, names)

    def named(self, field: str) -> str:
        """The name to tell the reader of an error."""
        return self._named.get(field, field)


def _plain(name: object) -> str:
    return str(name).strip().casefold()


def _listed(names: Iterable[object]) -> str:
    return ", ".join(map(repr, names)) or "no fields"


def to_article(values: Mapping[str, Any], default_id: str, columns: Columns | None = None) -> Article:
    """The article of a row. A missing id becomes `default_id`; numbers and dates become strings."""
    columns = columns or Columns()
    names = columns.find(values)
    if "text" not in names:
        raise ValueError(f"no {columns.named('text')!r} among {_listed(values)}")
    text = values[names["text"]]  # type: ignore[index]
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, got {'nothing' if absent(text) else type(text).__name__}")
    known = {field: string(values[name]) for field, name in names.items() if field != "text"}  # type: ignore[index]
    id = known.pop("id", None)
    return Article(default_id if id is None else id, text, **known)


def row_article(row: Row, default_id: str, columns: Columns | None = None) -> Article:
    """The article of a row; an error says where the row stands."""
    try:
        if isinstance(row.values, ValueError):
            raise row.values
        return to_article(row.values, default_id, columns)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{row.where}: {error}" if row.where else str(error)) from error


def string(value: Any) -> str | None:
    """A value of a table as text; None where there is none."""
    if absent(value):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))  # a column of whole numbers, one of which is missing
    moment: Any = value
    return str(moment.isoformat()) if hasattr(moment, "isoformat") else str(value)


def absent(value: object) -> bool:
    """Whether a frame has no value here: None, NaN and pandas' NA and NaT, none of which equals itself for sure."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, float) and value != value


def missing(name: str, package: str, extra: str, cause: ImportError | None = None) -> ImportError:
    """What to raise when reading `name` needs a package that cannot be imported, and why it cannot."""
    if cause is None or (isinstance(cause, ModuleNotFoundError) and cause.name == package):
        return ImportError(f"reading {name} needs {package}: pip install 'storydiff[{extra}]'", name=package)
    return ImportError(f"reading {name} needs {package}, which is installed but fails to import: {cause}", name=package)
