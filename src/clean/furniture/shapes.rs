//! Furniture by its shape: credits, bylines, lines of contact, menus, dates, labels between dashes.

use crate::language::Language;

/// Longest caption, in words: a longer one reports like the body does.
const LONGEST_CAPTION: usize = 30;

/// "© 2016 X", "Copyright 2016 …".
pub(super) fn is_rights_notice(text: &str) -> bool {
    let opening = text.trim_start_matches(['(', ' ']);
    opening.starts_with('©')
        || opening.starts_with("(c) ")
        || opening.starts_with("copyright ") && opening.chars().any(|c| c.is_ascii_digit() || c == '©' || c == '/')
        || opening.starts_with("copyright ") && text.len() < 60
}

/// "Image 3 of 8", and the caption behind it.
pub(super) fn is_numbered(text: &str) -> bool {
    text.strip_prefix("image ")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(" of "))
}

/// A caption with its credit: "(Photo: WHAS)", "Photograph: Ola Verhoeven", "(Published Friday, …)".
pub(super) fn is_credit(paragraph: &str, text: &str) -> bool {
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
            && text.len() < 45
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
pub(super) fn is_update_label(text: &str) -> bool {
    let words = text.split_whitespace().count();
    text.starts_with("update") && words <= 6 && text.ends_with(':')
        || text.starts_with("update") && words <= 6 && text.chars().any(|c| c.is_ascii_digit())
        || text == "update"
}

/// "Jane Roe is a Gazette staff writer. Email: …".
pub(super) fn is_staff_note(text: &str) -> bool {
    ["staff writer", "staff reporter", "is a reporter", "is an editor", "covers "]
        .iter()
        .any(|phrase| text.contains(phrase))
        && ["email", "e-mail", "twitter", "@", "contribut", "reach "].iter().any(|phrase| text.contains(phrase))
}

/// "By Eleanor Prewitt, Transport Correspondent", "by: Ken Lemon Updated: …", "Jane Roe, Staff Writer".
pub(super) fn is_byline(paragraph: &str, text: &str, language: Language) -> bool {
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
    if !sentence && joins_a_byline(paragraph) {
        return true;
    }
    // "By" is a town in Danish.
    let by: &[&str] = if language.has_rules() { &["by: ", "by "] } else { &[] };
    for opening in by.iter().chain(&["von ", "par ", "por ", "di ", "door "]) {
        let Some(rest) = text.strip_prefix(*opening) else { continue };
        let name: &str = paragraph.trim_start().get(opening.len()..).unwrap_or("");
        // A name begins each word that is not a joint; "By Monday the port had closed" ends like a sentence.
        let capitals =
            name.split_whitespace().take(2).all(|word| word.starts_with(char::is_uppercase) || word.starts_with('@'));
        return !sentence && capitals && !rest.is_empty();
    }
    !sentence && words <= 8 && title.iter().any(|title| text.ends_with(title)) && text.contains([',', '|', '/'])
        || text == "breaking news staff"
}

/// What goes on with a byline in a line of its own: "| Ina Holt / Quay Gazette", "With Ina Holt and Bram Oduya".
fn joins_a_byline(paragraph: &str) -> bool {
    const LONGEST: usize = 7;
    let Some(names) = paragraph.strip_prefix("| ").or(paragraph.strip_prefix("With ")) else { return false };
    let named =
        |word: &str| word.starts_with(char::is_uppercase) && !word.ends_with(',') || matches!(word, "and" | "/");
    let n_words = names.split_whitespace().count();
    (2..=LONGEST).contains(&n_words) && names.split_whitespace().all(named)
}

/// "Android App", "iPhone/iPad App": the name of a program as a line of its own.
pub(super) fn is_app_label(paragraph: &str) -> bool {
    const LONGEST: usize = 3;
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    (2..=LONGEST).contains(&words.len())
        && matches!(*words.last().unwrap_or(&""), "App" | "Apps")
        && words.iter().all(|word| word.contains(char::is_uppercase))
}

/// An address and little else: mail, telephone, web, handle.
pub(super) fn is_contact(paragraph: &str) -> bool {
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

/// Whether what stands between two blanks leads somewhere: a link, with or without its scheme, a handle, an address of mail.
pub(crate) fn is_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ';' | '.' | ':'));
    // "news.quay.example/Xy7", but not "and/or", "U.S./Dale"
    let lower = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let host = |host: &str| {
        host.rsplit_once('.').is_some_and(|(site, top)| top.len() > 1 && lower(top) && site.split('.').all(lower))
    };
    word.starts_with("http://")
        || word.starts_with("https://")
        || word.starts_with("www.")
        || word.starts_with('@') && word.len() > 2
        || word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        || word.split_once('/').is_some_and(|(front, path)| !path.is_empty() && host(front))
}

/// Names of places to share at, or several short labels between bars.
pub(super) fn is_menu(paragraph: &str) -> bool {
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

/// The title of a clip behind its length: "0:58 Divers look for the anchor"; "7:30 PM" and "7:30 The doors open." are none.
pub(super) fn is_clip(paragraph: &str) -> bool {
    let Some((length, title)) = paragraph.trim().split_once(' ') else { return false };
    let digit = |at: usize| length.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    length.len() == 4
        && digit(0)
        && length.as_bytes()[1] == b':'
        && digit(2)
        && digit(3)
        && title.starts_with(char::is_uppercase)
        && !["AM", "PM", "A.M.", "P.M.", "ET"].iter().any(|half| title.starts_with(half))
        && !title.ends_with(['.', '"', '”'])
        && title.split_whitespace().count() <= 14
}

/// A label between dashes: "– Transactions slow –".
pub(super) fn is_framed(paragraph: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '–' | '—' | '=' | '*' | '~');
    let inner = paragraph.trim_matches(|c: char| dash(c) || c.is_whitespace());
    paragraph.starts_with(dash) && paragraph.ends_with(dash) && inner.split_whitespace().count() <= 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clips_are_told_from_times_of_day() {
        for (paragraph, clip) in [
            ("0:58 Divers look for the anchor", true),
            ("1:59 VIDEO: How the dam was mended", true),
            ("7:30 PM Doors open", false),
            ("7:30 The doors opened and the minister left.", false),
            ("12:05 The minister arrives", false),
            ("0:58", false),
            ("3:2 Arlen leads", false),
        ] {
            assert_eq!(is_clip(paragraph), clip, "{paragraph}");
        }
    }
}
