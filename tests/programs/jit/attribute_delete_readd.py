# Attributes of instances, classes and modules deleted and added again under hot reads.
import sys


class P:
    tag = 'class'
    def __init__(self): self.a = 1; self.b = 2


def run(n):
    p = P()
    t = e = 0
    tags = []
    for i in range(n):
        try:
            t += p.a + p.b
        except AttributeError:
            e += 1
            p.a = i
        if i % 20 == 10: del p.a
        if i == 50: p.tag = 'own'
        if i == 70: del p.tag
        if i == 80: del P.tag
        if i == 90: P.tag = 'again'
        if i % 15 == 0: tags.append(getattr(p, 'tag', 'none'))
    return t, e, tags, list(p.__dict__)


print(run(120))


def module(n):
    me = sys.modules[__name__]
    t = e = 0
    me.knob = 1
    for i in range(n):
        try:
            t += me.knob + knob
        except (AttributeError, NameError) as err:
            e += 1
        if i == 40: me.knob = 0.5
        if i == 60: del me.knob
        if i == 80: me.knob = 10
    del me.knob
    return t, e


print(module(100))


def shared_shape(n):
    ps = [P() for _ in range(4)]
    t = 0
    for i in range(n):
        p = ps[i % 4]
        t += p.a
        if i == 61: del ps[1].b
        if i == 62: ps[2].c = 5
        if i == 63: ps[3].a = 'x'; t += len(ps[3].a); ps[3].a = 0.25
        if hasattr(p, 'c'): t += p.c
        if not hasattr(p, 'b'): t += 1000
    return t, [list(vars(p)) for p in ps]


print(shared_shape(100))


def in_callee(n):
    p = P()
    def touch(i):
        if i == 50: del p.a
        if i == 51: p.a = 7
        if i == 70: p.__dict__['a'] = 9
        return 0
    t = e = 0
    for i in range(n):
        try:
            t += p.a + touch(i) + p.a
        except AttributeError:
            e += 1
    return t, e


print(in_callee(90))


def class_swap(n):
    class X: v = 1
    class Y: v = 0.5
    T = X
    t = 0
    for i in range(n):
        o = T()
        t += o.v + T.v
        if i % 30 == 29: T = Y if T is X else X
        if i == 70: X.v = 100; Y.w = 5
    return t


print(class_swap(120))
