//! The house has floors, and a module uses only those below its own: read off the sources, since
//! inside one crate the compiler does not check it. STYLE: dependencies only go down.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules by floor, the lowest first. `pool` stands between the errors it returns and everything that runs on it.
const FLOORS: &[&[&str]] = &[
    &["error"],
    &["kernel"],
    &["pool"],
    &["calendar", "language", "span"],
    &["article"],
    &["clean"],
    &["sentence"],
    &["token", "subword"],
    &["clause"],
    &["story"],
    &["tfidf", "encode"],
    &["similarity"],
    &["candidate", "linkage", "passage"],
    &["align"],
    &["reading"],
    &["link"],
    &["conflict"],
    &["statement"],
    &["report"],
    &["pipeline"],
    &["saved"],
    &["bindings"],
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|modules| modules.contains(&module))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Top-level modules named as `crate::NAME` or inside `crate::{NAME…, NAME…}`, outside comments.
fn imports(source: &str) -> Vec<String> {
    let code: String = source.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
    let mut names = Vec::new();
    for part in code.split("crate::").skip(1) {
        let Some(group) = part.strip_prefix('{') else {
            names.push(first_word(part));
            continue;
        };
        let mut depth = 1;
        let mut at_name = true;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => at_name = true,
                c if at_name && depth == 1 && c.is_alphanumeric() => {
                    names.push(first_word(&group[at..]));
                    at_name = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    names
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn module_of(path: &Path, root: &Path) -> String {
    let first = path.strip_prefix(root).unwrap().iter().next().unwrap().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn imports_only_go_down() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut wrong = Vec::new();
    let mut n_imports = 0;
    for file in files.iter().filter(|file| !file.ends_with("lib.rs")) {
        let module = module_of(file, &root);
        let own = floor(&module).unwrap_or_else(|| panic!("{module} has no floor in FLOORS"));
        for import in imports(&fs::read_to_string(file).unwrap()) {
            n_imports += 1;
            match floor(&import) {
                Some(other) if other < own || import == module => {}
                _ => wrong.push(format!("{}: floor {own} names crate::{import}", file.display())),
            }
        }
    }
    assert!(n_imports > 20, "the reader of imports found only {n_imports}");
    assert!(wrong.is_empty(), "imports that do not go down:\n{}", wrong.join("\n"));
}

#[test]
fn only_bindings_name_python() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    for file in files.iter().filter(|file| module_of(file, &root) != "bindings") {
        let source = fs::read_to_string(file).unwrap();
        assert!(!source.contains("pyo3::") && !source.contains("numpy::"), "{} names Python", file.display());
    }
}

#[test]
fn the_reader_of_imports_sees_groups_and_paths() {
    let source = "use crate::{a::{x, y}, b};\nuse crate::c::z; // crate::d\nlet q = crate::e::f();";
    assert_eq!(imports(source), ["a", "b", "c", "e"]);
}
