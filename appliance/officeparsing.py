"""The office of a document, worked out in a process of its own, which ends with it.

What checks a document is large: the schema's library takes some 6 MB, and that of public holidays 12 MB, and both are
needed for a moment only. The office itself, which is what the daemon keeps, is small.
"""

from __future__ import annotations

from datetime import date

from appliance.office.model import Office
from appliance.office.problem import Problem
from appliance.shortprocess import in_a_process


def office_of(document: object) -> Office:
    """Blocking. Raises OfficeErrors with all mistakes, and ProcessFailed."""
    return in_a_process(parsed, document)


def warnings_of(document: object, today: date) -> list[Problem]:
    """What is allowed in a document and probably not meant. Blocking; raises as `office_of` does."""
    return in_a_process(_warnings, document, today)


def parsed(document: object) -> Office:
    """The office of a document, in this process: import what checks it. Raises OfficeErrors."""
    from appliance.office.document import parse_office
    from hw.sip.profile import profiles
    from hw.tones.toneplan import COUNTRIES

    return parse_office(document, COUNTRIES, profiles())


def _warnings(document: object, today: date) -> list[Problem]:
    from appliance.office.lint import lint

    return lint(parsed(document), today)
