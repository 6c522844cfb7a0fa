"""A form of the settings as a browser without scripts fills it in and sends it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from tests.web.paperunit import PaperVisitor
from tests.web.site import Visitor

Fields = list[tuple[str, str]]


class FormReader(HTMLParser):
    """Collects what the settings' form of a page would send. Templates are not sent."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = []
        self._within = False
        self._templates = 0
        self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._area: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._within = "settings" in has.get("class", "").split()
        self._templates += tag == "template"
        if not self._within or self._templates:
            return
        match tag, has.get("type", "text"):
            case "input", "checkbox" if "checked" not in has:
                pass
            case "input", _ if "name" in has:
                self.fields.append((has["name"], has.get("value", "")))
            case "select", _:
                self._select, self._options = has["name"], []
            case "option", _ if self._select:
                self._options.append((has["value"], "selected" in has))
            case "textarea", _:
                self._area = (has["name"], [])

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._templates -= 1
        elif tag == "form":
            self._within = False
        elif tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected] or [self._options[0][0]]
            self.fields.append((self._select, chosen[0]))
            self._select = ""
        elif tag == "textarea" and self._area:
            name, parts = self._area
            self.fields.append((name, "".join(parts).removeprefix("\n")))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area[1].append(data)


def filled_in(page: str, **changes: str | None) -> Fields:
    """What the form of this page would send, with these changes; None leaves an input out, as an unticked box."""
    reader = FormReader()
    reader.feed(page)
    reader.close()
    assert reader.fields, "the page has no form"
    kept = [(name, value) for name, value in reader.fields if name not in changes]
    return [*kept, *((name, value) for name, value in changes.items() if value is not None)]


def answered(visitor: Visitor | PaperVisitor, path: str, fields: Fields) -> Any:
    """Send it; the answer is not followed."""
    if isinstance(visitor, PaperVisitor):
        return visitor.send(path, fields)
    return visitor.http.post(visitor.url + path, data=fields, timeout=20, allow_redirects=False)
