"""What `copperdesk hw list` tells of modems, with a running unit and without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hw.found import HEALTHY
from hw.modem.bus import FoundModem
from hw.modem.found import RunningModem, of_idle, of_running
from hw.modem.wanted import ModemWanted
from tests.hw.modemworld import FIRST

STICK = FoundModem("/dev/ttyACM3", "12d1", "1506", "", "1-1.1", "Huawei Mobile")
ANY = ModemWanted(country_code="B5")
WORKS = RunningModem(named="", found=FIRST, ready=True, lent=False, identity="V1.2.23", no_caller_id=False, faults=())


@pytest.mark.parametrize(
    ("modem", "state"),
    [
        (WORKS, HEALTHY),
        (replace(WORKS, lent=True, ready=False), HEALTHY),
        (replace(WORKS, ready=False), "mute"),
        (replace(WORKS, found=None), "no-modem"),
        (replace(WORKS, no_caller_id=True), "no-caller-id"),
        (replace(WORKS, faults=("main rings and the modem beside it does not",)), "doubtful"),
    ],
)
def test_the_modem_of_a_running_unit(modem: RunningModem, state: str) -> None:
    assert of_running(modem).state == state


def test_a_modem_is_told_with_model_socket_serial_number_and_what_it_says_it_is() -> None:
    assert of_running(WORKS).told == (
        "USRobotics USR5637 (0baf:0303) in the USB socket 1-1.3, serial number 0001, /dev/ttyACM0: V1.2.23. It answers."
    )


def test_what_people_are_told_of_it_stands_there_in_whole_sentences() -> None:
    told = of_running(replace(WORKS, faults=("is its cord plugged in?", "it is odd"))).told
    assert told.endswith("/dev/ttyACM0: V1.2.23. Is its cord plugged in? It is odd.")


def test_where_no_unit_runs_the_modem_that_the_office_means_is_told_and_others_that_are_known() -> None:
    other = replace(FIRST, serial="0002", socket="1-1.4")
    wanted = replace(ANY, named="0001")
    assert [(one.name, one.state) for one in of_idle([FIRST, other, STICK], wanted)] == [
        ("1-1.3", "not-running"),
        ("1-1.4", "not-used"),
    ]
    assert [(one.name, one.state) for one in of_idle([STICK], replace(ANY, named="1-1.1"))] == [
        ("1-1.1", "not-running")
    ]
    assert [(one.name, one.state) for one in of_idle([STICK], ANY)] == [("modem", "no-modem")]
    assert [(one.name, one.state) for one in of_idle([FIRST, STICK], None)] == [("1-1.3", "not-used")]
    assert of_idle([], None) == []
