//! Who wrote, below the report: "Ina Holt covers the port for the Quay Gazette.", "She joined the paper in 2019."
//!
//! A report about a reporter says the same of him, so this asks for the end of the article, and for a name that the report
//! does not tell of.

use super::{Kind, ends_like_a_sentence, is_aside, n_words};

/// Longest line about a writer, in words.
const LONGEST: usize = 32;
/// The fewest paragraphs of prose above it.
const PROSE: usize = 3;
const LONGEST_NAME: usize = 4;

/// Marks the lines about those who wrote at the end of an article.
pub(super) fn mark_writers(texts: &[&str], kinds: &mut [Kind]) {
    let body: Vec<usize> = (0..texts.len()).filter(|&at| kinds[at] == Kind::Body).collect();
    // Sentences that speak of the page are told as such later on.
    let ends = |text: &str| is_about_a_writer(text) || goes_on(text) || is_aside(text);
    let n_tail = body.iter().rev().take_while(|&&at| ends(texts[at])).count();
    let (prose, tail) = body.split_at(body.len() - n_tail);
    if prose.iter().filter(|&&at| ends_like_a_sentence(texts[at])).count() < PROSE {
        return;
    }
    let told =
        |name: &str| prose.iter().any(|&at| texts[at].split(|c: char| !c.is_alphanumeric()).any(|word| word == name));
    let first = tail.iter().position(|&at| is_about_a_writer(texts[at]) && !subject(texts[at]).is_some_and(told));
    for &at in first.map_or(&[][..], |first| &tail[first..]) {
        kinds[at] = Kind::Boilerplate;
    }
}

fn is_about_a_writer(text: &str) -> bool {
    n_words(text) <= LONGEST && !text.contains(['"', '“', '”', '?']) && (presents(text) || reported_from(text))
}

/// The words of the name a line begins with, and what follows it.
fn name(text: &str) -> Option<(&str, &str)> {
    let mut end = 0;
    let mut n = 0;
    for word in text.split_inclusive(' ') {
        if !word.starts_with(char::is_uppercase) || n == LONGEST_NAME {
            break;
        }
        end += word.len();
        n += 1;
    }
    (n >= 2).then(|| (text[..end].trim_end(), &text[end..]))
}

/// A surname, or the "author" of "The author is a diver."
fn subject(text: &str) -> Option<&str> {
    match text.strip_prefix("The ") {
        Some(rest) => rest.split(' ').next(),
        None => name(text)?.0.rsplit(' ').next(),
    }
}

/// "Ina Holt is a senior reporter at the Quay Gazette", "The writer is a geologist", "Ina Holt has covered the port since 2011."
fn presents(text: &str) -> bool {
    #[rustfmt::skip]
    const POSTS: &[&str] = &[
        "columnist", "correspondent", "critic", "editor", "journalist", "photographer", "photojournalist", "producer", "reporter", "writer",
    ];
    const COVERS: &[&str] = &[
        "covers ",
        "has covered ",
        "has been covering ",
        "has reported ",
        "has written ",
        "writes about ",
        "writes for ",
        "reports on ",
    ];
    if ["The writer is ", "The author is ", "The columnist is ", "The reporter is "]
        .iter()
        .any(|opening| text.starts_with(opening))
    {
        return true;
    }
    let Some((_, says)) = name(text) else { return false };
    let covers = COVERS.iter().find_map(|verb| says.strip_prefix(verb));
    let dated = |rest: &str| rest.contains(" since ") && rest.contains(|c: char| c.is_ascii_digit());
    let of_a_paper = |rest: &str| {
        [" for ", " at ", " with "].iter().any(|joint| {
            rest.split(joint).skip(1).any(|outlet| is_outlet(outlet.strip_prefix("the ").unwrap_or(outlet)))
        })
    };
    let desk = ["is a ", "is an ", "is the "].iter().find_map(|verb| says.strip_prefix(verb));
    let post = |rest: &str| {
        let first = rest.split([',', '.']).next().unwrap_or("");
        first.split_whitespace().any(|word| POSTS.contains(&word))
    };
    covers.is_some_and(|rest| dated(rest) || of_a_paper(says))
        || desk.is_some_and(|rest| post(rest) && of_a_paper(rest))
}

