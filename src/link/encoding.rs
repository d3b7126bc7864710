//! Which encoder reads the sentences of a story.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::encode::{Cache, Reading};
use crate::error::{Error, Result};
use crate::language::Language;
use crate::pool::Progress;

/// An encoder that comes with the crate; the model is trained with the vectors of these two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// The transformer for English stories of ordinary size, at most [`Encoding::ORDINARY`]; the static model for others,
    /// and for pairs without a story: of those picked for being close it sees the differences better.
    #[default]
    Auto,
    /// The transformer: words are compared as their sentences mean them.
    Minilm,
    /// The transformers, and the large cross-encoder reads every pair that may be a link.
    Mpnet,
    /// The static model: one vector per word.
    Static,
}

impl Encoding {
    /// Sentences and bytes of a story of ordinary size.
    pub const ORDINARY: (usize, usize) = (600, 100_000);
    /// Sentences and bytes that the transformer can be asked for; what it costs grows with their square.
    pub const MOST: (usize, usize) = (3000, 500_000);

    /// The encoding of that name, `None` for the default.
    pub fn from_name(name: Option<&str>) -> Result<Self> {
        match name {
            None => Ok(Self::Auto),
            Some("minilm") => Ok(Self::Minilm),
            Some("mpnet") => Ok(Self::Mpnet),
            Some("static") => Ok(Self::Static),
            Some(name) => Err(Error::InvalidParameter {
                parameter: "encoder",
                expected: "\"mpnet\", \"minilm\", \"static\" or nothing".into(),
                actual: format!("{name:?}"),
            }),
        }
    }

    /// Its name, `None` for the default.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Auto => None,
            Self::Minilm => Some("minilm"),
            Self::Mpnet => Some("mpnet"),
            Self::Static => Some("static"),
        }
    }

    /// Whether the transformer is to read the texts, of which the first `n_story` are a story in `language`.
    pub fn reads(self, texts: &[&str], n_story: usize, language: &str) -> Result<bool> {
        let size = (n_story, texts[..n_story].iter().map(|text| text.len()).sum::<usize>());
        let within = |(sentences, bytes): (usize, usize)| size.0 <= sentences && size.1 <= bytes;
        match self {
            Self::Static => Ok(false),
            Self::Auto => Ok(n_story > 0 && within(Self::ORDINARY) && Language::of(language).has_rules()),
            Self::Minilm | Self::Mpnet if within(Self::MOST) => Ok(true),
            Self::Minilm | Self::Mpnet => Err(Error::InvalidParameter {
                parameter: "encoder",
                expected: format!("\"static\" for more than {} sentences or {} bytes", Self::MOST.0, Self::MOST.1),
                actual: format!("{:?} for {} sentences of {} bytes", self.name().unwrap_or_default(), size.0, size.1),
            }),
        }
    }

    /// The texts as the reader reads them, if it [does](Self::reads). What `before` has is not read again; what is used goes
    /// into `cache`.
    pub fn readings(
        self,
        texts: &[&str],
        n_story: usize,
        language: &str,
        (before, cache): (&Cache, &mut Cache),
        n_threads: Option<usize>,
        progress: Progress,
    ) -> Result<Option<Vec<Arc<Reading>>>> {
        match self.reads(texts, n_story, language)? {
            true => cache.read_texts(before, texts, n_threads, progress).map(Some),
            false => Ok(None),
        }
    }
}
