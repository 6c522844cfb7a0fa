"""The verbs of the language, in the order of `docs/scenarios.md`.

A verb is written after its subject (`Jane calls …`), except those which are their own subject (`wait 5s`, `led is
lit`). Each has an example and a meaning for the page; a test checks that the page tells of all of them.
"""

from __future__ import annotations

from appliance.scenario.actverbs import ACT_VERBS
from appliance.scenario.expectverbs import EXPECT_VERBS
from appliance.scenario.verb import Verb

VERBS: tuple[Verb, ...] = (*ACT_VERBS, *EXPECT_VERBS)
