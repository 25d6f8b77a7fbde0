# Texts of the big screen. One section per screen; names start with the screen's name.
# Sentences are read from three metres: short, one thought, no jargon for viewers.

## Welcome

welcome-title = Bei { $product } anmelden
welcome-hint = Sie brauchen Ihr Telefon. Es dauert etwa eine Minute.
welcome-sign-in = Anmelden
welcome-not-signed-in = Nicht angemeldet
welcome-ended = Ihre Sitzung ist beendet. Bitte melden Sie sich neu an.
welcome-set-aside = Die gespeicherte Anmeldung war unbrauchbar. Bitte melden Sie sich neu an.
welcome-signed-out = Sie sind abgemeldet.
welcome-absent = Sie wurden abgemeldet, weil längere Zeit keine Taste gedrückt wurde.
welcome-not-revoked = Sie sind hier abgemeldet. Der Server war nicht erreichbar; er vergisst dieses Gerät, wenn die Sitzung abläuft.
welcome-not-removed = Die gespeicherte Anmeldung konnte nicht von diesem Gerät gelöscht werden: { $why }

welcome-network = Netzwerk verbunden
welcome-no-network = Kein Netzwerk

welcome-everybody = Auf diesem Gerät sind alle abgemeldet.
welcome-everybody-guarded = Abgemeldet sind alle ohne PIN. Mit PIN bleiben angemeldet: { $who }.
welcome-everybody-not-revoked = Für { $who } war der Server nicht erreichbar; er vergisst dieses Gerät, wenn die Sitzungen ablaufen.
welcome-everybody-left = Noch auf diesem Gerät: { $who }.

## Who is watching?

who-title = Wer schaut zu?
who-add = Konto hinzufügen
who-pin = PIN
who-guest = Gast
who-sign-in-again = Neu anmelden
who-broken = Unlesbar
who-broken-title = Diese gespeicherte Anmeldung ist nicht lesbar
who-broken-hint = Melden Sie sich neu an, um sie zu ersetzen, oder entfernen Sie sie von diesem Bildschirm. Die Datei selbst bleibt erhalten.
who-remove = Entfernen
who-back = Zurück

## PIN

pin-enter = PIN eingeben
pin-current = Bisherige PIN eingeben
pin-new = PIN wählen
pin-repeat = Noch einmal eingeben
pin-hint = Vier Ziffern; danach wird gefragt, bevor dieses Konto gezeigt wird.
pin-wrong = { $left ->
    [0] Falsche PIN.
    [one] Falsche PIN. Noch { $left } Versuch.
   *[other] Falsche PIN. Noch { $left } Versuche.
}
pin-mismatch = Das war nicht dieselbe. Bitte neu wählen.
pin-not-saved = Die PIN konnte nicht gespeichert werden: { $why }
pin-locked-title = Zu viele falsche Versuche
pin-locked = Neuer Versuch in { $time }
pin-unreadable-title = Die PIN ist nicht lesbar
pin-unreadable = Melden Sie sich auf dem Handy mit demselben Konto neu an. Dann wird keine PIN mehr verlangt.
pin-forgot = PIN vergessen
pin-forgotten-title = PIN vergessen?
pin-forgotten = Melden Sie sich auf dem Handy mit demselben Konto neu an. Dann gilt die PIN nicht mehr, und Sie können eine neue wählen.
pin-sign-in = Neu anmelden
pin-back = Zurück

## Times

time-moment = { $date }, { $time }

# Between the parts of a list.
list-between = { ", " }

## Starting

restoring = Einen Moment …

## Sign in

