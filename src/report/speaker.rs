//! Who says what a sentence quotes: by name, or in the sentence's own words; a pronoun names whom the sentence before it lets
//! speak, by name.
//!
//! What stands beside the verb of saying, outside the marks. Linear in the words of the sentence.

use super::amounts::numbers;
use super::marks::Marked;
use super::named::SHORTENED;
use super::stretch::{ARTICLES, OF, Stretch, drop_asides, is_place, leads_a_noun};
use super::surname::is_rare;
use crate::calendar::WEEKDAYS;
use crate::clause::{is_joining, is_opener, is_saying, is_verb};
use crate::span::Span;
use crate::token::words;

const PRONOUNS: &[&str] = &["he", "i", "it", "she", "they", "we", "who", "you", "that", "this", "which"];
/// Words that no speaker's description goes beyond.
const STOPS: &[&str] = &["and", "but", "as", "when", "while", "after", "in", "on", "at", "to", "during", "that"];
/// What follows these tells more about the speaker.
const RELATIVE: &[&str] = &["who", "whose", "whom", "which"];
/// Verbs that give somebody's words in marks, and are no verbs of saying without them.
#[rustfmt::skip]
const UTTERS: &[&str] = &[
    "acknowledged", "admitted", "answered", "commented", "complained", "conceded", "concluded", "continued", "cried", "declared",
    "exclaimed", "insisted", "joked", "lamented", "noted", "observed", "pleaded", "posted", "quipped", "recalled", "recounted",
    "remarked", "replied", "responded", "shouted", "sobbed", "stressed", "testified", "tweeted", "vowed", "whispered", "yelled",
];
/// Verbs that give somebody's judgement in marks: "called it “a shame”", "described the lock as “a ditch”".
#[rustfmt::skip]
const JUDGES: &[&str] = &[
    "branded", "called", "characterised", "characterized", "decried", "denounced", "derided", "described", "dismissed", "hailed",
    "labeled", "labelled", "lauded", "praised",
];
/// Works, and what bears words: nobody says what stands in marks behind them.
#[rustfmt::skip]
const WRITTEN: &[&str] = &[
    "album", "anthem", "banner", "book", "chapter", "documentary", "entitled", "episode", "essay", "exhibition", "film", "graffiti",
    "headline", "hymn", "movie", "musical", "novel", "opera", "painting", "placard", "poem", "poster", "sign", "song", "tattoo", "title",
    "titled", "track",
];
/// What leaves open who speaks: nobody, or several.
const NOBODY: &[&str] = &["both", "neither", "no", "nobody", "none", "nor", "several"];
/// These open a clause that ends at the comma behind it.
const SUBORDINATING: &[&str] = &["after", "although", "as", "before", "though", "when", "whereas", "while"];
/// With one of these the subject of a clause does nothing by itself: who is quoted before may well say so.
const STATES: &[&str] =
    &["are", "be", "can", "could", "is", "may", "might", "must", "shall", "should", "was", "were", "will", "would"];
/// What tells of a man, and of a woman.
const MALE: &[&str] = &["he", "him", "himself", "his", "lord", "mr", "sir"];
const FEMALE: &[&str] = &["dame", "her", "hers", "herself", "lady", "miss", "mrs", "ms", "she"];
/// With one of these before it a verb of saying says what was done to its subject: "Ina Holt was told".
const PASSIVE: &[&str] = &["am", "are", "be", "been", "being", "is", "was", "were"];

/// Who a sentence says said what it quotes: what stands next to a verb of saying outside the marks. `marked` are all the
/// quotations of the article.
pub(super) fn speaker(text: &str, sentence: Span, quote: &Marked, marked: &[Marked]) -> Option<Span> {
    let end = quote.end;
    let before = ahead_of(sentence, quote);
    let [behind, ahead] = [behind(text, sentence, quote), before].map(|outside| Stretch::new(text, outside, marked));
    if ahead.is_written(before.end) {
        return None;
    }
    let spoken = quote.span.of(text).ends_with([',', '.', '!', '?', '…', '—']) || text[end..].starts_with(',');
    // "Holt said: “It fell,” and Ferris left": what leads up to the marks, or goes on behind them with another clause.
    let lead = before.of(text).trim_end_matches(['"', '“', '‘', '\'', '`', ' ']);
    let introduced = lead.ends_with(':') || lead.ends_with(',') && ahead.ends_in_verb();
    if behind.tokens.first().is_some_and(|first| matches!(first.of(text), "and" | "but" | "while")) {
        return ahead.lead_in(introduced);
    }
    if introduced && let Some(name) = ahead.lead_in(introduced) {
        return Some(name);
    }
    // "Ferris shouted “run for it at once”, Holt told the court": the nearer one, even where only "she" shouted.
    if ahead.ends_in_verb() {
        match ahead.beside(ahead.tokens.len() - 1) {
            Told::By(name) => return Some(name),
            Told::Somebody => return None,
            Told::Nothing => {}
        }
    }
    // In another sentence a verb that names nobody tells nothing of this one.
    match behind.first_verb(spoken) {
        Told::By(name) => Some(name),
        Told::Somebody if end < sentence.end => None,
        Told::Somebody | Told::Nothing => ahead.lead_in(introduced),
    }
}

/// What stands before a quotation in its sentence.
fn ahead_of(sentence: Span, quote: &Marked) -> Span {
    Span::new(sentence.start, quote.span.start.max(sentence.start))
}

