//===- Session.cpp - a context whose messages go to a function ------------===//
//
// Diagnostics and remarks as values.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Session.h"
#include "normc/Compiler/Compiler.h"

#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Parser/Parser.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/SourceMgr.h"

#include <pthread.h>

using namespace llvm;
using namespace normc;

/// The largest that there is room for.
static constexpr size_t kStackBytes[] = {256u << 20, 64u << 20, 8u << 20};

/// What a level of nesting takes of the stack at most: parsing operations in regions takes 8 KB.
static constexpr size_t kLevelBytes = 12 << 10;

/// The innermost place in a file that a location has.
static void setPlace(Message &message, mlir::Location location) {
  location->walk([&](mlir::Location part) {
    auto place = dyn_cast<mlir::FileLineColLoc>(part);
    if (!place)
      return mlir::WalkResult::advance();
    message.file = place.getFilename().str();
    message.line = place.getLine();
    message.column = place.getColumn();
    return mlir::WalkResult::interrupt();
  });
}

namespace {

class RemarkStreamer : public mlir::remark::detail::MLIRRemarkStreamerBase {
public:
  explicit RemarkStreamer(const MessageFn &onMessage) : onMessage(onMessage) {}

  void streamOptimizationRemark(const mlir::remark::detail::Remark &remark) override {
    Message message{mlir::DiagnosticSeverity::Remark, remark.getMsg()};
    setPlace(message, remark.getLocation());
    message.category = remark.getCombinedCategoryName().str();
    message.name = remark.getRemarkName().str();
    onMessage(message);
  }

private:
  const MessageFn &onMessage;
};

} // namespace

// Without threads of its own: a pool costs more than it gives to one small module.
Session::Session(MessageFn onMessage)
    : onMessage(std::move(onMessage)), context(mlir::MLIRContext::Threading::DISABLED) {
  mlir::DialectRegistry registry;
  registerCompilerDialects(registry);
  context.appendDialectRegistry(registry);
  // The operation in full, which may be the whole module, hides the message.
  context.printOpOnDiagnostic(false);
  context.getDiagEngine().registerHandler([this](mlir::Diagnostic &diagnostic) {
    auto say = [&](const mlir::Diagnostic &part) {
      Message message{part.getSeverity(), part.str()};
      setPlace(message, part.getLocation());
      this->onMessage(message);
    };
    say(diagnostic);
    for (const mlir::Diagnostic &note : diagnostic.getNotes())
      say(note);
  });
}

Expected<std::unique_ptr<Session>> Session::create(MessageFn onMessage, StringRef remarks) {
  std::string why;
  if (!remarks.empty() && !Regex(remarks).isValid(why))
    return createStringError(inconvertibleErrorCode(),
                             "expected a regular expression of categories of remarks, but got '" +
                                 remarks + "': " + why);
  std::unique_ptr<Session> session(new Session(std::move(onMessage)));
  if (remarks.empty())
    return session;
  mlir::remark::RemarkCategories categories;
  categories.passed = categories.missed = categories.analysis = categories.failed = remarks.str();
  if (failed(mlir::remark::enableOptimizationRemarks(
          session->context, std::make_unique<RemarkStreamer>(session->onMessage),
          std::make_unique<mlir::remark::RemarkEmittingPolicyAll>(), categories)))
    return createStringError(inconvertibleErrorCode(), "remarks cannot be collected");
  return session;
}

std::unique_ptr<MemoryBuffer> normc::copySource(StringRef source, StringRef name) {
  auto buffer = WritableMemoryBuffer::getNewUninitMemBuffer(source.size(), name, Align(4096));
  llvm::copy(source, buffer->getBufferStart());
  return buffer;
}

/// How much of the stack is left.
static size_t getStackRoom() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes))
    return 0;
  void *bottom = nullptr;
  size_t bytes = 0;
  pthread_attr_getstack(&attributes, &bottom, &bytes);
  pthread_attr_destroy(&attributes);
  return reinterpret_cast<char *>(&attributes) - static_cast<char *>(bottom);
}

mlir::LogicalResult normc::checkNesting(mlir::MLIRContext &context, StringRef source,
                                        StringRef name) {
  if (mlir::isBytecode(MemoryBufferRef(source, name)))
    return mlir::success();
  size_t most = getStackRoom() / kLevelBytes, depth = 0, line = 1, begin = 0;
  // A sign is of what follows, so that signs are inside of each other too.
  size_t signs = 0;
  for (size_t i = 0; i < source.size(); ++i) {
    if (source[i] == '-')
      ++signs;
    else if (!isSpace(source[i]))
      signs = 0;
    switch (source[i]) {
    case '-':
      if (depth + signs > most)
        return mlir::emitError(mlir::FileLineColLoc::get(&context, name, line, i - begin + 1))
               << "expects at most " << most << " signs and brackets inside of each other";
      break;
    case '\n':
      ++line;
      begin = i + 1;
      break;
    case '"':
      // A string ends with its line, or the parser says so.
      for (++i; i < source.size() && source[i] != '"' && source[i] != '\n'; ++i)
        i += source[i] == '\\';
      i -= i < source.size() && source[i] == '\n';
      break;
    case '/':
      if (source.substr(i).starts_with("//"))
        i = std::min(source.find('\n', i), source.size()) - 1;
      break;
    case '(':
    case '[':
    case '{':
    case '<':
      // A comparison of integers.
      if (source.substr(i).starts_with("<="))
        break;
      if (++depth > most)
        return mlir::emitError(mlir::FileLineColLoc::get(&context, name, line, i - begin + 1))
               << "expects at most " << most << " brackets inside of each other";
      break;
    case '>':
      // An arrow, or a comparison of integers.
      if ((i > 0 && source[i - 1] == '-') || source.substr(i).starts_with(">="))
        break;
      [[fallthrough]];
    case ')':
    case ']':
    case '}':
      depth -= depth > 0;
      break;
    }
  }
  return mlir::success();
}

mlir::OwningOpRef<mlir::ModuleOp> Session::parse(StringRef text, StringRef name) {
  if (failed(checkNesting(context, text, name)))
    return nullptr;
  SourceMgr sources;
  sources.AddNewSourceBuffer(copySource(text, name), SMLoc());
  return mlir::parseSourceFile<mlir::ModuleOp>(sources, &context);
}

void Session::fail(Error error) {
  onMessage({mlir::DiagnosticSeverity::Error, toString(std::move(error))});
}

Error normc::runWithLargeStack(function_ref<void()> work) {
  auto run = [](void *work) -> void * {
    (*static_cast<function_ref<void()> *>(work))();
    return nullptr;
  };
  // Not by llvm::thread, which ends the process where no thread can be made.
  int status = 0;
  for (size_t bytes : kStackBytes) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, bytes);
    pthread_t thread;
    status = pthread_create(&thread, &attributes, run, &work);
    pthread_attr_destroy(&attributes);
    if (status == 0) {
      pthread_join(thread, nullptr);
      return Error::success();
    }
  }
  return createStringError(inconvertibleErrorCode(), "no thread can be made to compile on: " +
                                                         std::generic_category().message(status));
}
