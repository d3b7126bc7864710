"""What records and lists of them have in common: they show themselves in notebooks, and are short in a console."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeVar, overload

if TYPE_CHECKING:
    import pandas

T = TypeVar("T")


class Shown:
    """A record that a notebook shows as HTML and a console in a line or two."""

    __slots__ = ()

    def __repr__(self) -> str:
        from storydiff.views.names import labels_in

        labels = labels_in(self)
        names = [field.name for field in fields(self) if field.repr]  # type: ignore[arg-type]
        if "text" not in names and hasattr(self, "text"):
            names.append("text")
        known = [(name, value) for name in names if (value := getattr(self, name)) is not None]
        return f"{type(self).__name__}({', '.join(f'{name}={_short(value, labels)}' for name, value in known)})"

    def _repr_html_(self) -> str:
        from storydiff.views.notebook import record

        return record(self)


def _short(value: object, labels: Mapping[str, str]) -> str:
    """What stands for a value within the repr of another: the label of an article, the number of a sentence in it."""
    if isinstance(value, Shown):
        id, article, index = (getattr(value, name, None) for name in ("id", "article", "index"))
        if index is not None and article is not None:
            return f"{_called(article.id, labels)}[{index}]"
        return repr(value) if id is None else _called(id, labels)
    if hasattr(value, "_fields"):  # a value of a dispute: what is said, and by whom
        return f"{_short(value[0], labels)} {_short(value[-1], labels)}"  # type: ignore[index]
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, list):
        shown = [_short(each, labels) for each in value[: 5 if len(value) > 6 else 6]]
        more = [f"… {len(value) - 5} more"] if len(value) > 6 else []
        return f"[{', '.join([*shown, *more])}]"
    if value is None or isinstance(value, int | tuple):
        return repr(value)
    return repr(textwrap.shorten(str(value), 60, placeholder="…"))


def _called(id: object, labels: Mapping[str, str]) -> str:
    """The label of an article, in quotes where it holds more than words; else the id as it is."""
    name = labels.get(id, str(id)) if isinstance(id, str) else str(id)
    return name if all(c.isalnum() or c in " _-." for c in name) else repr(name)


class Records(list[T]):
    """A list of records that a notebook shows as a table and pandas takes as one; otherwise a plain list.

    Records that have an id of text, such as articles, can be had by it too.
    """

    _kind: type | None = None

    def of(self, kind: type | None) -> Records[T]:
        """The same list, which now knows what it lists: so an empty one has columns, too."""
        self._kind = kind
        return self

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> T: ...
    @overload
    def __getitem__(self, index: slice, /) -> Records[T]: ...
    @overload
    def __getitem__(self, index: str, /) -> T: ...
    def __getitem__(self, index: Any, /) -> Any:
        if isinstance(index, str):
            index = self._place_of(index)
        found = super().__getitem__(index)
        return Records(found).of(self._kind) if isinstance(index, slice) else found

    def _place_of(self, id: str) -> int | str:
        """Where the record of that id stands; the id itself, which no list takes, where they have none of text."""
        ids = [getattr(each, "id", None) for each in self]
        if id in ids:
            return ids.index(id)
        if all(isinstance(each, str) for each in ids):
            raise KeyError(f"none has the id {id!r}; expected one of {ids}")
        return id

    def _repr_html_(self) -> str:
        from storydiff.views.notebook import records

        return records(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The records as a pandas frame, a row for each, with the columns of `Comparison.to_pandas`.

        A dispute has a row for each mention. Needs pandas (``storydiff[pandas]``).
        """
        from storydiff.write.tables import list_to_pandas

        return list_to_pandas(self, self._kind)
