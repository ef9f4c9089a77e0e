### Слова самого канала

channel-may-repeat = (возможно, это повтор: отправка прервалась)
channel-press-slow = Ещё выполняю. Результат появится в сообщении.
refresh-timed-out = этот показатель уже больше минуты считает другой запуск
channel-act-chat = Взять на себя или отложить — в чате: { $command }
channel-act-api = Взять на себя через API: POST { $url }
channel-fact-alert = Тревога
channel-fact-metric = Показатель
channel-fact-opened = Открыта
inline-stranger = Я вас пока не знаю. Попросить доступ
