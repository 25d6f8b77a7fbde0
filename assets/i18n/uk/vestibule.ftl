# Texts of the big screen. One section per screen; names start with the screen's name.
# Sentences are read from three metres: short, one thought, no jargon for viewers.

## Welcome

welcome-title = Увійдіть у { $product }
welcome-hint = Вам знадобиться телефон. Це займе близько хвилини.
welcome-sign-in = Увійти
welcome-not-signed-in = Вхід не виконано
welcome-ended = Ваш сеанс завершено. Увійдіть знову.
welcome-set-aside = Збережений вхід не вдалося використати. Увійдіть знову.
welcome-signed-out = Ви вийшли.
welcome-absent = Сеанс завершено, бо довго ніхто не натискав кнопок.
welcome-not-revoked = Тут ви вийшли. Не вдалося повідомити сервер; він забуде цей пристрій, коли сеанс закінчиться.
welcome-not-removed = Збережений вхід не вдалося видалити з цього пристрою: { $why }

welcome-network = Мережу підключено
welcome-no-network = Немає мережі

welcome-everybody = Усі вийшли на цьому пристрої.
welcome-everybody-guarded = Усі без PIN-коду вийшли. Залишилися ті, хто має PIN-код: { $who }.
welcome-everybody-not-revoked = Не вдалося повідомити сервер про { $who }; він забуде цей пристрій, коли їхні сеанси закінчаться.
welcome-everybody-left = Ще на цьому пристрої: { $who }.

## Who is watching?

who-title = Хто дивиться?
who-add = Додати запис
who-pin = PIN-код
who-guest = Гість
who-sign-in-again = Увійти знову
who-broken = Не читається
who-broken-title = Цей збережений вхід не читається
who-broken-hint = Увійдіть знову, щоб замінити його, або приберіть його з цього екрана. Сам файл буде збережено.
who-remove = Прибрати
who-back = Назад

## PIN

pin-enter = Введіть PIN-код
pin-current = Введіть поточний PIN-код
pin-new = Виберіть PIN-код
pin-repeat = Введіть його ще раз
pin-hint = Чотири цифри, які треба ввести, щоб відкрити цей запис.
pin-wrong = { $left ->
    [0] Неправильний PIN-код.
    [one] Неправильний PIN-код. Лишилася { $left } спроба.
    [few] Неправильний PIN-код. Лишилося { $left } спроби.
    [many] Неправильний PIN-код. Лишилося { $left } спроб.
   *[other] Неправильний PIN-код. Лишилося { $left } спроби.
}
pin-mismatch = Коди не збігаються. Виберіть знову.
pin-not-saved = Не вдалося зберегти PIN-код: { $why }
pin-locked-title = Забагато неправильних спроб
pin-locked = Спробуйте через { $time }
pin-unreadable-title = PIN-код не читається
pin-unreadable = Увійдіть знову на телефоні з тим самим записом. Після цього PIN-код не запитуватиметься.
pin-forgot = Не пам’ятаю PIN-код
pin-forgotten-title = Забули PIN-код?
pin-forgotten = Увійдіть знову на телефоні з тим самим записом. PIN-код буде прибрано, і ви зможете вибрати інший.
pin-sign-in = Увійти знову
pin-back = Назад

## Times

time-moment = { $date }, { $time }

# Between the parts of a list.
list-between = { ", " }

## Starting

restoring = Хвилинку …

## Sign in

sign-in-scan = Відскануйте це телефоном
sign-in-open = Відкрийте це на телефоні
sign-in-or-open = або відкрийте
sign-in-check = Перевірте, чи телефон показує цей код
sign-in-type = Введіть там цей код
sign-in-confirm = Підтвердьте, і екран продовжить сам
sign-in-confirmed = Уже підтвердили? Зараховано: екран продовжить сам
sign-in-beware = Продовжуйте, лише якщо ви перед цим екраном.
sign-in-new-code = Новий код
sign-in-new-code-question = Новий код? Показаний більше не діятиме.
sign-in-keep-code = Залишити цей код
sign-in-bigger = Більший QR
sign-in-smaller = Менший QR
sign-in-cancel = Скасувати
sign-in-try-again = Ще раз
sign-in-retry-now = Спробувати зараз