sign-in-scan = Scannen Sie dies mit Ihrem Telefon
sign-in-open = Öffnen Sie dies auf Ihrem Telefon
sign-in-or-open = oder öffnen Sie
sign-in-check = Prüfen Sie, ob Ihr Telefon diesen Code zeigt
sign-in-type = Geben Sie dort diesen Code ein
sign-in-confirm = Bestätigen Sie; hier geht es von selbst weiter
sign-in-confirmed = Schon bestätigt? Es zählt: hier geht es von selbst weiter
sign-in-beware = Nur fortfahren, wenn Sie vor diesem Bildschirm sind.
sign-in-new-code = Neuer Code
sign-in-new-code-question = Neuer Code? Der angezeigte gilt dann nicht mehr.
sign-in-keep-code = Code behalten
sign-in-bigger = QR größer
sign-in-smaller = QR kleiner
sign-in-cancel = Abbrechen
sign-in-try-again = Neuer Versuch
sign-in-retry-now = Jetzt versuchen

sign-in-expires-in = noch { $time } gültig
sign-in-fresh = Neuer Code wird geholt
sign-in-rest = Dieser Code ist abgelaufen.
sign-in-rest-hint = OK drücken für einen neuen Code
sign-in-ending = Dieser Code endet gleich
sign-in-rest-refused = { $provider ->
    [microsoft] Hat das Telefon abgelehnt? Vielleicht erlaubt Ihre Organisation keine Anmeldung per Code. Ihr Administrator kann es: Entra › Conditional Access › Authentication flows.
   *[other] Hat das Telefon abgelehnt? Vielleicht erlaubt der Verwalter Ihres Kontos keine Anmeldung per Code auf anderen Geräten.
}

sign-in-requesting = Code wird angefordert …
sign-in-waiting = Warten auf Sie …
sign-in-unkept = Dieses Gerät kann nichts speichern: Die Anmeldung gilt bis zum Ausschalten.
sign-in-checking = Wird geprüft …
sign-in-unread = Antwort des Servers unbrauchbar, neuer Versuch folgt. Ihr Code bleibt gültig.
sign-in-offline = { $seconds ->
    [0] Keine Verbindung, jetzt neuer Versuch. Ihr Code bleibt gültig.
    [one] Keine Verbindung, neuer Versuch in { $seconds } Sekunde. Ihr Code bleibt gültig.
   *[other] Keine Verbindung, neuer Versuch in { $seconds } Sekunden. Ihr Code bleibt gültig.
}
sign-in-finishing = Angemeldet, wird geladen …
sign-in-request-again = { $seconds ->
    [0] Neuer Versuch …
    [one] Neuer Versuch in { $seconds } Sekunde …
   *[other] Neuer Versuch in { $seconds } Sekunden …
}

sign-in-denied = Die Anmeldung wurde am Telefon abgelehnt.
sign-in-denied-hint = Falls das ein Versehen war, versuchen Sie es noch einmal.
sign-in-details = Details für den Betreuer dieses Geräts

sign-in-aloud = Vorlesen
sign-in-mute = Dieses Gerät konnte es nicht vorlesen.

## Reading aloud

spoken-open = Öffnen Sie auf Ihrem Telefon diese Adresse:
spoken-letters = Buchstabe für Buchstabe:
spoken-code = Prüfen Sie, ob Ihr Telefon diesen Code zeigt:
spoken-again = Noch einmal:
spoken-small = klein { $letter }
spoken-sign = { $sign ->
    [dash] Strich
    [dot] Punkt
    [slash] Schrägstrich
    [colon] Doppelpunkt
    [underscore] Unterstrich
    [question] Fragezeichen
    [equals] Gleichheitszeichen
    [and] Und-Zeichen
    [percent] Prozent
    [plus] Plus
    [hash] Raute
    [tilde] Tilde
   *[at] At-Zeichen
}
spoken-home = Startseite
spoken-role = { $role ->
    [button] Taste
    [card] Karte
    [account] Konto
    [setting] Einstellung
    [choice] Auswahl
   *[tab] Reiter
}
spoken-place = { $at } von { $all }
spoken-place-open = { $at } von { $all } oder mehr
spoken-chosen = gewählt
spoken-loading = Wird geladen
spoken-text = Beschreibung
spoken-pad = Ziffernfeld
spoken-pad-hint = Wie am Telefon, ab der 5. Die Zifferntasten der Fernbedienung gelten auch.
spoken-digits = { $typed } von { $all } Ziffern
spoken-through = zu { $share } vorbei
spoken-code-ends = Der Code endet { $when }
spoken-on = Alles wird vorgelesen. Info gedrückt halten schaltet das aus.
spoken-off = Vorlesen ist aus.

