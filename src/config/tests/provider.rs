//! What the presets demand, and which addresses and files they may name.

use std::path::PathBuf;

use super::{expect, problems, read, with, with_line};

#[test]
fn scopes_that_are_given_are_taken_as_they_are() {
    let text = with_line(4, "client_id = 'abc'\nscopes = []");
    assert_eq!(read(&text).unwrap().provider.scopes, Vec::<String>::new());
    let oauth2 = "[provider]\npreset='oauth2'\nclient_id='c'\n\
        device_authorization_endpoint='https://a.example/d'\ntoken_endpoint='https://a.example/t'\n";
    assert_eq!(read(oauth2).unwrap().provider.scopes, Vec::<String>::new());
}

#[test]
fn presets_of_later_versions_say_what_to_write_until_then() {
    for (name, instead) in [
        ("okta", "preset = \"oidc\" with issuer"),
        ("google", "oidc"),
        ("microsoft", "oidc"),
        ("gitlab", "oidc"),
        ("keycloak", "oidc"),
        ("github", "preset = \"oauth2\""),
        ("twitch", "oauth2"),
    ] {
        let text = with_line(2, &format!("preset = '{name}'"));
        expect(
            &text,
            2,
            "provider.preset",
            &format!("preset \"{name}\" is not supported yet by this version"),
        );
        expect(&text, 2, "provider.preset", instead);
    }
}

#[test]
fn a_preset_says_what_it_needs_and_what_it_has_no_use_for() {
    expect(&with_line(3, ""), 2, "provider.domain", "acme.eu.auth0.com");
    expect(
        &with_line(3, "domain = 'https://acme.eu.auth0.com/'"),
        3,
        "provider.domain",
        "only the host name: \"acme.eu.auth0.com\"",
    );
    expect(
        "[provider]\npreset = 'oidc'\nclient_id = 'a'\n",
        2,
        "provider.issuer",
        "issuer = ",
    );
    expect(
        "[provider]\nclient_id = 'a'\npreset = 'oidc'\nissuer = 'https://i.example'\ndomain = 'x'\n",
        5,
        "provider.domain",
        "auth0",
    );
    expect(
        &with_line(3, "domain = 'a.example'\nissuer = 'https://i.example'"),
        4,
        "provider.issuer",
        "domain",
    );
    let both = problems("[provider]\npreset = 'oauth2'\nclient_id = 'a'\n");
    assert_eq!(
        both.iter().map(|p| p.key.as_str()).collect::<Vec<_>>(),
        [
            "provider.device_authorization_endpoint",
            "provider.token_endpoint"
        ]
    );
}

#[test]
fn plain_http_is_refused_for_every_address_but_loopback() {
    expect(
        &with_line(7, "base_url = 'http://api.example.com/'"),
        7,
        "api.base_url",
        "plain http is refused",
    );
    for key in [
        "device_authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "revocation_endpoint",
        "jwks_uri",
    ] {
        expect(
            &with_line(4, &format!("client_id = 'a'\n{key} = 'http://a.example/'")),
            5,
            &format!("provider.{key}"),
            "plain http is refused",
        );
        assert!(
            read(&with_line(
                4,
                &format!("client_id = 'a'\n{key} = 'http://127.0.0.1:1/'")
            ))
            .is_ok()
        );
    }
    expect(
        "[provider]\npreset = 'oidc'\nclient_id = 'a'\nissuer = 'http://i.example'\n",
        4,
        "provider.issuer",
        "plain http",
    );
    expect(
        &with("[telemetry]\notlp_endpoint = 'http://o.example'"),
        15,
        "telemetry.otlp_endpoint",
        "plain http",
    );
}

#[test]
fn files_are_relative_to_the_configuration() {
    let text = with_line(
        4,
        "client_id = 'a'\nca_file = 'ca.pem'\nclient_secret_file = '/run/secret'\n[screen]\nlogo = 'art/logo.png'",
    );
    let config = read(&text).unwrap();
    assert_eq!(
        config.provider.ca_file,
        Some(PathBuf::from("/etc/vestibule/ca.pem"))
    );
    assert_eq!(
        config.provider.client_secret_file,
        Some(PathBuf::from("/run/secret"))
    );
    assert_eq!(
        config.screen.logo,
        Some(PathBuf::from("/etc/vestibule/art/logo.png"))
    );
}
