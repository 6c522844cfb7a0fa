"""Why a call over SIP was cleared: by its status, by the network's cause, and which of the two counts."""

from __future__ import annotations

import pytest

from hw.cleared import Cleared
from hw.sip.causes import cause_of, q850_of


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (200, "hung-up"),
        (302, "refused"),
        (403, "refused"),
        (404, "not-found"),
        (407, "refused"),
        (408, "unreachable"),
        (410, "not-found"),
        (480, "no-answer"),
        (484, "not-found"),
        (486, "busy"),
        (487, "hung-up"),
        (488, "refused"),
        (500, "congestion"),
        (502, "unreachable"),
        (503, "congestion"),
        (504, "unreachable"),
        (600, "busy"),
        (603, "refused"),
        (604, "not-found"),
    ],
)
def test_a_status_tells_why(status: int, word: str) -> None:
    assert cause_of(status) is Cleared(word)


@pytest.mark.parametrize(("status", "like"), [(399, 300), (499, 400), (599, 500), (699, 600), (299, 200)])
def test_an_unknown_status_counts_as_the_first_of_its_class(status: int, like: int) -> None:
    assert cause_of(status) is cause_of(like)


@pytest.mark.parametrize("status", [0, 100, 183, 700, -1, 171060])
def test_what_is_no_final_status_means_that_nobody_was_reached(status: int) -> None:
    assert cause_of(status) is Cleared.UNREACHABLE


@pytest.mark.parametrize(
    ("q850", "word"),
    [
        (1, "not-found"),
        (3, "unreachable"),
        (17, "busy"),
        (18, "no-answer"),
        (19, "no-answer"),
        (20, "unreachable"),
        (21, "refused"),
        (22, "not-found"),
        (27, "unreachable"),
        (28, "not-found"),
        (34, "congestion"),
        (38, "congestion"),
        (41, "congestion"),
        (42, "congestion"),
        (57, "refused"),
        (102, "unreachable"),
    ],
)
def test_the_networks_cause_counts_for_more_than_the_status(q850: int, word: str) -> None:
    assert cause_of(500, q850) is Cleared(word)
    assert cause_of(200, q850) is Cleared(word)


@pytest.mark.parametrize("q850", [16, 26, 31, 127, 0, 126, 999, None])
def test_a_cause_that_says_nothing_leaves_it_to_the_status(q850: int | None) -> None:
    assert cause_of(486, q850) is Cleared.BUSY
    assert cause_of(200, q850) is Cleared.HUNG_UP


@pytest.mark.parametrize(
    ("q850", "status"),
    [
        (1, 404), (2, 404), (3, 404), (17, 486), (18, 408), (19, 480), (20, 480), (21, 403), (22, 410), (23, 410),
        (26, 404), (27, 502), (28, 484), (29, 501), (31, 480), (34, 503), (38, 503), (41, 503), (42, 503), (47, 503),
        (55, 403), (57, 403), (58, 503), (65, 488), (70, 488), (79, 501), (87, 403), (88, 503), (102, 504),
        (111, 500), (127, 500),
    ],
)  # fmt: skip
def test_what_a_gateway_by_rfc_3398_makes_of_a_cause_tells_much_the_same(q850: int, status: int) -> None:
    """RFC 3398, section 7.2.4.1: without the Reason header, only the status is left. Where it tells less is listed."""
    coarser = {2: "not-found", 3: "not-found", 18: "unreachable", 20: "no-answer", 88: "congestion"}
    if q850 in coarser:
        assert cause_of(status) is Cleared(coarser[q850]) is not cause_of(status, q850)
    else:
        assert cause_of(status, q850) is cause_of(status)


@pytest.mark.parametrize(
    ("reason", "q850"),
    [
        ("Q.850;cause=16", 16),
        ('Q.850;cause=17;text="User busy"', 17),
        ('q.850 ; text="x;cause=4" ; CAUSE = 18', 18),
        ('SIP;cause=200;text="Call completed elsewhere", Q.850;cause=26', 26),
        (r'SIP;cause=480;text="a \", Q.850;cause=3",Q.850;cause=27', 27),
        ("SIP;cause=200", None),
        ('SIP;text="Q.850;cause=3"', None),
        ("X.Q.850;cause=3", None),
        ("Q.850", None),
        ("Q.850;cause=", None),
        ("Q.850;cause=x17", None),
        ("Q.850;cause=1700", None),
        ("Q.850;causes=17", None),
        ("", None),
    ],
)
def test_the_cause_is_read_from_a_reason_header(reason: str, q850: int | None) -> None:
    assert q850_of(reason) == q850
