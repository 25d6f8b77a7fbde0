//! The address at which a phone on the same network reaches this machine.

use std::net::{IpAddr, Ipv4Addr};

/// Why there is no such address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The system does not tell.
    #[error("the network interfaces cannot be read: {0}")]
    Unreadable(String),
    /// No interface is up with an address that others can reach.
    #[error(
        "this machine has no address on a local network; connect it by cable or Wi-Fi, or leave out --lan"
    )]
    None,
    /// The one address of this machine is one that the whole internet may reach.
    #[error(
        "the address of this machine, {0}, is a public one: not only phones nearby would reach the demo; \
         to have it so, say --lan={0}"
    )]
    Public(IpAddr),
}

/// An address of this machine and what is known about its interface.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Candidate {
    interface: String,
    address: Ipv4Addr,
    up: bool,
    point_to_point: bool,
}

/// Interfaces that software makes for itself: containers, virtual machines, tunnels.
const VIRTUAL: &[&str] = &[
    "br-",
    "cali",
    "cni",
    "docker",
    "dummy",
    "flannel",
    "ifb",
    "lxc",
    "lxd",
    "podman",
    "ppp",
    "tailscale",
    "tap",
    "tun",
    "vboxnet",
    "veth",
    "virbr",
    "vmnet",
    "vnet",
    "wg",
    "zt",
];

/// Whether strangers cannot reach an address, since nobody routes it through the internet: what the registries of
/// special-purpose addresses (RFC 6890) say of private, shared, link-local and like ones.
pub fn is_local(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_documentation()
                || (a == 100 && b & 0xc0 == 64) // RFC 6598: behind a carrier's address translation
                || (a == 198 && b & 0xfe == 18) // RFC 2544: benchmarks
        }
        IpAddr::V6(v6) => {
            v6.is_loopback()
                || v6.is_unique_local()
                || v6.is_unicast_link_local()
                || v6.segments()[..2] == [0x2001, 0xdb8]
        }
    }
}

/// Whether a phone can be sent to an address: one of all machines or of many is nobody's.
pub fn is_of_one_machine(address: IpAddr) -> bool {
    let address = address.to_canonical();
    let of_many = address.is_unspecified() || address.is_multicast();
    !of_many && address != IpAddr::V4(Ipv4Addr::BROADCAST)
}

/// The address to offer to phones: of the interface that leads to the internet where there is one, else of
/// the likeliest. A public one is never taken without being asked for.
///
/// # Errors
/// [`Error::None`] where this machine is on no network, [`Error::Public`] where it is on no local one.
pub fn find() -> Result<Ipv4Addr, Error> {
    let candidates = if_addrs::get_if_addrs()
        .map_err(|error| Error::Unreadable(error.to_string()))?
        .into_iter()
        .filter_map(|interface| match interface.addr {
            if_addrs::IfAddr::V4(ref found) => Some(Candidate {
                address: found.ip,
                up: interface.is_oper_up(),
                point_to_point: interface.is_p2p(),
                interface: interface.name,
            }),
            if_addrs::IfAddr::V6(_) => None,
        })
        .collect::<Vec<_>>();
    // Absent outside Linux; then every interface counts alike.
    let routes = std::fs::read_to_string("/proc/net/route").unwrap_or_default();
    let best = best(&candidates, default_interface(&routes)).ok_or(Error::None)?;
    match is_local(best.into()) {
        true => Ok(best),
        false => Err(Error::Public(best.into())),
    }
}

/// The interface of the default route with the smallest metric, from `/proc/net/route`.
fn default_interface(routes: &str) -> Option<&str> {
    routes
        .lines()
        .skip(1)
        .filter_map(|line| {
            let fields = line.split_whitespace().collect::<Vec<_>>();
            let [interface, destination, _, _, _, _, metric, mask, ..] = fields.as_slice() else {
                return None;
            };
            (*destination == "00000000" && *mask == "00000000")
                .then(|| (metric.parse::<u32>().unwrap_or(u32::MAX), *interface))
        })
        .min_by_key(|(metric, _)| *metric)
        .map(|(_, interface)| interface)
}

