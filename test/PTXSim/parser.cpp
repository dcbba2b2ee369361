// What is not understood is an error with its line, whatever it is; damaged text does not crash.
//
// RUN: %cxx -std=c++17 -O1 -I%include %s %build/lib/libnormcPTXSim.a -o %t && %t

#include "Inputs/harness.h"
#include "Inputs/kernels.h"

static const char header[] = ".version 8.8\n.target sm_100\n.address_size 64\n";

static std::string parse(const std::string &text) {
  Module module;
  return module.parse(text);
}

static void expectError(const std::string &text, const std::string &what) {
  std::string error = parse(text);
  if (error.find(what) == std::string::npos) {
    ++failures;
    printf("expects '%s', but got '%s' for:\n%s\n", what.c_str(), error.c_str(), text.c_str());
  }
}

/// One statement, in line 7 of a kernel with some registers.
static std::string kernel(const std::string &statement) {
  return std::string(header) +
         ".entry k(.param .u64 p)\n{\n"
         ".reg .b32 %r<9>; .reg .b64 %rd<9>; .reg .b16 %rs<9>; .reg .pred %p<9>; .reg .f32 "
         "%f<9>;\n" +
         statement + "\nret;\n}\n";
}

static void structure() {
  expectError("", "line 1: expects .version, but got the end of the text");
  expectError(".version 8.1\n.address_size 64", "line 2: expects .target");
  expectError(".version 8.1\n.target sm_90\n.address_size 32", "line 3: expects .address_size 64");
  expectError(std::string(header) + "garbage",
              "line 4: expects a directive of a module, but got 'garbage'");
  expectError(std::string(header) + ".entry k(\n.param .u64 p", "line 5: expects ')'");
  expectError(std::string(header) + ".entry k()\n{\nret;\n", "expects '}' of k");
  expectError(std::string(header) + ".entry k()\n.maxtid 3\n{ret;}",
              "line 5: expects a directive of a function");
  expectError(std::string(header) + ".entry k(){ret;}\n.entry k(){ret;}",
              "line 5: expects one definition of k");
  expectError(std::string(header) + ".extern .global .b32 x;",
              "expects x to be defined in this module");
  expectError(std::string(header) + ".global .b32 x[2] = {1, 2, 3};",
              "at most 8 bytes of initial values");
  expectError(std::string(header) + ".global .b32 x; .global .b32 x;", "expects one x in a module");
  expectError(std::string(header) + ".extern .func f;\n.entry k(){\ncall f;\nret;}",
              "line 6: expects f to be defined in this module");
  expectError(std::string(header) + ".func f(){\ncall f;\nret;}",
              "line 5: expects no recursion, but f calls itself");
  // Functions that nobody calls are decoded too.
  expectError(std::string(header) + ".func f(){\nfoo.b32 a, b;\nret;}",
              "line 5: does not know the instruction foo.b32");
}