## Success

success-hello = Hallo, { $name }
success-hello-nameless = Hallo
success-signed-in = Sie sind angemeldet.
success-not-you = Nicht Sie?
success-continue = Weiter
success-signing-out = Sie werden abgemeldet …
success-ask = Auf diesem Bildschirm angemeldet bleiben?
success-ask-hint = Ohne Antwort nein: Dann wird hier nichts von Ihnen gespeichert.
success-ask-no = Nur dieses Mal
success-keeping = Wird gespeichert …
guest = Gast, nicht gespeichert
guest-until = Bis Sie sich abmelden oder der Bildschirm dunkel wird; danach bleibt hier nichts von Ihnen.

account-not-remembered = Nicht gespeichert: Diese Anmeldung gilt, bis der Strom ausgeht.

## Diagnostics

diagnostics-device = Dieses Gerät
diagnostics-connection = Verbindung
diagnostics-log = Protokoll
diagnostics-remote = Fernbedienung
diagnostics-checking = Wird geprüft …
diagnostics-again = OK prüft erneut
diagnostics-scroll = Auf und Ab blättern, OK liest neu
diagnostics-start = OK beginnt
diagnostics-stop = Zweimal Zurück beendet
diagnostics-report = Für den Betreuer dieses Geräts. Enthält nichts Geheimes.
diagnostics-name = Gerätename
diagnostics-provider = Anmeldeserver
diagnostics-none = keiner, der sich nutzen lässt
diagnostics-client = Client
diagnostics-account = Konto
diagnostics-signed-in = jemand ist angemeldet
diagnostics-nobody = niemand ist angemeldet
diagnostics-clock = Uhr
diagnostics-clock-unknown = noch kein Server hat seine Zeit genannt
diagnostics-clock-agrees = wie auf dem Server
diagnostics-clock-behind = { $by } hinter dem Server
diagnostics-clock-ahead = { $by } vor dem Server
diagnostics-version = Version
diagnostics-renderer = Renderer
diagnostics-screen = Bildschirm
diagnostics-memory = Speicher
diagnostics-memory-value = { $share } MiB ({ $all } mit Geteiltem)
diagnostics-running = In Betrieb
diagnostics-running-value = seit { $program }, das Gerät seit { $device }
diagnostics-language = Sprache
diagnostics-discovery = Metadaten
diagnostics-codes = Codes
diagnostics-tokens = Tokens
diagnostics-userinfo = Namen
diagnostics-keys = Schlüssel
diagnostics-api = Inhalte
diagnostics-reached = antwortet ({ $status }) nach { $milliseconds } ms · { $host }
diagnostics-failed = gescheitert: { $why }
diagnostics-last-code = Letzter Code
diagnostics-last-poll = Letzte Abfrage
diagnostics-last-refresh = Letzte Erneuerung
diagnostics-never = keine seit dem Start
diagnostics-done = gut
diagnostics-waiting = noch nicht bestätigt
diagnostics-slow-down = der Server bittet um mehr Abstand
diagnostics-ago = vor { $time }
diagnostics-tenant-log = Tenant-Protokoll: { $codes }
diagnostics-nothing = Es ist kein Server eingerichtet, den man fragen könnte.
diagnostics-no-lines = Noch nichts protokolliert.
diagnostics-remote-title = Was sendet diese Fernbedienung?
diagnostics-remote-hint = OK drücken, dann eine beliebige Taste. Diese Seite nennt, was ankommt und was man dafür schreibt.
diagnostics-remote-listening = Beliebige Taste drücken
diagnostics-remote-leave = Zweimal Zurück beendet, oder 20 Sekunden warten.
diagnostics-remote-does = { $key } tut: { $action }
diagnostics-remote-digit = { $key } ist eine Ziffer
diagnostics-remote-unknown = { $key } tut noch nichts
diagnostics-remote-nameless = Eine Taste kam an, die hier weder Namen noch Nummer hat
diagnostics-remote-line = Damit sie etwas tut, schreiben Sie dies mit der gewünschten Aktion in die Konfiguration:
diagnostics-remote-known = Eine andere Aktion dafür schreibt man so:

## Nobody is there

still-there-title = Sind Sie noch da?
still-there-seconds = { $seconds ->
    [one] Sie werden in { $seconds } Sekunde abgemeldet.
   *[other] Sie werden in { $seconds } Sekunden abgemeldet.
}
still-there-hint = Drücken Sie eine Taste, um angemeldet zu bleiben.
still-there-leaving = Sie werden abgemeldet …

## Set-up

set-up-title = Fast geschafft
set-up-hint = Vestibule muss wissen, wo man sich anmeldet. Hier wurde eine Konfiguration gesucht:
set-up-command = Legen Sie eine zum Ausfüllen an, in einem Terminal auf diesem Gerät:
set-up-restart = Starten Sie Vestibule danach neu.
set-up-demo = Demo starten
set-up-demo-hint = Die Demo bringt ihren eigenen Server mit. Ohne Registrierung, ohne Kosten.
set-up-demo-starting = Demo wird gestartet …
set-up-demo-failed = Die Demo konnte nicht gestartet werden: { $why }

## What went wrong

words-network-title = Keine Verbindung zum Anmeldeserver
words-network-dns = Der Name des Servers wurde nicht gefunden. Prüfen Sie das Netzwerk dieses Geräts.
words-network-connect = Der Server antwortet nicht. Prüfen Sie das Netzwerk dieses Geräts.
words-network-tls = Die sichere Verbindung zum Server ist gescheitert. Vielleicht fehlt diesem Gerät ein Zertifikat.
words-network-timeout = Der Server braucht zu lange für eine Antwort.
words-network-interrupted = Die Verbindung ist abgebrochen.
words-network-unavailable = Der Server ist überlastet oder wird gewartet.
words-clock-title = Uhr wird gestellt …
words-clock = Dieses Gerät hält heute für einen früheren Tag. Es geht von selbst weiter, sobald die Uhr stimmt.
words-rejected-title = Die Anmeldung ist nicht richtig eingerichtet
words-rejected-grant = { $provider ->
    [auth0] Schalten Sie „Device Code“ und „Refresh Token“ ein: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types.
    [okta] Schalten Sie „Device Authorization“ ein: Okta Admin Console › Applications › … Erlauben Sie es auch in einer Regel der Zugriffsrichtlinie: Okta Admin Console › Security › API.
    [google] Der Typ muss „TVs and Limited Input devices“ sein: Google Cloud console › Credentials.
    [microsoft] Schalten Sie „Allow public client flows“ ein: Entra admin center › App registrations › … › Authentication.
    [github] Schalten Sie „Enable Device Flow“ ein: GitHub › Settings › Developer settings › …
    [gitlab] GitLab muss Version 17.2 oder neuer sein, und die Anwendung braucht jeden verlangten Scope.
    [keycloak] Schalten Sie „OAuth 2.0 Device Authorization Grant“ ein: Keycloak › Clients › … › Capability config.
    [twitch] Der Typ muss „Public“ sein: Twitch Developer Console › Applications › …
   *[other] Erlauben Sie den Device Authorization Grant für diese Anwendung am Server.
}
words-rejected-type = { $provider ->
    [auth0] Der Typ muss „Native“ sein: Auth0 › Applications › … › Settings › Application Type. Schalten Sie „OIDC Conformant“ ein: Auth0 › Applications › … › Settings › Advanced Settings › OAuth. Selbst registrierte und fremde Anwendungen können sich nicht per Code anmelden.
   *[other] Der Server erlaubt Anwendungen dieses Typs keine Anmeldung per Code. Registrieren Sie eine für Geräte, ohne Geheimnis.
}
words-rejected-authentication = { $provider ->
    [auth0] Wählen Sie „None“: Auth0 › Applications › … › Credentials › Authentication Method. Der Typ muss „Native“ sein: Auth0 › Applications › … › Settings › Application Type.
   *[other] Der Server verlangt einen anderen Nachweis von diesem Client. Prüfen Sie client_secret_file und die Registrierung am Server.
}
words-rejected-client = { $provider ->
    [auth0] Dieser Tenant hat keine Anwendung mit dieser client_id. Übernehmen Sie Client ID und Domain als client_id und domain: Auth0 › Applications › … › Settings.
    [github] GitHub kennt diesen Client nicht. Prüfen Sie client_id.
    [microsoft] Microsoft kennt diesen Client in diesem Verzeichnis nicht. Prüfen Sie client_id und tenant.
   *[other] Der Server kennt diesen Client nicht oder will ein Geheimnis von ihm. Prüfen Sie client_id und client_secret_file.
}
words-rejected-scope = Der Server lehnt die verlangten Scopes ab. Prüfen Sie scopes in der Konfiguration.
words-rejected-audience = { $provider ->
    [auth0] Der Server kennt die verlangte API nicht. audience muss genau der Identifier der API sein: Auth0 › Applications › APIs.
   *[other] Der Server kennt die verlangte API nicht. Prüfen Sie audience und extra_params.
}
words-rejected-access = { $provider ->
    [auth0] Erlauben Sie dieser Anwendung die API: Auth0 › Applications › APIs › … › Application Access.
   *[other] Der Server lässt diese Anwendung nicht an die API. Erlauben Sie es dort.
}
words-rejected-offline = { $provider ->
    [auth0] Schalten Sie „Allow Offline Access“ ein: Auth0 › Applications › APIs › … › Settings. Schalten Sie „Refresh Token“ ein: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types. Melden Sie sich danach neu an.
   *[other] Erlauben Sie am Server Offline-Zugriff und Refresh-Tokens für diese Anwendung und melden Sie sich neu an.
}
words-rejected-pkce = { $provider ->
    [keycloak] Der Server will PKCE anders. Setzen Sie pkce in der Konfiguration auf „require“; die Code Challenge Method muss S256 oder leer sein: Keycloak › Clients › …
   *[other] Der Server will PKCE anders. Setzen Sie pkce in der Konfiguration auf „require“ oder „off“.
}
words-rejected-other = { $provider ->
    [auth0] Prüfen Sie Native, None, OIDC Conformant, Device Code, Refresh Token: Auth0 › Applications › … › Settings. Die API von audience muss bestehen und Offline-Zugriff erlauben.
    [okta] Prüfen Sie Native, Device Authorization, Refresh Token, Assignments: Okta Admin Console › Applications › …
    [google] Prüfen Sie TVs and Limited Input devices, client_secret_file: Google Cloud console › Credentials. Geräte bekommen nur wenige Scopes: openid, profile, email, Drive, YouTube.
    [microsoft] Prüfen Sie Allow public client flows, Supported account types: Entra admin center › App registrations › … Zeigt nur das Telefon Fehler 53003, sperrt eine Conditional-Access-Richtlinie die Anmeldung per Code.
    [github] Prüfen Sie Enable Device Flow, client_id: GitHub › Settings › Developer settings › …
    [gitlab] GitLab muss Version 17.2 oder neuer sein, und die Anwendung braucht jeden verlangten Scope. Prüfen Sie Confidential, client_secret_file: GitLab › Applications › …
    [keycloak] Prüfen Sie OAuth 2.0 Device Authorization Grant, Client authentication, client_secret_file, offline_access, issuer: Keycloak › Clients › …
    [twitch] Prüfen Sie Public, client_id: Twitch Developer Console › Applications › …
   *[other] Der Server nimmt diese Anwendung so nicht an. Prüfen Sie den Abschnitt provider der Konfiguration.
}
words-unexpected-title = Das war nicht der Anmeldeserver
words-unexpected = Etwas anderes hat geantwortet. Vielleicht verlangt dieses Netzwerk eine eigene Anmeldung, oder die Adresse in der Konfiguration ist falsch.
words-unread-title = Die Antwort des Servers ist unbrauchbar
words-unread = Mit dem, was der Server antwortet, ist keine Anmeldung möglich. Sagen Sie es dem, der ihn betreibt.
words-misfit = Was der Server bietet und die Konfiguration passen nicht zusammen. Zeigen Sie die Zeile unten dem, der dieses Gerät betreut.
words-id-token-title = Der Anmeldung ist nicht zu trauen
words-id-token = Der Server hat einen ungültigen Identitätsnachweis geschickt. Versuchen Sie es noch einmal. Bleibt es dabei, sagen Sie es dem Betreuer dieses Geräts.
words-refused-title = Dieses Konto darf nicht nutzen, was hier gezeigt wird
words-refused = Prüfen Sie audience und scopes in der Konfiguration und was diese Person darf.
words-storage-title = Die gespeicherte Anmeldung ist unbrauchbar
words-storage = Prüfen Sie die Datei, ihren Besitzer und ihre Rechte auf diesem Gerät.
words-internal-title = Hier ist etwas schiefgegangen
words-internal = Versuchen Sie es noch einmal. Bleibt es dabei, starten Sie das Gerät neu und sagen Sie es seinem Betreuer.

