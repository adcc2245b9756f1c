# Strings in hot loops: indexing, joining, comparing, formatting, of one, two and four bytes a character.
def index(s, n):
    t = 0
    for i in range(n):
        t += ord(s[i % len(s)]) + ord(s[-1 - i % len(s)])
    return t


print(index('abc', 100), index('aé', 100), index('a€b', 100), index('x😀', 100))


def build(n, pieces):
    s = ''
    for i in range(n):
        s += pieces[i % len(pieces)]
        if len(s) > 40: s = s[20:]
    return s


print(build(100, 'abc'), build(100, ['a', 'é', '€', '']), build(100, ['', 'x😀']))


def compare(n):
    words = ['', 'a', 'b', 'ab', 'aé', 'a€', 'A']
    c = 0
    for i in range(n):
        x, y = words[i % 7], words[i * 3 % 7]
        c += (x < y) + (x == y) * 10 + (x in y) * 100 + (x != 'a') * 1000 + (x is y) * 10000
    return c


print(compare(140))


def format(n):
    out = []
    for i in range(n):
        x = i if i % 3 else i * 0.5
        out.append(f'{i:03d}|{x:>6}|{x!r}|{"é" if i % 2 else "e"}')
    return out[5], out[60], out[-1], sum(map(len, out))


print(format(90))


def methods(n):
    t = 0
    for i in range(n):
        s = 'Key%d=value %s' % (i, 'x' * (i % 4))
        k, _, v = s.partition('=')
        t += len(k) * len(v) + s.find('x') + s.count('e') + s.startswith('Key') + k.isdigit()
        t += int(k[3:]) + len(s.split()) + len(s.replace('e', 'ee')) + (s.upper() > s)
    return t


print(methods(100))


def errors(n):
    c = 0
    for i in range(n):
        try:
            c += len('abc'[i % 5])
        except IndexError:
            c += 100
        try:
            'a' + (i if i % 2 else 'b')
        except TypeError as e:
            c += 1000
            text = str(e)
    return c, text


print(errors(80))


def iterate(n):
    t = {}
    for ch in 'hello wörld😀' * n:
        t[ch] = t.get(ch, 0) + 1
    return t


print(iterate(30))
print(['-'.join(str(j) for j in range(i % 4)) * 2 for i in range(70)][-3:])
