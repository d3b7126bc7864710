//! Floor 11. Clusters of mentions that assert the same thing.
//!
//! A statement is a group of sentences of which each is linked to each other one. A sentence makes several claims, so it may
//! be in several groups; in each, the claims that it has in common with the others are its mention. Links are grouped by how
//! probable they are; a pair that was scored and found apart, or whose evidence conflicts, is in no group together. One bad
//! link therefore cannot chain two statements. Sentences that repeat word for word are one node.

mod apart;
mod carried;
mod claims;
mod counted;
mod disputed;
mod entailed;
mod excerpt;
mod fact;
mod facts;
mod groups;
mod members;
mod mentions;
mod nodes;
mod origins;
mod perhaps;
mod said;
mod sayers;
mod settled;
mod shown;
mod support;

use carried::Carried;
use claims::{Claims, Common};
use disputed::Disputed;
pub use entailed::Reads;
pub use excerpt::Excerpt;
use facts::{ask_of_unsettled, facts};
use groups::{Groups, Least};
use members::articles_of;
use mentions::statements;
use nodes::Nodes;
pub use origins::longest_common_run;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use said::{Newness, Said};
use serde::{Deserialize, Serialize};
use settled::settle;

use crate::article::Article;
use crate::conflict::Conflict;
use crate::error::Result;
use crate::link::Link;
use crate::pool::{GoOn, install};
use crate::sentence::Sentence;
use crate::span::{ArticleId, SentenceId, Span};
use crate::story::Story;

/// One place that asserts a statement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The sentence it stands in.
    pub sentence: SentenceId,
    /// The part of the article's text that asserts it.
    pub span: Span,
    /// Probability that it belongs to the statement, in [0, 1].
    pub probability: f32,
    /// Probability that its article says all of what is shown for the statement, in [0, 1].
    #[serde(default = "surely")]
    pub entails: f32,
}

fn surely() -> f32 {
    1.0
}

impl Mention {
    /// A place that says what is shown.
    pub fn new(sentence: SentenceId, span: Span, probability: f32) -> Self {
        Self { sentence, span, probability, entails: surely() }
    }
}

/// An article says all of what is shown as probably as that, or says it in part. Of 316 lines of 38 stories that strict readers
/// judged, by the probability that all of its articles say all of it, without page furniture and the like:
///
/// | from | lines | sound or word for word | false or partly wrong |
/// |---|---|---|---|
/// | 0 | 316 | 137 | 103 |
/// | 0.5 | 216 | 120 | 49 |
/// | 0.6 (taken) | 163 | 100 | 29 |
/// | 0.7 | 118 | 85 | 12 |
pub const IN_FULL: f32 = 0.6;
/// What so many articles tell is told of all of them though hardly two say it in full: that they tell of one thing is what matters
/// first. Of 20 such statements of 51 labelled stories 17 are right in every pair.
pub const WIDE: usize = 4;

/// Mentions that assert the same thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// In order of sentence and offset.
    pub mentions: Vec<Mention>,
    /// The part to be shown for the whole of the mention that says it best.
    pub shown: Excerpt,
    /// How many wordings it has that do not copy each other, one an article at most.
    pub n_origins: usize,
    /// Probability that each of its articles says the main claim of what is shown, in [0, 1].
    pub probability: f32,
    /// Probability that each of them says all of it; of each by itself `Mention::entails`.
    pub sound: f32,
    /// Probability that another one, of all its articles, that is read before it says all of it.
    pub told: f32,
    /// The other articles that perhaps say what is shown, in order.
    #[serde(default)]
    pub perhaps: Vec<ArticleId>,
    /// What of the shown sentence's article has to be read first, where what is shown does not say of whom it tells or who speaks.
    #[serde(default)]
    pub antecedent: Option<Span>,
}

impl Statement {
    /// What is certain of its mentions.
    pub fn certain(mentions: Vec<Mention>, shown: Excerpt) -> Self {
        let (probability, sound) = (1.0, 1.0);
        Self { mentions, shown, n_origins: 1, probability, sound, told: 0.0, perhaps: Vec::new(), antecedent: None }
    }

    /// The mentions of the articles that surely say all of what is shown.
    pub fn in_full(&self, sentences: &[Sentence]) -> impl Iterator<Item = &Mention> {
        let surely = || self.mentions.iter().filter(|mention| mention.entails >= IN_FULL);
        let is_wide =
            articles_of(sentences, surely()).len() < 2 && articles_of(sentences, &self.mentions).len() >= WIDE;
        let least = if is_wide { 0.0 } else { IN_FULL };
        self.mentions.iter().filter(move |mention| mention.entails >= least)
    }

