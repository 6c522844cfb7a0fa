"""What is said in Vietnamese to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

HEARING: Final[dict[str, CatalogueEntry]] = {
    "message-menu": "Để nghe lại, xin bấm phím 1. Để giữ lại, xin bấm phím 2. Để xóa, xin bấm phím 3.",
    "mailbox-menu": (
        "Để nghe lời nhắn mới, xin bấm phím 1. Để nghe lời nhắn đã lưu, xin bấm phím 2. Để thay đổi lời chào, xin bấm "
        "phím 3. Để ghi âm tên của bạn, xin bấm phím 4. Để thay đổi lời chào cho chế độ không làm phiền, xin bấm phím "
        "5. Để bật hoặc tắt chế độ này, xin bấm phím 6. Để chuyển tiếp cuộc gọi, xin bấm phím 7."
    ),
}
