# Texts of the big screen. One section per screen; names start with the screen's name.
# Sentences are read from three metres: short, one thought, no jargon for viewers.

## Welcome

welcome-title = Se connecter à { $product }
welcome-hint = Prenez votre téléphone. Cela prend environ une minute.
welcome-sign-in = Se connecter
welcome-not-signed-in = Non connecté
welcome-ended = Votre session est terminée. Veuillez vous reconnecter.
welcome-set-aside = La connexion enregistrée était inutilisable. Veuillez vous reconnecter.
welcome-signed-out = Vous êtes déconnecté.
welcome-absent = Vous avez été déconnecté, car aucune touche n’a été utilisée depuis un moment.
welcome-not-revoked = Vous êtes déconnecté ici. Le serveur n’a pas pu être averti ; il oubliera cet appareil à la fin de la session.
welcome-not-removed = La connexion enregistrée n’a pas pu être effacée de cet appareil : { $why }

welcome-network = Réseau connecté
welcome-no-network = Pas de réseau

welcome-everybody = Tout le monde est déconnecté de cet appareil.
welcome-everybody-guarded = Tous ceux qui n’ont pas de code PIN sont déconnectés. Restent, avec un code PIN : { $who }.
welcome-everybody-not-revoked = Le serveur n’a pas pu être averti pour { $who } ; il oubliera cet appareil à la fin de leurs sessions.
welcome-everybody-left = Encore sur cet appareil : { $who }.

## Who is watching?

who-title = Qui regarde ?
who-add = Ajouter un compte
who-pin = Code PIN
who-guest = Invité
who-sign-in-again = Se reconnecter
who-broken = Illisible
who-broken-title = Cette connexion enregistrée est illisible
who-broken-hint = Reconnectez-vous pour la remplacer, ou retirez-la de cet écran. Le fichier lui-même est conservé.
who-remove = Retirer
who-back = Retour

## PIN

pin-enter = Saisissez le code PIN
pin-current = Saisissez le code PIN actuel
pin-new = Choisissez un code PIN
pin-repeat = Saisissez-le encore une fois
pin-hint = Quatre chiffres, demandés avant d’afficher ce compte.
pin-wrong = { $left ->
    [0] Code PIN erroné.
    [one] Code PIN erroné. Encore { $left } essai.
   *[other] Code PIN erroné. Encore { $left } essais.
}
pin-mismatch = Les codes étaient différents. Choisissez-en un autre.
pin-not-saved = Le code PIN n’a pas pu être enregistré : { $why }
pin-locked-title = Trop d’essais erronés
pin-locked = Réessayez dans { $time }
pin-unreadable-title = Le code PIN est illisible
pin-unreadable = Reconnectez-vous sur votre téléphone avec le même compte. Aucun code PIN ne sera plus demandé.
pin-forgot = Code PIN oublié
pin-forgotten-title = Code PIN oublié ?
pin-forgotten = Reconnectez-vous sur votre téléphone avec le même compte. Le code PIN disparaît, et vous pouvez en choisir un autre.
pin-sign-in = Se reconnecter
pin-back = Retour

## Times

time-moment = { $date }, { $time }

# Between the parts of a list.
list-between = { ", " }

## Starting

restoring = Un instant …

## Sign in

sign-in-scan = Scannez ceci avec votre téléphone
sign-in-open = Ouvrez ceci sur votre téléphone
sign-in-or-open = ou ouvrez
sign-in-check = Vérifiez que votre téléphone affiche ce code
sign-in-type = Saisissez-y ce code
sign-in-confirm = Confirmez, et cet écran continue tout seul
sign-in-confirmed = Déjà confirmé ? C’est noté : cet écran continue tout seul
sign-in-beware = Ne continuez que si vous êtes devant cet écran.
sign-in-new-code = Nouveau code
sign-in-new-code-question = Un nouveau code ? Celui-ci ne marchera plus.
sign-in-keep-code = Garder ce code
sign-in-bigger = Agrandir le QR
sign-in-smaller = Réduire le QR
sign-in-cancel = Annuler
sign-in-try-again = Réessayer
sign-in-retry-now = Essayer maintenant