## Home

home-account = Konto
home-signed-in = Sie sind angemeldet
home-signed-in-as = Sie sind angemeldet, { $name }
home-no-api = Auf diesem Gerät sind noch keine Inhalte eingerichtet. OK zeigt Ihr Konto.
home-empty = Hier ist noch nichts
home-failed = Laden gescheitert: { $reason }
home-retry = OK für einen neuen Versuch
home-from = Stand { $when }
home-from-yesterday = Stand gestern, { $time }
# What stands beside a row that could not be loaded anew: why, and since when it is as it is.
home-old = { $reason } · { $from }
home-captive = Dieses Netzwerk verlangt eine eigene Anmeldung
home-captive-hint = Melden Sie sich im Netzwerk an, dann OK

reason-session = Die Anmeldung konnte nicht erneuert werden
reason-network = keine Verbindung
reason-busy = Der Server ist überlastet
reason-forbidden = nicht erlaubt
reason-status = Serverfehler { $status }
reason-captive = Dieses Netzwerk verlangt eine eigene Anmeldung
reason-too-large = Die Antwort ist zu groß
reason-shape = unerwartete Antwort
reason-refused = nicht richtig eingerichtet

## Detail

detail-back = Zurück
detail-open = Öffnen
detail-phone = Auf dem Handy
phone-hint = Scannen Sie dies mit dem Handy, oder öffnen Sie dort diese Adresse:
opened-details = Mehr dazu
detail-running = Einen Moment …
detail-done = Erledigt
detail-added = Hinzugefügt
detail-removed = Entfernt
detail-failed = Das hat nicht geklappt: { $reason }
# $words are the server’s own.
detail-said = Das hat nicht geklappt: { $words }

