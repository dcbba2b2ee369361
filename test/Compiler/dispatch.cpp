// RUN: normc-test-dispatch | FileCheck %s
//
// Versions of functions that differ in more than kernels of today do, joined and called: which one
// answers, for contexts of several devices, and what is said where no context can tell.

#include "normc/Compiler/Emit.h"

#include "normc-c/Runtime.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IR/Module.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/TargetSelect.h"

#include <cstdio>
#include <cstdlib>

using namespace llvm;
using namespace normc;

// With a variable of one name in each, and a function that is not to be seen.
static const char *const versionText = R"(
@number = internal constant i32 $
define internal i32 @k_number() {
  %n = load i32, ptr @number
  ret i32 %n
}
define i32 @k(ptr %ctx, ptr %args, i32 %num_args) {
  %n = call i32 @k_number()
  %r = add i32 %n, %num_args
  ret i32 %r
}
define i32 @k_prepare(ptr %ctx) {
  %n = call i32 @k_number()
  ret i32 %n
}
define i64 @k_workspace_size(ptr %args, i32 %num_args) {
  %n = call i32 @k_number()
  %wide = sext i32 %n to i64
  %none = icmp eq i32 %num_args, 0
  %size = select i1 %none, i64 -1, i64 %wide
  ret i64 %size
}
)";

template <typename T> static T check(Expected<T> value) {
  if (value)
    return std::move(*value);
  std::printf("%s\n", toString(value.takeError()).c_str());
  std::exit(1);
}

int main() {
  InitializeNativeTarget();
  InitializeNativeTargetAsmPrinter();
  auto context = std::make_unique<LLVMContext>();
  SmallVector<std::unique_ptr<Module>> modules;
  for (const char *number : {"100", "300", "200"}) {
    std::string text = versionText;
    text.replace(text.find('$'), 1, number);
    SMDiagnostic error;
    modules.push_back(parseIR(MemoryBufferRef(text, "version"), error, *context));
  }
  auto target = [](const char *name) { return check(parseTarget(name)); };
  SmallVector<TargetSpec> targets = {target("sm_100"), target("sm_90a"), target("sm_80"),
                                     target("sm_90"), target("sm_75")};
  std::unique_ptr<Module> joined = joinGPUVersions(std::move(modules), targets, {0, 1, 0, 2, 2});
  if (!joined)
    return std::puts("not joined"), 1;
  auto jit = check(orc::LLJITBuilder().create());
  joined->setDataLayout(jit->getDataLayout());
  cantFail(jit->addIRModule(orc::ThreadSafeModule(std::move(joined), std::move(context))));
  auto kernel = check(jit->lookup("k")).toPtr<int32_t (*)(const void *, const void *, int32_t)>();
  auto prepare = check(jit->lookup("k_prepare")).toPtr<int32_t (*)(const void *)>();
  auto size = check(jit->lookup("k_workspace_size")).toPtr<int64_t (*)(const void *, int32_t)>();

  // CHECK: sm_0: 203 200
  // CHECK: sm_70: 203 200
  // CHECK: sm_75: 203 200
  // CHECK: sm_80: 103 100
  // CHECK: sm_89: 103 100
  // The first of two for an sm_90; an sm_90a's code is for no other device.
  // CHECK: sm_90: 303 300
  // CHECK: sm_100: 103 100
  // CHECK: sm_120: 103 100
  for (int32_t arch : {0, 70, 75, 80, 89, 90, 100, 120}) {
    normrt_context ctx = {};
    ctx.size = sizeof ctx;
    ctx.gpu_arch = arch;
    std::printf("sm_%d: %d %d\n", int(arch), int(kernel(&ctx, nullptr, 3)), int(prepare(&ctx)));
  }
  // CHECK: none: 203 200
  std::printf("none: %d %d\n", int(kernel(nullptr, nullptr, 3)), int(prepare(nullptr)));
  // A context of whoever knows of no GPUs ends before it says which it has.
  // CHECK: short: 203 200
  normrt_context ctx = {};
  ctx.size = offsetof(normrt_context, gpu_arch);
  ctx.gpu_arch = 90;
  std::printf("short: %d %d\n", int(kernel(&ctx, nullptr, 3)), int(prepare(&ctx)));
  // CHECK: workspace: 300, of no arguments -1
  std::printf("workspace: %d, of no arguments %d\n", int(size(nullptr, 3)), int(size(nullptr, 0)));
  return 0;
}
