"""What is said in Vietnamese by the codes that a telephone dials: numbers, pages, wake-up calls, conferences, help."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

FEATURES: Final[dict[str, CatalogueEntry]] = {
    # The number dialled last, and who called
    "nothing-dialled": "Điện thoại này chưa gọi số nào bên ngoài.",
    "nobody-called": "Chưa có ai gọi đến đây.",
    "last-caller-name": "Cuộc gọi gần nhất từ {name}.",
    "last-caller-private": "Cuộc gọi gần nhất từ một số ẩn.",
    "last-caller-unknown": "Không biết số của cuộc gọi gần nhất.",
    "called-at": "Cuộc gọi đến {when}.",
    "call-last-back-menu": "Để gọi lại, xin bấm phím 1.",
    "cannot-call-back": "Xin lỗi, không thể gọi lại cho cuộc gọi này.",
    # Speed numbers
    "no-speed-number": "Chưa có số nào được lưu ở đó.",
    "enter-speed-key": "Xin bấm chữ số cho số gọi nhanh của bạn.",
    "enter-speed-number": (
        "Xin bấm số điện thoại như khi gọi ở văn phòng, sau đó bấm phím thăng. Để xóa số đã lưu, xin chỉ bấm phím "
        "thăng."
    ),
    "speed-stored": "Số gọi nhanh {key} của bạn bây giờ là {number}.",
    "speed-removed": "Số gọi nhanh {key} của bạn đã được xóa.",
    "speed-refused": "Xin lỗi, không thể lưu số này.",
    # A busy number or colleague is called again
    "redial-number": "Điện thoại của bạn sẽ đổ chuông ngay khi số {number} rảnh. Bây giờ bạn có thể gác máy.",
    "redial-name": "Điện thoại của bạn sẽ đổ chuông ngay khi {name} rảnh. Bây giờ bạn có thể gác máy.",
    "redial-impossible": "Xin lỗi, không có số nào để thử gọi lại cho bạn.",
    "redial-ended": "Hệ thống không thử gọi nữa. Điện thoại của bạn sẽ không đổ chuông vì việc này nữa.",
    "redial-none": "Hệ thống không thử gọi số nào cho bạn.",
    "busy-again": "{name} lại đang bận nghe điện thoại. Hệ thống vẫn tiếp tục gọi.",
    "redial-gone": "Xin lỗi, bên kia vừa gác máy.",
    # The same, to whoever answers outside before the telephone here is lifted
    "hold-for-call": "Xin chào. Xin quý khách giữ máy, có người muốn nói chuyện với quý khách.",
    "call-not-taken": "Xin lỗi, hiện không có ai có thể nói chuyện với quý khách. Xin tạm biệt.",
    # Pages
    "no-such-group": "Xin lỗi, không có nhóm nào mang số này.",
    "page-nobody": "Xin lỗi, không có ai đang nghe.",
    # Wake-up calls
    "enter-wake-up-time": "Xin bấm giờ báo thức của bạn bằng bốn chữ số. Hai chữ số đầu là giờ, từ 0 đến 23.",
    "wake-up-set": "Điện thoại của bạn sẽ đổ chuông {when}.",
    "wake-up-menu": "Để hủy báo thức này, xin bấm phím 1. Để đặt giờ khác, xin bấm phím 2.",
    "wake-up-ended": "Đã hủy báo thức của bạn.",
    "wake-up": "Xin chào. Đây là cuộc gọi báo thức của bạn {when}.",
    # Conferences
    "enter-conference": "Xin bấm chữ số của hội nghị.",
    "conference-first": "Bạn là người đầu tiên ở đây. Xin giữ máy cho đến khi có người vào.",
    "conference-alone": "Mọi người khác đã rời đi. Xin giữ máy, hoặc gác máy.",
    "conference-joined": "{name} đã vào.",
    "conference-full": "Xin lỗi, hội nghị này đã đủ người.",
    # Whoever answers for the office listens to a call, to those who talk
    "somebody-listens": "Từ bây giờ có người ở văn phòng đang nghe cuộc gọi này.",
    # Emergency calls, to people in the office
    "emergency-called": "Có người đã gọi số {number} để cầu cứu. Điện thoại là {name}.",
    "emergency-place": "Nơi gọi là {place}.",
    "listen-menu": "Để nghe cuộc gọi, xin bấm phím 1.",
    "listening-in": "Bây giờ bạn sẽ nghe cuộc gọi. Không ai nghe thấy bạn.",
    "emergency-over": "Cuộc gọi đó đã kết thúc.",
    "no-emergency-call": "Hiện không có cuộc gọi khẩn cấp nào.",
    "operators-only": "Xin lỗi, chỉ tổng đài viên mới có thể làm việc này.",
    "emergency-test-only": "Đây chỉ là một lần thử.",
    "emergency-test": "Đây là lần thử cuộc gọi khẩn cấp. Không ai bên ngoài được gọi. Xin giữ máy.",
    "emergency-test-told": "{name} đã được báo tin.",
    "emergency-test-nobody": "Không có ai trả lời. Xin kiểm tra ai được báo tin về cuộc gọi khẩn cấp.",
    # Setting the unit up at its local page
    "spoken-code": "Mã cho trang cài đặt là {number}.",
    "no-spoken-code": "Hiện giờ không cần mã.",
    "unit-address": "Địa chỉ của thiết bị này là {first} chấm {second} chấm {third} chấm {fourth}.",
    "unit-name": "Tên của thiết bị là {name}.",
    "no-unit-address": "Thiết bị này không có địa chỉ trong mạng. Vui lòng kiểm tra dây cáp.",
    "unit-mistakes": "Tệp trên thẻ nhớ có lỗi và không được dùng. Các lỗi được ghi trong tệp bên cạnh.",
    "unit-version": "Thiết bị này dùng phiên bản {version}.",
    "update-gone": "Bản cập nhật {version} đã không được giữ lại.",
    "update-no-start": "Phiên bản mới không khởi động được.",
    "update-no-call": "Phiên bản mới không nhận cuộc gọi nào.",
    "update-no-office": "Phiên bản mới không đọc được cài đặt của văn phòng.",
    "update-interrupted": "Thiết bị đã khởi động lại trong lúc thử.",
    "update-asked": "Có người đã yêu cầu phiên bản trước.",
    "line-found": "Xin chào. Đường dây này nối với tổng đài mới của quý vị. Xin chào tạm biệt.",
    "telephone-found": "Cảm ơn. Đã tìm thấy điện thoại này, quý vị có thể gác máy.",
}
