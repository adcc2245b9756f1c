# A small interpreter with string opcodes: dict dispatch, if chains and a stack of mixed values.
def machine(code, n):
    stack, env, pc, steps = [], {'n': n}, 0, 0
    while pc < len(code):
        op, arg = code[pc]
        pc += 1
        steps += 1
        if op == 'push': stack.append(arg)
        elif op == 'load': stack.append(env[arg])
        elif op == 'store': env[arg] = stack.pop()
        elif op == 'add': b = stack.pop(); stack.append(stack.pop() + b)
        elif op == 'mul': b = stack.pop(); stack.append(stack.pop() * b)
        elif op == 'sub': b = stack.pop(); stack.append(stack.pop() - b)
        elif op == 'jpos':
            if stack.pop() > 0: pc = arg
        elif op == 'jump': pc = arg
        else: raise ValueError(op)
    return env, steps


prog = [('push', 0), ('store', 's'), ('load', 's'), ('load', 'n'), ('add', None), ('store', 's'),
        ('load', 'n'), ('push', 1), ('sub', None), ('store', 'n'), ('load', 'n'), ('jpos', 2)]
print(machine(prog, 60), machine(prog, 10.5), machine(prog, 2 ** 61 - 2 ** 61 + 7))
fact = [('push', 1), ('store', 's'), ('load', 's'), ('load', 'n'), ('mul', None), ('store', 's'),
        ('load', 'n'), ('push', 1), ('sub', None), ('store', 'n'), ('load', 'n'), ('jpos', 2)]
print(machine(fact, 25), machine(fact, 60)[1])
try:
    machine(prog[:4] + [('bad', 1)], 3)
except ValueError as e:
    print('bad op', e)
try:
    machine([('add', None)], 3)
except IndexError as e:
    print(e)


class VM:
    def __init__(self): self.stack = []; self.out = []
    def op_push(self, a): self.stack.append(a)
    def op_dup(self, a): self.stack.append(self.stack[-1])
    def op_inc(self, a): self.stack[-1] += a
    def op_print(self, a): self.out.append(self.stack.pop())
    def run(self, code, n):
        for _ in range(n):
            for op, a in code:
                getattr(self, 'op_' + op)(a)
        return len(self.out), sum(self.out), self.stack


print(VM().run([('push', 1), ('dup', None), ('inc', 5), ('print', None), ('inc', 1), ('print', None)], 80))
print(VM().run([('push', 0.5), ('inc', 1), ('print', None), ('push', 2 ** 60), ('inc', 2 ** 60), ('print', None)], 40))


def tokens(s):
    out, cur, state = [], '', 'start'
    for ch in s + ' ':
        if state == 'start':
            if ch.isdigit(): state, cur = 'num', ch
            elif ch.isalpha(): state, cur = 'name', ch
            elif ch != ' ': out.append(('op', ch))
        elif state == 'num':
            if ch.isdigit() or ch == '.': cur += ch
            else:
                out.append(('num', float(cur) if '.' in cur else int(cur)))
                state = 'start'
                if ch not in ' ': out.append(('op', ch))
        elif state == 'name':
            if ch.isalnum(): cur += ch
            else:
                out.append(('name', cur))
                state = 'start'
                if ch not in ' ': out.append(('op', ch))
    return out


ts = tokens('foo = 12 + bar2 * 3.5 - (x1 / 7) ' * 10)
print(len(ts), ts[:12], sum(v for k, v in ts if k == 'num'))
