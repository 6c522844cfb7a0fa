"""What is said in Vietnamese to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    "review-menu": "Để lưu lời nhắn, xin bấm phím 1. Để nghe lại, xin bấm phím 2. Để ghi âm lại, xin bấm phím 3.",
}
