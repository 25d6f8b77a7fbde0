//! By what a box can be told from its neighbours: its host name, and an identifier made from the machine's.

use aws_lc_rs::hmac;

/// Of this program, for [`machine_id`]; made once with `systemd-id128 new`.
const APPLICATION: u128 = 0x6d1f_8b52_c07e_4c39_9a64_5e2b_d8f1_7730;

/// The name that the system has given this box; `None` where it has none.
pub fn hostname() -> Option<String> {
    let system = rustix::system::uname();
    let name = system.nodename().to_string_lossy();
    // What the kernel says as long as nobody has set a name.
    (!name.is_empty() && name != "(none)").then(|| name.into_owned())
}

/// An identifier of this box for this program: what `systemd-id128 machine-id --app-specific=` prints for
/// [`APPLICATION`]. The machine's own is confidential (machine-id(5)), and does not follow from it.
pub fn machine_id() -> Option<String> {
    application_specific(&std::fs::read_to_string("/etc/machine-id").ok()?)
}

/// HMAC-SHA256 of the application's identifier under the machine's, marked as a UUID of version 4
/// (`sd_id128_get_machine_app_specific`(3)). `None` for what is no identifier, such as `uninitialized`.
fn application_specific(machine: &str) -> Option<String> {
    let machine = machine.trim();
    let is_whole = machine.len() == 32 && machine.bytes().all(|digit| digit.is_ascii_hexdigit());
    let machine = u128::from_str_radix(machine, 16)
        .ok()
        .filter(|id| is_whole && *id != 0)?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, &machine.to_be_bytes());
    let tag = hmac::sign(&key, &APPLICATION.to_be_bytes());
    let first = tag.as_ref().first_chunk::<16>()?;
    let version_4 = 0x4000 << 64;
    let variant = 0x8 << 60;
    let id = u128::from_be_bytes(*first) & !(0xf000 << 64) & !(0xc << 60) | version_4 | variant;
    Some(format!("{id:032x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identifier_is_that_of_systemd_and_does_not_tell_the_machines() {
        let machine = "0123456789abcdef0123456789abcdef";
        let told = application_specific(&format!("{machine}\n"));
        assert_eq!(told.as_deref(), Some("b6101507d4bc4574bbb5244a1cd85ae1"));
        for none in [
            "",
            "uninitialized",
            "0",
            &"0".repeat(32),
            &"+".repeat(32),
            &machine[1..],
        ] {
            assert_eq!(application_specific(none), None, "{none:?}");
        }
    }
}
