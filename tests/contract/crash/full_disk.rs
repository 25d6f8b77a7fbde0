//! A disk that takes nothing more: no token is spent for one that could not be kept.

use std::fs;

use testing::demo_process::{Demo, within};

#[test]
fn a_call_on_a_full_disk_fails_and_keeps_the_session() {
    let demo = Demo::start("60", "0");
    demo.sign_in("a", "ada");
    demo.expire("a");
    let before = fs::read(demo.account_file("a")).unwrap();
    let call = demo.command(None, "a", &["call", "library/continue"]);
    // To the process, a limit of nothing on the size of files is a full disk.
    let mut limited = within(r#"trap "" XFSZ; ulimit -f 0; exec "$0" "$@""#, &call);
    let ended = limited.output().unwrap();
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    assert!(
        String::from_utf8_lossy(&ended.stderr).contains("a.json"),
        "{ended:?}"
    );
    assert_eq!(fs::read(demo.account_file("a")).unwrap(), before);
    assert!(demo.is_signed_in("a"));
    assert_eq!(demo.reuses(), 0);
}
