//! Who says what a sentence quotes: by name, or in the sentence's own words; a pronoun names nobody.
//!
//! What stands beside the verb of saying, outside the marks. Linear in the words of the sentence.

use super::known::is_state;
use crate::calendar::WEEKDAYS;
use crate::clause::{is_function_word, is_opener, is_saying};
use crate::span::Span;
use crate::token::words;

/// How a description begins.
const ARTICLES: &[&str] = &["the", "a", "an", "his", "her", "its", "their"];
const PRONOUNS: &[&str] = &["he", "i", "it", "she", "they", "we", "who", "you", "that", "this", "which"];
/// Words that no speaker's description goes beyond.
const STOPS: &[&str] = &["and", "but", "as", "when", "while", "after", "in", "on", "at", "to", "during", "that"];
/// What follows these tells more about the speaker.
const RELATIVE: &[&str] = &["who", "whose", "whom", "which"];
/// What stands between a description and a name that is somebody else's: "the father of Ina Holt".
const OF: &[&str] = &["of", "for", "from", "with", "by"];

/// Who a sentence says said what it quotes: what stands next to a verb of saying outside the marks.
pub(super) fn speaker(text: &str, sentence: Span, quote: Span, end: usize) -> Option<Span> {
    let paragraph = text[end..].find("\n\n").map_or(text.len(), |at| end + at);
    let mut after = Span::new(end, paragraph.min(end + 160).max(end));
    after.end = text.floor_char_boundary(after.end);
    if end < sentence.end {
        after.end = after.end.min(sentence.end).max(end);
    } else if let Some(stop) = after.of(text).find(['.', '“', '"']) {
        after.end = end + stop;
        // Behind a full stop another sentence begins: "“It fell.” Ferris said so to the port", but "“It fell.” Ferris said."
        let mut last = words(after.of(text)).into_iter().rev().take(1);
        let says = last.any(|word| is_saying(&word.span.of(after.of(text)).to_lowercase()));
        if quote.of(text).ends_with('.') && !says {
            after.end = end;
        }
    }
    let before = Span::new(sentence.start, quote.start.max(sentence.start));
    [after, before].into_iter().find_map(|outside| beside_verb(text, outside))
}

/// The name or the description beside the verb of saying in a stretch of text.
fn beside_verb(text: &str, outside: Span) -> Option<Span> {
    let tokens: Vec<Span> = words(outside.of(text)).iter().map(|word| word.span.shifted(outside.start)).collect();
    let lower = |at: usize| tokens[at].of(text).to_lowercase();
    let verb = (0..tokens.len()).find(|&at| is_saying(&lower(at)))?;
    let gap = |at: usize| &text[tokens[at].end..tokens[at + 1].start];
    let plain = |at: usize| matches!(gap(at), " " | "-" | ". " | "’" | "'");
    // "said its chief executive, Petra Lindqvist": a name after the description is better than the description.
    let mut following = Vec::new();
    for at in verb + 1..tokens.len() {
        if STOPS.contains(&&*lower(at))
            || RELATIVE.contains(&&*lower(at))
            || is_saying(&lower(at))
            || gap(at - 1).contains(['.', ';', '(']) && !plain(at - 1)
        {
            break;
        }
        following.push(at);
    }
    let closed = verb > 0 && gap(verb - 1).contains(',');
    let mut preceding = Vec::new();
    for at in (0..verb).rev() {
        let crosses = gap(at).contains(['“', '”', '"', ';', ':']);
        // "Ina Holt, an analyst at Quay Bank, said": where somebody works does not speak.
        // So does "Ina Holt, a clerk in Dale, Ohio, said".
        let place = matches!(&*lower(at), "at" | "in" | "on")
            && preceding.first() == Some(&(at + 1))
            && (closed || preceding.windows(2).all(|pair: &[usize]| plain(pair[0])))
            && preceding
                .iter()
                .all(|&at| tokens[at].of(text).starts_with(char::is_uppercase) || closed && lower(at) == "the");
        if place && !crosses {
            preceding.clear();
            continue;
        }
        // "Ina Holt, head of Ways and Means, said"
        let inside = closed && lower(at) == "and" && preceding.windows(2).all(|pair| !gap(pair[0]).contains(','));
        if crosses || STOPS.contains(&&*lower(at)) && !preceding.is_empty() && !inside {
            break;
        }
        preceding.insert(0, at);
    }
    if closed {
        drop_asides(text, &tokens, &mut preceding);
    }
    if preceding.last().is_some_and(|&last| PRONOUNS.contains(&&*lower(last))) {
        return None;
    }
    let told = matches!(&*lower(verb), "told");
    // "Dale was dark, said Ina Holt, who saw it": behind a comma, a name with nothing after it is who says so.
    let named = following.iter().take_while(|&&at| tokens[at].of(text).starts_with(char::is_uppercase)).last();
    let inverted = closed
        && !told
        && named.is_some_and(|&last| {
            last + 1 == tokens.len() || !WEEKDAYS.contains(&&*lower(last)) && gap(last).contains([',', '.', ':'])
        });
    let sides = if inverted { [&following, &preceding] } else { [&preceding, &following] };
    for side in sides {
        if told && std::ptr::eq(side, &following) {
            continue;
        }
        if side.first().is_some_and(|&first| PRONOUNS.contains(&&*lower(first))) {
            return None;
        }
        // "the father of Ina Holt" is not Ina Holt.
        let other = side.first().is_some_and(|&first| ARTICLES.contains(&&*lower(first)))
            && side.iter().any(|&at| OF.contains(&&*lower(at)));
        let name = match other {
            true => spokesperson(text, &tokens, side),
            false => name(text, &tokens, side, std::ptr::eq(side, &preceding), &plain),
        };
        if name.is_some() {
            return name;
        }
        let run: Vec<usize> = side.iter().copied().take(6).collect();
        let described = run.first().is_some_and(|&first| ARTICLES.contains(&&*lower(first)));
        if described {
            let mut last = run[0];
            while run.contains(&(last + 1)) && plain(last) {
                last += 1;
            }
            if last > run[0] {
                return Some(Span::new(tokens[run[0]].start, tokens[last].end));
            }
        }
    }
    None
}

