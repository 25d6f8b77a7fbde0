//! Where the endpoints are found, and what a document of them may say.

use super::*;

#[tokio::test]
async fn documents_are_found_at_every_place_and_looked_up_once() {
    for (path, at) in [
        ("", OPENID.to_owned()),
        ("", RFC8414.to_owned()),
        ("/o", format!("/o{OPENID}")),
        ("/api/oidc", format!("{RFC8414}/api/oidc")),
        ("/api/auth", format!("/api/auth{RFC8414}")),
    ] {
        let stub = Stub::start().await;
        let issuer = format!("{}{path}", stub.base);
        stub.on(&at, json(200, &document(&issuer)));
        stub.on(&format!("{path}/token"), json(200, &granted()));
        let client = oidc(&stub, path);
        for _ in 0..2 {
            let _ = client
                .refresh(&SecretString::from("r"), None)
                .await
                .unwrap();
        }
        assert_eq!(stub.asked(&at).len(), 1, "{at}");
        assert_eq!(client.issuer(), issuer);
    }
}

#[tokio::test]
async fn no_document_names_every_address_that_was_tried() {
    let stub = Stub::start().await;
    stub.on(OPENID, text(200, "text/html", "<html>marker</html>"));
    let failure = failure(&oidc(&stub, "")).await;
    assert_eq!(failure.reason, Reason::Rejected);
    for part in [OPENID, RFC8414, "HTML", "404"] {
        assert!(
            failure.detail.contains(part),
            "{part} in {}",
            failure.detail
        );
    }
    assert!(!failure.detail.contains("marker"));
}

#[tokio::test]
async fn a_document_of_somebody_else_or_without_the_grant_is_refused_in_words() {
    let stub = Stub::start().await;
    stub.on(OPENID, json(200, &document("https://evil.example")));
    let other = failure(&oidc(&stub, "")).await;
    assert!(
        other.detail.contains("evil.example")
            && other.detail.contains("the issuer must be the same")
    );
    stub.forget(OPENID)
        .on(
            OPENID,
            json(
                200,
                &without(document(&stub.base), "device_authorization_endpoint"),
            ),
        )
        .on("/device", json(200, &code()))
        .on("/token", json(400, &value!({"error": "access_denied"})));
    let off = failure(&oidc(&stub, "")).await;
    assert_eq!(off.reason, Reason::Rejected);
    assert!(
        off.detail
            .contains("names no device_authorization_endpoint")
    );
    let own = client(&format!(
        "preset = 'oidc'\nissuer = '{0}'\ndevice_authorization_endpoint = '{0}/device'",
        stub.base
    ));
    assert_eq!(failure(&own).await.reason, Reason::Denied);
}

#[tokio::test]
async fn one_good_document_is_enough_whatever_stands_at_the_other_places() {
    let lacking = |stub: &Stub| without(document(&stub.base), "device_authorization_endpoint");
    for other in [
        text(500, "", ""),
        text(404, "text/html", "<html>"),
        json(200, &document("https://evil.example")),
        text(302, "", "").with("location", "https://elsewhere.example/"),
    ] {
        for lacks_it in [true, false] {
            let stub = Stub::start().await;
            let first = match lacks_it {
                true => lacking(&stub),
                false => document(&stub.base),
            };
            stub.on(OPENID, json(200, &first))
                .on(RFC8414, other.clone())
                .on("/device", json(200, &code()))
                .on("/token", json(400, &value!({"error": "access_denied"})));
            let own = client(&format!(
                "preset = 'oidc'\nissuer = '{0}'\ndevice_authorization_endpoint = '{0}/device'",
                stub.base
            ));
            assert_eq!(failure(&own).await.reason, Reason::Denied, "{other:?}");
            let looked = stub.asked(RFC8414).len();
            assert_eq!(looked, 0, "the configuration has what is missing");
        }
    }
    // And the other way round: the first place is the one that fails.
    for first in [text(500, "", ""), text(404, "text/html", "<html>")] {
        let stub = Stub::start().await;
        stub.on(OPENID, first)
            .on(RFC8414, json(200, &document(&stub.base)))
            .on("/device", json(200, &code()))
            .on("/token", json(400, &value!({"error": "access_denied"})));
        assert_eq!(failure(&oidc(&stub, "")).await.reason, Reason::Denied);
    }
    // Where the first lacks what nobody else names, what is wrong with the second is not what is said.
    let stub = Stub::start().await;
    stub.on(OPENID, json(200, &lacking(&stub)))
        .on(RFC8414, json(200, &document("https://evil.example")));
    let off = failure(&oidc(&stub, "")).await;
    assert!(
        off.detail.contains("device_authorization_endpoint"),
        "{off:?}"
    );
}

