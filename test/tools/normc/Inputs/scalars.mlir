llvm.func @scale(%a: f32, %b: f32) -> f32 {
  %0 = llvm.fmul %a, %b : f32
  %1 = llvm.call @helper(%0, %b) : (f32, f32) -> f32
  llvm.return %1 : f32
}
llvm.func @helper(%a: f32, %b: f32) -> f32 attributes {sym_visibility = "private"} {
  %0 = llvm.fadd %a, %b : f32
  llvm.return %0 : f32
}
