//! The demo's phone pages over HTTP: what a person reads, and what an attacker gets.

use std::net::IpAddr;

use testing::demo::{field, json, quiet, start};
use vestibule_demo::Options;

#[tokio::test(flavor = "multi_thread")]
async fn the_page_asks_whether_it_is_the_code_on_the_screen() {
    let server = start(quiet()).await;
    let codes = server.codes("openid read:library offline_access").await;
    let user_code = codes["user_code"].as_str().unwrap();
    let page = server
        .get_absolute(codes["verification_uri_complete"].as_str().unwrap())
        .await;
    assert_eq!(page.status(), 200);
    let headers = page.headers().clone();
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"));
    assert!(!policy.contains("script-src"), "no script at all");
    assert_eq!(headers["x-frame-options"], "DENY");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    let cookie = headers["set-cookie"].to_str().unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    assert!(!cookie.contains("Secure"), "there is no TLS on a LAN");

    let html = page.text().await.unwrap();
    assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"));
    for expected in [
        "name=\"viewport\"",
        "Is this the code on your screen?",
        "Only continue if you are in front of this screen.",
        "Show your library and your list",
        "Keep you signed in on that screen",
        "<legend>Who is signing in?</legend>",
        "<main>",
        user_code,
    ] {
        assert!(html.contains(expected), "{expected}");
    }
    assert!(!html.contains("See your e-mail address"), "not asked for");
    assert_eq!(html.matches("type=\"radio\"").count(), 4);
    assert!(!html.contains("<script") && !html.contains("style=") && !html.contains("onclick"));
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_taken_without_case_or_dash() {
    let server = start(quiet()).await;
    let codes = server.codes("openid").await;
    let typed = codes["user_code"]
        .as_str()
        .unwrap()
        .to_lowercase()
        .replace('-', "+");
    let page = server.get(&format!("/activate?user_code={typed}")).await;
    assert_eq!(page.status(), 200);
    assert_eq!(server.decide(&typed, "mei", "allow").await.status(), 303);
    assert_eq!(server.exchange(&codes).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_code_is_told_in_words_and_a_hostile_one_is_harmless() {
    let server = start(quiet()).await;
    let html = server.get("/activate").await.text().await.unwrap();
    assert!(html.contains("autocomplete=\"off\"") && !html.contains("role=\"alert\""));

    let page = server
        .get("/activate?user_code=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        .await;
    assert_eq!(page.status(), 400);
    let html = page.text().await.unwrap();
    assert!(html.contains("role=\"alert\"") && html.contains("aria-describedby=\"hint error\""));
    assert!(html.contains("aria-invalid=\"true\""));
    assert!(
        !html.contains("<script") && !html.contains("\">&lt;script"),
        "{html}"
    );
    for query in [
        "user_code=%00%ff",
        "user_code=a&user_code=b",
        "%",
        &"x=".repeat(4000),
    ] {
        let page = server.get(&format!("/activate?{query}")).await;
        assert!(matches!(page.status().as_u16(), 200 | 400), "{query}");
        let html = page.text().await.unwrap();
        assert!(
            html.contains("Enter the code from your screen"),
            "{query}: {html}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_decides_nothing() {
    let server = start(quiet()).await;
    let codes = server.codes("openid").await;
    let user_code = codes["user_code"].as_str().unwrap();
    let page = server
        .get(&format!("/activate?user_code={user_code}"))
        .await;
    let cookie = page.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let html = page.text().await.unwrap();
    let token = field(&html, "form_token");
    let other = server
        .get(&format!("/activate?user_code={user_code}"))
        .await;
    let other = field(&other.text().await.unwrap(), "form_token");
    assert_ne!(token, other, "each browser has its own");

    let rest = [
        ("user_code", user_code),
        ("person", "ada"),
        ("decision", "allow"),
    ];
    for (cookie, token) in [
        (None, Some(token.as_str())),
        (Some(cookie.as_str()), None),
        (Some(cookie.as_str()), Some(other.as_str())),
        (Some("vestibule_page=short"), Some(token.as_str())),
    ] {
        let mut form = rest.to_vec();
        form.extend(token.map(|token| ("form_token", token)));
        let mut request = server.request("POST", "/activate").form(&form);
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        let reply = request.send().await.unwrap();
        assert_eq!(reply.status(), 403);
        assert!(reply.text().await.unwrap().contains("Nothing was sent"));
    }
    assert_eq!(server.poll(&codes).await.1, "authorization_pending");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_an_answer_is_asked_again() {
    let server = start(quiet()).await;
    let codes = server.codes("openid").await;
    let user_code = codes["user_code"].as_str().unwrap();
    for (person, decision, words) in [
        ("", "allow", "Choose who is signing in."),
        ("nobody", "allow", "Choose who is signing in."),
        ("ada", "perhaps", "Choose Allow or Decline."),
    ] {
        let reply = server.decide(user_code, person, decision).await;
        assert_eq!(reply.status(), 400);
        let html = reply.text().await.unwrap();
        assert!(html.contains(words) && html.contains("role=\"alert\""));
        assert!(html.contains("aria-describedby=\"error\""));
    }
    assert_eq!(server.poll(&codes).await.1, "authorization_pending");
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_ends_after_ten_wrong_codes() {
    let server = start(quiet()).await;
    let codes = server.codes("openid").await;
    let user_code = codes["user_code"].as_str().unwrap();
    for _ in 0..10 {
        let page = server.get("/activate?user_code=BBBB-BBBB").await;
        assert_eq!(page.status(), 400);
    }
    for code in ["BBBB-BBBB", user_code] {
        let page = server.get(&format!("/activate?user_code={code}")).await;
        assert_eq!(
            page.status(),
            429,
            "right codes wait too, or guessing would go on"
        );
        let wait: u64 = page.headers()["retry-after"]
            .to_str()
            .unwrap()
            .parse()
            .unwrap();
        assert!((1..=300).contains(&wait));
    }
    assert_eq!(server.get("/activate").await.status(), 200);
    assert_eq!(
        server.poll(&codes).await.1,
        "authorization_pending",
        "the screen waits on"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_network_sees_the_phone_pages_alone() {
    // Another address of the loopback network stands for the LAN.
    let lan: IpAddr = [127, 0, 0, 2].into();
    let server = start(Options {
        lan: Some(lan),
        ..quiet()
    })
    .await;
    let outside = server.issuer().replace("127.0.0.1", "127.0.0.2");
    assert_eq!(server.phone_url(), format!("{outside}/activate"));
    let codes = server.codes("openid").await;
    let complete = codes["verification_uri_complete"].as_str().unwrap();
    assert!(complete.starts_with(server.phone_url()), "{complete}");
    assert_eq!(server.get_absolute(complete).await.status(), 200);
    for path in ["/style.css", "/icon.svg", "/avatars/ada.png"] {
        let reply = server.get_absolute(&format!("{outside}{path}")).await;
        assert_eq!(reply.status(), 200, "{path}");
    }
    for path in [
        "/.well-known/openid-configuration",
        "/userinfo",
        "/api/library/new",
        "/api/artwork/x.png",
    ] {
        let reply = server.get_absolute(&format!("{outside}{path}")).await;
        assert_eq!(reply.status(), 404, "{path}");
    }
    let metadata = json(server.get("/.well-known/openid-configuration").await).await;
    assert!(
        metadata["token_endpoint"]
            .as_str()
            .unwrap()
            .starts_with("http://127.0.0.1:")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_was_made_to_point_here_is_refused() {
    let server = start(quiet()).await;
    for (host, expected) in [
        ("evil.example", 421),
        ("127.0.0.1.evil.example:80", 421),
        ("localhost:1", 200),
        ("[::1]:8", 200),
    ] {
        let reply = server.request("GET", "/activate").header("host", host);
        assert_eq!(reply.send().await.unwrap().status(), expected, "{host}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_has_a_title_a_heading_and_a_way_on() {
    let server = start(quiet()).await;
    for path in [
        "/activate",
        "/activate?user_code=BBBB-BBBB",
        "/activate/done",
        "/activate/done?as=kofi",
        "/activate/done?as=%3Cb%3E",
        "/activate/done?as=a&as=b",
        "/activate/declined",
        "/nowhere",
    ] {
        let html = server.get(path).await.text().await.unwrap();
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        assert_eq!(html.matches("<main>").count(), 1, "{path}");
        assert!(html.contains(" · Vestibule Demo</title>"), "{path}");
    }
    let front = server.get("/").await;
    assert_eq!(front.headers()["location"], "/activate");
}
