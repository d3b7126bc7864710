//! Floor 5. Subwords: tokenizers in the Hugging Face format.
//!
//! In: texts. Out: encodings, with ids, tokens, and offsets in code points. The algorithms are those of the
//! `tokenizers` crate; this file gives them the crate's own threads, a way to stop, and three ready recipes to train.
//! BPE on bytes knows every text and suits any language; WordPiece is what BERT-like encoders read; Unigram gives
//! the likeliest split and suits languages without spaces.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rayon::prelude::*;
use tokenizers::decoders::byte_level::ByteLevel as ByteLevelDecoder;
use tokenizers::decoders::wordpiece::WordPiece as WordPieceDecoder;
use tokenizers::models::TrainerWrapper;
use tokenizers::models::bpe::{BPE, BpeTrainerBuilder};
use tokenizers::models::unigram::{Unigram, UnigramTrainerBuilder};
use tokenizers::models::wordpiece::{WordPiece, WordPieceTrainerBuilder};
use tokenizers::normalizers::{BertNormalizer, Lowercase, NFC, NFKC, NormalizerWrapper, Sequence};
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::metaspace::{Metaspace, PrependScheme};
use tokenizers::utils::padding::pad_encodings;
use tokenizers::{AddedToken, Tokenizer};

pub use tokenizers::Encoding;

use crate::error::{Error, Result};

/// Texts encoded between two looks at whether to stop.
const CHUNK: usize = 512;

/// A tokenizer in the Hugging Face format.
#[derive(Clone)]
pub struct SubwordTokenizer(Tokenizer);

/// What to train.
#[derive(Debug, Clone)]
pub struct Training {
    /// The algorithm.
    pub model: SubwordModel,
    /// How many tokens to learn at most, special ones included.
    pub vocab_size: usize,
    /// How often a pair must occur to become a token; Unigram does not ask.
    pub min_frequency: u64,
    /// Whether text is lower-cased first.
    pub lowercase: bool,
    /// Tokens that are kept whole and get the first ids. WordPiece and Unigram need their unknown token, and add it.
    pub special_tokens: Vec<String>,
}

/// Algorithms that learn subwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubwordModel {
    /// Byte-pair encoding on bytes.
    Bpe,
    /// WordPiece, with BERT's cleaning and splitting.
    WordPiece,
    /// Unigram language model, with spaces as `▁`.
    Unigram,
}

impl SubwordModel {
    fn unknown(self) -> Option<&'static str> {
        match self {
            Self::Bpe => None,
            Self::WordPiece => Some("[UNK]"),
            Self::Unigram => Some("<unk>"),
        }
    }
}

fn failure(action: &'static str) -> impl Fn(tokenizers::Error) -> Error {
    move |reason| Error::Tokenizer { action, reason: reason.to_string() }
}

/// Reads a `tokenizer.json`. The crate panics on some that contradict themselves, there or at the first text: an error here.
pub fn read_tokenizer(json: &[u8]) -> tokenizers::Result<Tokenizer> {
    let read = || {
        let mut tokenizer = Tokenizer::from_bytes(json)?;
        let (padding, truncation) = (tokenizer.get_padding().cloned(), tokenizer.get_truncation().cloned());
        tokenizer.with_padding(None).with_truncation(None)?;
        for special in [false, true] {
            // That some texts fail is nothing yet.
            let _ = tokenizer.encode("a word", special);
            let _ = tokenizer.encode(("a word", "another"), special);
        }
        tokenizer.with_padding(padding).with_truncation(truncation)?;
        Ok(tokenizer)
    };
    catch_unwind(read).unwrap_or_else(|_| Err("it contradicts itself".into()))
}

impl SubwordTokenizer {
    /// Reads a `tokenizer.json`.
    pub fn from_file(path: &Path) -> Result<Self> {
        let model = |reason: String| Error::Model { path: path.display().to_string(), reason };
        let json = std::fs::read(path).map_err(|reason| model(reason.to_string()))?;
        read_tokenizer(&json).map(Self).map_err(|reason| model(reason.to_string()))
    }

    /// Reads the text of a `tokenizer.json`.
    pub fn from_json(json: &str) -> Result<Self> {
        read_tokenizer(json.as_bytes()).map(Self).map_err(failure("read the tokenizer"))
    }

    /// The text of a `tokenizer.json`.
    pub fn to_json(&self, pretty: bool) -> Result<String> {
        self.0.to_string(pretty).map_err(failure("write the tokenizer"))
    }

