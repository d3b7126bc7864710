//! Short lines that are no sentences: captions, labels and links, or a list and a verse.

use rustc_hash::{FxHashMap, FxHashSet};

use super::furniture::normal;
use super::{HEADLINE_WORDS, Kind, ends_like_a_sentence, n_words};

/// Longest label, in words.
const LABEL_WORDS: usize = 14;
/// Longest headline of another article that a list of links shows, in words.
const POINTER_WORDS: usize = 20;
/// Shortest headline of another story above an article, in words: verses and lists mostly have fewer.
const TEASER_WORDS: usize = 8;
/// Words of fewer letters are in every story.
const LONG_WORD: usize = 5;
/// Lines in a row, none of them a sentence, that make a list or a verse.
const LIST: usize = 3;

/// A caption or label that stands in the article twice is furniture each time; so is the headline said again.
///
/// Equal lines among other lines are content: two victims of one age, the refrain of a song.
pub(super) fn mark_repeats(texts: &[&str], kinds: &mut [Kind]) {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    let short: Vec<Option<String>> = texts
        .iter()
        .map(|text| {
            let cut = text.ends_with("...") || text.ends_with('…');
            (n_words(text) <= HEADLINE_WORDS && (cut || !ends_like_a_sentence(text))).then(|| normal(text))
        })
        .collect();
    for key in short.iter().flatten() {
        *counts.entry(key.clone()).or_default() += 1;
    }
    let repeated = |at: usize| short[at].as_ref().is_some_and(|key| counts[key] > 1);
    let is_line = |at: usize| kinds[at] == Kind::Body && short[at].is_some() && n_words(texts[at]) >= 2;
    let mut listed = vec![false; texts.len()];
    let mut at = 0;
    while at < texts.len() {
        let n = (at..texts.len()).take_while(|&at| is_line(at)).count();
        listed[at..at + n].fill(n >= LIST);
        at += n.max(1);
    }
    let furniture: Vec<usize> =
        (0..texts.len()).filter(|&at| kinds[at] == Kind::Body && repeated(at) && !listed[at]).collect();
    for at in furniture {
        kinds[at] = Kind::Boilerplate;
    }
}

/// Lines that are no sentences, under the label of a list of links, are headlines of other articles.
pub(super) fn mark_pointers(texts: &[&str], kinds: &mut [Kind]) {
    let mut pointing = false;
    for (text, kind) in texts.iter().zip(kinds) {
        let line = n_words(text) <= POINTER_WORDS && !ends_like_a_sentence(text);
        match kind {
            Kind::Body if pointing && line => *kind = Kind::Boilerplate,
            _ => pointing = *kind == Kind::Boilerplate && (is_pointer_label(text) || pointing && line),
        }
    }
}

/// Headlines of other stories that a page prints above its own: lines in a row that are no sentences before the first that
/// is one, with names of which the rest has none.
///
/// A list of victims or a verse at the head of an article is content, so this asks for much: lines as long as headlines,
/// none of which starts like an entry of a list, and prose below. The article's own headline shares its words with the prose.
pub(super) fn mark_teasers(texts: &[&str], kinds: &mut [Kind]) {
    let is_body = |at: &usize| kinds[*at] == Kind::Body;
    let Some(first) = (0..texts.len()).filter(is_body).find(|&at| ends_like_a_sentence(texts[at])) else { return };
    let prose: Vec<usize> = (first..texts.len()).filter(is_body).collect();
    if prose.iter().filter(|&&at| ends_like_a_sentence(texts[at])).count() < LIST {
        return;
    }
    let said: FxHashSet<String> = prose.iter().flat_map(|&at| tellings(texts[at])).map(|word| word.1).collect();
    let is_foreign = |at: &usize| {
        let text = texts[*at];
        let words: Vec<(bool, String)> = tellings(text).collect();
        let mut names = words.iter().filter(|word| word.0).peekable();
        let named = names.peek().is_some();
        (TEASER_WORDS..=HEADLINE_WORDS).contains(&n_words(text))
            && starts_like_a_label(text)
            && !text.ends_with([':', ',', ';'])
            && named
            && !names.any(|name| said.contains(&name.1))
    };
    let lines: Vec<usize> = (0..first).filter(is_body).collect();
    let foreign: Vec<usize> = lines.iter().copied().filter(is_foreign).collect();
    let listed = lines.iter().any(|&at| texts[at].ends_with(':') || starts_like_an_entry(texts[at]));
    if listed || foreign.len() < LIST || foreign.len() * 2 <= lines.len() {
        return;
    }
    // Below them one that happens to name nobody.
    let is_strange = |at: &usize| {
        let shared = tellings(texts[*at]).filter(|(_, word)| word.len() >= LONG_WORD && said.contains(word));
        *at > foreign[0] && n_words(texts[*at]) >= TEASER_WORDS && shared.count() < 2
    };
    let strange: Vec<usize> = lines.iter().copied().filter(is_strange).collect();
    for at in foreign.into_iter().chain(strange) {
        kinds[at] = Kind::Boilerplate;
    }
}

