//! The grant as a pure state machine, under a clock that moves only when told: no network, no waiting.

use std::time::{Duration, Instant};

use device_flow::grant::{Authorization, Effect, Grant, Input, PollAnswer};
use device_flow::{RetryLimit, UserCode};

fn main() {
    let mut now = Instant::now();
    let started = now;
    let (grant, _) = Grant::start(RetryLimit::Forever);
    let (mut grant, mut effects) = grant.step(Input::Authorized(authorization()), now);
    for _ in 0..6 {
        let Some(at) = wake(&effects) else { break };
        now = at;
        (grant, effects) = grant.step(Input::Timer, now);
        if effects
            .iter()
            .any(|effect| matches!(effect, Effect::Poll(_)))
        {
            println!("{:>4} s: poll", (now - started).as_secs());
            let answer = PollAnswer::SlowDown {
                status: 400,
                asked: None,
            };
            (grant, effects) = grant.step(Input::Answered(answer), now);
        }
    }
    println!("over: {}", grant.is_over());
}

fn wake(effects: &[Effect]) -> Option<Instant> {
    effects.iter().find_map(|effect| match effect {
        Effect::WakeAt(at) => Some(*at),
        _ => None,
    })
}

fn authorization() -> Authorization {
    Authorization {
        device_code: "secret".into(),
        code: UserCode {
            user_code: "QTZL-MCBW".to_owned(),
            verification_uri: "https://id.example/activate".to_owned(),
            verification_uri_complete: None,
            message: None,
        },
        expires_in: Duration::from_secs(300),
        interval: Duration::from_secs(5),
    }
}
