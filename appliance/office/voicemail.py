"""Voicemail as an office document has it: what holds for all mailboxes, and what one mailbox has of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated

from appliance.office.field import Id, Limits
from appliance.office.numbers import Extension

MOST_LISTS = 100
MOST_ON_A_LIST = 500
LONGEST_KEPT_DAYS = 3650

KeptDays = Annotated[int, Limits(1, LONGEST_KEPT_DAYS)]
Listed = Annotated[tuple[Id, ...], Limits(1, MOST_ON_A_LIST)]


class ZeroLeadsTo(Enum):
    """Whom callers reach by 0 in a greeting."""

    OPERATOR = "operator"
    ASSISTANT = "assistant"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class OwnVoicemail:
    """What callers can do in a greeting, and what the mailbox holds."""

    takes_messages: Annotated[
        bool, "Whether callers can leave a message behind the greeting. Otherwise they hear it, and then goodbye."
    ] = True
    zero: Annotated[ZeroLeadsTo, "Whom callers reach who press 0 in the greeting."] = ZeroLeadsTo.OPERATOR
    extensions: Annotated[bool, "Whether callers can dial another extension in the greeting."] = False
    call_back: Annotated[bool, "Whether callers can press 9 in the greeting to be called back."] = False
    log_in: Annotated[
        bool, "Whether the owner can press * in the greeting, and give the PIN, to hear the messages."
    ] = True
    hours: Annotated[
        Id | None,
        "The id of the hours outside of which callers hear that the office is closed. Without it, the company's, or "
        "the office's.",
    ] = None
    longest_message_seconds: Annotated[
        float | None, Limits(10, 1800), "The longest message, in seconds. Without it, the office's."
    ] = None
    messages: Annotated[
        int | None, Limits(1, 1000), "How many messages the mailbox holds. Without it, the office's."
    ] = None
    heard_messages_days: Annotated[
        KeptDays | None,
        "After how many days a message that was heard is deleted. Without it, what the office says.",
    ] = None


@dataclass(frozen=True, slots=True)
class Voicemail:
    """What holds for all mailboxes of the office."""

    name_operator: Annotated[
        bool, "Whether callers are told, behind a greeting that nobody has recorded, that 0 leads to the operator."
    ] = False
    heard_messages_days: Annotated[
        KeptDays | None,
        "After how many days a message that was heard is deleted. Without it, it is kept until somebody deletes it.",
    ] = None
    transcripts: Annotated[
        bool,
        "Whether messages are written down, by a recogniser on this machine (extra transcript; 2 GB of memory). It "
        "knows English alone: mailboxes whose owners have another language get no texts.",
    ] = False
    lists: Annotated[
        dict[Extension, Listed],
        Limits(0, MOST_LISTS),
        "By a number each, the ids of the people and departments to whom one message can be sent at once.",
    ] = field(default_factory=dict)
