use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::jwks::{Jwks, NoKey};

use testing::signer::Signer;

const NOW: u64 = 1_800_000_000;

fn expected() -> Expected<'static> {
    Expected {
        issuer: "https://id.example/",
        client_id: "tv",
        now: UNIX_EPOCH + Duration::from_secs(NOW),
    }
}

fn claims() -> Value {
    json!({"iss": "https://id.example/", "aud": "tv", "sub": "ada", "iat": NOW - 1, "exp": NOW + 3600})
}

fn with(name: &str, value: Value) -> Map<String, Value> {
    let mut claims = claims();
    claims[name] = value;
    claims.as_object().unwrap().clone()
}

fn keys(keys: &[Value]) -> Jwks {
    Jwks::parse(json!({"keys": keys}).as_object().unwrap()).unwrap()
}

fn verify(token: &str, keys: &Jwks) -> Result<Map<String, Value>, Error> {
    parse(token)?.verify(keys, expected())
}

#[test]
fn tokens_of_every_kind_of_key_that_was_seen_are_believed() {
    for signer in [
        Signer::rs256(),
        Signer::es256(),
        Signer::es512(),
        Signer::eddsa(),
    ] {
        let keys = keys(&[json!({"kty": "unheard-of"}), json!(1), signer.jwk("k1")]);
        let found = verify(&signer.sign("k1", &claims()), &keys).unwrap();
        assert_eq!(found["sub"], "ada", "{}", signer.algorithm());
        let forged = signer
            .sign("k1", &claims())
            .replacen('.', ".eyJzdWIiOiJldmUifQ", 1);
        assert!(verify(&forged, &keys).is_err());
        let other = Signer::es256();
        assert!(verify(&other.sign("k1", &claims()), &keys).is_err());
    }
}

#[test]
fn the_newer_name_of_eddsa_is_known() {
    let signer = Signer::eddsa();
    let mut jwk = signer.jwk("k1");
    jwk["alg"] = json!("Ed25519");
    let token = signer.sign_with(&json!({"alg": "Ed25519", "kid": "k1"}), &claims());
    assert!(verify(&token, &keys(&[jwk])).is_ok());
}

#[test]
fn algorithms_anybody_could_sign_with_are_never_accepted() {
    let signer = Signer::es256();
    for algorithm in [
        "none", "None", "HS256", "HS384", "HS512", "ES256K", "", "RSA-OAEP",
    ] {
        let token = signer.sign_with(&json!({"alg": algorithm, "kid": "k1"}), &claims());
        assert!(parse(&token).is_err(), "{algorithm}");
    }
    let unsigned = signer.sign_with(&json!({"alg": "none"}), &claims());
    let unsigned = unsigned.rsplit_once('.').unwrap().0.to_owned() + ".";
    assert!(parse(&unsigned).is_err());
    let critical = signer.sign_with(
        &json!({"alg": "ES256", "crit": ["b64"], "b64": false}),
        &claims(),
    );
    assert!(parse(&critical).is_err());
}

#[test]
fn es512_is_believed_of_keys_on_its_curve_alone() {
    let signer = Signer::es512();
    let token = signer.sign("k1", &claims());
    let mut plain = signer.jwk("k1");
    let _ = plain.as_object_mut().unwrap().remove("alg");
    assert!(verify(&token, &keys(&[plain.clone()])).is_ok());
    for (member, value) in [
        ("crv", json!("P-256")),
        ("use", json!("enc")),
        ("alg", json!("ES256")),
        ("x", json!("AAAA")),
        ("y", json!("not base64!")),
        ("x", json!("A".repeat(200))),
    ] {
        let mut unfit = plain.clone();
        unfit[member] = value;
        assert!(verify(&token, &keys(&[unfit])).is_err(), "{member}");
    }
    assert!(verify(&token, &keys(&[Signer::es512().jwk("k1")])).is_err());
    let cut = token.rsplit_once('.').unwrap().0;
    for signature in ["", "AAAA", "not base64!"] {
        assert!(verify(&format!("{cut}.{signature}"), &keys(&[plain.clone()])).is_err());
    }
}

