using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>Registers the metrics by retrieval between images and captions.</summary>
internal static class RetrievalMetrics
{
    private const string GradEclip = "Zhao et al. 2024, Gradient-based visual explanation for transformer-based CLIP (Grad-ECLIP)";

    public static IServiceCollection AddRetrievalMetrics(this IServiceCollection services) => services
        .AddMetric<DeletionRetrievalMetric, DeletionRetrievalOptions>("deletion-retrieval", "Mean recall of image and text retrieval while the most important pixels are deleted", GradEclip)
        .AddMetric<InsertionRetrievalMetric, InsertionRetrievalOptions>("insertion-retrieval", "Mean recall of image and text retrieval while the most important pixels are put onto empty images", GradEclip)
        .AddMetric<TextDeletionRetrievalMetric, WordRetrievalOptions>("text-deletion-retrieval", "Mean recall of image and text retrieval while the most important words are removed, one a step", GradEclip)
        .AddMetric<TextInsertionRetrievalMetric, WordRetrievalOptions>("text-insertion-retrieval", "Mean recall of image and text retrieval while the most important words are put into empty texts, one a step", GradEclip);
}