    /// The articles of those, in order.
    pub fn articles_in_full(&self, sentences: &[Sentence]) -> Vec<ArticleId> {
        articles_of(sentences, self.in_full(sentences))
    }
}

/// Links, or looks at a neighbour, between two looks at whether to go on.
const CHUNK: usize = 1 << 14;
/// Groups between two such looks.
const ROUND: usize = 64;

/// How links become statements. What is said to be shared is read first, so more is asked of it than of a link: each bar
/// is given in log-odds above the least probability of a link.
///
/// Of 116 labelled stories, 51 of which no part was trained on: pairs of sentences joined, groups right in every pair, and so
/// among the first five of a story.
///
/// | central, average, each | precision, recall | right | of the first five |
/// |---|---|---|---|
/// | 0.85, 1.1, 0 | 0.91, 0.33 | 0.81 | 0.83 |
/// | 0.85, 1.4, 0.2 (taken) | 0.91, 0.33 | 0.82 | 0.85 |
/// | 0.85, 1.4, 0.4 | 0.91, 0.32 | 0.82 | 0.87 |
/// | 1.0, 1.4, 0.4 | 0.92, 0.31 | 0.84 | 0.88 |
/// | 0.7, 1.4, 0.4 | 0.90, 0.34 | 0.80 | 0.88 |
/// | 0.85, 1.4, 0.6 | 0.91, 0.31 | 0.82 | 0.87 |
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatementConfig {
    /// The bar of a link that begins a group, and of each link of the member that says what the whole group shares.
    pub central: f32,
    /// The bar of the average of the links of a sentence that joins a group.
    pub average: f32,
    /// The bar of each link between two sentences of a group.
    pub each: f32,
    /// The share of the lighter claim that must match for it to be in a mention though another matches better.
    pub min_match: f32,
    /// How near to the best claim, as a share, another must come to be in the mention.
    pub min_near: f32,
}

impl Default for StatementConfig {
    fn default() -> Self {
        Self { central: 0.85, average: 1.4, each: 0.2, min_match: 0.5, min_near: 0.9 }
    }
}

impl StatementConfig {
    /// The bars above a least probability.
    fn above(self, min_probability: f32) -> Least {
        let bar =
            |more: f32| 1.0 / (1.0 + (1.0 - min_probability) / min_probability.max(f32::MIN_POSITIVE) * (-more).exp());
        Least { central: bar(self.central), average: bar(self.average), each: bar(self.each) }
    }
}

/// A link less probable than this says that its sentences are apart, whatever their claims.
const MIN_LOOK: f32 = 0.05;

/// What a story is made of, as statements need it.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// In the order of the comparison.
    pub articles: &'a [Article],
    /// By article, then by offset.
    pub sentences: &'a [Sentence],
    /// The sentences taken apart.
    pub story: &'a Story,
    /// Every scored candidate.
    pub links: &'a [Link],
    /// Where articles contradict each other.
    pub conflicts: &'a [Conflict],
    /// A sentence was scored against so many others at most: more than that say nothing by silence.
    pub max_partners: usize,
    /// Reads what a sentence says of another, if anything does.
    pub reads: Option<Reads<'a>>,
    /// Threads to use.
    pub n_threads: Option<usize>,
}

