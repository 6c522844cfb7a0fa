"""What stands in Vietnamese on the printed card of what is dialled. A code's sentence has the name of its field."""

from __future__ import annotations

from typing import Final

CARD: Final[dict[str, str]] = {
    "title": "Gọi điện tại {office}",
    "first": "Trước hết",
    "calling": "Gọi đi",
    "taking": "Nhận cuộc gọi",
    "being-called": "Khi có người gọi bạn",
    "messages": "Lời nhắn",
    "managers": "Cho người quản lý",
    "departments": "Bộ phận",
    "people": "Nhân viên",
    "emergency": "Gọi khẩn cấp, từ mọi điện thoại, kể cả máy bị khóa.",
    "outside-before": "Bấm thêm {outside} phía trước cũng được.",
    "outside-line": "Gọi ra ngoài: bấm tiếp số cần gọi.",
    "operator": "Tổng đài viên.",
    "hear-messages": "Nghe lời nhắn của bạn. Bấm số máy lẻ của bạn cũng vậy.",
    "without-star": (
        "Điện thoại quay số không có phím sao. Hãy quay {instead} thay cho phím sao: {dialled} thay cho {code}."
    ),
}

CODES: Final[dict[str, str]] = {
    "without_waiting": "Gọi mà không bị cuộc gọi chờ làm phiền: bấm tiếp số cần gọi.",
    "last_number": "Gọi lại số vừa gọi.",
    "call_return": "Nghe ai gọi gần nhất và lúc nào, và gọi lại bằng một phím.",
    "who_called": "Nghe ai gọi gần nhất và lúc nào.",
    "speed": "Số gọi nhanh: bấm tiếp một chữ số cho số của bạn, hai chữ số cho số của văn phòng.",
    "set_speed": "Lưu một số gọi nhanh của bạn.",
    "redial": "Sau khi số bận: cả hai điện thoại đổ chuông khi số đó rảnh.",
    "redial_no_more": "Không chờ số bận nữa.",
    "page": "Nói ra mọi điện thoại, hoặc ra nhóm có số bạn bấm tiếp.",
    "conference": "Vào hội nghị: bấm tiếp số của hội nghị.",
    "account": "Gọi cho một tài khoản: bấm tiếp mã tài khoản, rồi số cần gọi.",
    "park": "Gửi cuộc gọi vào chỗ chờ: bấm phím flash, rồi bấm mã này. Bạn sẽ nghe số chỗ chờ.",
    "take_parked": "Lấy cuộc gọi từ chỗ chờ: bấm tiếp số chỗ chờ.",
    "fax": "Máy fax gọi đến: bấm phím flash, rồi bấm mã này. Bản fax sẽ được nhận.",
    "pick_up": "Trả lời điện thoại đang đổ chuông gần bạn.",
    "pick_up_from": "Trả lời điện thoại của người khác: bấm tiếp số máy lẻ.",
    "do_not_disturb": "Bật chế độ không làm phiền.",
    "disturb": "Tắt chế độ không làm phiền.",
    "forward": "Chuyển tiếp cuộc gọi của bạn.",
    "forward_no_more": "Ngừng chuyển tiếp cuộc gọi.",
    "come": "Bạn đang ở văn phòng.",
    "leave": "Bạn vắng mặt.",
    "departments": "Nhận hoặc không nhận cuộc gọi của một bộ phận.",
    "block_last": "Chặn người gọi gần nhất.",
    "wake_up": "Đặt cuộc gọi báo thức, hoặc hủy.",
    "log_in": "Dùng điện thoại này như máy của bạn, với số máy lẻ và mã pin.",
    "log_out": "Trả lại điện thoại.",
    "lock": "Khóa điện thoại.",
    "unlock": "Mở khóa điện thoại bằng mã pin.",
    "lost_callers": "Nghe ai đã gọi mà không gặp được ai, và gọi lại bằng một phím.",
    "night_mode": "Đóng hoặc mở cửa văn phòng, hoặc theo giờ làm việc.",
    "record_prompts": "Ghi âm những gì người gọi đến nghe.",
    "announcement": "Ghi âm lời thông báo mọi người nghe trước tiên, bật hoặc tắt nó.",
    "emergency_test": "Thử cuộc gọi khẩn cấp: chỉ người cần biết được gọi.",
    "listen_in": "Cho tổng đài viên: nghe một cuộc gọi khẩn cấp.",
    "spoken_code": "Nghe mã mà trang cài đặt hỏi.",
    "address": "Nghe địa chỉ của thiết bị trong mạng.",
    "version": "Nghe phiên bản của chương trình.",
}