fn best(candidates: &[Candidate], default_interface: Option<&str>) -> Option<Ipv4Addr> {
    candidates
        .iter()
        .filter(|candidate| {
            let address = candidate.address;
            !address.is_loopback() && !address.is_unspecified() && !address.is_multicast()
        })
        .filter(|candidate| candidate.up)
        // The first of equals, as the system lists them.
        .min_by_key(|candidate| {
            let is_virtual = candidate.point_to_point
                || VIRTUAL
                    .iter()
                    .any(|prefix| candidate.interface.starts_with(prefix));
            (
                is_virtual,
                !is_local(candidate.address.into()),
                candidate.address.is_link_local(),
                Some(candidate.interface.as_str()) != default_interface,
                !candidate.address.is_private(),
            )
        })
        .map(|candidate| candidate.address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(interface: &str, address: [u8; 4]) -> Candidate {
        Candidate {
            interface: interface.to_owned(),
            address: address.into(),
            up: true,
            point_to_point: false,
        }
    }

    #[test]
    fn a_phone_is_sent_to_the_real_network() {
        let lo = candidate("lo", [127, 0, 0, 1]);
        let docker = candidate("docker0", [172, 17, 0, 1]);
        let tunnel = candidate("wg0", [10, 8, 0, 2]);
        let cable = candidate("enp3s0", [192, 168, 1, 20]);
        let wifi = candidate("wlp2s0", [192, 168, 2, 30]);
        let lonely = candidate("eth0", [169, 254, 3, 4]);
        let public = candidate("eth1", [9, 9, 9, 9]);
        let down = Candidate {
            up: false,
            ..cable.clone()
        };
        for (candidates, default, expected) in [
            (vec![], None, None),
            (vec![&lo], Some("lo"), None),
            (vec![&lo, &docker, &cable], None, Some([192, 168, 1, 20])),
            (vec![&cable, &wifi], Some("wlp2s0"), Some([192, 168, 2, 30])),
            (vec![&cable, &wifi], None, Some([192, 168, 1, 20])),
            // A full tunnel is the default route, and no phone reaches it.
            (vec![&tunnel, &wifi], Some("wg0"), Some([192, 168, 2, 30])),
            (vec![&lonely, &wifi], None, Some([192, 168, 2, 30])),
            (vec![&lonely], None, Some([169, 254, 3, 4])),
            (vec![&public, &wifi], None, Some([192, 168, 2, 30])),
            (vec![&public, &wifi], Some("eth1"), Some([192, 168, 2, 30])),
            (vec![&public, &lonely], Some("eth1"), Some([169, 254, 3, 4])),
            // Nothing better than a public one: which is then refused.
            (vec![&public, &docker], Some("eth1"), Some([9, 9, 9, 9])),
            (vec![&down, &wifi], Some("enp3s0"), Some([192, 168, 2, 30])),
            (vec![&down], Some("enp3s0"), None),
            (vec![&docker], None, Some([172, 17, 0, 1])),
        ] {
            let candidates = candidates.into_iter().cloned().collect::<Vec<_>>();
            assert_eq!(
                best(&candidates, default),
                expected.map(Ipv4Addr::from),
                "{candidates:?}, default {default:?}"
            );
        }
    }

    #[test]
    fn what_strangers_reach_is_not_local() {
        for (address, expected) in [
            ("10.1.2.3", true),
            ("172.16.0.1", true),
            ("172.31.255.255", true),
            ("192.168.1.20", true),
            ("169.254.3.4", true),
            ("127.0.0.2", true),
            ("100.64.0.1", true),
            ("100.127.255.255", true),
            ("192.0.2.2", true),
            ("198.19.0.1", true),
            ("fd00::1", true),
            ("fe80::1", true),
            ("::1", true),
            ("2001:db8::1", true),
            ("::ffff:192.168.1.20", true),
            ("9.9.9.9", false),
            ("172.32.0.1", false),
            ("100.63.255.255", false),
            ("100.128.0.1", false),
            ("192.169.0.1", false),
            ("198.20.0.1", false),
            ("2600::1", false),
            ("fec0::1", false),
            ("::ffff:9.9.9.9", false),
        ] {
            assert_eq!(is_local(address.parse().unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn no_phone_is_sent_to_an_address_of_many_machines() {
        for (address, expected) in [
            ("0.0.0.0", false),
            ("::", false),
            ("::ffff:0.0.0.0", false),
            ("224.0.0.1", false),
            ("ff02::1", false),
            ("255.255.255.255", false),
            ("9.9.9.9", true),
            ("192.168.1.20", true),
            ("127.0.0.2", true),
            ("fd00::1", true),
        ] {
            let given = address.parse().unwrap();
            assert_eq!(is_of_one_machine(given), expected, "{address}");
        }
    }

    #[test]
    fn the_default_route_with_the_smallest_metric_counts() {
        let routes = "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT\n\
            wlp2s0 00000000 0102A8C0 0003 0 0 600 00000000 0 0 0\n\
            enp3s0 00000000 0101A8C0 0003 0 0 100 00000000 0 0 0\n\
            enp3s0 0001A8C0 00000000 0001 0 0 100 00FFFFFF 0 0 0\n";
        assert_eq!(default_interface(routes), Some("enp3s0"));
        assert_eq!(default_interface("Iface Destination\nbroken line"), None);
        assert_eq!(default_interface(""), None);
    }
}
