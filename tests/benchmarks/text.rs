//! Speed of the text floors on one thread: `cargo bench --bench text [-- FILE...]`, plain UTF-8 files.
//! Without files, the bundled sample, repeated. Each figure is the best of its rounds, in processor
//! time of the thread where the system tells it, so that a busy machine does not count.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use storydiff::article::Article;
use storydiff::clean::clean;
use storydiff::language::Language;
use storydiff::sentence::split_sentences;
use storydiff::token::{tokenize, words};

const ROUNDS: usize = 7;

fn measure(name: &str, text: &str, work: impl Fn(&str) -> usize) {
    let mut best = f64::INFINITY;
    let mut found = 0;
    for _ in 0..ROUNDS {
        let (started, spent) = (Instant::now(), thread_seconds());
        found = black_box(work(black_box(text)));
        let seconds = thread_seconds().zip(spent).map(|(now, then)| now - then);
        best = best.min(seconds.unwrap_or_else(|| started.elapsed().as_secs_f64()));
    }
    println!(
        "{name:16} {:8.1} MB/s   {found} found in {:.1} MB",
        text.len() as f64 / best / 1e6,
        text.len() as f64 / 1e6
    );
}

/// Time this thread has had on a processor, as Linux counts it.
fn thread_seconds() -> Option<f64> {
    let counted = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    counted.split(' ').next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_else(|reason| panic!("{}: {reason}", path.display()));
    let text: String = if files.is_empty() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/storydiff/sample");
        let sample = ["beacon", "chronicle", "gazette", "meridian", "tidewatch"]
            .map(|id| read(&folder.join(format!("{id}.txt"))));
        sample.join("\n\n").repeat(200)
    } else {
        files.iter().map(|path| read(Path::new(path))).collect()
    };
    let articles = [Article::new("a", text.as_str())];
    measure("split_sentences", &text, |text| split_sentences(text, "en").map_or(0, |spans| spans.len()));
    measure("tokenize", &text, |text| tokenize(text).len());
    measure("words (UAX #29)", &text, |text| words(text).len());
    measure("clean", &text, |_| clean(&articles, Language::English)[0].paragraphs.len());
}
