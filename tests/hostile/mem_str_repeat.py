for n in (10 ** 9, 10 ** 12, 10 ** 18, 10 ** 30):
    try:
        print(len("ab" * n))
    except (MemoryError, OverflowError) as e:
        print(type(e).__name__)
s = "é" * 10 ** 10
