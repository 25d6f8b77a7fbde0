# Texts of the big screen. One section per screen; names start with the screen's name.
# Sentences are read from three metres: short, one thought, no jargon for viewers.

## Welcome

welcome-title = Entrar no { $product }
welcome-hint = Você vai precisar do celular. Leva cerca de um minuto.
welcome-sign-in = Entrar
welcome-not-signed-in = Não conectado
welcome-ended = Sua sessão terminou. Entre novamente.
welcome-set-aside = O acesso salvo não pôde ser usado. Entre novamente.
welcome-signed-out = Você saiu.
welcome-absent = Você saiu porque nenhum botão foi pressionado por um tempo.
welcome-not-revoked = Você saiu daqui. Não foi possível avisar o servidor; ele vai esquecer este aparelho quando a sessão expirar.
welcome-not-removed = Não foi possível apagar deste aparelho o acesso salvo: { $why }

welcome-network = Rede conectada
welcome-no-network = Sem rede

welcome-everybody = Todos saíram deste aparelho.
welcome-everybody-guarded = Quem não tem PIN saiu. Continuam conectados, com PIN: { $who }.
welcome-everybody-not-revoked = Não foi possível avisar o servidor sobre { $who }; ele vai esquecer este aparelho quando as sessões expirarem.
welcome-everybody-left = Ainda neste aparelho: { $who }.

## Who is watching?

who-title = Quem está assistindo?
who-add = Adicionar conta
who-pin = PIN
who-guest = Convidado
who-sign-in-again = Entrar de novo
who-broken = Ilegível
who-broken-title = Este acesso salvo não pode ser lido
who-broken-hint = Entre novamente para substituí-lo ou remova-o desta tela. O arquivo em si é mantido.
who-remove = Remover
who-back = Voltar

## PIN

pin-enter = Digite o PIN
pin-current = Digite o PIN atual
pin-new = Escolha um PIN
pin-repeat = Digite mais uma vez
pin-hint = Quatro dígitos, pedidos antes de mostrar esta conta.
pin-wrong = { $left ->
    [0] PIN incorreto.
    [one] PIN incorreto. Resta { $left } tentativa.
   *[other] PIN incorreto. Restam { $left } tentativas.
}
pin-mismatch = Não eram iguais. Escolha de novo.
pin-not-saved = Não foi possível salvar o PIN: { $why }
pin-locked-title = Muitas tentativas incorretas
pin-locked = Tente de novo em { $time }
pin-unreadable-title = O PIN não pode ser lido
pin-unreadable = Entre novamente no celular com a mesma conta. Depois disso, nenhum PIN será pedido.
pin-forgot = Esqueci o PIN
pin-forgotten-title = Esqueceu o PIN?
pin-forgotten = Entre novamente no celular com a mesma conta. O PIN é removido e você pode escolher outro.
pin-sign-in = Entrar de novo
pin-back = Voltar

## Times

time-moment = { $date }, { $time }

# Between the parts of a list.
list-between = { ", " }

## Starting

restoring = Um momento …

## Sign in

sign-in-scan = Escaneie isto com o celular
sign-in-open = Abra isto no celular
sign-in-or-open = ou abra
sign-in-check = Confira se o celular mostra este código
sign-in-type = Digite este código lá
sign-in-confirm = Confirme, e esta tela continua sozinha
sign-in-confirmed = Já confirmou? Está valendo: esta tela continua sozinha
sign-in-beware = Só continue se estiver em frente a esta tela.
sign-in-new-code = Novo código
sign-in-new-code-question = Um novo código? O que está na tela deixa de valer.
sign-in-keep-code = Manter este código
sign-in-bigger = QR maior
sign-in-smaller = QR menor
sign-in-cancel = Cancelar
sign-in-try-again = Tentar de novo
sign-in-retry-now = Tentar agora

