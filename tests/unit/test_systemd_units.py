"""The services of a unit: systemd understands them, their sandboxes are tight, and what they run is there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SYSTEMD = ROOT / "systemd"
MOST_EXPOSED = {"copperdesk.service": 35, "copperdesk-page.service": 20}
"""Tenths of the points that `systemd-analyze security` gives: 100 is no sandbox at all."""
IMAGE = ROOT / "image/rootfs"
"""What only the image has, whose root partition forgets everything."""
FILES = {
    path.name: path
    for folder in (SYSTEMD, IMAGE / "etc/systemd/system")
    for kind in ("service", "timer", "path", "slice")
    for path in folder.glob(f"*.{kind}")
}
UNITS = sorted(FILES)


def analyze(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, timeout=30, check=False)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A system with our services, what they run, and no more of systemd than its targets."""
    root = tmp_path_factory.mktemp("root")
    ours, targets = root / "etc/systemd/system", root / "usr/lib/systemd/system"
    places = ("usr/local/bin", "usr/local/lib/copperdesk", "opt/copperdesk/bin")
    for folder in (ours, targets, *(root / place for place in places)):
        folder.mkdir(parents=True)
    for name in UNITS:
        shutil.copy(FILES[name], ours)
    for place in ("usr/local/bin", "opt/copperdesk/bin"):
        shutil.copy(ROOT / "appliance/updating/chooser.py", root / place / "copperdesk")
    for name in ("copperdesk-starts", "copperdesk-grow", "copperdesk-stick"):
        shutil.copy(SYSTEMD / name, root / "usr/local/lib/copperdesk")
    shutil.copy(IMAGE / "usr/local/lib/copperdesk/copperdesk-keep", root / "usr/local/lib/copperdesk")
    for unit in ours.iterdir():  # Programs of Debian, which are where they are here.
        for program in re.findall(r"^Exec\w+=[-+!]*(/(?:usr/)?s?bin/\S+)", unit.read_text(), re.M):
            (root / program[1:]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(program, root / program[1:])
    for name in ("sysinit", "basic", "shutdown", "multi-user", "network", "timers", "paths", "local-fs"):
        (targets / f"{name}.target").write_text(f"[Unit]\nDescription={name}\n")
    return root


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_understands_each_unit(root: Path, unit: str) -> None:
    told = analyze(f"--root={root}", "--man=no", "verify", unit)
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize("unit", MOST_EXPOSED)
def test_its_sandbox_is_tight(unit: str) -> None:
    told = analyze("security", "--offline=true", f"--threshold={MOST_EXPOSED[unit]}", SYSTEMD / unit)
    assert told.returncode == 0, told.stdout.splitlines()[-1:]


def test_a_looser_sandbox_is_told(tmp_path: Path) -> None:
    loose = tmp_path / "copperdesk-page.service"
    text = (SYSTEMD / loose.name).read_text()
    loose.write_text(re.sub(r"^(SystemCallFilter|NoNewPrivileges|CapabilityBoundingSet)=.*\n", "", text, flags=re.M))
    assert analyze("security", "--offline=true", "--threshold=20", loose).returncode == 1


def test_every_service_runs_what_is_installed() -> None:
    installed = re.findall(r"/usr/local/\S+", (ROOT / "image/install").read_text())
    for unit in SYSTEMD.glob("*.service"):
        for program in re.findall(r"^Exec\w+=[-+!]*(/usr/local/\S+)", unit.read_text(), re.M):
            assert program in installed, unit.name


def test_each_account_and_group_of_a_service_is_made() -> None:
    made = {
        line.split()[1] for line in (SYSTEMD / "sysusers.d/copperdesk.conf").read_text().splitlines() if line[0] != "#"
    }
    for unit in SYSTEMD.glob("*.service"):
        names = " ".join(re.findall(r"^(?:User|Group|SupplementaryGroups)=(.*)$", unit.read_text(), re.M))
        assert set(names.split()) <= made | {"root", "dialout", "audio", "systemd-journal"}, unit.name


def test_the_page_s_ports_are_the_ones_it_may_bind() -> None:
    text = (SYSTEMD / "copperdesk-page.service").read_text()
    asked = set(re.findall(r"--(?:https-)?port (\d+)", text))
    assert asked == set(re.findall(r"^SocketBindAllow=tcp:(\d+)", text, re.M))
    told = re.findall(r"<port>(\d+)", (SYSTEMD / "avahi/copperdesk.service").read_text())
    assert set(told) <= asked
