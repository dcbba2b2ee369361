//===- Session.h - a context whose messages go to a function --------------===//
//
// What a program needs that compiles from memory: text in, modules out, and everything that is said
// on the way as values.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_COMPILER_SESSION_H
#define NORMC_COMPILER_SESSION_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

#include <functional>
#include <string>

namespace normc {

/// An error, a warning, a note to the one before it, or a remark.
struct Message {
  mlir::DiagnosticSeverity severity;
  std::string text;
  /// Where in the source it is about, counted from 1; nothing and 0 where that is not known.
  std::string file = "";
  unsigned line = 0, column = 0;
  /// Of remarks on decisions: the pass or step, as "norm-fuse", and what it was about.
  std::string category = "", name = "";
};

using MessageFn = std::function<void(const Message &)>;

/// An MLIR context with all that `compile` needs. For one thread at a time.
class Session {
public:
  /// `remarks`: a regular expression of the categories whose remarks are wanted; empty: none.
  static llvm::Expected<std::unique_ptr<Session>> create(MessageFn onMessage,
                                                         llvm::StringRef remarks = "");

  mlir::MLIRContext &getContext() { return context; }

  /// Reads text or bytecode; `name` stands for the file in messages. Null after an error.
  mlir::OwningOpRef<mlir::ModuleOp> parse(llvm::StringRef text, llvm::StringRef name);

  /// An error that is about no place in a source.
  void fail(llvm::Error error);

private:
  Session(MessageFn onMessage);

  MessageFn onMessage;
  mlir::MLIRContext context;
};

/// Calls `work` on a thread with a large stack, and waits for it: text can be nested deeply. An
/// error where no thread can be made.
llvm::Error runWithLargeStack(llvm::function_ref<void()> work);

/// An error where text is nested deeper than the stack of this thread allows: parsers and passes
/// call themselves for what is nested.
mlir::LogicalResult checkNesting(mlir::MLIRContext &context, llvm::StringRef source,
                                 llvm::StringRef name);

/// A copy for MLIR's parser: it wants a 0 behind a source, and bytecode that has resources to begin
/// at an address as aligned as they are.
std::unique_ptr<llvm::MemoryBuffer> copySource(llvm::StringRef source, llvm::StringRef name);

} // namespace normc

#endif // NORMC_COMPILER_SESSION_H
