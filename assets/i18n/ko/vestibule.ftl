# Texts of the big screen. One section per screen; names start with the screen's name.
# Sentences are read from three metres: short, one thought, no jargon for viewers.

## Welcome

welcome-title = { $product } 로그인
welcome-hint = 휴대전화를 준비하세요. 1분 정도 걸립니다.
welcome-sign-in = 로그인
welcome-not-signed-in = 로그인되지 않음
welcome-ended = 세션이 종료되었습니다. 다시 로그인하세요.
welcome-set-aside = 저장된 로그인을 사용할 수 없습니다. 다시 로그인하세요.
welcome-signed-out = 로그아웃되었습니다.
welcome-absent = 한동안 버튼을 누르지 않아 로그아웃되었습니다.
welcome-not-revoked = 여기에서 로그아웃되었습니다. 서버에 알리지 못했지만 세션이 만료되면 이 기기가 삭제됩니다.
welcome-not-removed = 저장된 로그인을 이 기기에서 삭제하지 못했습니다: { $why }

welcome-network = 네트워크 연결됨
welcome-no-network = 네트워크 없음

welcome-everybody = 이 기기에서 모두 로그아웃되었습니다.
welcome-everybody-guarded = PIN이 없는 사람은 모두 로그아웃되었습니다. PIN이 있어 로그인 유지: { $who }
welcome-everybody-not-revoked = { $who } 관련하여 서버에 알리지 못했지만 세션이 만료되면 이 기기가 삭제됩니다.
welcome-everybody-left = 이 기기에 남아 있음: { $who }

## Who is watching?

who-title = 누가 보시나요?
who-add = 계정 추가
who-pin = PIN
who-guest = 게스트
who-sign-in-again = 다시 로그인
who-broken = 읽을 수 없음
who-broken-title = 저장된 로그인을 읽을 수 없습니다
who-broken-hint = 다시 로그인하여 바꾸거나 이 화면에서 제거하세요. 파일 자체는 보관됩니다.
who-remove = 제거
who-back = 뒤로

## PIN

pin-enter = PIN 입력
pin-current = 현재 PIN 입력
pin-new = PIN 선택
pin-repeat = 한 번 더 입력
pin-hint = 네 자리 숫자이며 이 계정을 표시하기 전에 묻습니다.
pin-wrong = { $left ->
    [0] PIN이 틀렸습니다.
   *[other] PIN이 틀렸습니다. { $left }번 남았습니다.
}
pin-mismatch = 서로 다릅니다. 다시 선택하세요.
pin-not-saved = PIN을 저장할 수 없습니다: { $why }
pin-locked-title = 잘못된 시도가 너무 많습니다
pin-locked = { $time } 후에 다시 시도하세요
pin-unreadable-title = PIN을 읽을 수 없습니다
pin-unreadable = 휴대전화에서 같은 계정으로 다시 로그인하세요. 그러면 PIN을 묻지 않습니다.
pin-forgot = PIN을 잊음
pin-forgotten-title = PIN을 잊으셨나요?
pin-forgotten = 휴대전화에서 같은 계정으로 다시 로그인하세요. PIN이 삭제되며 새로 설정할 수 있습니다.
pin-sign-in = 다시 로그인
pin-back = 뒤로

## Times

time-moment = { $date } { $time }

# Between the parts of a list.
list-between = { ", " }

## Starting

restoring = 잠시만 기다려 주세요…

## Sign in

sign-in-scan = 휴대전화로 스캔하세요
sign-in-open = 휴대전화에서 여세요
sign-in-or-open = 또는 다음 주소를 여세요
sign-in-check = 휴대전화에 이 코드가 보이는지 확인하세요
sign-in-type = 그곳에 이 코드를 입력하세요
sign-in-confirm = 승인하면 이 화면이 저절로 넘어갑니다
sign-in-confirmed = 이미 승인했나요? 반영됩니다. 화면이 저절로 넘어갑니다
sign-in-beware = 이 화면 앞에 있을 때만 계속하세요.
sign-in-new-code = 새 코드
sign-in-new-code-question = 새 코드를 받을까요? 지금 코드는 더 이상 쓸 수 없습니다.
sign-in-keep-code = 이 코드 유지
sign-in-bigger = QR 크게
sign-in-smaller = QR 작게
sign-in-cancel = 취소
sign-in-try-again = 다시 시도
sign-in-retry-now = 지금 시도

