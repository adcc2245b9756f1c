# A hand-written JSON reader and writer, character by character.


class Parser:
    def __init__(self, text):
        self.text = text
        self.pos = 0

    def fail(self, what):
        raise ValueError(f"expected {what} at {self.pos}")

    def space(self):
        text = self.text
        while self.pos < len(text) and text[self.pos] in " \t\n\r":
            self.pos += 1

    def value(self):
        self.space()
        c = self.text[self.pos]
        if c == "{":
            return self.object()
        if c == "[":
            return self.array()
        if c == '"':
            return self.string()
        if c == "-" or c.isdigit():
            return self.number()
        for word, result in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.pos):
                self.pos += len(word)
                return result
        self.fail("a value")

    def object(self):
        self.pos += 1
        out = {}
        self.space()
        if self.text[self.pos] == "}":
            self.pos += 1
            return out
        while True:
            self.space()
            if self.text[self.pos] != '"':
                self.fail("a key")
            key = self.string()
            self.space()
            if self.text[self.pos] != ":":
                self.fail("':'")
            self.pos += 1
            out[key] = self.value()
            self.space()
            c = self.text[self.pos]
            self.pos += 1
            if c == "}":
                return out
            if c != ",":
                self.fail("',' or '}'")

    def array(self):
        self.pos += 1
        out = []
        self.space()
        if self.text[self.pos] == "]":
            self.pos += 1
            return out
        while True:
            out.append(self.value())
            self.space()
            c = self.text[self.pos]
            self.pos += 1
            if c == "]":
                return out
            if c != ",":
                self.fail("',' or ']'")

    def string(self):
        self.pos += 1
        chars = []
        while True:
            c = self.text[self.pos]
            self.pos += 1
            if c == '"':
                return "".join(chars)
            if c == "\\":
                c = self.text[self.pos]
                self.pos += 1
                if c == "u":
                    c = chr(int(self.text[self.pos:self.pos + 4], 16))
                    self.pos += 4
                else:
                    c = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}.get(c, c)
            chars.append(c)

    def number(self):
        start = self.pos
        text = self.text
        while self.pos < len(text) and text[self.pos] in "+-0123456789.eE":
            self.pos += 1
        literal = text[start:self.pos]
        return float(literal) if "." in literal or "e" in literal else int(literal)


def dump(value, out):
    if value is None:
        out.append("null")
    elif value is True:
        out.append("true")
    elif value is False:
        out.append("false")
    elif isinstance(value, str):
        out.append('"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"')
    elif isinstance(value, (int, float)):
        out.append(repr(value))
    elif isinstance(value, list):
        out.append("[")
        for i, item in enumerate(value):
            if i:
                out.append(", ")
            dump(item, out)
        out.append("]")
    else:
        out.append("{")
        for i, (key, item) in enumerate(value.items()):
            if i:
                out.append(", ")
            dump(key, out)
            out.append(": ")
            dump(item, out)
        out.append("}")


def sample(n):
    return [{"id": i, "name": f"item \"{i}\"\n", "price": i * 1.25, "tags": ["a", "b" * (i % 4), None],
             "nested": {"ok": i % 2 == 0, "deep": [[i], [-i, [i * i]]]}} for i in range(n)]


def main():
    data = sample(16000)
    out = []
    dump(data, out)
    text = "".join(out)
    for _ in range(3):
        back = Parser(text).value()
    print(len(text), back == data, text[:60], sum(d["price"] for d in back))
    print(Parser('{"a": [1, 2.5e3, "\\u00e9\\n"], "b": {}, "c": [] }').value())
    for bad in ('{"a" 1}', "[1 2]", "nope"):
        try:
            Parser(bad).value()
        except ValueError as e:
            print(e)


main()