/// What stands behind a quotation and may tell who said it.
fn behind(text: &str, sentence: Span, quote: &Marked) -> Span {
    let end = quote.end;
    let mut after = Span::new(end, quote.paragraph.min(end + 160).max(end));
    after.end = text.floor_char_boundary(after.end);
    if end < sentence.end {
        after.end = after.end.min(sentence.end).max(end);
    } else if let Some(stop) = first_stop(after.of(text)) {
        after.end = end + stop;
        // Behind a full stop another sentence begins: "“It fell.” Ferris said so to the port", but "“It fell.” Ferris said."
        let mut last = words(after.of(text)).into_iter().rev().take(1);
        let says = last.any(|word| is_saying(&word.span.of(after.of(text)).to_lowercase()));
        if quote.span.of(text).ends_with('.') && !says {
            after.end = end;
        }
    }
    after
}

/// Whom "he" or "she" beside a quotation means: who speaks by name in the sentence just before. `said` is who said the quotation
/// that ends in that one or in this, if one does. With where the pronoun stands. Nobody where that sentence names somebody else, or has but the other pronoun.
pub(super) fn speaker_before(
    text: &str,
    [last, sentence]: [Span; 2],
    quote: &Marked,
    marked: &[Marked],
    said: Option<Span>,
) -> Option<(Span, Span)> {
    let around = [behind(text, sentence, quote), ahead_of(sentence, quote)];
    let [behind, ahead] = around.map(|outside| Stretch::new(text, outside, marked));
    let pronoun = behind.pronoun_says().or_else(|| ahead.pronoun_says())?;
    let she = pronoun.of(text).eq_ignore_ascii_case("she");
    let before = Stretch::new(text, last, marked);
    let name = said.or_else(|| before.lead_in(false).filter(|&name| before.names_only(name)))?;
    let (own, other) = if she { (FEMALE, MALE) } else { (MALE, FEMALE) };
    let has = |list: &[&str]| (0..before.tokens.len()).any(|at| list.contains(&&*before.lower(at)));
    let first = name.of(text).split([' ', '.']).next().unwrap_or_default().to_lowercase();
    let agrees = !other.contains(&&*first) && (!has(other) || has(own));
    let is_name = name.of(text).starts_with(char::is_uppercase) && !ARTICLES.contains(&&*first);
    (agrees && is_name).then_some((name, pronoun))
}

/// "the dad-of-three", "the 58-year-old": whom the sentence before names first, and what he is called by.
pub(super) fn named_before(text: &str, last: Span, described: Span) -> Option<Span> {
    const PARENTS: &[&str] =
        &["dad", "father", "grandad", "grandfather", "grandma", "grandmother", "mom", "mother", "mum"];
    let described = described.of(text).to_lowercase();
    let by = described.strip_prefix("the ")?.replace('-', " ");
    let parts: Vec<&str> = by.split(' ').collect();
    let by_children =
        matches!(&parts[..], [parent, "of", n] if PARENTS.contains(parent) && !numbers(&[n], 0).is_empty());
    let by_age = matches!(&parts[..], [n, "year", "old"] if !numbers(&[n], 0).is_empty());
    let before = Stretch::new(text, last, &[]);
    let named =
        |at: &usize| before.is_capital(*at) && is_rare(before.said(*at)) && (*at == 0 || before.gap(*at - 1) == " ");
    let n = (0..before.tokens.len()).take_while(named).count();
    ((by_children || by_age) && n > 1).then(|| Span::new(before.tokens[0].start, before.tokens[n - 1].end))
}

