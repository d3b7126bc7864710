//! Captions that a page strings through a report: of a gallery, each cut to one width; of clips about something else; and what
//! stands in the furniture beside it as well.
//!
//! What one such line says a reporter may say too, so each rule asks for several of them, or for the furniture beside it.
//! Captions of photographs behind a label ("Mass grave: The bodies are believed to be ...") are content: of eight in one labelled
//! article none is furniture, and six say what other articles say. Linear in the text.

use rustc_hash::FxHashSet;

use super::dated::is_date_or_time;
use super::furniture::normal;
use super::{HEADLINE_WORDS, Kind, ends_like_a_sentence, n_words};

/// So many lines cut to one width are a gallery; its programme breaks a line between words, so the lengths differ by less than
/// a long word.
const GALLERY: usize = 4;
const LONGEST_WORD: usize = 14;
/// The fewest words of a caption.
const CAPTION_WORDS: usize = 5;
/// A clip is about something else where less than one of so many long words stands in the report. Measured on 143 captions of
/// clips with a date: those of the story itself have 0.2 of their words in it at least, the others 0.11 at most.
const OWN_SHARE: usize = 6;
const LONG_WORD: usize = 5;

/// Marks the captions among the paragraphs of an article.
pub(super) fn mark_captions(texts: &[&str], kinds: &mut [Kind]) {
    let body: Vec<usize> = (0..texts.len()).filter(|&at| kinds[at] == Kind::Body).collect();
    let captions: Vec<usize> =
        [said_beside(texts, kinds, &body), cut_to_one_width(texts, &body), clips_of_others(texts, &body)].concat();
    for at in captions {
        kinds[at] = Kind::Boilerplate;
    }
}

/// What the caption of a gallery beside it says too: "Image 3 of 8 The lock at dawn. Photo: Ina Holt" and "The lock at dawn."
/// Beside other captions it may be the first sentence of the report, and so may the first paragraph.
fn said_beside(texts: &[&str], kinds: &[Kind], body: &[usize]) -> Vec<usize> {
    let says = |other: Option<usize>, caption: &str| {
        let other = other.filter(|&other| kinds.get(other) == Some(&Kind::Boilerplate));
        other.map(|other| normal(texts[other])).is_some_and(|said| said.starts_with("image ") && said.contains(caption))
    };
    let again = |&at: &usize| {
        let short = (CAPTION_WORDS..=2 * HEADLINE_WORDS).contains(&n_words(texts[at]));
        short && {
            let caption = normal(texts[at].trim_end_matches(['.', '…']));
            says(at.checked_sub(1), &caption) || says(Some(at + 1), &caption)
        }
    };
    body.iter().copied().skip(1).filter(again).collect()
}

/// "Divers lower the last of the four anchors onto the deck of the..."
fn cut_to_one_width(texts: &[&str], body: &[usize]) -> Vec<usize> {
    let is_cut = |text: &str| {
        let words = CAPTION_WORDS..=HEADLINE_WORDS;
        (text.ends_with("...") || text.ends_with('…'))
            && words.contains(&n_words(text))
            && text.starts_with(char::is_uppercase)
            && !text.contains(['"', '“', '”', '?', '!'])
    };
    let cut: Vec<(usize, usize)> =
        body.iter().filter(|&&at| is_cut(texts[at])).map(|&at| (at, texts[at].chars().count())).collect();
    let width = cut.iter().map(|line| line.1).max().unwrap_or(0);
    let lines: Vec<usize> = cut.iter().filter(|line| line.1 + LONGEST_WORD > width).map(|line| line.0).collect();
    if lines.len() < GALLERY || lines.len() * 3 < cut.len() * 2 { Vec::new() } else { lines }
}

/// "A bakery in Dale gives its old bread to the zoo. (Published Monday, July 6, 2026)" in a report of a flood.
fn clips_of_others(texts: &[&str], body: &[usize]) -> Vec<usize> {
    let clips: Vec<(usize, &str)> = body.iter().filter_map(|&at| Some((at, dated_clip(texts[at])?))).collect();
    if clips.is_empty() {
        return Vec::new();
    }
    let prose = body.iter().filter(|&&at| dated_clip(texts[at]).is_none() && ends_like_a_sentence(texts[at]));
    let said: FxHashSet<String> = prose.flat_map(|&at| long_words(texts[at])).collect();
    let is_other = |clip: &str| {
        let words: FxHashSet<String> = long_words(clip).collect();
        let own = words.iter().filter(|word| said.contains(*word)).count();
        words.len() > OWN_SHARE && own * OWN_SHARE < words.len()
    };
    clips.into_iter().filter(|(_, clip)| is_other(clip)).map(|(at, _)| at).collect()
}

