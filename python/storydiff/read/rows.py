"""Articles as rows: one mapping each, with `text` and perhaps `id`, `title`, `source`, `url`, `published`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from storydiff.article import Article

METADATA = ("title", "source", "url", "published")
FIELDS = ("id", "text", *METADATA)
_MOST_NAMES = 20
_MOST_KINDS = 100


@dataclass(frozen=True)
class Row:
    """What a file or table holds of one article, and where."""

    where: str
    """For the reader of an error: "line 3", "row 7"."""
    values: Mapping[str, Any] | ValueError
    """By field; or why there is none to be had."""


# What others call the text of an article, for a hint to whoever has such a column.
TEXTS = (
    "body", "content", "article", "maintext", "fulltext", "full_text", "bodytext", "body_text", "content_text",
    "article_text", "articlebody", "article_body", "text",
)  # fmt: skip


class Columns:
    """Under which name the caller, or failing him the data, has each field."""

    def __init__(self, named: Mapping[str, str | None] | None = None) -> None:
        self._named = {field: name for field, name in (named or {}).items() if name is not None}
        for field, name in self._named.items():
            if not isinstance(name, str):
                raise TypeError(f"{field} must be the name of a column, got {type(name).__name__}")
        # Most items of a file have the same names.
        self._found: dict[tuple[tuple[object, ...], bool], dict[str, object]] = {}

    @property
    def given(self) -> dict[str, str]:
        """The names that the caller says, by field."""
        return dict(self._named)

    def find(self, names: Iterable[object], *, all_there: bool = True) -> dict[str, object]:
        """Field to name: the one the caller says, else that of the field; letter case and blanks aside if need be.

        Raises
        ------
        ValueError
            When a column that the caller names is missing, but for those of an item that need not have it, or two could
            be one field.
        """
        given = tuple(names)
        if (known := self._found.get((given, all_there))) is not None:
            return dict(known)
        plain: dict[str, list[object]] = {}
        for name in given:
            plain.setdefault(_plain(name), []).append(name)
        found: dict[str, object] = {}
        for field in FIELDS:
            wanted = self.named(field)
            exact = [name for name in given if name == wanted]
            alike = exact or plain.get(_plain(wanted), [])
            if len(alike) == 1:
                found[field] = alike[0]
            elif alike:
                raise ValueError(f"more than one column could be {wanted!r}: {', '.join(map(repr, alike))}")
            elif field in self._named and (all_there or field == "text"):
                raise ValueError(self._nowhere(field, given))
        if len(self._found) < _MOST_KINDS:
            self._found[given, all_there] = found
        return dict(found)

    def check(self, items: Iterable[Mapping[str, Any]]) -> None:
        """Raise where the caller names a field that no item has."""
        if not self._named:
            return
        names = dict.fromkeys(name for item in items for name in item)
        known = set(map(_plain, names))
        for field, wanted in self._named.items():
            if names and _plain(wanted) not in known:
                raise ValueError(self._nowhere(field, names))

    def _nowhere(self, field: str, names: Iterable[object]) -> str:
        return (
            f"no column {self.named(field)!r}, which {field}= names, among {listed(names)} "
            f"(on the command line --{field})"
        )

    def missing(self, names: Iterable[object]) -> str:
        """What there is in place of a text, and how to say which of it is the text."""
        given = list(names)
        likely = (name for text in TEXTS for name in given if _plain(name).split(".")[-1] == text)
        name = str(next(likely, "..."))
        return f"{listed(given)}; say which holds the texts: text={name!r}, on the command line --text {name}"

    def fields(self, values: Mapping[str, Any], beside: Sequence[str] = ()) -> dict[str, Any]:
        """The values under our names, and those of the columns `beside` under the caller's."""
        names = self.find(values, all_there=False)
        if "text" not in names:
            raise ValueError(f"no {self.named('text')!r} among {self.missing(values)}")
        return {ours: values[name] for ours, name in (names | others_of(values, beside)).items()}  # type: ignore[index]

    def has_text(self, names: Iterable[object]) -> bool:
        """Whether one of the names is that of the text."""
        return _plain(self.named("text")) in map(_plain, names)

    def named(self, field: str) -> str:
        """The name to tell the reader of an error."""
        return self._named.get(field, field)


def others_of(names: Iterable[object], wanted: Sequence[str]) -> dict[str, object]:
    """The names of columns that are no fields of ours, by what the caller calls them; those that there are."""
    if not wanted:
        return {}
    given = list(names)
    plain = {_plain(name): name for name in reversed(given)}
    return {name: name if name in given else plain[_plain(name)] for name in wanted if _plain(name) in plain}


def _plain(name: object) -> str:
    return str(name).strip().casefold()


def listed(names: Iterable[object]) -> str:
    """Names of columns, for the reader of an error."""
    given = [repr(shorten(str(name), 40, placeholder="…")) for name in names]
    more = f" and {len(given) - _MOST_NAMES} more" if len(given) > _MOST_NAMES else ""
    return (", ".join(given[:_MOST_NAMES]) or "none") + more


def to_article(values: Mapping[str, Any], default_id: str, columns: Columns | None = None) -> Article:
    """The article of a row. A missing id becomes `default_id`; numbers and dates become strings."""
    fields = (columns or Columns()).fields(values)
    text = fields.pop("text")
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, got {'nothing' if absent(text) else type(text).__name__}")
    known = {field: string(value) for field, value in fields.items()}
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
    """A value of a table as text; None where there is none: an empty cell, for one, or a blank one."""
    if isinstance(value, Mapping):  # in JSON, a publisher is often {"id": ..., "name": ...}
        value = value.get("name")
    if absent(value) or isinstance(value, list | Mapping) or (isinstance(value, str) and not value.strip()):
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