sign-in-expires-in = expire dans { $time }
sign-in-fresh = Un nouveau code arrive
sign-in-rest = Ce code a expiré.
sign-in-rest-hint = Appuyez sur OK pour un nouveau code
sign-in-ending = Ce code expire dans un instant
sign-in-rest-refused = { $provider ->
    [microsoft] Le téléphone a dit non ? Votre organisation n’autorise peut-être pas la connexion par code. Son administrateur le peut : Entra › Conditional Access › Authentication flows.
   *[other] Le téléphone a dit non ? Le gestionnaire de votre compte n’autorise peut-être pas la connexion par code sur un autre appareil.
}

sign-in-requesting = Demande d’un code …
sign-in-waiting = En attente de vous …
sign-in-unkept = Rien ne peut être enregistré ici : connexion jusqu’à l’arrêt.
sign-in-checking = Vérification …
sign-in-unread = Réponse du serveur inutilisable, nouvel essai. Votre code reste valable.
sign-in-offline = { $seconds ->
    [0] Hors ligne, nouvel essai. Votre code reste valable.
    [one] Hors ligne, nouvel essai dans { $seconds } seconde. Votre code reste valable.
   *[other] Hors ligne, nouvel essai dans { $seconds } secondes. Votre code reste valable.
}
sign-in-finishing = Connecté, chargement …
sign-in-request-again = { $seconds ->
    [0] Nouvel essai …
    [one] Nouvel essai dans { $seconds } seconde …
   *[other] Nouvel essai dans { $seconds } secondes …
}

sign-in-denied = La connexion a été refusée sur le téléphone.
sign-in-denied-hint = Si c’était une erreur, réessayez.
sign-in-details = Détails pour le responsable de cet appareil

sign-in-aloud = Lire à voix haute
sign-in-mute = Cet appareil n’a pas pu le lire à voix haute.

## Reading aloud

spoken-open = Sur votre téléphone, ouvrez cette adresse :
spoken-letters = Lettre par lettre :
spoken-code = Vérifiez que votre téléphone affiche ce code :
spoken-again = Encore une fois :
spoken-small = { $letter } minuscule
spoken-sign = { $sign ->
    [dash] tiret
    [dot] point
    [slash] barre oblique
    [colon] deux-points
    [underscore] tiret bas
    [question] point d’interrogation
    [equals] égal
    [and] et commercial
    [percent] pour cent
    [plus] plus
    [hash] dièse
    [tilde] tilde
   *[at] arobase
}
spoken-home = Accueil
spoken-role = { $role ->
    [button] bouton
    [card] carte
    [account] compte
    [setting] réglage
    [choice] choix
   *[tab] onglet
}
spoken-place = { $at } sur { $all }
spoken-place-open = { $at } sur { $all } ou plus
spoken-chosen = choisi
spoken-loading = Chargement
spoken-text = Texte descriptif
spoken-pad = Pavé numérique
spoken-pad-hint = Comme sur un téléphone, à partir du 5. Les touches de chiffres marchent aussi.
spoken-digits = { $typed } chiffres sur { $all }
spoken-through = { $share } déjà passés
spoken-code-ends = Le code se termine { $when }
spoken-on = Tout est lu à voix haute. Maintenez Info pour arrêter.
spoken-off = La lecture à voix haute est désactivée.

## Success

success-hello = Bonjour, { $name }
success-hello-nameless = Bonjour
success-signed-in = Vous êtes connecté.
success-not-you = Pas vous ?
success-continue = Continuer
success-signing-out = Déconnexion …
success-ask = Rester connecté sur cet écran ?
success-ask-hint = Sans réponse, non : rien de vous n’est conservé ici.
success-ask-no = Cette fois seulement
success-keeping = Enregistrement …
guest = Invité, non mémorisé
guest-until = Jusqu’à votre déconnexion ou l’extinction de l’écran ; rien de vous ne reste ici.

account-not-remembered = Non enregistrée : valable jusqu’à la mise hors tension.

## Diagnostics

