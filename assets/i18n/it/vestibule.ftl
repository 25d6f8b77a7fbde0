# Texts of the big screen. One section per screen; names start with the screen's name.
# Sentences are read from three metres: short, one thought, no jargon for viewers.

## Welcome

welcome-title = Accedi a { $product }
welcome-hint = Ti servirà il telefono. Ci vuole circa un minuto.
welcome-sign-in = Accedi
welcome-not-signed-in = Accesso non effettuato
welcome-ended = La sessione è terminata. Accedi di nuovo.
welcome-set-aside = L’accesso salvato non era utilizzabile. Accedi di nuovo.
welcome-signed-out = Sei uscito.
welcome-absent = La sessione è stata chiusa perché nessuno ha premuto un tasto per un po’.
welcome-not-revoked = Qui sei uscito. Non è stato possibile avvisare il server; dimenticherà questo dispositivo alla scadenza della sessione.
welcome-not-removed = Impossibile cancellare da questo dispositivo l’accesso salvato: { $why }

welcome-network = Rete connessa
welcome-no-network = Nessuna rete

welcome-everybody = Tutti sono usciti da questo dispositivo.
welcome-everybody-guarded = Chi non ha un PIN è uscito. Restano, con un PIN: { $who }.
welcome-everybody-not-revoked = Non è stato possibile avvisare il server per { $who }; dimenticherà questo dispositivo alla scadenza delle sessioni.
welcome-everybody-left = Ancora su questo dispositivo: { $who }.

## Who is watching?

who-title = Chi guarda?
who-add = Aggiungi account
who-pin = PIN
who-guest = Ospite
who-sign-in-again = Accedi di nuovo
who-broken = Illeggibile
who-broken-title = Questo accesso salvato non si può leggere
who-broken-hint = Accedi di nuovo per sostituirlo oppure toglilo da questa schermata. Il file viene conservato.
who-remove = Togli
who-back = Indietro

## PIN

pin-enter = Inserisci il PIN
pin-current = Inserisci il PIN attuale
pin-new = Scegli un PIN
pin-repeat = Inseriscilo ancora una volta
pin-hint = Quattro cifre, chieste prima di mostrare questo account.
pin-wrong = { $left ->
    [0] PIN errato.
    [one] PIN errato. Resta { $left } tentativo.
   *[other] PIN errato. Restano { $left } tentativi.
}
pin-mismatch = Non erano uguali. Scegli di nuovo.
pin-not-saved = Non è stato possibile salvare il PIN: { $why }
pin-locked-title = Troppi tentativi errati
pin-locked = Riprova tra { $time }
pin-unreadable-title = Il PIN non si può leggere
pin-unreadable = Accedi di nuovo sul telefono con lo stesso account. Poi non verrà più chiesto alcun PIN.
pin-forgot = PIN dimenticato
pin-forgotten-title = PIN dimenticato?
pin-forgotten = Accedi di nuovo sul telefono con lo stesso account. Il PIN viene tolto e puoi sceglierne un altro.
pin-sign-in = Accedi di nuovo
pin-back = Indietro

## Times

time-moment = { $date }, { $time }

# Between the parts of a list.
list-between = { ", " }

## Starting

restoring = Un momento …

## Sign in

sign-in-scan = Scansiona con il telefono
sign-in-open = Apri sul telefono
sign-in-or-open = oppure apri
sign-in-check = Controlla che il telefono mostri questo codice
sign-in-type = Inserisci lì questo codice
sign-in-confirm = Conferma, e questo schermo va avanti da solo
sign-in-confirmed = Già confermato? Vale: questo schermo va avanti da solo
sign-in-beware = Continua solo se sei davanti a questo schermo.
sign-in-new-code = Nuovo codice
sign-in-new-code-question = Un nuovo codice? Quello mostrato non varrà più.
sign-in-keep-code = Tieni questo codice
sign-in-bigger = Ingrandisci QR
sign-in-smaller = Riduci QR
sign-in-cancel = Annulla
sign-in-try-again = Riprova
sign-in-retry-now = Prova ora

