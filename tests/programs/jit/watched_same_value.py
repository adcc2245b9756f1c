# A store that sets what is there already, made by an inline cache, and then one that sets something else.
def way(i): return 1
def other(i): return 50


q1 = q2 = way


def set_q1(f):
    global q1
    q1 = f


def set_q2(f):
    global q2
    q2 = f


def reads(n):
    t = 0
    for i in range(n): t += q2(i)
    return t


print(reads(300))
for i in range(80): set_q2(way)
print(reads(300))
set_q2(other)
print(reads(300))


def same_value(n):
    t = 0
    for i in range(n):
        t += q1(i)
        set_q1(other if i > 90 else way)
        t += q1(i) * 1000
    return t


print(same_value(120))