value-days = { $days } Tg. { $hours } Std.
value-hours = { $hours } Std. { $minutes } Min.
value-minutes = { $minutes } Min.
value-seconds = { $seconds } Sek.

# How far off a time is (CLDR, dateFields).
relative-now = jetzt
relative-yesterday = gestern
relative-today = heute
relative-tomorrow = morgen
relative-in-minutes = { $minutes ->
    [one] in { $minutes } Minute
   *[other] in { $minutes } Minuten
}
relative-minutes-ago = { $minutes ->
    [one] vor { $minutes } Minute
   *[other] vor { $minutes } Minuten
}
relative-in-hours = { $hours ->
    [one] in { $hours } Stunde
   *[other] in { $hours } Stunden
}
relative-hours-ago = { $hours ->
    [one] vor { $hours } Stunde
   *[other] vor { $hours } Stunden
}
relative-in-days = { $days ->
    [one] in { $days } Tag
   *[other] in { $days } Tagen
}
relative-days-ago = { $days ->
    [one] vor { $days } Tag
   *[other] vor { $days } Tagen
}
relative-in-months = { $months ->
    [one] in { $months } Monat
   *[other] in { $months } Monaten
}
relative-months-ago = { $months ->
    [one] vor { $months } Monat
   *[other] vor { $months } Monaten
}
relative-in-years = { $years ->
    [one] in { $years } Jahr
   *[other] in { $years } Jahren
}
relative-years-ago = { $years ->
    [one] vor { $years } Jahr
   *[other] vor { $years } Jahren
}

