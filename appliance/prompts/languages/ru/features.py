"""What is said in Russian by the codes that a telephone dials: numbers, pages, wake-up calls, conferences, help."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

FEATURES: Final[dict[str, CatalogueEntry]] = {
    # The number dialled last, and who called
    "nothing-dialled": "С этого телефона ещё не набирали ни одного городского номера.",
    "nobody-called": "Сюда ещё никто не звонил.",
    "last-caller-name": "Последний звонок: {name}.",
    "last-caller-private": "Последний звонок был со скрытого номера.",
    "last-caller-unknown": "Номер последнего звонка неизвестен.",
    "called-at": "Звонок поступил {when}.",
    "call-last-back-menu": "Чтобы перезвонить, нажмите 1.",
    "cannot-call-back": "К сожалению, перезвонить на этот звонок нельзя.",
    # Speed numbers
    "no-speed-number": "Там не сохранён ни один номер.",
    "enter-speed-key": "Нажмите цифру для номера быстрого набора.",
    "enter-speed-number": (
        "Наберите номер так же, как в офисе, затем нажмите решётку. Чтобы удалить сохранённый номер, просто нажмите "
        "решётку."
    ),
    "speed-stored": "Ваш быстрый набор {key}: теперь это номер {number}.",
    "speed-removed": "Ваш быстрый набор {key} удалён.",
    "speed-refused": "К сожалению, этот номер сохранить нельзя.",
    # A busy number or colleague is called again
    "redial-number": "Ваш телефон зазвонит, как только освободится номер {number}. Можно положить трубку.",
    "redial-name": "Ваш телефон зазвонит, как только {name} закончит разговор. Можно положить трубку.",
    "redial-impossible": "К сожалению, нет номера, который можно набрать ещё раз.",
    "redial-ended": "Мы больше не набираем этот номер. Ваш телефон больше не зазвонит.",
    "redial-none": "Мы не набирали для вас никакого номера.",
    "busy-again": "{name} снова разговаривает. Мы продолжаем звонить.",
    "redial-gone": "К сожалению, на том конце только что положили трубку.",
    # The same, to whoever answers outside before the telephone here is lifted
    "hold-for-call": "Здравствуйте. Пожалуйста, оставайтесь на линии, с вами хотят поговорить.",
    "call-not-taken": "К сожалению, сейчас никто не может с вами поговорить. До свидания.",
    # Pages
    "no-such-group": "К сожалению, группы с таким номером нет.",
    "page-nobody": "К сожалению, никто не слушает.",
    # Wake-up calls
    "enter-wake-up-time": "Наберите время будильника четырьмя цифрами. Первые две означают часы, от 0 до 23.",
    "wake-up-set": "Ваш телефон зазвонит {when}.",
    "wake-up-menu": "Чтобы отменить этот будильник, нажмите 1. Чтобы поставить другое время, нажмите 2.",
    "wake-up-ended": "Ваш будильник отменён.",
    "wake-up": "Здравствуйте. Это ваш будильник, {when}.",
    # Conferences
    "enter-conference": "Нажмите цифру вашей конференции.",
    "conference-first": "Пока здесь больше никого нет. Пожалуйста, оставайтесь на линии, пока кто-нибудь не войдёт.",
    "conference-alone": "Все остальные ушли. Оставайтесь на линии или положите трубку.",
    "conference-joined": "{name} здесь.",
    "conference-full": "К сожалению, мест в этой конференции больше нет.",
    # Whoever answers for the office listens to a call, to those who talk
    "somebody-listens": "С этого момента разговор слушает сотрудник офиса.",
    # Emergency calls, to people in the office
    "emergency-called": "Кто-то позвонил за помощью по номеру {number}. Телефон: {name}.",
    "emergency-place": "Место: {place}.",
    "listen-menu": "Чтобы слушать разговор, нажмите 1.",
    "listening-in": "Сейчас вы услышите разговор. Вас никто не слышит.",
    "emergency-over": "Этот звонок закончен.",
    "no-emergency-call": "Сейчас экстренных вызовов нет.",
    "operators-only": "К сожалению, сделать это может только оператор.",
    "emergency-test-only": "Это только проверка.",
    "emergency-test": "Это проверка экстренных вызовов. Никому снаружи не звонят. Пожалуйста, оставайтесь на линии.",
    "emergency-test-told": "{name} уже знает.",
    "emergency-test-nobody": "Никто не ответил. Проверьте, кому сообщают об экстренных вызовах.",
    # Setting the unit up at its local page
    "spoken-code": "Код для страницы настройки: {number}.",
    "no-spoken-code": "Сейчас код не нужен.",
    "unit-address": "Адрес этого устройства: {first} точка {second} точка {third} точка {fourth}.",
    "unit-name": "Его имя: {name}.",
    "no-unit-address": "У этого устройства нет адреса в сети. Пожалуйста, проверьте кабель.",
    "unit-mistakes": "В файле на карте памяти есть ошибки, он не используется. Они записаны в файле рядом.",
    "unit-version": "На этом устройстве работает версия {version}.",
    "update-gone": "Обновление до версии {version} не сохранилось.",
    "update-no-start": "Новая версия не запустилась.",
    "update-no-call": "Новая версия не приняла ни одного звонка.",
    "update-no-office": "Новая версия не смогла прочитать настройки офиса.",
    "update-interrupted": "Устройство было перезапущено во время проверки.",
    "update-asked": "Кто-то вернул прежнюю версию.",
    "line-found": "Здравствуйте. Эта линия ведёт к новой телефонной станции. До свидания.",
    "telephone-found": "Спасибо. Этот телефон найден, можно положить трубку.",
}
