using System.Collections.Frozen;

namespace Pellucid.Graphs.Inference;

/// <summary>Infers the types of a node's outputs from those of its inputs. One rule an operator.</summary>
internal static class ShapeInference
{
    private static readonly FrozenDictionary<string, Func<InferenceContext, TensorType[]>> Rules = new[]
        {
            ElementwiseInference.Rules, LinearInference.Rules, SpatialInference.Rules,
            LayoutInference.Rules, IndexingInference.Rules, ReductionInference.Rules,
        }
        .SelectMany(r => r).ToFrozenDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal);

    /// <summary>Types of the outputs, one for each; unknown where there is no rule or the rule lacks a constant.</summary>
    /// <exception cref="GraphException">The input shapes do not fit the operator.</exception>
    public static TensorType[] Infer(
        Node node, Func<string, TensorType> typeOf, Func<string, HostTensor?> constantOf, Func<string, Node?>? producerOf = null)
    {
        var context = new InferenceContext(node, typeOf, constantOf, producerOf ?? (_ => null));
        TensorType[] inferred = [];
        if (Rules.TryGetValue(node.QualifiedOp, out Func<InferenceContext, TensorType[]>? rule))
        {
            try
            {
                inferred = rule(context);
            }
            catch (InferenceContext.UnknownShapeException)
            {
                inferred = [];
            }
        }

        ElementType element = context.Has(0) ? context.Element(0) : ElementType.Unknown;
        return [.. node.Outputs.Select((_, i) => i < inferred.Length ? inferred[i] : new TensorType(element, null))];
    }
}
