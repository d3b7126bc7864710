//! From groups of sentences to statements: spans and probabilities.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::carried::Carried;
use super::entailed::Wanted;
use super::origins::n_origins;
use super::shown::{Text, readable, shown};
use super::support::{Support, all_say, all_say_in_part, support};
use super::{CHUNK, Material, Mention, ROUND, Statement};
use crate::clause::Clause;
use crate::clean::Kind;
use crate::error::Result;
use crate::pool::GoOn;
use crate::span::{ArticleId, SentenceId, Span};
use crate::story::Story;

/// A claim in no group that is less probably one article's alone stands with what is shared.
const MIN_NEW: f32 = 0.2;

/// A node in a group.
struct Member {
    node: usize,
    /// How probably it has a claim in common with the others, on average.
    link: f32,
    /// Which of its claims those are.
    core: Vec<bool>,
    /// Which of its claims go into its mention.
    claims: Vec<bool>,
}

/// Of each group so many texts are asked about.
const N_ASKED: usize = 4;

/// What is to be asked about the texts that may stand for groups, those of most articles first.
pub(super) fn wanted(material: Material, carried: &Carried, groups: &[Vec<usize>], go_on: GoOn) -> Result<Vec<Wanted>> {
    let article = |sentence: SentenceId| material.sentences[sentence.index()].article;
    let mut wanted: Vec<(usize, Vec<Wanted>)> = Vec::with_capacity(groups.len());
    for (at, group) in groups.iter().enumerate() {
        if at % ROUND == 0 {
            go_on()?;
        }
        let members: Vec<Member> = group.iter().map(|&node| member(carried, group, node)).collect();
        let core = mentions(material, carried, &members, |member| &member.core);
        let mut articles: Vec<ArticleId> = core.iter().map(|mention| article(mention.sentence)).collect();
        articles.sort_unstable();
        articles.dedup();
        let asked = |(rank, text): (usize, &Text)| {
            let sentence = text.place.0;
            let copies = &carried.nodes.sentences[carried.nodes.of[sentence.index()]];
            let has_copy = |other: ArticleId| copies.iter().any(|&copy| article(copy) == other);
            let articles = articles.iter().copied().filter(|&other| !has_copy(other)).collect();
            Wanted { sentence, articles, others: rank == 0 }
        };
        let shown = shown(material, carried, &core);
        wanted.push((articles.len(), shown.iter().take(N_ASKED).enumerate().map(asked).collect()));
    }
    wanted.sort_by_key(|(n_articles, _)| Reverse(*n_articles));
    Ok(wanted.into_iter().flat_map(|(_, asked)| asked).collect())
}

fn member(carried: &Carried, group: &[usize], node: usize) -> Member {
    let core = carried.of(group, node);
    Member { node, link: carried.groups.link(group, node), claims: core.clone(), core }
}

