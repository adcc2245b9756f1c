// Runs programs on CPython 3.14 (pyodide) and writes down what each does. Started by `cargo xtask record`.
//
// usage: node record.mjs PYODIDE_DIR PROGRAMS_DIR OUT_DIR, with one `topic/file.py` a line on stdin; for the
// n-th of them it writes OUT_DIR/n.out, n.err and n.status.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodideDir, programsDir, outDir] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(pyodideDir, "pyodide.mjs")).href);
const py = await loadPyodide({ indexURL: pyodideDir });
py.mountNodeFS("/programs", programsDir);
py.FS.writeFile("/driver.py", readFileSync(new URL("driver.py", import.meta.url)));
py.runPython("import sys; sys.path.insert(0, '/'); sys.dont_write_bytecode = True; import driver");
const run = py.runPython("driver.run");

const programs = readFileSync(0, "utf8").split("\n").filter(Boolean);
programs.forEach((program, n) => {
    const slash = program.lastIndexOf("/");
    const result = run("/programs/" + program.slice(0, slash), program.slice(slash + 1));
    const [stdout, stderr, status] = result.toJs();
    result.destroy();
    writeFileSync(join(outDir, `${n}.out`), stdout);
    writeFileSync(join(outDir, `${n}.err`), stderr);
    writeFileSync(join(outDir, `${n}.status`), String(status));
});
