"""What an office says, so that it can be spoken before anybody calls."""

from __future__ import annotations

from appliance.office.model import Office
from appliance.office.notifying import WhichMessages
from appliance.office.phrase import Digits, Sayable, phrase
from appliance.office.places import places
from appliance.office.voicemail import ZeroLeadsTo
from appliance.prompts.language import Language
from appliance.prompts.languages import language


def office_languages(office: Office) -> list[Language]:
    """Every language that this office needs in memory, its own first."""
    return [language(code) for code in office.languages]


def office_words(office: Office) -> list[Sayable]:
    """What this office says that the catalogue does not hold whole: its greetings, menu lines, and people's names."""
    return [*first_words(office), *office_names(office)]


def first_words(office: Office) -> list[Sayable]:
    """What has to be spoken before anybody calls: all but the names of people and departments."""
    said: list[Sayable] = [words for words in places(office).values() if words.text]
    said += [phrase("from-number", number=Digits(person.extension)) for person in office.people]
    for station in office.stations:
        said.append(phrase("emergency-called", name=station.name, number=Digits("0")))
    for place in (office.emergency.place, *(station.place for station in office.stations)):
        if place:
            said.append(phrase("emergency-place", place=place))
    said += [phrase("call-for", company=company.name) for company in office.everybody_called]
    return said


def office_names(office: Office) -> list[Sayable]:
    """The names of people and departments in what is said of them, those first that callers meet first: departments and
    operators, then whoever has a telephone, then all others."""
    said: list[Sayable] = []
    for department in office.departments:
        for name in ("greeting-default", "closed-mailbox", "not-available", "member-in", "member-out"):
            said.append(phrase(name, name=department.name))
    for person in sorted(office.people, key=lambda one: (one.id not in office.operator_ids, one.station is None)):
        for name in ("greeting-default", "closed-mailbox", "not-available", "on-the-phone", "cannot-take-calls"):
            said.append(phrase(name, name=person.name))
        if person.voicemail.zero is ZeroLeadsTo.ASSISTANT and (assistant := office.person(person.assistant or "")):
            said.append(phrase("for-person-press-zero", name=assistant.name))
        if person.notify.call.of is not WhichMessages.NONE:
            said.append(phrase("message-call", name=person.name))
        said.append(phrase("emergency-test-told", name=person.name))
    return said