/// Turns groups into statements. A claim in a group of several articles is as new as it is no member, and what stands
/// beside it as the links leave it.
pub(super) fn statements(
    material: Material,
    carried: &Carried,
    groups: &[Vec<usize>],
    (newness, beside): (&mut [Vec<f32>], &[Vec<f32>]),
    go_on: GoOn,
) -> Result<Vec<Statement>> {
    let Material { sentences, story, .. } = material;
    let nodes = carried.nodes;
    let mut told: Vec<Vec<Member>> = Vec::with_capacity(groups.len());
    let mut texts: Vec<Vec<Text>> = Vec::with_capacity(groups.len());
    for (at, group) in groups.iter().enumerate() {
        if at % ROUND == 0 {
            go_on()?;
        }
        let members =
            |group: &[usize]| -> Vec<Member> { group.iter().map(|&node| member(carried, group, node)).collect() };
        let mut sure = members(group);
        // Without some articles another text may be shown, and others be doubtful.
        let shown = loop {
            let core = mentions(material, carried, &sure, |member| &member.core);
            let shown = shown(material, carried, &core);
            let doubtful = doubtful(material, carried, &sure, &core, shown[0].place);
            if doubtful.is_empty() {
                break shown;
            }
            let group: Vec<usize> =
                sure.iter().map(|member| member.node).filter(|node| !doubtful.contains(node)).collect();
            sure = members(&group);
        };
        if is_shared(material, carried, &sure) {
            let others = joining(material, carried, &sure, shown[0].place);
            if !others.is_empty() {
                let group: Vec<usize> = sure.iter().map(|member| member.node).chain(others).collect();
                sure = members(&group);
            }
            told.push(sure);
            texts.push(shown);
        }
    }
    let mut groups_of: Vec<Vec<(usize, usize)>> = vec![Vec::new(); nodes.sentences.len()];
    for (group, members) in told.iter().enumerate() {
        members.iter().enumerate().for_each(|(at, member)| groups_of[member.node].push((group, at)));
    }
    let mut alone: Vec<Vec<Mention>> = Vec::new();
    for (node, places) in groups_of.iter().enumerate() {
        let first = nodes.first(node);
        if sentences[first.index()].kind == Kind::Boilerplate {
            continue;
        }
        let mut taken = vec![0f32; story.clauses[first.index()].len()];
        for &(group, at) in places {
            let Member { link, claims, .. } = &told[group][at];
            let own = taken.iter_mut().zip(claims).filter(|(_, meant)| **meant);
            own.for_each(|(taken, _)| *taken = taken.max(*link));
        }
        for sentence in &nodes.sentences[node] {
            let own = newness[sentence.index()].iter_mut().zip(&beside[sentence.index()]).zip(&taken);
            own.for_each(|((newness, beside), taken)| match *taken {
                0.0 if !places.is_empty() => *newness = *beside,
                taken => *newness = newness.min(1.0 - taken),
            });
        }
        let copied = nodes.sentences[node].len() > 1;
        let smallest = places.iter().min_by_key(|(group, _)| told[*group].len()).copied();
        let of_copies = smallest.filter(|_| copied);
        for claim in (0..taken.len()).filter(|&claim| taken[claim] == 0.0) {
            // What tells next to nothing goes with its neighbour, as does what others probably say too; and what a copy
            // says with the copy.
            let neighbour = if claim > 0 { claim - 1 } else { claim + 1 };
            let said = newness[first.index()].get(claim).is_some_and(|&newness| newness < MIN_NEW);
            let scrap = said || !tells(story, first, claim);
            let scrap = scrap && taken.get(neighbour).is_some_and(|&taken| taken > 0.0);
            if let Some((group, at)) = of_copies {
                told[group][at].claims[claim] = true;
            } else if scrap {
                for &(group, at) in places {
                    let claims = &mut told[group][at].claims;
                    claims[claim] = claims[neighbour];
                }
            }
        }
        let left = |claim: &usize| !places.iter().any(|&(group, at)| told[group][at].claims[*claim]);
        let claims: Vec<usize> = (0..taken.len()).collect();
        for run in claims.chunk_by(|a, b| left(a) == left(b)).filter(|run| left(&run[0])) {
            let mention = |&sentence: &SentenceId| {
                let clauses = &story.clauses[sentence.index()];
                Mention { sentence, span: hull(run.iter().map(|&claim| &clauses[claim])), probability: 1.0 }
            };
            alone.push(nodes.sentences[node].iter().map(mention).collect());
        }
    }
    let mut all: Vec<(Statement, Vec<Text>)> = Vec::with_capacity(told.len() + alone.len());
    for (at, (members, shown)) in told.iter().zip(texts).enumerate() {
        if at % ROUND == 0 {
            go_on()?;
        }
        let mentions = mentions(material, carried, members, |member| &member.claims);
        all.push((Statement { mentions, shown: shown[0].place, n_origins: 1, probability: 1.0 }, shown));
    }
    for (at, mentions) in alone.into_iter().enumerate() {
        if at % CHUNK == 0 {
            go_on()?;
        }
        let shown = shown(material, carried, &mentions);
        all.push((Statement { mentions, shown: shown[0].place, n_origins: 1, probability: 1.0 }, shown));
    }
    let told_by = show_apart(material, &mut all);
    let n_told = told.len();
    let in_others = |own: usize, sentence: SentenceId| {
        let groups = &groups_of[nodes.of[sentence.index()]];
        groups.iter().any(|&(group, _)| group != own && told_by[group].is_none())
    };
    // What two say in the same words is one, where the articles of both say all of it; and nothing is lost with one that tells
    // what is told already, of sentences that stand in others too.
    let mut is_told = vec![false; all.len()];
    for at in 0..n_told {
        let Some(first) = told_by[at].filter(|&first| first < n_told) else { continue };
        let others = all[at].0.mentions.iter().map(|mention| mention.sentence);
        let articles = |at: usize| -> FxHashSet<ArticleId> {
            all[at].0.mentions.iter().map(|mention| sentences[mention.sentence.index()].article).collect()
        };
        let is_narrower = articles(at).is_subset(&articles(first));
        if is_narrower || all_say(&support(material, carried, all[first].0.shown, others)) >= MIN_UNITED {
            let again = std::mem::take(&mut all[at].0.mentions);
            all[first].0.mentions.extend(again);
        }
        is_told[at] = all[at].0.mentions.iter().all(|mention| in_others(at, mention.sentence));
    }
    for (at, (statement, _)) in all[..n_told].iter_mut().enumerate() {
        if at % ROUND == 0 {
            go_on()?;
        }
        if is_told[at] {
            continue;
        }
        unite(&mut statement.mentions);
        statement.n_origins = n_origins(material, &statement.mentions);
        let others = statement.mentions.iter().map(|mention| mention.sentence);
        statement.probability = all_say_in_part(&support(material, carried, statement.shown, others));
    }
    let kept = all.into_iter().enumerate().filter(|&(at, _)| !is_told[at]);
    let mut all: Vec<Statement> = kept.map(|(_, (statement, _))| statement).collect();
    all.sort_by(|a, b| {
        let places = |statement: &Statement| -> Vec<(SentenceId, Span)> {
            statement.mentions.iter().map(|mention| (mention.sentence, mention.span)).collect()
        };
        places(a).cmp(&places(b))
    });
    Ok(all)
}

