"""Backups, where they go, whether they can be restored; updates; certificates: what the doctor says of each."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance.backup.nightlysetting import NightlySetting, NightlyState, write_setting, write_state
from appliance.doctor import ofkeeping
from appliance.doctor.examined import Examined
from appliance.doctor.finding import Condition
from appliance.machine.takenback import TakenBack
from appliance.updating.handover import answer
from appliance.updating.state import Phase, UpdateState
from appliance.updating.state import write_state as write_update
from hw.said import said, wording
from tests.backup.servers import certificate
from tests.backup.sticks import plugged_in

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
BROKEN, ATTENTION, UNKNOWN, WORKS = Condition.BROKEN, Condition.ATTENTION, Condition.UNKNOWN, Condition.WORKS
OFFICE = {"name": "x"}
UNIT = "0a1b2c3d"


def ago(**age: float) -> str:
    return (NOW - timedelta(**age)).isoformat()


def seen(data: Path, **further: Any) -> Examined:
    return Examined(data=data, now=NOW, page="", document=OFFICE, programs=data, image=data / "image", **further)


def backups(data: Path) -> list[tuple[Condition, str]]:
    return [(one.condition, str(one.told)) for one in ofkeeping.backups(seen(data))]


def test_backups_that_are_made_by_hand_have_an_age(tmp_path: Path) -> None:
    def made(at: str) -> list[Condition]:
        (tmp_path / "last-backup.json").write_text(json.dumps({"made": at}))
        return [condition for condition, _told in backups(tmp_path)]

    assert made(ago(days=2)) == [WORKS]
    assert made(ago(days=40)) == [ATTENTION]
    assert made("nonsense") == [ATTENTION]


def test_a_backup_that_a_wrong_clock_has_dated_ahead_is_not_told_with_an_age_below_nothing(tmp_path: Path) -> None:
    (tmp_path / "last-backup.json").write_text(json.dumps({"made": ago(days=-3)}))
    assert backups(tmp_path) == [(WORKS, "The last backup was made less than a day ago.")]


def test_nightly_backups_are_told_with_their_rehearsal_and_their_place(tmp_path: Path) -> None:
    with plugged_in(tmp_path) as stick:
        (Path(stick) / f"copperdesk-{UNIT}-20260303-023000.backup").write_bytes(b"x")
        write_setting(tmp_path, NightlySetting(kind="stick", place=stick, unit=UNIT, since=ago(days=20)))
        write_state(tmp_path, NightlyState(succeeded=ago(days=1), rehearsed=ago(days=3)))
        assert backups(tmp_path) == [
            (WORKS, "The last backup was made 1 day ago."),
            (WORKS, "A backup could be restored when that was tried 3 days ago."),
            (WORKS, "1 backup of this unit is where it should be."),
        ]
        why = wording(said("the stick is full"))
        write_state(tmp_path, NightlyState(succeeded=ago(days=1), failed=why, rehearsed=ago(days=30)))
        assert [condition for condition, _told in backups(tmp_path)] == [ATTENTION, ATTENTION, WORKS]
        write_state(tmp_path, NightlyState(succeeded=ago(days=9), failed=why, rehearsed=ago(days=9), unrestorable=why))
    assert backups(tmp_path) == [
        (BROKEN, "No backup has been made at night for days: the stick is full"),
        (BROKEN, "The newest backup could not be restored when it was tried: the stick is full"),
        (ATTENTION, f"Where backups go cannot be reached now: there is no folder {stick}: is the stick plugged in?"),
    ]


@pytest.mark.parametrize(
    ("phase", "condition"), [(Phase.TRYING, ATTENTION), (Phase.REJECTED, ATTENTION), (Phase.CONFIRMED, WORKS)]
)
def test_an_update_that_did_not_stay_is_told(phase: Phase, condition: Condition, tmp_path: Path) -> None:
    write_update(tmp_path, UpdateState(phase, "9.9", reason=TakenBack.NO_CALL))
    found = list(ofkeeping.updates(seen(tmp_path)))
    assert found[-1].condition is condition
    assert ("9.9" in found[-1].told) == (condition is ATTENTION)
    answer(tmp_path, "it was cut short")
    assert list(ofkeeping.updates(seen(tmp_path)))[-1].told == "The new version was not installed: it was cut short."


def test_why_an_update_was_taken_back_is_a_sentence_and_no_news_to_whoever_asked_for_it(tmp_path: Path) -> None:
    write_update(tmp_path, UpdateState(Phase.REJECTED, "9.9", reason=TakenBack.NO_CALL))
    told = "The update to 9.9 was taken back: it took no call of the test telephone."
    assert [one.told for one in ofkeeping.updates(seen(tmp_path))][1:] == [told]
    write_update(tmp_path, UpdateState(Phase.REJECTED, "9.9", reason=TakenBack.ASKED))
    assert [one.condition for one in ofkeeping.updates(seen(tmp_path))] == [WORKS]


def test_a_unit_that_knows_no_key_can_take_no_update(tmp_path: Path) -> None:
    (tmp_path / "image" / "keys").mkdir(parents=True)
    assert [one.condition for one in ofkeeping.updates(seen(tmp_path))] == [WORKS, ATTENTION]


def test_a_certificate_that_ends_soon_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem, _key = certificate(tmp_path)  # It ends tomorrow.
    monkeypatch.setattr(ofkeeping, "HTTPS_PORTS", ())
    write_setting(tmp_path, NightlySetting(kind="webdav", certificate=pem.read_text()))
    now = datetime.now(UTC)

    def told(at: datetime) -> list[Condition]:
        return [one.condition for one in ofkeeping.certificates(Examined(data=tmp_path, now=at, page=""))]

    assert told(now) == [ATTENTION]
    assert told(now + timedelta(days=2)) == [BROKEN]
    assert told(now - timedelta(days=30)) == [WORKS]
