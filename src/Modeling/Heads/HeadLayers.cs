using System.Numerics.Tensors;
using Pellucid.Abstractions.Heads;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Heads;

/// <summary>Checks that layers make a head.</summary>
internal static class HeadLayers
{
    public static void Require(string name, HeadKind kind, IReadOnlyList<string> outputs, IReadOnlyList<HeadLayer> layers)
    {
        if (layers.Count == 0) throw new PellucidException($"head {name} has no layer");
        long? width = null;
        for (int n = 0; n < layers.Count; n++)
        {
            (HostTensor weight, HostTensor? bias, _) = layers[n];
            string where = $"head {name}, layer {n}";
            if (weight.ElementType != ElementType.Float32 || weight.Shape.Rank != 2 || weight.Length == 0) throw new PellucidException($"{where}: the weight is {weight}; needed is float32 [out, in]");
            if (width is { } before && weight.Shape[1] != before) throw new PellucidException($"{where}: the weight {weight.Shape} reads {weight.Shape[1]} values, the layer before makes {before}");
            if (bias is not null && (bias.ElementType != ElementType.Float32 || bias.Shape.Rank != 1 || bias.Shape[0] != weight.Shape[0]))
                throw new PellucidException($"{where}: the bias is {bias}; needed is float32 [{weight.Shape[0]}]");
            if (!TensorPrimitives.IsFiniteAll<float>(weight.Floats) || (bias is not null && !TensorPrimitives.IsFiniteAll<float>(bias.Floats)))
                throw new PellucidException($"{where}: a weight or bias is not finite");
            width = weight.Shape[0];
        }

        RequireOutputs(name, kind, outputs, width!.Value);
    }

    public static void RequireOutputs(string name, HeadKind kind, IReadOnlyList<string> outputs, long count)
    {
        if (outputs.Count != count) throw new PellucidException($"head {name} names {outputs.Count} outputs and has {count}");
        if (outputs.GroupBy(o => o, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice) throw new PellucidException($"head {name} has two outputs \"{twice.Key}\"");
        if (kind == HeadKind.Classification && count < 2) throw new PellucidException($"head {name} is a classification with one output; needed is a logit a class");
    }
}
