//! Sentences that speak to the reader of the page, within paragraphs of prose: "Click here to donate."

use std::cmp::Reverse;
use std::ops::Range;

use super::furniture::normal;
use super::notices::{is_notice, post_tail};
use super::prompts::is_prompt;

/// Longest such sentence, in words.
const LONGEST: usize = 25;
/// Fewer words before the tail of a post are part of it: "#lock".
const LEAST_POSTED: usize = 4;
/// Longest credit of one picture, in words.
const LONGEST_CREDIT: usize = 10;

/// How such a sentence begins.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "click here", "tap here", "click on the ", "click the ", "watch live", "watch the video", "see the video",
    "check back for", "check back later", "stay tuned", "stay with us", "this is a developing story",
    "this is a breaking news", "this is a breaking story", "this story is breaking", "this story is developing",
    "this article will be updated", "this story will be updated", "this post will be updated", "this page will be updated", "read the full story",
    "read more about", "see more photos", "see photos", "see the photos", "you can read the full", "go here for", "you can watch", "scroll down", "download our", "download the free",
    "send your ", "send us your ", "send us a ", "support our work", "support our journalism", "subscribe to", "subscribe from",
    "subscribe for", "sign up for", "sign up to", "this video is no longer", "this video is not available", "more to come",
    "no further updates", "photo courtesy", "photo: ", "photos: ",
];

/// How a newsroom says that it will tell more, and how it asks readers to wait for that.
#[rustfmt::skip]
const PROMISES: &[&str] = &[
    "will keep you updated", "we'll keep you updated", "will keep you posted", "we'll keep you posted", "will keep you informed",
    "we will update", "we'll update", "we will bring you", "we'll bring you", "we will have the latest",
    "we'll have the latest", "we will have more on", "we'll have more on",
    "i will update this post", "i'll update this post", "i will update this page", "i'll update this page", "updates will be posted", "updates will follow",
    "will be released via social media",
];
const WAITING: &[&str] =
    &["check ", "continue ", "follow ", "keep ", "monitor ", "refresh ", "see ", "stay ", "tune ", "watch "];
const AWAITED: &[&str] =
    &["for the latest", "for updates", "for new information", "for more information", "for breaking"];

/// How who writes a live page presents himself, and how he says that he will go on.
const PRESENTS: &[&str] = &["i am ", "i'm ", "it's ", "my name is ", "this is ", "we are ", "we're "];
#[rustfmt::skip]
const STAYS: &[&str] = &[
    "be here with you", "be with you for", "be with you until", "be with you throughout", "be with you through", "bring you all", "bring you live",
    "bring you the latest", "bringing you all", "bringing you live", "bringing you the latest", "bringing you the very latest", "bringing you updates", "guiding you through",
    "keeping you up to date", "keeping you updated", "steering the blog", "running the blog",
    "taking you through",
];
/// What a live page calls itself when it greets, and how it greets.
const COVERAGE: &[&str] = &["blog", "coverage", "live page", "live feed", "rolling updates", "live updates"];
#[rustfmt::skip]
const GREETINGS: &[&str] = &[
    "good afternoon", "good day", "good evening", "good morning", "hello", "hello again", "hi", "hi there", "welcome back",
];

/// "Further details to be released as needed."
const FURTHER: &[&str] = &["additional ", "further ", "more "];
const DETAILS: &[&str] = &["details ", "information "];
const RELEASED: &[&str] = &["to be", "will be"];
#[rustfmt::skip]
const ISSUED: &[&str] = &["made available", "posted", "provided", "published", "released", "shared"];

/// How a caption of a broadcaster says that the report is in the clip: "KQX7's Ina Holt has the details."
#[rustfmt::skip]
const REPORTS: &[&str] = &[
    " has the details", " has the latest", " has the story", " has more", " has more details", " has more on the story",
    " has more on this story", " reports", " reports live", " explains", " shows us how", " tells us more", " has the full story",
];
const LATEST: &[&str] =
    &[" with the latest on ", " with the latest from ", " with the very latest on ", " with the latest details"];
/// Where a newsroom says that its own people are: "A KQX News crew is on the way to the lock."
const ON_THE_WAY: &[&str] =
    &["at the scene", "en route", "headed ", "heading ", "on its way", "on scene", "on the scene", "on the way"];
