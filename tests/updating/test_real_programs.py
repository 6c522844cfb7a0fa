"""Two real program folders made of this checkout, a real daemon, and a real call: installed, tried, and taken back."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from appliance.cli.ask import ask
from appliance.control.blocking import BlockingClient
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.updating import chooser
from appliance.updating.folder import ANY_MACHINE, LAUNCHER
from appliance.updating.going import end_when_idle
from appliance.updating.programs import Programs
from appliance.updating.state import Phase, read_state
from appliance.updating.trial import fails
from tests.updating.folders import PUBLIC, any_moment, program, signed

ROOT = Path(__file__).resolve().parents[2]
OFFICE = ROOT / "examples/offices/riverside-dental.json"


def real_program(folder: Path, version: str) -> Path:
    """This checkout as an application folder; libraries are those of the Python that runs the test."""
    program(folder, version, machine=ANY_MACHINE)
    for part in ("appliance", "hw", "web"):
        shutil.copytree(ROOT / part, folder / "lib" / part, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / LAUNCHER).write_text(
        '#!/bin/sh\nexport PYTHONPATH="$(dirname "$(dirname "$(readlink -f "$0")")")/lib" PYTHONDONTWRITEBYTECODE=1\n'
        f'exec {sys.executable} -P -m appliance.cli "$@"\n'
    )
    return folder


@contextmanager
def started(programs: Programs, places: dict[str, str], data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The daemon as the unit starts it: first what root does, then whatever the launcher chooses."""
    programs.before_start()
    command = [sys.executable, "-I", chooser.__file__, "run", "--data", str(data), "--office", str(OFFICE)]
    with (data.parent / "daemon.log").open("ab") as log:
        process = subprocess.Popen(command, env=os.environ | places, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.proof
def test_a_real_version_takes_its_call_and_one_that_hangs_goes_back(tmp_path: Path) -> None:
    image, versions, data = real_program(tmp_path / "image", "1.0"), tmp_path / "programs", tmp_path / "data"
    versions.mkdir()
    data.mkdir()
    places = {"COPPERDESK_IMAGE": str(image), "COPPERDESK_PROGRAMS": str(versions)}
    programs = Programs(image, versions, data)
    control = DataFolder(data).socket
    good = signed(real_program(tmp_path / "made-1.1", "1.1"), tmp_path / "1.1.tar.zst")
    programs.install(good, [PUBLIC], any_moment)
    with started(programs, places, data) as process:
        assert asyncio.run(fails(control, versions / "1.1", 120)) is None
        assert ask(data, "phone.choices")["lines"]  # So it was a call that confirmed it, not an answer alone.
        ran = Path(f"/proc/{process.pid}/environ").read_bytes()
        assert f"{versions}/1.1/lib".encode() in ran
        programs.confirm("1.1")
    hangs = real_program(tmp_path / "made-1.2", "1.2")
    (hangs / "lib/appliance/daemon.py").write_text("import signal\n\nsignal.pause()\n")
    programs.install(signed(hangs, tmp_path / "1.2.tar.zst"), [PUBLIC], any_moment)
    with started(programs, places, data):
        why = asyncio.run(fails(control, versions / "1.2", 3))
        assert why is not None
        assert programs.reject("1.2", why)
    with started(programs, places, data):
        assert asyncio.run(fails(control, versions / "1.1", 120)) is None
    state = read_state(versions)
    assert state is not None
    assert (state.phase, state.reason, programs.chosen) == (Phase.REJECTED, "not-started", "1.1")


@pytest.mark.proof
def test_a_real_daemon_ends_when_its_last_call_has_ended_and_not_before(tmp_path: Path) -> None:
    """As systemd has it started, by which it is started again."""
    data, command = tmp_path / "data", [sys.executable, "-m", "appliance.cli", "run", "--office", str(OFFICE)]
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as systemd, (tmp_path / "log").open("w") as log:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(120)
        places = os.environ | {"NOTIFY_SOCKET": str(tmp_path / "notify")}
        process = subprocess.Popen([*command, "--data", str(data)], env=places, stdout=log, stderr=log)
        try:
            while b"READY=1" not in systemd.recv(4096):
                pass
            place = DataFolder(data).socket
            with BlockingClient(place, 30) as control, BlockingClient(place, 30) as watcher:
                news = watcher.watch("status")
                next(news)
                phone = control.call("phone.open", inside="fxs-1")["phone"]
                control.call("phone.do", phone=phone, act="lift")
                next(event for event in news if event.get("calls"))
                ended: list[int] = []
                assert asyncio.run(end_when_idle(place, lambda: ended.append(1) or 0)) == 0
                with pytest.raises(subprocess.TimeoutExpired):
                    process.wait(3)
                with suppress(ControlError):  # It ends before it has answered.
                    control.call("phone.do", phone=phone, act="hang up")
                assert (process.wait(30), ended) == (0, [])
        finally:
            process.kill()
            process.wait()
