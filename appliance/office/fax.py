"""Faxes: the office's own number and header, into whose box a received one goes, and who is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated

from appliance.office.draft import Draft
from appliance.office.faxsending import FaxSending
from appliance.office.field import Id, Limits, Name, TextPattern
from appliance.office.lines import MOST_TRUNKS, PublicNumber
from appliance.office.notifying import MailAddress
from appliance.office.people import MOST_PEOPLE
from appliance.office.problem import Problem
from appliance.office.voicemail import KeptDays
from hw.nearest import nearest
from hw.said import said

OFFICE_BOX = "@office"
"""The box of the office itself, which is nobody's: no id begins so."""

MOST_ROUTES = 200
MOST_VIEWERS = 50
MOST_ADDRESSES = 20

FaxNumber = Annotated[
    str,
    TextPattern(r"^(\+?[0-9 ]{1,19})?$", "digits and spaces, perhaps with a + in front, at most 20, or empty"),
]
"""What machines can tell each other as their number (ITU-T T.30 §5.3.6.2.4)."""
Sender = Annotated[
    str, TextPattern(r"^\+?[0-9]{2,20}\*?$", "a number, or its beginning with a star behind it, such as +4989*")
]
Subaddress = Annotated[str, TextPattern("^[0-9 *#]{1,20}$", "digits, spaces, * and #, 1 to 20")]
Printer = Annotated[
    str, TextPattern("^[A-Za-z0-9_.-]{0,127}$", "the name of a printer of this machine (CUPS), or empty")
]


class FaxRing(Enum):
    """A ringing of its own, as an exchange gives several numbers on one line (distinctive ring)."""

    LONG = "long"
    DOUBLE = "double"
    TRIPLE = "triple"


OneFaxRing = Annotated[FaxRing, "One ringing: a long ring, or two or three short ones in a row."]


@dataclass(frozen=True, slots=True)
class FaxBox:
    """The faxes of a person or a department: who is told of them, and how long they are kept."""

    mail: Annotated[
        bool,
        "Whether mail is sent about each new fax: to the person, or to each member of the department, at their "
        "notify.mail.",
    ] = True
    attach: Annotated[bool, "Whether its pages go with the mail, as a PDF file."] = True
    printer: Annotated[Printer, "The printer that prints each new fax. Without it, none does."] = ""
    seen_by: Annotated[
        tuple[Id, ...], Limits(0, MOST_VIEWERS), "The ids of further people who may see these faxes."
    ] = ()
    seen_faxes_days: Annotated[
        KeptDays | None, "After how many days a fax that was seen is deleted. Without it, what the office says."
    ] = None


@dataclass(frozen=True, slots=True)
class FaxRoute:
    """Whose a fax is. All that is given here must fit."""

    owner: Annotated[Id, "The id of the person or the department whose fax it is."]
    line: Annotated[Name | None, "The name of the line that it comes on."] = None
    called: Annotated[PublicNumber | None, "The number that was called, where the line tells it."] = None
    sender: Annotated[Sender | None, "The sender's number, as the line or the sending machine tells it."] = None
    subaddress: Annotated[Subaddress | None, "The sub-address that the sending machine tells (SUB)."] = None


