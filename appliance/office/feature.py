"""What a telephone of the office can do by a code, apart from what changes how its owner is called."""

from __future__ import annotations

from enum import Enum


class Feature(Enum):
    """One thing a code does. Its value is the step that the record of the call tells of it.

    `appliance/office/codes.py` has the code, `appliance/flows/features.py` the flow.
    """

    PARK = "to a parking place"
    FAX = "to the fax, by hand"
    TAKE_PARKED = "to a parked call"
    PICK_UP = "picks up a call"
    PICK_UP_FROM = "picks up a call of somebody"
    WITHOUT_WAITING = "calls without being disturbed"
    LAST_NUMBER = "to the number dialled last"
    CALL_RETURN = "calls back"
    WHO_CALLED = "hears who called"
    SPEED = "to a speed number"
    SET_SPEED = "to the own speed numbers"
    REDIAL = "rings when it is free"
    REDIAL_NO_MORE = "rings no more"
    PAGE = "pages"
    WAKE_UP = "to wake-up calls"
    CONFERENCE = "to a conference"
    EMERGENCY_TEST = "tries an emergency call"
    LISTEN_IN = "listens in"
    ACCOUNT = "with an account"
    LOG_IN = "logs in"
    LOG_OUT = "logs out"
    LOCK = "locks the telephone"
    UNLOCK = "unlocks the telephone"
    LOST_CALLERS = "to the callers who got nobody"
    SPOKEN_CODE = "to the code of the local page"
    ADDRESS = "to the address of the unit"
    VERSION = "to the version of the program"