/// Each of more than two articles says the main claim of what is shown with this probability at least. Of 51 labelled stories that nothing was
/// fitted on all say it in 0.824 of the first lines instead of 0.812, and 0.813 of the groups are right in every pair
/// instead of 0.804; of the pairs that statements join 0.02 go.
const MIN_SURE: f32 = 0.75;
/// And all of them together with this one, the most probable first: strict readers of 16 stories found 7 of 42 lines below sound,
/// and 62 of 151 above.
const MIN_ALL_SURE: f32 = 0.7;
/// And the other one of two: strict readers of 16 other stories found 3 of 33 lines of two articles below 0.9 sound, and 32 of
/// 60 above. Of the 51 stories 106 of 740 statements go with this and the next, and of the pairs that are joined 0.015.
const MIN_SURE_OF_TWO: f32 = 0.85;
/// And all of it with this one: of 101 lines below, judged by strict readers, 14 were sound and 38 false.
const MIN_WHOLE: f32 = 0.2;
/// And with this one where that was read: of 95 lines below, judged by strict readers, 9 were sound and 44 false, of 61 from there to
/// 0.2 14 and 11. From 0.2 on instead, 0.04 of the pairs that are joined in labelled stories go, and of the texts 0.01 more are said by
/// all (`tests/benchmarks/entail/results.md`).
const MIN_READ: f32 = 0.05;
/// Articles of two statements say what is shown for both as probably as that, where these become one. Of 112 labelled stories
/// the pairs joined are right in 0.918 and 0.886 if all do, in 0.931 and 0.899 if none does.
const MIN_UNITED: f32 = 0.6;
/// A sentence less sure than this stands in no statement for the sake of another one of its article.
const MIN_BESIDE: f32 = 0.7;

