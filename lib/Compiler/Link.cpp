//===- Link.cpp - objects into libraries ---------------------------------===//
//
// Shared libraries by LLD, inside this process where normc was built with it (1 ms instead of the
// 16 ms of a new process), else by a program `ld.lld`. Static archives by LLVM.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Emit.h"
#include "normc/Compiler/Output.h"

#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

#include <mutex>
#include <shared_mutex>

#ifdef NORMC_HAS_LLD
#include "lld/Common/Driver.h"
LLD_HAS_DRIVER(elf)
#endif

using namespace llvm;
using namespace normc;

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

std::shared_mutex &normc::getFlagsMutex() {
  static std::shared_mutex mutex;
  return mutex;
}

static Error runLinker(ArrayRef<const char *> args) {
#ifdef NORMC_HAS_LLD
  std::lock_guard<std::shared_mutex> alone(getFlagsMutex());
  std::string messages;
  raw_string_ostream os(messages);
  lld::Result result = lld::lldMain(args, os, os, {{lld::Gnu, &lld::elf::link}});
  if (result.retCode == 0 && result.canRunAgain)
    return Error::success();
  return makeError("linking failed: " + StringRef(messages).rtrim());
#else
  ErrorOr<std::string> program = sys::findProgramByName("ld.lld", {NORMC_LLVM_BIN});
  if (!program)
    program = sys::findProgramByName("ld.lld");
  if (!program)
    return makeError("no ld.lld in " NORMC_LLVM_BIN
                     " or on PATH, which links shared libraries: install lld-22, or emit 'obj'");
  SmallVector<StringRef> words(args.begin(), args.end());
  Expected<TemporaryFile> log = TemporaryFile::create("log", "");
  if (!log)
    return log.takeError();
  std::string message;
  int status = sys::ExecuteAndWait(
      *program, words, std::nullopt,
      {std::nullopt, StringRef(log->getPath()), StringRef(log->getPath())}, 0, 0, &message);
  if (status == 0)
    return Error::success();
  if (auto text = MemoryBuffer::getFile(log->getPath()))
    message += (*text)->getBuffer().rtrim();
  return makeError("linking with '" + *program + "' failed: " + message);
#endif
}

Expected<SmallVector<char, 0>>
normc::linkSharedLibrary(ArrayRef<char> object, const TargetSpec &target, StringRef soname) {
  Expected<TemporaryFile> input =
      TemporaryFile::create("o", StringRef(object.data(), object.size()));
  if (!input)
    return input.takeError();
  Expected<TemporaryFile> output = TemporaryFile::create("so", "");
  if (!output)
    return output.takeError();
  SmallVector<const char *> args = {"ld.lld",
                                    "-shared",
                                    "-m",
                                    target.isX86() ? "elf_x86_64" : "aarch64linux",
                                    "--hash-style=gnu",
                                    "-z",
                                    "noexecstack",
                                    "-z",
                                    "relro",
                                    "--threads=1"};
  std::string name = ("-soname=" + soname).str();
  if (!soname.empty())
    args.push_back(name.c_str());
  args.append({"-o", output->getPath().c_str(), input->getPath().c_str()});
  if (Error error = runLinker(args))
    return error;
  auto linked =
      MemoryBuffer::getFile(output->getPath(), /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!linked)
    return makeError("cannot read the linker's output '" + output->getPath() +
                     "': " + linked.getError().message());
  StringRef bytes = (*linked)->getBuffer();
  return SmallVector<char, 0>(bytes.begin(), bytes.end());
}

Expected<SmallVector<char, 0>> normc::makeArchive(ArrayRef<char> object, StringRef member) {
  SmallVector<NewArchiveMember> members;
  members.emplace_back(MemoryBufferRef(StringRef(object.data(), object.size()), member));
  // Deterministic: no time, user or group, so that the same kernel gives the same archive.
  auto buffer = writeArchiveToBuffer(members, SymtabWritingMode::NormalSymtab,
                                     object::Archive::K_GNU, /*Deterministic=*/true,
                                     /*Thin=*/false);
  if (!buffer)
    return buffer.takeError();
  StringRef bytes = (*buffer)->getBuffer();
  return SmallVector<char, 0>(bytes.begin(), bytes.end());
}
