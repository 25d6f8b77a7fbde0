//! How long this box has been running, its sleep included: a time that no set clock changes.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Where the kernel tells one start of the box from another.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// Time since the box was started. Goes on while it sleeps, which [`std::time::Instant`] does not.
pub fn now() -> Duration {
    read(ClockId::Boottime)
}

/// How much of that time the box has slept: what [`std::time::Instant`] lacks.
pub fn slept() -> Duration {
    // In this order: a moment between the two is no sleep.
    let boot = read(ClockId::Boottime);
    boot.saturating_sub(read(ClockId::Monotonic))
}

fn read(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or(0),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    )
}

/// What tells this start of the box from every other; nothing where the system does not say.
pub fn boot_id() -> Option<String> {
    let id = std::fs::read_to_string(BOOT_ID).ok()?;
    Some(id.trim().to_owned()).filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_goes_back() {
        let then = now();
        assert!(!then.is_zero());
        assert!(now() >= then);
        assert!(slept() <= now());
        assert_eq!(boot_id(), boot_id());
    }
}
