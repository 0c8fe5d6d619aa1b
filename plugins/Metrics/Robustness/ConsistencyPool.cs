using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>
/// Counts explanations by their code and the prediction. The definition draws another image: several targets of one image share their prediction, so they would agree by themselves. Quantus draws
/// another instance, whatever its image, and gives one whose explanation nobody shares 0 instead of no value.
/// </summary>
/// <param name="compat">Whose definition.</param>
internal sealed class ConsistencyPool(Compatibility compat) : IMetricPool
{
    /// <summary>Name of the state: [code of the explanation, prediction, code of the image].</summary>
    public const string Key = "explanation-prediction-image";

    private const string Alone = "no other image has the same explanation";

    private readonly List<Entry?> _items = [];

    /// <inheritdoc/>
    public void Add(MetricResult item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _items.Add(item.Status == MetricStatus.Pooled ? Entry.Of(item.State[Key]) : null);
    }

    /// <inheritdoc/>
    public PooledResult Finish()
    {
        Entry[] all = [.. _items.OfType<Entry>()];
        Dictionary<long, int> alike = Count(all, i => i.Code);
        Dictionary<(long, long), int> agreeing = Count(all, i => (i.Code, i.Prediction)), own = Count(all, i => (i.Code, i.Image));
        Dictionary<Entry, int> ownAgreeing = Count(all, i => i);
        MetricResult[] items = [.. _items.Select(i => i is null ? MetricResult.NotApplicable("the item was not measured") : Of(i))];
        double[] values = [.. items.Where(i => i.Status == MetricStatus.Measured).Select(i => i.Value)];
        return new PooledResult(values.Length > 0 ? MetricResult.Of(values.Average()) : MetricResult.Undefined(Alone), items);

        MetricResult Of(Entry item)
        {
            bool instances = compat == Compatibility.Quantus;
            int others = alike[item.Code] - (instances ? 1 : own[(item.Code, item.Image)]);
            int same = agreeing[(item.Code, item.Prediction)] - (instances ? 1 : ownAgreeing[item]);
            return others > 0 ? MetricResult.Of((double)same / others) : instances ? MetricResult.Of(0) : MetricResult.Undefined(Alone);
        }
    }

    private static Dictionary<T, int> Count<T>(Entry[] items, Func<Entry, T> by)
        where T : notnull => items.GroupBy(by).ToDictionary(g => g.Key, g => g.Count());

    private sealed record Entry(long Code, long Prediction, long Image)
    {
        public static Entry Of(HostTensor state) => new(state.Int64s[0], state.Int64s[1], state.Int64s[2]);
    }
}
