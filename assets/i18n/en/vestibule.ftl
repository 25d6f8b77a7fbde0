# Texts of the big screen. One section per screen; names start with the screen's name.
# Sentences are read from three metres: short, one thought, no jargon for viewers.

## Welcome

welcome-title = Sign in to { $product }
welcome-hint = You will need your phone. It takes about a minute.
welcome-sign-in = Sign in
welcome-not-signed-in = Not signed in
welcome-ended = Your session has ended. Please sign in again.
welcome-set-aside = The saved sign-in could not be used. Please sign in again.
welcome-signed-out = You are signed out.
welcome-absent = You were signed out because nobody pressed a button for a while.
welcome-not-revoked = You are signed out here. The server could not be told; it will forget this device when the session runs out.
welcome-not-removed = The saved sign-in could not be deleted from this device: { $why }

welcome-network = Network connected
welcome-no-network = No network

welcome-everybody = Everybody is signed out of this device.
welcome-everybody-guarded = Everybody without a PIN is signed out. Still signed in, with a PIN: { $who }.
welcome-everybody-not-revoked = The server could not be told about { $who }; it will forget this device when their sessions run out.
welcome-everybody-left = Still on this device: { $who }.

## Who is watching?

who-title = Who is watching?
who-add = Add account
who-pin = PIN
who-guest = Guest
who-sign-in-again = Sign in again
who-broken = Unreadable
who-broken-title = This saved sign-in cannot be read
who-broken-hint = Sign in again to replace it, or remove it from this screen. The file itself is kept for whoever looks after this device.
who-remove = Remove
who-back = Back

## PIN

pin-enter = Enter the PIN
pin-current = Enter the present PIN
pin-new = Choose a PIN
pin-repeat = Enter it once more
pin-hint = Four digits, asked for before this account is shown.
pin-wrong = { $left ->
    [0] Wrong PIN.
    [one] Wrong PIN. { $left } try left.
   *[other] Wrong PIN. { $left } tries left.
}
pin-mismatch = Those were not the same. Choose again.
pin-not-saved = The PIN could not be saved: { $why }
pin-locked-title = Too many wrong tries
pin-locked = Try again in { $time }
pin-unreadable-title = The PIN cannot be read
pin-unreadable = Sign in again on your phone with the same account. Then no PIN is asked for any more.
pin-forgot = Forgot the PIN
pin-forgotten-title = Forgot the PIN?
pin-forgotten = Sign in again on your phone with the same account. That takes the PIN away, and you can set another one.
pin-sign-in = Sign in again
pin-back = Back

## Times

time-moment = { $date }, { $time }

# Between the parts of a list.
list-between = { ", " }

## Starting

restoring = One moment …

## Sign in

sign-in-scan = Scan this with your phone
sign-in-open = Open this on your phone
sign-in-or-open = or open
sign-in-check = Check that your phone shows this code
sign-in-type = Type this code there
sign-in-confirm = Confirm, and this screen moves on by itself
sign-in-confirmed = Confirmed already? It counts: this screen moves on by itself
sign-in-beware = Only continue if you are in front of this screen.
sign-in-new-code = New code
sign-in-new-code-question = Get a new code? The one shown stops working.
sign-in-keep-code = Keep this code
sign-in-bigger = Bigger QR
sign-in-smaller = Smaller QR
sign-in-cancel = Cancel
sign-in-try-again = Try again
sign-in-retry-now = Try now

sign-in-expires-in = expires in { $time }
sign-in-fresh = Getting a fresh code
sign-in-rest = This code is over.
sign-in-rest-hint = Press OK for a new code
sign-in-ending = This code ends in a moment
sign-in-rest-refused = { $provider ->
    [microsoft] Did the phone say no? Your organization may not allow sign-in by code. Its administrator can: in Entra under Conditional Access, Authentication flows.
   *[other] Did the phone say no? Whoever looks after your account may not allow sign-in by code on another device.
}

