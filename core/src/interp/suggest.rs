//! "Did you mean …?": the closest of some names, by CPython's weighted edit distance and limits.

const MOVE: usize = 2;
const CASE: usize = 1;
const MAX_LEN: usize = 40;

fn substitution(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE
    } else {
        MOVE
    }
}

/// Weighted Levenshtein distance of two short names, or `None` if above `max`.
fn distance(a: &[u8], b: &[u8], max: usize) -> Option<usize> {
    if a.len() > MAX_LEN || b.len() > MAX_LEN {
        return None;
    }
    let mut row = [0usize; MAX_LEN + 1];
    for (j, r) in row.iter_mut().enumerate() {
        *r = j * MOVE;
    }
    for (i, &x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (i + 1) * MOVE;
        for (j, &y) in b.iter().enumerate() {
            let above = row[j + 1];
            let best = (diagonal + substitution(x, y)).min(above + MOVE).min(row[j] + MOVE);
            diagonal = above;
            row[j + 1] = best;
        }
    }
    Some(row[b.len()]).filter(|&d| d <= max)
}

/// The candidate closest to `name`, if one is close enough.
pub fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if !cfg!(feature = "tracebacks") {
        return None;
    }
    let mut best: Option<(&str, usize)> = None;
    for c in candidates {
        if c == name {
            continue;
        }
        let mut max = (name.len() + c.len() + 3) * MOVE / 6;
        if let Some((_, d)) = best {
            max = max.min(d - 1);
        }
        if let Some(d) = distance(name.as_bytes(), c.as_bytes(), max) {
            best = Some((c, d));
            if d == 0 {
                break;
            }
        }
    }
    best.map(|(c, _)| c)
}
