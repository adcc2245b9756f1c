for f in (lambda: "a".center(10 ** 11), lambda: "a".ljust(10 ** 11), lambda: "7".zfill(10 ** 11), lambda: "\t".expandtabs(10 ** 10), lambda: ("a" * 10 ** 6).replace("", "b" * 10 ** 6), lambda: ("ß" * 10 ** 8).upper(), lambda: "a" * 10 ** 9 + "b", lambda: ("a," * 10 ** 8).split(","), lambda: repr("\x00" * 10 ** 8), lambda: "{}".format("a" * 10 ** 9), lambda: ("\n" * 10 ** 8).splitlines(), lambda: ("ab" * 10 ** 8).translate({97: "x" * 100}), lambda: ("a" * 10 ** 8).encode(), lambda: ascii("é" * 10 ** 8)):
    try:
        print(len(f()))
    except (MemoryError, OverflowError) as e:
        print(type(e).__name__)
