"""What the last run has left behind, put right at the start: messages that were cut off, callers who were."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from appliance.calls.faults import Faults
from appliance.calls.lostcallers import LOOKED_BACK, LostCallers
from appliance.clock import off_loop
from appliance.office.model import Office
from appliance.store.calllog import CallLog
from appliance.store.messages import MessageStore
from hw.said import said, told_by


async def recover_messages(messages: MessageStore, calls: CallLog, faults: Faults) -> None:
    """Repair the message store, and tell what was not in order after the last run."""
    for fault in calls.faults:
        faults.report(fault)
    try:
        recovered = await off_loop(messages.recover)
    except OSError as error:
        faults.report(said("the messages cannot be looked through: %(why)s", why=told_by(error)))
        return
    for found in recovered:
        if found.delivered:
            fault = said(
                "mailbox %(mailbox)s: a message was recovered. %(why)s", mailbox=found.mailbox, why=found.reason
            )
        else:
            fault = said(
                "mailbox %(mailbox)s: a message was set aside as %(file)s. %(why)s",
                mailbox=found.mailbox,
                file=found.path.name,
                why=found.reason,
            )
        faults.report(fault)


async def recover_lost_callers(lost: LostCallers, calls: CallLog, now: datetime, office: Office) -> None:
    """Whoever was on a line when the power went got nobody either."""
    with suppress(OSError):  # That the log cannot be read was told already.
        await lost.recover(await off_loop(calls.since, now - LOOKED_BACK), office)
