"""What is asked of whoever sets an office up, as it was answered, and what is wrong with the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from appliance.office.dayrule import WEEKDAYS
from appliance.office.languages import DEFAULT_LANGUAGE, LANGUAGES
from appliance.office.numbers import LONGEST_EXTENSION
from appliance.starting.countries import USUAL
from appliance.starting.devices import StartDevices
from appliance.starting.numbers import as_dialled

STEPS: Final = ("you", "place", "company", "lines", "people", "hours", "menu")
"""What is asked, in this order, behind the code."""

TEMPLATES: Final = ("one", "person", "department", "companies")
"""The menus that an office may begin with."""

FIRST, SECOND = "first", "second"
"""The ids of two companies."""

FIRST_COUNTRY = "us"
MOST_DEVICES = 32
"""Network telephones that a new office may begin with."""
MOST_DEPARTMENTS = 4
"""As many as a menu offers, beside the key for a message."""

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StartPerson:
    """Somebody of the new office."""

    name: str
    extension: str
    telephone: str
    """The port of the telephone; empty for none."""
    cell: str
    """As it is dialled on a line of the office; empty for none."""
    you: bool
    """It is whoever sets the office up."""


@dataclass(frozen=True, slots=True)
class StartDepartment:
    """A department. members: their places among the people."""

    name: str
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers. What was not answered yet, or makes no sense, is empty."""

    account: str
    """What the administrator signs in with."""
    hash: str
    """Of the administrator's password."""
    country: str
    """As office documents have it, such as `us`."""
    language: str
    """The code of the language that callers are spoken to in."""
    time_zone: str
    """Such as America/New_York."""
    company: str
    """What callers know the office as."""
    does: str
    """What the company does, as callers hear it; may be empty."""
    numbers: Mapping[str, str]
    """What the public dials for each line, by its port."""
    devices: StartDevices
    """What comes over the network of the office."""
    people: tuple[StartPerson, ...]
    """Everybody who can be called."""
    always: bool
    """The office is always open."""
    week: Mapping[str, tuple[tuple[str, str], ...]]
    """From when until when it is open on each weekday that it is; more than once where it closes in between."""
    holidays: bool
    """It is closed on public holidays."""
    template: str
    """One of `TEMPLATES`."""
    departments: tuple[StartDepartment, ...]
    """Those that the menu offers, for the template of that name."""
    second: str
    """The name of the second company."""
    second_does: str
    """What that one does; may be empty."""
    second_lines: frozenset[str]
    """The ports of its lines."""
    works_for: tuple[str, ...]
    """The company of each person, `FIRST` or `SECOND`, by their places; empty, or none: both."""
    greeting: str
    """The first sentence in the office's own words; empty for the one that is proposed."""
    second_greeting: str
    """The same of the second company."""
    operator: int
    """The place among the people of whoever answers 0."""

    @classmethod
    def of(cls, steps: Raw) -> Answers:
        """Out of what was stored, by steps. Whatever is of another type than it should be counts as not answered."""
        you, place, company, lines, people, hours, menu = (_group(steps, step) for step in STEPS)
        country = _text(place, "country")
        country = country if country in USUAL else FIRST_COUNTRY
        rows = [row for row in _list(people, "rows") if isinstance(row, Mapping)]
        week = _group(hours, "week")
        return cls(
            account=_text(you, "name"),
            hash=_text(you, "hash"),
            country=country,
            language=_text(place, "language") if _text(place, "language") in LANGUAGES else DEFAULT_LANGUAGE,
            time_zone=_text(place, "time_zone"),
            company=_text(company, "name"),
            does=_text(company, "does").rstrip(".,;!"),
            numbers={
                port: as_dialled(country, _text(_group(lines, "numbers"), port)) for port in _group(lines, "numbers")
            },
            devices=StartDevices(
                _text(lines, "gateway_model"),
                _text(lines, "gateway_address"),
                tuple(one for one in _list(lines, "network_telephones")[:MOST_DEVICES] if isinstance(one, str)),
            ),
            people=tuple(
                StartPerson(
                    _text(row, "name"),
                    _text(row, "extension"),
                    _text(row, "telephone"),
                    as_dialled(country, _text(row, "cell")),
                    row.get("you") is True,
                )
                for row in rows
            ),
            always=hours.get("always") is True,
            week={day: tuple(map(_span, _list(week, day))) for day in WEEKDAYS if day in week},
            holidays=hours.get("holidays") is True,
            template=_text(menu, "template"),
            departments=tuple(_departments(menu)),
            second=_text(menu, "second"),
            second_does=_text(menu, "second_does").rstrip(".,;!"),
            second_lines=frozenset(port for port in _list(menu, "second_lines") if isinstance(port, str)),
            works_for=tuple(one if one in (FIRST, SECOND) else "" for one in _list(menu, "works_for")),
            greeting=_text(menu, "greeting"),
            second_greeting=_text(menu, "second_greeting"),
            operator=_whole(menu, "operator"),
        )

    @property
    def answerable(self) -> list[str]:
        """The ports of the lines that have a number: what calls come in on."""
        return [port for port, number in self.numbers.items() if number]

    def company_of(self, place: int) -> str:
        """Which of two companies the person at this place works for; empty where there is one, or for both."""
        if self.template != "companies" or place >= len(self.works_for):
            return ""
        return self.works_for[place]

    def staff(self, company: str) -> list[int]:
        """The places of the people who work for one of two companies."""
        return [place for place in range(len(self.people)) if self.company_of(place) in ("", company)]

    def rings(self, place: int) -> bool:
        """Whether anything rings for the person at this place. A cell phone does where there is a second line."""
        if place >= len(self.people):
            return False
        person = self.people[place]
        return bool(person.telephone or (person.cell and len(self.answerable) > 1))


def _span(written: Any) -> tuple[str, str]:
    opens, _, closes = written.partition("-") if isinstance(written, str) else ("", "", "")
    return opens, closes


def _departments(menu: Raw) -> Iterator[StartDepartment]:
    for one in _list(menu, "departments"):
        if isinstance(one, Mapping) and _text(one, "name"):
            members = [place for place in _list(one, "members") if type(place) is int and place >= 0]
            yield StartDepartment(_text(one, "name"), tuple(members))


def _group(of: Raw, name: str) -> Raw:
    value = of.get(name)
    return value if isinstance(value, Mapping) else {}


def _list(of: Raw, name: str) -> list[Any]:
    value = of.get(name)
    return value if isinstance(value, list) else []


def _text(of: Raw, name: str) -> str:
    """Without spaces around it, and with single ones inside; characters that cannot be printed are left out."""
    value = of.get(name)
    words = value.split() if isinstance(value, str) else []
    return " ".join("".join(char for char in word if char.isprintable()) for word in words)


def _whole(of: Raw, name: str) -> int:
    value = of.get(name)
    return value if type(value) is int and value >= 0 else 0


def known_zone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    try:
        return bool(name) and bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def usable_extension(extension: str) -> bool:
    return extension.isascii() and extension.isdecimal() and 2 <= len(extension) <= LONGEST_EXTENSION
