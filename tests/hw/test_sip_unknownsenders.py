"""When packets of unknown senders are worth telling."""

from __future__ import annotations

from hw.sip.unknownsenders import UnknownSenders


def test_a_packet_now_and_then_is_not_worth_telling() -> None:
    senders = UnknownSenders()
    for minute in range(60):
        senders.count(minute, 60.0 * minute)
        assert not senders.are_many(60.0 * minute)
    assert senders.packets == 59


def test_thirty_within_ten_minutes_are_and_no_longer_ten_minutes_later() -> None:
    senders = UnknownSenders()
    senders.count(29, 0)
    assert not senders.are_many(1)
    senders.count(30, 500)
    assert senders.are_many(501)
    assert senders.are_many(599)
    assert not senders.are_many(600)
    assert senders.packets == 30


def test_a_flood_told_at_once_counts_at_once() -> None:
    senders = UnknownSenders()
    senders.count(100_000, 5)
    assert senders.are_many(5)
    assert not senders.are_many(605)
