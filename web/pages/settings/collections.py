"""The lists and dictionaries of the office document whose entries have a page each, such as people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp


@dataclass(frozen=True, slots=True)
class PagePart:
    """Some fields under one heading; empty: no heading."""

    heading: object
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """Entries of one kind."""

    name: str
    """In addresses."""
    steps: tuple[str, ...]
    """Where it is in the document."""
    key: str
    """The field by which an entry is known; empty for a dictionary, whose names are."""
    title: object
    """What all of them are called."""
    new: object
    """What the button says that adds one."""
    columns: tuple[str, ...]
    """The fields that the list shows, the first of them as the link."""
    parts: tuple[PagePart, ...]
    empty: object
    """What is said where there are none."""
    named: bool = False
    """Whether the key is made of the name when an entry is added."""
    references: str = ""
    """The chooser that chooses among them; empty: nothing else in the document names them."""
    known_as: str = ""
    """The field by which others name an entry, where it is not the key."""

    @property
    def dictionary(self) -> bool:
        return not self.key

    def all(self, document: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """The entries by their keys, in their order. Of several with one key, the further ones have a number behind."""
        held: Any = document
        for step in self.steps:
            held = held.get(step, {})
        if self.dictionary:
            return dict(held)
        found: dict[str, dict[str, Any]] = {}
        for entry in held:
            key = str(entry.get(self.key, ""))
            found[f"{key} #{len(found) + 1}" if key in found else key] = entry
        return found

    def put(self, document: dict[str, Any], entries: dict[str, dict[str, Any]]) -> None:
        """Have these entries in the document, in this order, in place of those that it has."""
        held = document
        for step in self.steps[:-1]:
            held = held.setdefault(step, {})
        if entries or self.steps[-1] in held:
            held[self.steps[-1]] = dict(entries) if self.dictionary else list(entries.values())

    def path(self, document: dict[str, Any], key: str) -> str:
        """The path of an entry as mistakes name it; of one that is not there, that of the next one."""
        base = ".".join(self.steps)
        if self.dictionary:
            return f"{base}.{key}"
        keys = list(self.all(document))
        return f"{base}[{keys.index(key) if key in keys else len(keys)}]"


_MENU = (
    PagePart(_l("Greeting"), ("greeting", "greetings", "language")),
    PagePart(_l("Keys"), ("keys", "extensions", "waits")),
    PagePart(
        _l("Waiting for keys"),
        ("first_digit_seconds", "between_digits_seconds", "shared_prefix_seconds", "silent_tries", "wrong_tries"),
    ),
)

_ALL = (
    Collection(
        "people",
        ("people",),
        "id",
        _l("People"),
        _l("Add a person"),
        ("name", "extension", "station", "cell"),
        (
            PagePart(_l("Who it is"), ("name", "extension", "station", "cell", "pin", "language", "id")),
            PagePart(
                _l("When somebody calls"),
                ("ring_seconds", "screening", "ask_name", "forwarding", "follow_me", "assistant"),
            ),
            PagePart(_l("Messages"), ("mailbox", "voicemail", "notify")),
            PagePart(_l("Rights"), ("manager", "service_class")),
            PagePart(_l("How callers find this person"), ("directory", "last_name", "companies")),
        ),
        _l("There is nobody yet."),
        named=True,
        references="people",
    ),
    Collection(
        "departments",
        ("departments",),
        "id",
        _l("Departments"),
        _l("Add a department"),
        ("name", "extension", "strategy"),
        (
            PagePart(_l("What it is"), ("name", "extension", "members", "id")),
            PagePart(
                _l("When somebody calls"), ("strategy", "step_seconds", "longest_seconds", "otherwise", "forwarding")
            ),
            PagePart(_l("Messages"), ("mailbox", "pin", "voicemail")),
            PagePart(_l("For whom it works"), ("companies",)),
        ),
        _l("There are no departments. They are for calls that any of several people may answer."),
        named=True,
        references="departments",
    ),
    Collection(
        "companies",
        ("companies",),
        "id",
        _l("Companies"),
        _l("Add a company"),
        ("name", "numbers", "label"),
        (
            PagePart(_l("What it is"), ("name", "numbers", "label", "id")),
            PagePart(_l("What its callers meet"), ("menu", "language", "hours", "operator", "general_mailbox")),
        ),
        _l("There is one company: the office itself."),
        named=True,
        references="companies",
    ),
    Collection(
        "hours",
        ("hours",),
        "",
        _l("Hours"),
        _l("Add more hours"),
        (),
        (
            PagePart("", ("week",)),
            PagePart(_l("Holidays and closed days"), ("holidays", "dates", "calendar")),
            PagePart(_l("What callers get"), ("closed", "lunch", "holiday")),
        ),
        _l("There are no hours: the office counts as open at all times. The first ones you add should be called main."),
        references="hours",
    ),
    Collection(
        "menus",
        ("menus",),
        "",
        _l("More menus"),
        _l("Add a menu"),
        ("greeting",),
        _MENU,
        _l("There is only the first menu."),
        references="menus",
    ),
    Collection(
        "information",
        ("information",),
        "",
        _l("What callers can be told"),
        _l("Add something"),
        ("says",),
        (PagePart("", ("says", "language")),),
        _l("Such as how to get to you, or your opening hours: a key of a menu leads there."),
        references="information",
    ),
    Collection(
        "lines",
        ("trunks",),
        "port",
        _l("Lines"),
        _l("Add a line"),
        ("name", "port", "number"),
        (
            PagePart(_l("What it is"), ("name", "port", "number")),
            PagePart(_l("What its callers meet"), ("company", "menu", "language", "hours", "answer_after_rings")),
            PagePart(
                _l("How the line works"),
                ("endings", "ending_tone", "ending_tone_dbm0", "flash_ms", "hold_seconds", "gain_db", "ways"),
            ),
        ),
        _l("There are no lines yet."),
        references="trunks",
        known_as="name",
    ),
    Collection(
        "telephones",
        ("stations",),
        "port",
        _l("Telephones"),
        _l("Add a telephone"),
        ("name", "port", "place"),
        (
            PagePart(_l("What it is"), ("name", "port", "place")),
            PagePart(
                _l("How it works"), ("call_waiting", "reminders", "service_class", "hotline", "hotline_after_seconds")
            ),
            PagePart(_l("At a door"), ("door",)),
        ),
        _l("There are no telephones yet."),
        references="stations",
        known_as="name",
    ),
    Collection(
        "gateways",
        ("sip", "gateways"),
        "name",
        _l("Gateways"),
        _l("Add a gateway"),
        ("name", "model", "address"),
        (PagePart("", ("name", "model", "address")), PagePart(_l("Sockets"), ("trunks", "stations"))),
        _l("A gateway is a box on your network with sockets for lines and telephones."),
    ),
    Collection(
        "network-telephones",
        ("sip", "telephones"),
        "port",
        _l("Network telephones"),
        _l("Add a network telephone"),
        ("port", "model", "address"),
        (PagePart("", ("port", "model", "address", "user", "sip_port")),),
        _l("Telephones that are connected to your network, and not to a socket of the unit."),
    ),
    Collection(
        "servers",
        ("sip", "servers"),
        "name",
        _l("Providers and other offices"),
        _l("Add a provider or an office"),
        ("name", "address"),
        (
            PagePart("", ("name", "address", "sip_port", "transport", "outside", "reaches")),
            PagePart(_lp("for calls", "Accounts"), ("lines",)),
        ),
        _l("A telephone provider on the Internet, or a unit like this one in another office of yours."),
    ),
    Collection(
        "board-telephones",
        ("gpio", "telephones"),
        "port",
        _l("Telephones on the board"),
        _l("Add a telephone on the board"),
        ("port", "codec", "channel"),
        (
            PagePart("", ("port", "codec", "channel")),
            PagePart(_l("Pins"), ("forward", "ring_mode", "hook", "power_down")),
        ),
        _l("There are none. The guide tells how such a board is built."),
    ),
    Collection(
        "board-lines",
        ("gpio", "lines"),
        "port",
        _l("Lines on the board"),
        _l("Add a line on the board"),
        ("port", "codec", "channel"),
        (
            PagePart("", ("port", "codec", "channel")),
            PagePart(_l("Pins"), ("loop", "ring", "current", "ring_low", "current_low")),
            PagePart(_l("Sensor"), ("sensor", "normal", "reversed", "idle")),
        ),
        _l("There are none. The guide tells how such a board is built."),
    ),
    Collection(
        "card-ports",
        ("dahdi", "ports"),
        "port",
        _l("Ports of line cards"),
        _l("Add a port of a line card"),
        ("port", "received_db", "sent_db"),
        (PagePart("", ("port", "received_db", "sent_db", "echo_ms", "lamp")),),
        _l("There are none that are otherwise than usual."),
    ),
    Collection(
        "accounts",
        ("rights", "accounts"),
        "code",
        _lp("for calls", "Accounts"),
        _l("Add an account"),
        ("name", "code"),
        (PagePart("", ("name", "code")),),
        _l("There are none, and nobody is asked for one."),
    ),
)

COLLECTIONS = {one.name: one for one in _ALL}
