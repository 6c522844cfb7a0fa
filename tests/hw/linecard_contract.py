"""What every line card must do: the rules of its FXO and its FXS ports, tried with a maker of `linecard_bench`."""

from __future__ import annotations

from tests.hw.fxo_contract import FXO_RULES
from tests.hw.fxs_contract import FXS_RULES

RULES = FXO_RULES + FXS_RULES
