"""The office as the rest of the program sees it: frozen facts, already validated, with the questions asked of them.

What each subject consists of stands in a module of its own; `Office` puts them together. An `Office` is built from one
document by `appliance.office.document`; nothing here reads files or clocks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from appliance.office.announcement import Announcement
from appliance.office.callers import Callers
from appliance.office.codes import Codes
from appliance.office.companies import MOST_COMPANIES, Company
from appliance.office.dahdiports import DahdiSettings, dahdi_channel
from appliance.office.daypart import ClockTime, Part
from appliance.office.departments import MOST_DEPARTMENTS, Department
from appliance.office.destination import MAIN_MENU
from appliance.office.dialrules import Dialling
from appliance.office.emergency import Emergency
from appliance.office.fax import OfficeFax
from appliance.office.field import Id, Limits, Name, WrittenAs
from appliance.office.forwarding import Reaching
from appliance.office.gpioboard import GpioBoard
from appliance.office.hours import MOST_HOURS, Hours
from appliance.office.information import Information
from appliance.office.lamp import MessageLamp, OtherLamp, Panel
from appliance.office.languages import DEFAULT_LANGUAGE, LanguageCode
from appliance.office.lines import MOST_STATIONS, MOST_TRUNKS, Ending, Station, Trunk
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.menus import MOST_MENUS, Key, Menu
from appliance.office.notifying import Notifying
from appliance.office.numbers import Dialled, OutsidePrefix
from appliance.office.operators import MOST_OPERATORS, OperatorTurn
from appliance.office.people import MOST_PEOPLE, Person
from appliance.office.rights import Rights
from appliance.office.shortcuts import Shortcuts
from appliance.office.sip import Sip
from appliance.office.sipform import SipSection
from appliance.office.telephones import Telephones
from appliance.office.usbmodem import UsbModem
from appliance.office.voicemail import Voicemail

__all__ = ["Ending", "Key", "Menu", "MessageLamp", "Office", "Part", "Person", "Station", "Trunk"]


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
        "The lines to the telephone company, in the order in which calls going out take them.",
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
    menu: Annotated[Menu, "The first menu: what callers are greeted with and which keys they may press."]
    operators: Annotated[
        tuple[OperatorTurn, ...],
        Limits(0, MOST_OPERATORS),
        "Who answers 0, one after the other, each in hours of their own. Without it, the operator alone.",
    ] = ()
    departments: Annotated[
        tuple[Department, ...],
        Limits(0, MOST_DEPARTMENTS),
        "The departments: several people behind one extension, rung together or in turn.",
    ] = ()
    language: Annotated[LanguageCode, "The language that callers, and the people of the office, are spoken to in."] = (
        DEFAULT_LANGUAGE
    )
    menus: Annotated[dict[Id, Menu], Limits(0, MOST_MENUS), "More menus, by their ids."] = field(default_factory=dict)
    information: Annotated[dict[Id, Information], Limits(0, MOST_MENUS), "What callers can be told, by its ids."] = (
        field(default_factory=dict)
    )
    companies: Annotated[
        tuple[Company, ...],
        Limits(0, MOST_COMPANIES),
        "The companies that share the office's lines. Without any, all callers are the office's.",
    ] = ()
    mailbox_access: Annotated[Dialled, "What is dialled on a telephone of the office to hear its messages."] = "8500"
    outside_prefix: Annotated[
        OutsidePrefix,
        "What is dialled on a telephone of the office to get an outside line. Empty: nothing is, and every number that "
        "nobody has in the office is one outside.",
    ] = "9"
    codes: Annotated[Codes, "What is dialed on a telephone of the office to change something."] = field(
        default_factory=Codes
    )
    rights: Annotated[Rights, "Who may call what outside."] = field(default_factory=Rights)
    dialling: Annotated[Dialling, "How numbers outside are called, and which calls are forwarded to."] = field(
        default_factory=Dialling
    )
    shortcuts: Annotated[Shortcuts, "Speed numbers, and the groups of telephones that can be paged."] = field(
        default_factory=Shortcuts
    )
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
    voicemail: Annotated[Voicemail, "What holds for all mailboxes."] = field(default_factory=Voicemail)
    announcement: Annotated[
        Announcement, "What every caller hears first while a manager has switched it on, such as on a day of snow."
    ] = field(default_factory=Announcement)
    reaching: Annotated[Reaching, "How people are looked for, at their desks and outside."] = field(
        default_factory=Reaching
    )
    telephones: Annotated[Telephones, "Who is on hold or parked, and how telephones ring for whom."] = field(
        default_factory=Telephones
    )
    callers: Annotated[Callers, "What the office does by who calls."] = field(default_factory=Callers)
    emergency: Annotated[Emergency, "What happens in the office when somebody calls for help."] = field(
        default_factory=Emergency
    )
    notifying: Annotated[Notifying, "Where messages, lost callers and faults are told besides."] = field(
        default_factory=Notifying
    )
    fax: Annotated[OfficeFax, "Faxes: whose they are, and who is told of them."] = field(default_factory=OfficeFax)
    led: Annotated[MessageLamp, "The lamps on the unit."] = field(default_factory=MessageLamp)
    lamp: Annotated[OtherLamp, "Any other lamp that is to show what the message lamp shows."] = field(
        default_factory=OtherLamp
    )
    panel: Annotated[Panel, "Buttons and a buzzer on the unit."] = field(default_factory=Panel)
    sip: Annotated[
        Sip,
        WrittenAs(SipSection, SipSection.sip),
        "Gateways with analog lines, SIP telephones, and SIP servers, on the network of the office.",
    ] = field(default_factory=Sip)
    gpio: Annotated[GpioBoard, "A line card of one's own making, on the pins of the Raspberry Pi."] = field(
        default_factory=GpioBoard
    )
    dahdi: Annotated[
        DahdiSettings,
        "Line cards with a kernel driver (DAHDI). When a caller has hung up, they take the battery from a telephone "
        "for 500 ms, which the kernel fixes.",
    ] = field(default_factory=DahdiSettings)
    modem: Annotated[UsbModem, "A USB modem beside a line, for the numbers of callers and for faxes."] = field(
        default_factory=UsbModem
    )

    @property
    def carded_ports(self) -> set[str]:
        """The ports of cards and devices: all others are the built-in exchange's."""
        named = [*(trunk.port for trunk in self.trunks), *(station.port for station in self.stations)]
        channels = {port for port in named if dahdi_channel(port) is not None}
        return {line.port for _, line in self.sip.lines()} | self.gpio.ports | channels

    @property
    def languages(self) -> tuple[LanguageCode, ...]:
        """Every language that somebody in a call may be spoken to in, the office's own first."""
        named = [company.language for company in self.companies]
        named += [trunk.language for trunk in self.trunks]
        named += [menu.language for menu in (self.menu, *self.menus.values())]
        named += [information.language for information in self.information.values()]
        named += [self.announcement.language]
        named += [person.language for person in self.people]
        named += [*sorted(self.callers.languages), *self.callers.language_of_country.values()]
        return tuple(dict.fromkeys([self.language, *(code for code in named if code)]))

    def local(self, now: datetime) -> datetime:
        """This moment on the office's own clock."""
        return now.astimezone(self.time_zone)

    def part_of_day(self, now: datetime) -> Part:
        at = self.local(now).time()
        if at < self.morning_until:
            return Part.MORNING
        return Part.EVENING if at >= self.evening_from else Part.AFTERNOON

    def menu_called(self, id: str) -> Menu:
        """The menu with this id; the first one where there is none."""
        return self.menus.get(id, self.menu)

    @property
    def hunt_groups(self) -> list[list[Trunk]]:
        """The trunks of each company, in the order of the document: a call to a busy one goes to the next one."""
        groups: dict[str, list[Trunk]] = {}
        for trunk in self.trunks:
            if trunk.hours is None and trunk.menu is None:
                groups.setdefault(self.company_called(trunk, "").id, []).append(trunk)
        return list(groups.values())

    @property
    def first_menus(self) -> list[Menu]:
        """Those that callers on some line meet first."""
        ids = [company.menu for company in self.companies] + [trunk.menu or MAIN_MENU for trunk in self.trunks]
        return [self.menu, *(self.menu_called(id) for id in ids)]

    @property
    def itself(self) -> Company:
        """The office as the company of all callers who are nobody else's."""
        return Company("", self.name, operator=self.operator, general_mailbox=self.general_mailbox)

    @property
    def everybody_called(self) -> list[Company]:
        """Everybody whose callers this office answers: itself and its companies."""
        return [self.itself, *(self.company(company.id) for company in self.companies)]

    def company(self, id: str | None) -> Company:
        """The company with this id; the office itself where there is none. What it leaves open is the office's."""
        found = next((company for company in self.companies if company.id == id), None)
        if found is None:
            return self.itself
        operator, mailbox = found.operator or self.operator, found.general_mailbox or self.general_mailbox
        return replace(found, operator=operator, general_mailbox=mailbox)

    def company_called(self, trunk: Trunk, number: str) -> Company:
        """Whom a caller wants: by the number that was called, where the line tells it, or by the line."""
        called = number or trunk.number
        of_number = next((company.id for company in self.companies if called and called in company.numbers), None)
        return self.company(of_number if number and of_number else trunk.company or of_number)

    def person(self, id: str) -> Person | None:
        return next((person for person in self.people if person.id == id), None)

    @property
    def told_of_emergencies(self) -> list[Person]:
        """Whoever is rung and written to when somebody calls for help, those named first."""
        told = [self.person(id) for id in self.emergency.told]
        return [person for person in told if person is not None]

    @property
    def operator_ids(self) -> set[str]:
        """The ids of everybody who answers 0, of the office and its companies."""
        return {turn.person for turn in self.operators} | {one.operator for one in self.everybody_called}

    def department(self, id: str) -> Department | None:
        return next((department for department in self.departments if department.id == id), None)

    def cell_of(self, person: Person) -> str:
        """The person's cell phone, as it is dialed on a telephone of the office; "" for nobody's."""
        return self.outside_prefix + person.cell if person.cell else ""

    def departments_of(self, person: str) -> list[Department]:
        """Those in which the person with this id is a member, logged in or not."""
        return [department for department in self.departments if department.has(person)]

    @property
    def mailboxes(self) -> list[MailboxOwner]:
        """Everybody for whom callers can leave a message: people, then departments."""
        owners: list[MailboxOwner] = [*self.people, *self.departments]
        return [owner for owner in owners if owner.mailbox]

    def mailbox_of(self, id: str) -> MailboxOwner | None:
        """The person or department with this id, where callers can leave a message there."""
        return next((owner for owner in self.mailboxes if owner.id == id), None)

    def at_extension(self, digits: str) -> Person | Department | None:
        """Who is called by an extension."""
        departments = (department for department in self.departments if department.extension == digits)
        return self.by_extension(digits) or next(departments, None)

    def extensions_for(self, company: str) -> set[str]:
        """Those by which callers of the company with this id reach somebody; all of them, where they are of none."""
        everybody: list[Person | Department] = [*self.people, *self.departments]
        return {one.extension for one in everybody if not company or one.works_for(company)}

    def by_extension(self, digits: str) -> Person | None:
        return next((person for person in self.people if person.extension == digits), None)

    def known_to(self, company: str) -> list[Person]:
        """Whom callers of the company with this id may hear of and reach; everybody, where they are of no company."""
        return [person for person in self.people if not company or person.works_for(company)]

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
