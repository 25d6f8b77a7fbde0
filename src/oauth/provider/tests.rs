use super::*;

fn provider(toml: &str) -> config::Provider {
    toml::from_str(&format!("client_id = 'c'\n{toml}")).unwrap()
}

/// Issuer, device authorization, token, userinfo, revocation and keys; a dash for what is not known.
fn addresses(toml: &str) -> [String; 6] {
    let provider = provider(toml);
    let kind = Kind::of(provider.preset);
    let known = kind.endpoints(&provider).unwrap();
    assert_eq!(kind.issuer(&provider).unwrap(), known.issuer);
    let text = |url: Option<Url>| url.map_or_else(|| "-".to_owned(), String::from);
    [
        known.issuer.unwrap_or_else(|| "-".to_owned()),
        text(known.device_authorization),
        text(known.token),
        text(known.userinfo),
        text(known.revocation),
        text(known.jwks),
    ]
}

#[test]
fn every_presets_addresses_are_those_it_documents() {
    for (toml, expected) in [
        (
            "preset = 'auth0'\ndomain = 'acme.eu.auth0.com'",
            [
                "https://acme.eu.auth0.com/",
                "https://acme.eu.auth0.com/oauth/device/code",
                "https://acme.eu.auth0.com/oauth/token",
                "https://acme.eu.auth0.com/userinfo",
                "https://acme.eu.auth0.com/oauth/revoke",
                "https://acme.eu.auth0.com/.well-known/jwks.json",
            ],
        ),
        (
            "preset = 'okta'\ndomain = 'acme.okta.com'",
            [
                "https://acme.okta.com",
                "https://acme.okta.com/oauth2/v1/device/authorize",
                "https://acme.okta.com/oauth2/v1/token",
                "https://acme.okta.com/oauth2/v1/userinfo",
                "https://acme.okta.com/oauth2/v1/revoke",
                "https://acme.okta.com/oauth2/v1/keys",
            ],
        ),
        (
            "preset = 'okta'\nissuer = 'https://acme.okta.com/oauth2/default'",
            [
                "https://acme.okta.com/oauth2/default",
                "https://acme.okta.com/oauth2/default/v1/device/authorize",
                "https://acme.okta.com/oauth2/default/v1/token",
                "https://acme.okta.com/oauth2/default/v1/userinfo",
                "https://acme.okta.com/oauth2/default/v1/revoke",
                "https://acme.okta.com/oauth2/default/v1/keys",
            ],
        ),
        (
            "preset = 'google'",
            [
                "https://accounts.google.com",
                "https://oauth2.googleapis.com/device/code",
                "https://oauth2.googleapis.com/token",
                "https://openidconnect.googleapis.com/v1/userinfo",
                "https://oauth2.googleapis.com/revoke",
                "https://www.googleapis.com/oauth2/v3/certs",
            ],
        ),
        (
            "preset = 'microsoft'\ntenant = 'common'",
            [
                "https://login.microsoftonline.com/common/v2.0",
                "https://login.microsoftonline.com/common/oauth2/v2.0/devicecode",
                "https://login.microsoftonline.com/common/oauth2/v2.0/token",
                "https://graph.microsoft.com/oidc/userinfo",
                "-",
                "https://login.microsoftonline.com/common/discovery/v2.0/keys",
            ],
        ),
        (
            "preset = 'github'",
            [
                "-",
                "https://github.com/login/device/code",
                "https://github.com/login/oauth/access_token",
                "https://api.github.com/user",
                "-",
                "-",
            ],
        ),
        (
            "preset = 'gitlab'\ndomain = 'gitlab.com'",
            [
                "https://gitlab.com",
                "https://gitlab.com/oauth/authorize_device",
                "https://gitlab.com/oauth/token",
                "https://gitlab.com/oauth/userinfo",
                "https://gitlab.com/oauth/revoke",
                "https://gitlab.com/oauth/discovery/keys",
            ],
        ),
        (
            "preset = 'keycloak'\nissuer = 'https://id.example/realms/acme'",
            [
                "https://id.example/realms/acme",
                "https://id.example/realms/acme/protocol/openid-connect/auth/device",
                "https://id.example/realms/acme/protocol/openid-connect/token",
                "https://id.example/realms/acme/protocol/openid-connect/userinfo",
                "https://id.example/realms/acme/protocol/openid-connect/revoke",
                "https://id.example/realms/acme/protocol/openid-connect/certs",
            ],
        ),
        (
            "preset = 'twitch'",
            [
                "https://id.twitch.tv/oauth2",
                "https://id.twitch.tv/oauth2/device",
                "https://id.twitch.tv/oauth2/token",
                "https://id.twitch.tv/oauth2/userinfo",
                "https://id.twitch.tv/oauth2/revoke",
                "https://id.twitch.tv/oauth2/keys",
            ],
        ),
        (
            "preset = 'oidc'\nissuer = 'https://id.example'",
            ["https://id.example", "-", "-", "-", "-", "-"],
        ),
        ("preset = 'oauth2'", ["-", "-", "-", "-", "-", "-"]),
    ] {
        assert_eq!(addresses(toml), expected, "{toml}");
    }
}

