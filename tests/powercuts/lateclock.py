"""The clock of a unit is set late, and what was put down before is put right, while the power may go."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from appliance.control.folder import DataFolder
from appliance.notify.parcel import Parcel
from appliance.notify.parcels import ParcelStore
from appliance.store.changelog import ChangeStore, NotedChange
from appliance.unitclock import UnitClock
from tests.powercuts.facts import Facts, Key
from tests.unsetclock import UnsetMachine

LATE = "late"
SHOWN = datetime(2030, 3, 9, 12, tzinfo=UTC)
"""Later than the files of the test were changed: the unit's clock begins with what the machine's shows."""
AWAY = timedelta(minutes=10)
HOUR = timedelta(hours=1)
"""For so long the clock is not set: what is put right looks as if it were not."""


def set_late(data: Path, facts: Facts) -> None:
    """A change and a letter are put down, and put right an hour later. Nobody else may have the folder's files open."""
    folder, machine = DataFolder(data), UnsetMachine(SHOWN)
    clock = UnitClock(data, machine)
    clock.begin()
    machine.passes(timedelta(minutes=1))
    at = clock.now()
    wrong, right = at.isoformat(), (at + AWAY).isoformat()
    put_down: dict[Key, str | None] = {("change", LATE): "noted", ("moment", "change"): wrong}
    with closing(ChangeStore.open(folder.changes)) as changes, facts.become(put_down):
        changes.add(NotedChange(at, "", LATE, (LATE,)))
    with facts.become({("letter", LATE): "0", ("moment", "letter"): wrong}):
        ParcelStore(folder.mail).put(Parcel(LATE, "mail", "ann@example.org", "fault", "", {}, at, at), None)
    machine.passes(HOUR)
    machine.set_to(machine.wall() + AWAY)
    with facts.become({("moment", "change"): right, ("moment", "letter"): right}, [wrong]):
        UnitClock(data, machine).begin()


def next_start(data: Path) -> None:
    """The unit starts again, and knows the time."""
    machine = UnsetMachine(SHOWN + 2 * HOUR, "next")
    machine.synchronized = True
    UnitClock(data, machine).begin()


def moments_found(folder: DataFolder) -> dict[Key, str]:
    """When the change and the letter were put down."""
    with closing(ChangeStore.open(folder.changes)) as changes:
        moments = [("change", change.at) for change in changes.all() if change.what == LATE]
    moments += [("letter", parcel.queued) for parcel in ParcelStore(folder.mail).load() if parcel.id == LATE]
    return {("moment", of): at.isoformat() for of, at in moments}
