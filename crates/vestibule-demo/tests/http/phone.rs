//! The demo's phone pages over HTTP: what a person reads, and what an attacker gets.

use std::net::IpAddr;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

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
    let another_code = server.codes("openid").await;
    let another_code = another_code["user_code"].as_str().unwrap();
    let another_page = server
        .request("GET", &format!("/activate?user_code={another_code}"))
        .header("cookie", &cookie);
    let another_page = another_page.send().await.unwrap();
    let for_another_code = field(&another_page.text().await.unwrap(), "form_token");

    let rest = [
        ("user_code", user_code),
        ("person", "ada"),
        ("decision", "allow"),
    ];
    for (cookie, token) in [
        (None, Some(token.as_str())),
        (Some(cookie.as_str()), None),
        (Some(cookie.as_str()), Some(other.as_str())),
        (Some(cookie.as_str()), Some(for_another_code.as_str())),
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
        let page = server.request("GET", &format!("/activate?user_code={code}"));
        // Who guesses may say anything about who they are.
        let page = page
            .header("x-forwarded-for", "192.0.2.77")
            .header("forwarded", "for=192.0.2.77")
            .header("x-real-ip", "192.0.2.77");
        let page = page.send().await.unwrap();
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
async fn those_who_guess_lock_nobody_else_out() {
    let server = start(quiet()).await;
    for host in 10..30 {
        let guesser = testing::demo::from([127, 0, 0, host]);
        for _ in 0..10 {
            let guess = format!("{}/activate?user_code=BBBB-BBBB", server.issuer());
            let _ = guesser.get(guess).send().await.unwrap();
        }
    }
    let codes = server.codes("openid").await;
    let user_code = codes["user_code"].as_str().unwrap();
    assert_eq!(server.get("/activate?user_code=B").await.status(), 400);
    let allowed = server.decide(user_code, "ada", "allow").await;
    assert_eq!(allowed.status(), 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_another_site_typed_is_not_looked_up() {
    let server = start(quiet()).await;
    for _ in 0..20 {
        let led = server
            .request("GET", "/activate?user_code=BBBB-BBBB")
            .header("sec-fetch-site", "cross-site")
            .header("sec-fetch-mode", "navigate")
            .header("sec-fetch-dest", "document");
        let led = led.send().await.unwrap();
        assert_eq!(led.status(), 200);
        assert!(led.text().await.unwrap().contains("value=\"BBBB-BBBB\""));
    }
    let own = server.get("/activate?user_code=BBBB-BBBB").await;
    assert_eq!(own.status(), 400, "and nothing was counted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_that_was_not_made_for_this_browser_is_replaced() {
    let server = start(quiet()).await;
    let codes = server.codes("openid").await;
    let path = format!(
        "/activate?user_code={}",
        codes["user_code"].as_str().unwrap()
    );
    let cookie = |page: &testing::demo::Response| {
        let cookie = page.headers()["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    };
    let ours = cookie(&server.get(&path).await);
    let forged = ours.rsplit_once('.').unwrap().0;
    // Made by this server, for a browser at another address, which plants it here.
    let elsewhere = testing::demo::from([127, 0, 0, 9]);
    let absolute = format!("{}{path}", server.issuer());
    let planted = cookie(&elsewhere.get(absolute).send().await.unwrap());
    for foreign in [
        format!("vestibule_page={}", "A".repeat(43)),
        format!("{forged}.{}", "A".repeat(43)),
        format!("{forged}."),
        "vestibule_page=".to_owned(),
        planted,
    ] {
        let page = server.request("GET", &path).header("cookie", &foreign);
        let kept = cookie(&page.send().await.unwrap());
        assert!(kept != foreign && kept.len() > 60, "{foreign}: {kept}");
    }
    let page = server.request("GET", &path);
    let page = page.header("cookie", format!("vestibule_page=x; {ours}"));
    assert_eq!(cookie(&page.send().await.unwrap()), ours, "ours is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_ask_nothing_leave_room_for_a_phone() {
    let server = start(quiet()).await;
    let address = server.issuer().trim_start_matches("http://").to_owned();
    let mut idle = Vec::new();
    for _ in 0..300 {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream
            .write_all(b"GET /activate HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
            .await
            .unwrap();
        idle.push(stream);
    }
    // Bodies that never come keep a request busy.
    for _ in 0..300 {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream
            .write_all(
                b"POST /activate HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\
                  Content-Type: application/x-www-form-urlencoded\r\n\r\na=",
            )
            .await
            .unwrap();
        idle.push(stream);
    }
    for _ in 0..3 {
        let page = tokio::time::timeout(Duration::from_secs(5), server.get("/activate"));
        assert_eq!(page.await.unwrap().status(), 200);
    }
    drop(idle);
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
