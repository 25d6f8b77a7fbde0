//! The words of Markdown (CommonMark, and what GitHub and GitLab add to it).

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Flow, Gap, bounded, html};

/// The words of Markdown, with its lines and paragraphs. A line end of the text is one on the screen, as GitHub shows
/// those of issues and comments.
pub(in crate::api::mapping::value) fn markdown(text: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut flow = Flow::default();
    // HTML in it comes line by line.
    let mut block = None;
    for event in Parser::new_ext(bounded(text), options) {
        match event {
            Event::Start(tag) => open(&mut flow, &tag, &mut block),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(written) = block.take() {
                    html::within(&mut flow, &written);
                }
                flow.gap(Gap::Line);
            }
            Event::End(tag) => close(&mut flow, tag),
            Event::Text(words) if block.is_none() => flow.words(&words, true),
            Event::Code(words) => flow.words(&words, false),
            Event::Html(written) | Event::Text(written) => {
                block.get_or_insert_with(String::new).push_str(&written);
            }
            Event::InlineHtml(written) => html::within(&mut flow, &written),
            Event::SoftBreak | Event::HardBreak => flow.line_end(),
            Event::Rule => flow.gap(Gap::Paragraph),
            Event::TaskListMarker(done) => flow.words(if done { "[x] " } else { "[ ] " }, false),
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
        if flow.is_full() {
            break;
        }
    }
    flow.text
}

fn open(flow: &mut Flow, tag: &Tag<'_>, block: &mut Option<String>) {
    match tag {
        Tag::Paragraph if !flow.lists.is_empty() => flow.gap(Gap::Line),
        Tag::Paragraph
        | Tag::Heading { .. }
        | Tag::BlockQuote(_)
        | Tag::CodeBlock(_)
        | Tag::Table(_) => {
            flow.gap(Gap::Paragraph);
        }
        Tag::HtmlBlock => {
            flow.gap(Gap::Paragraph);
            *block = Some(String::new());
        }
        Tag::List(from) => flow.list(*from),
        Tag::Item => flow.item(),
        Tag::TableRow | Tag::TableHead => flow.gap(Gap::Line),
        Tag::TableCell => flow.gap(Gap::Space),
        _ => {}
    }
}

fn close(flow: &mut Flow, tag: TagEnd) {
    match tag {
        TagEnd::Paragraph if !flow.lists.is_empty() => flow.gap(Gap::Line),
        TagEnd::Paragraph
        | TagEnd::Heading(_)
        | TagEnd::BlockQuote(_)
        | TagEnd::CodeBlock
        | TagEnd::Table => {
            flow.gap(Gap::Paragraph);
        }
        TagEnd::List(_) => flow.list_end(),
        TagEnd::Item => flow.gap(Gap::Line),
        TagEnd::TableCell => flow.gap(Gap::Space),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_told_in_its_words() {
        for (written, expected) in [
            (
                "# Title\n\nOne **bold** and _soft_ `code`.",
                "Title\n\nOne bold and soft code.",
            ),
            ("first\nsecond  \nthird", "first\nsecond\nthird"),
            ("- a\n- b\n  - c\n\nafter", "• a\n• b\n• c\n\nafter"),
            ("- a\n\n- b", "• a\n• b"),
            ("3. x\n4. y", "3. x\n4. y"),
            ("- [x] done\n- [ ] open", "• [x] done\n• [ ] open"),
            (
                "[a link](https://x \"t\"), <https://y>",
                "a link, https://y",
            ),
            ("![A cat](cat.png) asleep", "A cat asleep"),
            ("> quoted\n\nsaid", "quoted\n\nsaid"),
            ("```rust\nfn a() {\n}\n```", "fn a() {\n}"),
            (
                "| Day | Dish |\n|---|---|\n| Mon | Fish |",
                "Day Dish\nMon Fish",
            ),
            ("a <b>bold</b><br>b <!-- gone -->", "a bold\nb"),
            (
                "<details>\n<summary>Logs</summary>\n\nwords\n\n</details>",
                "Logs\n\nwords",
            ),
            ("<script>\nalert(1)\n</script>\n\nkept", "kept"),
            ("~~old~~ Rock &amp; Roll", "old Rock & Roll"),
            ("a\n\n---\n\nb", "a\n\nb"),
            ("5 * 3 < 20", "5 * 3 < 20"),
            ("", ""),
        ] {
            assert_eq!(markdown(written), expected, "{written}");
        }
    }
}
