"""Pages that a notebook shows as they are meant to be seen, and that are plain text everywhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symback.written.markup import ESCAPES

HEIGHT = "40rem"
"""How much of a page in HTML is seen at once."""


class ShownPage(str):
    """The text of a page.

    In a notebook a page in Markdown is shown with its mathematics, and one in HTML in a frame of its own.
    """

    __slots__ = ("_extension",)
    _extension: str

    def __new__(cls, text: str, extension: str) -> ShownPage:
        """Return the text of a page in the format with this extension."""
        page = super().__new__(cls, text)
        page._extension = extension
        return page

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        shown = {kind: show(self) for kind, show in _SHOWN.get(self._extension, {}).items()}
        return {"text/plain": str(self), **shown}


def _framed(page: str) -> str:
    style = f"width:100%;height:{HEIGHT};border:0"
    return f'<iframe title="symback" style="{style}" srcdoc="{page.translate(ESCAPES)}"></iframe>'


_SHOWN: Mapping[str, Mapping[str, Callable[[str], str]]] = {
    "md": {"text/markdown": str},
    "html": {"text/html": _framed},
}
"""By the extension of a format: what a notebook may show, by its kind."""
