def f(é, 中):
    return "é中" + é + 中 + 1
f("a", "b")
