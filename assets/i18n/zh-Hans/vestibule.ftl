# Texts of the big screen. One section per screen; names start with the screen's name.
# Sentences are read from three metres: short, one thought, no jargon for viewers.

## Welcome

welcome-title = 登录 { $product }
welcome-hint = 请准备好手机，大约需要一分钟。
welcome-sign-in = 登录
welcome-not-signed-in = 未登录
welcome-ended = 您的会话已结束，请重新登录。
welcome-set-aside = 无法使用已保存的登录，请重新登录。
welcome-signed-out = 您已退出登录。
welcome-absent = 由于长时间没有按键，您已退出登录。
welcome-not-revoked = 您已在此退出登录。无法通知服务器；会话到期后，服务器会移除此设备。
welcome-not-removed = 无法从此设备删除已保存的登录：{ $why }

welcome-network = 网络已连接
welcome-no-network = 无网络

welcome-everybody = 此设备上的所有人均已退出登录。
welcome-everybody-guarded = 没有 PIN 的人均已退出登录。有 PIN 的人仍保持登录：{ $who }
welcome-everybody-not-revoked = 无法通知服务器（{ $who }）。会话到期后，服务器会移除此设备。
welcome-everybody-left = 仍在此设备上：{ $who }

## Who is watching?

who-title = 谁在观看？
who-add = 添加帐号
who-pin = PIN 码
who-guest = 访客
who-sign-in-again = 重新登录
who-broken = 无法读取
who-broken-title = 无法读取这个已保存的登录
who-broken-hint = 请重新登录以替换它，或从此屏幕移除。文件会为设备管理员保留。
who-remove = 移除
who-back = 返回

## PIN

pin-enter = 输入 PIN 码
pin-current = 输入当前 PIN 码
pin-new = 设置 PIN 码
pin-repeat = 请再输入一次
pin-hint = 四位数字，显示此帐号前需要输入。
pin-wrong = { $left ->
    [0] PIN 码错误。
   *[other] PIN 码错误，还可尝试 { $left } 次。
}
pin-mismatch = 两次输入不一致，请重新设置。
pin-not-saved = 无法保存 PIN 码：{ $why }
pin-locked-title = 错误次数过多
pin-locked = 请在 { $time } 后重试
pin-unreadable-title = 无法读取 PIN 码
pin-unreadable = 请在手机上用同一帐号重新登录，之后不再需要 PIN 码。
pin-forgot = 忘记 PIN 码
pin-forgotten-title = 忘记 PIN 码了？
pin-forgotten = 请在手机上用同一帐号重新登录。这会取消 PIN 码，您可以重新设置。
pin-sign-in = 重新登录
pin-back = 返回

## Times

time-moment = { $date } { $time }

# Between the parts of a list.
list-between = { "、" }

## Starting

restoring = 请稍候…

## Sign in

sign-in-scan = 请用手机扫描
sign-in-open = 请用手机打开
sign-in-or-open = 或打开
sign-in-check = 确认手机上显示的是这个代码
sign-in-type = 在那里输入这个代码
sign-in-confirm = 确认后，此屏幕会自动继续
sign-in-confirmed = 已确认？有效，此屏幕会自动继续
sign-in-beware = 只有您就在此屏幕前时才继续。
sign-in-new-code = 换新代码
sign-in-new-code-question = 要换新代码吗？当前代码将失效。
sign-in-keep-code = 保留此代码
sign-in-bigger = 放大二维码
sign-in-smaller = 缩小二维码
sign-in-cancel = 取消
sign-in-try-again = 重试
sign-in-retry-now = 立即重试

sign-in-expires-in = 剩余 { $time }
sign-in-fresh = 正在获取新代码
sign-in-rest = 此代码已失效。
sign-in-rest-hint = 按 OK 获取新代码
sign-in-ending = 此代码即将失效
sign-in-rest-refused = { $provider ->
    [microsoft] 手机拒绝了？您的组织可能不允许代码登录。管理员可以允许：Entra › Conditional Access › Authentication flows
   *[other] 手机拒绝了？您的帐号管理员可能不允许在其他设备上用代码登录。
}

