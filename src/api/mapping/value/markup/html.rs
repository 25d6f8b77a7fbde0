//! The words of HTML. The tokenizer of WHATWG finds tags and decodes entities; no tree is built, so nothing nests.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::{Flow, Gap, bounded};

/// The words of HTML, with its lines and paragraphs.
pub(in crate::api::mapping::value) fn html(text: &str) -> String {
    let mut page = Page::default();
    page.read(text);
    page.flow.text
}

/// The same, among words that are there already.
pub(super) fn within(flow: &mut Flow, text: &str) {
    let mut page = Page {
        flow: std::mem::take(flow),
        ..Page::default()
    };
    page.read(text);
    *flow = page.flow;
}

#[derive(Debug, Default)]
struct Page {
    flow: Flow,
    /// The element whose content nobody reads, and how many of it are open.
    unread: Option<(Vec<u8>, usize)>,
    /// How many elements are open that keep line ends.
    kept: usize,
}

impl Page {
    fn read(&mut self, text: &str) {
        let text = bounded(text);
        // Many APIs have one member for text with and without tags: without any, lines are lines.
        let plain = !has_tags(text);
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let tokens = Tokenizer::new_with_emitter(text, emitter);
        for Ok(token) in tokens {
            match token {
                Token::StartTag(tag) => self.open(&tag),
                Token::EndTag(tag) => self.close(&tag.name),
                Token::String(words) if self.unread.is_none() => {
                    let words = String::from_utf8_lossy(&words.value);
                    self.flow.words(&words, plain || self.kept > 0);
                }
                Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
            if self.flow.is_full() {
                break;
            }
        }
    }

    fn open(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        if let Some((unread, open)) = &mut self.unread {
            *open += usize::from(unread == name);
            return;
        }
        match name {
            b"br" => self.flow.line_end(),
            b"img" => {
                if let Some(alt) = tag.attributes.get(&b"alt"[..]) {
                    self.flow.words(&String::from_utf8_lossy(&alt.value), false);
                }
            }
            b"ul" | b"menu" => self.flow.list(None),
            b"ol" => {
                let start = tag.attributes.get(&b"start"[..]);
                let start = start.and_then(|start| str::from_utf8(&start.value).ok());
                self.flow
                    .list(Some(start.and_then(|it| it.parse().ok()).unwrap_or(1)));
            }
            b"li" => self.flow.item(),
            b"td" | b"th" => self.flow.gap(Gap::Space),
            b"pre" => {
                self.kept += 1;
                self.flow.gap(Gap::Paragraph);
            }
            _ if is_unread(name) && !tag.self_closing => self.unread = Some((name.to_vec(), 1)),
            _ => self.flow.gap(gap_around(name)),
        }
    }

    fn close(&mut self, name: &[u8]) {
        if let Some((unread, open)) = &mut self.unread {
            *open -= usize::from(unread == name);
            if *open == 0 {
                self.unread = None;
            }
            return;
        }
        match name {
            b"ul" | b"ol" | b"menu" => self.flow.list_end(),
            b"pre" => {
                self.kept = self.kept.saturating_sub(1);
                self.flow.gap(Gap::Paragraph);
            }
            b"li" => self.flow.gap(Gap::Line),
            b"td" | b"th" => self.flow.gap(Gap::Space),
            _ => self.flow.gap(gap_around(name)),
        }
    }
}

/// Whether a text has anything that looks like a tag.
fn has_tags(text: &str) -> bool {
    text.split('<').skip(1).any(|after| {
        let name = after.strip_prefix('/').unwrap_or(after);
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && after.contains('>')
    })
}

/// Elements of which a page shows nothing as words.
fn is_unread(name: &[u8]) -> bool {
    matches!(
        name,
        b"script"
            | b"style"
            | b"template"
            | b"noscript"
            | b"iframe"
            | b"head"
            | b"object"
            | b"svg"
            | b"math"
            | b"select"
            | b"textarea"
            | b"audio"
            | b"video"
            | b"canvas"
    )
}

/// What stands before and after an element (HTML, section 15.3: margins are paragraphs).
fn gap_around(name: &[u8]) -> Gap {
    match name {
        b"p" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"blockquote" | b"figure"
        | b"table" | b"dl" | b"hr" | b"fieldset" | b"details" => Gap::Paragraph,
        b"div" | b"section" | b"article" | b"header" | b"footer" | b"main" | b"nav" | b"aside"
        | b"address" | b"figcaption" | b"tr" | b"caption" | b"dt" | b"dd" | b"form"
        | b"summary" | b"center" | b"body" => Gap::Line,
        _ => Gap::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::text;

    #[test]
    fn a_page_is_told_in_its_words() {
        for (written, expected) in [
            ("Rock &amp; Roll&#8217;s", "Rock & Roll’s"),
            ("Caf&eacute; &hellip; &nbsp;&lt;3", "Café … <3"),
            (
                "<p>One.</p>\n<p>Two <b>bold</b>\nwords.</p>",
                "One.\n\nTwo bold words.",
            ),
            (
                "One<br>two<br/>three<br><br>four",
                "One\ntwo\nthree\n\nfour",
            ),
            (
                "<ul><li>Soup</li><li>Rice &amp; beans</li></ul>After",
                "• Soup\n• Rice & beans\n\nAfter",
            ),
            ("<ol start=3><li>c<li>d</ol>", "3. c\n4. d"),
            (
                "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
                "• a\n• b\n• c",
            ),
            (
                "<table><tr><td>Mon</td><td>Fish</td></tr><tr><td>Tue</td></tr></table>",
                "Mon Fish\nTue",
            ),
            ("a<script>alert('<p>')</script>b<style>p{}</style>c", "abc"),
            ("<svg><svg></svg><text>x</text></svg>y", "y"),
            ("<img src=x alt=\"A cat\"> asleep", "A cat asleep"),
            (
                "<a href=\"https://x\">a link</a>, <!-- gone -->kept",
                "a link, kept",
            ),
            ("<pre>a\n  b</pre>", "a\nb"),
            // Nothing of it is a tag: lines are lines.
            ("Room 3\nBring tea &amp; cups", "Room 3\nBring tea & cups"),
            ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
            ("<p>Not closed", "Not closed"),
            ("</p></li></ul></script>Only ends", "Only ends"),
            ("<script>never closed", ""),
            ("", ""),
        ] {
            assert_eq!(text::paragraphs(&html(written)), expected, "{written}");
        }
    }
}
