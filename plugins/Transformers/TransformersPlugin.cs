using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;
using Pellucid.Plugins.Transformers.Attention;
using Pellucid.Plugins.Transformers.Bottleneck;
using Pellucid.Plugins.Transformers.Dense;
using Pellucid.Plugins.Transformers.Gradients;
using Pellucid.Plugins.Transformers.Interactions;

namespace Pellucid.Plugins.Transformers;

/// <summary>Brings the explainers that were made for transformers and for CLIP.</summary>
public sealed class TransformersPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services
        .AddExplainer<RawAttentionExplainer, RawAttentionOptions>(
            "raw-attention", "What the class token and the end-of-text token attend to in one block", "Vaswani et al. 2017, Attention is all you need")
        .AddExplainer<AttentionRolloutExplainer, AttentionRolloutOptions>(
            "attention-rollout", "Attention multiplied over the blocks", "Abnar, Zuidema 2020, Quantifying attention flow in transformers")
        .AddExplainer<TokenGradCamExplainer, TokenGradCamOptions>(
            "token-grad-cam", "Grad-CAM on the tokens that enter the last block", "Selvaraju et al. 2017, Grad-CAM; on tokens as in Zhao et al. 2024, Grad-ECLIP")
        .AddExplainer<GameExplainer, GameOptions>(
            "game", "Attention weighted by its gradient, through all blocks, for image and words",
            "Chefer, Gur, Wolf 2021, Generic attention-model explainability for interpreting bi-modal and encoder-decoder transformers")
        .AddExplainer<MaskClipExplainer, MaskClipOptions>(
            "mask-clip", "Similarity of each patch's own value with the text", "Zhou, Loy, Dai 2022, Extract free dense labels from CLIP (MaskCLIP)")
        .AddExplainer<ClipSurgeryExplainer, ClipSurgeryOptions>(
            "clip-surgery", "Similarity of each patch with the text after value-value attention, redundant features taken away",
            "Li et al. 2023, CLIP Surgery for better explainability with enhancement in open-vocabulary tasks")
        .AddExplainer<M2ibExplainer, M2ibOptions>(
            "m2ib", "Information that patches and words must keep for the match, by adding noise to the rest",
            "Wang, Rudner, Wilson 2023, Visual explanations of image-text representations via multi-modal information bottleneck attribution (M2IB)")
        .AddExplainer<InteractionsExplainer, InteractionsOptions>(
            "interactions", "Which word meets which region: second-order attributions of both encoders",
            "Moeller, Tilli, Vu, Pado 2025, Explaining caption-image interactions in CLIP models with second-order attributions");
}
