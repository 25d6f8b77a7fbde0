//! Trying, counting and waiting, on a disk.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::super::Accounts;
use super::super::account_record::tests::record;
use super::*;

struct Scene {
    home: tempfile::TempDir,
    accounts: Accounts,
    ada: Account,
}

impl Scene {
    /// Ada with the PIN 2580.
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        let ada = record(1).account("default", None);
        accounts.account_file("default").write(&record(1)).unwrap();
        accounts.pins().set(&ada, &right()).unwrap();
        Self {
            home,
            accounts,
            ada,
        }
    }

    fn file(&self) -> std::path::PathBuf {
        self.home.path().join("accounts/default.pin")
    }

    fn attempt(&self, digits: [u8; Pin::LENGTH]) -> Verdict {
        self.accounts.pins().attempt(&self.ada, &Pin::new(digits))
    }

    fn count(&self) -> u64 {
        let text = fs::read_to_string(self.file()).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        value["wrong_tries"].as_u64().unwrap()
    }
}

fn right() -> Pin {
    Pin::new([2, 5, 8, 0])
}

#[test]
fn the_right_pin_opens_and_a_wrong_one_does_not() {
    let scene = Scene::new();
    assert_eq!(scene.accounts.pins().state(&scene.ada), PinState::Ready);
    assert_eq!(scene.attempt([2, 5, 8, 1]), Verdict::Wrong { left: 4 });
    assert_eq!(scene.count(), 1);
    assert_eq!(scene.attempt([2, 5, 8, 0]), Verdict::Right);
    assert_eq!(scene.count(), 0, "a right PIN forgives");
    assert_eq!(scene.attempt([0, 8, 5, 2]), Verdict::Wrong { left: 4 });
}

#[test]
fn five_wrong_ones_close_the_door_also_after_a_restart() {
    let scene = Scene::new();
    for left in [4, 3, 2, 1, 0] {
        assert_eq!(scene.attempt([0, 0, 0, 0]), Verdict::Wrong { left });
    }
    assert!(matches!(
        scene.accounts.pins().state(&scene.ada),
        PinState::Wait(_)
    ));
    assert!(
        matches!(scene.attempt([2, 5, 8, 0]), Verdict::Wait(_)),
        "not even the right one"
    );
    assert_eq!(scene.count(), 5, "what was not looked at is not counted");
    let restarted = Accounts::new(scene.home.path(), scene.home.path());
    assert!(matches!(
        restarted.pins().state(&scene.ada),
        PinState::Wait(_)
    ));
}

#[test]
fn nothing_on_disk_tells_the_digits_and_nobody_else_may_read_it() {
    let scene = Scene::new();
    let first = fs::read_to_string(scene.file()).unwrap();
    assert!(!first.contains("2580"), "{first}");
    let mode = fs::metadata(scene.file()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    scene.accounts.pins().set(&scene.ada, &right()).unwrap();
    assert_ne!(fs::read_to_string(scene.file()).unwrap(), first, "salted");
    assert_eq!(format!("{:?}", right()), format!("{:?}", Pin::new([0; 4])));
}

#[test]
fn a_pin_is_changed_and_removed() {
    let scene = Scene::new();
    scene
        .accounts
        .pins()
        .set(&scene.ada, &Pin::new([1, 1, 1, 1]))
        .unwrap();
    assert!(matches!(scene.attempt([2, 5, 8, 0]), Verdict::Wrong { .. }));
    assert_eq!(scene.attempt([1, 1, 1, 1]), Verdict::Right);
    scene.accounts.pins().remove(&scene.ada).unwrap();
    assert_eq!(scene.accounts.pins().state(&scene.ada), PinState::NotSet);
    assert_eq!(scene.attempt([9, 9, 9, 9]), Verdict::Right, "none is set");
    scene.accounts.pins().remove(&scene.ada).unwrap();
}

#[test]
fn a_file_that_cannot_be_read_fits_no_pin() {
    let scene = Scene::new();
    let whole = fs::read_to_string(scene.file()).unwrap();
    for broken in [
        String::new(),
        "{".to_owned(),
        "\0\0\0".to_owned(),
        whole.replace("\"passes\": 4", "\"passes\": 4000000"),
        whole.replace("\"memory_kib\": 9216", "\"memory_kib\": 4000000000"),
        whole.replace("\"schema\": 1", "\"schema\": 2"),
    ] {
        fs::write(scene.file(), broken).unwrap();
        assert_eq!(
            scene.accounts.pins().state(&scene.ada),
            PinState::Unreadable
        );
        assert_eq!(scene.attempt([2, 5, 8, 0]), Verdict::Unreadable);
    }
    fs::remove_file(scene.file()).unwrap();
    fs::create_dir(scene.file()).unwrap();
    assert_eq!(
        scene.accounts.pins().state(&scene.ada),
        PinState::Unreadable
    );
}

#[test]
fn a_pin_goes_with_its_account() {
    let scene = Scene::new();
    scene.accounts.account_file("default").remove().unwrap();
    assert!(!scene.file().exists());
}

#[test]
fn a_disk_that_forgets_is_no_help() {
    let scene = Scene::new();
    let kept = fs::read(scene.file()).unwrap();
    for left in [4, 3, 2, 1, 0] {
        assert_eq!(scene.attempt([0, 0, 0, 0]), Verdict::Wrong { left });
        fs::write(scene.file(), &kept).unwrap();
    }
    assert!(matches!(scene.attempt([2, 5, 8, 0]), Verdict::Wait(_)));
}
