//! `cargo xtask tidy`: the part of the style that a program can check.
//!
//! Each check looks at the code with comments and string contents blanked, so that prose about
//! `unsafe` is not counted. What may not grow is in `xtask/ratchet.txt`; `--update` rewrites it, and
//! the diff shows in review.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use xtask::{Result, read, root, write};

/// A file longer than this wants splitting; longer ones are listed in the ratchet.
const MAX_LINES: usize = 800;

/// The direction of imports in `core/src`: a module may use its own layer and those to its left. Two layers are
/// pairs: the collector walks cells by the layouts of their kinds, and an instruction's slow path calls the built-in
/// that does its work.
const ORDER: &[&[&str]] = &[
    &["bytecode"],
    &["value"],
    &["heap", "object"],
    &["uop"],
    &["interp", "builtins"],
    &["trace"],
    &["opt"],
    &["emit"],
    &["regalloc"],
    &["jit"],
    &["vm"],
];

/// Modules of core that everyone may use and that use nothing of the order.
const SHARED: &[&str] = &["num", "exit", "room"];

/// What the ratchet file allows: `lines PATH N` and `unsafe CRATE N`.
type Ratchet = BTreeMap<(String, String), usize>;

struct Source {
    path: String,
    text: String,
    code: String,
}

/// `cargo xtask tidy [--update]`.
pub fn tidy(args: &[String]) -> Result {
    let sources = sources()?;
    let ratchet_path = root().join("xtask").join("ratchet.txt");
    let counts = counts(&sources);
    if args.iter().any(|a| a == "--update") {
        return update(&ratchet_path, &counts);
    }
    let ratchet = parse_ratchet(&read(&ratchet_path)?)?;
    let mut problems = Vec::new();
    for source in &sources {
        problems.extend(header(source));
        problems.extend(safety_comments(source));
        problems.extend(import_direction(source));
    }
    problems.extend(check_counts(&counts, &ratchet));
    for problem in &problems {
        println!("{problem}");
    }
    println!("tidy: {} files, {} problems", sources.len(), problems.len());
    if problems.is_empty() { Ok(()) } else { Err("see above".into()) }
}

fn sources() -> Result<Vec<Source>> {
    let mut paths = Vec::new();
    collect(&root(), &mut paths)?;
    paths.sort();
    let load = |path: &PathBuf| {
        let text = read(path)?;
        let relative = path.strip_prefix(root()).expect("it was found below the root");
        let path = relative.to_string_lossy().replace('\\', "/");
        Ok(Source { path, code: blank(&text), text })
    };
    paths.iter().map(load).collect()
}

fn collect(dir: &Path, out: &mut Vec<PathBuf>) -> Result {
    for entry in std::fs::read_dir(dir).map_err(|e| format!("{}: {e}", dir.display()))? {
        let path = entry.map_err(|e| e.to_string())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') && name != "node_modules" {
                collect(&path, out)?;
            }
        } else if name.ends_with(".rs") {
            out.push(path);
        }
    }
    Ok(())
}

fn header(source: &Source) -> Option<String> {
    let first = source.text.lines().find(|l| !l.trim().is_empty())?;
    (!first.starts_with("//!")).then(|| format!("{}: does not begin with a `//!` header", source.path))
}

/// `unsafe` blocks and impls say why they are sound, in the same line or the comment above.
fn safety_comments(source: &Source) -> Vec<String> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut problems = Vec::new();
    for (i, code) in source.code.lines().enumerate() {
        let starts = code.contains("unsafe {") || code.contains("unsafe impl");
        if starts && !explained(&lines, i) {
            problems.push(format!("{}:{}: unsafe without a `// SAFETY` comment", source.path, i + 1));
        }
    }
    problems
}

/// Whether line `at` or what stands directly above it (the rest of a statement, then a comment) says
/// SAFETY.
fn explained(lines: &[&str], at: usize) -> bool {
    let mut in_comment = false;
    for line in lines[..=at].iter().rev().take(24) {
        let trimmed = line.trim();
        if trimmed.contains("SAFETY") {
            return true;
        }
        let comment = trimmed.starts_with("//");
        if trimmed.is_empty() || (in_comment && !comment) {
            return false;
        }
        in_comment |= comment;
    }
    false
}

