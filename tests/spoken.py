"""Speaks beforehand what the tests' callers hear, on all cores: `python -m tests.spoken`, a step of `make test`.

A test speaks for itself what it does not find. Where all begin with nothing spoken, each process of the tests would
wait for the voice of another, or speak the same as another.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import tests.conftest
from appliance.office.phrase import Sayable
from appliance.prompts.language import Language
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.prompts.synthesis import Synthesis
from appliance.prompts.voice import espeak_voice
from appliance.prompts.wording import fixed_texts, free_texts
from appliance.scenario.environment import sayables
from appliance.scenario.play import read_scenario

assert tests.conftest  # Importing it sets where the tests' clips are kept.
SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.scenario"))


def main() -> None:
    """Speak every fixed clip in English in the best voice, and every word of every scenario in the quickest."""
    default_cache().mkdir(parents=True, exist_ok=True)
    english = language("en")
    speak(PromptLibrary(default_cache()), english, fixed_texts(english))
    said: dict[str, list[Sayable]] = {}
    for scenario in map(read_scenario, SCENARIOS):
        for code in scenario.office.languages:
            said.setdefault(code, []).extend(sayables(scenario))
    for code, words in said.items():
        quick = PromptLibrary(default_cache(), espeak_voice)
        speak(quick, language(code), [*fixed_texts(language(code)), *free_texts(words)])


def speak(library: PromptLibrary, spoken: Language, texts: Iterable[str]) -> None:
    """Speak what the cache lacks of these texts, with one process of the voice for each core."""
    paths = {text: library.path(spoken, text) for text in dict.fromkeys(texts)}
    missing = [(text, path) for text, path in paths.items() if not path.exists()]
    cores = os.cpu_count() or 1
    parts = [dict(missing[part::cores]) for part in range(cores)]

    def one(part: dict[str, Path]) -> None:
        for _ in Synthesis(spoken, library.voice(spoken)).run(part):
            pass

    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(one, filter(None, parts)))


if __name__ == "__main__":
    main()
