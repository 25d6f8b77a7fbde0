use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};

use reqwest::header;

use super::super::{authorization, explain, nonce_wanted};
use super::*;
use crate::secret::reveal;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

/// Header and claims of a proof whose signature its own key has made.
fn opened(proof: &HeaderValue) -> (Value, Value) {
    let jwt = proof.to_str().unwrap();
    let header: Value = serde_json::from_slice(
        &URL_SAFE_NO_PAD
            .decode(jwt.split('.').next().unwrap())
            .unwrap(),
    )
    .unwrap();
    let key: Jwk = serde_json::from_value(header["jwk"].clone()).unwrap();
    let mut validation = Validation::new(Algorithm::ES256);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    let key = DecodingKey::from_jwk(&key).unwrap();
    let claims = jsonwebtoken::decode::<Value>(jwt, &key, &validation).unwrap();
    (header, claims.claims)
}

fn proof(key: &Key, token: Option<&str>, nonce: Option<&str>) -> (Value, Value) {
    let token = token.map(SecretString::from);
    let address = url("https://id.example/token?a=b#c");
    let (name, value) = key
        .prove(Role::Authorization, "POST", &address, token.as_ref(), nonce)
        .unwrap();
    assert_eq!(name, "DPoP");
    opened(&value)
}

#[test]
fn thumbprints_and_token_hashes_are_those_of_the_standards() {
    // RFC 7638 section 3.1.
    let rsa = concat!(
        r#"{"e":"AQAB","kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86z"#,
        "wu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4",
        "QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-",
        r#"bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}"#
    );
    assert_eq!(
        hashed(rsa.as_bytes()),
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    );
    // RFC 9449 sections 4.2 and 6.1.
    let point = Point {
        x: "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs".to_owned(),
        y: "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA".to_owned(),
    };
    assert_eq!(
        hashed(point.canonical().as_bytes()),
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
    );
    // RFC 9449 section 7.1.
    assert_eq!(
        hashed(b"Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"),
        "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"
    );
}

#[test]
fn a_proof_says_what_section_4_2_asks_for_and_is_signed() {
    let key = Key::generate().unwrap();
    let before = key.now();
    let (header, claims) = proof(&key, None, None);
    assert_eq!(header["typ"], "dpop+jwt");
    assert_eq!(header["alg"], "ES256");
    let mut members: Vec<_> = header["jwk"].as_object().unwrap().keys().collect();
    members.sort();
    assert_eq!(members, ["crv", "kty", "x", "y"], "the public half alone");
    assert_eq!(claims["htm"], "POST");
    assert_eq!(claims["htu"], "https://id.example/token");
    assert!((before..=key.now()).contains(&claims["iat"].as_u64().unwrap()));
    let id = claims["jti"].as_str().unwrap();
    assert_eq!(URL_SAFE_NO_PAD.decode(id).unwrap().len(), 16);
    let mut names: Vec<_> = claims.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["htm", "htu", "iat", "jti"]);
    assert_ne!(proof(&key, None, None).1["jti"], claims["jti"]);
}

#[tokio::test]
async fn the_time_in_a_proof_is_the_servers_once_it_has_told_it() {
    let key = Key::generate().unwrap();
    let clock = Arc::new(ServerClock::new(UNIX_EPOCH));
    let local = key.now();
    key.follow(&clock);
    assert!((local..local + 60).contains(&key.now()), "nothing told yet");
    let date = SystemTime::now() + std::time::Duration::from_secs(7200);
    clock.heard(Some(date));
    let iat = proof(&key, None, None).1["iat"].as_u64().unwrap();
    assert!((local + 7199..local + 7260).contains(&iat), "{iat} {local}");
}

#[test]
fn a_proof_names_the_token_and_the_nonce_it_goes_with() {
    let key = Key::generate().unwrap();
    let (_, claims) = proof(
        &key,
        Some("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"),
        Some("n-1"),
    );
    assert_eq!(claims["ath"], "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");
    assert_eq!(claims["nonce"], "n-1");
}

