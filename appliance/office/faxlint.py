"""What is allowed of faxes in an office document, and probably not meant."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.office.fax import OfficeFax
from appliance.office.model import Office
from appliance.office.problem import Problem
from hw.said import said


def warnings(office: Office) -> Iterator[Problem]:
    """Faxes nobody is told of, and lines on which nobody can call any more."""
    fax = office.fax
    if fax == OfficeFax():
        return
    if not fax.receives:
        if fax.lines or fax.numbers or fax.routes:
            reason = said("the office takes no faxes, so that this has no effect")
            yield Problem("fax.receives", reason, mend=said("Set it to true, or take out lines, numbers and routes."))
        return
    if office.trunks and all(trunk.name in fax.lines for trunk in office.trunks):
        reason = said("every call on every line is taken for a fax: nobody can talk to the office")
        yield Problem("fax.lines", reason, mend=said("Leave out the lines on which people call."))
    if not (fax.mail or fax.printer or fax.seen_by):
        reason = said("nobody is named who looks after the faxes of the office")
        mend = said("Name a mail address at fax.mail, a printer, or people at fax.seen_by.")
        yield Problem("fax", reason, mend=mend)
    for id, box in fax.boxes.items():
        if box.printer:
            continue
        person, department = office.person(id), office.department(id)
        if person is not None and box.mail and not person.notify.mail:
            reason = said("%(name)s is to get mail about faxes, and has no mail address", name=person.name)
            mend = said("Give an address at notify.mail, or set mail to false.")
            yield Problem(f"fax.boxes.{id}.mail", reason, mend=mend)
        if department is not None and box.mail and not any(_has_mail(office, one.person) for one in department.members):
            reason = said("nobody of %(name)s has a mail address for its faxes", name=department.name)
            mend = said("Give a member an address at notify.mail, or set mail to false.")
            yield Problem(f"fax.boxes.{id}.mail", reason, mend=mend)


def _has_mail(office: Office, id: str | None) -> bool:
    person = office.person(id) if id else None
    return person is not None and bool(person.notify.mail)
