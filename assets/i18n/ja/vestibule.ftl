# Texts of the big screen. One section per screen; names start with the screen's name.
# Sentences are read from three metres: short, one thought, no jargon for viewers.

## Welcome

welcome-title = { $product } にサインイン
welcome-hint = スマートフォンをご用意ください。1 分ほどで終わります。
welcome-sign-in = サインイン
welcome-not-signed-in = サインインしていません
welcome-ended = セッションが終了しました。もう一度サインインしてください。
welcome-set-aside = 保存されたサインインを使えませんでした。もう一度サインインしてください。
welcome-signed-out = サインアウトしました。
welcome-absent = しばらく操作がなかったため、サインアウトしました。
welcome-not-revoked = ここではサインアウトしました。サーバーに通知できませんでしたが、セッションの期限が切れるとこの機器の登録は消えます。
welcome-not-removed = 保存されたサインインをこの機器から削除できませんでした: { $why }

welcome-network = ネットワーク接続済み
welcome-no-network = ネットワークなし

welcome-everybody = この機器から全員がサインアウトしました。
welcome-everybody-guarded = PIN のない全員がサインアウトしました。PIN のある人はそのままです: { $who }
welcome-everybody-not-revoked = { $who } についてサーバーに通知できませんでした。セッションの期限が切れるとこの機器の登録は消えます。
welcome-everybody-left = この機器に残っています: { $who }

## Who is watching?

who-title = どなたが見ますか？
who-add = アカウントを追加
who-pin = PIN
who-guest = ゲスト
who-sign-in-again = もう一度サインイン
who-broken = 読み取れません
who-broken-title = 保存されたサインインを読み取れません
who-broken-hint = もう一度サインインして置き換えるか、この画面から削除してください。ファイル自体は残ります。
who-remove = 削除
who-back = 戻る

## PIN

pin-enter = PIN を入力
pin-current = 現在の PIN を入力
pin-new = PIN を決めてください
pin-repeat = もう一度入力
pin-hint = 4 桁の数字です。このアカウントを表示する前に確認します。
pin-wrong = { $left ->
    [0] PIN が違います。
   *[other] PIN が違います。あと { $left } 回試せます。
}
pin-mismatch = 一致しませんでした。もう一度決めてください。
pin-not-saved = PIN を保存できませんでした: { $why }
pin-locked-title = 間違いが多すぎます
pin-locked = { $time } 後にもう一度試せます
pin-unreadable-title = PIN を読み取れません
pin-unreadable = スマートフォンで同じアカウントにもう一度サインインしてください。その後 PIN は不要になります。
pin-forgot = PIN を忘れました
pin-forgotten-title = PIN を忘れましたか？
pin-forgotten = スマートフォンで同じアカウントにもう一度サインインしてください。PIN が削除され、新しい PIN を設定できます。
pin-sign-in = もう一度サインイン
pin-back = 戻る

## Times

time-moment = { $date } { $time }

# Between the parts of a list.
list-between = { "、" }

## Starting

restoring = お待ちください…

## Sign in

sign-in-scan = スマートフォンで読み取ってください
sign-in-open = スマートフォンで開いてください
sign-in-or-open = または次を開く
sign-in-check = スマートフォンに同じコードが出ているか確認
sign-in-type = そこにこのコードを入力
sign-in-confirm = 承認すると、この画面は自動で進みます
sign-in-confirmed = 承認済みですか？この画面は自動で進みます
sign-in-beware = この画面の前にいる場合のみ続けてください。
sign-in-new-code = 新しいコード
sign-in-new-code-question = 新しいコードにしますか？今のコードは使えなくなります。
sign-in-keep-code = このコードを使う
sign-in-bigger = QR を拡大
sign-in-smaller = QR を縮小
sign-in-cancel = キャンセル
sign-in-try-again = 再試行
sign-in-retry-now = 今すぐ試す