sign-in-expires-in = expira em { $time }
sign-in-fresh = Pegando um novo código
sign-in-rest = Este código expirou.
sign-in-rest-hint = Pressione OK para um novo código
sign-in-ending = Este código está prestes a expirar
sign-in-rest-refused = { $provider ->
    [microsoft] O celular disse não? Talvez sua organização não permita acesso por código. O administrador pode permitir: Entra › Conditional Access › Authentication flows.
   *[other] O celular disse não? Talvez quem cuida da sua conta não permita acesso por código em outro aparelho.
}

sign-in-requesting = Pedindo um código …
sign-in-waiting = Esperando por você …
sign-in-unkept = Não é possível salvar: o login vale até desligar.
sign-in-checking = Verificando …
sign-in-unread = A resposta do servidor não serve, tentando de novo. Seu código ainda vale.
sign-in-offline = { $seconds ->
    [0] Sem conexão, tentando de novo. Seu código ainda vale.
    [one] Sem conexão, tentando em { $seconds } segundo. Seu código ainda vale.
   *[other] Sem conexão, tentando em { $seconds } segundos. Seu código ainda vale.
}
sign-in-finishing = Conectado, carregando …
sign-in-request-again = { $seconds ->
    [0] Nova tentativa …
    [one] Nova tentativa em { $seconds } segundo …
   *[other] Nova tentativa em { $seconds } segundos …
}

sign-in-denied = O acesso foi recusado no celular.
sign-in-denied-hint = Se foi sem querer, tente de novo.
sign-in-details = Detalhes para quem cuida deste aparelho

sign-in-aloud = Ler em voz alta
sign-in-mute = Este aparelho não conseguiu ler em voz alta.

## Reading aloud

spoken-open = No celular, abra este endereço:
spoken-letters = Letra por letra:
spoken-code = Confira se o celular mostra este código:
spoken-again = Mais uma vez:
spoken-small = { $letter } minúsculo
spoken-sign = { $sign ->
    [dash] hífen
    [dot] ponto
    [slash] barra
    [colon] dois-pontos
    [underscore] sublinhado
    [question] interrogação
    [equals] igual
    [and] e comercial
    [percent] por cento
    [plus] mais
    [hash] cerquilha
    [tilde] til
   *[at] arroba
}
spoken-home = Início
spoken-role = { $role ->
    [button] botão
    [card] cartão
    [account] conta
    [setting] ajuste
    [choice] opção
   *[tab] aba
}
spoken-place = { $at } de { $all }
spoken-place-open = { $at } de { $all } ou mais
spoken-chosen = escolhido
spoken-loading = Carregando
spoken-text = Descrição
spoken-pad = Teclado numérico
spoken-pad-hint = Como no telefone, a partir do 5. As teclas de números também servem.
spoken-digits = { $typed } de { $all } dígitos
spoken-through = { $share } já passou
spoken-code-ends = O código termina { $when }
spoken-on = Tudo é lido em voz alta. Segure Info para desligar.
spoken-off = A leitura em voz alta está desligada.

## Success

success-hello = Olá, { $name }
success-hello-nameless = Olá
success-signed-in = Você entrou.
success-not-you = Não é você?
success-continue = Continuar
success-signing-out = Saindo …
success-ask = Continuar conectado nesta tela?
success-ask-hint = Sem resposta, não: nada seu é salvo aqui.
success-ask-no = Só desta vez
success-keeping = Salvando …
guest = Convidado, não lembrado
guest-until = Até você sair ou a tela escurecer; nada seu fica aqui.

account-not-remembered = Não foi possível salvar: vale até o aparelho ser desligado.

## Diagnostics

