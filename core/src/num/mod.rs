//! Number kernels: big integers, float text, format specs. Pure functions over slices; no heap, no VM.
