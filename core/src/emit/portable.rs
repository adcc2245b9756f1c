//! The portable emitter: allocated uops run by a small interpreter, on every architecture. (Written next.)
