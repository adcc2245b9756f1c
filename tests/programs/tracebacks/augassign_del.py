d = {"n": [1]}
def f(k):
    d["n"][0] += 1
    d[k][0] += 1
f("n")
print(d)
f("m")
