"""What a caller may press in a greeting, and how the caller is told of it."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.greetingchoice import Came
from appliance.office.destination import (
    Destination,
    ToCallBack,
    ToDepartment,
    ToMessagesOf,
    ToOperator,
    ToPerson,
)
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Person
from appliance.office.numbering import codes_in_menus
from appliance.office.numbers import OPERATOR_KEY
from appliance.office.phrase import Digits, Sayable, phrase
from appliance.office.voicemail import ZeroLeadsTo

CALL_BACK_KEY = "9"
LOG_IN_KEY = "*"


def in_greeting(call: Call, keeper: MailboxOwner, wanted: MailboxOwner | None, why: Came) -> dict[str, Destination]:
    """Where a key, or an extension, leads that is pressed in the greeting of the mailbox of `keeper`.

    wanted: whose caller it is, where that is somebody. A caller on the block list can only leave a message.
    """
    if call.who.blocked is not None:
        return {}
    own = keeper.voicemail
    found: dict[str, Destination] = {}
    if own.extensions:
        found |= _extensions(call)
    if keeper.id == call.company.general_mailbox:
        # Where the office is closed no menu is told, in which codes can be dialled otherwise.
        found |= codes_in_menus(call.office) if call.from_outside else {}
    elif (zero := _zero(call, keeper)) is not None:
        found[OPERATOR_KEY] = zero
    if why is Came.NOT_DISTURBED and (assistant := assistant_of(call, wanted)) is not None:
        found[assistant.extension] = ToPerson(assistant.id)
        found.setdefault(OPERATOR_KEY, ToOperator())
    if own.call_back:
        found[CALL_BACK_KEY] = ToCallBack(keeper.id)
    if own.log_in and keeper.pin:
        found[LOG_IN_KEY] = ToMessagesOf(keeper.id)
    return found


def told_of_keys(
    call: Call, keeper: MailboxOwner, wanted: MailboxOwner | None, why: Came, *, recorded: bool
) -> list[Sayable]:
    """What is said of them behind the greeting. One that somebody has recorded tells what its owner wants told.

    The operator is named where the office wants that, since it makes every greeting longer.
    """
    leads = in_greeting(call, keeper, wanted, why)
    helped = assistant_of(call, wanted) if leads and why is Came.NOT_DISTURBED else None
    if helped is not None:
        return [phrase("for-help-dial", extension=Digits(helped.extension))]
    if recorded:
        return []
    said: list[Sayable] = []
    match leads.get(OPERATOR_KEY):
        case ToOperator() if call.office.voicemail.name_operator:
            said.append(phrase("for-operator"))
        case ToPerson(id) if (person := call.office.person(id)) is not None:
            said.append(phrase("for-person-press-zero", name=person.name))
    if CALL_BACK_KEY in leads:
        said.append(phrase("for-call-back-press-nine"))
    if keeper.voicemail.extensions:
        said.append(phrase("dial-another-extension"))
    return said


def assistant_of(call: Call, owner: MailboxOwner | None) -> Person | None:
    """Whom callers of a person are told of for help; nobody whom callers of this company do not reach."""
    if not isinstance(owner, Person) or owner.assistant is None:
        return None
    assistant = call.office.person(owner.assistant)
    return assistant if assistant in call.office.known_to(call.company.id) else None


def _zero(call: Call, keeper: MailboxOwner) -> Destination | None:
    """Where 0 leads; nowhere where that is the owner of this mailbox, or nobody."""
    match keeper.voicemail.zero:
        case ZeroLeadsTo.ASSISTANT:
            assistant = assistant_of(call, keeper)
            return None if assistant is None else ToPerson(assistant.id)
        case ZeroLeadsTo.OPERATOR if not _is_the_operator(call, keeper):
            return ToOperator()
        case _:
            return None


def _is_the_operator(call: Call, keeper: MailboxOwner) -> bool:
    """Whether nobody else answers 0."""
    return not call.office.operators and keeper.id == call.company.operator


def _extensions(call: Call) -> dict[str, Destination]:
    office, company = call.office, call.company.id
    found: dict[str, Destination] = {person.extension: ToPerson(person.id) for person in office.known_to(company)}
    departments = [one for one in office.departments if not company or one.works_for(company)]
    return found | {department.extension: ToDepartment(department.id) for department in departments}