sign-in-expires-in = { $time } 후 만료
sign-in-fresh = 새 코드를 가져오는 중
sign-in-rest = 이 코드는 만료되었습니다.
sign-in-rest-hint = 새 코드를 받으려면 OK를 누르세요
sign-in-ending = 이 코드는 곧 만료됩니다
sign-in-rest-refused = { $provider ->
    [microsoft] 휴대전화에서 거부되었나요? 조직에서 코드 로그인을 허용하지 않을 수 있습니다. 관리자가 허용할 수 있습니다: Entra › Conditional Access › Authentication flows
   *[other] 휴대전화에서 거부되었나요? 계정 관리자가 다른 기기의 코드 로그인을 허용하지 않을 수 있습니다.
}

sign-in-requesting = 코드를 요청하는 중…
sign-in-waiting = 기다리는 중…
sign-in-unkept = 저장할 수 없어 전원이 꺼질 때까지만 유지됩니다.
sign-in-checking = 확인하는 중…
sign-in-unread = 서버의 응답을 사용할 수 없어 다시 시도합니다. 코드는 유효합니다.
sign-in-offline = { $seconds ->
    [0] 연결이 없어 다시 시도합니다. 코드는 유효합니다.
   *[other] 연결이 없습니다. { $seconds }초 후에 다시 시도합니다. 코드는 유효합니다.
}
sign-in-finishing = 로그인됨, 불러오는 중…
sign-in-request-again = { $seconds ->
    [0] 다시 시도하는 중…
   *[other] { $seconds }초 후에 다시 시도합니다…
}

sign-in-denied = 휴대전화에서 로그인이 거부되었습니다.
sign-in-denied-hint = 실수였다면 다시 시도하세요.
sign-in-details = 기기 관리자를 위한 세부 정보

sign-in-aloud = 소리 내어 읽기
sign-in-mute = 이 기기에서 소리 내어 읽지 못했습니다.

## Reading aloud

spoken-open = 휴대전화에서 이 주소를 여세요:
spoken-letters = 한 글자씩:
spoken-code = 휴대전화에 이 코드가 보이는지 확인하세요:
spoken-again = 한 번 더:
spoken-small = 소문자 { $letter }
spoken-sign = { $sign ->
    [dash] 하이픈
    [dot] 점
    [slash] 슬래시
    [colon] 콜론
    [underscore] 밑줄
    [question] 물음표
    [equals] 등호
    [and] 앰퍼샌드
    [percent] 퍼센트
    [plus] 더하기
    [hash] 샵
    [tilde] 물결표
   *[at] 골뱅이
}
spoken-home = 홈 화면
spoken-role = { $role ->
    [button] 버튼
    [card] 카드
    [account] 계정
    [setting] 설정
    [choice] 선택 항목
   *[tab] 탭
}
spoken-place = { $all }개 중 { $at }번째
spoken-place-open = { $all }개 이상 중 { $at }번째
spoken-chosen = 선택됨
spoken-loading = 불러오는 중
spoken-text = 설명
spoken-pad = 숫자판
spoken-pad-hint = 전화기와 같은 배열이며 5에서 시작합니다. 숫자 버튼도 쓸 수 있습니다.
spoken-digits = { $all }자리 중 { $typed }자리
spoken-through = { $share } 지남
spoken-code-ends = 코드 만료: { $when }
spoken-on = 모든 것을 소리 내어 읽습니다. Info를 길게 누르면 꺼집니다.
spoken-off = 소리 내어 읽기가 꺼졌습니다.

## Success

success-hello = { $name }님, 안녕하세요
success-hello-nameless = 안녕하세요
success-signed-in = 로그인되었습니다.
success-not-you = 본인이 아닌가요?
success-continue = 계속
success-signing-out = 로그아웃하는 중…
success-ask = 이 화면에서 로그인을 유지할까요?
success-ask-hint = 선택하지 않으면 유지하지 않으며, 여기에 아무것도 저장되지 않습니다.
success-ask-no = 이번만
success-keeping = 저장하는 중…
guest = 게스트, 저장되지 않음
guest-until = 로그아웃하거나 화면이 꺼질 때까지만 유지되며, 여기에 아무것도 남지 않습니다.

account-not-remembered = 저장하지 못했습니다. 전원이 꺼질 때까지만 유지됩니다.

## Diagnostics