/// Groups the sentences joined by links of at least `min_probability`; every claim in no group is a statement of its own,
/// together with its neighbours in the sentence that are in none. Boilerplate is in none.
///
/// Gives also, for each clause of each sentence, the probability that no other article says what it says.
pub fn cluster(
    material: Material,
    min_probability: f32,
    config: StatementConfig,
    go_on: GoOn,
) -> Result<(Vec<Statement>, Vec<Vec<f32>>)> {
    let Material { articles, sentences, story, links, max_partners, n_threads, .. } = material;
    let least = config.above(min_probability);
    let claims = Claims::new(articles, sentences, story, n_threads, go_on)?;
    let nodes = Nodes::new(story);
    let mut groups = Groups::new(nodes.articles(sentences), max_partners);
    let tells = |sentence: SentenceId| tells(material, sentence);
    let copies = Copies::new(sentences, links);
    // A report and its retraction are not the same, whatever words they share.
    let retracts = |sentence: SentenceId| story.clauses[sentence.index()].first().is_some_and(|clause| clause.retracts);
    let may_meet = |link: &Link| retracts(link.left) == retracts(link.right) && !copies.set_apart(sentences, link);
    let disputed = Disputed::new(material);
    let mut said = Said::new(story);
    let mut seen = FxHashMap::default();
    let common = |link: &Link| match link.probability >= MIN_LOOK || link.conflicts() {
        true => claims.common_apart_from(link.left, link.right, disputed.apart(link)),
        false => Vec::new(),
    };
    for chunk in links.chunks(CHUNK) {
        go_on()?;
        let found: Vec<Vec<Common>> = install(n_threads, || chunk.par_iter().map(common).collect())?;
        for (link, common) in chunk.iter().zip(found) {
            let (left, right) = (nodes.of[link.left.index()], nodes.of[link.right.index()]);
            if !tells(link.left) || !tells(link.right) {
                groups.know(left, right, None);
                continue;
            }
            said.hear(sentences, link, &common);
            let together = disputed.besides(link, best(&common)).filter(|_| may_meet(link));
            groups.know(left, right, together);
            // What a group will ask of its pairs; copies are asked of the sentence they repeat.
            let asked = together.is_some_and(|probability| probability >= least.each) && link.left < link.right;
            if asked && nodes.first(left) == link.left && nodes.first(right) == link.right {
                seen.insert((left, right), common);
            }
        }
    }
    let mut carried = Carried::new(&claims, &nodes, story, &groups, &disputed, config, seen);
    let says_again = |group: &[usize], node: usize, beside: &[usize]| carried.says_again(group, node, beside);
    let mut found = groups.grown(least, says_again, go_on)?;
    // What several articles print word for word and that says nothing.
    found.retain(|group| group.len() > 1 || tells(nodes.first(group[0])));
    go_on()?;
    let settled = settle(material, &mut carried, found, go_on)?;
    ask_of_unsettled(material, &mut carried, &settled, go_on)?;
    let settled = facts(material, &carried, settled, go_on)?;
    let Newness { alone: mut newness, beside } = said.newness(articles.len());
    let statements = statements(material, &carried, settled, (&mut newness, &beside), go_on)?;
    Ok((statements, newness))
}

/// Whether a sentence says something that another can say too: it has a verb, or two words that tell something. One word and a
/// full stop ("Period.", "Never.") means what stands before it, which a link cannot know; a short question ("What comes next?") and
/// what leads up to a list ("What is known so far:") say nothing.
fn tells(material: Material, sentence: SentenceId) -> bool {
    const MIN_TELLING: usize = 2;
    const MAX_ASKING: usize = 5;
    let Material { articles, sentences, story, .. } = material;
    let place = &sentences[sentence.index()];
    let text = place.span.of(&articles[place.article.index()].text).trim_end();
    let words = &story.words[sentence.index()];
    let asserts = story.clauses[sentence.index()].iter().any(|clause| clause.asserts);
    let telling = words.iter().filter(|word| word.weight > 0.0).count();
    let leads = text.ends_with(':') || text.ends_with('?') && words.len() <= MAX_ASKING;
    !story.language.has_rules() || !leads && (asserts || telling >= MIN_TELLING)
}

/// The pair of claims that has most in common, for its length.
fn best(common: &[Common]) -> Option<&Common> {
    common.iter().reduce(|best, pair| if pair.rank() > best.rank() { pair } else { best })
}

/// Where a sentence stands in another article almost word for word.
struct Copies(FxHashSet<(SentenceId, ArticleId)>);

impl Copies {
    fn new(sentences: &[Sentence], links: &[Link]) -> Self {
        let article = |sentence: SentenceId| sentences[sentence.index()].article;
        let sure = links.iter().filter(|link| link.probability >= COPY);
        Self(sure.flat_map(|link| [(link.left, article(link.right)), (link.right, article(link.left))]).collect())
    }

    /// Whether each of two sentences has a copy in the other's article, and it is not the other: two lines of one text
    /// that both articles print. Of 23 such links in 100 labelled stories 2 were right.
    fn set_apart(&self, sentences: &[Sentence], link: &Link) -> bool {
        let copied = |one: SentenceId, other: SentenceId| self.0.contains(&(one, sentences[other.index()].article));
        link.probability < COPY && copied(link.left, link.right) && copied(link.right, link.left)
    }
}