diagnostics-device = Este aparelho
diagnostics-connection = Conexão
diagnostics-log = Registro
diagnostics-remote = Controle remoto
diagnostics-checking = Verificando …
diagnostics-again = OK verifica de novo
diagnostics-scroll = Para cima e para baixo rolam, OK lê de novo
diagnostics-start = OK começa
diagnostics-stop = Voltar duas vezes encerra
diagnostics-report = Para quem cuida deste aparelho. Não contém segredos.
diagnostics-name = Nome do aparelho
diagnostics-provider = Servidor de acesso
diagnostics-none = nenhum que possa ser usado
diagnostics-client = Cliente
diagnostics-account = Conta
diagnostics-signed-in = há alguém conectado
diagnostics-nobody = ninguém conectado
diagnostics-clock = Relógio
diagnostics-clock-unknown = nenhum servidor informou a hora ainda
diagnostics-clock-agrees = igual ao servidor
diagnostics-clock-behind = { $by } atrás do servidor
diagnostics-clock-ahead = { $by } à frente do servidor
diagnostics-version = Versão
diagnostics-renderer = Renderizador
diagnostics-screen = Tela
diagnostics-memory = Memória
diagnostics-memory-value = { $share } MiB ({ $all } com o compartilhado)
diagnostics-running = Em execução
diagnostics-running-value = há { $program }; o aparelho, há { $device }
diagnostics-language = Idioma
diagnostics-discovery = Metadados
diagnostics-codes = Códigos
diagnostics-tokens = Tokens
diagnostics-userinfo = Nomes
diagnostics-keys = Chaves
diagnostics-api = Conteúdo
diagnostics-reached = responde ({ $status }) em { $milliseconds } ms · { $host }
diagnostics-failed = falhou: { $why }
diagnostics-last-code = Último código
diagnostics-last-poll = Última consulta
diagnostics-last-refresh = Última renovação
diagnostics-never = nenhuma desde o início
diagnostics-done = bom
diagnostics-waiting = ainda não confirmado
diagnostics-slow-down = o servidor pede para irmos mais devagar
diagnostics-ago = há { $time }
diagnostics-tenant-log = registro do tenant: { $codes }
diagnostics-nothing = Nenhum servidor configurado para consultar.
diagnostics-no-lines = Nada registrado ainda.
diagnostics-remote-title = O que este controle envia?
diagnostics-remote-hint = Pressione OK e depois qualquer botão. Esta página diz o que chega e o que escrever para isso.
diagnostics-remote-listening = Pressione qualquer botão
diagnostics-remote-leave = Pressione Voltar duas vezes para encerrar ou espere 20 segundos.
diagnostics-remote-does = { $key } faz: { $action }
diagnostics-remote-digit = { $key } é um dígito
diagnostics-remote-unknown = { $key } ainda não faz nada
diagnostics-remote-nameless = Chegou uma tecla sem nome nem número aqui
diagnostics-remote-line = Para que ela faça algo, escreva isto na configuração, com a ação desejada:
diagnostics-remote-known = Outra ação para ela se escreve assim:

## Nobody is there

still-there-title = Você ainda está aí?
still-there-seconds = { $seconds ->
    [one] Sua sessão será encerrada em { $seconds } segundo.
   *[other] Sua sessão será encerrada em { $seconds } segundos.
}
still-there-hint = Pressione qualquer botão para continuar conectado.
still-there-leaving = Saindo …

## Set-up

set-up-title = Quase lá
set-up-hint = O Vestibule precisa saber onde as pessoas entram. Ele procurou uma configuração aqui:
set-up-command = Crie uma para preencher, em um terminal neste aparelho:
set-up-restart = Depois, inicie o Vestibule de novo.
set-up-demo = Iniciar a demonstração
set-up-demo-hint = A demonstração tem servidor próprio. Sem cadastro e sem custo.
set-up-demo-starting = Iniciando a demonstração …
set-up-demo-failed = Não foi possível iniciar a demonstração: { $why }

## What went wrong

