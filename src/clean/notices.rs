//! What pages print around a report, by its shape: lines of contact, credits, tails of embedded posts, labels of
//! players, counters, times of publication, notices of correction.
//!
//! Each shape asks that *all* words of the paragraph fit it: a sentence that only mentions an address stays body.

use super::calls::is_call;
use super::dated::{is_dated, is_printed};
use super::furniture::normal;
use crate::span::Span;

/// Longest notice of correction, in characters.
const LONGEST_CORRECTION: usize = 600;
/// Longest line of contact or credit, in words.
const LONGEST_LINE: usize = 24;

/// Whether the paragraph is one of these; `text` is the paragraph in [normal](super::furniture::normal) form.
pub(super) fn is_notice(paragraph: &str, text: &str) -> bool {
    is_correction(text)
        || paragraph.split_whitespace().nth(LONGEST_LINE).is_none()
            && (is_contact_line(paragraph)
                || is_credit_line(paragraph)
                || is_post_tail(paragraph)
                || is_player_label(paragraph, text)
                || is_counter(text)
                || is_post_footer(text)
                || is_handout(paragraph, text)
                || is_dated(text)
                || is_printed(text)
                || is_call(text))
}

/// "Correction: An earlier version …": it speaks of the article, not of the event.
fn is_correction(text: &str) -> bool {
    #[rustfmt::skip]
    const OPENINGS: [&str; 13] = [
        "correction:", "correction -", "corrections:", "corrected:", "clarification:", "clarification -",
        "corrects ", "korrektur:", "berichtigung:", "rectificatif", "corrección:", "correzione:", "correção:",
    ];
    const LABELS: [&str; 5] = ["correction", "corrections", "clarification", "corrected", "editor's note"];
    const SUBJECTS: [&str; 4] = ["this story", "this article", "this report", "this post"];
    const VERSIONED: [&str; 3] = ["the story", "the article", "the report"];
    #[rustfmt::skip]
    const SAYS: [&str; 7] = [
        " has been corrected", " was corrected", " has been updated", " was updated", " has been amended",
        " was amended", " has been clarified",
    ];
    const VERSIONS: [&str; 3] = ["an earlier version of ", "a previous version of ", "a prior version of "];
    if text.chars().nth(LONGEST_CORRECTION).is_some() {
        return false;
    }
    // "Update 3:15 p.m.: This story …"
    let labelled = text.split_once(": ").filter(|(label, _)| is_dated(label) || label.starts_with("update"));
    let first = labelled.map_or(text, |(_, rest)| rest).split(". ").next().unwrap_or("");
    let first = first.trim_start_matches('(');
    let amended = SUBJECTS.iter().filter_map(|subject| first.strip_prefix(subject));
    let qualified = LABELS.iter().find_map(|label| text.strip_prefix(label)).and_then(|rest| rest.split_once(':'));
    let qualified = qualified.is_some_and(|(which, _)| {
        which.starts_with([' ', ',']) && which.contains(|c: char| c.is_ascii_digit()) && is_dated(which)
    });
    let version = VERSIONS.iter().find_map(|version| first.split_once(version));
    text == "correction"
        || qualified
        || is_dated_correction(first)
        || is_about_the_page(first)
        || text == "clarification"
        || OPENINGS.iter().any(|opening| text.starts_with(opening)) && !text.starts_with("corrects the ")
        || amended.into_iter().any(|rest| SAYS.iter().any(|says| rest.starts_with(says)))
        || version.is_some_and(|(_, of)| SUBJECTS.iter().chain(&VERSIONED).any(|subject| of.starts_with(subject)))
}

/// "This March 8 story has been corrected", "Corrected on March 8 to fix a name": with the day of the page.
fn is_dated_correction(text: &str) -> bool {
    const TEXTS: [&str; 5] = [" article ", " post ", " report ", " story ", " version "];
    const DONE: [&str; 6] =
        ["has been corrected", "was corrected", "has been updated", "was updated", "has been amended", "was amended"];
    const MENDED: [&str; 5] = ["corrected on ", "corrected at ", "amended on ", "updated on ", "clarified on "];
    #[rustfmt::skip]
    const MENDS: [&str; 8] = [" to fix ", " to correct ", " to reflect ", " to clarify ", " to remove ", " to say that ", " to show that ", " to include "];
    let own = text.strip_prefix("this ").and_then(|rest| TEXTS.iter().find_map(|name| rest.split_once(name)));
    let mended = MENDED.iter().find_map(|done| text.strip_prefix(done));
    own.is_some_and(|(day, says)| is_dated(day) && DONE.iter().any(|done| says.starts_with(done)))
        || mended
            .is_some_and(|rest| MENDS.iter().any(|mends| rest.split_once(mends).is_some_and(|(day, _)| is_dated(day))))
}

