"""The entries of a collection, as a page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext as _p

from appliance.control.errors import ControlError
from web.pages.settings.choices import Choices
from web.pages.settings.collections import Collection
from web.pages.settings.fields import FormField
from web.pages.settings.scopes import Document, field_at
from web.pages.settings.telling import called, entry_address
from web.pages.settings.unit import all_fields
from web.pages.settings.words import option_words, words_of
from web.unit import ask

LONGEST_CELL = 80
"""Characters of a text that the list shows."""


@dataclass(frozen=True, slots=True)
class Row:
    """key: of the entry. cells: its columns behind the name. state: how it stands; empty where that is not known."""

    key: str
    name: str
    address: str
    cells: list[str]
    state: str


@dataclass(frozen=True, slots=True)
class Listing:
    """headings: of the columns, the name's first."""

    collection: Collection
    headings: list[str]
    rows: list[Row]
    with_state: bool


def listing(collection: Collection, document: Document, choices: Choices) -> Listing:
    """All entries, in their order."""
    group = field_at(all_fields(), ".".join(collection.steps)).entry
    shown = [group.called(name) for name in collection.columns]
    name = shown[0] if shown and shown[0].name in ("name", collection.key) else None
    rest = [one for one in shown if one is not name]
    states = _states(collection, document)
    rows = [
        Row(
            key,
            called(collection, key, entry),
            entry_address(collection, key),
            [_cell(one, entry.get(one.name, one.default), choices) for one in rest],
            states.get(key, ""),
        )
        for key, entry in collection.all(document).items()
    ]
    headings = [words_of(name).label if name else _p("a thing", "Name"), *(words_of(one).label for one in rest)]
    return Listing(collection, headings, rows, bool(states))


def _cell(field: FormField, value: object, choices: Choices) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        text = ", ".join(str(one) for one in value)
    elif field.chooser:
        text = choices.name(field.chooser, value)
    elif field.options:
        text = dict(option_words(field)).get(str(value), str(value))
    else:
        text = str(value)
    return text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "…"


def _states(collection: Collection, document: Document) -> dict[str, str]:
    """How lines, telephones and devices stand now, by the keys of the entries."""
    if collection.name not in ("lines", "telephones", "gateways", "network-telephones", "servers"):
        return {}
    try:
        status = ask("status")
    except ControlError:
        return {}
    if collection.name in ("lines", "telephones"):
        by_name = {one["name"]: one["state"] for one in (*status["trunks"], *status["stations"])}
        return {
            key: state_word(by_name.get(str(entry.get("name") or key), ""))
            for key, entry in collection.all(document).items()
        }
    ports = device_ports(status)
    return {key: _device_state(_ports(entry, key), ports) for key, entry in collection.all(document).items()}


def device_ports(status: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the unit tells of each socket of a device on the network, by its port."""
    return {line["port"]: line for card in status["cards"] if card.get("kind") == "sip" for line in card["lines"]}


def state_word(state: str) -> str:
    """A state of a line or a telephone, for people."""
    said = {
        "idle": _p("a line or telephone", "free"),
        "ringing": _("rings"),
        "seized": _("is dialing"),
        "up": _("in a call"),
        "clearing": _("is hanging up"),
        "tested": _("is being tested"),
        "lost": _("does not work"),
        "on-hook": _p("a line or telephone", "free"),
        "off-hook": _("off the hook"),
        "locked-out": _("left off the hook"),
        "": _("not there"),
    }
    return said.get(state, state)


def _ports(entry: dict[str, Any], key: str) -> list[str]:
    sockets = [line for name in ("trunks", "stations", "lines") for line in entry.get(name, [])]
    return [str(line["port"]) for line in sockets] or [key]


def _device_state(ports: list[str], known: dict[str, dict[str, Any]]) -> str:
    found = [known[port] for port in ports if port in known]
    if not found:
        return _("not in use yet")
    if any(one["registered"] is False for one in found):
        return _("not logged in")
    if not all(one["up"] for one in found):
        return _("does not answer")
    return _("in use")
