using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Registers the metrics of localization.</summary>
internal static class LocalizationMetrics
{
    private const string Chefer = "Chefer, Gur, Wolf 2021, Transformer interpretability beyond attention visualization";

    public static IServiceCollection AddLocalizationMetrics(this IServiceCollection services) => services
        .AddMetric<AttributionLocalizationMetric, AttributionLocalizationOptions>(
            "attribution-localization", "Share of the map's mass in the object's region",
            "Kohlbrenner et al. 2020, Towards best practice in explaining neural network decisions with LRP")
        .AddMetric<LocalizationAucMetric, LocalizationAucOptions>(
            "localization-auc", "Area under the ROC curve of the map as a score for the mask", "Fawcett 2006, An introduction to ROC analysis")
        .AddMetric<FocusMetric, FocusOptions>(
            "focus", "Share of positive relevance on the parts of a mosaic that show the target's class", "Arias-Duart et al. 2022, Focus! Rating XAI methods and finding biases")
        .AddMetric<PointingGameMetric, PointingGameOptions>(
            "pointing-game", "Whether the largest value of the map lies in the mask", "Zhang et al. 2018, Top-down neural attention by excitation backprop")
        .AddMetric<EnergyPointingGameMetric, EnergyPointingGameOptions>(
            "energy-pointing-game", "Share of the map's energy in the mask", "Wang et al. 2020, Score-CAM")
        .AddMetric<OutsideMassMetric, OutsideMassOptions>(
            "outside-mass", "Share of the map's mass outside the mask, for example outside the body", "one less the mass inside (Arras, Osman, Samek 2022, CLEVR-XAI)")
        .AddMetric<RelevanceMassAccuracyMetric, RelevanceMassAccuracyOptions>(
            "relevance-mass-accuracy", "Relevance in the mask over all relevance", "Arras, Osman, Samek 2022, CLEVR-XAI")
        .AddMetric<RelevanceRankAccuracyMetric, RelevanceRankAccuracyOptions>(
            "relevance-rank-accuracy", "Share of the K largest values in a mask of K pixels", "Arras, Osman, Samek 2022, CLEVR-XAI")
        .AddMetric<TopKIntersectionMetric, TopKIntersectionOptions>(
            "top-k-intersection", "Share of the k largest values in the mask", "Theiner, Müller-Budack, Ewerth 2022, Interpretable semantic photo geolocation")
        .AddMetric<PixelAccuracyMetric, NoOptions>("pixel-accuracy", "Share of pixels on the right side of the map's mean", Chefer)
        .AddMetric<AveragePrecisionMetric, AveragePrecisionOptions>("average-precision", "Average precision of the map as a segmentation", Chefer)
        .AddMetric<MaskIouMetric, MaskIouOptions>("mask-iou", "Intersection over union of the map's segmentation and the mask", Chefer);
}
