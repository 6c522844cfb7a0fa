"""What of the measurements belongs into the office document, as fields of the line."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.measuring.endings import Sign
from appliance.linedoctor.measuring.levels import best_gain
from appliance.linedoctor.measuring.tone import MeasuredTone
from appliance.office.forwarding import Way
from appliance.office.model import Ending, Trunk
from hw.said import Said, said
from hw.tones.toneplan import parse_tone

LEAST_CHANGE_DB = 1.5
"""Nobody hears less."""
SAME_LEVEL_DB = 0.5
"""A tone that was measured twice differs by less."""


@dataclass(frozen=True, slots=True)
class LineProposal:
    """A field of the line, the value that it should have, and why, for people."""

    field: str
    value: object
    why: Said

    @property
    def written(self) -> str:
        """The value as people read it."""
        return ", ".join(self.value) if isinstance(self.value, list) else str(self.value)


def proposals(found: LineMeasured, line: Trunk) -> list[LineProposal]:
    """Only what would change something is proposed."""
    made = [_endings(found), _ending_tone(found), _ending_level(found, line), _flash(found), _kept(found)]
    made += [_ways(found, line), _gain(found, line)]
    return [one for one in made if one is not None and one.value != _now(line, one.field)]


def _now(line: Trunk, field: str) -> object:
    if field == "endings":
        return sorted(ending.value for ending in line.endings)
    if field == "ways":
        return sorted(way.value for way in line.ways)
    return getattr(line, field)


def _endings(found: LineMeasured) -> LineProposal | None:
    """What the line was seen to tell by, and tones always: a call out may meet another exchange's busy tone."""
    signs = {ending.sign for ending in found.endings.values()} - {Sign.TOLD}
    if not signs or signs == {Sign.NOTHING}:
        return None
    endings = {Ending.TONE, Ending.SILENCE}
    endings |= {Ending(sign.value) for sign in signs if sign is not Sign.NOTHING}
    return LineProposal("endings", sorted(ending.value for ending in endings), said("calls end so"))


def _ending_tone(found: LineMeasured) -> LineProposal | None:
    ending = next((one for one in found.endings.values() if one.tone is not None and one.tone_name == "unknown"), None)
    if ending is None or ending.tone is None or ending.tone.steady:
        return None
    written = written_tone(ending.tone)
    return LineProposal(
        "ending_tone", written, said("a tone of this exchange's own tells that the other side has hung up")
    )


def _ending_level(found: LineMeasured, line: Trunk) -> LineProposal | None:
    """Of the tone that ends calls, where it has pauses. Where calls end by the current no tone is waited for."""
    endings = list(found.endings.values())
    by_tone = [one for one in endings if one.sign is Sign.TONE and one.tone_name in ("busy", "reorder", "unknown")]
    levels = [one.tone.dbm0 for one in by_tone if one.tone is not None and not one.tone.steady]
    if not levels or len(levels) < len(endings) or max(levels) - min(levels) > LEAST_CHANGE_DB:
        return None
    level = round(sum(levels) / len(levels), 1)
    if abs(level - line.ending_tone_dbm0) < SAME_LEVEL_DB:
        return None
    return LineProposal("ending_tone_dbm0", level, said("so loud is the tone that tells a hang-up"))


def written_tone(tone: MeasuredTone) -> str:
    """As the office document has it, and the tone plan."""
    written = str(tone)
    parse_tone(written, tone.dbm0)
    return written


def _flash(found: LineMeasured) -> LineProposal | None:
    if found.window is None or not found.window.best_ms:
        return None
    window = found.window
    return LineProposal(
        "flash_ms",
        window.best_ms,
        said("flashes of %(least)s to %(most)s ms are taken", least=window.least_ms, most=window.most_ms),
    )


def _ways(found: LineMeasured, line: Trunk) -> LineProposal | None:
    """Whether calls are forwarded on two lines is the office's own decision, and stays as it is."""
    if found.three_way is None:
        return None
    ways = line.ways - {Way.TRANSFER, Way.THREE_WAY}
    ways |= {Way.TRANSFER} if found.transfer else set()
    ways |= {Way.THREE_WAY} if found.three_way else set()
    return LineProposal("ways", sorted(way.value for way in ways), said("these services of the exchange work"))


def _gain(found: LineMeasured, line: Trunk) -> LineProposal | None:
    """The two lines that called each other are taken to be alike. The gain in use has no part in the test."""
    if found.loss_db is None or found.echo is None:
        return None
    gain = best_gain(found.loss_db / 2, found.echo.return_loss_db)
    if abs(gain - line.gain_db) < LEAST_CHANGE_DB:
        return None
    return LineProposal("gain_db", gain, said("so much is lost on the wires"))


def _kept(found: LineMeasured) -> LineProposal | None:
    if not found.endings or (seconds := ceil(found.kept_s)) == 0:
        return None
    return LineProposal("hold_seconds", seconds, said("the exchange keeps a call for so long when we hang up"))
