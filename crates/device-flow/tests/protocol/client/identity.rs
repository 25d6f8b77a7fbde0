//! Who signed in: ID tokens, userinfo, and the keys that sign them.

use super::*;

#[tokio::test]
async fn userinfo_may_be_a_jwt_that_the_servers_key_has_signed() {
    let signer = Signer::es256();
    let jwt = |body: String| text(200, "application/jwt", &body);
    for (what, reply, name) in [
        (
            "signed",
            jwt(signer.sign("k1", &value!({"sub": "ada", "name": "Ada"}))),
            Some("Ada"),
        ),
        (
            "forged",
            jwt(Signer::es256().sign("k1", &value!({"sub": "ada", "name": "Eve"}))),
            None,
        ),
        (
            "of another",
            jwt(signer.sign("k1", &value!({"sub": "eve", "name": "Eve"}))),
            None,
        ),
        (
            "for another",
            jwt(signer.sign("k1", &value!({"sub": "ada", "name": "Ada", "aud": "phone"}))),
            None,
        ),
        ("encrypted", jwt("eyJ.a.b.c.d".to_owned()), None),
        (
            "unsigned",
            jwt("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.".to_owned()),
            None,
        ),
    ] {
        let stub = Stub::start().await;
        stub.on(OPENID, json(200, &document(&stub.base)))
            .on("/jwks", json(200, &value!({"keys": [signer.jwk("k1")]})))
            .on("/me", reply);
        let client = oidc(&stub, "");
        let id_token = signer.sign("k1", &claims(&stub.base));
        let identity = client.identity(&tokens(Some(id_token))).await.unwrap();
        assert_eq!(identity.subject, "ada", "{what}");
        assert_eq!(identity.name.as_deref(), name, "{what}");
    }
    // Where userinfo is all there is, a configuration with the keys is enough.
    let stub = Stub::start().await;
    stub.on("/jwks", json(200, &value!({"keys": [signer.jwk("k1")]})))
        .on(
            "/me",
            jwt(signer.sign(
                "k1",
                &value!({"sub": "ada", "name": "Ada", "iss": "https://x"}),
            )),
        );
    let more = format!(
        "userinfo_endpoint = '{0}/me'\njwks_uri = '{0}/jwks'",
        stub.base
    );
    let client = client(&format!("{}{more}", oauth2(&stub)));
    let identity = client.identity(&tokens(None)).await.unwrap();
    assert_eq!(
        (identity.subject.as_str(), identity.name.as_deref()),
        ("ada", Some("Ada"))
    );
}

#[tokio::test]
async fn an_identity_is_the_id_token_completed_by_userinfo() {
    let stub = Stub::start().await;
    let signer = Signer::es256();
    stub.on(OPENID, json(200, &document(&stub.base)))
        .on("/jwks", json(200, &value!({"keys": [signer.jwk("k1")]})))
        .on(
            "/me",
            json(
                200,
                &value!({"sub": "ada", "name": "Ada Lovelace", "email": "ada@id.example"}),
            ),
        );
    let client = oidc(&stub, "");
    let good = tokens(Some(signer.sign("k1", &claims(&stub.base))));
    let identity = client.identity(&good).await.unwrap();
    assert_eq!(identity.subject, "ada");
    assert_eq!(identity.name.as_deref(), Some("Ada Lovelace"));
    assert_eq!(identity.claims["https://acme.tv/plan"], "gold");
    assert_eq!(
        stub.asked("/me")[0].authorization.as_deref(),
        Some("Bearer marker-access")
    );

    for bad_day in [
        json(401, &value!({"error": "invalid_token"})),
        text(401, "", ""),
        text(500, "text/html", "<html>"),
        text(200, "application/jwt", "e30.e30.x"),
        json(200, &value!({"sub": "eve", "name": "Eve"})),
    ] {
        stub.forget("/me").on("/me", bad_day);
        let identity = client.identity(&good).await.unwrap();
        assert_eq!((identity.subject.as_str(), identity.name), ("ada", None));
    }
    assert_eq!(stub.asked("/jwks").len(), 1, "keys are kept");
    let forged = tokens(Some(Signer::es256().sign("k1", &claims(&stub.base))));
    assert!(matches!(
        client.identity(&forged).await,
        Err(Error::IdToken(_))
    ));
}

