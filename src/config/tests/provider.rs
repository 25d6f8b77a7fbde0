//! What the presets demand, and which addresses and files they may name.

use std::path::PathBuf;

use super::super::Provider;
use super::{expect, problems, read, with, with_line};

#[test]
fn scopes_that_are_given_are_taken_as_they_are() {
    let text = with_line(4, "client_id = 'abc'\nscopes = []");
    assert_eq!(read(&text).unwrap().provider.scopes, Vec::<String>::new());
    let oauth2 = "[provider]\npreset='oauth2'\nclient_id='c'\n\
        device_authorization_endpoint='https://a.example/d'\ntoken_endpoint='https://a.example/t'\n";
    assert_eq!(read(oauth2).unwrap().provider.scopes, Vec::<String>::new());
}

/// The provider of a file with these lines in it.
fn provider(lines: &str) -> Provider {
    let text = format!("[provider]\nclient_id = 'c'\n{lines}\n");
    read(&text)
        .unwrap_or_else(|error| panic!("{error}"))
        .provider
}

#[test]
fn every_preset_is_taken_with_no_more_than_it_needs() {
    let openid = ["openid", "profile", "email", "offline_access"];
    for (lines, scopes) in [
        (
            "preset = 'auth0'\ndomain = 'acme.eu.auth0.com'",
            &openid[..],
        ),
        ("preset = 'okta'\ndomain = 'acme.okta.com'", &openid),
        (
            "preset = 'okta'\nissuer = 'https://acme.okta.com/oauth2/default'",
            &openid,
        ),
        ("preset = 'google'", &openid[..3]),
        ("preset = 'microsoft'", &openid),
        ("preset = 'github'", &["read:user"]),
        ("preset = 'gitlab'", &openid[..3]),
        (
            "preset = 'keycloak'\nissuer = 'https://id.example/realms/a'",
            &openid,
        ),
        ("preset = 'twitch'", &["openid"]),
        ("preset = 'oidc'\nissuer = 'https://id.example'", &openid),
    ] {
        assert_eq!(provider(lines).scopes, scopes, "{lines}");
    }
}

#[test]
fn what_a_preset_knows_by_itself_is_filled_in() {
    assert_eq!(provider("preset = 'microsoft'").tenant.unwrap(), "common");
    assert_eq!(provider("preset = 'gitlab'").domain.unwrap(), "gitlab.com");
    let own = provider("preset = 'gitlab'\ndomain = 'git.acme.example'");
    assert_eq!(own.domain.unwrap(), "git.acme.example");
    let own = provider("preset = 'microsoft'\ntenant = 'acme.onmicrosoft.com'");
    assert_eq!(own.tenant.unwrap(), "acme.onmicrosoft.com");
}

#[test]
fn each_preset_names_the_keys_it_lacks_or_has_no_use_for() {
    for (lines, line, key, words) in [
        ("preset = 'okta'", 3, "domain", "acme.okta.com"),
        (
            "preset = 'okta'\ndomain = 'acme.okta.com'\nissuer = 'https://acme.okta.com'",
            5,
            "issuer",
            "not both",
        ),
        ("preset = 'keycloak'", 3, "issuer", "/realms/acme"),
        (
            "preset = 'google'\ndomain = 'a.example'",
            4,
            "domain",
            "\"google\"",
        ),
        ("preset = 'github'\naudience = 'x'", 4, "audience", "scopes"),
        (
            "preset = 'twitch'\ntenant = 'x'",
            4,
            "tenant",
            "\"microsoft\"",
        ),
        (
            "preset = 'microsoft'\ntenant = 'a/b'",
            4,
            "tenant",
            "onmicrosoft",
        ),
        (
            "preset = 'microsoft'\nissuer = 'https://login.microsoftonline.com/x'",
            4,
            "issuer",
            "tenant",
        ),
    ] {
        let text = format!("[provider]\nclient_id = 'c'\n{lines}\n");
        expect(&text, line, &format!("provider.{key}"), words);
    }
}

