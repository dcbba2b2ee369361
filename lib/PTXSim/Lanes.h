//===- Lanes.h - one function on all lanes ----------------------------------===//
//
// A register holds a value in the low bits of its lanes, with zeros above it.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_LANES_H
#define NORMC_LIB_PTXSIM_LANES_H

#include "Program.h"

#include <cstring>
#include <type_traits>

namespace normc::ptxsim {

/// Calls f for every active lane. The loop over all of them has no branch, so that the compiler can
/// make vectors of it; lanes do not depend on each other even where registers are the same.
template <class F> inline void each(uint32_t active, F f) {
  if (active == ~0u) {
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC ivdep
#endif
    for (int lane = 0; lane < 32; ++lane)
      f(lane);
    return;
  }
  for (uint32_t rest = active; rest; rest &= rest - 1)
    f(__builtin_ctz(rest));
}

template <class T> inline T get(uint64_t bits) {
  if constexpr (std::is_integral_v<T>) {
    return T(bits);
  } else {
    T value;
    memcpy(&value, &bits, sizeof value);
    return value;
  }
}
template <class T> inline uint64_t put(T value) {
  if constexpr (std::is_integral_v<T>) {
    return uint64_t(std::make_unsigned_t<T>(value));
  } else {
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof value);
    return bits;
  }
}

template <class T, T (*op)(T)> void unary(const Args &x) {
  each(x.active, [&](int l) { x.d[l] = put<T>(op(get<T>(x.a[l]))); });
}
template <class T, T (*op)(T, T)> void binary(const Args &x) {
  each(x.active, [&](int l) { x.d[l] = put<T>(op(get<T>(x.a[l]), get<T>(x.b[l]))); });
}
template <class T, T (*op)(T, T, T)> void ternary(const Args &x) {
  each(x.active,
       [&](int l) { x.d[l] = put<T>(op(get<T>(x.a[l]), get<T>(x.b[l]), get<T>(x.c[l]))); });
}

} // namespace normc::ptxsim

#endif // NORMC_LIB_PTXSIM_LANES_H