#[tokio::test]
async fn without_an_id_token_userinfo_says_who_it_is_or_nobody_does() {
    let stub = Stub::start().await;
    stub.on(OPENID, json(200, &document(&stub.base)))
        .on(
            "/me",
            json(200, &value!({"sub": "ada", "preferred_username": "ada"})),
        )
        .on("/me", json(401, &value!({"error": "invalid_token"})))
        .on("/me", text(503, "", ""));
    let client = oidc(&stub, "");
    let identity = client.identity(&tokens(None)).await.unwrap();
    assert_eq!(
        (identity.subject.as_str(), identity.name.as_deref()),
        ("ada", Some("ada"))
    );
    assert_eq!(client.identity(&tokens(None)).await.unwrap().subject, "");
    let unreachable = client.identity(&tokens(None)).await;
    assert!(matches!(
        unreachable,
        Err(Error::Network(NetworkError {
            failure: NetworkFailure::Unavailable,
            ..
        }))
    ));
    let plain = self::client(&oauth2(&stub))
        .identity(&tokens(Some("not looked at".to_owned())))
        .await;
    assert_eq!(plain.unwrap().subject, "");
    let no_openid = self::client(&format!(
        "preset = 'oidc'\nscopes = ['tv:read']\nissuer = '{}'",
        stub.base
    ));
    let before = stub.asked("/me").len();
    assert_eq!(no_openid.identity(&tokens(None)).await.unwrap().subject, "");
    assert_eq!(stub.asked("/me").len(), before);
}

/// A server whose key is `old`, with a client that has seen it, and the token it was seen in.
async fn signed_in(stub: &Stub, old: &Signer, kid: Option<&str>) -> Client {
    stub.on(OPENID, json(200, &document(&stub.base)))
        .on("/jwks", keys(old, kid));
    // Without the scope openid userinfo is not asked.
    let client = client(&format!(
        "preset = 'oidc'\nscopes = ['tv']\nissuer = '{}'",
        stub.base
    ));
    let token = signed(old, kid, stub);
    assert_eq!(client.identity(&token).await.unwrap().subject, "ada");
    client
}

fn keys(signer: &Signer, kid: Option<&str>) -> testing::scripted_server::Says {
    let jwk = signer.jwk(kid.unwrap_or_default());
    let jwk = if kid.is_some() {
        jwk
    } else {
        without(jwk, "kid")
    };
    json(200, &value!({"keys": [jwk]}))
}

fn signed(signer: &Signer, kid: Option<&str>, stub: &Stub) -> TokenSet {
    let header = value!({"alg": signer.algorithm(), "kid": kid.unwrap_or_default()});
    let header = if kid.is_some() {
        header
    } else {
        without(header, "kid")
    };
    tokens(Some(signer.sign_with(&header, &claims(&stub.base))))
}

#[tokio::test]
async fn a_key_that_has_changed_is_fetched_for_the_next_sign_in_under_whatever_name() {
    for (old_kid, new, new_kid) in [
        (Some("k1"), Signer::es256(), Some("k2")),
        (Some("k1"), Signer::es256(), Some("k1")),
        (Some("k1"), Signer::eddsa(), Some("k1")),
        (Some("k1"), Signer::es256(), None),
        (None, Signer::es256(), Some("k2")),
        (None, Signer::es256(), None),
    ] {
        let stub = Stub::start().await;
        let client = signed_in(&stub, &Signer::es256(), old_kid).await;
        for new in [new, Signer::es256()] {
            let before = stub.asked("/jwks").len();
            stub.forget("/jwks").on("/jwks", keys(&new, new_kid));
            let token = signed(&new, new_kid, &stub);
            let case = format!("{old_kid:?} {} {new_kid:?}", new.algorithm());
            // Two screens at once: the second takes what the first has fetched.
            let (one, two) = tokio::join!(client.identity(&token), client.identity(&token));
            assert_eq!(one.unwrap().subject, "ada", "{case}");
            assert_eq!(two.unwrap().subject, "ada", "{case}");
            assert_eq!(stub.asked("/jwks").len(), before + 1, "{case}");
        }
        assert_eq!(stub.asked(OPENID).len(), 3, "the keys may have moved");
    }
}