diagnostics-device = 이 기기
diagnostics-connection = 연결
diagnostics-log = 로그
diagnostics-remote = 리모컨
diagnostics-checking = 확인하는 중…
diagnostics-again = OK: 다시 확인
diagnostics-scroll = 위아래: 스크롤, OK: 다시 읽기
diagnostics-start = OK: 시작
diagnostics-stop = 뒤로 두 번: 중지
diagnostics-report = 기기 관리자용입니다. 비밀 정보는 없습니다.
diagnostics-name = 기기 이름
diagnostics-provider = 로그인 서버
diagnostics-none = 사용할 수 있는 것이 없음
diagnostics-client = 클라이언트
diagnostics-account = 계정
diagnostics-signed-in = 로그인됨
diagnostics-nobody = 로그인한 사람 없음
diagnostics-clock = 시계
diagnostics-clock-unknown = 아직 시각을 알려 준 서버가 없음
diagnostics-clock-agrees = 서버와 같음
diagnostics-clock-behind = 서버보다 { $by } 늦음
diagnostics-clock-ahead = 서버보다 { $by } 빠름
diagnostics-version = 버전
diagnostics-renderer = 렌더러
diagnostics-screen = 화면
diagnostics-memory = 메모리
diagnostics-memory-value = { $share } MiB(공유 포함 { $all })
diagnostics-running = 작동 시간
diagnostics-running-value = { $program }, 기기는 { $device }
diagnostics-language = 언어
diagnostics-discovery = 메타데이터
diagnostics-codes = 코드
diagnostics-tokens = 토큰
diagnostics-userinfo = 이름
diagnostics-keys = 키
diagnostics-api = 콘텐츠
diagnostics-reached = 응답({ $status }) { $milliseconds }밀리초 · { $host }
diagnostics-failed = 실패: { $why }
diagnostics-last-code = 마지막 코드
diagnostics-last-poll = 마지막 확인
diagnostics-last-refresh = 마지막 갱신
diagnostics-never = 시작 후 없음
diagnostics-done = 정상
diagnostics-waiting = 아직 승인되지 않음
diagnostics-slow-down = 서버가 천천히 하라고 요청함
diagnostics-ago = { $time } 전
diagnostics-tenant-log = 테넌트 로그: { $codes }
diagnostics-nothing = 확인할 서버가 설정되지 않았습니다.
diagnostics-no-lines = 아직 기록이 없습니다.
diagnostics-remote-title = 이 리모컨은 무엇을 보내나요?
diagnostics-remote-hint = OK를 누른 다음 아무 버튼이나 누르세요. 무엇이 오는지, 어떻게 적는지 보여 줍니다.
diagnostics-remote-listening = 아무 버튼이나 누르세요
diagnostics-remote-leave = 중지하려면 뒤로를 두 번 누르거나 20초 기다리세요.
diagnostics-remote-does = { $key } 동작: { $action }
diagnostics-remote-digit = { $key }: 숫자
diagnostics-remote-unknown = { $key }: 아직 동작 없음
diagnostics-remote-nameless = 여기에서 이름도 번호도 없는 키가 왔습니다
diagnostics-remote-line = 동작하게 하려면 원하는 동작과 함께 다음을 설정에 적으세요:
diagnostics-remote-known = 다른 동작은 이렇게 적습니다:

## Nobody is there

still-there-title = 아직 계신가요?
still-there-seconds = { $seconds ->
   *[other] { $seconds }초 후에 로그아웃됩니다.
}
still-there-hint = 계속하려면 아무 버튼이나 누르세요.
still-there-leaving = 로그아웃하는 중…

## Set-up

set-up-title = 거의 다 되었습니다
set-up-hint = Vestibule이 로그인할 곳을 알아야 합니다. 다음 위치에서 설정 파일을 찾았습니다:
set-up-command = 이 기기의 터미널에서 채워 넣을 파일을 만드세요:
set-up-restart = 그런 다음 Vestibule을 다시 시작하세요.
set-up-demo = 데모 시작
set-up-demo-hint = 데모에는 자체 서버가 있습니다. 등록도 비용도 없습니다.
set-up-demo-starting = 데모를 시작하는 중…
set-up-demo-failed = 데모를 시작하지 못했습니다: { $why }

## What went wrong

