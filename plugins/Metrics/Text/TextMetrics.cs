using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Text;

/// <summary>Registers the metrics of word importances.</summary>
internal static class TextMetrics
{
    private const string GradEclip = "Zhao et al. 2024, Gradient-based visual explanation for transformer-based CLIP (Grad-ECLIP)";

    public static IServiceCollection AddTextMetrics(this IServiceCollection services) => services
        .AddMetric<TextDeletionMetric, WordStepOptions>("text-deletion", "Mean score while the most important words are removed, one a step", GradEclip)
        .AddMetric<TextInsertionMetric, WordStepOptions>("text-insertion", "Mean score while the most important words are put into an empty text, one a step", GradEclip)
        .AddMetric<TextPerturbationMetric, TextPerturbationOptions>(
            "text-perturbation", "Mean score while shares of the words are removed",
            "Chefer, Gur, Wolf 2021, Generic attention-model explainability for interpreting bi-modal and encoder-decoder transformers");
}