sign-in-expires-in = 残り { $time }
sign-in-fresh = 新しいコードを取得中
sign-in-rest = このコードは期限切れです。
sign-in-rest-hint = OK を押すと新しいコードを表示します
sign-in-ending = このコードはまもなく使えなくなります
sign-in-rest-refused = { $provider ->
    [microsoft] スマートフォンで拒否されましたか？組織がコードでのサインインを許可していない可能性があります。管理者が許可できます: Entra › Conditional Access › Authentication flows
   *[other] スマートフォンで拒否されましたか？アカウントの管理者が別の機器でのコードによるサインインを許可していない可能性があります。
}

sign-in-requesting = コードを取得中…
sign-in-waiting = お待ちしています…
sign-in-unkept = 保存できないため、電源を切るまで有効です。
sign-in-checking = 確認中…
sign-in-unread = サーバーの応答を使えません。再試行中です。コードは有効です。
sign-in-offline = { $seconds ->
    [0] 接続がありません。再試行中です。コードは有効です。
   *[other] 接続がありません。{ $seconds } 秒後に再試行します。コードは有効です。
}
sign-in-finishing = サインインしました。読み込み中…
sign-in-request-again = { $seconds ->
    [0] 再試行中…
   *[other] { $seconds } 秒後に再試行します…
}

sign-in-denied = スマートフォンでサインインが拒否されました。
sign-in-denied-hint = 間違えた場合は、もう一度お試しください。
sign-in-details = この機器の管理者向けの詳細

sign-in-aloud = 読み上げ
sign-in-mute = この機器では読み上げられませんでした。

## Reading aloud

spoken-open = スマートフォンで次のアドレスを開いてください:
spoken-letters = 一文字ずつ読みます:
spoken-code = スマートフォンに次のコードが出ているか確認してください:
spoken-again = もう一度:
spoken-small = 小文字の { $letter }
spoken-sign = { $sign ->
    [dash] ハイフン
    [dot] ドット
    [slash] スラッシュ
    [colon] コロン
    [underscore] アンダーバー
    [question] 疑問符
    [equals] イコール
    [and] アンド
    [percent] パーセント
    [plus] プラス
    [hash] シャープ
    [tilde] チルダ
   *[at] アットマーク
}
spoken-home = ホーム
spoken-role = { $role ->
    [button] ボタン
    [card] カード
    [account] アカウント
    [setting] 設定
    [choice] 選択肢
   *[tab] タブ
}
spoken-place = { $all } 件中 { $at } 件目
spoken-place-open = { $all } 件以上のうち { $at } 件目
spoken-chosen = 選択中
spoken-loading = 読み込み中
spoken-text = 説明
spoken-pad = 数字キー
spoken-pad-hint = 電話と同じ並びで、5 から始まります。リモコンの数字ボタンも使えます。
spoken-digits = { $all } 桁中 { $typed } 桁
spoken-through = { $share } 経過
spoken-code-ends = コードの期限は{ $when }です
spoken-on = すべてを読み上げます。Info を長押しするとやめます。
spoken-off = 読み上げはオフです。

## Success

success-hello = こんにちは、{ $name } さん
success-hello-nameless = こんにちは
success-signed-in = サインインしました。
success-not-you = 別の方ですか？
success-continue = 続ける
success-signing-out = サインアウト中…
success-ask = この画面でサインインしたままにしますか？
success-ask-hint = 選ばない場合は「いいえ」とみなし、ここには何も保存しません。
success-ask-no = 今回のみ
success-keeping = 保存中…
guest = ゲスト（保存されません）
guest-until = サインアウトするか、画面が暗くなるまで。ここには何も残りません。

account-not-remembered = 保存できませんでした。電源が切れるまで有効です。

## Diagnostics

