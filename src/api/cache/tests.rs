//! What lies on the disk, of which account, and for how long.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use super::cached_response::tests::{after, answer, copy, url};
use super::*;
use crate::session::{Account, Accounts};

pub(super) fn account(subject: &str, profile: &str) -> Account {
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
        static_refresh_token: false,
        not_remembered: None,
        guest: false,
    }
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
    kept.write(url("row"), &copy);
    let read = kept.read(url("row")).unwrap();
    assert_eq!((&read.body[..], read.fetched_at), (&b"{}"[..], after(0)));
    assert_eq!(
        read.freshness(&url("row"), after(1), None),
        copy.freshness(&url("row"), after(1), None)
    );
    assert!(kept.read(url("other")).is_none());

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&cache.path().join("api")), 0o700);
    assert_eq!(mode(kept.folder.path()), 0o700);
    let file = kept.path(url("row").as_str());
    assert_eq!(mode(&file), 0o600);
    let text = fs::read_to_string(file).unwrap();
    assert!(
        !text.contains("hunter") && !text.to_lowercase().contains("authorization"),
        "{text}"
    );

    let other = |subject, profile| {
        ResponseCache::responses(CacheDir::assumed(cache.path(), &account(subject, profile)))
    };
    assert!(other("grace", "default").read(url("row")).is_none());
    assert!(other("ada", "kitchen").read(url("row")).is_some());
    other("", "kitchen").write(url("row"), &copy);
    assert!(other("", "default").read(url("row")).is_none());
    CacheDir::assumed(cache.path(), &account("ada", "default")).forget();
    assert!(kept.read(url("row")).is_none());
}

#[test]
fn nothing_is_written_of_whoever_has_signed_out() {
    let cache = tempfile::tempdir().unwrap();
    let copy = copy(&[("etag", "\"v1\"")], after(0)).unwrap();
    for subject in ["ada", ""] {
        let account = account(subject, "default");
        let kept = ResponseCache::responses(CacheDir::assumed(cache.path(), &account));
        let pictures = ResponseCache::pictures(CacheDir::assumed(cache.path(), &account));
        kept.write(url("row"), &copy);
        pictures.write(url("row"), &copy);
        assert!(pictures.read(url("row")).is_some());
        CacheDir::assumed(cache.path(), &account).forget();
        // Late ones, of requests that were on their way.
        kept.write(url("row"), &copy);
        pictures.write(url("row"), &copy);
        let left = fs::read_dir(cache.path().join("api")).unwrap().count();
        assert_eq!(left, 0, "{subject:?}");
        // Signed in again, to the same account.
        let again = ResponseCache::responses(CacheDir::assumed(cache.path(), &account));
        again.write(url("row"), &copy);
        assert!(again.read(url("row")).is_some());
        CacheDir::assumed(cache.path(), &account).forget();
    }
}

#[test]
fn where_the_server_tells_no_subject_every_sign_in_begins_with_nothing() {
    let cache = tempfile::tempdir().unwrap();
    let copy = copy(&[("etag", "\"v1\"")], after(0)).unwrap();
    let first = account("", "default");
    let kept = ResponseCache::responses(CacheDir::assumed(cache.path(), &first));
    kept.write(url("row"), &copy);
    ResponseCache::pictures(CacheDir::assumed(cache.path(), &first)).write(url("row"), &copy);
    // The same sign-in after a restart.
    assert!(
        ResponseCache::responses(CacheDir::assumed(cache.path(), &first))
            .read(url("row"))
            .is_some()
    );
    let second = Account {
        signed_in_at: first.signed_in_at + Duration::from_secs(60),
        ..first
    };
    let other = ResponseCache::responses(CacheDir::assumed(cache.path(), &second));
    assert!(other.read(url("row")).is_none());
    other.write(url("other"), &copy);
    // Nobody can come back to what the first one saw, so it is gone.
    assert!(kept.read(url("row")).is_none());
    assert!(other.read(url("other")).is_some());
}