/// Takes off what a pair of commas sets between a name and its verb: "Ina Holt, a candidate for Dale Council, D-Ohio, |
/// said".
fn drop_asides(text: &str, tokens: &[Span], preceding: &mut Vec<usize>) {
    let gap = |at: usize| &text[tokens[at].end..tokens[at + 1].start];
    while let Some(comma) = preceding.windows(2).rposition(|pair| gap(pair[0]).contains(',')) {
        let (first, last) = (preceding[comma + 1], preceding[preceding.len() - 1]);
        let aside = Span::new(tokens[first].start, tokens[last].end).of(text);
        let described = aside.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        if !described && !is_party(text, tokens, first) && !is_state(aside) {
            return;
        }
        preceding.truncate(comma + 1);
    }
}

/// "D-Ohio"
fn is_party(text: &str, tokens: &[Span], at: usize) -> bool {
    tokens[at].len() == 1 && text[tokens[at].end..].starts_with('-')
}

/// "a spokesman for the port, | Ina Holt": who speaks for somebody; "a spokesman for the city of Dale, Ohio" names nobody.
fn spokesperson(text: &str, tokens: &[Span], among: &[usize]) -> Option<Span> {
    let said = |at: usize| tokens[at].of(text);
    let named = |at: usize| said(at).starts_with(char::is_uppercase);
    let gap = |at: usize| &text[tokens[at].end..tokens[at + 1].start];
    let speaks_for = among.iter().find(|&&at| OF.contains(&said(at))).is_some_and(|&at| said(at) == "for");
    let comma = among.windows(2).rposition(|pair| gap(pair[0]) == ", ").filter(|_| speaks_for)?;
    let name = &among[comma + 1..];
    let whole = name.iter().all(|&at| named(at)) && name.windows(2).all(|pair| matches!(gap(pair[0]), " " | ". "));
    let span = Span::new(tokens[name[0]].start, tokens[*name.last()?].end);
    (whole && name.len() > 1 && !is_state(span.of(text))).then_some(span)
}

/// Whether the capitalised words up to `last` say only for whom the one works who is named behind, or who has no name: "Quay Bank
/// | economist Ina Holt", "the KQX | agent said".
fn is_attribute(text: &str, tokens: &[Span], among: &[usize], last: usize, before: bool) -> bool {
    const LONGEST: usize = 3;
    let said = |at: usize| tokens[at].of(text);
    let noun = |at: usize| {
        let word = said(at);
        word.chars().all(char::is_lowercase)
            && !is_function_word(word)
            && !is_opener(word)
            && !["ed", "ing", "ly"].iter().any(|ending| word.ends_with(ending))
            && !matches!(word, "yesterday" | "today" | "tonight" | "tomorrow")
    };
    let goes_on = |at: usize| among.contains(&(at + 1)) && text[tokens[at].end..tokens[at + 1].start] == *" ";
    let mut at = last;
    while at < last + LONGEST && goes_on(at) && noun(at + 1) {
        at += 1;
    }
    let named = goes_on(at) && said(at + 1).starts_with(char::is_uppercase);
    at > last && (named || before && among.last() == Some(&at))
}