diagnostics-device = Cet appareil
diagnostics-connection = Connexion
diagnostics-log = Journal
diagnostics-remote = Télécommande
diagnostics-checking = Vérification …
diagnostics-again = OK vérifie à nouveau
diagnostics-scroll = Haut et bas font défiler, OK relit
diagnostics-start = OK commence
diagnostics-stop = Deux fois Retour arrête
diagnostics-report = Pour le responsable de cet appareil. Rien de secret.
diagnostics-name = Nom de l’appareil
diagnostics-provider = Serveur d’identification
diagnostics-none = aucun qui soit utilisable
diagnostics-client = Client
diagnostics-account = Compte
diagnostics-signed-in = quelqu’un est connecté
diagnostics-nobody = personne n’est connecté
diagnostics-clock = Horloge
diagnostics-clock-unknown = aucun serveur n’a encore donné son heure
diagnostics-clock-agrees = comme sur le serveur
diagnostics-clock-behind = { $by } de retard sur le serveur
diagnostics-clock-ahead = { $by } d’avance sur le serveur
diagnostics-version = Version
diagnostics-renderer = Rendu
diagnostics-screen = Écran
diagnostics-memory = Mémoire
diagnostics-memory-value = { $share } Mio ({ $all } avec le partagé)
diagnostics-running = En marche
diagnostics-running-value = depuis { $program }, l’appareil depuis { $device }
diagnostics-language = Langue
diagnostics-discovery = Métadonnées
diagnostics-codes = Codes
diagnostics-tokens = Jetons
diagnostics-userinfo = Noms
diagnostics-keys = Clés
diagnostics-api = Contenus
diagnostics-reached = répond ({ $status }) en { $milliseconds } ms · { $host }
diagnostics-failed = échec : { $why }
diagnostics-last-code = Dernier code
diagnostics-last-poll = Dernière vérification
diagnostics-last-refresh = Dernier renouvellement
diagnostics-never = aucun depuis le démarrage
diagnostics-done = bon
diagnostics-waiting = pas encore confirmé
diagnostics-slow-down = le serveur nous demande de ralentir
diagnostics-ago = il y a { $time }
diagnostics-tenant-log = journal du tenant : { $codes }
diagnostics-nothing = Aucun serveur à interroger n’est configuré.
diagnostics-no-lines = Rien dans le journal pour l’instant.
diagnostics-remote-title = Qu’envoie cette télécommande ?
diagnostics-remote-hint = Appuyez sur OK, puis sur une touche. Cette page dit ce qui arrive et quoi écrire pour cela.
diagnostics-remote-listening = Appuyez sur une touche
diagnostics-remote-leave = Appuyez deux fois sur Retour pour arrêter, ou attendez 20 secondes.
diagnostics-remote-does = { $key } fait : { $action }
diagnostics-remote-digit = { $key } est un chiffre
diagnostics-remote-unknown = { $key } ne fait encore rien
diagnostics-remote-nameless = Une touche est arrivée sans nom ni numéro connu ici
diagnostics-remote-line = Pour qu’elle serve, écrivez ceci dans la configuration, avec l’action voulue :
diagnostics-remote-known = Une autre action s’écrit ainsi :

## Nobody is there

still-there-title = Êtes-vous toujours là ?
still-there-seconds = { $seconds ->
    [one] Vous serez déconnecté dans { $seconds } seconde.
   *[other] Vous serez déconnecté dans { $seconds } secondes.
}
still-there-hint = Appuyez sur une touche pour rester connecté.
still-there-leaving = Déconnexion …

## Set-up

set-up-title = On y est presque
set-up-hint = Vestibule doit savoir où l’on se connecte. Une configuration a été cherchée ici :
set-up-command = Créez-en une à compléter, dans un terminal sur cet appareil :
set-up-restart = Puis redémarrez Vestibule.
set-up-demo = Lancer la démo
set-up-demo-hint = La démo a son propre serveur. Rien à inscrire, rien à payer.
set-up-demo-starting = Lancement de la démo …
set-up-demo-failed = La démo n’a pas pu être lancée : { $why }

## What went wrong