/// What a caption says before the day on which its clip was put out.
fn dated_clip(text: &str) -> Option<&str> {
    let (said, date) = text.strip_suffix(')')?.rsplit_once("(Published ")?;
    is_date_or_time(date).then_some(said)
}

fn long_words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().nth(LONG_WORD - 1).is_some()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::clean::clean;
    use crate::language::Language;

    const PROSE: [&str; 4] = [
        "The lock at Dale broke on Monday, and two ships struck the bridge.",
        "The mayor called it a disaster for the harbour and for the whole coast.",
        "Divers will go down to the ships on Tuesday, the harbour office said.",
        "Nobody was hurt, but the crews had to swim to the quay.",
    ];

    /// The furniture among paragraphs, one of which stands behind each of the prose.
    fn furniture(lines: &[&str]) -> Vec<String> {
        let mut paragraphs: Vec<&str> = Vec::new();
        for at in 0..PROSE.len().max(lines.len()) {
            paragraphs.extend(PROSE.get(at));
            paragraphs.extend(lines.get(at));
        }
        let text = paragraphs.join("\n\n");
        let found = clean(&[Article::new("a", &*text)], Language::English);
        let furniture = found[0].paragraphs.iter().filter(|paragraph| paragraph.kind == Kind::Boilerplate);
        furniture.map(|paragraph| paragraph.span.of(&text).to_owned()).collect()
    }

    #[test]
    fn lines_cut_to_one_width_are_a_gallery() {
        let gallery = [
            "Divers lower the last of the four anchors onto the deck of the...",
            "Ina Holt, left, is led away from the lock by Danilo Soto after...",
            "The stern of the smaller of the two ships is seen above the water...",
            "A child's bicycle leans on a railing of the bridge at Dale on the...",
        ];
        assert_eq!(furniture(&gallery), gallery);
        assert!(furniture(&gallery[..3]).is_empty());
        let trailing = [
            "And then the water came...",
            "Nobody knew where the keeper had gone that night, or with whom...",
            "It was loud, and it was dark, and the gulls had left the harbour long before the ships did...",
            "They are waiting still for a word of him...",
        ];
        assert!(furniture(&trailing).is_empty());
    }

    #[test]
    fn a_clip_about_something_else_is_furniture_and_one_of_the_story_is_not() {
        let other = "A bakery that was founded ninety years ago gives its unsold bread to elephants. The zookeepers collect forty \
                     baskets every evening, and visitors are allowed to feed the animals themselves, one loaf for each \
                     family, before closing. (Published Monday, July 6, 2026)";
        let own = "Two ships struck the bridge at Dale on Monday after the lock broke. The mayor of the town called it a disaster \
                   for the harbour, and divers will go down to look for the anchors of both on Tuesday morning. (Published \
                   Monday, July 6, 2026)";
        assert_eq!(furniture(&[other]), [other]);
        assert!(furniture(&[own]).is_empty());
    }

    #[test]
    fn what_the_furniture_beside_it_says_is_said_once() {
        let credited = "Image 3 of 8 A keeper looks at the gate of the lock at dawn. Photo: Ina Holt, Quay Gazette";
        let caption = "A keeper looks at the gate of the lock at dawn.";
        assert_eq!(furniture(&[&format!("{credited}\n\n{caption}")]), [credited, caption]);
        assert!(furniture(&[caption]).is_empty());
        let long = format!("{credited} {}", "Gulls circle above the keeper. ".repeat(16).trim_end());
        assert_eq!(furniture(&[&long]), [long]);
        let credited = "A keeper looks at the gate of the lock at dawn. (Photo: Ina Holt)";
        assert_eq!(furniture(&[&format!("{credited}\n\n{caption}")]), [credited]);
    }
}