#[test]
fn without_a_name_every_key_of_the_right_kind_is_tried() {
    let signers = [Signer::es256(), Signer::es256(), Signer::es256()];
    let rsa = Signer::rs256();
    let mut published = vec![rsa.jwk("r")];
    published.extend(
        signers
            .iter()
            .zip(["1", "2", "3"])
            .map(|(signer, kid)| signer.jwk(kid)),
    );
    let published = keys(&published);
    for signer in &signers {
        let token = signer.sign_with(&json!({"alg": "ES256"}), &claims());
        assert!(verify(&token, &published).is_ok());
        // A name that is given counts.
        let named = signer.sign_with(&json!({"alg": "ES256", "kid": "9"}), &claims());
        assert!(verify(&named, &published).is_err());
    }
    let stranger = Signer::es256().sign_with(&json!({"alg": "ES256"}), &claims());
    let refusal = verify(&stranger, &published).unwrap_err().to_string();
    assert!(refusal.contains("signature"), "{refusal}");
}

#[test]
fn a_key_is_chosen_by_name_else_among_those_without_one() {
    let es256 = Algorithm::named("ES256").unwrap();
    let (one, two) = (Signer::es256(), Signer::es256());
    let choose = |keys: &Jwks, kid: Option<&str>| keys.choose(kid, es256).map(|keys| keys.len());
    let both = keys(&[one.jwk("1"), two.jwk("2")]);
    assert_eq!(choose(&both, Some("2")), Ok(1));
    assert_eq!(choose(&both, Some("3")), Err(NoKey::Unknown));
    assert_eq!(choose(&both, None), Ok(2));
    let mut nameless = one.jwk("1");
    let _ = nameless.as_object_mut().unwrap().remove("kid");
    assert_eq!(choose(&keys(&[nameless.clone()]), Some("3")), Ok(1));
    assert_eq!(
        choose(&keys(&[nameless.clone(), two.jwk("2")]), Some("3")),
        Ok(1)
    );
    assert_eq!(
        choose(&keys(&[one.jwk("1"), Signer::eddsa().jwk("2")]), None),
        Ok(1)
    );
    for (member, value) in [
        ("use", json!("enc")),
        ("alg", json!("ES384")),
        ("key_ops", json!(["sign"])),
    ] {
        let mut unfit = one.jwk("1");
        unfit[member] = value;
        assert_eq!(
            choose(&keys(&[unfit]), Some("1")),
            Err(NoKey::Unknown),
            "{member}"
        );
    }
    assert_eq!(choose(&keys(&[]), None), Err(NoKey::Unknown));
}

#[test]
fn issuer_audience_and_subject_must_be_ours() {
    assert_eq!(check(&with("aud", json!(["tv"])), expected()), Ok(()));
    assert_eq!(check(&with("azp", json!("tv")), expected()), Ok(()));
    for (name, value) in [
        ("iss", json!("https://id.example")),
        ("iss", json!(null)),
        ("aud", json!("other")),
        ("aud", json!([])),
        ("aud", json!(null)),
        ("aud", json!(["tv", "other"])),
        ("azp", json!("other")),
        ("azp", json!(1)),
        ("sub", json!("")),
        ("sub", json!(null)),
        ("sub", json!(1.5)),
        ("sub", json!(["ada"])),
        ("sub", json!("s".repeat(256))),
        ("exp", json!(null)),
        ("iat", json!(null)),
    ] {
        let error = check(&with(name, value.clone()), expected()).unwrap_err();
        assert!(!error.is_clock(), "{name} {value}: {error}");
    }
    let mut several = with("aud", json!(["api", "tv"]));
    let _ = several.insert("azp".to_owned(), json!("tv"));
    assert_eq!(check(&several, expected()), Ok(()));
    assert_eq!(check(&with("aud", json!(["tv", "tv"])), expected()), Ok(()));
    assert_eq!(check(&with("sub", json!(42)), expected()), Ok(()));
}

