//===- GeneralizeForward.cpp - one formula for every forward operation ---===//
//
// y = (s - mean) * r * (offset + scale) + bias, in this order, with every rounding point explicit;
// where elements share a scale, (s - mean) * (r * (offset + scale)) + bias.
//
//===----------------------------------------------------------------------===//

#include "GeneralizeForward.h"

#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;

/// The part of the formula after the statistics, for one element. `mean` is null where nothing is
/// subtracted, `r` where it is in the scale; `scale`, `bias` and `gate` may be absent.
static Value getAffine(Program &p, const Forward &f, Type type, Value s, Value mean, Value r,
                       Value scale, Value bias, Value gate) {
  // What goes on to a further step is rounded first; the last step is rounded by the conversion at
  // the end.
  auto next = [&](Value value) {
    return f.rounding == Rounding::Normalized ? p.round(value, type) : value;
  };
  // Not s * (r * scale) + (bias - mean * r * scale): a constant row must give exactly the bias.
  if (mean)
    s = p.sub(s, mean);
  Value y = r ? p.mul(s, r) : s, weight;
  if (scale) {
    y = next(y);
    weight = p.toCompute(scale);
    if (r && f.weightOffset != 0)
      weight = p.add(p.constant(f.weightOffset), weight);
  }
  if (scale && bias && f.rounding != Rounding::Normalized) {
    y = p.fma(y, weight, p.toCompute(bias));
  } else {
    if (scale)
      y = p.mul(y, weight);
    if (bias) {
      y = next(y);
      y = p.add(y, p.toCompute(bias));
    }
  }
  if (gate) {
    y = next(y);
    y = p.mul(y, p.silu(p.toCompute(gate)));
  }
  return p.convert(y, type);
}

/// r * scale where that is the same for several elements of a group, as it is for a channel's; else
/// null.
static Value getSharedWeight(Program &p, const Forward &f, const Space &space, Value r,
                             Value scale) {
  if (!scale || f.rounding == Rounding::Normalized ||
      getFieldDims(scale.getType()).size() == space.inGroupNames().size())
    return Value();
  return p.map(scale, p.compute, [&](ValueRange args) {
    Value weight = p.toCompute(args[0]);
    if (f.weightOffset != 0)
      weight = p.add(p.constant(f.weightOffset), weight);
    return p.mul(r, weight);
  });
}

/// Input + residual in the type of computation, and, where it is a result, in the type that it is
/// kept in.
static std::pair<Value, Value> getSum(Program &p, const Forward &f, Type type, Value input,
                                      Value residual) {
  bool rounded = f.residualSum == SumRounding::Rounded;
  auto add = [&](ValueRange args) {
    Value x = p.toCompute(args[0]), other = p.toCompute(args[1]);
    return p.add(x, other);
  };
  if (!f.sum)
    return {p.map({input, residual}, p.compute,
                  [&](ValueRange args) {
                    Value sum = add(args);
                    return rounded ? p.round(sum, type) : sum;
                  }),
            Value()};
  Type kept = getElementTypeOrSelf(f.sum.getType());
  SmallVector<Value> both =
      p.map({input, residual}, TypeRange{p.compute, kept}, [&](ValueRange args) {
        Value sum = add(args);
        if (!rounded)
          return SmallVector<Value>{sum, p.convert(sum, kept)};
        Value narrow = p.convert(sum, type);
        return SmallVector<Value>{p.toCompute(narrow), p.convert(narrow, kept)};
      });
  return {both[0], both[1]};
}

/// (1 - momentum) * running + momentum * batch, or the weights exchanged.
static Value update(Program &p, MomentumOf of, Value momentum, Value rest, Value running,
                    Value batch) {
  bool ofBatch = of == MomentumOf::Batch;
  Value kept = p.mul(ofBatch ? rest : momentum, running);
  Value added = p.mul(ofBatch ? momentum : rest, batch);
  return p.add(kept, added);
}