/// Where those sit who write: "Ina Holt works on the Breaking News desk."
const DESKS: &[&str] = &["bureau", "desk", "newsroom", "team"];

/// What gives it away wherever it stands.
#[rustfmt::skip]
const PHRASES: &[&str] = &[
    "clicking here", "click here", "this is a developing story", "in the video above", "in the video below",
    "in the player above", "for more on this story", "for more on this developing", "for updates on this story",
    "is a media partner of", "are media partners of", "when more information becomes available", "as more information becomes available", "as it becomes available",
    "we will update this", "we'll update this", "to reflect the following correction", "our newsdesk on", "our newsroom on", "to our newsdesk", "to our newsroom", ": subscribe ", "subscribe from ",
];

/// Who works where, as the last line under an article: "Jane Roe is a Gazette staff writer."
const POSTS: &[&str] = &["staff writer", "staff reporter", "staff photographer", "staff correspondent"];

/// Labels that pages print within a paragraph, between a caption and the report.
#[rustfmt::skip]
const INLINE: &[&str] = &["[ ] Hide Caption", "[ ] Show Caption", "Hide Caption", "Show Caption", "EMBED >More News Videos", "EMBED More News Videos", ">More News Videos"];

/// Where the first label that a page prints within a sentence stands, as a range of bytes; or the tail of a post that the page
/// embeds: what the post says stays.
pub fn inline_label(sentence: &str) -> Option<Range<usize>> {
    let found = INLINE.iter().filter_map(|label| Some((sentence.find(label)?, label.len())));
    let label = found.min_by_key(|&(start, length)| (start, Reverse(length)));
    let label = label.map(|(start, length)| start..start + length);
    let says = |start: &usize| sentence[..*start].split_whitespace().nth(LEAST_POSTED - 1).is_some();
    label.or_else(|| post_tail(sentence).filter(says).map(|start| start..sentence.len()))
}

/// How a report asks its readers for help.
#[rustfmt::skip]
const APPEALS: &[&str] = &[
    "anyone with information", "anyone with any information", "anyone who has information", "anyone who saw ",
    "anyone who witnessed", "anyone who knows", "crime stoppers", "crimestoppers", "asked to call", "urged to call",
    "asked to contact", "urged to contact", "calls will be kept", "tips will be kept", "can remain anonymous",
    "tipsters",
];

/// And what it says to those who would rather not be named: "You can always remain anonymous."
const ASSURED: &[&str] =
    &["remain anonymous", "stay anonymous", "eligible for a reward", "eligible for a cash reward", "eligible for a $"];

/// What the anonymous are asked for: "to assist this investigation anonymously".
const HELPING: &[&str] =
    &[" assist ", "help this investigation", "help the investigation", "anonymous tip", " submit ", " tip line"];

/// Whether a sentence asks readers to come forward, or to call.
pub fn is_appeal(sentence: &str) -> bool {
    let text = normal(sentence);
    let assures = text.contains("you ") && !text.contains('"') && ASSURED.iter().any(|phrase| text.contains(phrase));
    let helps = text.contains("anonymous") && HELPING.iter().any(|phrase| text.contains(phrase));
    assures || helps || APPEALS.iter().any(|appeal| text.contains(appeal)) || gives_a_number(&text)
}

/// Whether a sentence tells readers a telephone number: "That number is (555) 263-0143.", "Parents can call 555-263-DALE".
/// `text` is in [normal] form.
fn gives_a_number(text: &str) -> bool {
    const WAYS: &[&str] =
        &["call", "called", "calling", "contact", "dial", "hotline", "line", "number", "phone", "text", "tip"];
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '(').collect();
    let way = |word: &&str| WAYS.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()));
    let number = words.iter().enumerate().any(|(at, word)| {
        // "555-263-0143", "263-0143" and "(555) 263-0143", "1-800-263-tips"
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let parts: Vec<&str> = word.split(['-', '.']).collect();
        let digits = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
        let [first @ .., last] = &parts[..] else { return false };
        let area = at > 0 && digits(words[at - 1].trim_matches(|c: char| !c.is_alphanumeric()));
        let last = last.len() == 4 && last.bytes().all(|b| b.is_ascii_alphanumeric());
        last && !first.is_empty()
            && first.iter().all(|part| digits(part) || *part == "1")
            && (first.len() > 1 || area || digits(first[0]))
    });
    number && words.iter().any(way)
}

