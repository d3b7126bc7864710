"""The live view of a comparison; needs anywidget."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from storydiff.views.notebook import view

if TYPE_CHECKING:
    from storydiff.comparison import Comparison

_TEMPLATES = files("storydiff").joinpath("views").joinpath("templates")
_VIEWS = ("glance", "reader", "timeline", "matrix", "words", "overlap")


class Explorer(anywidget.AnyWidget):  # type: ignore[misc, unused-ignore]
    """A comparison with controls: threshold, articles, search, and how widely a statement is asserted.

    `comparison` is what the view shows at the moment. The output of a cell is the static view, so that a saved
    notebook still shows it where no kernel answers; where one does, the live view takes its place.
    """

    _esm = _TEMPLATES.joinpath("desk.js").read_text("utf-8") + _TEMPLATES.joinpath("explore.js").read_text("utf-8")
    _css = _TEMPLATES.joinpath("explore.css").read_text("utf-8")
    min_probability = traitlets.Float(min=0.0, max=1.0).tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    articles: Any = traitlets.List().tag(sync=True)
    hidden: Any = traitlets.List(traitlets.Int()).tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)
    place = traitlets.Unicode().tag(sync=True)

    def __init__(self, comparison: Comparison) -> None:
        from storydiff.views.markup import clean
        from storydiff.views.names import names_of

        self.comparison = comparison
        self._compared = {(): comparison}
        names = [clean(name) for name in names_of(comparison).values()]
        html = self._html()
        # The id of the view, which no other view on the page has.
        found = re.search('id="([^"]+)"', html)
        place = f"{found[1] if found else 'storydiff'}-live"
        super().__init__(min_probability=comparison.min_probability, articles=names, html=html, place=place)
        self.observe(self._changed, ["min_probability", "hidden"])

    def _changed(self, _: Any) -> None:
        try:
            self.comparison = self._of_shown()
        except ValueError as error:
            self.message = str(error)
            return
        self.message = ""
        self.html = self._html()

    def _of_shown(self) -> Comparison:
        """The comparison of the articles that are not hidden, compared without the others, at the threshold chosen."""
        every = self._compared[()]
        hidden = tuple(sorted({at for at in self.hidden if 0 <= at < len(every)}))
        if len(hidden) == len(every) and hidden:
            raise ValueError("every article is hidden; choose one at least")
        if hidden not in self._compared:
            self._compared[hidden] = every._without(hidden)
        found = self._compared[hidden]
        if self.min_probability == found.min_probability:
            return found
        return found.rethreshold(self.min_probability)

    def _html(self) -> str:
        return view(self.comparison, _VIEWS, asked=False).html

    def _repr_mimebundle_(self, **_: Any) -> Any:
        # No mime type of a widget: JupyterLab would prefer it to the HTML, and show an error where no kernel answers.
        from storydiff.views.plain import render

        return {
            "text/plain": render(self.comparison, most=5, each=1),
            "text/html": f'<div id="{self.place}">{self.html}</div>',
        }
