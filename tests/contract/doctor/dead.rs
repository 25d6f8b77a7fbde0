//! Every way in which a server can be dead: the doctor is done in ten seconds all the same, the whole of him. The one
//! thing that he waits for is a refresh that has begun: see `session`.

use std::thread;
use std::time::{Duration, Instant};

use super::{auth0, code, healthy, oidc, tidy, with_api};
use testing::device::Device;
use testing::stub_server::{Site, black_hole, serve, swallows_connections};

/// What a person waits for an answer.
const PATIENCE: Duration = Duration::from_secs(10);

struct Patient {
    name: &'static str,
    config: String,
    exit: i32,
    says: &'static str,
}

impl Patient {
    fn examine(&self) {
        let home = Device::new();
        home.configure(&self.config);
        tidy(&home);
        let started = Instant::now();
        let ended = home.run(&["doctor"]);
        let took = started.elapsed();
        assert!(took < PATIENCE, "{}: {took:?}: {ended:?}", self.name);
        assert_eq!(ended.code, Some(self.exit), "{}: {ended:?}", self.name);
        assert!(ended.stdout.contains(self.says), "{}: {ended:?}", self.name);
    }
}

#[test]
fn no_way_of_being_dead_takes_ten_seconds() {
    let (_listener, mute) = black_hole();
    let (_queue, _waiting, lost) = swallows_connections();
    let mute_api = with_api(&oidc(&format!("http://{mute}")), &format!("http://{mute}"));
    let lost_api = with_api(&oidc(&format!("http://{lost}")), &format!("http://{lost}"));
    let no_code = serve(healthy().silent("/device", ""));
    let no_poll = serve(healthy().silent("/token", ""));
    let no_row = serve(healthy().silent("/api/row", ""));
    let dripping = serve(Site::dripping());
    let preset = serve(
        Site::default()
            .json("/oauth/device/code", 200, &code())
            .silent("/oauth/token", ""),
    );
    let of = |name, config, exit, says| Patient {
        name,
        config,
        exit,
        says,
    };
    let patients = [
        of("packets get lost", lost_api, 6, "failed    tcp"),
        of(
            "connections are taken and nothing is said",
            mute_api,
            6,
            "failed    discovery",
        ),
        of(
            "TLS is never set up",
            oidc(&format!("https://{mute}")),
            6,
            "failed    tls",
        ),
        of(
            "TLS gets lost",
            oidc(&format!("https://{lost}")),
            6,
            "failed    tcp",
        ),
        of(
            "a byte a second",
            with_api(&oidc(&dripping), &dripping),
            6,
            "failed    discovery",
        ),
        of(
            "no code comes",
            with_api(&oidc(&no_code), &no_code),
            6,
            "failed    device grant",
        ),
        of(
            "no poll is answered",
            with_api(&oidc(&no_poll), &no_poll),
            6,
            "failed    token endpoint",
        ),
        of(
            "a preset, and no poll is answered",
            auth0(&preset),
            6,
            "failed    token endpoint",
        ),
        of(
            "the API says nothing",
            with_api(&oidc(&no_row), &no_row),
            6,
            "failed    api",
        ),
    ];
    thread::scope(|scope| {
        for patient in &patients {
            let _one = scope.spawn(|| patient.examine());
        }
    });
}
