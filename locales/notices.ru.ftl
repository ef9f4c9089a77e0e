### Уведомления вне алертов

notice-undeliverable = ⚠️ Не удалось доставить: { $place }
notice-undeliverable-why = { $reason } Алерт опубликован здесь. Свяжитесь с адресатом иначе и проверьте его чат в owners.yaml.
notice-file-broken = ⚠️ Файл { $file } не читается
notice-file-broken-effect = Пока работает последнее верное определение. Исправьте файл — он подхватится сразу.
notice-verification-lost = ⚠️ Алерты по метрике «{ $name }» выключены
notice-verification-lost-next = Определение изменилось после проверки. Просмотрите metrics/{ $metric }.yaml и поставьте новую дату verified.at — алерты включатся сразу.
