"""What is written in Vietnamese: the subject and the text of each letter, by its kind.

A blank that a letter has no fact for stays empty, and a line of which nothing but empty blanks would be left is left
out. Words of the fields `when` and `sound` are entries of their own.
"""

from __future__ import annotations

from typing import Final

LETTERS: Final[dict[str, str]] = {
    "message-subject": "Lời nhắn mới từ {caller}",
    "message-text": (
        "{name}, bạn có một lời nhắn mới.\n\nTừ: {caller}\nNhận lúc: {when}\nĐộ dài: {length}\nHộp thư thoại: "
        "{mailbox}\n\n{words}\n{mark}\n{sound}\n\n"
        "Máy đã ghi lại lời nhắn và có thể nghe nhầm. Máy chắc chắn {sure} phần trăm:\n{text}"
    ),
    "written-subject": "Lời nhắn cho bạn từ {caller}",
    "written-text": (
        "{name}, văn phòng đã nhận một lời nhắn cho bạn.\n\n"
        "Từ: {caller}\nNhận lúc: {when}\nHộp thư thoại: {mailbox}\n\n{mark}\n\n{words}"
    ),
    "new-fax-subject": "Bản fax mới từ {caller}",
    "new-fax-text": (
        "Có bản fax mới.\n\n"
        "Từ: {caller}\nMáy fax: {identity}\nNhận lúc: {when}\nSố trang: {pages}\nGửi cho: {mailbox}"
        "\n\n{incomplete}\n{sound}"
    ),
    "fax-incomplete": "Bản fax bị ngắt giữa chừng: có thể thiếu trang.",
    "fax-attached": "Bản fax được đính kèm.",
    "fax-too-large": "Bản fax quá lớn để đính kèm. Bạn xem bản fax trên trang của hệ thống điện thoại.",
    "fax-not-attached": "Bạn xem bản fax trên trang của hệ thống điện thoại.",
    "urgent": "Lời nhắn được đánh dấu khẩn.",
    "private": "Lời nhắn được đánh dấu riêng tư. Để nghe, xin gọi hộp thư thoại của bạn.",
    "attached": "Lời nhắn được đính kèm.",
    "too-large": "Lời nhắn quá dài để đính kèm. Để nghe, xin gọi hộp thư thoại của bạn.",
    "not-attached": "Để nghe, xin gọi hộp thư thoại của bạn.",
    "unknown-caller": "một số không xác định",
    "private-caller": "một số ẩn",
    "lost-caller-subject": "Gọi mà không gặp được ai: {caller}",
    "lost-caller-text": (
        "{name}, có người đã gọi và gác máy mà không nói chuyện được với ai.\n\nTừ: {caller}\nGọi lúc: {when}\nĐến "
        "đâu: {got_to}\n\n{asks}"
    ),
    "asks": "Họ muốn được gọi lại.",
    "emergency-subject": "Cuộc gọi khẩn cấp từ {telephone}",
    "emergency-text": (
        "Đang có một cuộc gọi khẩn cấp.\n\nSố: {number}\nĐiện thoại: {telephone}\nNơi: {place}\nLúc: {when}"
    ),
    "first-abroad-subject": "Cuộc gọi đầu tiên ra nước ngoài vào ban đêm",
    "first-abroad-text": (
        "Lần đầu tiên có cuộc gọi ra nước ngoài vào ban đêm. Nếu không ai ở văn phòng biết việc này, xin khóa điện "
        "thoại.\n\nSố: {number}\nĐiện thoại: {telephone}\nNgười gọi: {who}\nLúc: {when}"
    ),
    "limit-reached-subject": "Đã đạt giới hạn cuộc gọi ra ngoài",
    "limit-reached-text": (
        "Tạm thời không có thêm cuộc gọi ra ngoài. Cuộc gọi khẩn cấp luôn gọi được.\n\nGiới hạn: {limit}\nĐiện thoại: "
        "{telephone}\nNgười gọi: {who}\nLúc: {when}"
    ),
    "fault-subject": "Copperdesk: có điều không ổn",
    "fault-text": "Hệ thống điện thoại của {office} báo lỗi.\n\nLỗi: {fault}\nLúc: {when}",
    "password-reset-subject": "Một mật khẩu đã được đặt lại",
    "password-reset-text": (
        "Một mật khẩu mới đã được đặt cho trang của hệ thống điện thoại {office}, bằng mã do một máy "
        "điện thoại đọc và nhãn trên thiết bị. Nếu không ai trong văn phòng làm việc đó, hãy báo ngay "
        "cho người phụ trách hệ thống.\n"
        "\n"
        "Tài khoản: {account}\n"
        "Lúc: {when}"
    ),
    "test-subject": "Copperdesk: thử",
    "test-text": "Nếu bạn đọc được thư này, thư của hệ thống điện thoại {office} đã đến nơi.",
    "fax-sent-subject": "Fax của bạn đến {number} đã được gửi đến nơi",
    "fax-sent-text": (
        "Fax đã được gửi đến nơi: máy bên kia đã xác nhận mọi trang.\n\n"
        "Gửi đến: {to}\nSố: {number}\nNội dung: {what}\nSố trang: {pages}\nLúc: {when}\nLý do: {reason}\n\n{proof}"
    ),
    "fax-not-sent-subject": "Fax của bạn đến {number} chưa được gửi đến nơi",
    "fax-not-sent-text": (
        "Fax không được thử gửi nữa.\n\n"
        "Gửi đến: {to}\nSố: {number}\nNội dung: {what}\nSố trang: {pages}\nLúc: {when}\nLý do: {reason}\n\n{proof}"
    ),
    "fax-proof-attached": "Giấy xác nhận được đính kèm.",
    "fax-cover": (
        "Fax\n{office}\n\n"
        "Gửi đến: {to}\nSố fax: {number}\nTừ: {from}\nNgày: {date}\nSố trang, kể cả trang này: {pages}\n\n{note}"
    ),
    "fax-page": "trang {n} trên {m}",
    "fax-delivered": "Fax đã được gửi đến nơi",
    "fax-unsure": "Fax: mọi trang đã được xác nhận, phần kết thúc thì chưa",
    "fax-not-delivered": "Fax chưa được gửi đến nơi",
    "fax-number": "Số",
    "fax-to": "Gửi đến",
    "fax-answered-as": "Máy bên kia",
    "fax-from": "Từ",
    "fax-what": "Nội dung",
    "fax-pages": "Số trang được xác nhận",
    "fax-queued": "Nhận vào lúc",
    "fax-began": "Cuộc gọi cuối bắt đầu",
    "fax-ended": "Kết thúc",
    "fax-tries": "Số cuộc gọi",
    "fax-speed": "Tốc độ",
    "fax-id": "Mã",
}