words-network-title = Pas de connexion au serveur d’identification
words-network-dns = Le nom du serveur est introuvable. Vérifiez le réseau de cet appareil.
words-network-connect = Le serveur ne répond pas. Vérifiez le réseau de cet appareil.
words-network-tls = La connexion sécurisée au serveur a échoué. Il manque peut-être un certificat sur cet appareil.
words-network-timeout = Le serveur met trop de temps à répondre.
words-network-interrupted = La connexion a été interrompue.
words-network-unavailable = Le serveur est surchargé ou en maintenance.
words-clock-title = Mise à l’heure …
words-clock = Cet appareil se croit à une date antérieure. Il continuera tout seul dès que l’heure sera juste.
words-rejected-title = La connexion n’est pas bien configurée
words-rejected-grant = { $provider ->
    [auth0] Activez « Device Code » et « Refresh Token » : Auth0 › Applications › … › Settings › Advanced Settings › Grant Types.
    [okta] Activez « Device Authorization » : Okta Admin Console › Applications › … Autorisez-le aussi dans une règle de la stratégie d’accès : Okta Admin Console › Security › API.
    [google] Le type doit être « TVs and Limited Input devices » : Google Cloud console › Credentials.
    [microsoft] Activez « Allow public client flows » : Entra admin center › App registrations › … › Authentication.
    [github] Activez « Enable Device Flow » : GitHub › Settings › Developer settings › …
    [gitlab] GitLab doit être en version 17.2 ou ultérieure, et l’application doit avoir tous les scopes demandés.
    [keycloak] Activez « OAuth 2.0 Device Authorization Grant » : Keycloak › Clients › … › Capability config.
    [twitch] Le type doit être « Public » : Twitch Developer Console › Applications › …
   *[other] Autorisez le Device Authorization Grant pour cette application sur le serveur.
}
words-rejected-type = { $provider ->
    [auth0] Le type doit être « Native » : Auth0 › Applications › … › Settings › Application Type. Activez « OIDC Conformant » : Auth0 › Applications › … › Settings › Advanced Settings › OAuth. Une application auto-enregistrée ou tierce ne peut pas utiliser la connexion par code.
   *[other] Le serveur n’autorise pas la connexion par code pour ce type d’application. Enregistrez-en une pour appareils, sans secret.
}
words-rejected-authentication = { $provider ->
    [auth0] Choisissez « None » : Auth0 › Applications › … › Credentials › Authentication Method. Le type doit être « Native » : Auth0 › Applications › … › Settings › Application Type.
   *[other] Le serveur attend une autre preuve de ce client. Vérifiez client_secret_file et l’enregistrement du client sur le serveur.
}
words-rejected-client = { $provider ->
    [auth0] Ce tenant n’a pas d’application avec ce client_id. Reprenez Client ID et Domain dans client_id et domain : Auth0 › Applications › … › Settings.
    [github] GitHub ne connaît pas ce client. Vérifiez client_id.
    [microsoft] Microsoft ne connaît pas ce client dans cet annuaire. Vérifiez client_id et tenant.
   *[other] Le serveur ne connaît pas ce client ou lui demande un secret. Vérifiez client_id et client_secret_file.
}
words-rejected-scope = Le serveur refuse les scopes demandés. Vérifiez scopes dans la configuration.
words-rejected-audience = { $provider ->
    [auth0] Le serveur ne connaît pas l’API demandée. audience doit être exactement l’Identifier de l’API : Auth0 › Applications › APIs.
   *[other] Le serveur ne connaît pas l’API demandée. Vérifiez audience et extra_params.
}
words-rejected-access = { $provider ->
    [auth0] Autorisez l’API pour cette application : Auth0 › Applications › APIs › … › Application Access.
   *[other] Le serveur ne laisse pas cette application utiliser l’API. Autorisez-la là-bas.
}
words-rejected-offline = { $provider ->
    [auth0] Activez « Allow Offline Access » : Auth0 › Applications › APIs › … › Settings. Activez « Refresh Token » : Auth0 › Applications › … › Settings › Advanced Settings › Grant Types. Puis reconnectez-vous.
   *[other] Autorisez sur le serveur l’accès hors ligne et les jetons d’actualisation pour cette application, puis reconnectez-vous.
}
words-rejected-pkce = { $provider ->
    [keycloak] Le serveur veut PKCE autrement. Réglez pkce sur « require » dans la configuration ; la Code Challenge Method doit être S256 ou vide : Keycloak › Clients › …
   *[other] Le serveur veut PKCE autrement. Réglez pkce sur « require » ou « off » dans la configuration.
}
words-rejected-other = { $provider ->
    [auth0] Vérifiez Native, None, OIDC Conformant, Device Code, Refresh Token : Auth0 › Applications › … › Settings. L’API d’audience doit exister et autoriser l’accès hors ligne.
    [okta] Vérifiez Native, Device Authorization, Refresh Token, Assignments : Okta Admin Console › Applications › …
    [google] Vérifiez TVs and Limited Input devices, client_secret_file : Google Cloud console › Credentials. Peu de scopes sont ouverts aux appareils : openid, profile, email, Drive, YouTube.
    [microsoft] Vérifiez Allow public client flows, Supported account types : Entra admin center › App registrations › … Si seul le téléphone affiche l’erreur 53003, une règle Conditional Access bloque la connexion par code.
    [github] Vérifiez Enable Device Flow, client_id : GitHub › Settings › Developer settings › …
    [gitlab] GitLab doit être en version 17.2 ou ultérieure, et l’application doit avoir tous les scopes demandés. Vérifiez Confidential, client_secret_file : GitLab › Applications › …
    [keycloak] Vérifiez OAuth 2.0 Device Authorization Grant, Client authentication, client_secret_file, offline_access, issuer : Keycloak › Clients › …
    [twitch] Vérifiez Public, client_id : Twitch Developer Console › Applications › …
   *[other] Le serveur n’accepte pas cette application telle qu’elle est configurée. Vérifiez la section provider de la configuration.
}
words-unexpected-title = Ce n’était pas le serveur d’identification
words-unexpected = Autre chose a répondu. Ce réseau demande peut-être sa propre connexion, ou l’adresse de la configuration est fausse.
words-unread-title = La réponse du serveur est inutilisable
words-unread = Ce que répond le serveur ne permet pas de se connecter. Prévenez la personne qui le gère.
words-misfit = Ce que propose le serveur ne correspond pas à la configuration. Montrez la ligne ci-dessous à qui s’occupe de cet appareil.
words-id-token-title = Cette connexion n’est pas fiable
words-id-token = Le serveur a envoyé une preuve d’identité non valable. Réessayez. Si cela persiste, avertissez le responsable de cet appareil.
words-refused-title = Ce compte ne peut pas utiliser ce qui est affiché ici
words-refused = Vérifiez audience et scopes dans la configuration, et les droits de cette personne.
words-storage-title = La connexion enregistrée est inutilisable
words-storage = Vérifiez le fichier, son propriétaire et ses droits sur cet appareil.
words-internal-title = Un problème est survenu
words-internal = Réessayez. Si cela persiste, redémarrez cet appareil et avertissez son responsable.

