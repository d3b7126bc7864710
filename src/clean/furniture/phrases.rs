//! The words that give furniture away: how it begins, and what stands in its middle.
//!
//! What a sentence within prose may say too is in `calls`, and here once more only where more is asked of it or less.
//!
//! Collected by hand from pages of news outlets, English first, then the commonest of each kind in other languages.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

pub(super) static OPENINGS_BY_LETTER: LazyLock<ByLetter> = LazyLock::new(|| ByLetter::new(OPENINGS));
pub(super) static LABELS_BY_LETTER: LazyLock<ByLetter> = LazyLock::new(|| ByLetter::new(LABELS));
pub(super) static LABELS_ELSEWHERE_BY_LETTER: LazyLock<ByLetter> = LazyLock::new(|| ByLetter::new(LABELS_ELSEWHERE));

/// Openings under their first character, so that a paragraph meets few of them.
pub(super) struct ByLetter(FxHashMap<char, Vec<&'static str>>);

impl ByLetter {
    fn new(openings: &[&'static str]) -> Self {
        let mut by_letter: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
        for opening in openings {
            by_letter.entry(opening.chars().next().unwrap_or(' ')).or_default().push(opening);
        }
        Self(by_letter)
    }

    pub(super) fn open(&self, text: &str) -> bool {
        let known = text.chars().next().and_then(|first| self.0.get(&first));
        known.is_some_and(|openings| openings.iter().any(|opening| opens_with(text, opening)))
    }
}

fn opens_with(text: &str, opening: &str) -> bool {
    text.strip_prefix(opening).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || opening.ends_with(' '))
}

/// What gives furniture away in the middle of a paragraph, searched for all at once.
static INSIDE: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = RIGHTS.iter().chain(&FORMS).chain(PHRASES);
    AhoCorasick::new(words).expect("a few hundred phrases fit any automaton")
});

/// Whether a notice or form stands anywhere in `text`, or, if `short`, a phrase in its first sentence.
pub(super) fn says(text: &str, short: bool) -> bool {
    INSIDE.find_overlapping_iter(text).any(|found| {
        let (before, after) = (&text[..found.start()], &text[found.end()..]);
        // Within a word, or behind the first sentence.
        let parted = before.ends_with(char::is_alphanumeric)
            || after.starts_with(char::is_alphanumeric)
            || before.contains(". ");
        found.pattern().as_usize() < RIGHTS.len() + FORMS.len()
            || short && !parted && !(REPORTED.contains(&&text[found.range()]) && reports(before))
    })
}

/// Phrases that news of papers and of people has too: "Some 4,000 people subscribe to it", "they were told to sign up for the
/// lists".
const REPORTED: [&str; 2] = ["sign up for the", "subscribe to"];

/// Whether what stands before such a phrase says who does so, or who was told to.
fn reports(before: &str) -> bool {
    const MOODS: [&str; 8] = ["and", "click", "here", "now", "or", "please", "tap", "today"];
    #[rustfmt::skip]
    const TOLD: [&str; 18] = [
        "able", "advised", "asked", "encouraged", "forced", "had", "have", "invited", "must", "reminded", "required", "rushed", "told", "urged", "used", "wanted",
        "were", "refused",
    ];
    let words: Vec<&str> = before.split_whitespace().collect();
    let own = words.iter().any(|word| matches!(word.trim_end_matches(','), "you" | "your" | "our" | "us"));
    let Some(last) = words.last() else { return false };
    let asks = !last.ends_with(char::is_alphanumeric) || MOODS.contains(last);
    !own && !asks && (*last != "to" || words.iter().any(|word| TOLD.contains(word)))
}

/// Notices of rights.
const RIGHTS: [&str; 14] = [
    "all rights reserved",
    "may not be published, broadcast",
    "may not be reproduced in any form",
    "may not be republished",
    "alle rechte vorbehalten",
    "tous droits réservés",
    "todos los derechos reservados",
    "tutti i diritti riservati",
    "todos os direitos reservados",
    "alle rechten voorbehouden",
    "wszelkie prawa zastrzeżone",
    "все права защищены",
    "всі права захищені",
    "版权所有",
];

/// Comment forms and consent notices.
const FORMS: [&str; 24] = [
    "your email address will not be published",
    "required fields are marked",
    "enable javascript",
    "this website uses cookies",
    "this site uses cookies",
    "we use cookies",
    "to our use of cookies",
    "accept cookies",
    "cookie policy",
    "by subscribing, you agree",
    "by signing up, you agree",
    "must be logged in to",
    "log in to comment",
    "sign in to comment",
    "disabling any ad block",
    "enter the characters",
    "comments are closed",
    "comments are moderated",
    "hide transcript show transcript",
    "wird nicht veröffentlicht. erforderliche felder",
    "ne sera pas publiée. les champs",
    "no será publicada. los campos",
    "non sarà pubblicato. i campi",
    "não será publicado. campos",
];

