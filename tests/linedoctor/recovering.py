"""Does the line doctor find out the hidden parameters of an exchange drawn by chance?"""

from __future__ import annotations

from appliance.clock import run_virtual
from appliance.linedoctor.examination import CodeTrial, examine
from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.measuring.endings import Sign
from appliance.linedoctor.testedport import TestedPort
from hw.port.hook_protocol import LONGEST_PULSE_BESIDE_SHORT_FLASH_S, LONGEST_PULSE_S
from hw.sim.drawing import DrawnExchange, draw_exchange
from hw.tones.toneplan import Tone, TonePlan, tone_plan
from tests.hw.simworld import NINE_THIRTY

NUMBERS = {"fxo-1": "5550101", "fxo-2": "5550102", "fxo-3": "5550103"}
SIGNS = {"loop-break": Sign.LOOP_BREAK, "polarity": Sign.POLARITY, "silence": Sign.NOTHING}
CADENCE = 0.05
"""How far off a length may be, as a part of it."""
WINDOW_MS = 10
HANG_UP_NOTICED_S = 1.4
"""An exchange notices a hang-up after its longest hook flash, of up to 0.9 s here, and then begins to wait."""


def examined(drawn: DrawnExchange) -> LineMeasured:
    """The line on fxo-1 of this exchange, by a unit that believes to be in the United States."""

    async def main() -> LineMeasured:
        exchange = drawn.made(lambda: NINE_THIRTY, NUMBERS)
        await exchange.start()
        ports = exchange.card.fxo
        line, *others = [TestedPort(port.name, NUMBERS[port.name], port, tone_plan("us")) for port in ports]
        noted: list[bool] = []

        async def note(forwarded: bool) -> None:
            noted.append(forwarded)

        found = await examine(line, others, lambda _step: None, trial=CodeTrial(drawn.plan, note))
        assert noted == ([True, False] if found.code_forwarding is not None else [])
        assert [line.forwarded_to for line in exchange.lines.values()] == [""] * len(NUMBERS)
        await exchange.close()
        return found

    return run_virtual(main)


def missed(seed: int) -> list[str]:
    """What was not found, or found wrong, of the exchange of this seed."""
    drawn = draw_exchange(seed)
    found = examined(drawn)
    wrong = [f"not finished: {found.unfinished}"] if found.unfinished else []
    checks = (_country, _caller_id, _ending, _window, _kept, _services, _forwarding)
    return wrong + [f"{seed} ({drawn.plan.country}): {one}" for check in checks for one in check(drawn, found)]


def _country(drawn: DrawnExchange, found: LineMeasured) -> list[str]:
    """Right where it is among the best, and all of these have the tones that could be heard."""
    best = [one.country for one in found.country.best] if found.country is not None else []
    same = [name for name in best if _audible(tone_plan(name), found) == _audible(drawn.plan, found)]
    return [] if drawn.plan.country in best and same == best else [f"country {best}"]


def _audible(plan: TonePlan, found: LineMeasured) -> tuple[object, ...]:
    recall = plan.recall if "recall" in found.tones else None
    return plan.dial, plan.ringback, plan.busy, plan.reorder, plan.ring, recall


def _caller_id(drawn: DrawnExchange, found: LineMeasured) -> list[str]:
    told, real = found.caller_id, drawn.plan.caller_id
    right = told is not None and (told.method, told.place, told.alert) == (real.method, real.place, real.alert)
    return [] if right else [f"caller ID {told}, and is {real}"]


def _ending(drawn: DrawnExchange, found: LineMeasured) -> list[str]:
    real = drawn.services.ending
    sign = Sign.TONE if isinstance(real, Tone) else SIGNS.get(real, Sign.TONE)
    if sorted(found.endings) != ["called", "calling"]:
        return [f"endings {sorted(found.endings)}"]
    wrong = [f"{whose}: {one.sign}, and is {sign}" for whose, one in found.endings.items() if one.sign is not sign]
    for ending in found.endings.values():
        if sign is Sign.LOOP_BREAK and abs(ending.break_ms / drawn.services.loop_break_ms - 1) > CADENCE:
            wrong.append(f"a break of {ending.break_ms} ms, and is {drawn.services.loop_break_ms}")
        if sign is Sign.TONE:
            tone = real if isinstance(real, Tone) else drawn.plan.busy if real == "busy" else drawn.plan.reorder
            measured = ending.tone.seconds if ending.tone is not None else ()
            if not _same_cadence(measured, tone):
                wrong.append(f"a tone {ending.tone}, and is {tone}")
    return wrong


def _same_cadence(measured: tuple[float, ...], tone: Tone) -> bool:
    lengths = (
        [segment.seconds or 0.0 for segment in tone.segments[tone.repeat_from :]]
        if tone.repeat_from is not None
        else []
    )
    if not measured or not lengths:
        return not measured and not lengths
    if len(lengths) % len(measured):
        return False
    whole = measured * (len(lengths) // len(measured))
    turns = [lengths[turn:] + lengths[:turn] for turn in range(len(lengths))]
    return any(
        all(abs(one / other - 1) <= CADENCE for one, other in zip(whole, turned, strict=True)) for turned in turns
    )


def _window(drawn: DrawnExchange, found: LineMeasured) -> list[str]:
    shortest, longest = drawn.services.flash_accept_ms or drawn.plan.flash_accept_ms
    pulse = LONGEST_PULSE_BESIDE_SHORT_FLASH_S if shortest < 1000 * LONGEST_PULSE_S else LONGEST_PULSE_S
    shortest = max(shortest, round(1000 * pulse) + 1) if shortest <= 1000 * pulse else shortest
    window = found.window
    if window is None or not drawn.services.three_way:
        return [] if window is not None and not window.least_ms else [f"flash window {window}, and is none"]
    right = 0 <= window.least_ms - shortest <= WINDOW_MS and 0 <= longest - window.most_ms <= WINDOW_MS
    return [] if right else [f"flash window {window}, and is {shortest} to {longest} ms"]


def _kept(drawn: DrawnExchange, found: LineMeasured) -> list[str]:
    real = drawn.services.holds_s
    if drawn.services.ending == "silence":
        return []
    right = found.kept_s == 0 if not real else real <= found.kept_s <= real + HANG_UP_NOTICED_S
    return [] if right else [f"kept for {found.kept_s} s, and is {real}"]


def _services(drawn: DrawnExchange, found: LineMeasured) -> list[str]:
    """Where a flash does nothing, nothing of it can be tried."""
    real = (drawn.services.three_way, drawn.services.transfer) if drawn.services.three_way else (None, None)
    told = (found.three_way, found.transfer)
    return [] if told == real else [f"three-way and transfer {told}, and is {real}"]


def _forwarding(drawn: DrawnExchange, found: LineMeasured) -> list[str]:
    """Where the country has a code, it is tried."""
    if drawn.plan.forwarding is None:
        return [] if found.other_country else ["forwarding was tried without a code"]
    real, tried = drawn.services.forwarding != "none", found.code_forwarding
    if tried is None or not tried.ended:
        return [f"forwarding {tried}"]
    return [] if (tried.works, tried.confirmed) == (real, real) else [f"forwarding {tried}, and is {real}"]
