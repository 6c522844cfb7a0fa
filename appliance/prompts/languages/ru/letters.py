"""What is written in Russian: the subject and the text of each letter, by its kind.

A blank that a letter has no fact for stays empty, and a line of which nothing but empty blanks would be left is left
out. Words of the fields `when` and `sound` are entries of their own.
"""

from __future__ import annotations

from typing import Final

LETTERS: Final[dict[str, str]] = {
    "message-subject": "Новое сообщение: {caller}",
    "message-text": (
        "{name}, у вас новое сообщение.\n\nОт: {caller}\nПолучено: {when}\nДлительность: {length}\nПочтовый ящик: "
        "{mailbox}\n\n{words}\n{mark}\n{sound}\n\n"
        "Его записала машина, она могла ослышаться. Её уверенность — {sure} %:\n{text}"
    ),
    "written-subject": "Сообщение для вас от: {caller}",
    "written-text": (
        "{name}, в офисе приняли для вас сообщение.\n\n"
        "От: {caller}\nПолучено: {when}\nПочтовый ящик: {mailbox}\n\n{mark}\n\n{words}"
    ),
    "new-fax-subject": "Новый факс: {caller}",
    "new-fax-text": (
        "Пришёл новый факс.\n\n"
        "От: {caller}\nАппарат: {identity}\nПолучен: {when}\nСтраниц: {pages}\nДля: {mailbox}"
        "\n\n{incomplete}\n{sound}"
    ),
    "fax-incomplete": "Передача прервалась: страниц может не хватать.",
    "fax-attached": "Факс приложен.",
    "fax-too-large": "Факс слишком большой, чтобы его приложить. Вы найдёте его на странице телефонной системы.",
    "fax-not-attached": "Вы найдёте его на странице телефонной системы.",
    "urgent": "Оно отмечено как срочное.",
    "private": "Оно отмечено как личное. Чтобы прослушать его, позвоните на свою голосовую почту.",
    "attached": "Сообщение приложено.",
    "too-large": (
        "Сообщение слишком длинное, чтобы его приложить. Чтобы прослушать его, позвоните на свою голосовую почту."
    ),
    "not-attached": "Чтобы прослушать его, позвоните на свою голосовую почту.",
    "unknown-caller": "неизвестный номер",
    "private-caller": "скрытый номер",
    "lost-caller-subject": "Никого не застали: {caller}",
    "lost-caller-text": (
        "{name}, кто-то позвонил и положил трубку, ни с кем не поговорив.\n\nОт: {caller}\nКогда: {when}\nКак далеко: "
        "{got_to}\n\n{asks}"
    ),
    "asks": "Просят перезвонить.",
    "emergency-subject": "Экстренный вызов, телефон: {telephone}",
    "emergency-text": "Идёт экстренный вызов.\n\nНомер: {number}\nТелефон: {telephone}\nМесто: {place}\nКогда: {when}",
    "first-abroad-subject": "Первый ночной звонок за границу",
    "first-abroad-text": (
        "Впервые ночью позвонили за границу. Если никто в офисе об этом не знает, заблокируйте телефон.\n\nНомер: "
        "{number}\nТелефон: {telephone}\nКто: {who}\nКогда: {when}"
    ),
    "limit-reached-subject": "Достигнут предел внешних звонков",
    "limit-reached-text": (
        "Пока внешних звонков больше нет. Экстренные вызовы возможны всегда.\n\nПредел: {limit}\nТелефон: "
        "{telephone}\nКто: {who}\nКогда: {when}"
    ),
    "fault-subject": "Copperdesk: что-то не так",
    "fault-text": "Телефонная станция ({office}) сообщает о неисправности.\n\nНеисправность: {fault}\nКогда: {when}",
    "password-reset-subject": "Задан новый пароль",
    "password-reset-text": (
        "Для страницы телефонной станции ({office}) задан новый пароль: с помощью кода, названного "
        "одним из телефонов, и наклейки на устройстве. Если этого не делал никто из офиса, сразу "
        "сообщите тому, кто отвечает за станцию.\n"
        "\n"
        "Учётная запись: {account}\n"
        "Когда: {when}"
    ),
    "test-subject": "Copperdesk: проверка",
    "test-text": "Если вы это читаете, почта телефонной станции ({office}) доходит.",
    "fax-sent-subject": "Ваш факс на номер {number} доставлен",
    "fax-sent-text": (
        "Факс доставлен: другой аппарат подтвердил каждую страницу.\n\n"
        "Кому: {to}\nНомер: {number}\nЧто: {what}\nСтраницы: {pages}\nКогда: {when}\nПричина: {reason}\n\n{proof}"
    ),
    "fax-not-sent-subject": "Ваш факс на номер {number} не доставлен",
    "fax-not-sent-text": (
        "Попытки отправить факс прекращены.\n\n"
        "Кому: {to}\nНомер: {number}\nЧто: {what}\nСтраницы: {pages}\nКогда: {when}\nПричина: {reason}\n\n{proof}"
    ),
    "fax-proof-attached": "Подтверждение приложено.",
    "fax-cover": (
        "Факс\n{office}\n\n"
        "Кому: {to}\nНомер факса: {number}\nОт кого: {from}\nДата: {date}\nСтраниц вместе с этой: {pages}\n\n{note}"
    ),
    "fax-page": "страница {n} из {m}",
    "fax-delivered": "Факс доставлен",
    "fax-unsure": "Факс: все страницы подтверждены, конец нет",
    "fax-not-delivered": "Факс не доставлен",
    "fax-number": "Номер",
    "fax-to": "Кому",
    "fax-answered-as": "Другой аппарат",
    "fax-from": "От кого",
    "fax-what": "Что",
    "fax-pages": "Подтверждено страниц",
    "fax-queued": "Сдан",
    "fax-began": "Начало последнего звонка",
    "fax-ended": "Конец",
    "fax-tries": "Звонки",
    "fax-speed": "Скорость",
    "fax-id": "Метка",
}
