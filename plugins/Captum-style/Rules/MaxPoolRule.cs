namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>What DeepLIFT does at a max pool.</summary>
public enum MaxPoolRule
{
    /// <summary>The ordinary gradient: the signal goes to the largest element of each window of the image.</summary>
    Gradient,

    /// <summary>
    /// The rescale rule as Captum publishes it: the change of each window's maximum goes to the largest element of the image and of the
    /// baseline. Where windows overlap and share that element, the last one overwrites the others, so that part of the attribution is lost.
    /// </summary>
    Rescale,
}
