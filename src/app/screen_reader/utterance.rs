//! What is said: of two readings, what the second has that the first had not.

use super::reading::Reading;

/// What is said at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Utterance(Vec<String>);

impl Utterance {
    /// What is said of `now` after `said`; nothing where there is nothing new.
    pub(super) fn between(said: Option<&Reading>, now: &Reading) -> Option<Self> {
        let said = said.filter(|said| said.screen == now.screen);
        let is_new =
            |part: fn(&Reading) -> &String| said.is_none_or(|said| part(said) != part(now));
        let new = |part: fn(&Reading) -> &String| is_new(part).then(|| part(now).clone());
        let title = new(|reading| &reading.title);
        // It is told with the title alone: words in it may change with the minute.
        let text = new(|reading| &reading.text).filter(|_| title.is_some());
        let moved = title.is_some() || is_new(|reading| &reading.group);
        let first = paragraph([title, text]);
        let is_spelled = said.is_none_or(|said| said.spelled != now.spelled);
        let spelled = now.spelled.iter().filter(|_| is_spelled).cloned();
        let spelled: Vec<_> = spelled.collect();
        let states = now.states.iter();
        let states = states.filter(|state| said.is_none_or(|said| !said.states.contains(state)));
        let group = new(|reading| &reading.group);
        let focus = focus(said, moved, now);
        let states = states.cloned().map(Some);
        let rest = [group].into_iter().chain(states).chain([focus]);
        let rest = paragraph(rest.chain([new(|reading| &reading.more)]));
        Self::of_lines(match spelled.is_empty() {
            true => vec![paragraph([Some(first), Some(rest)])],
            false => [vec![first], spelled, vec![rest]].concat(),
        })
    }

    /// What has the focus, said once more.
    pub(super) fn of_the_focus(now: &Reading) -> Option<Self> {
        let focus = now.focus.as_ref()?.brief();
        Self::of_lines(vec![paragraph([Some(focus)])])
    }

    /// These words alone.
    pub(in crate::app) fn of(words: String) -> Self {
        Self(vec![words])
    }

    /// One sentence before what there is to say.
    pub(in crate::app) fn after(self, words: String) -> Self {
        let mut lines = self.0;
        match lines.first_mut() {
            Some(first) => *first = paragraph([Some(words), Some(std::mem::take(first))]),
            None => lines.push(words),
        }
        Self(lines)
    }

    fn of_lines(lines: Vec<String>) -> Option<Self> {
        let lines: Vec<_> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        (!lines.is_empty()).then_some(Self(lines))
    }

    /// Its lines, with a pause after each.
    pub(in crate::app) fn into_lines(self) -> Vec<String> {
        self.0
    }
}

/// What has the focus. Of what had it before, how it is by now; and where something around it has `moved`, its name.
fn focus(said: Option<&Reading>, moved: bool, now: &Reading) -> Option<String> {
    let focus = now.focus.as_ref()?;
    let before = said.and_then(|said| said.focus.as_ref());
    match before.filter(|before| before.is(focus)) {
        None => Some(focus.words()),
        Some(_) if moved => Some(focus.brief()),
        Some(before) if before.state == focus.state => None,
        Some(_) => Some(focus.state.clone()),
    }
}

fn paragraph(sentences: impl IntoIterator<Item = Option<String>>) -> String {
    let sentences = sentences.into_iter().flatten();
    let sentences = sentences.filter_map(|words| sentence(&words));
    sentences.collect::<Vec<_>>().join(" ")
}

/// Words as a voice says them: signs that stand between words on a screen are pauses, and at the end is one.
pub(in crate::app) fn sentence(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.replace(" · ", ", ").replace(" › ", ", ");
    let last = words.chars().last()?;
    let ends = matches!(
        last,
        '.' | '!' | '?' | '…' | ':' | '。' | '！' | '？' | '؟' | '：'
    );
    Some(if ends { words } else { format!("{words}.") })
}
