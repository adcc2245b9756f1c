# Sorting with key functions, by methods, by tuples, and by a class with __lt__.


class Version:
    def __init__(self, text):
        self.parts = [int(p) for p in text.split(".")]

    def __lt__(self, other):
        return self.parts < other.parts


class Person:
    def __init__(self, name, age, score):
        self.name = name
        self.age = age
        self.score = score

    def rank(self):
        return self.score * 2 - self.age


def people(n):
    out = []
    seed = 99
    for i in range(n):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(Person("p%05d" % (seed % 100000), seed >> 8 & 63, seed >> 16 & 1023))
    return out


def main():
    crowd = people(200000)
    for key in (lambda p: p.age, lambda p: (p.age, -p.score, p.name), Person.rank, lambda p: p.name):
        crowd.sort(key=key)
        print([p.name for p in crowd[:3]], crowd[len(crowd) // 2].score)
    crowd = sorted(crowd, key=lambda p: p.score / (p.age + 1), reverse=True)
    print([(p.name, p.score) for p in crowd[:2]])
    versions = ["%d.%d.%d" % (i * 7 % 10, i * 13 % 50, i) for i in range(12000)]
    print([".".join(map(str, v.parts)) for v in sorted(map(Version, versions))[:3]])
    words = [p.name[::-1] for p in crowd]
    print(sorted(words, key=len)[:2], sorted(words)[:2], max(words, key=lambda w: w[2:]), min(words, key=str.upper))
    numbers = [(i * 7919) % 100003 for i in range(250000)]
    print(sorted(numbers, key=lambda n: n % 1000)[:5], sorted(numbers)[1000], sorted(numbers, key=abs, reverse=True)[0])


main()
