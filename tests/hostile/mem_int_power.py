for f in (lambda: 10 ** 10 ** 10, lambda: 2 ** 2 ** 40, lambda: 7 ** (7 ** 20), lambda: pow(3, 10 ** 15), lambda: (10 ** 10 ** 7) ** 1000):
    try:
        print(f() > 0)
    except (MemoryError, OverflowError) as e:
        print(type(e).__name__)
