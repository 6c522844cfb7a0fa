"""What the system says in Russian. Everybody is addressed with "вы".

A name is never declined, nor does a past tense or an adjective depend on it: it is the subject of a verb in the present
("{name} не может сейчас ответить"), or follows a noun and a colon ("Абонент: {name}").
"""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import Entry, Plural

CATALOGUE: Final[dict[str, Entry]] = {
    # The attendant
    "builtin-greeting": "Спасибо за звонок. Пожалуйста, оставайтесь на линии, мы ищем того, кто вам ответит.",
    "dial-extension-any-time": "Если вы знаете внутренний номер, наберите его в любой момент.",
    "for-operator": "Для связи с оператором нажмите 0.",
    "did-not-hear": "К сожалению, мы ничего не услышали.",
    "not-valid": "К сожалению, такого варианта нет.",
    "connecting-operator": "Соединяем с оператором.",
    "one-moment": "Одну минуту, пожалуйста.",
    "system-fault": "К сожалению, у нас неполадки с телефонами. Пожалуйста, перезвоните через несколько минут.",
    "goodbye": "До свидания.",
    "thank-you-goodbye": "Спасибо за звонок. До свидания.",
    "no-line-free": "К сожалению, все наши линии заняты. Пожалуйста, перезвоните через несколько минут.",
    # Reaching a person
    "not-available": "{name} не может сейчас ответить.",
    "on-the-phone": "{name} разговаривает по телефону.",
    "nobody-available": "К сожалению, сейчас никто не может ответить на ваш звонок.",
    # Leaving a message
    "greeting-default": "Вы позвонили на голосовую почту. Абонент: {name}.",
    "greeting-default-general": "Вы позвонили на нашу общую голосовую почту.",
    "leave-message": (
        "Пожалуйста, оставьте сообщение после сигнала. Закончив, положите трубку. Чтобы узнать о других возможностях, "
        "нажмите решётку."
    ),
    "mailbox-full": "К сожалению, этот почтовый ящик полон и не может принять ещё одно сообщение.",
    "review-menu": (
        "Чтобы сохранить сообщение, нажмите 1. Чтобы прослушать его, нажмите 2. Чтобы записать его заново, нажмите 3."
    ),
    "message-saved": "Ваше сообщение сохранено.",
    "message-too-short": "Запись слишком короткая. Пожалуйста, оставьте сообщение после сигнала.",
    "message-not-recorded": "К сожалению, ничего не записалось.",
    "recording-stopped-disk-full": "К сожалению, места для записи больше нет. Всё, что вы успели сказать, сохранено.",
    # Coming into a mailbox
    "enter-mailbox": "Пожалуйста, наберите свой внутренний номер.",
    "enter-pin": "Пожалуйста, введите свой пин-код.",
    "wrong-pin": "К сожалению, пин-код неверный.",
    "locked": "К сожалению, этот почтовый ящик заблокирован. Неверный пин-код введён слишком много раз.",
    # Hearing messages
    "you-have-no-messages": "У вас нет сообщений.",
    "you-have-new": Plural(
        "count",
        one="У вас {count:neuter} новое сообщение.",
        few="У вас {count:neuter} новых сообщения.",
        many="У вас {count:neuter} новых сообщений.",
    ),
    "you-have-saved": Plural(
        "count",
        one="У вас {count:neuter} сохранённое сообщение.",
        few="У вас {count:neuter} сохранённых сообщения.",
        many="У вас {count:neuter} сохранённых сообщений.",
    ),
    "you-have-new-and-saved": (
        "У вас ",
        Plural(
            "new",
            one="{new:neuter} новое сообщение",
            few="{new:neuter} новых сообщения",
            many="{new:neuter} новых сообщений",
        ),
        " и ",
        Plural(
            "saved",
            one="{saved:neuter} сохранённое.",
            few="{saved:neuter} сохранённых.",
            many="{saved:neuter} сохранённых.",
        ),
    ),
    "message-number": "Сообщение номер {count},",
    "from-number": "с номера {number}.",
    "from-unknown": "с неизвестного номера.",
    "from-private": "со скрытого номера.",
    "received": "Получено {when}.",
    "message-length": "Длительность: {count:seconds}.",
    "message-unreadable": "К сожалению, это сообщение не удаётся воспроизвести.",
    "message-menu": (
        "Чтобы прослушать его ещё раз, нажмите 1. Чтобы сохранить его, нажмите 2. Чтобы удалить его, нажмите 3."
    ),
    "kept": "Сообщение сохранено.",
    "deleted": "Сообщение удалено.",
    "no-more-messages": "Больше сообщений нет.",
    "mailbox-menu": (
        "Чтобы прослушать новые сообщения, нажмите 1. Чтобы прослушать сохранённые сообщения, нажмите 2. Чтобы "
        "изменить приветствие, нажмите 3."
    ),
    # A person's own greeting
    "greeting-menu": (
        "Чтобы прослушать приветствие, нажмите 1. Чтобы записать новое приветствие, нажмите 2. Чтобы удалить "
        "приветствие, нажмите 3. Чтобы вернуться, нажмите звёздочку."
    ),
    "no-greeting": "Вы не записали приветствие. Звонящие слышат стандартное.",
    "record-greeting-after-tone": "Запишите приветствие после сигнала. Закончив, нажмите решётку.",
    "greeting-review-menu": (
        "Чтобы оставить это приветствие, нажмите 1. Чтобы прослушать его, нажмите 2. Чтобы записать его заново, "
        "нажмите 3."
    ),
    "greeting-saved": "Ваше приветствие сохранено.",
    "greeting-removed": "Ваше приветствие удалено.",
    "greeting-too-short": "Это приветствие слишком короткое.",
}