/// "The headline of this article has been changed.", "An earlier caption misstated the depth.": a part of the page, and that it
/// was wrong.
fn is_about_the_page(text: &str) -> bool {
    #[rustfmt::skip]
    const PARTS: [&str; 12] = [
        "headline", "caption", "photo caption", "subheading", "chart", "graphic", "map", "summary", "version", "spelling", "video", "photograph",
    ];
    const PAGES: [&str; 6] =
        [" this article", " this story", " this report", " this post", " an earlier version", " a previous version"];
    #[rustfmt::skip]
    const WRONG: [&str; 14] = [
        " misstated", " misspelled", " misidentified", " misnamed", " mischaracterized", " incorrectly", " gave the wrong ", " has been corrected", " has been changed",
        " has been updated", " has been amended", " was changed", " was corrected", " was updated",
    ];
    const EARLIER: [&str; 4] = ["an earlier ", "a previous ", "the original ", "a prior "];
    let opens = |openings: &[&str]| {
        openings
            .iter()
            .filter_map(|opening| text.strip_prefix(opening))
            .any(|rest| PARTS.iter().any(|part| rest.starts_with(part)))
    };
    let wrong = WRONG.iter().filter_map(|wrong| text.find(wrong)).min();
    wrong.is_some_and(|at| {
        let before = &text[..at];
        opens(&EARLIER) || opens(&["the ", "a "]) && PAGES.iter().any(|page| before.contains(page))
    })
}

/// "Ina Holt: iholt@paper.example, 555-263-1601 or on Twitter @iholt": names, addresses and what joins them.
fn is_contact_line(paragraph: &str) -> bool {
    #[rustfmt::skip]
    const JOINTS: [&str; 46] = [
        "a", "or", "and", "on", "at", "via", "by", "to", "the", "of", "with", "email", "e-mail", "mail", "phone",
        "telephone", "tel", "call", "text", "fax", "reach", "contact", "follow", "twitter", "x", "facebook",
        "instagram", "bluesky", "mastodon", "linkedin", "signal", "whatsapp", "him", "her", "them", "me", "us",
        "reporter", "writer", "author", "editor", "staff", "newsroom", "desk", "tips", "can",
    ];
    let (mut reached, mut names) = (0, 0);
    for word in paragraph.split_whitespace() {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let digits = plain.chars().filter(char::is_ascii_digit).count();
        if is_address(plain) || digits >= 3 && plain.chars().all(|c| c.is_ascii_digit() || "-.()+/".contains(c)) {
            reached += 1;
        } else if plain.is_empty() || JOINTS.contains(&plain.to_lowercase().as_str()) {
        } else if plain.starts_with(char::is_uppercase) {
            names += 1;
        } else {
            return false;
        }
    }
    let telephone = paragraph.chars().filter(char::is_ascii_digit).count() >= 7;
    reached > 0 && names <= 5 && (telephone || paragraph.contains('@'))
}

/// Of a mailbox, or a handle.
fn is_address(word: &str) -> bool {
    match word.split_once('@') {
        Some(("", handle)) => handle.len() > 1 && handle.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'),
        // "555-0143@tlind": a telephone number and a handle that a page prints as one.
        Some((before, after)) => after.contains('.') || is_telephone(before) && is_address(&word[before.len()..]),
        None => false,
    }
}

/// Digits and what parts them.
fn is_telephone(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    (7..=15).contains(&digits) && word.chars().all(|c| c.is_ascii_digit() || "-.()+/".contains(c))
}

/// Where pictures and reports come from.
#[rustfmt::skip]
const AGENCIES: [&str; 24] = [
    "ap", "afp", "agence", "france", "presse", "france-presse", "reuters", "associated", "press", "getty", "images", "epa",
    "dpa", "pa", "upi", "xinhua", "storyful", "youtube", "facebook", "zuma", "shutterstock", "alamy", "imago", "rex",
];

/// A credit, alone or before a caption that a page sets apart: "Getty   Divers leave the lock".
fn is_credit_line(paragraph: &str) -> bool {
    let before = paragraph.split_once("  ").map(|(credit, _)| credit);
    is_photo_credit(paragraph) || before.is_some_and(is_photo_credit)
}

