# Texts of the big screen. One section per screen; names start with the screen's name.
# Sentences are read from three metres: short, one thought, no jargon for viewers.

## Welcome

welcome-title = تسجيل الدخول إلى { $product }
welcome-hint = ستحتاج إلى هاتفك. يستغرق الأمر نحو دقيقة.
welcome-sign-in = تسجيل الدخول
welcome-not-signed-in = لم يتم تسجيل الدخول
welcome-ended = انتهت جلستك. يُرجى تسجيل الدخول مجددًا.
welcome-set-aside = تعذّر استخدام الدخول المحفوظ. يُرجى تسجيل الدخول مجددًا.
welcome-signed-out = تم تسجيل خروجك.
welcome-absent = تم تسجيل خروجك لأن أحدًا لم يضغط أي زر منذ مدة.
welcome-not-revoked = تم تسجيل خروجك هنا. تعذّر إبلاغ الخادم؛ سينسى هذا الجهاز عند انتهاء الجلسة.
welcome-not-removed = تعذّر حذف الدخول المحفوظ من هذا الجهاز: { $why }

welcome-network = الشبكة متصلة
welcome-no-network = لا توجد شبكة

welcome-everybody = تم تسجيل خروج الجميع من هذا الجهاز.
welcome-everybody-guarded = تم تسجيل خروج كل من ليس لديه رمز PIN. ما زال برمز PIN: { $who }.
welcome-everybody-not-revoked = تعذّر إبلاغ الخادم بشأن { $who }؛ سينسى هذا الجهاز عند انتهاء جلساتهم.
welcome-everybody-left = ما زال على هذا الجهاز: { $who }.

## Who is watching?

who-title = من يشاهد؟
who-add = إضافة حساب
who-pin = رمز PIN
who-guest = ضيف
who-sign-in-again = تسجيل الدخول مجددًا
who-broken = غير مقروء
who-broken-title = تعذّرت قراءة هذا الدخول المحفوظ
who-broken-hint = سجّل الدخول مجددًا لاستبداله، أو أزله من هذه الشاشة. يُحتفظ بالملف نفسه.
who-remove = إزالة
who-back = رجوع

## PIN

pin-enter = أدخل رمز PIN
pin-current = أدخل رمز PIN الحالي
pin-new = اختر رمز PIN
pin-repeat = أدخله مرة أخرى
pin-hint = أربعة أرقام تُطلب قبل عرض هذا الحساب.
pin-wrong = { $left ->
    [0] رمز PIN خاطئ.
    [zero] رمز PIN خاطئ.
    [one] رمز PIN خاطئ. بقيت محاولة واحدة.
    [two] رمز PIN خاطئ. بقيت محاولتان.
    [few] رمز PIN خاطئ. بقيت { $left } محاولات.
    [many] رمز PIN خاطئ. بقيت { $left } محاولة.
   *[other] رمز PIN خاطئ. بقيت { $left } محاولة.
}
pin-mismatch = الرمزان غير متطابقين. اختر من جديد.
pin-not-saved = تعذّر حفظ رمز PIN: { $why }
pin-locked-title = محاولات خاطئة كثيرة
pin-locked = حاول مجددًا بعد { $time }
pin-unreadable-title = تعذّرت قراءة رمز PIN
pin-unreadable = سجّل الدخول مجددًا على هاتفك بالحساب نفسه، ولن يُطلب الرمز بعد ذلك.
pin-forgot = نسيت رمز PIN
pin-forgotten-title = هل نسيت رمز PIN؟
pin-forgotten = سجّل الدخول مجددًا على هاتفك بالحساب نفسه. يُزال رمز PIN ويمكنك اختيار رمز آخر.
pin-sign-in = تسجيل الدخول مجددًا
pin-back = رجوع

## Times

time-moment = { $date }، { $time }

# Between the parts of a list.
list-between = { "، " }

## Starting

restoring = لحظة من فضلك …

