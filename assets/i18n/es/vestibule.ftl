# Texts of the big screen. One section per screen; names start with the screen's name.
# Sentences are read from three metres: short, one thought, no jargon for viewers.

## Welcome

welcome-title = Inicia sesión en { $product }
welcome-hint = Necesitarás tu teléfono. Tarda más o menos un minuto.
welcome-sign-in = Iniciar sesión
welcome-not-signed-in = Sesión no iniciada
welcome-ended = Tu sesión ha terminado. Vuelve a iniciarla.
welcome-set-aside = La sesión guardada no se pudo usar. Vuelve a iniciarla.
welcome-signed-out = Has cerrado la sesión.
welcome-absent = La sesión se cerró porque nadie pulsó un botón durante un tiempo.
welcome-not-revoked = Has cerrado la sesión aquí. No se pudo avisar al servidor; olvidará este dispositivo cuando caduque la sesión.
welcome-not-removed = No se pudo borrar de este dispositivo la sesión guardada: { $why }

welcome-network = Red conectada
welcome-no-network = Sin red

welcome-everybody = Se ha cerrado la sesión de todos en este dispositivo.
welcome-everybody-guarded = Se ha cerrado la sesión de quienes no tienen PIN. Siguen con PIN: { $who }.
welcome-everybody-not-revoked = No se pudo avisar al servidor sobre { $who }; olvidará este dispositivo cuando caduquen sus sesiones.
welcome-everybody-left = Aún en este dispositivo: { $who }.

## Who is watching?

who-title = ¿Quién está viendo?
who-add = Añadir cuenta
who-pin = PIN
who-guest = Invitado
who-sign-in-again = Iniciar sesión de nuevo
who-broken = Ilegible
who-broken-title = Esta sesión guardada no se puede leer
who-broken-hint = Inicia sesión de nuevo para sustituirla o quítala de esta pantalla. El archivo se conserva.
who-remove = Quitar
who-back = Atrás

## PIN

pin-enter = Introduce el PIN
pin-current = Introduce el PIN actual
pin-new = Elige un PIN
pin-repeat = Introdúcelo otra vez
pin-hint = Cuatro cifras que se piden antes de mostrar esta cuenta.
pin-wrong = { $left ->
    [0] PIN incorrecto.
    [one] PIN incorrecto. Queda { $left } intento.
   *[other] PIN incorrecto. Quedan { $left } intentos.
}
pin-mismatch = No coinciden. Elige otra vez.
pin-not-saved = No se pudo guardar el PIN: { $why }
pin-locked-title = Demasiados intentos fallidos
pin-locked = Prueba de nuevo en { $time }
pin-unreadable-title = El PIN no se puede leer
pin-unreadable = Inicia sesión de nuevo en tu teléfono con la misma cuenta. Ya no se pedirá ningún PIN.
pin-forgot = Olvidé el PIN
pin-forgotten-title = ¿Olvidaste el PIN?
pin-forgotten = Inicia sesión de nuevo en tu teléfono con la misma cuenta. Así se quita el PIN y puedes poner otro.
pin-sign-in = Iniciar sesión de nuevo
pin-back = Atrás

## Times

time-moment = { $date }, { $time }

# Between the parts of a list.
list-between = { ", " }

## Starting

restoring = Un momento …

## Sign in

sign-in-scan = Escanea esto con tu teléfono
sign-in-open = Abre esto en tu teléfono
sign-in-or-open = o abre
sign-in-check = Comprueba que tu teléfono muestra este código
sign-in-type = Escribe allí este código
sign-in-confirm = Confirma, y esta pantalla seguirá sola
sign-in-confirmed = ¿Ya confirmaste? Cuenta: esta pantalla sigue sola
sign-in-beware = Continúa solo si estás delante de esta pantalla.
sign-in-new-code = Código nuevo
sign-in-new-code-question = ¿Código nuevo? El que se muestra dejará de valer.
sign-in-keep-code = Conservar este código
sign-in-bigger = Ampliar QR
sign-in-smaller = Reducir QR
sign-in-cancel = Cancelar
sign-in-try-again = Reintentar
sign-in-retry-now = Probar ahora