## Home

home-account = Compte
home-signed-in = Vous êtes connecté
home-signed-in-as = Vous êtes connecté, { $name }
home-no-api = Aucun contenu n’est encore configuré sur cet appareil. Appuyez sur OK pour voir votre compte.
home-empty = Rien ici pour l’instant
home-failed = Échec du chargement : { $reason }
home-retry = Appuyez sur OK pour réessayer
home-from = Du { $when }
home-from-yesterday = D’hier, { $time }
# What stands beside a row that could not be loaded anew: why, and since when it is as it is.
home-old = { $reason } · { $from }
home-captive = Ce réseau demande sa propre connexion
home-captive-hint = Connectez-vous au réseau, puis appuyez sur OK

reason-session = la connexion n’a pas pu être renouvelée
reason-network = pas de connexion
reason-busy = le serveur est surchargé
reason-forbidden = accès refusé
reason-status = erreur { $status } du serveur
reason-captive = ce réseau demande sa propre connexion
reason-too-large = la réponse est trop grande
reason-shape = réponse inattendue
reason-refused = mal configuré

## Detail

detail-back = Retour
detail-open = Ouvrir
detail-phone = Sur votre téléphone
phone-hint = Scannez ce code avec votre téléphone, ou ouvrez-y cette adresse :
opened-details = Détails
detail-running = Un instant …
detail-done = C’est fait
detail-added = Ajouté
detail-removed = Retiré
detail-failed = Cela n’a pas marché : { $reason }
# $words are the server’s own.
detail-said = Cela n’a pas marché : { $words }

value-days = { $days } j { $hours } h
value-hours = { $hours } h { $minutes } min
value-minutes = { $minutes } min
value-seconds = { $seconds } s

