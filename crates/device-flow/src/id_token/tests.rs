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
    for signer in [Signer::rs256(), Signer::es256(), Signer::eddsa()] {
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
fn a_key_is_chosen_by_name_or_where_there_is_no_choice() {
    let (one, two) = (Signer::es256(), Signer::es256());
    let choose = |keys: &Jwks, kid: Option<&str>| keys.choose(kid, Algorithm::ES256).map(|_| ());
    let both = keys(&[one.jwk("1"), two.jwk("2")]);
    assert_eq!(choose(&both, Some("2")), Ok(()));
    assert_eq!(choose(&both, Some("3")), Err(NoKey::Unknown));
    assert_eq!(choose(&both, None), Err(NoKey::Ambiguous));
    let mut nameless = one.jwk("1");
    let _ = nameless.as_object_mut().unwrap().remove("kid");
    assert_eq!(choose(&keys(&[nameless.clone()]), Some("3")), Ok(()));
    assert_eq!(
        choose(&keys(&[nameless.clone(), two.jwk("2")]), Some("3")),
        Err(NoKey::Unknown)
    );
    assert_eq!(
        choose(&keys(&[one.jwk("1"), Signer::eddsa().jwk("2")]), None),
        Ok(())
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
