# A task scheduler with queues, devices and handlers: objects, state flags, polymorphic calls.

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
KIND_DEVICE, KIND_WORK = 0, 1
BUFFER = 4


class Packet:
    def __init__(self, link, ident, kind):
        self.link = link
        self.ident = ident
        self.kind = kind
        self.datum = 0
        self.data = [0] * BUFFER

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    def __init__(self, sched, ident, priority, queue, held=False, waiting=False):
        self.sched = sched
        self.ident = ident
        self.priority = priority
        self.queue = queue
        self.pending = queue is not None
        self.waiting = waiting
        self.held = held
        sched.tasks.append(self)
        sched.table[ident] = self

    def blocked(self):
        return self.held or (self.waiting and not self.pending)

    def accept(self, packet, current):
        if self.queue is None:
            self.queue = packet
            self.pending = True
            if self.priority > current.priority:
                return self
        else:
            packet.append_to(self.queue)
        return current

    def step(self):
        packet = None
        if self.waiting and self.pending:
            packet = self.queue
            self.queue = packet.link
            self.waiting = False
            self.pending = self.queue is not None
        return self.run(packet)

    def wait(self):
        self.waiting = True
        return self

    def hold(self):
        self.sched.holds += 1
        self.held = True
        return self.sched.after(self)


class IdleTask(Task):
    def __init__(self, sched, count):
        super().__init__(sched, IDLE, 0, None)
        self.control = 1
        self.count = count

    def run(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.hold()
        if self.control & 1 == 0:
            self.control //= 2
            return self.sched.release(DEVICE_A, self)
        self.control = self.control // 2 ^ 0xD008
        return self.sched.release(DEVICE_B, self)


class WorkTask(Task):
    def __init__(self, sched, queue):
        super().__init__(sched, WORKER, 1000, queue, waiting=True)
        self.to = HANDLER_A
        self.letter = 0

    def run(self, packet):
        if packet is None:
            return self.wait()
        self.to = HANDLER_B if self.to == HANDLER_A else HANDLER_A
        packet.ident = self.to
        packet.datum = 0
        for i in range(BUFFER):
            self.letter = self.letter % 26 + 1
            packet.data[i] = 64 + self.letter
        return self.sched.queue_packet(packet, self)


class HandlerTask(Task):
    def __init__(self, sched, ident, priority, queue):
        super().__init__(sched, ident, priority, queue, waiting=True)
        self.work = None
        self.devices = None

    def run(self, packet):
        if packet is not None:
            if packet.kind == KIND_WORK:
                self.work = packet.append_to(self.work)
            else:
                self.devices = packet.append_to(self.devices)
        work = self.work
        if work is None:
            return self.wait()
        if work.datum >= BUFFER:
            self.work = work.link
            return self.sched.queue_packet(work, self)
        device = self.devices
        if device is None:
            return self.wait()
        self.devices = device.link
        device.datum = work.data[work.datum]
        work.datum += 1
        return self.sched.queue_packet(device, self)


class DeviceTask(Task):
    def __init__(self, sched, ident, priority):
        super().__init__(sched, ident, priority, None, waiting=True)
        self.packet = None

    def run(self, packet):
        if packet is not None:
            self.packet = packet
            return self.hold()
        packet = self.packet
        if packet is None:
            return self.wait()
        self.packet = None
        return self.sched.queue_packet(packet, self)


class Scheduler:
    def __init__(self):
        self.tasks = []
        self.table = [None] * 6
        self.holds = 0
        self.queued = 0

    def after(self, task):
        """The runnable task of highest priority; the idle task is runnable till it holds itself."""
        best = None
        for other in self.tasks:
            if not other.blocked() and (best is None or other.priority > best.priority):
                best = other
        return best

    def release(self, ident, current):
        task = self.table[ident]
        task.held = False
        return task if task.priority > current.priority else current

    def queue_packet(self, packet, current):
        task = self.table[packet.ident]
        self.queued += 1
        packet.link = None
        packet.ident = current.ident
        return task.accept(packet, current)

    def run(self):
        steps = 0
        task = self.after(None)
        while task is not None:
            if task.blocked():
                task = self.after(task)
            else:
                task = task.step()
                steps += 1
        return steps


def simulate(count):
    sched = Scheduler()
    IdleTask(sched, count)
    queue = Packet(Packet(None, 0, KIND_WORK), 0, KIND_WORK)
    WorkTask(sched, queue)
    for ident, priority, device in ((HANDLER_A, 2000, DEVICE_A), (HANDLER_B, 3000, DEVICE_B)):
        queue = None
        for _ in range(3):
            queue = Packet(queue, device, KIND_DEVICE)
        HandlerTask(sched, ident, priority, queue)
    DeviceTask(sched, DEVICE_A, 4000)
    DeviceTask(sched, DEVICE_B, 5000)
    steps = sched.run()
    return steps, sched.queued, sched.holds


print(simulate(1000))
print(simulate(280000))
