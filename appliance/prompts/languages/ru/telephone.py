"""What is said in Russian to who puts somebody on hold, parks, picks up, or is called besides."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

TELEPHONE: Final[dict[str, CatalogueEntry]] = {
    # To a caller who has been on hold, or parked, for some time
    "still-on-hold": (
        "Спасибо за ожидание. Ваш звонок всё ещё на удержании. Чтобы оставить сообщение, нажмите решётку. Его получит "
        "{name}. Или просто оставайтесь на линии."
    ),
    "still-on-hold-for-somebody": (
        "Спасибо за ожидание. Ваш звонок всё ещё на удержании. Чтобы оставить сообщение, нажмите решётку. Или просто "
        "оставайтесь на линии."
    ),
    # A call that comes back to whoever transferred or parked it
    "did-not-answer": "{name} не отвечает.",
    "parked-call-is-back": "Звонок, который вы поставили на парковку, никто не взял.",
    # Parking
    "parked-in-place": "На месте {place} стоит ваш звонок.",
    "all-places-taken": "Все места парковки заняты. Звонок всё ещё на удержании.",
    "nobody-to-park": "На удержании нет звонка, который можно поставить на парковку.",
    "enter-parking-place": "Наберите номер места парковки.",
    "nobody-parked-there": "На этом месте звонка нет.",
    # Picking up
    "nothing-to-pick-up": "Сейчас не звонит ни один телефон, за который вы могли бы ответить.",
    "enter-extension-to-pick-up": "Наберите внутренний номер телефона, который звонит.",
}
