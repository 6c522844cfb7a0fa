"""All checks, in the order in which they are told."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from appliance.doctor import ofkeeping, oflines, ofmachine, ofunit
from appliance.doctor.examined import Examined
from appliance.doctor.finding import Check, CheckFound, Condition, unknown
from appliance.faultlog import kind_and_place
from hw.said import said

log = logging.getLogger(__name__)

CHECKS: dict[str, Check] = {
    "daemon": ofunit.daemon,
    "page": ofunit.page,
    "office": ofunit.office,
    "provisioning": ofunit.provisioning,
    "faults": ofunit.faults,
    "lines": oflines.lines,
    "sip": oflines.sip,
    "modem": oflines.modem,
    "last-calls": oflines.last_calls,
    "voice": ofmachine.voice,
    "mail": ofunit.mail,
    "faxes": ofunit.faxes,
    "backups": ofkeeping.backups,
    "machine": ofmachine.health,
    "disk": ofmachine.disk,
    "rights": ofmachine.rights,
    "memory": ofmachine.memory,
    "clock": ofmachine.clock,
    "network": ofmachine.network,
    "certificates": ofkeeping.certificates,
    "updates": ofkeeping.updates,
    "services": ofmachine.services,
    "libraries": ofmachine.libraries,
    "sip-library": ofmachine.sip_library,
}
"""By a stable name, which programs get."""


@dataclass(frozen=True, slots=True)
class CheckTold:
    """One thing that a check has found. check: the check's name."""

    check: str
    found: CheckFound


def examined_by(checks: dict[str, Check], seen: Examined) -> Iterator[CheckTold]:
    """What all these checks find. One that fails itself says so, and stops no other."""
    for name, check in checks.items():
        try:
            yield from [CheckTold(name, found) for found in check(seen)]
        except Exception as error:
            log.error("the check %s failed: %s", name, kind_and_place(error))
            yield CheckTold(name, unknown(said("This check itself failed: %(why)s", why=kind_and_place(error))))


def in_order(told: Sequence[CheckTold]) -> bool:
    """Whether nothing is broken."""
    return all(one.found.condition is not Condition.BROKEN for one in told)
