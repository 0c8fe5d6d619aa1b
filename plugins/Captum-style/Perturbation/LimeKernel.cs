namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Distance of a changed image from the image, in <see cref="LimeExplainer"/>.</summary>
public enum LimeKernel
{
    /// <summary>1 minus the cosine of the angle between their normalized pixels.</summary>
    Cosine,

    /// <summary>Euclidean distance of their normalized pixels.</summary>
    Euclidean,
}