/// "| Ina Holt/The Gazette via AP": names on both sides of a slash, what came by way of an agency, or agencies alone.
fn is_photo_credit(paragraph: &str) -> bool {
    const JOINTS: [&str; 14] =
        ["via", "for", "the", "of", "and", "by", "from", "/", "|", "-", "–", "—", "©", "courtesy"];
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let credits = words.iter().all(|word| {
        JOINTS.contains(&word.to_lowercase().as_str())
            || word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase)
    });
    let ends_like_a_sentence = paragraph.trim_end().ends_with(['!', '?', ':']);
    if words.len() > 12 || !credits || ends_like_a_sentence {
        return false;
    }
    let agency = |word: &str| AGENCIES.contains(&plain(word).as_str());
    if words.iter().any(|word| agency(word)) && words.iter().all(|word| agency(word) || JOINTS.contains(word)) {
        return !paragraph.trim_end().ends_with('.');
    }
    let slash = paragraph.split_once('/').is_some_and(|(before, after)| {
        let named = |side: &str| side.split_whitespace().any(|word| word.contains(char::is_lowercase));
        let agency = after.split(|c: char| !c.is_alphanumeric()).any(agency);
        before.split_whitespace().count() >= 2 && (named(before) && named(after) || agency)
            || before.trim_end().ends_with("Photo")
    });
    slash || words.windows(2).any(|pair| plain(pair[0]) == "via" && agency(pair[1]))
}

/// "— Quay Police (@QuayPolice) May 16, 2026": the signature of an embedded post, or its link.
fn is_post_tail(paragraph: &str) -> bool {
    let text = paragraph.trim_start_matches(['—', '–', '-', ' ']);
    let is_link =
        |word: &str| ["pic.twitter.com/", "https://t.co/", "pic.x.com/"].iter().any(|host| word.starts_with(host));
    if is_link(text) {
        let rest = text.trim_start_matches(|c: char| !c.is_whitespace()).trim_start();
        return rest.split_whitespace().count() <= 1 || is_post_tail(rest);
    }
    let Some((name, rest)) = text.split_once("(@") else { return false };
    let Some((handle, date)) = rest.split_once(')') else { return false };
    let dated = date.split_whitespace().count() <= 4
        && date
            .split_whitespace()
            .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || !c.is_alphanumeric()));
    let on = matches!(date.trim(), "on X" | "on Twitter" | "on Instagram" | "on Bluesky" | "on Threads");
    !handle.contains(char::is_whitespace)
        && name.split_whitespace().count() <= 6
        && !name.contains(". ")
        && (dated || on)
}

/// Where in a sentence the tail of an embedded post begins that ends it: its links, and who signed it on which day.
pub(super) fn post_tail(sentence: &str) -> Option<usize> {
    let dashes = sentence.match_indices(['—', '–']).map(|(at, _)| at);
    let links = ["https://t.co/", "http://t.co/", "pic.twitter.com/", "pic.x.com/"];
    let links = links.iter().flat_map(|host| sentence.match_indices(host)).map(|(at, _)| at);
    let mut starts: Vec<usize> = dashes.chain(links).filter(|&at| at > 0).collect();
    starts.sort_unstable();
    starts.into_iter().find(|&at| is_signature(&sentence[at..]))
}

/// Whether a stretch of a text stands in a post that the page embeds: its paragraph ends with who signed it.
pub(crate) fn is_in_post(text: &str, span: Span) -> bool {
    let paragraph = text[span.start..].split('\n').next().unwrap_or("");
    paragraph.ends_with(|c: char| c.is_ascii_digit()) && paragraph.contains("(@") && post_tail(paragraph).is_some()
}

/// Links of a post alone, or who signed it with a handle and a day, or both.
fn is_signature(tail: &str) -> bool {
    let is_link = |word: &&str| word.contains("t.co/") && word.starts_with("http") || word.starts_with("pic.");
    let signed: Vec<&str> = tail.split_whitespace().skip_while(is_link).collect();
    signed.is_empty() || is_post_tail(&signed.join(" ")) && tail.trim_end().ends_with(|c: char| c.is_ascii_digit())
}

