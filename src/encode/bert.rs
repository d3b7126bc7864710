//! The forward pass of BERT (Devlin et al. 2019) and its relatives with absolute positions, and of those that count distances
//! besides.
//!
//! Enter sequences of piece ids, leaves a row per piece. Sequences are laid end to end without padding: every step but
//! attention sees one piece at a time, so a row never depends on what else is in the batch. Cost per piece and layer:
//! 12 width^2 multiplications, plus 2 width per piece attended to.

use super::distance;
use super::linear::Linear;
use super::table::{Format, Table};
use super::weights::Weights;
use crate::error::Result;
use crate::kernel::{self, AttentionSpace, ByteRows, GROUP, Level};
use safetensors::Dtype;
use serde::Deserialize;

/// What `config.json` says of the network.
#[derive(Debug, Clone, Deserialize)]
pub struct Shape {
    /// `bert`, `roberta`, `xlm-roberta`...
    pub model_type: String,
    /// Numbers in a row.
    pub hidden_size: usize,
    /// Parts of a row that attend on their own.
    pub num_attention_heads: usize,
    /// Layers.
    pub num_hidden_layers: usize,
    /// Numbers in a row between the two products of a layer's second half.
    pub intermediate_size: usize,
    /// Name of the function between them.
    pub hidden_act: String,
    /// Rows of positions.
    pub max_position_embeddings: usize,
    /// Pieces.
    pub vocab_size: usize,
    /// Added to a variance.
    #[serde(default = "small")]
    pub layer_norm_eps: f32,
    /// The id of padding; RoBERTa counts positions from the next number.
    #[serde(default)]
    pub pad_token_id: Option<usize>,
    /// How positions enter.
    #[serde(default)]
    pub position_embedding_type: Option<String>,
    /// Kinds of distances between pieces, if these enter as well.
    #[serde(default)]
    pub relative_attention_num_buckets: Option<usize>,
}

fn small() -> f32 {
    1e-12
}

/// A transformer that reads in both directions.
#[derive(Debug)]
pub struct Bert {
    level: Level,
    width: usize,
    n_heads: usize,
    epsilon: f32,
    words: Table,
    positions: Vec<f32>,
    types: Vec<f32>,
    first_position: usize,
    /// As [`kernel::attention`] takes it.
    near: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

#[derive(Debug)]
struct Layer {
    query_key_value: Linear,
    attention_out: Linear,
    attention_norm: Norm,
    up: Linear,
    relu: bool,
    down: Linear,
    norm: Norm,
}

#[derive(Debug)]
struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    fn read(weights: &Weights, name: &str, width: usize) -> Result<Self> {
        let gain = weights.floats(&format!("{name}.weight"), &[width])?;
        Ok(Self { gain, bias: weights.floats(&format!("{name}.bias"), &[width])? })
    }
}

/// A sequence of pieces of one text or more.
#[derive(Debug, Clone)]
pub struct Sequence {
    /// The pieces' ids.
    pub ids: Vec<u32>,
    /// Of each piece the kind of text it belongs to, from 0 on; for a network that knows fewer, the last that it knows.
    pub kinds: Vec<u8>,
    /// Of how many pieces the rows are wanted, from the first on. They see all others.
    pub n_wanted: usize,
}

impl Sequence {
    /// Of which the rows of the first `n_wanted` pieces are wanted, at most all.
    pub fn wanted(self, n_wanted: usize) -> Self {
        Self { n_wanted: n_wanted.min(self.ids.len()), ..self }
    }
}

/// Room for the steps of [`Bert::forward`], to be used again.
#[derive(Debug, Default)]
pub struct Space {
    bytes: ByteRows,
    attention: AttentionSpace,
    query_key_value: Vec<f32>,
    attended: Vec<f32>,
    mixed: Vec<f32>,
    wide: Vec<f32>,
    rows: Vec<f32>,
}

impl Bert {
    /// Reads the tensors, whose names start with `prefix`.
    pub fn read(weights: &Weights, shape: &Shape, prefix: &str) -> Result<Self> {
        Self::read_parts([weights; 2], shape, prefix, None)
    }

    /// [`Bert::read`], where the layers that `added` names were trained on since.
    pub fn read_tuned(weights: &Weights, shape: &Shape, added: &Weights) -> Result<Self> {
        Self::read_parts([weights; 2], shape, "", Some(added))
    }

