"""The office itself: its name, its hours, its companies, help in need."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

_SPANS = _l("Leave it empty where the office is closed all day. A lunch break: one time before it, one after it.")
_FROM_THERE = _l("For some of them, choose below with whom or what.")

WORDS = {
    "office.name": (_l("Name of the office"), _l("As it is shown on these pages, and in letters.")),
    "office.country": (
        _l("Country"),
        _l("Lines ring and sound differently in each country: choose where your telephone lines come from."),
    ),
    "office.time_zone": (_l("Time zone"), _l("Opening hours, greetings and the call log go by this clock.")),
    "office.language": (_l("Language"), _l("The language that callers and the people of the office are spoken to in.")),
    "office.morning_until": (_l("Good morning is said until"), ""),
    "office.evening_from": (_l("Good evening is said from"), ""),
    "office.operator": (
        _l("Who answers for the office"),
        _l("Reached by 0, and by callers who press nothing."),
    ),
    "office.operators": (
        _l("Several who take turns"),
        _l("One after the other, each in hours of their own. Leave it empty if one person answers alone."),
    ),
    "operator-turn.person": (_l("Person"), _l("Who is looked for.")),
    "operator-turn.hours": (_l("In which hours"), _l("Leave it empty for all hours.")),
    "operator-turn.seconds": (_l("Looked for, in seconds"), _l("After that the next one is tried.")),
    "office.general_mailbox": (
        _l("The office's mailbox"),
        _l("Who has the messages that are meant for nobody in particular."),
    ),
    "office.people": (_l("People"), ""),
    "office.departments": (_l("Departments"), ""),
    "office.trunks": (_l("Lines"), ""),
    "office.stations": (_l("Telephones"), ""),
    "office.companies": (_l("Companies"), ""),
    "office.menu": (_l("First menu"), ""),
    "office.menus": (_l("More menus"), ""),
    "office.information": (_l("Recorded information"), ""),
    "office.hours": (_l("Hours"), ""),
    "office.codes": (_l("Codes"), ""),
    "office.rights": (_l("Who may call what"), ""),
    "office.dialling": (_l("Dialing"), ""),
    "office.shortcuts": (_l("Short numbers"), ""),
    "office.voicemail": (_l("Mailboxes"), ""),
    "office.reaching": (_l("Finding people"), ""),
    "office.telephones": (_l("How telephones behave"), ""),
    "office.callers": (_l("Callers"), ""),
    "office.emergency": (_l("Emergency calls"), ""),
    "office.notifying": (_l("Notices"), ""),
    "office.announcement": (_l("Announcement"), ""),
    "office.led": (_l("Lamps"), _l("Where the lamps of the unit are connected.")),
    "office.lamp": (_l("Another lamp"), _l("A lamp that a program switches.")),
    "office.panel": (_l("Buttons and buzzer"), _l("Where they are connected.")),
    "office.sip": (_l("Network devices"), ""),
    "office.gpio": (_l("A board of your own"), ""),
    "office.dahdi": (_l("Line cards"), ""),
    "office.modem": (_l("Modem"), _l("A USB modem beside a line.")),
    "company.id": (_l("Short word"), _l("Made from the name; it never changes.")),
    "company.name": (_lp("a thing", "Name"), _l("As callers hear it.")),
    "company.numbers": (_l("Numbers"), _l("What the public dials for this company: one number on each line.")),
    "company.label": (
        _l("Shown in front of the caller"),
        _l("A short word on the telephone that rings, so that you know for which company it is."),
    ),
    "company.menu": (_l("Menu"), _l("What its callers hear first.")),
    "company.language": (_l("Language"), _l("Leave it empty for the language of the office.")),
    "company.hours": (_l("Opening hours"), _l("Leave it empty for those of the office.")),
    "company.operator": (_l("Who answers"), _l("Leave it empty for whoever answers for the office.")),
    "company.general_mailbox": (
        _l("Mailbox"),
        _l("Who has messages for nobody in particular. Leave it empty for the mailbox of the office."),
    ),
    "hours.week": (_l("The week"), _l("From when until when you are open, day by day.")),
    "week.monday": (_l("Monday"), _SPANS),
    "week.tuesday": (_l("Tuesday"), None),
    "week.wednesday": (_l("Wednesday"), None),
    "week.thursday": (_l("Thursday"), None),
    "week.friday": (_l("Friday"), _l("The end may be after midnight: from 20:00 to 02:00 is over on Saturday.")),
    "week.saturday": (_l("Saturday"), _l("Open all day is from 00:00 to 00:00.")),
    "week.sunday": (_l("Sunday"), None),
    "hours.holidays": (_l("Public holidays"), _l("Closed on the public holidays of a country, or of a part of it.")),
    "public-holidays.country": (_l("Country"), _l("Leave it empty to stay open on public holidays.")),
    "public-holidays.region": (
        _l("State or region"),
        _l("Its code or its name, such as NY. Leave it empty for the holidays of the whole country."),
    ),
    "public-holidays.leave_out": (
        _l("Open all the same on"),
        _l("The names of public holidays on which you are open, one on each line."),
    ),
    "hours.dates": (
        _l("Closed days and other exceptions"),
        _l("Days on which you are closed, or have other hours. They count more than the week and public holidays."),
    ),
    "special-date.on": (
        _l("Day"),
        _l("2026-12-24; 12-24 for every year; last monday of may; easter +1; or 2026-12-24 to 2027-01-02."),
    ),
    "special-date.name": (_l("What it is called"), _l("Such as Christmas Eve. It may be left empty.")),
    "special-date.open": (_l("Open that day"), _l("Leave it empty if you are closed.")),
    "hours.calendar": (
        _l("Calendar file"),
        _l("Where a calendar file (.ics) lies on the unit. You are closed during everything that is in it."),
    ),
    "hours.closed": (
        _l("When you are closed"),
        _l("Where callers go. Leave it empty: they are told, and can leave a message for the office."),
    ),
    "hours.lunch": (_l("In a break"), _l("Such as at lunch. Leave it empty for the same as when you are closed.")),
    "hours.holiday": (_l("On holidays"), _l("Leave it empty for the same as when you are closed.")),
    "announcement.says": (
        _l("Announcement"),
        _l("What every caller hears first while it is switched on, where nobody has recorded one by telephone."),
    ),
    "announcement.language": (_l("Its language"), _l("Leave it empty for the language of the office.")),
    "announcement.then": (_l("After it"), _l("Leave it empty: callers can leave a message for the office.")),
    "emergency.place": (
        _lp("street and town", "Address"),
        _l("As it is read to those who are told: street, number, floor."),
    ),
    "emergency.told": (
        _l("Who is told"),
        _l("Their telephones ring, and they get mail, when somebody calls for help."),
    ),
    "destination.action": (_l("What happens"), _FROM_THERE),
    "destination.person": (_l("Person"), _l("Who is called, or whose mailbox it is.")),
    "destination.department": (_l("Department"), _l("Which one is called.")),
    "destination.menu": (_l("Menu"), _l("Which one callers hear.")),
    "destination.information": (_l("Information"), _l("What callers are told.")),
    "destination.number": (_l("Number outside"), _l("As it is dialed on a line of the office.")),
}