/// How furniture begins; what follows must not be a letter or digit unless the opening ends in a space.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "leave a reply", "post a comment", "view comments", "show comments",
    "join the conversation", "join the discussion", "be the first to comment", "have your say", "read more",
    "read also", "read next", "see previous story", "see earlier story", "see related", "see full story",
    "view this post on", "a post shared by", "this entry was posted", "story continues below", "read or share this story", "also read", "more on this", "more coverage",
    "more information:", "see also", "watch this", "watch the video", "photos |", "photo gallery",
    "previous coverage", "most viewed", "handout picture", "handout photo", "undated handout", "view full image", "click for more", "now read:", "editor's picks", "editors' picks", "you may also like",
    "you might also like", "what others are ", "don't miss", "latest stories", "more top stories", "in other news", "continue reading", "keep reading",
    "story continues", "article continues", "scroll down for", "click here", "tap here", "click to", "click on",
    "find out more", "paid content", "ad feedback", "skip ad", "skip to", "skip in", "share this", "share on",
    "share:", "share |", "share via", "share now", "share article", "share story", "follow us", "follow @",
    "like us on", "find us on", "like this:", "connect with us", "email this", "email article", "copy link",
    "save article", "sign up for", "sign up to", "sign up now", "sign up today", "email newsletters",
    "download our", "download the", "get the latest", "get our", "get breaking news", "get alerts", "get alerted",
    "stay up to date", "stay informed", "free apps", "never miss", "support independent", "become a member",
    "already a subscriber", "report an error", "report a typo", "submit a tip", "submit a correction", "email our",
    "got a story", "got a tip", "have a story", "have a tip", "do you have a story", "do you have more information",
    "do you know more", "check back for", "buy photo", "close this", "view all", "view more", "view gallery",
    "privacy policy", "terms of use", "terms of service", "terms and conditions",
    "(reporting by", "(writing by", "(editing by", "(additional reporting", "contributing:", "contributed by",
    "information from:", "with files from", "with reporting by", "photo:", "photos by", "photo by",
    "photo courtesy", "photograph:", "photographs:", "images by", "file photo", "caption:", "foto:", "fotos:",
    "bild:", "crédit photo", "photo d'archives", "last updated", "last modified", "filed under",
    "by the associated press", "for immediate release", "media contact", "editor's note", "listen to this article",
    "estimated reading time", "tune in to", "this article was originally", "this story was originally",
    "this article originally", "this story originally", "this article first appeared", "opinions expressed",
    "lesen sie auch", "lesen sie mehr", "mehr zum thema", "mehr dazu", "weiterlesen", "jetzt lesen",
    "newsletter abonnieren", "kommentar schreiben", "schreiben sie einen kommentar", "artikel teilen",
    "zur startseite", "lire aussi", "à lire aussi", "lire la suite", "voir aussi", "en savoir plus", "abonnez-vous",
    "laisser un commentaire", "inscrivez-vous à", "lea también", "leer más", "lee también", "le puede interesar",
    "te puede interesar", "suscríbete", "suscríbase", "deja un comentario", "deja una respuesta",
    "más información:", "ver también", "leggi anche", "leggi tutto", "continua a leggere", "lascia un commento",
    "leia também", "leia mais", "saiba mais", "veja também", "deixe um comentário", "lees ook", "lees meer",
    "deel dit", "czytaj też", "czytaj także", "czytaj więcej", "zobacz też", "zobacz także", "читайте также",
    "читайте также:", "читать далее", "подписывайтесь", "подпишитесь", "оставить комментарий", "читайте також",
    "підписуйтесь",
];

/// The same, but sentences may begin so too: they count where the paragraph is no sentence, or a few words. English alone:
/// "Comment le pont a cédé" is a headline.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "comments", "comment", "read:", "more:", "more from", "more about", "more stories",
    "more news", "related", "see more", "recall:", "story:", "video:", "videos:", "watch:", "watch |", "watch live",
    "watch now", "photos:", "gallery:", "images:", "slideshow", "map:", "previously:", "raw video", "trending",
    "most read", "most popular", "recommended", "top stories", "latest news", "advertisement", "advertisements", "advertising",
    "sponsored", "promoted", "share your", "tweet", "print", "bookmark", "subscribe", "newsletter", "get updates",
    "get more ", "get news", "stay connected", "look back at", "take a look back", "support our", "donate", "register to", "log in", "sign in",
    "send us", "contact us", "contact the ", "back to ", "embed",
    "edited by", "source:", "sources:", "picture:", "image:", "credit:", "posted:", "posted on", "posted by",
    "posted in", "posted at", "published:", "published on", "published at", "updated:", "updated on", "updated at",
    "image source", "image caption", "image credit", "media caption", "video caption", "photo caption", "picture caption", "earlier:", "in pictures:", "in photos:",
    "explainer:", "from the archive:", "from the archives:", "background:", "opinion:", "analysis:", "next:",
    "first published", "date:", "tags:", "tagged", "topics:", "categories:", "location:", "press release",
    "min read",
];

/// The same in other languages.
#[rustfmt::skip]
const LABELS_ELSEWHERE: &[&str] = &[
    "anzeige", "kommentare", "publicité", "partager", "publicidad", "compartir", "pubblicità",
    "iscriviti", "condividi", "publicidade", "assine", "compartilhe", "partilhar", "advertentie", "reageer",
    "reklama", "udostępnij", "поделиться", "реклама", "комментарии", "поділитися",
];

/// What gives furniture away wherever in a short paragraph it stands.
#[rustfmt::skip]
const PHRASES: &[&str] = &[
    "share this story", "share this article", "read or share this story", "click here", "tap here to", "sign up for our", "sign up for the", "our newsletter", "subscribe to", "email our newsdesk", "free newsletter", "daily newsletter",
    "morning briefing, in your inbox", "in your inbox", "to your inbox", "follow us on", "on facebook and twitter", "like us on facebook", "facebook | twitter", "buy me a coffee", "download our app", "download our free", "our mobile app", "our free app",
    "contributed to this report", "with contributions from", "contributed to this story", "contributed to this article", "contributed reporting", "is a staff writer", "are staff writers", "is a reporter for", "can be reached at", "a friend wanted you to see this",
    "will not be published", "terms of service", "terms of use", "privacy policy", "image 1 of", "caption close", "more videos", "more news videos", "hide caption", "publisher name", "publisher logo", "scheduled news headline email",
];