words-network-title = 로그인 서버에 연결할 수 없습니다
words-network-dns = 서버 이름을 찾을 수 없습니다. 이 기기의 네트워크를 확인하세요.
words-network-connect = 서버가 응답하지 않습니다. 이 기기의 네트워크를 확인하세요.
words-network-tls = 서버와의 보안 연결에 실패했습니다. 이 기기에 인증서가 없을 수 있습니다.
words-network-timeout = 서버의 응답이 너무 오래 걸립니다.
words-network-interrupted = 연결이 끊어졌습니다.
words-network-unavailable = 서버가 바쁘거나 점검 중입니다.
words-clock-title = 시계를 맞추는 중…
words-clock = 이 기기의 날짜가 과거로 되어 있습니다. 시계가 맞으면 저절로 계속됩니다.
words-rejected-title = 로그인이 올바르게 설정되지 않았습니다
words-rejected-grant = { $provider ->
    [auth0] ‘Device Code’, ‘Refresh Token’을(를) 켜세요: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types.
    [okta] ‘Device Authorization’을(를) 켜세요: Okta Admin Console › Applications › … 액세스 정책의 규칙에서도 허용하세요: Okta Admin Console › Security › API.
    [google] 유형은 ‘TVs and Limited Input devices’이어야 합니다: Google Cloud console › Credentials.
    [microsoft] ‘Allow public client flows’을(를) 켜세요: Entra admin center › App registrations › … › Authentication.
    [github] ‘Enable Device Flow’을(를) 켜세요: GitHub › Settings › Developer settings › …
    [gitlab] GitLab은 17.2 이상이어야 하고, 애플리케이션에 필요한 scope가 모두 있어야 합니다.
    [keycloak] ‘OAuth 2.0 Device Authorization Grant’을(를) 켜세요: Keycloak › Clients › … › Capability config.
    [twitch] 유형은 ‘Public’이어야 합니다: Twitch Developer Console › Applications › …
   *[other] 서버에서 이 애플리케이션에 Device Authorization Grant를 허용하세요.
}
words-rejected-type = { $provider ->
    [auth0] 유형은 ‘Native’이어야 합니다: Auth0 › Applications › … › Settings › Application Type. ‘OIDC Conformant’을(를) 켜세요: Auth0 › Applications › … › Settings › Advanced Settings › OAuth. 스스로 등록했거나 타사의 애플리케이션은 코드 로그인을 사용할 수 없습니다.
   *[other] 서버가 이 유형의 애플리케이션에 코드 로그인을 허용하지 않습니다. 기기용으로, 비밀 키 없이 등록하세요.
}
words-rejected-authentication = { $provider ->
    [auth0] ‘None’을(를) 선택하세요: Auth0 › Applications › … › Credentials › Authentication Method. 유형은 ‘Native’이어야 합니다: Auth0 › Applications › … › Settings › Application Type.
   *[other] 서버가 이 클라이언트에 다른 증명을 요구합니다. client_secret_file과 서버의 등록을 확인하세요.
}
words-rejected-client = { $provider ->
    [auth0] 이 테넌트에 해당 client_id의 애플리케이션이 없습니다. Client ID와 Domain을 client_id와 domain에 복사하세요: Auth0 › Applications › … › Settings.
    [github] GitHub에 이 클라이언트가 없습니다. client_id를 확인하세요.
    [microsoft] Microsoft의 이 디렉터리에 이 클라이언트가 없습니다. client_id와 tenant를 확인하세요.
   *[other] 서버에 이 클라이언트가 없거나 비밀 키를 요구합니다. client_id와 client_secret_file을 확인하세요.
}
words-rejected-scope = 서버가 요청한 scope를 거부합니다. 설정의 scopes를 확인하세요.
words-rejected-audience = { $provider ->
    [auth0] 서버에 요청한 API가 없습니다. audience는 API의 Identifier와 정확히 같아야 합니다: Auth0 › Applications › APIs.
   *[other] 서버에 요청한 API가 없습니다. audience와 extra_params를 확인하세요.
}
words-rejected-access = { $provider ->
    [auth0] 이 애플리케이션에 API 사용을 허용하세요: Auth0 › Applications › APIs › … › Application Access.
   *[other] 서버가 이 애플리케이션의 API 사용을 허용하지 않습니다. 서버에서 허용하세요.
}
words-rejected-offline = { $provider ->
    [auth0] ‘Allow Offline Access’을(를) 켜세요: Auth0 › Applications › APIs › … › Settings. ‘Refresh Token’을(를) 켜세요: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types. 그런 다음 다시 로그인하세요.
   *[other] 서버에서 이 애플리케이션에 오프라인 액세스와 갱신 토큰을 허용한 다음 다시 로그인하세요.
}
words-rejected-pkce = { $provider ->
    [keycloak] 서버가 PKCE를 다르게 요청합니다. 설정의 pkce를 ‘require’로 바꾸세요. Code Challenge Method는 S256이거나 없어야 합니다: Keycloak › Clients › …
   *[other] 서버가 PKCE를 다르게 요청합니다. 설정의 pkce를 ‘require’ 또는 ‘off’로 바꾸세요.
}
words-rejected-other = { $provider ->
    [auth0] Native, None, OIDC Conformant, Device Code, Refresh Token을(를) 확인하세요: Auth0 › Applications › … › Settings. audience의 API가 있어야 하고 오프라인 액세스를 허용해야 합니다.
    [okta] Native, Device Authorization, Refresh Token, Assignments을(를) 확인하세요: Okta Admin Console › Applications › …
    [google] TVs and Limited Input devices, client_secret_file을(를) 확인하세요: Google Cloud console › Credentials. 기기에서 쓸 수 있는 scope는 적습니다: openid, profile, email, Drive, YouTube.
    [microsoft] Allow public client flows, Supported account types을(를) 확인하세요: Entra admin center › App registrations › … 휴대전화에만 오류 53003이 보이면 Conditional Access 정책이 코드 로그인을 막고 있습니다.
    [github] Enable Device Flow, client_id을(를) 확인하세요: GitHub › Settings › Developer settings › …
    [gitlab] GitLab은 17.2 이상이어야 하고, 애플리케이션에 필요한 scope가 모두 있어야 합니다. Confidential, client_secret_file을(를) 확인하세요: GitLab › Applications › …
    [keycloak] OAuth 2.0 Device Authorization Grant, Client authentication, client_secret_file, offline_access, issuer을(를) 확인하세요: Keycloak › Clients › …
    [twitch] Public, client_id을(를) 확인하세요: Twitch Developer Console › Applications › …
   *[other] 서버가 지금 설정의 애플리케이션을 받아들이지 않습니다. 설정의 provider를 확인하세요.
}
words-unexpected-title = 로그인 서버가 아니었습니다
words-unexpected = 다른 것이 응답했습니다. 이 네트워크에 별도의 로그인이 필요하거나 설정의 주소가 잘못되었습니다.
words-unread-title = 서버의 응답을 사용할 수 없습니다
words-unread = 서버의 응답으로는 로그인할 수 없습니다. 서버 관리자에게 알려 주세요.
words-misfit = 서버가 제공하는 것과 설정이 맞지 않습니다. 아래 줄을 이 기기의 관리자에게 보여 주세요.
words-id-token-title = 이 로그인을 신뢰할 수 없습니다
words-id-token = 서버가 보낸 신원 증명이 유효하지 않습니다. 다시 시도하세요. 계속되면 기기 관리자에게 알리세요.
words-refused-title = 이 계정은 여기 표시된 내용을 사용할 수 없습니다
words-refused = 설정의 audience와 scopes, 그리고 이 사람의 권한을 확인하세요.
words-storage-title = 저장된 로그인을 사용할 수 없습니다
words-storage = 이 기기의 파일과 소유자, 권한을 확인하세요.
words-internal-title = 문제가 발생했습니다
words-internal = 다시 시도하세요. 계속되면 기기를 다시 시작하고 관리자에게 알리세요.