/// Whether a sentence is about the page and not about the event: an aside, a notice, a byline, a place without a story.
pub fn is_aside(sentence: &str) -> bool {
    let n_words = sentence.split_whitespace().count();
    if n_words > LONGEST {
        return runs_together(sentence) || is_helpline(sentence) || is_agency_credit(sentence);
    }
    let text = normal(sentence);
    let plain = text.trim_start_matches('(');
    let plain = plain.strip_prefix("please ").unwrap_or(plain);
    let bare = text.trim_end_matches(['.', '!']);
    let first = sentence.split_whitespace().next().unwrap_or_default();
    let place = first.chars().filter(|c| c.is_alphabetic()).count() > 3
        && first.chars().all(|c| !c.is_lowercase())
        && n_words <= 4
        && sentence.contains(',');
    let byline = sentence.starts_with(['—', '–']) || sentence.starts_with("--");
    let post = POSTS.iter().any(|post| bare.ends_with(post) || bare.contains(&format!("{post} for ")));
    let waits = WAITING.iter().any(|verb| plain.starts_with(verb)) && AWAITED.iter().any(|what| text.contains(what));
    OPENINGS.iter().any(|opening| plain.starts_with(opening))
        || PROMISES.iter().any(|promise| text.contains(promise)) && !sentence.contains(['"', '“', '”'])
        || waits
        || greets(sentence, bare)
        || promises_details(sentence, bare)
        || is_clip_caption(sentence)
        || is_programme(sentence)
        || is_crew(sentence)
        || is_label(sentence)
        || text.contains("can be reached at ") && text.contains(|c: char| c == '@' || c.is_ascii_digit())
        || is_staff_line(sentence)
        || is_helpline(sentence)
        || is_notice(sentence, &text)
        || n_words > 2 && is_prompt(&text)
        || runs_together(sentence)
        || place
        || byline && n_words <= 4
        || is_contribution(sentence)
        || is_agency_credit(sentence)
        || is_outlet_credit(sentence)
        || is_version_note(&text)
        || plain.starts_with("view full caption") && n_words <= LONGEST_CREDIT
        || PHRASES.iter().any(|phrase| text.contains(phrase))
        || post && n_words <= 14 && (text.contains(" is a") || text.contains(" are "))
}

/// Whether who writes a live page greets its readers or presents himself: "Good morning and welcome.", "I'm Ina Holt and I'll be
/// bringing you the latest." What stands in marks was said by somebody else.
fn greets(sentence: &str, text: &str) -> bool {
    if sentence.contains(['"', '“', '”', '‘']) || sentence.starts_with('\'') {
        return false;
    }
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let presents =
        PRESENTS.iter().any(|opening| text.starts_with(opening)) && STAYS.iter().any(|stay| text.contains(stay));
    let stays = ["i'll ", "i will ", "we'll "].iter().filter_map(|opening| text.strip_prefix(opening));
    let stays = stays.into_iter().any(|rest| {
        STAYS
            .iter()
            .any(|stay| rest.starts_with(stay) || rest.strip_prefix("be ").is_some_and(|rest| rest.starts_with(stay)))
    });
    let greeting = GREETINGS.iter().filter_map(|greeting| text.strip_prefix(greeting)).min_by_key(|rest| rest.len());
    let greeting = greeting.map(|rest| rest.trim_start_matches([',', ' ', '-', '!']));
    let welcomes = |rest: &str| {
        let rest = rest.strip_prefix("and ").unwrap_or(rest).trim_start_matches("a warm ");
        matches!(
            rest,
            "" | "all"
                | "everyone"
                | "everybody"
                | "readers"
                | "welcome"
                | "welcome back"
                | "welcome all"
                | "welcome everyone"
        ) || (rest.starts_with("welcome to ") || rest.starts_with("welcome back to "))
            && COVERAGE.iter().any(|name| rest.contains(name))
    };
    let welcome = text.starts_with("welcome to ") || text.starts_with("welcome back to ");
    presents || stays || greeting.is_some_and(welcomes) || welcome && welcomes(text)
}

