print("go")
def load():
    import missing_thing_xyz
load()
