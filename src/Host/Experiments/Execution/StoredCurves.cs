using System.Collections;
using Pellucid.Abstractions.Metrics;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>Curves of a result in a scratch file, read each time they are asked for.</summary>
/// <param name="shape">Names and numbers of places, which results of one metric share.</param>
/// <param name="place">Where they begin: for each curve its places, then its values.</param>
/// <param name="file">The file.</param>
internal sealed class StoredCurves(StoredCurves.Shape shape, long place, ScratchFile file) : IReadOnlyList<MetricCurve>
{
    /// <inheritdoc/>
    public int Count => shape.Names.Length;

    /// <inheritdoc/>
    public MetricCurve this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            int before = 2 * shape.Places.Take(index).Sum(), count = shape.Places[index];
            double[] numbers = file.Read(place + (before * sizeof(double)), 2 * count);
            return new MetricCurve(shape.Names[index], numbers[..count], numbers[count..]);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<MetricCurve> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What curves of one metric share.</summary>
    /// <param name="Names">Names of the curves.</param>
    /// <param name="Places">Number of places of each.</param>
    internal sealed record Shape(string[] Names, int[] Places);
}
