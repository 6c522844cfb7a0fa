"""How a telephone of the office dials whoever has called, by the number that the line gave."""

from __future__ import annotations

from appliance.office.callernumber import INTERNATIONAL, CallerNumbers
from appliance.office.destination import ToElsewhere, ToOutside
from appliance.office.model import Office
from appliance.office.numbering import station_destination
from hw.tones.toneplan import NumberForms, tone_plan


def dialled_back(office: Office, number: str, *, inside: bool) -> str:
    """What is dialled on a telephone for the caller with this number; "" where there is none, or it is kept back.

    inside: the call came from a telephone of ours, and the number is an extension. What a line has told as the caller's
    number may be anything: an emergency number is not called back.
    """
    if inside or isinstance(station_destination(office, number), ToElsewhere):
        return number
    digits = number.removeprefix("+")
    if not digits.isdecimal():
        return ""
    dialled = office.outside_prefix + as_a_line_dials(tone_plan(office.country).number_forms, number)
    match station_destination(office, dialled):
        case ToOutside(emergency=False):
            return dialled
    return ""


def as_a_line_dials(forms: NumberForms, number: str) -> str:
    """A caller's number as it is dialled on a line: with its area code where that is known, and all in front of it.

    A number that is not known to be whole stays as it is: it was given by the exchange that will be asked for it.
    """
    key, home = CallerNumbers(forms).key(number), f"+{forms.calling_code}"
    if key.startswith(home):
        return forms.national_prefix + key.removeprefix(home)
    if key.startswith("+"):
        abroad = next((prefix for prefix in INTERNATIONAL if forms.international_prefix.fullmatch(prefix)), "")
        return abroad + key.removeprefix("+")
    return number
