using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;

namespace Pellucid.Plugins.EmbeddingFusion;

/// <summary>Names all that the maps of all embedding dimensions depend on.</summary>
internal static class MapsKey
{
    /// <summary>The key of a request's maps.</summary>
    /// <param name="request">The request; its targets do not count.</param>
    /// <param name="inner">Identity of the inner explainer.</param>
    /// <param name="elements">Whether elements are kept too.</param>
    public static string Of(ExplanationRequest request, string inner, bool elements)
    {
        ModelDescription model = request.Model.Description;
        var key = new StringBuilder("embedding-fusion 2\n");
        key.Append(CultureInfo.InvariantCulture, $"model {model.AdapterId} {model.ContentHash} {model.EmbeddingDimension}\n");

        // The prepared pixels are all of the image and of its preparation that an explainer sees.
        key.Append(CultureInfo.InvariantCulture, $"image {request.Image.Pixels} {PixelHashes.Of(request.Image.Pixels)}\n");
        key.Append(CultureInfo.InvariantCulture, $"seed {request.Seed}\nelements {elements}\n");
        foreach ((string name, Graphs.HostTensor draw) in (request.Draws ?? new Dictionary<string, Graphs.HostTensor>(StringComparer.Ordinal)).OrderBy(d => d.Key, StringComparer.Ordinal))
            key.Append(CultureInfo.InvariantCulture, $"draw {name} {draw} {Convert.ToHexString(SHA256.HashData(draw.Bytes))}\n");
        return key.Append(CultureInfo.InvariantCulture, $"explainer {inner}").ToString();
    }
}
