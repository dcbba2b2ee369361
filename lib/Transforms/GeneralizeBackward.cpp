//===- GeneralizeBackward.cpp - one formula for every backward operation -===//
//
// With x^ = (x - mean) * r and g = dy * scale:
//   dx = r * (g - mean(g) - x^ * mean(g * x^)),  dscale = sum(dy * x^),  dbias = sum(dy).
// dy and dy * x^ are first summed over those dimensions of a group that the parameters lack. The
// sums are dscale and dbias of this group, and weighted with scale they give both means: the data
// is read once for all of them.
//
//===----------------------------------------------------------------------===//

#include "GeneralizeBackward.h"

#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;

/// The mean (null for one that is not subtracted) and one over the root.
static std::pair<Value, Value> getStatistics(Program &p, const Backward &f, const Space &space,
                                             Value x, Value mean, Value statistic, Value eps) {
  if (f.statistic && f.saved == Statistic::Rstd)
    return {mean, statistic};
  Value variance = statistic;
  if (!f.statistic && f.centred) {
    Program::Moments moments = p.moments(x);
    mean = moments.mean;
    variance = p.div(moments.m2, moments.count);
  } else if (!f.statistic) {
    SmallVector<std::string> group = space.inGroupNames();
    Value total = p.dot(x, x, group);
    variance = p.div(total, p.count(group));
  }
  Value shifted = p.add(variance, p.scalar(f.eps, eps));
  return {mean, p.rsqrt(f.accuracy, shifted)};
}

void norm::generalizeBackward(RewriterBase &rewriter, Operation *op, Space space,
                              const Backward &f) {
  Type type = getElementTypeOrSelf(f.input.getType());
  FloatType compute = getComputeType(type);
  Access data = space.data, parameter = space.parameter, statistic = space.statistic;
  GenericBuilder builder(rewriter, op, std::move(space));
  builder.addInput(f.dy, data, "dy");
  builder.addInput(f.input, data, "x", "input");
  int meanInput = builder.addInput(f.mean, statistic, f.fixed ? "running_mean" : "mean");
  int statisticInput =
      builder.addInput(f.statistic, statistic,
                       f.fixed ? StringRef("running_variance") : stringifyStatistic(f.saved));
  int scale = builder.addInput(f.scale, parameter, "scale");
  int dsum = builder.addInput(f.dsum, data, "dsum");
  int epsInput = builder.addInput(f.eps.operand, {}, "eps");
  if (f.dx)
    builder.addOutput(f.dx, data, "dx");
  if (f.dscale)
    builder.addGradient(f.dscale, parameter, "dscale");
  if (f.dbias)
    builder.addGradient(f.dbias, parameter, "dbias");

  // The dimensions of a group that the parameters have, and those that they lack.
  SmallVector<std::string> kept, lacked;
  for (const std::string &name : builder.getSpace().inGroupNames()) {
    bool has = llvm::any_of(
        parameter, [&](ArrayRef<std::string> entry) { return llvm::is_contained(entry, name); });
    (has ? kept : lacked).push_back(name);
  }

  builder.build(rewriter, compute, [&](Program &p, Inputs in) {
    const Space &space = builder.getSpace();
    Value dy = p.mapToCompute(in[0]), x = p.mapToCompute(in[1]);
    auto [mean, r] = getStatistics(p, f, space, x, in[meanInput], in[statisticInput], in[epsInput]);
    Value centre = mean, root = r;
    auto normalize = [&](Value element) {
      return p.mul(centre ? p.sub(element, centre) : element, root);
    };
    auto weigh = [&](Value element, Value weight) {
      if (!weight)
        return element;
      Value w = p.toCompute(weight);
      if (f.weightOffset != 0)
        w = p.add(p.constant(f.weightOffset), w);
      return p.mul(element, w);
    };
    auto weighField = [&](Value field) {
      if (!f.scale)
        return field;
      return p.map({field, in[scale]}, compute,
                   [&](ValueRange args) { return weigh(args[0], args[1]); });
    };

    // Sums over what the parameters lack.
    bool needsMeans = f.dx && !f.fixed;
    Value normalized, sumDyX, sumDy;
    if (f.dscale || needsMeans) {
      normalized = p.map(x, compute, [&](ValueRange args) { return normalize(args[0]); });
      sumDyX = p.dot(dy, normalized, lacked);
    }
    if (f.dbias || (needsMeans && f.centred))
      sumDy = p.sum(dy, lacked);

    SmallVector<Value> results;
    if (f.dx) {
      // Means over the group.
      Value minusMeanGX, meanG;
      if (needsMeans) {
        Value count = p.count(space.inGroupNames());
        Value sumGX = lacked.empty() ? p.dot(weighField(dy), normalized, kept)
                                     : p.sum(weighField(sumDyX), kept);
        minusMeanGX = p.neg(p.div(sumGX, count));
        if (f.centred)
          meanG = p.div(p.sum(weighField(sumDy), kept), count);
      }
      results.push_back(p.map({dy, x, in[scale], in[dsum]}, type, [&](ValueRange args) {
        Value d = weigh(args[0], args[2]);
        if (meanG)
          d = p.sub(d, meanG);
        if (minusMeanGX)
          d = p.fma(normalize(args[1]), minusMeanGX, d);
        d = p.mul(d, root);
        if (args[3])
          d = p.add(d, p.toCompute(args[3]));
        return p.convert(d, type);
      }));
    }
    if (f.dscale)
      results.push_back(sumDyX);
    if (f.dbias)
      results.push_back(sumDy);
    return results;
  });
}
