//! How long a response is fresh, how it is revalidated, and what is never stored.

use std::time::Duration;

use super::*;

pub(crate) fn url(path: &str) -> Url {
    Url::parse("https://api.example.com/v1/")
        .unwrap()
        .join(path)
        .unwrap()
}

pub(crate) fn headers(list: &[(&'static str, &str)]) -> HeaderMap {
    list.iter()
        .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
        .collect()
}

pub(crate) fn answer(status: u16, list: &[(&'static str, &str)], body: &[u8]) -> Answer {
    Answer {
        address: url("row"),
        status,
        headers: headers(list),
        body: body.to_vec(),
        secrets: Vec::new(),
        _turn: None,
    }
}

pub(crate) fn copy(list: &[(&'static str, &str)], now: SystemTime) -> Option<CachedResponse> {
    CachedResponse::of(&url("row"), &answer(200, list, b"{}"), now)
}

pub(crate) fn after(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

#[test]
fn a_response_is_fresh_for_as_long_as_the_api_says() {
    for (cache_control, kept, fresh_for) in [
        ("max-age=60", true, 60),
        ("private, max-age=60", true, 60),
        ("public, max-age=60, s-maxage=1", true, 60),
        ("max-age=60, no-cache", true, 0),
        ("no-cache", true, 0),
        ("max-age=0, private, must-revalidate", true, 0),
        ("no-store", false, 0),
        ("private, no-store, max-age=60", false, 0),
    ] {
        let copy = copy(&[("cache-control", cache_control)], after(0));
        assert_eq!(copy.is_some(), kept, "{cache_control}");
        let Some(copy) = copy else { continue };
        let fresh = |seconds| copy.freshness(&url("row"), after(seconds), None) == Freshness::Fresh;
        assert_eq!(fresh(fresh_for / 2), fresh_for > 0, "{cache_control}");
        assert!(!fresh(fresh_for + 1), "{cache_control}");
    }
    let plain = copy(&[], after(0)).unwrap();
    assert_ne!(
        plain.freshness(&url("row"), after(0), None),
        Freshness::Fresh,
        "nothing was promised"
    );
    let future = copy(&[("cache-control", "max-age=60")], after(100)).unwrap();
    assert_ne!(
        future.freshness(&url("row"), after(0), None),
        Freshness::Fresh,
        "the clock was set back"
    );
}

#[test]
fn an_action_makes_what_was_cached_before_stale() {
    let list = [("cache-control", "max-age=60"), ("etag", "\"v1\"")];
    let copy = copy(&list, after(10)).unwrap();
    let freshness = |changed| copy.freshness(&url("row"), after(20), Some(after(changed)));
    assert_eq!(freshness(9), Freshness::Fresh);
    let Freshness::Stale(validators) = freshness(15) else {
        panic!("it must be asked for");
    };
    assert_eq!(validators[header::IF_NONE_MATCH], "\"v1\"");
}

#[test]
fn only_a_whole_response_is_stored() {
    for status in [204, 206, 301, 404, 410, 500] {
        let answer = answer(status, &[("cache-control", "max-age=60")], b"{}");
        assert!(
            CachedResponse::of(&url("row"), &answer, after(0)).is_none(),
            "{status}"
        );
    }
}

#[test]
fn a_stale_response_is_revalidated() {
    let copy = copy(
        &[
            ("etag", "\"v1\""),
            ("last-modified", "Wed, 01 Jan 2025 00:00:00 GMT"),
            ("cache-control", "no-cache"),
        ],
        after(0),
    )
    .unwrap();
    let Freshness::Stale(validators) = copy.freshness(&url("row"), after(5), None) else {
        panic!("it must be asked for");
    };
    assert_eq!(validators[header::IF_NONE_MATCH], "\"v1\"");
    assert_eq!(
        validators[header::IF_MODIFIED_SINCE],
        "Wed, 01 Jan 2025 00:00:00 GMT"
    );
    assert_eq!(validators.len(), 2);
    let same = headers(&[("etag", "\"v1\""), ("cache-control", "max-age=60")]);
    let confirmed = copy.revalidated(&url("row"), &same, after(5)).unwrap();
    assert_eq!(confirmed.fetched_at, after(5));
    assert_eq!(
        confirmed.freshness(&url("row"), after(30), None),
        Freshness::Fresh
    );
    let other = headers(&[("etag", "\"v2\"")]);
    assert!(copy.revalidated(&url("row"), &other, after(5)).is_none());
}

#[test]
fn a_response_that_varies_by_another_header_is_not_reused() {
    let list = [("cache-control", "max-age=60"), ("vary", "*")];
    let copy = copy(&list, after(0)).unwrap();
    assert_ne!(
        copy.freshness(&url("row"), after(1), None),
        Freshness::Fresh
    );
    let list = [
        ("cache-control", "max-age=60"),
        ("vary", "Authorization, Accept"),
    ];
    let copy = self::copy(&list, after(0)).unwrap();
    assert_eq!(
        copy.freshness(&url("row"), after(1), None),
        Freshness::Fresh,
        "the folder is of one account"
    );
}

#[test]
fn freshness_is_never_heuristic() {
    let list = [("last-modified", "Wed, 01 Jan 2020 00:00:00 GMT")];
    let copy = copy(&list, after(0)).unwrap();
    assert_ne!(
        copy.freshness(&url("row"), after(1), None),
        Freshness::Fresh
    );
}

#[test]
fn a_picture_is_fresh_for_a_day_where_its_server_says_nothing() {
    const DAY: u64 = 86_400;
    for (list, fresh_for) in [
        (&[][..], Some(DAY)),
        (&[("etag", "\"v1\"")], Some(DAY)),
        (&[("cache-control", "max-age=60")], Some(60)),
        (&[("cache-control", "no-cache")], Some(0)),
        (&[("cache-control", "no-store")], None),
    ] {
        let picture = CachedResponse::picture(&url("row"), &answer(200, list, b"x"), after(0));
        assert_eq!(picture.is_some(), fresh_for.is_some(), "{list:?}");
        let Some((picture, seconds)) = picture.zip(fresh_for) else {
            continue;
        };
        let fresh = |seconds| picture.is_fresh(&url("row"), after(seconds));
        assert_eq!(fresh(seconds / 2), seconds > 0, "{list:?}");
        assert!(!fresh(seconds + 1), "{list:?}");
    }
}
