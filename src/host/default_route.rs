//! Whether this box has a way out. Only the kernel's own tables are read: nothing is sent.

use std::fs;

/// Whether there is a default route; nothing where the kernel does not tell.
pub fn exists() -> Option<bool> {
    let four = fs::read_to_string("/proc/net/route");
    let six = fs::read_to_string("/proc/net/ipv6_route");
    match (four, six) {
        (Err(_), Err(_)) => None,
        (four, six) => {
            let there =
                has_route(&four.unwrap_or_default()) || has_route6(&six.unwrap_or_default());
            Some(there)
        }
    }
}

/// The route may be used (`RTF_UP`).
const UP: u32 = 0x1;
/// The route turns packets away (`RTF_REJECT`).
const REJECT: u32 = 0x200;

/// Whether `/proc/net/route` holds a default route: interface, destination, gateway, flags, …, mask.
fn has_route(table: &str) -> bool {
    table.lines().skip(1).any(|line| {
        let fields: Vec<_> = line.split_whitespace().collect();
        let zero = |at: usize| fields.get(at).is_some_and(|field| *field == "00000000");
        zero(1) && zero(7) && fields.get(3).is_some_and(|flags| usable(flags))
    })
}

/// Whether `/proc/net/ipv6_route` holds a default route: destination, its length, …, flags, interface.
fn has_route6(table: &str) -> bool {
    table.lines().any(|line| {
        let fields: Vec<_> = line.split_whitespace().collect();
        fields.get(1) == Some(&"00")
            && fields.get(9).is_some_and(|interface| *interface != "lo")
            && fields.get(8).is_some_and(|flags| usable(flags))
    })
}

fn usable(flags: &str) -> bool {
    u32::from_str_radix(flags, 16).is_ok_and(|flags| flags & UP != 0 && flags & REJECT == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";

    #[test]
    fn a_default_route_is_a_network() {
        let way_out = "eth0\t00000000\t0100A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n";
        let near = "eth0\t0000A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n";
        let down = way_out.replace("\t0003\t", "\t0002\t");
        assert!(has_route(&format!("{HEAD}{near}{way_out}")));
        for table in [
            "",
            HEAD,
            &format!("{HEAD}{near}"),
            &format!("{HEAD}{down}"),
            "x\ny z",
        ] {
            assert!(!has_route(table), "{table}");
        }
    }

    #[test]
    fn so_is_one_of_the_sixth_version() {
        let zero = "0".repeat(32);
        let line = |flags: &str, interface: &str| {
            format!(
                "{zero} 00 {zero} 00 fe800000000000000000000000000001 00000064 00000001 00000000 {flags} {interface}\n"
            )
        };
        assert!(has_route6(&line("00450003", "eth0")));
        assert!(!has_route6(&line("00200200", "lo")), "what every box has");
        assert!(!has_route6(&line("00200200", "eth0")));
        assert!(!has_route6(""));
    }
}