sign-in-requesting = 正在获取代码…
sign-in-waiting = 等待您操作…
sign-in-unkept = 无法保存，登录持续到断电为止。
sign-in-checking = 正在检查…
sign-in-unread = 无法使用服务器的响应，正在重试。您的代码仍然有效。
sign-in-offline = { $seconds ->
    [0] 无连接，正在重试。您的代码仍然有效。
   *[other] 无连接，{ $seconds } 秒后重试。您的代码仍然有效。
}
sign-in-finishing = 已登录，正在加载…
sign-in-request-again = { $seconds ->
    [0] 正在重试…
   *[other] { $seconds } 秒后重试…
}

sign-in-denied = 登录在手机上被拒绝。
sign-in-denied-hint = 如果是误操作，请重试。
sign-in-details = 供设备管理员查看的详情

sign-in-aloud = 朗读
sign-in-mute = 此设备无法朗读。

## Reading aloud

spoken-open = 请在手机上打开此地址：
spoken-letters = 逐字朗读：
spoken-code = 确认手机上显示的是这个代码：
spoken-again = 再读一遍：
spoken-small = 小写 { $letter }
spoken-sign = { $sign ->
    [dash] 连字符
    [dot] 点
    [slash] 斜杠
    [colon] 冒号
    [underscore] 下划线
    [question] 问号
    [equals] 等号
    [and] 和号
    [percent] 百分号
    [plus] 加号
    [hash] 井号
    [tilde] 波浪号
   *[at] at 符号
}
spoken-home = 主屏幕
spoken-role = { $role ->
    [button] 按钮
    [card] 卡片
    [account] 帐号
    [setting] 设置
    [choice] 选项
   *[tab] 标签页
}
spoken-place = 第 { $at } 个，共 { $all } 个
spoken-place-open = 第 { $at } 个，至少 { $all } 个
spoken-chosen = 已选择
spoken-loading = 正在加载
spoken-text = 简介
spoken-pad = 数字键盘
spoken-pad-hint = 排列与电话相同，从 5 开始。也可用数字键。
spoken-digits = { $all } 位数字中的 { $typed } 位
spoken-through = 已过 { $share }
spoken-code-ends = 代码将在{ $when }失效
spoken-on = 所有内容都会朗读。按住 Info 可关闭。
spoken-off = 朗读已关闭。

## Success

success-hello = { $name }，您好
success-hello-nameless = 您好
success-signed-in = 您已登录。
success-not-you = 不是您？
success-continue = 继续
success-signing-out = 正在退出登录…
success-ask = 要在此屏幕上保持登录吗？
success-ask-hint = 不选择即为否：此处不会保存您的任何内容。
success-ask-no = 仅此一次
success-keeping = 正在保存…
guest = 访客，不会被记住
guest-until = 在您退出登录或屏幕变暗前有效，此处不会留下您的任何内容。

account-not-remembered = 无法保存，断电前有效。

## Diagnostics

diagnostics-device = 此设备
diagnostics-connection = 连接
diagnostics-log = 日志
diagnostics-remote = 遥控器
diagnostics-checking = 正在检查…
diagnostics-again = 按 OK 重新检查
diagnostics-scroll = 上下键滚动，OK 重新读取
diagnostics-start = 按 OK 开始
diagnostics-stop = 按两次返回停止
diagnostics-report = 供设备管理员查看，不含机密信息。
diagnostics-name = 设备名称
diagnostics-provider = 登录服务器
diagnostics-none = 没有可用的服务器
diagnostics-client = 客户端
diagnostics-account = 帐号
diagnostics-signed-in = 已登录
diagnostics-nobody = 无人登录
diagnostics-clock = 时钟
diagnostics-clock-unknown = 尚无服务器报告时间
diagnostics-clock-agrees = 与服务器一致
diagnostics-clock-behind = 比服务器慢 { $by }
diagnostics-clock-ahead = 比服务器快 { $by }
diagnostics-version = 版本
diagnostics-renderer = 渲染器
diagnostics-screen = 屏幕
diagnostics-memory = 内存
diagnostics-memory-value = { $share } MiB（含共享 { $all }）
diagnostics-running = 运行时间
diagnostics-running-value = { $program }，设备 { $device }
diagnostics-language = 语言
diagnostics-discovery = 元数据
diagnostics-codes = 代码
diagnostics-tokens = 令牌
diagnostics-userinfo = 姓名
diagnostics-keys = 密钥
diagnostics-api = 内容
diagnostics-reached = 有响应（{ $status }），{ $milliseconds } 毫秒 · { $host }
diagnostics-failed = 失败：{ $why }
diagnostics-last-code = 上次代码
diagnostics-last-poll = 上次查询
diagnostics-last-refresh = 上次续期
diagnostics-never = 启动后还没有
diagnostics-done = 正常
diagnostics-waiting = 尚未确认
diagnostics-slow-down = 服务器要求放慢速度
diagnostics-ago = { $time } 前
diagnostics-tenant-log = 租户日志：{ $codes }
diagnostics-nothing = 没有配置可查询的服务器。
diagnostics-no-lines = 还没有日志。
diagnostics-remote-title = 这个遥控器发送什么？
diagnostics-remote-hint = 按 OK，再按任意键。此页会显示收到的内容以及对应的写法。
diagnostics-remote-listening = 请按任意键
diagnostics-remote-leave = 按两次返回停止，或等待 20 秒。
diagnostics-remote-does = { $key } 的作用：{ $action }
diagnostics-remote-digit = { $key } 是数字键
diagnostics-remote-unknown = { $key } 还没有作用
diagnostics-remote-nameless = 收到一个在此既无名称也无编号的按键
diagnostics-remote-line = 要让它起作用，请在配置中写入以下内容和所需动作：
diagnostics-remote-known = 它的其他动作写法如下：

