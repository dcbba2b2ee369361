//===- BuildId.cpp - which build of the compiler this is ------------------===//
//
// The build ids of what this process runs: of the program or library that this code is in, and of
// shared libraries of LLVM and MLIR, which may be updated by themselves under the same version.
// One of those that has none is known by its file's size and time.
//
// A library of LLVM that is here for something else makes a text of its own: a kernel is then
// compiled once more than it had to be.
//
//===----------------------------------------------------------------------===//

#include "BuildId.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Path.h"

#include <elf.h>
#include <link.h>

using namespace llvm;

namespace {

struct Found {
  std::string own;
  std::vector<std::string> libraries;
};

} // namespace

std::string normc::identifyFile(StringRef path) {
  sys::fs::file_status status;
  if (sys::fs::status(path, status))
    return "";
  return utostr(status.getSize()) + "-" +
         itostr(status.getLastModificationTime().time_since_epoch().count());
}

/// The linker's note in a program or library; empty where there is none.
static std::string readNote(const dl_phdr_info &info) {
  for (const ElfW(Phdr) &segment : ArrayRef(info.dlpi_phdr, info.dlpi_phnum)) {
    if (segment.p_type != PT_NOTE)
      continue;
    auto *notes = reinterpret_cast<const char *>(info.dlpi_addr + segment.p_vaddr);
    // Notes are aligned as their segment is.
    uint64_t alignment = segment.p_align == 8 ? 8 : 4;
    for (size_t at = 0; at + sizeof(ElfW(Nhdr)) <= segment.p_memsz;) {
      ElfW(Nhdr) note;
      memcpy(&note, notes + at, sizeof(note));
      const char *name = notes + at + sizeof(note);
      size_t value = at + alignTo(sizeof(note) + note.n_namesz, alignment);
      if (note.n_type == NT_GNU_BUILD_ID && StringRef(name, note.n_namesz) == StringRef("GNU\0", 4))
        return toHex(StringRef(notes + value, note.n_descsz), /*LowerCase=*/true);
      at = value + alignTo(note.n_descsz, alignment);
    }
  }
  return "";
}

static int look(dl_phdr_info *info, size_t, void *result) {
  auto &found = *static_cast<Found *>(result);
  auto here = reinterpret_cast<uintptr_t>(&look);
  if (any_of(ArrayRef(info->dlpi_phdr, info->dlpi_phnum), [&](const ElfW(Phdr) & segment) {
        return segment.p_type == PT_LOAD &&
               here - info->dlpi_addr - segment.p_vaddr < segment.p_memsz;
      }))
    found.own = readNote(*info);
  StringRef name = sys::path::filename(info->dlpi_name);
  if (!name.contains("LLVM") && !name.contains("MLIR"))
    return 0;
  std::string id = readNote(*info);
  if (id.empty())
    id = normc::identifyFile(info->dlpi_name);
  found.libraries.push_back(name.str() + ":" + id);
  return 0;
}

StringRef normc::getBuildId() {
  static const std::string id = [] {
    Found found;
    dl_iterate_phdr(look, &found);
    if (found.own.empty())
      return std::string();
    // Programs load them in different orders.
    llvm::sort(found.libraries);
    return found.own + " " + join(found.libraries, " ");
  }();
  return id;
}
