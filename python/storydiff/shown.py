"""What records and lists of them have in common: they show themselves in notebooks."""

from __future__ import annotations

from typing import Any, SupportsIndex, TypeVar, overload

T = TypeVar("T")


class Shown:
    """A record that a notebook shows as HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from storydiff.views.notebook import record

        return record(self)


class Records(list[T]):
    """A list of records that a notebook shows as a table; otherwise a plain list."""

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> T: ...
    @overload
    def __getitem__(self, index: slice, /) -> Records[T]: ...
    def __getitem__(self, index: Any, /) -> Any:
        found = super().__getitem__(index)
        return Records(found) if isinstance(index, slice) else found

    def _repr_html_(self) -> str:
        from storydiff.views.notebook import records

        return records(self)