    /// Encodes texts, each alone or with the text that goes with it, on the threads of the current pool.
    ///
    /// `go_on` is asked now and then; its error ends the work.
    pub fn encode_batch<T: AsRef<str> + Sync>(
        &self,
        texts: &[(T, Option<T>)],
        add_special_tokens: bool,
        mut go_on: impl FnMut() -> Result<()>,
    ) -> Result<Vec<Encoding>> {
        let encode = |(text, pair): &(T, Option<T>)| match pair {
            None => self.0.encode_char_offsets(text.as_ref(), add_special_tokens),
            Some(pair) => self.0.encode_char_offsets((text.as_ref(), pair.as_ref()), add_special_tokens),
        };
        let mut encodings = Vec::with_capacity(texts.len());
        for chunk in texts.chunks(CHUNK) {
            go_on()?;
            let chunk: tokenizers::Result<Vec<Encoding>> = chunk.par_iter().map(encode).collect();
            encodings.extend(chunk.map_err(failure("encode"))?);
        }
        if let Some(padding) = self.0.get_padding() {
            pad_encodings(&mut encodings, padding).map_err(failure("pad"))?;
        }
        Ok(encodings)
    }

    /// The text of some ids.
    pub fn decode(&self, ids: &[u32], skip_special_tokens: bool) -> Result<String> {
        self.0.decode(ids, skip_special_tokens).map_err(failure("decode"))
    }

    /// Tokens and their ids, by id.
    pub fn vocabulary(&self) -> Vec<(String, u32)> {
        let mut vocabulary: Vec<_> = self.0.get_vocab(true).into_iter().collect();
        vocabulary.sort_unstable_by(|(a, i), (b, j)| (i, a).cmp(&(j, b)));
        vocabulary
    }

    /// Number of tokens.
    pub fn vocabulary_size(&self) -> usize {
        self.0.get_vocab_size(true)
    }

    /// The id of a token.
    pub fn id(&self, token: &str) -> Option<u32> {
        self.0.token_to_id(token)
    }

    /// The token of an id.
    pub fn token(&self, id: u32) -> Option<String> {
        self.0.id_to_token(id)
    }

    /// Learns a tokenizer from texts, on the threads of the current pool.
    pub fn train<S: AsRef<str> + Send>(training: &Training, texts: impl Iterator<Item = S> + Send) -> Result<Self> {
        let learn = || -> tokenizers::Result<Self> {
            let (mut tokenizer, mut trainer) = recipe(training)?;
            // The trainer of Unigram panics when there is nothing to learn from.
            let mut texts = texts.skip_while(|text| text.as_ref().is_empty()).peekable();
            if training.model == SubwordModel::Unigram && texts.peek().is_none() {
                return Err("there is no text".into());
            }
            tokenizer.train(&mut trainer, texts)?;
            Ok(Self(tokenizer))
        };
        // It also panics for some orders of a few words, one of them a space alone, and takes words in random order. What a
        // panic leaves behind, nobody sees.
        let failed = "the trainer cannot learn from so few words in the order it took; try again, or with more text";
        catch_unwind(AssertUnwindSafe(learn)).unwrap_or_else(|_| Err(failed.into())).map_err(failure("train"))
    }
}

