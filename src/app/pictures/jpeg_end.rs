//! Whether a JPEG is there to its end: a decoder that makes the best of it does not say.

/// Whether it begins as a JPEG and breaks off before its End Of Image marker (ISO 10918-1, annex B). What follows that
/// marker belongs to somebody else.
pub(super) fn is_missing(file: &[u8]) -> bool {
    file.starts_with(&[0xFF, 0xD8]) && !ends(&file[2..])
}

/// Walks segment by segment: the thumbnail within one has an end of its own.
fn ends(mut rest: &[u8]) -> bool {
    while let Some((marker, after)) = next_marker(rest) {
        rest = match marker {
            0xD9 => return true,
            // Markers without a segment.
            0x01 | 0xD0..=0xD8 => after,
            _ => {
                let Some(&[high, low]) = after.get(..2) else {
                    return false;
                };
                let length = usize::from(u16::from_be_bytes([high, low]));
                match after.get(length.max(2)..) {
                    Some(after) => after,
                    None => return false,
                }
            }
        };
    }
    false
}

/// The next marker and what follows it. Between segments stands coded picture data, in which 0xFF is followed by zero
/// (B.1.1.5), and any number of 0xFF may stand before a marker (B.1.1.2).
fn next_marker(data: &[u8]) -> Option<(u8, &[u8])> {
    let mut at = 0;
    loop {
        at += data.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        match *data.get(at + 1)? {
            0x00 => at += 2,
            0xFF => at += 1,
            marker => return Some((marker, &data[at + 2..])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_that_of_the_picture() {
        let whole = [
            &b"\xff\xd8\xff\xe1\x00\x08\xff\xd8\xff\xd9xx"[..],
            b"\xff\xff\xda\x00\x03x",
            b"data\xff\x00\xd9\xff\xd3more",
            b"\xff\xd9",
        ]
        .concat();
        assert!(!is_missing(&whole));
        assert!(!is_missing(&[&whole[..], b"garbage \xff\xd8"].concat()));
        for end in 2..whole.len() {
            assert!(is_missing(&whole[..end]), "{end}");
        }
        for other in [&b""[..], b"\xff", b"\x89PNG", b"RIFF"] {
            assert!(!is_missing(other));
        }
    }
}
