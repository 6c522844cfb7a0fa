"""What people change by telephone is told for the log of changes: by whom and what, and never a PIN or a number."""

from __future__ import annotations

from appliance.api.changes import RECORDED, RecordingServer
from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.signal import Signal
from appliance.clock import RealClock
from appliance.store.changelog import ChangeStore
from tests.calls.world import World

MARIA = "Maria Alvarez"
CELL = "95550123"


def told(here: World) -> list[tuple[str, str, tuple[str, ...]]]:
    """What is changed from now on."""
    changed: list[tuple[str, str, tuple[str, ...]]] = []
    noted = here.appliance.services.changed_by_telephone
    noted.subscribe(lambda one: changed.append((one.by, one.what, one.about)))
    return changed


async def test_codes_tell_who_has_changed_what(here: World) -> None:
    changed = told(here)
    maria = await here.phone("fxs-1").dials("*78")
    await maria.hears("do-not-disturb-on")
    maria.hangs_up()
    await here.all_is_free()
    maria = await here.phone("fxs-1").dials("*79")
    await maria.hears("do-not-disturb-off")
    maria.hangs_up()
    await here.all_is_free()
    maria = await here.phone("fxs-1").dials("*72")
    await maria.presses(f"{CELL}#", at="enter-forward-number")
    await maria.presses("1", at="forward-menu")
    await maria.hears("forwarded-to")
    maria.hangs_up()
    await here.all_is_free()
    maria = await here.phone("fxs-1").dials("*73")
    await maria.hears("forwarded-no-more")
    maria.hangs_up()
    await here.all_is_free()
    assert changed == [
        (MARIA, "people.do-not-disturb", ("maria", "on")),
        (MARIA, "people.do-not-disturb", ("maria", "off")),
        (MARIA, "people.forward", ("maria", "always")),
        (MARIA, "people.forward", ("maria", "never")),
    ]
    assert {what for _by, what, _about in changed} <= RECORDED.keys()


async def test_it_is_in_the_log_of_changes_when_the_unit_stops(tmp_path) -> None:
    store = ChangeStore.open(tmp_path / "changes.sqlite")
    server, changed = RecordingServer(tmp_path / "control.sock", store, RealClock()), Signal()
    server.note_telephones(changed)
    await server.close()  # Calls go on a moment longer.
    changed.tell(ChangedByTelephone(MARIA, "night.set", ("closed",)))
    changed.tell(ChangedByTelephone("", "night.set", ("open",)))
    await server.all_noted()
    assert sorted((one.by, one.what, one.about) for one in store.all()) == [
        ("button:", "night.set", ("open",)),
        (f"tel:{MARIA}", "night.set", ("closed",)),
    ]
    store.close()
