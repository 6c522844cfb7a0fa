"""The control socket's language, fed whole, byte by byte, and with nonsense. No socket is involved."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.control import ControlError, Param, wire
from appliance.control.params import check

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def refusal(work, *given):
    with pytest.raises(ControlError) as caught:
        work(*given)
    return caught.value.code, caught.value.message


def test_lines_are_the_same_whole_byte_by_byte_and_with_a_rest():
    data = b'{"id":1}\n\n  \r\n[2]\nrest'
    lines = wire.LineSplitter()
    single = [line for byte in data for line in lines.feed(bytes([byte]))]
    assert single == list(wire.LineSplitter().feed(data)) == [b'{"id":1}', b"[2]"]
    assert list(lines.feed(b" ends\n")) == [b"rest ends"]


def test_a_line_of_the_longest_length_passes_and_one_byte_more_does_not():
    assert list(wire.LineSplitter(4).feed(b"1234\n")) == [b"1234"]
    assert refusal(lambda: list(wire.LineSplitter(4).feed(b"12345")))[0] == "line-too-long"
    assert refusal(lambda: list(wire.LineSplitter(4).feed(b"1\n12345\n")))[0] == "line-too-long"


@pytest.mark.parametrize(
    "line",
    [
        b"hello",
        b'{"id":1',
        b'{"id":NaN}',
        b'{"id":-Infinity}',
        b"\xff\xfe",
        b'{"a":"\\ud800"}',
        b"[" * 60_000,
        b"1" * 60_000,
    ],
    ids=["words", "cut", "nan", "infinity", "not-utf-8", "half-a-surrogate", "too-deep", "huge-number"],
)
def test_what_is_not_strict_json_is_refused(line):
    assert refusal(wire.decode, line)[0] == "not-json"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([1], "a request is an object with id, method and params"),
        ({"method": "status"}, "id must be a whole number or a text"),
        ({"id": True, "method": "status"}, "id must be a whole number or a text"),
        ({"id": 1}, "method must be a text"),
        ({"id": 1, "method": 7}, "method must be a text"),
        ({"id": 1, "method": "status", "params": []}, "params must be an object"),
        ({"id": 1, "method": "status", "parms": {}}, "unknown member 'parms'"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(value, message):
    assert refusal(wire.parse_request, value) == ("not-a-request", message)


def test_a_request_without_params_has_none():
    assert wire.parse_request({"id": "a", "method": "status"}) == wire.Request("a", "status", {})


@given(JSON)
def test_any_result_arrives_as_it_was_sent(value):
    line = wire.encode_result(1, value)
    assert line.count(b"\n") == 1
    assert wire.decode(line) == {"id": 1, "result": json.loads(json.dumps(value))}


@given(st.dictionaries(st.sampled_from(["id", "method", "params"]), JSON) | JSON)
def test_any_json_is_a_request_or_refused_as_one(value):
    with suppress(ControlError):
        request = wire.parse_request(value)
        assert (value["id"], value["method"], value.get("params", {})) == (request.id, request.method, request.params)


def test_a_reply_beyond_the_limit_is_refused():
    assert refusal(wire.encode_result, 1, "x" * wire.LONGEST_REPLY)[0] == "reply-too-long"


DECLARED = {"limit": Param(int, 20), "topic": Param(str), "share": Param(float, 0.5), "all": Param(bool, False)}


def test_declared_parameters_arrive_with_their_defaults():
    assert check(DECLARED, {"topic": "calls", "share": 1}) == {"limit": 20, "topic": "calls", "share": 1, "all": False}


def test_all_wrong_parameters_are_named_at_once():
    given = {"limt": 3, "limit": True, "share": "much", "all": 1, "zebra": 0}
    assert refusal(check, DECLARED, given) == (
        "wrong-parameters",
        "there is no parameter 'limt' (did you mean 'limit'?); there is no parameter 'zebra'; "
        "limit must be a whole number; topic is missing; share must be a number; all must be true or false",
    )


def test_null_passes_for_no_parameter():
    assert refusal(check, {"topic": Param(str, "")}, {"topic": None}) == ("wrong-parameters", "topic must be a text")
