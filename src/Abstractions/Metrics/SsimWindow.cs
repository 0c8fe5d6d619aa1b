namespace Pellucid.Abstractions.Metrics;

/// <summary>The window in which <see cref="MapSimilarity.Ssim"/> takes means, variances and covariances.</summary>
public enum SsimWindow
{
    /// <summary>Seven equal weights along every axis; variances are those of a sample (divided by n - 1).</summary>
    Uniform,

    /// <summary>Gaussian with standard deviation 1.5, eleven weights along every axis (Wang et al. 2004, section III-C).</summary>
    Gaussian,
}
