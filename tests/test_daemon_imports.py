"""What the daemon holds in memory: nothing of what only its short processes need."""

from __future__ import annotations

import subprocess
import sys

ELSEWHERE = {"PIL", "aiosmtpd", "babel", "cryptography", "flask", "zstandard"}
ELSEWHERE |= {"holidays", "jsonschema", "reportlab", "serial", "soundfile"}
ELSEWHERE |= {"paramiko", "requests", "smbclient", "smbprotocol", "zstandard"}
"""Libraries of processes beside the daemon, and of a modem where there is one."""


def test_the_daemon_imports_no_library_that_another_process_works_with() -> None:
    program = "import sys, appliance.daemon; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ELSEWHERE.intersection(ran.stdout.split()) == set()
