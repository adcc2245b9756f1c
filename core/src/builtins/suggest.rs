//! "Did you mean": the closest name by edit distance, with CPython's costs and bounds.

use crate::heap::Gc;
use crate::object::Str;

const MAX_NAMES: usize = 750;
const MAX_LENGTH: usize = 40;
const MOVE_COST: usize = 2;
const CASE_COST: usize = 1;

/// Index of the name closest to `wrong` among `count` names, if one is close enough.
pub fn closest(names: impl Iterator<Item = Option<Gc<Str>>>, count: usize, wrong: &str) -> Option<usize> {
    if count >= MAX_NAMES {
        return None;
    }
    let (mut best, mut best_distance) = (None, usize::MAX);
    for (i, name) in names.enumerate() {
        let Some(name) = name else { continue };
        let name = name.bytes();
        if name == wrong.as_bytes() {
            continue;
        }
        let most = ((wrong.len() + name.len() + 3) * MOVE_COST / 6).min(best_distance.saturating_sub(1));
        let d = distance(wrong.as_bytes(), name, most);
        if d <= most && d < best_distance {
            (best, best_distance) = (Some(i), d);
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

/// Whether CPython has a standard module of this name.
pub fn is_stdlib(name: &str) -> bool {
    STDLIB.split_ascii_whitespace().any(|m| m == name)
}

const STDLIB: &str = "abc annotationlib antigravity argparse array ast asyncio atexit base64 bdb binascii bisect \
    builtins bz2 cProfile calendar cmath cmd code codecs codeop collections colorsys compileall compression \
    concurrent configparser contextlib contextvars copy copyreg csv ctypes curses dataclasses datetime dbm decimal \
    difflib dis doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions \
    ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http \
    idlelib imaplib importlib inspect io ipaddress itertools json keyword linecache locale logging lzma mailbox \
    marshal math mimetypes mmap modulefinder msvcrt multiprocessing netrc nt ntpath nturl2path numbers opcode \
    operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib poplib posix posixpath pprint \
    profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib \
    resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket \
    socketserver sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct \
    subprocess symtable sys sysconfig syslog tabnanny tarfile tempfile termios textwrap this threading time timeit \
    tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata \
    unittest urllib uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xml xmlrpc zipapp zipfile \
    zipimport zlib zoneinfo";
