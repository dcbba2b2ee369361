# Normc::LLD, the linker as a library, where it is installed. Its archives use the same libLLVM.so,
# and need the two compressors.
find_library(NORMC_LLD_ELF lldELF HINTS ${LLVM_LIBRARY_DIR} NO_DEFAULT_PATH)
find_library(NORMC_LLD_COMMON lldCommon HINTS ${LLVM_LIBRARY_DIR} NO_DEFAULT_PATH)
find_library(NORMC_LLD_Z NAMES z)
find_library(NORMC_LLD_ZSTD NAMES zstd)
if(NORMC_LLD_ELF AND NORMC_LLD_COMMON AND NORMC_LLD_Z AND NORMC_LLD_ZSTD AND NOT TARGET Normc::LLD)
  add_library(Normc::LLD INTERFACE IMPORTED)
  set_property(TARGET Normc::LLD PROPERTY
    INTERFACE_LINK_LIBRARIES ${NORMC_LLD_ELF} ${NORMC_LLD_COMMON} ${NORMC_LLD_Z} ${NORMC_LLD_ZSTD})
endif()