diagnostics-device = この機器
diagnostics-connection = 接続
diagnostics-log = ログ
diagnostics-remote = リモコン
diagnostics-checking = 確認中…
diagnostics-again = OK で再確認
diagnostics-scroll = 上下でスクロール、OK で再読み込み
diagnostics-start = OK で開始
diagnostics-stop = 戻るを 2 回で終了
diagnostics-report = この機器の管理者向けです。秘密の情報は含みません。
diagnostics-name = 機器名
diagnostics-provider = サインインサーバー
diagnostics-none = 使えるものがありません
diagnostics-client = クライアント
diagnostics-account = アカウント
diagnostics-signed-in = サインイン済み
diagnostics-nobody = サインインなし
diagnostics-clock = 時計
diagnostics-clock-unknown = まだどのサーバーも時刻を伝えていません
diagnostics-clock-agrees = サーバーと一致
diagnostics-clock-behind = サーバーより { $by } 遅れ
diagnostics-clock-ahead = サーバーより { $by } 進み
diagnostics-version = バージョン
diagnostics-renderer = レンダラー
diagnostics-screen = 画面
diagnostics-memory = メモリ
diagnostics-memory-value = { $share } MiB（共有分を含めて { $all }）
diagnostics-running = 稼働時間
diagnostics-running-value = { $program }、機器は { $device }
diagnostics-language = 言語
diagnostics-discovery = メタデータ
diagnostics-codes = コード
diagnostics-tokens = トークン
diagnostics-userinfo = 名前
diagnostics-keys = 鍵
diagnostics-api = コンテンツ
diagnostics-reached = 応答（{ $status }）{ $milliseconds } ミリ秒 · { $host }
diagnostics-failed = 失敗: { $why }
diagnostics-last-code = 最後のコード
diagnostics-last-poll = 最後の確認
diagnostics-last-refresh = 最後の更新
diagnostics-never = 起動後はまだありません
diagnostics-done = 良好
diagnostics-waiting = まだ承認されていません
diagnostics-slow-down = サーバーが間隔を空けるよう求めています
diagnostics-ago = { $time } 前
diagnostics-tenant-log = テナントのログ: { $codes }
diagnostics-nothing = 確認できるサーバーが設定されていません。
diagnostics-no-lines = まだログはありません。
diagnostics-remote-title = このリモコンは何を送りますか？
diagnostics-remote-hint = OK を押してから、いずれかのボタンを押してください。届いた信号と設定の書き方を表示します。
diagnostics-remote-listening = いずれかのボタンを押してください
diagnostics-remote-leave = 戻るを 2 回押すか、20 秒待つと終了します。
diagnostics-remote-does = { $key } の動作: { $action }
diagnostics-remote-digit = { $key } は数字です
diagnostics-remote-unknown = { $key } にはまだ動作がありません
diagnostics-remote-nameless = ここでは名前も番号もないキーが届きました
diagnostics-remote-line = 動作させるには、目的のアクションとともに次の行を設定に書いてください:
diagnostics-remote-known = 別のアクションは次のように書きます:

## Nobody is there

still-there-title = まだご覧になっていますか？
still-there-seconds = { $seconds ->
   *[other] { $seconds } 秒後にサインアウトします。
}
still-there-hint = 続けるには、いずれかのボタンを押してください。
still-there-leaving = サインアウト中…

## Set-up

set-up-title = あと少しです
set-up-hint = Vestibule にはサインイン先の設定が必要です。設定ファイルを次の場所で探しました:
set-up-command = この機器のターミナルで、記入用のファイルを作成してください:
set-up-restart = その後、Vestibule を再起動してください。
set-up-demo = デモを開始
set-up-demo-hint = デモには専用サーバーが付属します。登録も料金も不要です。
set-up-demo-starting = デモを開始しています…
set-up-demo-failed = デモを開始できませんでした: { $why }

## What went wrong

