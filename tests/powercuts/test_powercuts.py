"""Power cuts below a real file system: what a disk may hold afterwards, what is judged as lost, and a few real ones."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from appliance.store.disk import Disk
from tests.powercuts.__main__ import main
from tests.powercuts.cuts import PAGE, CutDisk
from tests.powercuts.facts import Facts

CUTS = 20

mounts = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")


def page(letter: bytes) -> bytes:
    return letter * PAGE


def test_what_was_flushed_is_on_the_disk_after_every_power_cut() -> None:
    for seed in range(50):
        disk = CutDisk({0: page(b"a")})
        disk.told(PAGE, page(b"b"))
        disk.told(-1, None)
        disk.told(0, page(b"c"))
        left = disk.after_a_cut(Random(seed), [])
        assert left[1] == page(b"b")
        assert set(left[0]) <= set(b"ac")


def test_what_was_not_flushed_may_be_there_or_not_or_in_part() -> None:
    found = set()
    for seed in range(100):
        disk = CutDisk({0: page(b"a")})
        disk.told(0, page(b"b"))
        found.add(frozenset(disk.after_a_cut(Random(seed), [])[0]))
    assert found == {frozenset(b"a"), frozenset(b"b"), frozenset(b"ab")}


def test_a_write_that_fills_no_page_leaves_the_rest_of_it() -> None:
    disk = CutDisk({0: page(b"a")})
    disk.told(PAGE - 512, b"b" * 1024)
    disk.told(-1, None)
    left = disk.after_a_cut(Random(1), [])
    assert left == {0: b"a" * (PAGE - 512) + b"b" * 512, 1: b"b" * 512 + bytes(PAGE - 512)}


def test_what_was_acknowledged_must_be_so_and_what_was_being_done_may_be() -> None:
    now = iter((10, 20, 30, 40))
    facts = Facts(lambda: next(now))
    with facts.become({("switch", "night"): "on"}):
        pass
    with facts.become({("switch", "night"): "off"}, ["between"]):
        pass
    night = ("switch", "night")

    def allowed(cut: int) -> set[str | None]:
        tried: list[dict[tuple[str, ...], str]] = [{}, *({night: value} for value in ("on", "off", "between"))]
        return {found.get(night) for found in tried if not facts.wrong(found, cut)}

    assert [allowed(cut) for cut in (9, 15, 25, 35, 45)] == [
        {None},
        {None, "on"},
        {"on"},
        {"on", "off", "between"},
        {"off"},
    ]
    assert facts.wrong({night: "off", ("call", "1"): "lost"}, 45) == ["call 1 is lost, and not None"]


@mounts
@pytest.mark.proof
@pytest.mark.real_time(within=120)
def test_nothing_acknowledged_is_lost_when_the_power_fails_below_the_file_system() -> None:
    assert main(CUTS) == 0


@mounts
@pytest.mark.proof
@pytest.mark.real_time(within=120)
def test_a_store_that_does_not_synchronize_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_says_so(self: Disk, path: Path) -> None:
        """What a disk does that answers before it has written."""

    monkeypatch.setattr(Disk, "sync", only_says_so)
    assert main(CUTS) == 1