sign-in-expires-in = scade tra { $time }
sign-in-fresh = Arriva un nuovo codice
sign-in-rest = Questo codice è scaduto.
sign-in-rest-hint = Premi OK per un nuovo codice
sign-in-ending = Questo codice sta per scadere
sign-in-rest-refused = { $provider ->
    [microsoft] Il telefono ha detto di no? Forse la tua organizzazione non consente l’accesso con codice. L’amministratore può: Entra › Conditional Access › Authentication flows.
   *[other] Il telefono ha detto di no? Forse chi gestisce il tuo account non consente l’accesso con codice su un altro dispositivo.
}

sign-in-requesting = Richiesta di un codice …
sign-in-waiting = In attesa di te …
sign-in-unkept = Impossibile salvare: l’accesso dura fino allo spegnimento.
sign-in-checking = Controllo …
sign-in-unread = Risposta del server inutilizzabile, riprovo. Il codice resta valido.
sign-in-offline = { $seconds ->
    [0] Nessuna connessione, riprovo. Il codice resta valido.
    [one] Nessuna connessione, riprovo tra { $seconds } secondo. Il codice resta valido.
   *[other] Nessuna connessione, riprovo tra { $seconds } secondi. Il codice resta valido.
}
sign-in-finishing = Accesso effettuato, caricamento …
sign-in-request-again = { $seconds ->
    [0] Nuovo tentativo …
    [one] Nuovo tentativo tra { $seconds } secondo …
   *[other] Nuovo tentativo tra { $seconds } secondi …
}

sign-in-denied = L’accesso è stato rifiutato sul telefono.
sign-in-denied-hint = Se è stato un errore, riprova.
sign-in-details = Dettagli per chi si occupa di questo dispositivo

sign-in-aloud = Leggi ad alta voce
sign-in-mute = Questo dispositivo non ha potuto leggerlo.

## Reading aloud

spoken-open = Sul telefono, apri questo indirizzo:
spoken-letters = Lettera per lettera:
spoken-code = Controlla che il telefono mostri questo codice:
spoken-again = Ancora una volta:
spoken-small = { $letter } minuscola
spoken-sign = { $sign ->
    [dash] trattino
    [dot] punto
    [slash] barra
    [colon] due punti
    [underscore] trattino basso
    [question] punto interrogativo
    [equals] uguale
    [and] e commerciale
    [percent] per cento
    [plus] più
    [hash] cancelletto
    [tilde] tilde
   *[at] chiocciola
}
spoken-home = Pagina iniziale
spoken-role = { $role ->
    [button] pulsante
    [card] scheda
    [account] account
    [setting] impostazione
    [choice] scelta
   *[tab] sezione
}
spoken-place = { $at } di { $all }
spoken-place-open = { $at } di { $all } o più
spoken-chosen = scelto
spoken-loading = Caricamento
spoken-text = Descrizione
spoken-pad = Tastierino numerico
spoken-pad-hint = Come al telefono, a partire dal 5. Valgono anche i tasti numerici.
spoken-digits = { $typed } cifre su { $all }
spoken-through = { $share } trascorso
spoken-code-ends = Il codice scade { $when }
spoken-on = Tutto viene letto ad alta voce. Tieni premuto Info per smettere.
spoken-off = La lettura ad alta voce è disattivata.

## Success

success-hello = Ciao, { $name }
success-hello-nameless = Ciao
success-signed-in = Accesso effettuato.
success-not-you = Non sei tu?
success-continue = Continua
success-signing-out = Uscita …
success-ask = Restare connesso su questo schermo?
success-ask-hint = Senza risposta, no: qui non si salva nulla di tuo.
success-ask-no = Solo questa volta
success-keeping = Salvataggio …
guest = Ospite, non memorizzato
guest-until = Finché non esci o lo schermo si oscura; qui non resta nulla di tuo.

account-not-remembered = Non salvato: questo accesso vale finché resta acceso.

## Diagnostics