#[tokio::test]
async fn a_document_may_have_moved_within_its_server_and_no_further() {
    let stub = Stub::start().await;
    stub.on(OPENID, text(301, "", "").with("location", "/moved"))
        .on("/moved", text(307, "", "").with("location", "there"))
        .on("/there", json(200, &document(&stub.base)))
        .on("/device", json(200, &code()))
        .on("/token", json(400, &value!({"error": "access_denied"})));
    assert_eq!(failure(&oidc(&stub, "")).await.reason, Reason::Denied);
    let other = Stub::start().await;
    for away in [format!("{}/moved", other.base), OPENID.to_owned()] {
        let stub = Stub::start().await;
        stub.on(OPENID, text(301, "", "").with("location", &away));
        assert_eq!(failure(&oidc(&stub, "")).await.reason, Reason::Rejected);
        assert!(stub.asked(OPENID).len() < 6, "round and round");
    }
    assert!(other.paths().is_empty());
}

#[tokio::test]
async fn the_configurations_endpoints_serve_while_discovery_does_not() {
    let signer = Signer::es256();
    let stub = Stub::start().await;
    let mut reply = granted();
    reply["id_token"] = signer.sign("k", &claims(&stub.base)).into();
    stub.on(OPENID, text(503, "", ""))
        .on("/device", json(200, &code()))
        .on("/token", json(200, &reply))
        .on("/jwks", json(200, &value!({"keys": [signer.jwk("k")]})));
    let own = client(&format!(
        "preset = 'oidc'\nissuer = '{0}'\ndevice_authorization_endpoint = '{0}/device'\ntoken_endpoint = '{0}/token'",
        stub.base
    ));
    let Ok(tokens) = run(&own).await.1 else {
        panic!("no tokens");
    };
    let held = tokens.refresh_token.as_ref().unwrap();
    let _ = own.refresh(held, None).await.unwrap();
    // What it takes to check who it is can only be looked up: that has to wait, and is not given up.
    let unknown = own.identity(&tokens).await.unwrap_err();
    assert!(matches!(unknown, Error::Network(_)), "{unknown:?}");
    let limit = Duration::from_secs(5);
    let revoked = own.revoke(Some(held), None, limit).await;
    assert!(
        matches!(revoked, Revocation::Failed(Error::Network(_))),
        "{revoked:?}"
    );
    stub.forget(OPENID)
        .on(OPENID, json(200, &document(&stub.base)));
    assert_eq!(own.identity(&tokens).await.unwrap().subject, "ada");
}

#[tokio::test]
async fn a_document_without_the_grant_is_not_believed_for_long() {
    let stub = Stub::start().await;
    stub.on(
        OPENID,
        json(
            200,
            &without(document(&stub.base), "device_authorization_endpoint"),
        ),
    );
    let client = oidc(&stub, "");
    assert_eq!(failure(&client).await.reason, Reason::Rejected);
    stub.forget(OPENID)
        .on(OPENID, json(200, &document(&stub.base)))
        .on("/device", json(200, &code()))
        .on("/token", json(400, &value!({"error": "access_denied"})));
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(60)).await;
    tokio::time::resume();
    assert_eq!(failure(&client).await.reason, Reason::Denied);
}