## Sign in

sign-in-scan = امسح هذا الرمز بهاتفك
sign-in-open = افتح هذا العنوان على هاتفك
sign-in-or-open = أو افتح
sign-in-check = تأكد من أن هاتفك يعرض هذا الرمز
sign-in-type = أدخل هذا الرمز هناك
sign-in-confirm = أكّد، وستتابع هذه الشاشة تلقائيًا
sign-in-confirmed = هل أكّدت بالفعل؟ تم احتسابه: ستتابع هذه الشاشة تلقائيًا
sign-in-beware = لا تتابع إلا إذا كنت أمام هذه الشاشة.
sign-in-new-code = رمز جديد
sign-in-new-code-question = هل تريد رمزًا جديدًا؟ سيتوقف الرمز الحالي عن العمل.
sign-in-keep-code = الاحتفاظ بهذا الرمز
sign-in-bigger = تكبير رمز QR
sign-in-smaller = تصغير رمز QR
sign-in-cancel = إلغاء
sign-in-try-again = إعادة المحاولة
sign-in-retry-now = المحاولة الآن

sign-in-expires-in = ينتهي بعد { $time }
sign-in-fresh = جارٍ جلب رمز جديد
sign-in-rest = انتهت صلاحية هذا الرمز.
sign-in-rest-hint = اضغط OK للحصول على رمز جديد
sign-in-ending = سينتهي هذا الرمز بعد لحظات
sign-in-rest-refused = { $provider ->
    [microsoft] هل رفض الهاتف؟ قد لا تسمح مؤسستك بالدخول برمز. يمكن لمسؤولها السماح به في Entra › Conditional Access › Authentication flows.
   *[other] هل رفض الهاتف؟ قد لا يسمح المسؤول عن حسابك بالدخول برمز على جهاز آخر.
}

sign-in-requesting = جارٍ طلب رمز …
sign-in-waiting = في انتظارك …
sign-in-unkept = لا يمكن الحفظ، فيدوم تسجيل الدخول حتى انقطاع الكهرباء.
sign-in-checking = جارٍ التحقق …
sign-in-unread = تعذّرت قراءة ردّ الخادم، تُعاد المحاولة. رمزك لا يزال صالحًا.
sign-in-offline = { $seconds ->
    [0] لا اتصال، تُعاد المحاولة الآن. رمزك لا يزال صالحًا.
    [zero] لا اتصال، تُعاد المحاولة الآن. رمزك لا يزال صالحًا.
    [one] لا اتصال، تُعاد المحاولة بعد ثانية واحدة. رمزك لا يزال صالحًا.
    [two] لا اتصال، تُعاد المحاولة بعد ثانيتين. رمزك لا يزال صالحًا.
    [few] لا اتصال، تُعاد المحاولة بعد { $seconds } ثوانٍ. رمزك لا يزال صالحًا.
    [many] لا اتصال، تُعاد المحاولة بعد { $seconds } ثانية. رمزك لا يزال صالحًا.
   *[other] لا اتصال، تُعاد المحاولة بعد { $seconds } ثانية. رمزك لا يزال صالحًا.
}
sign-in-finishing = تم تسجيل الدخول، جارٍ التحميل …
sign-in-request-again = { $seconds ->
    [0] تُعاد المحاولة الآن …
    [zero] تُعاد المحاولة الآن …
    [one] تُعاد المحاولة بعد ثانية واحدة …
    [two] تُعاد المحاولة بعد ثانيتين …
    [few] تُعاد المحاولة بعد { $seconds } ثوانٍ …
    [many] تُعاد المحاولة بعد { $seconds } ثانية …
   *[other] تُعاد المحاولة بعد { $seconds } ثانية …
}

sign-in-denied = رُفض تسجيل الدخول على الهاتف.
sign-in-denied-hint = إن لم يكن ذلك مقصودًا، فأعد المحاولة.
sign-in-details = تفاصيل للمسؤول عن هذا الجهاز

