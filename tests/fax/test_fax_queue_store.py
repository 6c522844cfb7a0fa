"""The queue of faxes on disk, and what a power cut at each moment leaves of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from appliance.fax.job import FaxCause
from appliance.fax.sending.causes import standing
from appliance.fax.sending.queued import FaxState, FaxTry, QueuedFax
from appliance.fax.sending.queuestore import PAGES, FaxQueueStore
from appliance.fax.sending.retries import after_call, interrupted
from tests.calls.world import MORNING
from tests.store.conftest import FailingDisk, PowerCutError

FAX = QueuedFax("fax-1", "5550188", "maria", "offer.pdf", 3, MORNING, MORNING)
LIST = [replace(FAX, id=f"fax-1-{place}", number=f"555018{place}", fax_list="suppliers") for place in (1, 2)]
ENDED = FaxTry(MORNING, MORNING + timedelta(seconds=90), FaxCause.LINE_CUT, 1, "+1 407", 9600, True, "call-1", "cut")
LATER = replace(FAX, state=FaxState.WAITING, confirmed=1, most_bit_rate=9600, tries=(ENDED,))
DELIVERED = replace(LATER, state=FaxState.DELIVERED, confirmed=3, over=MORNING)


def test_how_a_fax_stands_is_told_as_it_is_while_it_is_dialled_trained_and_waits() -> None:
    dialled = replace(FAX, state=FaxState.SENDING, tries=(FaxTry(MORNING),))
    trained = dialled.with_last(replace(FaxTry(MORNING), bit_rate=9600))
    told = [
        str(standing(fax)) for fax in (dialled, trained, replace(LATER, state=FaxState.SENDING), FAX, LATER, DELIVERED)
    ]
    calling = "Dialing"
    assert told == [calling, "page 1 of 3 is being sent", calling, "waits", "waits: the call broke off", "delivered"]
    today = "waits: no fax machine answered at this number"
    assert str(standing(FAX, no_machine_today=True)) == today


def put(store: FaxQueueStore, faxes: list[QueuedFax]) -> None:
    store.load()
    (store.room("room") / PAGES).write_bytes(b"pages")
    store.put("room", faxes)


def test_what_is_put_changed_and_over_is_there_after_the_next_start(tmp_path: Path) -> None:
    store = FaxQueueStore(tmp_path / "queue", tmp_path / "over")
    put(store, [FAX])
    assert FaxQueueStore(tmp_path / "queue", tmp_path / "over").load() == [FAX]
    store.change(LATER)
    assert FaxQueueStore(tmp_path / "queue", tmp_path / "over").load() == [LATER]
    store.change(DELIVERED)
    assert FaxQueueStore(tmp_path / "queue", tmp_path / "over").load() == [DELIVERED]
    assert store.pages(DELIVERED).read_bytes() == b"pages"
    store.remove(DELIVERED)
    assert FaxQueueStore(tmp_path / "queue", tmp_path / "over").load() == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_faxes_of_a_later_version_and_damaged_ones_are_not_thrown_away(tmp_path: Path) -> None:
    store = FaxQueueStore(tmp_path / "queue", tmp_path / "over")
    put(store, [replace(LATER, id="later"), replace(FAX, id="damaged")])
    sheet, damaged = (tmp_path / "queue" / "queue" / id / "fax.json" for id in ("later", "damaged"))
    told = json.loads(sheet.read_text())
    told["tries"][0]["weather"] = told["weather"] = "fine"
    sheet.write_text(json.dumps(told))
    damaged.write_text("[")
    assert store.load() == [replace(LATER, id="later")]
    assert damaged.with_name(PAGES).read_bytes() == b"pages"


def cut_at_each_moment(tmp_path: Path, before: list[QueuedFax], work: object) -> list[list[QueuedFax]]:
    """What is there after a power cut before each thing that is done to the disk, and at last after all."""
    assert callable(work)
    found = []
    for moment in range(100):
        folder = tmp_path / str(moment)
        disk = FailingDisk()
        store = FaxQueueStore(folder / "queue", folder / "over", disk)
        put(store, before) if before else store.load()
        disk.left = moment
        try:
            work(store)
        except PowerCutError:
            disk.lose(folder)
            found.append(FaxQueueStore(folder / "queue", folder / "over").load())
        else:
            return [*found, FaxQueueStore(folder / "queue", folder / "over").load()]
    raise AssertionError("it does not come to an end")


def test_a_fax_is_there_whole_or_not_at_all_and_for_good_once_that_was_told(tmp_path: Path) -> None:
    def work(store: FaxQueueStore) -> None:
        (store.room("room") / PAGES).write_bytes(b"pages")
        store.put("room", LIST)

    found = cut_at_each_moment(tmp_path, [], work)
    assert [one for one in found if one not in ([], LIST[:1], LIST)] == []
    assert found[0] == []
    assert found[-1] == LIST
    for file in tmp_path.rglob(f"queue/queue/*/{PAGES}"):
        assert file.read_bytes() == b"pages"


@pytest.mark.parametrize("after", [LATER, DELIVERED], ids=["it is tried again", "it is over"])
def test_how_a_fax_stands_is_the_old_or_the_new_after_a_power_cut(tmp_path: Path, after: QueuedFax) -> None:
    found = cut_at_each_moment(tmp_path, [FAX], lambda store: store.change(after))
    assert [one for one in found if one not in ([FAX], [after])] == []
    assert (found[0], found[-1]) == ([FAX], [after])


def test_an_interrupted_call_is_one_that_broke_off() -> None:
    going_on = replace(FAX, state=FaxState.SENDING, confirmed=1, tries=(FaxTry(MORNING),))
    after = interrupted(going_on, MORNING)
    assert (after.state, after.confirmed, after.tries[0].cause) == (FaxState.WAITING, 1, FaxCause.LINE_CUT)
    assert interrupted(replace(going_on, confirmed=3), MORNING).state is FaxState.UNSURE
    assert interrupted(replace(FAX, state=FaxState.SENDING), MORNING) == replace(FAX, due=MORNING)


@pytest.mark.parametrize(
    ("cause", "calls"),
    [
        *[(cause, 1) for cause in (FaxCause.NOT_A_FAX, FaxCause.INCOMPATIBLE, FaxCause.BAD_PAGES)],
        *[(cause, 4) for cause in (FaxCause.NO_ANSWER, FaxCause.TRAINING, FaxCause.LINE_CUT, FaxCause.PAGE_REFUSED)],
        (FaxCause.BUSY, 6),
        (FaxCause.FAR_END, 3),
    ],
)
def test_a_fax_is_given_up_after_so_many_calls_of_one_cause(cause: FaxCause, calls: int) -> None:
    fax, made = replace(FAX, state=FaxState.SENDING), 0
    while fax.state is not FaxState.FAILED:
        begun = replace(fax, tries=(*fax.tries, FaxTry(fax.due)))
        fax = after_call(begun, FaxTry(fax.due, fax.due + timedelta(seconds=60), cause))
        made += 1
    assert made == calls
