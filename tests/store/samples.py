"""A caller, and a moment, as the tests of messages use them."""

from datetime import UTC, datetime

from appliance.store.messages import Envelope

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
JANE = Envelope("5550142", "JANE DOE", NOON)
CUT_OFF = "The recording was cut off by a power failure."