## Account

account-title = Ihr Konto
account-nameless = Angemeldet
account-since = Angemeldet seit
account-session = Diese Anmeldung
account-stays = Bleibt, bis Sie sich abmelden
account-ends-at = Gilt bis { $time }: Der Server gab kein Refresh-Token (ist offline_access erlaubt?)
account-ends = Endet, wann der Server will: Er gab kein Refresh-Token (ist offline_access erlaubt?)
account-may = Dieses Gerät darf
account-scope-openid = wissen, wer Sie sind
account-scope-profile = Namen und Bild sehen
account-scope-email = Ihre E-Mail-Adresse sehen
account-scope-phone = Ihre Telefonnummer sehen
account-scope-address = Ihre Anschrift sehen
account-scope-offline = angemeldet bleiben
account-diagnostics = Diagnose
account-sign-out = Abmelden
account-confirm = Von diesem Gerät abmelden?
account-stay = Angemeldet bleiben
account-signing-out = Sie werden abgemeldet …
account-switch = Konto wechseln
account-add = Konto hinzufügen
account-set-pin = PIN festlegen
account-change-pin = PIN ändern
account-remove-pin = PIN entfernen
account-everybody = Alle abmelden
account-everybody-confirm = Alle von diesem Gerät abmelden?
account-everybody-signing-out = Alle werden abgemeldet …

## Language

language-title = Sprache
language-auto = Wie auf diesem Gerät

## Accessibility

accessibility-title = Bedienungshilfen
accessibility-text = Schriftgröße
accessibility-text-hint = Links und rechts machen alle Texte kleiner oder größer.
accessibility-text-normal = Normal
accessibility-text-large = Groß
accessibility-text-larger = Sehr groß
accessibility-text-largest = Am größten
accessibility-theme = Farben
accessibility-theme-hint = Hoher Kontrast ist schwarz-weiß mit gelber Markierung.
accessibility-dark = Dunkel
accessibility-light = Hell
accessibility-high-contrast = Hoher Kontrast
accessibility-picture = Bildränder
accessibility-picture-hint = Manche Fernseher schneiden den Rand ab. Drücken Sie links oder rechts, bis alle vier Ecken zu sehen sind.
accessibility-motion = Weniger Bewegung
accessibility-motion-hint = Nichts gleitet oder wächst, alles wechselt in einem Schritt.
accessibility-aloud = Vorlesen
accessibility-aloud-hint = Codes oder jeder Bildschirm und jeder Schritt, auf Geräten, die sprechen können. Info gedrückt halten schaltet um.
accessibility-aloud-codes = Nur Codes
accessibility-aloud-everything = Alles
accessibility-captions = Untertitel
accessibility-captions-hint = Wo alles vorgelesen wird, steht es auch unten auf dem Bildschirm.
accessibility-on = Ein
accessibility-off = Aus

settings-unsaved = Das konnte auf diesem Gerät nicht gespeichert werden. Es gilt, bis der Strom ausgeht.
