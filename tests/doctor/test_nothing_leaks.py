"""What a unit has besides its office is planted, too: where backups go, updates, provisioning, faxes, the modem.

The command asks a daemon that tells all of it, and reads a data folder that has it; nothing of it is in the archive.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from appliance.backup.nightlysetting import NightlySetting, NightlyState, write_setting, write_state
from appliance.cli.main import main
from appliance.control import ControlServer
from appliance.control.folder import DataFolder
from appliance.control.params import Param
from appliance.provisioning.notes import ProvisioningNotes, write_notes
from appliance.store.office import OfficeStore
from appliance.updating.handover import answer
from appliance.updating.state import Phase, UpdateState
from appliance.updating.state import write_state as write_update
from hw.said import said, wording
from tests.calls.world import OFFICE
from tests.cli.running import serving
from tests.doctor.test_support_archive import SECRET, everything_in

NAME, NUMBER, PIN, AT = "Zoltana Quux", "5559876543", "73914062", "2026-03-03T08:00:00+00:00"
WHY = wording(said("%(host)s answers %(what)s", host="192.0.2.77", what=PIN))
SIP = [{"port": NAME, "registered": False, "address": "192.0.2.77"}]
STATUS = {
    "since": AT,
    "trunks": [{"name": f"{NAME} 2", "state": "idle", "dead": NAME}],
    "stations": [],
    "cards": [{"kind": "sip", "lines": SIP}],
    "calls": [],
    "mailboxes": [],
    "fault_wordings": [wording(said("%(line)s is dead: %(why)s", line=f"{NAME} 2", why=said("%(by)s", by=NUMBER)))],
    "advice": [{"kind": "fax-not-sent", "about": [NUMBER, NAME], "about_wordings": [wording(NAME)]}],
    "voice": {"spoken": 0, "of": 0},
    "ticks": {"made": 1},
}
TOLD = {
    "status": STATUS,
    "hw.list": [{"kind": "modem", "name": NAME, "state": "mute", "told": f"NMBR={NUMBER}", "mend": NAME}],
    "mail.queue": [{"id": "1", "to": "zoltana@quux.example", "why": f"no {NAME}", "queued": AT}],
    "fax.queue": [{"number": NUMBER, "title": NAME, "next_try": AT, "standing": WHY}],
    "log": [],
}


def planted_in(data: Path, programs: Path, kind: str, place: str) -> None:
    """Everything that a unit keeps beside its office."""
    for folder in (data, programs, data / "fax-queue" / NUMBER, data / "mail" / "zoltana", data / "recordings"):
        folder.mkdir(parents=True)
        (folder / f"{NAME}.txt").write_text(f"NMBR={NUMBER} NAME={NAME} {PIN}")
    secret = "correct-horse-battery"
    write_setting(
        data,
        NightlySetting(kind, place, NAME, secret, certificate=NAME, passphrase=secret, unit="0a1b2c3d", since=AT),
    )
    write_state(data, NightlyState(AT, "", NAME, WHY, {NUMBER: NAME}, AT, NAME, WHY))
    write_notes(data, ProvisioningNotes((NAME,), (f"wifi.passphrase: {NAME}",), wifi=NAME))
    write_update(programs, UpdateState(Phase.REJECTED, NAME, NAME, f"{NAME} called {NUMBER}"))
    answer(programs, f"{NAME} called {NUMBER}")
    OfficeStore(DataFolder(data).office).save(json.loads(OFFICE.read_text(encoding="utf-8")))


async def offer(server: ControlServer) -> None:
    """A daemon that tells all of it."""

    def telling(what: object) -> Callable[[dict[str, Any]], Awaitable[object]]:
        async def handler(_params: dict[str, Any]) -> object:
            return what

        return handler

    for method, what in TOLD.items():
        server.method(method, telling(what), {"limit": Param(int, 0), "waiting": Param(bool, False)})


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("stick", "/media/Zoltana Quux"),
        ("webdav", "https://127.0.0.1:1/zoltana/5559876543"),
        ("sftp", "zoltana:73914062@127.0.0.1:1/quux"),
    ],
)
def test_nothing_of_what_a_unit_keeps_or_tells_is_found(
    kind: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COPPERDESK_PROGRAMS", str(tmp_path / "programs"))
    planted_in(tmp_path / "data", tmp_path / "programs", kind, place)
    archive = str(tmp_path / "a.zip")
    with tempfile.TemporaryDirectory(dir="/tmp") as short:  # The path of a socket has 107 characters at most.
        data = Path(short) / "data"
        data.symlink_to(tmp_path / "data")
        with serving(data, offer):
            main(["doctor", "--without", "page", "--archive", archive, "--data", str(data)])
    assert NAME in capsys.readouterr().out, "whoever asks at the unit is told"
    content = everything_in(Path(archive))
    assert SECRET.search(content) is None
    for check in ("lines", "sip", "mail", "faxes", "backups", "updates", "faults"):
        assert f" {check}: " in content