diagnostics-device = Questo dispositivo
diagnostics-connection = Connessione
diagnostics-log = Registro
diagnostics-remote = Telecomando
diagnostics-checking = Controllo …
diagnostics-again = OK controlla di nuovo
diagnostics-scroll = Su e giù scorrono, OK rilegge
diagnostics-start = OK inizia
diagnostics-stop = Due volte Indietro ferma
diagnostics-report = Per chi si occupa di questo dispositivo. Non contiene segreti.
diagnostics-name = Nome del dispositivo
diagnostics-provider = Server di accesso
diagnostics-none = nessuno utilizzabile
diagnostics-client = Client
diagnostics-account = Account
diagnostics-signed-in = qualcuno ha effettuato l’accesso
diagnostics-nobody = nessuno ha effettuato l’accesso
diagnostics-clock = Orologio
diagnostics-clock-unknown = nessun server ha ancora detto la sua ora
diagnostics-clock-agrees = come il server
diagnostics-clock-behind = { $by } indietro rispetto al server
diagnostics-clock-ahead = { $by } avanti rispetto al server
diagnostics-version = Versione
diagnostics-renderer = Renderer
diagnostics-screen = Schermo
diagnostics-memory = Memoria
diagnostics-memory-value = { $share } MiB ({ $all } con la parte condivisa)
diagnostics-running = In funzione
diagnostics-running-value = da { $program }, il dispositivo da { $device }
diagnostics-language = Lingua
diagnostics-discovery = Metadati
diagnostics-codes = Codici
diagnostics-tokens = Token
diagnostics-userinfo = Nomi
diagnostics-keys = Chiavi
diagnostics-api = Contenuti
diagnostics-reached = risponde ({ $status }) in { $milliseconds } ms · { $host }
diagnostics-failed = non riuscito: { $why }
diagnostics-last-code = Ultimo codice
diagnostics-last-poll = Ultimo controllo
diagnostics-last-refresh = Ultimo rinnovo
diagnostics-never = nessuno dall’avvio
diagnostics-done = bene
diagnostics-waiting = non ancora confermato
diagnostics-slow-down = il server ci chiede di rallentare
diagnostics-ago = { $time } fa
diagnostics-tenant-log = registro del tenant: { $codes }
diagnostics-nothing = Non è configurato alcun server da interrogare.
diagnostics-no-lines = Nel registro non c’è ancora nulla.
diagnostics-remote-title = Cosa invia questo telecomando?
diagnostics-remote-hint = Premi OK, poi un tasto qualsiasi. Questa pagina dice cosa arriva e cosa scrivere.
diagnostics-remote-listening = Premi un tasto qualsiasi
diagnostics-remote-leave = Premi due volte Indietro per fermare, o aspetta 20 secondi.
diagnostics-remote-does = { $key } fa: { $action }
diagnostics-remote-digit = { $key } è una cifra
diagnostics-remote-unknown = { $key } non fa ancora nulla
diagnostics-remote-nameless = È arrivato un tasto che qui non ha né nome né numero
diagnostics-remote-line = Perché faccia qualcosa, scrivi questo nella configurazione, con l’azione che vuoi:
diagnostics-remote-known = Un’altra azione si scrive così:

## Nobody is there

still-there-title = Ci sei ancora?
still-there-seconds = { $seconds ->
    [one] La sessione si chiuderà tra { $seconds } secondo.
   *[other] La sessione si chiuderà tra { $seconds } secondi.
}
still-there-hint = Premi un tasto qualsiasi per restare connesso.
still-there-leaving = Uscita …

## Set-up

set-up-title = Ci siamo quasi
set-up-hint = Vestibule deve sapere dove si accede. Ha cercato una configurazione qui:
set-up-command = Creane una da compilare, in un terminale su questo dispositivo:
set-up-restart = Poi riavvia Vestibule.
set-up-demo = Avvia la demo
set-up-demo-hint = La demo ha un server tutto suo. Niente da registrare, niente da pagare.
set-up-demo-starting = Avvio della demo …
set-up-demo-failed = Impossibile avviare la demo: { $why }

## What went wrong

