//! Static embeddings: a row per word piece, a text is the mean of its rows (Model2Vec, Tulkens and van Dongen 2024).
//!
//! No context, so the vector of a piece is the same everywhere; reading a sentence costs as much as looking up its words.

use std::borrow::Cow;

use crate::kernel::GROUP;

/// How the numbers of a row are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Four bits, with 8 added, the low ones first; a half precision factor for every 32.
    I4,
    /// Signed bytes.
    I8,
    /// Single precision without its lower half.
    BF16,
    /// Half precision.
    F16,
    /// Single precision.
    F32,
}

impl Format {
    /// Bytes of so many numbers.
    fn size(self, n: usize) -> usize {
        match self {
            Self::I4 => n / 2,
            Self::I8 => n,
            Self::F16 | Self::BF16 => 2 * n,
            Self::F32 => 4 * n,
        }
    }
}

/// The rows of a static model.
#[derive(Debug)]
pub struct Table {
    /// Row after row, little-endian.
    pub rows: Cow<'static, [u8]>,
    /// Of the numbers in `rows`.
    pub format: Format,
    /// The factors of [`Format::I4`].
    pub scales: Cow<'static, [u8]>,
    /// Numbers in a row.
    pub dimension: usize,
    /// The factor of each piece; empty means 1.
    pub weights: Vec<f32>,
    /// The row of each piece; empty means its id.
    pub mapping: Vec<u32>,
}

impl Table {
    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.rows.len() / self.format.size(self.dimension).max(1)
    }

    /// Adds the weighted row of piece `id` to `sum`.
    pub fn add(&self, id: u32, sum: &mut [f32]) {
        let weight = self.weights.get(id as usize).copied().unwrap_or(1.0);
        let row = self.mapping.get(id as usize).copied().unwrap_or(id) as usize;
        let n_bytes = self.format.size(self.dimension);
        let bytes = &self.rows[row * n_bytes..][..n_bytes];
        let halves = || bytes.as_chunks().0.iter().map(|&half| u16::from_le_bytes(half));
        match self.format {
            Format::I4 => {
                let n_groups = self.dimension / GROUP;
                let scales = &self.scales.as_chunks().0[row * n_groups..][..n_groups];
                let groups = sum.as_chunks_mut::<GROUP>().0.iter_mut().zip(bytes.as_chunks::<{ GROUP / 2 }>().0);
                for ((sum, bytes), &scale) in groups.zip(scales) {
                    let scale = f16_to_f32(u16::from_le_bytes(scale)) * weight;
                    for (pair, byte) in sum.as_chunks_mut::<2>().0.iter_mut().zip(bytes) {
                        pair[0] += (f32::from(byte & 15) - 8.0) * scale;
                        pair[1] += (f32::from(byte >> 4) - 8.0) * scale;
                    }
                }
            }
            Format::I8 => sum.iter_mut().zip(bytes).for_each(|(sum, &byte)| *sum += f32::from(byte as i8) * weight),
            Format::F16 => {
                sum.iter_mut().zip(halves()).for_each(|(sum, half)| *sum += f16_to_f32(half) * weight);
            }
            Format::BF16 => {
                let values = halves().map(|half| f32::from_bits(u32::from(half) << 16));
                sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += value * weight);
            }
            Format::F32 => {
                let values = bytes.as_chunks().0.iter().map(|&single| f32::from_le_bytes(single));
                sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += value * weight);
            }
        }
    }
}

/// Half to single precision, exactly.
pub fn f16_to_f32(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let magnitude = u32::from(half & 0x7fff);
    let value = match magnitude >> 10 {
        // Subnormal: a multiple of 2^-24.
        0 => magnitude as f32 * f32::from_bits(0x3380_0000),
        31 => f32::from_bits(0x7f80_0000 | (magnitude & 0x3ff) << 13),
        _ => f32::from_bits((magnitude << 13) + (112 << 23)),
    };
    f32::from_bits(value.to_bits() | sign)
}

/// Scales a row to length 1; a row of zeros stays.
pub fn normalize(row: &mut [f32]) {
    // Eight fixed lanes: vectorised, and the same sum on every machine.
    let mut lanes = [0.0f32; 8];
    let (chunks, rest) = row.as_chunks::<8>();
    for chunk in chunks {
        lanes.iter_mut().zip(chunk).for_each(|(lane, x)| *lane += x * x);
    }
    let norm = (lanes.iter().sum::<f32>() + rest.iter().map(|x| x * x).sum::<f32>()).sqrt();
    if norm > 0.0 {
        row.iter_mut().for_each(|x| *x /= norm);
    }
}

#[cfg(test)]
mod tests {
    use super::f16_to_f32;

    #[test]
    fn half_precision_values() {
        let cases = [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
            (0x83ff, -6.097_555e-5),
            (0x3555, 0.333_251_95),
            (0x7c00, f32::INFINITY),
        ];
        for (half, single) in cases {
            assert_eq!(f16_to_f32(half), single, "{half:#x}");
        }
        assert!(f16_to_f32(0x7e00).is_nan());
    }
}
