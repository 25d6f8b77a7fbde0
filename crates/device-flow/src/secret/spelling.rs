//! A secret as servers write it back: as it is, in a form or an address (percent-encoded), in a page (HTML), in JSON; or
//! one of them in another.

/// How many bytes at the beginning of `text` spell `secret`. Where the text ends within it, `enough` of its characters
/// count for all: what a server said is cut somewhere.
pub(super) fn of(secret: &str, text: &str, enough: usize) -> Option<usize> {
    // Where the rest may go on: a character that escapes others may also stand for itself.
    let mut ends = vec![0];
    let mut is_cut = false;
    for (read, c) in secret.chars().enumerate() {
        is_cut |= read >= enough && ends.iter().any(|end| is_cut_short(&text[*end..]));
        ends = ends
            .iter()
            .flat_map(|end| spellings(c, &text[*end..]).map(move |length| end + length))
            .collect();
        ends.sort_unstable();
        ends.dedup();
        if ends.is_empty() {
            return is_cut.then_some(text.len());
        }
    }
    ends.last().copied()
}

/// Whether `text` is nothing more, or the beginning of an escape.
fn is_cut_short(text: &str) -> bool {
    let text = text.trim_end_matches(['…', '.']);
    let mut letters = text.chars();
    let escapes = matches!(letters.next(), None | Some('%' | '&' | '\\'));
    let of_an_escape = |c: char| c.is_ascii_alphanumeric() || matches!(c, '#' | '\\');
    escapes && text.len() <= 8 && letters.all(of_an_escape)
}

/// How many bytes at the beginning of `text` may stand for `c`.
fn spellings(c: char, text: &str) -> impl Iterator<Item = usize> {
    let mut lengths = Vec::new();
    if text.starts_with(c) {
        lengths.push(c.len_utf8());
    }
    match text.as_bytes().first() {
        Some(b'+') if c == ' ' => lengths.push(1),
        Some(b'%') => {
            lengths.extend(percent(c, text));
            if c == ' ' {
                lengths.extend(percent('+', text));
            }
        }
        Some(b'&') => lengths.extend(html(c, text)),
        Some(b'\\') => lengths.extend(json(c, text)),
        _ => {}
    }
    lengths.into_iter()
}

/// `%2B`, and `%252B` where it was encoded again.
fn percent(c: char, text: &str) -> Vec<usize> {
    let mut ends = vec![0];
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        let mut next = Vec::new();
        for end in ends {
            let mut rest = text[end..].strip_prefix('%');
            while let Some(digits) = rest {
                if hex(digits, 2) == Some(u32::from(byte)) {
                    next.push(text.len() - digits.len() + 2);
                }
                rest = digits.strip_prefix("25");
            }
        }
        ends = next;
    }
    ends
}

/// `&amp;`, `&#38;` and `&#x26;`, and `&amp;amp;` where it was escaped again.
fn html(c: char, text: &str) -> Vec<usize> {
    let is_it = |name: &str| match name.strip_prefix('#') {
        Some(number) => {
            let read = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            read == Ok(u32::from(c))
        }
        None => name_in_html(c).is_some_and(|known| name.eq_ignore_ascii_case(known)),
    };
    let mut lengths = Vec::new();
    let mut rest = text.strip_prefix('&');
    while let Some(entity) = rest {
        if let Some((name, after)) = entity.split_once(';')
            && is_it(name)
        {
            lengths.push(text.len() - after.len());
        }
        rest = entity.strip_prefix("amp;");
    }
    lengths
}

fn name_in_html(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "amp",
        '<' => "lt",
        '>' => "gt",
        '"' => "quot",
        '\'' => "apos",
        '+' => "plus",
        '/' => "sol",
        '=' => "equals",
        '%' => "percnt",
        '!' => "excl",
        '#' => "num",
        '$' => "dollar",
        '(' => "lpar",
        ')' => "rpar",
        '*' => "ast",
        ',' => "comma",
        '.' => "period",
        ':' => "colon",
        ';' => "semi",
        '?' => "quest",
        '@' => "commat",
        '[' => "lsqb",
        '\\' => "bsol",
        ']' => "rsqb",
        '^' => "hat",
        '_' => "lowbar",
        '`' => "grave",
        '{' => "lcub",
        '|' => "verbar",
        '}' => "rcub",
        ' ' => "nbsp",
        _ => return None,
    })
}

/// `\u002b`, `\/` and `\"`, with as many backslashes as there were encoders; `\x2b` and `\u{2b}` of other languages.
fn json(c: char, text: &str) -> Option<usize> {
    let rest = text.trim_start_matches('\\');
    let slashes = text.len() - rest.len();
    if c == '\\' && slashes >= 2 {
        return Some(2);
    }
    if rest.starts_with(c) && c.is_ascii_punctuation() {
        return Some(slashes + 1);
    }
    if let Some(digits) = rest.strip_prefix('x') {
        return (hex(digits, 2) == Some(u32::from(c))).then_some(slashes + 3);
    }
    if let Some(digits) = rest.strip_prefix("u{") {
        let (digits, _) = digits.split_once('}')?;
        let is_it = u32::from_str_radix(digits, 16) == Ok(u32::from(c));
        return is_it.then_some(slashes + digits.len() + 3);
    }
    let mut end = 0;
    for unit in c.encode_utf16(&mut [0; 2]) {
        let rest = text[end..].strip_prefix('\\')?;
        let digits = rest.trim_start_matches('\\').strip_prefix('u')?;
        if hex(digits, 4) != Some(u32::from(*unit)) {
            return None;
        }
        end = text.len() - digits.len() + 4;
    }
    Some(end)
}

/// So many hexadecimal digits at the beginning of a text.
fn hex(text: &str, digits: usize) -> Option<u32> {
    let digits = text.get(..digits)?;
    let are_digits = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    are_digits.then(|| u32::from_str_radix(digits, 16).ok())?
}