words-network-title = Sem conexão com o servidor de acesso
words-network-dns = O nome do servidor não foi encontrado. Verifique a rede deste aparelho.
words-network-connect = O servidor não responde. Verifique a rede deste aparelho.
words-network-tls = A conexão segura com o servidor falhou. Pode faltar um certificado neste aparelho.
words-network-timeout = O servidor demora demais para responder.
words-network-interrupted = A conexão caiu.
words-network-unavailable = O servidor está sobrecarregado ou em manutenção.
words-clock-title = Acertando o relógio …
words-clock = Este aparelho acha que é um dia anterior. Ele continua sozinho assim que o relógio estiver certo.
words-rejected-title = O acesso não está configurado corretamente
words-rejected-grant = { $provider ->
    [auth0] Ative “Device Code” e “Refresh Token”: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types.
    [okta] Ative “Device Authorization”: Okta Admin Console › Applications › … Permita também em uma regra da política de acesso: Okta Admin Console › Security › API.
    [google] O tipo deve ser “TVs and Limited Input devices”: Google Cloud console › Credentials.
    [microsoft] Ative “Allow public client flows”: Entra admin center › App registrations › … › Authentication.
    [github] Ative “Enable Device Flow”: GitHub › Settings › Developer settings › …
    [gitlab] O GitLab deve estar na versão 17.2 ou mais nova, e o aplicativo precisa de todos os scopes pedidos.
    [keycloak] Ative “OAuth 2.0 Device Authorization Grant”: Keycloak › Clients › … › Capability config.
    [twitch] O tipo deve ser “Public”: Twitch Developer Console › Applications › …
   *[other] Permita o Device Authorization Grant para este aplicativo no servidor.
}
words-rejected-type = { $provider ->
    [auth0] O tipo deve ser “Native”: Auth0 › Applications › … › Settings › Application Type. Ative “OIDC Conformant”: Auth0 › Applications › … › Settings › Advanced Settings › OAuth. Um aplicativo autorregistrado ou de terceiros não pode usar o acesso por código.
   *[other] O servidor não permite acesso por código para este tipo de aplicativo. Registre um para dispositivos, sem segredo.
}
words-rejected-authentication = { $provider ->
    [auth0] Escolha “None”: Auth0 › Applications › … › Credentials › Authentication Method. O tipo deve ser “Native”: Auth0 › Applications › … › Settings › Application Type.
   *[other] O servidor pede outra prova deste cliente. Verifique client_secret_file e o registro do cliente no servidor.
}
words-rejected-client = { $provider ->
    [auth0] Este tenant não tem aplicativo com este client_id. Copie Client ID e Domain para client_id e domain: Auth0 › Applications › … › Settings.
    [github] GitHub não conhece este cliente. Verifique client_id.
    [microsoft] A Microsoft não conhece este cliente neste diretório. Verifique client_id e tenant.
   *[other] O servidor não conhece este cliente ou pede um segredo. Verifique client_id e client_secret_file.
}
words-rejected-scope = O servidor recusa os scopes pedidos. Verifique scopes na configuração.
words-rejected-audience = { $provider ->
    [auth0] O servidor não conhece a API pedida. audience deve ser exatamente o Identifier da API: Auth0 › Applications › APIs.
   *[other] O servidor não conhece a API pedida. Verifique audience e extra_params.
}
words-rejected-access = { $provider ->
    [auth0] Permita a API para este aplicativo: Auth0 › Applications › APIs › … › Application Access.
   *[other] O servidor não deixa este aplicativo usar a API. Permita isso lá.
}
words-rejected-offline = { $provider ->
    [auth0] Ative “Allow Offline Access”: Auth0 › Applications › APIs › … › Settings. Ative “Refresh Token”: Auth0 › Applications › … › Settings › Advanced Settings › Grant Types. Depois, entre novamente.
   *[other] Permita no servidor o acesso offline e os tokens de atualização para este aplicativo e entre novamente.
}
words-rejected-pkce = { $provider ->
    [keycloak] O servidor quer PKCE de outra forma. Defina pkce como “require” na configuração; o Code Challenge Method deve ser S256 ou vazio: Keycloak › Clients › …
   *[other] O servidor quer PKCE de outra forma. Defina pkce como “require” ou “off” na configuração.
}
words-rejected-other = { $provider ->
    [auth0] Verifique Native, None, OIDC Conformant, Device Code, Refresh Token: Auth0 › Applications › … › Settings. A API de audience deve existir e permitir acesso offline.
    [okta] Verifique Native, Device Authorization, Refresh Token, Assignments: Okta Admin Console › Applications › …
    [google] Verifique TVs and Limited Input devices, client_secret_file: Google Cloud console › Credentials. Poucos scopes são abertos a dispositivos: openid, profile, email, Drive, YouTube.
    [microsoft] Verifique Allow public client flows, Supported account types: Entra admin center › App registrations › … Se só o celular mostra o erro 53003, uma política Conditional Access bloqueia o acesso por código.
    [github] Verifique Enable Device Flow, client_id: GitHub › Settings › Developer settings › …
    [gitlab] O GitLab deve estar na versão 17.2 ou mais nova, e o aplicativo precisa de todos os scopes pedidos. Verifique Confidential, client_secret_file: GitLab › Applications › …
    [keycloak] Verifique OAuth 2.0 Device Authorization Grant, Client authentication, client_secret_file, offline_access, issuer: Keycloak › Clients › …
    [twitch] Verifique Public, client_id: Twitch Developer Console › Applications › …
   *[other] O servidor não aceita este aplicativo como está configurado. Verifique a seção provider da configuração.
}
words-unexpected-title = Esse não era o servidor de acesso
words-unexpected = Outra coisa respondeu. Talvez esta rede peça um acesso próprio, ou o endereço na configuração esteja errado.
words-unread-title = A resposta do servidor não pode ser usada
words-unread = Com o que o servidor responde, ninguém consegue entrar. Avise quem o administra.
words-misfit = O que o servidor oferece não combina com a configuração. Mostre a linha abaixo a quem cuida deste dispositivo.
words-id-token-title = Não dá para confiar neste acesso
words-id-token = O servidor enviou uma prova de identidade inválida. Tente de novo. Se continuar, avise quem cuida deste aparelho.
words-refused-title = Esta conta não pode usar o que é mostrado aqui
words-refused = Verifique audience e scopes na configuração e o que esta pessoa pode fazer.
words-storage-title = O acesso salvo não pode ser usado
words-storage = Verifique o arquivo, o dono e as permissões neste aparelho.
words-internal-title = Algo deu errado aqui
words-internal = Tente de novo. Se continuar, reinicie este aparelho e avise quem cuida dele.

