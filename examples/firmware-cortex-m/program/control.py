# A heating controller: what runs on the board. It reads a temperature, drives a heater and a lamp, and keeps an account
# of what happened. `temperature`, `heater`, `lamp` and `ticks` are the firmware's.


class SensorError(Exception):
    pass


class Pid:
    def __init__(self, target, p, i, d):
        self.target = target
        self.p, self.i, self.d = p, i, d
        self.sum = 0.0
        self.last = None

    def step(self, value):
        error = self.target - value
        self.sum = max(-50.0, min(50.0, self.sum + error))
        slope = 0.0 if self.last is None else error - self.last
        self.last = error
        return self.p * error + self.i * self.sum + self.d * slope


class Controller:
    def __init__(self, pid):
        self.pid = pid
        self.events = {"steps": 0, "faults": 0, "saturated": 0}
        self.history = []

    def read(self):
        raw = temperature()
        if raw < 0:
            raise SensorError(f"reading {raw} is out of range")
        return raw / 100

    def step(self):
        self.events["steps"] += 1
        try:
            value = self.read()
        except SensorError as e:
            self.events["faults"] += 1
            heater(0)
            lamp(3)
            print(f"step {self.events['steps']:>3}: {e}")
            return None
        power = self.pid.step(value)
        duty = round(max(0.0, min(100.0, power)))
        if duty in (0, 100):
            self.events["saturated"] += 1
        heater(duty)
        lamp(1 if duty else 0)
        self.history.append((value, duty))
        return value


def summary(history):
    values = [v for v, _ in history]
    return {
        "low": min(values),
        "high": max(values),
        "last": values[-1],
        "mean": sum(values) / len(values),
        "duty": sum(d for _, d in history) // len(history),
    }


def main():
    control = Controller(Pid(target=42.0, p=6.0, i=0.8, d=2.5))
    for n in range(120):
        value = control.step()
        if value is not None and n % 20 == 0:
            print(f"step {n + 1:>3}: {value:6.2f} degrees, duty {control.history[-1][1]:>3} %")
        if len(control.history) > 40:
            del control.history[:20]
    for key, value in summary(control.history).items():
        print(f"{key:<5}{value:8.2f}")
    print("events:", ", ".join(f"{k}={v}" for k, v in sorted(control.events.items())))
    settled = abs(summary(control.history)["last"] - 42.0) < 0.5
    print("settled" if settled else "not settled", "after", ticks() > 0 and "some time")


main()
