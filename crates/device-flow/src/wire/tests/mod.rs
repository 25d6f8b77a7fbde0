use proptest::prelude::*;

use super::super::secret::reveal;
use super::*;
use crate::NetworkError;

mod polls;

fn reply(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Reply {
    Reply::new(
        status,
        Some(content_type).filter(|kind| !kind.is_empty()),
        None,
        body.as_ref(),
    )
}

fn json(status: u16, body: impl AsRef<[u8]>) -> Reply {
    reply(status, "application/json", body)
}

fn authorization(reply: &Reply) -> Result<Authorization, Failed> {
    super::authorization(
        reply,
        &[],
        &Url::parse("https://id.example/device").unwrap(),
    )
}

fn answer(reply: &Reply) -> PollAnswer {
    super::answer(reply, &[])
}

fn tokens(reply: &Reply) -> Result<TokenSet, Error> {
    super::tokens(reply, &[]).map_err(|failed| failed.error)
}

fn error(reply: &Reply) -> Error {
    super::error(reply, &[])
}

/// One word for an answer: what the machine will make of it.
fn meaning(reply: &Reply) -> String {
    match answer(reply) {
        PollAnswer::Tokens(_) => "tokens".to_owned(),
        PollAnswer::Pending { .. } => "pending".to_owned(),
        PollAnswer::SlowDown { asked: None, .. } => "slow".to_owned(),
        PollAnswer::SlowDown {
            asked: Some(asked), ..
        } => format!("slow {}", asked.as_secs_f64()),
        PollAnswer::Failed(Failed { error, .. }) | PollAnswer::AskAgain(Failed { error, .. }) => {
            match error {
                Error::OAuth { code, .. } => code,
                Error::Network(NetworkError { failure, .. }) => failure.to_string(),
                Error::Unexpected { status, .. } => format!("unexpected {status}"),
                other => format!("{other:?}"),
            }
        }
    }
}

#[test]
fn a_servers_own_words_are_read_where_an_alias_names_them() {
    let aliases = [("invalid device code", "invalid_grant")];
    let twitch = json(400, r#"{"status":400,"message":"Invalid device code"}"#);
    let PollAnswer::Failed(failed) = super::answer(&twitch, &aliases) else {
        panic!("a failure");
    };
    assert!(
        matches!(&failed.error, Error::OAuth { code, description, .. }
            if code == "invalid_grant" && description.as_deref() == Some("Invalid device code")),
        "{failed:?}"
    );
    assert_eq!(meaning(&twitch), "unexpected 400");
}

#[test]
fn what_a_browser_would_be_sent_is_foreign() {
    for (status, kind, body, captive) in [
        (302, "", "", true),
        (404, "text/html", "not here", true),
        (403, "", " <!doctype html>", true),
        (404, "text/html", r#"{"message":"x"}"#, false),
        (400, "", "", false),
        (400, "text/plain", "no", false),
    ] {
        let PollAnswer::Failed(failed) = answer(&reply(status, kind, body)) else {
            panic!("a failure");
        };
        assert_eq!(failed.error.is_captive(), captive, "{status} {kind} {body}");
    }
}

#[test]
fn b12_a_429_of_any_kind_means_slower() {
    for (kind, body) in [
        ("", ""),
        ("text/html", "<html>rate limited</html>"),
        ("text/plain", "Too Many Requests"),
        ("application/json", "{}"),
        ("application/json", r#"{"message":"Rate limit exceeded"}"#),
        ("application/json", r#"{"error":"too_many_requests"}"#),
        (
            "application/json",
            r#"{"error":"authorization_pending_not"}"#,
        ),
    ] {
        assert_eq!(meaning(&reply(429, kind, body)), "slow", "{body}");
    }
}

#[test]
fn retry_after_and_interval_compete_for_the_slower() {
    let mut slow = json(429, r#"{"error":"slow_down","interval":10}"#);
    slow.retry_after = Some(Duration::from_secs(30));
    assert_eq!(meaning(&slow), "slow 30");
    slow.retry_after = Some(Duration::from_secs(3));
    assert_eq!(meaning(&slow), "slow 10");
}

#[test]
fn a_wait_that_comes_with_pending_is_handed_on() {
    for status in [400, 429] {
        let mut pending = json(status, r#"{"error":"authorization_pending"}"#);
        pending.retry_after = Some(Duration::from_secs(25));
        let answer = answer(&pending);
        let PollAnswer::Pending { asked, .. } = answer else {
            panic!("{answer:?}");
        };
        assert_eq!(asked, Some(Duration::from_secs(25)));
    }
    let mut busy = reply(503, "", "");
    busy.retry_after = Some(Duration::from_secs(25));
    let failed = super::tokens(&busy, &[]).unwrap_err();
    assert_eq!(failed.retry_after, Some(Duration::from_secs(25)));
}

#[test]
fn a_number_where_a_name_may_stand_hides_no_name() {
    let google = r#"{"error":{"code":403,"message":"no","status":"PERMISSION_DENIED"}}"#;
    assert_eq!(meaning(&json(403, google)), "PERMISSION_DENIED");
    let odd = r#"{"error":{"error":7,"code":"invalid_client"}}"#;
    assert_eq!(meaning(&json(401, odd)), "invalid_client");
}

#[test]
fn deep_nesting_is_no_stack_overflow() {
    let deep = format!(
        "{{\"error\":{}1{}}}",
        "[".repeat(200_000),
        "]".repeat(200_000)
    );
    assert_eq!(meaning(&json(400, deep)), "unexpected 400");
}

#[test]
fn b13_numbers_are_read_leniently() {
    let life = |value: &str| {
        let body = format!(
            r#"{{"device_code":"d","user_code":"u","verification_uri":"https://x/","expires_in":{value},"interval":{value}}}"#
        );
        let authorization = authorization(&json(200, body)).unwrap();
        (
            authorization.expires_in.as_secs_f64(),
            authorization.interval.as_secs_f64(),
        )
    };
    assert_eq!(life("900"), (900.0, 900.0));
    assert_eq!(life("5.5"), (5.5, 5.5));
    assert_eq!(life("\"5.5\""), (5.5, 5.5));
    assert_eq!(life("0.2"), (0.2, 1.0));
    for junk in [
        "null", "0", "-5", "\"junk\"", "\"NaN\"", "\"-inf\"", "[]", "{}", "true", "\"\"",
    ] {
        assert_eq!(life(junk), (600.0, 5.0), "{junk}");
    }
    for huge in [
        "18446744073709551615",
        "1e308",
        "\"inf\"",
        "\"1e400\"",
        "99999999999999999999999",
    ] {
        assert_eq!(life(huge), (86_400.0, 86_400.0), "{huge}");
    }
}

#[test]
fn b15_names_have_aliases() {
    for (uri, complete) in [
        ("verification_uri", "verification_uri_complete"),
        ("verification_url", "verification_url_complete"),
        ("verificationUri", "verificationUriComplete"),
    ] {
        let body = format!(
            r#"{{"deviceCode":"d","userCode":"ABC","{uri}":"https://x/","{complete}":"https://x/?c=ABC","expiresIn":"60"}}"#
        );
        let found = authorization(&json(200, body)).unwrap();
        assert_eq!(found.code.verification_uri, "https://x/");
        assert_eq!(
            found.code.verification_uri_complete.as_deref(),
            Some("https://x/?c=ABC")
        );
        assert_eq!(found.expires_in, Duration::from_secs(60));
        assert_eq!(found.interval, Duration::from_secs(5));
    }
}

fn shown(user_code: &str, uri: &str, complete: &str) -> Result<UserCode, Failed> {
    let body = serde_json::json!({
        "device_code": "d", "user_code": user_code, "verification_uri": uri,
        "verification_uri_complete": complete, "message": "To sign in\u{202E}\n open it",
    });
    authorization(&json(200, body.to_string())).map(|found| found.code)
}

#[test]
fn b17_a_code_is_shown_as_it_was_sent_or_not_at_all() {
    for code in [
        "QTZL-MCBW",
        "123-456-789",
        "0a44L90H",
        "AB CD EF GH IJ KL MN",
        &"WXYZ ".repeat(40),
    ] {
        assert_eq!(shown(code, "https://x/", "").unwrap().user_code, code);
    }
    let numeric = r#"{"device_code":"d","user_code":123456789,"verification_uri":"https://x/"}"#;
    assert_eq!(
        authorization(&json(200, numeric)).unwrap().code.user_code,
        "123456789"
    );
    for code in ["", "  ", "A\u{7}B", "A\nB", "A\u{202E}B", &"A".repeat(257)] {
        assert!(shown(code, "https://x/", "").is_err(), "{code:?}");
    }
    let message = shown("A", "https://x/", "").unwrap().message;
    assert_eq!(message.as_deref(), Some("To sign in  open it"));
}

#[test]
fn only_addresses_a_phone_can_open_are_shown() {
    for uri in [
        "",
        "javascript:alert(1)",
        "/device",
        "x",
        "https://",
        "ftp://x/",
        "https://x/\ny",
        &format!("https://x/{}", "a".repeat(2048)),
    ] {
        assert!(shown("A", uri, "").is_err(), "{uri:?}");
        assert_eq!(
            shown("A", "https://x/", uri)
                .unwrap()
                .verification_uri_complete,
            None
        );
    }
    let plain = shown("A", "http://id.example/code", "").unwrap_err();
    assert!(plain.error.to_string().contains("plain http"), "{plain:?}");
    let only_complete = shown("A", "", "https://x/?c=A").unwrap();
    assert_eq!(only_complete.verification_uri, "https://x/?c=A");
}

#[test]
fn a_complete_address_of_another_origin_is_left_out() {
    let complete = |uri: &str, complete: &str| {
        let code = shown("A", uri, complete).unwrap();
        (code.address_to_scan(110), code.verification_uri_complete)
    };
    let same = "https://id.example/activate?code=A";
    for uri in [
        "https://id.example/activate",
        "https://ID.example:443/",
        "https://x@id.example/",
    ] {
        let (scanned, told) = complete(uri, same);
        assert_eq!((scanned.as_str(), told.as_deref()), (same, Some(same)));
    }
    for other in [
        "https://evil.example/activate?code=A",
        "https://www.id.example/?code=A",
        "https://id.example:8443/?code=A",
        "http://id.example/?code=A",
        "https://id.example@evil.example/?code=A",
        "https://id.example.evil.example/?code=A",
    ] {
        let (scanned, told) = complete("https://id.example/activate", other);
        assert_eq!(
            (scanned.as_str(), told),
            ("https://id.example/activate", None)
        );
    }
    let (scanned, told) = complete(
        "https://b\u{fc}cher.example/",
        "https://b\u{fc}cher.example/?c=A",
    );
    assert_eq!(scanned, "https://xn--bcher-kva.example/?c=A");
    assert_eq!(told.as_deref(), Some("https://b\u{fc}cher.example/?c=A"));
}

#[test]
fn a_malformed_answer_is_told_by_what_it_lacks_and_is_no_refusal() {
    let told = |body: &str| match authorization(&json(200, body)).unwrap_err().error {
        Error::Unexpected { detail, .. } => detail,
        other => panic!("{other:?}"),
    };
    for (body, words) in [
        ("", "an empty body"),
        ("<html>", "an HTML page"),
        ("[]", "JSON without the members that belong there"),
        (
            r#"{"user_code":"A","verification_uri":"https://x/"}"#,
            "no device_code in the device authorization response",
        ),
        (
            r#"{"device_code":7,"user_code":{},"verification_uri":[]}"#,
            "a number as device_code, no text as user_code, a list as verification_uri in the device authorization \
             response",
        ),
        (
            r#"{"device_code":"d","user_code":" "}"#,
            "an empty user_code, no verification_uri in the device authorization response",
        ),
    ] {
        assert_eq!(told(body), words, "{body}");
    }
}

#[test]
fn a_refused_request_for_a_code_is_told_from_a_server_having_a_bad_day() {
    let refused = |status, body: &str| authorization(&json(status, body)).unwrap_err().error;
    assert!(matches!(
        refused(403, r#"{"error":"unauthorized_client"}"#),
        Error::OAuth { status: 403, .. }
    ));
    for (status, body) in [
        (429, r#"{"error":"slow_down"}"#),
        (429, ""),
        (400, r#"{"error":"temporarily_unavailable"}"#),
        (502, "<html>"),
    ] {
        assert!(
            matches!(
                refused(status, body),
                Error::Network(NetworkError {
                    failure: NetworkFailure::Unavailable,
                    ..
                })
            ),
            "{status} {body}"
        );
    }
    assert!(matches!(
        refused(200, "<html>"),
        Error::Unexpected { status: 200, .. }
    ));
    assert!(matches!(
        refused(200, r#"{"device_code":"d"}"#),
        Error::Unexpected { .. }
    ));
}

#[test]
fn tokens_are_read_with_everything_servers_do_to_them() {
    let read = |body: &str| tokens(&json(200, body)).unwrap();
    let full = read(
        r#"{"access_token":"at","token_type":"bearer","refresh_token":"rt","id_token":"it",
            "expires_in":86400,"scope":"openid profile","iat":1,"refresh_expires_in":9}"#,
    );
    assert_eq!(reveal(&full.access_token), "at");
    assert_eq!(full.token_type, "Bearer");
    assert_eq!(reveal(&full.refresh_token.unwrap()), "rt");
    assert_eq!(reveal(&full.id_token.unwrap()), "it");
    assert_eq!(full.expires_in, Some(Duration::from_secs(86_400)));
    assert_eq!(full.scopes.unwrap(), ["openid", "profile"]);
    let bare = read(
        r#"{"access_token":"at","refresh_token":"","id_token":null,"expires_in":0,"scope":""}"#,
    );
    assert_eq!(bare.token_type, "Bearer");
    assert!(bare.refresh_token.is_none() && bare.id_token.is_none());
    assert_eq!(bare.expires_in, None);
    assert_eq!(bare.scopes, None);
    for (scope, expected) in [
        (r#""repo,gist""#, vec!["repo", "gist"]),
        (r#""repo, gist""#, vec!["repo", "gist"]),
        (r#"["user:read","chat"]"#, vec!["user:read", "chat"]),
    ] {
        let body = format!(r#"{{"access_token":"a","token_type":"DPOP","scope":{scope}}}"#);
        let set = read(&body);
        assert_eq!(set.scopes.unwrap(), expected);
        assert_eq!(set.token_type, "DPoP");
    }
}

#[test]
fn an_absent_type_is_bearer_and_one_that_is_not_known_stays_what_it_is() {
    for (written, kept) in [
        ("", "Bearer"),
        (r#""token_type":null,"#, "Bearer"),
        (r#""token_type":" ","#, "Bearer"),
        (r#""token_type":"bEARER ","#, "Bearer"),
        (r#""tokenType":"dpop","#, "DPoP"),
        (r#""token_type":"mac","#, "mac"),
        (r#""token_type":"Basic","#, "Basic"),
        (r#""token_type":"N_A","#, "N_A"),
        (r#""token_type":"Bearer token","#, "Bearer token"),
        (r#""token_type":7,"#, "not a text"),
        (r#""token_type":["Bearer"],"#, "not a text"),
    ] {
        let body = format!(r#"{{{written}"access_token":"a"}}"#);
        assert_eq!(
            tokens(&json(200, body)).unwrap().token_type,
            kept,
            "{written}"
        );
    }
}

#[test]
fn b28_only_a_body_can_say_invalid_grant() {
    let error = |status, kind: &str, body: &str| tokens(&reply(status, kind, body)).unwrap_err();
    assert!(matches!(
        error(400, "", r#"{"error":"invalid_grant"}"#),
        Error::OAuth { code, .. } if code == "invalid_grant"
    ));
    for (status, body) in [
        (400, ""),
        (401, ""),
        (403, "<html>"),
        (200, "<html>"),
        (302, ""),
    ] {
        assert!(
            matches!(error(status, "", body), Error::Unexpected { .. }),
            "{status}"
        );
    }
    for (status, body) in [(500, "<html>"), (500, ""), (429, ""), (503, "{}")] {
        assert!(
            matches!(error(status, "", body), Error::Network(_)),
            "{status}"
        );
    }
}

#[test]
fn errors_are_bounded_and_free_of_tricks() {
    let body = serde_json::json!({
        "error": format!("bad\u{7}{}", "x".repeat(500)),
        "error_description": format!("two\nlines\u{202E} {}", "y".repeat(5_000)),
    });
    let Error::OAuth {
        code, description, ..
    } = error(&json(400, body.to_string()))
    else {
        panic!("an OAuth error");
    };
    assert!(code.len() <= 100 && code.starts_with("badx"));
    let description = description.unwrap();
    assert!(description.chars().count() <= 500 && description.starts_with("two lines "));
}

proptest! {
    #[test]
    fn no_reply_panics(
        status in 0_u16..1000,
        kind in "\\PC{0,40}",
        body in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let reply = reply(status, &kind, body);
        let _ = (authorization(&reply), answer(&reply), tokens(&reply), error(&reply));
    }

    #[test]
    fn no_json_panics_and_no_word_of_a_success_is_in_an_error(
        status in 100_u16..600,
        name in "(error|access_token|device_code|user_code|expires_in|interval|scope|message|error_code)",
        value in "(1|-1|1e400|null|\"marker\"|\"\"|\\[\"a\",1\\]|\\{\"code\":\"b\"\\}|true|\"\\\\u0000\")",
        tail in "[ -~]{0,20}",
    ) {
        let body = format!("{{\"{name}\":{value},\"access_token_hint\":\"{}\"}}", tail.replace(['"', '\\'], ""));
        let reply = json(status, body);
        let _ = (authorization(&reply), answer(&reply), tokens(&reply), error(&reply));
    }
}

#[test]
fn what_an_error_without_a_code_says_is_told_and_a_refused_address_is_named() {
    let told = |status, body: &str| {
        let failed = authorization(&json(status, body)).unwrap_err();
        failed.error.to_string()
    };
    for body in [
        r#"{"message": "No such realm"}"#,
        r#"{"errors": [{"message": "No such realm"}]}"#,
        r#"{"errors": ["No such realm"]}"#,
        r#"{"error": {"message": "No such realm"}}"#,
        r#"{"title": "No such realm", "status": 404}"#,
    ] {
        assert!(told(404, body).contains("No such realm"), "{body}");
    }
    let refused = told(
        200,
        r#"{"device_code": "d", "user_code": "u", "verification_uri": "http://tv.example/go?code=u"}"#,
    );
    assert!(refused.contains("http://tv.example/go?…"), "{refused}");
    assert!(!refused.contains("code=u"), "{refused}");
}
