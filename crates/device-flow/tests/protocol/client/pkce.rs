//! Servers that want a proof with each code (PKCE, RFC 7636), servers that do not know one, and the owner's parameters.

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use testing::scripted_server::Says;

use super::*;

/// The server's metadata, with the methods that it lists.
fn listing(stub: &Stub, methods: &[&str]) -> Value {
    let mut document = document(&stub.base);
    document["code_challenge_methods_supported"] = value!(methods);
    document
}

fn error(code: &str, description: &str) -> Says {
    json(
        400,
        &value!({"error": code, "error_description": description}),
    )
}

/// Runs a grant to its tokens.
async fn sign_in(client: &Client) {
    let end = run(client).await.1;
    assert!(end.is_ok(), "{end:?}");
}

/// What went along with each request to a path.
fn sent(stub: &Stub, path: &str, name: &str) -> Vec<Option<String>> {
    let asked = stub.asked(path);
    asked
        .iter()
        .map(|asked| asked.map().get(name).map(|value| (*value).to_owned()))
        .collect()
}

fn hash(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()))
}

#[tokio::test]
async fn a_server_that_lists_it_gets_a_fresh_proof_with_each_code() {
    let stub = Stub::start().await;
    let pending = json(400, &value!({"error": "authorization_pending"}));
    stub.on(OPENID, json(200, &listing(&stub, &["plain", "S256"])))
        .on("/device", json(200, &code()))
        .on("/token", pending)
        .on("/token", json(200, &granted()));
    let client = oidc(&stub, "");
    sign_in(&client).await;
    sign_in(&client).await;
    let challenges = sent(&stub, "/device", "code_challenge");
    let verifiers = sent(&stub, "/token", "code_verifier");
    let [Some(one), Some(two)] = challenges.as_slice() else {
        panic!("{challenges:?}");
    };
    assert_ne!(one, two);
    let [Some(first), Some(second), Some(third)] = verifiers.as_slice() else {
        panic!("{verifiers:?}");
    };
    assert_eq!(first, second, "one code, one proof");
    assert_eq!((hash(first), hash(third)), (one.clone(), two.clone()));
    let methods = sent(&stub, "/device", "code_challenge_method");
    assert_eq!(methods, vec![Some("S256".to_owned()); 2]);
    assert_eq!(sent(&stub, "/device", "code_verifier"), [None, None]);

    // A diagnosis asks as a sign-in does.
    let unused = client.try_code().await.unwrap();
    let verifiers = sent(&stub, "/token", "code_verifier").len();
    client.try_poll(unused).await.unwrap();
    let proved = sent(&stub, "/token", "code_verifier").remove(verifiers);
    let challenge = sent(&stub, "/device", "code_challenge").remove(2);
    assert_eq!(proved.map(|verifier| hash(&verifier)), challenge);
}

#[tokio::test]
async fn a_server_that_does_not_speak_of_it_gets_none() {
    let stub = Stub::start().await;
    stub.on(OPENID, json(200, &listing(&stub, &["plain"])))
        .on("/device", json(200, &code()))
        .on("/token", json(200, &granted()));
    sign_in(&oidc(&stub, "")).await;
    let listed = format!("preset = 'oidc'\npkce = 'off'\nissuer = '{}'", stub.base);
    stub.forget(OPENID)
        .on(OPENID, json(200, &listing(&stub, &["S256"])));
    sign_in(&client(&listed)).await;
    assert_eq!(sent(&stub, "/device", "code_challenge"), [None, None]);
    assert_eq!(sent(&stub, "/token", "code_verifier"), [None, None]);
}

#[tokio::test]
async fn a_server_that_asks_for_it_gets_it_and_is_remembered() {
    let stub = Stub::start().await;
    stub.on(
        "/device",
        error(
            "invalid_request",
            "Missing parameter: code_challenge_method",
        ),
    )
    .on("/device", json(200, &code()))
    .on("/token", json(200, &granted()));
    let client = client(&oauth2(&stub));
    sign_in(&client).await;
    sign_in(&client).await;
    let challenges = sent(&stub, "/device", "code_challenge");
    let with: Vec<bool> = challenges.iter().map(Option::is_some).collect();
    assert_eq!(with, [false, true, true]);
    let verifiers = sent(&stub, "/token", "code_verifier");
    assert!(verifiers.iter().all(Option::is_some), "{verifiers:?}");
}

#[tokio::test]
async fn a_server_that_wants_it_only_with_the_tokens_gets_another_code_at_once() {
    let stub = Stub::start().await;
    stub.on("/device", json(200, &code()))
        .on(
            "/token",
            error("invalid_grant", "PKCE code verifier not specified"),
        )
        .on("/token", json(200, &granted()));
    let client = client(&oauth2(&stub));
    let (steps, end) = run(&client).await;
    assert!(end.is_ok(), "{end:?}");
    let codes = steps
        .iter()
        .filter(|step| matches!(step, Progress::Code { .. }));
    assert_eq!(codes.count(), 2);
    let challenges = sent(&stub, "/device", "code_challenge");
    let verifiers = sent(&stub, "/token", "code_verifier");
    assert_eq!((&challenges[0], &verifiers[0]), (&None, &None));
    assert_eq!(verifiers[1].as_deref().map(hash), challenges[1]);

    // So does a diagnosis.
    stub.forget("/token")
        .on("/token", error("invalid_grant", "PKCE is required"))
        .on(
            "/token",
            json(400, &value!({"error": "authorization_pending"})),
        );
    let client = self::client(&oauth2(&stub));
    let unused = client.try_code().await.unwrap();
    client.try_poll(unused).await.unwrap();
}

