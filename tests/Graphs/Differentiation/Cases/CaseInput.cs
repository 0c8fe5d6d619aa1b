using Pellucid.Graphs.Tests.Reference;

namespace Pellucid.Graphs.Tests.Differentiation.Cases;

/// <summary>One input of a case. The batch of a batched one is 1 or 2, fixed or dynamic, as the test says.</summary>
public sealed record CaseInput(bool Batched, ElementType Element, long[] Rest, double Low, double High, bool Wanted, long[]? Integers)
{
    /// <summary>A differentiable input [B, rest...], elements drawn from a range.</summary>
    public static CaseInput X(params long[] rest) => new(true, ElementType.Float32, rest, -2, 2, true, null);

    /// <summary>A differentiable input without a batch.</summary>
    public static CaseInput W(params long[] shape) => new(false, ElementType.Float32, shape, -2, 2, true, null);

    /// <summary>Given integers of shape [B, rest...]; each sample gets the same.</summary>
    public static CaseInput BatchedInts(long[] rest, params long[] values) => new(true, ElementType.Int64, rest, 0, 0, false, values);

    /// <summary>Given integers without a batch.</summary>
    public static CaseInput Ints(long[] shape, params long[] values) => new(false, ElementType.Int64, shape, 0, 0, false, values);

    /// <summary>Elements from another range.</summary>
    public CaseInput In(double low, double high) => this with { Low = low, High = high };

    /// <summary>Not differentiated: a bias, a statistic, a kernel.</summary>
    public CaseInput Fixed() => this with { Wanted = false };

    /// <summary>The declared type.</summary>
    public TensorType Type(long batch) => new(Element, new TensorShape(Shape(batch)));

    /// <summary>The dimensions.</summary>
    public long[] Shape(long batch) => Batched ? [batch, .. Rest] : Rest;

    /// <summary>Elements for a run.</summary>
    public Tensor Draw(Random random, long batch)
    {
        int at = 0;
        return Tensor.Of(Element == ElementType.Int64 ? Element : ElementType.Float64, Shape(batch), _ => Integers is { } integers
            ? integers[at++ % integers.Length]
            : Low + ((High - Low) * random.NextDouble()));
    }
}
