//! What a page tells its visitor of his visit: how many articles he has left, which cookies it wants, how to comment, that
//! it goes on live, that a picture can be made larger.
//!
//! No reporter writes it of an event, but some of it has the words of news about newspapers: what is known by a phrase has to
//! speak to the reader, and marks of a quotation make it what somebody said.

/// Longest of them, in words.
const LONGEST: usize = 24;

/// Whether a sentence, or a short paragraph with all of its sentences, is one; `text` is in [normal](super::furniture::normal)
/// form.
pub(super) fn is_prompt(text: &str) -> bool {
    if text.contains('"') || text.split_whitespace().nth(LONGEST).is_some() {
        return false;
    }
    let text = text.replace("? ", ". ").replace("! ", ". ");
    let mut parts = text.split(". ").map(bare).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(says)
}

fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

fn says(text: &str) -> bool {
    let whole = text.replace(" & ", " and ");
    WHOLE.contains(&&*whole)
        || BEGINNINGS.iter().any(|beginning| text.starts_with(beginning))
        || promises_more(text)
        || is_live(text)
        || limits(text)
        || asks_for_cookies(text)
        || asks_for_manners(text)
        || counts_comments(text)
        || leads_to_a_network(text)
}

/// Buttons and labels.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    // of comments
    "reply", "report", "report comment", "report this comment", "report abuse", "flag comment", "post comment", "post your comment", "submit comment",
    "sort by", "sort by newest", "sort by oldest", "sort by best", "sort by top", "sort by most liked", "sort by most recommended",
    "newest first", "oldest first", "log in to reply", "load more", "load more comments", "show more", "show less", "show replies", "hide replies",
    // of sharing
    "share", "save", "save for later", "save story", "share full article", "gift this article", "give this article", "print this page", "print article",
    "copy url", "bookmark this", "listen", "listen to article",
    // of consent
    "accept", "accept all", "accept all cookies", "accept and continue", "accept and close", "i accept", "agree and continue", "i agree", "agree and close",
    "reject", "reject all", "decline all", "allow all", "allow all cookies", "allow cookies", "allow cookies once", "allow cookies and continue",
    "allow and continue", "always allow", "manage preferences", "manage my preferences", "manage options", "manage settings", "manage cookies",
    "manage consent", "cookie settings", "cookie preferences", "cookie notice", "cookies settings", "cookie consent", "consent preferences", "privacy settings",
    "privacy notice", "privacy choices", "your privacy choices", "your privacy", "we value your privacy", "we respect your privacy", "your privacy matters",
    "we care about your privacy", "do not sell my personal information", "do not sell or share my personal information", "necessary cookies only",
    // of pictures and posts
    "enlarge", "enlarge image", "enlarge this image", "enlarge photo", "click to enlarge", "tap to enlarge", "toggle caption", "expand image", "expand photo",
    "view larger image", "view fullscreen", "view in full screen", "full size image", "open image in gallery", "open gallery", "previous image", "next image",
    "previous slide", "next slide", "translate tweet", "translate post", "show this thread", "show translation", "quote tweet", "load tweet", "view tweet",
    // of subscribers
    "log in", "log in here", "log in now", "sign in", "sign in here", "sign in now", "subscribe", "subscribe now", "subscribe here", "register now",
    // of live pages and what is new
    "breaking", "breaking news", "developing", "developing story", "latest updates", "live updates", "live blog", "new updates", "pinned", "pinned post",
];

/// How one begins.
#[rustfmt::skip]
const BEGINNINGS: &[&str] = &[
    "save my name, email", "save my name and email", "notify me of follow", "notify me of new", "notify me when new", "notify me by email",
    "create a free account", "create an account to ", "create your free account", "register for free to ", "register free to ", "register now to ",
    "start your free trial", "start a free trial", "start your trial", "start your subscription", "get unlimited access", "get unlimited digital access",
    "enjoy unlimited access", "unlock this article", "unlock this story", "unlock unlimited", "become a subscriber", "already have an account",
    "don't have an account", "not a subscriber", "not a member yet", "already a member", "already registered", "turn on notifications", "turn on alerts", "turn on desktop notifications",
    "turn on push notifications", "enable notifications", "allow notifications", "add us as a preferred source", "choose us as a preferred source",
    "make us a preferred source", "make us your preferred source", "set us as a preferred source", "this content is not available", "this content isn't available",
    "this content is hosted by", "this content is provided by", "this content is no longer available", "this video can not be played", "this video cannot be played",
    "media playback is unsupported", "to play this video you need", "our live coverage", "our live blog", "our live updates", "follow our live ", "read our live ",
    "see our live ", "that's all from our live ", "that's it for our live ",
];

