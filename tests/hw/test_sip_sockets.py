"""The kernel's filter on a worker's sockets, on real ones at loopback addresses."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from hw.sip.worker.sockets import MOST_ADDRESSES, accept_only, drain, dropped, listeners, stop_listening, udp_sockets
from tests.hw.sipworld import own_address


@pytest.fixture
def sockets() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def udp(stack: ExitStack, address: str) -> socket.socket:
    made = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    made.bind((address, 0))
    return made


def waiting(guarded: socket.socket) -> list[bytes]:
    """What has come."""
    found: list[bytes] = []
    while True:
        try:
            found.append(guarded.recv(100, socket.MSG_DONTWAIT))
        except BlockingIOError:
            return found


def test_only_packets_of_the_given_addresses_come_through_and_the_others_are_counted(sockets: ExitStack) -> None:
    guarded = udp(sockets, own_address())
    friends = [udp(sockets, own_address()) for _ in range(2)]
    strangers = [udp(sockets, own_address()) for _ in range(3)]
    accept_only(guarded, [friend.getsockname()[0] for friend in friends])
    for sender in (*friends, *strangers, friends[0]):
        sender.sendto(sender.getsockname()[0].encode(), guarded.getsockname())
    assert waiting(guarded) == [one.getsockname()[0].encode() for one in (*friends, friends[0])]
    assert dropped(guarded) == 3


def test_a_filter_may_be_replaced_and_one_of_no_address_lets_nothing_through(sockets: ExitStack) -> None:
    guarded, one, other = (udp(sockets, own_address()) for _ in range(3))
    accept_only(guarded, [one.getsockname()[0]])
    accept_only(guarded, [other.getsockname()[0]])
    for sender in (one, other):
        sender.sendto(b"x", guarded.getsockname())
    assert waiting(guarded) == [b"x"]
    accept_only(guarded, [])
    other.sendto(b"x", guarded.getsockname())
    assert waiting(guarded) == []
    assert dropped(guarded) == 2


def test_what_came_before_the_filter_is_thrown_away(sockets: ExitStack) -> None:
    guarded, stranger = udp(sockets, own_address()), udp(sockets, own_address())
    for _ in range(20):
        stranger.sendto(b"x", guarded.getsockname())
    stranger.sendto(b"", guarded.getsockname())
    accept_only(guarded, [guarded.getsockname()[0]])
    drain(guarded)
    assert waiting(guarded) == []
    drain(guarded)


def test_as_many_addresses_as_a_program_holds_are_taken_and_no_more(sockets: ExitStack) -> None:
    guarded, last = udp(sockets, own_address()), udp(sockets, own_address())
    addresses = [f"10.0.{n // 200}.{n % 200 + 1}" for n in range(MOST_ADDRESSES - 1)]
    accept_only(guarded, [*addresses, last.getsockname()[0], *addresses])
    last.sendto(b"x", guarded.getsockname())
    assert waiting(guarded) == [b"x"]
    accept_only(guarded, [last.getsockname()[0], *[address.replace("10.", "192.") for address in addresses]])
    last.sendto(b"y", guarded.getsockname())
    assert waiting(guarded) == [b"y"]
    with pytest.raises(ValueError, match="251 addresses are to be served; 250 fit"):
        accept_only(guarded, [*addresses, "192.0.2.1", "192.0.2.2"])
    with pytest.raises(ValueError, match=r"192\.0\.2\.256"):
        accept_only(guarded, ["192.0.2.256"])


def test_sockets_are_found_by_address_and_port_as_copies_of_their_own(sockets: ExitStack) -> None:
    wanted, other_port = udp(sockets, own_address()), udp(sockets, own_address())
    address, port = wanted.getsockname()
    before = set(os.listdir("/proc/self/fd"))
    (found,) = udp_sockets(address, range(port, port + 1))
    assert found.getsockname() == (address, port)
    assert found.fileno() != wanted.fileno()
    found.close()
    assert wanted.getsockname() == (address, port)
    assert [*udp_sockets(other_port.getsockname()[0], range(port, port + 1))] in ([], [other_port])
    assert [*udp_sockets(address, range(port + 1, port + 1))] == []
    assert set(os.listdir("/proc/self/fd")) == before, "nothing is left open"


def test_a_listener_lets_only_the_given_addresses_connect(sockets: ExitStack) -> None:
    address, friend, stranger = own_address(), own_address(), own_address()
    listener = sockets.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
    listener.bind((address, 0))
    assert [*listeners(address)] == []
    listener.listen()
    (found,) = listeners(address)
    with found:
        try:
            accept_only(found, [friend])
        except PermissionError:
            assert os.geteuid() != 0, "root may always"
            return  # As of Linux 6.18.
    for source, comes in ((friend, True), (stranger, False)):
        caller = sockets.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        caller.bind((source, 0))
        caller.settimeout(0.3)
        if comes:
            caller.connect(listener.getsockname())
            sockets.enter_context(listener.accept()[0])
        else:
            with pytest.raises(TimeoutError):
                caller.connect(listener.getsockname())


def test_a_listener_that_is_stopped_lets_nobody_connect(sockets: ExitStack) -> None:
    address = own_address()
    listener = sockets.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
    listener.bind((address, 0))
    listener.listen()
    (found,) = listeners(address)
    with found:
        stop_listening(found)
    caller = sockets.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
    with pytest.raises(ConnectionRefusedError):
        caller.connect(listener.getsockname())
