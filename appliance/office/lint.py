"""What is allowed in an office and probably not meant: warnings, in the words and with the paths of errors."""

from __future__ import annotations

from datetime import date

from appliance.office import hoursrules, lines, menus, numbers, people
from appliance.office.model import Office
from appliance.office.problem import Problem


def lint(office: Office, today: date | None = None) -> list[Problem]:
    """The warnings for a valid office, in the document's order. today: None leaves out what depends on it."""
    dialled = [("mailbox_access", office.mailbox_access, "nobody hears messages")]
    dialled += [
        (f"people[{place}].extension", person.extension, f"no telephone of the office reaches {person.name}")
        for place, person in enumerate(office.people)
    ]
    return [
        *lines.warnings(office.trunks),
        *numbers.warnings(office.country, office.outside_prefix, dialled),
        *people.warnings(office.people, office.operator),
        *menus.warnings("menu", office.menu, office.people),
        *(problem for id in office.menus for problem in menus.warnings(f"menus.{id}", office.menus[id], office.people)),
        *hoursrules.warnings(office.hours),
        *(hoursrules.outdated(office.hours, today) if today is not None else ()),
    ]