#[test]
fn an_audience_that_is_refused_is_named() {
    for (name, value, words) in [
        (
            "aud",
            json!(["tv", "https://api"]),
            "several audiences (\"tv\", \"https://api\")",
        ),
        ("aud", json!(["tv", "https://api"]), "azp"),
        ("aud", json!("phone"), "another client (aud \"phone\")"),
        ("aud", json!(["a", "b", "c", "d", "e"]), "\"d\", \u{2026}"),
        ("aud", json!(null), "does not say which client"),
        ("azp", json!("phone"), "another client (azp \"phone\")"),
        ("azp", json!("a\u{202e}b"), "azp \"ab\""),
    ] {
        let refusal = check(&with(name, value), expected())
            .unwrap_err()
            .to_string();
        assert!(refusal.contains(words), "{refusal}");
    }
}

#[test]
fn a_userinfo_token_is_held_to_what_it_says() {
    let signer = Signer::es256();
    let keys = keys(&[signer.jwk("k1")]);
    let verify = |claims: &Value, now: u64| {
        let token = signer.sign("k1", claims);
        let now = UNIX_EPOCH + Duration::from_secs(now);
        parse(&token)?.verify_userinfo(&keys, Expected { now, ..expected() })
    };
    for good in [
        json!({"sub": "ada", "name": "Ada"}),
        json!({"sub": "ada", "iss": "https://id.example/", "aud": "tv", "exp": NOW}),
        json!({"sub": "ada", "iss": null, "aud": ["api", "tv"]}),
    ] {
        assert_eq!(verify(&good, NOW).unwrap()["sub"], "ada");
    }
    for bad in [
        json!({"sub": "ada", "iss": "https://evil.example/"}),
        json!({"sub": "ada", "aud": "phone"}),
        json!({"sub": "ada", "aud": []}),
        json!({"sub": "ada", "exp": NOW - 60}),
        json!({"sub": "ada", "exp": "never"}),
    ] {
        assert!(verify(&bad, NOW).is_err(), "{bad}");
    }
    let stranger = Signer::es256().sign("k1", &json!({"sub": "ada"}));
    assert!(
        parse(&stranger)
            .unwrap()
            .verify_userinfo(&keys, expected())
            .is_err()
    );
}

#[test]
fn b33_times_that_are_wrong_are_told_from_a_token_that_is() {
    assert_eq!(check(&with("exp", json!(NOW - 59)), expected()), Ok(()));
    assert_eq!(check(&with("iat", json!(NOW + 599)), expected()), Ok(()));
    for (name, value) in [
        ("exp", json!(NOW - 60)),
        ("exp", json!(0)),
        ("iat", json!(NOW + 601)),
        ("nbf", json!(NOW + 601)),
        ("iat", json!(1e300)),
    ] {
        let error = check(&with(name, value.clone()), expected()).unwrap_err();
        assert!(error.is_clock(), "{name} {value}: {error}");
    }
    let before_1970 = Expected {
        now: UNIX_EPOCH - Duration::from_secs(1),
        ..expected()
    };
    assert!(
        check(&with("sub", json!("ada")), before_1970)
            .unwrap_err()
            .is_clock()
    );
}

#[test]
fn what_is_no_token_is_refused_in_words() {
    for junk in [
        "",
        ".",
        "..",
        "a.b",
        "a.b.c",
        "e30.e30.",
        "bnVsbA.bnVsbA.x",
        &"a".repeat(70_000),
    ] {
        assert!(matches!(parse(junk), Err(Error::IdToken(_))), "{junk:.20}");
    }
}

proptest! {
    #[test]
    fn no_token_panics(token in "[A-Za-z0-9_.=-]{0,200}|\\PC{0,60}") {
        let _ = parse(&token).map(|token| token.kid);
    }

    #[test]
    fn no_claims_panic(value in "(null|true|-1|1e308|\"x\"|\\[1\\]|\\{\\})", name in "(iss|aud|azp|sub|exp|iat|nbf)") {
        let _ = check(&with(&name, serde_json::from_str(&value).unwrap()), expected());
    }
}
