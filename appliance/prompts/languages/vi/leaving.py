"""What is said in Vietnamese to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    # In a greeting
    "closed-mailbox": "Văn phòng hiện đã đóng cửa. Quý khách đã gọi đến hộp thư thoại của {name}.",
    "for-person-press-zero": "Để gặp {name}, xin bấm phím 0.",
    "for-call-back-press-nine": "Để được gọi lại, xin bấm phím 9.",
    "dial-another-extension": "Để gặp người khác, xin bấm số máy lẻ ngay bây giờ.",
    # To be called back
    "call-back-at": (
        "Chúng tôi có thể gọi lại cho quý khách theo số {number}. Nếu đúng, xin bấm phím 1. Để cho số khác, xin bấm "
        "phím 2."
    ),
    "call-back-booked": "Cảm ơn quý khách. Chúng tôi sẽ gọi lại.",
    "call-back-without-number": "Xin lỗi, chúng tôi không nhận được số nào. Xin quý khách để lại lời nhắn.",
    "call-back-not-noted": "Xin lỗi, không thể ghi nhận. Xin quý khách để lại lời nhắn.",
    # After a message
    "review-menu": (
        "Để lưu lời nhắn, xin bấm phím 1. Để nghe lại, xin bấm phím 2. Để ghi âm lại, xin bấm phím 3. Để nói thêm, xin "
        "bấm phím 4. Để đánh dấu khẩn, xin bấm phím 5. Để đánh dấu riêng tư, xin bấm phím 6. Để hủy, xin bấm phím sao."
    ),
    "go-on-after-tone": "Xin nói tiếp sau tiếng bíp.",
    "marked-urgent": "Lời nhắn của quý khách được đánh dấu khẩn.",
    "marked-urgent-no-more": "Lời nhắn của quý khách không còn được đánh dấu khẩn.",
    "marked-private": "Lời nhắn của quý khách được đánh dấu riêng tư.",
    "marked-private-no-more": "Lời nhắn của quý khách không còn được đánh dấu riêng tư.",
    "message-cancelled": "Lời nhắn của quý khách đã được hủy. Không có gì được lưu.",
    "message-as-long-as-it-may-be": "Lời nhắn của quý khách đã đạt độ dài tối đa. Lời nhắn đã được lưu.",
    # The greetings of a mailbox
    "greetings-menu": (
        "Cho lời chào thông thường, xin bấm phím 1. Cho lời chào của chế độ không làm phiền, xin bấm phím 2. Cho lời "
        "chào khi bạn đang nghe điện thoại, xin bấm phím 3. Cho lời chào khi văn phòng đóng cửa, xin bấm phím 4. Cho "
        "lời chào tạm thời, xin bấm phím 5. Cho tên của bạn, xin bấm phím 6. Để quay lại, xin bấm phím sao."
    ),
    "department-greetings-menu": (
        "Cho lời chào thông thường, xin bấm phím 1. Cho lời chào khi văn phòng đóng cửa, xin bấm phím 4. Cho lời chào "
        "tạm thời, xin bấm phím 5. Để quay lại, xin bấm phím sao."
    ),
    "busy-greeting-menu": (
        "Để nghe lời chào khi bạn đang nghe điện thoại, xin bấm phím 1. Để ghi âm, xin bấm phím 2. Để xóa, xin bấm "
        "phím 3. Để quay lại, xin bấm phím sao."
    ),
    "no-busy-greeting": "Bạn chưa ghi âm lời chào khi bạn đang nghe điện thoại.",
    "record-busy-greeting-after-tone": (
        "Bạn có thể ghi âm lời chào khi bạn đang nghe điện thoại sau tiếng bíp. Khi nói xong, xin bấm phím thăng."
    ),
    "closed-greeting-menu": (
        "Để nghe lời chào khi văn phòng đóng cửa, xin bấm phím 1. Để ghi âm, xin bấm phím 2. Để xóa, xin bấm phím 3. "
        "Để quay lại, xin bấm phím sao."
    ),
    "no-closed-greeting": "Bạn chưa ghi âm lời chào khi văn phòng đóng cửa.",
    "record-closed-greeting-after-tone": (
        "Bạn có thể ghi âm lời chào khi văn phòng đóng cửa sau tiếng bíp. Khi nói xong, xin bấm phím thăng."
    ),
    "temporary-greeting-menu": (
        "Để nghe lời chào tạm thời, xin bấm phím 1. Để ghi âm, xin bấm phím 2. Để kết thúc, xin bấm phím 3. Để quay "
        "lại, xin bấm phím sao."
    ),
    "no-temporary-greeting": "Hiện không có lời chào tạm thời.",
    "record-temporary-greeting-after-tone": (
        "Bạn có thể ghi âm lời chào tạm thời sau tiếng bíp. Khi nói xong, xin bấm phím thăng."
    ),
    "temporary-greeting-days": (
        "Người gọi đến sẽ nghe lời chào này trong bao nhiêu ngày, tính cả hôm nay? Xin bấm số ngày, sau đó bấm phím "
        "thăng."
    ),
    "temporary-greeting-until": "Lời chào tạm thời của bạn kết thúc {when}.",
    "temporary-greeting-over": "Lời chào tạm thời đã kết thúc. Người gọi đến lại nghe các lời chào khác của bạn.",
}
