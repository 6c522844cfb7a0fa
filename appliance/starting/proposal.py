"""The office document that the answers of the set-up make."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from appliance.starting.answers import FIRST, SECOND, Answers, StartPerson
from appliance.starting.countries import USUAL, free_extensions
from appliance.starting.devices import FoundPorts
from appliance.starting.ids import short_id
from appliance.starting.menu import Choice, NewOffice, greeted, start_menu
from appliance.starting.texts import START_TEXTS

NewPin = Callable[[str], str]
"""A PIN for the owner of this extension."""


def document(answers: Answers, found: FoundPorts, new_pin: NewPin) -> NewOffice:
    """The whole document. The answers are without mistakes. found: by the unit itself."""
    return _Proposal(answers, answers.devices.beside(found), new_pin).document()


def administrators_person(answers: Answers) -> str:
    """The id of the person who sets the office up; empty for nobody of the office."""
    ids = person_ids(answers.people)
    return next((id for id, person in zip(ids, answers.people, strict=True) if person.you), "")


def person_ids(people: Sequence[StartPerson]) -> list[str]:
    """Of each of them, in their order."""
    ids: dict[str, None] = {}
    for person in people:
        ids[short_id(person.name, ids, "person")] = None
    return list(ids)


class _Proposal:
    def __init__(self, answers: Answers, found: FoundPorts, new_pin: NewPin) -> None:
        self.answers = answers
        """All without mistakes."""
        self.texts = START_TEXTS[answers.language]
        """What is said in the language of the office."""
        self.new_pin = new_pin
        """Makes a PIN."""
        self.lines = [port for port in found.lines if answers.numbers.get(port)]
        """The ports of the lines that have a number."""
        self.stations = {port: self.texts.telephone.format(number=n) for n, port in enumerate(found.telephones, 1)}
        """The names of the telephones, by their ports."""
        self.ids = person_ids(answers.people)
        """Of the people, in their order."""
        self.taken = {person.extension for person in answers.people}
        """The extensions that somebody has."""

    def document(self) -> NewOffice:
        answers = self.answers
        people = [
            self._person(id, person, answers.company_of(place))
            for place, (id, person) in enumerate(zip(self.ids, answers.people, strict=True))
        ]
        operator = self.ids[answers.operator] if answers.operator < len(self.ids) else self.ids[0]
        made: NewOffice = {
            "name": answers.company,
            "country": answers.country,
            "language": answers.language,
            "time_zone": answers.time_zone,
            "trunks": [self._trunk(number, port) for number, port in enumerate(self.lines, 1)],
            "stations": [{"name": name, "port": port} for port, name in self.stations.items()],
            "people": people,
            "operator": operator,
            "general_mailbox": operator,
        }
        if sip := answers.devices.section():
            made["sip"] = sip
        if answers.template != "one":
            made["general_mailbox"] = self._office_mailbox(people, answers.company)
        if not answers.always:
            made["hours"] = {"main": self._hours()}
        if answers.template == "department":
            made["departments"] = self._departments()
        if answers.template == "companies":
            made["companies"] = self._companies(people)
            second = start_menu(self.texts, answers.second, answers.second_does, self._staff(SECOND))
            made["menus"] = {SECOND: greeted(second, answers.second_greeting)}
        made["menu"] = greeted(
            start_menu(self.texts, answers.company, answers.does, self._choices(made)), answers.greeting
        )
        return made

    def _trunk(self, number: int, port: str) -> NewOffice:
        trunk = {"name": self.texts.line.format(number=number), "port": port, "number": self.answers.numbers[port]}
        if self.answers.template == "companies":
            trunk["company"] = SECOND if port in self.answers.second_lines else FIRST
        return trunk

    def _person(self, id: str, person: StartPerson, company: str) -> NewOffice:
        made: NewOffice = {"id": id, "name": person.name, "extension": person.extension}
        if company:
            made["companies"] = [company]
        if person.telephone:
            made["station"] = self.stations[person.telephone]
        made["pin"] = self.new_pin(person.extension)
        if person.you:
            made["manager"] = True
        if person.cell:
            made["cell"] = person.cell
            # A second line is needed to call somebody outside for a caller.
            if len(self.lines) > 1:
                made["forwarding"] = {"when": "no-answer" if person.telephone else "always"}
        return made

    def _office_mailbox(self, people: list[NewOffice], company: str) -> str:
        """A mailbox for the messages that are meant for nobody in particular. Returns its id."""
        id = short_id(company, [*self.ids, *(one["id"] for one in people)], "office")
        extension = self._extension()
        mailbox = {"id": id, "name": company, "extension": extension, "directory": False}
        people.append(mailbox | {"pin": self.new_pin(extension)})
        return id

    def _extension(self) -> str:
        (extension,) = free_extensions(self.answers.country, self.taken, min(map(int, self.taken)), 1)
        self.taken.add(extension)
        return extension

    def _hours(self) -> NewOffice:
        week = {day: [f"{opens}-{closes}" for opens, closes in spans] for day, spans in self.answers.week.items()}
        hours: NewOffice = {"week": week}
        if self.answers.holidays:
            hours["holidays"] = {"country": USUAL[self.answers.country].iso}
        return hours

    def _departments(self) -> list[NewOffice]:
        made: list[NewOffice] = []
        for department in self.answers.departments:
            members = [self.ids[place] for place in department.members if self.answers.rings(place)]
            ids = [*self.ids, *(one["id"] for one in made)]
            made.append(
                {
                    "id": short_id(department.name, ids, "department"),
                    "name": department.name,
                    "extension": self._extension(),
                    "members": [{"person": member} for member in members],
                }
            )
        return made

    def _companies(self, people: list[NewOffice]) -> list[NewOffice]:
        mailbox = self._office_mailbox(people, self.answers.second)
        return [
            {"id": FIRST, "name": self.answers.company} | self._operator(FIRST),
            {"id": SECOND, "name": self.answers.second, "menu": SECOND, "general_mailbox": mailbox}
            | self._operator(SECOND),
        ]

    def _operator(self, company: str) -> NewOffice:
        """Somebody of the company who answers 0, where the office's operator does not work for it."""
        staff = self.answers.staff(company)
        if self.answers.operator in staff:
            return {}
        return {"operator": self.ids[next((place for place in staff if self.answers.rings(place)), staff[0])]}

    def _staff(self, company: str) -> list[Choice]:
        people = self.answers.people
        return [
            Choice(
                people[place].name,
                {"action": "person" if self.answers.rings(place) else "mailbox", "person": self.ids[place]},
            )
            for place in self.answers.staff(company)
        ]

    def _choices(self, made: NewOffice) -> list[Choice]:
        match self.answers.template:
            case "one":
                return self._staff(FIRST)[:1]
            case "department":
                found = made["departments"]
                return [Choice(one["name"], {"action": "department", "department": one["id"]}) for one in found]
        return self._staff(FIRST)