#[tokio::test]
async fn while_an_old_and_a_new_key_share_a_name_either_may_sign() {
    let stub = Stub::start().await;
    let (old, new) = (Signer::es256(), Signer::es256());
    let client = signed_in(&stub, &old, Some("k1")).await;
    let both = value!({"keys": [old.jwk("k1"), new.jwk("k1")]});
    stub.forget("/jwks").on("/jwks", json(200, &both));
    for signer in [&new, &old, &new] {
        let token = signed(signer, Some("k1"), &stub);
        assert_eq!(client.identity(&token).await.unwrap().subject, "ada");
    }
    assert_eq!(stub.asked("/jwks").len(), 2);
}

#[tokio::test]
async fn made_up_keys_cost_the_server_one_look_for_a_sign_in_and_one_a_minute_for_refreshes() {
    let stub = Stub::start().await;
    let old = Signer::es256();
    let client = signed_in(&stub, &old, Some("k1")).await;
    let forged = signed(&Signer::es256(), Some("k1"), &stub);
    let refused = |found| matches!(found, Err(Error::IdToken(_)));
    for looks in 2..4 {
        assert!(refused(client.identity(&forged).await.map(Some)));
        assert_eq!(stub.asked("/jwks").len(), looks);
    }
    for _ in 0..2 {
        assert!(refused(client.identity_after_refresh(&forged, "ada").await));
        assert_eq!(stub.asked("/jwks").len(), 3);
    }
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(61)).await;
    tokio::time::resume();
    for _ in 0..2 {
        assert!(refused(client.identity_after_refresh(&forged, "ada").await));
        assert_eq!(stub.asked("/jwks").len(), 4);
    }
    let good = signed(&old, Some("k1"), &stub);
    let still = client.identity_after_refresh(&good, "ada").await;
    assert!(still.unwrap().is_some());
    assert_eq!(stub.asked("/jwks").len(), 4);
}

#[tokio::test]
async fn keys_that_cannot_be_fetched_now_can_be_a_moment_later() {
    let stub = Stub::start().await;
    let (old, new) = (Signer::es256(), Signer::es256());
    let client = signed_in(&stub, &old, Some("k1")).await;
    let token = signed(&new, Some("k1"), &stub);
    stub.forget("/jwks")
        .on("/jwks", text(503, "", ""))
        .on("/jwks", keys(&new, Some("k1")));
    stub.forget(OPENID).on(OPENID, text(503, "", ""));
    let outage = client.identity(&token).await;
    assert!(matches!(outage, Err(Error::Network(_))), "{outage:?}");
    assert_eq!(client.identity(&token).await.unwrap().subject, "ada");
    let fresh = oidc(&stub, "");
    let outage = fresh.identity(&token).await;
    assert!(matches!(outage, Err(Error::Network(_))), "{outage:?}");
}

#[tokio::test]
async fn a_key_that_was_withdrawn_is_not_trusted_for_longer_than_a_day() {
    let stub = Stub::start().await;
    let (old, new) = (Signer::es256(), Signer::es256());
    let client = signed_in(&stub, &old, Some("k1")).await;
    stub.forget("/jwks").on("/jwks", keys(&new, Some("k2")));
    let token = signed(&old, Some("k1"), &stub);
    assert!(client.identity(&token).await.is_ok());
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(86_400)).await;
    tokio::time::resume();
    let refused = client.identity(&token).await;
    assert!(matches!(refused, Err(Error::IdToken(_))), "{refused:?}");
}

#[tokio::test]
async fn a_refresh_may_not_change_the_person() {
    let stub = Stub::start().await;
    let signer = Signer::eddsa();
    stub.on(OPENID, json(200, &document(&stub.base)))
        .on("/jwks", json(200, &value!({"keys": [signer.jwk("k1")]})));
    let client = oidc(&stub, "");
    let ada = tokens(Some(signer.sign("k1", &claims(&stub.base))));
    let same = client.identity_after_refresh(&ada, "ada").await.unwrap();
    assert_eq!(same.unwrap().subject, "ada");
    assert!(
        client
            .identity_after_refresh(&ada, "")
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        client
            .identity_after_refresh(&tokens(None), "ada")
            .await
            .unwrap()
            .is_none()
    );
    assert!(matches!(
        client.identity_after_refresh(&ada, "eve").await,
        Err(Error::IdToken(_))
    ));
    assert!(
        stub.asked("/me").is_empty(),
        "userinfo is rate limited: not once per refresh"
    );
}