sign-in-aloud = قراءة بصوت عالٍ
sign-in-mute = تعذّر على هذا الجهاز القراءة بصوت عالٍ.

## Reading aloud

spoken-open = افتح هذا العنوان على هاتفك:
spoken-letters = حرفًا حرفًا:
spoken-code = تأكد من أن هاتفك يعرض هذا الرمز:
spoken-again = مرة أخرى:
spoken-small = حرف { $letter } صغير
spoken-sign = { $sign ->
    [dash] شرطة
    [dot] نقطة
    [slash] شرطة مائلة
    [colon] نقطتان
    [underscore] شرطة سفلية
    [question] علامة استفهام
    [equals] يساوي
    [and] علامة العطف
    [percent] بالمئة
    [plus] زائد
    [hash] مربع
    [tilde] تلدة
   *[at] علامة آت
}
spoken-home = الشاشة الرئيسية
spoken-role = { $role ->
    [button] زر
    [card] بطاقة
    [account] حساب
    [setting] إعداد
    [choice] خيار
   *[tab] علامة تبويب
}
spoken-place = { $at } من { $all }
spoken-place-open = { $at } من { $all } أو أكثر
spoken-chosen = مختار
spoken-loading = جارٍ التحميل
spoken-text = الوصف
spoken-pad = لوحة أرقام
spoken-pad-hint = كما في الهاتف، بدءًا من 5. تعمل مفاتيح الأرقام أيضًا.
spoken-digits = { $typed } من { $all } أرقام
spoken-through = مضى { $share }
spoken-code-ends = ينتهي الرمز { $when }
spoken-on = يُقرأ كل شيء بصوت عالٍ. اضغط مطوّلًا على Info لإيقاف ذلك.
spoken-off = القراءة بصوت عالٍ متوقفة.

## Success

success-hello = مرحبًا { $name }
success-hello-nameless = مرحبًا
success-signed-in = تم تسجيل دخولك.
success-not-you = لست أنت؟
success-continue = متابعة
success-signing-out = جارٍ تسجيل الخروج …
success-ask = هل تريد البقاء مسجلًا على هذه الشاشة؟
success-ask-hint = من دون إجابة: لا، ولا يُحفظ هنا أي شيء يخصك.
success-ask-no = هذه المرة فقط
success-keeping = جارٍ الحفظ …
guest = ضيف، غير محفوظ
guest-until = حتى تسجّل خروجك أو تُعتم الشاشة، ولا يبقى هنا أي شيء يخصك.

account-not-remembered = تعذّر حفظ هذا الدخول: يدوم حتى انقطاع الكهرباء.

## Diagnostics

