# What is being handled where: contexts, causes, bare raise, finally on every way out, handlers in handlers.


def reraise():
    raise


def inner(n):
    try:
        raise KeyError(n)
    finally:
        log[n % 4] += 1


log = [0, 0, 0, 0]


def nested(n):
    try:
        try:
            inner(n)
        except KeyError as e:
            if n % 3 == 0:
                raise ValueError("outer") from e
            if n % 3 == 1:
                raise TypeError("other")
            reraise()
    except ValueError as e:
        return ("v", type(e.__cause__).__name__, e.__suppress_context__, e.__context__.args[0])
    except TypeError as e:
        return ("t", type(e.__context__).__name__, e.__cause__, e.__context__.args[0])
    except KeyError as e:
        return ("k", e.__context__, e.args[0])


def ways(n):
    r = 0
    for k in range(3):
        try:
            if n % 5 == k:
                continue
            if n % 7 == k:
                break
            if n % 11 == k:
                return r + 1000
            if n % 13 == k:
                raise IndexError(k)
            r += 1
        except IndexError:
            r += 50
        finally:
            r += 7
    return r


def quiet():
    try:
        raise
    except Exception as e:
        return type(e).__name__, str(e)


def handler_calls(n):
    try:
        if n % 2:
            raise OSError(n)
        return 0
    except OSError as e:
        try:
            raise
        except OSError as again:
            return again is e and again.__context__ is None


def main():
    results = {}
    for n in range(900):
        r = nested(n)
        results[r[0]] = results.get(r[0], 0) + r[-1]
    print(results, nested(3), nested(4), nested(5), log)
    total = 0
    for n in range(3000):
        total += ways(n)
    print(total)
    print(quiet())
    print(sum(handler_calls(n) for n in range(1000)))
    try:
        for n in range(1000):
            try:
                1 // (700 - n)
            except ZeroDivisionError:
                print(quiet())
                raise LookupError(n)
    except LookupError as e:
        print(e, repr(e.__context__))
    print(quiet())


main()
