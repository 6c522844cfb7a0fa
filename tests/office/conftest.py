"""The example office, and what may be made of it, as fresh documents that a test may spoil."""

from __future__ import annotations

from typing import Any

import pytest

from tests import offices


@pytest.fixture
def document() -> dict[str, Any]:
    return offices.example()


@pytest.fixture
def deep() -> dict[str, Any]:
    return offices.with_a_menu_behind()


@pytest.fixture
def two_companies() -> dict[str, Any]:
    return offices.of_two_companies()