diagnostics-device = هذا الجهاز
diagnostics-connection = الاتصال
diagnostics-log = السجل
diagnostics-remote = جهاز التحكم
diagnostics-checking = جارٍ التحقق …
diagnostics-again = OK للتحقق مجددًا
diagnostics-scroll = الأعلى والأسفل للتمرير، OK للتحديث
diagnostics-start = OK للبدء
diagnostics-stop = رجوع مرتين للإيقاف
diagnostics-report = للمسؤول عن هذا الجهاز. لا يحوي أسرارًا.
diagnostics-name = اسم الجهاز
diagnostics-provider = خادم تسجيل الدخول
diagnostics-none = لا خادم صالحًا
diagnostics-client = العميل
diagnostics-account = الحساب
diagnostics-signed-in = تم تسجيل الدخول
diagnostics-nobody = لم يسجّل أحد الدخول
diagnostics-clock = الساعة
diagnostics-clock-unknown = لم يُعلن أي خادم وقته بعد
diagnostics-clock-agrees = مطابقة للخادم
diagnostics-clock-behind = متأخرة عن الخادم { $by }
diagnostics-clock-ahead = متقدمة على الخادم { $by }
diagnostics-version = الإصدار
diagnostics-renderer = العارض
diagnostics-screen = الشاشة
diagnostics-memory = الذاكرة
diagnostics-memory-value = { $share } ميبيبايت ({ $all } مع المشترك)
diagnostics-running = مدة التشغيل
diagnostics-running-value = { $program }، والجهاز { $device }
diagnostics-language = اللغة
diagnostics-discovery = البيانات الوصفية
diagnostics-codes = الرموز
diagnostics-tokens = رموز الوصول
diagnostics-userinfo = الأسماء
diagnostics-keys = المفاتيح
diagnostics-api = المحتوى
diagnostics-reached = يستجيب ({ $status }) بعد { $milliseconds } مللي ثانية · { $host }
diagnostics-failed = فشل: { $why }
diagnostics-last-code = آخر رمز
diagnostics-last-poll = آخر استعلام
diagnostics-last-refresh = آخر تجديد
diagnostics-never = لا شيء منذ التشغيل
diagnostics-done = جيد
diagnostics-waiting = لم يُؤكَّد بعد
diagnostics-slow-down = يطلب الخادم التمهّل
diagnostics-ago = قبل { $time }
diagnostics-tenant-log = سجل المستأجر: { $codes }
diagnostics-nothing = لا خادم مُعَدًّا يمكن سؤاله.
diagnostics-no-lines = لم يُسجَّل شيء بعد.
diagnostics-remote-title = ماذا يرسل جهاز التحكم هذا؟
diagnostics-remote-hint = اضغط OK ثم أي زر. تعرض هذه الصفحة ما يصل وما يُكتب له.
diagnostics-remote-listening = اضغط أي زر
diagnostics-remote-leave = اضغط رجوع مرتين للإيقاف، أو انتظر 20 ثانية.
diagnostics-remote-does = { $key } يفعل: { $action }
diagnostics-remote-digit = { $key } رقم
diagnostics-remote-unknown = { $key } لا يفعل شيئًا بعد
diagnostics-remote-nameless = وصل مفتاح لا اسم له هنا ولا رقم
diagnostics-remote-line = ليفعل شيئًا، اكتب هذا في الإعدادات مع الإجراء المطلوب:
diagnostics-remote-known = يُكتب إجراء آخر له هكذا:

## Nobody is there

still-there-title = هل ما زلت هنا؟
still-there-seconds = { $seconds ->
    [zero] سيتم تسجيل خروجك الآن.
    [one] سيتم تسجيل خروجك بعد ثانية واحدة.
    [two] سيتم تسجيل خروجك بعد ثانيتين.
    [few] سيتم تسجيل خروجك بعد { $seconds } ثوانٍ.
    [many] سيتم تسجيل خروجك بعد { $seconds } ثانية.
   *[other] سيتم تسجيل خروجك بعد { $seconds } ثانية.
}
still-there-hint = اضغط أي زر للبقاء.
still-there-leaving = جارٍ تسجيل الخروج …

## Set-up

set-up-title = أوشكنا على الانتهاء
set-up-hint = يحتاج Vestibule إلى معرفة مكان تسجيل الدخول. بحث عن إعدادات هنا:
set-up-command = أنشئ ملفًا لتعبئته، في طرفية على هذا الجهاز:
set-up-restart = ثم أعد تشغيل Vestibule.
set-up-demo = بدء العرض التجريبي
set-up-demo-hint = للعرض التجريبي خادمه الخاص. بلا تسجيل وبلا تكلفة.
set-up-demo-starting = جارٍ بدء العرض التجريبي …
set-up-demo-failed = تعذّر بدء العرض التجريبي: { $why }

## What went wrong

