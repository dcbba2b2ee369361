/* Runs the body of a kernel on one word of input and one of output for each thread. */

#ifndef NORMC_TEST_PTXSIM_THREADS_H
#define NORMC_TEST_PTXSIM_THREADS_H

#include "harness.h"

/// %t is the thread in the grid, %in its word, %o the word that is stored. `outside`: declarations
/// of the module; threads of a block, blocks of a cluster.
inline std::string threadKernel(const std::string &body, const std::string &outside = "",
                                const std::string &directives = "") {
  return ".version 8.8\n.target sm_100a\n.address_size 64\n" + outside +
         "\n.visible .entry k(.param .u64 p_in, .param .u64 p_out)" + directives + "\n{\n" +
         R"(.reg .pred %p<20>; .reg .b16 %h<20>; .reg .b32 %r<60>; .reg .b64 %rd<40>; .reg .f32 %f<20>;
.reg .b32 %t; .reg .b32 %in; .reg .b32 %o; .reg .b64 %pin; .reg .b64 %pout;
mov.u32 %r0, %ctaid.x; mov.u32 %r1, %ntid.x; mov.u32 %r2, %tid.x; mad.lo.s32 %t, %r0, %r1, %r2;
ld.param.u64 %pin, [p_in]; ld.param.u64 %pout, [p_out];
mul.wide.u32 %rd0, %t, 4; add.s64 %pin, %pin, %rd0; add.s64 %pout, %pout, %rd0;
ld.global.u32 %in, [%pin];
)" + body +
         "\nst.global.u32 [%pout], %o;\nret;\n}\n";
}

struct ThreadRun {
  std::vector<uint32_t> in, out;
  Result result;
  Order order = Order::Forward;
};

/// In every order, the results are `expected(in, thread)`.
inline void
threads(const char *name, const std::string &text, uint32_t count, uint32_t block,
        const std::function<uint32_t(const std::vector<uint32_t> &, uint32_t)> &expected,
        const std::function<void(ThreadRun &)> &also = nullptr) {
  Module module;
  std::string error = module.parse(text);
  if (!error.empty()) {
    ++failures;
    printf("%s: %s\n", name, error.c_str());
    return;
  }
  for (Order order : {Order::Forward, Order::Reverse, Order::Random, Order::Skewed})
    for (uint64_t seed = 1; seed <= 4; ++seed) {
      ThreadRun r;
      r.order = order;
      for (uint32_t k = 0; k < count; ++k)
        r.in.push_back(uint32_t(nextRandom() >> (nextRandom() % 32)));
      r.out.assign(count, 0x12345678);
      Memory memory;
      uint64_t pin = memory.add("in", r.in.data(), 4 * count, Access::ReadOnly);
      uint64_t pout = memory.add("out", r.out.data(), 4 * count, Access::WriteOnly);
      Launch launch;
      launch.entry = "k";
      launch.block = {block, 1, 1};
      launch.grid = {count / block, 1, 1};
      launch.arguments = {&pin, &pout};
      launch.order = order;
      launch.seed = seed;
      launch.maxInstructions = 50000000;
      r.result = run(module, memory, launch);
      if (!r.result.ok()) {
        ++failures;
        printf("%s: %s\n", name, r.result.error.c_str());
        return;
      }
      for (uint32_t t = 0; t < count; ++t)
        if (r.out[t] != expected(r.in, t)) {
          ++failures;
          printf("%s, order %d: thread %u gives %x, not %x\n", name, int(order), t, r.out[t],
                 expected(r.in, t));
          return;
        }
      if (also)
        also(r);
    }
}

#endif
