"""The example office on its lines, entered before each test that asks for it and left behind it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

import pytest

from tests.calls.farlines import FarWorld, far_world
from tests.calls.plainlines import PlainWorld, plain_world
from tests.calls.world import World, world


@pytest.fixture
def here() -> AbstractAsyncContextManager[World]:
    """With telephones and lines of the simulated exchange."""
    return world()


@pytest.fixture
def bare() -> AbstractAsyncContextManager[World]:
    """The lines and telephones of the example office, and no office yet."""
    return world(bare=True)


@pytest.fixture
def far() -> AbstractAsyncContextManager[FarWorld]:
    """With lines far away beside those of the exchange."""
    return far_world()


@pytest.fixture
def plain() -> AbstractAsyncContextManager[PlainWorld]:
    """With plain telephones, which flash, in place of those far away."""
    return plain_world()
