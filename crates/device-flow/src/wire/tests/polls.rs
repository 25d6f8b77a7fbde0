//! The answers that were seen, server by server, and what each means.

use super::*;

#[test]
fn polls_are_read_as_each_server_answers_them() {
    let table: &[(&str, u16, &str, &str)] = &[
        // Auth0: 403 and 429 with OAuth bodies, and a rate limit of its own kind.
        (
            "pending",
            403,
            "application/json",
            r#"{"error":"authorization_pending","error_description":"User has yet to authorize device code."}"#,
        ),
        (
            "slow",
            429,
            "application/json",
            r#"{"error":"slow_down","error_description":"You are polling faster than the specified interval of 5 seconds."}"#,
        ),
        (
            "expired_token",
            403,
            "application/json",
            r#"{"error":"expired_token","error_description":"The request token has expired."}"#,
        ),
        (
            "access_denied",
            403,
            "application/json",
            r#"{"error":"access_denied","error_description":"User cancelled the confirmation prompt."}"#,
        ),
        (
            "invalid_grant",
            403,
            "application/json",
            r#"{"error":"invalid_grant","error_description":"Invalid or expired device code."}"#,
        ),
        (
            "unauthorized_client",
            403,
            "application/json",
            r#"{"error":"unauthorized_client"}"#,
        ),
        (
            "slow",
            429,
            "application/json",
            r#"{"statusCode":429,"error":"Too Many Requests","message":"Global limit has been reached","errorCode":"too_many_requests"}"#,
        ),
        // RFC statuses, and Google's.
        (
            "pending",
            400,
            "application/json",
            r#"{"error":"authorization_pending"}"#,
        ),
        (
            "pending",
            428,
            "application/json; charset=utf-8",
            r#"{"error":"authorization_pending"}"#,
        ),
        ("slow", 403, "application/json", r#"{"error":"slow_down"}"#),
        // GitHub: errors at 200, a form unless asked otherwise, a new interval.
        (
            "pending",
            200,
            "application/json",
            r#"{"error":"authorization_pending"}"#,
        ),
        (
            "slow 10",
            200,
            "application/json",
            r#"{"error":"slow_down","interval":10}"#,
        ),
        (
            "slow 10",
            200,
            "application/x-www-form-urlencoded",
            "error=slow_down&interval=10",
        ),
        (
            "incorrect_device_code",
            200,
            "application/json",
            r#"{"error":"incorrect_device_code"}"#,
        ),
        // Twitch, Facebook, Trakt, AWS, toolkit.
        (
            "pending",
            400,
            "application/json",
            r#"{"status":400,"message":"authorization_pending"}"#,
        ),
        (
            "pending",
            400,
            "application/json",
            r#"{"error":"Bad Request","status":400,"message":"authorization_pending"}"#,
        ),
        (
            "pending",
            400,
            "application/json",
            r#"{"error":{"message":"x","code":31,"error_subcode":1349174}}"#,
        ),
        (
            "slow",
            400,
            "application/json",
            r#"{"error":{"code":31,"error_subcode":1349172}}"#,
        ),
        (
            "expired_token",
            400,
            "application/json",
            r#"{"error":{"code":463,"error_subcode":1349152}}"#,
        ),
        ("expired_token", 410, "", ""),
        ("access_denied", 418, "", ""),
        ("slow", 429, "", ""),
        ("slow", 429, "text/html", "<html>rate limited</html>"),
        (
            "device_not_found",
            404,
            "application/json",
            r#"{"error":"device_not_found"}"#,
        ),
        (
            "pending",
            400,
            "text/html; charset=utf-8",
            r#"{"error":"authorization_pending"}"#,
        ),
        (
            "authorization_declined",
            400,
            "application/json",
            r#"{"error":"authorization_declined"}"#,
        ),
        // A body-less status says nothing that could be trusted.
        ("unexpected 400", 400, "", ""),
        ("unexpected 401", 401, "", ""),
        ("unexpected 404", 404, "text/html", "<!doctype html>"),
        (
            "unexpected 200",
            200,
            "text/html",
            "<html>welcome to the hotel</html>",
        ),
        ("unexpected 200", 200, "application/json", "[]"),
        ("unexpected 200", 200, "application/json", "{}"),
        (
            "unexpected 415",
            415,
            "application/json",
            r#"{"message":"nope, not that","code":"UNSUPPORTED_MEDIA_TYPE"}"#,
        ),
        // Bad days.
        ("server unavailable", 500, "text/html", "<html>500</html>"),
        ("server unavailable", 503, "", ""),
        ("server unavailable", 408, "", ""),
        (
            "server unavailable",
            500,
            "application/json",
            r#"{"error":"Internal Server Error","statusCode":500}"#,
        ),
        (
            "server unavailable",
            400,
            "application/json",
            r#"{"error":"server_error"}"#,
        ),
        (
            "slow",
            503,
            "application/json",
            r#"{"error":"temporarily_unavailable"}"#,
        ),
        (
            "invalid_grant",
            500,
            "application/json",
            r#"{"error":"invalid_grant"}"#,
        ),
        // Success is an access token, whatever the status.
        (
            "tokens",
            200,
            "application/json",
            r#"{"access_token":"a","error":null}"#,
        ),
        (
            "tokens",
            201,
            "text/html",
            r#"{"access_token":"a","token_type":"bearer"}"#,
        ),
        ("tokens", 400, "application/json", r#"{"access_token":"a"}"#),
        (
            "tokens",
            200,
            "application/x-www-form-urlencoded",
            "access_token=a&scope=repo%2Cgist&token_type=bearer",
        ),
        (
            "tokens",
            200,
            "application/json",
            "\u{feff} {\"access_token\":\"a\",\"access_token\":\"b\"}",
        ),
        (
            "unexpected 200",
            200,
            "application/json",
            r#"{"access_token":""}"#,
        ),
        (
            "unexpected 200",
            200,
            "application/json",
            "{\"access_token\":\"a\\nb\"}",
        ),
        (
            "unexpected 200",
            200,
            "application/json",
            r#"{"access_token":"#,
        ),
    ];
    for (expected, status, kind, body) in table {
        assert_eq!(
            &meaning(&reply(*status, kind, body)),
            expected,
            "{status} {kind} {body}"
        );
    }
}
