"""The doctor says what works and what does not, whether a unit runs or not; its exit status is for programs."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance.cli.main import main
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.doctor import oflines, ofmachine, ofunit
from appliance.doctor.checks import CHECKS, CheckTold, examined_by, in_order
from appliance.doctor.examined import Examined
from appliance.doctor.finding import CheckFound, Condition, works
from appliance.machine.health import THROTTLED, WEAK_BEFORE, WEAK_NOW
from appliance.provisioning.notes import ProvisioningNotes, write_notes
from appliance.store.office import OfficeStore
from tests.calls.world import OFFICE
from tests.cli.running import Said, daemon

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
BROKEN, ATTENTION, UNKNOWN, WORKS = Condition.BROKEN, Condition.ATTENTION, Condition.UNKNOWN, Condition.WORKS
STATUS: dict[str, Any] = {
    "since": "2026-03-03T08:00:00+00:00",
    "fault_wordings": [],
    "trunks": [{"name": "main", "state": "idle"}],
    "cards": [],
}
MODEM = {"kind": "modem", "name": "modem", "state": "healthy", "told": "It answers.", "mend": ""}


def seen(data: Path, **further: Any) -> Examined:
    return Examined(data=data, now=NOW, page="", **further)


def conditions(found: Iterator[CheckFound]) -> list[Condition]:
    return [one.condition for one in found]


def test_without_a_unit_it_says_so_first_and_ends_with_1(tmp_path: Path, capsys: Said) -> None:
    assert main(["doctor", "--data", str(tmp_path), "--page", "http://127.0.0.1:1"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[:2] == ["This does not work:", "  The unit does not run: no call is answered."]
    assert out[-1] == "Something does not work: begin at the top."


def test_it_asks_a_unit_that_runs_and_one_refusal_stops_nothing(tmp_path: Path, capsys: Said) -> None:
    async def status(_params: dict[str, Any]) -> dict[str, Any]:
        return STATUS

    async def refuses(_params: dict[str, Any]) -> None:
        raise ControlError("internal", "it failed")

    with daemon(tmp_path, status=(status, {}), hw_list=(refuses, {})):
        main(["doctor", "--json", "--data", str(tmp_path), "--page", "http://127.0.0.1:1"])
    told = {one["check"]: one for one in json.loads(capsys.readouterr().out)}
    assert told["daemon"]["state"] == "works"
    assert told["lines"]["told"] == "The unit did not tell how its lines are: it failed"
    assert told["page"]["state"] == "broken"


def test_a_check_that_fails_itself_says_so_and_the_next_is_made(tmp_path: Path) -> None:
    def fails(_seen: Examined) -> Iterator[CheckFound]:
        raise ZeroDivisionError
        yield

    def fine(_seen: Examined) -> Iterator[CheckFound]:
        yield works("fine")

    told = list(examined_by({"one": fails, "two": fine}, seen(tmp_path)))
    assert [(one.check, one.found.condition) for one in told] == [("one", UNKNOWN), ("two", WORKS)]
    assert in_order(told)
    assert not in_order([CheckTold("x", CheckFound(BROKEN, "it is broken", "mend it"))])


def test_everything_that_is_not_as_it_should_be_says_what_to_do(tmp_path: Path) -> None:
    for one in examined_by(CHECKS, seen(tmp_path / "gone", silent="not-running")):
        assert one.found.condition in (WORKS, UNKNOWN) or one.found.mend, one


def test_an_office_document_is_in_order_or_has_mistakes_or_is_damaged(tmp_path: Path) -> None:
    document = json.loads(OFFICE.read_text(encoding="utf-8"))
    assert conditions(ofunit.office(seen(tmp_path, document=document))) == [WORKS]
    assert conditions(ofunit.office(seen(tmp_path, document=document | {"trunks": [{}]}))) == [BROKEN]
    assert conditions(ofunit.office(seen(tmp_path, damaged="its checksum is wrong"))) == [BROKEN]
    assert conditions(ofunit.office(seen(tmp_path))) == [ATTENTION]


def test_lines_and_the_modem_are_told_as_the_unit_lists_them_by_their_names(tmp_path: Path) -> None:
    well = {"kind": "dahdi", "name": "fxo-1", "state": "healthy", "told": "It works.", "mend": ""}
    ill = {"kind": "dahdi", "name": "fxo-2", "state": "no-battery", "told": "No battery.", "mend": "Plug it in."}
    office = {"trunks": [{"name": "Line 2", "port": "fxo-2"}, {"name": "Line 3", "port": "fxo-3"}]}
    (dead, healthy) = oflines.lines(seen(tmp_path, status=STATUS, document=office, hardware=[well, ill, MODEM]))
    assert (dead.condition, dead.told) == (BROKEN, "Line 2 has no voltage.")
    assert "cable" in dead.mend
    assert healthy.told == "1 line, telephone or card is healthy."
    assert conditions(oflines.lines(seen(tmp_path, status=STATUS))) == [ATTENTION]
    assert conditions(oflines.modem(seen(tmp_path, status=STATUS, hardware=[MODEM]))) == [WORKS]
    told_as_a_fault = STATUS | {"trunks": [{"name": "Line 2", "dead": "no battery"}]}
    assert conditions(oflines.lines(seen(tmp_path, status=told_as_a_fault, document=office, hardware=[ill]))) == []


@pytest.mark.parametrize(
    "state", ["dead", "mute", "not-heard", "no-module", "not-configured", "not-used", "never-seen"]
)
def test_whatever_a_line_has_there_is_something_to_do(state: str, tmp_path: Path) -> None:
    one = {"kind": "dahdi", "name": "fxo-9", "state": state}
    (found,) = oflines.lines(seen(tmp_path, status=STATUS, hardware=[one]))
    assert found.condition in (BROKEN, ATTENTION)
    assert found.mend


def test_a_line_that_its_server_does_not_let_in_is_told(tmp_path: Path) -> None:
    def registered(*states: bool | None) -> list[Condition]:
        lines = [{"port": f"sip-{number}", "registered": state} for number, state in enumerate(states)]
        return conditions(oflines.sip(seen(tmp_path, status=STATUS | {"cards": [{"kind": "sip", "lines": lines}]})))

    assert registered(True, False) == [BROKEN]
    assert registered(True, None) == [WORKS]
    assert registered(None) == []


def test_a_line_that_nobody_has_called_for_a_week_is_to_be_tried(tmp_path: Path) -> None:
    def called(days: float) -> list[Condition]:
        call = {"line": "main", "started": (NOW - timedelta(days=days)).isoformat()}
        return conditions(oflines.last_calls(seen(tmp_path, status=STATUS, calls=[call])))

    assert called(1) == [WORKS]
    assert called(8) == [ATTENTION]
    assert conditions(oflines.last_calls(seen(tmp_path, status=STATUS))) == [UNKNOWN]


def test_mail_is_broken_while_a_letter_has_failed_or_waits_for_long(tmp_path: Path) -> None:
    document = {"notifying": {"mail": {"host": "mail.example.org"}}}

    def letters(*waiting: dict[str, str]) -> list[Condition]:
        return conditions(ofunit.mail(seen(tmp_path, status=STATUS, document=document, letters=waiting)))

    assert letters() == [WORKS]
    assert letters({"id": "1", "why": "refused", "queued": NOW.isoformat()}) == [BROKEN]
    assert letters({"id": "1", "why": "", "queued": NOW.isoformat()}) == [WORKS]
    assert letters({"id": "1", "why": "", "queued": (NOW - timedelta(hours=2)).isoformat()}) == [BROKEN]


def test_a_fax_that_is_due_for_an_hour_waits_for_a_line_that_does_not_work(tmp_path: Path) -> None:
    def due(hours: float) -> list[Condition]:
        fax = {"next_try": (NOW - timedelta(hours=hours)).isoformat(), "standing": {"text": "it waits for a line"}}
        return conditions(ofunit.faxes(seen(tmp_path, status=STATUS, faxes=[fax])))

    assert (due(2), due(0.1), due(-5)) == ([BROKEN], [WORKS], [WORKS])
    assert conditions(ofunit.faxes(seen(tmp_path, status=STATUS))) == []


def test_a_unit_that_starts_again_and_again_is_told_from_one_that_does_not_run(tmp_path: Path) -> None:
    (tmp_path / "starts").write_text("5\n")
    (found,) = ofunit.daemon(seen(tmp_path, silent="not-running", starts=tmp_path))
    assert found.told == "The unit cannot keep running: 4 starts have failed, and it goes on trying."
    (tmp_path / "starts").write_text("2\n")
    (found,) = ofunit.daemon(seen(tmp_path, silent="not-running", starts=tmp_path))
    assert found.told == "The unit does not run: no call is answered."


def test_a_file_on_the_boot_partition_that_was_not_put_into_effect_is_told(tmp_path: Path) -> None:
    write_notes(tmp_path, ProvisioningNotes(mistakes=("name: too long",)))
    (found,) = ofunit.provisioning(seen(tmp_path))
    assert found.told.endswith("was not put into effect: name: too long")
    assert conditions(ofunit.provisioning(seen(tmp_path, status=STATUS))) == [], "a unit that runs has it as a fault"


def test_the_machine_has_power_or_not(tmp_path: Path) -> None:
    def told(bits: int) -> list[Condition]:
        file = tmp_path / THROTTLED
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{bits:x}")
        return conditions(ofmachine.health(seen(tmp_path, root=tmp_path)))

    assert (told(0), told(WEAK_NOW), told(WEAK_BEFORE)) == ([WORKS], [BROKEN], [ATTENTION])


@pytest.mark.parametrize(
    ("total", "free", "condition"),
    [
        *((10_000, 10, BROKEN), (10_000, 200, ATTENTION), (10_000, 510, WORKS)),
        *((64_000, 3000, ATTENTION), (64_000, 4000, WORKS)),
        *((240, 219, WORKS), (240, 55, ATTENTION)),  # What a new card of 2 GB has beside the system.
    ],
)
def test_the_disk_has_room(
    total: int, free: int, condition: Condition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type(shutil.disk_usage(tmp_path))(total << 20, (total - free) << 20, free << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert conditions(ofmachine.disk(seen(tmp_path))) == [condition]


def test_a_data_folder_that_everybody_may_look_into_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    assert conditions(ofmachine.rights(seen(tmp_path))) == [WORKS]
    tmp_path.chmod(0o755)
    assert conditions(ofmachine.rights(seen(tmp_path))) == [BROKEN]
    if os.geteuid() == 0:
        tmp_path.chmod(0o750)
        OfficeStore(DataFolder(tmp_path).office).save({"name": "x"})
        os.chown(DataFolder(tmp_path).office, 65534, 65534)
        assert conditions(ofmachine.rights(seen(tmp_path))) == [BROKEN]


def test_a_clock_before_the_program_was_written_was_never_set(tmp_path: Path) -> None:
    unset = Examined(data=tmp_path, now=datetime(1970, 1, 1, tzinfo=UTC), page="")
    assert conditions(ofmachine.clock(unset)) == [BROKEN]


def test_missing_packages_are_named_with_what_brings_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (found,) = ofmachine.libraries(seen(tmp_path))
    assert found.condition is BROKEN
    assert found.mend == "Install them: “apt install efax poppler-utils opus-tools”."