words-network-title = لا اتصال بخادم تسجيل الدخول
words-network-dns = لم يُعثر على اسم الخادم. تحقق من شبكة هذا الجهاز.
words-network-connect = الخادم لا يستجيب. تحقق من شبكة هذا الجهاز.
words-network-tls = فشل الاتصال الآمن بالخادم. قد تنقص هذا الجهاز شهادة.
words-network-timeout = يستغرق الخادم وقتًا طويلًا للرد.
words-network-interrupted = انقطع الاتصال.
words-network-unavailable = الخادم مشغول أو قيد الصيانة.
words-clock-title = جارٍ ضبط الساعة …
words-clock = يظن هذا الجهاز أن اليوم أسبق مما هو. سيتابع تلقائيًا حالما تصبح الساعة صحيحة.
words-rejected-title = تسجيل الدخول غير مُعَدّ بشكل صحيح
words-rejected-grant = { $provider ->
    [auth0] فعّل Device Code وRefresh Token في Auth0 › Applications › … › Settings › Advanced Settings › Grant Types.
    [okta] فعّل Device Authorization في Okta Admin Console › Applications › … واسمح به أيضًا في قاعدة سياسة الوصول في Okta Admin Console › Security › API.
    [google] يجب أن يكون النوع TVs and Limited Input devices في Google Cloud console › Credentials.
    [microsoft] فعّل Allow public client flows في Entra admin center › App registrations › … › Authentication.
    [github] فعّل Enable Device Flow في GitHub › Settings › Developer settings › …
    [gitlab] يجب أن يكون GitLab بالإصدار 17.2 أو أحدث، وأن يملك التطبيق كل النطاقات المطلوبة.
    [keycloak] فعّل OAuth 2.0 Device Authorization Grant في Keycloak › Clients › … › Capability config.
    [twitch] يجب أن يكون النوع Public في Twitch Developer Console › Applications › …
   *[other] اسمح بمنح Device Authorization Grant لهذا التطبيق على الخادم.
}
words-rejected-type = { $provider ->
    [auth0] يجب أن يكون النوع Native في Auth0 › Applications › … › Settings › Application Type. فعّل OIDC Conformant في Auth0 › Applications › … › Settings › Advanced Settings › OAuth. لا يمكن لتطبيق مسجَّل ذاتيًا أو تابع لجهة أخرى تسجيل الدخول برمز.
   *[other] لا يسمح الخادم بتسجيل الدخول برمز لهذا النوع من التطبيقات. سجّل تطبيقًا للأجهزة، بلا سر.
}
words-rejected-authentication = { $provider ->
    [auth0] اختر None في Auth0 › Applications › … › Credentials › Authentication Method. يجب أن يكون النوع Native في Auth0 › Applications › … › Settings › Application Type.
   *[other] يطلب الخادم إثباتًا آخر من هذا العميل. تحقق من client_secret_file ومن تسجيل العميل على الخادم.
}
words-rejected-client = { $provider ->
    [auth0] لا يوجد في هذا المستأجر تطبيق بهذا client_id. انسخ Client ID وDomain إلى client_id وdomain في Auth0 › Applications › … › Settings.
    [github] لا يعرف GitHub هذا العميل. تحقق من client_id.
    [microsoft] لا تعرف Microsoft هذا العميل في هذا الدليل. تحقق من client_id وtenant.
   *[other] لا يعرف الخادم هذا العميل، أو يطلب منه سرًا. تحقق من client_id وclient_secret_file.
}
words-rejected-scope = يرفض الخادم النطاقات المطلوبة. تحقق من scopes في الإعدادات.
words-rejected-audience = { $provider ->
    [auth0] لا يعرف الخادم الواجهة المطلوبة. يجب أن يطابق audience قيمة Identifier تمامًا في Auth0 › Applications › APIs.
   *[other] لا يعرف الخادم الواجهة المطلوبة. تحقق من audience وextra_params.
}
words-rejected-access = { $provider ->
    [auth0] اسمح لهذا التطبيق باستخدام الواجهة في Auth0 › Applications › APIs › … › Application Access.
   *[other] لا يسمح الخادم لهذا التطبيق باستخدام الواجهة. اسمح به هناك.
}
words-rejected-offline = { $provider ->
    [auth0] فعّل Allow Offline Access في Auth0 › Applications › APIs › … › Settings. فعّل Refresh Token في Auth0 › Applications › … › Settings › Advanced Settings › Grant Types. ثم سجّل الدخول مجددًا.
   *[other] اسمح على الخادم بالوصول دون اتصال وبرموز التحديث لهذا التطبيق، ثم سجّل الدخول مجددًا.
}
words-rejected-pkce = { $provider ->
    [keycloak] لا يوافق PKCE ما يريده الخادم. تحقق من pkce في الإعدادات ومن Code Challenge Method في Keycloak › Clients › …
   *[other] لا يوافق PKCE ما يريده الخادم. تحقق من pkce في الإعدادات.
}
words-rejected-other = { $provider ->
    [auth0] تحقق من Native، None، OIDC Conformant، Device Code، Refresh Token في Auth0 › Applications › … › Settings. يجب أن تكون واجهة audience موجودة وتسمح بالوصول دون اتصال.
    [okta] تحقق من Native، Device Authorization، Refresh Token، Assignments في Okta Admin Console › Applications › …
    [google] تحقق من TVs and Limited Input devices، client_secret_file في Google Cloud console › Credentials. النطاقات المتاحة للأجهزة قليلة: openid، profile، email، Drive، YouTube.
    [microsoft] تحقق من Allow public client flows، Supported account types في Entra admin center › App registrations › … إذا أظهر الهاتف وحده الخطأ 53003، فإن سياسة Conditional Access تمنع الدخول برمز.
    [github] تحقق من Enable Device Flow، client_id في GitHub › Settings › Developer settings › …
    [gitlab] يجب أن يكون GitLab بالإصدار 17.2 أو أحدث، وأن يملك التطبيق كل النطاقات المطلوبة. تحقق من Confidential، client_secret_file في GitLab › Applications › …
    [keycloak] تحقق من OAuth 2.0 Device Authorization Grant، Client authentication، client_secret_file، offline_access، issuer في Keycloak › Clients › …
    [twitch] تحقق من Public، client_id في Twitch Developer Console › Applications › …
   *[other] لا يقبل الخادم هذا التطبيق بإعداداته الحالية. تحقق من قسم provider في الإعدادات.
}
words-unexpected-title = لم يكن ذلك خادم تسجيل الدخول
words-unexpected = ردّ شيء آخر. قد تطلب هذه الشبكة تسجيل دخول خاصًا بها، أو أن العنوان في الإعدادات خاطئ.
words-unread-title = تعذّرت قراءة ردّ الخادم
words-unread = لا يمكن تسجيل الدخول بما ردّ به الخادم. أخبر من يديره.
words-misfit = ما يقدّمه الخادم لا يوافق الإعدادات. اعرض السطر أدناه على من يعتني بهذا الجهاز.
words-id-token-title = لا يمكن الوثوق بهذا الدخول
words-id-token = أرسل الخادم إثبات هوية غير صالح. أعد المحاولة. وإن استمر ذلك فأبلغ المسؤول عن هذا الجهاز.
words-refused-title = لا يحق لهذا الحساب استخدام ما يُعرض هنا
words-refused = تحقق من audience وscopes في الإعدادات، ومن صلاحيات هذا الشخص.
words-storage-title = تعذّر استخدام الدخول المحفوظ
words-storage = تحقق من الملف ومالكه وأذوناته على هذا الجهاز.
words-internal-title = حدث خطأ هنا
words-internal = أعد المحاولة. وإن استمر ذلك فأعد تشغيل الجهاز وأبلغ المسؤول عنه.