#[test]
fn a_missing_value_is_named_by_its_key() {
    for (toml, key) in [
        ("preset = 'auth0'", "domain"),
        ("preset = 'okta'", "domain"),
        ("preset = 'keycloak'", "issuer"),
        ("preset = 'microsoft'", "tenant"),
    ] {
        let provider = provider(toml);
        let error = Kind::of(provider.preset).issuer(&provider).unwrap_err();
        assert!(
            error.to_string().contains(&format!("provider.{key} is")),
            "{error}"
        );
    }
}

#[test]
fn what_is_no_host_and_no_directory_is_refused() {
    for value in [
        "",
        "https://acme.example",
        "a.example/path",
        "u@a.example",
        "a b",
    ] {
        for toml in [
            format!("preset = 'auth0'\ndomain = '{value}'"),
            format!("preset = 'microsoft'\ntenant = '{value}'"),
        ] {
            let provider = provider(&toml);
            let kind = Kind::of(provider.preset);
            assert!(kind.issuer(&provider).is_err(), "{toml}");
        }
    }
}

#[test]
fn an_issuer_keeps_its_path_and_loses_only_the_parsers_slash() {
    for (written, meant) in [
        ("https://id.example", "https://id.example"),
        ("https://id.example/", "https://id.example"),
        ("https://id.example/o", "https://id.example/o"),
        ("https://id.example/o/", "https://id.example/o/"),
    ] {
        let [issuer, ..] = addresses(&format!("preset = 'oidc'\nissuer = '{written}'"));
        assert_eq!(issuer, meant);
        let [_, device, ..] = addresses(&format!("preset = 'keycloak'\nissuer = '{written}'"));
        let base = meant.trim_end_matches('/');
        assert_eq!(
            device,
            format!("{base}/protocol/openid-connect/auth/device")
        );
    }
}

#[test]
fn a_tokens_issuer_may_be_spelled_in_the_ways_that_are_known_and_no_other() {
    let (one, two) = (
        "9188040d-6c67-4c5b-b112-36a304b66dad",
        "72f988bf-86f1-41af-91ab-2d7cd011db47",
    );
    let of = |tenant: &str| format!("https://login.microsoftonline.com/{tenant}/v2.0");
    let expected = |toml: &str, iss: &str, tid: &str| {
        let provider = provider(toml);
        let kind = Kind::of(provider.preset);
        let issuer = kind.issuer(&provider).unwrap().unwrap();
        kind.issuer_of_token(&provider, &issuer, |name| match name {
            "iss" => Some(iss.to_owned()),
            "tid" => Some(tid.to_owned()),
            _ => None,
        })
    };
    let common = "preset = 'microsoft'\ntenant = 'common'";
    assert_eq!(expected(common, &of(one), one), of(one));
    assert_eq!(expected(common, &of(two), one), of("common"));
    assert_eq!(expected(common, &of("x/../y"), "x/../y"), of("common"));
    let single = format!("preset = 'microsoft'\ntenant = '{one}'");
    assert_eq!(expected(&single, &of(one), one), of(one));
    assert_eq!(expected(&single, &of(two), two), of(one));
    let google = "preset = 'google'";
    assert_eq!(
        expected(google, "accounts.google.com", ""),
        "accounts.google.com"
    );
    assert_eq!(
        expected(google, "evil.example", ""),
        "https://accounts.google.com"
    );
}