/// Where what stands behind a quotation ends: at a full stop that is none of a title or an initial, or at the next quotation.
fn first_stop(text: &str) -> Option<usize> {
    text.match_indices(['.', '“', '"']).map(|(at, _)| at).find(|&at| {
        let word = text[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let title = SHORTENED.contains(&word) || matches!(word, "Dr" | "Mr" | "Mrs" | "Ms");
        let short = title || word.chars().count() == 1 && word.starts_with(char::is_uppercase);
        !(short && text[at..].starts_with(". "))
    })
}

/// What a verb of saying says of who speaks.
enum Told {
    /// This one, by name or as described.
    By(Span),
    /// Somebody whom nothing names for certain: "she", "who", "police".
    Somebody,
    /// Nothing: it is not this verb that gives the words.
    Nothing,
}

impl Stretch<'_> {
    fn is_verb(&self, at: usize) -> bool {
        let word = self.lower(at);
        // "Asked by Ina Holt whether it fell, he said": what is done to who speaks.
        let opens =
            at == 0 || self.gap(at - 1).contains(',') || matches!(&*self.lower(at - 1), "when" | "after" | "if");
        let object = self.tokens.get(at + 1).map(|next| next.of(self.text).to_lowercase()).unwrap_or_default();
        let done = matches!(&*word, "asked" | "told" | "urged")
            && opens
            && matches!(&*object, "about" | "by" | "how" | "if" | "of" | "on" | "to" | "what" | "whether" | "why");
        // "relying on claims that"
        // "the United States"
        let country = word == "states" && self.is_capital(at);
        let noun = at > 0 && self.gap(at - 1) == " " && {
            let before = self.lower(at - 1);
            leads_a_noun(&before) && (word.ends_with('s') || matches!(&*word, "claim" | "say"))
        };
        is_saying(&word) && !done && !noun && !country
    }

    fn ends_in_verb(&self) -> bool {
        self.tokens.len().checked_sub(1).is_some_and(|last| self.is_verb(last) || self.utters(last))
    }

    /// The "he" or "she" that says what a stretch stands beside: "she added", "said he", "He also said:".
    fn pronoun_says(&self) -> Option<Span> {
        const NEAR: usize = 3;
        let says = |at: usize| self.is_verb(at) || self.utters(at);
        let pronoun = |at: usize| matches!(&*self.lower(at), "he" | "she");
        let n = self.tokens.len();
        let first = (0..n.min(2)).find(|&at| pronoun(at))?;
        let said = if first == 0 { (1..n.min(NEAR)).any(says) } else { says(0) };
        said.then(|| self.tokens[first])
    }

    /// Whether the stretch names nobody but one: no word with a capital that is rare in news stands outside of that name.
    fn names_only(&self, name: Span) -> bool {
        let other = |token: &Span| token.of(self.text).starts_with(char::is_uppercase) && is_rare(token.of(self.text));
        !self.tokens.iter().any(|token| !name.contains(*token) && other(token))
    }

    fn utters(&self, at: usize) -> bool {
        UTTERS.contains(&&*self.lower(at))
    }

    /// Behind a quotation the verb that follows first gives its speaker; one that only utters, where the words were `spoken`:
    /// "“It fell!” Holt cried", and not "a “ditch with two old doors” and Holt cried".
    fn first_verb(&self, spoken: bool) -> Told {
        const NEAR: usize = 6;
        let utters = |at: usize| spoken && at < NEAR && self.utters(at);
        match (0..self.tokens.len()).find(|&at| self.is_verb(at) || utters(at)) {
            Some(verb) => self.beside(verb),
            None => self.according().map_or(Told::Nothing, Told::By),
        }
    }

    /// Before a quotation the last verb does: "Ferris met Soto, who reported it, and Holt said:". Where that says but "who" or
    /// "that", the one before. One that only utters has to lead in to the marks.
    fn lead_in(&self, introduced: bool) -> Option<Span> {
        const NEAR: usize = 6;
        let n = self.tokens.len();
        // "The lock, Ina Holt continued, is"
        let aside = |at: usize| at > 0 && at + 1 < n && self.gap(at).starts_with(',') && self.is_capital(at - 1);
        let utters = |at: usize| (at + 1 == n || introduced && at + NEAR > n || aside(at)) && self.utters(at);
        let verbs: Vec<usize> = (0..n).filter(|&at| self.is_verb(at) || utters(at) || self.judges(at)).collect();
        // "Holt said that, according to Ferris, | “it was loud”"
        if (1..n).any(|at| self.is_according(at) && verbs.last().is_none_or(|&verb| verb < at)) {
            return self.according();
        }
        for verb in verbs.into_iter().rev() {
            if self.is_parted(verb) {
                return None;
            }
            match self.beside(verb) {
                Told::By(name) => return Some(name),
                // What they believe is told by who speaks of them.
                Told::Somebody if !self.lower(verb).starts_with("believe") => return None,
                Told::Somebody | Told::Nothing => {}
            }
        }
        self.according().or_else(|| self.label())
    }

    fn is_according(&self, to: usize) -> bool {
        self.lower(to - 1) == "according" && self.lower(to) == "to"
    }

    /// Whether what stands in marks at `end` is a name, or words on a thing: "the song “...”", "a plan called “...”", "the sign
    /// read: “...”".
    fn is_written(&self, end: usize) -> bool {
        let Some(last) = self.tokens.last() else { return false };
        let gap = self.text[last.end..end].trim_end_matches(['"', '“', '‘', '\'', '`', '„', '«', '»']);
        let word = last.of(self.text).to_lowercase();
        let reads = matches!(&*word, "read" | "reading" | "reads") && matches!(gap, " " | ": " | ", ");
        let n = self.tokens.len();
        let named = matches!(&*word, "called" | "dubbed" | "nicknamed") && n > 1 && !self.is_capital(n - 2);
        reads || gap == " " && (named || WRITTEN.contains(&&*word))
    }

    /// Whether somebody named judges something before a quotation: "Ina Holt called the lock | “a shame”", "what Ina Holt
    /// described as | “a ditch”".
    fn judges(&self, verb: usize) -> bool {
        const LONGEST: usize = 8;
        let n = self.tokens.len();
        if !JUDGES.contains(&&*self.lower(verb)) || verb == 0 || !self.is_capital(verb - 1) || n - verb > LONGEST {
            return false;
        }
        // "called her second book “...”"
        let own = n > verb + 2 && matches!(&*self.lower(verb + 1), "her" | "his" | "its" | "their");
        let named = matches!(&*self.lower(verb), "branded" | "called" | "labeled" | "labelled");
        let near = self.gap(verb - 1) == " " && (verb..n - 1).all(|at| self.plain(at));
        near && (self.lower(n - 1) == "as" || named && !own)
    }

    /// Whether somebody else does something between a verb and the end: behind another quotation, "Holt said it was “a shame”,
    /// and Ferris enjoyed | “it all”", or behind the clause that a "while" opens.
    fn is_parted(&self, verb: usize) -> bool {
        let n = self.tokens.len();
        let opened = SUBORDINATING.contains(&&*self.lower(0));
        let parts = |gap: &str| gap.contains(char::is_alphanumeric) || opened && gap.contains(',');
        let Some(cut) = (verb..n - 1).rev().find(|&at| parts(self.gap(at))) else { return false };
        let Some(first) = (cut + 1..n).find(|&at| !is_joining(self.said(at))) else { return false };
        let next = first + (first..n).take_while(|&at| self.is_capital(at)).count();
        let acts = || {
            let word = self.lower(next);
            !STATES.contains(&&*word) && is_verb(&word, Some(self.said(next - 1)))
        };
        next > first && (next == n || acts())
    }

    /// "according to Ina Holt": two words or more that no other word is like, as newsrooms are named with others.
    fn according(&self) -> Option<Span> {
        let at = (1..self.tokens.len()).rev().find(|&at| self.is_according(at))?;
        let among: Vec<usize> =
            (at + 1..self.tokens.len()).take_while(|&next| next == at + 1 || self.plain(next - 1)).collect();
        let name = self.name(&among, false)?;
        let words: Vec<&str> = name.of(self.text).split([' ', '-']).collect();
        let own = words.iter().rev().take(2).all(|word| word.chars().count() > 2 && is_rare(word));
        (words.len() > 1 && own && name.start == self.tokens[at + 1].start).then_some(name)
    }

    /// "Ina Holt: “It fell.”", "Ina Holt, a clerk: |", and "HOLT:" of somebody whom the text names elsewhere, so many bytes around.
    fn label(&self) -> Option<Span> {
        const LONGEST: usize = 3;
        const LONGEST_ASIDE: usize = 6;
        const AROUND: usize = 10_000;
        let (first, end) = (self.tokens.first()?, self.tokens.last()?.end);
        let comma = (0..self.tokens.len() - 1).find(|&at| self.gap(at).contains(','));
        let n = comma.map_or(self.tokens.len(), |comma| comma + 1);
        let last = self.tokens[n - 1];
        let name = Span::new(first.start, last.end);
        // What a comma sets off says who it is: no verb, and no quotation.
        let aside = (n..self.tokens.len()).all(|at| {
            let verb = is_verb(&self.lower(at), Some(self.said(at - 1))) || self.is_verb(at);
            !verb && (at == n || self.plain(at - 1))
        });
        let aside = comma.is_none() || n > 1 && self.tokens.len() - n <= LONGEST_ASIDE && aside;
        let capital = |token: &Span| token.of(self.text).starts_with(char::is_uppercase) && token.len() > 2;
        let whole = n <= LONGEST
            && self.tokens[..n].iter().all(|token| capital(token) && is_rare(token.of(self.text)))
            && (0..n - 1).all(|at| matches!(self.gap(at), " " | "-"))
            && self.text[end..].starts_with(':')
            && aside;
        let named = || {
            let form = name.of(self.text).to_lowercase();
            let start = self.text.floor_char_boundary(name.start.saturating_sub(AROUND));
            let near = Span::new(start, self.text.floor_char_boundary(self.text.len().min(name.end + AROUND)));
            words(near.of(self.text)).windows(2).any(|pair| {
                let [before, word] = [pair[0].span.shifted(start), pair[1].span.shifted(start)];
                let inside = self.text[before.end..word.start] == *" " && word.start != name.start;
                inside && capital(&word) && word.of(self.text).to_lowercase() == form
            })
        };
        (whole && (n > 1 || named())).then_some(name)
    }

    /// The name or the description beside a verb of saying.
    fn beside(&self, verb: usize) -> Told {
        if (verb.saturating_sub(2)..verb).any(|at| PASSIVE.contains(&&*self.lower(at)) && self.plain(at)) {
            return self.agent(verb);
        }
        let following = self.following(verb);
        let Some(preceding) = self.preceding(verb) else { return Told::Somebody };
        if let Some(&last) = preceding.last().filter(|&&last| PRONOUNS.contains(&&*self.lower(last))) {
            let points_back = matches!(&*self.lower(last), "that" | "which" | "who");
            return if points_back { Told::Nothing } else { Told::Somebody };
        }
        let closed = verb > 0 && self.gap(verb - 1).contains(',');
        let told = self.lower(verb) == "told";
        // "Dale was dark, said Ina Holt, who saw it": behind a comma, a name with nothing after it is who says so.
        let named = following.iter().take_while(|&&at| self.said(at).starts_with(char::is_uppercase)).last();
        let inverted = closed
            && !told
            && named.is_some_and(|&last| {
                last + 1 == self.tokens.len()
                    || !WEEKDAYS.contains(&&*self.lower(last)) && self.gap(last).contains([',', '.', ':'])
            });
        let sides = if inverted {
            [(&following, false), (&preceding, true)]
        } else {
            [(&preceding, true), (&following, false)]
        };
        for (side, before) in sides.into_iter().filter(|(_, before)| *before || !told) {
            let first = side.first().map(|&first| self.lower(first)).unwrap_or_default();
            if PRONOUNS.contains(&&*first) || NOBODY.contains(&&*first) || !before && self.are_several(side) {
                return Told::Somebody;
            }
            // "the father of Ina Holt" is not Ina Holt.
            let other = ARTICLES.contains(&&*first) && side.iter().any(|&at| OF.contains(&&*self.lower(at)));
            let subject = self.is_subject(side, before, &preceding);
            let name = if other { self.spokesperson(side) } else { self.name(side, before) };
            let described = || self.description(side).filter(|_| subject);
            if let Some(name) = name.filter(|_| before || subject).or_else(described) {
                return Told::By(name);
            }
        }
        // The subject stands before another verb.
        let no_one = |at: &usize| is_joining(self.said(*at)) || is_opener(&self.lower(*at));
        if preceding.iter().chain(&following).all(no_one) { Told::Nothing } else { Told::Somebody }
    }

    /// Whether what stands beside a verb can be its subject: a description that hangs on no word before it, "a friend close to | the
    /// keeper said"; behind the verb what has no subject before it, "police said | Ina Holt was there".
    fn is_subject(&self, side: &[usize], before: bool, preceding: &[usize]) -> bool {
        let Some(&first) = side.first() else { return false };
        if before {
            let leans = |word: &str| matches!(word, "at" | "in" | "on" | "to" | "after" | "during");
            return first == 0 || !self.plain(first - 1) || !leans(&self.lower(first - 1));
        }
        let noun = |at: usize| !is_joining(self.said(at)) && !is_opener(&self.lower(at));
        !preceding.iter().any(|&at| noun(at)) || self.gap(first - 2).contains(',')
    }

    /// "Ferris was told by Ina Holt"
    fn agent(&self, verb: usize) -> Told {
        let by = verb + 1;
        let among: Vec<usize> = (by + 1..self.tokens.len()).take_while(|&at| self.plain(at - 1)).collect();
        let acts = self.tokens.get(by).is_some_and(|word| word.of(self.text) == "by");
        match self.name(&among, false).filter(|name| acts && name.start == self.tokens[by + 1].start) {
            Some(name) => Told::By(name),
            None => Told::Somebody,
        }
    }

    /// The words behind a verb that may say who speaks.
    fn following(&self, verb: usize) -> Vec<usize> {
        let goes_on = |&at: &usize| {
            let word = self.lower(at);
            let parted = self.gap(at - 1).contains(['.', ';', '(']) && !self.plain(at - 1) || self.crosses(at - 1);
            let stops = STOPS.contains(&&*word) && !self.is_given_name(at);
            !stops && !RELATIVE.contains(&&*word) && !self.is_verb(at) && !parted
        };
        (verb + 1..self.tokens.len()).take_while(goes_on).collect()
    }

    /// "said Ina Holt | and Danilo Soto", but "said Ina Holt | and Danilo Soto wept".
    fn are_several(&self, following: &[usize]) -> bool {
        let Some(&last) = following.last().filter(|_| following.iter().all(|&at| self.is_capital(at))) else {
            return false;
        };
        let (and, n) = (last + 1, self.tokens.len());
        let other = and + 1 + (and + 1..n).take_while(|&at| self.is_capital(at)).count();
        let joined = and < n && self.lower(and) == "and" && self.plain(last) && other > and + 1 && self.plain(and);
        joined && !(other < n && is_verb(&self.lower(other), Some(self.said(other - 1))))
    }

    /// And those before it, without asides; none where several speak.
    fn preceding(&self, verb: usize) -> Option<Vec<usize>> {
        let closed = verb > 0 && self.gap(verb - 1).contains(',');
        let mut preceding: Vec<usize> = Vec::new();
        // "Ina Holt wept and | said"
        if verb > 0 && matches!(&*self.lower(verb - 1), "and" | "but") {
            return Some(preceding);
        }
        for at in (0..self.before_relative(verb)).rev() {
            let word = self.lower(at);
            let plain = |pair: &[usize]| self.plain(pair[0]);
            // "Ina Holt, an analyst at Quay Bank, said": where somebody works does not speak.
            // So does "Ina Holt, a clerk in Dale, Ohio, said".
            let place = matches!(&*word, "at" | "in" | "on")
                && preceding.first() == Some(&(at + 1))
                && (closed || preceding.windows(2).all(plain))
                && preceding
                    .iter()
                    .all(|&at| self.said(at).starts_with(char::is_uppercase) || closed && self.lower(at) == "the");
            if place && !self.crosses(at) {
                preceding.clear();
                continue;
            }
            // "Ina Holt, head of Ways and Means, said"
            let inside = closed && word == "and" && preceding.windows(2).all(|pair| !self.gap(pair[0]).contains(','));
            let stops = STOPS.contains(&&*word) && !self.is_given_name(at);
            if self.crosses(at) || stops && !preceding.is_empty() && !inside {
                if word == "and" && !closed && self.joins_names(at, &preceding) {
                    return None;
                }
                break;
            }
            preceding.insert(0, at);
        }
        if closed {
            drop_asides(self.text, &self.tokens, &mut preceding);
        }
        // "Ferris said that Soto told her": of two who speak the nearer one.
        if let Some(other) = preceding.iter().rposition(|&at| is_saying(&self.lower(at))) {
            preceding.drain(..=other);
        }
        // "Speaking through Ferris, the keeper said", "In the days of the flood, Holt said"
        let comma = preceding.windows(2).rposition(|pair| self.gap(pair[0]).contains(','));
        if let Some(comma) = comma.filter(|_| !closed) {
            let behind = &preceding[comma + 1..];
            let all = |capital: bool| behind.iter().all(|&at| self.is_capital(at) == capital);
            let described = all(false) && ARTICLES.contains(&&*self.lower(behind[0]));
            let named = all(true) && !is_place(self.text, &self.tokens, behind);
            if described || named {
                preceding.drain(..=comma);
            }
        }
        Some(preceding)
    }

    /// "Ina Holt and | Danilo Soto said", and not "the Fish and | Wildlife Service said".
    fn joins_names(&self, and: usize, behind: &[usize]) -> bool {
        let first = (0..and).rev().take_while(|&at| self.is_capital(at) && self.gap(at) == " ").last();
        let opens = first.is_some_and(|first| first == 0 || self.gap(first - 1).contains(','));
        opens && self.gap(and) == " " && behind.windows(2).all(|pair| self.plain(pair[0]))
    }

    /// Where what stands before a verb ends without the relative clause that commas set between the two: "Ina Holt, | who
    /// learned to swim there, said".
    fn before_relative(&self, verb: usize) -> usize {
        const MOST_COMMAS: usize = 3;
        if verb == 0 || !self.gap(verb - 1).contains(',') {
            return verb;
        }
        let commas = (0..verb - 1).rev().take_while(|&at| !self.crosses(at)).filter(|&at| self.gap(at).contains(','));
        for comma in commas.take(MOST_COMMAS) {
            let opener = self.said(comma + 1);
            if RELATIVE.contains(&opener) {
                return comma + 1;
            }
            if opener.starts_with(char::is_uppercase) {
                break;
            }
        }
        verb
    }
}

