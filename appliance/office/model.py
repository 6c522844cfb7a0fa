"""The office as the rest of the program sees it: frozen facts, already validated, with the questions asked of them.

An `Office` is built from one document by `appliance.office.document`; nothing here reads files or clocks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time
from enum import Enum
from zoneinfo import ZoneInfo

from appliance.office.destination import Destination
from appliance.office.sip import Sip


class Part(Enum):
    """The part of the day a caller is greeted for."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Ending(Enum):
    """A way in which the exchange may tell that the far end has gone (disconnect supervision)."""

    LOOP_BREAK = "loop-break"
    POLARITY = "polarity"
    TONE = "tone"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Trunk:
    """One line to the exchange. `port` is the card's name for it; `number` is what the public dials for it."""

    name: str
    port: str
    number: str
    endings: frozenset[Ending] = frozenset(Ending)
    answer_after_rings: int | None = None
    """None: after caller ID or the gap behind ring 1, whichever is first. 0: at once. n: after n rings."""
    outside: bool = True
    """Calls to the public network go out on it. A line to the SIP server that joins our own offices has False."""


@dataclass(frozen=True, slots=True)
class Station:
    """One telephone of ours, and the card's port it is plugged into."""

    name: str
    port: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be called: the extension, the station that rings, and the mailbox behind it."""

    id: str
    name: str
    extension: str
    station: str | None = None
    pin: str = field(default="", repr=False)
    ring_seconds: float = 20.0
    mailbox: bool = True


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a menu: where it leads, and its line in the menu."""

    destination: Destination
    says: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """The attendant's one menu. Numbers are tries and seconds of facts/defaults.md."""

    keys: dict[str, Key]
    greetings: dict[Part, str]
    first_digit_seconds: float = 5.0
    between_digits_seconds: float = 3.0
    shared_prefix_seconds: float = 1.5
    silent_tries: int = 3
    wrong_tries: int = 3


@dataclass(frozen=True, slots=True)
class Led:
    """The message lamp on the unit: the GPIO line (BCM number) it hangs on."""

    gpio: int = 17


@dataclass(frozen=True, slots=True)
class Office:
    """Everything the document says. People are in the document's order; the general mailbox is a person's id."""

    name: str
    country: str
    time_zone: ZoneInfo
    trunks: tuple[Trunk, ...]
    stations: tuple[Station, ...]
    people: tuple[Person, ...]
    menu: Menu
    operator: str
    general_mailbox: str
    mailbox_access: str = "8500"
    """What a station dials to reach its messages."""
    outside_prefix: str = "9"
    """What a station dials for an outside line."""
    morning_until: time = time(11, 0)
    evening_from: time = time(17, 0)
    longest_message_seconds: float = 180.0
    messages_per_mailbox: int = 100
    led: Led = Led()
    sip: Sip = field(default_factory=Sip)

    def local(self, now: datetime) -> datetime:
        """This moment on the office's own clock."""
        return now.astimezone(self.time_zone)

    def part_of_day(self, now: datetime) -> Part:
        at = self.local(now).time()
        if at < self.morning_until:
            return Part.MORNING
        return Part.EVENING if at >= self.evening_from else Part.AFTERNOON

    def person(self, id: str) -> Person | None:
        return next((person for person in self.people if person.id == id), None)

    def by_extension(self, digits: str) -> Person | None:
        return next((person for person in self.people if person.extension == digits), None)

    def at_station(self, station: str) -> Person | None:
        """The person a station belongs to: the first in the document who has it."""
        return next((person for person in self.people if person.station == station), None)

    def trunk_on(self, port: str) -> Trunk:
        """Every port is a trunk, whether the document names it or not: no line is left unanswered."""
        trunk = next((trunk for trunk in self.trunks if trunk.port == port), None) or Trunk(port, port, "")
        joining = any(line.port == port and not device.outside for device, line in self.sip.lines())
        return replace(trunk, outside=False) if joining else trunk

    def user_of(self, port: str) -> str:
        """The SIP user of a port, or an empty text."""
        return next((line.user for _, line in self.sip.lines() if line.port == port), "")

    def station_on(self, port: str) -> Station | None:
        return next((station for station in self.stations if station.port == port), None)