/// The members that hardly say what is shown: all of an article that contradicts it or is not probable enough to say it, but
/// for the most probable of several, and those beside a member of their article that does.
fn doubtful(
    material: Material,
    carried: &Carried,
    members: &[Member],
    core: &[Mention],
    place: (SentenceId, Span),
) -> FxHashSet<usize> {
    let article = |sentence: &SentenceId| material.sentences[sentence.index()].article;
    let articles = |node: usize| carried.nodes.sentences[node].iter().map(article);
    let told: FxHashSet<ArticleId> = members.iter().flat_map(|member| articles(member.node)).collect();
    let others = core.iter().map(|mention| mention.sentence);
    let mut by_article = support(material, carried, place, others);
    by_article.sort_by(|x, y| y.in_part.total_cmp(&x.in_part).then(x.article.cmp(&y.article)));
    let (n_kept, least) = if told.len() > 2 { (1, MIN_SURE) } else { (0, MIN_SURE_OF_TWO) };
    let mut all = 1.0;
    let mut hardly = |(at, says): (usize, &Support)| {
        all *= says.in_part;
        let hardly = at >= n_kept && (says.in_part < least || all < MIN_ALL_SURE)
            || says.in_whole < if says.is_read { MIN_READ } else { MIN_WHOLE };
        hardly.then_some(says.article)
    };
    let hardly: Vec<ArticleId> = by_article.iter().enumerate().filter_map(&mut hardly).collect();
    let contradicts = |article: &ArticleId| carried.contradicts(material, place, *article);
    let doubtful: FxHashSet<ArticleId> = hardly.into_iter().chain(told.iter().copied().filter(contradicts)).collect();
    let best: FxHashMap<ArticleId, f32> = by_article.iter().map(|says| (says.article, says.in_part)).collect();
    // Of a sentence and its copies: whether another one of its article says it so much more surely.
    let mut n_members: FxHashMap<ArticleId, usize> = FxHashMap::default();
    members.iter().flat_map(|member| articles(member.node)).for_each(|at| *n_members.entry(at).or_default() += 1);
    let is_beside = |node: usize| {
        if !articles(node).all(|article| n_members[&article] > 1) {
            return false;
        }
        let own = support(material, carried, place, carried.nodes.sentences[node].iter().copied());
        !own.is_empty() && own.iter().all(|says| says.in_part < MIN_BESIDE && says.in_part < best[&says.article])
    };
    // A copy speaks for other articles too.
    let is_doubtful = |&node: &usize| articles(node).all(|article| doubtful.contains(&article)) || is_beside(node);
    members.iter().map(|member| member.node).filter(is_doubtful).collect()
}

/// Who is in no group and says all that is shown for it as probably as that joins it.
const MIN_JOINED: f32 = 0.8;
/// And is linked to the whole group as probably as that, on average.
const MIN_LINKED: f32 = 0.5;

/// The nodes of articles that a group lacks and that say what is shown.
fn joining(material: Material, carried: &Carried, members: &[Member], place: (SentenceId, Span)) -> Vec<usize> {
    let article = |sentence: &SentenceId| material.sentences[sentence.index()].article;
    let told: FxHashSet<ArticleId> =
        members.iter().flat_map(|member| &carried.nodes.sentences[member.node]).map(article).collect();
    let says = |&(other, _): &(ArticleId, SentenceId)| {
        let says = carried.entailments.says(material.story, place.0, place.1, other);
        !told.contains(&other)
            && says.is_some_and(|says| says >= MIN_JOINED)
            && !carried.contradicts(material, place, other)
    };
    let group: Vec<usize> = members.iter().map(|member| member.node).collect();
    let is_linked = |node: &usize| carried.groups.link(&group, *node) >= MIN_LINKED;
    let asked = carried.entailments.asked(place.0, material.articles.len());
    let mut found: Vec<usize> =
        asked.filter(says).map(|(_, by)| carried.nodes.of[by.index()]).filter(is_linked).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether the members stand in several articles.
fn is_shared(material: Material, carried: &Carried, members: &[Member]) -> bool {
    let sentences = members.iter().flat_map(|member| &carried.nodes.sentences[member.node]);
    let articles: FxHashSet<ArticleId> = sentences.map(|at| material.sentences[at.index()].article).collect();
    articles.len() > 1
}

/// Whether a claim has two words that tell something.
fn tells(story: &Story, sentence: SentenceId, claim: usize) -> bool {
    let words = &story.words[sentence.index()];
    let clause = &story.clauses[sentence.index()][claim];
    clause.words().filter(|&word| words[word].weight > 0.0).nth(1).is_some()
}

/// Where the members of a group say some of their claims, in reading order.
fn mentions(
    material: Material,
    carried: &Carried,
    members: &[Member],
    claims: impl Fn(&Member) -> &Vec<bool>,
) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    for member in members {
        let meant = claims(member);
        let order: Vec<usize> = (0..meant.len()).collect();
        for &sentence in &carried.nodes.sentences[member.node] {
            let clauses = &material.story.clauses[sentence.index()];
            let runs = order.chunk_by(|&a, &b| meant[a] == meant[b]).filter(|run| meant[run[0]]);
            let start = mentions.len();
            for span in runs.map(|run| hull(run.iter().map(|&claim| &clauses[claim]))) {
                match mentions[start..].last_mut() {
                    Some(last) if last.span.overlaps(span) => {
                        last.span = Span::new(last.span.start.min(span.start), last.span.end.max(span.end));
                    }
                    _ => mentions.push(Mention { sentence, span, probability: member.link }),
                }
            }
        }
    }
    mentions.sort_by_key(|mention| (mention.sentence, mention.span));
    mentions.iter_mut().for_each(|mention| mention.span = readable(material, mention));
    mentions.dedup_by_key(|mention| (mention.sentence, mention.span));
    mentions
}