sign-in-expires-in = caduca en { $time }
sign-in-fresh = Pidiendo un código nuevo
sign-in-rest = Este código ha caducado.
sign-in-rest-hint = Pulsa OK para un código nuevo
sign-in-ending = Este código caduca enseguida
sign-in-rest-refused = { $provider ->
    [microsoft] ¿El teléfono dijo que no? Puede que tu organización no permita el acceso con código. Su administrador puede: Entra › Conditional Access › Authentication flows.
   *[other] ¿El teléfono dijo que no? Puede que quien gestiona tu cuenta no permita el acceso con código en otro dispositivo.
}

sign-in-requesting = Pidiendo un código …
sign-in-waiting = Esperándote …
sign-in-unkept = No se puede guardar: la sesión durará hasta apagar.
sign-in-checking = Comprobando …
sign-in-unread = La respuesta del servidor no sirve, reintentando. Tu código aún vale.
sign-in-offline = { $seconds ->
    [0] Sin conexión, reintentando. Tu código aún vale.
    [one] Sin conexión, reintento en { $seconds } segundo. Tu código aún vale.
   *[other] Sin conexión, reintento en { $seconds } segundos. Tu código aún vale.
}
sign-in-finishing = Sesión iniciada, cargando …
sign-in-request-again = { $seconds ->
    [0] Otro intento …
    [one] Otro intento en { $seconds } segundo …
   *[other] Otro intento en { $seconds } segundos …
}

sign-in-denied = El inicio de sesión se rechazó en el teléfono.
sign-in-denied-hint = Si fue sin querer, inténtalo de nuevo.
sign-in-details = Detalles para quien se ocupa de este dispositivo

sign-in-aloud = Leer en voz alta
sign-in-mute = Este dispositivo no pudo leerlo en voz alta.

## Reading aloud

spoken-open = En tu teléfono, abre esta dirección:
spoken-letters = Letra por letra:
spoken-code = Comprueba que tu teléfono muestra este código:
spoken-again = Otra vez:
spoken-small = { $letter } minúscula
spoken-sign = { $sign ->
    [dash] guion
    [dot] punto
    [slash] barra
    [colon] dos puntos
    [underscore] guion bajo
    [question] signo de interrogación
    [equals] igual
    [and] y comercial
    [percent] por ciento
    [plus] más
    [hash] almohadilla
    [tilde] virgulilla
   *[at] arroba
}
spoken-home = Inicio
spoken-role = { $role ->
    [button] botón
    [card] tarjeta
    [account] cuenta
    [setting] ajuste
    [choice] opción
   *[tab] pestaña
}
spoken-place = { $at } de { $all }
spoken-place-open = { $at } de { $all } o más
spoken-chosen = elegido
spoken-loading = Cargando
spoken-text = Descripción
spoken-pad = Teclado numérico
spoken-pad-hint = Como en un teléfono, desde el 5. Las teclas de números también sirven.
spoken-digits = { $typed } de { $all } cifras
spoken-through = { $share } recorrido
spoken-code-ends = El código termina { $when }
spoken-on = Todo se lee en voz alta. Mantén pulsado Info para desactivarlo.
spoken-off = La lectura en voz alta está desactivada.

## Success

success-hello = Hola, { $name }
success-hello-nameless = Hola
success-signed-in = Has iniciado sesión.
success-not-you = ¿No eres tú?
success-continue = Continuar
success-signing-out = Cerrando la sesión …
success-ask = ¿Seguir con la sesión iniciada en esta pantalla?
success-ask-hint = Sin respuesta, no: aquí no se guarda nada tuyo.
success-ask-no = Solo esta vez
success-keeping = Guardando …
guest = Invitado, no se recuerda
guest-until = Hasta que cierres la sesión o se oscurezca la pantalla; aquí no queda nada tuyo.

account-not-remembered = No se pudo guardar: esta sesión dura hasta que se apague.

## Diagnostics