sign-in-requesting = Asking for a code …
sign-in-waiting = Waiting for you …
sign-in-unkept = This device cannot save a sign-in: it lasts until the power goes off.
sign-in-checking = Checking …
sign-in-unread = The server’s answer cannot be used, trying again. Your code stays valid.
sign-in-offline = { $seconds ->
    [0] No connection, trying again now. Your code stays valid.
    [one] No connection, trying again in { $seconds } second. Your code stays valid.
   *[other] No connection, trying again in { $seconds } seconds. Your code stays valid.
}
sign-in-finishing = Signed in, loading …
sign-in-request-again = { $seconds ->
    [0] Trying again now …
    [one] Trying again in { $seconds } second …
   *[other] Trying again in { $seconds } seconds …
}

sign-in-denied = The sign-in was declined on the phone.
sign-in-denied-hint = If that was not on purpose, try again.
sign-in-details = Details for whoever looks after this device

sign-in-aloud = Read aloud
sign-in-mute = This device could not read it aloud.

## Reading aloud

spoken-open = On your phone, open this address:
spoken-letters = Letter by letter:
spoken-code = Check that your phone shows this code:
spoken-again = Once more:
spoken-small = small { $letter }
spoken-sign = { $sign ->
    [dash] dash
    [dot] dot
    [slash] slash
    [colon] colon
    [underscore] underscore
    [question] question mark
    [equals] equals
    [and] and
    [percent] percent
    [plus] plus
    [hash] hash
    [tilde] tilde
   *[at] at
}
spoken-home = Home
spoken-role = { $role ->
    [button] button
    [card] card
    [account] account
    [setting] setting
    [choice] choice
   *[tab] tab
}
spoken-place = { $at } of { $all }
spoken-place-open = { $at } of { $all } or more
spoken-chosen = chosen
spoken-loading = Loading
spoken-text = Description
spoken-pad = Number pad
spoken-pad-hint = As on a telephone, from 5 on. Number keys work too.
spoken-digits = { $typed } of { $all } digits
spoken-through = { $share } through
spoken-code-ends = The code ends { $when }
spoken-on = Everything is read aloud. Hold Info to switch that off.
spoken-off = Reading aloud is off.

## Success

success-hello = Hello, { $name }
success-hello-nameless = Hello
success-signed-in = You are signed in.
success-not-you = Not you?
success-continue = Continue
success-signing-out = Signing you out …
success-ask = Stay signed in on this screen?
success-ask-hint = Without an answer, no: nothing of yours is kept here.
success-ask-no = Only this time
success-keeping = Saving …
guest = Guest, not remembered
guest-until = Until you sign out or the screen goes dark; nothing of yours stays here.

account-not-remembered = This sign-in lasts until the power goes off: it could not be saved on this device.

## Diagnostics

diagnostics-device = This device
diagnostics-connection = Connection
diagnostics-log = Log
diagnostics-remote = Remote control
diagnostics-checking = Checking …
diagnostics-again = OK checks again
diagnostics-scroll = Up and Down scroll, OK reads again
diagnostics-start = OK starts
diagnostics-stop = Back twice stops
diagnostics-report = For whoever looks after this device. It holds no secret.
diagnostics-name = Device name
diagnostics-provider = Sign-in server
diagnostics-none = none that can be used
diagnostics-client = Client
diagnostics-account = Account
diagnostics-signed-in = somebody is signed in
diagnostics-nobody = nobody is signed in
diagnostics-clock = Clock
diagnostics-clock-unknown = no server has told its time yet
diagnostics-clock-agrees = as at the server
diagnostics-clock-behind = { $by } behind
diagnostics-clock-ahead = { $by } ahead of the server
diagnostics-version = Version
diagnostics-renderer = Renderer
diagnostics-screen = Screen
diagnostics-memory = Memory
diagnostics-memory-value = { $share } MiB ({ $all } with what is shared)
diagnostics-running = Running
diagnostics-running-value = for { $program }, the device for { $device }
diagnostics-language = Language
diagnostics-discovery = Metadata
diagnostics-codes = Codes
diagnostics-tokens = Tokens
diagnostics-userinfo = Names
diagnostics-keys = Keys
diagnostics-api = Content
diagnostics-reached = answers ({ $status }) after { $milliseconds } ms · { $host }
diagnostics-failed = failed: { $why }
diagnostics-last-code = Last code
diagnostics-last-poll = Last check
diagnostics-last-refresh = Last renewal
diagnostics-never = none since the start
diagnostics-done = good
diagnostics-waiting = not confirmed yet
diagnostics-slow-down = the server asks us to slow down
diagnostics-ago = { $time } ago
diagnostics-tenant-log = tenant log: { $codes }
diagnostics-nothing = No server is configured that could be asked.
diagnostics-no-lines = Nothing was logged yet.
diagnostics-remote-title = What does this remote send?
diagnostics-remote-hint = Press OK, then any button. This page names what arrives and what to write for it.
diagnostics-remote-listening = Press any button
diagnostics-remote-leave = Press Back twice to stop, or wait 20 seconds.
diagnostics-remote-does = { $key } does: { $action }
diagnostics-remote-digit = { $key } is a digit
diagnostics-remote-unknown = { $key } does nothing yet
diagnostics-remote-nameless = A key arrived that has neither name nor number here
diagnostics-remote-line = To make it do something, write this into the configuration, with the action you want:
diagnostics-remote-known = Another action for it is written like this:

## Nobody is there

still-there-title = Are you still there?
still-there-seconds = { $seconds ->
    [one] You will be signed out in { $seconds } second.
   *[other] You will be signed out in { $seconds } seconds.
}
still-there-hint = Press any button to stay signed in.
still-there-leaving = Signing you out …

## Set-up

set-up-title = Almost there
set-up-hint = Vestibule needs to know where people sign in. It looked for a configuration here:
set-up-command = Make one to fill in, in a terminal on this device:
set-up-restart = Then start Vestibule again.
set-up-demo = Start the demo
set-up-demo-hint = The demo brings its own server. Nothing to register, nothing to pay.
set-up-demo-starting = Starting the demo …
set-up-demo-failed = The demo could not be started: { $why }


## What went wrong

words-network-title = No connection to the sign-in server
words-network-dns = The name of the server could not be found. Check the network of this device.
words-network-connect = The server does not answer. Check the network of this device.
words-network-tls = The secure connection to the server failed. A certificate may be missing on this device.
words-network-timeout = The server takes too long to answer.
words-network-interrupted = The connection broke off.
words-network-unavailable = The server is busy or being repaired.
words-clock-title = Setting the clock …
words-clock = This device thinks it is an earlier day. It goes on by itself once the clock is right.
words-rejected-title = Sign-in is not set up correctly
words-rejected-grant = { $provider ->
    [auth0] Switch on the grant types “Device Code” and “Refresh Token”: in Auth0 under Applications, this application, Settings, Advanced Settings, Grant Types.
    [okta] Switch on the grant type “Device Authorization” for the application in the Okta admin console, and allow it in a rule of the authorization server's access policy (Security, API).
    [google] The client must be of type “TVs and Limited Input devices”: in the Google Cloud console under Credentials.
    [microsoft] Switch on “Allow public client flows”: in the Entra admin center under App registrations, this application, Authentication.
    [github] Switch on “Enable Device Flow”: on GitHub under Settings, Developer settings, this application.
    [gitlab] GitLab must be version 17.2 or later, and the application must have every scope that is asked for.
    [keycloak] Switch on “OAuth 2.0 Device Authorization Grant”: in the Keycloak admin console under Clients, this client, Capability config.
    [twitch] The application must exist in Twitch's developer console, with client type Public.
   *[other] Allow the device authorization grant for this application at the server.
}
words-rejected-type = { $provider ->
    [auth0] The application must be of type Native and OIDC conformant: in Auth0 under Applications, this application, Settings, Application Type, and Advanced Settings, OAuth. One that registered itself, or is a third party’s, cannot use the device flow.
   *[other] The server does not allow sign-in by code for an application of this type. Register one for devices, without a secret.
}
words-rejected-authentication = { $provider ->
    [auth0] Set the authentication method to None: in Auth0 under Applications, this application, Credentials. The application must be of type Native.
   *[other] The server wants this client to prove itself in another way. Check client_secret_file, and how the client is registered at the server.
}
words-rejected-client = { $provider ->
    [auth0] The tenant has no application with this client_id. In Auth0 under Applications, this application, Settings: copy the Client ID to client_id and the Domain to domain.
    [github] GitHub does not know this client. Check client_id.
    [microsoft] Microsoft does not know this client in this directory. Check client_id and tenant.
   *[other] The server does not know this client, or wants a secret from it. Check client_id and client_secret_file.
}
words-rejected-scope = The server refuses the scopes asked for. Check scopes in the configuration.
words-rejected-audience = { $provider ->
    [auth0] The server does not know the API asked for. Set audience to the Identifier of the API, to the letter: in Auth0 under Applications, APIs.
   *[other] The server does not know the API asked for. Check audience and extra_params.
}
words-rejected-access = { $provider ->
    [auth0] Allow this application to use the API: in Auth0 under Applications, APIs, the API of audience, Application Access.
   *[other] The server does not let this application use the API asked for. Allow it there.
}
words-rejected-offline = { $provider ->
    [auth0] Switch on “Allow Offline Access”: in Auth0 under Applications, APIs, the API of audience, Settings; and the grant type “Refresh Token” under Applications, this application, Settings, Advanced Settings, Grant Types. Then sign in again.
   *[other] Allow offline access and the refresh token grant for this application at the server, then sign in again.
}
words-rejected-pkce = { $provider ->
    [keycloak] The server wants PKCE in another way. Set pkce in the configuration to “require”; in the Keycloak admin console the client’s code challenge method must be S256 or empty.
   *[other] The server wants PKCE in another way. Set pkce in the configuration to “require” or “off”.
}
words-rejected-other = { $provider ->
    [auth0] In Auth0 under Applications, this application: type Native, authentication method None (Credentials), OIDC conformant, grant types Device Code and Refresh Token. The API of audience must exist and allow offline access.
    [okta] In the Okta admin console the application must be a Native one with the grant types Device Authorization and Refresh Token, and be assigned to the people who sign in.
    [google] In the Google Cloud console the client must be of type TVs and Limited Input devices, with its secret in client_secret_file. Few scopes are open to devices: openid, profile, email, and some of Drive’s and YouTube’s.
    [microsoft] In the Entra admin center the app registration must allow public client flows, and support the accounts of the configured tenant. If only the phone shows error 53003, a Conditional Access policy blocks sign-in by code.
    [github] On GitHub “Enable Device Flow” must be on (Settings, Developer settings, this application), and client_id must be that application’s.
    [gitlab] GitLab must be version 17.2 or later. The application must not be confidential (or its secret be in client_secret_file) and must have every scope asked for; there is no offline_access.
    [keycloak] In the Keycloak admin console the client must have OAuth 2.0 Device Authorization Grant on and Client authentication off (or its secret in client_secret_file), and offline_access among its optional scopes. issuer is the realm’s address.
    [twitch] In Twitch’s developer console the application must be of client type Public, and client_id must be that application’s.
   *[other] The server does not accept this application as it is configured. Check the provider section of the configuration.
}
words-unexpected-title = That was not the sign-in server
words-unexpected = Something else answered. This network may want a sign-in of its own, or the address in the configuration is wrong.
words-unread-title = The server’s answer cannot be used
words-unread = Nobody can sign in with what the server answers. Tell whoever runs it.
words-misfit = What the server offers and the configuration do not fit. Show the line below to whoever looks after this device.
words-id-token-title = The sign-in could not be trusted
words-id-token = The server sent a proof of identity that is not valid. Try again. If it stays, tell whoever looks after this device.
words-refused-title = This account may not use what is shown here
words-refused = Check audience and scopes in the configuration, and what this person is allowed to do.
words-storage-title = The saved sign-in cannot be used
words-storage = Check the file, its owner and its permissions on this device.
words-internal-title = Something went wrong here
words-internal = Try again. If it stays, restart this device and tell whoever looks after it.