words-network-title = Nessuna connessione al server di accesso
words-network-dns = Il nome del server non è stato trovato. Controlla la rete di questo dispositivo.
words-network-connect = Il server non risponde. Controlla la rete di questo dispositivo.
words-network-tls = La connessione sicura al server non è riuscita. Forse manca un certificato su questo dispositivo.
words-network-timeout = Il server impiega troppo tempo a rispondere.
words-network-interrupted = La connessione si è interrotta.
words-network-unavailable = Il server è sovraccarico o in manutenzione.
words-clock-title = Regolazione dell’ora …
words-clock = Questo dispositivo crede che sia un giorno passato. Andrà avanti da solo appena l’ora sarà giusta.
words-rejected-title = L’accesso non è configurato correttamente
words-rejected-grant = { $provider ->
    [auth0] Attiva “Device Code” e “Refresh Token”: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types.
    [okta] Attiva “Device Authorization”: Okta Admin Console › Applications › … Consentilo anche in una regola dei criteri di accesso: Okta Admin Console › Security › API.
    [google] Il tipo deve essere “TVs and Limited Input devices”: Google Cloud console › Credentials.
    [microsoft] Attiva “Allow public client flows”: Entra admin center › App registrations › … › Authentication.
    [github] Attiva “Enable Device Flow”: GitHub › Settings › Developer settings › …
    [gitlab] GitLab deve essere alla versione 17.2 o successiva, e l’applicazione deve avere tutti gli scope richiesti.
    [keycloak] Attiva “OAuth 2.0 Device Authorization Grant”: Keycloak › Clients › … › Capability config.
    [twitch] Il tipo deve essere “Public”: Twitch Developer Console › Applications › …
   *[other] Consenti il Device Authorization Grant per questa applicazione sul server.
}
words-rejected-type = { $provider ->
    [auth0] Il tipo deve essere “Native”: Auth0 › Applications › … › Settings › Application Type. Attiva “OIDC Conformant”: Auth0 › Applications › … › Settings › Advanced Settings › OAuth. Un’applicazione autoregistrata o di terzi non può usare l’accesso con codice.
   *[other] Il server non consente l’accesso con codice a questo tipo di applicazione. Registrane una per dispositivi, senza segreto.
}
words-rejected-authentication = { $provider ->
    [auth0] Scegli “None”: Auth0 › Applications › … › Credentials › Authentication Method. Il tipo deve essere “Native”: Auth0 › Applications › … › Settings › Application Type.
   *[other] Il server chiede un’altra prova a questo client. Controlla client_secret_file e la registrazione del client.
}
words-rejected-client = { $provider ->
    [auth0] Questo tenant non ha un’applicazione con questo client_id. Copia Client ID e Domain in client_id e domain: Auth0 › Applications › … › Settings.
    [github] GitHub non conosce questo client. Controlla client_id.
    [microsoft] Microsoft non conosce questo client in questa directory. Controlla client_id e tenant.
   *[other] Il server non conosce questo client o gli chiede un segreto. Controlla client_id e client_secret_file.
}
words-rejected-scope = Il server rifiuta gli scope richiesti. Controlla scopes nella configurazione.
words-rejected-audience = { $provider ->
    [auth0] Il server non conosce l’API richiesta. audience deve essere esattamente l’Identifier dell’API: Auth0 › Applications › APIs.
   *[other] Il server non conosce l’API richiesta. Controlla audience ed extra_params.
}
words-rejected-access = { $provider ->
    [auth0] Consenti l’API a questa applicazione: Auth0 › Applications › APIs › … › Application Access.
   *[other] Il server non lascia usare l’API a questa applicazione. Consentilo lì.
}
words-rejected-offline = { $provider ->
    [auth0] Attiva “Allow Offline Access”: Auth0 › Applications › APIs › … › Settings. Attiva “Refresh Token”: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types. Poi accedi di nuovo.
   *[other] Consenti sul server l’accesso offline e i token di aggiornamento per questa applicazione, poi accedi di nuovo.
}
words-rejected-pkce = { $provider ->
    [keycloak] Il server vuole PKCE in un altro modo. Imposta pkce su “require” nella configurazione; il Code Challenge Method deve essere S256 o vuoto: Keycloak › Clients › …
   *[other] Il server vuole PKCE in un altro modo. Imposta pkce su “require” o “off” nella configurazione.
}
words-rejected-other = { $provider ->
    [auth0] Controlla Native, None, OIDC Conformant, Device Code, Refresh Token: Auth0 › Applications › … › Settings. L’API di audience deve esistere e consentire l’accesso offline.
    [okta] Controlla Native, Device Authorization, Refresh Token, Assignments: Okta Admin Console › Applications › …
    [google] Controlla TVs and Limited Input devices, client_secret_file: Google Cloud console › Credentials. Pochi scope sono aperti ai dispositivi: openid, profile, email, Drive, YouTube.
    [microsoft] Controlla Allow public client flows, Supported account types: Entra admin center › App registrations › … Se solo il telefono mostra l’errore 53003, un criterio Conditional Access blocca l’accesso con codice.
    [github] Controlla Enable Device Flow, client_id: GitHub › Settings › Developer settings › …
    [gitlab] GitLab deve essere alla versione 17.2 o successiva, e l’applicazione deve avere tutti gli scope richiesti. Controlla Confidential, client_secret_file: GitLab › Applications › …
    [keycloak] Controlla OAuth 2.0 Device Authorization Grant, Client authentication, client_secret_file, offline_access, issuer: Keycloak › Clients › …
    [twitch] Controlla Public, client_id: Twitch Developer Console › Applications › …
   *[other] Il server non accetta questa applicazione così com’è configurata. Controlla la sezione provider della configurazione.
}
words-unexpected-title = Quello non era il server di accesso
words-unexpected = Ha risposto qualcos’altro. Forse questa rete chiede un proprio accesso, o l’indirizzo nella configurazione è sbagliato.
words-unread-title = La risposta del server è inutilizzabile
words-unread = Con ciò che risponde il server non si può accedere. Avvisa chi lo gestisce.
words-misfit = Ciò che offre il server non corrisponde alla configurazione. Mostra la riga sotto a chi si occupa di questo dispositivo.
words-id-token-title = Questo accesso non è affidabile
words-id-token = Il server ha inviato una prova d’identità non valida. Riprova. Se continua, avvisa chi si occupa di questo dispositivo.
words-refused-title = Questo account non può usare ciò che è mostrato qui
words-refused = Controlla audience e scopes nella configurazione, e i permessi di questa persona.
words-storage-title = L’accesso salvato non è utilizzabile
words-storage = Controlla il file, il suo proprietario e i suoi permessi su questo dispositivo.
words-internal-title = Qualcosa è andato storto
words-internal = Riprova. Se continua, riavvia questo dispositivo e avvisa chi se ne occupa.

