"""What is said in Vietnamese to who puts somebody on hold, parks, picks up, or is called besides."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

TELEPHONE: Final[dict[str, CatalogueEntry]] = {
    # To a caller who has been on hold, or parked, for some time
    "still-on-hold": (
        "Cảm ơn quý khách đã chờ. Cuộc gọi vẫn đang được giữ. Nếu muốn để lại lời nhắn cho {name}, xin bấm phím thăng. "
        "Nếu không, xin quý khách giữ máy."
    ),
    "still-on-hold-for-somebody": (
        "Cảm ơn quý khách đã chờ. Cuộc gọi vẫn đang được giữ. Nếu muốn để lại lời nhắn, xin bấm phím thăng. Nếu không, "
        "xin quý khách giữ máy."
    ),
    # A call that comes back to whoever transferred or parked it
    "did-not-answer": "{name} không trả lời.",
    "parked-call-is-back": "Không có ai nhận cuộc gọi mà bạn đã gửi vào chỗ chờ.",
    # Parking
    "parked-in-place": "Chỗ chờ số {place} đang giữ cuộc gọi.",
    "all-places-taken": "Mọi chỗ chờ đều đã có cuộc gọi. Cuộc gọi này vẫn đang được giữ.",
    "nobody-to-park": "Không có cuộc gọi nào đang được giữ để gửi vào chỗ chờ.",
    "enter-parking-place": "Xin bấm số của chỗ chờ.",
    "nobody-parked-there": "Không có cuộc gọi nào ở chỗ chờ đó.",
    # Picking up
    "nothing-to-pick-up": "Không có điện thoại nào đang đổ chuông mà bạn có thể trả lời.",
    "enter-extension-to-pick-up": "Xin bấm số máy lẻ của điện thoại đang đổ chuông.",
}