/// Brings mentions in order, those that overlap as one.
fn unite(mentions: &mut Vec<Mention>) {
    mentions.sort_by_key(|mention| (mention.sentence, mention.span));
    mentions.dedup_by(|next, last| {
        let same = last.sentence == next.sentence && last.span.overlaps(next.span);
        if same {
            last.span.end = last.span.end.max(next.span.end);
            last.probability = last.probability.max(next.probability);
        }
        same
    });
}

/// What is shown for a statement is not shown for another one, if something else says it nearly as well. A clause is not the
/// sentence, where so much of it is left out.
const NEARLY: f32 = 0.3;
/// Or, where that would tell nothing but what is told already, if something else says at least so much of it.
const HARDLY: f32 = 0.1;
const SAME_TEXT: f32 = 0.6;

/// What is read first comes first; no two statements are shown by the same words where there are others. Says which are, and
/// by which one before.
fn show_apart(material: Material, all: &mut [(Statement, Vec<Text>)]) -> Vec<Option<usize>> {
    let mut told_by = vec![None; all.len()];
    let Material { articles, sentences, story, .. } = material;
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&at| (Reverse(all[at].0.mentions.len()), at));
    // By sentence, whichever of its copies is meant: the parts shown, from its start.
    let mut taken: FxHashMap<SentenceId, Vec<Span>> = FxHashMap::default();
    // And the words, whatever marks stand around them.
    let words = |&(sentence, span): &(SentenceId, Span)| -> String {
        let text = span.of(&articles[sentences[sentence.index()].article.index()].text);
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let mut told: FxHashMap<String, usize> = FxHashMap::default();
    for at in order {
        let (statement, shown) = &mut all[at];
        let inside = |&(sentence, span): &(SentenceId, Span)| {
            let start = sentences[sentence.index()].span.start;
            (story.first[sentence.index()], Span::new(span.start - start, span.end - start))
        };
        let is_taken = |text: &Text| {
            let (sentence, span) = inside(&text.place);
            let same = |other: &Span| {
                let common = span.end.min(other.end).saturating_sub(span.start.max(other.start));
                common as f32 >= SAME_TEXT * span.len().min(other.len()) as f32
            };
            taken.get(&sentence).is_some_and(|shown| shown.iter().any(same)) || told.contains_key(&words(&text.place))
        };
        let free = |least: f32| {
            let least = least * shown[0].score;
            let free = |text: &&Text| text.score >= least && !is_taken(text);
            shown.iter().find(free)
        };
        statement.shown = free(NEARLY).or_else(|| free(HARDLY)).unwrap_or(&shown[0]).place;
        let (sentence, span) = inside(&statement.shown);
        taken.entry(sentence).or_default().push(span);
        let first = *told.entry(words(&statement.shown)).or_insert(at);
        told_by[at] = (first != at).then_some(first);
    }
    told_by
}

/// The stretch from the first to the last of what some clauses need to be read.
fn hull<'a>(clauses: impl Iterator<Item = &'a Clause>) -> Span {
    let spans = clauses.map(|clause| clause.part.span);
    spans.reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end))).unwrap_or(Span::new(0, 0))
}
