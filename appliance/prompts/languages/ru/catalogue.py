"""What the system says in Russian. Everybody is addressed with "вы".

A name is never declined, nor does a past tense or an adjective depend on it: it is the subject of a verb in the present
("{name} не может сейчас ответить"), or follows a noun and a colon ("Абонент: {name}").
"""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural
from appliance.prompts.languages.ru.dialling import DIALLING
from appliance.prompts.languages.ru.features import FEATURES
from appliance.prompts.languages.ru.hearing import HEARING
from appliance.prompts.languages.ru.leaving import LEAVING
from appliance.prompts.languages.ru.notices import NOTICES
from appliance.prompts.languages.ru.telephone import TELEPHONE

CATALOGUE: Final[dict[str, CatalogueEntry]] = {
    # The attendant
    "builtin-greeting": "Спасибо за звонок. Пожалуйста, оставайтесь на линии, мы ищем того, кто вам ответит.",
    "dial-extension-any-time": "Если вы знаете внутренний номер, наберите его в любой момент.",
    "for-operator": "Для связи с оператором нажмите 0.",
    "did-not-hear": "К сожалению, мы ничего не услышали.",
    "not-valid": "К сожалению, такого варианта нет.",
    "connecting-operator": "Соединяем с оператором.",
    "one-moment": "Одну минуту, пожалуйста.",
    "line-test-hang-up": "Спасибо за звонок для проверки линии. Пожалуйста, повесьте трубку.",
    "line-test-stay": "Спасибо. Пожалуйста, оставайтесь на линии. Некоторое время будет тихо, и могут звучать сигналы.",
    "line-test-thanks": "Проверка линии закончена. Спасибо и до свидания.",
    "system-fault": "К сожалению, у нас неполадки с телефонами. Пожалуйста, перезвоните через несколько минут.",
    "goodbye": "До свидания.",
    "thank-you-goodbye": "Спасибо за звонок. До свидания.",
    "no-line-free": "К сожалению, все наши линии заняты. Пожалуйста, перезвоните через несколько минут.",
    # Information, hours, fax
    "information-menu": "Чтобы прослушать это ещё раз, нажмите 1. Чтобы вернуться, нажмите звёздочку.",
    "closed-now": "Наш офис сейчас закрыт.",
    "away-for-a-break": "У нас сейчас короткий перерыв.",
    "closed-for-a-holiday": "Наш офис закрыт по случаю праздника.",
    "no-fax": "К сожалению, на этой линии мы не можем принять факс.",
    "fax-is-coming": "Поступает факс. Можете положить трубку.",
    # Night mode
    "managers-only": "К сожалению, изменить это может только руководитель.",
    "night-mode-automatic": "Офис открывается и закрывается по расписанию.",
    "night-mode-closed": "Офис закрыт, пока вы его не откроете.",
    "night-mode-open": "Офис открыт, пока вы его не закроете.",
    "night-mode-menu": (
        "Чтобы закрыть офис, нажмите 1. Чтобы открыть его, нажмите 2. Чтобы вернуться к расписанию, нажмите 3."
    ),
    "not-changed": "К сожалению, сохранить это не удалось. Ничего не изменено.",
    # Recording what callers hear
    "enter-prompt-number": "Пожалуйста, введите номер объявления, затем нажмите решётку.",
    "no-such-prompt": "Объявления с таким номером нет.",
    "nothing-recorded": "Пока ничего не записано.",
    "prompt-menu": (
        "Чтобы прослушать его ещё раз, нажмите 1. Чтобы записать его, нажмите 2. Чтобы вернуть прежнюю версию, нажмите "
        "3. Чтобы выбрать другое объявление, нажмите звёздочку."
    ),
    "record-prompt-after-tone": "Говорите после сигнала. Закончив, нажмите решётку.",
    "prompt-review-menu": (
        "Чтобы оставить эту запись, нажмите 1. Чтобы прослушать её, нажмите 2. Чтобы записать заново, нажмите 3."
    ),
    "prompt-saved": "Ваша запись сохранена.",
    "prompt-too-short": "Эта запись слишком короткая.",
    "no-version-before": "Прежней версии нет.",
    "version-before-is-back": "Прежняя версия возвращена. Теперь звонящие слышат её.",
    # The announcement that overrides all
    "announcement-on": "Объявление включено. Все звонящие слышат его первым.",
    "announcement-off": "Объявление выключено.",
    "announcement-menu": (
        "Чтобы включить его, нажмите 1. Чтобы выключить его, нажмите 2. Чтобы прослушать его, нажмите 3. Чтобы "
        "записать его, нажмите 4. Чтобы вернуть прежнюю версию, нажмите 5."
    ),
    # Callers known and unwanted
    "call-refused": "К сожалению, этот номер не принимает ваш звонок.",
    "challenge": "Чтобы вас соединили, нажмите {key}.",
    "enter-your-number": "Пожалуйста, наберите свой номер телефона с кодом города, затем нажмите решётку.",
    "no-last-caller": "Недавних звонков с номером нет.",
    "last-caller": "Последний звонок был с номера {number}.",
    "block-menu": "Чтобы заблокировать этот номер, нажмите 1. Чтобы ничего не менять, нажмите звёздочку.",
    "caller-blocked": "Этот номер теперь заблокирован.",
    # The directory
    "directory-spell": (
        "Наберите по буквам на клавишах телефона фамилию, затем имя. Часто достаточно трёх букв. Чтобы вернуться, "
        "нажмите звёздочку."
    ),
    "directory-several": "Найдено несколько человек. Пожалуйста, набирайте дальше.",
    "directory-nobody": "К сожалению, никого с таким именем не найдено.",
    "directory-choice": "Нажмите {key}: {name}, внутренний номер {extension}.",
    # The same around a name in the person's own voice:
    "directory-choice-before": "Нажмите {key}:",
    "directory-choice-behind": "внутренний номер {extension}.",
    "directory-more": "Чтобы услышать другие имена, нажмите 9.",
    "directory-another": "Чтобы набрать другое имя, нажмите звёздочку.",
    # Reaching a person
    "not-available": "{name} не может сейчас ответить.",
    "on-the-phone": "{name} разговаривает по телефону.",
    "nobody-available": "К сожалению, сейчас никто не может ответить на ваш звонок.",
    "connecting-operator-again": "{name} не отвечает. Снова соединяем с оператором.",
    # What a caller hears who waits while somebody is looked for
    "still-trying": "{name} пока не отвечает. Мы продолжаем звонить.",
    "still-looking": "Спасибо за ожидание. {name} всё ещё не отвечает, но мы продолжаем звонить.",
    "still-nobody": "Пока никто не ответил, но мы продолжаем звонить.",
    "while-waiting": "Чтобы оставить сообщение, нажмите решётку. Для связи с оператором нажмите 0.",
    "while-waiting-for-operator": "Чтобы оставить сообщение, нажмите решётку.",
    "is-coming": "{name} вот-вот ответит. Пожалуйста, оставайтесь на линии.",
    "say-your-name": "Пожалуйста, представьтесь после сигнала.",
    "trying-to-connect": "Спасибо. Пожалуйста, оставайтесь на линии, мы пытаемся вас соединить.",
    "line-will-be-silent": "Сейчас некоторое время может быть тихо.",
    "back-again": "Спасибо за ожидание.",
    # Whoever is called outside is told who calls, and presses a key
    "call-for": "Звонок для: {company}.",
    "call-for-from": "Звонок для: {company}. Звонит {name}.",
    "call-for-from-number": "Звонок для: {company}, с номера {number}.",
    # The same in front of a name in the caller's own voice:
    "call-for-from-before": "Звонок для: {company}. Звонит",
    "screening-accept": "Чтобы ответить, нажмите 1.",
    "screening-menu": (
        "Чтобы ответить, нажмите 1. Чтобы перевести звонок на вашу голосовую почту, нажмите 2. Чтобы прослушать это "
        "ещё раз, нажмите 3. Чтобы отклонить звонок и заблокировать звонящего, нажмите 4. Если вам нужно немного "
        "времени, нажмите 5."
    ),
    "caller-waits": "Вас ждут на линии. Чтобы ответить, нажмите 1.",
    "sent-to-voicemail": "Звонок переведён на вашу голосовую почту. До свидания.",
    "caller-turned-away": "Звонок отклонён. До свидания.",
    "call-taken": "На этот звонок уже ответили. До свидания.",
    "caller-has-left": "На том конце положили трубку. До свидания.",
    # Not to be disturbed
    "cannot-take-calls": "{name} сейчас не принимает звонки.",
    "for-help-dial": "Если вам нужна помощь, наберите внутренний номер {extension}.",
    "do-not-disturb-on": "Режим не беспокоить включён. Звонящие слышат приветствие для этого режима.",
    "do-not-disturb-until": "Ваш телефон снова зазвонит {when}.",
    "do-not-disturb-off": "Режим не беспокоить выключен. Звонящие слышат ваше обычное приветствие.",
    "do-not-disturb-hours": (
        "Чтобы режим выключился сам, наберите количество часов. Чтобы он работал, пока вы его не выключите, нажмите "
        "решётку."
    ),
    # Forwarding
    "enter-forward-number": (
        "Пожалуйста, наберите номер для переадресации так же, как в офисе, затем нажмите решётку. Чтобы выбрать свой "
        "мобильный, нажмите звёздочку."
    ),
    "forward-menu": (
        "Чтобы переадресовать все звонки, нажмите 1. Чтобы переадресовать звонки, на которые вы не ответили, нажмите "
        "2. Чтобы переадресовать звонки во время вашего разговора, нажмите 3. Чтобы звонили оба телефона, нажмите 4."
    ),
    "forwarded-to": "Ваши звонки теперь переадресуются на номер {number}.",
    "forwarded-no-more": "Ваши звонки больше не переадресуются.",
    "forward-refused": "К сожалению, на этот номер переадресовать звонки нельзя.",
    # Being at the office, and departments
    "you-are-here": "Добро пожаловать. Отмечено, что вы в офисе.",
    "you-are-away": "Отмечено, что вас нет в офисе.",
    "member-of-none": "Вы не состоите ни в одном отделе.",
    "member-in": "Отдел: {name}. Его звонки поступают на ваш телефон.",
    "member-out": "Отдел: {name}. Его звонки не поступают на ваш телефон.",
    "member-menu": "Чтобы изменить это, нажмите 1. Чтобы ничего не менять, нажмите решётку.",
    # Leaving a message
    "greeting-default": "Вы позвонили на голосовую почту. Абонент: {name}.",
    "greeting-default-general": "Вы позвонили на нашу общую голосовую почту.",
    "leave-message": (
        "Пожалуйста, оставьте сообщение после сигнала. Закончив, положите трубку. Чтобы узнать о других возможностях, "
        "нажмите решётку."
    ),
    "mailbox-full": "К сожалению, этот почтовый ящик полон и не может принять ещё одно сообщение.",
    "message-saved": "Ваше сообщение сохранено.",
    "message-too-short": "Запись слишком короткая. Пожалуйста, оставьте сообщение после сигнала.",
    "message-not-recorded": "К сожалению, ничего не записалось.",
    "recording-stopped-disk-full": "К сожалению, места для записи больше нет. Всё, что вы успели сказать, сохранено.",
    # Coming into a mailbox
    "enter-mailbox": "Пожалуйста, наберите свой внутренний номер.",
    "enter-pin": "Пожалуйста, введите свой пин-код.",
    "wrong-pin": "К сожалению, пин-код неверный.",
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
    "message-written": "Это сообщение было записано для вас. Прочитайте его на веб-странице офиса.",
    "kept": "Сообщение сохранено.",
    "deleted": "Сообщение удалено.",
    "no-more-messages": "Больше сообщений нет.",
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
    # A person's greeting for when the person does not want to be disturbed
    "unavailable-menu": (
        "Чтобы прослушать приветствие для режима не беспокоить, нажмите 1. Чтобы записать его, нажмите 2. Чтобы "
        "удалить его, нажмите 3. Чтобы вернуться, нажмите звёздочку."
    ),
    "no-unavailable": "Вы не записали приветствие для режима не беспокоить. Звонящие слышат стандартное.",
    "record-unavailable-after-tone": (
        "Запишите приветствие для режима не беспокоить после сигнала. Закончив, нажмите решётку."
    ),
    # A person's own name, as callers hear it in the directory
    "name-menu": (
        "Чтобы прослушать своё имя, нажмите 1. Чтобы записать его, нажмите 2. Чтобы удалить запись, нажмите 3. Чтобы "
        "вернуться, нажмите звёздочку."
    ),
    "no-name": "Вы не записали своё имя. Его произносит автомат.",
    "record-name-after-tone": "Назовите своё имя и фамилию после сигнала, затем нажмите решётку.",
    "name-review-menu": (
        "Чтобы оставить эту запись, нажмите 1. Чтобы прослушать её, нажмите 2. Чтобы записать заново, нажмите 3."
    ),
    "name-saved": "Ваше имя сохранено.",
    "name-removed": "Ваша запись удалена.",
    "name-too-short": "К сожалению, мы не расслышали имя.",
    "name-too-long": "Слишком длинно. Назовите только своё имя.",
    **TELEPHONE,
    **FEATURES,
    **DIALLING,
    **LEAVING,
    **HEARING,
    **NOTICES,
}