#[cfg(test)]
mod tests {
    use crate::language::Language;
    use crate::report::of_one_sentence;
    use crate::report::quotes::quotes;

    #[test]
    fn a_quotation_has_its_speaker() {
        for (text, speaker) in [
            ("“One tug was ordered, and one was sent,” said its chief executive, Ina Holt.", Some("Ina Holt")),
            ("\"We all felt it in the kitchen,\" Maud Ferris told the paper.", Some("Maud Ferris")),
            ("Of the first woman he reached, Danilo said: “She would not let go of me.”", Some("Danilo")),
            ("Mayor Ana Ruiz said: “Nobody told us that it would come.”", Some("Mayor Ana Ruiz")),
            ("“It sounded like a thunder clap,” said the father of three.", Some("the father of three")),
            ("“It sounded like a thunder clap,” said a man who had a stall beside Maud Ferris.", Some("a man")),
            ("“It sounded like a thunder clap,” said the father of Maud Ferris.", Some("the father of Maud Ferris")),
            ("“It sounded like a clap,” said Holt’s mother, Maud Ferris.", Some("Maud Ferris")),
            ("“They call him “Red” and Ina told him to run,” said Maud Ferris.", Some("Maud Ferris")),
            ("“It was thunder,” said Maud Ferris.", Some("Maud Ferris")),
            ("“It was loud as thunder,” said Per Ferris, a welder.", Some("Per Ferris")),
            ("“It was loud as thunder,” May Ferris said.", Some("May Ferris")),
            ("Will Ferris said: “It was loud as thunder.”", Some("Will Ferris")),
            ("“It was loud as thunder,” said In-ho Ferris in Dale.", Some("In-ho Ferris")),
            ("“It was loud as thunder,” said keeper An Ferris.", Some("An Ferris")),
            ("After Ferris said: “It was loud as thunder.”", Some("Ferris")),
            ("Maud Ferris, an analyst at Quay Bank, said: “It sounded like thunder.”", Some("Maud Ferris")),
            ("In Raven Bay, Maud Ferris said: “It sounded like thunder.”", Some("Maud Ferris")),
            ("“It sounded like a clap,” said Holt mother, Maud, in tears.", Some("Maud")),
            ("“It was thunder, not a ship,” said Arlen Quay/Dalemart spokesperson Maud Ferris.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Quay Bank chief economist Maud Ferris said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” said a spokesman for the port, Maud Ferris.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” said a man for Dale, North Dakota.", Some("a man for Dale")),
            ("“It was thunder, not a ship,” the KQX agent said.", Some("the KQX agent")),
            ("“It was thunder, not a ship,” Dale police said.", None),
            ("“It was thunder, not a ship,” Maud Ferris, a runner for Council in New Dale, said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Maud Ferris, head of the Ways and Dams Board, said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Maud Ferris, 41, of Dale, Ohio, said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Maud Ferris, a clerk at Quay in Dale, Ohio, said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Maud Ferris, D-Ohio, said.", Some("Maud Ferris")),
            ("Dale Port was shut with Holt, said Lt. Maud Ferris, who added: “It was loud.”", Some("Lt. Maud Ferris")),
            ("Maud Ferris, of Dale, said Quay Street was dark: “It was loud as thunder.”", Some("Maud Ferris")),
            ("Maud Ferris, of Dale, said Monday: “It was loud as thunder.”", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Maud Ferris of Dale, who ran, said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Maud Ferris (D-Ohio) said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Holt’s mother, Maud Ferris, said.", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Ferris told the paper.", Some("Ferris")),
            ("“It was thunder, not a ship,” Ferris later said.", Some("Ferris")),
            ("“It was thunder, not a ship,” said Ferris Monday.", Some("Ferris")),
            ("“It sounded like a thunder clap,” he said.", None),
            ("“It sounded like a thunder clap.”", None),
            ("“It sounded like a thunder clap.” Ferris said.", Some("Ferris")),
            ("Asked by Soto whether it was loud, Maud Ferris replied: “It was loud as thunder.”", Some("Maud Ferris")),
            ("“It was thunder, not a ship,” Maud Ferris was told by Ina Holt.", Some("Ina Holt")),
            ("“It was thunder, not a ship,” Maud Ferris was told.", None),
            ("Maud Ferris was asked: “Was it thunder or a ship?”", None),
            ("Maud Ferris, who succeeded Ina Holt in May, told reporters: “It was loud.”", Some("Maud Ferris")),
            ("Maud Ferris, who learned to swim there, said: “It was loud as thunder.”", Some("Maud Ferris")),
            ("Maud Ferris, who ran, swam with Ina Holt, and won, said: “It was loud.”", Some("Maud Ferris")),
            ("Maud Ferris, the sister of Ina Holt, said: “It was loud as thunder.”", Some("Maud Ferris")),
            ("Maud Ferris, asked about Ina Holt, said: “It was loud as thunder.”", Some("Maud Ferris")),
            ("Maud Ferris said that Ina Holt told her: “It was loud as thunder.”", Some("Ina Holt")),
            ("Maud Ferris said police told the port: “It was loud as thunder.”", None),
            ("Lawyers for Maud Ferris said: “It was loud as thunder.”", Some("Lawyers")),
            ("Speaking through Maud Ferris, the keeper said: “It was loud as thunder.”", Some("the keeper")),
            ("Maud Ferris and Ina Holt said: “It was loud as thunder.”", None),
            ("Maud Ferris said: “It was loud as thunder,” and Ina Holt said nothing.", Some("Maud Ferris")),
            ("“It was loud,” he went on, “and Ina Holt said nothing.”", None),
            ("“It was loud as thunder,” said friends of Maud Ferris.", None),
            ("“It was loud as thunder,” said residents near Ferris Bay.", None),
            ("“It was loud as thunder,” said the man holding Maud Ferris.", Some("the man holding Maud Ferris")),
            ("“It was loud as thunder,” said the head of the union, Maud Ferris.", Some("Maud Ferris")),
            ("“It was loud as thunder,” said the mother of the victim, Maud Ferris.", Some("the mother of the victim")),
            ("“It was loud as thunder,” said the mayor of Dale, Ferris Bay.", Some("the mayor of Dale")),
            ("“It was loud as thunder,” said Rovers manager Maud Ferris.", Some("Maud Ferris")),
            ("“It was loud as thunder,” said Dutch foreign minister Maud Ferris.", Some("Maud Ferris")),
            ("“It was loud as thunder,” said Fatima al-Ferris of the port.", Some("Fatima al-Ferris")),
            ("“It was loud as thunder,” Jean-Luc de la Quay said in Dale.", Some("Jean-Luc de la Quay")),
            ("“It was loud as thunder,” Ursula von der Holt said.", Some("Ursula von der Holt")),
            ("“It was loud as thunder,” the KQX’s Tove Lindqvist reported.", Some("Tove Lindqvist")),
            ("“It was loud as thunder,” the KQX’s Tim Brown reported.", Some("Tim Brown")),
            ("“It was loud as thunder,” King’s College Dale said.", Some("King’s College Dale")),
            ("In a letter to Soto and Holt, Maud Ferris warned of “a shame on the whole town”.", Some("Maud Ferris")),
            ("The keeper over the weekend had tweeted: “It was loud as thunder.”", Some("The keeper")),
            ("Maud Ferris relied on claims that “it was as loud as thunder”.", None),
            ("The lock, Maud Ferris continued, rests on claims that “it was as loud as thunder”.", Some("Maud Ferris")),
            ("Maud Ferris said it was late and said “it was as loud as thunder”.", Some("Maud Ferris")),
            ("Maud Ferris said that they believe it was “as loud as thunder in May”.", Some("Maud Ferris")),
            ("The keeper yelled, “Where are you all going?” Maud Ferris recalled.", Some("The keeper")),
            ("Her aunt “started to shout at us,” and Maud Ferris vowed to leave.", None),
            ("Her aunt “started to shout at us,” and Maud Ferris told her to leave.", None),
            ("When asked about Dale and the days of the flood, Ferris responded, “It was loud.”", Some("Ferris")),
            ("“It was loud as thunder,” a man from the port of Dale, Ohio said.", Some("a man from the port")),
            ("A source close to Maud Ferris said: “It was loud as thunder.”", None),
            ("A friend who spoke to Maud Ferris said: “It was loud as thunder.”", None),
            ("On Monday evening Maud Ferris said: “It was loud as thunder.”", Some("Maud Ferris")),
            ("“It was loud as thunder,” sobbed Maud Ferris.", Some("Maud Ferris")),
            ("“It was loud as thunder,” Maud Ferris recalled.", Some("Maud Ferris")),
            ("Tolls continued to fall, and Ferris called it “a shame on the whole town”.", Some("Ferris")),
            ("It was “a shame on the whole town” and Maud Ferris vowed to leave.", None),
            ("Asked if it was loud, Maud Ferris admitted: “It was loud as thunder.”", Some("Maud Ferris")),
            ("“It was as loud as thunder!” shouted Maud Ferris.", Some("Maud Ferris")),
            ("“It was loud as thunder,” according to Tove Lindqvist.", Some("Tove Lindqvist")),
            ("According to Tove Lindqvist, “it was loud as thunder”.", Some("Tove Lindqvist")),
            ("“It was loud as thunder,” according to the Dale Gazette.", None),
            ("“It was loud as thunder,” according to police.", None),
            ("Tove Lindqvist: “It was loud as thunder.”", Some("Tove Lindqvist")),
            ("LINDQVIST: “It was loud as thunder, as Lindqvist knows, or Tove Lindqvist.”", Some("LINDQVIST")),
            ("Update: “It was loud as thunder, and nobody was told.”", None),
            ("'It was thunder, not a ship,' said Maud Ferris.", Some("Maud Ferris")),
            ("‘It was thunder, not a ship,’ Ferris told the paper.", Some("Ferris")),
            ("“It was loud as thunder,” says Ferris' deputy Maud Quay.", Some("Maud Quay")),
            ("“It was loud as thunder,” says Ferris’ deputy, Maud Quay.", Some("Maud Quay")),
            ("“It was loud as thunder,” said the Reds' captain Maud Quay.", Some("Maud Quay")),
            ("“It was loud as thunder,” said the Free Ports' envoy, Maud Quay.", Some("Maud Quay")),
            ("“It was loud as thunder,” said the Ferris brothers' mother, Maud Quay.", Some("Maud Quay")),
            ("“It was loud as thunder,” said the Ferris family's lawyer, Maud Quay.", Some("Maud Quay")),
            ("“It was loud as thunder,” said Ferris' mother.", None),
            ("“It was loud as thunder,” said the Ferrises' neighbour.", Some("the Ferrises' neighbour")),
            ("“It was loud as thunder,” said the Alliance's Tove Lindqvist.", Some("Tove Lindqvist")),
            ("“It was loud as thunder,” said a keeper above Maud Ferris.", Some("a keeper")),
            ("“It was loud as thunder,” said neither Maud Ferris nor Ina Holt.", None),
            ("“It was loud as thunder,” said Maud Ferris and Ina Holt.", None),
            ("“It was loud as thunder,” said Maud Ferris and Ina Holt nodded.", Some("Maud Ferris")),
            ("Tolls rose, and Maud Ferris called it “a shame on the whole town”.", Some("Maud Ferris")),
            ("Tolls rose, and Maud Ferris called the new lock “a shame on the whole town”.", Some("Maud Ferris")),
            ("Maud Ferris dismissed the old lock as “a shame on the whole town”.", Some("Maud Ferris")),
            ("Maud Ferris called her first book “a shame on the whole town”.", None),
            ("Maud Ferris wrote a book called “a shame on the whole town”.", None),
            ("It was a plan that Maud Ferris called “a shame on the whole town”.", Some("Maud Ferris")),
            ("While Maud Ferris said it was late, Ina Holt enjoyed “the loud days of thunder”.", None),
            ("Maud Ferris said that, according to Tove Lindqvist, “it was loud as thunder”.", Some("Tove Lindqvist")),
            ("Maud Ferris said that, according to police, “it was loud as thunder”.", None),
            ("Ina Holt shouted “get out of here at once”, Maud Ferris told the court.", Some("Ina Holt")),
            ("She shouted “get out of here at once”, Maud Ferris told the court.", None),
            ("The song “we all ran home from it” is by Ina Holt, said Maud Ferris.", None),
            ("The sign reads “we all ran home from it”, said Maud Ferris.", None),
            ("“It was loud as thunder,” said the United States' envoy, Maud Quay.", Some("Maud Quay")),
            ("“It was loud as thunder,” United States envoy Maud Quay said.", Some("Maud Quay")),
            ("“It was loud as thunder,” said Dale County Sheriff, Maud Ferris.", Some("Maud Ferris")),
            ("“It was loud as thunder,” police Chief of Detectives Maud Ferris said.", Some("Maud Ferris")),
            ("“It was loud as thunder,” said Chief of Staff Maud Ferris.", Some("Maud Ferris")),
            (
                "“It was loud as thunder,” Maud Ferris, a keeper for the Quay County Sheriff told the port.",
                Some("Maud Ferris"),
            ),
            ("“It was loud as thunder,” Dale police said a statement Friday.", None),
            ("A source close to the keeper said it was “as loud as thunder”.", None),
            ("A source close to the keeper said Maud Ferris was “as loud as thunder”.", None),
            ("Dale police said Maud Ferris was “as loud as thunder”.", None),
            ("Tove Lindqvist, mother of two: “It was loud as thunder.”", Some("Tove Lindqvist")),
            ("Tove Lindqvist, assistant harbour clerk: “It was loud as thunder.”", Some("Tove Lindqvist")),
            ("Tove Lindqvist, who fled: “It was loud as thunder.”", None),
            ("“Our crew did everything they could,” the company said in a statement.", Some("the company")),
        ] {
            let (articles, sentences) = of_one_sentence(&[text]);
            let found = quotes(&articles, &sentences, Language::English);
            assert_eq!(found[0].speaker.map(|speaker| speaker.of(text)), speaker, "{text}");
        }
    }