sign-in-expires-in = ще { $time }
sign-in-fresh = Отримуємо новий код
sign-in-rest = Цей код більше не діє.
sign-in-rest-hint = Натисніть OK, щоб отримати новий код
sign-in-ending = Цей код ось-ось перестане діяти
sign-in-rest-refused = { $provider ->
    [microsoft] Телефон відмовив? Можливо, ваша організація не дозволяє вхід за кодом. Адміністратор може дозволити: Entra › Conditional Access › Authentication flows.
   *[other] Телефон відмовив? Можливо, той, хто керує вашим обліковим записом, не дозволяє вхід за кодом на іншому пристрої.
}

sign-in-requesting = Отримуємо код …
sign-in-waiting = Чекаємо на вас …
sign-in-unkept = Зберегти не вдасться: вхід діє до вимкнення.
sign-in-checking = Перевіряємо …
sign-in-unread = Відповідь сервера непридатна, пробуємо знову. Ваш код ще дійсний.
sign-in-offline = { $seconds ->
    [0] Немає з’єднання, пробуємо знову. Ваш код ще дійсний.
    [one] Немає з’єднання, спроба через { $seconds } секунду. Ваш код ще дійсний.
    [few] Немає з’єднання, спроба через { $seconds } секунди. Ваш код ще дійсний.
    [many] Немає з’єднання, спроба через { $seconds } секунд. Ваш код ще дійсний.
   *[other] Немає з’єднання, спроба через { $seconds } секунди. Ваш код ще дійсний.
}
sign-in-finishing = Вхід виконано, завантажуємо …
sign-in-request-again = { $seconds ->
    [0] Пробуємо знову …
    [one] Спробуємо через { $seconds } секунду …
    [few] Спробуємо через { $seconds } секунди …
    [many] Спробуємо через { $seconds } секунд …
   *[other] Спробуємо через { $seconds } секунди …
}

sign-in-denied = Вхід відхилено на телефоні.
sign-in-denied-hint = Якщо це сталося випадково, спробуйте ще раз.
sign-in-details = Подробиці для того, хто доглядає за пристроєм

sign-in-aloud = Прочитати вголос
sign-in-mute = Пристрій не зміг прочитати це вголос.

## Reading aloud

spoken-open = Відкрийте на телефоні цю адресу:
spoken-letters = Літера за літерою:
spoken-code = Перевірте, чи телефон показує цей код:
spoken-again = Ще раз:
spoken-small = мала { $letter }
spoken-sign = { $sign ->
    [dash] дефіс
    [dot] крапка
    [slash] скісна риска
    [colon] двокрапка
    [underscore] підкреслення
    [question] знак питання
    [equals] дорівнює
    [and] амперсанд
    [percent] відсоток
    [plus] плюс
    [hash] решітка
    [tilde] тильда
   *[at] равлик
}
spoken-home = Головний екран
spoken-role = { $role ->
    [button] кнопка
    [card] картка
    [account] обліковий запис
    [setting] параметр
    [choice] варіант
   *[tab] вкладка
}
spoken-place = { $at } з { $all }
spoken-place-open = { $at } з { $all } або більше
spoken-chosen = вибрано
spoken-loading = Завантажується
spoken-text = Опис
spoken-pad = Цифрова клавіатура
spoken-pad-hint = Як на телефоні, починаючи з 5. Цифрові кнопки теж діють.
spoken-digits = { $typed } з { $all } цифр
spoken-through = минуло { $share }
spoken-code-ends = Код закінчиться { $when }
spoken-on = Усе читається вголос. Утримуйте Info, щоб вимкнути.
spoken-off = Читання вголос вимкнено.

## Success

success-hello = Вітаємо, { $name }
success-hello-nameless = Вітаємо
success-signed-in = Ви увійшли.
success-not-you = Це не ви?
success-continue = Продовжити
success-signing-out = Вихід …
success-ask = Не виходити на цьому екрані?
success-ask-hint = Без відповіді — ні: тут не збережеться нічого вашого.
success-ask-no = Лише цього разу
success-keeping = Збереження …
guest = Гість, не запам’ятовується
guest-until = Доки ви не вийдете або екран не згасне; тут не залишиться нічого вашого.

account-not-remembered = Не збережено: вхід діятиме до вимкнення живлення.

## Diagnostics

