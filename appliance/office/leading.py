"""How the office document says where a call goes: by a key of a menu, to those who press none, at closing time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from appliance.office.destination import (
    MAIN_MENU,
    Destination,
    EndCall,
    MenuBefore,
    RepeatMenu,
    ToDepartment,
    ToDirectory,
    ToFax,
    ToGeneralMailbox,
    ToInformation,
    ToMailbox,
    ToMenu,
    ToMessages,
    ToOperator,
    ToOutside,
    ToPerson,
    ToSamePerson,
)
from appliance.office.draft import Draft
from appliance.office.field import Id
from appliance.office.numbers import OutsideNumber, emergency_numbers
from appliance.office.people import by_id, named
from appliance.office.problem import Problem
from hw.nearest import nearest
from hw.said import Said, said


class Action(Enum):
    """What happens to the call, in the document's words."""

    PERSON = "person"
    DEPARTMENT = "department"
    MAILBOX = "mailbox"
    OPERATOR = "operator"
    MESSAGE = "message"
    MESSAGES = "messages"
    MENU = "menu"
    BACK = "back"
    INFORMATION = "information"
    DIRECTORY = "directory"
    SAME_PERSON = "same-person"
    FAX = "fax"
    OUTSIDE = "outside"
    REPEAT = "repeat"
    HANG_UP = "hang-up"


NEEDS = {
    Action.PERSON: "person",
    Action.DEPARTMENT: "department",
    Action.MAILBOX: "person",
    Action.MENU: "menu",
    Action.INFORMATION: "information",
    Action.OUTSIDE: "number",
}
"""The field that says whom or what an action concerns. The others concern nothing."""

MAY_NAME = {Action.FAX: ("person", "department")}
"""The fields that an action may have, and needs not."""

WITHIN_A_MENU = (Action.BACK, Action.REPEAT)
"""What has a meaning only where the caller is in a menu."""

ASKED = {
    "person": said("whose"),
    "department": said("which department"),
    "menu": said("which menu"),
    "information": said("what to tell"),
    "number": said("which number"),
}


@dataclass(frozen=True, slots=True)
class DestinationForm:
    """Where a call goes."""

    action: Annotated[
        Action,
        "What happens: call a person or a department, take a message for one, call the operator, "
        "take a message for the office, let somebody of the office hear messages by extension and PIN, "
        "go to another menu or back to the one before, tell something, "
        "find a person by name, go to whoever the caller talked to last, receive a fax, "
        "dial an outside number, read the menu again, end the call.",
    ]
    person: Annotated[Id | None, "The id of the person, for the actions person and mailbox; for fax, whose it is."] = (
        None
    )
    department: Annotated[Id | None, "The id of the department, for the action department; for fax, whose it is."] = (
        None
    )
    menu: Annotated[Id | None, "The id of the menu, for the action menu; main is the first one."] = None
    information: Annotated[Id | None, "The id of what is told, for the action information."] = None
    number: Annotated[
        OutsideNumber | None, "The number, as it is dialled on a line of the office, for the action outside."
    ] = None

    def destination(self) -> Destination:
        match self.action:
            case Action.PERSON:
                return ToPerson(self.person or "")
            case Action.DEPARTMENT:
                return ToDepartment(self.department or "")
            case Action.MAILBOX:
                return ToMailbox(self.person or "")
            case Action.OPERATOR:
                return ToOperator()
            case Action.MESSAGE:
                return ToGeneralMailbox()
            case Action.MESSAGES:
                return ToMessages()
            case Action.MENU:
                return ToMenu(self.menu or MAIN_MENU)
            case Action.BACK:
                return MenuBefore()
            case Action.INFORMATION:
                return ToInformation(self.information or "")
            case Action.DIRECTORY:
                return ToDirectory()
            case Action.SAME_PERSON:
                return ToSamePerson()
            case Action.FAX:
                return ToFax(self.person or self.department or "")
            case Action.OUTSIDE:
                return ToOutside(self.number or "", granted=True)
            case Action.REPEAT:
                return RepeatMenu()
            case Action.HANG_UP:
                return EndCall()


@dataclass(frozen=True, slots=True)
class Known:
    """What destinations of a document can name."""

    people: Mapping[str, Draft]
    departments: Collection[str]
    menus: Collection[str]
    information: Collection[str]
    emergency: Collection[str]

    @classmethod
    def of(cls, office: Draft) -> Known:
        menus = [MAIN_MENU, *office.group("menus").fields]
        return cls(
            by_id(office),
            [id for _, id in office.texts("departments", "id")],
            menus,
            list(office.group("information").fields),
            emergency_numbers(office.text("country")),
        )

    def rules(self, form: Draft, *, within_a_menu: bool = False) -> Iterator[Problem]:
        """Whoever or whatever the action concerns is named, and known; and nothing else is named."""
        action = next((one for one in Action if one.value == form.fields.get("action")), None)
        if action is None:
            return
        if action in WITHIN_A_MENU and not within_a_menu:
            yield Problem(
                form.at("action"), said("%(action)s has a meaning only for a key of a menu", action=action.value)
            )
        needed = NEEDS.get(action)
        for field, asked in ASKED.items():
            if field == needed and form.fields.get(field) is None:
                yield Problem(
                    form.at(field),
                    said("is missing: the action %(action)s needs to know %(asked)s", action=action.value, asked=asked),
                )
            elif field != needed and field in form.fields and field not in MAY_NAME.get(action, ()):
                yield Problem(
                    form.at(field),
                    said(
                        "the action %(action)s concerns no %(field)s; leave this out", action=action.value, field=field
                    ),
                )
        match needed:
            case "person":
                mailbox = action is Action.MAILBOX
                yield from named(form.at("person"), form.text("person"), self.people, mailbox=mailbox)
            case "department":
                path, id = form.at("department"), form.text("department")
                yield from known_id(path, id, self.departments, "department")
            case "menu":
                yield from known_id(form.at("menu"), form.text("menu"), self.menus, "menu")
            case None if action is Action.FAX:
                yield from named(form.at("person"), form.text("person"), self.people)
                yield from known_id(form.at("department"), form.text("department"), self.departments, "department")
            case "information":
                yield from known_id(form.at("information"), form.text("information"), self.information, "information")
            case "number" if form.text("number") in self.emergency:
                number = form.text("number")
                yield Problem(
                    form.at("number"),
                    said("%(number)s is an emergency number: no caller may be sent there", number=number),
                )


_NO_SUCH: Mapping[str, Callable[[str], Said]] = {
    "department": lambda id: said("there is no department with the id %(id)s", id=id),
    "menu": lambda id: said("there is no menu with the id %(id)s", id=id),
    "information": lambda id: said("there is no information with the id %(id)s", id=id),
    "hours": lambda id: said("there are no hours with the id %(id)s", id=id),
    "company": lambda id: said("there is no company with the id %(id)s", id=id),
}


def known_id(path: str, id: str, ids: Collection[str], what: str) -> Iterator[Problem]:
    """Something named by id at this path is there."""
    if id and id not in ids:
        yield Problem(path, _NO_SUCH[what](id), nearest(id, ids))
