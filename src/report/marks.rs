//! Where quotations open and close: double, angled and single marks, and quotations that go on over paragraphs.
//!
//! Of single marks `clause` tells which are no apostrophes. In doubt one neither opens nor closes: a quotation missed is better
//! than words put into marks that nobody said. Linear in the text, but for marks that open and never close, each of which is
//! looked for as far as a quotation goes.

use crate::clause::{ends_single, is_balanced, opens_single};
use crate::span::Span;

/// Words between marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marked {
    /// Between the marks; where a quotation goes on in the next paragraph, up to the end of this one.
    pub span: Span,
    /// Where its closing mark ends.
    pub end: usize,
    /// Where its paragraph ends.
    pub paragraph: usize,
    /// Whether it goes on in the next one.
    pub goes_on: bool,
}

/// Longest quotation within a paragraph, in bytes, and most further paragraphs that it goes on over: nobody closes a longer one.
const LONGEST: usize = 4_000;
const MOST_PARAGRAPHS: usize = 50;

/// The quotations that open in `paragraphs` of a text, in order.
pub(super) fn marked(text: &str, paragraphs: &[Span]) -> Vec<Marked> {
    let marks = Marks::of(text);
    let mut found = Vec::new();
    // The last paragraph of a quotation that goes on over several.
    let mut last = 0;
    for (at, &paragraph) in paragraphs.iter().enumerate() {
        let mut from = paragraph.start;
        while let Some((start, opening)) = marks.next_opening(text, Span::new(from, paragraph.end)) {
            from = start;
            let near = text.floor_char_boundary(paragraph.end.min(start + LONGEST));
            let closed = closing(&text[start..near], opening);
            if closed.is_none() && at >= last {
                last = at + marks.run(text, &paragraphs[at..], start, opening);
            }
            let (close, end) = match closed {
                Some((close, length)) => (start + close, start + close + length),
                None if at < last => (paragraph.end, paragraph.end),
                None => continue,
            };
            let span = Span::new(start, close).trimmed(text);
            if !span.is_empty() {
                found.push(Marked { span, end, paragraph: paragraph.end, goes_on: closed.is_none() });
            }
            from = end;
        }
    }
    found
}

/// Which marks an article's quotations begin with: what closes them in one language opens them in another.
#[derive(Debug, Clone, Copy)]
struct Marks {
    /// „so“, and not “so”
    low: bool,
    /// »so«, and not «so»
    inward: bool,
}

impl Marks {
    fn of(text: &str) -> Self {
        Self {
            low: text.contains('„'), inward: text.find(['«', '»']).is_some_and(|at| text[at..].starts_with('»'))
        }
    }

    /// Behind the first opening mark of a stretch, and that mark.
    fn next_opening(self, text: &str, within: Span) -> Option<(usize, &str)> {
        within.of(text).char_indices().find_map(|(at, c)| {
            let at = within.start + at;
            let (before, rest) = (&text[..at], &text[at..]);
            let opens = match c {
                '„' => true,
                '“' => !self.low,
                '«' => !self.inward,
                '»' => self.inward,
                '"' => opens_straight(before, &rest[1..]),
                '`' => rest.starts_with("``"),
                '\'' | '‘' => opens_single(before, &rest[c.len_utf8()..]),
                _ => false,
            };
            let length = if c == '`' { 2 } else { c.len_utf8() };
            opens.then(|| (at + length, &rest[..length]))
        })
    }

    /// How many paragraphs further a quotation goes on that opens at `start` in the first of some, and does not close there:
    /// each further one opens with the same mark, and the last closes it; 0 where that is not so.
    fn run(self, text: &str, paragraphs: &[Span], start: usize, opening: &str) -> usize {
        let lead = text[paragraphs[0].start..start - opening.len()].trim_end();
        let leads_in = lead.is_empty() || lead.ends_with([':', ',', '.']);
        if !leads_in || !ends_a_sentence(paragraphs[0].of(text)) || matches!(opening, "«" | "»" | "„") {
            return 0;
        }
        for (n, pair) in paragraphs.windows(2).take(MOST_PARAGRAPHS).enumerate() {
            let next = pair[1];
            let apart = !text[pair[0].end..next.start].trim().is_empty();
            let opens = self.next_opening(text, next) == Some((next.start + opening.len(), opening));
            if apart || !opens {
                return 0;
            }
            let start = next.start + opening.len();
            let near = text.floor_char_boundary(next.end.min(start + LONGEST));
            if closing(&text[start..near], opening).is_some() {
                return n + 1;
            }
            if !ends_a_sentence(next.of(text)) {
                return 0;
            }
        }
        0
    }
}

fn ends_a_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', '…'])
}