diagnostics-device = Цей пристрій
diagnostics-connection = З’єднання
diagnostics-log = Журнал
diagnostics-remote = Пульт
diagnostics-checking = Перевіряємо …
diagnostics-again = OK — перевірити ще раз
diagnostics-scroll = Вгору та вниз — гортати, OK — оновити
diagnostics-start = OK — почати
diagnostics-stop = Двічі Назад — зупинити
diagnostics-report = Для того, хто доглядає за пристроєм. Секретів тут немає.
diagnostics-name = Назва пристрою
diagnostics-provider = Сервер входу
diagnostics-none = немає придатного
diagnostics-client = Клієнт
diagnostics-account = Обліковий запис
diagnostics-signed-in = вхід виконано
diagnostics-nobody = вхід не виконано
diagnostics-clock = Годинник
diagnostics-clock-unknown = жоден сервер ще не повідомив час
diagnostics-clock-agrees = як на сервері
diagnostics-clock-behind = відстає від сервера на { $by }
diagnostics-clock-ahead = випереджає сервер на { $by }
diagnostics-version = Версія
diagnostics-renderer = Рендерер
diagnostics-screen = Екран
diagnostics-memory = Пам’ять
diagnostics-memory-value = { $share } МіБ ({ $all } зі спільною)
diagnostics-running = Працює
diagnostics-running-value = { $program }, пристрій — { $device }
diagnostics-language = Мова
diagnostics-discovery = Метадані
diagnostics-codes = Коди
diagnostics-tokens = Токени
diagnostics-userinfo = Імена
diagnostics-keys = Ключі
diagnostics-api = Вміст
diagnostics-reached = відповідає ({ $status }) за { $milliseconds } мс · { $host }
diagnostics-failed = помилка: { $why }
diagnostics-last-code = Останній код
diagnostics-last-poll = Остання перевірка
diagnostics-last-refresh = Останнє поновлення
diagnostics-never = жодного від запуску
diagnostics-done = добре
diagnostics-waiting = ще не підтверджено
diagnostics-slow-down = сервер просить сповільнитися
diagnostics-ago = { $time } тому
diagnostics-tenant-log = журнал tenant: { $codes }
diagnostics-nothing = Не налаштовано сервера, який можна запитати.
diagnostics-no-lines = У журналі ще нічого немає.
diagnostics-remote-title = Що надсилає цей пульт?
diagnostics-remote-hint = Натисніть OK, а тоді будь-яку кнопку. Ця сторінка покаже, що надійшло і що для цього написати.
diagnostics-remote-listening = Натисніть будь-яку кнопку
diagnostics-remote-leave = Двічі натисніть Назад або зачекайте 20 секунд.
diagnostics-remote-does = { $key } робить: { $action }
diagnostics-remote-digit = { $key } — цифра
diagnostics-remote-unknown = { $key } ще нічого не робить
diagnostics-remote-nameless = Надійшла клавіша, яка не має тут ні назви, ні номера
diagnostics-remote-line = Щоб вона щось робила, додайте це до налаштувань із потрібною дією:
diagnostics-remote-known = Іншу дію для неї пишуть так:

## Nobody is there

still-there-title = Ви ще тут?
still-there-seconds = { $seconds ->
    [one] Вихід відбудеться через { $seconds } секунду.
    [few] Вихід відбудеться через { $seconds } секунди.
    [many] Вихід відбудеться через { $seconds } секунд.
   *[other] Вихід відбудеться через { $seconds } секунди.
}
still-there-hint = Натисніть будь-яку кнопку, щоб не виходити.
still-there-leaving = Вихід …

## Set-up

set-up-title = Майже готово
set-up-hint = Vestibule має знати, де люди входять. Налаштування шукали тут:
set-up-command = Створіть файл для заповнення в терміналі цього пристрою:
set-up-restart = Потім запустіть Vestibule знову.
set-up-demo = Запустити демо
set-up-demo-hint = Демо має власний сервер. Без реєстрації та оплати.
set-up-demo-starting = Запускаємо демо …
set-up-demo-failed = Не вдалося запустити демо: { $why }

## What went wrong

