"""A small part of what `make fax-trials` tries: faxes over good and bad lines come through, bit for bit."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from appliance.fax.job import FaxCause
from tests.fax.testpages import FINE, letter, white
from tests.faxtrials.line import LineModel
from tests.faxtrials.matrix import GOOD, IMPAIRMENTS, MANY_PAGES, charts, trials
from tests.faxtrials.overexchange import RECEIVES, SENDS, try_over_exchange
from tests.faxtrials.report import broken_promises, failures, figures, table
from tests.faxtrials.session import FaxTrial, TrialResult, bad_lines, try_fax

TRIAL = FaxTrial("good line, ECM", GOOD, ("letter", "white"), FINE, ecm=True, bit_rate=14400, seed=4)
PAGES = [letter(length_mm=60.0), white(length_mm=20.0)]
RESULT = TrialResult(
    TRIAL, FaxCause.COMPLETE, FaxCause.COMPLETE, "", 2, 2, 0, 2, 0, sum(map(len, PAGES)), 14400, 60.0, 0.5
)


@pytest.mark.parametrize(
    ("line", "ecm"),
    [
        (GOOD, True),
        (GOOD, False),
        (LineModel(snr_db=28.0), True),
        (replace(GOOD, ppm=100.0), True),
        (replace(GOOD, loss_db=14.0, loop_km=4.0, group_delay_ms=0.7), False),
        (replace(GOOD, near_echo_db=12.0, far_echo_db=14.0, delay_ms=40.0), True),
    ],
    ids=["good", "good, no ECM", "28 dB", "clock", "long loop", "echoes"],
)
def test_a_fax_comes_through_bit_for_bit(line: LineModel, ecm: bool, tmp_path: Path):
    found = try_fax(replace(TRIAL, line=line, ecm=ecm), PAGES, tmp_path)
    assert (found.succeeded, found.same, found.unkept) == (True, 2, 0), found.detail


@pytest.mark.parametrize("impairment", [RECEIVES, SENDS])
def test_a_fax_comes_through_between_the_unit_and_a_machine_on_the_exchange(impairment: str, tmp_path: Path):
    trial = replace(TRIAL, impairment=impairment, line=LineModel(ppm=100.0))
    found = try_over_exchange(trial, PAGES, tmp_path)
    assert (found.succeeded, found.same, found.unkept) == (True, 2, 0), found.detail


def test_the_matrix_is_always_alike_and_any_part_of_it_is_a_sample():
    assert list(trials(200, 14)) == list(trials(200, 14))
    assert list(trials(20, 14)) == list(trials(200, 14))[:20]
    assert list(trials(20, 14)) != list(trials(20, 15))
    kinds = Counter(trial.impairment for trial in trials(200, 14))
    assert kinds == {one.name: 2 * one.share for one in IMPAIRMENTS}
    assert len({trial.impairment for trial in trials(200, 14) if len(trial.pages) == MANY_PAGES}) == len(IMPAIRMENTS)
    assert {trial.line for trial in trials(200, 14)} == {line for one in IMPAIRMENTS for line in one.lines}


def test_the_pages_of_a_trial_are_drawn_as_it_names_them():
    drawn = charts(replace(TRIAL, pages=("white", "letter", "white")))
    assert [page.any() for page in drawn] == [False, True, False]


def test_lines_that_differ_and_lines_that_are_missing_are_bad():
    page = letter(length_mm=60.0)
    other = page.copy()
    other[100, 100] ^= True
    assert bad_lines(page, page) == 0
    assert bad_lines(page, other) == 1
    assert 2 <= bad_lines(page, np.delete(other, [200, 201], axis=0)) <= 3
    assert 1 <= bad_lines(page, np.insert(other, 200, True, axis=0)) <= 2
    assert bad_lines(page, other[:-3]) <= 4
    assert bad_lines(page, page[:10]) == len(page) - 10
    assert bad_lines(page, ~page) > 300


def test_what_must_not_be_is_told():
    assert broken_promises([RESULT] * 100) == []
    told = broken_promises([replace(RESULT, unkept=1)])
    assert told[0] == "1 pages were confirmed before they were on the disk"
    assert broken_promises([replace(RESULT, on_disk=1)])[0] == "1 pages were confirmed and are not in the file"
    assert "are not as they were sent" in broken_promises([replace(RESULT, same=1)])[0]
    failed = replace(RESULT, cause=FaxCause.TRAINING)
    assert broken_promises([RESULT] * 98 + [failed] * 2)[0].startswith("98.0% came through on good line, ECM")
    noisy = replace(failed, trial=replace(TRIAL, impairment="S/N 28 dB, ECM"))
    assert broken_promises([noisy])[0].startswith("0.0% came through on S/N 28 dB, ECM")


def test_the_report_counts_as_the_terms_are_meant():
    slow = replace(RESULT, bit_rate=9600, seconds=120.0)
    cut = replace(RESULT, cause=FaxCause.LINE_CUT, confirmed=1, on_disk=1, same=1)
    spoiled = replace(RESULT, trial=replace(TRIAL, ecm=False), same=1, bad_lines=7)
    of = figures([RESULT, slow, cut, spoiled])
    assert (of.sessions, of.failed, of.cut_off, of.slowed) == (4, 1, 1, 1)
    assert (of.confirmed, of.clean, of.bad_lines) == (7, 6, 7)
    assert of.failed_per_1000_pages == pytest.approx(1000 / 7)
    assert of.whole_pages / of.minutes == pytest.approx(6 / 4)
    lines = list(table([RESULT, slow, cut, spoiled]))
    assert len({len(line) for line in "\n".join(lines).splitlines()}) == 1
    assert len(list(failures([RESULT, cut]))) == 1
