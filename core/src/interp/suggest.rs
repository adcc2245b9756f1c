//! "Did you mean …?": the closest of some names by edit distance, with CPython's costs and bounds.

/// Longest names, without what two begin and end with alike.
const MAX_LENGTH: usize = 40;
const MOVE_COST: usize = 2;
const CASE_COST: usize = 1;

/// The name closest to `wrong`, if one is close enough; the first of several. `bytes` gives a name's text.
pub fn closest<T>(wrong: &str, names: impl Iterator<Item = T>, bytes: impl Fn(&T) -> &[u8]) -> Option<T> {
    if !cfg!(feature = "tracebacks") {
        return None;
    }
    let (mut best, mut best_distance) = (None, usize::MAX);
    for candidate in names {
        let name = bytes(&candidate);
        if name == wrong.as_bytes() {
            continue;
        }
        let most = ((wrong.len() + name.len() + 3) * MOVE_COST / 6).min(best_distance.saturating_sub(1));
        let d = distance(wrong.as_bytes(), name, most);
        if d <= most && d < best_distance {
            (best, best_distance) = (Some(candidate), d);
        }
    }
    best
}

/// Weighted Levenshtein distance; some number above `most` if it is above.
fn distance<'a>(mut a: &'a [u8], mut b: &'a [u8], most: usize) -> usize {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    (a, b) = (a.get(same..).unwrap_or(&[]), b.get(same..).unwrap_or(&[]));
    while let ([rest_a @ .., x], [rest_b @ .., y]) = (a, b)
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) * MOVE_COST;
    }
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH {
        return most.saturating_add(1);
    }
    if b.len() < a.len() {
        (a, b) = (b, a);
    }
    if (b.len() - a.len()) * MOVE_COST > most {
        return most.saturating_add(1);
    }
    // One row of the matrix: costs of turning the first letters of `b` into each prefix of `a`.
    let mut row: [usize; MAX_LENGTH] = core::array::from_fn(|i| (i + 1) * MOVE_COST);
    let mut result = 0;
    for (j, &y) in b.iter().enumerate() {
        let mut diagonal = j * MOVE_COST;
        result = diagonal;
        let mut smallest = usize::MAX;
        for (cell, &x) in row.iter_mut().zip(a) {
            let substituted = diagonal + substitution(x, y);
            diagonal = *cell;
            let moved = result.min(diagonal) + MOVE_COST;
            result = substituted.min(moved);
            *cell = result;
            smallest = smallest.min(result);
        }
        if smallest > most {
            return most.saturating_add(1);
        }
    }
    result
}

fn substitution(x: u8, y: u8) -> usize {
    if x == y {
        0
    } else if x.eq_ignore_ascii_case(&y) {
        CASE_COST
    } else {
        MOVE_COST
    }
}