words-network-title = Немає з’єднання із сервером входу
words-network-dns = Ім’я сервера не знайдено. Перевірте мережу цього пристрою.
words-network-connect = Сервер не відповідає. Перевірте мережу цього пристрою.
words-network-tls = Не вдалося встановити захищене з’єднання із сервером. Можливо, на пристрої бракує сертифіката.
words-network-timeout = Сервер відповідає надто довго.
words-network-interrupted = З’єднання обірвалося.
words-network-unavailable = Сервер перевантажений або на обслуговуванні.
words-clock-title = Налаштовуємо годинник …
words-clock = Пристрій вважає, що зараз раніший день. Щойно час стане правильним, усе продовжиться само.
words-rejected-title = Вхід налаштовано неправильно
words-rejected-grant = { $provider ->
    [auth0] Увімкніть «Device Code» і «Refresh Token»: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types.
    [okta] Увімкніть «Device Authorization»: Okta Admin Console › Applications › … Дозвольте це також у правилі політики доступу: Okta Admin Console › Security › API.
    [google] Тип має бути «TVs and Limited Input devices»: Google Cloud console › Credentials.
    [microsoft] Увімкніть «Allow public client flows»: Entra admin center › App registrations › … › Authentication.
    [github] Увімкніть «Enable Device Flow»: GitHub › Settings › Developer settings › …
    [gitlab] GitLab має бути версії 17.2 або новішої, а програма повинна мати всі потрібні scopes.
    [keycloak] Увімкніть «OAuth 2.0 Device Authorization Grant»: Keycloak › Clients › … › Capability config.
    [twitch] Тип має бути «Public»: Twitch Developer Console › Applications › …
   *[other] Дозвольте на сервері Device Authorization Grant для цієї програми.
}
words-rejected-type = { $provider ->
    [auth0] Тип має бути «Native»: Auth0 › Applications › … › Settings › Application Type. Увімкніть «OIDC Conformant»: Auth0 › Applications › … › Settings › Advanced Settings › OAuth. Самостійно зареєстрована або стороння програма не може входити за кодом.
   *[other] Сервер не дозволяє програмам цього типу вхід за кодом. Зареєструйте програму для пристроїв, без секрету.
}
words-rejected-authentication = { $provider ->
    [auth0] Виберіть «None»: Auth0 › Applications › … › Credentials › Authentication Method. Тип має бути «Native»: Auth0 › Applications › … › Settings › Application Type.
   *[other] Сервер вимагає від цього клієнта іншого підтвердження. Перевірте client_secret_file і реєстрацію клієнта.
}
words-rejected-client = { $provider ->
    [auth0] У цьому tenant немає програми з таким client_id. Скопіюйте Client ID і Domain у client_id та domain: Auth0 › Applications › … › Settings.
    [github] GitHub не знає цього клієнта. Перевірте client_id.
    [microsoft] Microsoft не знає цього клієнта в цьому каталозі. Перевірте client_id і tenant.
   *[other] Сервер не знає цього клієнта або вимагає від нього секрету. Перевірте client_id і client_secret_file.
}
words-rejected-scope = Сервер відхиляє потрібні scopes. Перевірте scopes у налаштуваннях.
words-rejected-audience = { $provider ->
    [auth0] Сервер не знає потрібного API. audience має точно збігатися з Identifier цього API: Auth0 › Applications › APIs.
   *[other] Сервер не знає потрібного API. Перевірте audience і extra_params.
}
words-rejected-access = { $provider ->
    [auth0] Дозвольте цій програмі API: Auth0 › Applications › APIs › … › Application Access.
   *[other] Сервер не дозволяє цій програмі користуватися API. Дозвольте це там.
}
words-rejected-offline = { $provider ->
    [auth0] Увімкніть «Allow Offline Access»: Auth0 › Applications › APIs › … › Settings. Увімкніть «Refresh Token»: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types. Потім увійдіть знову.
   *[other] Дозвольте на сервері офлайн-доступ і токени оновлення для цієї програми та увійдіть знову.
}
words-rejected-pkce = { $provider ->
    [keycloak] Сервер потребує PKCE в інший спосіб. Задайте pkce «require» у налаштуваннях; Code Challenge Method має бути S256 або порожнім: Keycloak › Clients › …
   *[other] Сервер потребує PKCE в інший спосіб. Задайте pkce «require» або «off» у налаштуваннях.
}
words-rejected-other = { $provider ->
    [auth0] Перевірте Native, None, OIDC Conformant, Device Code, Refresh Token: Auth0 › Applications › … › Settings. API з audience має існувати й дозволяти офлайн-доступ.
    [okta] Перевірте Native, Device Authorization, Refresh Token, Assignments: Okta Admin Console › Applications › …
    [google] Перевірте TVs and Limited Input devices, client_secret_file: Google Cloud console › Credentials. Пристроям доступно мало scopes: openid, profile, email, Drive, YouTube.
    [microsoft] Перевірте Allow public client flows, Supported account types: Entra admin center › App registrations › … Якщо лише телефон показує помилку 53003, вхід за кодом блокує правило Conditional Access.
    [github] Перевірте Enable Device Flow, client_id: GitHub › Settings › Developer settings › …
    [gitlab] GitLab має бути версії 17.2 або новішої, а програма повинна мати всі потрібні scopes. Перевірте Confidential, client_secret_file: GitLab › Applications › …
    [keycloak] Перевірте OAuth 2.0 Device Authorization Grant, Client authentication, client_secret_file, offline_access, issuer: Keycloak › Clients › …
    [twitch] Перевірте Public, client_id: Twitch Developer Console › Applications › …
   *[other] Сервер не приймає цю програму з такими налаштуваннями. Перевірте розділ provider.
}
words-unexpected-title = Це був не сервер входу
words-unexpected = Відповів хтось інший. Можливо, ця мережа вимагає власного входу або адреса в налаштуваннях хибна.
words-unread-title = Відповідь сервера непридатна
words-unread = З тим, що відповідає сервер, увійти неможливо. Повідомте того, хто ним керує.
words-misfit = Те, що пропонує сервер, не відповідає налаштуванням. Покажіть рядок нижче тому, хто доглядає за цим пристроєм.
words-id-token-title = Цьому входу не можна довіряти
words-id-token = Сервер надіслав недійсне підтвердження особи. Спробуйте ще раз. Якщо не допоможе, повідомте того, хто доглядає за пристроєм.
words-refused-title = Цей обліковий запис не має доступу до показаного тут
words-refused = Перевірте audience і scopes у налаштуваннях та права цієї особи.
words-storage-title = Збережений вхід не можна використати
words-storage = Перевірте файл, його власника й права на цьому пристрої.
words-internal-title = Тут щось пішло не так
words-internal = Спробуйте ще раз. Якщо не допоможе, перезапустіть пристрій і повідомте того, хто за ним доглядає.