# How far off a time is (CLDR, dateFields).
relative-now = maintenant
relative-yesterday = hier
relative-today = aujourd’hui
relative-tomorrow = demain
relative-in-minutes = { $minutes ->
    [one] dans { $minutes } minute
   *[other] dans { $minutes } minutes
}
relative-minutes-ago = { $minutes ->
    [one] il y a { $minutes } minute
   *[other] il y a { $minutes } minutes
}
relative-in-hours = { $hours ->
    [one] dans { $hours } heure
   *[other] dans { $hours } heures
}
relative-hours-ago = { $hours ->
    [one] il y a { $hours } heure
   *[other] il y a { $hours } heures
}
relative-in-days = { $days ->
    [one] dans { $days } jour
   *[other] dans { $days } jours
}
relative-days-ago = { $days ->
    [one] il y a { $days } jour
   *[other] il y a { $days } jours
}
relative-in-months = { $months ->
    [one] dans { $months } mois
   *[other] dans { $months } mois
}
relative-months-ago = { $months ->
    [one] il y a { $months } mois
   *[other] il y a { $months } mois
}
relative-in-years = { $years ->
    [one] dans { $years } an
   *[other] dans { $years } ans
}
relative-years-ago = { $years ->
    [one] il y a { $years } an
   *[other] il y a { $years } ans
}

## Account

account-title = Votre compte
account-nameless = Connecté
account-since = Connecté depuis
account-session = Cette connexion
account-stays = Dure jusqu’à votre déconnexion
account-ends-at = Fin : { $time }. Le serveur n’a pas donné de jeton d’actualisation (offline_access est-il accordé ?)
account-ends = Finit quand le serveur le veut : il n’a pas donné de jeton d’actualisation (offline_access est-il accordé ?)
account-may = Cet appareil peut
account-scope-openid = savoir qui vous êtes
account-scope-profile = voir votre nom et votre photo
account-scope-email = voir votre adresse e-mail
account-scope-phone = voir votre numéro de téléphone
account-scope-address = voir votre adresse
account-scope-offline = rester connecté
account-diagnostics = Diagnostic
account-sign-out = Se déconnecter
account-confirm = Se déconnecter de cet appareil ?
account-stay = Rester connecté
account-signing-out = Déconnexion …
account-switch = Changer de compte
account-add = Ajouter un compte
account-set-pin = Définir un PIN
account-change-pin = Changer le PIN
account-remove-pin = Supprimer le PIN
account-everybody = Tout déconnecter
account-everybody-confirm = Déconnecter tout le monde de cet appareil ?
account-everybody-signing-out = Déconnexion de tout le monde …

## Language

language-title = Langue
language-auto = Celle de l’appareil

## Accessibility

accessibility-title = Accessibilité
accessibility-text = Taille du texte
accessibility-text-hint = Gauche et droite réduisent ou agrandissent tous les textes.
accessibility-text-normal = Normale
accessibility-text-large = Grande
accessibility-text-larger = Très grande
accessibility-text-largest = Maximale
accessibility-theme = Couleurs
accessibility-theme-hint = Le contraste élevé est noir et blanc, avec une sélection jaune.
accessibility-dark = Sombre
accessibility-light = Clair
accessibility-high-contrast = Contraste élevé
accessibility-picture = Bords de l’écran
accessibility-picture-hint = Certains téléviseurs coupent les bords. Appuyez sur gauche ou droite jusqu’à voir les quatre coins.
accessibility-motion = Moins d’animations
accessibility-motion-hint = Rien ne glisse ni ne grandit ; tout change d’un coup.
accessibility-aloud = Lecture à voix haute
accessibility-aloud-hint = Les codes, ou chaque écran et chaque mouvement, sur les appareils qui savent parler. Maintenir Info fait changer.
accessibility-aloud-codes = Les codes
accessibility-aloud-everything = Tout
accessibility-captions = Sous-titres
accessibility-captions-hint = Quand tout est lu à voix haute, c’est aussi écrit en bas.
accessibility-on = Activé
accessibility-off = Désactivé

settings-unsaved = Impossible d’enregistrer sur cet appareil. Cela vaut jusqu’à sa mise hors tension.
