//! What a text that is shown need not begin or end with: a quotation mark alone, the marks of a list, of a quoted mail or of
//! stress in Markdown. Marks that have their other half in the text stay.

use super::quotes::{closes_only, opens_only};
use super::verb::asserts;
use super::{is_balanced, lower, without_dateline};
use crate::span::Span;

/// Without the mark of a list or of a quoted mail before a text: "• ", "> ", "+ ".
pub(super) fn without_list_mark(said: &str) -> &str {
    let mut rest = said.trim_start();
    loop {
        let run = rest.trim_start_matches(['*', '+', '-', '—', '–', '#', '|']);
        let next = match rest.strip_prefix(['•', '·', '▪', '>']) {
            Some(next) => next,
            // "-5 degrees", "#halden", "**Halden**"
            None if run.len() < rest.len() && run.starts_with(char::is_whitespace) => run,
            None => return rest,
        };
        rest = next.trim_start();
    }
}

/// The same behind it: "Share +", "More >>".
fn without_end_mark(said: &str) -> &str {
    let mut rest = said.trim_end();
    loop {
        let run = rest.trim_end_matches(['*', '+', '#', '|', '•', '·', '▪']);
        let next = match rest.strip_suffix('>') {
            Some(next) => next,
            None if run.len() < rest.len() && run.ends_with(char::is_whitespace) => run,
            None => return rest,
        };
        rest = next.trim_end();
    }
}

/// Without what is alone at either end, and without what stresses all of a text: "**It fell.**".
pub fn without_stray_marks(text: &str, span: Span) -> Span {
    let span = without_dateline(text, span);
    let said = without_quotation_mark(without_stress(without_end_mark(span.of(text))));
    // Trimming leaves a part of the text itself.
    let start = said.as_ptr() as usize - text.as_ptr() as usize;
    if said.is_empty() { span } else { Span::new(start, start + said.len()) }
}

/// Without a lone quotation mark at either end, where a quotation goes on in the next sentence.
fn without_quotation_mark(said: &str) -> &str {
    if opens_only(said) {
        return said.trim_start_matches(['\'', '‘']);
    }
    if closes_only(said) {
        return said.trim_end_matches(['\'', '’']);
    }
    let marks = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»');
    let trimmed = [said.trim_start_matches(marks), said.trim_end_matches(marks)];
    if is_balanced(said) {
        return said;
    }
    trimmed.into_iter().find(|trimmed| is_balanced(trimmed) && !trimmed.is_empty()).unwrap_or(said)
}

/// Without marks of stress that have no other half, or that stand around all of it.
fn without_stress(said: &str) -> &str {
    const MARKS: [char; 3] = ['*', '_', '~'];
    let mut rest = said;
    for mark in MARKS {
        let runs = runs(rest, mark);
        let (front, back) = (rest.starts_with(mark), rest.ends_with(mark));
        let alone = runs % 2 == 1;
        let around = runs == 2 && front && back;
        if front && (alone || around) {
            rest = rest.trim_start_matches(mark).trim_start();
        }
        if back && (alone && !front || around) {
            rest = rest.trim_end_matches(mark).trim_end();
        }
    }
    rest
}

/// How many runs of a mark stand at an end of a word: none of "file_name".
fn runs(said: &str, mark: char) -> usize {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let opens = |&(at, c): &(usize, char)| c == mark && !said[..at].ends_with(mark);
    let stresses = |&(at, _): &(usize, char)| {
        let behind = said[at..].trim_start_matches(mark);
        !(letter(said[..at].chars().next_back()) && letter(behind.chars().next()))
    };
    said.char_indices().filter(opens).filter(stresses).count()
}

/// Lower-case first words of what hangs on something before it.
const HANGING: &[&str] =
    &["and", "but", "for", "of", "or", "than", "to", "what", "where", "which", "who", "whom", "whose", "with"];

/// So begins what names a thing; a headline hardly does, and its verb may be one that no list knows.
const THINGS: &[&str] = &["a", "an", "that", "the", "these", "this", "those"];

/// Most words of a place or a person that stands by itself.
const MOST_BARE: usize = 6;

