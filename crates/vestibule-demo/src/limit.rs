//! How many wrong codes may be typed before the page asks to wait (RFC 8628 section 5.1). It asks those who guess: were
//! there a bound on all together, whoever guesses would lock everybody out.

use std::collections::VecDeque;
use std::net::{IpAddr, Ipv6Addr};
use std::time::{Duration, Instant};

/// The time over which wrong codes are counted.
const WINDOW: Duration = Duration::from_secs(300);
/// Wrong codes from one address.
const PER_ADDRESS: usize = 10;
/// Wrong codes from everyone together after which guessing is assumed.
const GUESSING: usize = 100;
/// Wrong codes from one address then. With ten codes alive among 20^8, somebody who never rests and has all of 254
/// addresses has a chance of about one in a million in a quarter of an hour.
const PER_ADDRESS_THEN: usize = 3;
/// Wrong codes remembered; the oldest goes.
const MOST: usize = 10_000;

/// Counts wrong codes.
#[derive(Debug, Default)]
pub(super) struct Limiter {
    /// When and from where, in order.
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
        let allowed = match self.wrong.len() {
            0..GUESSING => PER_ADDRESS,
            _ => PER_ADDRESS_THEN,
        };
        let network = network(address);
        let own = self.wrong.iter().rev().filter(|(_, from)| *from == network);
        // The newest that has to be forgotten first.
        let (at, _) = own.take(allowed).nth(allowed - 1)?;
        Some(WINDOW.saturating_sub(now.duration_since(*at)))
    }

    /// Notes a wrong code.
    pub(super) fn wrong(&mut self, now: Instant, address: IpAddr) {
        if self.wrong.len() >= MOST {
            let _ = self.wrong.pop_front();
        }
        self.wrong.push_back((now, network(address)));
    }
}

/// What counts as one address: with IPv6 the /64, since a single phone owns all of it.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.into(),
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
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
        let later = start + WINDOW;
        assert_eq!(limiter.wait(later, v4(1)), None, "the first is forgotten");
    }

    #[test]
    fn no_number_of_addresses_locks_another_one_out() {
        let now = Instant::now();
        let mut limiter = Limiter::default();
        for address in 0..250 {
            for _ in 0..PER_ADDRESS {
                if limiter.wait(now, v4(address)).is_none() {
                    limiter.wrong(now, v4(address));
                }
            }
        }
        let guesses = limiter.wrong.len();
        assert!(guesses <= GUESSING + 250 * PER_ADDRESS_THEN, "{guesses}");
        for _ in 0..PER_ADDRESS_THEN {
            assert_eq!(limiter.wait(now, v4(254)), None, "and may mistype");
            limiter.wrong(now, v4(254));
        }
        assert_eq!(limiter.wait(now, v4(254)), Some(WINDOW));
    }

    #[test]
    fn a_phone_with_many_ipv6_addresses_is_one() {
        let now = Instant::now();
        let mut limiter = Limiter::default();
        for host in 0..10u128 {
            let address = Ipv6Addr::from_bits((0x2001_0db8 << 96) | host);
            limiter.wrong(now, address.into());
        }
        let other = Ipv6Addr::from_bits((0x2001_0db8 << 96) | 999);
        assert!(limiter.wait(now, other.into()).is_some());
        let mapped = Ipv6Addr::from([0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201]);
        for _ in 0..10 {
            limiter.wrong(now, mapped.into());
        }
        assert!(limiter.wait(now, v4(1)).is_some(), "IPv4 in disguise");
        assert_eq!(limiter.wait(now, v4(2)), None);
    }

    #[test]
    fn memory_stays_bounded() {
        let now = Instant::now();
        let mut limiter = Limiter::default();
        for host in 0..2 * MOST as u32 {
            limiter.wrong(now, IpAddr::V4(host.into()));
        }
        assert_eq!(limiter.wrong.len(), MOST);
    }
}