static void statements() {
  CHECK(parse(kernel("add.s32 %r1, %r2, 3;")).empty());
  expectError(kernel("frobnicate.s32 %r1, %r2;"),
              "line 7: does not know the instruction frobnicate.s32");
  expectError(kernel("wmma.mma.sync.f32 %r1, %r2;"), "does not know the instruction wmma");
  expectError(kernel("add.s32.fast %r1, %r2, %r3;"),
              "line 7: does not know the modifier .fast of add");
  expectError(kernel("add.rn.sat.f64 %rd1, %rd2, %rd3;"), "expects no .sat for f64");
  expectError(kernel("ld.global.L9::keep.f32 %f1, [%rd1];"),
              "does not know the modifier .L9::keep of ld");
  expectError(kernel("add.s32 %r1, %r2;"), "line 7: expects 3 operands, but got 2");
  expectError(kernel("add.s32 %r1, %r2, %r77;"), "does not know %r77");
  expectError(kernel("add.s32 %r1, %r2, %rd3;"), "expects an operand of 32 bits, but %rd3 has 64");
  expectError(kernel("add.s64 %r1, %rd2, %rd3;"), "expects a result of 64 bits, but %r1 has 32");
  expectError(kernel("add.f32 %f1, %f2, 3;"), "expects a float, but got an integer");
  expectError(kernel("mov.u32 %r1, %clock;"), "does not know %clock");
  expectError(kernel("@%r1 mov.u32 %r1, 0;"), "expects a predicate, but got %r1");
  expectError(kernel("bra $nowhere;"), "line 7: expects a label $nowhere");
  expectError(kernel("$a:\n$a:"), "line 8: expects one label $a");
  expectError(kernel("ld.shared.f32 %f1, [p];"), "expects p in the state space of the instruction");
  expectError(kernel("ld.global.f32 %f1, [%r1];"), "expects an address in 64 bits");
  expectError(kernel("ld.global.f32 %f1, %rd1;"), "expects an address in brackets");
  expectError(kernel("st.global.v4.f32 [%rd1], {%f1, %f2};"), "expects a vector of 4");
  expectError(kernel("cvt.s32.f32 %r1, %f1;"), "expects .rni, .rzi, .rmi or .rpi");
  expectError(kernel("cvt.f32.s32 %f1, %r1;"), "expects a rounding");
  expectError(kernel("cvt.bf16x2.f32 %r1, %f1, %f2;"), "expects a rounding");
  expectError(kernel("shfl.bfly.b32 %r1, %r2, 1, 31;"), "expects .sync");
  expectError(kernel("setp.lo.s32 %p1, %r1, %r2;"), "expects another comparison for s32");
  expectError(kernel("cp.async.bulk.tensor.1d.shared::cluster.global.tile [%r1], [%rd1], [%r2];"),
              "does not know the instruction cp.async.bulk.tensor");
  expectError(kernel("tex.1d.v4.f32.s32 {%f1, %f2, %f3, %f4}, [%rd1, {%r1}];"),
              "coordinates of a tensor");
  expectError(kernel("call (%r1), %rd1, (%r2), proto;"), "a call through a pointer");
  expectError(kernel(".reg .b77 %q;"), "line 7: expects a type, but got .b77");
  expectError(kernel(".reg .b32 %r<3>;"), "line 7: expects one declaration of %r");
  expectError(kernel("mov.u32 %r1, 0x;"), "line 7: expects a number");
  expectError(kernel("mov.f32 %f1, 0f3F80;"), "line 7: expects a number");
  expectError(kernel("mov.u32 %r1, 99999999999999999999999;"), "expects a number");
  expectError(kernel("/* no end"), "expects '}' of k");
  expectError(kernel("mov.u32 %r1, 0"), "line 8: expects ';'");
  CHECK(
      parse(kernel("{ .reg .b32 %r; .reg .pred %q; mov.u32 %r, 010; @!%q bra $x;\n$x: }\n"
                   "// a comment; /* in a line */\nmov.u32 %r1, -0x7; ; .pragma \"nounroll\";\n"
                   ".loc 1 2 3\n.loc 1 2 3, function_name $x, inlined_at 1 2 3\n"
                   "mov.b32 %r1, (2 + 3) * 4 - ~1; mov.u32 %r2, WARP_SZ; add.s32 %r3, %tid.x, 1;"))
          .empty());
}

