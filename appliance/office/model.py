"""The office as the rest of the program sees it: frozen facts, already validated, with the questions asked of them.

What each subject consists of stands in a module of its own; `Office` puts them together. An `Office` is built from one
document by `appliance.office.document`; nothing here reads files or clocks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from appliance.office.daypart import ClockTime, Part
from appliance.office.field import Id, Limits, Name, WrittenAs
from appliance.office.hours import MOST_HOURS, Hours
from appliance.office.lamp import Led
from appliance.office.lines import MOST_STATIONS, MOST_TRUNKS, Ending, Station, Trunk
from appliance.office.menus import Key, Menu
from appliance.office.numbers import Dialled
from appliance.office.people import MOST_PEOPLE, Person
from appliance.office.sip import Sip
from appliance.office.sipform import SipSection

__all__ = ["Ending", "Key", "Led", "Menu", "Office", "Part", "Person", "Station", "Trunk"]


@dataclass(frozen=True, slots=True)
class Office:
    """Everything Copperdesk knows about an office: its lines, telephones, people and the menu callers hear."""

    name: Annotated[Name, "The name of the office."]
    country: Annotated[
        Name,
        "The country whose exchange the lines come from, as two small letters. It sets tones, ringing and caller ID.",
    ]
    time_zone: Annotated[ZoneInfo, Limits(1, 60), "The time zone of the office's own clock, such as America/New_York."]
    trunks: Annotated[
        tuple[Trunk, ...],
        Limits(0, MOST_TRUNKS),
        "The lines to the telephone exchange, in the order in which they are taken for calls going out.",
    ]
    stations: Annotated[tuple[Station, ...], Limits(0, MOST_STATIONS), "The telephones plugged into the unit."]
    people: Annotated[
        tuple[Person, ...],
        Limits(1, MOST_PEOPLE),
        "Everybody who can be called. The general mailbox may be an entry of its own, with no station.",
    ]
    operator: Annotated[Id, "The id of the person who is reached by 0 and by callers who press nothing."]
    general_mailbox: Annotated[
        Id, "The id of the entry in people whose mailbox takes the messages meant for nobody in particular."
    ]
    menu: Annotated[Menu, "What callers are greeted with and which keys they may press."]
    mailbox_access: Annotated[Dialled, "What is dialled on a telephone of the office to hear its messages."] = "8500"
    outside_prefix: Annotated[Dialled, "What is dialled on a telephone of the office to get an outside line."] = "9"
    morning_until: Annotated[
        ClockTime, "The time at which the morning greeting gives way to the afternoon greeting."
    ] = time(11, 0)
    evening_from: Annotated[ClockTime, "The time from which the evening greeting is spoken, until midnight."] = time(
        17, 0
    )
    hours: Annotated[
        dict[Id, Hours],
        Limits(0, MOST_HOURS),
        "When the office is open, as main, and when others are that have hours of their own, each by a short word.",
    ] = field(default_factory=dict)
    longest_message_seconds: Annotated[
        float, Limits(10, 1800), "The longest message a caller can leave, in seconds."
    ] = 180.0
    messages_per_mailbox: Annotated[
        int,
        Limits(1, 1000),
        "How many messages, new and saved, a mailbox holds before callers are told that it is full.",
    ] = 100
    led: Annotated[Led, "The message lamp on the unit."] = field(default_factory=Led)
    sip: Annotated[
        Sip,
        WrittenAs(SipSection, SipSection.sip),
        "Gateways with analog lines, SIP telephones, and SIP servers, on the network of the office.",
    ] = field(default_factory=Sip)

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