#[test]
fn a_damaged_file_is_as_good_as_none() {
    let cache = tempfile::tempdir().unwrap();
    let kept =
        ResponseCache::responses(CacheDir::assumed(cache.path(), &account("ada", "default")));
    let copy = copy(&[("etag", "\"v1\"")], after(0)).unwrap();
    for damage in [0, 1, 40, usize::MAX] {
        kept.write(url("row"), &copy);
        let path = kept.path(url("row").as_str());
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..damage.min(whole.len() - 1)]).unwrap();
        assert!(kept.read(url("row")).is_none(), "{damage}");
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
        kept.folder.write(|| kept.put(one.as_str(), &copy)).unwrap();
        let file = File::options()
            .write(true)
            .open(kept.path(one.as_str()))
            .unwrap();
        file.set_modified(after(number)).unwrap();
    }
    kept.trim();
    assert!(kept.read(url("0")).is_none());
    assert!(kept.read(url("7")).is_some());
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
        kept.write(url("row"), &copy);
        assert!(kept.read(url("row")).is_some());
        end(&accounts);
        assert!(kept.read(url("row")).is_none());
        accounts.sweep();
        kept.write(url("row"), &copy);
        assert_eq!(left(), 0);
        // Signed out and swept after it was asked whether it may be written.
        put(&accounts, &ada);
        let late = kept.folder.write(|| {
            end(&accounts);
            accounts.sweep();
            fs::create_dir_all(kept.folder.path())?;
            kept.put(url("row").as_str(), &copy)
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
        kept.write(url("row"), &copy);
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
    former.write(url("row"), &copy);
    fs::write(cache.join("api/.tmpAbCd12"), "x").unwrap();
    fs::write(accounts.file("broken"), "{").unwrap();
    assert_eq!(accounts.left_over().len(), 3);
    accounts.sweep();
    assert!(here.iter().all(|kept| kept.read(url("row")).is_some()));
    assert!(gone.iter().all(|kept| kept.read(url("row")).is_none()));
    assert!(former.read(url("row")).is_none());
    assert!(accounts.left_over().is_empty());
    assert_eq!(fs::read_dir(cache.join("api")).unwrap().count(), 2);
}

#[test]
fn what_says_the_same_is_not_written_again_and_again() {
    use std::os::unix::fs::MetadataExt;

    let cache = tempfile::tempdir().unwrap();
    let kept =
        ResponseCache::responses(CacheDir::assumed(cache.path(), &account("ada", "default")));
    let validated: &[_] = &[("etag", "\"v1\""), ("cache-control", "no-cache")];
    let lasting: &[_] = &[("cache-control", "max-age=300")];
    let said = |headers, body: &[u8], at| {
        CachedResponse::of(&url("row"), &answer(200, headers, body), after(at)).unwrap()
    };
    let file = kept.path(url("row").as_str());
    // Every writing is a file of its own, in place of the one before.
    let inode = || fs::metadata(&file).unwrap().ino();
    let mut before = None;
    for (copy, is_written) in [
        (said(validated, b"[1]", 0), true),
        (said(validated, b"[1]", 60), false),
        (said(validated, b"[1]", 3_599), false),
        (said(validated, b"[1]", 3_600), true),
        (said(validated, b"[2]", 3_601), true),
        (said(validated, b"[1]", 3_602), true),
        (said(lasting, b"[1]", 3_603), false),
    ] {
        kept.write(url("row"), &copy);
        assert_eq!(before != Some(inode()), is_written, "{:?}", copy.fetched_at);
        // The number of a file that has gone may be given again.
        let hold = cache.path().join(format!("{:?}", copy.fetched_at));
        fs::hard_link(&file, hold).unwrap();
        before = Some(inode());
        // What the API has said of it since is remembered: it saves questions.
        let read = kept.read(url("row")).unwrap();
        assert_eq!(read.fetched_at, copy.fetched_at);
        let at = copy.fetched_at + Duration::from_secs(200);
        assert_eq!(
            read.is_fresh(&url("row"), at),
            copy.is_fresh(&url("row"), at)
        );
    }
    // One that was removed meanwhile is missed.
    let again = said(validated, b"[3]", 4_000);
    kept.write(url("row"), &again);
    fs::remove_file(&file).unwrap();
    kept.write(url("row"), &again);
    assert!(kept.read(url("row")).is_some());
}
