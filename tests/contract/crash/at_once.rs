//! Many processes at once on one account whose access token has run out: one of them refreshes.

use std::process::{ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use super::ledger::Ledger;
use testing::demo_process::Demo;
use testing::relay::Relay;

const PROCESSES: u64 = 6;
const ROUNDS: u64 = 12;

/// Runs a call through a relay of its own.
fn call(demo: &Demo, run: u64, order: &Mutex<()>, ledger: &Mutex<Ledger>) -> ExitStatus {
    let relay = Relay::new(demo.issuer());
    let config = demo.config_with(&format!("run-{run}.toml"), &relay.endpoint());
    let mut child = demo
        .command(Some(&config), "a", &["call", "library/continue"])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    loop {
        if let Some(exchange) = relay.serve(run, order, |_| {}) {
            ledger.lock().unwrap().note(exchange);
        }
        if let Some(ended) = child.try_wait().unwrap() {
            return ended;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn two_processes_never_present_one_token() {
    let demo = Demo::start("60", "0");
    demo.sign_in("a", "ada");
    let (order, ledger) = (Mutex::default(), Mutex::new(Ledger::default()));
    for round in 0..ROUNDS {
        demo.expire("a");
        let ended = thread::scope(|scope| {
            let calls = (0..PROCESSES)
                .map(|process| {
                    let run = round * PROCESSES + process;
                    let (demo, order, ledger) = (&demo, &order, &ledger);
                    scope.spawn(move || call(demo, run, order, ledger))
                })
                .collect::<Vec<_>>();
            calls
                .into_iter()
                .map(|call| call.join().unwrap())
                .collect::<Vec<_>>()
        });
        assert!(ended.iter().all(ExitStatus::success), "{round}: {ended:?}");
    }
    let ledger = ledger.into_inner().unwrap();
    assert_eq!(ledger.granted() as u64, ROUNDS);
    assert!(ledger.is_a_chain());
    assert_eq!(ledger.newest(), Some(demo.stored("a")));
    assert_eq!(demo.reuses(), 0);
    assert!(demo.is_signed_in("a"));
}