## Home

home-account = الحساب
home-signed-in = تم تسجيل دخولك
home-signed-in-as = تم تسجيل دخولك يا { $name }
home-no-api = لا محتوى مُعَدّ على هذا الجهاز بعد. اضغط OK لرؤية حسابك.
home-empty = لا شيء هنا بعد
home-failed = تعذّر التحميل: { $reason }
home-retry = اضغط OK لإعادة المحاولة
home-from = بتاريخ { $when }
home-from-yesterday = من الأمس { $time }
# What stands beside a row that could not be loaded anew: why, and since when it is as it is.
home-old = { $reason } · { $from }
home-captive = تطلب هذه الشبكة تسجيل دخول خاصًا بها
home-captive-hint = سجّل الدخول إلى الشبكة ثم اضغط OK

reason-session = تعذّر تجديد تسجيل الدخول
reason-network = لا اتصال
reason-busy = الخادم مشغول
reason-forbidden = غير مسموح
reason-status = خطأ في الخادم { $status }
reason-captive = تطلب هذه الشبكة تسجيل دخول خاصًا بها
reason-too-large = الرد كبير جدًا
reason-shape = رد غير متوقع
reason-refused = غير مُعَدّ بشكل صحيح

## Detail

detail-back = رجوع
detail-open = فتح
detail-phone = على هاتفك
phone-hint = امسح هذا الرمز بهاتفك، أو افتح هذا العنوان عليه:
opened-details = التفاصيل
detail-running = لحظة من فضلك …
detail-done = تم
detail-added = تمت الإضافة
detail-removed = تمت الإزالة
detail-failed = لم ينجح ذلك: { $reason }
# $words are the server’s own.
detail-said = لم ينجح ذلك: { $words }

