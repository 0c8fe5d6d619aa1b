namespace Pellucid.Host.Reproduce;

/// <summary>What is measured of the maps of one image, one method and one approach.</summary>
public enum StudyMeasure
{
    /// <summary>Mean structural similarity over all pairs of classes, of absolute maps scaled to a largest value of 1.</summary>
    Ssim,

    /// <summary>Mean rank correlation over all pairs of classes, of absolute maps.</summary>
    Spearman,

    /// <summary>Share of the absolute attribution outside the body, mean over the classes.</summary>
    OutsideBody,

    /// <summary>Share of the image's own findings whose smoothed absolute map of their class is largest in their mask.</summary>
    Pointing,

    /// <summary>Share of the absolute attribution in the mask of a finding, by the map of its class, mean over the image's own findings.</summary>
    LesionMass,

    /// <summary>The same share by the maps of the classes that the image has not.</summary>
    AbsentMass,
}
