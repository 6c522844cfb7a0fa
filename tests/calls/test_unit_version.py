"""A telephone of the office says which version of the program runs, and why another one does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.machine.takenback import TakenBack
from appliance.updating.state import Phase, UpdateState, write_state
from tests.calls.world import World


@pytest.fixture(autouse=True)
def versions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of the versions on this unit."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("COPPERDESK_PROGRAMS", str(folder))
    return folder


async def test_a_telephone_says_the_version_twice_with_a_star_or_without_one(here: World) -> None:
    for dialled in ("**2", "7702"):
        maria = await here.phone("fxs-1").dials(dialled)
        await maria.hears("unit-version", "unit-version", "goodbye")
        maria.hangs_up()
        await here.all_is_free()


async def test_it_says_in_short_why_the_last_update_did_not_stay(here: World, versions: Path) -> None:
    """A reason that only another version knows is left to the page."""
    for phase, why, said in (
        (Phase.REJECTED, TakenBack.NO_CALL.value, ["unit-version", "update-gone", "update-no-call", "unit-version"]),
        (Phase.REJECTED, "it took no call", ["unit-version", "update-gone", "unit-version"]),
        (Phase.CONFIRMED, "", ["unit-version", "unit-version", "goodbye"]),
    ):
        write_state(versions, UpdateState(phase, "1.10rc2", reason=why))
        maria = await here.phone("fxs-1").dials("**2")
        await maria.hears(*said)
        maria.hangs_up()
        await here.all_is_free()