/// Within core, a module uses only what stands to its left in `ORDER`.
fn import_direction(source: &Source) -> Vec<String> {
    let Some(rest) = source.path.strip_prefix("core/src/") else { return Vec::new() };
    let module = rest.split(['/', '.']).next().unwrap_or("");
    let is_test = rest.ends_with("tests.rs") || rest.contains("/tests/");
    let place = ORDER.iter().position(|layer| layer.contains(&module));
    if is_test || (place.is_none() && !SHARED.contains(&module)) {
        return Vec::new();
    }
    let code = source.code.split("#[cfg(test)]\nmod ").next().unwrap_or("");
    let mut problems = Vec::new();
    for used in crate_paths(code) {
        let wrong = match (place, ORDER.iter().position(|layer| layer.contains(&used.as_str()))) {
            (Some(here), Some(there)) => there > here,
            (None, Some(_)) => true,
            _ => false,
        };
        if wrong {
            problems.push(format!("{}: `{module}` must not use `{used}` (order of imports)", source.path));
        }
    }
    problems.dedup();
    problems
}

/// The first path segments after `crate::`, those of a `crate::{…}` group included.
fn crate_paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(group) => found.extend(group_heads(group)),
            None => found.push(identifier(after)),
        }
    }
    found.sort();
    found.dedup();
    found
}

fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut at_head) = (0, true);
    let mut heads = Vec::new();
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_head = true,
            c if at_head && (c.is_alphanumeric() || c == '_') => {
                heads.push(identifier(&group[i..]));
                at_head = false;
            }
            _ => {}
        }
    }
    heads
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn counts(sources: &[Source]) -> Ratchet {
    let mut counts = Ratchet::new();
    for source in sources {
        let generated = source.text.lines().take(5).any(|l| l.contains("@generated"));
        let lines = source.text.lines().count();
        if lines > MAX_LINES && !generated {
            counts.insert(("lines".into(), source.path.clone()), lines);
        }
        let krate = source.path.split('/').next().unwrap_or("").to_owned();
        let words = source.code.split(|c: char| !c.is_alphanumeric() && c != '_');
        *counts.entry(("unsafe".into(), krate)).or_default() += words.filter(|w| *w == "unsafe").count();
    }
    counts
}

fn check_counts(counts: &Ratchet, ratchet: &Ratchet) -> Vec<String> {
    let mut problems = Vec::new();
    for (key @ (kind, name), &count) in counts {
        match ratchet.get(key) {
            Some(&allowed) if count > allowed => {
                problems.push(format!("{name}: {count} {kind}, the ratchet allows {allowed}"));
            }
            Some(&allowed) if count < allowed => {
                println!(
                    "{name}: {count} {kind}, {allowed} allowed: lower it with `cargo xtask tidy --update`"
                );
            }
            None if kind == "lines" => {
                println!("warning: {name}: {count} lines; split it before it grows further")
            }
            None if count > 0 => {
                problems.push(format!("{name}: {count} unsafe, and no entry in the ratchet"))
            }
            _ => {}
        }
    }
    problems
}

fn parse_ratchet(text: &str) -> Result<Ratchet> {
    let mut ratchet = Ratchet::new();
    for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let [kind, name, count] = parts[..] else { return Err(format!("ratchet.txt: {line}")) };
        let count = count.parse().map_err(|e| format!("ratchet.txt: {line}: {e}"))?;
        ratchet.insert((kind.to_owned(), name.to_owned()), count);
    }
    Ok(ratchet)
}

fn update(path: &Path, counts: &Ratchet) -> Result {
    let mut text = String::from(
        "# What may shrink but not grow: `lines FILE N` for files over 800 lines, `unsafe CRATE N` for uses of\n\
         # the keyword. Rewritten by `cargo xtask tidy --update`; explain a growing number in the commit.\n",
    );
    for ((kind, name), count) in counts.iter().filter(|(_, count)| **count > 0) {
        text += &format!("{kind} {name} {count}\n");
    }
    write(path, text)
}

