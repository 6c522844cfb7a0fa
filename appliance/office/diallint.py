"""Warnings about calls outside: extensions that begin like outside numbers, and local calls that nothing is."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.office.model import Office
from appliance.office.numberclass import NumberClass
from appliance.office.numbering import may_be_outside
from appliance.office.problem import Problem
from hw.said import said
from hw.tones.toneplan import COUNTRIES, tone_plan


def warnings(office: Office) -> Iterator[Problem]:
    if office.country not in COUNTRIES:  # Told elsewhere.
        return
    plan = tone_plan(office.country)
    if not office.outside_prefix:
        slow = sorted(one for one in office.extensions_for("") if may_be_outside(plan, one))
        if slow:
            reason = said(
                "outside numbers may begin with the extensions %(slow)s: they ring a moment late", slow=", ".join(slow)
            )
            mend = said("Give an outside prefix, or extensions that no outside number begins with.")
            yield Problem("outside_prefix", reason, mend=mend)
    rights = office.rights
    named = {rights.service_class, *(person.service_class for person in office.people)}
    named |= {station.service_class for station in office.stations}
    local_only = [id for id in named if id and rights.called(id).calls == {NumberClass.LOCAL}]
    whole = plan.numbers.area_codes and not plan.number_forms.national_prefix
    if local_only and whole and not office.dialling.local:
        reason = said("every number has its area code here, so that nothing but free numbers is local")
        yield Problem("dialling.local", reason, mend=said("Say how numbers begin that are local calls, such as 06*."))