/// "With Ina Holt, Bram Oduya" as the last line below prose: who else wrote it. Above prose it would be a headline.
pub(super) fn mark_credit(texts: &[&str], kinds: &mut [Kind]) {
    const LONGEST_NAME: usize = 3;
    let Some(last) = kinds.iter().rposition(|kind| *kind == Kind::Body) else { return };
    let n_prose = (0..last).filter(|&at| kinds[at] == Kind::Body && ends_like_a_sentence(texts[at])).count();
    let is_name = |name: &str| {
        let words = n_words(name);
        (2..=LONGEST_NAME).contains(&words) && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
    };
    let names = texts[last].strip_prefix("With ").filter(|names| !ends_like_a_sentence(names));
    if n_prose >= LIST && names.is_some_and(|names| names.split(", ").flat_map(|name| name.split(" and ")).all(is_name))
    {
        kinds[last] = Kind::Boilerplate;
    }
}

/// "Ina Holt, a teacher": a name and who that was.
fn starts_like_an_entry(text: &str) -> bool {
    const LONGEST: usize = 4;
    let mut words = text.split_whitespace().take(LONGEST);
    let named: Vec<&str> = words.by_ref().take_while(|word| word.starts_with(char::is_uppercase)).collect();
    named.iter().position(|word| word.ends_with(',')).is_some_and(|at| at > 0)
}

/// The words of a line that tell something, lower-cased without endings, and whether each is a name: a capital that is not
/// the line's first.
fn tellings(text: &str) -> impl Iterator<Item = (bool, String)> {
    const SHORTEST: usize = 3;
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let long = words.enumerate().filter(|(_, word)| word.chars().nth(SHORTEST - 1).is_some());
    long.map(|(at, word)| (at > 0 && word.starts_with(char::is_uppercase), word.to_lowercase()))
}

/// "Related stories", "More on this": a label that says what the lines below it are.
fn is_pointer_label(text: &str) -> bool {
    const OPENINGS: [&str; 16] = [
        "related",
        "previous coverage",
        "previous stories",
        "more on this",
        "more stories",
        "more news",
        "more from",
        "read more",
        "read also",
        "also read",
        "see also",
        "most read",
        "most viewed",
        "recommended",
        "you may also like",
        "trending",
    ];
    let text = normal(text);
    n_words(&text) <= 4 && OPENINGS.iter().any(|opening| text.starts_with(opening))
}

/// Among paragraphs of prose, a short line that is no sentence is a subhead, a label or a pointer to another story.
///
/// Lists are made of such lines too: a line stays body next to another one, or after a colon.
pub(super) fn mark_labels(texts: &[&str], kinds: &mut [Kind]) {
    let n_body = kinds.iter().filter(|kind| **kind == Kind::Body).count();
    let n_prose = (0..texts.len()).filter(|&at| kinds[at] == Kind::Body && ends_like_a_sentence(texts[at])).count();
    if n_prose < 3 || n_prose * 2 < n_body {
        return;
    }
    let is_line = |at: usize| {
        kinds[at] == Kind::Body
            && n_words(texts[at]) <= LABEL_WORDS
            && !ends_like_a_sentence(texts[at])
            && !texts[at].ends_with([',', ';', '-', '–', '—', '…'])
            && !(texts[at].ends_with(':') && n_words(texts[at]) > 3)
            && starts_like_a_label(texts[at])
            && !is_measured(texts[at])
    };
    let labels: Vec<usize> = (1..texts.len())
        .filter(|&at| is_line(at))
        .filter(|&at| {
            let after_headline = kinds[at - 1] == Kind::Headline;
            let before = kinds[..at].iter().rposition(|kind| *kind != Kind::Boilerplate);
            let listed = before.is_some_and(|before| is_line(before) || texts[before].ends_with(':'))
                || kinds[at + 1..]
                    .iter()
                    .position(|kind| *kind != Kind::Boilerplate)
                    .is_some_and(|offset| is_line(at + 1 + offset));
            !after_headline && !listed && at + 1 < texts.len()
        })
        .collect();
    for at in labels {
        kinds[at] = Kind::Boilerplate;
    }
}

/// "500 g rye flour", "2 tbsp of oil": a line of a recipe.
fn is_measured(text: &str) -> bool {
    #[rustfmt::skip]
    const MEASURES: [&str; 30] = [
        "g", "kg", "mg", "ml", "cl", "dl", "l", "gram", "grams", "litre", "litres", "liter", "liters", "oz", "ounce", "ounces", "lb", "lbs", "pound", "pounds",
        "cup", "cups", "tbsp", "tsp", "tablespoon", "tablespoons", "teaspoon", "teaspoons", "pint", "pinch",
    ];
    let amount = text.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '.' | ',' | '/' | '-' | '–' | ' '));
    let measure = amount.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    amount.len() < text.len() && MEASURES.contains(&measure)
}

/// Capital, digit or an opening mark; a bullet or quotation mark makes it part of the text.
fn starts_like_a_label(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase() || matches!(c, '[' | '(' | '+' | '×' | '►'))
}
