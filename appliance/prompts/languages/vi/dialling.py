"""What is said in Vietnamese to who dials outside: classes of service, accounts, limits, log-in, lock."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

DIALLING: Final[dict[str, CatalogueEntry]] = {
    # Classes of service
    "may-not-call-outside": "Xin lỗi, điện thoại này không được gọi ra ngoài văn phòng.",
    "may-not-call-national": "Xin lỗi, điện thoại này không được gọi đường dài.",
    "may-not-call-mobile": "Xin lỗi, điện thoại này không được gọi điện thoại di động.",
    "may-not-call-abroad": "Xin lỗi, điện thoại này không được gọi ra nước ngoài.",
    "may-not-call-premium": "Xin lỗi, điện thoại này không được gọi các số tính phí cao.",
    "may-not-be-called-from-outside": "Xin lỗi, không thể gọi số này từ bên ngoài văn phòng.",
    # Limits
    "limit-of-the-hour": "Xin lỗi, bạn đã dùng hết số cuộc gọi ra ngoài trong giờ này. Xin thử lại sau.",
    "limit-of-the-day": "Xin lỗi, bạn đã dùng hết số cuộc gọi ra ngoài hôm nay. Xin nhờ tổng đài viên giúp đỡ.",
    "limit-at-once": "Xin lỗi, bạn có quá nhiều cuộc gọi ra ngoài cùng lúc. Xin kết thúc một cuộc gọi trước.",
    "limit-from-outside": "Xin lỗi, hiện không thể gọi số này. Xin thử lại sau.",
    # The first call abroad while the office is closed, as the operator hears it
    "abroad-from-extension": (
        "Văn phòng đã đóng cửa, và số máy lẻ {extension} đang gọi ra nước ngoài. Số được gọi là {number}."
    ),
    "abroad-from-nobody": "Văn phòng đã đóng cửa, và một điện thoại đang gọi ra nước ngoài. Số được gọi là {number}.",
    "abroad-from-outside": (
        "Văn phòng đã đóng cửa, và một cuộc gọi được chuyển tiếp ra nước ngoài. Số được gọi là {number}."
    ),
    # Accounts
    "enter-account": "Xin bấm mã tài khoản, sau đó bấm phím thăng.",
    "no-such-account": "Xin lỗi, không có tài khoản này.",
    # Logging in at another telephone
    "logged-in-until": "Bạn đã đăng nhập. Đăng nhập ở điện thoại này kết thúc {when}.",
    "logged-out": "Bạn đã đăng xuất. Cảm ơn bạn.",
    "nobody-logged-in": "Không có ai đăng nhập ở điện thoại này.",
    # The lock
    "telephone-locked": "Điện thoại này đã bị khóa. Máy có thể gọi trong văn phòng, và các số khẩn cấp.",
    "telephone-unlocked": "Điện thoại này đã được mở khóa.",
    "nobody-could-unlock": "Xin lỗi, không thể khóa điện thoại này, vì không ai có mã pin để mở khóa.",
    "not-yours-to-unlock": "Xin lỗi, chỉ chủ của điện thoại này hoặc người quản lý mới có thể mở khóa.",
}
