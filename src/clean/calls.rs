//! What a page says of itself and asks of its readers, by fixed words: to get the app, to follow, to comment; who wrote and
//! edited for an agency; messages of a browser.

/// Whether a short paragraph or sentence is one of these; `text` is it in [normal](super::furniture::normal) form.
pub(super) fn is_call(text: &str) -> bool {
    let n_words = text.split_whitespace().count();
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '{'));
    let on_a_network = NETWORKS.iter().any(|network| bare.contains(network));
    BEGINNINGS.iter().any(|beginning| bare.starts_with(beginning))
        || ANYWHERE.iter().any(|phrase| text.contains(phrase))
        || n_words <= 4 && SHORT.iter().any(|beginning| bare.starts_with(beginning))
        || WHOLE.contains(&bare)
        || asks_for_comments(bare)
        || on_a_network && ASKED.iter().any(|verb| bare.starts_with(verb))
        || on_a_network && US.iter().any(|us| bare.contains(us)) && !text.contains('"')
        || asks_for_condolences(bare)
        || bare.starts_with("follow @")
        || bare.ends_with(" app")
            && n_words <= 9
            && ["get ", "download ", "try "].iter().any(|verb| bare.starts_with(verb))
        || text.starts_with('@') && text.contains('{')
}

/// "Condolences may be sent online at quay.example": what a page with a notice of a death asks its readers for.
fn asks_for_condolences(bare: &str) -> bool {
    const WHERE: &[&str] = &[" online", " guest book", " guestbook", ".com", ".org"];
    const ASKING: &[&str] = &[" can be ", " may be ", "leave ", "offer ", "send ", "share ", "sign "];
    const LONGEST: usize = 14;
    let names = bare.contains("condolences") && !bare.contains('"') && bare.split_whitespace().count() <= LONGEST;
    names && [WHERE, ASKING].iter().all(|phrases| phrases.iter().any(|phrase| bare.contains(phrase)))
}

/// "Please leave your comments below", "Tell us what you think in the comments".
fn asks_for_comments(bare: &str) -> bool {
    const ASKING: &[&str] = &["add", "drop", "join", "leave", "let", "post", "share", "sound", "tell", "weigh"];
    const LONGEST: usize = 16;
    let plain = bare.strip_prefix("please ").unwrap_or(bare);
    let mut words = plain.split_whitespace();
    let asks = words.next().is_some_and(|word| ASKING.contains(&word)) && words.count() < LONGEST;
    let there = [" in the comments", " comments below", " comment below", " comment section", " comments section"];
    asks && there.iter().any(|there| plain.contains(there))
}

/// How one begins.
#[rustfmt::skip]
const BEGINNINGS: &[&str] = &[
    "reporting by ", "additional reporting by ", "writing by ", "editing by ", "compiled by ", "reporting and writing by ",
    "please check back", "stay with ", "sorry, your browser", "sorry, this video", "sorry, we are not", "sorry we are not",
    "your browser ", "what do you think? ", "add a comment", "see all comments", "view all comments",
    "leave a comment", "comments are closed", "view results", "poll loading", "provided by the family", "h/t ",
    "get in touch by ", "get in touch via ", "get in touch with me", "get in touch with us", "get in touch:", "you can get in touch with me",
    "you can get in touch with us", "you can get in touch by ", "do get in touch",
];

/// What gives it away wherever it stands.
#[rustfmt::skip]
const ANYWHERE: &[&str] = &[
    "; editing by ", "accepting comments on this", "enable javascript", "javascript is disabled", "flash player",
    "for updates to this story", "for updates on this developing", "weigh in below", "sound off in the comments",
    "what do you think of this story", "share your thoughts below",
];

/// How a very short one begins; longer ones may be prose: "Powered by a small engine, the ferry ...".
#[rustfmt::skip]
const SHORT: &[&str] = &[
    "powered by ", "image by ", "images by ", "photo by ", "photos by ", "video by ", "illustration by ", "provided by ",
    "source: ", "image copyright", "image source", "image credit", "photo copyright", "photo credit", "related: ",
];

/// What is one as a whole.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "reuter", "reuter e", "reuters", "pls reply", "please reply", "on a mobile device", "read comments", "join the conversation",
    "advertisement", "story continues below", "article continues below", "more on this story", "related stories",
    "what do you think", "emphasis added", "emphasis ours", "hide caption", "copied to clipboard", "copied", "link copied",
    "link copied to clipboard", "copy to clipboard", "get in touch", "key event", "key events", "show key events only",
];

const ASKED: &[&str] =
    &["follow ", "check out ", "like us ", "find us ", "join us ", "connect with ", "see more from "];
/// "... and join us here on Facebook": the same at the end of a longer one.
const US: &[&str] = &[" connect with us ", " find us ", " follow us ", " join us ", " like us "];
const NETWORKS: &[&str] = &["facebook", "instagram", "on twitter", "on x ", "on tiktok", "on youtube", "pinterest"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::furniture::normal;

    #[test]
    fn calls_are_told_from_prose() {
        for (text, call) in [
            ("(Reporting by Ina Holt in Raven Bay; Editing by Marek Soto)", true),
            ("(Additional reporting by Ina Holt)", true),
            ("REUTER", true),
            ("Sorry, your browser doesn't support this player.", true),
            ("Comments are closed.", true),
            ("ADD A COMMENT SEE ALL COMMENTS", true),
            ("Sorry we are not currently accepting comments on this article.", true),
            ("Get the Quay News mobile app.", true),
            ("Follow Ina on Twitter", true),
            ("Follow @QuayNews for more.", true),
            ("Stay with Quay News for updates.", true),
            ("Please check back for more.", true),
            ("Check out Quay Weddings on Facebook, Twitter and Pinterest.", true),
            ("Powered by Quayside", true),
            ("Photo by Ina Holt", true),
            ("@media only screen { .mast { display: none; } }", true),
            ("Copied to clipboard", true),
            ("Link copied!", true),
            ("Get in touch", true),
            ("Get in touch by emailing the newsroom.", true),
            ("You can get in touch with me at ina@quay.example.", true),
            ("Key events", true),
            ("Please leave your comments below…", true),
            ("Tell us what you think in the comments section.", true),
            ("Watch the tide live on the Quay News app, and join us here on Facebook.", true),
            ("Condolences may be left online at quay.example.com.", true),
            ("Please sign the online guest book and leave your condolences", true),
            ("The union told the crews: \"Come and join us on Facebook.\"", false),
            ("The mayor sent her condolences to the crews in a letter.", false),
            ("Let us know in the comments.", true),
            ("The mayor left his comments below the letter.", false),
            ("Share prices fell, and the comments of the board did not help.", false),
            ("The plans were copied to a clipboard in the lock, she said.", false),
            ("Get in touch with the union, Holt told the crews.", false),
            ("They got in touch by radio.", false),
            ("Key events of the night were read out in court.", false),
            ("Powered by a small diesel engine, the ferry crosses in ten minutes.", false),
            ("Photo by photo, the court went through the album of the captain.", false),
            ("He told his followers on Twitter that the dam was safe.", false),
            ("Follow-up checks were made in May.", false),
            ("Editing of the footage took a week, she said.", false),
            ("The port said the app would be withdrawn.", false),
            ("Residents said they did not know what to think of this.", false),
        ] {
            assert_eq!(is_call(&normal(text)), call, "{text}");
        }
    }
}
