"""Which program runs, and what is noted where it is another than before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from appliance.machine.program import installed_program, noted_program
from appliance.store.atomic import AtomicFile
from appliance.store.changelog import ChangeStore

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def test_another_program_is_noted_once_with_what_ran_before(tmp_path: Path) -> None:
    file, changes = AtomicFile(tmp_path / "program.json"), ChangeStore.open(tmp_path / "changes.sqlite")
    assert noted_program(file, changes, "0.1", NOON).before == ""
    again = noted_program(file, changes, "0.1", NOON + timedelta(1))
    assert (again.since, list(changes.all())) == (NOON.isoformat(), [])
    for _start in range(2):
        updated = noted_program(file, changes, "0.2", NOON + timedelta(2))
        assert (updated.before, updated.since) == ("0.1", (NOON + timedelta(2)).isoformat())
    assert [(change.what, change.about) for change in changes.all()] == [("update", ("0.1", "0.2"))]
    file.path.write_bytes(b"damaged")
    file.previous.write_bytes(b"damaged")
    assert noted_program(file, changes, "0.2", NOON).before == ""
    changes.close()


def test_a_checkout_tells_its_version_and_folder() -> None:
    program = installed_program()
    assert program.name.startswith(program.version)
    assert not program.folder or (Path(program.folder) / "setup.py").exists()