diagnostics-device = Este dispositivo
diagnostics-connection = Conexión
diagnostics-log = Registro
diagnostics-remote = Mando
diagnostics-checking = Comprobando …
diagnostics-again = OK comprueba otra vez
diagnostics-scroll = Arriba y abajo desplazan, OK vuelve a leer
diagnostics-start = OK empieza
diagnostics-stop = Atrás dos veces termina
diagnostics-report = Para quien se ocupa de este dispositivo. No contiene secretos.
diagnostics-name = Nombre del dispositivo
diagnostics-provider = Servidor de acceso
diagnostics-none = ninguno que se pueda usar
diagnostics-client = Cliente
diagnostics-account = Cuenta
diagnostics-signed-in = hay una sesión iniciada
diagnostics-nobody = no hay ninguna sesión
diagnostics-clock = Reloj
diagnostics-clock-unknown = ningún servidor ha dicho aún su hora
diagnostics-clock-agrees = igual que el servidor
diagnostics-clock-behind = { $by } por detrás del servidor
diagnostics-clock-ahead = { $by } por delante del servidor
diagnostics-version = Versión
diagnostics-renderer = Renderizador
diagnostics-screen = Pantalla
diagnostics-memory = Memoria
diagnostics-memory-value = { $share } MiB ({ $all } con lo compartido)
diagnostics-running = En marcha
diagnostics-running-value = desde hace { $program }; el dispositivo, { $device }
diagnostics-language = Idioma
diagnostics-discovery = Metadatos
diagnostics-codes = Códigos
diagnostics-tokens = Tokens
diagnostics-userinfo = Nombres
diagnostics-keys = Claves
diagnostics-api = Contenido
diagnostics-reached = responde ({ $status }) en { $milliseconds } ms · { $host }
diagnostics-failed = falló: { $why }
diagnostics-last-code = Último código
diagnostics-last-poll = Última consulta
diagnostics-last-refresh = Última renovación
diagnostics-never = ninguna desde el inicio
diagnostics-done = bien
diagnostics-waiting = aún sin confirmar
diagnostics-slow-down = el servidor pide ir más despacio
diagnostics-ago = hace { $time }
diagnostics-tenant-log = registro del tenant: { $codes }
diagnostics-nothing = No hay ningún servidor configurado al que preguntar.
diagnostics-no-lines = Aún no hay nada en el registro.
diagnostics-remote-title = ¿Qué envía este mando?
diagnostics-remote-hint = Pulsa OK y luego cualquier botón. Esta página dice qué llega y qué escribir para ello.
diagnostics-remote-listening = Pulsa cualquier botón
diagnostics-remote-leave = Pulsa Atrás dos veces para terminar, o espera 20 segundos.
diagnostics-remote-does = { $key } hace: { $action }
diagnostics-remote-digit = { $key } es una cifra
diagnostics-remote-unknown = { $key } aún no hace nada
diagnostics-remote-nameless = Llegó una tecla que aquí no tiene nombre ni número
diagnostics-remote-line = Para que haga algo, escribe esto en la configuración, con la acción que quieras:
diagnostics-remote-known = Otra acción se escribe así:

## Nobody is there

still-there-title = ¿Sigues ahí?
still-there-seconds = { $seconds ->
    [one] Tu sesión se cerrará en { $seconds } segundo.
   *[other] Tu sesión se cerrará en { $seconds } segundos.
}
still-there-hint = Pulsa cualquier botón para seguir con la sesión iniciada.
still-there-leaving = Cerrando la sesión …

## Set-up

set-up-title = Ya casi está
set-up-hint = Vestibule necesita saber dónde se inicia sesión. Buscó una configuración aquí:
set-up-command = Crea una para rellenar, en un terminal de este dispositivo:
set-up-restart = Luego reinicia Vestibule.
set-up-demo = Iniciar la demo
set-up-demo-hint = La demo trae su propio servidor. Sin registros y sin pagos.
set-up-demo-starting = Iniciando la demo …
set-up-demo-failed = No se pudo iniciar la demo: { $why }

## What went wrong

