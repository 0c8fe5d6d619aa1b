using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Metrics;

/// <summary>How the host calls metrics: impossible combinations are refused, unusable items are told of and left out, results are checked.</summary>
public static class MetricMeasurement
{
    /// <summary>Why a metric cannot measure explanations of such a model and explainer, or null where it can.</summary>
    public static string? WhyNot(this IMetric metric, MetricRequest request)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(request);
        MetricNeeds needs = metric.Traits.Needs;
        ModelCapabilities capabilities = request.Model.Capabilities;
        if (needs.HasFlag(MetricNeeds.Explainer) && request.Explainer is null) return "it explains changed images, and the explainer of these maps is not known";
        if (needs.HasFlag(MetricNeeds.Explainer) && (request.Explainer!.Requires & ~capabilities) != ModelCapabilities.None)
            return $"it explains changed images, and the model lacks what the explainer needs: {request.Explainer.Requires & ~capabilities}";
        if (needs.HasFlag(MetricNeeds.Evaluations) && !capabilities.HasFlag(ModelCapabilities.Evaluate)) return "the model cannot be evaluated";
        if (needs.HasFlag(MetricNeeds.Gradients) && !capabilities.HasFlag(ModelCapabilities.VectorJacobianProduct)) return "the model gives no gradients";
        if (needs.HasFlag(MetricNeeds.EditableModel) && request.Model is not IEditableModel) return "the model's encoder cannot be replaced";
        return metric.Refusal(request);
    }

    /// <summary>Measures all items.</summary>
    /// <returns>One result for each item, in order; unusable items and refused combinations are <see cref="MetricStatus.NotApplicable"/>.</returns>
    /// <exception cref="PellucidException">The metric breaks its contract, or the model fails.</exception>
    public static async Task<IReadOnlyList<MetricResult>> RunAsync(this IMetric metric, MetricRequest request, CancellationToken cancellationToken = default)
    {
        if (metric.WhyNot(request) is { } refusal)
        {
            MetricResult refused = MetricResult.NotApplicable(refusal);
            return [.. request.Items.Select(_ => refused)];
        }

        MetricResult?[] results = [.. request.Items.Select(i => i.Unusable(metric.Traits.Needs) is { } fault ? MetricResult.NotApplicable(fault) : null)];
        MeasuredItem[] usable = [.. request.Items.Where((_, i) => results[i] is null)];
        if (usable.Length == 0) return results!;
        IReadOnlyList<MetricResult> measured = await metric.MeasureAsync(request with { Items = usable }, cancellationToken);
        if (measured.Count != usable.Length) throw new PellucidException($"the metric {metric.GetType().Name} gave {measured.Count} results for {usable.Length} items");
        int next = 0;
        for (int i = 0; i < results.Length; i++) results[i] ??= measured[next++];
        return results!;
    }
}
