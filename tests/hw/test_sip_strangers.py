"""When packets of unknown senders are worth telling."""

from __future__ import annotations

from hw.sip.strangers import Strangers


def test_a_packet_now_and_then_is_not_worth_telling() -> None:
    strangers = Strangers()
    for minute in range(60):
        strangers.count(minute, 60.0 * minute)
        assert not strangers.knocking(60.0 * minute)
    assert strangers.packets == 59


def test_thirty_within_ten_minutes_are_and_no_longer_ten_minutes_later() -> None:
    strangers = Strangers()
    strangers.count(29, 0)
    assert not strangers.knocking(1)
    strangers.count(30, 500)
    assert strangers.knocking(501)
    assert strangers.knocking(599)
    assert not strangers.knocking(600)
    assert strangers.packets == 30


def test_a_flood_told_at_once_counts_at_once() -> None:
    strangers = Strangers()
    strangers.count(100_000, 5)
    assert strangers.knocking(5)
    assert not strangers.knocking(605)
