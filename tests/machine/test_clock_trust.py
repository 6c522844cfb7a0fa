"""Whether the machine's clock can be believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from appliance.machine.clocktrust import BOOT, NOT_BEFORE, RTC, TIMESYNC, TIMESYNC_DONE, boot_id, clock_is_set

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)


def machine(root: Path, **files: str) -> Path:
    (root / TIMESYNC).mkdir(parents=True)
    for name, content in files.items():
        path = root / {"done": TIMESYNC_DONE, "rtc": RTC, "boot": BOOT}[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return root


def test_it_is_once_a_time_server_has_set_it(tmp_path: Path) -> None:
    assert not clock_is_set(NOW, machine(tmp_path / "waits"))
    assert clock_is_set(NOW, machine(tmp_path / "told", done=""))


def test_a_clock_with_a_battery_is_believed_where_the_system_goes_by_it(tmp_path: Path) -> None:
    shown = str(int(NOW.timestamp()) + 30)
    assert clock_is_set(NOW, machine(tmp_path / "agrees", rtc=shown))
    assert not clock_is_set(NOW, machine(tmp_path / "empty", rtc="1234"))
    assert not clock_is_set(NOW, machine(tmp_path / "odd", rtc="soon"))


def test_a_machine_without_that_service_is_taken_to_know_the_time(tmp_path: Path) -> None:
    assert clock_is_set(NOW, tmp_path)


def test_a_time_before_this_program_was_written_is_wrong(tmp_path: Path) -> None:
    assert not clock_is_set(NOT_BEFORE - timedelta(seconds=1), machine(tmp_path, done=""))


def test_each_start_of_the_machine_has_a_name(tmp_path: Path) -> None:
    assert boot_id(machine(tmp_path, boot="one\n")) == "one"
    assert boot_id(tmp_path / "none") == ""
