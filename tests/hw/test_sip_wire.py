"""What unit and workers tell each other: every message there and back, and nothing else is taken for one."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import MISSING, fields
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hw.sip import wire

KINDS = [*get_args(wire.Command), *get_args(wire.Report)]
SAMPLES: dict[str, Any] = {
    "int": 7,
    "bool": True,
    "str": 'Zoë "x"\r\n\x00😀',
    "dict[str, str]": {"P-Asserted-Identity": "<sip:1@h>", "": ""},
    "tuple[str, ...]": ("192.0.2.1", "192.0.2.2"),
    "tuple[Account, ...]": (
        wire.Account("a", "sip:1@h", "sip:h"),
        wire.Account("b", "sip:2@h", "sip:h", "tls", "sip:p", "2", "Sea-Gull", 30),
    ),
}


def filled(kind: type[Any]) -> Any:
    """A message in which every field says something."""
    return kind(**{field.name: SAMPLES[str(field.type)] for field in fields(kind)})


def bare(kind: type[Any]) -> Any:
    """A message with only what must be there."""
    needed = [one for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING]
    return kind(**{field.name: SAMPLES[str(field.type)] for field in needed})


@pytest.mark.parametrize("make", [filled, bare])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_message_arrives_as_it_was_sent(kind: type[Any], make: Any) -> None:
    packed = wire.pack(make(kind))
    assert wire.unpack(packed) == make(kind)
    assert packed != wire.TICK
    assert b"\n" not in packed


def test_a_password_is_not_in_what_is_shown_of_a_message() -> None:
    assert "Sea-Gull" not in repr(filled(wire.Configure))


def test_a_message_too_large_for_a_datagram_is_refused_and_the_largest_fits() -> None:
    room = wire.LARGEST_MESSAGE - len(wire.pack(wire.Failed("")))
    assert len(wire.pack(wire.Failed("x" * room))) == wire.LARGEST_MESSAGE
    with pytest.raises(wire.WireError, match="a Failed of 65537 bytes; 65536 fit"):
        wire.pack(wire.Failed("x" * (room + 1)))


def test_the_settings_of_the_most_lines_there_can_be_fit() -> None:
    accounts = tuple(
        wire.Account(f"line-{n}" * 4, f"sip:{n}@192.168.100.200", "sip:192.168.100.200:5060", user="u" * 40)
        for n in range(32)
    )
    contacts = {f"{n:040}": "192.168.100.200:5061" for n in range(256)}
    peers = tuple(f"192.168.100.{n}" for n in range(250))
    setup = wire.Configure("192.168.1.1", 5060, 16384, peers, accounts=accounts, contacts=contacts)
    assert len(wire.pack(setup)) < wire.LARGEST_MESSAGE / 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"t",
        b"null",
        b"[]",
        b"5",
        b'"Alert"',
        b"{}",
        b'{"is": "Nothing"}',
        b'{"is": ["Alert"], "ref": 1}',
        b'{"is": "Alert"}',
        b'{"is": "Alert", "ref": 1, "more": 2}',
        b'{"is": "Alert", "ref": 1',
        b'{"is": "Account", "name": "a", "uri": "b", "registrar": "c"}',
        b'{"is": "Configure", "address": "a", "port": 1, "rtp_port": 2, "peers": 5, "codecs": [], "accounts": []}',
        b'{"is": "Configure", "address": "a", "port": 1, "rtp_port": 2, "peers": [], "codecs": [], "accounts": [5]}',
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"is":' * 10_000,
    ],
    ids=lambda data: repr(data[:40]),
)
def test_what_is_no_message_is_told(data: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.unpack(data)


@given(st.binary() | st.text().map(str.encode))
def test_no_bytes_are_taken_for_a_message(data: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.unpack(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=6), inside, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from([kind.__name__ for kind in KINDS]), st.data())
def test_a_message_with_anything_in_it_is_one_or_an_error_that_says_so(name: str, data: st.DataObject) -> None:
    kind = next(kind for kind in KINDS if kind.__name__ == name)
    names = st.sampled_from([field.name for field in fields(kind)] or ["x"])
    message = data.draw(st.dictionaries(names, JSON, max_size=6)) | {"is": name}
    with suppress(wire.WireError):
        assert isinstance(wire.unpack(json.dumps(message).encode()), kind)
