"""The hours of a week in a form: a row for each day with its times, and buttons that make days like Monday.

The inputs of a day are `week.monday.from` and `week.monday.until`, once for each span. A day that has a box to
be ticked is open only with `week.monday.open`.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

DAY_NAMES = {
    "monday": _l("Monday"),
    "tuesday": _l("Tuesday"),
    "wednesday": _l("Wednesday"),
    "thursday": _l("Thursday"),
    "friday": _l("Friday"),
    "saturday": _l("Saturday"),
    "sunday": _l("Sunday"),
}
DAYS = tuple(DAY_NAMES)
WORKDAYS = DAYS[:5]

AS_MONDAY = "as-monday"
"""What a button does that is called `as-monday:week.tuesday`. The one at Monday itself is for Tuesday to Friday."""

_INPUTS = ("from", "until", "open")


def spans_of(form: MultiDict[str, str], name: str) -> list[str]:
    """The spans of a day, such as `09:00-12:00`, out of its inputs. One without any time is none."""
    pairs = zip(form.getlist(f"{name}.from"), form.getlist(f"{name}.until"), strict=False)
    spans = [f"{begins[:5]}-{until[:5]}" for begins, until in pairs if begins or until]  # A browser may add seconds.
    return [span.removesuffix("00:00") + "24:00" if span.endswith("-00:00") else span for span in spans]


def span_times(span: str) -> tuple[str, str]:
    """From when until when, as two inputs show it: midnight at the end of a day is 00:00 there."""
    begins, _, until = span.partition("-")
    return begins.strip(), until.strip().replace("24:00", "00:00")


def copied(form: MultiDict[str, str], button: str) -> MultiDict[str, str]:
    """What was filled in, with the hours of Monday on the days that this button is for."""
    act, _, name = button.partition(":")
    week, _, day = name.rpartition(".")
    if act != AS_MONDAY or day not in DAYS:
        return form
    changed = form.copy()
    for other in WORKDAYS[1:] if day == "monday" else (day,):
        for one in _INPUTS:
            changed.setlist(f"{week}.{other}.{one}", form.getlist(f"{week}.monday.{one}"))
    return changed