/// "Video Player is loading", "0:00 / 1:23".
fn is_player_label(paragraph: &str, text: &str) -> bool {
    #[rustfmt::skip]
    const WHOLE: [&str; 49] = [
        "play", "pause", "mute", "unmute", "fullscreen", "full screen", "non-fullscreen", "live", "seek to live",
        "now playing", "up next", "next up", "play video", "watch video", "playback rate", "chapters", "captions",
        "subtitles", "audio track", "picture-in-picture", "close modal dialog", "this is a modal window",
        "beginning of dialog window", "end of dialog window", "replay video", "autoplay", "settings", "skip",
        "video player is loading", "video loading", "loading", "watch next", "watch again", "watch this video again",
        "loading video", "loading player", "loading audio", "buffering", "play audio", "pause audio", "stop audio", "play sound",
        "unmute video", "close video", "close player", "skip video", "video unavailable", "video not available", "video playback",
    ];
    #[rustfmt::skip]
    const BEFORE_A_NUMBER: [&str; 12] = [
        "current time ", "duration ", "remaining time ", "loaded: ", "progress: ", "volume ", "stream type ",
        "video ", "duration: ", "video duration ", "audio duration ", "length: ",
    ];
    const UNITS: [&str; 9] = ["hour", "hours", "minute", "minutes", "min", "second", "seconds", "sec", "and"];
    let spoken = |rest: &str| {
        rest.contains(char::is_numeric)
            && rest.split_whitespace().all(|word| word.bytes().all(|b| b.is_ascii_digit()) || UNITS.contains(&word))
    };

    let clock =
        |rest: &str| rest.contains([':', '%']) && rest.chars().all(|c| c.is_ascii_digit() || ": /-%.".contains(c));
    let parts = paragraph.split("  ").map(normal).filter(|part| !part.is_empty());
    parts.clone().count() > 0 && parts.into_iter().all(|part| WHOLE.contains(&part.trim_end_matches([':', '…', '.'])))
        || text.starts_with("video player is loading")
        || text.contains(char::is_numeric) && clock(text)
        || BEFORE_A_NUMBER
            .iter()
            .any(|label| text.strip_prefix(label).is_some_and(|rest| rest == "live" || clock(rest) || spoken(rest)))
}

/// "5:41 PM · Mar 5, 2026 · 12K Views": when a post was put out, and how often it was seen.
fn is_post_footer(text: &str) -> bool {
    let parts: Vec<&str> = text.split('·').map(str::trim).filter(|part| !part.is_empty()).collect();
    let program = |part: &str| part.starts_with("twitter for ") || part == "twitter web app";
    parts.len() > 1 && parts.iter().all(|part| is_dated(part) || is_counter(part) || program(part))
}

/// "Handout via Quay Pictures"
fn is_handout(paragraph: &str, text: &str) -> bool {
    const LONGEST: usize = 7;
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let named = |word: &&str| {
        word.starts_with(char::is_uppercase) || matches!(*word, "via" | "by" | "from" | "the" | "/" | "of")
    };
    text.starts_with("handout ")
        && (2..=LONGEST).contains(&words.len())
        && words.iter().all(named)
        && !paragraph.ends_with('.')
}

/// "(Visited 3,817 times)", "12 shares", "5 min read".
fn is_counter(text: &str) -> bool {
    #[rustfmt::skip]
    const COUNTED: [&str; 22] = [
        "views", "view", "visits", "visit", "shares", "share", "likes", "like", "comments", "comment", "reads",
        "retweets", "reposts", "replies", "followers", "min read", "minute read", "minutes read", "mins read",
        "total views", "visits today", "times",
    ];
    let is_count = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | 'k' | 'm' | '+'))
    };
    let text = text.trim_matches(['(', ')']);
    let text = ["visited ", "viewed ", "read ", "views: ", "shares: ", "post views: ", "reading time: "]
        .iter()
        .find_map(|label| text.strip_prefix(label))
        .unwrap_or(text);
    if counts_each(text, is_count) {
        return true;
    }
    let mut parts = text.split([';', '|', '·']).flat_map(|part| part.split(", "));
    let counts = |part: &str| {
        let (number, rest) = part.trim().split_once(' ').unwrap_or((part.trim(), ""));
        is_count(number) && COUNTED.contains(&rest.trim())
    };
    parts.all(counts) || ["views: ", "post views: "].iter().any(|label| text.strip_prefix(label).is_some_and(is_count))
}

