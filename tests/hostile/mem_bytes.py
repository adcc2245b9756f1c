for f in (lambda: bytes(10 ** 12), lambda: b"ab" * 10 ** 11, lambda: bytes(range(256)) * 10 ** 10, lambda: b"x".join([b"a" * 1000] * 10 ** 6), lambda: (1).to_bytes(10 ** 11, "big"), lambda: b"a".center(10 ** 11), lambda: bytes([0] * 10 ** 8), lambda: b"a" * 10 ** 8 + b"b" * 10 ** 9, lambda: (b"\xff" * 10 ** 8).hex(), lambda: int.from_bytes(b"\xff" * 10 ** 8, "big")):
    try:
        print(f() and "made")
    except (MemoryError, OverflowError) as e:
        print(type(e).__name__)
