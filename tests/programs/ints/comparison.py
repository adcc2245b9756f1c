vals = [0, 1, -1, 2 ** 61, -2 ** 61, 2 ** 100, 0.0, 1.0, 0.5, -0.5, 1e30, -1e30, float("inf"), float("-inf"), True]
for a in vals:
    print(a, "".join("<" if a < b else "=" if a == b else ">" if a > b else "?" for b in vals))
print(sorted(vals))
nan = float("nan")
print(nan == nan, nan != nan, nan < 1, nan > 1, 1 < nan, 2 ** 100 < nan, nan in [nan], [nan] == [nan])
print(2 ** 53 == 2.0 ** 53, 2 ** 53 + 1 == 2.0 ** 53, 2 ** 53 + 1 > 2.0 ** 53, 10 ** 23 == 1e23, 10 ** 22 == 1e22)
print(1 == "1", 1 != "1", 1 == None, [] == (), 1 == [1])
for f in (lambda: 1 < "1", lambda: [] < (), lambda: None < 1, lambda: {} < {}, lambda: 1 >= [], lambda: "a" <= b"a", lambda: (1,) > [1]):
    try:
        f()
    except TypeError as e:
        print(e)
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 > 1 > 0, 1 == 1.0 == True, 1 < 2 > 1, 1 != 2 != 1)
