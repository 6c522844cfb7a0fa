"""How many lines an office needs, beside published values of Erlang B."""

from __future__ import annotations

import pytest

from appliance.office.erlang import blocking, lines_needed, offered

TABLE = [(1, 0.01), (2, 0.153), (3, 0.455), (4, 0.869), (5, 1.361), (6, 1.909), (7, 2.501), (8, 3.128), (9, 3.783)]
TABLE += [(10, 4.461), (15, 8.108), (20, 12.03), (30, 20.34)]
"""Lines, and the traffic of which they lose 1 %: the column of 1 % of any table of Erlang B, such as appendix A of
D. Minoli, "Voice over IP, second edition", or, for 15 lines, the manual of Westbay's calculator (erlang.com)."""


@pytest.mark.parametrize(("lines", "traffic"), TABLE)
def test_the_formula_agrees_with_published_tables(lines, traffic):
    assert blocking(traffic, lines) == pytest.approx(0.01, rel=0.02)
    assert (lines_needed(traffic * 0.99), lines_needed(traffic * 1.02)) == (lines, lines + 1)


def test_a_busy_hour_of_1200_calls_of_100_seconds_needs_45_lines():
    """The example of Westbay's advisers (erlang.com, "Trunk Engineering", 2001)."""
    assert lines_needed(1200 / 36) == 45


@pytest.mark.parametrize(("traffic", "lines", "expected"), [(0, 0, 1.0), (0, 3, 0.0), (1, 0, 1.0), (1, 1, 0.5)])
def test_without_traffic_or_lines(traffic, lines, expected):
    assert blocking(traffic, lines) == expected


def test_nothing_offered_needs_no_line():
    assert lines_needed(0) == 0


@pytest.mark.parametrize(("traffic", "lines"), [(0.5, 1), (2.0, 3), (8.108, 15)])
def test_what_was_offered_is_known_from_what_was_carried(traffic, lines):
    assert offered(traffic * (1 - blocking(traffic, lines)), lines) == pytest.approx(traffic, rel=1e-6)


def test_lines_that_were_always_busy_tell_no_more_than_that():
    assert offered(4.0, 4) == 8.0
