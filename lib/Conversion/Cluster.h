//===- Cluster.h - what blocks of a cluster tell each other ------------------===//
//
// A number that a thread has goes into the shared memory of every block of its cluster, by stores
// that a barrier there counts: who waits for the barrier waits for the numbers, and for no block.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_CLUSTER_H
#define NORMC_LIB_CONVERSION_CLUSTER_H

#include "ThreadTeam.h"

namespace mlir::norm {

class Cluster {
public:
  /// Writes the start of a block's code; `isFirst`: whether it is the thread that makes barriers.
  Cluster(ImplicitLocOpBuilder &b, Block *block, Value isFirst);

  /// Before anything is sent: waits until all blocks have made their barriers, or have arrived.
  void wait();
  /// Says that what was sent has been read; once for each time that is waited, but the first.
  void arrive();
  /// A barrier that one thread of the block arrives at, and bytes.
  Value createBarrier();
  /// Arrives, for a phase that ends when that many bytes have come; by one thread.
  void expect(Value barrier, Value bytes);
  /// Puts a value where `buffer` has that place in block `rank`, whose barrier counts its bytes: 8, or
  /// 4 of what is narrower, too, which lies in the lower bits of a word.
  void send(Value value, Value buffer, ValueRange indices, Value barrier, Value rank);
  /// Waits for the end of a phase, of the first if `parity` is 0.
  void await(Value barrier, Value parity);

private:
  ImplicitLocOpBuilder &b;
  Block *block;
  /// What the first thread does before all others.
  Block *setup;
};

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_CLUSTER_H