#[test]
fn the_last_nonce_heard_is_used_until_another_is_asked_for() {
    let key = Key::generate().unwrap();
    let token = url("https://id.example/token");
    let mut headers = HeaderMap::new();
    let _ = headers.insert("DPoP-Nonce", HeaderValue::from_static("n-1"));
    assert_eq!(
        key.heard(Role::Authorization, &token, (200, &headers), None),
        None
    );
    assert_eq!(proof(&key, None, None).1["nonce"], "n-1");
    assert_eq!(proof(&key, None, Some("n-2")).1["nonce"], "n-2");
    let asked = key.heard(Role::Authorization, &token, (400, &headers), None);
    assert_eq!(asked.as_deref(), Some("n-1"));
    let me = url("https://id.example/me");
    assert_eq!(nonce_wanted(Some(&key), &me, (401, &headers), None), None);
    assert_eq!(nonce_wanted(None, &me, (401, &headers), None), None);
}

#[test]
fn an_apis_nonce_is_shared_once_it_has_served() {
    let key = Key::generate().unwrap();
    let api = url("https://api.example/");
    let remembered = || key.nonces().of(Role::Resource, &api);
    let mut refusal = HeaderMap::new();
    let _ = refusal.insert("DPoP-Nonce", HeaderValue::from_static("n-1"));
    let _ = refusal.insert(
        header::WWW_AUTHENTICATE,
        HeaderValue::from_static("DPoP error=\"use_dpop_nonce\""),
    );
    let wanted = nonce_wanted(Some(&key), &api, (401, &refusal), None);
    assert_eq!(wanted.as_deref(), Some("n-1"));
    assert_eq!(remembered(), None);
    let done = HeaderMap::new();
    assert_eq!(
        nonce_wanted(Some(&key), &api, (200, &done), wanted.as_deref()),
        None
    );
    assert_eq!(remembered().as_deref(), Some("n-1"));
    let _ = refusal.remove(header::WWW_AUTHENTICATE);
    assert_eq!(nonce_wanted(Some(&key), &api, (200, &refusal), None), None);
    assert_eq!(remembered().as_deref(), Some("n-1"));
}

#[test]
fn a_key_survives_the_way_to_disk_and_back() {
    let key = Key::generate().unwrap();
    let back = Key::restore(key.pkcs8()).unwrap();
    assert_eq!(back.thumbprint(), key.thumbprint());
    assert_eq!(
        proof(&back, None, None).0["jwk"],
        proof(&key, None, None).0["jwk"]
    );
    assert_ne!(Key::generate().unwrap().thumbprint(), key.thumbprint());
    for broken in ["", "AAAA", "no base64!", &reveal(key.pkcs8())[4..]] {
        assert!(Key::restore(&SecretString::from(broken)).is_err());
    }
}

#[test]
fn debug_shows_no_private_key() {
    let key = Key::generate().unwrap();
    let text = format!("{key:?}");
    assert!(text.contains(key.thumbprint()));
    assert!(!text.contains(reveal(key.pkcs8())));
}

#[test]
fn only_bound_tokens_come_with_a_proof() {
    let key = Key::generate().unwrap();
    let token = SecretString::from("marker");
    let address = url("https://api.example/list");
    let present =
        |kind: &str, key| authorization(kind, &token, key, ("GET", &address), None).unwrap();
    let bound = present("DPoP", Some(&key));
    assert_eq!(bound[header::AUTHORIZATION], "DPoP marker");
    assert!(bound[header::AUTHORIZATION].is_sensitive());
    let (_, claims) = opened(&bound[DPOP]);
    assert_eq!(claims["htm"], "GET");
    assert_eq!(claims["ath"], json!(hashed(b"marker")));
    let bearer = present("Bearer", Some(&key));
    assert_eq!(bearer[header::AUTHORIZATION], "Bearer marker");
    assert!(!bearer.contains_key(DPOP));
    assert!(!present("DPoP", None).contains_key(DPOP));
    let odd = SecretString::from("a\nb");
    assert!(authorization("Bearer", &odd, None, ("GET", &address), None).is_err());
}

#[test]
fn refusals_of_proofs_are_put_into_words_and_end_nothing() {
    let said = |code: &str| Error::OAuth {
        status: 400,
        code: code.to_owned(),
        description: Some("iat is off".to_owned()),
    };
    let clock = explain(said("invalid_dpop_proof"), true);
    assert!(clock.is_clock());
    assert!(clock.to_string().contains("clock") && clock.to_string().contains("iat is off"));
    assert!(matches!(
        explain(said("use_dpop_nonce"), true),
        Error::Network(_)
    ));
    for code in ["use_dpop_nonce", "invalid_dpop_proof"] {
        let error = explain(said(code), false);
        assert!(matches!(&error, Error::Misconfigured(words) if words.contains("provider.dpop")));
    }
    assert_eq!(explain(said("invalid_grant"), true), said("invalid_grant"));
}
