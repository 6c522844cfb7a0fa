"""The line doctor finds out what an exchange is like that it knows nothing of."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.linedoctor.recovering import missed

SEEDS = range(200)


@pytest.mark.parametrize("seed", SEEDS[::67])
def test_the_hidden_parameters_of_an_exchange_are_found(seed: int):
    assert missed(seed) == []


@pytest.mark.proof
def test_those_of_two_hundred_exchanges_are_found():
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        assert [one for wrong in pool.map(missed, SEEDS) for one in wrong] == []