## Home

home-account = Обліковий запис
home-signed-in = Ви увійшли
home-signed-in-as = Ви увійшли, { $name }
home-no-api = На цьому пристрої ще не налаштовано вміст. Натисніть OK, щоб побачити обліковий запис.
home-empty = Тут ще нічого немає
home-failed = Не завантажено: { $reason }
home-retry = Натисніть OK, щоб спробувати знову
home-from = Від { $when }
home-from-yesterday = Учора, { $time }
# What stands beside a row that could not be loaded anew: why, and since when it is as it is.
home-old = { $reason } · { $from }
home-captive = Ця мережа вимагає власного входу
home-captive-hint = Увійдіть у мережу та натисніть OK

reason-session = не вдалося поновити вхід
reason-network = немає з’єднання
reason-busy = сервер перевантажений
reason-forbidden = не дозволено
reason-status = помилка сервера { $status }
reason-captive = ця мережа вимагає власного входу
reason-too-large = відповідь завелика
reason-shape = неочікувана відповідь
reason-refused = неправильно налаштовано

## Detail

detail-back = Назад
detail-open = Відкрити
detail-phone = На телефоні
phone-hint = Відскануйте це телефоном або відкрийте на ньому цю адресу:
opened-details = Докладніше
detail-running = Хвилинку …
detail-done = Готово
detail-added = Додано
detail-removed = Вилучено
detail-failed = Не вдалося: { $reason }
# $words are the server’s own.
detail-said = Не вдалося: { $words }

value-days = { $days } д { $hours } год
value-hours = { $hours } год { $minutes } хв
value-minutes = { $minutes } хв
value-seconds = { $seconds } с