words-network-title = Sin conexión con el servidor de acceso
words-network-dns = No se encontró el nombre del servidor. Revisa la red de este dispositivo.
words-network-connect = El servidor no responde. Revisa la red de este dispositivo.
words-network-tls = Falló la conexión segura con el servidor. Puede que falte un certificado en este dispositivo.
words-network-timeout = El servidor tarda demasiado en responder.
words-network-interrupted = La conexión se cortó.
words-network-unavailable = El servidor está saturado o en mantenimiento.
words-clock-title = Poniendo en hora …
words-clock = Este dispositivo cree que es un día anterior. Seguirá solo en cuanto el reloj esté bien.
words-rejected-title = El acceso no está bien configurado
words-rejected-grant = { $provider ->
    [auth0] Activa «Device Code» y «Refresh Token»: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types.
    [okta] Activa «Device Authorization»: Okta Admin Console › Applications › … Permítelo también en una regla de la política de acceso: Okta Admin Console › Security › API.
    [google] El tipo debe ser «TVs and Limited Input devices»: Google Cloud console › Credentials.
    [microsoft] Activa «Allow public client flows»: Entra admin center › App registrations › … › Authentication.
    [github] Activa «Enable Device Flow»: GitHub › Settings › Developer settings › …
    [gitlab] GitLab debe ser la versión 17.2 o posterior, y la aplicación debe tener todos los scopes que se piden.
    [keycloak] Activa «OAuth 2.0 Device Authorization Grant»: Keycloak › Clients › … › Capability config.
    [twitch] El tipo debe ser «Public»: Twitch Developer Console › Applications › …
   *[other] Permite el Device Authorization Grant para esta aplicación en el servidor.
}
words-rejected-type = { $provider ->
    [auth0] El tipo debe ser «Native»: Auth0 › Applications › … › Settings › Application Type. Activa «OIDC Conformant»: Auth0 › Applications › … › Settings › Advanced Settings › OAuth. Una aplicación registrada por sí misma o de terceros no puede usar el acceso con código.
   *[other] El servidor no permite el acceso con código a este tipo de aplicación. Registra una para dispositivos, sin secreto.
}
words-rejected-authentication = { $provider ->
    [auth0] Elige «None»: Auth0 › Applications › … › Credentials › Authentication Method. El tipo debe ser «Native»: Auth0 › Applications › … › Settings › Application Type.
   *[other] El servidor pide otra prueba a este cliente. Revisa client_secret_file y cómo está registrado el cliente.
}
words-rejected-client = { $provider ->
    [auth0] Este tenant no tiene ninguna aplicación con este client_id. Copia Client ID y Domain en client_id y domain: Auth0 › Applications › … › Settings.
    [github] GitHub no conoce este cliente. Revisa client_id.
    [microsoft] Microsoft no conoce este cliente en este directorio. Revisa client_id y tenant.
   *[other] El servidor no conoce este cliente o le pide un secreto. Revisa client_id y client_secret_file.
}
words-rejected-scope = El servidor rechaza los scopes pedidos. Revisa scopes en la configuración.
words-rejected-audience = { $provider ->
    [auth0] El servidor no conoce la API pedida. audience debe ser exactamente el Identifier de la API: Auth0 › Applications › APIs.
   *[other] El servidor no conoce la API pedida. Revisa audience y extra_params.
}
words-rejected-access = { $provider ->
    [auth0] Permite la API a esta aplicación: Auth0 › Applications › APIs › … › Application Access.
   *[other] El servidor no deja que esta aplicación use la API. Permítelo allí.
}
words-rejected-offline = { $provider ->
    [auth0] Activa «Allow Offline Access»: Auth0 › Applications › APIs › … › Settings. Activa «Refresh Token»: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types. Después, vuelve a iniciar sesión.
   *[other] Permite en el servidor el acceso sin conexión y los tokens de actualización para esta aplicación, y vuelve a iniciar sesión.
}
words-rejected-pkce = { $provider ->
    [keycloak] El servidor quiere PKCE de otro modo. Pon pkce en «require» en la configuración; el Code Challenge Method debe ser S256 o estar vacío: Keycloak › Clients › …
   *[other] El servidor quiere PKCE de otro modo. Pon pkce en «require» o «off» en la configuración.
}
words-rejected-other = { $provider ->
    [auth0] Revisa Native, None, OIDC Conformant, Device Code, Refresh Token: Auth0 › Applications › … › Settings. La API de audience debe existir y permitir el acceso sin conexión.
    [okta] Revisa Native, Device Authorization, Refresh Token, Assignments: Okta Admin Console › Applications › …
    [google] Revisa TVs and Limited Input devices, client_secret_file: Google Cloud console › Credentials. Pocos scopes están abiertos a dispositivos: openid, profile, email, Drive, YouTube.
    [microsoft] Revisa Allow public client flows, Supported account types: Entra admin center › App registrations › … Si solo el teléfono muestra el error 53003, una directiva Conditional Access bloquea el acceso con código.
    [github] Revisa Enable Device Flow, client_id: GitHub › Settings › Developer settings › …
    [gitlab] GitLab debe ser la versión 17.2 o posterior, y la aplicación debe tener todos los scopes que se piden. Revisa Confidential, client_secret_file: GitLab › Applications › …
    [keycloak] Revisa OAuth 2.0 Device Authorization Grant, Client authentication, client_secret_file, offline_access, issuer: Keycloak › Clients › …
    [twitch] Revisa Public, client_id: Twitch Developer Console › Applications › …
   *[other] El servidor no acepta esta aplicación tal como está configurada. Revisa la sección provider de la configuración.
}
words-unexpected-title = Ese no era el servidor de acceso
words-unexpected = Respondió otra cosa. Quizá esta red pide su propio inicio de sesión, o la dirección de la configuración es incorrecta.
words-unread-title = La respuesta del servidor no sirve
words-unread = Con lo que responde el servidor no se puede iniciar sesión. Avisa a quien lo administra.
words-misfit = Lo que ofrece el servidor no encaja con la configuración. Muestra la línea de abajo a quien cuida este dispositivo.
words-id-token-title = No se puede confiar en este acceso
words-id-token = El servidor envió una prueba de identidad no válida. Inténtalo de nuevo. Si continúa, avisa a quien se ocupa de este dispositivo.
words-refused-title = Esta cuenta no puede usar lo que se muestra aquí
words-refused = Revisa audience y scopes en la configuración, y los permisos de esta persona.
words-storage-title = La sesión guardada no se puede usar
words-storage = Revisa el archivo, su propietario y sus permisos en este dispositivo.
words-internal-title = Algo salió mal aquí
words-internal = Inténtalo de nuevo. Si continúa, reinicia este dispositivo y avisa a quien se ocupa de él.

