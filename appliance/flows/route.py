"""The one place that follows a destination, however a call came to it."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.greetingchoice import Came
from appliance.calls.outcome import Outcome
from appliance.flows.announcement import announcement, tell_announcement
from appliance.flows.attendant import attendant
from appliance.flows.blocklast import block_last
from appliance.flows.callback import call_back
from appliance.flows.department import reach_department
from appliance.flows.directory import directory
from appliance.flows.donotdisturb import do_not_disturb
from appliance.flows.emergency import call_for_help
from appliance.flows.fax import receive
from appliance.flows.features import FEATURES
from appliance.flows.forwarding import forwarding
from appliance.flows.information import tell_and_end
from appliance.flows.mailbox import mailbox
from appliance.flows.membership import membership
from appliance.flows.nightmode import night_mode
from appliance.flows.outside import dial_out, reach_elsewhere
from appliance.flows.person import reach, reach_operator
from appliance.flows.presence import presence
from appliance.flows.promptrecording import record_prompts
from appliance.flows.voicemail import leave_message
from appliance.office.destination import (
    Destination,
    EndCall,
    HearAnnouncement,
    MenuBefore,
    Nowhere,
    RepeatMenu,
    ToAnnouncement,
    ToBlockLast,
    ToCallBack,
    ToDepartment,
    ToDirectory,
    ToDoNotDisturb,
    ToElsewhere,
    ToFax,
    ToFeature,
    ToForwarding,
    ToGeneralMailbox,
    ToInformation,
    ToMailbox,
    ToMembership,
    ToMenu,
    ToMessages,
    ToMessagesOf,
    ToNightMode,
    ToOperator,
    ToOutside,
    ToPerson,
    ToPresence,
    ToPromptRecording,
    ToSamePerson,
)
from appliance.office.phrase import phrase


async def go(call: Call, destination: Destination) -> Outcome:
    """Take the call there, and return what became of it."""
    office = call.office
    match destination:
        case ToPerson(id) if (person := office.person(id)) is not None:
            return await reach(call, person)
        case ToDepartment(id) if (department := office.department(id)) is not None:
            return await reach_department(call, department)
        case ToMailbox(id) if (person := office.person(id)) is not None:
            not_disturbed = call.availability.not_disturbed(person)
            return await leave_message(call, person, came=Came.NOT_DISTURBED if not_disturbed else Came.DIRECTLY)
        case ToMessagesOf(id) if (owner := office.mailbox_of(id)) is not None:
            return await mailbox(call, owner)
        case ToCallBack(id) if (owner := office.mailbox_of(id)) is not None:
            return await call_back(call, owner)
        case ToOutside(emergency=True):
            return await call_for_help(call, destination)
        case ToOutside():
            return await dial_out(call, destination)
        case ToElsewhere():
            return await reach_elsewhere(call, destination)
        case ToMessages():
            return await mailbox(call, call.owner)
        case ToSamePerson():
            person = office.person(await call.who.person_before())
            known = person is not None and person in office.known_to(call.company.id)
            return await (reach(call, person) if person is not None and known else reach_operator(call))
        case ToBlockLast():
            return await block_last(call)
        case ToFeature(feature, behind):
            call.caller.leg.press_all(behind)
            return await FEATURES[feature](call)
        case ToNightMode():
            return await night_mode(call)
        case ToDoNotDisturb(on):
            return await do_not_disturb(call, on)
        case ToForwarding(on):
            return await forwarding(call, on)
        case ToPresence(here):
            return await presence(call, here)
        case ToMembership():
            return await membership(call)
        case ToPromptRecording():
            return await record_prompts(call)
        case ToAnnouncement():
            return await announcement(call)
        case HearAnnouncement():
            return await tell_announcement(call)
        case ToGeneralMailbox(because):
            return await leave_message(call, None, phrase(because) if because else None)
        case ToMenu(id):
            return await attendant(call, id)
        case RepeatMenu() | MenuBefore():  # From where there was no menu, as when the office is closed.
            return await leave_message(call, None)
        case ToInformation(id) if (information := office.information.get(id)) is not None:
            return await tell_and_end(call, information)
        case ToDirectory():
            return await directory(call)
        case ToFax(owner):
            return await receive(call, owner)
        case EndCall():
            await call.caller.play(phrase("thank-you-goodbye"))
            return Outcome.GOODBYE
        case Nowhere():
            return Outcome.NOT_DIALLED
        case ToOperator() | ToPerson() | ToDepartment() | ToMailbox() | ToInformation() | ToMessagesOf() | ToCallBack():
            return await reach_operator(call)
