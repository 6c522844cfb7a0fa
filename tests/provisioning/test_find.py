"""Units are found by what they announce, whoever announces what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from appliance.cli.main import main
from appliance.provisioning.announcement import FILE, announcement
from appliance.store.labelcode import unit_code
from tests.cli.running import daemon
from tests.provisioning.lan import ROOT, in_a_lan, python

ANNOUNCER = Path(__file__).with_name("announcer.py")

AVAHI = """\
mount --bind "$1" /etc/avahi/services
mount -t tmpfs run /run
avahi-daemon --no-drop-root --no-chroot --no-rlimits --file "$2" >&2 &
avahi=$!
"$3" -m appliance.cli find --json --seconds 2
code=$?
kill $avahi
exit $code
"""
AVAHI_SETTINGS = "[server]\nhost-name=front-desk\nenable-dbus=no\n[publish]\npublish-workstation=no\n"


def test_what_avahi_tells_of_a_unit_is_found(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(announcement("K7QM", "0.1.0"))
    (tmp_path / "avahi.conf").write_text(AVAHI_SETTINGS)
    told = in_a_lan("sh", "-c", AVAHI, "sh", tmp_path, tmp_path / "avahi.conf", ROOT / ".venv/bin/python")
    (unit,) = json.loads(told.stdout)
    assert unit == {
        "name": "front-desk",
        "unit": "K7QM",
        "addresses": ["10.9.0.1"],
        "version": "0.1.0",
        "https_port": 443,
    }


def test_nothing_that_is_announced_acts_on_a_terminal() -> None:
    told = python(ANNOUNCER, "hostile", "--seconds", "0.4")
    assert told.returncode == 0, told.stderr
    assert all(char.isprintable() or char == "\n" for char in told.stdout)
    rows = [line.split() for line in told.stdout.splitlines()]
    assert rows[0] == ["name", "unit", "address", "version", "page"]
    assert ["front-desk", "K7QM", "192.168.1.20", "0.1.0", "http://front-desk.local"] in rows
    assert ["?[31mred?kcab", "-", "192.168.1.20", "-", "http://?[31mred?kcab.local"] in rows
    assert not any("nobody" in line for line in told.stdout.splitlines())
    assert max(map(len, told.stdout.splitlines())) < 250


def test_of_a_crowd_of_announcements_so_many_are_shown() -> None:
    told = python(ANNOUNCER, "crowd", "--json", "--seconds", "0.5")
    assert len(json.loads(told.stdout)) == 20
    assert "More than 20 announcements" in told.stderr


def test_where_none_is_found_it_is_said_what_to_do() -> None:
    told = in_a_lan(ROOT / ".venv/bin/python", "-m", "appliance.cli", "find", "--seconds", "0.1")
    assert told.returncode == 1
    assert "client isolation" in told.stderr
    assert "dial **1" in told.stderr


def test_the_unit_has_its_code_and_version_announced_and_never_its_label_s_code(tmp_path: Path) -> None:
    async def label(_params):
        return {"code": "abcd-efgh-jkmn"}

    words = ["announce", "--services", str(tmp_path), "--data", str(tmp_path)]
    with daemon(tmp_path, recovery_label=(label, {})):
        assert main(words) == 0
    text = (tmp_path / FILE).read_text()
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o644
    assert f"unit={unit_code('abcd-efgh-jkmn')}<" in text
    assert "version=0." in text
    assert "abcd" not in text
    assert main(words) == 1  # The daemon is gone: what it told is no longer told.
    assert (tmp_path / FILE).read_text() == announcement()


def test_a_daemon_that_tells_something_else_gets_nothing_into_the_announcement(tmp_path: Path) -> None:
    async def label(_params):
        return {"code": "</txt-record><type>_ssh._tcp</type>"}

    with daemon(tmp_path, recovery_label=(label, {})):
        assert main(["announce", "--services", str(tmp_path), "--data", str(tmp_path)]) == 1
    assert (tmp_path / FILE).read_text() == announcement()


def test_what_is_installed_is_what_is_told_before_the_unit_runs() -> None:
    assert (ROOT / "systemd/avahi/copperdesk.service").read_text() == announcement()


@pytest.mark.parametrize("wrong", ["0", "61", "-1"])
def test_how_long_is_a_sensible_time(wrong: str) -> None:
    with pytest.raises(SystemExit):
        main(["find", f"--seconds={wrong}"])