fn recipe(training: &Training) -> tokenizers::Result<(Tokenizer, TrainerWrapper)> {
    let &Training { model, vocab_size, min_frequency, lowercase, ref special_tokens } = training;
    let unknown = model.unknown().filter(|unknown| !special_tokens.iter().any(|token| token == unknown));
    let names = unknown.into_iter().chain(special_tokens.iter().map(String::as_str));
    let special: Vec<AddedToken> = names.map(|name| AddedToken::from(name, true)).collect();
    let with_lowercase = |first: NormalizerWrapper| -> NormalizerWrapper {
        if lowercase { Sequence::new(vec![first, Lowercase.into()]).into() } else { first }
    };
    Ok(match model {
        SubwordModel::Bpe => {
            let mut tokenizer = Tokenizer::new(BPE::default());
            tokenizer.with_normalizer(Some(with_lowercase(NFC.into())))?;
            tokenizer.with_pre_tokenizer(Some(ByteLevel::new(false, true, true)));
            tokenizer.with_decoder(Some(ByteLevelDecoder::default()));
            let trainer = BpeTrainerBuilder::new()
                .show_progress(false)
                .vocab_size(vocab_size)
                .min_frequency(min_frequency)
                .special_tokens(special)
                .initial_alphabet(ByteLevel::alphabet().into_iter().collect())
                .build();
            (tokenizer, TrainerWrapper::BpeTrainer(trainer))
        }
        SubwordModel::WordPiece => {
            let unknown = model.unknown().unwrap_or_default();
            let mut tokenizer = Tokenizer::new(WordPiece::builder().unk_token(unknown.into()).build()?);
            tokenizer.with_normalizer(Some(BertNormalizer::new(true, true, None, lowercase)))?;
            tokenizer.with_pre_tokenizer(Some(BertPreTokenizer));
            tokenizer.with_decoder(Some(WordPieceDecoder::default()));
            let trainer = WordPieceTrainerBuilder::new()
                .show_progress(false)
                .vocab_size(vocab_size)
                .min_frequency(min_frequency)
                .special_tokens(special)
                .build();
            (tokenizer, TrainerWrapper::WordPieceTrainer(trainer))
        }
        SubwordModel::Unigram => {
            let space = Metaspace::new('▁', PrependScheme::Always, true);
            let mut tokenizer = Tokenizer::new(Unigram::default());
            tokenizer.with_normalizer(Some(with_lowercase(NFKC.into())))?;
            tokenizer.with_pre_tokenizer(Some(space.clone()));
            tokenizer.with_decoder(Some(space));
            let trainer = UnigramTrainerBuilder::default()
                .show_progress(false)
                .vocab_size(vocab_size as u32)
                .unk_token(model.unknown().map(str::to_owned))
                .special_tokens(special)
                .build()?;
            (tokenizer, TrainerWrapper::UnigramTrainer(trainer))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 3] = [
        "The bridge closed on Monday.",
        "Two ships struck the bridge on Monday.",
        "The bridge: two ships, one bridge.",
    ];

    fn train(model: SubwordModel) -> SubwordTokenizer {
        let training =
            Training { model, vocab_size: 300, min_frequency: 1, lowercase: false, special_tokens: vec!["<s>".into()] };
        SubwordTokenizer::train(&training, TEXTS.repeat(20).into_iter()).unwrap()
    }

    #[test]
    fn trained_tokenizers_cover_their_texts_and_survive_json() {
        for model in [SubwordModel::Bpe, SubwordModel::WordPiece, SubwordModel::Unigram] {
            let tokenizer = train(model);
            let again = SubwordTokenizer::from_json(&tokenizer.to_json(false).unwrap()).unwrap();
            let texts: Vec<_> = TEXTS.iter().map(|&text| (text, None)).collect();
            let encodings = tokenizer.encode_batch(&texts, true, || Ok(())).unwrap();
            for ((text, _), encoding) in texts.iter().zip(&encodings) {
                assert!(!encoding.get_ids().is_empty());
                assert_eq!(again.encode_batch(&[(*text, None)], true, || Ok(())).unwrap()[0], *encoding, "{model:?}");
                assert!(encoding.get_offsets().iter().all(|&(start, end)| start <= end && end <= text.chars().count()));
            }
        }
    }

    #[test]
    fn special_tokens_come_first_and_work_can_be_stopped() {
        assert_eq!(train(SubwordModel::Bpe).id("<s>"), Some(0));
        let tokenizer = train(SubwordModel::WordPiece);
        assert_eq!((tokenizer.id("[UNK]"), tokenizer.id("<s>")), (Some(0), Some(1)));
        assert!(matches!(
            tokenizer.encode_batch(&[("a", None)], true, || Err(Error::Interrupted)),
            Err(Error::Interrupted)
        ));
    }

    #[test]
    fn no_text_is_an_error_or_an_empty_vocabulary() {
        let train = |model, texts: &[&str]| {
            let training = Training { model, vocab_size: 9, min_frequency: 1, lowercase: true, special_tokens: vec![] };
            SubwordTokenizer::train(&training, texts.iter())
        };
        for texts in [&[][..], &["", ""], &["", " "]] {
            assert!(train(SubwordModel::Bpe, texts).is_ok() && train(SubwordModel::WordPiece, texts).is_ok());
            assert_eq!(train(SubwordModel::Unigram, texts).is_ok(), texts.contains(&" "));
        }
    }

    /// Where nothing is caught, about one time in seven panics.
    #[test]
    fn a_word_of_a_space_alone_never_panics() {
        let training = Training {
            model: SubwordModel::Unigram,
            vocab_size: 300,
            min_frequency: 1,
            lowercase: false,
            special_tokens: vec![],
        };
        for _ in 0..40 {
            if let Err(error) = SubwordTokenizer::train(&training, ["quay closed "].into_iter()) {
                assert!(error.to_string().contains("try again"), "{error}");
            }
        }
    }

    #[test]
    fn a_broken_file_says_why() {
        assert!(SubwordTokenizer::from_json("{}").is_err());
        let missing = SubwordTokenizer::from_file(Path::new("/no/tokenizer.json"));
        assert!(matches!(missing, Err(Error::Model { path, .. }) if path.contains("/no/tokenizer.json")));
    }
}