/// "More to follow", "Full story to come", "More details soon", "Latest developments below".
fn promises_more(text: &str) -> bool {
    const MOST: usize = 7;
    #[rustfmt::skip]
    const WHAT: &[&str] = &[
        "more", "full", "further", "latest", "additional", "live", "details", "developments", "information", "news", "report", "story", "updates", "update", "reaction",
        "coverage", "on", "this", "and", "the", "with",
    ];
    const PROMISED: &[&str] = &[
        " to follow",
        " to follow soon",
        " to follow shortly",
        " to come",
        " soon",
        " shortly",
        " coming soon",
        " follow below",
        " below",
        " will follow",
        " will follow shortly",
        " will follow soon",
        " as we get it",
        " as we have it",
        " as they come",
    ];
    let what = PROMISED.iter().filter_map(|promise| text.strip_suffix(promise)).min_by_key(|what| what.len());
    what.is_some_and(|what| {
        what.split_whitespace().count() < MOST && what.split_whitespace().all(|word| WHAT.contains(&word))
    })
}

/// "This is a live blog and ...", "This is a fast-moving news story."
fn is_live(text: &str) -> bool {
    const MOST: usize = 5;
    const HOW: &[&str] = &["breaking", "developing", "evolving", "fast-moving", "live", "rapidly", "rolling", "news"];
    const TEXTS: &[&str] = &["blog", "coverage", "feed", "page", "story"];
    let Some(what) = text.strip_prefix("this is a ").or_else(|| text.strip_prefix("this is our ")) else {
        return false;
    };
    let words = what.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.take(MOST).collect();
    let n = words.iter().take_while(|word| HOW.contains(word)).count();
    n > 0 && words.get(n).is_some_and(|word| TEXTS.contains(word))
}

/// "You have 2 free articles left this month.", "This article is for subscribers only."
fn limits(text: &str) -> bool {
    const TEXTS: &[&str] = &["article", "articles", "stories", "story", "views"];
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let own = matches!(&words[..], ["you've" | "you're", ..] | ["you", "have" | "are" | "get", ..]);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let number = || has(&["one", "two", "three"]) || text.contains(|c: char| c.is_ascii_digit());
    let counted =
        || has(TEXTS) && (has(&["free", "limit", "complimentary"]) || has(&["left", "remaining"]) && number());
    let this = matches!(&words[..], ["this", "article" | "content" | "feature" | "page" | "story" | "video", "is", ..]);
    // "for our subscribers", but not "for members of the crew"
    let kept = || {
        words.iter().enumerate().any(|(at, word)| {
            let to = words[at.saturating_sub(3)..at].iter().any(|word| matches!(*word, "for" | "to"));
            matches!(*word, "subscribers" | "members") && to && words.get(at + 1) != Some(&"of")
        })
    };
    own && counted() || this && kept()
}

/// "To see this post, allow cookies."
fn asks_for_cookies(text: &str) -> bool {
    const ASKING: &[&str] = &[
        "allow ",
        "accept ",
        "by ",
        "please ",
        "this content ",
        "this page ",
        "this post ",
        "this site ",
        "this video ",
        "to ",
        "we ",
        "you ",
    ];
    let cookies = text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "cookies");
    let own =
        || ["allow ", "accept ", "may use ", "use ", "uses ", "your ", "enable "].iter().any(|way| text.contains(way));
    let settings = text.starts_with("to view ") && text.ends_with(" change your settings");
    settings || cookies && ASKING.iter().any(|asking| text.starts_with(asking)) && own() && !text.contains(" said")
}

/// "Please keep comments respectful and on topic."
fn asks_for_manners(text: &str) -> bool {
    const ASKING: &[&str] = &["be ", "keep ", "please ", "read our ", "see our ", "we "];
    #[rustfmt::skip]
    const MANNERS: &[&str] = &[
        "civil", "comment policy", "commenting guidelines", "commenting policy", "comments policy", "community guidelines", "community standards", "moderate",
        "off-topic", "on topic", "on-topic", "polite", "respectful", "the right to remove",
    ];
    let comments = ["comment", "community guidelines", "community standards", "conversation"];
    let comments = comments.iter().any(|what| text.contains(what));
    comments
        && ASKING.iter().any(|asking| text.starts_with(asking))
        && MANNERS.iter().any(|manner| text.contains(manner))
}

