using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Bench;

/// <summary>For explainers that can take image files, none of which the benchmark gives them.</summary>
internal sealed class NoImages : IImageReader
{
    public static NoImages Instance { get; } = new();

    public DecodedImage Read(string path, CancellationToken cancellationToken = default) => throw new PellucidException($"the benchmark reads no image files, so not {path}");
}
