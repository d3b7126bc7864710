//! Floor 3. Which paragraphs of an article are headline, body or boilerplate.
//!
//! Nothing is removed: every paragraph keeps its span in the article as given. A paragraph is boilerplate by what
//! it says ([`furniture`]), by where it stands (a label between paragraphs of prose), or because it repeats: inside
//! one article when it is a caption or a label, and at the edges of several articles of one outlet. What articles of
//! *different* outlets have in common word for word is wire copy, and stays body. A sentence of body that another article
//! prints as a paragraph of furniture is told by [`Furniture`].
//!
//! One pass over the text; repetition is counted in a table of paragraphs.

mod asides;
mod calls;
mod captions;
mod dated;
mod elsewhere;
mod furniture;
mod lines;
mod notices;
mod paragraphs;
mod prompts;
mod writers;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::language::Language;
use crate::span::Span;

use asides::is_version_note;
pub use asides::{inline_label, is_appeal, is_aside};
use captions::mark_captions;
pub use dated::is_date_or_time;
pub use elsewhere::Furniture;
pub(crate) use furniture::is_address;
use furniture::{is_furniture, normal};
use lines::{mark_credit, mark_labels, mark_pointers, mark_repeats, mark_teasers};
pub(crate) use notices::is_in_post;
pub(crate) use paragraphs::paragraphs;
use writers::mark_writers;

/// Longest headline, in words.
const HEADLINE_WORDS: usize = 32;

/// What a paragraph is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The title line.
    Headline,
    /// What the article says.
    Body,
    /// Comment forms, repeated captions, section labels and the like.
    Boilerplate,
}

/// One paragraph of the raw text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands, without surrounding white space.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// An article's paragraphs in order, without overlap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CleanText {
    /// The paragraphs; text between them is white space.
    pub paragraphs: Vec<Paragraph>,
}

/// The paragraphs of each article of a story; the story shows what repeats across articles.
pub fn clean(articles: &[Article], language: Language) -> Vec<CleanText> {
    let mut texts: Vec<CleanText> = articles.iter().map(|article| clean_article(article, language)).collect();
    mark_outlet_furniture(articles, &mut texts);
    texts
}

fn clean_article(article: &Article, language: Language) -> CleanText {
    let spans = paragraphs(&article.text);
    let texts: Vec<&str> = spans.iter().map(|span| span.of(&article.text)).collect();
    let mut kinds: Vec<Kind> =
        texts.iter().map(|text| if is_furniture(text, language) { Kind::Boilerplate } else { Kind::Body }).collect();
    if language.has_rules() && language.has_names() {
        mark_teasers(&texts, &mut kinds);
    }
    mark_corrected(&texts, &mut kinds);
    mark_headline(article.title.as_deref(), &texts, &mut kinds);
    mark_pointers(&texts, &mut kinds);
    mark_captions(&texts, &mut kinds);
    mark_repeats(&texts, &mut kinds);
    mark_labels(&texts, &mut kinds);
    mark_credit(&texts, &mut kinds);
    if language.has_rules() {
        mark_writers(&texts, &mut kinds);
    }
    let paragraphs = spans.into_iter().zip(kinds).map(|(span, kind)| Paragraph { span, kind }).collect();
    CleanText { paragraphs }
}

/// What stands above "A corrected version of the story is below" says what was wrong in the one before, and so does that line.
fn mark_corrected(texts: &[&str], kinds: &mut [Kind]) {
    const MOST_ABOVE: usize = 6;
    let is_note = |text: &&str| n_words(text) <= HEADLINE_WORDS && normal(text).contains("corrected version of ");
    let note = texts.iter().take(MOST_ABOVE).position(|text| is_note(text) && is_version_note(&normal(text)));
    if let Some(note) = note {
        kinds[..=note].fill(Kind::Boilerplate);
    }
}

/// The headline is the first paragraph that is not furniture, if it is the title or does not end like a sentence.
fn mark_headline(title: Option<&str>, texts: &[&str], kinds: &mut [Kind]) {
    let title = title.map(words_of).filter(|words| !words.is_empty());
    let Some(first) = kinds.iter().position(|kind| *kind == Kind::Body) else { return };
    let mut headline = None;
    if let Some(title) = &title {
        headline = (0..texts.len().min(first + 3)).find(|&at| is_title(texts[at], title));
    }
    let stands_alone =
        texts.len() > 1 && n_words(texts[first]) <= HEADLINE_WORDS && !ends_like_a_sentence(texts[first]);
    if headline.is_none() && stands_alone && !texts[first].ends_with([':', ',', ';', '-', '–', '—']) {
        headline = Some(first);
    }
    if let Some(at) = headline {
        kinds[at] = Kind::Headline;
    }
}

