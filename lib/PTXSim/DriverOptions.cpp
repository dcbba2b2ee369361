//===- DriverOptions.cpp - what the environment says ------------------------===//
//
// A value that is none is an error: a misspelt option would be a check that is not made.
//
//===----------------------------------------------------------------------===//

#include "DriverState.h"

#include <cstdlib>
#include <fstream>

using namespace normc::ptxsim;
using namespace normc::ptxsim::driver;

namespace {
struct Architecture {
  int arch;
  uint64_t sharedBytes;
};
const Architecture architectures[] = {{75, 64 << 10},   {80, 163 << 10},  {86, 99 << 10},
                                      {87, 163 << 10},  {89, 99 << 10},   {90, 227 << 10},
                                      {100, 227 << 10}, {103, 227 << 10}, {110, 227 << 10},
                                      {120, 99 << 10},  {121, 99 << 10}};

const char *get(const char *name) {
  const char *value = getenv(name);
  return value && *value ? value : nullptr;
}

std::string expected(const char *name, const std::string &what) {
  return std::string(name) + ": expects " + what + ", but got '" + get(name) + "'";
}

std::string readNumber(const char *name, uint64_t most, uint64_t &number) {
  const char *value = get(name);
  if (!value)
    return "";
  uint64_t result = 0;
  for (const char *c = value; *c; ++c) {
    uint64_t digit = uint64_t(*c - '0');
    if (digit > 9 || digit > most || result > (most - digit) / 10)
      return expected(name, "a number from 0 to " + std::to_string(most));
    result = result * 10 + digit;
  }
  number = result;
  return "";
}

std::string readFlag(const char *name, bool &flag) {
  uint64_t number = flag;
  std::string error = readNumber(name, 1, number);
  flag = number;
  return error;
}

std::string readOrder(Order &order) {
  const char *name = "NORMC_PTXSIM_ORDER", *value = get(name);
  const std::pair<const char *, Order> orders[] = {{"forward", Order::Forward},
                                                   {"reverse", Order::Reverse},
                                                   {"random", Order::Random},
                                                   {"skewed", Order::Skewed}};
  for (auto &[word, meaning] : orders)
    if (!value || std::string(word) == value) {
      order = meaning;
      return "";
    }
  return expected(name, "forward, reverse, random or skewed");
}

std::string readArch(int &arch) {
  const char *name = "NORMC_PTXSIM_ARCH";
  uint64_t number = arch;
  std::string error = readNumber(name, 1000, number), list;
  if (!error.empty())
    return error;
  for (const Architecture &known : architectures) {
    if (uint64_t(known.arch) == number) {
      arch = known.arch;
      return "";
    }
    list += (list.empty() ? "" : ", ") + std::to_string(known.arch);
  }
  return expected(name, "one of " + list);
}
} // namespace

uint64_t driver::sharedBytes(int arch) {
  for (const Architecture &known : architectures)
    if (known.arch == arch)
      return known.sharedBytes;
  return 48 << 10;
}

std::string driver::readOptions(Options &options) {
  Options read;
  const std::string errors[] = {
      readArch(read.arch),
      readOrder(read.order),
      readNumber("NORMC_PTXSIM_SEED", UINT64_MAX, read.seed),
      readFlag("NORMC_PTXSIM_RACES", read.races),
      readFlag("NORMC_PTXSIM_GLOBAL_RACES", read.globalRaces),
      readNumber("NORMC_PTXSIM_MAX_INSTRUCTIONS", UINT64_MAX, read.maxInstructions),
      readNumber("NORMC_PTXSIM_MISALIGN", 1 << 20, read.misalign)};
  for (const std::string &error : errors)
    if (!error.empty())
      return error;
  const char *reportName = "NORMC_PTXSIM_REPORT";
  if (const char *report = get(reportName)) {
    if (!std::ofstream(report, std::ios::app))
      return expected(reportName, "a file that can be written");
    read.report = report;
  }
  options = read;
  return "";
}
