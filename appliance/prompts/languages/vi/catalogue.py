"""What the system says in Vietnamese. Callers are "quý khách", the owner of a mailbox "bạn". Nothing has a plural."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry
from appliance.prompts.languages.vi.dialling import DIALLING
from appliance.prompts.languages.vi.features import FEATURES
from appliance.prompts.languages.vi.hearing import HEARING
from appliance.prompts.languages.vi.leaving import LEAVING
from appliance.prompts.languages.vi.notices import NOTICES
from appliance.prompts.languages.vi.telephone import TELEPHONE

CATALOGUE: Final[dict[str, CatalogueEntry]] = {
    # The attendant
    "builtin-greeting": "Cảm ơn quý khách đã gọi đến. Xin quý khách giữ máy, chúng tôi đang tìm người trả lời.",
    "dial-extension-any-time": "Nếu biết số máy lẻ, quý khách có thể bấm bất cứ lúc nào.",
    "for-operator": "Để gặp tổng đài viên, xin bấm phím 0.",
    "did-not-hear": "Xin lỗi, chúng tôi không nghe thấy gì.",
    "not-valid": "Xin lỗi, lựa chọn này không hợp lệ.",
    "connecting-operator": "Chúng tôi đang nối máy tới tổng đài viên.",
    "one-moment": "Xin quý khách chờ trong giây lát.",
    "line-test-hang-up": "Cảm ơn quý khách đã gọi để kiểm tra đường dây. Xin gác máy ngay bây giờ.",
    "line-test-stay": "Cảm ơn. Xin giữ máy. Đường dây sẽ im lặng một lúc, và quý khách có thể nghe thấy tín hiệu.",
    "line-test-thanks": "Đã kiểm tra xong đường dây. Cảm ơn và tạm biệt quý khách.",
    "system-fault": "Xin lỗi, điện thoại của chúng tôi đang gặp sự cố. Xin quý khách gọi lại sau ít phút.",
    "goodbye": "Xin tạm biệt.",
    "thank-you-goodbye": "Cảm ơn quý khách đã gọi đến. Xin tạm biệt.",
    "no-line-free": "Xin lỗi, tất cả đường dây của chúng tôi đều bận. Xin quý khách gọi lại sau ít phút.",
    # Information, hours, fax
    "information-menu": "Để nghe lại, xin bấm phím 1. Để quay lại, xin bấm phím sao.",
    "closed-now": "Văn phòng của chúng tôi hiện đã đóng cửa.",
    "away-for-a-break": "Chúng tôi đang nghỉ giải lao trong chốc lát.",
    "closed-for-a-holiday": "Văn phòng của chúng tôi đóng cửa nghỉ lễ.",
    "no-fax": "Xin lỗi, chúng tôi không thể nhận fax trên đường dây này.",
    "fax-is-coming": "Đang có bản fax gửi đến. Bạn có thể gác máy.",
    # Night mode
    "managers-only": "Xin lỗi, chỉ người quản lý mới có thể thay đổi điều này.",
    "night-mode-automatic": "Văn phòng mở cửa và đóng cửa theo giờ làm việc.",
    "night-mode-closed": "Văn phòng đóng cửa cho đến khi bạn mở lại.",
    "night-mode-open": "Văn phòng mở cửa cho đến khi bạn đóng lại.",
    "night-mode-menu": (
        "Để đóng cửa văn phòng, xin bấm phím 1. Để mở cửa, xin bấm phím 2. Để theo giờ làm việc, xin bấm phím 3."
    ),
    "not-changed": "Xin lỗi, không thể lưu lại. Không có gì thay đổi.",
    # Recording what callers hear
    "enter-prompt-number": "Xin bấm số của lời thông báo, sau đó bấm phím thăng.",
    "no-such-prompt": "Không có lời thông báo nào mang số này.",
    "nothing-recorded": "Chưa có gì được ghi âm.",
    "prompt-menu": (
        "Để nghe lại, xin bấm phím 1. Để ghi âm, xin bấm phím 2. Để khôi phục bản trước, xin bấm phím 3. Để chọn lời "
        "thông báo khác, xin bấm phím sao."
    ),
    "record-prompt-after-tone": "Xin nói sau tiếng bíp. Khi nói xong, xin bấm phím thăng.",
    "prompt-review-menu": (
        "Để giữ bản ghi này, xin bấm phím 1. Để nghe lại, xin bấm phím 2. Để ghi âm lại, xin bấm phím 3."
    ),
    "prompt-saved": "Bản ghi âm của bạn đã được lưu.",
    "prompt-too-short": "Bản ghi âm này quá ngắn để lưu.",
    "no-version-before": "Không có bản nào trước bản này.",
    "version-before-is-back": "Bản trước đã được khôi phục. Người gọi đến bây giờ nghe bản này.",
    # The announcement that overrides all
    "announcement-on": "Lời thông báo đang bật. Mọi người gọi đến đều nghe trước tiên.",
    "announcement-off": "Lời thông báo đang tắt.",
    "announcement-menu": (
        "Để bật, xin bấm phím 1. Để tắt, xin bấm phím 2. Để nghe, xin bấm phím 3. Để ghi âm, xin bấm phím 4. Để khôi "
        "phục bản trước, xin bấm phím 5."
    ),
    # Callers known and unwanted
    "call-refused": "Xin lỗi, số máy này không nhận cuộc gọi của quý khách.",
    "challenge": "Để được nối máy, xin bấm phím {key}.",
    "enter-your-number": "Xin bấm số điện thoại của quý khách kèm mã vùng, sau đó bấm phím thăng.",
    "no-last-caller": "Không có cuộc gọi nào gần đây có số.",
    "last-caller": "Cuộc gọi gần nhất từ số {number}.",
    "block-menu": "Để chặn số này, xin bấm phím 1. Để giữ nguyên, xin bấm phím sao.",
    "caller-blocked": "Số này đã bị chặn.",
    # The directory
    "directory-spell": (
        "Xin đánh vần họ trên bàn phím điện thoại, sau đó là tên. Thường chỉ cần ba chữ cái. Để quay lại, xin bấm phím "
        "sao."
    ),
    "directory-several": "Có nhiều người. Xin tiếp tục đánh vần.",
    "directory-nobody": "Xin lỗi, chúng tôi không tìm thấy ai có tên này.",
    "directory-choice": "Bấm phím {key} để gặp {name}, số máy lẻ {extension}.",
    # The same around a name in the person's own voice:
    "directory-choice-before": "Bấm phím {key} để gặp",
    "directory-choice-behind": "số máy lẻ {extension}.",
    "directory-more": "Để nghe thêm tên, xin bấm phím 9.",
    "directory-another": "Để đánh vần tên khác, xin bấm phím sao.",
    # Reaching a person
    "not-available": "{name} hiện không thể nghe máy.",
    "on-the-phone": "{name} đang bận nghe điện thoại.",
    "nobody-available": "Xin lỗi, hiện không có ai có thể nghe máy.",
    "connecting-operator-again": "{name} không trả lời. Chúng tôi đang nối máy lại tới tổng đài viên.",
    # What a caller hears who waits while somebody is looked for
    "still-trying": "Chúng tôi vẫn đang cố gắng nối máy tới {name}.",
    "still-looking": "Cảm ơn quý khách đã chờ. {name} chưa trả lời, chúng tôi vẫn tiếp tục gọi.",
    "still-nobody": "Chưa có ai trả lời, chúng tôi vẫn tiếp tục gọi.",
    "while-waiting": "Nếu muốn nhắn lại, xin bấm phím thăng. Để gặp tổng đài viên, xin bấm phím 0.",
    "while-waiting-for-operator": "Nếu muốn nhắn lại, xin bấm phím thăng.",
    "is-coming": "{name} sẽ nghe máy ngay. Xin quý khách giữ máy.",
    "say-your-name": "Xin quý khách nói tên sau tiếng bíp.",
    "trying-to-connect": "Cảm ơn quý khách. Xin quý khách giữ máy, chúng tôi đang nối máy.",
    "line-will-be-silent": "Đường dây có thể im lặng trong giây lát.",
    "back-again": "Cảm ơn quý khách đã chờ.",
    # Whoever is called outside is told who calls, and presses a key
    "call-for": "Có cuộc gọi cho {company}.",
    "call-for-from": "Có cuộc gọi cho {company} từ {name}.",
    "call-for-from-number": "Có cuộc gọi cho {company} từ số {number}.",
    # The same in front of a name in the caller's own voice:
    "call-for-from-before": "Có cuộc gọi cho {company} từ",
    "screening-accept": "Để nhận cuộc gọi, xin bấm phím 1.",
    "screening-menu": (
        "Để nhận cuộc gọi, xin bấm phím 1. Để chuyển vào hộp thư thoại của bạn, xin bấm phím 2. Để nghe lại, xin bấm "
        "phím 3. Để từ chối và chặn người gọi, xin bấm phím 4. Nếu bạn cần chút thời gian, xin bấm phím 5."
    ),
    "caller-waits": "Người gọi đang chờ bạn. Để nhận cuộc gọi, xin bấm phím 1.",
    "sent-to-voicemail": "Cuộc gọi được chuyển vào hộp thư thoại của bạn. Xin tạm biệt.",
    "caller-turned-away": "Cuộc gọi đã bị từ chối. Xin tạm biệt.",
    "call-taken": "Đã có người khác nhận cuộc gọi này. Xin tạm biệt.",
    "caller-has-left": "Người gọi đã gác máy. Xin tạm biệt.",
    # Not to be disturbed
    "cannot-take-calls": "{name} hiện không nhận cuộc gọi.",
    "for-help-dial": "Nếu cần trợ giúp, xin quý khách bấm số máy lẻ {extension}.",
    "do-not-disturb-on": "Chế độ không làm phiền đang bật. Người gọi đến nghe lời chào cho chế độ này.",
    "do-not-disturb-until": "Điện thoại của bạn sẽ đổ chuông lại {when}.",
    "do-not-disturb-off": "Chế độ không làm phiền đang tắt. Người gọi đến nghe lời chào thông thường của bạn.",
    "do-not-disturb-hours": "Để chế độ này tự tắt, xin bấm số giờ. Để giữ cho đến khi bạn tắt, xin bấm phím thăng.",
    # Forwarding
    "enter-forward-number": (
        "Xin bấm số nhận cuộc gọi của bạn, như khi gọi ở văn phòng, sau đó bấm phím thăng. Để chọn điện thoại di động "
        "của bạn, xin bấm phím sao."
    ),
    "forward-menu": (
        "Để chuyển tiếp mọi cuộc gọi, xin bấm phím 1. Để chuyển tiếp cuộc gọi bạn không trả lời, xin bấm phím 2. Để "
        "chuyển tiếp khi bạn đang nghe điện thoại, xin bấm phím 3. Để cả hai điện thoại cùng đổ chuông, xin bấm phím "
        "4."
    ),
    "forwarded-to": "Cuộc gọi của bạn hiện được chuyển tiếp tới số {number}.",
    "forwarded-no-more": "Cuộc gọi của bạn không còn được chuyển tiếp.",
    "forward-refused": "Xin lỗi, không thể chuyển tiếp cuộc gọi tới số này.",
    # Being at the office, and departments
    "you-are-here": "Chào bạn. Hệ thống ghi nhận bạn đang ở văn phòng.",
    "you-are-away": "Hệ thống ghi nhận bạn đang vắng mặt.",
    "member-of-none": "Bạn không thuộc bộ phận nào.",
    "member-in": "Bạn đang nhận cuộc gọi của bộ phận {name}.",
    "member-out": "Bạn không nhận cuộc gọi của bộ phận {name}.",
    "member-menu": "Để thay đổi, xin bấm phím 1. Để giữ nguyên, xin bấm phím thăng.",
    # Leaving a message
    "greeting-default": "Quý khách đã gọi đến hộp thư thoại của {name}.",
    "greeting-default-general": "Quý khách đã gọi đến hộp thư thoại chung của chúng tôi.",
    "leave-message": (
        "Xin quý khách để lại lời nhắn sau tiếng bíp. Khi nói xong, xin gác máy, hoặc bấm phím thăng để nghe thêm lựa "
        "chọn."
    ),
    "mailbox-full": "Xin lỗi, hộp thư thoại này đã đầy và không thể nhận thêm lời nhắn.",
    "message-saved": "Lời nhắn của quý khách đã được lưu.",
    "message-too-short": "Lời nhắn quá ngắn. Xin quý khách để lại lời nhắn sau tiếng bíp.",
    "message-not-recorded": "Xin lỗi, không có gì được ghi âm.",
    "recording-stopped-disk-full": "Xin lỗi, không còn chỗ để ghi âm. Những gì quý khách đã nói đã được lưu.",
    # Coming into a mailbox
    "enter-mailbox": "Xin bấm số máy lẻ của bạn.",
    "enter-pin": "Xin bấm mã pin của bạn.",
    "wrong-pin": "Xin lỗi, mã pin không đúng.",
    # Hearing messages
    "you-have-no-messages": "Bạn không có lời nhắn nào.",
    "you-have-new": "Bạn có {count} lời nhắn mới.",
    "you-have-saved": "Bạn có {count} lời nhắn đã lưu.",
    "you-have-new-and-saved": "Bạn có {new} lời nhắn mới và {saved} lời nhắn đã lưu.",
    "message-number": "Lời nhắn số {count},",
    "from-number": "từ số {number}.",
    "from-unknown": "từ một số không xác định.",
    "from-private": "từ một số ẩn.",
    "received": "Nhận {when}.",
    "message-length": "Lời nhắn dài {count:seconds}.",
    "message-unreadable": "Xin lỗi, không thể phát lời nhắn này.",
    "message-written": "Lời nhắn này đã được ghi lại cho quý vị. Xin đọc trên trang web của văn phòng.",
    "kept": "Đã giữ lại lời nhắn.",
    "deleted": "Đã xóa lời nhắn.",
    "no-more-messages": "Không còn lời nhắn nào.",
    # A person's own greeting
    "greeting-menu": (
        "Để nghe lời chào của bạn, xin bấm phím 1. Để ghi âm lời chào mới, xin bấm phím 2. Để xóa lời chào, xin bấm "
        "phím 3. Để quay lại, xin bấm phím sao."
    ),
    "no-greeting": "Bạn chưa ghi âm lời chào. Người gọi đến nghe lời chào mặc định.",
    "record-greeting-after-tone": "Bạn có thể ghi âm lời chào sau tiếng bíp. Khi nói xong, xin bấm phím thăng.",
    "greeting-review-menu": (
        "Để giữ lời chào này, xin bấm phím 1. Để nghe lại, xin bấm phím 2. Để ghi âm lại, xin bấm phím 3."
    ),
    "greeting-saved": "Lời chào của bạn đã được lưu.",
    "greeting-removed": "Lời chào của bạn đã được xóa.",
    "greeting-too-short": "Lời chào này quá ngắn để lưu.",
    # A person's greeting for when the person does not want to be disturbed
    "unavailable-menu": (
        "Để nghe lời chào cho chế độ không làm phiền, xin bấm phím 1. Để ghi âm, xin bấm phím 2. Để xóa, xin bấm phím "
        "3. Để quay lại, xin bấm phím sao."
    ),
    "no-unavailable": "Bạn chưa ghi âm lời chào cho chế độ không làm phiền. Người gọi đến nghe lời chào mặc định.",
    "record-unavailable-after-tone": (
        "Bạn có thể ghi âm lời chào cho chế độ không làm phiền sau tiếng bíp. Khi nói xong, xin bấm phím thăng."
    ),
    # A person's own name, as callers hear it in the directory
    "name-menu": (
        "Để nghe tên của bạn, xin bấm phím 1. Để ghi âm tên, xin bấm phím 2. Để xóa bản ghi âm, xin bấm phím 3. Để "
        "quay lại, xin bấm phím sao."
    ),
    "no-name": "Bạn chưa ghi âm tên. Hệ thống đọc tên thay cho bạn.",
    "record-name-after-tone": "Xin nói họ và tên của bạn sau tiếng bíp, sau đó bấm phím thăng.",
    "name-review-menu": (
        "Để giữ bản ghi này, xin bấm phím 1. Để nghe lại, xin bấm phím 2. Để ghi âm lại, xin bấm phím 3."
    ),
    "name-saved": "Tên của bạn đã được lưu.",
    "name-removed": "Bản ghi âm của bạn đã được xóa.",
    "name-too-short": "Xin lỗi, tôi không nghe thấy tên.",
    "name-too-long": "Quá dài. Xin chỉ nói tên của bạn.",
    **TELEPHONE,
    **FEATURES,
    **DIALLING,
    **LEAVING,
    **HEARING,
    **NOTICES,
}