## Home

home-account = Conta
home-signed-in = Você entrou
home-signed-in-as = Você entrou, { $name }
home-no-api = Ainda não há conteúdo configurado neste aparelho. Pressione OK para ver sua conta.
home-empty = Nada aqui ainda
home-failed = Não foi possível carregar: { $reason }
home-retry = Pressione OK para tentar de novo
home-from = De { $when }
home-from-yesterday = De ontem, { $time }
# What stands beside a row that could not be loaded anew: why, and since when it is as it is.
home-old = { $reason } · { $from }
home-captive = Esta rede pede um acesso próprio
home-captive-hint = Entre na rede e pressione OK

reason-session = não foi possível renovar o acesso
reason-network = sem conexão
reason-busy = o servidor está sobrecarregado
reason-forbidden = não permitido
reason-status = erro { $status } do servidor
reason-captive = esta rede pede um acesso próprio
reason-too-large = a resposta é grande demais
reason-shape = resposta inesperada
reason-refused = não configurado corretamente

## Detail

detail-back = Voltar
detail-open = Abrir
detail-phone = No seu celular
phone-hint = Escaneie isto com o celular ou abra nele este endereço:
opened-details = Detalhes
detail-running = Um momento …
detail-done = Pronto
detail-added = Adicionado
detail-removed = Removido
detail-failed = Não deu certo: { $reason }
# $words are the server’s own.
detail-said = Não deu certo: { $words }

value-days = { $days } d { $hours } h
value-hours = { $hours } h { $minutes } min
value-minutes = { $minutes } min
value-seconds = { $seconds } s

