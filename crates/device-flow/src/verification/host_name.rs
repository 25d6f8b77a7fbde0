//! Which names of hosts are shown in their own letters: a browser's policy for internationalized domain names, label by
//! label. Whatever does not pass is shown in Punycode, which is ugly and never looks like another name.
//!
//! As Chromium has it (<https://chromium.googlesource.com/chromium/src/+/main/docs/idn.md>), on the data of Unicode TS 39:
//! letters that are in everyday use, of one script or of a combination that one language writes, and no label that can be
//! read as one in ASCII. What it knows of popular names is left out: it would be out of date on a box.

use idna::uts46::{AsciiDenyList, Hyphens, Uts46};
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript as _};
use unicode_security::mixed_script::AugmentedScriptSet;
use unicode_security::{RestrictionLevel, RestrictionLevelDetection as _, skeleton};

/// The host of an address, whose `rest` follows it.
pub(super) fn readable(host: &str, rest: &str) -> String {
    let in_unicode = |label: &[char], tld: &[char], is_bidi: bool| {
        let label: String = label.iter().collect();
        let tld: String = tld.iter().collect();
        (!is_bidi || begins_with_a_letter(rest)) && is_unmistakable(&label, &tld)
    };
    let (shown, read) = Uts46::new().to_user_interface(
        host.as_bytes(),
        AsciiDenyList::URL,
        Hyphens::Allow,
        in_unicode,
    );
    match read {
        Ok(()) => shown.into_owned(),
        // It came out of the same rules; an address by number has none.
        Err(_) => host.to_owned(),
    }
}

/// Whether what follows a host stays behind it. Digits and signs after letters from right to left change places with
/// them on the screen (Unicode TR 9).
fn begins_with_a_letter(rest: &str) -> bool {
    match rest.strip_prefix('/') {
        Some(path) => path.is_empty() || path.starts_with(|c: char| c.is_ascii_alphabetic()),
        None => rest.is_empty(),
    }
}

/// Whether a label can be read as nothing but itself.
fn is_unmistakable(label: &str, tld: &str) -> bool {
    label.check_restriction_level(RestrictionLevel::HighlyRestrictive)
        && !has_a_loose_mark(label)
        && !has_a_dotless_i(label, tld)
        && !looks_like_ascii(label, tld)
}

/// A mark that no letter of a language has on it: composition (NFC, which IDNA asks for) has left it over.
fn has_a_loose_mark(label: &str) -> bool {
    let letters = label.chars().zip(label.chars().skip(1));
    let mut pairs = letters.filter(|(_, mark)| is_combining_mark(*mark));
    pairs.any(|(letter, mark)| letter.is_ascii() || letter == mark)
}

/// An i without its dot outside of the languages that write one: where the country is none of theirs, and no other letter
/// of theirs is in the name.
fn has_a_dotless_i(label: &str, tld: &str) -> bool {
    let turkic = [
        '\u{e7}', '\u{f6}', '\u{fc}', '\u{11f}', '\u{15f}', '\u{259}',
    ];
    label.contains('\u{131}') && !matches!(tld, "tr" | "az") && !label.contains(turkic)
}

/// Whether letters of other scripts stand for ones in ASCII: all of them (`\u{0430}\u{0440}\u{0440}\u{04cf}\u{0435}`), or any beside
/// real ones. Letters with accents are letters of their own; whole names in a script whose top-level domain is written in
/// it, too, are what its readers expect.
fn looks_like_ascii(label: &str, tld: &str) -> bool {
    let others: Vec<char> = label.chars().filter(|c| !is_latin(*c)).collect();
    let mistaken = |c: &char| skeleton(c.encode_utf8(&mut [0; 4])).all(|c| c.is_ascii());
    // A stroke that is no letter between letters is a dash, a dot or a slash to whoever does not write Japanese.
    let stroke = |c: &char| {
        matches!(
            c,
            '\u{30FB}' | '\u{30FC}' | '\u{4E00}' | '\u{4E36}' | '\u{4E3F}'
        )
    };
    if label.contains(|c: char| c.is_ascii_alphabetic()) {
        return others.iter().any(|c| mistaken(c) || stroke(c));
    }
    let is_at_home = !tld.is_empty()
        && !tld.chars().any(is_latin)
        && !AugmentedScriptSet::for_str(&format!("{label}{tld}")).is_empty();
    !others.is_empty() && others.iter().all(mistaken) && !is_at_home
}

