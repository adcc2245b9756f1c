# locals() in hot loops, by name and by another name: every named variable is there, as it is now.
def f(n):
    out = []
    for i in range(n):
        y = i * 2
        z = y + 1
        if i % 50 == 49:
            out.append(sorted((k, v) for k, v in locals().items() if k != "out"))
    return out


g = locals


def h(n):
    k = 0
    for i in range(n):
        k = k + i
        w = k
        d = g()
        d = (d["k"], d["w"], d["i"], "d" in d)
    return d


print(f(200))
print(h(300))
