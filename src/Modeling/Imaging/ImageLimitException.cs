using Pellucid.Graphs;

namespace Pellucid.Modeling.Imaging;

/// <summary>An image exceeds one of the <see cref="ImageLimits"/>, which guard against decompression bombs.</summary>
public sealed class ImageLimitException : PellucidException
{
    internal ImageLimitException(string message, string limit, Exception? cause = null)
        : base(message, cause!) => Limit = limit;

    /// <summary>Name of the property of <see cref="ImageLimits"/> that raises the limit.</summary>
    public string Limit { get; }
}