## Home

home-account = 계정
home-signed-in = 로그인되었습니다
home-signed-in-as = { $name }님으로 로그인되었습니다
home-no-api = 이 기기에 아직 설정된 콘텐츠가 없습니다. OK를 누르면 계정을 볼 수 있습니다.
home-empty = 아직 아무것도 없습니다
home-failed = 불러오지 못함: { $reason }
home-retry = 다시 시도하려면 OK를 누르세요
home-from = { $when } 기준
home-from-yesterday = 어제 { $time } 기준
# What stands beside a row that could not be loaded anew: why, and since when it is as it is.
home-old = { $reason } · { $from }
home-captive = 이 네트워크에는 별도의 로그인이 필요합니다
home-captive-hint = 네트워크에 로그인한 다음 OK를 누르세요

reason-session = 로그인을 갱신하지 못했습니다
reason-network = 연결 없음
reason-busy = 서버가 바쁩니다
reason-forbidden = 허용되지 않음
reason-status = 서버 오류 { $status }
reason-captive = 이 네트워크에는 별도의 로그인이 필요합니다
reason-too-large = 응답이 너무 큽니다
reason-shape = 예상하지 못한 응답
reason-refused = 올바르게 설정되지 않음

## Detail

detail-back = 뒤로
detail-open = 열기
detail-phone = 휴대전화에서 보기
phone-hint = 휴대전화로 스캔하거나 휴대전화에서 이 주소를 여세요:
opened-details = 자세히
detail-running = 잠시만 기다려 주세요…
detail-done = 완료
detail-added = 추가됨
detail-removed = 삭제됨
detail-failed = 실패함: { $reason }
# $words are the server’s own.
detail-said = 실패함: { $words }