    #[test]
    fn a_second_quotation_has_its_own_speaker() {
        let first = "Ina Holt said the lock was “a shame on the whole town”";
        for (second, speaker) in [
            (", and Maud Ferris called it “as loud as thunder”.", Some("Maud Ferris")),
            (", while Maud Ferris praised it as “as loud as thunder”.", Some("Maud Ferris")),
            (", and Maud Ferris enjoyed it “as loud as thunder”.", None),
            (", Maud Ferris “as loud as thunder in May”.", None),
            (", but Maud Ferris said it was “as loud as thunder”.", Some("Maud Ferris")),
            (" and “as loud as thunder in May”.", Some("Ina Holt")),
            (" and that it was “as loud as thunder”.", Some("Ina Holt")),
            (", and added that Maud Ferris was “as loud as thunder”.", Some("Ina Holt")),
            (", and that Maud Ferris was “as loud as thunder”.", Some("Ina Holt")),
            (", but the new tolls were “as loud as thunder”.", Some("Ina Holt")),
        ] {
            let text = &*format!("{first}{second}");
            let (articles, sentences) = of_one_sentence(&[text]);
            let found = quotes(&articles, &sentences, Language::English);
            let found: Vec<_> = found.iter().map(|quote| quote.speaker.map(|speaker| speaker.of(text))).collect();
            assert_eq!(found, [Some("Ina Holt"), speaker], "{text}");
        }
    }
}
