"""The daemon begins again in the same process, and systemd's watchdog lets it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.calls.world import OFFICE

WATCHDOG_US = 120_000_000
UNSET = """
import sys
from pathlib import Path
import appliance.unitclock
from appliance.cli.main import main
appliance.unitclock.clock_is_set = lambda now: Path(SET).exists()
sys.exit(main())
"""
"""The daemon on a machine whose clock is set as soon as there is a file."""


@pytest.mark.proof
def test_the_watchdog_waits_for_a_daemon_that_begins_again_to_put_times_right(tmp_path: Path) -> None:
    data, clock_set, said = tmp_path / "data", tmp_path / "set", []
    data.mkdir(mode=0o700)
    ahead = time.time() + 60
    (data / "of-later").touch()
    os.utime(data / "of-later", (ahead, ahead))  # The unit's clock goes on from there.
    program = UNSET.replace("SET", repr(str(clock_set)))
    command = [sys.executable, "-c", program, "run", "--office", str(OFFICE), "--data", str(data)]
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(120)
        places = os.environ | {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": str(WATCHDOG_US)}
        process = subprocess.Popen(command, env=places, stdout=subprocess.DEVNULL)
        try:
            while said.count("READY=1") < 2:
                said.append(systemd.recv(4096).decode())
                clock_set.touch()
            said.append(systemd.recv(4096).decode())
        finally:
            process.terminate()
            process.wait(30)
    short, long = f"WATCHDOG_USEC={WATCHDOG_US}", "WATCHDOG_USEC=900000000"
    assert [one for one in said if one != "WATCHDOG=1"] == ["READY=1", short, long, "READY=1", short]
