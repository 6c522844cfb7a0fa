"""What a log-in tells of the program: one line for each way an update can go."""

from __future__ import annotations

import pytest

from appliance.machine.takenback import IN_WORDS, TakenBack
from appliance.updating.login import told
from appliance.updating.state import Phase, UpdateState


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (None, "Copperdesk 1.0"),
        (UpdateState(Phase.PENDING, "1.1"), "Copperdesk 1.0. 1.1 is installed, and starts when no call goes on."),
        (UpdateState(Phase.TRYING, "1.0"), "Copperdesk 1.0, on trial: it must take a call yet."),
        (UpdateState(Phase.CONFIRMED, "1.0"), "Copperdesk 1.0"),
        (
            UpdateState(Phase.TRYING, "1.1").back(TakenBack.NO_OFFICE),
            "Copperdesk 1.0. 1.1 is taken back when no call goes on: it could not read the settings of the office.",
        ),
        (
            UpdateState(Phase.REJECTED, "1.1", reason="a sentence of an older version"),
            "Copperdesk 1.0. The update to 1.1 was taken back: a sentence of an older version.",
        ),
    ],
)
def test_the_line_of_the_log_in(state: UpdateState | None, line: str) -> None:
    assert told(state, "1.0") == line


def test_each_reason_has_its_sentence() -> None:
    assert set(IN_WORDS) == set(TakenBack)
