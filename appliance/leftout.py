"""What an office that is about to be loaded leaves out, or names and this unit does not have."""

from __future__ import annotations

from collections.abc import Collection

from appliance.calls.mail import MailRoom
from appliance.office.model import Office, Person
from hw.said import said


def people_left_out(now: Office, coming: Office, mail: MailRoom) -> list[str]:
    """People and departments of the office in use whom another one leaves out, and who have messages."""
    known = {person.id for person in coming.people} | {department.id for department in coming.departments}
    told = []
    for owner in now.mailboxes:
        counts = mail.counts(owner.id)
        if owner.id not in known and (messages := counts.new + counts.saved):
            kind = "somebody" if isinstance(owner, Person) else "a department"
            told.append(
                f"{owner.name} is not in it, and has {messages} message{'s' if messages > 1 else ''}: they are "
                f"kept, and can be heard again once {kind} with the id {owner.id!r} is in it"
            )
    return told


def missing_ports(office: Office, ports: Collection[str]) -> list[str]:
    """The lines of an office whose ports are not among these."""
    named = [(line.name, line.port) for line in office.trunks]
    named += [(line.name, line.port) for line in office.stations]
    return [
        said("%(line)s is on port %(port)s, which this unit does not have", line=name, port=port)
        for name, port in named
        if port not in ports
    ]
