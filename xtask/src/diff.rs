//! A short line difference, for one failing program among hundreds.

/// The first place where two texts differ, with a little of both, or `None` if they are equal.
pub fn first_difference(expected: &str, actual: &str) -> Option<String> {
    if expected == actual {
        return None;
    }
    let want: Vec<&str> = expected.split('\n').collect();
    let got: Vec<&str> = actual.split('\n').collect();
    let at = (0..want.len().max(got.len())).find(|&i| want.get(i) != got.get(i)).unwrap_or(0);
    let mut text = format!("line {}", at + 1);
    for (sign, lines) in [('-', &want), ('+', &got)] {
        for line in lines.iter().skip(at).take(3) {
            text += &format!("\n      {sign} {}", clip(line));
        }
    }
    Some(text)
}

/// Cuts a line to a length that a terminal shows.
pub fn clip(line: &str) -> String {
    const MAX: usize = 160;
    if line.chars().count() <= MAX {
        return line.to_owned();
    }
    line.chars().take(MAX).chain("…".chars()).collect()
}
