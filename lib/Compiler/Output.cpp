//===- Output.cpp - files that appear whole or not at all ----------------===//
//
// Temporary files in the destinations' own folders, renamed when all of them are complete.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Output.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdio>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

using namespace llvm;
using namespace normc;

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

/// Follows links, so that a link to a file stays one. A file that is not there is its own path.
static std::string resolve(StringRef path) {
  SmallString<128> real;
  if (path != "-" && !sys::fs::real_path(path, real))
    return real.str().str();
  return path.str();
}

/// The file in an existing folder, by the folder's real path: equal for different spellings.
static std::string identify(StringRef path) {
  SmallString<128> folder(sys::path::parent_path(path));
  if (folder.empty())
    folder = ".";
  if (sys::fs::exists(path))
    return resolve(path);
  SmallString<128> real(resolve(folder));
  sys::path::append(real, sys::path::filename(path));
  return real.str().str();
}

Error normc::checkOutputs(ArrayRef<OutputFile> files, ArrayRef<std::string> inputs) {
  SmallVector<std::string> seen;
  for (const OutputFile &file : files) {
    if (file.path.empty())
      return makeError("expected the name of an output file, but got an empty one");
    std::string id = file.path == "-" ? "-" : identify(file.path);
    if (is_contained(seen, id))
      return makeError("two outputs go to " +
                       (file.path == "-" ? "standard output" : "the file '" + file.path + "'"));
    seen.push_back(id);
    if (file.path == "-")
      continue;
    for (const std::string &input : inputs)
      if (input != "-" && identify(input) == id)
        return makeError("the output '" + file.path + "' would overwrite the input");
    if (sys::fs::is_directory(file.path))
      return makeError("cannot write '" + file.path + "': it is a folder");
    StringRef folder = sys::path::parent_path(file.path);
    if (!folder.empty() && !sys::fs::is_directory(folder))
      return makeError("cannot write '" + file.path + "': there is no folder '" + folder + "'");
  }
  return Error::success();
}

static Error writeStream(raw_fd_ostream &os, StringRef contents, StringRef path) {
  os << contents;
  os.flush();
  if (!os.has_error())
    return Error::success();
  std::string message = os.error().message();
  os.clear_error();
  return makeError("cannot write " + (path == "-" ? "standard output" : "'" + path + "'") + ": " +
                   message);
}

/// A device or a pipe is written to: renaming would replace /dev/null with a file.
static bool isSpecial(StringRef path) {
  sys::fs::file_status status;
  return !sys::fs::status(path, status) && sys::fs::exists(status) &&
         !sys::fs::is_regular_file(status);
}

Expected<TemporaryFile> TemporaryFile::create(StringRef suffix, StringRef contents) {
  SmallString<128> model;
  sys::path::system_temp_directory(/*erasedOnReboot=*/true, model);
  // The linker makes a file beside its output by such a model.
  if (model.str().contains('%'))
    model = P_tmpdir;
  sys::path::append(model, "normc");
  int descriptor;
  std::string path;
  if (std::error_code ec =
          createBeside(model, suffix, sys::fs::owner_read | sys::fs::owner_write, descriptor, path))
    return makeError("cannot create a temporary file beside '" + model + "': " + ec.message());
  sys::RemoveFileOnSignal(path);
  TemporaryFile file(path);
  raw_fd_ostream os(descriptor, /*shouldClose=*/true);
  if (Error error = writeStream(os, contents, path))
    return error;
  return file;
}

TemporaryFile::~TemporaryFile() {
  if (path.empty())
    return;
  sys::fs::remove(path);
  sys::DontRemoveFileOnSignal(path);
}

std::error_code normc::createBeside(StringRef path, StringRef suffix, unsigned mode,
                                    int &descriptor, std::string &temporary) {
  std::error_code ec;
  for (int attempt = 0; attempt < 100; ++attempt) {
    temporary = (path + "." + utohexstr(sys::Process::GetRandomNumber()) + "." + suffix).str();
    ec = sys::fs::openFileForWrite(temporary, descriptor, sys::fs::CD_CreateNew, sys::fs::OF_None,
                                   mode);
    if (ec != std::errc::file_exists)
      break;
  }
  // Where a standard stream was closed its number is free, and what is written to the stream would
  // go into the file.
  if (!ec && descriptor <= STDERR_FILENO) {
    int low = std::exchange(descriptor, fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    if (descriptor < 0)
      ec = std::error_code(errno, std::generic_category());
    close(low);
  }
  return ec;
}

Error normc::writeOutputs(ArrayRef<OutputFile> files) {
  struct Pending {
    std::string temporary, path;
  };
  SmallVector<Pending> pending;
  auto discard = [&](Error error) {
    for (Pending &file : pending) {
      sys::fs::remove(file.temporary);
      sys::DontRemoveFileOnSignal(file.temporary);
    }
    return error;
  };

  for (const OutputFile &file : files) {
    if (file.path == "-" || isSpecial(file.path))
      continue;
    std::string path = resolve(file.path);
    unsigned mode = sys::fs::all_read | sys::fs::all_write;
    if (file.executable)
      mode |= sys::fs::all_exe;
    int descriptor;
    std::string temporary;
    if (std::error_code ec = createBeside(path, "tmp", mode, descriptor, temporary))
      return discard(makeError("cannot write '" + file.path + "': " + ec.message()));
    sys::RemoveFileOnSignal(temporary);
    pending.push_back({temporary, path});
    raw_fd_ostream os(descriptor, /*shouldClose=*/true);
    if (Error error = writeStream(os, file.contents, file.path))
      return discard(std::move(error));
  }
  // What cannot be taken back comes before what cannot fail any more.
  for (const OutputFile &file : files) {
    if (file.path == "-") {
      if (Error error = writeStream(outs(), file.contents, "-"))
        return discard(std::move(error));
    } else if (isSpecial(file.path)) {
      std::error_code ec;
      raw_fd_ostream os(file.path, ec);
      Error error = ec ? makeError("cannot write '" + file.path + "': " + ec.message())
                       : writeStream(os, file.contents, file.path);
      if (error)
        return discard(std::move(error));
    }
  }
  for (size_t i = 0; i < pending.size(); ++i) {
    if (std::error_code ec = sys::fs::rename(pending[i].temporary, pending[i].path)) {
      for (size_t j = 0; j < i; ++j)
        sys::fs::remove(pending[j].path);
      return discard(makeError("cannot write '" + pending[i].path + "': " + ec.message()));
    }
    sys::DontRemoveFileOnSignal(pending[i].temporary);
  }
  return Error::success();
}
