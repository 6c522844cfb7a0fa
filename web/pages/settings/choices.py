"""What can be chosen in a form: people, lines, languages and so on, each with a name for people to read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from flask_babel import get_locale
from flask_babel import gettext as _

Choice = tuple[str, str]
"""What the document says, and what people read."""

TYPED_FROM = 40
"""With more choices than this, one types the beginning of a name instead of opening a long list."""


class Choices:
    """document: the office whose people and lines are chosen from. known: what `office.schema` answers."""

    def __init__(self, document: dict[str, Any], known: dict[str, Any]) -> None:
        self.document = document
        self._known = known
        self._made: dict[str, list[Choice]] = {}
        self._makers: dict[str, Callable[[], list[Choice]]] = {
            "people": self._people,
            "departments": lambda: self._with_extensions("departments"),
            "mailboxes": lambda: self._people() + self._with_extensions("departments"),
            "companies": lambda: [(one["id"], one["name"]) for one in self._entries("companies")],
            "hours": lambda: [(id, _("main") if id == "main" else id) for id in document.get("hours", {})],
            "menus": lambda: [("main", _("First menu")), *((id, id) for id in document.get("menus", {}))],
            "information": lambda: [(id, id) for id in document.get("information", {})],
            "stations": lambda: [(one["name"], one["name"]) for one in self._entries("stations")],
            "trunks": self._trunks,
            "ports": self._ports,
            "trunk_ports": lambda: [(one["port"], one.get("name", one["port"])) for one in self._entries("trunks")],
            "classes": self._classes,
            "keys": lambda: [(key, key) for key in "1234567890*#"],
            "countries": lambda: [(code, self._territory(code)) for code in known["countries"]],
            "territories": self._territories,
            "time_zones": lambda: [(zone, zone) for zone in sorted(available_timezones()) if "/" in zone],
            "languages": self._languages,
            "gateway_models": lambda: self._models("gateway"),
            "telephone_models": lambda: self._models("telephone"),
        }

    def of(self, chooser: str) -> list[Choice]:
        """In the order in which they are shown."""
        if chooser not in self._made:
            self._made[chooser] = self._makers[chooser]()
        return self._made[chooser]

    def typed(self, chooser: str) -> bool:
        """Whether one types, and names are offered, instead of opening a list."""
        return chooser == "ports" or len(self.of(chooser)) > TYPED_FROM

    def name(self, chooser: str, value: object) -> str:
        """How people read a value; itself where it is none of the choices."""
        return next((name for id, name in self.of(chooser) if id == value), str(value))

    def meant(self, chooser: str, written: str) -> str:
        """The value of a name that was typed or chosen; what was written where no choice has that name."""
        known = self.of(chooser)
        if any(id == written for id, _name in known):
            return written
        return next((id for id, name in known if name.casefold() == written.casefold()), written)

    def _entries(self, name: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.document.get(name, [])
        return entries

    def _with_extensions(self, name: str) -> list[Choice]:
        return [(one["id"], f"{one['name']} · {one['extension']}") for one in self._entries(name)]

    def _people(self) -> list[Choice]:
        return self._with_extensions("people")

    def _trunks(self) -> list[Choice]:
        names = [one.get("name", one["port"]) for one in self._entries("trunks")]
        return [(name, name) for name in names]

    def _ports(self) -> list[Choice]:
        """Sockets that are known: those in use, and those of devices on the network."""
        sip = self.document.get("sip", {})
        devices = [*sip.get("gateways", []), *sip.get("servers", [])]
        sockets = [line for one in devices for kind in ("trunks", "stations", "lines") for line in one.get(kind, [])]
        board = self.document.get("gpio", {})
        sockets += [chip for kind in ("telephones", "lines") for chip in board.get(kind, [])]
        all_ports = [*self._entries("trunks"), *self._entries("stations"), *sockets, *sip.get("telephones", [])]
        return [(port, port) for port in dict.fromkeys(str(one["port"]) for one in all_ports)]

    def _classes(self) -> list[Choice]:
        built_in = {
            "inside": _("Nobody outside"),
            "local": _("Local numbers"),
            "national": _("Local numbers and other area codes"),
            "mobile": _("All of the country, cell phones too"),
            "abroad": _("Everything but premium rate"),
            "premium": _("Everything"),
        }
        own = self.document.get("rights", {}).get("classes", {})
        return [*built_in.items(), *((id, id) for id in own if id not in built_in)]

    def _models(self, kind: str) -> list[Choice]:
        return [(one["model"], model_words(one["title"])) for one in self._known["models"] if one["kind"] == kind]

    def _territory(self, code: str) -> str:
        names = get_locale().territories
        return str(names.get({"uk": "GB"}.get(code, code.upper()), code))

    def _territories(self) -> list[Choice]:
        names = get_locale().territories
        found = [(code, str(name)) for code, name in names.items() if re.fullmatch("[A-Z]{2}", code)]
        return sorted(found, key=lambda one: one[1])

    def _languages(self) -> list[Choice]:
        offered = self._known["schema"]["properties"]["language"]["pattern"].strip("^$()").split("|")
        names = get_locale().languages
        return [(code, str(names.get(code, code))) for code in offered]


def model_words(title: str) -> str:
    """What a model is called: a maker's name stays as it is, the words beside it do not."""
    general = {"Any other gateway": _("Any other gateway"), "SIP telephone": _("Any network telephone")}
    if match := re.fullmatch("(.+) with ([0-9].+) ports", title):
        return _("%(model)s with %(sockets)s", model=match[1], sockets=match[2].replace(" and ", " + "))
    return general.get(title, title)
