using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Registers the metrics of robustness.</summary>
internal static class RobustnessMetrics
{
    public static IServiceCollection AddRobustnessMetrics(this IServiceCollection services) => services
        .AddMetric<MaxSensitivityMetric, MaxSensitivityOptions>(
            "max-sensitivity", "Largest change of the explanation over small random changes of the image",
            "Yeh et al. 2019, On the (in)fidelity and sensitivity of explanations");
}
