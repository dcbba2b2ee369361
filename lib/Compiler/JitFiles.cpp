//===- JitFiles.cpp - compiled kernels on disk ----------------------------===//
//
// A file is written beside its place and renamed, and has a checksum of all that is in it: no
// process needs to wait for another, and one that is killed does no harm. LLVM's CachePruning keeps
// the folder small.
//
//===----------------------------------------------------------------------===//

#include "JitFiles.h"
#include "BuildId.h"
#include "normc/Compiler/Output.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/CachePruning.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace normc;

namespace {

/// What a file begins with. All numbers are little-endian.
struct Header {
  char magic[8];
  support::ulittle64_t manifestBytes, objectBytes;
  /// Of the two numbers, and of what comes behind the header: the manifest, then the object.
  std::array<uint8_t, 32> checksum;
};

} // namespace

static constexpr StringLiteral kMagic = "normcjit";
/// CachePruning removes only files whose names begin so.
static constexpr StringLiteral kPrefix = "llvmcache-";

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

static std::array<uint8_t, 32> getChecksum(uint64_t manifestBytes, uint64_t objectBytes,
                                           StringRef contents) {
  BLAKE3 hash;
  support::ulittle64_t sizes[] = {support::ulittle64_t(manifestBytes),
                                  support::ulittle64_t(objectBytes)};
  hash.update(ArrayRef(reinterpret_cast<const uint8_t *>(sizes), sizeof(sizes)));
  hash.update(contents);
  return hash.final<32>();
}

Expected<std::unique_ptr<JitFiles>> JitFiles::open(StringRef given, uint64_t bytes) {
  // The process may go to another folder.
  SmallString<128> directory(given);
  if (std::error_code ec = sys::fs::make_absolute(directory))
    return makeError("no kernels are kept in '" + directory + "': " + ec.message());
  if (getBuildId().empty())
    return makeError("no kernels are kept in '" + directory +
                     "': expected this program to be linked with --build-id, without which what "
                     "another version compiled cannot be told");
  if (std::error_code ec =
          sys::fs::create_directories(directory, /*IgnoreExisting=*/true, sys::fs::owner_all))
    return makeError("no kernels are kept in '" + directory + "': " + ec.message());
  sys::fs::file_status status;
  if (std::error_code ec = sys::fs::status(directory, status))
    return makeError("no kernels are kept in '" + directory + "': " + ec.message());
  if (!sys::fs::is_directory(status))
    return makeError("no kernels are kept in '" + directory + "': it is no folder");
  if (status.permissions() & sys::fs::others_write)
    return makeError("no kernels are kept in '" + directory +
                     "': expected a folder that not everybody can write in");
  return std::unique_ptr<JitFiles>(new JitFiles(directory, bytes));
}

std::string JitFiles::getPath(StringRef key) const {
  SmallString<128> path(directory);
  sys::path::append(path, kPrefix + key);
  return path.str().str();
}

Expected<std::optional<JitFiles::Contents>> JitFiles::read(StringRef key) const {
  std::string path = getPath(key);
  // Whoever opens a pipe waits for its other end.
  sys::fs::file_status status;
  if (!sys::fs::status(path, status) && !sys::fs::is_regular_file(status))
    return makeError("cannot read '" + path + "': it is no file");
  // The time of access is what CachePruning goes by, and most systems do not set it themselves.
  Expected<sys::fs::file_t> handle = sys::fs::openNativeFileForRead(path, sys::fs::OF_UpdateAtime);
  if (!handle) {
    std::error_code ec = errorToErrorCode(handle.takeError());
    if (ec == std::errc::no_such_file_or_directory)
      return std::nullopt;
    return makeError("cannot read '" + path + "': " + ec.message());
  }
  // In memory of its own: a mapped file that is cut short would end the process.
  auto file = MemoryBuffer::getOpenFile(*handle, path, /*FileSize=*/-1,
                                        /*RequiresNullTerminator=*/false, /*IsVolatile=*/true);
  sys::fs::closeFile(*handle);
  if (!file)
    return makeError("cannot read '" + path + "': " + file.getError().message());
  StringRef bytes = (*file)->getBuffer();
  Header header;
  bool isWhole = bytes.size() >= sizeof(Header);
  if (isWhole) {
    memcpy(&header, bytes.data(), sizeof(Header));
    bytes = bytes.drop_front(sizeof(Header));
    isWhole = StringRef(header.magic, sizeof(header.magic)) == kMagic &&
              header.manifestBytes <= bytes.size() &&
              header.objectBytes == bytes.size() - header.manifestBytes &&
              header.checksum == getChecksum(header.manifestBytes, header.objectBytes, bytes);
  }
  if (!isWhole)
    return makeError("'" + path + "' is not what was written, and is made again");
  return Contents{std::move(*file), bytes.take_front(header.manifestBytes),
                  bytes.drop_front(header.manifestBytes)};
}

Error JitFiles::write(StringRef key, StringRef manifest, ArrayRef<char> object) const {
  std::string path = getPath(key);
  std::string temporary;
  int descriptor;
  if (std::error_code ec = createBeside(path, "tmp", sys::fs::owner_read | sys::fs::owner_write,
                                        descriptor, temporary))
    return makeError("cannot write '" + path + "': " + ec.message());
  std::string contents = (manifest + StringRef(object.data(), object.size())).str();
  Header header{{},
                support::ulittle64_t(manifest.size()),
                support::ulittle64_t(object.size()),
                getChecksum(manifest.size(), object.size(), contents)};
  memcpy(header.magic, kMagic.data(), sizeof(header.magic));
  raw_fd_ostream os(descriptor, /*shouldClose=*/true);
  os.write(reinterpret_cast<const char *>(&header), sizeof(header)) << contents;
  os.close();
  std::error_code ec = os.error();
  os.clear_error();
  if (!ec)
    ec = sys::fs::rename(temporary, path);
  // Whoever tidied the folder had to remove this one too.
  if (ec == std::errc::no_such_file_or_directory && sys::fs::is_directory(directory))
    return Error::success();
  if (ec) {
    sys::fs::remove(temporary);
    return makeError("cannot write '" + path + "': " + ec.message());
  }
  CachePruningPolicy policy;
  policy.Interval = std::chrono::seconds(0);
  policy.Expiration = std::chrono::seconds(0);
  policy.MaxSizePercentageOfAvailableSpace = 0;
  policy.MaxSizeBytes = bytes;
  policy.MaxSizeFiles = 0;
  pruneCache(directory, policy);
  return Error::success();
}
