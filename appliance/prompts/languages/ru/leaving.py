"""What is said in Russian to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    "review-menu": (
        "Чтобы сохранить сообщение, нажмите 1. Чтобы прослушать его, нажмите 2. Чтобы записать его заново, нажмите 3."
    ),
}