words-network-title = サインインサーバーに接続できません
words-network-dns = サーバー名が見つかりません。この機器のネットワークを確認してください。
words-network-connect = サーバーが応答しません。この機器のネットワークを確認してください。
words-network-tls = サーバーとの安全な接続に失敗しました。この機器に証明書が足りない可能性があります。
words-network-timeout = サーバーの応答に時間がかかりすぎています。
words-network-interrupted = 接続が切れました。
words-network-unavailable = サーバーが混雑しているか、メンテナンス中です。
words-clock-title = 時刻を合わせています…
words-clock = この機器の日付が過去になっています。時刻が正しくなると自動で続きます。
words-rejected-title = サインイン設定の誤りです
words-rejected-grant = { $provider ->
    [auth0] 「Device Code」、「Refresh Token」 をオンにしてください: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types。
    [okta] 「Device Authorization」 をオンにしてください: Okta Admin Console › Applications › …アクセスポリシーのルールでも許可してください: Okta Admin Console › Security › API。
    [google] 種類は 「TVs and Limited Input devices」 でなければなりません: Google Cloud console › Credentials。
    [microsoft] 「Allow public client flows」 をオンにしてください: Entra admin center › App registrations › … › Authentication。
    [github] 「Enable Device Flow」 をオンにしてください: GitHub › Settings › Developer settings › …
    [gitlab] GitLab は 17.2 以降で、アプリケーションに必要な scope がすべて必要です。
    [keycloak] 「OAuth 2.0 Device Authorization Grant」 をオンにしてください: Keycloak › Clients › … › Capability config。
    [twitch] 種類は 「Public」 でなければなりません: Twitch Developer Console › Applications › …
   *[other] サーバーでこのアプリケーションに Device Authorization Grant を許可してください。
}
words-rejected-type = { $provider ->
    [auth0] 種類は 「Native」 でなければなりません: Auth0 › Applications › … › Settings › Application Type。「OIDC Conformant」 をオンにしてください: Auth0 › Applications › … › Settings › Advanced Settings › OAuth。自己登録または第三者のアプリケーションはコードでのサインインを使えません。
   *[other] この種類のアプリケーションではコードでのサインインが許可されていません。機器用に、シークレットなしで登録してください。
}
words-rejected-authentication = { $provider ->
    [auth0] 「None」 を選んでください: Auth0 › Applications › … › Credentials › Authentication Method。種類は 「Native」 でなければなりません: Auth0 › Applications › … › Settings › Application Type。
   *[other] サーバーはこのクライアントに別の証明を求めています。client_secret_file とサーバーでの登録を確認してください。
}
words-rejected-client = { $provider ->
    [auth0] このテナントにこの client_id のアプリケーションはありません。Client ID と Domain を client_id と domain に写してください: Auth0 › Applications › … › Settings。
    [github] GitHub はこのクライアントを認識しません。client_id を確認してください。
    [microsoft] Microsoft のこのディレクトリにこのクライアントはありません。client_id と tenant を確認してください。
   *[other] サーバーはこのクライアントを認識しないか、シークレットを求めています。client_id と client_secret_file を確認してください。
}
words-rejected-scope = サーバーが要求された scope を拒否しました。設定の scopes を確認してください。
words-rejected-audience = { $provider ->
    [auth0] サーバーは要求された API を認識しません。audience は API の Identifier と完全に一致させてください: Auth0 › Applications › APIs。
   *[other] サーバーは要求された API を認識しません。audience と extra_params を確認してください。
}
words-rejected-access = { $provider ->
    [auth0] このアプリケーションに API の利用を許可してください: Auth0 › Applications › APIs › … › Application Access。
   *[other] サーバーはこのアプリケーションに API の利用を許していません。サーバー側で許可してください。
}
words-rejected-offline = { $provider ->
    [auth0] 「Allow Offline Access」 をオンにしてください: Auth0 › Applications › APIs › … › Settings。「Refresh Token」 をオンにしてください: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types。その後、もう一度サインインしてください。
   *[other] サーバーでこのアプリケーションにオフラインアクセスとリフレッシュトークンを許可し、もう一度サインインしてください。
}
words-rejected-pkce = { $provider ->
    [keycloak] サーバーは PKCE を別の設定で求めています。設定の pkce を「require」にしてください。Code Challenge Method は S256 だけを使えます: Keycloak › Clients › …
   *[other] サーバーは PKCE を別の設定で求めています。設定の pkce を「require」または「off」にしてください。
}
words-rejected-other = { $provider ->
    [auth0] Native、None、OIDC Conformant、Device Code、Refresh Token を確認してください: Auth0 › Applications › … › Settings。audience の API が存在し、オフラインアクセスを許可している必要があります。
    [okta] Native、Device Authorization、Refresh Token、Assignments を確認してください: Okta Admin Console › Applications › …
    [google] TVs and Limited Input devices、client_secret_file を確認してください: Google Cloud console › Credentials。機器で使える scope は限られています: openid、profile、email、Drive、YouTube。
    [microsoft] Allow public client flows、Supported account types を確認してください: Entra admin center › App registrations › …スマートフォンだけにエラー 53003 が出る場合は、Conditional Access ポリシーがコードでのサインインを妨げています。
    [github] Enable Device Flow、client_id を確認してください: GitHub › Settings › Developer settings › …
    [gitlab] GitLab は 17.2 以降で、アプリケーションに必要な scope がすべて必要です。Confidential、client_secret_file を確認してください: GitLab › Applications › …
    [keycloak] OAuth 2.0 Device Authorization Grant、Client authentication、client_secret_file、offline_access、issuer を確認してください: Keycloak › Clients › …
    [twitch] Public、client_id を確認してください: Twitch Developer Console › Applications › …
   *[other] サーバーは現在の設定のアプリケーションを受け付けません。設定の provider を確認してください。
}
words-unexpected-title = サインインサーバーではありませんでした
words-unexpected = 別のものが応答しました。このネットワークに独自のサインインが必要か、設定のアドレスが間違っています。
words-unread-title = サーバーの応答を使えません
words-unread = サーバーの応答ではサインインできません。サーバーの管理者に知らせてください。
words-misfit = サーバーの内容と設定が合っていません。下の行をこのデバイスの管理者に見せてください。
words-id-token-title = このサインインは信頼できません
words-id-token = サーバーから届いた本人確認情報が無効です。もう一度お試しください。続く場合は機器の管理者に知らせてください。
words-refused-title = このアカウントではここの内容を利用できません
words-refused = 設定の audience と scopes、およびこの人の権限を確認してください。
words-storage-title = 保存されたサインインを使えません
words-storage = この機器のファイルと、その所有者と権限を確認してください。
words-internal-title = 問題が発生しました
words-internal = もう一度お試しください。続く場合は機器を再起動し、管理者に知らせてください。

