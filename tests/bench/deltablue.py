# An incremental constraint solver: one-way constraints of different strength in a hierarchy.

REQUIRED, STRONG, MEDIUM, WEAK, WEAKEST = range(5)


class Variable:
    def __init__(self, name, value=0):
        self.name = name
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.strength = WEAKEST
        self.stay = True
        self.mark = 0


class Constraint:
    def __init__(self, strength):
        self.strength = strength

    def register(self, planner):
        for v in self.variables():
            v.constraints.append(self)
        planner.incremental_add(self)

    def destroy(self, planner):
        if self.satisfied():
            planner.incremental_remove(self)
        for v in self.variables():
            v.constraints.remove(self)

    def satisfy(self, planner, mark):
        self.choose(mark)
        if not self.satisfied():
            if self.strength == REQUIRED:
                raise RuntimeError("cannot satisfy a required constraint")
            return None
        for v in self.inputs():
            v.mark = mark
        out = self.output()
        overridden = out.determined_by
        if overridden is not None:
            overridden.unsatisfy()
        out.determined_by = self
        if not planner.propagate(self, mark):
            raise RuntimeError("cycle")
        out.mark = mark
        return overridden

    def inputs_known(self, mark):
        for v in self.inputs():
            if not (v.mark == mark or v.stay or v.determined_by is None):
                return False
        return True

    def is_input(self):
        return False


class Unary(Constraint):
    def __init__(self, variable, strength, planner):
        super().__init__(strength)
        self.variable = variable
        self.on = False
        self.register(planner)

    def variables(self):
        return (self.variable,)

    def inputs(self):
        return ()

    def output(self):
        return self.variable

    def satisfied(self):
        return self.on

    def unsatisfy(self):
        self.on = False

    def choose(self, mark):
        v = self.variable
        self.on = v.mark != mark and self.strength < v.strength

    def recalculate(self):
        self.variable.strength = self.strength
        self.variable.stay = not self.is_input()
        if self.variable.stay:
            self.execute()

    def execute(self):
        pass


class Stay(Unary):
    pass


class Edit(Unary):
    def is_input(self):
        return True


class Binary(Constraint):
    def __init__(self, a, b, strength, planner):
        super().__init__(strength)
        self.a = a
        self.b = b
        self.direction = 0
        self.register(planner)

    def variables(self):
        return (self.a, self.b)

    def satisfied(self):
        return self.direction != 0

    def unsatisfy(self):
        self.direction = 0

    def inputs(self):
        return (self.a,) if self.direction > 0 else (self.b,)

    def output(self):
        return self.b if self.direction > 0 else self.a

    def choose(self, mark):
        a, b = self.a, self.b
        if a.mark == mark:
            self.direction = 1 if b.mark != mark and self.strength < b.strength else 0
        elif b.mark == mark:
            self.direction = -1 if self.strength < a.strength else 0
        elif a.strength > b.strength:
            self.direction = -1 if self.strength < a.strength else 0
        else:
            self.direction = 1 if self.strength < b.strength else 0

    def recalculate(self):
        source = self.inputs()[0]
        out = self.output()
        out.strength = max(self.strength, source.strength)
        out.stay = source.stay
        if out.stay:
            self.execute()


class Equal(Binary):
    def execute(self):
        self.output().value = self.inputs()[0].value


class Scale(Binary):
    def __init__(self, a, factor, offset, b, strength, planner):
        self.factor = factor
        self.offset = offset
        super().__init__(a, b, strength, planner)

    def variables(self):
        return (self.a, self.b, self.factor, self.offset)

    def inputs(self):
        return (self.a if self.direction > 0 else self.b, self.factor, self.offset)

    def execute(self):
        if self.direction > 0:
            self.b.value = self.a.value * self.factor.value + self.offset.value
        else:
            self.a.value = (self.b.value - self.offset.value) // self.factor.value

    def recalculate(self):
        source = self.inputs()[0]
        out = self.output()
        out.strength = max(self.strength, source.strength)
        out.stay = source.stay and self.factor.stay and self.offset.stay
        if out.stay:
            self.execute()


class Planner:
    def __init__(self):
        self.mark = 0

    def new_mark(self):
        self.mark += 1
        return self.mark

    def incremental_add(self, constraint):
        mark = self.new_mark()
        overridden = constraint.satisfy(self, mark)
        while overridden is not None:
            overridden = overridden.satisfy(self, mark)

    def incremental_remove(self, constraint):
        out = constraint.output()
        constraint.unsatisfy()
        unsatisfied = self.remove_from(out)
        for strength in (REQUIRED, STRONG, MEDIUM, WEAK, WEAKEST):
            for c in unsatisfied:
                if c.strength == strength:
                    self.incremental_add(c)

    def remove_from(self, out):
        out.determined_by = None
        out.strength = WEAKEST
        out.stay = True
        unsatisfied = []
        todo = [out]
        while todo:
            v = todo.pop()
            for c in v.constraints:
                if not c.satisfied():
                    unsatisfied.append(c)
            for c in v.constraints:
                if c is not v.determined_by and c.satisfied():
                    c.recalculate()
                    todo.append(c.output())
        return unsatisfied

    def propagate(self, constraint, mark):
        todo = [constraint]
        while todo:
            c = todo.pop()
            out = c.output()
            if out.mark == mark:
                self.incremental_remove(c)
                return False
            c.recalculate()
            for other in out.constraints:
                if other is not out.determined_by and other.satisfied():
                    todo.append(other)
        return True

    def plan(self, constraints):
        mark = self.new_mark()
        plan = []
        todo = [c for c in constraints if c.is_input() and c.satisfied()]
        while todo:
            c = todo.pop()
            out = c.output()
            if out.mark != mark and c.inputs_known(mark):
                plan.append(c)
                out.mark = mark
                for other in out.constraints:
                    if other is not out.determined_by and other.satisfied():
                        todo.append(other)
        return plan


def change(planner, variable, value):
    edit = Edit(variable, STRONG, planner)
    plan = planner.plan([edit])
    for step in range(10):
        variable.value = value + step
        for c in plan:
            c.execute()
    edit.destroy(planner)


def chain(n):
    planner = Planner()
    variables = [Variable(i) for i in range(n + 1)]
    for i in range(n):
        Equal(variables[i], variables[i + 1], REQUIRED, planner)
    Stay(variables[-1], WEAK, planner)
    edit = Edit(variables[0], STRONG, planner)
    plan = planner.plan([edit])
    for i in range(60):
        variables[0].value = i
        for c in plan:
            c.execute()
        assert variables[-1].value == i
    return len(plan), variables[-1].value


def projection(n):
    planner = Planner()
    scale, offset = Variable("scale", 10), Variable("offset", 1000)
    sources, targets = [], []
    for i in range(n):
        a, b = Variable(i, i), Variable(i, i)
        sources.append(a)
        targets.append(b)
        Stay(a, WEAK, planner)
        Scale(a, scale, offset, b, REQUIRED, planner)
    change(planner, sources[0], 17)
    first = targets[0].value
    change(planner, targets[0], 1050)
    second = sources[0].value
    change(planner, scale, 5)
    change(planner, offset, 2000)
    return first, second, sum(t.value for t in targets)


def main():
    for n in (10, 50000):
        print(chain(n))
        print(projection(n))


main()
