//! What of the sentences of a story other articles contradict: two that give other figures may have all else in common, and
//! no text is shown for an article that contradicts it.

use rustc_hash::FxHashMap;

use super::Material;
use super::claims::Common;
use crate::clause::Clause;
use crate::conflict::Kind;
use crate::link::Link;
use crate::span::{ArticleId, SentenceId, Span};
use crate::story::Story;

/// Two sentences that contradict each other have still a claim in common if so much of their words matches besides, in nats.
const MIN_BESIDES: f32 = 6.0;

/// The conflicts of a story, by pair and by sentence.
pub(super) struct Disputed {
    pairs: FxHashMap<(SentenceId, SentenceId), Pair>,
    /// Of each sentence the words that another article contradicts, and which one does.
    of: FxHashMap<SentenceId, Vec<(Span, ArticleId)>>,
}

/// What two sentences contradict each other in.
#[derive(Default)]
struct Pair {
    /// The parts of the left and of the right sentence that are not in common, in bytes of the sentences.
    apart: [Vec<Span>; 2],
    /// That they do, of the likeliest of those that a link shares the less for.
    probability: f32,
}

impl Disputed {
    pub fn new(material: Material) -> Self {
        let Material { sentences, story, conflicts, .. } = material;
        let (mut pairs, mut of) = (FxHashMap::<_, Pair>::default(), FxHashMap::<_, Vec<_>>::default());
        let article = |sentence: SentenceId| sentences[sentence.index()].article;
        for conflict in conflicts {
            let sides = [(conflict.left, conflict.left_span), (conflict.right, conflict.right_span)];
            let pair = pairs.entry((conflict.left, conflict.right)).or_default();
            if !conflict.is_spelling() {
                pair.probability = pair.probability.max(conflict.probability);
            }
            for (side, (sentence, span)) in sides.into_iter().enumerate() {
                let start = sentences[sentence.index()].span.start;
                // A name that is spelt otherwise is still in common.
                if !conflict.is_spelling() {
                    let apart = disputed(story, sentence, span, conflict.kind).into_iter();
                    pair.apart[side].extend(apart.map(|span| Span::new(span.start - start, span.end - start)));
                }
                of.entry(sentence).or_default().push((span, article(sides[1 - side].0)));
            }
        }
        Self { pairs, of }
    }

    /// The parts of two sentences that are not in common because they contradict each other, in bytes of the sentences.
    pub fn apart(&self, link: &Link) -> [&[Span]; 2] {
        match self.pairs.get(&(link.left, link.right)) {
            Some(pair) => [&pair.apart[0], &pair.apart[1]],
            None => [&[], &[]],
        }
    }

    /// How probably two sentences have a claim in common, given what two of their claims have in common apart from what they
    /// contradict each other in; `None` where that is too little to tell.
    pub fn besides(&self, link: &Link, common: Option<&Common>) -> Option<f32> {
        match self.pairs.get(&(link.left, link.right)) {
            None if link.conflicts() => None,
            None => Some(link.probability),
            Some(pair) if pair.probability == 0.0 => Some(link.probability),
            // A link shares the less for its conflict.
            Some(pair) => {
                let whole = link.probability / (1.0 - pair.probability).max(f32::MIN_POSITIVE);
                common.filter(|common| common.weight >= MIN_BESIDES).map(|_| whole.min(1.0))
            }
        }
    }

    /// The articles that contradict what a part of a sentence says.
    pub fn contradicting(&self, sentence: SentenceId, span: Span) -> impl Iterator<Item = ArticleId> + '_ {
        let disputed = self.of.get(&sentence).map_or(&[][..], Vec::as_slice).iter();
        disputed.filter(move |(words, _)| span.overlaps(*words)).map(|&(_, article)| article)
    }
}

/// What a difference takes from what a sentence has in common: a figure, a day, a name itself; of what is denied or turned
/// around the whole claim.
fn disputed(story: &Story, sentence: SentenceId, span: Span, kind: Kind) -> Vec<Span> {
    if matches!(kind, Kind::Number | Kind::Date | Kind::Time | Kind::Place | Kind::Name) {
        return vec![span];
    }
    let words = &story.words[sentence.index()];
    let holds = |words_of: &[Span]| words_of.iter().any(|word| word.overlaps(span));
    let spans = |clause: &Clause| clause.words().map(|word| words[word].span).collect::<Vec<_>>();
    story.clauses[sentence.index()].iter().map(spans).filter(|spans| holds(spans)).flatten().collect()
}