/// "The Gazette's Ina Holt contributed.", "Ina Holt and Bram Oduya also contributed": nobody but those who wrote.
fn is_contribution(sentence: &str) -> bool {
    const LONGEST: usize = 10;
    let said = sentence.trim().trim_end_matches('.');
    let Some(names) = said.strip_suffix(" contributed") else { return false };
    let words: Vec<&str> = names.split_whitespace().collect();
    let part = |word: &str| matches!(word, "also" | "and" | "of" | "reported" | "reporter" | "reporters" | "the");
    let named = |word: &&str| word.starts_with(char::is_uppercase) || part(word);
    words.len() <= LONGEST && words.iter().all(named)
}

/// "(Additional reporting by Ina Holt in Dale and Bram Oduya in Tarvin; Editing by Tove Lind)": nothing but who wrote, however
/// many they are.
fn is_agency_credit(sentence: &str) -> bool {
    const LONGEST: usize = 80;
    const WORK: &[&str] = &["additional reporting by ", "editing by ", "reporting by ", "writing by "];
    let text = normal(sentence);
    let names = text.strip_prefix('(').filter(|_| sentence.trim_end().ends_with(')'));
    let names = names.filter(|names| names.split_whitespace().count() <= LONGEST);
    names.is_some_and(|names| WORK.iter().any(|work| names.starts_with(work)))
}

/// "Ina Holt | Quay News", "Ina Holt for Quay News": who took the picture of the caption before it, and for whom.
fn is_outlet_credit(sentence: &str) -> bool {
    const LONGEST_OUTLET: usize = 4;
    let capitals = |words: &str| words.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let (named, outlet, barred) = match (sentence.split_once(" | "), sentence.split_once(" for ")) {
        (Some((name, outlet)), _) => (name, outlet, true),
        (_, Some((name, outlet))) => (name, outlet.strip_prefix("the ").unwrap_or(outlet), false),
        _ => return false,
    };
    let whole = !sentence.ends_with(['!', '?', '"', '”', ':']) && !sentence.contains([',', ';']);
    let newsroom = outlet.trim_end_matches('.').split_whitespace().last().is_some_and(is_newsroom);
    whole
        && n_words_between(named, 2, 3)
        && n_words_between(outlet, 1, LONGEST_OUTLET)
        && capitals(named)
        && capitals(outlet)
        && (newsroom || barred && n_words_between(outlet, 2, LONGEST_OUTLET))
}

/// Whether the last word of a name says that it is that of a newsroom: "Quay News", "KQX7", "WQXA-TV".
fn is_newsroom(word: &str) -> bool {
    #[rustfmt::skip]
    const NEWSROOMS: &[&str] = &[
        "Chronicle", "Courier", "Gazette", "Herald", "Journal", "News", "Newspapers", "Post", "Press", "Radio", "Register", "Times",
        "Tribune", "TV",
    ];
    let sign = word.split('-').next().unwrap_or(word);
    let letters = sign.trim_end_matches(|c: char| c.is_ascii_digit());
    let call_sign = matches!(letters.len(), 3 | 4) && letters.bytes().all(|b| b.is_ascii_uppercase());
    NEWSROOMS.contains(&word) || call_sign
}

/// "This is a story update.", "The previous story is below.", "A corrected version of the report follows:": what of the page is
/// which version of it. `text` is in [normal] form.
pub(super) fn is_version_note(text: &str) -> bool {
    const LONGEST: usize = 12;
    const TEXTS: &[&str] = &["article", "post", "report", "story", "version"];
    const WHICH: &[&str] = &["corrected", "earlier", "full", "original", "previous", "prior", "updated"];
    const WHERE: &[&str] = &["appears below", "below", "can be found below", "continues below", "follows", "is below"];
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = bare.split_whitespace().collect();
    let opens = matches!(words.first(), Some(&("a" | "an" | "our" | "the" | "this")));
    let which = words.windows(2).any(|pair| WHICH.contains(&pair[0]) && TEXTS.contains(&pair[1]));
    let update = matches!(&words[..], ["this", "is", "a" | "an", rest @ ..] if rest.len() <= 3
        && rest.contains(&"update") | rest.contains(&"updated") && rest.iter().any(|word| TEXTS.contains(word)));
    let points = WHERE.iter().any(|place| bare.strip_suffix(place).is_some_and(|before| before.ends_with(' ')));
    words.len() <= LONGEST && (update || opens && which && points)
}