    /// [`Bert::read`], with the words and positions of `base`.
    pub fn read_above(base: &Weights, weights: &Weights, shape: &Shape) -> Result<Self> {
        Self::read_parts([base, weights], shape, "", None)
    }

    fn read_parts(
        [base, weights]: [&Weights; 2],
        shape: &Shape,
        prefix: &str,
        added: Option<&Weights>,
    ) -> Result<Self> {
        let width = shape.hidden_size;
        if !matches!(shape.model_type.as_str(), "bert" | "roberta" | "xlm-roberta" | "camembert") {
            return Err(weights.error(format!(
                "its architecture must be one of bert, roberta, xlm-roberta, camembert, got {:?}",
                shape.model_type
            )));
        }
        if shape.position_embedding_type.as_ref().is_some_and(|kind| kind != "absolute") {
            return Err(weights.error("its positions must be absolute"));
        }
        let relu = match shape.hidden_act.as_str() {
            "gelu" => false,
            "relu" => true,
            other => return Err(weights.error(format!("hidden_act must be gelu or relu, got {other:?}"))),
        };
        if shape.intermediate_size == 0
            || width == 0
            || shape.num_attention_heads == 0
            || !width.is_multiple_of(shape.num_attention_heads)
        {
            return Err(weights.error(format!("{} heads cannot share {width} numbers", shape.num_attention_heads)));
        }
        let name = |part: &str| format!("{prefix}embeddings.{part}");
        let words = Self::words(base, &name("word_embeddings.weight"), shape.vocab_size, width)?;
        let types = name("token_type_embeddings.weight");
        let n_types = weights.shape(&types)?.first().copied().unwrap_or(0);
        let positions = name("position_embeddings.weight");
        let first_position = match shape.model_type.as_str() {
            "bert" => 0,
            _ => shape.pad_token_id.unwrap_or(1) + 1,
        };
        if first_position >= shape.max_position_embeddings || n_types == 0 {
            return Err(weights.error("it has no row for the first position or segment"));
        }
        let n_pieces = shape.max_position_embeddings - first_position;
        let near = match shape.relative_attention_num_buckets {
            Some(n_kinds) if !distance::COUNTS.contains(&n_kinds) => {
                return Err(weights.error(format!("its kinds of distances must be 16, 32 or 64, got {n_kinds}")));
            }
            Some(n_kinds) => {
                let name = format!("{prefix}encoder.relative_attention_bias.weight");
                distance::table(&weights.floats(&name, &[n_kinds, shape.num_attention_heads])?, n_kinds, n_pieces)
            }
            None => Vec::new(),
        };
        let mut layers = Vec::new();
        for index in 0..shape.num_hidden_layers {
            let name = |part: &str| format!("{prefix}encoder.layer.{index}.{part}");
            let added = added.filter(|added| added.has(&name("output.dense.weight.q4")));
            let parts = ["query", "key", "value"].map(|part| name(&format!("attention.self.{part}")));
            let matrix = |names: &[String], n_in, n_out| match added {
                Some(added) => Linear::tuned(weights, added, names, n_in, n_out),
                None => Linear::read(weights, names, n_in, n_out),
            };
            let linear = |part: &str, n_in, n_out| matrix(&[name(part)], n_in, n_out);
            let norm = |part: &str| Norm::read(added.unwrap_or(weights), &name(part), width);
            layers.push(Layer {
                query_key_value: matrix(&parts, width, width)?,
                attention_out: linear("attention.output.dense", width, width)?,
                attention_norm: norm("attention.output.LayerNorm")?,
                up: linear("intermediate.dense", width, shape.intermediate_size)?,
                relu,
                down: linear("output.dense", shape.intermediate_size, width)?,
                norm: norm("output.LayerNorm")?,
            });
        }
        Ok(Self {
            level: Level::best(),
            width,
            n_heads: shape.num_attention_heads,
            epsilon: shape.layer_norm_eps,
            words,
            positions: base.floats(&positions, &[shape.max_position_embeddings, width])?,
            types: weights.floats(&types, &[n_types, width])?,
            first_position,
            near,
            norm: Norm::read(weights, &name("LayerNorm"), width)?,
            layers,
        })
    }

