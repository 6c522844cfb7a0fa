"""The example office with somebody to write to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from appliance.office.model import Office, Person
from appliance.office.notifying import MailServer, Notifying, PersonNotices, PostAddress

SERVER = MailServer(host="mail.example.org", user="office@example.org", password="moonlight")
HOOK = PostAddress("http://192.168.1.9/events", "starlight")


def writes_to(person: str, notices: PersonNotices, **notifying: Any) -> Callable[[Office], Office]:
    """A change of the office: this person is told so. notifying: fields of it besides the mail server."""

    def changed(one: Person) -> Person:
        return replace(one, notify=notices) if one.id == person else one

    def change(office: Office) -> Office:
        people = tuple(changed(one) for one in office.people)
        return replace(office, people=people, notifying=Notifying(**({"mail": SERVER} | notifying)))

    return change


MARIA_BY_MAIL = writes_to("maria", PersonNotices("maria@example.org", lost_callers=True, faults=True))