## Home

home-account = Account
home-signed-in = Accesso effettuato
home-signed-in-as = Accesso effettuato, { $name }
home-no-api = Su questo dispositivo non ci sono ancora contenuti. Premi OK per vedere il tuo account.
home-empty = Qui non c’è ancora niente
home-failed = Caricamento non riuscito: { $reason }
home-retry = Premi OK per riprovare
home-from = Del { $when }
home-from-yesterday = Di ieri, { $time }
# What stands beside a row that could not be loaded anew: why, and since when it is as it is.
home-old = { $reason } · { $from }
home-captive = Questa rete chiede un proprio accesso
home-captive-hint = Accedi alla rete, poi premi OK

reason-session = impossibile rinnovare l’accesso
reason-network = nessuna connessione
reason-busy = il server è sovraccarico
reason-forbidden = non consentito
reason-status = errore { $status } del server
reason-captive = questa rete chiede un proprio accesso
reason-too-large = la risposta è troppo grande
reason-shape = risposta inattesa
reason-refused = configurazione errata

## Detail

detail-back = Indietro
detail-open = Apri
detail-phone = Sul telefono
phone-hint = Inquadra questo codice con il telefono, oppure apri lì questo indirizzo:
opened-details = Dettagli
detail-running = Un momento …
detail-done = Fatto
detail-added = Aggiunto
detail-removed = Rimosso
detail-failed = Non ha funzionato: { $reason }
# $words are the server’s own.
detail-said = Non ha funzionato: { $words }

value-days = { $days } g { $hours } h
value-hours = { $hours } h { $minutes } min
value-minutes = { $minutes } min
value-seconds = { $seconds } s

