use url::Url;

use super::*;
use crate::config::ClientConfig;

/// A configuration of `name`, and perhaps one more value.
fn config(name: &str, more: &[(&str, &str)]) -> ClientConfig {
    let config = ClientConfig::new(Provider::named(name).unwrap(), "c");
    more.iter().fold(config, |config, (key, value)| match *key {
        "domain" => config.domain(*value),
        "tenant" => config.tenant(*value),
        "issuer" => config.issuer(Url::parse(value).unwrap()),
        other => panic!("{other}"),
    })
}

/// Issuer, device authorization, token, userinfo, revocation and keys; a dash for what is not known.
fn addresses(name: &str, more: &[(&str, &str)]) -> [String; 6] {
    let config = config(name, more);
    let known = config.provider.endpoints(&config).unwrap();
    assert_eq!(config.provider.issuer(&config).unwrap(), known.issuer);
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
fn every_providers_addresses_are_those_it_documents() {
    for (name, more, expected) in [
        (
            "auth0",
            &[("domain", "acme.eu.auth0.com")][..],
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
            "okta",
            &[("domain", "acme.okta.com")],
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
            "okta",
            &[("issuer", "https://acme.okta.com/oauth2/default")],
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
            "google",
            &[],
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
            "microsoft",
            &[],
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
            "github",
            &[],
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
            "gitlab",
            &[("domain", "gitlab.com")],
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
            "keycloak",
            &[("issuer", "https://id.example/realms/acme")],
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
            "twitch",
            &[],
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
            "oidc",
            &[("issuer", "https://id.example")],
            ["https://id.example", "-", "-", "-", "-", "-"],
        ),
        ("oauth2", &[], ["-", "-", "-", "-", "-", "-"]),
    ] {
        assert_eq!(addresses(name, more), expected, "{name} {more:?}");
    }
}

#[test]
fn a_missing_value_is_named_by_its_key() {
    for (name, key) in [
        ("auth0", "domain"),
        ("okta", "domain"),
        ("keycloak", "issuer"),
    ] {
        let config = config(name, &[]);
        let error = config.provider.issuer(&config).unwrap_err();
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
        for (name, key) in [("auth0", "domain"), ("microsoft", "tenant")] {
            let config = config(name, &[(key, value)]);
            assert!(config.provider.issuer(&config).is_err(), "{key} {value}");
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
        let [issuer, ..] = addresses("oidc", &[("issuer", written)]);
        assert_eq!(issuer, meant);
        let [_, device, ..] = addresses("keycloak", &[("issuer", written)]);
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
    let expected = |config: &ClientConfig, iss: &str, tid: &str| {
        let issuer = config.provider.issuer(config).unwrap().unwrap();
        let provider = config.provider;
        provider.issuer_of_token(config, &issuer, |name| match name {
            "iss" => Some(iss.to_owned()),
            "tid" => Some(tid.to_owned()),
            _ => None,
        })
    };
    let common = &config("microsoft", &[("tenant", "common")]);
    assert_eq!(expected(common, &of(one), one), of(one));
    assert_eq!(expected(common, &of(two), one), of("common"));
    assert_eq!(expected(common, &of("x/../y"), "x/../y"), of("common"));
    let single = config("microsoft", &[("tenant", one)]);
    assert_eq!(expected(&single, &of(one), one), of(one));
    assert_eq!(expected(&single, &of(two), two), of(one));
    let google = &config("google", &[]);
    assert_eq!(
        expected(google, "accounts.google.com", ""),
        "accounts.google.com"
    );
    assert_eq!(
        expected(google, "evil.example", ""),
        "https://accounts.google.com"
    );
}
