"""A network of fakes for whoever asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hw.sipwires import Wires


@pytest.fixture
def wires() -> Iterator[Wires]:
    made = Wires()
    yield made
    made.memory.close()
