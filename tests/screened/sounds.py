"""What may be heard of a cell phone that has answered: people, machines, networks. None of it is a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from appliance.media.music import hold_music
from hw.audio import SAMPLE_RATE, Samples, decibels, level_dbm0
from hw.dsp.faxtone import ced_samples, cng_samples
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import TonePlan

LEVELS_DBM0 = (-35.0, -8.0)
"""How loud people and machines are, between these."""
LOW_1_HZ, HIGH_1_HZ = 697.0, 1209.0
"""The two tones of the key 1: speech whose overtones lie there is the most like it."""

Wave = npt.NDArray[np.float64]
Sound = Callable[[Random], Samples]


def _are_key_1(*hertz: float) -> bool:
    """Whether two tones are those of the key 1; 3.5 % off they must be refused (ITU-T Q.24)."""
    return all(abs(tone / key - 1) < 0.035 for tone, key in zip(sorted(hertz), (LOW_1_HZ, HIGH_1_HZ), strict=True))


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), np.int16)


def at_level(wave: Wave | Samples, dbm0: float) -> Samples:
    """The same, as loud as this on the whole."""
    wide = np.asarray(wave, np.float64)
    peak = np.max(np.abs(wide), initial=1e-9)
    scaled = wide * (8000 / peak)
    gain = decibels(dbm0 - level_dbm0(np.rint(scaled).astype(np.int16)))
    return np.clip(np.rint(scaled * gain), -32768, 32767).astype(np.int16)


class Sounds:
    """Makes them. spoken: clips of speech; each is heard in voices of any pitch."""

    SHARES: ClassVar = {"vowels like a 1": 1, "voicemail": 10, "announcement": 6, "person": 8}
    """How often some of them are heard, where others have 4. No voice says vowels like a 1 for long."""

    def __init__(self, spoken: Sequence[Samples], plan: TonePlan) -> None:
        self._spoken = spoken
        self._plan = plan
        self._music = hold_music()
        self._random = np.random.default_rng(1)
        self.all: dict[str, Sound] = {
            "voicemail": self.voicemail,
            "announcement": self.announcement,
            "person": self.speech,
            "babble": self.babble,
            "music": self.music,
            "vowels": self.vowels,
            "vowels like a 1": self.vowels_like_a_key,
            "noise": self.noise,
            "pocket": self.pocket,
            "fax": self.fax,
            "modem": self.modem,
            "nothing": self.nothing,
        }

    def voicemail(self, random: Random) -> Samples:
        """A greeting, a beep of any pitch, and then the machine listens."""
        hertz = random.choice([LOW_1_HZ, HIGH_1_HZ, 440.0, 1000.0, 1400.0, random.uniform(300, 2500)])
        length = random.uniform(0.1, 1.2)
        time = np.arange(round(length * SAMPLE_RATE)) / SAMPLE_RATE
        tone = np.sin(2 * np.pi * hertz * time)
        if random.random() < 0.3:
            other = random.uniform(300, 2500)
            while _are_key_1(hertz, other):  # Such a beep is the key, and no receiver can know better.
                other = random.uniform(300, 2500)
            tone += np.sin(2 * np.pi * other * time)
        beep = at_level(tone, random.uniform(-20, -8))
        return np.concatenate([self.speech(random, random.uniform(2, 15)), beep, silence(random.uniform(5, 60))])

    def announcement(self, random: Random) -> Samples:
        """The network says something again and again, behind its special information tones or not."""
        said = self.speech(random, random.uniform(2, 6))
        tones = tone_samples(self._plan.sit, 1.2) if random.random() < 0.5 else silence(0.2)
        return np.tile(np.concatenate([tones, said, silence(random.uniform(0.3, 2))]), 6)

    def speech(self, random: Random, seconds: float | None = None) -> Samples:
        """Somebody speaks, in a voice higher or lower than that of the clips, with pauses."""
        parts: list[Samples] = []
        level, pitch = random.uniform(*LEVELS_DBM0), random.uniform(0.7, 1.45)
        left = seconds if seconds is not None else random.uniform(0.5, 30)
        while left > 0:
            clip = random.choice(self._spoken)
            places = np.arange(0, len(clip) - 1, pitch)
            parts += [at_level(np.interp(places, np.arange(len(clip)), clip), level), silence(random.uniform(0.1, 1.5))]
            left -= len(parts[-2]) / SAMPLE_RATE
        return np.concatenate(parts)

    def babble(self, random: Random) -> Samples:
        """Several people speak at once."""
        voices = [self.speech(random, 20)[: 20 * SAMPLE_RATE] for _ in range(random.randint(2, 5))]
        shortest = min(map(len, voices))
        return at_level(sum(voice[:shortest].astype(np.float64) for voice in voices), random.uniform(*LEVELS_DBM0))

    def music(self, random: Random) -> Samples:
        """Music on hold, in any key, or single notes and chords that glide from one to the next."""
        pitch = random.uniform(0.6, 2.0)
        if random.random() < 0.4:
            places = np.arange(0, len(self._music) - 1, pitch)
            return at_level(np.interp(places, np.arange(len(self._music)), self._music), random.uniform(-30, -10))
        notes: list[Wave] = []
        ground = 220 * 2 ** random.uniform(-0.05, 0.05)
        while sum(map(len, notes)) < 25 * SAMPLE_RATE:
            time = np.arange(round(random.choice([0.1, 0.2, 0.4, 0.8]) * SAMPLE_RATE)) / SAMPLE_RATE
            chord = [ground * 2 ** (random.randint(0, 36) / 12) for _ in range(random.randint(1, 4))]
            fades = np.exp(-time * random.uniform(0, 4))
            notes.append(np.asarray(sum(np.sin(2 * np.pi * hertz * time) for hertz in chord)) * fades)
        return at_level(np.concatenate(notes), random.uniform(-30, -10))

    def vowels(self, random: Random) -> Samples:
        """Sung and spoken vowels of any pitch and formants."""
        return self._vowels(random, lambda: (random.uniform(250, 900), random.uniform(800, 2500)))

    def vowels_like_a_key(self, random: Random) -> Samples:
        """Vowels whose formants are near the two tones of the key 1: what may be taken for that key (talk-off)."""
        return self._vowels(random, lambda: (LOW_1_HZ + random.gauss(0, 20), HIGH_1_HZ + random.gauss(0, 30)))

    def _vowels(self, random: Random, formants: Callable[[], tuple[float, float]]) -> Samples:
        """By the usual model of a voice: overtones 6 dB weaker an octave, through one resonance for each formant."""
        level = random.uniform(*LEVELS_DBM0)
        syllables: list[Wave] = []
        while sum(map(len, syllables)) < 20 * SAMPLE_RATE:
            length = random.uniform(0.06, 0.6)
            time = np.arange(round(length * SAMPLE_RATE)) / SAMPLE_RATE
            glide, vibrato, ground = random.uniform(-0.15, 0.15), random.uniform(0, 0.02), random.uniform(80, 350)
            pitch = ground * (1 + glide * time / length + vibrato * np.sin(2 * np.pi * 5.5 * time))
            pitch *= 1 + 0.005 * np.repeat(self._random.standard_normal(len(time) // 80 + 1), 80)[: len(time)]
            phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
            resonances = list(zip((*formants(), 2600.0, 3300.0), (60.0, 90.0, 120.0, 150.0), strict=True))
            wave = np.zeros(len(time))
            for overtone in range(1, int(3600 / ground)):
                strength = np.prod([_passed(ground * overtone, *resonance) for resonance in resonances]) / overtone
                wave += strength * np.sin(overtone * phase + random.uniform(0, 6.28))
            attack = np.minimum(1, np.minimum(time, length - time) / 0.02)
            syllables += [wave / np.max(np.abs(wave)) * attack, np.zeros(round(random.uniform(0.0, 0.3) * SAMPLE_RATE))]
        return at_level(np.concatenate(syllables), level)

    def noise(self, random: Random) -> Samples:
        """Wind, traffic, a shower: noise that is white or has more of the low frequencies."""
        white = np.random.default_rng(random.getrandbits(32)).standard_normal(20 * SAMPLE_RATE)
        taps = random.choice([1, 3, 8, 20])
        return at_level(np.convolve(white, np.ones(taps) / taps, mode="same"), random.uniform(-45, -8))

    def pocket(self, random: Random) -> Samples:
        """A telephone that answered in a pocket: rustling, steps, and somebody far away."""
        steps: list[Samples] = []
        for _ in range(random.randint(5, 20)):
            rustle = np.random.default_rng(random.getrandbits(32)).standard_normal(random.randint(200, 6000))
            steps += [at_level(rustle, random.uniform(-40, -12)), silence(random.uniform(0.1, 2))]
        sound = np.concatenate(steps)
        far = self.speech(random, len(sound) / SAMPLE_RATE)[: len(sound)].astype(np.float64) * 0.1
        sound[: len(far)] += np.rint(far).astype(np.int16)
        return sound

    def fax(self, random: Random) -> Samples:
        """A fax machine that answers, or calls."""
        tones = ced_samples(random.uniform(2.6, 4)) if random.random() < 0.7 else cng_samples(30)
        return np.concatenate([silence(random.uniform(0.2, 2)), tones, silence(0.075), self.modem(random)])

    def modem(self, random: Random) -> Samples:
        """Frequency shift keying at 300 bauds, between two tones of a modem."""
        low, high = random.choice([(1650, 1850), (980, 1180), (1070, 1270), (1200, 2200)])
        symbol = SAMPLE_RATE // 300
        bits = [random.getrandbits(1) for _ in range(300 * 6)]
        hertz = np.repeat([high if bit else low for bit in bits], symbol)
        return at_level(np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE), random.uniform(-30, -10))

    def nothing(self, random: Random) -> Samples:
        """Somebody listens, and says nothing."""
        return silence(random.uniform(1, 40))


def _passed(hertz: float, centre: float, width: float) -> float:
    """How much of a wave of this frequency a resonance passes, against one of none."""
    return float(centre**2 / np.hypot(centre**2 - hertz**2, width * hertz))
