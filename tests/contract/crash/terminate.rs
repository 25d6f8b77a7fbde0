//! A signal that asks to end while the server's answer is on its way: the process waits for it, writes, and ends.

use std::process::Stdio;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use testing::demo_process::{Demo, within};
use testing::relay::{Answer, Moment, Relay};

/// How late the answer comes: long enough for the process to be gone if it did not wait.
const LATE: Duration = Duration::from_millis(1500);

/// The contract's limit.
const LIMIT: Duration = Duration::from_secs(5);

/// Sends `signal` while the server has given new tokens and the answer is late. Ends with `code`.
fn hit(signal: Signal, shell: &str, code: i32) {
    let demo = Demo::start("60", "0");
    demo.sign_in("a", "ada");
    demo.expire("a");
    let stored = demo.stored("a");
    let relay = Relay::new(demo.issuer());
    let config = demo.config_with("late.toml", &relay.endpoint());
    let call = demo.command(Some(&config), "a", &["call", "library/continue"]);
    let mut call = within(shell, &call)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut asked = None;
    let exchange = loop {
        let exchange = relay.serve(0, &Mutex::default(), |moment| {
            if moment == Moment::Committed {
                kill_process(Pid::from_child(&call), signal).unwrap();
                asked = Some(Instant::now());
                thread::sleep(LATE);
                assert_eq!(
                    call.try_wait().unwrap(),
                    None,
                    "{signal:?}: it did not wait"
                );
                assert_eq!(demo.stored("a"), stored, "nothing to write yet");
            }
        });
        match exchange {
            Some(exchange) => break exchange,
            None => thread::sleep(Duration::from_millis(1)),
        }
        assert_eq!(call.try_wait().unwrap(), None, "it asked for no token");
    };
    let ended = call.wait().unwrap();
    assert!(asked.unwrap().elapsed() < LIMIT);
    assert_eq!(ended.code(), Some(code), "{signal:?}: {ended}");
    assert_eq!(exchange.answer, Answer::Granted(demo.stored("a")));
    assert!(demo.is_signed_in("a"));
    assert_eq!(demo.reuses(), 0);
}

#[test]
fn a_refresh_in_flight_is_finished_and_written() {
    for signal in [Signal::TERM, Signal::INT, Signal::HUP, Signal::QUIT] {
        // A script that started the tests with `&` has had the last one ignored.
        let code = if signal == Signal::INT { 130 } else { 1 };
        hit(
            signal,
            r#"exec env --default-signal=HUP,QUIT "$0" "$@""#,
            code,
        );
    }
}

#[test]
fn a_hang_up_that_is_ignored_stays_so() {
    hit(Signal::HUP, r#"trap "" HUP; exec "$0" "$@""#, 0);
}