## Home

home-account = Cuenta
home-signed-in = Has iniciado sesión
home-signed-in-as = Has iniciado sesión, { $name }
home-no-api = Aún no hay contenido configurado en este dispositivo. Pulsa OK para ver tu cuenta.
home-empty = Todavía no hay nada
home-failed = No se pudo cargar: { $reason }
home-retry = Pulsa OK para reintentar
home-from = De { $when }
home-from-yesterday = De ayer, { $time }
# What stands beside a row that could not be loaded anew: why, and since when it is as it is.
home-old = { $reason } · { $from }
home-captive = Esta red pide su propio inicio de sesión
home-captive-hint = Inicia sesión en la red y pulsa OK

reason-session = no se pudo renovar la sesión
reason-network = sin conexión
reason-busy = el servidor está saturado
reason-forbidden = no permitido
reason-status = error { $status } del servidor
reason-captive = esta red pide su propio inicio de sesión
reason-too-large = la respuesta es demasiado grande
reason-shape = respuesta inesperada
reason-refused = mal configurado

## Detail

detail-back = Atrás
detail-open = Abrir
detail-phone = En tu teléfono
phone-hint = Escanea esto con el teléfono o abre en él esta dirección:
opened-details = Detalles
detail-running = Un momento …
detail-done = Hecho
detail-added = Añadido
detail-removed = Quitado
detail-failed = No funcionó: { $reason }
# $words are the server’s own.
detail-said = No funcionó: { $words }

value-days = { $days } d { $hours } h
value-hours = { $hours } h { $minutes } min
value-minutes = { $minutes } min
value-seconds = { $seconds } s

