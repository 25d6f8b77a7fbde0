//! How many wrong codes may be typed before the page asks to wait (RFC 8628 section 5.1).

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// The time over which wrong codes are counted.
const WINDOW: Duration = Duration::from_secs(300);
/// Wrong codes from one address.
const PER_ADDRESS: usize = 10;
/// Wrong codes from everyone together. With at most 1000 codes alive among 20^8, a guesser who never
/// rests has a chance of about one in 85,000 in a quarter of an hour.
const OVERALL: usize = 100;

/// Counts wrong codes. Its size is bounded by [`OVERALL`].
#[derive(Debug, Default)]
pub(super) struct Limiter {
    wrong: VecDeque<(Instant, IpAddr)>,
}

impl Limiter {
    /// How long `address` has to wait before it may try a code, right or wrong.
    pub(super) fn wait(&mut self, now: Instant, address: IpAddr) -> Option<Duration> {
        while let Some((at, _)) = self.wrong.front() {
            if now.duration_since(*at) < WINDOW {
                break;
            }
            let _ = self.wrong.pop_front();
        }
        let mut counts: HashMap<IpAddr, (usize, Instant)> = HashMap::new();
        for (at, from) in &self.wrong {
            counts.entry(*from).or_insert((0, *at)).0 += 1;
        }
        let first = match counts.get(&network(address)) {
            Some((count, first)) if *count >= PER_ADDRESS => *first,
            _ if self.wrong.len() >= OVERALL => self.wrong.front()?.0,
            _ => return None,
        };
        Some(WINDOW.saturating_sub(now.duration_since(first)))
    }

    /// Notes a wrong code.
    pub(super) fn wrong(&mut self, now: Instant, address: IpAddr) {
        if self.wrong.len() < OVERALL {
            self.wrong.push_back((now, network(address)));
        }
    }
}

/// What counts as one address: with IPv6 the /64, since a single phone owns all of it.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.into(),
        IpAddr::V6(v6) => {
            std::net::Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v4(last: u8) -> IpAddr {
        [192, 0, 2, last].into()
    }

    #[test]
    fn ten_wrong_codes_and_the_address_waits() {
        let start = Instant::now();
        let mut limiter = Limiter::default();
        for second in 0..10 {
            let now = start + Duration::from_secs(second);
            assert_eq!(limiter.wait(now, v4(1)), None);
            limiter.wrong(now, v4(1));
        }
        let now = start + Duration::from_secs(60);
        assert_eq!(limiter.wait(now, v4(1)), Some(Duration::from_secs(240)));
        assert_eq!(limiter.wait(now, v4(2)), None, "others are not concerned");
        assert_eq!(
            limiter.wait(start + WINDOW, v4(1)),
            None,
            "the first is forgotten"
        );
    }

    #[test]
    fn many_addresses_together_wait_too() {
        let now = Instant::now();
        let mut limiter = Limiter::default();
        for address in 0..100 {
            assert_eq!(limiter.wait(now, v4(address)), None);
            limiter.wrong(now, v4(address));
        }
        assert_eq!(limiter.wait(now, v4(200)), Some(WINDOW));
        limiter.wrong(now, v4(200));
        assert_eq!(limiter.wrong.len(), OVERALL, "bounded");
    }

    #[test]
    fn a_phone_with_many_ipv6_addresses_is_one() {
        let now = Instant::now();
        let mut limiter = Limiter::default();
        for host in 0..10u128 {
            let address = std::net::Ipv6Addr::from_bits((0x2001_0db8 << 96) | host);
            limiter.wrong(now, address.into());
        }
        let other = std::net::Ipv6Addr::from_bits((0x2001_0db8 << 96) | 999);
        assert!(limiter.wait(now, other.into()).is_some());
    }
}
