//! What the client makes of an API that misbehaves. `cargo test --lib api::tests::chaos -- --nocapture` prints the table.

mod library;
mod wire;

use std::time::{Duration, Instant};

use crate::api::tests::config_of;
use crate::api::{self, Client, Page, Row};
use crate::config;
use crate::session::sign_in::Step;
use crate::session::{self, Accounts, Destination, Session};
use device_flow::Progress;
use device_flow::RetryLimit;
use futures::StreamExt as _;
use testing::chaos_server::Chaos;
use testing::demo::Options;

/// A box that is signed in at the demo's server and calls the chaotic API.
struct Box_ {
    chaos: Chaos,
    demo: testing::demo::Server,
    session: Session,
    home: tempfile::TempDir,
}

async fn signed_in() -> Box_ {
    signed_in_at(testing::demo::quiet()).await
}

async fn signed_in_at(options: Options) -> Box_ {
    let demo = testing::demo::start(Options {
        interval: Duration::from_millis(50),
        ..options
    })
    .await;
    let provider: config::Provider = toml::from_str(&format!(
        "preset = 'oidc'\nclient_id = '{}'\nissuer = '{}'\nscopes = ['openid', 'offline_access', 'read:library']",
        demo.client_id(),
        demo.issuer()
    ))
    .unwrap();
    let client = provider.client().unwrap();
    let home = tempfile::tempdir().unwrap();
    let accounts = Accounts::new(home.path(), &home.path().join("cache"));
    let place = Destination::Profile("default".to_owned());
    let mut sign_in = session::sign_in(
        &client,
        &accounts,
        place,
        RetryLimit::Tries(3),
        std::time::Duration::ZERO,
    );
    while let Some(step) = sign_in.next().await {
        if let Step::Grant(Progress::Code { code, .. }) = step {
            let decided = demo.decide(&code.user_code, "ada", "allow").await;
            assert_eq!(decided.status(), 303);
        }
    }
    let session = sign_in.finish().await.unwrap();
    Box_ {
        chaos: Chaos::start(),
        demo,
        session,
        home,
    }
}

impl Box_ {
    fn client(&self) -> Client {
        let api: config::Api =
            toml::from_str(&format!("base_url = '{}'", self.chaos.base())).unwrap();
        let cache = api::ResponseCache::responses(self.session.cache_dir().unwrap());
        Client::new(&config_of(api, None), self.session.clone(), Some(cache)).unwrap()
    }
}

fn row(path: &str) -> Row {
    let row: config::Row = toml::from_str(&format!(
        "title = 'Row'\npath = '{path}'\nitems = '/items'\nnext = '/next'\n\
         card = {{ id = '/id', title = '/name', image = '/art', body = '/summary' }}"
    ))
    .unwrap();
    Row::new(0, &row)
}

/// What the client answered, in a few words.
fn told(answer: &Result<Page, api::Error>) -> String {
    match answer {
        Ok(page) => {
            let next = if page.next.is_some() { ", more" } else { "" };
            format!("{} cards{next}", page.cards.len())
        }
        Err(api::Error::Status {
            status,
            retry_after,
            message,
        }) => {
            let wait =
                retry_after.map_or_else(String::new, |seconds| format!(", wait {seconds} s"));
            let words = message
                .as_deref()
                .map_or_else(String::new, |words| format!(", {words:?}"));
            format!("status {status}{wait}{words}")
        }
        Err(api::Error::Captive(_)) => "captive network".to_owned(),
        Err(api::Error::TooLarge { .. }) => "too large".to_owned(),
        Err(api::Error::Shape(why)) => format!("shape: {why}"),
        Err(api::Error::Network(why)) => format!("network: {why}"),
        Err(other) => format!("other: {other}"),
    }
}

