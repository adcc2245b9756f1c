//! Objects set aside for exits: what a trace's allocations were sunk to must be there when an exit makes it.
//!
//! Invariant: whenever code is entered there are, of each shape and size, as many spare objects as any exit makes; an
//! object that is taken is written before anything sees it.

use super::States;
use crate::heap::{Heap, Marker, Shapes};
use crate::object::{func, instance, iter, kind, tuple};
use crate::opt::builder::{Build, push};
use crate::room::WithinRoom as _;
use crate::trace::ir::Part;
use crate::value::Value;
use alloc::vec::Vec;

/// Objects of one shape and size.
#[derive(Debug)]
struct Spare {
    shape: u32,
    words: u16,
    /// Most that an exit makes.
    most: usize,
    values: Vec<Value>,
}

/// What is set aside.
#[derive(Debug, Default)]
pub(super) struct Spares {
    all: Vec<Spare>,
    /// Some are missing.
    due: bool,
}

impl Spares {
    /// Has what the exits of a new trace make set aside from now on.
    pub(super) fn want(&mut self, states: &States) -> Build<()> {
        if !states.make_objects() {
            return Ok(());
        }
        for snap in states.all() {
            let heads = states.pieces(snap).flatten().filter(|s| matches!(s.part(), Part::Head(_)));
            for head in heads.clone() {
                let (shape, words) = (states.shape(*head), head.slot as u16);
                let same =
                    heads.clone().filter(|h| (states.shape(**h), h.slot) == (shape, head.slot)).count();
                let known = self.all.iter_mut().find(|x| x.shape == shape && x.words == words);
                match known {
                    Some(x) if x.most >= same => continue,
                    Some(x) => x.most = same,
                    None => push(&mut self.all, Spare { shape, words, most: same, values: Vec::new() })?,
                }
                self.due = true;
            }
        }
        Ok(())
    }

    /// Has only as much set aside from now on as the exits of these traces make.
    pub(super) fn recount<'a>(&mut self, traces: impl Iterator<Item = &'a States>) {
        if self.all.is_empty() {
            return;
        }
        self.all.iter_mut().for_each(|x| x.most = 0);
        for states in traces {
            // All of them are known, so nothing is allocated.
            let _ = self.want(states);
        }
        self.all.retain_mut(|x| {
            x.values.truncate(x.most);
            x.most > 0
        });
    }

    /// Sets aside what is missing.
    pub(super) fn refill(&mut self, heap: &mut Heap) -> Option<()> {
        if !self.due {
            return Some(());
        }
        for x in &mut self.all {
            while x.values.len() < x.most {
                x.values.try_reserve(1).ok()?;
                let v = if x.shape == kind::BoundMethod as u32 {
                    func::new_bound(heap, Value::NONE, Value::NONE).ok()?.value()
                } else if x.shape == kind::Tuple as u32 {
                    let items = [Value::NONE; 4];
                    tuple::new(heap, items.get(..x.words as usize)?).ok()?.value()
                } else if x.shape < Shapes::FIRST {
                    iter::new_empty(heap, x.shape as u8).ok()?
                } else {
                    instance::new(heap, x.shape, x.words).ok()?.value()
                };
                x.values.push_within(v);
            }
        }
        self.due = false;
        Some(())
    }

    /// A spare object.
    pub(super) fn take(&mut self, shape: u32, words: u16) -> Option<Value> {
        self.due = true;
        self.all.iter_mut().find(|x| x.shape == shape && x.words == words)?.values.pop()
    }

    pub(super) fn trace(&self, m: &mut Marker) {
        for x in &self.all {
            m.values(&x.values);
        }
    }
}