#[test]
fn a_parameter_goes_where_it_is_said_to_go() {
    use super::super::Request::{Refresh, Token};
    let lines = "preset = 'github'\nextra_params = { a = 'x', b = { value = 'y', in = ['token', 'refresh'] } }";
    let parameters = provider(lines).extra_params;
    for (name, value, requests) in [("a", "x", None), ("b", "y", Some(&[Token, Refresh][..]))] {
        let parameter = &parameters[name];
        assert_eq!(parameter.value(), value);
        assert_eq!(parameter.requests(), requests, "{name}");
    }
    for (parameter, key, words) in [
        ("{ value = 'v' }", "a.in", "missing"),
        ("{ in = ['token'] }", "a.value", "missing"),
        ("{ value = 1, in = ['token'] }", "a.value", "text in quotes"),
        ("{ value = 'v', in = 'token' }", "a.in", "found text"),
        ("{ value = 'v', in = [] }", "a.in", "\"refresh\""),
        (
            "{ value = 'v', in = ['tokens'] }",
            "a.in",
            "nearest is \"token\"",
        ),
        (
            "{ value = 'v', in = ['token'], at = 'x' }",
            "a.at",
            "unknown key",
        ),
    ] {
        let line = format!("client_id = 'a'\nextra_params = {{ a = {parameter} }}");
        expect(
            &with_line(4, &line),
            5,
            &format!("provider.extra_params.{key}"),
            words,
        );
    }
    let line = "client_id = 'a'\npkce = 'S256'";
    expect(&with_line(4, line), 5, "provider.pkce", "\"require\"");
}

#[test]
fn a_parameter_that_the_program_sends_itself_is_named_with_its_line() {
    for (name, words) in [
        ("client_id", "provider.client_id"),
        ("client_secret", "client_secret_file"),
        ("grant_type", "would be lost"),
        ("device_code", "would be lost"),
        ("refresh_token", "would be lost"),
        ("code_challenge", "provider.pkce"),
        ("code_verifier", "provider.pkce"),
        ("scope", "provider.scopes"),
        ("audience", "provider.audience"),
    ] {
        let more = format!("[provider.extra_params]\na = 'x'\n{name} = 'y'\n");
        let text = format!(
            "[provider]\npreset = 'auth0'\ndomain = 'a.example'\nclient_id = 'c'\naudience = 'https://api'\n{more}"
        );
        expect(&text, 8, &format!("provider.extra_params.{name}"), words);
    }
    // What no other key sends is the owner's, and so is a scope for a refresh.
    for lines in [
        "preset = 'oidc'\nissuer = 'https://id.example'\nextra_params = { audience = 'a' }",
        "preset = 'github'\nextra_params = { scope = { value = 's', in = ['refresh'] } }",
        "preset = 'github'\nscopes = []\nextra_params = { scope = 's', Client_Id = 'x' }",
    ] {
        assert!(!provider(lines).extra_params.is_empty(), "{lines}");
    }
}

#[test]
fn a_secret_is_sent_as_the_owner_says() {
    use super::super::ClientAuthentication::{Auto, Basic, None, Post};
    for (line, read) in [
        ("", Auto),
        ("auto", Auto),
        ("none", None),
        ("post", Post),
        ("basic", Basic),
    ] {
        let line = match line {
            "" => String::new(),
            word => format!("client_authentication = '{word}'"),
        };
        let provider = provider(&format!(
            "preset = 'oidc'\nissuer = 'https://id.example'\n{line}"
        ));
        assert_eq!(provider.client_authentication, read);
        let client = provider
            .client()
            .map(|_| ())
            .map_err(|error| error.to_string());
        match read {
            Auto | None => assert_eq!(client, Ok(())),
            Post | Basic => assert!(client.unwrap_err().contains("client_secret_file")),
        }
    }
    let line = "client_id = 'a'\nclient_authentication = 'client_secret_post'";
    expect(
        &with_line(4, line),
        5,
        "provider.client_authentication",
        "\"post\"",
    );
}

#[test]
fn a_blank_of_an_example_is_no_value() {
    expect(
        "[provider]\npreset = 'github'\nclient_id = '<client id>'\n",
        3,
        "provider.client_id",
        "blank of the example",
    );
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