## Nobody is there

still-there-title = 您还在吗？
still-there-seconds = { $seconds ->
   *[other] 将在 { $seconds } 秒后退出登录。
}
still-there-hint = 按任意键保持登录。
still-there-leaving = 正在退出登录…

## Set-up

set-up-title = 就快好了
set-up-hint = Vestibule 需要知道在哪里登录。它在这些位置查找过配置：
set-up-command = 请在此设备的终端中创建一个待填写的配置：
set-up-restart = 然后重新启动 Vestibule。
set-up-demo = 开始演示
set-up-demo-hint = 演示自带服务器，无需注册，无需付费。
set-up-demo-starting = 正在启动演示…
set-up-demo-failed = 无法启动演示：{ $why }

## What went wrong

words-network-title = 无法连接登录服务器
words-network-dns = 找不到服务器名称，请检查此设备的网络。
words-network-connect = 服务器没有响应，请检查此设备的网络。
words-network-tls = 与服务器的安全连接失败，此设备可能缺少证书。
words-network-timeout = 服务器响应时间过长。
words-network-interrupted = 连接中断。
words-network-unavailable = 服务器繁忙或正在维护。
words-clock-title = 正在校准时间…
words-clock = 此设备的日期比实际早。时间正确后会自动继续。
words-rejected-title = 登录设置不正确
words-rejected-grant = { $provider ->
    [auth0] 请启用“Device Code”、“Refresh Token”：Auth0 › Applications › … › Settings › Advanced Settings › Grant Types。
    [okta] 请启用“Device Authorization”：Okta Admin Console › Applications › …并在访问策略的规则中允许：Okta Admin Console › Security › API。
    [google] 类型必须是“TVs and Limited Input devices”：Google Cloud console › Credentials。
    [microsoft] 请启用“Allow public client flows”：Entra admin center › App registrations › … › Authentication。
    [github] 请启用“Enable Device Flow”：GitHub › Settings › Developer settings › …
    [gitlab] GitLab 必须为 17.2 或更高版本，且应用拥有所有请求的 scope。
    [keycloak] 请启用“OAuth 2.0 Device Authorization Grant”：Keycloak › Clients › … › Capability config。
    [twitch] 类型必须是“Public”：Twitch Developer Console › Applications › …
   *[other] 请在服务器上为此应用允许 Device Authorization Grant。
}
words-rejected-type = { $provider ->
    [auth0] 类型必须是“Native”：Auth0 › Applications › … › Settings › Application Type。请启用“OIDC Conformant”：Auth0 › Applications › … › Settings › Advanced Settings › OAuth。自行注册或第三方的应用不能使用代码登录。
   *[other] 服务器不允许这类应用使用代码登录。请注册一个不带密钥的设备应用。
}
words-rejected-authentication = { $provider ->
    [auth0] 请选择“None”：Auth0 › Applications › … › Credentials › Authentication Method。类型必须是“Native”：Auth0 › Applications › … › Settings › Application Type。
   *[other] 服务器要求此客户端以其他方式证明身份。请检查 client_secret_file 以及客户端的注册。
}
words-rejected-client = { $provider ->
    [auth0] 此租户中没有使用该 client_id 的应用。请把 Client ID 和 Domain 填入 client_id 和 domain：Auth0 › Applications › … › Settings。
    [github] GitHub 不认识此客户端，请检查 client_id。
    [microsoft] Microsoft 在此目录中找不到此客户端，请检查 client_id 和 tenant。
   *[other] 服务器不认识此客户端，或要求其提供密钥。请检查 client_id 和 client_secret_file。
}
words-rejected-scope = 服务器拒绝所请求的 scope，请检查配置中的 scopes。
words-rejected-audience = { $provider ->
    [auth0] 服务器不认识所请求的 API。audience 必须与该 API 的 Identifier 完全一致：Auth0 › Applications › APIs。
   *[other] 服务器不认识所请求的 API，请检查 audience 和 extra_params。
}
words-rejected-access = { $provider ->
    [auth0] 请允许此应用使用该 API：Auth0 › Applications › APIs › … › Application Access。
   *[other] 服务器不允许此应用使用该 API，请在服务器上允许。
}
words-rejected-offline = { $provider ->
    [auth0] 请启用“Allow Offline Access”：Auth0 › Applications › APIs › … › Settings。请启用“Refresh Token”：Auth0 › Applications › … › Settings › Advanced Settings › Grant Types。然后重新登录。
   *[other] 请在服务器上为此应用允许离线访问和刷新令牌，然后重新登录。
}
words-rejected-pkce = { $provider ->
    [keycloak] 服务器对 PKCE 的要求不同，请在配置中将 pkce 设为“require”；Code Challenge Method 须为 S256 或不设：Keycloak › Clients › …
   *[other] 服务器对 PKCE 的要求不同，请在配置中将 pkce 设为“require”或“off”。
}
words-rejected-other = { $provider ->
    [auth0] 请检查Native、None、OIDC Conformant、Device Code、Refresh Token：Auth0 › Applications › … › Settings。audience 指定的 API 必须存在并允许离线访问。
    [okta] 请检查Native、Device Authorization、Refresh Token、Assignments：Okta Admin Console › Applications › …
    [google] 请检查TVs and Limited Input devices、client_secret_file：Google Cloud console › Credentials。设备可用的 scope 很少：openid、profile、email、Drive、YouTube。
    [microsoft] 请检查Allow public client flows、Supported account types：Entra admin center › App registrations › …如果只有手机显示错误 53003，说明 Conditional Access 策略阻止了代码登录。
    [github] 请检查Enable Device Flow、client_id：GitHub › Settings › Developer settings › …
    [gitlab] GitLab 必须为 17.2 或更高版本，且应用拥有所有请求的 scope。请检查Confidential、client_secret_file：GitLab › Applications › …
    [keycloak] 请检查OAuth 2.0 Device Authorization Grant、Client authentication、client_secret_file、offline_access、issuer：Keycloak › Clients › …
    [twitch] 请检查Public、client_id：Twitch Developer Console › Applications › …
   *[other] 服务器不接受当前配置的应用，请检查配置中的 provider 部分。
}
words-unexpected-title = 那不是登录服务器
words-unexpected = 有其他程序作出了响应。此网络可能需要单独登录，或者配置中的地址有误。
words-unread-title = 无法使用服务器的响应
words-unread = 服务器的响应无法用于登录。请告知服务器的管理者。
words-misfit = 服务器提供的内容与配置不符。请将下面一行给负责此设备的人看。
words-id-token-title = 无法信任此次登录
words-id-token = 服务器发来的身份证明无效。请重试；如果仍然如此，请告知设备管理员。
words-refused-title = 此帐号无权使用这里的内容
words-refused = 请检查配置中的 audience 和 scopes，以及此人的权限。
words-storage-title = 无法使用已保存的登录
words-storage = 请检查此设备上的文件及其所有者和权限。
words-internal-title = 出了点问题
words-internal = 请重试；如果仍然如此，请重启此设备并告知管理员。

