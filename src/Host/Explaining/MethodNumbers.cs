using System.Globalization;
using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;

namespace Pellucid.Host.Explaining;

/// <summary>The numbers that a method gives beside its map, and what a reader must know of them.</summary>
/// <param name="Values">Finite numbers by name, in ordinal order.</param>
/// <param name="Warning">What the method warns of, and numbers that are not finite; null where there is nothing.</param>
public sealed record MethodNumbers(IReadOnlyDictionary<string, double> Values, string? Warning)
{
    /// <summary>Details of explanations that are numbers for readers. Methods with several samples have one for each; their mean is that of the map.</summary>
    private static readonly string[] Names = ["convergence_delta", "relevance_delta"];

    /// <summary>Those of an explanation.</summary>
    public static MethodNumbers Of(Explanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        SortedDictionary<string, double> values = new(StringComparer.Ordinal);
        List<string> warnings = explanation.Warning is { } own ? [own] : [];
        foreach (string name in Names)
        {
            if (explanation.Details.GetValueOrDefault(name) is not { } all) continue;
            double mean = TensorPrimitives.Average<float>(all.Floats);
            if (double.IsFinite(mean)) values[name] = mean;
            else warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is not finite ({mean}), so it tells nothing of the map: the scores that it compares overflow"));
        }

        return new MethodNumbers(values, warnings.Count == 0 ? null : string.Join("; ", warnings));
    }
}
