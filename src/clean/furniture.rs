//! What page furniture says: phrases and shapes that no reporting has.
//!
//! Every rule asks for a short paragraph, and most for one that is not a sentence: body text taken for furniture
//! is lost to the reader, furniture taken for body is only noise.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use super::notices::is_notice;
use crate::calendar::is_day_or_month;

/// Longest paragraph, in characters, that a phrase alone makes furniture.
const SHORT: usize = 240;
/// Longest caption, in words: a longer one reports like the body does.
const LONGEST_CAPTION: usize = 30;

/// Whether the paragraph is furniture by what it says: comment forms, sharing, newsletters, credits, bylines,
/// copyright, pointers to other stories, rules and labels.
pub(super) fn is_furniture(paragraph: &str) -> bool {
    let length = paragraph.chars().take(4 * SHORT + 1).count();
    if length > 4 * SHORT {
        return false;
    }
    let text = normal(paragraph);
    if is_notice(paragraph, &text) {
        return true;
    }
    if length > 2 * SHORT {
        return false;
    }
    if text.is_empty() || is_rights_notice(&text) || says(&text, length <= SHORT) {
        return true;
    }
    if length <= SHORT {
        return OPENINGS_BY_LETTER.open(&text)
            || !is_prose(paragraph) && LABELS_BY_LETTER.open(&text)
            || is_credit(paragraph, &text)
            || is_byline(paragraph, &text)
            || is_contact(paragraph)
            || is_menu(paragraph)
            || is_date_line(&text)
            || is_update_label(&text)
            || is_staff_note(&text)
            || is_framed(paragraph);
    }
    is_credit(paragraph, &text)
}

/// A sentence, or several, of more than a few words.
fn is_prose(paragraph: &str) -> bool {
    paragraph.trim_end().ends_with(['.', '!', '?', '"', '”', '»', ')']) && paragraph.split_whitespace().count() > 6
}