# How far off a time is (CLDR, dateFields).
relative-now = зараз
relative-yesterday = учора
relative-today = сьогодні
relative-tomorrow = завтра
relative-in-minutes = { $minutes ->
    [one] через { $minutes } хвилину
    [few] через { $minutes } хвилини
    [many] через { $minutes } хвилин
   *[other] через { $minutes } хвилини
}
relative-minutes-ago = { $minutes ->
    [one] { $minutes } хвилину тому
    [few] { $minutes } хвилини тому
    [many] { $minutes } хвилин тому
   *[other] { $minutes } хвилини тому
}
relative-in-hours = { $hours ->
    [one] через { $hours } годину
    [few] через { $hours } години
    [many] через { $hours } годин
   *[other] через { $hours } години
}
relative-hours-ago = { $hours ->
    [one] { $hours } годину тому
    [few] { $hours } години тому
    [many] { $hours } годин тому
   *[other] { $hours } години тому
}
relative-in-days = { $days ->
    [one] через { $days } день
    [few] через { $days } дні
    [many] через { $days } днів
   *[other] через { $days } дня
}
relative-days-ago = { $days ->
    [one] { $days } день тому
    [few] { $days } дні тому
    [many] { $days } днів тому
   *[other] { $days } дня тому
}
relative-in-months = { $months ->
    [one] через { $months } місяць
    [few] через { $months } місяці
    [many] через { $months } місяців
   *[other] через { $months } місяця
}
relative-months-ago = { $months ->
    [one] { $months } місяць тому
    [few] { $months } місяці тому
    [many] { $months } місяців тому
   *[other] { $months } місяця тому
}
relative-in-years = { $years ->
    [one] через { $years } рік
    [few] через { $years } роки
    [many] через { $years } років
   *[other] через { $years } року
}
relative-years-ago = { $years ->
    [one] { $years } рік тому
    [few] { $years } роки тому
    [many] { $years } років тому
   *[other] { $years } року тому
}

## Account

account-title = Ваш обліковий запис
account-nameless = Вхід виконано
account-since = Вхід виконано
account-session = Цей вхід
account-stays = Діє, доки ви не вийдете
account-ends-at = Діє до { $time }: сервер не видав токен оновлення (чи надано offline_access?)
account-ends = Діє, доки вирішить сервер: він не видав токен оновлення (чи надано offline_access?)
account-may = Цей пристрій може
account-scope-openid = знати, хто ви
account-scope-profile = бачити ваше ім’я та фото
account-scope-email = бачити вашу адресу e-mail
account-scope-phone = бачити ваш номер телефону
account-scope-address = бачити вашу адресу
account-scope-offline = не виходити із системи
account-diagnostics = Діагностика
account-sign-out = Вийти
account-confirm = Вийти на цьому пристрої?
account-stay = Не виходити
account-signing-out = Вихід …
account-switch = Змінити запис
account-add = Додати запис
account-set-pin = Задати PIN-код
account-change-pin = Змінити PIN-код
account-remove-pin = Прибрати PIN-код
account-everybody = Вийти всім
account-everybody-confirm = Завершити всі сеанси на цьому пристрої?
account-everybody-signing-out = Завершуємо всі сеанси …

## Language

language-title = Мова
language-auto = Як на пристрої

## Accessibility

accessibility-title = Доступність
accessibility-text = Розмір тексту
accessibility-text-hint = Ліворуч і праворуч зменшують або збільшують увесь текст.
accessibility-text-normal = Звичайний
accessibility-text-large = Великий
accessibility-text-larger = Дуже великий
accessibility-text-largest = Найбільший
accessibility-theme = Кольори
accessibility-theme-hint = Висока контрастність чорно-біла, з жовтим виділенням.
accessibility-dark = Темні
accessibility-light = Світлі
accessibility-high-contrast = Висока контрастність
accessibility-picture = Краї екрана
accessibility-picture-hint = Деякі телевізори обрізають краї. Натискайте ліворуч або праворуч, доки не буде видно всі чотири кути.
accessibility-motion = Менше руху
accessibility-motion-hint = Ніщо не ковзає й не збільшується; усе змінюється одразу.
accessibility-aloud = Читати вголос
accessibility-aloud-hint = Коди або кожен екран і кожен рух, на пристроях, які вміють говорити. Утримання Info перемикає.
accessibility-aloud-codes = Коди
accessibility-aloud-everything = Усе
accessibility-captions = Субтитри
accessibility-captions-hint = Коли все читається вголос, воно ще й написане внизу.
accessibility-on = Увімк.
accessibility-off = Вимк.

settings-unsaved = Не вдалося зберегти на цьому пристрої. Діятиме до вимкнення живлення.
