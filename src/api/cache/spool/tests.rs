//! What is kept where, and written how often.

use std::fs;

use super::*;
use crate::api::cache::tests::account;

fn long(letter: &str) -> Arc<Spool> {
    Arc::new(Spool::new(letter.repeat(SHORT).into_bytes()))
}

fn part(spool: &Spool, part: Range<usize>) -> String {
    String::from_utf8(spool.part(&part).unwrap().into_owned()).unwrap()
}

#[test]
fn what_is_long_lies_in_a_file_that_nobody_finds() {
    let root = tempfile::tempdir().unwrap();
    let folder = CacheDir::assumed(root.path(), &account("ada", "default"));
    let text = format!("a{}z", "-".repeat(SHORT));
    let spools = Spools::default();
    let kept = spools.keep(Arc::new(Spool::new(text.into_bytes())), Some(&folder));
    assert!(!kept.is_in_memory());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    assert_eq!(part(&kept, 0..2), "a-");
    assert_eq!(part(&kept, SHORT..SHORT + 2), "-z");
    assert!(kept.part(&(SHORT..SHORT + 3)).is_err());
    // Whoever reads on has it until they let go of it.
    folder.forget();
    assert_eq!(part(&kept, 0..2), "a-");
}

#[test]
fn what_is_short_or_may_be_nowhere_else_stays_in_memory() {
    let root = tempfile::tempdir().unwrap();
    let folder = CacheDir::assumed(root.path(), &account("ada", "default"));
    let spools = Spools::default();
    let short = spools.keep(Arc::new(Spool::new(b"short".to_vec())), Some(&folder));
    assert!(short.is_in_memory());
    assert_eq!(part(&short, 1..3), "ho");
    assert!(short.part(&(3..6)).is_err());
    // Of a guest, or what its server wants stored nowhere; also where it was once stored.
    assert!(spools.keep(long("a"), None).is_in_memory());
    let stored = spools.keep(long("b"), Some(&folder));
    assert!(!stored.is_in_memory());
    assert!(spools.keep(long("b"), None).is_in_memory());
    folder.forget();
    assert!(spools.keep(long("c"), Some(&folder)).is_in_memory());
}

#[test]
fn what_says_the_same_is_there_once_and_written_once() {
    let root = tempfile::tempdir().unwrap();
    let folder = CacheDir::assumed(root.path(), &account("ada", "default"));
    let spools = Spools::default();
    for folder in [None, Some(&folder)] {
        let first = spools.keep(long("a"), folder);
        assert!(Arc::ptr_eq(&first, &spools.keep(long("a"), folder)));
        assert!(!Arc::ptr_eq(&first, &spools.keep(long("b"), folder)));
        drop(first);
        let held = spools
            .0
            .lock()
            .unwrap()
            .iter()
            .filter_map(Weak::upgrade)
            .count();
        assert_eq!(held, 0, "nobody needs them any more");
    }
}
