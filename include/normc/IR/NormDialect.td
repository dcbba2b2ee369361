//===- NormDialect.td - the norm dialect, its types and attributes -------===//
//
// Fields, reduction orders and the enums that name every numerical choice.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_IR_NORMDIALECT_TD
#define NORMC_IR_NORMDIALECT_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/DialectBase.td"
include "mlir/IR/EnumAttr.td"

def Norm_Dialect : Dialect {
  let name = "norm";
  let cppNamespace = "::mlir::norm";
  let summary = "Normalizations as one program per group";
  let description = [{
    Two levels: the named operations (`norm.layer_norm`, `norm.rms_norm`, `norm.batch_norm`,
    `norm.instance_norm`, `norm.group_norm` and their backward operations), which users write, and
    `norm.generic`, which passes work on.
  }];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  let dependentDialects = ["arith::ArithDialect", "math::MathDialect", "tensor::TensorDialect"];
  let extraClassDeclaration = [{
    void registerTypes();
    void registerAttributes();
  }];
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

def Norm_FieldType : TypeDef<Norm_Dialect, "Field"> {
  let mnemonic = "field";
  let summary = "one value for every element of a group";
  let description = [{
    `!norm.field<f32, [h, w]>` is one `f32` for every index of the in-group dimensions `h` and `w`
    of the enclosing `norm.generic`. The dimensions stand in iteration order. A value without
    in-group dimensions is a plain scalar, not a field. Where a field lives (registers, cache, or
    nowhere because it is computed again) is the schedule's decision.
  }];
  let parameters = (ins "Type":$elementType, ArrayRefParameter<"StringAttr">:$dims);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Norm_Field : Type<CPred<"::llvm::isa<::mlir::norm::FieldType>($_self)">, "field">;

//===----------------------------------------------------------------------===//
// The order of a sum
//===----------------------------------------------------------------------===//

def Norm_OrderAttr : AttrDef<Norm_Dialect, "Order"> {
  let mnemonic = "order";
  let summary = "the order in which a reduction adds its elements";
  let description = [{
    Floating-point addition is not associative, so the order is part of the meaning. It never
    depends on the number of groups, on threads or on a schedule.

    The last `run` reduced dimensions (0: all of them) form a *run*, numbered row-major by `e`; the
    dimensions before them number the runs. A *segment* is `segment` consecutive elements (0: all)
    of each of `runs` consecutive runs (0: all). Segments are numbered by the group of runs first,
    then by the position in the run.

    - Inside a segment, element `e` is added to lane `(e - start) mod lanes` (but see `unit`), where `start` is the
      first element of the segment's part of the run. Lanes start from the neutral element (+0.0 for
      a sum) and take their elements in increasing order of run, then `e`.
    - The lanes of a segment are folded by halves: lane `l` takes lane `l + lanes/2`, then
      `l + lanes/4`, until one value is left: the segment's partial.
    - Partials are folded from the left inside a block, and blocks are folded from the left. A block
      is `max(1, pow2ceil(segments / blocks))` consecutive segments (`blocks` = 0: one block).

    `unit`, a power of two, is how many neighbours go to lanes that are folded first: position `p` of a segment's part of a
    run is added to lane `(p / unit) mod (lanes / unit) + (p mod unit) * (lanes / unit)`. So a thread that loads `unit`
    elements at once folds its own lanes before it asks other threads. With `unit = 1` that is `p mod lanes`.

    `shift`, a power of two, is the number of leading elements of a segment's part of its first run that the shift
    of that segment in `shifted` moments is made of. They are folded by halves like lanes, to the sums of even and of odd
    ones; +0.0 stands for those that the run lacks.
  }];
  let parameters = (ins
    "int64_t":$lanes,
    DefaultValuedParameter<"int64_t", "0">:$run,
    DefaultValuedParameter<"int64_t", "0">:$segment,
    DefaultValuedParameter<"int64_t", "0">:$runs,
    DefaultValuedParameter<"int64_t", "0">:$blocks,
    DefaultValuedParameter<"int64_t", "32">:$shift,
    DefaultValuedParameter<"int64_t", "1">:$unit);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def Norm_TargetOrderAttr : AttrDef<Norm_Dialect, "TargetOrder"> {
  let mnemonic = "target_order";
  let summary = "an order that is left to the target";
  let description = [{
    Stands among the `acc_orders` of a `norm.generic` for a result that accumulates in whatever order suits the target,
    until `norm-generalize` puts a `#norm.order` there.
  }];
}

def Norm_ScheduleAttr : AttrDef<Norm_Dialect, "Schedule"> {
  let mnemonic = "schedule";
  let summary = "how a norm.generic is computed on a CPU";
  let description = [{
    Data about an operation, no part of its meaning: two schedules give the same bits. `norm-schedule` puts one, as
    `norm.schedule`, on every operation that has none; a user's own stays.

    - `along`: the dimension that is walked in chunks. Its elements are neighbours in memory in every operand that has it.
    - `width`: the elements of a chunk.
    - `accumulators`: how many vectors a loop may carry from one iteration to the next.
    - `masked`: whether what is left behind the last whole chunk is a chunk with a mask, and not single elements.
    - `rows`: how many groups are worked on together, where their rows follow each other without a gap; `task`: how many are
      one task for a thread, a multiple of `rows`.
    - `pipelined`: whether the loop that stores the results of some rows makes the first sums of the next ones, so that what
      waits for memory and what computes goes on together.
    - `columns`: how many elements of a row are stored before the same of the next row that goes with it; 0: a chunk. Where a
      row's length is not known before, those of less than eight times as many go as `rows` and `pipelined` say, longer ones
      as `streamRows` does.
    - `straight`: whether loops of known length along `along` are written out.
    - `interleaved`: whether the chunks of 16-bit elements that are only summed are taken apart by evens and odds, which takes
      fewer instructions than widening them in order.
    - `groups`: how many groups a chunk holds, where groups of `width / groups` elements follow each other; what is computed
      once for a group is computed in each of its lanes.
    - `mixed`: whether a chunk holds neighbours of whatever groups, where groups follow each other that do not fill chunks: a
      lane is an element of a position until a segment of a sum ends, and then a group's are folded. Where a group's elements
      at a position turn out to be more than the order has lanes for, chunks hold one group.
    - `block`: how many chunks of groups that are lanes are walked together, rows outside and chunks inside, with what is
      known of a group in memory; 1: a chunk walks down its column alone.
    - `split`: where there are fewer groups than this, the groups go one after the other and threads share each: the blocks of
      its sums are tasks, and pieces of its results; 0: never.
    - `stream`: from how many bytes read and written on stores go past the cache; 0: never. x86 only.
    - `streamRows`, `streamColumns`, `streamPipelined`: what `rows`, `columns` and `pipelined` are then. Rows that go together
      without columns are asked for early; those with columns go together where they have eight times as many elements.

    `#norm.schedule<along = "c", width = 16, accumulators = 16, masked = true, rows = 8, task = 64>`
  }];
  let parameters = (ins
    StringRefParameter<"the dimension">:$along,
    "int64_t":$width,
    DefaultValuedParameter<"int64_t", "8">:$accumulators,
    DefaultValuedParameter<"bool", "false">:$masked,
    DefaultValuedParameter<"int64_t", "1">:$rows,
    DefaultValuedParameter<"int64_t", "1">:$task,
    DefaultValuedParameter<"bool", "false">:$pipelined,
    DefaultValuedParameter<"int64_t", "0">:$columns,
    DefaultValuedParameter<"bool", "false">:$straight,
    DefaultValuedParameter<"bool", "false">:$interleaved,
    DefaultValuedParameter<"int64_t", "0">:$stream,
    DefaultValuedParameter<"int64_t", "1">:$streamRows,
    DefaultValuedParameter<"int64_t", "0">:$streamColumns,
    DefaultValuedParameter<"bool", "false">:$streamPipelined,
    DefaultValuedParameter<"int64_t", "1">:$groups,
    DefaultValuedParameter<"bool", "false">:$mixed,
    DefaultValuedParameter<"int64_t", "1">:$block,
    DefaultValuedParameter<"int64_t", "0">:$split);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def Norm_GPUScheduleAttr : AttrDef<Norm_Dialect, "GPUSchedule"> {
  let mnemonic = "gpu_schedule";
  let summary = "how a norm.generic is computed on a GPU";
  let description = [{
    Data about an operation, no part of its meaning: two schedules give the same bits. `norm.schedule` holds a list of
    them, shortest groups first; a kernel takes the first that serves the length it is called with. A user may give such
    lists by GPU, `{sm_80 = [...], sm_90 = [...]}`: `norm-schedule` takes that of the newest that is not newer than the target.

    - `along`: the dimension whose neighbours are loaded and stored together.
    - `width`: how many of them; 1 where nothing is known of their addresses.
    - `threads`: the threads of a block that work on a group together, all of them or a power of two below 32.
    - `groups`: how many groups a block works on.
    - `units`: how many times `unit` elements of its group (see `#norm.order`) a thread keeps in registers; 0: the group is
      read again from memory for every reduction and for its results.
    - `most`: the most elements a group may have; 0: any number.
    - `cluster`: how many blocks, from sm_90 on, work on a group together: each has as many threads, and keeps a part of it.
    - `blocks`: how many blocks a multiprocessor shall have room for, which bounds the registers of a thread.
    - `ahead`: of groups that are summed one after the other, the next is copied into shared memory while one is computed
      (cp.async, from sm_80 on).
    - `access`: the bytes that a thread loads or stores at once, at most: 16, or 32 from sm_100 on. Addresses are multiples.

    `#norm.gpu_schedule<along = "c", width = 8, threads = 128, units = 4, most = 4096>`
  }];
  let parameters = (ins
    StringRefParameter<"the dimension">:$along,
    "int64_t":$width,
    "int64_t":$threads,
    DefaultValuedParameter<"int64_t", "1">:$groups,
    DefaultValuedParameter<"int64_t", "0">:$units,
    DefaultValuedParameter<"int64_t", "0">:$most,
    DefaultValuedParameter<"int64_t", "1">:$cluster,
    DefaultValuedParameter<"int64_t", "1">:$blocks,
    DefaultValuedParameter<"bool", "false">:$ahead,
    DefaultValuedParameter<"int64_t", "16">:$access);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

//===----------------------------------------------------------------------===//
// Enums
//===----------------------------------------------------------------------===//

class Norm_Enum<string name, string summary, list<I32EnumAttrCase> cases>
    : I32EnumAttr<name, summary, cases> {
  let cppNamespace = "::mlir::norm";
  let genSpecializedAttr = 0;
}
class Norm_EnumAttr<I32EnumAttr info, string mnemonic> : EnumAttr<Norm_Dialect, info, mnemonic>;

def Norm_ReduceKind : Norm_Enum<"ReduceKind", "what a reduction computes", [
  I32EnumAttrCase<"Sum", 0, "sum">,
  I32EnumAttrCase<"Max", 1, "max">,
  I32EnumAttrCase<"Min", 2, "min">,
  I32EnumAttrCase<"Moments", 3, "moments">,
  I32EnumAttrCase<"MergeMoments", 4, "merge_moments">,
  I32EnumAttrCase<"Dot", 5, "dot">
]>;
def Norm_ReduceKindAttr : Norm_EnumAttr<Norm_ReduceKind, "reduce_kind">;

def Norm_Algorithm : Norm_Enum<"Algorithm", "how moments are computed", [
  I32EnumAttrCase<"TwoPass", 0, "two_pass">,
  I32EnumAttrCase<"Shifted", 1, "shifted">
]>;
def Norm_AlgorithmAttr : Norm_EnumAttr<Norm_Algorithm, "algorithm">;

def Norm_Accuracy : Norm_Enum<"Accuracy", "how a root is taken", [
  I32EnumAttrCase<"Exact", 0, "exact">,
  I32EnumAttrCase<"Approx", 1, "approx">
]>;
def Norm_AccuracyAttr : Norm_EnumAttr<Norm_Accuracy, "accuracy">;

#endif // NORMC_IR_NORMDIALECT_TD
