for f in (lambda: 1 << 10 ** 11, lambda: 1 << 10 ** 30, lambda: (1 << 10 ** 9) << 10 ** 9, lambda: -1 << 10 ** 12):
    try:
        print(f() != 0)
    except (MemoryError, OverflowError) as e:
        print(type(e).__name__)
