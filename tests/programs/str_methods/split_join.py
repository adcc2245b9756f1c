print("a b  c".split(), "a b  c".split(" "), "  a  ".split(), "".split(), "".split(","), " ".split(), "a,b,,c,".split(","), "abc".split("abc"), "a b c d".split(None, 2), "a b c d".split(maxsplit=1), "a,b,c".split(",", 1), "a,b".split(",", 0), " a  b ".split(None, 1), "aXXbXXc".split("XX"))
print("a b  c".rsplit(), "a,b,c".rsplit(",", 1), " a b c ".rsplit(None, 1), "a,b,c".rsplit(",", -1), "aXXbXXXc".rsplit("XX"), "a b".rsplit(None, 0), " a b ".rsplit(None, 0), " a b ".split(None, 0))
print("a=b=c".partition("="), "abc".partition("="), "a=b=c".rpartition("="), "abc".rpartition("="), "=a".partition("="), "a=".rpartition("="))
print("a\nb\r\nc\rd".splitlines(), "a\nb\n".splitlines(True), "".splitlines(), "\n".splitlines(), "a\n\nb".splitlines(), "x".splitlines(keepends=True))
for f in (lambda: "a".split(""), lambda: "a".split(1), lambda: "a".partition(""), lambda: "a".rpartition(1), lambda: "a".split(",", "x"), lambda: "a".rsplit("")):
    try:
        print(f())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print("  x  ".strip() + "|", "  x  ".lstrip() + "|", "  x  ".rstrip() + "|", "xxaxx".strip("x"), "abcba".strip("ab"), "abc".strip("abc") == "", "\n\tx\r\n".strip(), "x".strip(""), "xyx".lstrip("x"), "xyx".rstrip("x"), "x  ".strip(None) + "|", "éaé".strip("é"))
print("ab".center(7) + "|", "ab".center(7, "*"), "abc".center(8, "*"), "ab".ljust(5, ".") , "ab".rjust(5, "."), "ab".ljust(1), "42".zfill(5), "-42".zfill(5), "+4".zfill(4), "".zfill(3), "--4".zfill(5), "a".center(4, "x"), "aaa".center(6, "-"))
for f in (lambda: "a".center(5, "xx"), lambda: "a".ljust("5"), lambda: "a".strip(1), lambda: "a".zfill("3"), lambda: "a".center(), lambda: "a".ljust(3, 5)):
    try:
        print(f())
    except TypeError as e:
        print(e)
print("Hello".upper().lower().title().swapcase(), "hELLO wORLD".capitalize(), "they're bill's".title(), "hello world".title(), "x1y".title())
print(" ".join("the quick brown".split()[::-1]), "-".join(reversed("a b".split())), [w.strip(",.") for w in "a, b. c".split()])