/// The run of capitalised words nearest to the verb among some tokens before or behind it.
fn name(text: &str, tokens: &[Span], among: &[usize], before: bool, plain: &dyn Fn(usize) -> bool) -> Option<Span> {
    let said = |at: usize| tokens[at].of(text);
    let capital = |at: usize| {
        let word = said(at).to_lowercase();
        said(at).starts_with(char::is_uppercase) && !is_function_word(&word) && !WEEKDAYS.contains(&&*word)
    };
    let mut found: Option<Span> = None;
    let mut at = 0;
    while at < among.len() {
        let first = among[at];
        if !capital(first) {
            at += 1;
            continue;
        }
        let mut last = first;
        let goes_on = |last: usize| {
            among.contains(&(last + 1))
                && (plain(last) || text[tokens[last].end..tokens[last + 1].start] == *"/")
                && (capital(last + 1) || text[tokens[last].end..].starts_with('-'))
        };
        while goes_on(last) {
            last += 1;
        }
        // "Holt's mother, Maud Ferris", and what is meant for it: "Holt mother, Maud Ferris"
        let relative = among.contains(&(last + 2))
            && plain(last)
            && said(last + 1).starts_with(char::is_lowercase)
            && text[tokens[last + 1].end..tokens[last + 2].start] == *", "
            && capital(last + 2);
        let owner = said(last).ends_with("'s") || said(last).ends_with("’s") || relative;
        let attribute = is_attribute(text, tokens, among, last, before) || is_party(text, tokens, first);
        // "Ina Holt of Dale said"
        let of = before && found.is_some() && first > 0 && said(first - 1) == "of";
        if !attribute && !of && (!owner || found.is_none() && last == among[among.len() - 1]) {
            found = Some(Span::new(tokens[first].start, tokens[last].end));
            if !before {
                break;
            }
        }
        at += last + 1 - first;
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::language::Language;
    use crate::report::of_one_sentence;
    use crate::report::quotes::quotes;

    #[test]
    fn a_quotation_has_its_speaker() {
        for (text, speaker) in [
            ("“One tug was ordered, and one was sent,” said its chief executive, Ina Holt.", Some("Ina Holt")),
            ("\"We all felt it in the kitchen,\" Maud Ferris told the paper.", Some("Maud Ferris")),
            ("Of the first woman he reached, Danilo said: “She would not let go of me.”", Some("Danilo")),
            ("Mayor Ana Ruiz said: “Nobody told us that it would come.”", Some("Mayor Ana Ruiz")),
            ("“It sounded like a thunder clap,” said the father of three.", Some("the father of three")),
            ("“It sounded like a thunder clap,” said a man who had a stall beside Maud Ferris.", Some("a man")),
            ("“It sounded like a thunder clap,” said the father of Maud Ferris.", Some("the father of Maud Ferris")),
            ("“It sounded like a clap,” said Holt’s mother, Maud Ferris.", Some("Maud Ferris")),
            ("“They call him “Red” and Ina told him to run,” said Maud Ferris.", Some("Maud Ferris")),
            ("“It was thunder,” said Maud Ferris.", Some("Maud Ferris")),
            ("Maud Ferris, an analyst at Quay Bank, said: “It sounded like thunder.”", Some("Maud Ferris")),
            ("In Raven Bay, Maud Ferris said: “It sounded like thunder.”", Some("Maud Ferris")),
            ("“It sounded like a clap,” said Holt mother, Maud, in tears.", Some("Maud")),
            ("“It was thunder, not a ship,” said Arlen Quay/Dalemart spokesperson Maud Ferris.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Quay Bank chief economist Maud Ferris said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” said a spokesman for the port, Maud Ferris.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” said a man for Dale, North Dakota.", Some("a man for Dale")),
            ("“It was thunder, not a ship,” the KQX agent said.", Some("the KQX agent")),
            ("“It was thunder, not a ship,” Dale police said.", None),
            ("“It was thunder, not a ship,” Maud Ferris, a runner for Council in New Dale, said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Maud Ferris, head of the Ways and Dams Board, said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Maud Ferris, 41, of Dale, Ohio, said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Maud Ferris, a clerk at Quay in Dale, Ohio, said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Maud Ferris, D-Ohio, said.", Some("Maud Ferris")),
            ("Dale Port was shut with Holt, said Lt. Maud Ferris, who added: “It was loud.”", Some("Lt. Maud Ferris")),
            ("Maud Ferris, of Dale, said Quay Street was dark: “It was loud as thunder.”", Some("Maud Ferris")),
            ("Maud Ferris, of Dale, said Monday: “It was loud as thunder.”", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Maud Ferris of Dale, who ran, said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Maud Ferris (D-Ohio) said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Holt’s mother, Maud Ferris, said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Ferris told the paper.", Some("Ferris")),
            ("“It was thunder, not a ship,” Ferris later said.", Some("Ferris")),
            ("“It was thunder, not a ship,” said Ferris Monday.", Some("Ferris")),
            ("“It sounded like a thunder clap,” he said.", None),
            ("“It sounded like a thunder clap.”", None),
            ("“It sounded like a thunder clap.” Ferris said.", Some("Ferris")),
            ("“Our crew did everything they could,” the company said in a statement.", Some("the company")),
        ] {
            let (articles, sentences) = of_one_sentence(&[text]);
            let found = quotes(&articles, &sentences, Language::English);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].speaker.map(|speaker| speaker.of(text)), speaker, "{text}");
        }
    }
}
