using Pellucid.Abstractions.Explanations;

namespace Pellucid.Host.Explaining;

/// <summary>One image, one text, one explainer.</summary>
/// <param name="Image">Index of the image.</param>
/// <param name="Text">Index of the text.</param>
/// <param name="Explainer">Index of the explainer.</param>
/// <param name="Explanation">What the explainer says.</param>
public sealed record ExplainedCell(int Image, int Text, int Explainer, Explanation Explanation)
{
    /// <summary>Key of the map: <c>image/text/explainer</c>.</summary>
    public string Key => $"{Image}/{Text}/{Explainer}";
}
