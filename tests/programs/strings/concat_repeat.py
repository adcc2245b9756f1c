s = ""
for i in range(1000):
    s += chr(97 + i % 26)
print(len(s), s[:30], s[-5:], s.count("a"), hash(s) == hash("".join(chr(97 + i % 26) for i in range(1000))))
t = s
t += "!"
print(len(s), len(t), s is t, s == t[:-1])
print("ab" * 3, 3 * "ab", "ab" * 0, "ab" * -5, "" * 10, "x" * True)
a = "x"
b = a
a *= 4
print(a, b)
print("é" + "a", "😀" + "é", ("a" + "é") * 2, ("a" * 3 + "😀")[3], len("a" * 5 + "é" * 5), ("é😀" * 2)[2])
print(",".join(["a", "b", "c"]), "".join([]), "-".join("abc"), ", ".join(str(i) for i in range(5)), "x".join(("solo",)), "é".join(["😀", "a"]))
for f in (lambda: ",".join([1]), lambda: ",".join(["a", 2]), lambda: ",".join(5), lambda: "".join(["a", None]), lambda: ",".join("a", "b")):
    try:
        f()
    except TypeError as e:
        print(e)
parts = []
for w in ("the", "quick", "brown"):
    parts.append(w.capitalize())
print(" ".join(parts), "%s-%s" % tuple(parts[:2]))
print(str(b"abc", "ascii"), str(b"abc"), str(5), str(None), str([1, "a"]), str(), str(object=3.5))
d = {"a" + "b": 1}
print(d["ab"], d.get("a" "b"), ("a" + "b") in d, "x" + "" == "x", "" + "" == "")
print("abc".__add__("d"), "abc".__contains__("b"), "abc".__len__(), "abc".__mul__(2), "abc".__getitem__(1), "abc".__eq__(3), "a".__lt__("b"), "abc".__iter__().__next__())
