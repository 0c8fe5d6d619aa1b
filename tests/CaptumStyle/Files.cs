using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Tests;

/// <summary>Image files that are only in memory.</summary>
internal sealed class Files : Dictionary<string, DecodedImage>, IImageReader
{
    public Files()
        : base(StringComparer.Ordinal)
    {
    }

    public List<string> WereRead { get; } = [];

    public DecodedImage Read(string path, CancellationToken cancellationToken = default)
    {
        WereRead.Add(path);
        return TryGetValue(path, out DecodedImage? image) ? image : throw new PellucidException($"there is no file {path}");
    }
}