value-days = { $days }일 { $hours }시간
value-hours = { $hours }시간 { $minutes }분
value-minutes = { $minutes }분
value-seconds = { $seconds }초

# How far off a time is (CLDR, dateFields).
relative-now = 지금
relative-yesterday = 어제
relative-today = 오늘
relative-tomorrow = 내일
relative-in-minutes = { $minutes ->
   *[other] { $minutes }분 후
}
relative-minutes-ago = { $minutes ->
   *[other] { $minutes }분 전
}
relative-in-hours = { $hours ->
   *[other] { $hours }시간 후
}
relative-hours-ago = { $hours ->
   *[other] { $hours }시간 전
}
relative-in-days = { $days ->
   *[other] { $days }일 후
}
relative-days-ago = { $days ->
   *[other] { $days }일 전
}
relative-in-months = { $months ->
   *[other] { $months }개월 후
}
relative-months-ago = { $months ->
   *[other] { $months }개월 전
}
relative-in-years = { $years ->
   *[other] { $years }년 후
}
relative-years-ago = { $years ->
   *[other] { $years }년 전
}

## Account

account-title = 내 계정
account-nameless = 로그인됨
account-since = 로그인 시각
account-session = 이 로그인
account-stays = 로그아웃할 때까지 유지
account-ends-at = { $time }에 종료: 갱신 토큰을 받지 못했습니다(offline_access가 허용되었나요?)
account-ends = 서버가 정할 때 종료: 갱신 토큰을 받지 못했습니다(offline_access가 허용되었나요?)
account-may = 이 기기의 권한
account-scope-openid = 사용자 식별
account-scope-profile = 이름과 사진 보기
account-scope-email = 이메일 주소 보기
account-scope-phone = 전화번호 보기
account-scope-address = 주소 보기
account-scope-offline = 로그인 유지
account-diagnostics = 진단
account-sign-out = 로그아웃
account-confirm = 이 기기에서 로그아웃할까요?
account-stay = 로그인 유지
account-signing-out = 로그아웃하는 중…
account-switch = 계정 전환
account-add = 계정 추가
account-set-pin = PIN 설정
account-change-pin = PIN 변경
account-remove-pin = PIN 제거
account-everybody = 모두 로그아웃
account-everybody-confirm = 이 기기에서 모두 로그아웃할까요?
account-everybody-signing-out = 모두 로그아웃하는 중…

## Language

language-title = 언어
language-auto = 기기 설정과 같게

## Accessibility

accessibility-title = 접근성
accessibility-text = 글자 크기
accessibility-text-hint = 왼쪽과 오른쪽 버튼으로 모든 글자를 작게 또는 크게 합니다.
accessibility-text-normal = 보통
accessibility-text-large = 크게
accessibility-text-larger = 아주 크게
accessibility-text-largest = 가장 크게
accessibility-theme = 색상
accessibility-theme-hint = 고대비는 흑백이며 선택 항목은 노란색입니다.
accessibility-dark = 어둡게
accessibility-light = 밝게
accessibility-high-contrast = 고대비
accessibility-picture = 화면 가장자리
accessibility-picture-hint = 일부 TV는 가장자리가 잘립니다. 네 모서리가 모두 보일 때까지 왼쪽이나 오른쪽을 누르세요.
accessibility-motion = 움직임 줄이기
accessibility-motion-hint = 미끄러지거나 커지는 효과 없이 한 번에 바뀝니다.
accessibility-aloud = 읽어 주기
accessibility-aloud-hint = 코드, 또는 모든 화면과 움직임을 말할 수 있는 기기에서 읽어 줍니다. Info를 길게 누르면 바뀝니다.
accessibility-aloud-codes = 코드
accessibility-aloud-everything = 모두
accessibility-captions = 자막
accessibility-captions-hint = 모두 읽어 줄 때 화면 아래에도 적습니다.
accessibility-on = 켬
accessibility-off = 끔

settings-unsaved = 이 기기에 저장하지 못했습니다. 전원이 꺼질 때까지 유지됩니다.
