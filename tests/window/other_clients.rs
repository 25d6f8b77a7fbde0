//! Clients that are not ours against the demo server: it has to be a good one to them too.

use crate::browser;
use testing::device::Device;
use testing::process::Running;

#[test]
fn a_certified_client_finds_the_demo_as_the_specifications_say() {
    let device = Device::new();
    let demo = ["demo", "--serve-only", "--port", "0", "--interval", "1"];
    let mut demo =
        Running::start(device.command(&[&demo[..], &["--rotation-leeway", "0"]].concat()));
    let ready = demo.json();
    let mut client = browser::node("openid-client.mjs");
    let _ = client.arg(ready["issuer"].as_str().unwrap());
    let ended = Running::start(client).wait();
    assert_eq!(ended.code, Some(0), "{ended:?}");
}
