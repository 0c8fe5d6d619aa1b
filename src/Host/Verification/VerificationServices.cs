using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;

namespace Pellucid.Host.Verification;

/// <summary>What suites compute with: the same parts that commands of users use.</summary>
/// <param name="CreateExplainer">Makes an explainer from what a user writes, such as <c>grad-eclip(layers=2)</c>.</param>
/// <param name="CreateMetric">Makes a metric from what a user writes, such as <c>pixel-flipping(step=32)</c>.</param>
/// <param name="ModelAdapters">Adapters of all active plugins.</param>
/// <param name="Runner">Runs graphs.</param>
public sealed record VerificationServices(
    Func<string, IExplainer> CreateExplainer, Func<string, IMetric> CreateMetric, IReadOnlyList<IModelAdapter> ModelAdapters, IGraphRunner Runner)
{
    /// <summary>Those of the host.</summary>
    public static VerificationServices Of(HostServices host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new VerificationServices(host.Explainers.Create, host.Metrics.Create, host.ModelAdapters, host.Runner);
    }
}
