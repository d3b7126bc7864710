//! Floor 6. Rows of embeddings.

use ndarray::Array2;

/// A sentence encoder: until the embedded models land, hashed character 3-grams.
#[derive(Debug, Clone)]
pub struct Encoder {
    /// Name of the model.
    pub name: String,
    /// Length of a row.
    pub dimension: usize,
}

impl Encoder {
    /// The encoder that is always there.
    pub fn embedded() -> Self {
        Self { name: "hashed-3-grams".into(), dimension: 256 }
    }

    /// One row of length 1 per text; a text without letters gives a zero row.
    pub fn encode(&self, texts: &[&str]) -> Array2<f32> {
        let mut rows = Array2::<f32>::zeros((texts.len(), self.dimension));
        for (mut row, text) in rows.outer_iter_mut().zip(texts) {
            let text = format!(" {} ", text.to_lowercase());
            for gram in text.as_bytes().windows(3) {
                let hash =
                    gram.iter().fold(0x811c_9dc5_u32, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
                row[hash as usize % self.dimension] += 1.0;
            }
            let norm = row.dot(&row).sqrt();
            if norm > 0.0 {
                row /= norm;
            }
        }
        rows
    }
}
