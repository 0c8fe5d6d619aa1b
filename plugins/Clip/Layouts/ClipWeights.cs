using Pellucid.Modeling.Transformers;

namespace Pellucid.Plugins.Clip.Layouts;

/// <summary>A CLIP checkpoint, whatever names its tensors had.</summary>
/// <param name="Vision">Image encoder.</param>
/// <param name="VisionSettings">Its settings.</param>
/// <param name="Text">Text encoder.</param>
/// <param name="TextSettings">Its settings.</param>
/// <param name="LogitScale">The stored parameter, ln tau.</param>
/// <param name="EndId">Id of the end-of-text token, or null to take the largest id of a text.</param>
/// <param name="NormFloor">Smallest norm that embeddings are divided by.</param>
internal sealed record ClipWeights(
    VisionTransformerWeights Vision,
    TransformerSettings VisionSettings,
    TextTransformerWeights Text,
    TransformerSettings TextSettings,
    float LogitScale,
    long? EndId,
    float NormFloor = 0f);
