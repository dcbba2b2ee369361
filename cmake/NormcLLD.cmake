# Normc::LLD, the linker as a library, where it is installed. Its archives use the same libLLVM.so,
# and need the two compressors.
find_library(LLD_ELF lldELF HINTS ${LLVM_LIBRARY_DIR} NO_DEFAULT_PATH)
find_library(LLD_COMMON lldCommon HINTS ${LLVM_LIBRARY_DIR} NO_DEFAULT_PATH)
find_library(LLD_Z NAMES z)
find_library(LLD_ZSTD NAMES zstd)
if(LLD_ELF AND LLD_COMMON AND LLD_Z AND LLD_ZSTD AND NOT TARGET Normc::LLD)
  add_library(Normc::LLD INTERFACE IMPORTED)
  set_property(TARGET Normc::LLD PROPERTY
    INTERFACE_LINK_LIBRARIES ${LLD_ELF} ${LLD_COMMON} ${LLD_Z} ${LLD_ZSTD})
endif()
