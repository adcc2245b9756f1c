def check(name, *, value):
    if value < 0:
        raise ValueError(
            f"{name} is negative: "
            f"{value}"
        )
    return value
check("a", value=1)
print("one ok")
check(
    "b",
    value=-5,
)