/// Whether a sentence says no more than that there will be more.
fn promises_details(sentence: &str, text: &str) -> bool {
    const LONGEST: usize = 9;
    let mut words = sentence.split_whitespace().skip(1);
    if words.any(|word| word.starts_with(char::is_uppercase)) || sentence.split_whitespace().nth(LONGEST).is_some() {
        return false;
    }
    let after = |text: &'_ str, openings: &[&str]| -> Option<usize> {
        openings.iter().find(|opening| text.starts_with(**opening)).map(|opening| opening.len())
    };
    let Some(what) = after(text, FURTHER).map(|at| &text[at..]) else { return false };
    let Some(rest) = after(what, DETAILS).map(|at| &what[at..]) else { return false };
    let Some(issued) = after(rest, RELEASED).map(|at| rest[at..].trim_start()) else { return false };
    after(issued, ISSUED).is_some()
}

/// "If you or someone you know needs help, call the Dale Lifeline at 555-0143": where readers in need find help. It asks for
/// nothing that they know of the event.
fn is_helpline(sentence: &str) -> bool {
    const LONGEST: usize = 45;
    #[rustfmt::skip]
    const OPENINGS: &[&str] = &["if you or someone you ", "if you or anyone you ", "if you or somebody you ", "if you or a loved one "];
    const WAYS: &[&str] = &["call", "calling", "contact", "dial", "reach", "text", "visit"];
    let text = normal(sentence);
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    text.split_whitespace().count() <= LONGEST
        && OPENINGS.iter().any(|opening| text.starts_with(opening))
        && !text.contains("information")
        && words.any(|word| WAYS.contains(&word))
}

/// "Ina Holt and Bram Oduya report from Dale for the Quay News at 5 p.m. on May 4.": whose report a clip shows, in which
/// programme.
fn is_programme(sentence: &str) -> bool {
    const LONGEST: usize = 22;
    const JOINTS: &[&str] = &["a.m", "and", "at", "for", "from", "in", "live", "noon", "of", "on", "p.m", "the"];
    let said = sentence.trim().trim_end_matches('.');
    let Some((names, programme)) = said.split_once(" reports ").or_else(|| said.split_once(" report ")) else {
        return false;
    };
    let named = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let own = names.split_whitespace().all(|word| named(word) || word == "and") && !names.starts_with("The ");
    let plain = |word: &str| word.trim_end_matches(['.', ',']).to_owned();
    let listed = |word: &str| named(word) || JOINTS.contains(&&*plain(word));
    own && n_words_between(names, 2, 7)
        && said.split_whitespace().count() <= LONGEST
        && ["for ", "from ", "live "].iter().any(|joint| programme.starts_with(joint))
        && programme.contains("for ")
        && programme.split_whitespace().all(listed)
}

/// Whether a newsroom says where its crew is: "A KQX News crew is en route to the lock."
fn is_crew(sentence: &str) -> bool {
    let Some((crew, place)) = sentence.split_once(" crew is ") else { return false };
    crew.split_whitespace().any(|word| is_newsroom(word) || word == "news")
        && ON_THE_WAY.iter().any(|way| place.starts_with(way))
}

/// "[ Quay News ]"
fn is_label(sentence: &str) -> bool {
    let inside = sentence.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inside.is_some_and(|inside| n_words_between(inside, 1, 3) && !inside.contains(['.', '!', '?']))
}