/// "2,114 Retweets 871 Likes": what is done with a post, each behind its number and nothing between them.
fn counts_each(text: &str, is_count: impl Fn(&str) -> bool) -> bool {
    #[rustfmt::skip]
    const COUNTED: [&str; 16] = [
        "bookmarks", "comments", "likes", "quotes", "reactions", "replies", "reply", "reposts", "repost", "retweets", "retweet", "shares", "views", "like", "comment",
        "share",
    ];
    let text = text.replace("quote tweets", "quotes");
    let words: Vec<&str> = text.split_whitespace().filter(|word| !matches!(*word, "and" | "·")).collect();
    let pairs = || words.chunks(2);
    words.len() > 2 && pairs().all(|pair| matches!(pair, [count, what] if is_count(count) && COUNTED.contains(what)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::furniture::normal;

    fn notice(paragraph: &str) -> bool {
        is_notice(paragraph, &normal(paragraph))
    }

    #[test]
    fn notices_are_known_by_their_shape() {
        for paragraph in [
            "Correction: An earlier version of this report gave the wrong name of the ferry. It is the Alba.",
            "UPDATE 3:15 p.m.: This story has been updated with a statement of the port.",
            "11:02 a.m.: This post was updated.",
            "CLARIFICATION — The tunnel is owned by the county.",
            "This story has been corrected to say that the lock opened in 2019.",
            "A previous version of this article misstated the depth of the lock.",
            "CORRECTION (May 9): The lock is 40 feet deep.",
            "Clarification, May 9, 2026: The lock belongs to the county.",
            "(This May 9 report has been corrected to give the depth of the lock in paragraph 2.)",
            "Corrected on May 9 to fix the name of a diver.",
            "The caption of this story has been changed.",
            "A previous headline misstated who owns the lock.",
            "7:05 AM · May 9, 2026 · 3.1K Views",
            "1,204 Reposts 88 Quote Tweets 3K Likes",
            "Loading player…",
            "Up Next:",
            "Duration: 2:10",
            "Video duration 1 minute 10 seconds",
            "Handout via Dale Pictures",
            "Berichtigung: Die Schleuse liegt in Norden.",
            "Tove Lind: tlind@dalepost.example, 555-0199 or on Twitter @tlind.",
            "Reach Tove Lind at 555-263-0143.",
            "555-263-0143@TLind",
            "Tove Lind 555-263-0143 @TLind",
            "Contact the writer: tlind@dalepost.example",
            "Follow Tove Lind on X: @tlind",
            "| Tove Lind/The Dale Post via AP",
            "Tove Lind / Dale Post",
            "Dale County Sheriff's Office via Storyful",
            "AP Photo/Tove Lind",
            "— Dale Police (@DalePolice) May 16, 2026",
            "Dale Police (@dalepd) on X",
            "pic.twitter.com/a1b2c3",
            "https://t.co/a1b2c3 pic.twitter.com/a1b2c3 — Dale Police (@DalePolice) May 16, 2026",
            "Video Player is loading.",
            "Current Time 0:00",
            "0:00 / 1:23",
            "Loaded: 0%",
            "Now Playing",
            "(Visited 1,204 times, 3 visits today)",
            "12 shares",
            "5 min read",
            "Published Monday",
            "Video loading   Watch next   Watch this video again",
            "Agence France-Presse, Reuters",
            "TOVE LIND/VIA YOUTUBE",
            "Getty   Divers leave the lock at dusk",
            "AP Photo/Tove Lind  The lock at dusk, seen from the dam.",
        ] {
            assert!(notice(paragraph), "{paragraph:?}");
        }
    }

    #[test]
    fn what_a_post_says_stands_before_its_signature() {
        let post = "The lock is shut. Nobody was told — Ina Holt (@inaholt) May 2, 2026";
        for (text, inside) in [
            (post.to_owned(), true),
            (format!("{post}\n\nIt rained."), true),
            (format!("The lock is shut.\n\n{post}"), false),
            ("The lock is shut. Ina Holt (@inaholt) said so on May 2, 2026.".to_owned(), false),
        ] {
            assert_eq!(is_in_post(&text, Span::new(0, 17)), inside, "{text}");
        }
    }

    #[test]
    fn sentences_that_hold_such_words_are_none() {
        for paragraph in [
            "UPDATE (May 9, 4 p.m.): The divers have found the anchor.",
            "Corrections, 40 of them, were made to the plan: a lock, a bridge.",
            "Corrected on Monday, the figures show that tolls fell.",
            "The map of the port has been changed by the flood.",
            "An earlier version of the lock had been built in 1902.",
            "Duration of the strike: 12 days",
            "12 likes 3 people",
            "Handout of bread began at noon",
            "Correction officers found the cell empty on Monday.",
            "The article was amended by the assembly in 1998.",
            "4@home",
            "Call the harbour police at 555-0143 if you saw the boat.",
            "The mayor wrote to staff@harbour.example that the lock would stay shut.",
            "Tove Lind, 41, of Dale",
            "The owner/operator paid the fine on Monday",
            "A 22-year-old was grazed in the arm",
            "Reuters first reported the fire.",
            "Tove Lind  The owner and the pilot were held on Monday.",
            "She said (@tlind did too) that the dam had failed.",
            "pic.twitter.com/a1b2c3 shows the dam an hour before it failed.",
            "The dam held for 12 days",
            "3 people",
            "Dale 3, Quay 1",
        ] {
            assert!(!notice(paragraph), "{paragraph:?}");
        }
    }
}