/// Whether a paragraph says the title and hardly more.
fn is_title(text: &str, title: &[String]) -> bool {
    if n_words(text) > 2 * HEADLINE_WORDS {
        return false;
    }
    let words = words_of(text);
    let common = title.iter().filter(|word| words.contains(word)).count();
    common * 5 >= title.len() * 4 && common * 5 >= words.len() * 4
}

/// What repeats at the head or tail of an outlet's articles is its furniture, unless one article rewrites the other.
fn mark_outlet_furniture(articles: &[Article], texts: &mut [CleanText]) {
    let mut outlets: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, article) in articles.iter().enumerate() {
        if let Some(source) = article.source.as_deref().filter(|source| !source.trim().is_empty()) {
            outlets.entry(source).or_default().push(at);
        }
    }
    let mut marks = Vec::new();
    for members in
        articles.iter().filter_map(|article| outlets.remove(article.source.as_deref()?)).filter(|m| m.len() > 1)
    {
        let mut holders: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for &member in &members {
            for paragraph in &texts[member].paragraphs {
                let found = holders.entry(normal(paragraph.span.of(&articles[member].text))).or_default();
                if found.last() != Some(&member) {
                    found.push(member);
                }
            }
        }
        for &member in &members {
            let article = &articles[member];
            let repeated: Vec<bool> = texts[member]
                .paragraphs
                .iter()
                .map(|paragraph| holders[&normal(paragraph.span.of(&article.text))].len() > 1)
                .collect();
            let n_repeated = repeated.iter().filter(|repeated| **repeated).count();
            if n_repeated * 3 > repeated.len() {
                continue; // a later version of the same report
            }
            let head = repeated.iter().take_while(|repeated| **repeated).count();
            let tail = repeated.iter().rev().take_while(|repeated| **repeated).count();
            marks.extend((0..head).chain(repeated.len() - tail..repeated.len()).map(|at| (member, at)));
            let anywhere = (0..repeated.len()).filter(|&at| {
                repeated[at] && !ends_like_a_sentence(texts[member].paragraphs[at].span.of(&article.text))
            });
            marks.extend(anywhere.map(|at| (member, at)));
        }
    }
    for (member, at) in marks {
        let kind = &mut texts[member].paragraphs[at].kind;
        if *kind == Kind::Body {
            *kind = Kind::Boilerplate;
        }
    }
}

fn ends_like_a_sentence(text: &str) -> bool {
    let stop =
        |c: char| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।' | '۔' | '։' | '።' | '။' | '។');
    let inside = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !stop(c));
    // A closing quotation mark after a comma or a word still closes a quotation.
    inside.ends_with(stop) || text.trim_end().ends_with(['"', '”', '»'])
}

fn n_words(text: &str) -> usize {
    text.split_whitespace().take(4 * HEADLINE_WORDS).count()
}

