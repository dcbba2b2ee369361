// A disk that is full: an error that names the file, and nothing is left behind. ptxas is not asked, so any program will do.

// RUN: rm -rf %t && mkdir -p %t/bin %t/tmp && ln -s /bin/true %t/bin/ptxas
// RUN: %cc -shared -fPIC %s -o %t/full.so
// RUN: normc --op=layer_norm --shape=?x4096 --dtype=f32 --emit=generic -o %t/layer.mlir
// RUN: not env LD_PRELOAD=%t/full.so TMPDIR=%t/tmp normc %t/layer.mlir -o %t/k.so 2>&1 | FileCheck %s
// RUN: not env LD_PRELOAD=%t/full.so TMPDIR=%t/tmp CUDA_HOME=%t normc %t/layer.mlir --target=sm_90 -o %t/k.cubin 2>&1 | FileCheck %s
// RUN: not env LD_PRELOAD=%t/full.so normc %t/layer.mlir -o %t/k.ll 2>&1 | FileCheck %s
// CHECK-NOT: internal error
// CHECK: error: cannot write '{{.*}}': No space left on device
// CHECK-NOT: internal error
// RUN: ls %t %t/tmp > %t.left
// RUN: not grep -E "^(k\.|normc)" %t.left

#define _GNU_SOURCE
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

ssize_t write(int file, const void *bytes, size_t size) {
  if (file <= STDERR_FILENO)
    return syscall(SYS_write, file, bytes, size);
  errno = ENOSPC;
  return -1;
}
