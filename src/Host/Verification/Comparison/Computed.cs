using Pellucid.Graphs;

namespace Pellucid.Host.Verification.Comparison;

/// <summary>What this program says where a reference says something.</summary>
/// <param name="Values">The numbers; NaN where there is none.</param>
/// <param name="Undefined">Why the method says that its result is undefined, or null where it is defined.</param>
internal sealed record Computed(HostTensor Values, string? Undefined = null)
{
    /// <summary>A single number.</summary>
    public static Computed Of(double value) => new(HostTensor.Of([(float)value], 1));

    /// <summary>Numbers of which some are NaN where the method calls its result undefined; without a NaN all of them count.</summary>
    public static Computed Partly(HostTensor values, string? undefined) =>
        new(values, System.Numerics.Tensors.TensorPrimitives.IsNaNAny<float>(values.Floats) ? undefined : null);

    /// <summary>Numbers, or where the method calls them undefined none at all: what is a division by zero in the published code.</summary>
    public static Computed OrUndefined(HostTensor values, string? undefined)
    {
        if (undefined is null) return new Computed(values);
        float[] none = new float[values.Length];
        Array.Fill(none, float.NaN);
        return new Computed(HostTensor.Of(none, values.Shape), undefined);
    }
}