## Home

home-account = 帐号
home-signed-in = 您已登录
home-signed-in-as = { $name }，您已登录
home-no-api = 此设备尚未设置内容。按 OK 查看您的帐号。
home-empty = 这里还没有内容
home-failed = 无法加载：{ $reason }
home-retry = 按 OK 重试
home-from = { $when } 的内容
home-from-yesterday = 昨天 { $time } 的内容
# What stands beside a row that could not be loaded anew: why, and since when it is as it is.
home-old = { $reason } · { $from }
home-captive = 此网络需要单独登录
home-captive-hint = 登录网络后按 OK

reason-session = 无法续期登录
reason-network = 无连接
reason-busy = 服务器繁忙
reason-forbidden = 不允许
reason-status = 服务器错误 { $status }
reason-captive = 此网络需要单独登录
reason-too-large = 响应过大
reason-shape = 意外的响应
reason-refused = 设置不正确

## Detail

detail-back = 返回
detail-open = 打开
detail-phone = 在手机上查看
phone-hint = 用手机扫描，或在手机上打开此网址：
opened-details = 详情
detail-running = 请稍候…
detail-done = 已完成
detail-added = 已添加
detail-removed = 已移除
detail-failed = 操作失败：{ $reason }
# $words are the server’s own.
detail-said = 操作失败：{ $words }