## Home

home-account = Account
home-signed-in = You are signed in
home-signed-in-as = You are signed in, { $name }
home-no-api = No content is set up on this device yet. Press OK to see your account.
home-empty = Nothing here yet
home-failed = Couldn’t load: { $reason }
home-retry = Press OK to try again
home-from = From { $when }
home-from-yesterday = From yesterday { $time }
# What stands beside a row that could not be loaded anew: why, and since when it is as it is.
home-old = { $reason } · { $from }
home-captive = This network wants a sign-in of its own
home-captive-hint = Sign in to the network, then press OK

reason-session = the sign-in could not be renewed
reason-network = no connection
reason-busy = the server is busy
reason-forbidden = not allowed
reason-status = server error { $status }
reason-captive = this network wants a sign-in of its own
reason-too-large = the answer is too large
reason-shape = unexpected answer
reason-refused = not set up correctly

## Detail

detail-back = Back
detail-open = Open
detail-phone = On your phone
phone-hint = Scan this with your phone, or open this address on it:
opened-details = Details
detail-running = One moment …
detail-done = Done
detail-added = Added
detail-removed = Removed
detail-failed = That didn’t work: { $reason }
# $words are the server’s own.
detail-said = That didn’t work: { $words }

value-days = { $days } d { $hours } h
value-hours = { $hours } h { $minutes } min
value-minutes = { $minutes } min
value-seconds = { $seconds } s

