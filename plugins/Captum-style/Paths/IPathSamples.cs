namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Random straight paths; a sample is the same each time it is asked for, so none has to be kept.</summary>
internal interface IPathSamples
{
    /// <summary>Makes a sample.</summary>
    /// <param name="sample">Its number.</param>
    /// <param name="start">Receives the baseline, C x H x W values.</param>
    /// <param name="end">Receives the noisy image.</param>
    /// <returns>Where on the path the gradient is taken, in [0, 1].</returns>
    float Draw(int sample, Span<float> start, Span<float> end);
}
