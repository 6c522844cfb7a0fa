"""What must hold of voicemail in an office document, and what is allowed and probably not meant."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.office.draft import Draft, given_twice
from appliance.office.leading import known_id
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Office
from appliance.office.problem import Problem
from appliance.office.transcripts import written_down
from appliance.office.voicemail import OwnVoicemail, ZeroLeadsTo
from hw.nearest import nearest
from hw.said import said


def rules(office: Draft) -> Iterator[Problem]:
    """A list has a number of its own, and whoever is on it a mailbox; who answers 0, and the hours, are there."""
    owners = {owner.text("id"): owner for owner in (*office.entries("people"), *office.entries("departments"))}
    lists = office.group("voicemail").group("lists")
    extensions = {owner.text("extension"): owner for owner in owners.values()}
    for number in lists.fields:
        if number in extensions:
            yield Problem(
                lists.at(number),
                said("%(number)s is the extension of %(owner)s", number=number, owner=extensions[number].text("name")),
            )
        listed = [(path, id) for path, id in lists.items(number) if isinstance(id, str)]
        yield from given_twice(listed, "id")
        for path, id in listed:
            if id not in owners:
                reason = said("there is neither a person nor a department with the id %(id)s", id=id)
                yield Problem(path, reason, nearest(id, owners))
            elif not _has_mailbox(owners[id]):
                yield Problem(path, said("%(id)s has no mailbox", id=id))
    for owner in owners.values():
        own = owner.group("voicemail")
        if own.text("zero") == ZeroLeadsTo.ASSISTANT.value and not owner.text("assistant"):
            yield Problem(own.at("zero"), said("there is no assistant who could be reached"))
        yield from known_id(own.at("hours"), own.text("hours"), office.group("hours").fields, "hours")


def _has_mailbox(owner: Draft) -> bool:
    """People have a mailbox where the document says nothing else, departments have none."""
    return owner.fields.get("mailbox", owner.path.startswith("people")) is not False


def warnings(office: Office) -> Iterator[Problem]:
    """What is said of a mailbox that is not there, and texts that no mailbox gets."""
    if office.voicemail.transcripts and not any(written_down(office, owner) for owner in office.mailboxes):
        reason = said(
            "no message is written down, since the recognizer knows English alone, and no mailbox is in English"
        )
        yield Problem("voicemail.transcripts", reason, mend=said("Set it to false."))
    owners: list[tuple[str, MailboxOwner]] = []
    owners += [(f"people[{place}]", person) for place, person in enumerate(office.people)]
    owners += [(f"departments[{place}]", department) for place, department in enumerate(office.departments)]
    for path, owner in owners:
        if not owner.mailbox and owner.voicemail != OwnVoicemail():
            reason = said("%(owner)s has no mailbox that this could concern", owner=owner.name)
            yield Problem(f"{path}.voicemail", reason, mend=said("Take it out, or set mailbox to true."))
