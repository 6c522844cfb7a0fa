"""The test line: an internal line on which somebody calls as on a line of the office, while those stay free.

It is no trunk of the office: nobody calls out on it, and nothing shows it. Who calls on it meets what callers of the
line meet that was chosen: its company, its menu, its hours. The call is logged as a test.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from appliance.calls.trunk import TrunkLine
from appliance.office.forwarding import Way
from appliance.office.lines import Trunk
from appliance.testphone.directphone import DirectTelephone, TestLinePort
from appliance.unit import Unit
from hw.callerid.coding import CallerId
from hw.sim.direct import DirectCard
from hw.tones.toneplan import TonePlan

TEST_LINE = "test line"
TEST_PORT = "test-1"

_OWN: dict[str, Any] = {
    "name": TEST_LINE,
    "port": TEST_PORT,
    "answer_after_rings": 0,  # The line has no rings to be counted.
    "ways": frozenset({Way.TWO_LINES}),  # No exchange is behind it that could connect callers.
}
"""What is the test line's own, whichever line it stands for."""


class TestLine:
    """The card that a unit clocks beside its own, and the telephone at the other end of its one line."""

    def __init__(self, plan: TonePlan) -> None:
        self._port = TestLinePort(TEST_PORT, plan)
        self._plan = plan
        self.card = DirectCard([self._port])
        """For the unit, from its beginning."""
        self.telephone = DirectTelephone(TEST_LINE, self._port)
        """Of whoever tries the line."""

    def join(self, unit: Unit) -> None:
        """Have the unit take calls on it. The unit runs."""
        self._unit = unit
        self._line = TrunkLine(Trunk(TEST_LINE, TEST_PORT), self._port, self._plan, unit.engine)
        unit.switchboard.attend_test_line(self._line)

    def be(self, port: str, caller: CallerId) -> DirectTelephone:
        """The telephone, as a caller on the line of the office with this port."""
        self.telephone.calls_as = caller
        self.telephone.before_call = lambda: self._line.use(self._facts(port))
        return self.telephone

    def _facts(self, port: str) -> Trunk:
        """Those of the office's line, as they are at the call."""
        chosen = self._unit.office.trunk_on(port)
        return replace(chosen, **_OWN)
