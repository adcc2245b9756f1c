# Module state, class state and default arguments shared by two hot users of it.
cache = {}
hits = 0


def lookup(k):
    global hits
    if k in cache:
        hits += 1
        return cache[k]
    v = cache[k] = k * k
    return v


def a(n): return sum(lookup(i % 10) for i in range(n))
def b(n):
    t = 0
    for i in range(n):
        t += lookup(i % 15)
        if i == 60: cache[3] = 0.5
        if i == 70: cache.clear()
    return t


print(a(60), b(100), a(60), hits, len(cache))


class Stats:
    total = 0
    history = []
    def add(self, v):
        Stats.total += v
        self.total += 1
        self.history.append(v)


def users(n):
    x, y = Stats(), Stats()
    for i in range(n):
        (x if i % 3 else y).add(i)
    return Stats.total, x.total, y.total, len(Stats.history), x.history is y.history


print(users(90))


def acc(v, seen=[], *, total=[0]):
    total[0] += v
    seen.append(v)
    return total[0], len(seen)


def defaults(n):
    for i in range(n):
        r = acc(i) if i % 2 else acc(i, [])
    return r, len(acc.__defaults__[0]), acc.__kwdefaults__


print(defaults(80))
switch = True


def toggled(n):
    global switch
    t = 0
    for i in range(n):
        if switch: t += 1
        else: t += 100
        if i % 35 == 34: switch = not switch
        if i == 90: switch = []
        if i == 95: switch = 'yes'
    return t, switch


print(toggled(120))


def observer(n):
    log = []
    class Sub:
        def __init__(self): self.fs = []
        def on(self, f): self.fs.append(f)
        def fire(self, v):
            for f in self.fs: f(v)
    s = Sub()
    s.on(log.append)
    s.on(lambda v: s.on(lambda w: log.append(-w)) if v == 50 else None)
    for i in range(n): s.fire(i)
    return len(log), sum(log)


print(observer(80))


def phases(n):
    state = 'start'
    trail = []
    for i in range(n):
        if state == 'start': state = 'run' if i > 20 else state
        elif state == 'run': state = 'stop' if i % 31 == 30 else 'run'
        elif state == 'stop': state = 'start' if i % 7 == 0 else 'stop'
        if not trail or trail[-1][0] != state: trail.append((state, i))
    return trail


print(phases(150))
