//! Tensors by name, from a safetensors file or from the crate itself.
//!
//! Of a file only the header is read at once, then a tensor when it is asked for: no second copy of a large model, and no
//! allocation beyond what the file holds, whatever its header says.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use safetensors::tensor::{Metadata, TensorInfo};
use safetensors::{Dtype, SafeTensors};

use super::table::f16_to_f32;
use crate::error::{Error, Result};

/// The tensors of one model.
pub struct Weights {
    path: String,
    header: Metadata,
    source: Source,
    /// Where a tensor is looked for that this file lacks.
    below: Option<Box<Weights>>,
}

enum Source {
    /// What follows the header.
    Embedded(&'static [u8]),
    /// The file and where its header ends.
    File(Mutex<File>, u64),
}

impl Weights {
    /// Of a file in the crate.
    pub fn embedded(file: &'static [u8]) -> Self {
        let (n, header) = SafeTensors::read_metadata(file).expect("the embedded model is whole");
        Self { path: "the embedded model".into(), header, source: Source::Embedded(&file[8 + n..]), below: None }
    }

    /// The tensors of this file and, where it lacks one, of another.
    pub fn above(self, below: Self) -> Self {
        Self { below: Some(Box::new(below)), ..self }
    }

    /// Of a safetensors file.
    pub fn open(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let fail = |reason: String| Error::Model { path: name.clone(), reason };
        let unreadable = |error: std::io::Error| fail(format!("it cannot be read: {error}"));
        let mut file = File::open(path).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        let mut size = [0; 8];
        file.read_exact(&mut size).map_err(|_| fail(format!("it has {length} bytes, too few for a header")))?;
        let size = u64::from_le_bytes(size);
        if size > length - 8 {
            return Err(fail(format!("its header claims {size} bytes, but the file has {length}")));
        }
        let mut header = vec![0; size as usize];
        file.read_exact(&mut header).map_err(unreadable)?;
        let header: Metadata =
            serde_json::from_slice(&header).map_err(|error| fail(format!("its header is malformed: {error}")))?;
        let expected = 8 + size + header.data_len() as u64;
        if length != expected {
            return Err(fail(format!("its header describes {expected} bytes, but the file has {length}")));
        }
        Ok(Self { path: name.clone(), header, source: Source::File(Mutex::new(file), 8 + size), below: None })
    }

    /// An error about this file.
    pub fn error(&self, reason: impl Into<String>) -> Error {
        Error::Model { path: self.path.clone(), reason: reason.into() }
    }

    /// Whether there is a tensor of this name.
    pub fn has(&self, name: &str) -> bool {
        self.info(name).is_ok()
    }

    /// Shape of a tensor.
    pub fn shape(&self, name: &str) -> Result<&[usize]> {
        Ok(&self.info(name)?.1.shape)
    }

    /// Type of a tensor's numbers.
    pub fn dtype(&self, name: &str) -> Result<Dtype> {
        Ok(self.info(name)?.1.dtype)
    }

    /// The bytes of a tensor of the given shape.
    pub fn bytes(&self, name: &str, shape: &[usize]) -> Result<Cow<'static, [u8]>> {
        let (own, info) = self.info(name)?;
        if info.shape != shape {
            return Err(self.error(format!("tensor {name} must have shape {shape:?}, got {:?}", info.shape)));
        }
        let (start, end) = info.data_offsets;
        match &own.source {
            Source::Embedded(data) => Ok(Cow::Borrowed(&data[start..end])),
            Source::File(file, header) => {
                let mut bytes = vec![0; end - start];
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(header + start as u64))
                    .and_then(|_| file.read_exact(&mut bytes))
                    .map_err(|error| self.error(format!("tensor {name} cannot be read: {error}")))?;
                Ok(Cow::Owned(bytes))
            }
        }
    }

    /// The numbers of a tensor of the given shape, stored in any of the floating-point types.
    pub fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
        let bytes = self.bytes(name, shape)?;
        let halves = || bytes.as_chunks().0.iter().map(|&half| u16::from_le_bytes(half));
        match self.dtype(name)? {
            Dtype::F32 => Ok(bytes.as_chunks().0.iter().map(|&single| f32::from_le_bytes(single)).collect()),
            Dtype::F64 => Ok(bytes.as_chunks().0.iter().map(|&double| f64::from_le_bytes(double) as f32).collect()),
            Dtype::F16 => Ok(halves().map(f16_to_f32).collect()),
            Dtype::BF16 => Ok(halves().map(|half| f32::from_bits(u32::from(half) << 16)).collect()),
            other => Err(self.error(format!("tensor {name} must hold floats, got {other:?}"))),
        }
    }

    /// The file that has a tensor, and what its header says of it.
    fn info(&self, name: &str) -> Result<(&Self, &TensorInfo)> {
        match (self.header.info(name), &self.below) {
            (Some(info), _) => Ok((self, info)),
            (None, Some(below)) => below.info(name),
            (None, None) => Err(self.error(format!("it has no tensor {name}"))),
        }
    }
}
