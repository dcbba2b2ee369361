# thread-sanitized.py CC PROGRAM ARG...: runs the program, unless not even one that does nothing runs
# under this compiler's thread sanitizer, as of some compilers on kernels that spread addresses more.
import os
import subprocess
import sys
import tempfile

cc, *command = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    probe = os.path.join(folder, "probe")
    text = "int main(void) { return 0; }"
    subprocess.run([cc, "-fsanitize=thread", "-x", "c", "-", "-o", probe], input=text, text=True, check=True)
    if any(subprocess.run([probe], stderr=subprocess.DEVNULL).returncode for _ in range(20)):
        sys.exit(0)
# What is not instrumented is no business of this test's: the driver's lock is hidden on purpose.
environment = dict(os.environ, TSAN_OPTIONS="ignore_noninstrumented_modules=1")
sys.exit(subprocess.run(command, env=environment).returncode)
