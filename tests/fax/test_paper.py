"""The sheet of a fax's page: that of the sender where it is one, and never one that something is cut off by."""

from __future__ import annotations

import pytest

from appliance.fax.pages.paper import A3, A4, ALIKE_MM, B4, LEGAL, LETTER, LONGEST_MM, Paper, placed

WIDTH = 1728 / 204 * 25.4


@pytest.mark.parametrize(
    ("length", "office", "sheet"),
    [
        (296.4, A4, A4),
        (296.4, LETTER, A4),
        (279.4, A4, LETTER),
        (284.0, LETTER, LETTER),
        (355.0, A4, LEGAL),
        (301.0, A4, A4),
        (60.0, A4, A4),
        (60.0, LETTER, LETTER),
        (290.0, LETTER, A4),
        (1.0, A4, A4),
    ],
)
def test_a_page_is_on_the_sheet_that_it_was_sent_from_or_on_the_offices(length: float, office: Paper, sheet: Paper):
    (placing,) = placed(WIDTH, length, office)
    assert placing.sheet == sheet


def test_a_letter_page_is_as_large_as_life_and_an_a4_page_is_as_wide_as_the_sheet():
    (letter,) = placed(WIDTH, 279.4, LETTER)
    assert letter.scale == 1.0
    (a4,) = placed(WIDTH, 297.0, A4)
    assert a4.scale * WIDTH == pytest.approx(210.0)
    assert a4.left == pytest.approx(0.0)


@pytest.mark.parametrize(("pixels", "sheet"), [(2048, B4), (2432, A3)])
def test_a_wide_line_is_of_a_larger_sheet(pixels: int, sheet: Paper):
    (placing,) = placed(pixels / 204 * 25.4, sheet.length, A4)
    assert placing.sheet == sheet


def test_a_long_page_has_a_sheet_of_its_own_length():
    (placing,) = placed(WIDTH, 2000.0, A4)
    assert placing.sheet.width == A4.width
    assert placing.sheet.length == pytest.approx(2000.0 * A4.width / WIDTH)


@pytest.mark.parametrize("to_print", [False, True])
@pytest.mark.parametrize("office", [A4, LETTER])
@pytest.mark.parametrize("width", [WIDTH, 255.0, 303.0])
@pytest.mark.parametrize("length", [0.1, 200.0, 282.0, 286.0, 296.9, 310.0, 330.0, 357.0, 500.0, 2000.0, 26_000.0])
def test_nothing_is_ever_cut_off(length: float, width: float, office: Paper, to_print: bool):
    placings = placed(width, length, office, to_print=to_print)
    shown = 0.0
    for placing in placings:
        assert placing.scale * width <= placing.sheet.width + 1e-6
        assert placing.left >= -1e-6
        assert placing.top <= shown
        assert placing.sheet.length <= (A3.length if to_print else LONGEST_MM)
        shown = placing.top + placing.sheet.length / placing.scale
    assert shown >= length - 0.01
    assert len(placings) == 1 or to_print or length > LONGEST_MM


def test_what_is_cut_into_sheets_is_on_both_at_the_seam():
    first, second = placed(WIDTH, 500.0, A4, to_print=True)
    assert first.sheet.length / first.scale - second.top == pytest.approx(5.0)


def test_a_page_a_little_longer_than_the_sheet_is_on_it_all_the_same():
    for length in (297.0, 299.0, 297.0 + ALIKE_MM):
        (placing,) = placed(WIDTH, length, A4, to_print=True)
        assert placing.sheet == A4