# How far off a time is (CLDR, dateFields).
relative-now = agora
relative-yesterday = ontem
relative-today = hoje
relative-tomorrow = amanhã
relative-in-minutes = { $minutes ->
    [one] em { $minutes } minuto
   *[other] em { $minutes } minutos
}
relative-minutes-ago = { $minutes ->
    [one] há { $minutes } minuto
   *[other] há { $minutes } minutos
}
relative-in-hours = { $hours ->
    [one] em { $hours } hora
   *[other] em { $hours } horas
}
relative-hours-ago = { $hours ->
    [one] há { $hours } hora
   *[other] há { $hours } horas
}
relative-in-days = { $days ->
    [one] em { $days } dia
   *[other] em { $days } dias
}
relative-days-ago = { $days ->
    [one] há { $days } dia
   *[other] há { $days } dias
}
relative-in-months = { $months ->
    [one] em { $months } mês
   *[other] em { $months } meses
}
relative-months-ago = { $months ->
    [one] há { $months } mês
   *[other] há { $months } meses
}
relative-in-years = { $years ->
    [one] em { $years } ano
   *[other] em { $years } anos
}
relative-years-ago = { $years ->
    [one] há { $years } ano
   *[other] há { $years } anos
}

## Account

account-title = Sua conta
account-nameless = Conectado
account-since = Conectado desde
account-session = Este acesso
account-stays = Continua até você sair
account-ends-at = Termina: { $time }. O servidor não deu token de atualização (offline_access foi concedido?)
account-ends = Termina quando o servidor quiser: ele não deu token de atualização (offline_access foi concedido?)
account-may = Este aparelho pode
account-scope-openid = saber quem você é
account-scope-profile = ver seu nome e sua foto
account-scope-email = ver seu e-mail
account-scope-phone = ver seu telefone
account-scope-address = ver seu endereço
account-scope-offline = continuar conectado
account-diagnostics = Diagnóstico
account-sign-out = Sair
account-confirm = Sair deste aparelho?
account-stay = Continuar conectado
account-signing-out = Saindo …
account-switch = Trocar de conta
account-add = Adicionar conta
account-set-pin = Criar um PIN
account-change-pin = Mudar o PIN
account-remove-pin = Remover o PIN
account-everybody = Sair de todas as contas
account-everybody-confirm = Sair de todas as contas neste aparelho?
account-everybody-signing-out = Saindo de todas as contas …

## Language

language-title = Idioma
language-auto = O mesmo do aparelho

## Accessibility

accessibility-title = Acessibilidade
accessibility-text = Tamanho do texto
accessibility-text-hint = Esquerda e direita diminuem ou aumentam todos os textos.
accessibility-text-normal = Normal
accessibility-text-large = Grande
accessibility-text-larger = Muito grande
accessibility-text-largest = Máximo
accessibility-theme = Cores
accessibility-theme-hint = O alto contraste é em preto e branco, com a seleção em amarelo.
accessibility-dark = Escuro
accessibility-light = Claro
accessibility-high-contrast = Alto contraste
accessibility-picture = Bordas da tela
accessibility-picture-hint = Algumas TVs cortam as bordas. Pressione esquerda ou direita até ver os quatro cantos.
accessibility-motion = Menos movimento
accessibility-motion-hint = Nada desliza nem cresce; tudo muda de uma vez.
accessibility-aloud = Ler em voz alta
accessibility-aloud-hint = Os códigos, ou cada tela e cada movimento, em aparelhos que podem falar. Segurar Info alterna.
accessibility-aloud-codes = Os códigos
accessibility-aloud-everything = Tudo
accessibility-captions = Legendas
accessibility-captions-hint = Quando tudo é lido em voz alta, também é escrito embaixo.
accessibility-on = Sim
accessibility-off = Não

settings-unsaved = Não foi possível salvar neste aparelho. Vale até ele ser desligado.
