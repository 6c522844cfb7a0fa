"""What an office that is about to be loaded leaves out, or names and this unit does not have."""

from __future__ import annotations

from collections.abc import Collection

from appliance.calls.faxroom import FaxRoom
from appliance.calls.mail import MailRoom
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Office, Person
from hw.said import Said, counted, said


def people_left_out(now: Office, coming: Office, mail: MailRoom, faxes: FaxRoom) -> list[str]:
    """People and departments of the office in use whom another one leaves out, and who have messages or faxes."""
    known = {person.id for person in coming.people} | {department.id for department in coming.departments}
    told: list[str] = []
    owners: list[MailboxOwner] = [*now.people, *now.departments]
    for owner in owners:
        if owner.id in known:
            continue
        heard, seen = mail.counts(owner.id), faxes.counts(owner.id)
        if owner.mailbox and (messages := heard.new + heard.saved):
            told.append(_kept_messages(owner, messages))
        if received := seen.new + seen.seen:
            told.append(_kept_faxes(owner, received))
    return told


def _kept_messages(owner: MailboxOwner, messages: int) -> Said:
    if isinstance(owner, Person):
        return counted(
            "%(name)s is not in it, and has %(num)s message: they are kept, and can be heard again once somebody with"
            " the id '%(id)s' is in it",
            "%(name)s is not in it, and has %(num)s messages: they are kept, and can be heard again once somebody with"
            " the id '%(id)s' is in it",
            messages,
            name=owner.name,
            id=owner.id,
        )
    return counted(
        "%(name)s is not in it, and has %(num)s message: they are kept, and can be heard again once a department with"
        " the id '%(id)s' is in it",
        "%(name)s is not in it, and has %(num)s messages: they are kept, and can be heard again once a department with"
        " the id '%(id)s' is in it",
        messages,
        name=owner.name,
        id=owner.id,
    )


def _kept_faxes(owner: MailboxOwner, faxes: int) -> Said:
    if isinstance(owner, Person):
        return counted(
            "%(name)s is not in it, and has %(num)s fax: they are kept, and can be seen again once somebody with the id"
            " '%(id)s' is in it",
            "%(name)s is not in it, and has %(num)s faxes: they are kept, and can be seen again once somebody with the"
            " id '%(id)s' is in it",
            faxes,
            name=owner.name,
            id=owner.id,
        )
    return counted(
        "%(name)s is not in it, and has %(num)s fax: they are kept, and can be seen again once a department with the id"
        " '%(id)s' is in it",
        "%(name)s is not in it, and has %(num)s faxes: they are kept, and can be seen again once a department with the"
        " id '%(id)s' is in it",
        faxes,
        name=owner.name,
        id=owner.id,
    )


def missing_ports(office: Office, ports: Collection[str]) -> list[str]:
    """The lines of an office whose ports are not among these."""
    named = [(line.name, line.port) for line in office.trunks]
    named += [(line.name, line.port) for line in office.stations]
    return [
        said("%(line)s is on port %(port)s, which this unit does not have", line=name, port=port)
        for name, port in named
        if port not in ports
    ]