/// "Ina Holt works for the Quay News Dale bureau.", "Staff writer Ina Holt covers the port.": who wrote, and where he sits.
fn is_staff_line(sentence: &str) -> bool {
    const LONGEST: usize = 9;
    let covers = sentence.find(" covers ").filter(|&at| n_words_between(&sentence[..at], 3, 5));
    if covers.is_some() && ["Reporter ", "Staff ", "Writer "].iter().any(|post| sentence.starts_with(post)) {
        return true;
    }
    let Some((name, place)) = sentence.trim().trim_end_matches('.').split_once(" works ") else { return false };
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let at = ["at ", "for ", "in ", "on "].iter().any(|joint| place.starts_with(joint));
    let sits = place.split_whitespace().last().is_some_and(|last| DESKS.contains(&&*last.to_lowercase()));
    let named = place.split_whitespace().any(capital);
    n_words_between(name, 2, 3)
        && name.split_whitespace().all(capital)
        && at
        && sits
        && named
        && n_words_between(place, 2, LONGEST)
}

fn n_words_between(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.split_whitespace().count())
}

/// Whether a sentence says which reporter of a newsroom is seen or heard: a name of two or three words, perhaps behind its
/// newsroom's, and one of these, as the whole of it.
fn is_clip_caption(sentence: &str) -> bool {
    const LONGEST_NAME: usize = 5;
    let sentence = sentence.trim().trim_end_matches(['.', '!']);
    let named = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let owned = words.iter().position(|word| word.ends_with("'s") || word.ends_with("’s"));
        let own = owned.map_or(words.len(), |at| words.len() - at - 1);
        let newsroom = words.len() == 1 && is_newsroom(words[0]) && words[0].len() > 3;
        words.len() <= LONGEST_NAME
            && (matches!(own, 2 | 3) || newsroom)
            && words.iter().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
    };
    let whole = REPORTS.iter().any(|says| sentence.strip_suffix(says).is_some_and(named));
    let seen = sentence.split_once(" is ");
    // "KQX7's Ina Holt was at the lock and shows us how it fell": of somebody whom a newsroom owns
    let owned = [" is ", " was "].iter().filter_map(|verb| sentence.split_once(verb)).any(|(name, rest)| {
        let owned = name.contains("'s ") || name.contains("’s ");
        owned && named(name) && [" shows us ", " tells us "].iter().any(|says| rest.contains(says))
    });
    // "KQX7's Ina Holt spoke to his family today."
    let talks = [" spoke to ", " spoke with ", " talked to ", " talked with ", " sat down with "];
    let asks = talks.iter().filter_map(|verb| sentence.split_once(verb)).any(|(name, _)| {
        let owner = name.split(['\'', '’']).next().and_then(|owner| owner.split_whitespace().last());
        name.contains(['\'', '’']) && named(name) && owner.is_some_and(is_newsroom)
    });
    owned
        || asks
        || whole
        || seen.is_some_and(|(name, rest)| named(name) && LATEST.iter().any(|says| rest.contains(says)))
}

