//! How much a unique span tells, and why: its rare words, the names, figures and quotes that no other article has.

use std::ops::Range;

use super::quoted::Quoted;
use super::telling::{CURRENCIES, Telling};
use crate::span::Span;

/// What the second name adds to the first, the third to the second: a list is not the best of all.
const NEXT: f32 = 0.7;
/// Reasons to read a quotation; the first goes on with who speaks.
pub(super) const ONLY_SPEAKER: &str = "the only one to quote";
pub(super) const ONLY_QUOTE: &str = "a quote nobody else has";
/// As many names or figures as a reason gives.
const N_GIVEN: usize = 3;

impl Telling<'_> {
    /// The words that stand in a span.
    fn words_in(&self, span: Span) -> Range<usize> {
        let start = self.words.partition_point(|word| word.span.start < span.start);
        let end = self.words.partition_point(|word| word.span.end <= span.end);
        start..end.max(start)
    }

    /// Whether a span has a whole name or a figure that no other article has: in a sentence that others say as well, a lone word
    /// with a capital may be one that they have in another form.
    pub fn is_news_beside(&self, span: Span) -> bool {
        let range = self.words_in(span);
        self.names(&range).iter().any(|(name, _)| name.contains([' ', '-'])) || !self.figures(&range).is_empty()
    }

    /// How much the words of a span tell, and what of them no other article has.
    pub fn tell(&self, span: Span) -> (f32, Vec<String>) {
        let range = self.words_in(span);
        let weight = |at: usize| {
            let share = if self.is_alone(at) { 1.0 } else { 0.3 };
            self.words[at].weight * share * self.rarity_of(at)
        };
        let mut score = range.clone().map(weight).sum::<f32>().sqrt();
        let mut reasons = Vec::new();
        let (names, figures) = (self.names(&range), self.figures(&range));
        let mut worth: Vec<f32> = names.iter().map(|name| name.1).chain(figures.iter().map(|_| 1.0)).collect();
        worth.sort_by(|a, b| b.total_cmp(a));
        score += worth.iter().zip(0..).map(|(worth, at)| worth * NEXT.powi(at)).sum::<f32>();
        let given = |all: Vec<&str>| all.into_iter().take(N_GIVEN).collect::<Vec<_>>().join(", ");
        // What shows no quotation mark is no quote to a reader: half of one that runs over sentences, or a mark gone astray.
        let own = |quote: &&Quoted| !quote.shared && quote.span.overlaps(span) && quote.shows(self.text, span);
        // Of a quotation in two halves others may have one.
        let halved = |quote: &Quoted| quote.shared && quote.span.overlaps(span);
        let quote = self.quotes.iter().find(own).filter(|_| !self.quotes.iter().any(halved));
        if let Some(quote) = quote {
            reasons.push(match quote.only_speaker {
                Some(speaker) => format!("{ONLY_SPEAKER} {speaker}"),
                None => ONLY_QUOTE.to_owned(),
            });
            score += 0.5;
        }
        let speaker = quote.and_then(|quote| quote.only_speaker);
        let names: Vec<&str> = names.iter().map(|name| name.0).collect();
        let names: Vec<&str> =
            names.into_iter().filter(|name| !speaker.is_some_and(|speaker| speaker.contains(name))).collect();
        if !names.is_empty() {
            reasons.push(format!("only this article names {}", given(names)));
        }
        let (sums, counts): (Vec<&str>, Vec<&str>) =
            figures.into_iter().partition(|figure| figure.starts_with(CURRENCIES));
        if !sums.is_empty() {
            reasons.push(format!("the only source for {}", given(sums)));
        }
        if !counts.is_empty() {
            reasons.push(format!("the only figure of {}", given(counts)));
        }
        (score, reasons)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::clean::Kind;
    use crate::language::Language;
    use crate::report::known::Known;
    use crate::report::telling::rarity;
    use crate::sentence::Sentence;
    use crate::story::Story;

    /// The names and the figures that are told of a sentence whose words no other article has.
    fn told(text: &str, rest: &str) -> (Vec<String>, Vec<String>) {
        let articles = [Article::new("a", format!("{text} {rest}")), Article::new("b", "It rained.")];
        let span = |length: usize| Span::new(0, length);
        let sentences = [(0, span(text.len())), (1, span(10))].map(|(article, span)| Sentence {
            article: article.into(),
            index: 0,
            span,
            kind: Kind::Body,
        });
        let story = Story::new(&articles, &sentences, Language::English);
        let telling = Telling {
            article: 0,
            text: &articles[0].text,
            words: &story.words[0],
            rarity: &rarity(&story),
            story: &story,
            known: &Known::new(&articles, &sentences),
            quotes: Vec::new(),
            outlet: String::new(),
            headline: false,
        };
        let all = 0..story.words[0].len();
        let names = telling.names(&all).into_iter().map(|name| name.0.to_owned()).collect();
        (names, telling.figures(&all).into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn a_name_is_told_whole_and_without_what_stands_before_it() {
        for (text, names) in [
            ("Goalkeeper Nilo Aubrecht saved two shots.", &["Nilo Aubrecht"][..]),
            ("Schoolteacher Tove Lindqvist came third.", &["Tove Lindqvist"]),
            ("Rival Osterfell lost to Dalemark.", &["Osterfell", "Dalemark"]),
            ("Defender Carlo Reithmann was hurt.", &["Carlo Reithmann"]),
            ("Tove Lindqvist came third.", &["Tove Lindqvist"]),
            ("Citizens Advice Tarvinia was shut.", &["Citizens Advice Tarvinia"]),
            ("They left with Goalkeeper Nilo Aubrecht.", &["Goalkeeper Nilo Aubrecht"]),
            ("The rules of the Tarvinia Fire and Police Board apply.", &["Tarvinia Fire and Police Board"]),
            ("They met Tove Lindqvist and Nilo Aubrecht there.", &["Tove Lindqvist", "Nilo Aubrecht"]),
            ("The mass was at St. Brannoc’s Church.", &["St. Brannoc’s Church"]),
            ("The lock is shut, KQX7’s Tove Lindqvist reported.", &[]),
            ("The lock is shut, Lindqvist reported.", &[]),
            ("The keeper told Tarvinia News of it.", &[]),
            ("They left in a dark coloured QTV.", &[]),
            ("Two QTVs and a bus stood there.", &[]),
            ("They asked a QTV agent for help.", &["QTV"]),
            ("The lock was shut at noon CST Thursday.", &[]),
            ("They say that Tove Lindqvist reported the theft.", &["Tove Lindqvist"]),
            ("They asked Sen. Tove Lindqvist (D-Iowa) for help.", &["Sen. Tove Lindqvist"]),
            ("They asked the then-Gov.", &[]),
            ("They asked Rained Police Lt. Tove Lindqvist for help.", &["Lt. Tove Lindqvist"]),
            ("They asked Tove O’Lindqvist for help.", &["Tove O’Lindqvist"]),
            ("They posted it at https://quay.example/Zq7Dalemark.", &[]),
            ("They posted it at pic.quay.example/Zq7Dalemark today.", &[]),
            ("They posted it as (@DalemarkNow) today.", &[]),
            ("They were told of it by Eye On Dalemark on Monday.", &["Eye On Dalemark"]),
            ("They spoke to the Assistant District Attorney again.", &[]),
            ("They spoke of the PRIDE of the lock.", &[]),
            ("They spoke of the TARVINIA of old.", &["TARVINIA"]),
            ("They let in all, young, old, Hispanic or not.", &[]),
            ("They let in a Hispanic diver.", &[]),
            ("They let in Dominic again.", &["Dominic"]),
            ("They lost Daddy again, and Twenty-one of them at Fifth in Tenn. too.", &[]),
            ("Passenger Nilo Frost had a dog.", &["Nilo Frost"]),
            ("Passenger Frost Union was shut.", &["Passenger Frost Union"]),
            ("Divers of the QTV came at noon.", &["QTV"]),
            ("Owners of Tarvinia Quay wept.", &["Tarvinia Quay"]),
            ("Bank of Tarvinia was shut.", &["Bank of Tarvinia"]),
            ("They met in the People’s Republic of Tarvinia today.", &["People’s Republic of Tarvinia"]),
            ("They met the Women's Guild of Tarvinia today.", &["Women's Guild of Tarvinia"]),
            ("They spoke of Congressional delay.", &[]),
            ("They gave to the Tarvinia Museum for Dalemark Art.", &["Tarvinia Museum for Dalemark Art"]),
        ] {
            assert_eq!(told(text, "").0, names, "{text}");
        }
        let inside = "They say that Hunter Lindqvist rowed home.";
        assert_eq!(told("Hunter Lindqvist left.", inside).0, ["Hunter Lindqvist"]);
        assert_eq!(told("Hunter Lindqvist left.", "").0, ["Lindqvist"]);
    }

    #[test]
    fn somebody_named_with_an_age_is_told_whatever_the_name() {
        for (text, names) in [
            ("The dead man, named locally as Peter Lowe, 63, was crushed.", &["Peter Lowe"][..]),
            ("The dead man was named as Rose Hill.", &["Rose Hill"]),
            ("They identified the diver as Mark Banks on Monday.", &["Mark Banks"]),
            ("They found Grace Park, 41, under the tree.", &["Grace Park"]),
            ("They found Grace Park (41) under the tree.", &["Grace Park"]),
            ("They met John West, 7.", &["John West"]),
            ("They met John West, aka The Eel, 27.", &["John West", "Eel"]),
            ("They met John West, aka “Eel,” 27.", &["John West"]),
            ("They met John West, a keeper of 63 years.", &[]),
            ("They met at North Bank, 63 metres from the lock.", &[]),
            ("They met at West Park, 1963.", &[]),
            ("They were as West Park, the team of 1963.", &[]),
        ] {
            assert_eq!(told(text, "").0, names, "{text}");
        }
    }

    #[test]
    fn a_figure_is_told_with_what_it_counts_and_a_year_is_none() {
        for (text, figures) in [
            ("At the stadium 58,400 watched the match.", &["58,400"][..]),
            ("In the lock 5,000 people work at night.", &["5,000 people"]),
            ("The flood broke 640 large dams.", &["640 large dams"]),
            ("They saw 12 sports halls burn.", &["12 sports halls"]),
            ("The blast left 12 injured in the square.", &["12 injured"]),
            ("He walked 17 miles north.", &["17 miles"]),
            ("He had won in a 2012 contest.", &[]),
            ("The mill stands off U.S. 27 east of the lock.", &[]),
            ("They say the 1968 building is shut.", &[]),
            ("They say the 1890s mill is shut.", &[]),
            ("They say the 1871 mill is shut.", &[]),
            ("They say 1871 mills are shut.", &["1871 mills"]),
            ("In 1996 two vases were sold.", &[]),
            ("The ferry made $2,012 in fares.", &["$2,012"]),
            ("Of the boats 9 remained.", &[]),
            ("It burned in the 1400 block of Quay Street.", &[]),
            ("Around 8.30am crews came.", &[]),
            ("Nobody over 17 years old came.", &["17 years old"]),
            ("They rang 911 immediately.", &[]),
            ("A neighbour rang 112 twice.", &[]),
            ("The keeper asks them to ring 822 0143 immediately.", &[]),
            ("The keeper asks them to ring 822.555.0143 immediately.", &[]),
            ("Of thefts there were 2,043 per 100,000 residents.", &[]),
            ("In the lock 912 people work at night.", &["912 people"]),
            ("They say it was the 51st regatta of the lock.", &[]),
            ("They drew the 4+2 plan up.", &[]),
        ] {
            assert_eq!(told(text, "").1, figures, "{text}");
        }
    }
}
