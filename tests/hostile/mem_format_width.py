for f in (lambda: f"{1:>10000000000}", lambda: "%10000000000d" % 1, lambda: "%.10000000000f" % 1.5, lambda: format("a", "99999999999"), lambda: "{:{}}".format(1, 10 ** 12), lambda: f"{1.5:.{10 ** 9}f}", lambda: "%*d" % (10 ** 9 * 4, 5), lambda: f"{'x':^{10 ** 10}}", lambda: f"{10 ** 1000:,}" * 10 ** 7, lambda: "%0999999999999d" % 1, lambda: "%.999999999d" % 5, lambda: f"{5:0999999999}"):
    try:
        print(len(f()))
    except (MemoryError, OverflowError, ValueError) as e:
        print(type(e).__name__)
