"""What may leave the unit: fields that are known to tell nothing of anybody. All else becomes a token, or is left out.

A value has the same token wherever it stands in one archive, so that it can be seen what belongs together. Tokens are
numbered and not computed: a PIN of four digits could be found again by trying all.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from appliance.office.languages import LANGUAGES
from appliance.office.schema import office_schema
from hw.said import Said
from hw.tones.toneplan import COUNTRIES

PORT = re.compile(r"(fxo|fxs|sip|gpio|dahdi)-\d{1,3}")
_LONGEST_COUNT = 1_000_000
"""A number below is a count; telephone numbers are longer, and are texts besides."""
ROOMS = ("appliance", "hw", "web")
"""The packages that write into the journal."""
KEY = re.compile(r"[0-9*#]")
"""A key of a menu."""
_LOGGER = re.compile(r"(?<![\w.@/-])(?:appliance|hw|web)(?:\.[a-z0-9_]+)+")
_PLACE = re.compile(r"\b([a-z0-9_]+\.py):\d{1,4}\b")
_ROOT = Path(__file__).resolve().parents[2]
"""The folder that has all packages of the program."""
_WORD = re.compile(r"\w+")
_ERRORS = {name for name in dir(builtins) if name.endswith(("Error", "Exception", "Interrupt", "Exit", "Iteration"))}
_LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}


class Tokens:
    """The tokens of one archive."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def of(self, value: object) -> str:
        """The token that stands for this value."""
        return self._given.setdefault(repr(value), f"<{len(self._given) + 1}>")

    def document(self, value: Any, name: str = "") -> Any:
        """An office document, or part of one: its shape, and what may be told. name: of the field that has it."""
        known = _known_fields()
        if isinstance(value, Mapping):
            return {
                key if key in known or KEY.fullmatch(key) else self.of(key): self.document(
                    one, key if key in known else name
                )
                for key, one in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.document(one, name) for one in value]
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return value if _harmless(name, value) or value in known.get(name, _NOTHING) else self.of(value)
        return value if int in known.get(name, _NOTHING) else self.of(value)

    def sentence(self, told: str) -> str:
        """A sentence with its own words, and tokens for what was put in; all of it a token where it has no template."""
        if not isinstance(told, Said):
            return self.of(told) if told else ""
        if not told.facts:
            return told.template
        facts = {name: self._fact(fact) for name, fact in told.facts.items()}
        return (told.plural if told.plural and told.facts["num"] != 1 else told.template) % facts

    def port(self, name: str) -> str:
        """A line's or telephone's name: what it is called by its place may be told."""
        return name if PORT.fullmatch(name) else self.of(name)

    def _fact(self, fact: object) -> str | int | float:
        if isinstance(fact, int | float) and fact < _LONGEST_COUNT:
            return fact
        return self.sentence(fact) if isinstance(fact, Said) else self.of(fact)


def journal_words(message: str) -> str:
    """What may be told of a line of the journal: its level, the part of the program, kinds of errors, and places."""
    words = [word for word in _WORD.findall(message) if word in _LEVELS or word in _ERRORS]
    # A part of the program is one that there is: a host's name, such as web.example.org, looks the same.
    parts = [name for name in _LOGGER.findall(message) if name in _modules()]
    places = [found[0] for found in _PLACE.finditer(message) if found[1] in _files()]
    return " ".join([*words, *parts, *places])


_NOTHING: frozenset[object] = frozenset()


def _harmless(name: str, value: str) -> bool:
    """The few fields with many possible values that tell nothing of anybody."""
    match name:
        case "port":
            return PORT.fullmatch(value) is not None
        case "country":
            return value in COUNTRIES
        case "language" | "languages":
            return value in LANGUAGES
        case "time_zone":
            return value in available_timezones()
        case _:
            return False


@cache
def _modules() -> frozenset[str]:
    """The names of all modules and packages of the program."""
    paths = [path.relative_to(_ROOT) for room in ROOMS for path in (_ROOT / room).rglob("*.py")]
    return frozenset(".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths)


@cache
def _files() -> frozenset[str]:
    """The names of all its files."""
    return frozenset(f"{name.rpartition('.')[2]}.py" for name in _modules())


@cache
def _known_fields() -> Mapping[str, frozenset[object]]:
    """All fields of the office document, with the words that each may have as value; `int` where a number may be."""
    schema = office_schema()
    known: dict[str, set[object]] = {}
    for part in (schema, *schema["$defs"].values()):
        for name, value in part.get("properties", {}).items():
            known.setdefault(name, set()).update(_may_be(value))
    return {name: frozenset(values) for name, values in known.items()}


def _may_be(value: Mapping[str, Any]) -> Iterator[object]:
    yield from value.get("enum", ())
    if value.get("type") in ("integer", "number"):
        yield int
    for inner in (value.get("items"), *value.get("anyOf", ()), *value.get("oneOf", ())):
        if isinstance(inner, Mapping):
            yield from _may_be(inner)
