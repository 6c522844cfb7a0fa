"""What each figure must reach, and why. A bench file may set its own in [limits]."""

from __future__ import annotations

from dataclasses import dataclass, replace

MOST, LEAST = "at most", "at least"


@dataclass(frozen=True, slots=True)
class Limit:
    """What a figure may be `at most`, or must be `at least` (sense). source: where the value is from."""

    value: float
    unit: str
    source: str
    sense: str = MOST

    def met(self, figure: float) -> bool:
        return figure <= self.value if self.sense == MOST else figure >= self.value

    def set_to(self, value: float, source: str) -> Limit:
        return replace(self, value=value, source=source)

    def __str__(self) -> str:
        return f"{self.sense} {self.value:g} {self.unit}".rstrip()


LIMITS = {
    "answer_seconds": Limit(8.0, "s", "two rings of the longest usual cadence: nobody hears a third"),
    "caller_id_missed": Limit(0, "calls", "caller ID is sent with every call"),
    "keys_missed": Limit(0, "keys", "the issue: each menu key, as often as asked, without a miss"),
    "keys_doubled": Limit(0, "keys", "the issue: and without a double"),
    "key_to_word_seconds": Limit(
        4.0, "s", "1.5 s for an extension that could follow, the rest for the words' own start"
    ),
    "prompts_missed": Limit(0, "prompts", "every caller understands every prompt"),
    "level_lowest_dbm0": Limit(-28.0, "dBm0", "ITU-T G.121: 12 dB below the tone sent is still easily heard", LEAST),
    "loss_db": Limit(8.0, "dB", "ITU-T G.121: two short lines and the unit between them"),
    "loss_spread_db": Limit(3.0, "dB", "both directions of one call are heard alike"),
    "delay_ms": Limit(
        300.0, "ms", "ITU-T G.114: 150 ms is good and 400 ms the most; two passages of the gateway in it"
    ),
    "frames_lost_percent": Limit(1.0, "%", "ITU-T G.113: G.711 with concealment is untouched up to about here"),
    "slips": Limit(2, "slips", "two clocks 100 ppm apart slip one frame in 200 s"),
    "echo_return_loss_db": Limit(20.0, "dB", "ITU-T G.131: a party must not be troubled by itself", LEAST),
    "message_snr_db": Limit(20.0, "dB", "four passages of a line at 30 dB each, and G.711 twice", LEAST),
    "message_equal_percent": Limit(
        40.0, "%", "samples within one step of G.711; the noise of a line is two steps", LEAST
    ),
    "message_missing_seconds": Limit(0.4, "s", "nothing of a message may be lost but a pause"),
    "hang_up_seconds": Limit(5.0, "s", "a line is free again before the next caller has dialled"),
    "disconnect_tone_seconds": Limit(8.0, "s", "three cycles of a tone, and one to recognise it"),
    "disconnect_silence_seconds": Limit(150.0, "s", "nobody's silence keeps a line: all a menu offers, and a mailbox"),
    "abandoned_seconds": Limit(
        12.0, "s", "a caller who gave up: the longest pause between two rings, and a tone's time"
    ),
    "flash_error_ms": Limit(60.0, "ms", "shorter or longer than what is set: an exchange takes 200 to 800 ms"),
    "flash_lost_calls": Limit(0, "calls", "a flash is no hang-up"),
    "lines_not_found": Limit(0, "lines", "a call finds every line there is"),
    "soak_failed_percent": Limit(0.5, "%", "one call in two hundred is a call somebody notices"),
    "soak_frames_lost_percent": Limit(1.0, "%", "as for one call"),
}