/// The code with comments and the contents of strings and chars replaced by spaces, lines kept.
fn blank(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let end = match (chars[i], chars.get(i + 1)) {
            ('/', Some('/')) => (i..chars.len()).find(|&j| chars[j] == '\n').unwrap_or(chars.len()),
            ('/', Some('*')) => block_comment_end(&chars, i),
            ('"', _) => string_end(&chars, i),
            ('r', Some('"' | '#')) if !word_before(&chars, i) => raw_string_end(&chars, i),
            ('\'', _) => char_end(&chars, i),
            _ => i,
        };
        if end == i {
            out.push(chars[i]);
            i += 1;
        } else {
            out.extend(chars[i..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
            i = end;
        }
    }
    out
}

fn word_before(chars: &[char], i: usize) -> bool {
    i > 0 && (chars[i - 1].is_alphanumeric() && chars[i - 1] != 'b' || chars[i - 1] == '_')
}

fn block_comment_end(chars: &[char], start: usize) -> usize {
    let (mut depth, mut i) = (0, start);
    while i < chars.len() {
        match (chars[i], chars.get(i + 1)) {
            ('/', Some('*')) => (depth, i) = (depth + 1, i + 2),
            ('*', Some('/')) => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    chars.len()
}

fn string_end(chars: &[char], start: usize) -> usize {
    let mut i = start + 1;
    while i < chars.len() {
        match chars[i] {
            '\\' => i += 2,
            '"' => return i + 1,
            _ => i += 1,
        }
    }
    chars.len()
}

fn raw_string_end(chars: &[char], start: usize) -> usize {
    let hashes = chars[start + 1..].iter().take_while(|c| **c == '#').count();
    if chars.get(start + 1 + hashes) != Some(&'"') {
        return start; // a raw identifier
    }
    let closes = |i: usize| {
        chars[i] == '"' && chars[i + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes
    };
    (start + 2 + hashes..chars.len()).find(|&i| closes(i)).map_or(chars.len(), |i| i + 1 + hashes)
}

/// The end of a char literal; a lifetime is not one.
fn char_end(chars: &[char], start: usize) -> usize {
    match (chars.get(start + 1), chars.get(start + 2)) {
        (Some('\\'), _) => {
            (start + 3..chars.len()).find(|&i| chars[i] == '\'').map_or(chars.len(), |i| i + 1)
        }
        (Some(_), Some('\'')) => start + 3,
        _ => start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.into(), text: text.into(), code: blank(text) }
    }

    #[test]
    fn blanking_leaves_code() {
        let code = blank(
            "let a = \"unsafe\"; // unsafe\nlet 'x': r#\"unsafe\"# '\\'' '\"' /* unsafe /* */ */ unsafe",
        );
        assert_eq!(code.matches("unsafe").count(), 1);
        assert_eq!(code.lines().count(), 2);
        assert!(blank("fn f<'a>(x: &'a str) -> u8 { b'\"' }").contains("'a str"));
    }

    #[test]
    fn imports_point_left() {
        let bad = source("core/src/heap/gc.rs", "use crate::{value::Value, interp::{Frame, vm}, num};\n");
        assert_eq!(import_direction(&bad).len(), 1);
        let good = source("core/src/interp/mod.rs", "use crate::{value, heap::Heap};\n");
        assert!(import_direction(&good).is_empty());
        let shared = source("core/src/num/big.rs", "use crate::heap::Heap;\n");
        assert_eq!(import_direction(&shared).len(), 1);
    }

    #[test]
    fn unsafe_is_explained() {
        let good = "//! x\n// SAFETY: fine\n// and more\nlet a =\n    unsafe { b() };\n";
        assert!(safety_comments(&source("a.rs", good)).is_empty());
        assert_eq!(safety_comments(&source("a.rs", "//! x\n\nlet a = unsafe { b() };\n")).len(), 1);
    }
}
