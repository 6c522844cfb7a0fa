"""A telephone of the office says which version of the program runs, and why another one does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.machine.takenback import TakenBack
from appliance.updating.state import Phase, UpdateState, write_state
from tests.calls.world import World

LOCAL = pytest.mark.parametrize("dialled", ["**2", "7702"])


@pytest.fixture(autouse=True)
def versions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of the versions on this unit."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("COPPERDESK_PROGRAMS", str(folder))
    return folder


@LOCAL
async def test_a_telephone_says_the_version_twice(here: World, dialled: str) -> None:
    maria = await here.phone("fxs-1").dials(dialled)
    await maria.hears("unit-version", "unit-version", "goodbye")
    maria.hangs_up()
    await here.all_is_free()


async def test_it_says_in_short_why_the_last_update_did_not_stay(here: World, versions: Path) -> None:
    for why, said in ((TakenBack.NO_CALL, "update-no-call"), (TakenBack.CRASHED, "update-no-start")):
        write_state(versions, UpdateState(Phase.REJECTED, "1.10rc2", reason=why.value))
        maria = await here.phone("fxs-1").dials("**2")
        await maria.hears("unit-version", "update-gone", said, "unit-version", "update-gone", said)
        maria.hangs_up()
        await here.all_is_free()


async def test_a_reason_of_another_version_is_left_to_the_page(here: World, versions: Path) -> None:
    write_state(versions, UpdateState(Phase.REJECTED, "1.1", reason="it took no call"))
    maria = await here.phone("fxs-1").dials("**2")
    await maria.hears("unit-version", "update-gone", "unit-version", "update-gone", "goodbye")
    maria.hangs_up()
    await here.all_is_free()


async def test_one_that_stayed_is_not_told_of(here: World, versions: Path) -> None:
    write_state(versions, UpdateState(Phase.CONFIRMED, "1.1"))
    maria = await here.phone("fxs-1").dials("**2")
    await maria.hears("unit-version", "unit-version", "goodbye")
    maria.hangs_up()
    await here.all_is_free()
