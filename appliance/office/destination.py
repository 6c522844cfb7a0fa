"""Where a call may lead: what keys of a menu, dialled numbers, redirections and transfers all come to.

Adding one is a class here, a `case` in `appliance/flows/route.py`, which alone follows them, and the flow it leads to.
People, menus and information are named by their ids. As text, each is a step in the record of a call.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from appliance.office.feature import Feature

MAIN_MENU = "main"
"""The id of the menu that callers meet first where nothing else is said."""


@dataclass(frozen=True, slots=True)
class ToPerson:
    """Somebody of the office, wherever that person is; where nobody answers, the person's mailbox."""

    person: str

    def __str__(self) -> str:
        return f"to {self.person}"


@dataclass(frozen=True, slots=True)
class ToDepartment:
    """Whoever answers in a department; where nobody does, what the department says."""

    department: str

    def __str__(self) -> str:
        return f"to {self.department}"


@dataclass(frozen=True, slots=True)
class ToMailbox:
    """A message for somebody, without ringing first."""

    person: str

    def __str__(self) -> str:
        return f"a message for {self.person}"


@dataclass(frozen=True, slots=True)
class ToMessagesOf:
    """The messages of a person or department, by the PIN."""

    owner: str

    def __str__(self) -> str:
        return f"to the messages of {self.owner}"


@dataclass(frozen=True, slots=True)
class ToCallBack:
    """Being called back by a person or department."""

    owner: str

    def __str__(self) -> str:
        return f"asks {self.owner} to call back"


@dataclass(frozen=True, slots=True)
class ToOperator:
    """The operator; where nobody answers, a message for the office."""

    def __str__(self) -> str:
        return "to the operator"


@dataclass(frozen=True, slots=True)
class ToGeneralMailbox:
    """A message for the office, or the company that was called. because: a phrase that says why, or empty."""

    because: str = ""

    def __str__(self) -> str:
        return "a message for the office"


@dataclass(frozen=True, slots=True)
class ToMenu:
    """A menu, from its greeting on."""

    menu: str = MAIN_MENU

    def __str__(self) -> str:
        return "to the menu" if self.menu == MAIN_MENU else f"to the menu {self.menu}"


@dataclass(frozen=True, slots=True)
class MenuBefore:
    """The menu from which the caller came to this one."""

    def __str__(self) -> str:
        return "to the menu before"


@dataclass(frozen=True, slots=True)
class ToInformation:
    """Something the office tells, such as its opening hours."""

    information: str

    def __str__(self) -> str:
        return f"hears {self.information}"


@dataclass(frozen=True, slots=True)
class ToDirectory:
    """A person found by the letters of the name."""

    def __str__(self) -> str:
        return "to the directory"


@dataclass(frozen=True, slots=True)
class ToFax:
    """A fax is received. owner: the id of the person or department whose it is; empty: that is seen from the fax."""

    owner: str = ""

    def __str__(self) -> str:
        return f"to the fax of {self.owner}" if self.owner else "to the fax"


@dataclass(frozen=True, slots=True)
class ToOutside:
    """A number to dial on a trunk. granted: the office document leads callers there, whoever they are."""

    number: str
    emergency: bool = False
    granted: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return f"dials {self.number}"


@dataclass(frozen=True, slots=True)
class ToElsewhere:
    """An extension of another of our offices, and the ports of the lines that join it to this one."""

    number: str
    ports: tuple[str, ...]

    def __str__(self) -> str:
        return f"to {self.number} in another office"


@dataclass(frozen=True, slots=True)
class ToMessages:
    """The messages of whoever dials it."""

    def __str__(self) -> str:
        return "to the messages"


@dataclass(frozen=True, slots=True)
class ToNightMode:
    """Closing or opening the office by hand."""

    def __str__(self) -> str:
        return "to the night mode"


@dataclass(frozen=True, slots=True)
class ToDoNotDisturb:
    """Whether the telephone of whoever dials it rings. on: from now on it does not."""

    on: bool

    def __str__(self) -> str:
        return "to do not disturb, on" if self.on else "to do not disturb, off"


@dataclass(frozen=True, slots=True)
class ToForwarding:
    """Where the calls of whoever dials it go. on: the number is asked for; otherwise they are forwarded no longer."""

    on: bool

    def __str__(self) -> str:
        return "to forwarding, on" if self.on else "to forwarding, off"


@dataclass(frozen=True, slots=True)
class ToPresence:
    """Whether whoever dials it is at the office. here: from now on."""

    here: bool

    def __str__(self) -> str:
        return "to being at the office" if self.here else "to being away"


@dataclass(frozen=True, slots=True)
class ToMembership:
    """Whether the departments of whoever dials it ring the telephone."""

    def __str__(self) -> str:
        return "to the departments"


@dataclass(frozen=True, slots=True)
class ToPromptRecording:
    """Recording what callers hear."""

    def __str__(self) -> str:
        return "to the recording of prompts"


@dataclass(frozen=True, slots=True)
class ToAnnouncement:
    """Recording the announcement that overrides all, switching it on and off."""

    def __str__(self) -> str:
        return "to the announcement"


@dataclass(frozen=True, slots=True)
class HearAnnouncement:
    """The announcement that overrides all, then what the office document says."""

    def __str__(self) -> str:
        return "hears the announcement"


@dataclass(frozen=True, slots=True)
class ToFeature:
    """Something that a telephone of the office can do by a code, such as parking a call.

    behind: the digits that were dialled with the code at once, as a SIP telephone sends all it has dialled.
    """

    feature: Feature
    behind: str = ""

    def __str__(self) -> str:
        return self.feature.value


@dataclass(frozen=True, slots=True)
class ToBlockLast:
    """Blocking whoever called last."""

    def __str__(self) -> str:
        return "to the block list"


@dataclass(frozen=True, slots=True)
class ToSamePerson:
    """Whoever the caller talked to last; the operator, where there is nobody."""

    def __str__(self) -> str:
        return "to the same person as before"


@dataclass(frozen=True, slots=True)
class RepeatMenu:
    """The choices of the menu once more."""

    def __str__(self) -> str:
        return "to the menu again"


@dataclass(frozen=True, slots=True)
class EndCall:
    """A goodbye."""

    def __str__(self) -> str:
        return "goodbye"


@dataclass(frozen=True, slots=True)
class Nowhere:
    """What was dialled means nothing."""

    def __str__(self) -> str:
        return "nowhere"


Destination = (
    ToPerson
    | ToDepartment
    | ToMailbox
    | ToMessagesOf
    | ToCallBack
    | ToOperator
    | ToGeneralMailbox
    | ToMenu
    | MenuBefore
    | ToInformation
    | ToDirectory
    | ToFax
    | ToOutside
    | ToElsewhere
    | ToMessages
    | ToNightMode
    | ToDoNotDisturb
    | ToForwarding
    | ToPresence
    | ToMembership
    | ToPromptRecording
    | ToAnnouncement
    | HearAnnouncement
    | ToFeature
    | ToBlockLast
    | ToSamePerson
    | RepeatMenu
    | EndCall
    | Nowhere
)
