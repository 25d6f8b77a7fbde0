//! Changes to an input: a few at a time, most of them such as break assumptions and not syntax.

/// What numbers, texts and bytes of strangers like to be.
const ODD: [&[u8]; 32] = [
    b"-1",
    b"0",
    b"1e400",
    b"1e-400",
    b"5.5",
    b"NaN",
    b"18446744073709551616",
    b"9223372036854775808",
    b"null",
    b"true",
    b"[]",
    b"{}",
    b"\"\"",
    b"\"5\"",
    b"\"\\u0000\"",
    b"\"\\u202e\"",
    b"\"\\ud800\"",
    b"\x00",
    b"\x1b[2J",
    b"\xE2\x80\xAE",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xF0\x9F\x98\x80",
    b"[[[[[[[[",
    b"{\"a\":{\"a\":{\"a\":",
    b",",
    b"\"",
    b"\n",
    b"=",
    b"&",
    b"~1~0/-",
    b"%00",
];

/// Changes from a seed: the same seed, the same changes.
pub(crate) struct Mutations(fastrand::Rng);

impl Mutations {
    pub(crate) fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// A changed copy of `data`; `others` are inputs that parts may be taken from.
    pub(crate) fn of(&mut self, data: &[u8], others: &[&[u8]]) -> Vec<u8> {
        let mut data = data.to_vec();
        for _ in 0..self.0.usize(1..4) {
            self.change(&mut data, others);
        }
        data.truncate(256 * 1024);
        data
    }

    fn change(&mut self, data: &mut Vec<u8>, others: &[&[u8]]) {
        let at = self.0.usize(0..=data.len());
        let odd = ODD[self.0.usize(0..ODD.len())];
        match self.0.u8(0..9) {
            0 if at < data.len() => data[at] ^= 1 << self.0.u8(0..8),
            1 => {
                let end = (at + self.0.usize(0..16)).min(data.len());
                let _ = data.drain(at..end);
            }
            2 => insert(data, at, odd),
            // A value in the place of another.
            3 | 4 => {
                let (start, end) = value_near(data, at);
                let _ = data.splice(start..end, odd.iter().copied());
            }
            // The same once more: members and parts that come twice.
            5 => {
                let end = (at + self.0.usize(1..64)).min(data.len());
                let part = data[at..end].to_vec();
                let times = self.0.usize(1..4);
                insert(data, at, &part.repeat(times));
            }
            6 => {
                let other = others[self.0.usize(0..others.len())];
                let start = self.0.usize(0..=other.len());
                let end = (start + self.0.usize(0..128)).min(other.len());
                insert(data, at, &other[start..end]);
            }
            7 => {
                let (start, end) = value_near(data, at);
                let value = data[start..end].to_vec();
                let (start, end) = value_near(data, self.0.usize(0..=data.len()));
                let _ = data.splice(start..end, value);
            }
            8 if data.len() < 4096 => insert(data, at, &odd.repeat(self.0.usize(1..200))),
            _ => data.truncate(at),
        }
    }
}

fn insert(data: &mut Vec<u8>, at: usize, part: &[u8]) {
    let _ = data.splice(at..at, part.iter().copied());
}

/// The number, word or quoted text at or after a place.
fn value_near(data: &[u8], at: usize) -> (usize, usize) {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-._".contains(byte);
    let rest = &data[at..];
    let Some(start) = rest.iter().position(|byte| is_plain(byte) || *byte == b'"') else {
        return (at, at);
    };
    let rest = &rest[start..];
    let length = if rest[0] == b'"' {
        rest[1..]
            .iter()
            .position(|byte| *byte == b'"')
            .map_or(rest.len(), |end| end + 2)
    } else {
        rest.iter()
            .position(|byte| !is_plain(byte))
            .unwrap_or(rest.len())
    };
    (at + start, at + start + length)
}
