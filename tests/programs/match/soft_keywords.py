match = 1
case = 2
type = 3
_ = 4
print(match, case, type, _)
match += case
print(match)
match, case = case, match
print(match, case)
match = lambda *args: args
print(match(1), match (2, 3), match(*[4]))
match (5)
print(match(-1), [match][0](7))
case = {"case": 1}
print(case["case"], case.get("x"))
match = [1, 2, 3]
print(match[0], match [1:], match[-1])
match[0] = 9
match.append(4)
print(match, match == [9, 2, 3, 4])
match: int = 7
print(match - 1, match -1, match * 2, match or 0, match if match else 0, match in [7], not match)
match = case
match
match["x"] = 2
print(match)

match match:
    case {"case": case, "x": match}: print(match, case)
match case:
    case 1: print("one")
match (1, 2):
    case (match, case): print(match, case)
match -1:
    case -1: print("minus one")
match [1, 2]:
    case [type, _]: print("list", type)
match {"a": 1}:
    case {"a": a}: print("dict", a)
match not True:
    case False: print("not")
match 1, 2, 3:
    case 1, *match: print(match)
match *[1, 2], 3:
    case [_, _, x]: print(x)
match lambda: 5:
    case f: print(f())
match x := 6:
    case 6: print("walrus", x)
match "a" "b":
    case "ab": print("joined")
match x if x > 5 else 0:
    case 6: print("conditional")
match f"{x}":
    case "6": print("f-string")
match(1):
    case 1: print("no space")
match (yield_ := 2):
    case int(yield_): print(yield_)


class Case:
    match = "m"
    case = "c"
    def type(self): return self.match + self.case


match Case():
    case Case(match=case, case=match): print(match, case)
print(Case().type(), Case.match)


def match(match, case=1): return match + case
print(match(1), match(match=2, case=3))
for case in range(2): print(case, end=" ")
print([match for match in range(3)], (lambda case: case)(5))
import math as match
print(match.floor(2.5))
try: raise ValueError("v")
except ValueError as case: print(case)
with_case = {"match": 1, "case": 2}
match = with_case
match ["match"]
print(match["match"])
del match
try: match
except NameError as e: print(e)
_ = "underscore"
match 3:
    case _: print(_)