/// Whether it is a letter of the Latin script, or ASCII.
fn is_latin(c: char) -> bool {
    c.is_ascii() || c.script() == Script::Latin
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(host: &str) -> String {
        let ascii = idna::domain_to_ascii(host).unwrap();
        readable(&ascii, "/device")
    }

    #[test]
    fn names_in_one_language_are_shown_in_its_letters() {
        for host in [
            "id.example",
            "b\u{fc}cher.example",
            "caf\u{e9}-cr\u{e8}me.example",
            "c\u{153}ur.example",
            "s\u{e6}by.example",
            "k\u{f8}benhavn.example",
            "\u{142}\u{f3}d\u{17a}.example",
            "\u{131}\u{15f}\u{131}k.example",
            "\u{131}rmak.com.tr",
            "\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.example",
            "\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.\u{440}\u{444}",
            "\u{441}\u{43e}\u{440}.\u{440}\u{444}",
            "\u{3c0}\u{3b1}\u{3c1}\u{3ac}\u{3b4}\u{3b5}\u{3b9}\u{3b3}\u{3bc}\u{3b1}.example",
            "\u{4f8b}\u{3048}.example",
            "\u{65e5}\u{672c}\u{8a9e}\u{30c6}\u{30ec}\u{30d3}.example",
            "\u{30ce}\u{30fc}\u{30c8}.example",
            "\u{d14c}\u{b808}\u{be44}.example",
            "\u{4e2d}\u{6587}tv.example",
            "\u{645}\u{62b}\u{627}\u{644}.example",
            "\u{5d3}\u{5d5}\u{5d2}\u{5de}\u{5d4}.example",
            "\u{909}\u{926}\u{93e}\u{939}\u{930}\u{923}.example",
        ] {
            assert_eq!(shown(host), host);
        }
    }

    #[test]
    fn names_that_look_like_others_are_shown_in_punycode() {
        for host in [
            // A letter of another script among Latin ones.
            "\u{430}uth0.com",
            "g\u{43e}ogle.com",
            "googl\u{3b5}.com",
            "micros\u{585}ft.com",
            // One of the same script.
            "\u{131}d.example",
            "m\u{131}crosoft.com",
            "auth0.c\u{43e}m",
            // All letters of another script, each of which has a double.
            "\u{430}\u{440}\u{440}\u{4cf}\u{435}.com",
            "\u{440}\u{430}\u{443}\u{440}\u{430}\u{4cf}.com",
            "\u{3bf}\u{3c1}\u{3bf}.com",
            "\u{455}\u{441}\u{43e}\u{440}\u{435}.com",
            // Signs of other scripts for those of an address.
            "google\u{30ce}device.evil.example",
            "google\u{30fc}device.example",
            "google\u{4e36}com.example",
            // Out of everyday use, pictures, marks on their own.
            "\u{1d22}oogle.com",
            "\u{261}oogle.com",
            "\u{1f4a9}.la",
            "\u{2665}.example",
            "g\u{323}\u{323}oogle.com",
            "\u{13aa}\u{13a0}.com",
        ] {
            let shown = shown(host);
            assert!(shown.is_ascii() && shown.contains("xn--"), "{host} {shown}");
        }
    }

    #[test]
    fn letters_from_right_to_left_do_not_change_places_with_what_follows() {
        let host = idna::domain_to_ascii("\u{5d0}\u{5d1}\u{5d2}.example").unwrap();
        for rest in ["/1/device", "/%20/x", ":8443/", "?a"] {
            assert_eq!(readable(&host, rest), host, "{rest}");
        }
        assert_eq!(readable(&host, "/device"), "\u{5d0}\u{5d1}\u{5d2}.example");
    }

    #[test]
    fn addresses_by_number_stay() {
        for host in ["127.0.0.1", "[::1]", "[fd00::1]", "localhost", ""] {
            assert_eq!(readable(host, "/"), host);
        }
    }
}
