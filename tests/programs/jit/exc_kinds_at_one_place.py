# One instruction that raises now this, now that, or nothing, with handlers that differ.


class Odd:
    def __init__(self, n):
        self.n = n

    def __getitem__(self, k):
        if k > 3:
            raise LookupError(k)
        if k == 3:
            raise StopIteration
        return self.n

    @property
    def size(self):
        if self.n % 2:
            raise AttributeError("no size")
        return self.n


def probe(box, k):
    try:
        return box[k]
    except KeyError as e:
        return "key %r" % e.args
    except IndexError:
        return "index"
    except (TypeError, ValueError) as e:
        return type(e).__name__
    except LookupError:
        return "lookup"
    except StopIteration:
        return "stop"


def divide(a, b):
    try:
        return a // b
    except ZeroDivisionError:
        return None


def text(x):
    try:
        return int(x)
    except ValueError:
        try:
            return float(x)
        except ValueError as e:
            return str(e)


def size(o):
    try:
        return o.size
    except AttributeError as e:
        return str(e)


def main():
    boxes = [{0: "a", 2: "c"}, [1, 2], (5,), Odd(4), 7, "xyz", None]
    seen = {}
    for n in range(3000):
        r = probe(boxes[n % 7], n % 3 + n % 2)
        seen[r] = seen.get(r, 0) + 1
    for k in sorted(seen, key=str):
        print(k, seen[k])
    nones = 0
    total = 0
    for n in range(1500):
        r = divide(n * 7, n % 5)
        if r is None:
            nones += 1
        else:
            total += r
    print(nones, total)
    out = []
    for n in range(900):
        out.append(text(["12", "1.5", "x", "", " 7 "][n % 5]))
    print(out[:5], len(out), out.count(12), out.count(1.5))
    sizes = set()
    for n in range(600):
        sizes.add(size(Odd(n % 4)))
    print(sorted(sizes, key=str))
    stops = 0
    odd = Odd(1)
    for n in range(400):
        try:
            odd[n % 6]
        except StopIteration:
            stops += 1
        except LookupError:
            stops += 100
    print(stops)


main()