## Home

home-account = アカウント
home-signed-in = サインイン済み
home-signed-in-as = { $name } さんでサインイン済み
home-no-api = この機器にはまだコンテンツが設定されていません。OK を押すとアカウントを表示します。
home-empty = まだ何もありません
home-failed = 読み込み失敗: { $reason }
home-retry = OK を押すと再試行します
home-from = { $when } 時点
home-from-yesterday = 昨日 { $time } 時点
# What stands beside a row that could not be loaded anew: why, and since when it is as it is.
home-old = { $reason } · { $from }
home-captive = このネットワークには独自のサインインが必要です
home-captive-hint = ネットワークにサインインしてから OK を押してください

reason-session = サインインを更新できませんでした
reason-network = 接続なし
reason-busy = サーバーが混雑しています
reason-forbidden = 許可されていません
reason-status = サーバーエラー { $status }
reason-captive = このネットワークには独自のサインインが必要です
reason-too-large = 応答が大きすぎます
reason-shape = 予期しない応答
reason-refused = 設定が正しくありません

## Detail

detail-back = 戻る
detail-open = 開く
detail-phone = スマートフォンで見る
phone-hint = スマートフォンで読み取るか、次のアドレスを開いてください：
opened-details = 詳細
detail-running = お待ちください…
detail-done = 完了
detail-added = 追加しました
detail-removed = 削除しました
detail-failed = できませんでした: { $reason }
# $words are the server’s own.
detail-said = できませんでした: { $words }