/// Where behind an opening mark the quotation closes, and how long the mark is that closes it.
fn closing(rest: &str, opening: &str) -> Option<(usize, usize)> {
    let find = |mark: &str| rest.find(mark).map(|at| (at, mark.len()));
    let paired = |close: &str| nested(rest, opening, close).map(|at| (at, close.len())).or_else(|| find(close));
    match opening {
        "“" => paired("”").or_else(|| find("\"")),
        "„" if rest.find(['”', '“']).is_some_and(|at| rest[at..].starts_with('”')) => paired("”"),
        "„" => paired("“"),
        "«" => paired("»"),
        "»" => paired("«"),
        "``" => find("''"),
        "'" | "‘" => closes_single(rest, opening),
        // Some writing programs turn the one mark and not the other.
        _ => match (find("\""), nested(rest, "“", "”")) {
            (Some(straight), Some(turned)) if turned < straight.0 => Some((turned, '”'.len_utf8())),
            (None, Some(turned)) => Some((turned, '”'.len_utf8())),
            (straight, _) => straight,
        },
    }
}

/// Where a quotation ends that may hold others.
fn nested(rest: &str, opening: &str, closing: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, _) in rest.char_indices() {
        if rest[at..].starts_with(closing) {
            depth -= 1;
        } else if rest[at..].starts_with(opening) {
            depth += 1;
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Whether a straight mark between two stretches of text opens a quotation: no inch ("6'2\" tall"), nor the end of what opened in
/// an earlier paragraph, but "was hurt.\"It fell" where a page runs its paragraphs together.
fn opens_straight(before: &str, after: &str) -> bool {
    match before.chars().next_back() {
        Some(c) if c.is_ascii_digit() => false,
        Some(c) if c.is_alphanumeric() || matches!(c, ',' | '.' | '!' | '?' | '\'') => {
            after.starts_with(char::is_alphanumeric)
        }
        _ => true,
    }
}

/// Where the quotation closes that a single mark opens. What it holds has all its double marks in pairs.
fn closes_single(rest: &str, opening: &str) -> Option<(usize, usize)> {
    let close = if opening == "'" { '\'' } else { '’' };
    let ends = |&(at, c): &(usize, char)| c == close && ends_single(&rest[..at], &rest[at + c.len_utf8()..]);
    let (at, _) = rest.char_indices().find(ends)?;
    is_balanced(&rest[..at]).then_some((at, close.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::paragraphs;

    /// What stands in marks, at least two words of it; "…" behind what goes on in the next paragraph.
    fn found(text: &str) -> Vec<String> {
        marked(text, &paragraphs(text))
            .iter()
            .inspect(|found| assert!(found.span.end <= found.end && found.end <= found.paragraph, "{text}"))
            .map(|found| format!("{}{}", found.span.of(text), if found.goes_on { "…" } else { "" }))
            .filter(|words| words.contains(' '))
            .collect()
    }

    #[test]
    fn single_marks_are_quotations() {
        for (text, quotations) in [
            ("'We shall dredge the lock,' said Ina Holt.", &["We shall dredge the lock,"][..]),
            ("‘We shall dredge the lock,’ said Ina Holt.", &["We shall dredge the lock,"]),
            ("Holt said: 'We shall dredge the lock.'", &["We shall dredge the lock."]),
            ("Holt said: ‘We shall dredge the lock’.", &["We shall dredge the lock"]),
            ("Holt called it 'a shame on the whole town'.", &["a shame on the whole town"]),
            ("Holt called it ‘a shame on the town’ and left.", &["a shame on the town"]),
            ("It was 'a gift to the workers', said Holt.", &["a gift to the workers"]),
            ("'The workers' union won't strike,' said Holt.", &["The workers' union won't strike,"]),
            ("‘The workers’ union won’t strike,’ said Holt.", &["The workers’ union won’t strike,"]),
            ("'They were goin' home when it fell,' said Holt.", &["They were goin' home when it fell,"]),
            ("‘I told ’em to run for it!’ Holt shouted.", &["I told ’em to run for it!"]),
            ("'It's the keeper's fault, isn't it?' said Holt.", &["It's the keeper's fault, isn't it?"]),
            ("'They call it “the Jaw” here,' said Holt.", &["They call it “the Jaw” here,"]),
            ("“They told us ‘run for it’ and we ran,” said Holt.", &["They told us ‘run for it’ and we ran,"]),
            ("'It fell,' said Holt. 'Nobody was told.'", &["It fell,", "Nobody was told."]),
            ("'We grew up in the '90s on rock 'n' roll,' said Holt.", &["We grew up in the '90s on rock 'n' roll,"]),
            ("The lock (‘a ditch with doors’) was shut.", &["a ditch with doors"]),
            ("'£40 for a ticket is too much,' said Holt.", &["£40 for a ticket is too much,"]),
            ("'I have no words': keeper on the lock", &["I have no words"]),
            ("'…and then it fell,' said Holt.", &["…and then it fell,"]),
            ("'Was it loud? It was,' said Holt.", &["Was it loud? It was,"]),
            ("Holt wrote 'nobody asked us for years' in her book.", &["nobody asked us for years"]),
            (
                "Holt wrote 'nobody asked the dockers' wives for years' in her book.",
                &["nobody asked the dockers' wives for years"],
            ),
            (
                "Holt said 'it was all over by the summer of '69' in the film.",
                &["it was all over by the summer of '69"],
            ),
        ] {
            assert_eq!(found(text), quotations, "{text}");
        }
    }

    #[test]
    fn an_apostrophe_neither_opens_nor_closes() {
        for text in [
            "The workers' union met the drivers' union.",
            "Tell 'em that the boats' owners paid, Holt said.",
            "In the '90s the ships' crews played rock 'n' roll.",
            "In the ‘90s the ships’ crews, all of them, left.",
            "It's the keeper's lock, and Holt's. The boats' crews left.",
            "The class of '84 met the class of '86's captains.",
            "Stay 'til dawn, the dockers' wives said.",
            "‘Tis the season, and the dockers’ wives sang.",
            "They were goin' down the Joneses' road.",
            "He stood 6' tall and 3' wide, it's said.",
            "Fish 'n' chips at the Joneses' bar.",
            "O'Dale and d'Arlen weren't at the dockers' ball.",
            "Gerard 't Holt sold the brothers' boat.",
            "The 'old lock of the dockers' union was shut.",
            "Rock ’n’ roll and the ’60s: the dockers’ tale.",
            "Don't ask 'cause the captains' wives won't say.",
            "He'd 'ave gone down t'pit wi' th' others.",
            "The princess' gown and the boss' boat were sold.",
            "‘Em and the dockers’ wives were there.",
            "James' boat, Dickens' book, and the Joneses' dog.",
            "Get 'im to the lads' club, 'er said.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_quotation_goes_on_over_paragraphs() {
        for (text, quotations) in [
            (
                "“It fell at dawn. We ran,” said Holt.\n\n“It was loud.\n\n“We hid in the mill.”",
                &["It fell at dawn. We ran,", "It was loud.…", "We hid in the mill."][..],
            ),
            (
                "Holt said: \"It was loud.\n\n\"We hid there.\n\n\"We ran home.\"\n\nShe wept.",
                &["It was loud.…", "We hid there.…", "We ran home."],
            ),
            (
                "Holt said: 'It was loud.\n\n'It wasn't good.\n\n'We ran home.'",
                &["It was loud.…", "It wasn't good.…", "We ran home."],
            ),
            ("‘It was loud.\n\n‘We ran home,’ said Holt.", &["It was loud.…", "We ran home,"]),
            // No paragraph closes it, or the next does not open with the mark, or another stands between.
            ("“It was loud.\n\n“We ran home.", &[]),
            ("“It was loud.\n\nWe ran home,” said Holt.", &[]),
            ("“It was loud.\n\nShe wept.\n\n“We ran home,” said Holt.", &["We ran home,"]),
            ("\"It was loud and\n\n\"We ran home,\" said Holt.", &["We ran home,"]),
            ("The plank was 6\" wide.\n\n\"We ran home,\" said Holt.", &["We ran home,"]),
            ("“It was loud,” said Holt.\n\n“We ran home,” said Soto.", &["It was loud,", "We ran home,"]),
            ("The 'old men ran.\n\n'We ran home,' said Holt.", &["We ran home,"]),
        ] {
            assert_eq!(found(text), quotations, "{text}");
        }
    }

    #[test]
    fn marks_of_two_kinds_and_of_typewriters_close_each_other() {
        for (text, quotations) in [
            ("\"It was loud,” said Holt.", &["It was loud,"][..]),
            ("“It was loud,\" said Holt.", &["It was loud,"]),
            ("``It was loud,'' said Holt.", &["It was loud,"]),
            ("»Es war laut«, sagte Holt.", &["Es war laut"]),
            ("« C’était fort », dit Holt.", &["C’était fort"]),
            ("„Es war laut“, sagte Holt.", &["Es war laut"]),
            ("\"It fell. It was loud,\" said Holt. \"We ran.\"", &["It fell. It was loud,", "We ran."]),
            ("He was hurt.\"It fell hard,\" said Holt.\"We ran.\"", &["It fell hard,", "We ran."]),
            ("He is 6'2\" tall, and she is 5'8\" tall.", &[]),
            ("The tag\" fell hard. Her \"old gate\" stood.", &["old gate"]),
        ] {
            assert_eq!(found(text), quotations, "{text}");
        }
    }
}
