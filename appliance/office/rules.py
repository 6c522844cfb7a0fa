"""What must hold between the parts of an office document, of all its subjects."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from appliance.office import (
    announcement,
    callers,
    codes,
    companies,
    dahdiports,
    daypart,
    departments,
    emergency,
    fax,
    faxsending,
    forwardrules,
    gpioboard,
    hoursrules,
    lamp,
    lines,
    menus,
    notifying,
    numbers,
    operators,
    people,
    place,
    rights,
    routes,
    shortcuts,
    siprules,
    usbmodem,
    voicemailrules,
)
from appliance.office.draft import Draft
from appliance.office.problem import Problem
from appliance.office.sip import Model


def broken_rules(
    office: Draft, countries: Collection[str] | None, models: Mapping[str, Model] | None
) -> Iterator[Problem]:
    """Every broken rule. countries, models: those known; None leaves the country, or the SIP models, unchecked."""
    yield from place.rules(office, countries)
    yield from lines.rules(office)
    yield from numbers.rules(office)
    yield from people.rules(office)
    yield from menus.rules(office)
    yield from companies.rules(office)
    yield from departments.rules(office)
    yield from operators.rules(office)
    yield from forwardrules.rules(office)
    yield from emergency.rules(office)
    yield from codes.rules(office)
    yield from rights.rules(office)
    yield from routes.rules(office)
    yield from shortcuts.rules(office)
    yield from callers.rules(office)
    yield from lamp.rules(office)
    yield from notifying.rules(office)
    yield from fax.rules(office)
    yield from announcement.rules(office)
    yield from daypart.rules(office)
    yield from hoursrules.rules(office)
    yield from siprules.rules(office, models)
    yield from gpioboard.rules(office)
    yield from dahdiports.rules(office)
    yield from usbmodem.rules(office)
    yield from voicemailrules.rules(office)
    yield from faxsending.rules(office)
