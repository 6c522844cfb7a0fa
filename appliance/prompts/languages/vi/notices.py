"""What is said in Vietnamese of messages and lost callers, by calls and in mailboxes."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

NOTICES: Final[dict[str, CatalogueEntry]] = {
    # Callers who got nobody
    "lost-callers-none": "Mọi người gọi đến đều đã gặp được ai đó.",
    "lost-callers": "Có {count} người đã gọi mà không gặp được ai.",
    "lost-callers-besides": "Và có {count} người đã gọi mà không để lại lời nhắn.",
    "new-faxes-besides": "Và có {count} bản fax mới.",
    "lost-caller-number": "Số {number} đã gọi {when}.",
    "lost-caller-private": "Một số ẩn đã gọi {when}.",
    "lost-caller-unknown": "Một số không xác định đã gọi {when}.",
    "lost-caller-often": "Tất cả là {count} cuộc gọi.",
    "lost-caller-asks": "Họ muốn được gọi lại.",
    "lost-caller-menu": (
        "Để gọi lại, xin bấm phím 1. Nếu việc này đã xong, xin bấm phím 2. Để nghe cuộc gọi tiếp theo, xin bấm phím 3."
    ),
    "lost-caller-menu-no-number": "Nếu việc này đã xong, xin bấm phím 2. Để nghe cuộc gọi tiếp theo, xin bấm phím 3.",
    "lost-caller-done": "Đã xong.",
    "lost-callers-no-more": "Đó là tất cả.",
    # The call about a message
    "message-call": "Xin chào. Đây là hộp thư thoại của {name}. Có một lời nhắn mới.",
    "web-wish": "Xin chào. Đây là {name}. Trên trang web của chúng tôi, bạn đã nhờ gọi "
    "lại. Để nói chuyện với chúng tôi, hãy nhấn phím 1.",
}