# How far off a time is (CLDR, dateFields).
relative-now = ahora
relative-yesterday = ayer
relative-today = hoy
relative-tomorrow = mañana
relative-in-minutes = { $minutes ->
    [one] dentro de { $minutes } minuto
   *[other] dentro de { $minutes } minutos
}
relative-minutes-ago = { $minutes ->
    [one] hace { $minutes } minuto
   *[other] hace { $minutes } minutos
}
relative-in-hours = { $hours ->
    [one] dentro de { $hours } hora
   *[other] dentro de { $hours } horas
}
relative-hours-ago = { $hours ->
    [one] hace { $hours } hora
   *[other] hace { $hours } horas
}
relative-in-days = { $days ->
    [one] dentro de { $days } día
   *[other] dentro de { $days } días
}
relative-days-ago = { $days ->
    [one] hace { $days } día
   *[other] hace { $days } días
}
relative-in-months = { $months ->
    [one] dentro de { $months } mes
   *[other] dentro de { $months } meses
}
relative-months-ago = { $months ->
    [one] hace { $months } mes
   *[other] hace { $months } meses
}
relative-in-years = { $years ->
    [one] dentro de { $years } año
   *[other] dentro de { $years } años
}
relative-years-ago = { $years ->
    [one] hace { $years } año
   *[other] hace { $years } años
}

## Account

account-title = Tu cuenta
account-nameless = Sesión iniciada
account-since = Sesión iniciada desde
account-session = Esta sesión
account-stays = Dura hasta que la cierres
account-ends-at = Termina: { $time }. El servidor no dio token de actualización (¿está concedido offline_access?)
account-ends = Termina cuando lo decida el servidor: no dio token de actualización (¿está concedido offline_access?)
account-may = Este dispositivo puede
account-scope-openid = saber quién eres
account-scope-profile = ver tu nombre y tu foto
account-scope-email = ver tu correo electrónico
account-scope-phone = ver tu número de teléfono
account-scope-address = ver tu dirección
account-scope-offline = mantener la sesión
account-diagnostics = Diagnóstico
account-sign-out = Cerrar sesión
account-confirm = ¿Cerrar la sesión en este dispositivo?
account-stay = Seguir en la sesión
account-signing-out = Cerrando la sesión …
account-switch = Cambiar de cuenta
account-add = Añadir cuenta
account-set-pin = Poner un PIN
account-change-pin = Cambiar el PIN
account-remove-pin = Quitar el PIN
account-everybody = Cerrar todas las sesiones
account-everybody-confirm = ¿Cerrar todas las sesiones de este dispositivo?
account-everybody-signing-out = Cerrando todas las sesiones …

## Language

language-title = Idioma
language-auto = El del dispositivo

## Accessibility

accessibility-title = Accesibilidad
accessibility-text = Tamaño del texto
accessibility-text-hint = Izquierda y derecha hacen más pequeños o más grandes todos los textos.
accessibility-text-normal = Normal
accessibility-text-large = Grande
accessibility-text-larger = Muy grande
accessibility-text-largest = Máximo
accessibility-theme = Colores
accessibility-theme-hint = El contraste alto es en blanco y negro, con la selección en amarillo.
accessibility-dark = Oscuro
accessibility-light = Claro
accessibility-high-contrast = Contraste alto
accessibility-picture = Bordes de la pantalla
accessibility-picture-hint = Algunos televisores recortan los bordes. Pulsa izquierda o derecha hasta ver las cuatro esquinas.
accessibility-motion = Menos movimiento
accessibility-motion-hint = Nada se desliza ni crece; todo cambia de una vez.
accessibility-aloud = Leer en voz alta
accessibility-aloud-hint = Los códigos, o cada pantalla y cada movimiento, en dispositivos que pueden hablar. Mantener Info lo cambia.
accessibility-aloud-codes = Los códigos
accessibility-aloud-everything = Todo
accessibility-captions = Subtítulos
accessibility-captions-hint = Cuando todo se lee en voz alta, también se escribe abajo.
accessibility-on = Sí
accessibility-off = No

settings-unsaved = No se pudo guardar en este dispositivo. Vale hasta que se apague.
