using Pellucid.Abstractions.Models;

namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>What is asked of a retrieval.</summary>
/// <param name="Retrieve">Which recall is the value: images are found by a caption, texts by an image.</param>
/// <param name="At">The first so many count.</param>
/// <param name="Gallery">What stands against a changed image or text.</param>
internal sealed record RetrievalQuestion(Modality Retrieve, int At, GalleryState Gallery)
{
    private static readonly int[] Usual = [1, 5, 10];

    /// <summary>All depths that are measured.</summary>
    public IReadOnlyList<int> Depths { get; } = [.. Usual.Append(At).Distinct().Order()];

    /// <summary>Name of a recall, for curves.</summary>
    public static string Name(Modality retrieved, int depth) => $"{(retrieved == Modality.Image ? "image" : "text")}-retrieval@{depth}";
}