value-days = { $days } ي { $hours } س
value-hours = { $hours } س { $minutes } د
value-minutes = { $minutes } د
value-seconds = { $seconds } ث

# How far off a time is (CLDR, dateFields).
relative-now = الآن
relative-yesterday = أمس
relative-today = اليوم
relative-tomorrow = غدًا
relative-in-minutes = { $minutes ->
    [zero] خلال { $minutes } دقيقة
    [one] خلال دقيقة واحدة
    [two] خلال دقيقتين
    [few] خلال { $minutes } دقائق
    [many] خلال { $minutes } دقيقة
   *[other] خلال { $minutes } دقيقة
}
relative-minutes-ago = { $minutes ->
    [zero] قبل { $minutes } دقيقة
    [one] قبل دقيقة واحدة
    [two] قبل دقيقتين
    [few] قبل { $minutes } دقائق
    [many] قبل { $minutes } دقيقة
   *[other] قبل { $minutes } دقيقة
}
relative-in-hours = { $hours ->
    [zero] خلال { $hours } ساعة
    [one] خلال ساعة واحدة
    [two] خلال ساعتين
    [few] خلال { $hours } ساعات
    [many] خلال { $hours } ساعة
   *[other] خلال { $hours } ساعة
}
relative-hours-ago = { $hours ->
    [zero] قبل { $hours } ساعة
    [one] قبل ساعة واحدة
    [two] قبل ساعتين
    [few] قبل { $hours } ساعات
    [many] قبل { $hours } ساعة
   *[other] قبل { $hours } ساعة
}
relative-in-days = { $days ->
    [zero] خلال { $days } يوم
    [one] خلال يوم واحد
    [two] خلال يومين
    [few] خلال { $days } أيام
    [many] خلال { $days } يومًا
   *[other] خلال { $days } يوم
}
relative-days-ago = { $days ->
    [zero] قبل { $days } يوم
    [one] قبل يوم واحد
    [two] قبل يومين
    [few] قبل { $days } أيام
    [many] قبل { $days } يومًا
   *[other] قبل { $days } يوم
}
relative-in-months = { $months ->
    [zero] خلال { $months } شهر
    [one] خلال شهر واحد
    [two] خلال شهرين
    [few] خلال { $months } أشهر
    [many] خلال { $months } شهرًا
   *[other] خلال { $months } شهر
}
relative-months-ago = { $months ->
    [zero] قبل { $months } شهر
    [one] قبل شهر واحد
    [two] قبل شهرين
    [few] قبل { $months } أشهر
    [many] قبل { $months } شهرًا
   *[other] قبل { $months } شهر
}
relative-in-years = { $years ->
    [zero] خلال { $years } سنة
    [one] خلال سنة واحدة
    [two] خلال سنتين
    [few] خلال { $years } سنوات
    [many] خلال { $years } سنة
   *[other] خلال { $years } سنة
}
relative-years-ago = { $years ->
    [zero] قبل { $years } سنة
    [one] قبل سنة واحدة
    [two] قبل سنتين
    [few] قبل { $years } سنوات
    [many] قبل { $years } سنة
   *[other] قبل { $years } سنة
}

