"""The folders of a unit, as systemd makes them in a scratch system, and what log-ins find in them."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest

from appliance.machine.takenback import TakenBack
from appliance.updating.login import show_at_log_in, told
from appliance.updating.state import Phase, UpdateState

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give folders to others")


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A system in which nothing is but what a unit's own files make."""
    root = tmp_path_factory.mktemp("system")
    for kind in ("sysusers.d", "tmpfiles.d"):
        (root / "etc" / kind).mkdir(parents=True)
        shutil.copy(ROOT / "systemd" / kind / "copperdesk.conf", root / "etc" / kind)
    subprocess.run(["systemd-sysusers", f"--root={root}"], capture_output=True, check=True)
    subprocess.run(["systemd-tmpfiles", f"--root={root}", "--create", "copperdesk.conf"], check=True)
    return root


def names(system: Path, file: str) -> dict[int, str]:
    lines = (system / "etc" / file).read_text().splitlines()
    return {int(parts[2]): parts[0] for parts in (line.split(":") for line in lines)} | {0: "root"}


@pytest.mark.parametrize(
    ("folder", "mode", "owner", "group"),
    [
        ("var/lib/copperdesk/office", 0o710, "copperdesk", "copperdesk"),
        ("var/lib/copperdesk/page", 0o700, "copperdesk-page", "copperdesk-page"),
        ("var/lib/copperdesk/programs", 0o755, "root", "root"),
        ("var/lib/copperdesk/handover", 0o750, "copperdesk", "copperdesk"),
        ("opt/copperdesk/keys", 0o755, "root", "root"),
        ("run/issue.d", 0o755, "root", "root"),
        ("run/motd.d", 0o755, "root", "root"),
    ],
)
def test_each_folder_is_there_with_its_owner(system: Path, folder: str, mode: int, owner: str, group: str) -> None:
    found = (system / folder).stat()
    whose = names(system, "passwd")[found.st_uid], names(system, "group")[found.st_gid]
    assert (found.st_mode & 0o7777, *whose) == (mode, owner, group)


@pytest.mark.parametrize("folder", ["opt/copperdesk", "var/lib/copperdesk"])
def test_nobody_but_root_could_put_another_folder_in_place_of_those(system: Path, folder: str) -> None:
    found = (system / folder).stat()
    assert (found.st_uid, found.st_mode & 0o022) == (0, 0)


def test_the_screen_shows_version_address_and_why_before_the_log_in(system: Path) -> None:
    """By the system's own agetty, which does not look into /run by itself."""
    state = UpdateState(Phase.REJECTED, "1.1", reason=TakenBack.NO_CALL.value)
    show_at_log_in(told(state, "1.0"), "front-desk", system / "run")
    (system / "etc/issue").write_text("Debian\n")
    command = f"mount --bind {system}/etc /etc && mount --bind {system}/run /run && agetty --show-issue"
    screen, terminal = pty.openpty()
    subprocess.run(["unshare", "--mount", "sh", "-c", command], stdin=terminal, stdout=terminal, check=True)
    shown = os.read(screen, 4096).decode()
    os.close(screen)
    os.close(terminal)
    assert "Copperdesk 1.0. The update to 1.1 was taken back: it took no call of the test telephone." in shown
    assert "or http://front-desk.local" in shown
    assert "\\4" not in shown, "agetty puts the address in its place"
    assert (system / "run/motd.d/copperdesk").read_text().endswith("Its page: http://front-desk.local\n\n")