/// "Related storiesFerry fares riseCouncil shuts lock": headlines that a page sets apart by more than its text, and no stop.
fn runs_together(sentence: &str) -> bool {
    const LETTERS: usize = 4;
    let joined = |word: &&str| {
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        let lower = |range: &[char]| range.iter().all(|c| c.is_lowercase());
        let seam = |at: usize| {
            letters[at].is_uppercase() && lower(&letters[at - LETTERS + 1..at]) && lower(&letters[at + 1..])
        };
        letters.len() > LETTERS + 2 && (LETTERS..letters.len() - 2).any(seam)
    };
    !sentence.trim_end().ends_with(['.', '!', '?', '"', '”'])
        && sentence.split_whitespace().filter(joined).nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asides_are_told_from_reporting() {
        for (sentence, aside) in [
            ("Click here to donate.", true),
            ("More to come.", true),
            ("We will keep you updated with this story as it goes on.", true),
            ("Watch Quay 2 News starting at 4 for new information on the collision.", true),
            ("Keep watching the harbour, she said, and the gulls.", false),
            ("“We will bring you home,” Holt told them.", false),
            ("Watch the afternoon session by clicking here .", true),
            ("This is a developing story, stay with Quay News for more.", true),
            ("More details will follow as more information becomes available.", true),
            ("Ina Holt is a Quay Gazette staff writer.", true),
            ("Send your pictures to our newsdesk on 0700 555 0143.", true),
            ("Support the Gazette: subscribe from £2 a week.", true),
            ("RAVEN BAY, Pa.", true),
            ("RelatedFerry Fares Rise Again in MayCouncil Shuts Lock for a YearPort Chief Resigns", true),
            ("HarbourWatch and QuayView sold a third of their shares.", false),
            ("Holt of McCrae's and PortHaven left", false),
            ("See photos of the flooded school below.", true),
            ("The Gazette has asked the port for comment, and we will update this article when we hear back.", true),
            ("He could see photos of the flood from the train.", false),
            ("-- Ina Holt", true),
            ("Please stay tuned for more.", true),
            (
                "If you or someone you know is thinking of suicide, call the Dale Lifeline at 555-0143 or visit the website of the Quay \
              Foundation, where somebody listens at every hour of the day.",
                true,
            ),
            ("If you or someone you know needs help, contact the Dale Crisis Line.", true),
            ("If you or someone you know has information, call the port police.", false),
            ("If you or someone you know were on the bridge, you would weep, she said.", false),
            ("Ina Holt and Bram Oduya report for the Quay News at Noon on Monday, May 4, 2026.", true),
            ("Ina Holt reports from Raven Bay for the Quay 4 News at 6 p.m.", true),
            ("Ina Holt reports from Dale for duty at noon.", false),
            ("Ina Holt and Bram Oduya report for work on Monday.", false),
            ("The Port Board reports for the first time on losses.", false),
            ("KQX7's Ina Holt has the details.", true),
            ("Channel 7's Ina Holt reports.", true),
            ("Ina Holt has the latest.", true),
            ("KQX7’s Ina Holt is outside the port office with the very latest on the search.", true),
            ("The port has the details.", false),
            ("Ina Holt has the details of the plan in her safe.", false),
            ("Ina Holt is at home with the children.", false),
            ("Holt reports.", false),
            ("KQX7 has the latest.", true),
            ("KQX7's Ina Holt is at the lock with the latest details.", true),
            ("KQXA will keep you updated with any new details of the search.", true),
            ("A KQX News crew is on the way to the lock.", true),
            ("A rescue crew is on the way to the lock.", false),
            ("Ina Holt works on the Breaking News desk.", true),
            ("Ina Holt works for the Quay News Dale bureau.", true),
            ("Ina Holt works at the Quay front desk of her father.", false),
            ("Ina Holt works for the port.", false),
            ("Staff writer Ina Holt covers the port board and the courts.", true),
            ("The staff covers the lamps at night.", false),
            ("She can be reached at 555-0143.", true),
            ("The lock can be reached at low tide.", false),
            ("[ Quay News ]", true),
            ("[She] left at noon.", false),
            ("KQX7’s Ina Holt spoke to his family in the hospital today.", true),
            ("The keeper's Ina Holt spoke to his family.", false),
            ("Further details to be released as needed.", true),
            ("More information will be released later.", true),
            ("More information will be released on Monday.", false),
            ("More information was released on Monday.", false),
            ("Further details of the plan will be voted on.", false),
            ("NATO, Holt said, would pay for it.", false),
            ("The case is a developing story of neglect, the judge said.", false),
            ("Holt, a former staff writer for the Gazette, was elected mayor.", false),
            ("The mayor urged people to stay with relatives.", false),
            ("She watched the video of the collision in court.", false),
            ("I'm Ina Holt and I'll be bringing you the latest.", true),
            ("I’m Ina Holt, taking you through the afternoon.", true),
            ("This is Ina Holt, and I will be with you until midnight.", true),
            ("We're bringing you all the news from the lock.", true),
            ("I'll be keeping you up to date on the search.", true),
            ("👋 Good afternoon and welcome.", true),
            ("Good morning!", true),
            ("Hello and welcome to our live coverage of the flood.", true),
            ("Good evening, everyone.", true),
            ("Welcome to our blog on the harbour strike.", true),
            ("Welcome back to our rolling coverage.", true),
            ("I'm Ina Holt and I was at the lock when it fell.", false),
            ("I'm bringing you a boat, she told the keeper.", false),
            ("“I'm Ina Holt and I'll be bringing you the latest,” she said on air.", false),
            ("Good morning was all that he said to the court.", false),
            ("Good evening sales lifted the port's shops.", false),
            ("Hello Dale, a ferry of 1962, sank at dawn.", false),
            ("Welcome to Dale, reads the sign that the flood took.", false),
            ("Hi Holt, he wrote, the lock is yours.", false),
            ("We are with you, the mayor told the families.", false),
            ("I will take you through the lock, Holt told the court.", false),
            ("The Gazette's Ina Holt contributed.", true),
            ("Ina Holt and Bram Oduya also contributed.", true),
            ("Gazette reporter Ina Holt contributed.", true),
            ("Nobody else contributed.", false),
            ("The Council of Dale contributed money.", false),
            ("I'll update this post when the divers are back.", true),
            (
                "(Additional reporting by Ina Holt in Dale, Bram Oduya in Tarvin, Tove Lind in Marlow and Marek Soto and Lina Abara in Raven \
              Bay and Quay; Editing by Ola Verhoeven)",
                true,
            ),
            ("Ina Holt | Quay News", true),
            ("Ina Holt | Dale Public Library", true),
            ("Ina Holt for Quay News", true),
            ("Ina Holt for the Dale Gazette", true),
            ("Ina Holt for KQXA", true),
            ("Ina Holt for Mayor", false),
            ("Ina Holt wrote for Quay News", false),
            ("Flood | Fire", false),
            ("This is a story update.", true),
            ("This is an updated story.", true),
            ("The previous story is below.", true),
            ("A corrected version of the story is below:", true),
            ("The original report follows.", true),
            ("This is an update on the lock.", false),
            ("The previous storey is below.", false),
            ("The previous lock is below.", false),
            ("The report said the earlier lock lies below.", false),
            ("View Full Caption Ina Holt; Dale Police", true),
            ("(Photo: Dale Police)", true),
            ("The Gazette is a media partner of KQXA.", true),
            ("KQX7's Ina Holt was at the lock where families met and shows us how it fell.", true),
            ("Dale's Ina Holt was at the lock, and it fell.", false),
            ("The welcome was warm, and the coverage of it warmer.", false),
        ] {
            assert_eq!(is_aside(sentence), aside, "{sentence}");
        }
    }

    #[test]
    fn labels_within_a_sentence_are_found() {
        for (sentence, label) in [
            ("Dam fails [ ] Hide Caption [ ] Show Caption Two people died.", Some("[ ] Hide Caption")),
            ("EMBED >More News Videos Two people died.", Some("EMBED >More News Videos")),
            ("They tried to hide captions of the film.", None),
            (
                "The lock is shut pic.quay.example pic.twitter.com/a1b2 — Ina Holt (@inaholt) May 2, 2026",
                Some("pic.twitter.com/a1b2 — Ina Holt (@inaholt) May 2, 2026"),
            ),
            ("The lock is shut — Ina Holt (@inaholt) May 2, 2026", Some("— Ina Holt (@inaholt) May 2, 2026")),
            ("The lock is shut https://t.co/a1 pic.twitter.com/a1b2", Some("https://t.co/a1 pic.twitter.com/a1b2")),
            ("The lock is shut, see pic.twitter.com/a1b2 of it.", None),
            ("The keeper — Ina Holt (@inaholt) — left on May 2, 2026.", None),
        ] {
            assert_eq!(inline_label(sentence).map(|range| &sentence[range]), label, "{sentence}");
        }
    }

    #[test]
    fn appeals_are_told_from_reporting() {
        assert!(is_appeal("Anyone with information is asked to call the port police."));
        assert!(is_appeal("Remember, you can always remain anonymous and may be eligible for a $500 reward."));
        assert!(is_appeal("All calls will be kept confidential."));
        assert!(is_appeal("That number is (555) 263-0143."));
        assert!(is_appeal("Parents can call the centre at 555-263-DALE to be told of it."));
        assert!(is_appeal("The police protect all those who wish to help this investigation in an anonymous manner."));
        assert!(!is_appeal("The crew of flight 263-0143 was not heard."));
        assert!(!is_appeal("The keeper called 911 at once, in May 2026."));
        assert!(!is_appeal("Holt called the port police."));
        assert!(!is_appeal("A diver who asked to remain anonymous saw it."));
    }
}
