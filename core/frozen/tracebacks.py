# Tracebacks, chains of exceptions, suggestions: feature `tracebacks`.


def exception_line(e):
    # The last lines of a traceback: class, message, suggestion, notes.
    out = []
    name = _exc_name(e)
    if isinstance(e, SyntaxError):
        out.append(_syntax_error_text(e, name))
    else:
        text = text_of(e, "exception")
        try:
            text += suggestion(e)
        except Exception:
            pass
        out.append(f"{name}: {text}\n" if text else f"{name}\n")
    try:
        notes = e.__notes__
    except Exception:
        notes = None
    if isinstance(notes, (list, tuple)):
        for note in notes:
            for line in text_of(note, "note").split("\n"):
                out.append(line + "\n")
    elif notes is not None:
        try:
            out.append(repr(notes) + "\n")
        except Exception:
            out.append("<__notes__ repr() failed>\n")
    return "".join(out)


def suggestion(e):
    if isinstance(e, ImportError):
        wrong = _name_from(e)
        if wrong is None:
            return ""
        names = _module_names(e)
    elif isinstance(e, AttributeError):
        wrong = e.name
        if wrong is None or not _knows_obj(e):
            return ""
        names = dir(e.obj)
        if wrong[:1] != "_":
            names = [n for n in names if n[:1] != "_"]
    elif isinstance(e, NameError):
        wrong = e.name
        if wrong is None:
            return ""
        if _self_has(e):
            return f". Did you mean: 'self.{wrong}'?"
        names = _visible_names(e)
    else:
        return ""
    best = _closest(names, wrong)
    text = "" if best is None else f". Did you mean: '{best}'?"
    if isinstance(e, NameError) and _is_stdlib(wrong):
        if best is None:
            return f". Did you forget to import '{wrong}'?"
        return f"{text} Or did you forget to import '{wrong}'?"
    return text


def exception_chain(e):
    # Links (exception, message that precedes it), the newest first. Links in the middle of a very long chain are
    # counted only: (None, count).
    links = []
    # A dict, since a build may be without sets.
    seen = {id(e): None}
    skipped = 0
    last = []
    while True:
        _charge(1)
        before = e.__cause__
        message = "\nThe above exception was the direct cause of the following exception:\n\n"
        if before is None or id(before) in seen:
            before = None
            if not e.__suppress_context__:
                before = e.__context__
                message = "\nDuring handling of the above exception, another exception occurred:\n\n"
                if before is not None and id(before) in seen:
                    before = None
        if before is None:
            message = ""
        if len(links) < 1000:
            links.append((e, message))
        else:
            last.append((e, message))
            if len(last) > 2000:
                skipped += len(last) - 1000
                last = last[-1000:]
        if before is None:
            break
        seen[id(before)] = None
        e = before
    if skipped:
        links.append((None, skipped))
    links.extend(last)
    return links


def format_exception(e):
    out = []
    for e, message in reversed(exception_chain(e)):
        if e is None:
            out.append(f"\n[{message} more exceptions of this chain]\n")
            continue
        out.append(message)
        out.append(_traceback_text(e.__traceback__))
        out.append(exception_line(e))
    return "".join(out)


def print_exception(e):
    # As `format_exception`, written piece by piece to the error stream: needs no memory for the whole.
    for e, message in reversed(exception_chain(e)):
        if e is None:
            _write_err(f"\n[{message} more exceptions of this chain]\n")
            continue
        _write_err(message)
        _write_err(_traceback_text(e.__traceback__))
        _write_err(exception_line(e))
