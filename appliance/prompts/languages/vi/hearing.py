"""What is said in Vietnamese to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

HEARING: Final[dict[str, CatalogueEntry]] = {
    # Coming into a mailbox
    "try-again-in": "Xin lỗi, mã pin đã bị nhập sai quá nhiều lần. Xin thử lại sau {count:seconds}.",
    "urgent-among-them": "Có {count} lời nhắn khẩn.",
    "mailbox-nearly-full": "Hộp thư thoại của bạn sắp đầy. Còn chỗ cho {count} lời nhắn nữa.",
    "own-mailbox-full": "Hộp thư thoại của bạn đã đầy. Không ai có thể để lại lời nhắn cho đến khi bạn xóa bớt.",
    "heard-are-deleted": "Lời nhắn đã nghe được xóa sau {count} ngày.",
    # The menu of a mailbox
    "mailbox-menu": (
        "Để nghe lời nhắn mới, xin bấm phím 1. Để nghe lời nhắn đã lưu, xin bấm phím 2. Để nghe mọi lựa chọn, xin bấm "
        "phím 0."
    ),
    "choice-greetings": "Để thay đổi các lời chào, xin bấm phím 3.",
    "choice-greetings-and-name": "Để thay đổi lời chào hoặc tên của bạn, xin bấm phím 3.",
    "choice-do-not-disturb": "Để bật hoặc tắt chế độ không làm phiền, xin bấm phím 6.",
    "choice-forwarding": "Để chuyển tiếp cuộc gọi, xin bấm phím 7.",
    "choice-send": "Để gửi lời nhắn cho ai đó ở văn phòng, xin bấm phím 8.",
    "choice-lost-callers": "Để nghe ai đã gọi mà không để lại lời nhắn, xin bấm phím 9.",
    "choice-deleted": "Để nghe những gì bạn đã xóa trong cuộc gọi này, xin bấm phím thăng.",
    "nothing-deleted": "Bạn chưa xóa lời nhắn nào trong cuộc gọi này.",
    # A message
    "urgent-message-number": "Lời nhắn khẩn số {count},",
    "deleted-message-number": "Lời nhắn đã xóa số {count},",
    "forwarded-by": "Do {name} chuyển tiếp.",
    "message-is-private": "Lời nhắn này là riêng tư.",
    "heard-by": "{name} đã nghe {when}.",
    "heard-by-name": "{name} đã nghe.",
    "message-ends": "Lời nhắn sẽ được xóa {when}.",
    "message-menu": (
        "Để nghe lại, xin bấm phím 1. Để giữ lại, xin bấm phím 2. Để xóa, xin bấm phím 3. Để nghe thêm lựa chọn, xin "
        "bấm phím 0."
    ),
    "deleted-message-menu": (
        "Để nghe lại, xin bấm phím 1. Để khôi phục, xin bấm phím 2. Để nghe lời nhắn tiếp theo, xin bấm phím thăng."
    ),
    "message-choices": (
        "Để trả lời lời nhắn này, xin bấm phím 1. Để chuyển tiếp, xin bấm phím 2. Để đánh dấu là mới, xin bấm phím 3. "
        "Để biết các phím khi nghe, xin bấm phím 4. Để quay lại, xin bấm phím sao."
    ),
    "listening-keys": (
        "Trong khi nghe, xin bấm phím 4 để lùi lại năm giây. Xin bấm phím 6 để đi tới. Xin bấm phím 5 để tạm dừng. Xin "
        "bấm phím 7 để nghe chậm hơn. Xin bấm phím 9 để nghe nhanh hơn. Xin bấm phím 8 để nghe ai đã để lại và lúc "
        "nào. Để nghe lời nhắn tiếp theo, xin bấm phím thăng. Để nghe lời nhắn trước, xin bấm phím 1 rồi bấm phím 1 "
        "lần nữa."
    ),
    "paused": "Tạm dừng. Để nghe tiếp, xin bấm phím 5.",
    "marked-new": "Lời nhắn này lại là lời nhắn mới.",
    "brought-back": "Lời nhắn đã được khôi phục.",
    "deleted-elsewhere": "Người khác vừa xóa lời nhắn này.",
    # Answering a message
    "answer-menu": (
        "Để gọi lại, xin bấm phím 1. Để gửi lời nhắn cho {name}, xin bấm phím 2. Để quay lại, xin bấm phím sao."
    ),
    "call-back-menu": "Để gọi lại, xin bấm phím 1. Để quay lại, xin bấm phím sao.",
    "no-number-to-answer": "Lời nhắn này không có số, nên không thể trả lời.",
    "may-not-call-back": "Xin lỗi, không thể gọi số này từ đây.",
    # Sending and forwarding a message
    "record-introduction": (
        "Bạn có thể ghi âm lời giới thiệu sau tiếng bíp. Khi nói xong, xin bấm phím thăng. Để chuyển tiếp không có lời "
        "giới thiệu, xin chỉ bấm phím thăng."
    ),
    "private-not-forwarded": "Lời nhắn này là riêng tư, nên không thể chuyển tiếp.",
    "send-review-menu": (
        "Để gửi lời nhắn, xin bấm phím 1. Để nghe lại, xin bấm phím 2. Để ghi âm lại, xin bấm phím 3. Để hủy, xin bấm "
        "phím sao."
    ),
    "enter-recipient": "Ai sẽ nhận lời nhắn? Xin bấm số máy lẻ. Để hủy, xin bấm phím sao.",
    "everybody-gets-it": "Để gửi cho mọi người ở văn phòng, xin bấm phím 0.",
    "recipient-added": "{name}. Xin bấm thêm một số máy lẻ, hoặc bấm phím thăng để gửi.",
    "no-such-recipient": "Xin lỗi, không có hộp thư thoại nào mang số máy lẻ này.",
    "recipients-mailbox-full": "Hộp thư thoại của {name} đã đầy. Lời nhắn không được gửi tới đó.",
    "message-sent": "Lời nhắn của bạn đã được gửi tới {count} hộp thư thoại.",
    "message-not-sent": "Không có gì được gửi.",
    "days-until-deleted": (
        "Sau bao nhiêu ngày thì xóa, nếu chưa ai nghe? Xin bấm số ngày, sau đó bấm phím thăng. Để giữ lại, xin chỉ bấm "
        "phím thăng."
    ),
}