/// Whether a stretch begins with the name of a paper or a station: "Quay Gazette, where".
fn is_outlet(text: &str) -> bool {
    #[rustfmt::skip]
    const PAPERS: &[&str] = &[
        "Advertiser", "Advocate", "Argus", "Beacon", "Bulletin", "Chronicle", "Courier", "Daily", "Dispatch", "Echo", "Examiner", "Gazette", "Globe", "Guardian",
        "Herald", "Independent", "Inquirer", "Journal", "Ledger", "Magazine", "Mail", "Mercury", "Messenger", "Mirror", "Monitor", "News", "Observer", "Post",
        "Press", "Radio", "Record", "Register", "Reporter", "Review", "Sentinel", "Standard", "Star", "Sun", "Telegraph", "Times", "Tribune", "TV", "Weekly",
    ];
    let words = text.split_whitespace().take_while(|word| word.starts_with(char::is_uppercase)).take(LONGEST_NAME);
    words.map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric())).any(|word| PAPERS.contains(&word))
}

/// "Holt reported from Dale, Oduya from Tarvin.": names, places and what joins them.
fn reported_from(text: &str) -> bool {
    const JOINTS: &[&str] = &["and", "also", "from", "in", "reported", "the", "of"];
    let said = text.trim_end_matches('.');
    let plain = |word: &str| word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
    said.split_once(" reported from ").is_some_and(|(names, _)| n_words(names) <= LONGEST_NAME)
        && said.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || JOINTS.contains(&&*plain(word)))
}

/// What goes on about a writer: "She joined the paper in 2019."
fn goes_on(text: &str) -> bool {
    const VERBS: &[&str] = &[
        "joined ",
        "covers ",
        "writes ",
        "lives ",
        "holds ",
        "graduated ",
        "studied ",
        "previously ",
        "has worked ",
        "has written ",
        "has covered ",
        "is based ",
        "worked ",
        "is the author ",
    ];
    let says = ["He ", "She ", "They "].iter().find_map(|who| text.strip_prefix(who));
    n_words(text) <= LONGEST
        && !text.contains(['"', '“', '”', '?'])
        && says.is_some_and(|says| VERBS.iter().any(|verb| says.starts_with(verb)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::clean::clean;
    use crate::language::Language;

    const PROSE: &str =
        "The lock broke on Monday.\n\nTwo ships struck the bridge.\n\nThe keeper, Marek Soto, saw it fall.";

    #[test]
    fn lines_about_writers_at_the_end_are_told_from_reporting() {
        for (lines, furniture) in [
            ("Ina Holt covers the port for the Quay Gazette.", true),
            (
                "Ina Holt is a senior reporter at the Dale Ledger, where she writes about ships.\n\nShe joined the paper in 2021.",
                true,
            ),
            ("Ina Holt has covered the coast since 2012.", true),
            ("Holt reported from Dale, Oduya from Tarvin.", true),
            ("Ina Holt has covered the coast since 2012.\n\n— Ina Holt", true),
            ("The author is a diver.", true),
            ("Marek Soto is a reporter at the Dale Ledger, where he writes about ships.", false),
            ("She joined the crew in 2021.", false),
            ("Ina Holt covers the costs for the port.", false),
            ("Ina Holt is a reporter's daughter for whom the bridge was home.", false),
            ("The keeper is a diver.", false),
            ("Divers reported from the lock that it had gone.", false),
            ("Ina Holt is a writer at heart.", false),
        ] {
            let text = format!("{PROSE}\n\n{lines}");
            let paragraphs = &clean(&[Article::new("a", &*text)], Language::English)[0].paragraphs;
            let mut told = paragraphs[3..].iter().filter(|paragraph| !paragraph.span.of(&text).starts_with('—'));
            let all = told.all(|paragraph| paragraph.kind == Kind::Boilerplate);
            assert_eq!(all, furniture, "{lines}");
        }
        let text = format!("Ina Holt covers the port for the Quay Gazette.\n\n{PROSE}");
        assert_eq!(clean(&[Article::new("a", &*text)], Language::English)[0].paragraphs[0].kind, Kind::Body);
    }
}
