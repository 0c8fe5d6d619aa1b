using Pellucid.Abstractions.Explanations;

namespace Pellucid.Host.Explaining;

/// <summary>One image, one target, one explainer.</summary>
/// <param name="Image">Index of the image.</param>
/// <param name="Target">Index of the target.</param>
/// <param name="Explainer">Index of the explainer.</param>
/// <param name="Explanation">What the explainer says.</param>
public sealed record ExplainedCell(int Image, int Target, int Explainer, Explanation Explanation)
{
    /// <summary>Key of the map: <c>image/target/explainer</c>.</summary>
    public string Key => $"{Image}/{Target}/{Explainer}";
}