/// "View 14 comments", "Show all 3 replies", "1 of 7", "Slide 2 of 9".
fn counts_comments(text: &str) -> bool {
    const VERBS: &[&str] = &["hide", "load", "read", "see", "show", "view"];
    const COUNTED: &[&str] = &["comment", "comments", "more", "replies", "reply", "responses"];
    const PICTURES: &[&str] = &["image", "page", "photo", "picture", "slide", "video"];
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit() || b == b',');
    let words: Vec<&str> = text.split_whitespace().collect();
    match &words[..] {
        [verb, rest @ ..] if VERBS.contains(verb) && (1..=4).contains(&rest.len()) => {
            rest.iter().any(|word| number(word))
                && rest.iter().all(|word| number(word) || COUNTED.contains(word) || matches!(*word, "all" | "the"))
                && COUNTED.contains(&rest[rest.len() - 1])
        }
        [n, rest @ .., last] if number(n) && COUNTED.contains(last) && *last != "more" => {
            rest.iter().all(|word| matches!(*word, "new" | "pending" | "user"))
        }
        [a, "of", b] => number(a) && number(b),
        [kind, a, "of", b] => PICTURES.contains(kind) && number(a) && number(b),
        _ => false,
    }
}

/// "Read the full conversation on X", "View on Instagram".
fn leads_to_a_network(text: &str) -> bool {
    const MOST: usize = 7;
    const VERBS: &[&str] = &["explore", "listen", "open", "read", "see", "show", "view", "watch"];
    #[rustfmt::skip]
    const NETWORKS: &[&str] = &["bluesky", "facebook", "instagram", "mastodon", "reddit", "spotify", "threads", "tiktok", "twitter", "x", "youtube"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let [verb, .., "on", network] = &words[..] else { return false };
    words.len() <= MOST && VERBS.contains(verb) && NETWORKS.contains(network)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::furniture::normal;

    #[test]
    fn what_a_page_tells_its_visitor_is_told_from_reporting() {
        for (text, prompt) in [
            ("You have 3 free stories remaining.", true),
            ("You’ve read your last free article.", true),
            ("This story is for members only. Already a member? Log in", true),
            ("This story is for members only.", true),
            ("This content is available to subscribers.", true),
            ("Create a free account to read on.", true),
            ("Turn on alerts for the port.", true),
            ("This is a rolling blog, so do come back.", true),
            ("This is a fast-moving news story.", true),
            ("This is our live coverage of the strike.", true),
            ("More details to follow.", true),
            ("Full story to come", true),
            ("Developing…", true),
            ("Latest updates below", true),
            ("REJECT ALL", true),
            ("0 pending comments", true),
            ("Twelve residents sent comments.", false),
            ("Agree & continue", true),
            ("We and our partners use cookies to store what you like.", true),
            ("To watch this clip, please allow cookies.", true),
            ("Please be civil in the comments.", true),
            ("We moderate comments and may remove what is off-topic.", true),
            ("See all 22 comments", true),
            ("Hide 3 replies", true),
            ("3 of 12", true),
            ("Photo 3 of 12", true),
            ("Watch the whole speech on YouTube", true),
            ("Share", true),
            ("Enlarge image", true),
            ("This is a rolling blog. Two ships have sunk.", false),
            ("You have two children left, the judge told her.", false),
            ("This article is about subscribers.", false),
            ("This video is the digital version of it.", false),
            ("You have a story left to tell.", false),
            ("We are a moderate community.", false),
            ("This story is about members of the crew.", false),
            ("This is a developing country.", false),
            ("This is a live shell, the divers found.", false),
            ("More rain to come", false),
            ("More strikes will follow, the union said.", false),
            ("“More to follow,” he wrote.", false),
            ("The firm said it would use cookies no longer.", false),
            ("We use cookies of butter and rye, the baker said.", false),
            ("3 of the crew", false),
            ("He streamed the whole speech on YouTube", false),
            ("Share prices fell.", false),
            ("The port will be open to members only.", false),
            ("Breaking news of the flood, he lost his voice.", false),
            ("We keep comments of the board for a year.", false),
        ] {
            assert_eq!(is_prompt(&normal(text)), prompt, "{text}");
        }
    }
}