value-days = { $days } 日 { $hours } 時間
value-hours = { $hours } 時間 { $minutes } 分
value-minutes = { $minutes } 分
value-seconds = { $seconds } 秒

# How far off a time is (CLDR, dateFields).
relative-now = 今
relative-yesterday = 昨日
relative-today = 今日
relative-tomorrow = 明日
relative-in-minutes = { $minutes ->
   *[other] { $minutes } 分後
}
relative-minutes-ago = { $minutes ->
   *[other] { $minutes } 分前
}
relative-in-hours = { $hours ->
   *[other] { $hours } 時間後
}
relative-hours-ago = { $hours ->
   *[other] { $hours } 時間前
}
relative-in-days = { $days ->
   *[other] { $days } 日後
}
relative-days-ago = { $days ->
   *[other] { $days } 日前
}
relative-in-months = { $months ->
   *[other] { $months } か月後
}
relative-months-ago = { $months ->
   *[other] { $months } か月前
}
relative-in-years = { $years ->
   *[other] { $years } 年後
}
relative-years-ago = { $years ->
   *[other] { $years } 年前
}

## Account

account-title = アカウント
account-nameless = サインイン済み
account-since = サインイン日時
account-session = このサインイン
account-stays = サインアウトするまで有効
account-ends-at = { $time } に終了: リフレッシュトークンがありません（offline_access は許可されていますか）
account-ends = 終了時刻はサーバー次第: リフレッシュトークンがありません（offline_access は許可されていますか）
account-may = この機器の権限
account-scope-openid = 本人の識別
account-scope-profile = 名前と写真の閲覧
account-scope-email = メールアドレスの閲覧
account-scope-phone = 電話番号の閲覧
account-scope-address = 住所の閲覧
account-scope-offline = サインイン状態の維持
account-diagnostics = 診断
account-sign-out = サインアウト
account-confirm = この機器からサインアウトしますか？
account-stay = サインインしたまま
account-signing-out = サインアウト中…
account-switch = アカウントの切り替え
account-add = アカウントを追加
account-set-pin = PIN を設定
account-change-pin = PIN を変更
account-remove-pin = PIN を解除
account-everybody = 全員サインアウト
account-everybody-confirm = この機器の全員をサインアウトしますか？
account-everybody-signing-out = 全員をサインアウト中…

## Language

language-title = 言語
language-auto = 機器の設定に合わせる

## Accessibility

accessibility-title = ユーザー補助
accessibility-text = 文字の大きさ
accessibility-text-hint = 左右ボタンですべての文字を小さくまたは大きくします。
accessibility-text-normal = 標準
accessibility-text-large = 大
accessibility-text-larger = 特大
accessibility-text-largest = 最大
accessibility-theme = 配色
accessibility-theme-hint = ハイコントラストは白と黒で、選択は黄色です。
accessibility-dark = ダーク
accessibility-light = ライト
accessibility-high-contrast = ハイコントラスト
accessibility-picture = 画面の端
accessibility-picture-hint = テレビによっては端が切れます。四隅がすべて見えるまで左右ボタンを押してください。
accessibility-motion = 動きを減らす
accessibility-motion-hint = 滑る動きや拡大をなくし、一度に切り替えます。
accessibility-aloud = 読み上げる内容
accessibility-aloud-hint = コード、または画面と移動のすべてを、読み上げに対応した機器で読み上げます。Info の長押しで切り替えます。
accessibility-aloud-codes = コード
accessibility-aloud-everything = すべて
accessibility-captions = 字幕
accessibility-captions-hint = すべてを読み上げるとき、画面の下にも表示します。
accessibility-on = オン
accessibility-off = オフ

settings-unsaved = この機器に保存できませんでした。電源が切れるまで有効です。
