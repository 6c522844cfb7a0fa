import numpy as np
import pytest

from appliance.prompts.sound import SPEECH_DBM0, active_level_dbm0, clip_of
from hw.audio import Samples, level_dbm0, seconds_of, sine_peak

RATE = 22050


def tone(seconds: float, dbm0: float = -10.0, hertz: float = 500.0, rate: int = 8000) -> Samples:
    at = np.arange(round(seconds * rate)) / rate
    return (sine_peak(dbm0) * np.sin(2 * np.pi * hertz * at)).astype(np.int16)


def quiet(seconds: float, rate: int = 8000) -> Samples:
    return np.zeros(round(seconds * rate), dtype=np.int16)


@pytest.mark.parametrize("dbm0", [-3.0, -18.0, -40.0])
def test_the_active_level_of_a_steady_tone_is_its_level(dbm0: float) -> None:
    assert active_level_dbm0(tone(1.0, dbm0)) == pytest.approx(dbm0, abs=0.1)


def test_long_pauses_do_not_count_in_the_active_level() -> None:
    speech = np.concatenate([quiet(2.0), tone(2.0), quiet(2.0), tone(2.0), quiet(2.0)])
    assert level_dbm0(speech) == pytest.approx(-14.0, abs=0.1)
    assert active_level_dbm0(speech) == pytest.approx(-10.4, abs=0.2)  # the hangover of 200 ms counts twice


def test_pauses_as_short_as_between_syllables_count_in_the_active_level() -> None:
    speech = np.concatenate([tone(0.1), quiet(0.1)] * 10)
    assert active_level_dbm0(speech) == pytest.approx(-13.0, abs=0.2)


def test_silence_has_no_active_level() -> None:
    assert active_level_dbm0(quiet(1.0)) == -96.0
    assert active_level_dbm0(quiet(0.0)) == -96.0


@pytest.mark.parametrize("dbm0", [-40.0, -10.0, 3.0])
def test_a_clip_is_at_the_speech_level_whatever_the_voice_gave(dbm0: float) -> None:
    clip = clip_of([tone(1.0, dbm0, rate=RATE)], RATE)
    assert active_level_dbm0(clip) == pytest.approx(SPEECH_DBM0, abs=0.1)


def test_a_clip_with_high_peaks_stays_quieter_and_is_never_clipped() -> None:
    clicks = tone(1.0, -30.0, rate=RATE)
    clicks[4000:20000:2000] = 32000
    clip = clip_of([clicks], RATE)
    assert active_level_dbm0(clip) < SPEECH_DBM0
    assert int(np.abs(clip.astype(np.int32)).max()) == pytest.approx(32767 * 10 ** (-1 / 20), abs=2)


def test_silence_around_speech_is_cut_to_a_short_edge() -> None:
    clip = clip_of([np.concatenate([quiet(1.0, RATE), tone(0.5, rate=RATE), quiet(0.7, RATE)])], RATE)
    assert seconds_of(clip) == pytest.approx(0.54, abs=0.02)
    assert abs(int(clip[0])) < 5
    assert abs(int(clip[-1])) < 5


def test_a_long_pause_inside_a_sentence_is_shortened_and_a_short_one_kept() -> None:
    def paused(seconds: float) -> Samples:
        return clip_of([np.concatenate([tone(0.5, rate=RATE), quiet(seconds, RATE), tone(0.5, rate=RATE)])], RATE)

    assert seconds_of(paused(1.0)) == pytest.approx(1.22, abs=0.03)
    assert seconds_of(paused(0.15)) == pytest.approx(1.15, abs=0.03)


def test_sentences_of_one_clip_are_220_ms_apart() -> None:
    sentence = np.concatenate([tone(0.5, rate=RATE), quiet(0.4, RATE)])
    assert seconds_of(clip_of([sentence, sentence], RATE)) == pytest.approx(2 * 0.54 + 0.22, abs=0.03)


def test_direct_current_and_what_the_telephone_cannot_carry_are_removed() -> None:
    wanted = tone(1.0, -15.0, rate=RATE)
    clip = clip_of([wanted + 3000 + tone(1.0, -5.0, 40.0, RATE) + tone(1.0, -5.0, 3950.0, RATE)], RATE)
    spectrum = np.abs(np.fft.rfft(clip[800:-800].astype(np.float64)))
    hertz = np.fft.rfftfreq(len(clip) - 1600, 1 / 8000)
    loudest = spectrum.max()
    assert spectrum[hertz < 60].max() < loudest / 100
    assert spectrum[hertz > 3900].max() < loudest / 100
    assert hertz[spectrum.argmax()] == pytest.approx(500, abs=2)


def test_a_text_without_sound_becomes_20_ms_of_silence() -> None:
    assert not clip_of([], RATE).any()
    assert not clip_of([quiet(1.0, RATE)], RATE).any()
    assert len(clip_of([quiet(0.0, RATE)], RATE)) == 160


def test_a_click_of_a_few_samples_is_still_a_clip() -> None:
    assert 0 < len(clip_of([np.full(20, 9000, dtype=np.int16)], RATE)) < 1000
