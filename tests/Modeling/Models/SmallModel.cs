using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Modeling.Imaging.Preprocessing;
using Pellucid.Modeling.Models;
using Pellucid.Modeling.Tokenizers;

namespace Pellucid.Modeling.Tests.Models;

/// <summary><see cref="SmallVisionTransformer"/> as a model, without a text encoder.</summary>
internal static class SmallModel
{
    public const float LogitScale = 5;

    public static GraphVisionLanguageModel Create(IGraphRunner runner) => new(
        new GraphModelParts
        {
            Description = new ModelDescription(
                "small", "CLIP ViT", "test", SmallVisionTransformer.Embedding, new ImageSize(SmallVisionTransformer.Side, SmallVisionTransformer.Side), 3, 8, LogitScale, 0, "none", []),
            Tokenizer = new MissingTokenizer("small", 8, "a vocabulary"),
            Fusion = new CosineFusion(LogitScale),
            Preprocessing = PreprocessingPresets.MedClip(SmallVisionTransformer.Side),
            ImageEncoder = _ => SmallVisionTransformer.Build(),
            TextEncoder = () => throw new InvalidOperationException("this model has no text encoder"),
            ImageLayout = _ => null,
        },
        runner);
}
