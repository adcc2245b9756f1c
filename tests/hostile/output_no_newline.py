while True:
    print("z", end="")