/// Whether a text says nothing by itself: a thing, a place or a person without a verb, half of a quotation, the beginning of a caption that
/// goes on somewhere else ("Divers search the harbour for..."), the end of a sentence whose beginning was lost.
pub fn is_scrap(said: &str) -> bool {
    let first = crate::token::words(said).first().map(|word| word.span.of(said));
    let hangs = first.is_some_and(|first| HANGING.contains(&first));
    let breaks_off = said.ends_with("...") || said.ends_with('…');
    hangs || breaks_off || is_bare(said) || !is_balanced(said) || opens_only(said) || closes_only(said)
}

/// Whether a text has no verb and is a thing without a full stop, a place ("Quay County, Va.") or somebody ("44-year-old Ina Holt").
pub fn is_bare(said: &str) -> bool {
    let spans: Vec<Span> = crate::token::words(said).iter().map(|word| word.span).collect();
    let thing = spans.first().is_some_and(|first| THINGS.contains(&&*lower(first.of(said))));
    let names = thing && !said.ends_with(['.', '!', '"', '”', '’']);
    let capitals = || spans.iter().all(|span| span.of(said).starts_with(char::is_uppercase));
    let few = spans.len() <= MOST_BARE;
    let place = few && said.contains(',') && capitals();
    let somebody = few && said.starts_with(|c: char| c.is_ascii_digit());
    (names || place || somebody) && !has_verb(said, &spans)
}

/// Whether a text has a verb; in a headline of capitals a word is no name for having one.
fn has_verb(said: &str, spans: &[Span]) -> bool {
    let capital = |span: &&Span| span.of(said).starts_with(char::is_uppercase);
    if 2 * spans.iter().filter(capital).count() <= spans.len() {
        return asserts(said, spans);
    }
    let lower = said.to_lowercase();
    let spans: Vec<Span> = crate::token::words(&lower).iter().map(|word| word.span).collect();
    asserts(&lower, &spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_by_itself_is_a_scrap() {
        for (text, scrap) in [
            ("A ferry with a torn bow in the port of Quay", true),
            ("Three Deckhands Killed in Quay Ferry Fire", false),
            ("We mourn with all of Quay.", false),
            ("Free ferries start at dawn", false),
            ("to what may have caused the fire.", true),
            ("what Holt called the worst night of her life.", true),
            ("this was horrible,” Holt said.", true),
            ("Divers search the harbour for...", true),
            ("Divers search the harbour for the mate.", false),
            ("the mate was found at dawn", false),
            ("Three dead in ferry fire", false),
            ("Quay County, Va.", true),
            ("44-year-old Ina Holt", true),
            ("Holt, Ferris Hurt", false),
            ("“This was horrible,” Holt said.", false),
        ] {
            assert_eq!(is_scrap(text), scrap, "{text}");
        }
    }

    #[test]
    fn a_text_shows_no_stray_mark_at_either_end() {
        for (text, expected) in [
            ("“We heard it all.", "We heard it all."),
            ("And it was dark.”", "And it was dark."),
            ("'We heard it all.", "We heard it all."),
            ("And it was dark.’", "And it was dark."),
            ("'We heard it all,' said Holt.", "'We heard it all,' said Holt."),
            ("'90s bands played.", "'90s bands played."),
            ("> Two ships collided.", "Two ships collided."),
            (">> > Two ships collided. >>", "Two ships collided."),
            ("+ Two ships collided.", "Two ships collided."),
            ("Two ships collided. +", "Two ships collided."),
            ("* Two ships collided.", "Two ships collided."),
            ("## Two ships collided |", "Two ships collided"),
            ("**Two ships collided.**", "Two ships collided."),
            ("**Two ships collided.", "Two ships collided."),
            ("_Two ships collided._", "Two ships collided."),
            ("Two ships collided.*", "Two ships collided."),
            ("**Dockers** at *Halden* voted.", "**Dockers** at *Halden* voted."),
            ("> **“Two ships collided.", "Two ships collided."),
            ("It was -5 degrees.", "It was -5 degrees."),
            ("-5 degrees were measured.", "-5 degrees were measured."),
            ("#halden is shut.", "#halden is shut."),
            ("A film rated 18+", "A film rated 18+"),
            ("Open file_name and other_name_", "Open file_name and other_name"),
            ("**", "**"),
        ] {
            assert_eq!(without_stray_marks(text, Span::new(0, text.len())).of(text), expected, "{text}");
        }
    }
}