static void facts() {
  Module module;
  CHECK(module
            .parse(std::string(header) + R"(
.extern .shared .align 128 .b8 dynamic[];
.shared .align 8 .b8 unused[999];
.visible .entry k(.param .u32 a, .param .u64 .ptr .global .align 16 b, .param .align 16 .b8 c[20], .param .u8 d)
.reqntid 64, 2
.minnctapersm 3
.reqnctapercluster 2
.explicitcluster
{
  .reg .b32 %r<5>; .reg .b64 %rd<6>; .reg .pred %p<2>; .reg .b16 %h;
  .shared .align 16 .b8 own[20];
  .local .align 16 .b8 stack[48];
  mov.u32 %r1, dynamic; mov.u32 %r2, own; mov.u64 %rd1, stack;
  ret;
}
)")
            .empty());
  const Entry *entry = module.entry("k");
  CHECK(entry && module.entries().size() == 1 && !module.entry("l"));
  if (!entry)
    return;
  CHECK(module.version() == "8.8" && module.target() == "sm_100");
  CHECK(entry->parameters.size() == 4 && entry->parameterBytes == 37);
  CHECK(entry->parameters[1].offset == 8 && entry->parameters[1].size == 8);
  CHECK(entry->parameters[2].offset == 16 && entry->parameters[2].align == 16);
  CHECK(entry->parameters[3].name == "d" && entry->parameters[3].offset == 36);
  CHECK(entry->reqntid.x == 64 && entry->reqntid.y == 2 && entry->reqntid.z == 1 &&
        !entry->maxntid.x);
  CHECK(entry->minnctapersm == 3 && entry->reqnctapercluster.x == 2 && entry->explicitcluster);
  CHECK(entry->staticShared == 20 && entry->dynamicShared && entry->localBytes == 48);
  CHECK(entry->registers.at("b32") == 5 && entry->registers.at("b64") == 6 &&
        entry->registers.at("pred") == 2);
}

// A few thousand damages: characters and lines changed, taken away, doubled, swapped.
static void damage() {
  const char *sources[] = {rowSum, clusterSum, neighbours, pipeline, bulk};
  const char alphabet[] = "abdprsuxyz0123456789%$._,;:[]{}()<>@!|+-*/\"\\\n \t#~&=\xff\x01";
  int good = 0;
  for (int k = 0; k < 20000; ++k) {
    std::string text = sources[k % 5];
    for (int changes = nextRandom() % 4 ? 1 : 3; changes > 0 && !text.empty(); --changes) {
      size_t at = nextRandom() % text.size(), length = 1 + nextRandom() % 12;
      switch (nextRandom() % 7) {
      case 6: {
        size_t digit = text.find_first_of("0123456789", at);
        if (digit != std::string::npos)
          text[digit] = char('0' + nextRandom() % 10);
        break;
      }
      case 0:
        text[at] = alphabet[nextRandom() % (sizeof alphabet - 1)];
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, 1, alphabet[nextRandom() % (sizeof alphabet - 1)]);
        break;
      case 3:
        text.insert(at, text.substr(nextRandom() % text.size(), length));
        break;
      case 4:
        text.resize(at);
        break;
      default: {
        size_t line = text.find('\n', at);
        if (line != std::string::npos)
          text.erase(at, line - at);
      }
      }
    }
    Module module;
    if (!module.parse(text).empty())
      continue;
    // What still is PTX may do anything, but ends.
    ++good;
    std::vector<float> x(4096), y(4096), out(4096);
    Memory memory;
    uint64_t px = memory.add("x", x.data(), 16384, Access::ReadOnly);
    uint64_t py = memory.add("y", y.data(), 16384, Access::ReadWrite);
    uint64_t pout = memory.add("out", out.data(), 16384, Access::WriteOnly);
    Launch launch;
    launch.entry = module.entries().empty() ? "none" : module.entries()[0].name;
    uint64_t words[8] = {px, py, pout, 300};
    if (!module.entries().empty() && module.entries()[0].parameterBytes <= sizeof words)
      launch.parameters.assign(reinterpret_cast<uint8_t *>(words),
                               reinterpret_cast<uint8_t *>(words) +
                                   module.entries()[0].parameterBytes);
    launch.grid = {4, 1, 1};
    launch.block = {k % 5 == 1 ? 64u : k % 5 == 2 ? 32u : 128u, 1, 1};
    launch.order = Order(k % 4);
    launch.maxInstructions = 200000;
    run(module, memory, launch);
  }
  CHECK(good > 1000);
}

int main() {
  structure();
  statements();
  facts();
  for (const char *text : {rowSum, clusterSum, neighbours, pipeline, bulk}) {
    CHECK(parse(text).empty());
    // Cut off anywhere but at the end, it is an error.
    std::string whole = text;
    size_t last = whole.rfind('}');
    for (size_t at = 0; at < last; at += 7)
      CHECK(!parse(whole.substr(0, at)).empty() || at < whole.find(".visible"));
  }
  damage();
  return failures != 0;
}