/// Lower case, typographic quotes and dashes made plain, runs of white space one space, nothing that only decorates.
pub(super) fn normal(paragraph: &str) -> String {
    let mut text = String::with_capacity(paragraph.len());
    for c in paragraph.chars() {
        match c {
            '‘' | '’' => text.push('\''),
            '“' | '”' => text.push('"'),
            '–' | '—' => text.push('-'),
            '×' | '►' | '▶' | '»' | '«' | '•' | '*' | '_' | '#' | '\u{200B}' | '\u{FEFF}' | '\u{AD}' => {}
            c if c.is_whitespace() => {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            c => text.extend(c.to_lowercase()),
        }
    }
    let trimmed =
        text.trim_matches(|c: char| matches!(c, ' ' | '-' | '=' | '.' | '|' | '~' | '>' | '<' | '[' | ']' | '+'));
    trimmed.to_owned()
}

static OPENINGS_BY_LETTER: LazyLock<ByLetter> = LazyLock::new(|| ByLetter::new(OPENINGS));
static LABELS_BY_LETTER: LazyLock<ByLetter> = LazyLock::new(|| ByLetter::new(LABELS));

/// Openings under their first character, so that a paragraph meets few of them.
struct ByLetter(FxHashMap<char, Vec<&'static str>>);

impl ByLetter {
    fn new(openings: &[&'static str]) -> Self {
        let mut by_letter: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
        for opening in openings {
            by_letter.entry(opening.chars().next().unwrap_or(' ')).or_default().push(opening);
        }
        Self(by_letter)
    }

    fn open(&self, text: &str) -> bool {
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
fn says(text: &str, short: bool) -> bool {
    INSIDE.find_overlapping_iter(text).any(|found| {
        let (before, after) = (&text[..found.start()], &text[found.end()..]);
        found.pattern().as_usize() < RIGHTS.len() + FORMS.len()
            || short
                && !before.ends_with(char::is_alphanumeric)
                && !after.starts_with(char::is_alphanumeric)
                && !before.contains(". ")
    })
}

/// "© 2016 X", "Copyright 2016 …".
fn is_rights_notice(text: &str) -> bool {
    let opening = text.trim_start_matches(['(', ' ']);
    opening.starts_with('©')
        || opening.starts_with("(c) ")
        || opening.starts_with("copyright ") && opening.chars().any(|c| c.is_ascii_digit() || c == '©' || c == '/')
        || opening.starts_with("copyright ") && text.len() < 60
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
    "leave a comment", "leave a reply", "post a comment", "add a comment", "view comments", "show comments",
    "join the conversation", "join the discussion", "be the first to comment", "have your say", "read more",
    "read also", "read next", "see previous story", "see earlier story", "see related", "see full story",
    "view this post on", "a post shared by", "this entry was posted", "story continues below", "read or share this story", "also read", "more on this", "more coverage",
    "more information:", "see also", "watch this", "watch the video", "photos |", "photo gallery",
    "previous coverage", "most viewed", "editor's picks", "editors' picks", "you may also like",
    "you might also like", "don't miss", "latest stories", "in other news", "continue reading", "keep reading",
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
    "privacy policy", "terms of use", "terms of service", "terms and conditions", "additional reporting by",
    "(reporting by", "(writing by", "(editing by", "(additional reporting", "contributing:", "contributed by",
    "information from:", "with files from", "with reporting by", "photo:", "photos by", "photo by",
    "photo courtesy", "photograph:", "photographs:", "images by", "file photo", "caption:", "foto:", "fotos:",
    "bild:", "crédit photo", "photo d'archives", "last updated", "last modified", "filed under",
    "by the associated press", "for immediate release", "media contact", "editor's note", "listen to this article",
    "estimated reading time", "tune in to", "stay with", "this article was originally", "this story was originally",
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

/// The same, but sentences may begin so too: they count where the paragraph is no sentence, or a few words.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "what do you think? ", "comments", "comment", "read:", "more:", "more from", "more about", "more stories",
    "more news", "related", "see more", "recall:", "story:", "video:", "videos:", "watch:", "watch |", "watch live",
    "watch now", "photos:", "gallery:", "images:", "slideshow", "map:", "previously:", "raw video", "trending",
    "most read", "most popular", "recommended", "top stories", "latest news", "advertisement", "advertising",
    "sponsored", "promoted", "share your", "tweet", "print", "bookmark", "subscribe", "newsletter", "get updates",
    "get more ", "get news", "stay connected", "support our", "donate", "register to", "log in", "sign in",
    "send us", "contact us", "contact the ", "back to ", "embed", "reporting by", "writing by", "editing by",
    "edited by", "source:", "sources:", "picture:", "image:", "credit:", "posted:", "posted on", "posted by",
    "posted in", "posted at", "published:", "published on", "published at", "updated:", "updated on", "updated at",
    "first published", "date:", "tags:", "tagged", "topics:", "categories:", "location:", "press release",
    "min read", "anzeige", "kommentare", "publicité", "partager", "publicidad", "compartir", "pubblicità",
    "iscriviti", "condividi", "publicidade", "assine", "compartilhe", "partilhar", "advertentie", "reageer",
    "reklama", "udostępnij", "поделиться", "реклама", "комментарии", "поділитися",
];

/// What gives furniture away wherever in a short paragraph it stands.
#[rustfmt::skip]
const PHRASES: &[&str] = &[
    "share this story", "share this article", "read or share this story", "click here", "tap here to", "sign up for our", "sign up for the", "our newsletter", "subscribe to", "email our newsdesk", "free newsletter", "daily newsletter",
    "morning briefing, in your inbox", "in your inbox", "to your inbox", "follow us on", "on facebook and twitter", "like us on facebook", "facebook | twitter", "buy me a coffee", "download our app", "download our free", "our mobile app", "our free app",
    "contributed to this report", "contributed to this story", "contributed to this article", "contributed reporting", "is a staff writer", "are staff writers", "is a reporter for", "can be reached at", "a friend wanted you to see this",
    "will not be published", "terms of service", "terms of use", "privacy policy", "image 1 of", "caption close", "more videos", "scheduled news headline email",
];

/// A caption with its credit: "(Photo: WHAS)", "Photograph: Ola Verhoeven", "Image 3 of 8", "(Published Friday, …)".
fn is_credit(paragraph: &str, text: &str) -> bool {
    if text.starts_with("image ") && text[6..].starts_with(|c: char| c.is_ascii_digit()) && text.contains(" of ") {
        return true;
    }
    if text.split(' ').count() > LONGEST_CAPTION {
        return false;
    }
    let last = paragraph.trim_end().trim_end_matches(['.', ')', ']', ' ']);
    let tail = match last.rfind(['(', '[']) {
        Some(open) => &last[open + 1..],
        None => last.rfind(". ").map_or("", |stop| &last[stop + 2..]),
    };
    let tail = tail.to_lowercase();
    let bracketed = paragraph.trim_end().ends_with([')', ']']);
    let marks = [
        "photo: ",
        "photos: ",
        "photo by ",
        "photo courtesy",
        "photograph: ",
        "photographer: ",
        "picture: ",
        "image: ",
        "source: ",
        "credit: ",
        "courtesy of ",
        "courtesy: ",
        "video: ",
        "foto: ",
    ];
    marks.iter().any(|mark| tail.starts_with(mark)) && tail.chars().count() < 80
        || bracketed
            && (tail.starts_with("published ")
                || tail.ends_with(" photo")
                || tail.ends_with("/ap")
                || tail.starts_with("ap photo")
                || tail.contains("getty images"))
        || ["getty images", "/afp", "/reuters", "ap photo", "file photo", "staff photo", "family photo"]
            .iter()
            .any(|agency| text.ends_with(agency))
            && text.len() < 200
        || bracketed && is_call_sign(last)
        || bracketed
            && paragraph.starts_with('(')
            && text.len() < 30
            && !text.contains(". ")
            && !paragraph.contains(['.', '!', '?'])
}

/// "…on Aug. 20, 2016. (KOMO": a full stop, then a bracket with capitals only.
fn is_call_sign(text: &str) -> bool {
    let Some((before, sign)) = text.rsplit_once('(') else { return false };
    before.trim_end().ends_with('.')
        && (2..=24).contains(&sign.len())
        && sign.starts_with(|c: char| c.is_ascii_uppercase())
        && sign
            .split_whitespace()
            .next()
            .is_some_and(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()))
}

/// "UPDATE (5:30 p.m.):", a time of change as a label.
fn is_update_label(text: &str) -> bool {
    let words = text.split_whitespace().count();
    text.starts_with("update") && words <= 6 && text.ends_with(':')
        || text.starts_with("update") && words <= 6 && text.chars().any(|c| c.is_ascii_digit())
        || text == "update"
}

/// "Jane Roe is a Gazette staff writer. Email: …".
fn is_staff_note(text: &str) -> bool {
    ["staff writer", "staff reporter", "is a reporter", "is an editor", "covers "]
        .iter()
        .any(|phrase| text.contains(phrase))
        && ["email", "e-mail", "twitter", "@", "contribut", "reach "].iter().any(|phrase| text.contains(phrase))
}

/// "By Eleanor Prewitt, Transport Correspondent", "by: Ken Lemon Updated: …", "Jane Roe, Staff Writer".
fn is_byline(paragraph: &str, text: &str) -> bool {
    let words = text.split_whitespace().count();
    if words > 16 {
        return false;
    }
    let title = [
        "staff writer",
        "staff reporter",
        "correspondent",
        "staff",
        "news staff",
        "associated press",
        "web producer",
        "digital producer",
        "multimedia journalist",
    ];
    let sentence = paragraph.trim_end().ends_with(['.', '!', '?', '"', '”']);
    for opening in ["by: ", "by ", "von ", "par ", "por ", "di ", "door "] {
        let Some(rest) = text.strip_prefix(opening) else { continue };
        let name: &str = paragraph.trim_start().get(opening.len()..).unwrap_or("");
        // A name begins each word that is not a joint; "By Monday the port had closed" ends like a sentence.
        let capitals =
            name.split_whitespace().take(2).all(|word| word.starts_with(char::is_uppercase) || word.starts_with('@'));
        return !sentence && capitals && !rest.is_empty();
    }
    !sentence && words <= 8 && title.iter().any(|title| text.ends_with(title)) && text.contains([',', '|', '/'])
        || text == "breaking news staff"
}

/// An address and little else: mail, telephone, web, handle.
fn is_contact(paragraph: &str) -> bool {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let addresses = words.iter().filter(|word| is_address(word)).count();
    let letters = paragraph.chars().filter(|c| c.is_alphabetic()).count();
    let digits = paragraph.chars().filter(char::is_ascii_digit).count();
    let telephone = letters == 0
        && (7..=15).contains(&digits)
        && paragraph.contains(['-', '(', ' '])
        && !paragraph.contains([':', '/']);
    telephone || addresses > 0 && addresses * 2 >= words.len().saturating_sub(1)
}

fn is_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ';' | '.' | ':'));
    word.starts_with("http://")
        || word.starts_with("https://")
        || word.starts_with("www.")
        || word.starts_with('@') && word.len() > 2
        || word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// Names of places to share at, or several short labels between bars.
fn is_menu(paragraph: &str) -> bool {
    const NETWORKS: [&str; 20] = [
        "facebook",
        "twitter",
        "x",
        "whatsapp",
        "instagram",
        "linkedin",
        "pinterest",
        "reddit",
        "google",
        "google+",
        "youtube",
        "telegram",
        "tumblr",
        "email",
        "e-mail",
        "print",
        "rss",
        "sms",
        "pocket",
        "more",
    ];
    let words: Vec<String> = paragraph
        .split(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | '/' | '•' | '·' | ':'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let networks = words.iter().filter(|word| NETWORKS.contains(&word.as_str())).count();
    if networks > 0 && networks * 2 > words.len() {
        return true;
    }
    let parts: Vec<&str> = paragraph.split(['|', '•', '·']).map(str::trim).collect();
    parts.len() >= 3 && parts.iter().all(|part| part.split_whitespace().count() <= 5 && !part.ends_with('.'))
}

/// A date or time and nothing else: "October 28, 2016 - 10:28 PM", "3:15 PM EDT".
fn is_date_line(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "am", "pm", "a.m", "p.m",
        "et", "edt", "est", "pdt", "gmt", "utc", "at", "updated",
    ];
    let mut words = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '/' | '-' | '(' | ')' | '@' | '|'))
        .filter(|word| !word.is_empty());
    let known = |word: &str| {
        let name = word.trim_end_matches('.');
        word.bytes().all(|byte| byte.is_ascii_digit()) || is_day_or_month(name) || WORDS.contains(&name)
    };
    text.len() <= 60 && text.contains(|c: char| c.is_ascii_digit()) && words.by_ref().all(known)
}

/// A label between dashes: "– Transactions slow –".
fn is_framed(paragraph: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '–' | '—' | '=' | '*' | '~');
    let inner = paragraph.trim_matches(|c: char| dash(c) || c.is_whitespace());
    paragraph.starts_with(dash) && paragraph.ends_with(dash) && inner.split_whitespace().count() <= 8
}
