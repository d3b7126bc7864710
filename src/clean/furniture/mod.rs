//! What page furniture says: phrases and shapes that no reporting has.
//!
//! Every rule asks for a short paragraph, and most for one that is not a sentence: body text taken for furniture
//! is lost to the reader, furniture taken for body is only noise. Most of the phrases hold for a page in any language, as
//! pages bring English furniture along; what may begin a sentence elsewhere is asked of English alone.

mod phrases;
mod shapes;

use super::notices::is_notice;
use super::prompts::is_prompt;
use crate::language::Language;
use phrases::{LABELS_BY_LETTER, LABELS_ELSEWHERE_BY_LETTER, OPENINGS_BY_LETTER, says};
pub(crate) use shapes::is_address;
use shapes::{
    is_app_label, is_byline, is_clip, is_contact, is_credit, is_framed, is_menu, is_numbered, is_rights_notice,
    is_staff_note, is_update_label,
};

/// Longest paragraph, in characters, that a phrase alone makes furniture.
const SHORT: usize = 240;

/// Whether the paragraph is furniture by what it says: comment forms, sharing, newsletters, credits, bylines,
/// copyright, pointers to other stories, rules and labels.
pub(super) fn is_furniture(paragraph: &str, language: Language) -> bool {
    let length = paragraph.chars().take(4 * SHORT + 1).count();
    if length > 4 * SHORT {
        return false;
    }
    let text = normal(paragraph);
    if is_notice(paragraph, &text) || is_numbered(&text) {
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
            || language.has_rules() && is_prompt(&text)
            || !is_prose(paragraph) && LABELS_BY_LETTER.open(&text) && language.has_rules()
            || !is_prose(paragraph) && LABELS_ELSEWHERE_BY_LETTER.open(&text)
            || is_credit(paragraph, &text)
            || is_byline(paragraph, &text, language)
            || is_contact(paragraph)
            || is_app_label(paragraph)
            || is_menu(paragraph)
            || is_update_label(&text)
            || is_staff_note(&text)
            || is_framed(paragraph)
            || is_clip(paragraph);
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
            '×' | '►' | '▶' | '▼' | '↓' | '→' | '»' | '«' | '•' | '*' | '_' | '#' | '\u{200B}' | '\u{FEFF}'
            | '\u{AD}' => {}
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