# How far off a time is (CLDR, dateFields).
relative-now = ora
relative-yesterday = ieri
relative-today = oggi
relative-tomorrow = domani
relative-in-minutes = { $minutes ->
    [one] tra { $minutes } minuto
   *[other] tra { $minutes } minuti
}
relative-minutes-ago = { $minutes ->
    [one] { $minutes } minuto fa
   *[other] { $minutes } minuti fa
}
relative-in-hours = { $hours ->
    [one] tra { $hours } ora
   *[other] tra { $hours } ore
}
relative-hours-ago = { $hours ->
    [one] { $hours } ora fa
   *[other] { $hours } ore fa
}
relative-in-days = { $days ->
    [one] tra { $days } giorno
   *[other] tra { $days } giorni
}
relative-days-ago = { $days ->
    [one] { $days } giorno fa
   *[other] { $days } giorni fa
}
relative-in-months = { $months ->
    [one] tra { $months } mese
   *[other] tra { $months } mesi
}
relative-months-ago = { $months ->
    [one] { $months } mese fa
   *[other] { $months } mesi fa
}
relative-in-years = { $years ->
    [one] tra { $years } anno
   *[other] tra { $years } anni
}
relative-years-ago = { $years ->
    [one] { $years } anno fa
   *[other] { $years } anni fa
}

## Account

account-title = Il tuo account
account-nameless = Accesso effettuato
account-since = Accesso dal
account-session = Questo accesso
account-stays = Resta finché non esci
account-ends-at = Termina: { $time }. Il server non ha dato un token di aggiornamento (offline_access è concesso?)
account-ends = Termina quando vuole il server: non ha dato un token di aggiornamento (offline_access è concesso?)
account-may = Questo dispositivo può
account-scope-openid = sapere chi sei
account-scope-profile = vedere nome e foto
account-scope-email = vedere il tuo indirizzo e-mail
account-scope-phone = vedere il tuo numero di telefono
account-scope-address = vedere il tuo indirizzo
account-scope-offline = restare connesso
account-diagnostics = Diagnostica
account-sign-out = Esci
account-confirm = Uscire da questo dispositivo?
account-stay = Resta connesso
account-signing-out = Uscita …
account-switch = Cambia account
account-add = Aggiungi account
account-set-pin = Imposta un PIN
account-change-pin = Cambia il PIN
account-remove-pin = Rimuovi il PIN
account-everybody = Esci da tutti gli account
account-everybody-confirm = Uscire da tutti gli account su questo dispositivo?
account-everybody-signing-out = Uscita da tutti gli account …

## Language

language-title = Lingua
language-auto = Quella del dispositivo

## Accessibility

accessibility-title = Accessibilità
accessibility-text = Dimensione del testo
accessibility-text-hint = Sinistra e destra rimpiccioliscono o ingrandiscono tutti i testi.
accessibility-text-normal = Normale
accessibility-text-large = Grande
accessibility-text-larger = Molto grande
accessibility-text-largest = Massima
accessibility-theme = Colori
accessibility-theme-hint = Il contrasto elevato è in bianco e nero, con la selezione gialla.
accessibility-dark = Scuro
accessibility-light = Chiaro
accessibility-high-contrast = Contrasto elevato
accessibility-picture = Bordi dello schermo
accessibility-picture-hint = Alcuni televisori tagliano i bordi. Premi sinistra o destra finché vedi tutti e quattro gli angoli.
accessibility-motion = Meno movimento
accessibility-motion-hint = Niente scorre o cresce; tutto cambia in un passo.
accessibility-aloud = Leggere ad alta voce
accessibility-aloud-hint = I codici, oppure ogni schermata e ogni movimento, sui dispositivi che possono parlare. Tenere premuto Info cambia.
accessibility-aloud-codes = I codici
accessibility-aloud-everything = Tutto
accessibility-captions = Sottotitoli
accessibility-captions-hint = Quando tutto viene letto ad alta voce, è anche scritto in basso.
accessibility-on = Sì
accessibility-off = No

settings-unsaved = Impossibile salvare su questo dispositivo. Vale finché resta acceso.