## Account

account-title = حسابك
account-nameless = تم تسجيل الدخول
account-since = تم الدخول منذ
account-session = هذا الدخول
account-stays = يبقى حتى تسجيل خروجك
account-ends-at = ينتهي في { $time }: لم يعطِ الخادم رمز تحديث (هل مُنح offline_access؟)
account-ends = ينتهي متى شاء الخادم: لم يعطِ رمز تحديث (هل مُنح offline_access؟)
account-may = يمكن لهذا الجهاز
account-scope-openid = معرفة من أنت
account-scope-profile = رؤية اسمك وصورتك
account-scope-email = رؤية بريدك الإلكتروني
account-scope-phone = رؤية رقم هاتفك
account-scope-address = رؤية عنوانك
account-scope-offline = البقاء قيد الدخول
account-diagnostics = التشخيص
account-sign-out = تسجيل الخروج
account-confirm = هل تريد تسجيل الخروج من هذا الجهاز؟
account-stay = البقاء
account-signing-out = جارٍ تسجيل الخروج …
account-switch = تبديل الحساب
account-add = إضافة حساب
account-set-pin = تعيين رمز PIN
account-change-pin = تغيير رمز PIN
account-remove-pin = إزالة رمز PIN
account-everybody = تسجيل خروج الجميع
account-everybody-confirm = تسجيل خروج الجميع من هذا الجهاز؟
account-everybody-signing-out = جارٍ تسجيل خروج الجميع …

## Language

language-title = اللغة
language-auto = لغة الجهاز

## Accessibility

accessibility-title = تسهيلات الاستخدام
accessibility-text = حجم النص
accessibility-text-hint = اليسار واليمين يصغّران كل النصوص أو يكبّرانها.
accessibility-text-normal = عادي
accessibility-text-large = كبير
accessibility-text-larger = كبير جدًا
accessibility-text-largest = الأكبر
accessibility-theme = الألوان
accessibility-theme-hint = التباين العالي أبيض وأسود، والتحديد أصفر.
accessibility-dark = داكن
accessibility-light = فاتح
accessibility-high-contrast = تباين عالٍ
accessibility-picture = حواف الشاشة
accessibility-picture-hint = بعض أجهزة التلفاز تقصّ الحواف. اضغط اليسار أو اليمين حتى ترى الزوايا الأربع.
accessibility-motion = تقليل الحركة
accessibility-motion-hint = لا شيء ينزلق أو يكبر؛ كل شيء يتغيّر دفعة واحدة.
accessibility-aloud = القراءة بصوت عالٍ
accessibility-aloud-hint = الرموز، أو كل شاشة وكل حركة، على الأجهزة القادرة على الكلام. الضغط المطوّل على Info يبدّل ذلك.
accessibility-aloud-codes = الرموز
accessibility-aloud-everything = كل شيء
accessibility-captions = التسميات التوضيحية
accessibility-captions-hint = عندما يُقرأ كل شيء بصوت عالٍ، يُكتب أيضًا في الأسفل.
accessibility-on = مفعّل
accessibility-off = معطّل

settings-unsaved = تعذّر الحفظ على هذا الجهاز. يسري هذا حتى انقطاع الكهرباء.
