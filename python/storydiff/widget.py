"""The live view of a comparison; needs anywidget."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

if TYPE_CHECKING:
    from storydiff.comparison import Comparison

_TEMPLATES = files("storydiff").joinpath("views").joinpath("templates")


class Explorer(anywidget.AnyWidget):  # type: ignore[misc, unused-ignore]
    """A comparison with controls: threshold, articles, search, and how widely a statement is asserted.

    `comparison` is what the view shows at the moment.
    """

    _esm = _TEMPLATES.joinpath("explore.js").read_text("utf-8")
    _css = _TEMPLATES.joinpath("explore.css").read_text("utf-8")
    min_probability = traitlets.Float(min=0.0, max=1.0).tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    articles: Any = traitlets.List().tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)

    def __init__(self, comparison: Comparison) -> None:
        from storydiff.views.markup import clean
        from storydiff.views.summary import labels

        self.comparison = comparison
        names = [clean(name) for name in labels(comparison.articles).values()]
        super().__init__(min_probability=comparison.min_probability, articles=names, html=self._html())
        self.observe(self._moved, "min_probability")

    def _moved(self, _: Any) -> None:
        try:
            self.comparison = self.comparison.rethreshold(self.min_probability)
        except ValueError as error:
            self.message = str(error)
            return
        self.html = self._html()

    def _html(self) -> str:
        return self.comparison.view("reader", "matrix", "glance", "overlap").html

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        # A page that has lost its kernel, or never had one, shows the static view instead.
        for part in bundle if isinstance(bundle, tuple) else (bundle,):
            if isinstance(part, dict) and "text/plain" in part:
                part.setdefault("text/html", self.html)
        return bundle