/// The words of a title in order of the alphabet, each once.
fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> =
        normal(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(articles: &[Article], at: usize) -> Vec<(Kind, &str)> {
        let text = &articles[at].text;
        clean(articles, Language::English)[at]
            .paragraphs
            .iter()
            .map(|paragraph| (paragraph.kind, paragraph.span.of(text)))
            .collect()
    }

    fn boilerplate(articles: &[Article], at: usize) -> Vec<&str> {
        kinds(articles, at).into_iter().filter(|(kind, _)| *kind == Kind::Boilerplate).map(|(_, text)| text).collect()
    }

    fn article(id: &str, source: Option<&str>, text: &str) -> Article {
        Article { source: source.map(str::to_owned), ..Article::new(id, text) }
    }

    const PROSE: &str = "The bridge closed on Monday. Two ships had struck it.\n\nThe mayor called it a disaster for the port.\n\n\
                         Divers will go down on Tuesday, the harbour office said.";

    #[test]
    fn furniture_is_told_from_reporting() {
        for text in [
            "Leave a Reply",
            "Your email address will not be published. Required fields are marked *",
            "READ MORE: Mayor under fire",
            "↓ Continue reading below",
            "Ina Holt and Reporter Bram Oduya With contributions from Web - Editor",
            "Share this: Facebook",
            "Facebook | WhatsApp | X",
            "© 2026 Quay Media. All rights reserved.",
            "By Ana Reyes and Tom Okafor",
            "By ANA REYES, Staff Writer",
            "| Ana Reyes / Quay Gazette",
            "With Ana Reyes and Tom Okafor",
            "(Reporting by Ana Reyes; Editing by Tom Okafor)",
            "The Quay News Agency contributed to this report.",
            "The bridge at dawn. (Photo: Ola Verhoeven)",
            "a.reyes@quay.example, 555-0143 or Twitter: @areyes",
            "news.quay.example/a7",
            "We use cookies to improve your visit. Accept all",
            "Posted: Monday, July 6, 2026 4:15 PM EDT",
            "— — —",
            "– Trade –",
            "Lesen Sie auch: Der Bürgermeister",
            "Sign up for our newsletter and get the news in your inbox.",
            "Click here to sign up for the ferry alerts.",
            "Please subscribe to the Gazette.",
            "For more on the port, subscribe to the Gazette.",
            "Image caption, The bridge at dawn",
            "EARLIER: Two ships strike the bridge",
            "This article is for subscribers. Already a member? Sign in",
        ] {
            assert!(is_furniture(text, Language::English), "{text:?}");
        }
        for text in [
            "The bridge closed on Monday.",
            "By Monday the port had closed.",
            "With a torch in hand",
            "With Ships Gone, Port Mourns",
            "By dawn, the crew had left the ship.",
            "Comments by the mayor angered the crew on Tuesday.",
            "Related charges were dropped on Friday, the court said.",
            "Print sales of the paper fell by a third last year.",
            "Sources close to the mayor said the bridge would stay shut.",
            "Anyone with information is asked to call the harbour police at 555-0143.",
            "The firm, which owns Facebook and Instagram, said it would appeal.",
            "He was arrested on Monday. For the report of the court, click here.",
            "The ship’s owner said it would pay. “We will,” it said (in a letter).",
            "\"Share this burden with us,\" the mayor said.",
            "Passengers were told by letter to sign up for the new ferry by June.",
            "Some 4,000 people subscribe to the Gazette, which has been sold.",
            "Updated figures show that 38,000 vehicles cross the bridge on an ordinary day.",
        ] {
            assert!(!is_furniture(text, Language::English), "{text:?}");
        }
    }

    #[test]
    fn the_headline_is_the_first_line_or_the_title() {
        let articles = [article("a", None, &format!("NEWS | PORT | HARBOUR\n\nBridge closed after crash\n\n{PROSE}"))];
        assert_eq!(kinds(&articles, 0)[1], (Kind::Headline, "Bridge closed after crash"));
        let article = Article {
            title: Some("What happened at the bridge?".into()),
            ..Article::new("a", format!("What happened at the bridge?\n\n{PROSE}"))
        };
        assert_eq!(kinds(&[article], 0)[0].0, Kind::Headline);
        assert_eq!(kinds(&[Article::new("a", PROSE)], 0)[0].0, Kind::Body);
        assert_eq!(kinds(&[Article::new("a", "One line without a stop")], 0)[0].0, Kind::Body);
    }

    #[test]
    fn what_was_wrong_before_stands_above_the_corrected_version() {
        let wrong =
            "In a story May 2 about the bridge, the agency misspelled the name of a diver. She is Ina Holt, not Hold.";
        let note = "A corrected version of the story is below:";
        let text = format!("{wrong}\n\n{note}\n\nBridge closed after crash\n\n{PROSE}");
        let articles = [article("a", None, &text)];
        assert_eq!(boilerplate(&articles, 0), [wrong, note]);
        assert_eq!(kinds(&articles, 0)[2].0, Kind::Headline);
    }

    #[test]
    fn labels_between_prose_are_boilerplate_and_lists_are_not() {
        let text = format!("{PROSE}\n\nA city holds its breath\n\n{PROSE}");
        assert_eq!(boilerplate(&[Article::new("a", text)], 0), ["A city holds its breath"]);
        let text = format!("{PROSE}\n\nThe dead are:\n\nMarek Soto, 41\n\nLina Abara, 29\n\n{PROSE}");
        assert!(boilerplate(&[Article::new("a", text)], 0).is_empty());
        let text = format!("{PROSE}\n\n1½ cups buckwheat flour\n\n{PROSE}\n\n250 ml of milk\n\n{PROSE}");
        assert!(boilerplate(&[Article::new("a", text)], 0).is_empty());
    }

    #[test]
    fn a_caption_said_twice_is_boilerplate_and_a_sentence_is_not() {
        let text = format!("The bridge at dawn\n\n{PROSE}\n\nThe bridge at dawn\n\nIt fell.\n\nIt fell.");
        let articles = [Article::new("a", format!("Bridge closed\n\n{text}"))];
        assert_eq!(boilerplate(&articles, 0), ["The bridge at dawn", "The bridge at dawn"]);
    }

    #[test]
    fn equal_lines_of_a_list_or_a_verse_are_content() {
        let list = "A 30-year-old was cut by glass\n\nA 54-year-old broke a wrist\n\nA 30-year-old was cut by glass";
        let verse = "Bring the boat home\n\nOver the bar\n\nBring the boat home";
        for lines in [list, verse] {
            assert!(boilerplate(&[Article::new("a", format!("{PROSE}\n\n{lines}\n\n{PROSE}"))], 0).is_empty());
        }
    }

    #[test]
    fn lines_under_a_label_of_links_are_boilerplate() {
        let links = "Related stories\n\nFerry fares rise again\n\nCouncil shuts the old lock";
        let text = format!("{PROSE}\n\n{links}\n\n{PROSE}");
        assert_eq!(boilerplate(&[Article::new("a", text)], 0).join("\n\n"), links);
    }

    #[test]
    fn headlines_of_other_stories_above_the_first_sentence_are_boilerplate() {
        let own = "Bridge closed after two ships struck it";
        let teasers = "Quill sisters win the Marlow cup for the third year\n\n\
                       Man who robbed a Tarvin bank with a spoon goes free\n\n\
                       Why bakers queue for hours to buy plain yellow flour\n\n\
                       Five ways to cook an eel, by the chef of Hotel Brandt";
        for text in [format!("{own}\n\n{teasers}\n\n{PROSE}"), format!("{teasers}\n\n{PROSE}")] {
            assert_eq!(boilerplate(&[article("a", None, &text)], 0).join("\n\n"), teasers);
        }
        let victims = "Marek Soto, 41, a teacher from Dale who sang in a choir\n\n\
                       Lina Abara, a nurse from Tarvin who had two sons\n\n\
                       Ola Brandt, 35, a cook from Marlow who was to be wed";
        let verse = "Bring the boat home, Marek\n\nOver the bar, Lina\n\nBring the boat home, Ola";
        let parts = "The mayor called the crash a disaster for the whole coast\n\n\
                     Divers will go down to the two ships again on Tuesday\n\n\
                     Two ships struck the bridge at the mouth of the Marlow";
        for lines in [victims, verse, parts] {
            assert!(boilerplate(&[article("a", None, &format!("{own}\n\n{lines}\n\n{PROSE}"))], 0).is_empty());
        }
    }

    #[test]
    fn what_one_outlet_repeats_is_boilerplate_and_wire_copy_is_not() {
        let tail = "The Gazette is the oldest paper of the coast and has been in print since 1871.";
        let one = format!("{PROSE}\n\n{tail}");
        let two = format!(
            "The mayor resigned on Friday.\n\nShe gave no reason, her office said.\n\nA vote is due in May.\n\n{tail}"
        );
        let outlet = |source| [article("a", Some(source), &one), article("b", Some("Gazette"), &two)];
        assert_eq!(boilerplate(&outlet("Gazette"), 0), [tail]);
        assert_eq!(boilerplate(&outlet("Gazette"), 1), [tail]);
        assert!(boilerplate(&outlet("Chronicle"), 0).is_empty());
        // A later version of the same report repeats its text, and that is not furniture.
        let versions = [article("a", Some("Gazette"), PROSE), article("b", Some("Gazette"), &one)];
        assert!(boilerplate(&versions, 0).is_empty());
    }

    #[test]
    fn paragraphs_cover_all_but_white_space() {
        for text in ["", " \n\n ", "a", "\u{FEFF}Title\r\n\r\nBody é.\r\n", PROSE] {
            let articles = [Article::new("a", text)];
            let paragraphs = &clean(&articles, Language::English)[0].paragraphs;
            let kept: usize = paragraphs.iter().map(|paragraph| paragraph.span.len()).sum();
            let mut outside = text.len() - kept;
            let mut at = 0;
            for paragraph in paragraphs {
                assert!(paragraph.span.start >= at && !paragraph.span.is_empty());
                assert!(text[at..paragraph.span.start].trim().is_empty());
                outside -= paragraph.span.start - at;
                at = paragraph.span.end;
            }
            assert_eq!(outside, text.len() - at);
            assert!(text[at..].trim().is_empty());
        }
    }
}