/// From this probability on a link is as good as certain.
const COPY: f32 = 0.97;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clean::Kind;
    use crate::encode::{Entailment, Question};
    use crate::link::{Reason, Relation};

    fn material<'a>(
        articles: &'a [Article],
        sentences: &'a [Sentence],
        story: &'a Story,
        links: &'a [Link],
    ) -> Material<'a> {
        Material {
            articles,
            sentences,
            story,
            links,
            conflicts: &[],
            max_partners: 40,
            reads: None,
            n_threads: Some(1),
        }
    }

    /// One sentence per article, links between whole sentences or parts of them.
    struct Case {
        articles: Vec<Article>,
        sentences: Vec<Sentence>,
        story: Story,
    }

    impl Case {
        fn new(texts: &[&str]) -> Self {
            let articles: Vec<_> = texts.iter().zip('a'..).map(|(&text, id)| Article::new(id, text)).collect();
            let sentence = |(at, text): (usize, &&str)| {
                let span = Span::new(0, text.len());
                Sentence { article: at.into(), index: 0, span, kind: Kind::Body }
            };
            let sentences: Vec<_> = texts.iter().enumerate().map(sentence).collect();
            let story = Story::new(&articles, &sentences, crate::language::Language::English);
            Self { articles, sentences, story }
        }

        /// Articles and, by article, number, start and end, their sentences.
        fn of_sentences(texts: &[&str], places: &[(usize, u32, usize, usize)]) -> Self {
            let articles: Vec<_> = texts.iter().zip('a'..).map(|(&text, id)| Article::new(id, text)).collect();
            let sentence = |&(article, index, start, end): &(usize, u32, usize, usize)| Sentence {
                article: article.into(),
                index,
                span: Span::new(start, end),
                kind: Kind::Body,
            };
            let sentences: Vec<_> = places.iter().map(sentence).collect();
            let story = Story::new(&articles, &sentences, crate::language::Language::English);
            Self { articles, sentences, story }
        }

        fn link(&self, left: usize, right: usize, probability: f32, parts: (&str, &str)) -> Link {
            let part = |at: usize, part: &str| {
                let start = self.articles[at].text.find(part).unwrap();
                Span::new(start, start + part.len())
            };
            let spans = vec![(part(left, parts.0), part(right, parts.1))];
            Link { left: left.into(), right: right.into(), probability, spans, reasons: Vec::new() }
        }

        fn material<'a>(&'a self, links: &'a [Link]) -> Material<'a> {
            material(&self.articles, &self.sentences, &self.story, links)
        }

        /// The mentions of each shared statement.
        fn shared(&self, links: &[Link]) -> Vec<Vec<&str>> {
            let statements = cluster(self.material(links), 0.5, StatementConfig::default(), &mut || Ok(()));
            let text = |mention: &Mention| mention.span.of(&self.articles[mention.sentence.index()].text);
            let mut shared: Vec<Vec<&str>> = statements
                .unwrap()
                .0
                .iter()
                .filter(|s| s.mentions.len() > 1)
                .map(|s| s.mentions.iter().map(text).collect())
                .collect();
            shared.sort();
            shared
        }
    }

    #[test]
    fn a_sentence_is_in_as_many_statements_as_its_clauses_share() {
        let case = Case::new(&[
            "Fourteen people were injured, and one worker was missing.",
            "Injured people numbered fourteen.",
            "One worker was missing late.",
        ]);
        let links = [
            case.link(0, 1, 0.9, ("Fourteen people were injured", "Injured people numbered fourteen")),
            case.link(0, 2, 0.8, ("one worker was missing", "One worker was missing")),
        ];
        let expected = [
            vec!["Fourteen people were injured", "Injured people numbered fourteen."],
            vec!["one worker was missing.", "One worker was missing late."],
        ];
        assert_eq!(case.shared(&links), expected);
    }

    #[test]
    fn a_single_word_is_no_statement() {
        for (one, other, n) in [
            ("Never.", "The ferry never ran again.", 0),
            ("Ferry gone.", "The ferry never ran again.", 1),
            ("What comes next?", "What comes next?", 0),
            ("What is known so far:", "What is known so far:", 0),
            ("He died.", "The keeper died.", 1),
        ] {
            let case = Case::new(&[one, other]);
            let links = [case.link(0, 1, 0.98, (one, other))];
            assert_eq!(case.shared(&links).len(), n, "{one} / {other}");
        }
    }

    #[test]
    fn one_bad_link_does_not_chain_two_statements() {
        let texts = [
            "Ships struck bridges here.",
            "Bridges ships struck there.",
            "Mayors closed schools.",
            "Schools mayors closed.",
        ];
        let case = Case::new(&texts);
        let good = [(0, 1, 0.95), (2, 3, 0.95)];
        let bad = (1, 2, 0.6);
        let links: Vec<_> =
            good.iter().chain([&bad]).map(|&(a, b, p)| case.link(a, b, p, (texts[a], texts[b]))).collect();
        assert_eq!(case.shared(&links), [vec![texts[2], texts[3]], vec![texts[0], texts[1]]]);
    }

    #[test]
    fn what_conflicts_is_in_no_statement_together() {
        let texts = ["Six ships sank.", "Ships sank.", "Nine ships sank."];
        let case = Case::new(&texts);
        let mut conflict = case.link(0, 2, 0.75, (texts[0], texts[2]));
        let links = |conflict: &Link| {
            vec![
                case.link(0, 1, 0.9, (texts[0], texts[1])),
                case.link(1, 2, 0.8, (texts[1], texts[2])),
                conflict.clone(),
            ]
        };
        assert_eq!(case.shared(&links(&conflict)), [texts.to_vec()]);
        conflict.reasons.push(Reason { relation: Relation::Conflicts, text: "six / nine".into() });
        assert_eq!(case.shared(&links(&conflict)), [texts[1..].to_vec(), texts[..2].to_vec()]);
    }

    #[test]
    fn what_is_disputed_leaves_the_rest_of_two_sentences_in_common() {
        let texts = [
            "Six sailors drowned, and wooden ships struck granite bridges.",
            "Nine sailors drowned, and wooden ships struck granite bridges.",
            "Six sailors drowned.",
            "Nine sailors drowned.",
        ];
        let case = Case::new(&texts);
        let disputed = |left: usize, right: usize| {
            let link = case.link(left, right, 0.095, (texts[left], texts[right]));
            let words = |at: usize| Span::new(0, texts[at].find(' ').unwrap());
            let conflict = Conflict {
                kind: crate::conflict::Kind::Number,
                what: "people drowned".into(),
                left: left.into(),
                right: right.into(),
                left_span: words(left),
                right_span: words(right),
                probability: 0.9,
            };
            let reason = Reason { relation: Relation::Conflicts, text: "six / nine".into() };
            (Link { reasons: vec![reason], ..link }, conflict)
        };
        let shown = |left: usize, right: usize| {
            let (link, conflict) = disputed(left, right);
            let (links, conflicts) = ([link], [conflict]);
            let material = Material { conflicts: &conflicts, ..case.material(&links) };
            let (statements, _) = cluster(material, 0.5, StatementConfig::default(), &mut || Ok(())).unwrap();
            let shared: Vec<Statement> = statements.into_iter().filter(|one| one.mentions.len() > 1).collect();
            shared.iter().map(|one| one.shown.text(texts[one.shown.sentence.index()]).into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(shown(0, 1), ["wooden ships struck granite bridges."]);
        assert!(shown(2, 3).is_empty());
    }

    #[test]
    fn what_one_article_says_at_the_end_of_its_sentence_is_not_shown() {
        let texts = [
            "The harbour board has suspended Captain Holt for hiding losses of granite.",
            "Captain Holt has been suspended by the harbour board, said a spokesman of the old town hall in Quay.",
        ];
        let case = Case::new(&texts);
        let links = [case.link(0, 1, 0.95, (texts[0], texts[1]))];
        let (statements, _) = cluster(case.material(&links), 0.5, StatementConfig::default(), &mut || Ok(())).unwrap();
        let shared = statements.iter().find(|one| one.mentions.len() > 1).unwrap();
        assert_eq!(
            shared.shown.text(texts[shared.shown.sentence.index()]),
            "The harbour board has suspended Captain Holt"
        );
    }

    #[test]
    fn lines_that_both_articles_print_stay_apart() {
        let texts = ["Ships struck bridges. Ships broke bridges.", "Ships struck bridges! Ships broke bridges!"];
        let articles: Vec<_> = texts.iter().zip('a'..).map(|(&text, id)| Article::new(id, text)).collect();
        let half = |at: usize| Sentence {
            article: (at / 2).into(),
            index: at as u32 % 2,
            span: [Span::new(0, 21), Span::new(22, texts[0].len())][at % 2],
            kind: Kind::Body,
        };
        let sentences: Vec<_> = (0..4).map(half).collect();
        let link = |left: usize, right: usize, probability: f32| {
            let spans = vec![(sentences[left].span, sentences[right].span)];
            Link { left: left.into(), right: right.into(), probability, spans, reasons: Vec::new() }
        };
        let copies = Copies::new(&sentences, &[link(0, 2, 0.98), link(1, 3, 0.98)]);
        assert!(copies.set_apart(&sentences, &link(0, 3, 0.9)));
        assert!(!copies.set_apart(&sentences, &link(0, 2, 0.98)));
        let story = Story::new(&articles, &sentences, crate::language::Language::English);
        let links = [link(0, 2, 0.98), link(1, 3, 0.98), link(0, 3, 0.9), link(1, 2, 0.9)];
        let material = material(&articles, &sentences, &story, &links);
        let statements = cluster(material, 0.5, StatementConfig::default(), &mut || Ok(()));
        assert_eq!(statements.unwrap().0.len(), 2);
    }

    #[test]
    fn who_hardly_says_what_is_shown_is_in_no_statement() {
        let texts = ["Ships struck bridges here.", "Mayors closed schools there.", "Ships struck bridges there."];
        let case = Case::new(&texts);
        let link = |left: usize, right: usize| case.link(left, right, 0.8, (texts[left], texts[right]));
        assert_eq!(case.shared(&[link(0, 1)]), Vec::<Vec<&str>>::new());
        assert_eq!(case.shared(&[link(0, 2)]), [[texts[0], texts[2]]]);
        assert_eq!(case.shared(&[link(0, 1), link(0, 2), link(1, 2)]), [[texts[0], texts[2]]]);
    }

    #[test]
    fn who_is_linked_to_a_statement_and_not_in_it_perhaps_says_it() {
        let texts = ["Ships struck bridges here.", "Ships struck bridges there.", "Bridges were struck by barges."];
        let case = Case::new(&texts);
        let link = |left: usize, right: usize, p: f32| case.link(left, right, p, (texts[left], texts[right]));
        let perhaps = |last: Link, unsaid: &str| {
            let links = [link(0, 1, 0.98), link(0, 2, 0.6), last];
            let answer = |&(text, first, _): &Question| {
                let said = first != unsaid;
                Arc::new(vec![if said { 8 } else { -64 }; Entailment::embedded().spans(text).len()])
            };
            let reads = |questions: &[Question], _: GoOn| Ok(questions.iter().map(answer).collect());
            let material = Material { reads: Some(&reads), ..case.material(&links) };
            let (statements, _) = cluster(material, 0.5, StatementConfig::default(), &mut || Ok(())).unwrap();
            let shared = statements.into_iter().find(|one| one.mentions.len() == 2).unwrap();
            shared.perhaps
        };
        assert_eq!(perhaps(link(1, 2, 0.3), ""), [2.into()]);
        assert!(perhaps(link(1, 2, 0.3), texts[2]).is_empty(), "read, and not said");
        let mut other = link(0, 2, 0.6);
        other.reasons.push(Reason { relation: Relation::Conflicts, text: "ships / barges".into() });
        let links = [link(0, 1, 0.98), other];
        let (statements, _) = cluster(case.material(&links), 0.5, StatementConfig::default(), &mut || Ok(())).unwrap();
        assert!(statements.iter().all(|one| one.perhaps.is_empty()), "some evidence is against the link");
    }

    #[test]
    fn who_does_not_say_what_a_group_shows_shares_something_else() {
        let texts = [
            "A fourth man was arrested after thieves robbed the granite museum.",
            "A fourth man was arrested on Monday after thieves robbed the granite museum.",
            "With wooden ladders thieves robbed the granite museum of Quay.",
            "Thieves robbed the granite museum of Quay with wooden ladders.",
        ];
        let case = Case::new(&texts);
        let pairs = (0..4).flat_map(|left| (left + 1..4).map(move |right| (left, right)));
        let links: Vec<_> =
            pairs.map(|(left, right)| case.link(left, right, 0.9, (texts[left], texts[right]))).collect();
        let says = |word: &str, (text, first, second): Question| {
            text.contains(word) && (first.contains(word) || second.is_some_and(|second| second.contains(word)))
        };
        let answer = |&question: &Question| {
            let said = says("arrested", question) || says("ladders", question);
            Arc::new(vec![if said { 64 } else { -64 }; Entailment::embedded().spans(question.0).len()])
        };
        let reads = |questions: &[Question], _: GoOn| Ok(questions.iter().map(answer).collect());
        let material = Material { reads: Some(&reads), ..case.material(&links) };
        let (statements, _) = cluster(material, 0.5, StatementConfig::default(), &mut || Ok(())).unwrap();
        let articles =
            |one: &Statement| one.mentions.iter().map(|mention| mention.sentence.index()).collect::<Vec<_>>();
        let shared: Vec<_> = statements.iter().map(articles).filter(|articles| articles.len() > 1).collect();
        assert_eq!(shared, [[0, 1], [2, 3]]);
    }

    #[test]
    fn what_some_of_a_group_say_besides_is_a_statement_too() {
        let texts = [
            "Two ferries collided off Marsh Point after a fire alarm went off inside the hall.",
            "Two ferries collided off Marsh Point in thick fog, after a fire alarm went off inside the hall.",
            "Two ferries collided off Marsh Point.",
        ];
        let case = Case::new(&texts);
        let pairs = (0..3).flat_map(|left| (left + 1..3).map(move |right| (left, right)));
        let links: Vec<_> =
            pairs.map(|(left, right)| case.link(left, right, 0.95, (texts[left], texts[right]))).collect();
        let answer = |&(text, first, _): &Question| {
            let said = |span: Span| if first.contains(span.of(text).trim_end_matches('.')) { 64 } else { -64 };
            Arc::new(Entailment::embedded().spans(text).into_iter().map(said).collect())
        };
        let reads = |questions: &[Question], _: GoOn| Ok(questions.iter().map(answer).collect());
        let material = Material { reads: Some(&reads), ..case.material(&links) };
        let (statements, _) = cluster(material, 0.5, StatementConfig::default(), &mut || Ok(())).unwrap();
        let told = |one: &Statement| {
            let articles: Vec<usize> = one.mentions.iter().map(|mention| mention.sentence.index()).collect();
            (one.shown.text(texts[one.shown.sentence.index()]).into_owned(), articles)
        };
        let mut shared: Vec<_> = statements.iter().map(told).filter(|(_, articles)| articles.len() > 1).collect();
        shared.sort();
        assert_eq!(
            shared,
            [
                ("Two ferries collided off Marsh Point.".to_owned(), vec![0, 1, 2]),
                ("a fire alarm went off inside the hall.".to_owned(), vec![0, 1])
            ]
        );
    }

    #[test]
    fn phrases_that_not_all_say_are_left_out_of_what_all_tell() {
        let texts = [
            "Two people who went to work on the granite bridge on Monday night are dead.",
            "Two people who went to work on the granite bridge in thick fog are dead.",
            "Two people of the old town who went to work on the granite bridge are dead.",
        ];
        let case = Case::new(&texts);
        let pairs = (0..3).flat_map(|left| (left + 1..3).map(move |right| (left, right)));
        let links: Vec<_> =
            pairs.map(|(left, right)| case.link(left, right, 0.95, (texts[left], texts[right]))).collect();
        let shown = |most_said: i8| {
            let answer = |&(text, first, _): &Question| {
                let word = |span: Span| span.of(text).trim_end_matches('.').to_lowercase();
                let said = |span: Span| if first.to_lowercase().contains(&word(span)) { most_said } else { -64 };
                Arc::new(Entailment::embedded().spans(text).into_iter().map(said).collect())
            };
            let reads = |questions: &[Question], _: GoOn| Ok(questions.iter().map(answer).collect());
            let material = Material { reads: Some(&reads), ..case.material(&links) };
            let (statements, _) = cluster(material, 0.5, StatementConfig::default(), &mut || Ok(())).unwrap();
            let of_all = statements.into_iter().filter(|one| one.mentions.len() == 3);
            of_all.map(|one| one.shown.text(texts[one.shown.sentence.index()]).into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(shown(64), ["Two people who went to work on the granite bridge … are dead."]);
        assert!(shown(8).is_empty(), "what is left has to be said all the more surely");
    }

    #[test]
    fn what_an_article_says_besides_is_no_mention() {
        let texts = [
            "Two ships struck the big bridge of Hesse.",
            "Two ships struck the big bridge of Hesse late on Monday night, in thick fog. Mayors closed every school.",
        ];
        let places = [(0, 0, 0, 41), (1, 0, 0, 76), (1, 1, 77, 104)];
        let Case { articles, sentences, story } = Case::of_sentences(&texts, &places);
        let link = |right: usize, probability: f32| {
            let spans = vec![(sentences[0].span, sentences[right].span)];
            Link { left: 0.into(), right: right.into(), probability, spans, reasons: Vec::new() }
        };
        let links = [link(1, 0.95), link(2, 0.9)];
        let material = material(&articles, &sentences, &story, &links);
        let (statements, _) = cluster(material, 0.5, StatementConfig::default(), &mut || Ok(())).unwrap();
        let shared = statements.iter().find(|statement| statement.mentions.len() > 1).unwrap();
        let told: Vec<usize> = shared.mentions.iter().map(|mention| mention.sentence.index()).collect();
        assert_eq!(told, [0, 1]);
    }

    #[test]
    fn an_article_says_what_is_shown_by_the_sentence_that_repeats_it() {
        let texts = [
            "Two wooden ferries collided off Marsh Point.",
            "Marsh Point has old brakes and rusty rails everywhere. Off Marsh Point two wooden ferries collided.",
            "In thick fog two wooden ferries collided off Marsh Point on Monday.",
        ];
        let places = [(0, 0, 0, texts[0].len()), (1, 0, 0, 54), (1, 1, 55, texts[1].len()), (2, 0, 0, texts[2].len())];
        let Case { articles, sentences, story } = Case::of_sentences(&texts, &places);
        let link = |left: usize, right: usize, probability: f32| {
            let spans = vec![(sentences[left].span, sentences[right].span)];
            Link { left: left.into(), right: right.into(), probability, spans, reasons: Vec::new() }
        };
        // The better sentence is not linked to the third article's, and so is in no group with it.
        let links = [link(0, 2, 0.96), link(0, 1, 0.95), link(0, 3, 0.95), link(1, 3, 0.95), link(2, 3, 0.1)];
        let answer = |&(text, first, _): &Question| {
            let said = text.contains("collided") && first.contains("collided");
            Arc::new(vec![if said { 64 } else { -64 }; Entailment::embedded().spans(text).len()])
        };
        let reads = |questions: &[Question], _: GoOn| Ok(questions.iter().map(answer).collect());
        let material = Material { reads: Some(&reads), ..material(&articles, &sentences, &story, &links) };
        let (statements, _) = cluster(material, 0.5, StatementConfig::default(), &mut || Ok(())).unwrap();
        let collided = statements.iter().find(|statement| statement.shown.sentence.index() == 0).unwrap();
        let told: Vec<usize> = collided.mentions.iter().map(|mention| mention.sentence.index()).collect();
        assert_eq!(told, [0, 2, 3]);
    }

    #[test]
    fn what_is_shown_says_nothing_that_is_shown_above_it() {
        let one = ["Wooden ships struck the granite bridges.", "Ships have hit bridges of granite."];
        let articles: Vec<_> = ["a", "b"].map(|id| Article::new(id, one.join(" "))).into();
        let length = one[0].len();
        let sentence = |at: usize| Sentence {
            article: (at / 2).into(),
            index: at as u32 % 2,
            span: [Span::new(0, length), Span::new(length + 1, length + 1 + one[1].len())][at % 2],
            kind: Kind::Body,
        };
        let sentences: Vec<_> = (0..4).map(sentence).collect();
        let story = Story::new(&articles, &sentences, crate::language::Language::English);
        let link = |left: usize, right: usize, probability: f32| {
            let spans = vec![(sentences[left].span, sentences[right].span)];
            Link { left: left.into(), right: right.into(), probability, spans, reasons: Vec::new() }
        };
        let links = [link(0, 2, 0.96), link(1, 3, 0.96), link(0, 3, 0.6), link(1, 2, 0.6)];
        let shared = |says: i8| {
            // Of the two statements' own sentences all is said, one by the other as given.
            let answer = |&(text, first, _): &Question| {
                Arc::new(vec![if text == first { 64 } else { says }; Entailment::embedded().spans(text).len()])
            };
            let reads = |questions: &[Question], _: GoOn| Ok(questions.iter().map(answer).collect());
            let material = Material { reads: Some(&reads), ..material(&articles, &sentences, &story, &links) };
            let (statements, _) = cluster(material, 0.5, StatementConfig::default(), &mut || Ok(())).unwrap();
            statements.iter().filter(|statement| statement.mentions.len() > 1).count()
        };
        assert_eq!((shared(64), shared(-64)), (1, 2));
    }

    #[test]
    fn repeated_sentences_need_no_link() {
        let texts = ["Ships struck bridges here."; 3];
        assert_eq!(Case::new(&texts).shared(&[]), [texts.to_vec()]);
    }
}