    fn words(weights: &Weights, name: &str, n_pieces: usize, width: usize) -> Result<Table> {
        let int4 = format!("{name}.q4");
        let (rows, format, scales) = if weights.has(&int4) {
            if !width.is_multiple_of(GROUP) {
                return Err(weights.error(format!("4-bit rows come in multiples of {GROUP}, got {width}")));
            }
            let scales = weights.bytes(&format!("{name}.scale"), &[n_pieces, width / GROUP])?;
            (weights.bytes(&int4, &[n_pieces, width / 2])?, Format::I4, scales)
        } else {
            let format = match weights.dtype(name)? {
                Dtype::F32 => Format::F32,
                Dtype::F16 => Format::F16,
                Dtype::BF16 => Format::BF16,
                other => return Err(weights.error(format!("tensor {name} must hold floats, got {other:?}"))),
            };
            (weights.bytes(name, &[n_pieces, width])?, format, Default::default())
        };
        Ok(Table { rows, format, scales, dimension: width, weights: Vec::new(), mapping: Vec::new() })
    }

    /// Numbers in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Pieces that fit a sequence.
    pub fn max_pieces(&self) -> usize {
        self.positions.len() / self.width - self.first_position
    }

    /// The instructions used.
    pub fn level(&self) -> Level {
        self.level
    }

    /// Uses other instructions.
    #[cfg(test)]
    pub fn set_level(&mut self, level: Level) {
        self.level = level;
    }

    /// What a piece costs.
    pub fn multiplications_per_piece(&self) -> usize {
        12 * self.width * self.width * self.layers.len().max(1)
    }

    /// Pieces of the vocabulary.
    pub fn n_words(&self) -> usize {
        self.words.n_rows()
    }

    /// The last layer's rows that are wanted, sequence after sequence.
    pub fn forward<'a>(&self, sequences: &[&Sequence], space: &'a mut Space) -> &'a [f32] {
        let (level, width) = (self.level, self.width);
        let Space { bytes, attention, query_key_value, attended, mixed, wide, rows } = space;
        let n_rows: usize = sequences.iter().map(|sequence| sequence.ids.len()).sum();
        rows.clear();
        rows.resize(n_rows * width, 0.0);
        let mut targets = rows.chunks_exact_mut(width);
        let last_kind = self.types.len() / width - 1;
        for sequence in sequences {
            let positions = self.positions.chunks_exact(width).skip(self.first_position);
            for ((&id, &kind), position) in sequence.ids.iter().zip(&sequence.kinds).zip(positions) {
                let row = targets.next().expect("a row per piece");
                let kind = usize::from(kind).min(last_kind) * width;
                self.words.add(id, row);
                row.iter_mut().zip(&self.types[kind..kind + width]).for_each(|(x, y)| *x += y);
                row.iter_mut().zip(position).for_each(|(x, y)| *x += y);
            }
        }
        kernel::layer_norm(level, rows, &[], &self.norm.gain, &self.norm.bias, self.epsilon);
        for (at, layer) in self.layers.iter().enumerate() {
            layer.query_key_value.apply(level, rows, bytes, query_key_value);
            // A piece sees the others in attention alone: in the last layer what is not wanted is seen, and no more.
            let is_last = at + 1 == self.layers.len();
            let n_seeing = |sequence: &Sequence| if is_last { sequence.n_wanted } else { sequence.ids.len() };
            attended.resize(sequences.iter().map(|sequence| n_seeing(sequence)).sum::<usize>() * width, 0.0);
            let (mut first, mut to) = (0, 0);
            for sequence in sequences {
                let (end, to_end) = (first + sequence.ids.len(), to + n_seeing(sequence));
                let source = &query_key_value[first * 3 * width..end * 3 * width];
                let target = &mut attended[to * width..to_end * width];
                kernel::attention(level, source, width, self.n_heads, &self.near, target, attention);
                rows.copy_within(first * width..(first + to_end - to) * width, to * width);
                (first, to) = (end, to_end);
            }
            rows.truncate(to * width);
            let norm = &layer.attention_norm;
            layer.attention_out.apply(level, attended, bytes, mixed);
            kernel::layer_norm(level, mixed, rows, &norm.gain, &norm.bias, self.epsilon);
            layer.up.apply(level, mixed, bytes, wide);
            match layer.relu {
                true => wide.iter_mut().for_each(|x| *x = x.max(0.0)),
                false => kernel::gelu(level, wide),
            }
            layer.down.apply(level, wide, bytes, rows);
            kernel::layer_norm(level, rows, mixed, &layer.norm.gain, &layer.norm.bias, self.epsilon);
        }
        rows
    }
}