/// Path, what the answer begins with, and how often it was asked for.
const TABLE: &[(&str, &str, usize)] = &[
    ("good", "2 cards", 1),
    ("gzip", "2 cards", 1),
    ("br", "2 cards", 1),
    ("zstd", "2 cards", 1),
    ("latency", "2 cards", 1),
    ("drip", "2 cards", 1),
    ("reset", "network: ", 3),
    ("closed", "network: ", 3),
    ("long-length", "network: ", 3),
    ("not-http", "network: ", 3),
    ("short-length", "shape: the answer is not JSON", 1),
    ("truncated", "shape: the answer is not JSON", 1),
    ("empty", "shape: the answer is not JSON", 1),
    ("deep", "shape: the answer is not JSON", 1),
    ("not-utf8", "shape: the answer is not JSON", 1),
    ("wrong-type", "shape: text stands at /items", 1),
    ("wrong-items", "1 cards", 1),
    ("other-shape", "shape: nothing stands at /items", 1),
    ("null", "0 cards", 1),
    ("hostile", "3 cards", 1),
    ("huge", "", 1),
    ("too-huge", "too large", 1),
    ("gzip-bomb", "too large", 1),
    ("br-bomb", "too large", 1),
    ("zstd-bomb", "too large", 1),
    ("bad-gzip", "network: ", 1),
    ("bad-br", "network: ", 1),
    ("bad-zstd", "network: ", 1),
    ("html", "captive network", 1),
    ("redirect-away", "captive network", 1),
    ("511", "captive network", 1),
    ("redirect-here", "2 cards", 1),
    ("html-500", "status 500", 1),
    ("401-once", "2 cards", 2),
    // The token is new: the session knows that another one would be refused as well.
    ("401", "status 401", 1),
    ("403", "status 403, \"Not with your plan.\"", 1),
    ("429", "status 429, wait 60 s", 1),
    ("429-once", "2 cards", 2),
    ("503-date", "status 503, wait ", 1),
    ("503-twice", "2 cards", 3),
    ("500", "status 500", 1),
    ("circle", "1 cards, more", 1),
    ("next-elsewhere", "1 cards", 1),
    ("nowhere", "status 404", 1),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_misbehaviour_has_an_answer() {
    let it = signed_in().await;
    let client = it.client();
    for (path, begins, asked) in TABLE {
        let started = Instant::now();
        let answer = client.first_page(&row(path)).await;
        let told = told(&answer);
        println!("{path:<16} {told}  ({} ms)", started.elapsed().as_millis());
        assert!(told.starts_with(begins), "{path}: {told}");
        let seen = it.chaos.seen(&format!("/v1/{path}")).len();
        assert_eq!(seen, *asked, "{path}");
        assert!(!told.contains("Bearer"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_of_an_answer_harms_the_screen() {
    let it = signed_in().await;
    let page = it.client().first_page(&row("hostile")).await.unwrap();
    for card in &page.cards {
        let title = card.title.to_string();
        assert!(title.chars().count() <= 301, "{}", title.len());
        assert!(!title.is_empty());
        assert!(
            !title.chars().any(|c| c.is_control() || c == '\u{202e}'),
            "{title:?}"
        );
        let schemes = card.image.as_ref().map(url::Url::scheme);
        assert!(matches!(schemes, None | Some("http" | "https")));
    }
    let plain = page.cards[2].image.clone().unwrap();
    assert!(
        matches!(
            it.client().image(&plain, None).await,
            Err(api::Error::Refused(_))
        ),
        "a picture in the clear from elsewhere"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_circle_of_pages_ends() {
    let it = signed_in().await;
    let client = it.client();
    let row = row("circle");
    let mut next = client.first_page(&row).await.unwrap().next;
    let mut pages = 1;
    while let Some(cursor) = next {
        let page = client
            .page(&row, Some(&cursor))
            .next()
            .await
            .unwrap()
            .unwrap();
        assert!(page.cards.is_empty(), "the same card once more");
        next = page.next;
        pages += 1;
    }
    assert_eq!(pages, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_401s_leads_to_one_new_token() {
    let it = signed_in().await;
    let client = it.client();
    let row = row("401-once");
    let answers = futures::future::join_all((0..100).map(|_| client.first_page(&row))).await;
    assert!(answers.iter().all(Result::is_ok));
    let tokens: std::collections::BTreeSet<String> = it
        .chaos
        .seen("/v1/401-once")
        .into_iter()
        .map(|seen| seen.token)
        .collect();
    assert_eq!(tokens.len(), 2, "one refused, and one in its place");
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_bytes_or_an_error() {
    let it = signed_in().await;
    let client = it.client();
    let base = url::Url::parse(&it.chaos.base()).unwrap();
    for (name, loads) in [
        ("good.png", true),
        ("bomb.png", true),
        ("truncated.png", true),
        ("animated.png", true),
        ("animated.gif", true),
        ("damaged.png", true),
        ("other.png", true),
        ("large.png", false),
        ("none.png", false),
    ] {
        let url = base.join(&format!("image/{name}")).unwrap();
        let loaded = client.image(&url, None).await;
        println!(
            "{name:<16} {}",
            loaded
                .as_ref()
                .map_or_else(ToString::to_string, |image| format!(
                    "{} bytes",
                    image.file.len()
                ))
        );
        assert_eq!(loaded.is_ok(), loads, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_is_there_when_the_api_is_not() {
    let it = signed_in().await;
    let client = it.client();
    let _ = client.first_page(&row("good")).await.unwrap();
    let api: config::Api = toml::from_str(&format!("base_url = '{}'", it.chaos.base())).unwrap();
    let row = row("good");
    let cache = api::ResponseCache::responses(it.session.cache_dir().unwrap());
    let again = Client::new(&config_of(api, None), it.session.clone(), Some(cache)).unwrap();
    let pages: Vec<_> = again.page(&row, None).collect().await;
    assert_eq!(pages.len(), 2);
    let first = pages[0].as_ref().unwrap();
    assert_eq!((first.origin, first.cards.len()), (api::Origin::Stale, 2));

    let tokens =
        std::fs::read_to_string(Accounts::new(it.home.path(), it.home.path()).file("default"))
            .unwrap();
    let tokens: serde_json::Value = serde_json::from_str(&tokens).unwrap();
    let secrets: Vec<&str> = ["access_token", "refresh_token"]
        .iter()
        .filter_map(|name| tokens[name].as_str())
        .collect();
    assert_eq!(secrets.len(), 2);
    let mut files = 0;
    for folder in std::fs::read_dir(it.home.path().join("cache/api")).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(secrets.iter().all(|secret| !text.contains(secret)));
            files += 1;
        }
    }
    assert_eq!(files, 1);
    it.demo.stop().await;
}
