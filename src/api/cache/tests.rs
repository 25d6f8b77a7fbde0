//! What is kept, for how long, and what never is.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use super::*;
use crate::session::{Account, Accounts};

fn url(path: &str) -> Url {
    Url::parse("https://api.example.com/v1/")
        .unwrap()
        .join(path)
        .unwrap()
}

fn headers(list: &[(&'static str, &str)]) -> HeaderMap {
    list.iter()
        .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
        .collect()
}

fn answer(status: u16, list: &[(&'static str, &str)], body: &[u8]) -> Answer {
    Answer {
        address: url("row"),
        status,
        content_type: None,
        location: None,
        retry_after: None,
        headers: headers(list),
        body: body.to_vec(),
        _turn: None,
    }
}

fn copy(list: &[(&'static str, &str)], now: SystemTime) -> Option<CachedResponse> {
    CachedResponse::of(&url("row"), &answer(200, list, b"{}"), now)
}

fn after(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

fn account(subject: &str, profile: &str) -> Account {
    Account {
        profile: profile.to_owned(),
        issuer: "https://id.example/".to_owned(),
        client_id: "tv".to_owned(),
        subject: subject.to_owned(),
        name: None,
        email: None,
        picture: None,
        claims: serde_json::Map::new(),
        scopes: Vec::new(),
        signed_in_at: SystemTime::UNIX_EPOCH,
        refreshed_at: None,
        access_expires_at: None,
        refreshable: true,
        not_remembered: None,
    }
}

#[test]
fn an_answer_is_good_for_as_long_as_the_api_says() {
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
fn what_was_done_since_makes_a_copy_old() {
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
fn only_a_whole_answer_is_kept() {
    for status in [204, 206, 301, 404, 410, 500] {
        let answer = answer(status, &[("cache-control", "max-age=60")], b"{}");
        assert!(
            CachedResponse::of(&url("row"), &answer, after(0)).is_none(),
            "{status}"
        );
    }
}

#[test]
fn the_api_is_asked_whether_it_has_changed() {
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
fn what_depends_on_another_header_is_not_mistaken_for_an_answer() {
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
fn files_are_of_one_account_for_one_user_and_hold_no_secret() {
    let cache = tempfile::tempdir().unwrap();
    let kept =
        ResponseCache::responses(CacheDir::assumed(cache.path(), &account("ada", "default")));
    let list = [
        ("etag", "\"v1\""),
        ("set-cookie", "session=hunter2"),
        ("dpop-nonce", "hunter3"),
        ("www-authenticate", "Bearer realm=\"hunter4\""),
    ];
    let copy = copy(&list, after(0)).unwrap();
    kept.write(&url("row"), &copy);
    let read = kept.read(&url("row")).unwrap();
    assert_eq!((&read.body[..], read.fetched_at), (&b"{}"[..], after(0)));
    assert_eq!(
        read.freshness(&url("row"), after(1), None),
        copy.freshness(&url("row"), after(1), None)
    );
    assert!(kept.read(&url("other")).is_none());

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&cache.path().join("api")), 0o700);
    assert_eq!(mode(kept.folder.path()), 0o700);
    let file = kept.path(&url("row"));
    assert_eq!(mode(&file), 0o600);
    let text = fs::read_to_string(file).unwrap();
    assert!(
        !text.contains("hunter") && !text.to_lowercase().contains("authorization"),
        "{text}"
    );

    let other = |subject, profile| {
        ResponseCache::responses(CacheDir::assumed(cache.path(), &account(subject, profile)))
    };
    assert!(other("grace", "default").read(&url("row")).is_none());
    assert!(other("ada", "kitchen").read(&url("row")).is_some());
    other("", "kitchen").write(&url("row"), &copy);
    assert!(other("", "default").read(&url("row")).is_none());
    CacheDir::assumed(cache.path(), &account("ada", "default")).forget();
    assert!(kept.read(&url("row")).is_none());
}

#[test]
fn nothing_is_written_of_whoever_has_signed_out() {
    let cache = tempfile::tempdir().unwrap();
    let copy = copy(&[("etag", "\"v1\"")], after(0)).unwrap();
    for subject in ["ada", ""] {
        let account = account(subject, "default");
        let kept = ResponseCache::responses(CacheDir::assumed(cache.path(), &account));
        let pictures = ResponseCache::pictures(CacheDir::assumed(cache.path(), &account));
        kept.write(&url("row"), &copy);
        pictures.write(&url("row"), &copy);
        assert!(pictures.read(&url("row")).is_some());
        CacheDir::assumed(cache.path(), &account).forget();
        // Late ones, of requests that were on their way.
        kept.write(&url("row"), &copy);
        pictures.write(&url("row"), &copy);
        let left = fs::read_dir(cache.path().join("api")).unwrap().count();
        assert_eq!(left, 0, "{subject:?}");
        // Signed in again, to the same account.
        let again = ResponseCache::responses(CacheDir::assumed(cache.path(), &account));
        again.write(&url("row"), &copy);
        assert!(again.read(&url("row")).is_some());
        CacheDir::assumed(cache.path(), &account).forget();
    }
}

#[test]
fn where_the_server_tells_no_subject_every_sign_in_begins_with_nothing() {
    let cache = tempfile::tempdir().unwrap();
    let copy = copy(&[("etag", "\"v1\"")], after(0)).unwrap();
    let first = account("", "default");
    let kept = ResponseCache::responses(CacheDir::assumed(cache.path(), &first));
    kept.write(&url("row"), &copy);
    ResponseCache::pictures(CacheDir::assumed(cache.path(), &first)).write(&url("row"), &copy);
    // The same sign-in after a restart.
    assert!(
        ResponseCache::responses(CacheDir::assumed(cache.path(), &first))
            .read(&url("row"))
            .is_some()
    );
    let second = Account {
        signed_in_at: first.signed_in_at + Duration::from_secs(60),
        ..first
    };
    let other = ResponseCache::responses(CacheDir::assumed(cache.path(), &second));
    assert!(other.read(&url("row")).is_none());
    other.write(&url("other"), &copy);
    // Nobody can come back to what the first one saw, so it is gone.
    assert!(kept.read(&url("row")).is_none());
    assert!(other.read(&url("other")).is_some());
}

#[test]
fn nothing_is_guessed_from_how_old_an_answer_is() {
    let list = [("last-modified", "Wed, 01 Jan 2020 00:00:00 GMT")];
    let copy = copy(&list, after(0)).unwrap();
    assert_ne!(
        copy.freshness(&url("row"), after(1), None),
        Freshness::Fresh
    );
}

#[test]
fn a_picture_is_good_for_a_day_where_nobody_says_otherwise() {
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

#[test]
fn a_damaged_file_is_as_good_as_none() {
    let cache = tempfile::tempdir().unwrap();
    let kept =
        ResponseCache::responses(CacheDir::assumed(cache.path(), &account("ada", "default")));
    let copy = copy(&[("etag", "\"v1\"")], after(0)).unwrap();
    for damage in [0, 1, 40, usize::MAX] {
        kept.write(&url("row"), &copy);
        let path = kept.path(&url("row"));
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..damage.min(whole.len() - 1)]).unwrap();
        assert!(kept.read(&url("row")).is_none(), "{damage}");
        assert!(!path.exists(), "{damage}");
    }
}

#[test]
fn what_was_written_longest_ago_goes_first() {
    let cache = tempfile::tempdir().unwrap();
    let kept = ResponseCache {
        cap: 4000,
        ..ResponseCache::responses(CacheDir::assumed(cache.path(), &account("ada", "default")))
    };
    for number in 0..8_u64 {
        let one = url(&number.to_string());
        let answer = answer(200, &[("etag", "\"v1\"")], &[b'x'; 500]);
        let copy = CachedResponse::of(&one, &answer, after(0)).unwrap();
        kept.folder.write(|| kept.put(&one, &copy)).unwrap();
        let file = File::options().write(true).open(kept.path(&one)).unwrap();
        file.set_modified(after(number)).unwrap();
    }
    kept.trim();
    assert!(kept.read(&url("0")).is_none());
    assert!(kept.read(&url("7")).is_some());
    let held: u64 = fs::read_dir(kept.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum();
    assert!(held <= 4000, "{held}");
}

/// The account's file, as a sign-in leaves it.
fn put(accounts: &Accounts, account: &Account) {
    let file = serde_json::json!({
        "schema": 1,
        "issuer": account.issuer,
        "client_id": account.client_id,
        "subject": account.subject,
        "access_token": "not-a-token",
        "signed_in_at": account.signed_in_at.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs(),
    });
    fs::create_dir_all(accounts.folder()).unwrap();
    let new = accounts.folder().join("new");
    fs::write(&new, file.to_string()).unwrap();
    fs::rename(new, accounts.file(&account.profile)).unwrap();
}

#[test]
fn nothing_is_read_or_written_of_whoever_another_process_has_signed_out() {
    let copy = copy(&[("etag", "\"v1\"")], after(0)).unwrap();
    let remove = |accounts: &Accounts| fs::remove_file(accounts.file("default")).unwrap();
    let replace = |accounts: &Accounts| put(accounts, &account("kofi", "default"));
    let ends: [&dyn Fn(&Accounts); 2] = [&remove, &replace];
    for end in ends {
        let home = tempfile::tempdir().unwrap();
        let cache = home.path().join("cache");
        let accounts = Accounts::new(home.path(), &cache);
        let ada = account("ada", "default");
        put(&accounts, &ada);
        let kept = ResponseCache::responses(accounts.cache_dir(&ada));
        let left = || fs::read_dir(cache.join("api")).map_or(0, Iterator::count);
        kept.write(&url("row"), &copy);
        assert!(kept.read(&url("row")).is_some());
        end(&accounts);
        assert!(kept.read(&url("row")).is_none());
        accounts.sweep();
        kept.write(&url("row"), &copy);
        assert_eq!(left(), 0);
        // Signed out and swept after it was asked whether it may be written.
        put(&accounts, &ada);
        let late = kept.folder.write(|| {
            end(&accounts);
            accounts.sweep();
            fs::create_dir_all(kept.folder.path())?;
            kept.put(&url("row"), &copy)
        });
        assert!(late.is_err());
        assert_eq!(left(), 0);
    }
}

#[test]
fn a_sweep_leaves_what_belongs_to_whoever_is_here() {
    let home = tempfile::tempdir().unwrap();
    let cache = home.path().join("cache");
    let accounts = Accounts::new(home.path(), &cache);
    let copy = copy(&[("etag", "\"v1\"")], after(0)).unwrap();
    let kept = |account: &Account| {
        let kept = ResponseCache::responses(CacheDir::assumed(&cache, account));
        kept.write(&url("row"), &copy);
        kept
    };
    let nobody = account("", "kitchen");
    let before = Account {
        signed_in_at: nobody.signed_in_at + Duration::from_secs(60),
        ..nobody.clone()
    };
    let ada = account("ada", "default");
    put(&accounts, &ada);
    put(&accounts, &nobody);
    let here = [kept(&ada), kept(&nobody)];
    let gone = [
        kept(&account("mei", "default")),
        kept(&account("", "attic")),
    ];
    // Of the one who was on the profile before, whose server tells no subject.
    let former = ResponseCache::responses(CacheDir::assumed(&cache, &before));
    fs::create_dir_all(former.folder.path()).unwrap();
    former.write(&url("row"), &copy);
    fs::write(cache.join("api/.tmpAbCd12"), "x").unwrap();
    fs::write(accounts.file("broken"), "{").unwrap();
    assert_eq!(accounts.left_over().len(), 3);
    accounts.sweep();
    assert!(here.iter().all(|kept| kept.read(&url("row")).is_some()));
    assert!(gone.iter().all(|kept| kept.read(&url("row")).is_none()));
    assert!(former.read(&url("row")).is_none());
    assert!(accounts.left_over().is_empty());
    assert_eq!(fs::read_dir(cache.join("api")).unwrap().count(), 2);
}
