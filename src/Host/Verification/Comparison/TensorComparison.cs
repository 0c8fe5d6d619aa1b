using System.Globalization;
using Pellucid.Graphs;

namespace Pellucid.Host.Verification.Comparison;

/// <summary>
/// The one rule for numbers: max|ours - reference| &lt;= 1e-4 max|reference| + 20 float64_diff. A NaN or infinity in the
/// reference asks for an element that we call undefined, and for nothing else.
/// </summary>
internal static class TensorComparison
{
    private const double Relative = 1e-4;
    private const double RoundingFactor = 20;

    /// <summary>Compares.</summary>
    /// <param name="id">Id of the case.</param>
    /// <param name="method">Its method.</param>
    /// <param name="reference">Reference numbers.</param>
    /// <param name="ours">Our numbers; axes of length 1 do not count.</param>
    /// <param name="float64Difference">How far the published code is from itself in float64; 0 where unknown.</param>
    public static CaseResult Compare(string id, string method, HostTensor reference, Computed ours, double float64Difference)
    {
        if (!Extents(reference.Shape).SequenceEqual(Extents(ours.Values.Shape)))
            return new CaseResult(id, method, CaseOutcome.Failed, $"the reference has shape {reference.Shape}, ours {ours.Values.Shape}");
        ReadOnlySpan<float> golden = reference.ToFloat32().Floats, values = ours.Values.ToFloat32().Floats;
        double largest = 0;
        foreach (float g in golden) if (float.IsFinite(g)) largest = Math.Max(largest, Math.Abs((double)g));
        double tolerance = (Relative * largest) + (RoundingFactor * float64Difference), error = 0;
        int worst = 0;
        for (int i = 0; i < golden.Length; i++)
        {
            double difference = Difference(golden[i], values[i], ours.Undefined is not null);
            if (difference <= error) continue;
            (error, worst) = (difference, i);
        }

        string? where = golden.Length == 0 ? null
            : $"{Position(reference.Shape, worst)}: reference {Number(golden[worst])}, ours {Number(values[worst])}";
        return error <= tolerance
            ? new CaseResult(id, method, CaseOutcome.Passed) { Error = error, Tolerance = tolerance, Where = where }
            : new CaseResult(id, method, CaseOutcome.Failed, Why(golden[worst], values[worst], ours.Undefined)) { Error = error, Tolerance = tolerance, Where = where };
    }

    /// <summary>Bytes have no tolerance.</summary>
    public static CaseResult CompareBytes(string id, string method, HostTensor reference, HostTensor ours)
    {
        if (!reference.Shape.Equals(ours.Shape))
            return new CaseResult(id, method, CaseOutcome.Failed, $"the reference has shape {reference.Shape}, ours {ours.Shape}");
        ReadOnlySpan<byte> golden = reference.Bytes, values = ours.Bytes;
        int first = golden.CommonPrefixLength(values), error = 0;
        for (int i = first; i < golden.Length; i++) error = Math.Max(error, Math.Abs(golden[i] - values[i]));
        return first == golden.Length
            ? new CaseResult(id, method, CaseOutcome.Passed) { Error = 0 }
            : new CaseResult(id, method, CaseOutcome.Failed, "the bytes differ")
            {
                Error = error,
                Where = $"first at {Position(reference.Shape, first)}: reference {golden[first]}, ours {values[first]}",
            };
    }

    private static double Difference(float golden, float ours, bool undefined) => float.IsFinite(golden)
        ? float.IsFinite(ours) ? Math.Abs((double)golden - ours) : double.PositiveInfinity
        : undefined ? 0 : double.PositiveInfinity;

    private static string Why(float golden, float ours, string? undefined)
    {
        if (!float.IsFinite(golden)) return "the reference has no number here, ours does not report the element as undefined";
        if (float.IsFinite(ours)) return "out of tolerance";
        return undefined is null ? "ours is not finite" : $"ours is undefined ({undefined}), the reference is not";
    }

    private static IEnumerable<long> Extents(TensorShape shape) => shape.Where(d => d != 1);

    private static string Position(TensorShape shape, int index)
    {
        long[] position = new long[shape.Rank];
        long rest = index;
        for (int axis = shape.Rank - 1; axis >= 0; axis--) (rest, position[axis]) = Math.DivRem(rest, shape[axis]);
        return $"[{string.Join(", ", position)}]";
    }

    private static string Number(float value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