# How far off a time is (CLDR, dateFields).
relative-now = now
relative-yesterday = yesterday
relative-today = today
relative-tomorrow = tomorrow
relative-in-minutes = { $minutes ->
    [one] in { $minutes } minute
   *[other] in { $minutes } minutes
}
relative-minutes-ago = { $minutes ->
    [one] { $minutes } minute ago
   *[other] { $minutes } minutes ago
}
relative-in-hours = { $hours ->
    [one] in { $hours } hour
   *[other] in { $hours } hours
}
relative-hours-ago = { $hours ->
    [one] { $hours } hour ago
   *[other] { $hours } hours ago
}
relative-in-days = { $days ->
    [one] in { $days } day
   *[other] in { $days } days
}
relative-days-ago = { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
}
relative-in-months = { $months ->
    [one] in { $months } month
   *[other] in { $months } months
}
relative-months-ago = { $months ->
    [one] { $months } month ago
   *[other] { $months } months ago
}
relative-in-years = { $years ->
    [one] in { $years } year
   *[other] in { $years } years
}
relative-years-ago = { $years ->
    [one] { $years } year ago
   *[other] { $years } years ago
}

## Account

account-title = Your account
account-nameless = Signed in
account-since = Signed in since
account-session = This sign-in
account-stays = Stays until you sign out
account-ends-at = Ends at { $time }: the server gave no refresh token (is offline_access granted?)
account-ends = Ends when the server says so: it gave no refresh token (is offline_access granted?)
account-may = This device may
account-scope-openid = know who you are
account-scope-profile = see your name and picture
account-scope-email = see your e-mail address
account-scope-phone = see your phone number
account-scope-address = see your address
account-scope-offline = stay signed in
account-diagnostics = Diagnostics
account-sign-out = Sign out
account-confirm = Sign out of this device?
account-stay = Stay signed in
account-signing-out = Signing you out …
account-switch = Switch account
account-add = Add account
account-set-pin = Set a PIN
account-change-pin = Change the PIN
account-remove-pin = Remove the PIN
account-everybody = Sign everybody out
account-everybody-confirm = Sign everybody out of this device?
account-everybody-signing-out = Signing everybody out …

## Language

language-title = Language
language-auto = As on this device

## Accessibility

accessibility-title = Accessibility
accessibility-text = Text size
accessibility-text-hint = Left and right make all text smaller or larger.
accessibility-text-normal = Normal
accessibility-text-large = Large
accessibility-text-larger = Very large
accessibility-text-largest = Largest
accessibility-theme = Colours
accessibility-theme-hint = High contrast is black and white, with a yellow focus.
accessibility-dark = Dark
accessibility-light = Light
accessibility-high-contrast = High contrast
accessibility-picture = Screen edges
accessibility-picture-hint = Some televisions cut off the edges. Press left or right until all four corners can be seen.
accessibility-motion = Reduced motion
accessibility-motion-hint = Nothing slides or grows; everything changes in one step.
accessibility-aloud = Read aloud
accessibility-aloud-hint = Codes, or every screen and each move, on devices that can speak. Holding Info switches between the two.
accessibility-aloud-codes = Codes
accessibility-aloud-everything = Everything
accessibility-captions = Captions
accessibility-captions-hint = Where everything is read aloud, it is written at the bottom, too.
accessibility-on = On
accessibility-off = Off

settings-unsaved = This could not be saved on this device. It lasts until the power goes off.
