"""An office document that may be wrong anywhere, as the rules look at it: what is not of the right type is left out.

So all mistakes can be told at once: the schema objects to wrong types, and the rules look at the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from appliance.office.problem import Problem
from hw.said import Said, said

Placed = tuple[str, str]
"""A text of the document: its path, and what it says."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A group of the document, and its path; the path of the document itself is empty."""

    path: str
    fields: Mapping[str, Any]

    def at(self, name: str) -> str:
        """The path of a field."""
        return f"{self.path}.{name}" if self.path else name

    def text(self, name: str) -> str:
        """The text of a field; empty if it is missing or not a text."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    def group(self, name: str) -> Draft:
        value = self.fields.get(name)
        return Draft(self.at(name), value if isinstance(value, dict) else {})

    def groups(self) -> list[Draft]:
        """The fields that are groups themselves."""
        return [self.group(name) for name, value in self.fields.items() if isinstance(value, dict)]

    def items(self, name: str) -> list[tuple[str, Any]]:
        """The entries of a list, with their paths."""
        value = self.fields.get(name)
        listed = value if isinstance(value, list) else []
        return [(f"{self.at(name)}[{place}]", item) for place, item in enumerate(listed)]

    def entries(self, name: str) -> list[Draft]:
        """The entries of a list that are groups."""
        return [Draft(path, item) for path, item in self.items(name) if isinstance(item, dict)]

    def texts(self, name: str, field: str) -> list[Placed]:
        """The texts that the entries of a list have in this field, without those that have none."""
        return [(entry.at(field), text) for entry in self.entries(name) if (text := entry.text(field))]


_TWICE: Mapping[str, Callable[[str, str], Said]] = {
    "id": lambda text, first: said("the id %(text)s is already given at %(first)s", text=text, first=first),
    "account": lambda text, first: said("the account %(text)s is already given at %(first)s", text=text, first=first),
    "port": lambda text, first: said("the port %(text)s is already given at %(first)s", text=text, first=first),
    "name": lambda text, first: said("the name %(text)s is already given at %(first)s", text=text, first=first),
    "number": lambda text, first: said("the number %(text)s is already given at %(first)s", text=text, first=first),
    "code": lambda text, first: said("the code %(text)s is already given at %(first)s", text=text, first=first),
}


def given_twice(texts: Iterable[Placed], what: str) -> Iterator[Problem]:
    """A problem for every text that came before already."""
    first: dict[str, str] = {}
    for path, text in texts:
        if first.setdefault(text, path) != path:
            yield Problem(path, _TWICE[what](text, first[text]))