void norm::generalizeForward(RewriterBase &rewriter, Operation *op, Space space, const Forward &f) {
  Type type = getElementTypeOrSelf(f.input.getType());
  FloatType compute = getComputeType(type);
  Access data = space.data, parameter = space.parameter, statistic = space.statistic;
  GenericBuilder builder(rewriter, op, std::move(space));
  builder.addInput(f.input, data, "x", "input");
  int residual = builder.addInput(f.residual, data, "residual");
  int givenMean = builder.addInput(f.givenMean, statistic, "running_mean");
  int givenVariance = builder.addInput(f.givenVariance, statistic, "running_variance");
  int scale = builder.addInput(f.scale, parameter, "scale");
  int bias = builder.addInput(f.bias, parameter, "bias");
  int gate = builder.addInput(f.gate, data, "gate");
  int runningMean = builder.addInput(f.runningMean, statistic, "running_mean");
  int runningVariance = builder.addInput(f.runningVariance, statistic, "running_variance");
  int epsInput = builder.addInput(f.eps.operand, {}, "eps");
  int momentumInput = builder.addInput(f.momentum.operand, {}, "momentum");
  builder.addOutput(f.y, data, "y", "output");
  if (f.sum)
    builder.addOutput(f.sum, data, "sum");
  if (f.mean)
    builder.addOutput(f.mean, statistic, "mean");
  if (f.statistic)
    builder.addOutput(f.statistic, statistic, stringifyStatistic(f.saved));
  if (f.newMean) {
    builder.addOutput(f.newMean, statistic, "new_running_mean", "running_mean");
    builder.addOutput(f.newVariance, statistic, "new_running_variance", "running_variance");
  }
  // n - 1 must not be 0.
  bool unbiased = f.newMean && f.estimate == Estimate::Unbiased;

  auto body = [&](Program &p, Inputs in) {
    Value s, sum;
    if (f.residual)
      std::tie(s, sum) = getSum(p, f, type, in[0], in[residual]);
    else
      s = p.mapToCompute(in[0]);
    if (f.gate && f.gating == Gating::Before)
      s = p.map({s, in[gate]}, compute,
                [&](ValueRange args) { return p.mul(args[0], p.silu(p.toCompute(args[1]))); });

    Program::Moments moments;
    Value mean, variance;
    if (f.givenMean) {
      mean = in[givenMean];
      variance = in[givenVariance];
    } else if (f.centred) {
      moments = p.moments(s);
      mean = moments.mean;
      variance = p.div(moments.m2, moments.count);
    } else {
      SmallVector<std::string> group = builder.getSpace().inGroupNames();
      Value total = p.dot(s, s, group);
      variance = p.div(total, p.count(group));
    }
    Value eps = p.scalar(f.eps, in[epsInput]);
    Value r = p.rsqrt(f.accuracy, p.add(variance, eps));

    Value after = f.gating == Gating::After ? in[gate] : Value();
    Value shared = getSharedWeight(p, f, builder.getSpace(), r, in[scale]);
    Value y = p.map({s, shared ? shared : in[scale], in[bias], after}, type, [&](ValueRange args) {
      return getAffine(p, f, type, args[0], mean, shared ? Value() : r, args[1], args[2], args[3]);
    });
    SmallVector<Value> results{y};
    if (f.sum)
      results.push_back(sum);
    if (f.mean)
      results.push_back(mean);
    if (f.statistic)
      results.push_back(f.saved == Statistic::Rstd ? r : variance);
    if (f.newMean) {
      Value one = p.constant(1.0), momentum = p.scalar(f.momentum, in[momentumInput]);
      Value rest = p.sub(one, momentum), estimate = variance;
      if (unbiased)
        estimate = p.div(moments.m2, p.sub(moments.count, one));
      results.push_back(update(p, f.momentumOf, momentum, rest, in[runningMean], mean));
      results.push_back(update(p, f.momentumOf, momentum, rest, in[runningVariance], estimate));
    }
    return results;
  };
  builder.build(rewriter, compute, body, unbiased ? 2 : 1);
}
