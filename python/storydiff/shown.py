"""What records and lists of them have in common: they show themselves in notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, SupportsIndex, TypeVar, overload

if TYPE_CHECKING:
    import pandas

T = TypeVar("T")


class Shown:
    """A record that a notebook shows as HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from storydiff.views.notebook import record

        return record(self)


class Records(list[T]):
    """A list of records that a notebook shows as a table and pandas takes as one; otherwise a plain list."""

    _kind: type | None = None

    def of(self, kind: type | None) -> Records[T]:
        """The same list, which now knows what it lists: so an empty one has columns, too."""
        self._kind = kind
        return self

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> T: ...
    @overload
    def __getitem__(self, index: slice, /) -> Records[T]: ...
    def __getitem__(self, index: Any, /) -> Any:
        found = super().__getitem__(index)
        return Records(found).of(self._kind) if isinstance(index, slice) else found

    def _repr_html_(self) -> str:
        from storydiff.views.notebook import records

        return records(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The records as a pandas frame, a row for each, with the columns of `Comparison.to_pandas`.

        A dispute has a row for each mention. Needs pandas (``storydiff[pandas]``).
        """
        from storydiff.tables import list_to_pandas

        return list_to_pandas(self, self._kind)
