//! The demo as an authorization server from outside, over HTTP, as a box and a phone see it.

use std::fs;
use std::time::Duration;

use serde_json::Value;
use testing::demo::{DEVICE_CODE, json, quiet, start};
use vestibule_demo::Options;

const SCOPES: &str = "openid profile email offline_access read:library";

#[tokio::test(flavor = "multi_thread")]
async fn both_well_known_documents_say_the_same() {
    let server = start(quiet()).await;
    let openid = server.get("/.well-known/openid-configuration").await;
    assert_eq!(openid.status(), 200);
    assert!(
        openid
            .headers()
            .get("access-control-allow-origin")
            .is_none()
    );
    let openid = json(openid).await;
    let oauth = json(server.get("/.well-known/oauth-authorization-server").await).await;
    assert_eq!(openid, oauth);
    assert_eq!(openid["issuer"], server.issuer());
    for member in [
        "device_authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "revocation_endpoint",
        "jwks_uri",
    ] {
        let address = openid[member].as_str().unwrap();
        assert!(address.starts_with(server.issuer()), "{member}: {address}");
    }
    for member in [
        "response_types_supported",
        "subject_types_supported",
        "scopes_supported",
    ] {
        assert!(!openid[member].as_array().unwrap().is_empty(), "{member}");
    }
    let algorithms = &openid["id_token_signing_alg_values_supported"];
    assert_eq!(algorithms, &serde_json::json!(["RS256", "ES256"]));
    assert!(openid.get("dpop_signing_alg_values_supported").is_none());
    let grants = openid["grant_types_supported"].as_array().unwrap();
    assert!(grants.contains(&DEVICE_CODE.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_grant_ends_in_tokens_that_work() {
    let server = start(quiet()).await;
    let codes = server.codes(SCOPES).await;
    assert_eq!(codes["expires_in"], 900);
    assert_eq!(codes["interval"], 5);
    let user_code = codes["user_code"].as_str().unwrap();
    assert_eq!(
        codes["verification_uri"],
        format!("{}/activate", server.issuer())
    );
    assert_eq!(
        codes["verification_uri_complete"],
        format!("{}/activate?user_code={user_code}", server.issuer())
    );
    assert_eq!(
        server.poll(&codes).await,
        (400, "authorization_pending".into())
    );

    let done = server.decide(user_code, "ada", "allow").await;
    assert_eq!(done.status(), 303);
    assert_eq!(done.headers()["location"], "/activate/done?as=ada");
    let page = server
        .get("/activate/done?as=ada")
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("You can put your phone away; the screen moves on by itself."));

    let reply = server.exchange(&codes).await;
    assert_eq!(reply.status(), 200);
    assert_eq!(reply.headers()["cache-control"], "no-store");
    assert_eq!(reply.headers()["pragma"], "no-cache");
    let tokens = json(reply).await;
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 3600);
    assert_eq!(tokens["scope"], SCOPES);
    assert_eq!(
        server.poll(&codes).await,
        (400, "invalid_grant".into()),
        "spent"
    );

    let userinfo = json(server.call("GET", "/userinfo", &tokens).await).await;
    assert_eq!(userinfo["sub"], "demo|ada");
    assert_eq!(userinfo["name"], "Ada Lindholm");
    let picture = server
        .get_absolute(userinfo["picture"].as_str().unwrap())
        .await;
    assert_eq!(picture.headers()["content-type"], "image/png");
    let picture = image::load_from_memory(&picture.bytes().await.unwrap()).unwrap();
    assert_eq!(picture.width(), picture.height());
}

#[tokio::test(flavor = "multi_thread")]
async fn id_tokens_verify_against_the_published_key() {
    let server = start(quiet()).await;
    let tokens = server.sign_in(SCOPES, "mei").await;
    let jwks = json(server.get("/.well-known/jwks.json").await).await;
    let set: jsonwebtoken::jwk::JwkSet = serde_json::from_value(jwks).unwrap();
    let id_token = tokens["id_token"].as_str().unwrap();
    let header = jsonwebtoken::decode_header(id_token).unwrap();
    assert_eq!(header.typ.as_deref(), Some("JWT"));
    let key = set.find(header.kid.as_deref().unwrap()).unwrap();
    // What a client gets that registers no id_token_signed_response_alg.
    let mut rules = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256);
    rules.set_audience(&[server.client_id()]);
    rules.set_issuer(&[server.issuer()]);
    let key = jsonwebtoken::DecodingKey::from_jwk(key).unwrap();
    let claims = jsonwebtoken::decode::<Value>(id_token, &key, &rules)
        .unwrap()
        .claims;
    assert_eq!(claims["sub"], "demo|mei");
    assert_eq!(claims["given_name"], "Mei");
    assert_eq!(claims["email"], "mei@example.com");
    assert_eq!(claims["https://vestibule.example/plan"], "Family");
    assert!(claims["auth_time"].as_u64().unwrap() <= claims["iat"].as_u64().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_algorithm_that_is_listed_can_be_had() {
    let server = start(quiet()).await;
    let jwks = json(server.get("/.well-known/jwks.json").await).await;
    let set: jsonwebtoken::jwk::JwkSet = serde_json::from_value(jwks).unwrap();
    for (client, algorithm) in [
        ("vestibule-demo", jsonwebtoken::Algorithm::RS256),
        ("vestibule-demo-es256", jsonwebtoken::Algorithm::ES256),
    ] {
        let client_id = ("client_id", client);
        let scope = ("scope", "openid offline_access");
        let codes = json(server.post("/oauth/device/code", &[client_id, scope]).await).await;
        let user_code = codes["user_code"].as_str().unwrap();
        assert_eq!(server.decide(user_code, "mei", "allow").await.status(), 303);
        let device_code = ("device_code", codes["device_code"].as_str().unwrap());
        let grant = ("grant_type", DEVICE_CODE);
        let reply = server
            .post("/oauth/token", &[client_id, grant, device_code])
            .await;
        let tokens = json(reply).await;
        let refresh = ("refresh_token", tokens["refresh_token"].as_str().unwrap());
        let grant = ("grant_type", "refresh_token");
        let reply = server
            .post("/oauth/token", &[client_id, grant, refresh])
            .await;
        let refreshed = json(reply).await;
        for tokens in [tokens, refreshed] {
            let id_token = tokens["id_token"].as_str().unwrap();
            let header = jsonwebtoken::decode_header(id_token).unwrap();
            let key = set.find(header.kid.as_deref().unwrap()).unwrap();
            let mut rules = jsonwebtoken::Validation::new(algorithm);
            rules.set_audience(&[client]);
            let key = jsonwebtoken::DecodingKey::from_jwk(key).unwrap();
            let claims = jsonwebtoken::decode::<Value>(id_token, &key, &rules);
            assert_eq!(claims.unwrap().claims["sub"], "demo|mei");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_and_tokens_are_good_for_their_client_alone() {
    let server = start(quiet()).await;
    let other = ("client_id", "vestibule-demo-es256");
    let codes = server.codes(SCOPES).await;
    let user_code = codes["user_code"].as_str().unwrap();
    assert_eq!(server.decide(user_code, "ada", "allow").await.status(), 303);
    let device_code = ("device_code", codes["device_code"].as_str().unwrap());
    let grant = ("grant_type", DEVICE_CODE);
    let stolen = server
        .post("/oauth/token", &[other, grant, device_code])
        .await;
    assert_eq!(json(stolen).await["error"], "invalid_grant");
    let tokens = json(server.exchange(&codes).await).await;
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let grant = ("grant_type", "refresh_token");
    let stolen = server
        .post("/oauth/token", &[other, grant, ("refresh_token", refresh)])
        .await;
    assert_eq!(json(stolen).await["error"], "invalid_grant");
    for token in [refresh, tokens["access_token"].as_str().unwrap()] {
        let revoked = server
            .post("/oauth/revoke", &[other, ("token", token)])
            .await;
        assert_eq!(json(revoked).await["error"], "invalid_grant");
    }
    assert_eq!(server.call("GET", "/userinfo", &tokens).await.status(), 200);
    let refreshed = server.refresh(&tokens, None).await;
    assert_eq!(refreshed.status(), 200, "and the session goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_is_an_error_and_an_empty_one_none() {
    let server = start(quiet()).await;
    let code = "/oauth/device/code";
    let client = ("client_id", "vestibule-demo");
    let empty = ("client_secret", "");
    assert_eq!(server.post(code, &[client, empty]).await.status(), 200);
    let basic = |password: &'static str| {
        let request = server.request("POST", code);
        request.basic_auth("vestibule-demo", Some(password))
    };
    let reply = basic("").form(&[("scope", "openid")]).send().await.unwrap();
    assert_eq!(reply.status(), 200);
    let reply = basic("").form(&[client]).send().await.unwrap();
    assert_eq!(reply.status(), 200);
    let junk = ("token", "junk");
    let revoke = ("/oauth/revoke", vec![client, junk, ("client_secret", "x")]);
    let refresh = ("/oauth/token", vec![client, ("client_secret", "x")]);
    for (path, form) in [revoke, refresh] {
        let reply = server.post(path, &form).await;
        assert_eq!(reply.status(), 401, "{path}");
        assert!(reply.headers().contains_key("www-authenticate"));
        assert_eq!(json(reply).await["error"], "invalid_client");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_scope_is_an_error_where_nothing_else_is_asked_for() {
    let server = start(quiet()).await;
    let client = ("client_id", "vestibule-demo");
    let form = [client, ("scope", "nonsense")];
    let reply = server.post("/oauth/device/code", &form).await;
    assert_eq!(reply.status(), 400);
    assert_eq!(json(reply).await["error"], "invalid_scope");
    let tokens = server.sign_in("", "ada").await;
    assert_eq!(tokens["scope"], "read:library", "the default");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_site_uses_up_nothing() {
    let server = start(quiet()).await;
    let form = [("client_id", "vestibule-demo")];
    for (name, value) in [
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        for path in ["/oauth/device/code", "/oauth/token", "/oauth/revoke"] {
            let request = server.request("POST", path).header(name, value);
            let reply = request.form(&form).send().await.unwrap();
            assert_eq!(reply.status(), 403, "{path} {name}: {value}");
            assert!(!reply.headers().contains_key("access-control-allow-origin"));
        }
        let picture = server.request("GET", "/api/x?chaos=bomb");
        let picture = picture.header(name, value).send().await.unwrap();
        assert_eq!(picture.status(), 403, "{name}: {value}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_codes_leaves_the_code_on_the_screen() {
    let server = start(quiet()).await;
    let codes = server.codes("openid").await;
    assert_eq!(server.poll(&codes).await.1, "authorization_pending");
    for _ in 0..1010 {
        let _ = server.codes("openid").await;
    }
    let user_code = codes["user_code"].as_str().unwrap();
    assert_eq!(server.decide(user_code, "ada", "allow").await.status(), 303);
    assert_eq!(server.exchange(&codes).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn scopes_decide_what_is_handed_out() {
    let server = start(quiet()).await;
    let tokens = server.sign_in("email nonsense", "kofi").await;
    assert_eq!(tokens["scope"], "email", "unknown scopes are dropped");
    assert!(tokens.get("id_token").is_none());
    assert!(tokens.get("refresh_token").is_none());
    let userinfo = server.call("GET", "/userinfo", &tokens).await;
    assert_eq!(userinfo.status(), 403);
    let challenge = userinfo.headers()["www-authenticate"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(challenge.contains("insufficient_scope"), "{challenge}");
    let api = server.call("GET", "/api/library/new", &tokens).await;
    assert_eq!(api.status(), 403);

    let tokens = server.sign_in("openid", "kofi").await;
    let userinfo = json(server.call("GET", "/userinfo", &tokens).await).await;
    assert_eq!(userinfo, serde_json::json!({ "sub": "demo|kofi" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_code_is_denied_and_stays_so() {
    let server = start(quiet()).await;
    let codes = server.codes(SCOPES).await;
    let user_code = codes["user_code"].as_str().unwrap();
    let declined = server.decide(user_code, "", "decline").await;
    assert_eq!(declined.headers()["location"], "/activate/declined");
    assert_eq!(server.poll(&codes).await, (400, "access_denied".into()));
    let page = server
        .get(&format!("/activate?user_code={user_code}"))
        .await;
    assert_eq!(page.status(), 410, "a decision is final");
    assert_eq!(server.poll(&codes).await, (400, "access_denied".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn polling_early_is_slowed_down() {
    let server = start(quiet()).await;
    let codes = server.codes("openid").await;
    assert_eq!(server.poll(&codes).await.1, "authorization_pending");
    let reply = server.exchange(&codes).await;
    assert_eq!(reply.status(), 400);
    let body = json(reply).await;
    assert_eq!(body["error"], "slow_down");
    assert!(
        body.get("interval").is_none(),
        "the client adds five seconds by itself"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_code_is_expired_for_screen_and_phone() {
    let options = Options {
        code_lifetime: Duration::ZERO,
        ..quiet()
    };
    let server = start(options).await;
    let codes = server.codes("openid").await;
    assert_eq!(server.poll(&codes).await, (400, "expired_token".into()));
    let user_code = codes["user_code"].as_str().unwrap();
    let page = server
        .get(&format!("/activate?user_code={user_code}"))
        .await;
    assert_eq!(page.status(), 410);
    assert!(page.text().await.unwrap().contains("This code has expired"));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_requests_get_the_errors_of_rfc_6749() {
    let server = start(quiet()).await;
    let client = ("client_id", server.client_id());
    let device = ("grant_type", DEVICE_CODE);
    let refresh = ("grant_type", "refresh_token");
    let (code, token) = ("/oauth/device/code", "/oauth/token");
    let junk = ("refresh_token", "junk");
    for (path, form, expected) in [
        (code, vec![], "invalid_request"),
        (code, vec![("client_id", "")], "invalid_request"),
        (code, vec![("client_id", "stranger")], "invalid_client"),
        (code, vec![client, client], "invalid_request"),
        (
            code,
            vec![client, ("scope", "a"), ("scope", "b")],
            "invalid_request",
        ),
        (token, vec![client], "invalid_request"),
        (
            token,
            vec![client, ("grant_type", "password")],
            "unsupported_grant_type",
        ),
        (token, vec![client, device], "invalid_request"),
        (
            token,
            vec![client, device, ("device_code", "junk")],
            "invalid_grant",
        ),
        (
            token,
            vec![("client_id", "stranger"), device],
            "invalid_client",
        ),
        (token, vec![client, refresh], "invalid_request"),
        (token, vec![client, refresh, junk], "invalid_grant"),
        ("/oauth/revoke", vec![client], "invalid_request"),
        (
            "/oauth/revoke",
            vec![("client_id", "stranger"), ("token", "x")],
            "invalid_client",
        ),
    ] {
        let reply = server.post(path, &form).await;
        assert_eq!(reply.status(), 400, "{path} {form:?}");
        assert_eq!(reply.headers()["cache-control"], "no-store");
        assert_eq!(json(reply).await["error"], expected, "{path} {form:?}");
    }

    let secret = server
        .request("POST", token)
        .basic_auth("vestibule-demo", Some("x"));
    let reply = secret.form(&[client, device]).send().await.unwrap();
    assert_eq!(reply.status(), 401);
    assert!(reply.headers().contains_key("www-authenticate"));
    assert_eq!(json(reply).await["error"], "invalid_client");

    let as_json = server
        .request("POST", token)
        .json(&serde_json::json!({ "client_id": "x" }));
    assert_eq!(
        json(as_json.send().await.unwrap()).await["error"],
        "invalid_request"
    );
    assert_eq!(server.get(token).await.status(), 405);
    let huge = "x".repeat(65 * 1024);
    assert_eq!(server.post(token, &[("a", &huge)]).await.status(), 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn refresh_rotates_and_forgives_within_the_leeway() {
    let options = Options {
        rotation_leeway: Duration::from_secs(3600),
        ..quiet()
    };
    let server = start(options).await;
    let first = server.sign_in(SCOPES, "ada").await;
    let second = json(server.refresh(&first, None).await).await;
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    assert!(second["id_token"].is_string());
    let again = json(server.refresh(&first, None).await).await;
    assert_eq!(again["refresh_token"], second["refresh_token"]);
    assert_eq!(again["access_token"], second["access_token"]);

    let narrow = json(server.refresh(&second, Some("openid")).await).await;
    assert_eq!(narrow["scope"], "openid");
    let wider = server.refresh(&narrow, Some("openid admin")).await;
    assert_eq!(wider.status(), 400);
    assert_eq!(json(wider).await["error"], "invalid_scope");
    let full = json(server.refresh(&narrow, None).await).await;
    assert_eq!(full["scope"], SCOPES);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spent_refresh_token_ends_the_session() {
    let options = Options {
        rotation_leeway: Duration::ZERO,
        ..quiet()
    };
    let server = start(options).await;
    let first = server.sign_in(SCOPES, "ada").await;
    let second = json(server.refresh(&first, None).await).await;
    let reuse = server.refresh(&first, None).await;
    assert_eq!(reuse.status(), 400);
    assert_eq!(json(reuse).await["error"], "invalid_grant");
    assert_eq!(
        json(server.refresh(&second, None).await).await["error"],
        "invalid_grant"
    );
    let api = server.call("GET", "/api/library/new", &second).await;
    assert_eq!(api.status(), 401, "access tokens end with the session");
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_at_the_same_moment_get_one_session_and_one_successor() {
    let server = start(quiet()).await;
    let codes = server.codes(SCOPES).await;
    let user_code = codes["user_code"].as_str().unwrap();
    assert_eq!(server.decide(user_code, "ada", "allow").await.status(), 303);
    let polls = futures::future::join_all((0..8).map(|_| server.exchange(&codes))).await;
    let (mut sessions, mut spent) = (Vec::new(), 0);
    for reply in polls {
        match reply.status().as_u16() {
            200 => sessions.push(json(reply).await),
            _ => spent += usize::from(json(reply).await["error"] == "invalid_grant"),
        }
    }
    assert_eq!((sessions.len(), spent), (1, 7));

    let refreshes = (0..8).map(|_| server.refresh(&sessions[0], None));
    let mut successors = std::collections::BTreeSet::new();
    for reply in futures::future::join_all(refreshes).await {
        let tokens = json(reply).await;
        let _ = successors.insert(tokens["refresh_token"].as_str().unwrap().to_owned());
    }
    assert_eq!(successors.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn revoking_the_refresh_token_ends_everything() {
    let server = start(quiet()).await;
    let tokens = server.sign_in(SCOPES, "ada").await;
    assert_eq!(server.revoke("unheard-of").await.status(), 200);
    let refresh = tokens["refresh_token"].as_str().unwrap();
    assert_eq!(server.revoke(refresh).await.status(), 200);
    assert_eq!(server.call("GET", "/userinfo", &tokens).await.status(), 401);
    assert_eq!(
        json(server.refresh(&tokens, None).await).await["error"],
        "invalid_grant"
    );
    assert_eq!(server.revoke(refresh).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restarted_server_knows_its_device_and_a_fresh_one_does_not() {
    let options = quiet();
    let server = start(options.clone()).await;
    let tokens = server.sign_in(SCOPES, "rafael").await;
    let jwks = json(server.get("/.well-known/jwks.json").await).await;
    let tokens = json(server.refresh(&tokens, None).await).await;
    server.stop().await;

    let grants = fs::read_to_string(options.data_dir.join("grants.json")).unwrap();
    for member in ["access_token", "refresh_token"] {
        assert!(
            !grants.contains(tokens[member].as_str().unwrap()),
            "only hashes"
        );
    }

    let server = start(options.clone()).await;
    assert_eq!(json(server.get("/.well-known/jwks.json").await).await, jwks);
    assert_eq!(server.call("GET", "/userinfo", &tokens).await.status(), 200);
    let tokens = json(server.refresh(&tokens, None).await).await;
    assert!(tokens["access_token"].is_string());
    server.stop().await;

    let fresh = Options {
        fresh: true,
        ..options
    };
    let server = start(fresh).await;
    assert_ne!(json(server.get("/.well-known/jwks.json").await).await, jwks);
    assert_eq!(server.call("GET", "/userinfo", &tokens).await.status(), 401);
    assert_eq!(
        json(server.refresh(&tokens, None).await).await["error"],
        "invalid_grant"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_written_is_not_handed_out() {
    let options = quiet();
    let server = start(options.clone()).await;
    let codes = server.codes(SCOPES).await;
    let code = codes["user_code"].as_str().unwrap();
    assert_eq!(server.decide(code, "ada", "allow").await.status(), 303);
    // Root writes everywhere, so the directory itself goes away for a moment.
    let elsewhere = options.data_dir.with_extension("elsewhere");
    fs::rename(&options.data_dir, &elsewhere).unwrap();
    let reply = server.exchange(&codes).await;
    assert_eq!(reply.status(), 500);
    assert_eq!(json(reply).await["error"], "server_error");
    fs::rename(&elsewhere, &options.data_dir).unwrap();
    assert_eq!(
        server.exchange(&codes).await.status(),
        200,
        "the code was not lost"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_on_the_port_says_which_address() {
    let server = start(quiet()).await;
    let port = server.issuer().rsplit(':').next().unwrap().parse().unwrap();
    let second = vestibule_demo::start(Options { port, ..quiet() }).await;
    let error = second.err().unwrap();
    assert!(matches!(error, vestibule_demo::Error::Listen { .. }));
    assert!(error.to_string().contains(&port.to_string()), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_codes_nor_tokens_reach_the_log() {
    let log = testing::demo::log();
    let server = start(quiet()).await;
    let codes = server.codes(SCOPES).await;
    assert_eq!(server.poll(&codes).await.1, "authorization_pending");
    let user_code = codes["user_code"].as_str().unwrap();
    assert_eq!(server.decide(user_code, "ada", "allow").await.status(), 303);
    let tokens = json(server.exchange(&codes).await).await;
    let refreshed = json(server.refresh(&tokens, None).await).await;
    let _ = server.call("GET", "/userinfo", &refreshed).await;
    let _ = server.get(&format!("/{user_code}")).await;
    server.stop().await;

    let text = log.text();
    assert!(
        text.contains("gap_ms="),
        "polls are logged with their pace: {text}"
    );
    assert!(text.contains("path=\"/oauth/token\""), "{text}");
    for secret in [
        codes["device_code"].as_str(),
        Some(user_code),
        tokens["access_token"].as_str(),
        tokens["refresh_token"].as_str(),
        refreshed["access_token"].as_str(),
        refreshed["refresh_token"].as_str(),
        tokens["id_token"].as_str(),
    ] {
        assert!(!text.contains(secret.unwrap()));
    }
}