@dataclass(frozen=True, slots=True)
class OfficeFax:
    """Faxes of the office."""

    receives: Annotated[
        bool, "Whether a fax machine that calls can send its fax. Otherwise it is told that none is taken."
    ] = True
    number: Annotated[
        FaxNumber, "The office's own fax number, as other machines show it. Without it, that of the line."
    ] = ""
    header: Annotated[
        str, Limits(0, 40), "The sender's name in the line above each page that is sent. Without it, the office's name."
    ] = ""
    lines: Annotated[
        tuple[Name, ...], Limits(0, MOST_TRUNKS), "The names of the lines on which every call is a fax."
    ] = ()
    numbers: Annotated[
        tuple[PublicNumber, ...],
        Limits(0, MOST_ROUTES),
        "The numbers to which every call is a fax, where the line tells which one was called.",
    ] = ()
    rings: Annotated[
        frozenset[OneFaxRing],
        Limits(0, len(FaxRing)),
        "The ringing by which a call is a fax, where the telephone company has given the fax a number of its own on "
        "the same line (distinctive ring).",
    ] = frozenset()
    routes: Annotated[
        tuple[FaxRoute, ...],
        Limits(0, MOST_ROUTES),
        "Whose a fax is; the first that fits counts. Where none does, a sub-address that is somebody's extension leads "
        "there, and all other faxes are the office's.",
    ] = ()
    boxes: Annotated[
        dict[Id, FaxBox],
        Limits(0, MOST_PEOPLE),
        "Who is told of the faxes of a person or a department, by their ids. Without it, mail is sent.",
    ] = field(default_factory=dict)
    mail: Annotated[
        tuple[MailAddress, ...],
        Limits(0, MOST_ADDRESSES),
        "The mail addresses that are told of faxes that are the office's.",
    ] = ()
    attach: Annotated[bool, "Whether their pages go with that mail, as a PDF file."] = True
    printer: Annotated[Printer, "The printer that prints each of them. Without it, none does."] = ""
    seen_by: Annotated[
        tuple[Id, ...],
        Limits(0, MOST_VIEWERS),
        "The ids of the people who may see them. Without any, whoever may hear the office's messages.",
    ] = ()
    seen_faxes_days: Annotated[
        KeptDays | None,
        "After how many days a fax that was seen is deleted. Without it, it is kept until somebody deletes it.",
    ] = None
    faxes_per_box: Annotated[
        int,
        Limits(10, 5000),
        "How many faxes, new and seen, a box holds. Whoever looks after the unit is told before it is full; a fax for "
        "a full box comes to the office.",
    ] = 500
    sending: Annotated[FaxSending, "How faxes are sent."] = field(default_factory=FaxSending)

    def box(self, owner: str) -> FaxBox:
        """How the faxes of a person or a department are kept and told."""
        return self.boxes.get(owner, DEFAULT_BOX)


DEFAULT_BOX = FaxBox()


def rules(office: Draft) -> Iterator[Problem]:
    """Whoever and whatever is named is there, and each route says what it goes by."""
    fax = office.group("fax")
    people = {id for _, id in office.texts("people", "id")}
    owners = people | {id for _, id in office.texts("departments", "id")}
    lines = {name for _, name in office.texts("trunks", "name")}
    for path, line in (*_texts(fax, "lines"), *fax.texts("routes", "line")):
        if line not in lines:
            yield Problem(path, said("there is no line called %(line)s", line=line), nearest(line, lines))
    for route in fax.entries("routes"):
        yield from _owner(route.at("owner"), route.text("owner"), owners)
        if not any(route.text(name) for name in ("line", "called", "sender", "subaddress")):
            yield Problem(
                route.path, said("says nothing that it goes by: name a line, a number, a sender or a sub-address")
            )
    boxes = fax.group("boxes")
    for id in boxes.fields:
        yield from _owner(boxes.at(id), id, owners)
    for group in (fax, *boxes.groups()):
        for path, id in _texts(group, "seen_by"):
            if id not in people:
                yield Problem(path, said("there is nobody with the id %(id)s", id=id), nearest(id, people))
    if fax.items("mail") and not office.group("notifying").group("mail").text("host"):
        yield Problem(fax.at("mail"), said("there is no mail server at notifying.mail.host"))


def _texts(group: Draft, name: str) -> list[tuple[str, str]]:
    return [(path, text) for path, text in group.items(name) if isinstance(text, str)]


def _owner(path: str, id: str, owners: set[str]) -> Iterator[Problem]:
    if id and id not in owners:
        reason = said("there is neither a person nor a department with the id %(id)s", id=id)
        yield Problem(path, reason, nearest(id, owners))
