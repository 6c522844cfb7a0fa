"""What is allowed in an office and probably not meant: warnings, each with why callers suffer and what to do."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from appliance.office import (
    announced,
    codes,
    departments,
    dialling,
    diallint,
    faxlint,
    findlint,
    flowlint,
    hoursrules,
    lines,
    menus,
    numbers,
    operators,
    people,
    shortcutlint,
    usbmodem,
    voicemailrules,
    welcome,
)
from appliance.office.callflow import CallFlow, menu_path
from appliance.office.model import Office
from appliance.office.problem import Problem
from hw.said import said


def lint(office: Office, today: date | None = None) -> list[Problem]:
    """The warnings for a valid office, in the order of its subjects. today: None leaves out what depends on it."""
    dialled = [("mailbox_access", office.mailbox_access, said("nobody hears messages"))]
    dialled += [
        (
            f"people[{place}].extension",
            person.extension,
            said("no telephone of the office reaches %(name)s", name=person.name),
        )
        for place, person in enumerate(office.people)
    ]
    flow = CallFlow(office)
    dialled += [
        (
            f"departments[{place}].extension",
            department.extension,
            said("no telephone of the office reaches %(name)s", name=department.name),
        )
        for place, department in enumerate(office.departments)
    ]
    extensions = sorted(office.extensions_for(""))
    problems = [
        *lines.warnings(office.trunks),
        *numbers.warnings(office.country, office.outside_prefix, dialled),
        *people.warnings(office.people, office.operator),
        *codes.warnings(office.codes, office.extensions_for("")),
        *departments.warnings(office.departments),
        *findlint.warnings(office),
        *voicemailrules.warnings(office),
        *operators.warnings(office.operators, office.hours),
        *(problem for id, menu in flow.menus.items() for problem in menus.warnings(menu_path(id), menu, extensions)),
        *hoursrules.warnings(office.hours),
        *(hoursrules.outdated(office.hours, today) if today is not None else ()),
        *welcome.warnings(flow),
        *announced.warnings(flow),
        *flowlint.warnings(flow),
        *dialling.warnings(flow),
        *diallint.warnings(office),
        *shortcutlint.warnings(office),
        *faxlint.warnings(office),
        *usbmodem.warnings(office.modem, office.sip),
    ]
    return _in_order(office, problems)


def _in_order(office: Office, problems: list[Problem]) -> list[Problem]:
    """By subjects in the order of the document; of menus and information, all about one of them together."""
    subjects = {field.name: place for place, field in enumerate(fields(office))}
    entries = {f"menus.{id}": place for place, id in enumerate(office.menus)}
    entries |= {f"information.{id}": place for place, id in enumerate(office.information)}

    def place(problem: Problem) -> tuple[int, int]:
        steps = problem.path.split(".")
        subject = steps[0].partition("[")[0]
        return subjects[subject], entries.get(".".join(steps[:2]), 0)

    return sorted(problems, key=place)