value-days = { $days } 天 { $hours } 小时
value-hours = { $hours } 小时 { $minutes } 分
value-minutes = { $minutes } 分
value-seconds = { $seconds } 秒

# How far off a time is (CLDR, dateFields).
relative-now = 现在
relative-yesterday = 昨天
relative-today = 今天
relative-tomorrow = 明天
relative-in-minutes = { $minutes ->
   *[other] { $minutes }分钟后
}
relative-minutes-ago = { $minutes ->
   *[other] { $minutes }分钟前
}
relative-in-hours = { $hours ->
   *[other] { $hours }小时后
}
relative-hours-ago = { $hours ->
   *[other] { $hours }小时前
}
relative-in-days = { $days ->
   *[other] { $days }天后
}
relative-days-ago = { $days ->
   *[other] { $days }天前
}
relative-in-months = { $months ->
   *[other] { $months }个月后
}
relative-months-ago = { $months ->
   *[other] { $months }个月前
}
relative-in-years = { $years ->
   *[other] { $years }年后
}
relative-years-ago = { $years ->
   *[other] { $years }年前
}

## Account

account-title = 您的帐号
account-nameless = 已登录
account-since = 登录时间
account-session = 此次登录
account-stays = 在您退出前一直有效
account-ends-at = { $time } 结束：服务器未提供刷新令牌（是否已授予 offline_access？）
account-ends = 由服务器决定何时结束：未提供刷新令牌（是否已授予 offline_access？）
account-may = 此设备可以
account-scope-openid = 知道您是谁
account-scope-profile = 查看您的姓名和头像
account-scope-email = 查看您的电子邮件地址
account-scope-phone = 查看您的电话号码
account-scope-address = 查看您的地址
account-scope-offline = 保持登录
account-diagnostics = 诊断
account-sign-out = 退出登录
account-confirm = 在此设备上退出登录？
account-stay = 保持登录
account-signing-out = 正在退出登录…
account-switch = 切换帐号
account-add = 添加帐号
account-set-pin = 设置 PIN 码
account-change-pin = 更改 PIN 码
account-remove-pin = 取消 PIN 码
account-everybody = 全部退出登录
account-everybody-confirm = 让此设备上的所有人退出登录？
account-everybody-signing-out = 正在让所有人退出登录…

## Language

language-title = 语言
language-auto = 跟随设备

## Accessibility

accessibility-title = 辅助功能
accessibility-text = 文字大小
accessibility-text-hint = 按左右键可缩小或放大所有文字。
accessibility-text-normal = 标准
accessibility-text-large = 大
accessibility-text-larger = 特大
accessibility-text-largest = 最大
accessibility-theme = 配色
accessibility-theme-hint = 高对比度为黑白两色，选中项为黄色。
accessibility-dark = 深色
accessibility-light = 浅色
accessibility-high-contrast = 高对比度
accessibility-picture = 屏幕边缘
accessibility-picture-hint = 有些电视会裁掉边缘。请按左右键，直到四个角都能看到。
accessibility-motion = 减少动画
accessibility-motion-hint = 不再滑动或放大，一步切换到位。
accessibility-aloud = 朗读内容
accessibility-aloud-hint = 朗读代码，或在能朗读的设备上朗读每个屏幕和每次移动。按住 Info 可切换。
accessibility-aloud-codes = 代码
accessibility-aloud-everything = 全部
accessibility-captions = 字幕
accessibility-captions-hint = 朗读全部内容时，文字也显示在底部。
accessibility-on = 开
accessibility-off = 关

settings-unsaved = 无法保存到此设备，断电前有效。
