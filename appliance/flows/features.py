"""Which flow each feature of a telephone has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.flows.accounts import account
from appliance.flows.callwaiting import without_waiting
from appliance.flows.conference import conference
from appliance.flows.emergencytest import emergency_test
from appliance.flows.fax import by_hand
from appliance.flows.hotdesk import log_in, log_out
from appliance.flows.lastcalls import call_return, last_number, who_called
from appliance.flows.listeningin import listen_in
from appliance.flows.locking import lock, unlock
from appliance.flows.lostcallers import lost_callers
from appliance.flows.paging import page
from appliance.flows.parking import park, take_parked
from appliance.flows.pickingup import pick_up, pick_up_from
from appliance.flows.redialling import redial, redial_no_more
from appliance.flows.speednumbers import set_speed, speed
from appliance.flows.spokencode import spoken_code
from appliance.flows.unitaddress import unit_address
from appliance.flows.unitversion import unit_version
from appliance.flows.wakingup import wake_up
from appliance.office.feature import Feature

FEATURES: Final[Mapping[Feature, Callable[[Call], Awaitable[Outcome]]]] = {
    Feature.PARK: park,
    Feature.FAX: by_hand,
    Feature.TAKE_PARKED: take_parked,
    Feature.PICK_UP: pick_up,
    Feature.PICK_UP_FROM: pick_up_from,
    Feature.WITHOUT_WAITING: without_waiting,
    Feature.LAST_NUMBER: last_number,
    Feature.CALL_RETURN: call_return,
    Feature.WHO_CALLED: who_called,
    Feature.SPEED: speed,
    Feature.SET_SPEED: set_speed,
    Feature.REDIAL: redial,
    Feature.REDIAL_NO_MORE: redial_no_more,
    Feature.PAGE: page,
    Feature.WAKE_UP: wake_up,
    Feature.CONFERENCE: conference,
    Feature.EMERGENCY_TEST: emergency_test,
    Feature.LISTEN_IN: listen_in,
    Feature.ACCOUNT: account,
    Feature.LOG_IN: log_in,
    Feature.LOG_OUT: log_out,
    Feature.LOCK: lock,
    Feature.UNLOCK: unlock,
    Feature.LOST_CALLERS: lost_callers,
    Feature.SPOKEN_CODE: spoken_code,
    Feature.ADDRESS: unit_address,
    Feature.VERSION: unit_version,
}