#[tokio::test]
async fn a_server_that_refuses_what_it_does_not_know_is_asked_without() {
    for refusal in [
        error(
            "invalid_request",
            "Parameter not allowed for this message type: code_challenge",
        ),
        error("invalid_request", ""),
        text(400, "text/html", "<html>"),
    ] {
        let stub = Stub::start().await;
        stub.on(OPENID, json(200, &listing(&stub, &["S256"])))
            .on("/device", refusal)
            .on("/device", json(200, &code()))
            .on("/token", json(200, &granted()));
        let client = oidc(&stub, "");
        sign_in(&client).await;
        sign_in(&client).await;
        let challenges = sent(&stub, "/device", "code_challenge");
        let with: Vec<bool> = challenges.iter().map(Option::is_some).collect();
        assert_eq!(with, [true, false, false]);
        assert_eq!(sent(&stub, "/token", "code_verifier"), [None, None]);
    }
    // One that takes the challenge and does not know what comes with the polls.
    let stub = Stub::start().await;
    stub.on(OPENID, json(200, &listing(&stub, &["S256"])))
        .on("/device", json(200, &code()))
        .on(
            "/token",
            error("invalid_request", "unknown parameter code_verifier"),
        )
        .on(
            "/token",
            json(400, &value!({"error": "authorization_pending"})),
        )
        .on("/token", json(200, &granted()));
    sign_in(&oidc(&stub, "")).await;
    let verifiers = sent(&stub, "/token", "code_verifier");
    let with: Vec<bool> = verifiers.iter().map(Option::is_some).collect();
    assert_eq!(with, [true, false, false]);
}

#[tokio::test]
async fn what_both_ways_are_refused_for_is_said() {
    for (first, second, said) in [
        ("no such audience", "PKCE is required", "no such audience"),
        ("unknown parameter", "no such audience", "no such audience"),
    ] {
        let stub = Stub::start().await;
        stub.on(OPENID, json(200, &listing(&stub, &["S256"])))
            .on("/device", error("invalid_request", first))
            .on("/device", error("invalid_request", second));
        let failure = failure(&oidc(&stub, "")).await;
        assert_eq!(failure.reason, Reason::Rejected);
        assert!(failure.detail.contains(said), "{failure:?}");
        assert_eq!(stub.asked("/device").len(), 2);
    }
    let stub = Stub::start().await;
    stub.on("/device", error("invalid_client", "unknown"));
    let failed = failure(&client(&oauth2(&stub))).await;
    assert_eq!(failed.code(), Some("invalid_client"));
    assert_eq!(stub.asked("/device").len(), 1);
}

#[tokio::test]
async fn what_the_owner_has_decided_is_not_turned() {
    for (pkce, sends) in [("require", true), ("off", false)] {
        let stub = Stub::start().await;
        stub.on("/device", error("invalid_request", "code_challenge"));
        let client = client(&format!("{}pkce = '{pkce}'", oauth2(&stub)));
        let failure = failure(&client).await;
        assert!(failure.detail.contains("code_challenge"), "{failure:?}");
        let challenges = sent(&stub, "/device", "code_challenge");
        assert_eq!(challenges.len(), 1);
        assert_eq!(challenges[0].is_some(), sends);
    }
}

#[tokio::test]
async fn parameters_go_where_the_owner_says() {
    let stub = Stub::start().await;
    stub.on("/device", json(200, &code()))
        .on("/token", json(200, &granted()));
    let client = client(&format!(
        "{}extra_params.plain = 'p'\n\
         extra_params.tenant = {{ value = 't', in = ['device', 'token', 'refresh'] }}\n\
         extra_params.late = {{ value = 'l', in = ['refresh'] }}\n\
         extra_params.resource = {{ value = 'r', in = ['token'] }}\n\
         extra_params.client_id = {{ value = 'evil', in = ['device', 'token', 'refresh'] }}\n\
         extra_params.grant_type = {{ value = 'evil', in = ['token', 'refresh'] }}\n\
         extra_params.device_code = {{ value = 'evil', in = ['token'] }}\n",
        oauth2(&stub)
    ));
    sign_in(&client).await;
    let refresh = SecretString::from("marker-refresh");
    client.refresh(&refresh, None).await.unwrap();
    let own = |map: BTreeMap<&str, &str>| -> Vec<String> {
        let names = ["plain", "tenant", "late", "resource"];
        let own = names.iter().filter_map(|name| Some((name, map.get(name)?)));
        own.map(|(name, value)| format!("{name}={value}")).collect()
    };
    assert_eq!(own(stub.asked("/device")[0].map()), ["plain=p", "tenant=t"]);
    let asked = stub.asked("/token");
    assert_eq!(own(asked[0].map()), ["tenant=t", "resource=r"]);
    assert_eq!(own(asked[1].map()), ["tenant=t", "late=l"]);
    for asked in stub.asked("/device").iter().chain(&asked) {
        assert!(
            !asked.map().values().any(|value| *value == "evil"),
            "{asked:?}"
        );
    }
}
